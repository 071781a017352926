# ---
# jupyter:
#   course:
#     title: Sine tones
#     given: []
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Sine tones
#
# A sound in a computer is a row of numbers, one for each moment. Here you make such rows from nothing but a formula: tones, pauses, a
# melody of ten tones, and two tones at once. On the way you mend three errors of the tutorial that this course grew from.
#
# **Afterwards you can**
# - say which moment a sample belongs to, and how many samples and periods a stretch of time holds
# - make a tone of any frequency, amplitude and phase
# - put sounds one after another, and mix them so that they sound together
# - hear why a tone that stops abruptly clicks, and stop it without
#
# **You need** Python's functions and loops, numpy arrays, and the sine from school. **Time**: one to two hours.
#
# **Not in this lesson**: files (02), spectra (03), notes, harmonics and noise (05).
#
# Signals are arrays of floats in one dimension; 1 is *full scale*, the largest value that a player takes. `freq` is a frequency and `sr`
# the sampling rate, both in Hz. Times are in seconds, unless a name says `ms`. Each docstring says all that its function is graded on;
# the cell below it shows one example. Set the volume low before you play the first sound.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display


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
# ## 1. The time axis
#
# At a sampling rate of 8000 Hz a signal has 8000 samples a second, and from one to the next it is 1/8000 of a second. Sample 0 lies at time
# 0, sample $k$ at time $k/sr$. The last of $n$ samples is number $n - 1$, so it lies one step *before* the end: what lies at the end is
# already the first sample of whatever comes next. If you think of a fence, samples are its fields, not its posts.
#
# The number of samples is $duration \cdot sr$, and here computers are sly: `0.28 * 11025` is 3087, but Python says 3087.0000000000005, and
# `0.7 * 22050` comes out as 15434.999999999998. A good time axis is not misled by this.

# %% exercise="time_axis"
def time_axis(duration, sr):
    """Times of the samples of a signal.

    Parameters
    ----------
    duration : float
        Length of the signal in seconds, above 0.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float array (n,)
        t[k] = k / sr in seconds for k = 0, 1, …, n - 1. The number of samples n is duration * sr, rounded to the nearest whole number.

    Examples
    --------
    >>> time_axis(0.5, 8)
    array([0.   , 0.125, 0.25 , 0.375])
    """
    ### BEGIN SOLUTION
    n = round(duration * sr)
    return np.array([k / sr for k in range(n)])
    ### END SOLUTION


# %% [markdown] why="time_axis"
# The number of samples is settled first, as a rounded whole number; then each time is a quotient of whole numbers, k / sr. `np.arange(0,
# duration, 1 / sr)` lets a rounding error decide whether one more sample is in, and `np.linspace(0, duration, n)` includes its end point,
# so that every step is a little too long. The loop says it plainly; `np.arange(n) / sr` is the same, faster.

# %% check="time_axis" points=3
t = np.asarray(time_axis(0.001, 8000))
assert t.shape == (8,), f"time_axis(0.001, 8000) has shape {t.shape}; a millisecond at 8000 Hz has 8 samples, in one dimension"
assert t[0] == 0, f"your first time is {t[0]} s; sample 0 lies at time 0"
assert abs(t[1] - 0.000125) < 1e-6, f"your second time is {t[1]} s; one step at 8000 Hz is 1/8000 s = 0.000125 s"
assert abs(t[-1] - 0.000875) < 1e-6, f"your last time is {t[-1]} s; sample 7 lies at 7/8000 s = 0.000875 s"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two things are to be found, in this order: how many samples there are, and the time of each. The first is a whole number, whatever the
# product of two floats says.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `round` gives the nearest whole number; `int` cuts off what follows the point. `np.arange(n)` counts from 0 to n - 1. With a step that is
# no whole number `np.arange` is not reliable, and `np.linspace` includes the end unless told otherwise.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `n = …(duration * sr)`, then the numbers from 0 to n - 1, each divided by …
#
# </details>

# %% [markdown]
# ## 2. A sine
#
# $$y(t) = A \sin(2\pi f t + \varphi)$$
#
# The *frequency* $f$ says how many periods a second has, the *amplitude* $A$ how far the signal swings, and the *phase* $\varphi$ where in
# the period it starts. `np.sin` measures angles in radians, and a whole turn is $2\pi$ of them: after $t$ seconds the tone has gone through
# $ft$ periods, which is an angle of $2\pi f t$.
#
# The original tutorial prints this formula as $y(t) = A \sin(2\pi f + \varphi)$. What would that sound like? Nothing on its right side
# changes with time, so it is one number for all times, and you would hear silence.
#
# Your `time_axis` is of use here. Should it still contain an error, that error comes along.

# %% exercise="sine"
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    """Sine tone.

    Parameters
    ----------
    freq : float
        Frequency in Hz, above 0.
    duration : float
        Length in seconds, above 0.
    sr : int
        Sampling rate in Hz.
    amp : float
        Amplitude: the largest value of the sine.
    phase : float
        Phase at the start, in radians.

    Returns
    -------
    float array (n,)
        y[k] = amp * sin(2 * pi * freq * t[k] + phase), where t[k] = k / sr are the n times that time_axis(duration, sr) gives.

    Examples
    --------
    >>> sine(1.0, 1.0, 8, amp=0.5).round(3)
    array([ 0.   ,  0.354,  0.5  ,  0.354,  0.   , -0.354, -0.5  , -0.354])
    """
    ### BEGIN SOLUTION
    return amp * np.sin(2 * np.pi * freq * time_axis(duration, sr) + phase)
    ### END SOLUTION


# %% [markdown] why="sine"
# In t seconds a tone of f Hz goes through f · t periods, each of them 2π radians, and `phase` says where in its period it starts. All of
# that is the angle; the amplitude stands outside, since it scales what the sine gives. In the original's formula t is missing: then the
# angle is one number, and so is the tone. Degrees in place of radians, or a forgotten 2π, go wrong at the same place.

# %% check="sine" points=4
y = np.asarray(sine(1000.0, 0.001, 8000, amp=0.5))
assert y.shape == (8,), f"sine(1000.0, 0.001, 8000, amp=0.5) has shape {y.shape}; a millisecond at 8000 Hz has 8 samples, in one dimension"
assert abs(y[0]) < 1e-6, f"your tone starts at {y[0]:.4f}; a sine of phase 0 starts at 0"
assert abs(y[2] - 0.5) < 1e-6, f"a quarter of a period later yours is at {y[2]:.4f}; there a sine is at its top, the amplitude 0.5"
assert abs(y[6] + 0.5) < 1e-6, f"three quarters of a period later yours is at {y[6]:.4f}; there a sine is at its bottom, -0.5"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The formula stands above, and the docstring says the same sample by sample. What in it is one number, and what is a number for each
# sample?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `time_axis` gives all times in one array, `np.sin` takes an array and gives one back, `np.pi` is π. Multiplying an array by a number
# multiplies each of its values.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `amp * np.sin(… * freq * … + …)`
#
# </details>

# %% [markdown]
# **Listen.** Three tones of a second each: 440 Hz at a fifth of full scale; 880 Hz, an octave higher; 440 Hz again with half the amplitude,
# which is softer at the same pitch. You may hear a click where a tone starts or stops. Remember it: exercise 6 takes it away.

# %%
@when_solved
def hear_frequency_and_amplitude():
    sr = 16000
    for freq, amp in ((440.0, 0.2), (880.0, 0.2), (440.0, 0.1)):
        play(sine(freq, 1.0, sr, amp=amp), sr)


# %% [markdown]
# ## 3. How much fits into a millisecond
#
# The original tutorial draws its tone of 1000 Hz, sampled at 41100 Hz, and says: each millisecond has 411 samples, in which the tone
# oscillates ten times. Is that so? A second has 1000 milliseconds, 1000 periods and 41100 samples. Work out what is left for one.
#
# (41100 is a slip as well: the usual rate is 44100 Hz. Both can be played.)

# %% exercise="periods_and_samples"
def periods_and_samples(freq, sr, ms):
    """How many periods of a tone, and how many samples, fall into some milliseconds; parts of them count.

    Parameters
    ----------
    freq : float
        Frequency of the tone in Hz.
    sr : int
        Sampling rate in Hz.
    ms : float
        Length of time in milliseconds.

    Returns
    -------
    (periods, samples) : tuple of two floats
        The number of periods, then the number of samples; neither is rounded.

    Examples
    --------
    >>> periods_and_samples(500, 8000, 1)
    (0.5, 8.0)
    """
    ### BEGIN SOLUTION
    seconds = ms / 1000
    return freq * seconds, sr * seconds
    ### END SOLUTION


# %% [markdown] why="periods_and_samples"
# Both numbers are a rate times a time, and the rates are per second, so the milliseconds become seconds first. A millisecond of 1000 Hz at
# 41100 samples a second is 1 period and 41.1 samples; the original's 10 periods and 411 samples are those of ten milliseconds. Neither is
# rounded, for a stretch of time may end within a period or a sample.

# %% check="periods_and_samples" points=2
result = periods_and_samples(2500, 22050, 3)
assert np.shape(result) == (2,), f"periods_and_samples returned {result!r}; return two numbers, the periods and the samples"
periods, samples = result
assert abs(periods - 7.5) < 1e-3, f"you count {periods} periods; 2500 a second are 2.5 a millisecond, so three milliseconds have 7.5"
assert abs(samples - 66.15) < 1e-3, f"you count {samples} samples; 22050 a second are 22.05 a millisecond, so three milliseconds have 66.15"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Frequency and sampling rate are both numbers *a second*. How many seconds are `ms` milliseconds?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A division and two multiplications. `/` keeps fractions, `//` and `int` drop them.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return freq * …, sr * …`
#
# </details>

# %% [markdown]
# **Look.** The original's tone, drawn over the 411 samples that it takes for a millisecond. It does oscillate ten times there, but the time
# axis says ten milliseconds. The first millisecond, shaded, holds what your function counts.

# %%
@when_solved
def see_a_millisecond():
    freq, sr = 1000, 41100
    periods, samples = periods_and_samples(freq, sr, 1)
    y = sine(freq, 0.01, sr)
    figure, axes = plt.subplots(figsize=(9, 2.5), layout="constrained")
    axes.plot(1000 * np.arange(len(y)) / sr, y, ".-", markersize=3, color="#0072B2")
    axes.axvspan(0, 1, color="#E69F00", alpha=0.35)
    axes.set(xlabel="time in ms", ylabel="y")
    axes.set_title(f"1 ms of {freq} Hz at sr={sr}: {periods:g} period, {samples:g} samples; the whole: {len(y)} samples")
    plt.show()


# %% [markdown]
# ## 4. A tone, then silence
#
# Silence is a signal too: zeros, as many as the pause is long. To put one signal after another, join their arrays. This is the building
# block of the original tutorial, which later teaches a machine to tell its two seconds apart.

# %% exercise="tone_then_silence"
def tone_then_silence(freq, sr, amp=1.0):
    """One second of a sine tone, then one second of silence.

    Parameters
    ----------
    freq : float
        Frequency of the tone in Hz.
    sr : int
        Sampling rate in Hz.
    amp : float
        Amplitude of the tone.

    Returns
    -------
    float array (2 * sr,)
        The sr samples of sine(freq, 1.0, sr, amp), which begin at phase 0 and keep their amplitude to the end, then sr zeros.

    Examples
    --------
    >>> tone_then_silence(1.0, 4).round(3)
    array([ 0.,  1.,  0., -1.,  0.,  0.,  0.,  0.])
    """
    ### BEGIN SOLUTION
    return np.concatenate([sine(freq, 1.0, sr, amp), np.zeros(sr)])
    ### END SOLUTION


# %% [markdown] why="tone_then_silence"
# `np.concatenate` puts arrays end to end, which for signals means one after the other. Two rows would be two signals side by side, and
# adding them would give the tone alone, one second long. `np.zeros(sr)` is as long as the second of tone, because a second has sr samples.

# %% check="tone_then_silence" points=2
y = np.asarray(tone_then_silence(250.0, 1000, amp=0.5))
assert y.shape == (2000,), f"tone_then_silence(250.0, 1000, amp=0.5) has shape {y.shape}; two seconds at 1000 Hz have 2000, in one dimension"
assert abs(y[1] - 0.5) < 1e-6, f"sample 1 is {y[1]:.4f}; a quarter of a period after its start the tone is at its top, the amplitude 0.5"
assert np.all(y[1000:] == 0), f"in the second second yours reaches {np.abs(y[1000:]).max():.3g}; silence is exactly 0"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Your `sine` makes the first second. The second one has as many samples, and you know the value of each.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.zeros` makes silence, its argument is a number of samples. `np.concatenate` takes a list of arrays and joins them end to end. `+`
# would do that to two lists, but it adds two arrays value by value.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `np.concatenate([…, np.zeros(…)])`
#
# </details>

# %% [markdown]
# ## 5. One after another
#
# The original tutorial goes on to ten tones, 500 Hz, 1000 Hz and so on up to 5000 Hz, each followed by its second of silence: twenty
# seconds in all. Its sound is what lesson 07 will learn to tell from silence.

# %% exercise="tone_sequence"
def tone_sequence(freqs, sr):
    """Tones of one second, each followed by one second of silence.

    Parameters
    ----------
    freqs : list of float
        Frequencies of the tones in Hz, one or more, in the order in which they sound.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float array (2 * sr * len(freqs),)
        tone_then_silence(freq, sr) for each frequency, joined end to end: every tone starts anew at phase 0, and a silence follows
        the last one too.

    Examples
    --------
    >>> tone_sequence([0.5, 0.25], 2).round(3)
    array([0.   , 1.   , 0.   , 0.   , 0.   , 0.707, 0.   , 0.   ])
    """
    ### BEGIN SOLUTION
    y = []
    for freq in freqs:
        y.extend(tone_then_silence(freq, sr))
    return np.array(y)
    ### END SOLUTION


# %% [markdown] why="tone_sequence"
# Each turn of the loop makes a tone with a time of its own, beginning at 0, and puts it with its silence behind what is there. Adding
# arrays in place of joining them would sound all tones at once. One time axis through the whole signal would start each tone wherever its
# phase has got to: for whole numbers of Hz that comes to the same, for all others the tone starts with a jump.

# %% check="tone_sequence" points=3
y = np.asarray(tone_sequence([250.0, 125.0], 1000))
assert y.shape == (4000,), f"tone_sequence([250.0, 125.0], 1000) has shape {y.shape}; four seconds at 1000 Hz have 4000 samples, in one dimension"
assert abs(y[1] - 1) < 1e-6, f"sample 1 is {y[1]:.4f}; the tone of 250 Hz comes first and has its top there, at 1"
assert abs(y[2002] - 1) < 1e-6, f"sample 2002 is {y[2002]:.4f}; the tone of 125 Hz starts at sample 2000 and has its top 2 samples later, at 1"
assert np.all(y[1000:2000] == 0), f"between the tones yours reaches {np.abs(y[1000:2000]).max():.3g}; silence is exactly 0"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# You have the piece for one frequency. Make one for each, and join them.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A loop or a list comprehension over `freqs`, and `np.concatenate` once at the end. Take care with `+=`: on a list it appends, on an array
# it adds.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `np.concatenate([… for freq in freqs])`
#
# </details>

# %% [markdown]
# **Listen.** The first three of the ten tones, at a tenth of full scale: 500 Hz, 1000 Hz an octave higher, then 1500 Hz. The steps are
# equally wide in Hz, but the second sounds smaller than the first: ears compare frequencies by their ratio.

# %%
@when_solved
def hear_the_original():
    sr = 11025
    play(0.1 * np.asarray(tone_sequence([500.0, 1000.0, 1500.0], sr)), sr)


# %% [markdown]
# ## 6. Without a click
#
# Where a tone stops in the middle of its swing, the signal jumps. A jump contains all frequencies at once, and that is the click. The
# remedy is a short *fade*: at the start the signal is multiplied by a gain that rises from 0 to 1, at the end by the same gain turned
# around. A straight line would still have a corner at either end. Half a period of a cosine, *raised* so that it lies between 0 and 1, has
# none:
#
# $$g_k = \frac{1 - \cos(\pi k / m)}{2}, \qquad k = 0, 1, \ldots, m - 1$$
#
# for a fade of $m$ samples. It begins at exactly 0 and is at half its height in the middle.
#
# Your function receives an array that belongs to someone else. Return a new one, and leave that one as it was: whoever called you may still
# need it.

# %% exercise="add_fades"
def add_fades(y, sr, fade_ms=10.0):
    """Fade a signal in and out along a raised cosine.

    Parameters
    ----------
    y : float array (n,)
        Signal with two samples or more. It is left as it is: the function does not write into it.
    sr : int
        Sampling rate in Hz.
    fade_ms : float
        Length of each of the two fades in milliseconds.

    Returns
    -------
    float array (n,)
        A new array. The first m samples are y[k] * g[k], with the gain g[k] = (1 - cos(pi * k / m)) / 2 for k = 0, 1, …, m - 1.
        The last m samples fade out with the same gain turned around, so that the last of all is multiplied by g[0] = 0. The samples
        in between are exactly those of y.

        m is the number of samples in fade_ms milliseconds, to the nearest whole number. Where two such fades do not fit into n samples,
        m is half of n instead, rounded down.

    Examples
    --------
    >>> add_fades(np.ones(7), sr=1000, fade_ms=2)
    array([0. , 0.5, 1. , 1. , 1. , 0.5, 0. ])
    """
    ### BEGIN SOLUTION
    m = min(round(fade_ms / 1000 * sr), len(y) // 2)
    gain = np.ones(len(y))
    for k in range(m):
        gain[k] = gain[-1 - k] = (1 - np.cos(np.pi * k / m)) / 2
    return gain * y
    ### END SOLUTION


# %% [markdown] why="add_fades"
# The gain (1 - cos(πk / m)) / 2 rises from 0 to 1 and is flat at both ends; a straight line would have two corners, and each is a small
# click. The loop writes `gain[k]` and its mirror image `gain[-1 - k]` together, so the fade-out cannot be anything but the fade-in turned
# around. `min` limits a fade to half of the clip, or the two would overlap. The product is a new array: `y[:m] *= …` would fade the
# caller's own signal.

# %% check="add_fades" points=4
ones = np.ones(4000)
y = np.asarray(add_fades(ones, 8000, fade_ms=100))
assert y.shape == (4000,), f"4000 samples went in, an array of shape {y.shape} came out; return as many as went in"
assert y[0] == 0, f"your signal starts at {y[0]:.4g}; a fade-in starts at exactly 0"
assert y[-1] == 0, f"your signal ends at {y[-1]:.4g}; a fade-out ends at exactly 0"
assert abs(y[400] - 0.5) < 0.01, f"in the middle of the fade-in, at sample 400, your gain is {y[400]:.3f}; half of the height is 0.5"
assert abs(y[200] - 0.146) < 0.01, f"a quarter into the fade-in, at sample 200, your gain is {y[200]:.3f}; (1 - cos(π/4)) / 2 is 0.146"
assert np.all(y[800:-800] == 1), "some samples between the fades have changed; leave them as they are"
assert np.all(ones == 1), "your function has changed the array that it was given; work on a copy"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# There are three steps: how long a fade is in samples (exercise 3 counts them), the gain for one fade, and a new array in which both ends
# are multiplied by it.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `min` picks the shorter of two lengths, and `//` divides without a rest. `y.copy()` is an array of its own. `gain[::-1]` is an array
# turned around, and a negative index counts from the end. Or make a gain for the whole signal, beginning with `np.ones`, and multiply once.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `m = min(round(…), len(y) // 2)` and `gain = (1 - np.cos(…)) / 2`, then `faded[:m] *= gain`, and the last m samples times the gain turned
# around.
#
# </details>

# %% [markdown]
# **Listen.** A tone of 441.3 Hz that starts and stops with a click, then the same tone with fades of 10 ms: soft at both ends.
#
# **Look.** The last 20 milliseconds of both, then silence. The one above jumps from its swing to 0. The one below shrinks to 0 on the way,
# along the dashed gain.

# %%
@when_solved
def hear_and_see_the_click():
    sr = 16000
    abrupt = sine(441.3, 0.5, sr, amp=0.2, phase=np.pi / 2)
    faded = add_fades(abrupt, sr)
    gain = add_fades(np.ones(len(abrupt)), sr)
    pause = np.zeros(sr // 4)
    for y in (abrupt, faded):
        play(np.concatenate([pause, y, pause]), sr)

    figure, axes = plt.subplots(2, sharex=True, sharey=True, figsize=(9, 3.5), layout="constrained")
    ms = 1000 * (np.arange(-320, 80)) / sr
    for y, ax in zip((abrupt, faded), axes):
        ax.plot(ms, np.concatenate([y, pause])[len(y) - 320:len(y) + 80], color="#0072B2")
    axes[1].plot(ms[:320], 0.2 * np.asarray(gain)[-320:], "--", color="#D55E00")
    axes[0].set(title="stops abruptly", ylabel="y")
    axes[1].set(title="fades out", ylabel="y", xlabel="time from the end of the tone in ms")
    plt.show()


# %% [markdown]
# ## 7. Together
#
# Sounds that meet in the air add up, and so do signals: value by value. A *gain* for each says how much of it goes into the mix. The sum
# may exceed full scale. That is no reason to change it here: whether to turn it down is for the one who plays it or writes it to a file
# (lesson 02).

# %% exercise="mix"
def mix(signals, gains):
    """Weighted sum of signals that start together.

    Parameters
    ----------
    signals : list of float arrays
        One signal or more, each of one dimension; their lengths may differ.
    gains : list of float
        A factor for each signal.

    Returns
    -------
    float array (n,)
        gains[0] * signals[0] + gains[1] * signals[1] + …, sample by sample. n is the length of the longest signal; a shorter one
        counts as zeros after its end. The sum is neither scaled nor clipped.

    Examples
    --------
    >>> mix([np.array([0.5, 0.5, 0.5]), np.array([1.0])], gains=[1.0, 0.75])
    array([1.25, 0.5 , 0.5 ])
    """
    ### BEGIN SOLUTION
    total = np.zeros(max(len(y) for y in signals))
    for y, gain in zip(signals, gains):
        total[:len(y)] += gain * y
    return total
    ### END SOLUTION


# %% [markdown] why="mix"
# The signals start together and are added sample by sample, so the result is as long as the longest, and a shorter one adds to its
# beginning only: `total[:len(y)]`. Cutting to the shortest would lose what is left of the others, and dividing by their number would make
# each softer because another is there. What goes beyond full scale stays: a mix that is too loud can be turned down, a clipped one cannot
# be mended.

# %% check="mix" points=2
y = np.asarray(mix([np.array([0.5, -0.5]), np.array([1.0, 1.0, 1.0])], [1.0, 0.25]))
assert y.shape == (3,), f"a mix of signals of 2 and 3 samples has shape {y.shape} with you; it is as long as the longest, 3 samples"
assert abs(y[0] - 0.75) < 1e-6, f"sample 0 is {y[0]:.4g}; 1.0 * 0.5 + 0.25 * 1.0 is 0.75"
assert abs(y[2] - 0.25) < 1e-6, f"sample 2 is {y[2]:.4g}; the first signal has ended there, and 0.25 * 1.0 is 0.25"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Begin with silence of the right length. Then add one signal after another, each from the start.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `max` over the lengths, `np.zeros`, and `zip(signals, gains)`, which hands you each signal with its gain. `total[:5] += …` adds to the
# first five values only.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `for y, gain in zip(signals, gains):` and in it `total[:…] += …`
#
# </details>

# %% [markdown]
# **Listen.** Tones of 440 Hz and 443 Hz, mixed, 3 seconds long. You hear one tone that swells and fades three times a second: the two run
# in step, then against each other, and three times a second one overtakes the other. These are *beats*; musicians tune by them.

# %%
@when_solved
def hear_beats():
    sr = 16000
    tones = [sine(440.0, 3.0, sr), sine(443.0, 3.0, sr)]
    play(add_fades(np.asarray(mix(tones, [0.1, 0.1])), sr), sr)


# %% [markdown]
# ## In your own words
#
# Listen to `tone_sequence([500.0], 16000)` once as it is and once after `add_fades`, with headphones if you can; play each several times. In three to
# six sentences: where exactly did you hear a difference, and where none? Explain it by the samples: what does the signal do at that place, and why
# does a frequency that nobody asked for come out of it? Then say when you would *not* fade a tone.
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: places the click at the ends of the tone, explains it by the jump or the sudden bend in the samples, and names a case in which a fade
#   would be wrong, such as a measurement of level or phase over the whole tone, or a loop.
# - *1 point*: describes what was heard, and leaves out either the explanation or the case.
# - *0 points*: neither.

# %% [markdown] reflection="where_it_clicks" points=2
# Where did you hear the difference, what do the samples do there, and when would you leave a tone as it is?
#
# ### BEGIN SOLUTION
# In the middle of the tone I heard no difference at all; without fades it clicks where the tone stops, and faintly where it starts. There the samples
# leave the curve of the sine from one moment to the next and stay at zero. Only one frequency goes on for ever; a signal that begins or stops at once
# holds a little of all others, and for an instant I hear them as a click. Within the 10 ms of a fade the change is slow, and what it adds stays close to
# the tone. I would not fade a tone whose amplitude I want to measure over its whole length, nor one that shall be repeated without a gap.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - Sample $k$ lies at $k/sr$ seconds, the last one a step before the end. A number of samples is rounded, never left to floats.
# - $y(t) = A \sin(2\pi f t + \varphi)$: without $t$ there is no tone.
# - 1000 Hz at 41100 Hz: a millisecond holds 1 period and 41.1 samples. Units first, then numbers.
# - One after another is joining, together is adding.
# - A jump clicks. A fade of 10 milliseconds takes the click away.
# - A function that changes its argument surprises its caller. Return something new.
