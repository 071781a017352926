# ---
# jupyter:
#   course:
#     title: From numbers to WAV and back
#     given: [tones]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From numbers to WAV and back
#
# A signal in memory is a list of fractions. A WAV file is a short header and a list of whole numbers. On the way from one to the
# other a tone can change its pitch, burst into noise or lose half of its length, mostly without any error message.
#
# **Afterwards you can**
# - turn a signal into 16-bit samples, and say what happens to a signal that is too loud
# - write a WAV file that every program plays at the right pitch, and read one without changing its sampling rate
# - hear and measure what a bit is worth
# - compare two signals in decibels, and leave headroom
#
# **You need** lesson 01: amplitude, sampling rate, sine. **Time**: one to two hours.
#
# **Not in this lesson**: compressed formats (MP3, FLAC), 24-bit and floating-point files, dither.
#
# Signals are arrays of floats in [-1, 1], one channel; 1 is *full scale*. `sr` is the sampling rate in Hz. Each docstring says all that
# its function is graded on; the cell below it shows one example. Set the volume low before you play the first sound.

# %%
import numpy as np
from IPython.display import Audio, display
from scipy.io import wavfile

from given.tones import add_fades, sine


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
# ## 1. Sixteen bits
#
# A 16-bit sample is a whole number from -32768 to 32767. Multiplying by 32767 gives both +1 and -1 a number of their own. What lies
# beyond full scale has none: it must be *clipped*, that is, set to full scale. Where a program forgets this, the number starts
# again from the other end, and 1.2 becomes -26216.
#
# The original of this course multiplied by 16000, which leaves tones half as high as they could be, and rounded towards zero.
# Rounding to the nearest number makes the largest error half as large.

# %% exercise="to_int16"
def to_int16(y):
    """Convert a signal to 16-bit samples.

    Parameters
    ----------
    y : float array (n,)
        Signal; full scale is 1.

    Returns
    -------
    int16 array (n,)
        32767 * y, rounded to the nearest whole number. Where y is above 1 it counts as 1, where it is below -1 as -1.

    Raises
    ------
    ValueError
        If y holds NaN or infinity.

    Examples
    --------
    >>> to_int16(np.array([0.0, 0.25, 1.0, 1.2]))
    array([    0,  8192, 32767, 32767], dtype=int16)
    """
    ### BEGIN SOLUTION
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity; was something divided by zero?")
    return np.round(32767 * np.clip(y, -1, 1)).astype(np.int16)
    ### END SOLUTION


# %% [markdown] why="to_int16"
# Clipping comes before the conversion, because 16 bits do not stop at 32767: 1.2 would start again from the other end, as -26216, and a
# loud top would become a deep dip. The factor is the largest number there is; with 32768 the value 1.0 itself would be out of range.
# `astype` alone cuts off towards zero, which doubles the largest error, so `np.round` comes first. NaN is refused: no whole number can say
# "no number", and `astype` would make one up.

# %% check="to_int16" points=4
q = np.asarray(to_int16(np.array([0.0, 0.25, 1.0, -1.0, 1.2])))
assert q.shape == (5,), f"5 values went in, an array of shape {q.shape} came out; return one sample for each value"
assert q.dtype == np.int16, f"your samples are of type {q.dtype}; a 16-bit sample is an np.int16"
assert q[1] in (8191, 8192), f"0.25 became {q[1]}; a quarter of 32767 is 8191.75"
assert q[4] == 32767, f"1.2 became {q[4]}; what is louder than full scale is clipped to 32767"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# There are four steps, and their order matters: refuse what is no number, clip, scale, convert.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.isfinite` tells numbers from NaN and infinity, `np.clip` limits, `np.round` rounds but leaves floats, the array's method
# `astype` changes the type.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `np.round(… * np.clip(y, …, …)).astype(…)`, after an `if … .all(): raise ValueError(…)`.
#
# </details>

# %% [markdown]
# **Listen.** First a tone of amplitude 1.2, clipped by your `to_int16`: its tops are cut flat, which adds a slight edge. Then the same tone
# where the numbers wrap around: a harsh buzz at every top. Both are played at a fifth of full scale.

# %%
@when_solved
def hear_clipping():
    sr = 16000
    loud = 1.2 * sine(440.0, 1.0, sr)
    wrapped = np.round(32767 * loud).astype(np.int64).astype(np.int16)
    for samples in (to_int16(loud), wrapped):
        play(add_fades(0.2 * samples / 32767, sr), sr)


# %% [markdown]
# ## 2. A file that plays right
#
# The samples alone are no sound yet: 44100 numbers may be one second or five. The header says how to read them: whole numbers or
# floats, how many channels, how many bytes a sample, how many samples a second. Each of these can be wrong while the samples are right.

# %% exercise="write_wav"
def write_wav(path, y, sr):
    """Write a signal as a 16-bit PCM WAV file with one channel.

    Parameters
    ----------
    path : str or Path
        The file to write; if it exists, it is replaced.
    y : float array (n,)
        Signal; full scale is 1. The file holds the n samples that `to_int16(y)` gives, 2 bytes each.
    sr : int
        Sampling rate in Hz; the file's header says it.

    Returns
    -------
    None

    Examples
    --------
    >>> write_wav("example.wav", np.array([0.0, 0.5, -0.5]), 8000)
    """
    ### BEGIN SOLUTION
    wavfile.write(path, sr, to_int16(y))
    ### END SOLUTION


# %% [markdown] why="write_wav"
# `to_int16` decides what is in the file, and `wavfile.write` takes the format from the array's type: 16-bit whole numbers make a 16-bit
# file. Handed floats it writes floats without a word, four or eight bytes a sample, which many programs refuse. The rate is the one that
# was passed, for the header is all that a player knows of it.

# %% check="write_wav" points=4
write_wav("check.wav", np.array([0.0, 0.5, -0.5]), 11025)
rate, samples = wavfile.read("check.wav")
assert samples.dtype == np.int16, f"the file holds samples of type {samples.dtype}; write those that to_int16 gives"
assert samples.shape == (3,), f"3 samples were to be written, the file holds an array of shape {samples.shape}; check the number of channels"
assert rate == 11025, f"the file says {rate} Hz, sr was 11025; hand sr on to the header"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# You have the samples already: `to_int16` makes them. What is left is a call that puts the header before them.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `scipy.io.wavfile.write` takes what it is given: floats become a file of floats, 16-bit integers a 16-bit file. Or the standard library's
# `wave`, where you set the number of channels, the sample width in bytes and the frame rate yourself.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `wavfile.write(path, …, to_int16(…))`
#
# </details>

# %% [markdown]
# **Listen.** The original of this course wrote 41100 where 44100 was meant. Both are rates that play. Here the same samples, made for
# 44100 Hz, are in two files whose headers differ: the second tone is lower, by 12·log2(44100/41100) = 1.2 semitones, and lasts longer.

# %%
@when_solved
def hear_two_headers():
    tone = add_fades(0.2 * sine(440.0, 0.7, 44100), 44100)
    for name, sr in (("right.wav", 44100), ("museum.wav", 41100)):
        write_wav(name, tone, sr)
        display(Audio(filename=name))


# %% [markdown]
# ## 3. Reading, and nothing else
#
# `librosa.load(path)`, which the original used, resamples to 22050 Hz unless told otherwise (`sr=None`). Nothing on the screen says so,
# and whatever lay above 11025 Hz is gone. So here is a reader that only reads. It divides by 32768: then the lowest number,
# -32768, becomes -1 and all of them stay within [-1, 1].

# %% exercise="read_wav"
def read_wav(path):
    """Read a 16-bit WAV file at its own sampling rate.

    Parameters
    ----------
    path : str or Path
        A 16-bit PCM WAV file of n samples a channel, with one channel or more. Other kinds of file need not be handled.

    Returns
    -------
    (y, sr) : tuple of a float array (n,) and an int
        The signal, samples / 32768, in [-1, 1]; of several channels it is the mean. Then the file's own sampling rate in Hz:
        nothing is resampled.

    Examples
    --------
    >>> wavfile.write("example.wav", 8000, np.array([16384, -32768], dtype=np.int16))
    >>> read_wav("example.wav")
    (array([ 0.5, -1. ]), 8000)
    """
    ### BEGIN SOLUTION
    sr, samples = wavfile.read(path)
    y = samples / 32768
    if y.ndim == 2:
        y = y.mean(axis=1)
    return y, sr
    ### END SOLUTION


# %% [markdown] why="read_wav"
# `wavfile.read` gives the rate first, and then the file's whole numbers; divided by 32768, the size of the lowest of them, they lie in [-1,
# 1]. A stereo file has one column a channel, and their mean is one signal; column 0 alone would lose what sounds only on the other side.
# `librosa.load` would do all this too, and would resample to 22050 Hz without saying so.

# %% check="read_wav" points=4
wavfile.write("check.wav", 11025, np.array([16384, 0, -32768], dtype=np.int16))
result = read_wav("check.wav")
assert isinstance(result, tuple) and len(result) == 2, f"read_wav returned a {type(result).__name__}; return two things, y and sr"
y, sr = result
assert np.ndim(sr) == 0, f"the second result is an array of shape {np.shape(sr)}; return the signal first, then the rate"
assert sr == 11025, f"the rate came back as {sr}, the file says 11025; do not resample"
assert np.shape(y) == (3,), f"the file holds 3 samples, your signal has shape {np.shape(y)}; return as many as the file holds"
assert abs(y[0] - 0.5) < 1e-4, f"the sample 16384 came back as {y[0]}; 16384 / 32768 is 0.5"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# A reader gives you whole numbers, in one column for each channel. Three things are to be done: scale, average, return in the right order.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `scipy.io.wavfile.read` returns the rate first. Its array has one dimension for one channel and the shape (n, channels) for more;
# `y.ndim` tells which. With the standard library's `wave`, `np.frombuffer` gives left and right in turn: `reshape` them first.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if y.ndim == 2: y = y.mean(axis=…)`, and in the end `return …, …`.
#
# </details>

# %% [markdown]
# **Listen.** A file of 44100 Hz, read back and played as it says. Then what you would hear if its samples were kept and 22050 Hz believed:
# an octave lower, and twice as long.

# %%
@when_solved
def hear_a_rate_believed():
    write_wav("tone.wav", add_fades(0.2 * sine(880.0, 0.5, 44100), 44100), 44100)
    y, sr = read_wav("tone.wav")
    play(y, sr)
    play(y, 22050)


# %% [markdown]
# ## 4. What a bit is worth
#
# Sixteen bits are a choice. To hear it, take fewer: a signed number of `bits` bits reaches up to $q = 2^{bits-1} - 1$, so a signal in
# [-1, 1] has the levels $-1, \ldots, -\tfrac{1}{q}, 0, \tfrac{1}{q}, \ldots, 1$, one step of $\tfrac{1}{q}$ apart. With 16 bits,
# $q = 32767$: the factor of `to_int16`.

# %% exercise="quantise"
def quantise(y, bits):
    """Round a signal to the levels that a sample of `bits` bits can take.

    Parameters
    ----------
    y : float array (n,)
        Signal in [-1, 1].
    bits : int
        Bits a sample, from 2 to 24.

    Returns
    -------
    float array (n,)
        For each value of y the nearest of the 2**bits - 1 levels k / q, with q = 2**(bits - 1) - 1 and whole numbers k from -q
        to q. The result is a signal again, in [-1, 1], not the numbers k.

    Examples
    --------
    >>> quantise(np.array([0.1, 0.3, 1.0, -1.0]), 3)
    array([ 0.        ,  0.33333333,  1.        , -1.        ])
    """
    ### BEGIN SOLUTION
    q = 2 ** (bits - 1) - 1
    return np.round(q * y) / q
    ### END SOLUTION


# %% [markdown] why="quantise"
# One bit is for the sign, so 2^(bits - 1) - 1 levels are left above zero: scale until they are the whole numbers, round, scale back.
# Rounding errs by half a step at most. Cutting off errs by up to a whole one, which gives the noise four times the power: 6 dB, as if a bit
# were missing. With the factor 2^(bits - 1) the levels from -1 to 1 would be one more than the bits can number.

# %% check="quantise" points=4
z = np.asarray(quantise(np.array([0.1, 0.3, 0.6, -1.0]), 3))
assert z.shape == (4,), f"4 values went in, an array of shape {z.shape} came out; return one for each"
assert np.abs(z).max() <= 1, f"your largest value is {np.abs(z).max()}; scale back to [-1, 1]"
assert abs(z[2] - 2 / 3) < 1e-6, f"0.6 at 3 bits became {z[2]:.4f}; the levels are 0, 1/3, 2/3 and 1 on either side, and 2/3 is nearest"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Stretch the signal until the levels are whole numbers, round, and undo the stretching.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `2 ** (bits - 1) - 1` is the factor, `np.round` rounds to the nearest whole number; `astype(int)` would cut the fraction off.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `np.round(q * …) / …`
#
# </details>

# %% [markdown]
# **Listen.** The same quiet tone that fades away, with 16, 8 and 4 bits. With 16 it is clean. With 8 there is a faint hiss and grain towards the end.
# With 4 it buzzes, and stops early: once the tone is smaller than half a step, every sample is rounded to 0.

# %%
@when_solved
def hear_fewer_bits():
    sr = 16000
    fading = add_fades(0.3 * sine(440.0, 1.5, sr) * np.linspace(1, 0, 24000), sr)
    for bits in (16, 8, 4):
        play(quantise(fading, bits), sr)


# %% [markdown]
# ## 5. How much noise is that?
#
# Ears hear ratios, so levels are compared by the logarithm of a ratio. The decibel is defined by *powers*:
# $10 \log_{10}$ of their ratio, where the power of a signal is the mean of its squares. The *signal-to-noise ratio* is that of the
# clean signal to the noise, and the noise is what was added: noisy minus clean.

# %% exercise="snr_db"
def snr_db(clean, noisy):
    """Signal-to-noise ratio in dB, of a signal of which the clean version is known.

    Parameters
    ----------
    clean : float array (n,)
        The signal without noise; n is at least 1, and not all values are 0.
    noisy : float array (n,)
        The same signal with noise; the noise is noisy - clean.

    Returns
    -------
    float
        10 * log10(power of clean / power of the noise) in dB. Power is the mean of the squares. If the two signals are equal, there
        is no noise and the result is infinity (np.inf).

    Examples
    --------
    >>> clean = np.array([0.5, -0.5, 0.5, -0.5])
    >>> float(np.round(snr_db(clean, clean + np.array([0.05, 0.05, -0.05, -0.05])), 6))
    20.0
    """
    ### BEGIN SOLUTION
    noise = noisy - clean
    if not noise.any():
        return np.inf
    return 10 * np.log10(np.mean(clean**2) / np.mean(noise**2))
    ### END SOLUTION


# %% [markdown] why="snr_db"
# The noise is what the noisy signal has and the clean one has not: their difference. Power is the mean of the squares, and for powers the
# decibel is 10·log10; 20·log10 belongs to amplitudes. Compared with `noisy` itself, which contains the clean signal, the ratio would stay
# near 0 dB however little noise there is. Without any noise it is infinite, and that is said before anything is divided by 0.

# %% check="snr_db" points=2
clean = np.array([0.5, -0.5, 0.5, -0.5])
ratio = snr_db(clean, clean + np.array([0.05, 0.05, -0.05, -0.05]))
assert np.ndim(ratio) == 0, f"your result has shape {np.shape(ratio)}; return one number for the whole signal"
assert abs(ratio - 20) < 0.01, f"noise a tenth as large as the signal gave {ratio:.2f} dB; its power is a hundredth, and 10·log10(100) is 20"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Three quantities, one after the other: the noise, the two powers, their ratio in dB. What would a division give where there is no noise?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.mean` of a square is a power, `np.log10` is the logarithm, `np.inf` is infinity; `noise.any()` is true if any value is not 0.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `10 * np.log10(np.mean(… ** 2) / np.mean(… ** 2))`
#
# </details>

# %% [markdown]
# **Look.** The two exercises together: the ratio of noise that fills the whole range to its rounding errors, at four bit depths. Read off
# what a bit is worth.

# %%
@when_solved
def what_a_bit_is_worth():
    y = np.random.default_rng(2).uniform(-1, 1, 20000)
    for bits in (4, 8, 12, 16):
        print(f"{bits:2} bits  {snr_db(y, quantise(y, bits)):5.1f} dB")


# %% [markdown]
# ## 6. Headroom
#
# Recordings come too soft or too loud. *Peak normalising* scales a signal so that its largest excursion, up or down, reaches a target a little
# below full scale: that leaves room for what comes later, such as mixing. One signal cannot be scaled to any peak, and programs
# that forget it write files full of NaN: silence.

# %% exercise="peak_normalise"
def peak_normalise(y, target=0.9):
    """Scale a signal so that its largest excursion is `target`.

    Parameters
    ----------
    y : float array (n,)
        Signal of any size; n is at least 1. It is left as it is: the result is a new array.
    target : float
        The peak that is wanted, above 0 and at most 1.

    Returns
    -------
    float array (n,)
        y times one positive factor, so that the largest absolute value is target. Silence (all zeros) stays silence.

    Examples
    --------
    >>> peak_normalise(np.array([0.1, -0.2, 0.0]))
    array([ 0.45, -0.9 ,  0.  ])
    """
    ### BEGIN SOLUTION
    peak = np.max(np.abs(y))
    if peak == 0:
        return np.zeros(len(y))
    return y / peak * target
    ### END SOLUTION


# %% [markdown] why="peak_normalise"
# The peak is the largest excursion, up or down, hence `abs` before `max`. Dividing by it makes the peak 1, multiplying makes it `target`;
# nothing is added, so zero stays zero. Silence is the one signal without a peak to divide by: 0 / 0 would be NaN, and so it is asked for
# first.

# %% check="peak_normalise" points=2
z = np.asarray(peak_normalise(np.array([0.1, -0.2, 0.0])))
assert z.shape == (3,), f"3 values went in, an array of shape {z.shape} came out; return one for each"
assert abs(z[1] + 0.9) < 1e-6, f"-0.2 is the largest excursion and became {z[1]:.4f}; with target 0.9 it becomes -0.9"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The largest excursion may be a negative one. What is the factor, and for which signal does it not exist?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.max` and `np.abs`, an `if` for silence. `y / peak` makes a new array, `y /= peak` writes into the caller's.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if peak == 0: return …`, and then `y / … * …`.
#
# </details>

# %% [markdown]
# **Listen.** A soft tone, twice: at a hundredth of full scale, hardly there, and normalised to 0.2, clearly audible. (Here you see why this
# notebook's player does not normalise: the two would sound the same.)

# %%
@when_solved
def hear_normalised():
    sr = 16000
    soft = add_fades(0.01 * sine(440.0, 1.0, sr), sr)
    for y in (soft, peak_normalise(soft, target=0.2)):
        play(y, sr)


# %% [markdown]
# ## In your own words
#
# Take the tone `0.2 * sine(440.3, 1.0, 16000)`, quantise it to 8, 6 and 4 bits, and listen. Then make it ten times softer, quantise that to 8 bits, bring
# it back to its old peak with `peak_normalise`, and listen again. In three to six sentences: what did you hear grow, at how many bits did it begin to disturb you,
# and what did the order of the two steps (softer, then quantised) do to the sound? Say it in decibels as well, with `snr_db` or by 6.02 dB a bit.
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: describes a noise or roughness that grows with every bit lost, and explains by numbers why the soft tone suffered more: being ten
#   times softer costs 20 dB, or between 3 and 4 of the 8 bits.
# - *1 point*: describes what was heard without numbers, or gives numbers without anything heard.
# - *0 points*: neither.

# %% [markdown] reflection="what_bits_cost" points=2
# What did you hear, from how many bits on, and what did it cost to be soft before being quantised?
#
# ### BEGIN SOLUTION
# With every bit less a roughness grew behind the tone; at 8 bits I heard it only when I listened for it, at 4 bits the tone was a buzz. That fits
# 6.02 dB a bit: `snr_db` gave me 36 dB at 8 bits, 24 dB at 6 and 11 dB at 4. A tenth of the amplitude is -20 dB, more than 3 bits, so the soft tone at
# 8 bits sounded as the loud one does at 4 or 5. Normalising afterwards made tone and error louder alike and mended nothing: first bring the level up,
# then quantise.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - 16-bit samples are whole numbers up to 32767. What is too loud must be clipped; left alone, it wraps around.
# - The header decides the pitch. A rate belongs to its signal: `(y, sr)` travel together, and nobody resamples silently.
# - A bit is worth 6.02 dB, because it halves the step.
# - Decibels are defined by powers: 10·log10 of a ratio of powers is 20·log10 of a ratio of amplitudes.
# - Divide by a peak only after asking whether there is one.
#
# Next, lesson 03: which frequencies are in a signal?
