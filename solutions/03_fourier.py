# ---
# jupyter:
#   course:
#     title: "Frequency: the DFT from scratch"
#     given: [tones]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Frequency: the DFT from scratch
#
# Which tones are in a sound? A glass prism answers the question for light. Here you build one for sound, out of multiplications and sums,
# learn to read its scale, and find out where it deceives you.
#
# **Afterwards you can**
# - compute the discrete Fourier transform (DFT) of a signal, and say what each of its numbers means
# - convert between bins and Hz
# - tell what becomes of a tone that is too high for its sampling rate
# - measure the frequency of a tone far more finely than the bins lie, and its amplitude without losing any of it
#
# **You need** lesson 01 (amplitude, frequency, phase), lesson 02 (the decibel), and complex numbers from school: $e^{j\varphi} = \cos\varphi + j \sin\varphi$.
# **Time**: one to two hours.
#
# **Not in this lesson**: how the fast Fourier transform is so fast, sounds that change while they last (04), filters (05).
#
# Signals are arrays of floats, one channel; `sr` is the sampling rate and `f` a frequency, both in Hz. Each docstring says all that its function is
# graded on: what lies outside the ranges that it names is never asked for. The cell below it shows one example. Set the volume low before you play
# the first sound.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display

from given.tones import add_fades, mix, sine


def play(y, sr):
    """Shows a player that leaves the level as it is; normalize=True, IPython's own choice, would make everything equally loud."""
    display(Audio(np.clip(y, -1, 1), rate=sr, normalize=False))


def when_solved(show):
    """Calls show(). While an exercise that it needs is unsolved, says so instead."""
    try:
        show()
    except NotImplementedError:
        print("Solve the exercise above first, then run this cell again.")


# %% [markdown]
# ## Three questions to warm up
#
# Two are on lesson 02 and one on lesson 00. What you call back from memory stays there longer. The cell below each question only looks at the
# form of your answer; whether it is right, you learn when the notebook is graded.
#
# **Question 1** (lesson 02). The samples of a tone were made for 44100 Hz. By mistake the header of the file says 22050. What do you hear?
#
# - "a": a tone an octave lower, for twice as long
# - "b": a tone an octave higher, for half as long
# - "c": the same tone for twice as long
# - "d": the same tone, just as long: only its treble is lost

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION


# %% [markdown] why="q1"
# The samples are the same, but a player that takes 22050 of them for a second needs two seconds for what was one. Each period lasts twice
# as long, and that is an octave lower.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 2** (lesson 02). By how much does the noise of rounding fall if you take 16 bits for each sample instead of 8?
#
# - "a": by about 8 dB
# - "b": by about 24 dB
# - "c": by about 48 dB
# - "d": by about 256 dB

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q2"
# Each bit more halves the step, and half an amplitude is 20·log10(2) = 6.02 dB less. Eight bits more are eight times that.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 3** (lesson 00). A signal has the samples 0.6, -0.6, 0.6, -0.6. What is its rms?
#
# - "a": 0
# - "b": 0.36
# - "c": 0.6
# - "d": 1.2

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q3"
# All squares are 0.36, so their mean is 0.36, and its root is 0.6. The signs are gone with the squares.

# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## A secret chord
#
# **Listen.** Three tones at once, drawn by chance: not even the cell says which. How many do you hear, and which? **Look**: does the picture of its samples
# tell you? At the end of the lesson your own functions will.

# %%
SR = 22050
chance = np.random.default_rng(33)
secret = mix([sine(f, 1.5, SR, phase=p) for f, p in zip(chance.uniform([250, 500, 900], [400, 700, 1200]), chance.uniform(0, 6, 3))],
             chance.permutation([0.15, 0.08, 0.04]))
play(add_fades(secret, SR), SR)

plt.figure(figsize=(9, 2.2), layout="constrained")
plt.plot(1000 * np.arange(500) / SR, secret[:500])
plt.xlabel("time (ms)")
plt.ylabel("y")
plt.show()

# %% [markdown]
# *A curve that nearly repeats, and gives nothing away.*
#
# ## 1. Ask for one tone at a time
#
# Here is the idea of the whole lesson. To find out how much of a certain tone is in a signal, multiply the signal by that tone, sample by sample, and
# add up all products. This is the *inner product*. Where the two swing alike, minus times minus is plus, and the sum grows. Where they have nothing
# to do with each other, as many products are negative as positive, and the sum stays near 0.
#
# We ask $n$ samples for the tones that fit into them with a whole number $k$ of periods: $k = 0, 1, 2, \ldots, n - 1$. We do not know the phase of
# the tone, so we ask with a cosine and with a sine at once, and write the pair as one complex number, $e^{-j\varphi} = \cos\varphi - j \sin\varphi$:
#
# $$X_k = \sum_{m=0}^{n-1} x_m \, e^{-2\pi j k m / n}$$
#
# That is the *discrete Fourier transform*. The size $|X_k|$ says how much of tone $k$ there is, and the angle of $X_k$ is its phase. $k$ is called
# the number of the *bin*. Python writes $j$ as `1j`.
#
# Libraries compute the same by a fast algorithm (the FFT). From exercise 5 on you may use it. Here the point is to have built it yourself once, so
# it is off limits.

# %% exercise="dft"
def dft(x):
    """Discrete Fourier transform, computed by its formula.

    Parameters
    ----------
    x : float array (n,)
        Real samples; n is from 1 to 256.

    Returns
    -------
    complex array (n,)
        X[k] = sum of x[m] * exp(-2j * pi * k * m / n) over m = 0, 1, …, n - 1, for k = 0, 1, …, n - 1: all n of them, complex, not scaled.
        The error may be up to 1e-5 of the largest abs(X[k]), so single precision is enough.

    Rule
    ----
    No FFT function of numpy or scipy may run while dft does, be it called here or in a helper of yours: none of np.fft, scipy.fft and
    scipy.fftpack, and nothing that calls them in turn, as scipy.signal.czt does. An answer that uses one gets no points.

    Examples
    --------
    >>> np.round(dft(np.array([1.0, 2.0, 0.0, -1.0])), 6) + 0.0
    array([2.+0.j, 1.-3.j, 0.+0.j, 1.+3.j])
    """
    ### BEGIN SOLUTION
    n = len(x)
    X = np.zeros(n, dtype=complex)
    for k in range(n):
        for m in range(n):
            X[k] += x[m] * np.exp(-2j * np.pi * k * m / n)
    return X
    ### END SOLUTION


# %% [markdown] why="dft"
# X[k] is the inner product of the signal with a wave of k periods in n samples: multiply sample by sample, add up. With a plus in the
# exponent every number would become its complex conjugate, which no magnitude shows and every phase does. The array is complex from the
# start, for a real one cannot hold what the signal has in common with sines. Two loops take n² steps; the FFT finds the same numbers in
# about n · log n.

# %% check="dft" points=4
X = np.asarray(dft(np.array([1.0, 2.0, 0.0, -1.0])))
assert X.shape == (4,), f"4 samples went in, an array of shape {X.shape} came out; there are as many bins as samples"
assert np.iscomplexobj(X), f"your values are of type {X.dtype}; return the complex numbers themselves, size and phase are both in them"
assert abs(X[1] - (1 - 3j)) < 1e-4, f"your bin 1 of [1, 2, 0, -1] is {X[1]:.3f}; by hand it is 1·1 + 2·(-1j) + 0·(-1) + (-1)·(1j) = 1 - 3j"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The formula has a sum inside, over the samples, and is to be computed for each k. Two loops, one in the other, do exactly that.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.exp` takes complex numbers, and `1j` is the imaginary unit. An array to fill must be made for complex numbers: `np.zeros(n, dtype=complex)`.
# With arrays, `np.arange(n)` gives all m at once, and `np.sum` adds the products.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# Within `for k in range(n)` and `for m in range(n)`: `X[k] += x[m] * np.exp(… * k * m / n)`
#
# </details>

# %% [markdown]
# **Look.** Above, 64 samples of two tones: one has 5 periods, the other 12 periods and half the amplitude. Below, the sizes of your 64 bins. Count
# the lines before you read on.

# %%
@when_solved
def see_two_tones():
    n = 64
    m = np.arange(n)
    x = np.sin(2 * np.pi * 5 * m / n) + 0.5 * np.cos(2 * np.pi * 12 * m / n)
    sizes = np.abs(dft(x))
    figure, (above, below) = plt.subplots(2, figsize=(9, 4), layout="constrained")
    above.plot(m, x, ".-")
    above.set(xlabel="sample m", ylabel="x")
    below.stem(np.arange(n), sizes)
    below.set(xlabel="bin k", ylabel="|X|")
    plt.show()


# %% [markdown]
# *Two lines at bins 5 and 12, the second half as high, and both again at bins 59 and 52, mirrored.*
#
# Why twice? Bin $n - k$ asks for $e^{-2\pi j (n-k) m/n} = e^{+2\pi j k m / n}$, the same tone turning the other way, and a real signal holds as much
# of the one as of the other. So for real signals the bins from 0 to $n/2$ say it all. The lines are $n/2 = 32$ and 16 high: each amplitude times
# $n/2$, since the tone is shared between its two bins.
#
# ## 2. What bin is that in Hz?
#
# Bin $k$ is the tone with $k$ periods in $n$ samples. These last $n/sr$ seconds, so it has $k \cdot sr / n$ periods a second. Bin 0 does not swing
# at all: it is the sum of the samples, the *offset*, which engineers call DC. The bins lie $sr/n$ apart, and the one in the middle, $k = n/2$,
# lies at $sr/2$, the *Nyquist frequency*. From now on $n$ is called `n_fft`, as in all audio libraries.

# %% exercise="bin_to_hz"
def bin_to_hz(k, n_fft, sr):
    """Frequency of a bin.

    Parameters
    ----------
    k : int
        Number of the bin, from 0 to n_fft // 2.
    n_fft : int
        Length of the transform in samples, at least 2.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float
        The frequency of bin k in Hz, not rounded: bin 0 lies at 0 Hz, bin n_fft / 2 at sr / 2, and all bins are equally far apart.

    Examples
    --------
    >>> bin_to_hz(3, 8, 8000)
    3000.0
    """
    ### BEGIN SOLUTION
    return k * sr / n_fft
    ### END SOLUTION


# %% [markdown] why="bin_to_hz"
# n_fft bins share the range from 0 to sr, so from one to the next it is sr / n_fft, and bin k lies k such steps from 0 Hz. Half the rate is
# therefore at bin n_fft / 2; who puts it at n_fft halves every frequency. Bins are fields, not fence posts: with n_fft - 1 as the divisor,
# every step is a little too wide.

# %% check="bin_to_hz" points=2
f = bin_to_hz(64, 1024, 16000)
assert np.ndim(f) == 0, f"your result has shape {np.shape(f)}; return one number"
assert abs(f - 1000) < 0.01, f"bin 64 of 1024 at 16000 Hz lies at {f} Hz with you; from bin to bin it is 16000/1024 = 15.625 Hz, so it lies at 1000 Hz"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# How far is it from one bin to the next? Bin k is k such steps away from 0.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A multiplication and a division; `/` keeps the fraction, `//` would drop it.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return k * … / …`
#
# </details>

# %% [markdown]
# ## 3. And which bin is that frequency?
#
# The way back. Most frequencies lie *between* two bins, and it will matter how far from each: so the answer is a fraction, not a whole number.

# %% exercise="hz_to_bin"
def hz_to_bin(f, n_fft, sr):
    """Place of a frequency on the scale of the bins.

    Parameters
    ----------
    f : float
        Frequency in Hz, from 0 to sr / 2.
    n_fft : int
        Length of the transform in samples, at least 2.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float
        The number of the bin at f, not rounded: 2.5 is halfway between bins 2 and 3. hz_to_bin(bin_to_hz(k, n_fft, sr), n_fft, sr) is k.

    Examples
    --------
    >>> hz_to_bin(2500.0, 8, 8000)
    2.5
    """
    ### BEGIN SOLUTION
    return f * n_fft / sr
    ### END SOLUTION


# %% [markdown] why="hz_to_bin"
# The same line solved for k: the frequency divided by the width of a bin, sr / n_fft. Nothing is rounded, since most frequencies lie
# between two bins. A rounded result could not lead back to f, and how far a tone lies from the bin would be lost.

# %% check="hz_to_bin" points=2
k = hz_to_bin(440.0, 1024, 16000)
assert np.ndim(k) == 0, f"your result has shape {np.shape(k)}; return one number"
assert abs(k - 28.16) < 1e-3, f"440 Hz is bin {k} with you; from bin to bin it is 15.625 Hz, and 440/15.625 is 28.16"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# How many steps from bin to bin fit into f?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# Solve your formula of exercise 2 for k. Leave `round` and `int` out.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return f * … / …`
#
# </details>

# %% [markdown]
# ## 4. Tones that come back as others
#
# In films, the wheels of a fast coach turn backwards: between two pictures a spoke moves on nearly as far as the next one stands, and the eye
# takes the short way back. Samples are such pictures. A tone of $f$ and one of $f + sr$ differ by exactly one period from sample to sample, so their
# samples are the same. And a tone that turns backwards, of $-f$, sounds like $f$.
#
# So every frequency has a double between 0 and $sr/2$, its *alias*, and it is the alias that you hear. Take away or add $sr$ as often as you like;
# of all that you get, the one nearest to 0 counts, without its sign.

# %% exercise="alias_frequency"
def alias_frequency(f, sr):
    """Frequency that is heard when a tone is sampled without a filter before it.

    Parameters
    ----------
    f : float
        Frequency of the tone in Hz, of either sign, from -10 * sr to 10 * sr. Multiples of sr / 2 are not asked for.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float
        The frequency from 0 to sr / 2, in Hz, that has the same samples as the tone, apart from their phase.

    Examples
    --------
    >>> alias_frequency(3000.0, 8000), alias_frequency(9000.0, 8000)
    (3000.0, 1000.0)
    """
    ### BEGIN SOLUTION
    f = f % sr
    return min(f, sr - f)
    ### END SOLUTION


# %% [markdown] why="alias_frequency"
# Samples cannot tell f from f + sr, for exactly one period more fits between two of them: so whole multiples of sr go first, and Python's
# `%` does that for negative f as well. What is left above sr / 2 turns backwards and sounds like its distance to sr, so the smaller of f
# and sr - f is heard. The remainder alone, without folding, can lie where nothing can be heard; f - sr / 2 is another tone altogether.

# %% check="alias_frequency" points=3
f = alias_frequency(7000.0, 8000)
assert np.ndim(f) == 0, f"your result has shape {np.shape(f)}; return one number"
assert abs(f - 1000) < 0.1, f"7000 Hz at 8000 samples a second came out as {f} Hz; 7000 - 8000 is -1000, a tone of 1000 Hz that turns backwards"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# There are two steps. First take away whole multiples of sr. What is left lies between 0 and sr, and its upper half is to be folded down.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `f % sr` is what is left of f, from 0 to sr; in Python this holds for negative f, too. `min` picks the smaller of two numbers.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# After `f = f % sr`: `return min(f, …)`
#
# </details>

# %% [markdown]
# **Listen.** Eight tones, 500 Hz, 1500 Hz and so on up to 7500 Hz, each sampled at 8000 Hz. You hear a scale that climbs, stops, and comes down
# again: the last four are the first four, backwards.
#
# **Look.** The samples of 7000 Hz are those of 1000 Hz. Nothing in them tells which one was meant.

# %%
@when_solved
def hear_and_see_aliases():
    sr = 8000
    freqs = [500.0 + 1000 * i for i in range(8)]
    heard = [round(float(alias_frequency(f, sr)), 3) for f in freqs]
    print("sampled:", *freqs)
    print("heard:  ", *heard)
    play(np.concatenate([add_fades(sine(f, 0.4, sr, amp=0.1), sr) for f in freqs]), sr)

    fine, m = np.linspace(0, 2, 2000), np.arange(17)
    plt.figure(figsize=(9, 2.5), layout="constrained")
    plt.plot(fine, np.cos(2 * np.pi * 7 * fine), color="#E69F00", label="7000 Hz")
    plt.plot(fine, np.cos(2 * np.pi * fine), color="#0072B2", label="1000 Hz")
    plt.plot(m / 8, np.cos(2 * np.pi * 7 * m / 8), "ko", label="samples")
    plt.xlabel("time (ms)")
    plt.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


# %% [markdown]
# *Every sample of the fast wave lies on the slow one.*
#
# ## 5. Between the bins
#
# How high is a tone? The largest bin says it to half a bin at best: with 4096 samples at 22050 Hz to 2.7 Hz. For a note of 110 Hz that is
# two fifths of a semitone. Two tricks make it thirty times finer.
#
# **The window.** A tone with a whole number of periods fills one bin. Any other ends in mid-swing where the frame is cut off, and this edge spills over
# all bins: *leakage*. The *Hann window* takes the edges away, by fading the frame in and out over its whole length:
#
# $$w_m = \frac{1 - \cos(2\pi m / n)}{2}, \qquad m = 0, 1, \ldots, n - 1$$
#
# **The parabola.** Now a tone between two bins shows in both, more in the nearer one. Take the levels $a$, $b$, $c$ in dB of the largest bin $k$ and its
# two neighbours, $k - 1$ and $k + 1$. The parabola through the three points has its top at $k + d$ with
#
# $$d = \frac{a - c}{2\,(a - 2b + c)}$$
#
# And a trap: an offset is a tone of 0 Hz, often the largest of all, and the window spreads it over bins 0 and 1. Subtract the mean before
# you begin.
#
# `np.fft.rfft(y)` is allowed from here on. It gives the bins from 0 to $n/2$ of your `dft`, thousands of times faster.

# %% exercise="dominant_frequency"
def dominant_frequency(y, sr):
    """Frequency of the tone in a signal, more finely than the bins lie.

    Parameters
    ----------
    y : float array (n,)
        A single sine, of an amplitude from 0.1 to 1 and of any phase, with or without a constant offset from -1 to 1; n is at least 2048. Its
        frequency is at least 15 bins (15 * sr / n), and less than sr / 4.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float
        The frequency of the sine in Hz, a number above 0. With 4096 samples at 22050 Hz it is off by at most 0.5 Hz, otherwise by at most
        the same share of the distance between two bins: 0.5 / (22050 / 4096) * sr / n.

    Examples
    --------
    >>> y = 0.3 + 0.5 * np.sin(2 * np.pi * 1003.0 * np.arange(4096) / 22050)
    >>> round(dominant_frequency(y, 22050))
    1003
    """
    ### BEGIN SOLUTION
    n = len(y)
    levels = np.log10(np.abs(np.fft.rfft(np.hanning(n) * (y - np.mean(y)))))  # the factor 20 of decibels would not move the top
    k = np.argmax(levels)
    a, b, c = levels[k - 1], levels[k], levels[k + 1]
    d = (a - c) / (2 * (a - 2 * b + c))
    return (k + d) * sr / n
    ### END SOLUTION


# %% [markdown] why="dominant_frequency"
# The mean goes first and the window follows: the other way round an offset has already spread into bin 1 and may win there. Under a Hann
# window the levels in dB around a peak are nearly a parabola, so three of them give its top, and the error falls from half a bin to less
# than two hundredths of one. The d of the formula points to the larger neighbour. Without the factor 20 of decibels the parabola is
# flatter, and its top is where it was.

# %% check="dominant_frequency" points=4
f = dominant_frequency(sine(1001.5, 4096 / 22050, 22050), 22050)
assert np.ndim(f) == 0, f"your result has shape {np.shape(f)}; return one number"
assert abs(f - 1001.5) < 0.5, f"a tone of 1001.5 Hz came out as {f:.2f} Hz; 0.5 Hz is as far as it may be off"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# There are five steps: subtract the mean, multiply by the window, transform, find the largest bin, go to the top of the parabola. The last line
# turns a bin into Hz, and you have a function for that.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.fft.rfft`, `np.abs`, `20 * np.log10` (add something tiny, such as 1e-12, before the logarithm), `np.argmax` for the place of the largest value.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `a, b, c = levels[k - 1], levels[k], levels[k + 1]`, then `(k + …) * sr / …`
#
# </details>

# %% [markdown]
# **Look.** What the largest bin says, and what you say, about five tones.

# %%
@when_solved
def compare_with_the_largest_bin():
    n, sr = 4096, 22050
    for f in (110.0, 261.63, 440.0, 1000.0, 4186.01):
        y = sine(f, n / sr, sr)
        largest = np.argmax(np.abs(np.fft.rfft(y))) * sr / n
        print(f"{f:8.2f} Hz   largest bin {largest:8.2f} Hz   parabola {dominant_frequency(y, sr):8.2f} Hz")


# %% [markdown]
# ## 6. How much of each tone
#
# A picture of a spectrum should show a tone of amplitude 0.7 as 0.7. Two things stand in the way. The window weakens the signal, by its mean: divide by
# the *sum* of the window instead of by $n$. And each tone is shared between a bin and its mirror image, of which only one is kept: multiply by 2. At
# 0 Hz and at exactly $sr/2$ there is no mirror image, so there is nothing to double.

# %% exercise="amplitude_spectrum"
def amplitude_spectrum(y, sr):
    """Amplitudes of the tones in a signal, seen through a Hann window.

    Parameters
    ----------
    y : float array (n,)
        Signal; n is at least 2, even or odd.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    (freqs, magnitudes) : tuple of two float arrays (1 + n // 2,)
        freqs[k] = k * sr / n in Hz for k = 0, 1, …, n // 2. magnitudes[k] = 2 * abs(X[k]) / sum(w), where X is the discrete Fourier
        transform of w * y and w the Hann window w[m] = (1 - cos(2 * pi * m / n)) / 2 for m = 0, 1, …, n - 1. Where freqs[k] is 0 or
        sr / 2, it is half of that: abs(X[k]) / sum(w). If n is odd, no bin lies at sr / 2.

    Examples
    --------
    >>> y = 0.7 * np.cos(2 * np.pi * 2 * np.arange(8) / 8)
    >>> freqs, magnitudes = amplitude_spectrum(y, 8000)
    >>> freqs
    array([   0., 1000., 2000., 3000., 4000.])
    >>> magnitudes.round(6)
    array([0.  , 0.35, 0.7 , 0.35, 0.  ])
    """
    ### BEGIN SOLUTION
    n = len(y)
    window = 1 - np.cos(2 * np.pi * np.arange(n) / n)  # twice the formula's: its sum is twice as large, too
    magnitudes = 2 * np.abs(np.fft.rfft(window * y)) / np.sum(window)
    magnitudes[0] /= 2
    if n % 2 == 0:
        magnitudes[-1] /= 2
    return np.arange(1 + n // 2) * sr / n, magnitudes
    ### END SOLUTION


# %% [markdown] why="amplitude_spectrum"
# A tone of amplitude A at a bin has |X| = A · sum(window) / 2, for its other half sits among the negative frequencies: the factor 2 and the
# window's sum undo both. 0 Hz and half the rate have no mirror image, so they are not doubled; and half the rate is a bin only where n is
# even, for odd n the last bin is one like the others. Divided by n, everything would read half: the mean of a Hann window is ½.

# %% check="amplitude_spectrum" points=4
result = amplitude_spectrum(0.7 * np.sin(2 * np.pi * 5 * np.arange(32) / 32), 8000)
assert isinstance(result, tuple) and len(result) == 2, f"amplitude_spectrum returned a {type(result).__name__}; return two things, freqs and magnitudes"
freqs, magnitudes = np.asarray(result[0]), np.asarray(result[1])
assert freqs.shape == (17,), f"32 samples gave freqs of shape {freqs.shape}; the bins from 0 to 16 are 17"
assert magnitudes.shape == (17,), f"32 samples gave magnitudes of shape {magnitudes.shape}; the bins from 0 to 16 are 17"
assert abs(freqs[5] - 1250) < 0.1, f"your bin 5 of 32 lies at {freqs[5]} Hz; at 8000 Hz it lies at 5 * 8000 / 32 = 1250 Hz"
assert abs(magnitudes[5] - 0.7) < 1e-4, f"a tone of amplitude 0.7 came out as {magnitudes[5]:.4f}; look at the factors of the docstring's formula"
assert abs(magnitudes[6] - 0.35) < 1e-4, f"the bin beside the tone is {magnitudes[6]:.4f}; through the docstring's window it is half the amplitude, 0.35"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Window, transform, sizes, factor: the formula read from the inside out. Then two bins need another factor, or only one of them: which of them is
# there if n is odd?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.fft.rfft` gives just the bins wanted, and `np.abs` their sizes. `np.hanning(n)` is not quite the window of the formula: its last sample is 0
# again. `scipy.signal.get_window("hann", n)` is. `n % 2 == 0` tells even from odd.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `magnitudes = 2 * np.abs(np.fft.rfft(…)) / np.sum(…)`, then `magnitudes[0] /= 2`, and `if …:` the same for `magnitudes[-1]`.
#
# </details>

# %% [markdown]
# **Look.** Left: a tone of 20 periods and one of 20.5 periods in 512 samples, without a window. The second spills over all bins. Right: the same two
# through your `amplitude_spectrum`. The spill falls off much faster; the price is a line that is wider, even for the first tone.

# %%
@when_solved
def see_leakage():
    n = 512
    tones = {periods: np.sin(2 * np.pi * periods * np.arange(n) / n) for periods in (20, 20.5)}
    through_hann = {periods: amplitude_spectrum(y, n)[1] for periods, y in tones.items()}
    figure, panels = plt.subplots(1, 2, figsize=(10, 3), sharey=True, layout="constrained")
    for periods, y in tones.items():
        for ax, magnitudes in zip(panels, (2 / n * np.abs(np.fft.rfft(y)), through_hann[periods])):
            ax.plot(20 * np.log10(np.maximum(magnitudes, 1e-6)), "o-", markersize=3, label=f"{periods} periods")
    for ax, title in zip(panels, ("no window", "Hann window")):
        ax.set(xlim=(0, 60), ylim=(-125, 5), xlabel="bin", title=title)
    panels[0].set_ylabel("amplitude (dB)")
    panels[1].legend()
    plt.show()


# %% [markdown]
# **Look**, and solve the riddle: the spectrum of the secret chord, and its three highest tops.

# %%
@when_solved
def see_the_secret():
    freqs, magnitudes = map(np.asarray, amplitude_spectrum(secret, SR))
    tops = [k for k in range(1, len(freqs) - 1) if magnitudes[k - 1] < magnitudes[k] >= magnitudes[k + 1]]
    for k in sorted(sorted(tops, key=lambda k: -magnitudes[k])[:3]):
        print(f"{freqs[k]:7.1f} Hz, amplitude about {magnitudes[k]:.2f}")
    plt.figure(figsize=(9, 2.5), layout="constrained")
    plt.plot(freqs, magnitudes)
    plt.xlim(0, 1500)
    plt.xlabel("frequency (Hz)")
    plt.ylabel("amplitude")
    plt.show()


# %% [markdown]
# *Three lines and nothing between them: what the curve at the beginning kept to itself.*
#
# ## In your own words
#
# Play the eight tones of exercise 4 once more. Then answer in three to six sentences.
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: says where the pitch turns and why just there, **and** why the loss cannot be repaired afterwards, with what to do before sampling instead.
# - *1 point*: one of the two.
# - *0 points*: neither, or only that high tones sound wrong.

# %% [markdown] reflection="where_the_pitch_turns" points=2
# At which of the eight tones does the scale turn round, and why there? Could a program that has only the samples put the last four tones right? What
# would a recorder have to do so that they do no harm?
#
# ### BEGIN SOLUTION
# It climbs up to the fourth tone, 3500 Hz; the fifth, 4500 Hz, sounds exactly like the fourth, and then it comes down. The turning point is 4000 Hz,
# half of the sampling rate: above it there are fewer than two samples for a period, and the samples of a tone are those of another as far below 4000 Hz.
# No program can repair it, since the samples of 4500 Hz and 3500 Hz are the same: the difference was never recorded. The recorder must take away all
# that lies above half the rate before it samples, with an analogue filter, or sample faster. Then the last four tones are missing, but nothing false is
# there in their place.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - A bin is an inner product: the signal times a tone that fits into the frame with k periods, added up.
# - Bin k lies at k·sr/n. Bins are sr/n apart: frames that last longer see more finely.
# - Samples know frequencies up to sr/2 only. What is higher comes back lower, and must be filtered out *before* sampling.
# - A tone between two bins leaks. A window keeps the leak small and makes the line wider.
# - A parabola through three levels in dB finds a tone to a sixtieth of a bin.
# - A factor is not a detail: divide by the window's sum, double what has a mirror image, and an amplitude of 0.7 reads 0.7.
#
# Next, lesson 04: one spectrum after another. Frequencies that change while a sound lasts.
