# ---
# jupyter:
#   course:
#     title: Notes, harmonics, filters, noise
#     given: [tones, wav]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Notes, harmonics, filters, noise
#
# A sine is a tone, but nobody would take it for an instrument. In this lesson you build what is missing: the notes of a scale, harmonics,
# an envelope, a string that is plucked, a filter, and noise in a measured amount. They are pleasant to hear. They are also the data of
# the lessons to come: whoever can *make* a sound with a known label never runs out of examples.
#
# **Afterwards you can**
# - turn notes into frequencies and frequencies into notes, and say in cents how far apart two pitches are
# - build a tone from harmonics without any that fold back, and shape it with an envelope
# - make a string from a few noise values and a mean
# - take the high frequencies out of a signal, and know what the filter does to each frequency
# - add noise at a given signal-to-noise ratio
#
# **You need** sines and fades (01), decibels and powers (02), bins and aliasing (03), levels (04). **Time**: about two hours. After
# exercise 4 is a good place for a pause.
#
# **Not in this lesson**: instruments of other tunings, vibrato, reverberation, filters with feedback.
#
# Signals are arrays of floats in one dimension; 1 is full scale. `f0` is the frequency of a note and `sr` the sampling rate, both in Hz;
# times are in seconds, levels in dB. Each docstring says all that its function is graded on; the cell below it shows one example. Set
# the volume low before you play the first sound.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display

from given.tones import add_fades, sine
from given.wav import peak_normalise


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
# ## Three questions first
#
# What you call back from memory stays there longer. The cell below each question only looks whether your answer is one of the letters;
# whether it is the right one, you learn when the notebook is graded.
#
# **Question 1** (from lesson 04). You draw the spectrogram of a melody with `n_fft` 8192 in place of 2048, at the same sampling rate. What changes?
#
# - "a": tones close to each other are told apart better, and it is better seen when each of them starts
# - "b": tones close to each other are told apart better, and it is seen worse when each of them starts
# - "c": tones close to each other are told apart worse, and it is better seen when each of them starts
# - "d": only the number of columns

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q1"
# Bins lie sr / n_fft apart, so a longer frame tells close tones apart better. It also lasts longer, n_fft / sr, and a start anywhere within
# it is one column: that is the price.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 2** (from lesson 04). A tone has -6 dB in a spectrogram whose 0 dB is a full-scale sine. Now its amplitude is divided by 10. Its level
# becomes
#
# - "a": -6 dB
# - "b": -16 dB
# - "c": -26 dB
# - "d": -0.6 dB

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q2"
# A tenth of the amplitude is a hundredth of the power, and 10·log10(1/100) is -20 dB: from -6 to -26.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 3** (from lesson 02). The power of the noise is a hundredth of the signal's power. The signal-to-noise ratio is
#
# - "a": 100 dB
# - "b": 40 dB
# - "c": 20 dB
# - "d": -20 dB

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q3"
# For powers the decibel is 10·log10, and 10·log10(100) is 20. It is positive, since the signal is the stronger of the two.

# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## 1. From notes to frequencies
#
# An octave doubles the frequency. In the tuning of nearly all instruments with keys, an octave has twelve equal steps, the *semitones*. Equal
# means: each step multiplies the frequency by the same factor. Twelve of them make 2, so the factor is $2^{1/12}$, about 1.0595.
#
# MIDI, the language of electronic instruments, numbers the semitones. 69 is A4, the A of the tuning fork at 440 Hz; middle C (C4) is 60:
#
# | C4 | D4 | E4 | F4 | G4 | A4 | B4 | C5 |
# |---|---|---|---|---|---|---|---|
# | 60 | 62 | 64 | 65 | 67 | 69 | 71 | 72 |
#
# The original of this course typed the frequencies of seven notes from a table. You compute them, and all others, also those *between* the
# keys: 69.5 is a quarter tone above A4.

# %% exercise="midi_to_hz"
def midi_to_hz(m):
    """Frequency of a MIDI number.

    Parameters
    ----------
    m : number or array of any shape
        MIDI numbers: 69 is A4, each semitone up adds 1. They need not be whole.

    Returns
    -------
    float, or float array of m's shape
        440 * 2 ** ((m - 69) / 12) in Hz, not rounded. A number gives a number, an array gives an array.

    Examples
    --------
    >>> float(np.round(midi_to_hz(60), 4))
    261.6256
    >>> midi_to_hz(np.array([57, 69, 81]))
    array([220., 440., 880.])
    """
    ### BEGIN SOLUTION
    return 440 * 2 ** ((m - 69) / 12)
    ### END SOLUTION


# %% [markdown] why="midi_to_hz"
# A semitone is a factor, the twelfth root of 2, so their number stands in the exponent: m - 69 of them from A4 with its 440 Hz. The
# parentheses matter, since `m - 69 / 12` divides the 69 alone. Semitones of equal size in Hz would be right at A4 and an octave above it,
# and nowhere else. Nothing is rounded, so that `hz_to_midi` finds the way back.

# %% check="midi_to_hz" points=2
f = midi_to_hz(60)
assert np.ndim(f) == 0, f"midi_to_hz(60) has shape {np.shape(f)}; one number goes in, one comes out"
assert abs(f - 261.6256) < 0.001, f"midi_to_hz(60) returned {f}; middle C, nine semitones below 440 Hz, has 261.6256 Hz"
f = midi_to_hz(np.array([57, 69, 81]))
assert np.shape(f) == (3,), f"three numbers went in, shape {np.shape(f)} came out; an array gives an array of its shape"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# How many semitones is the note above A4? Below it, the number is negative. Each semitone multiplies by the same factor, so the number
# of semitones belongs into an exponent.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `**` raises to a power, for arrays as well. It binds more tightly than `/` and `-`: put the exponent in parentheses, and the difference in it, too.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `440 * 2 ** ((… - …) / …)`
#
# </details>

# %% [markdown]
# **Listen.** The scale of the table, from middle C up, in sines. Do you hear where the steps are only half as large? The frequencies are printed:
# compare the first seven with the original's table 261.63, 293.66, 329.63, 349.23, 392.00, 440.00, 493.88.

# %%
SCALE = np.array([60, 62, 64, 65, 67, 69, 71, 72])


@when_solved
def hear_the_scale():
    sr = 22050
    freqs = midi_to_hz(SCALE)
    print(np.round(freqs, 2))
    play(np.concatenate([add_fades(0.2 * sine(f, 0.35, sr), sr) for f in freqs]), sr)


# %% [markdown]
# ## 2. From frequencies to notes
#
# The way back: which note has 450 Hz? Solve the formula for $m$; the inverse of a power of two is the logarithm to the base two. The answer,
# 69.39, says more than "A4": the tone is 39 hundredths of a semitone sharp.
#
# Where nothing sounds there is no pitch. The logarithm of 0 is minus infinity, with no more than a warning, and it would spoil every mean that it
# gets into. Your function refuses instead.

# %% exercise="hz_to_midi"
def hz_to_midi(f):
    """MIDI number of a frequency, the inverse of midi_to_hz.

    Parameters
    ----------
    f : number or array of any shape
        Frequencies in Hz.

    Returns
    -------
    float, or float array of f's shape
        69 + 12 * log2(f / 440), not rounded. A number gives a number, an array gives an array.

    Raises
    ------
    ValueError
        If f, or one of the values of an array, is 0 or negative.

    Examples
    --------
    >>> float(np.round(hz_to_midi(450.0), 2))
    69.39
    >>> hz_to_midi(np.array([220.0, 440.0, 880.0]))
    array([57., 69., 81.])
    """
    ### BEGIN SOLUTION
    if np.min(f) <= 0:
        raise ValueError("f must be above 0 Hz; silence has no pitch")
    return 69 + 12 * np.log2(f / 440)
    ### END SOLUTION


# %% [markdown] why="hz_to_midi"
# The inverse, step by step: the ratio to 440 Hz, its logarithm to the base 2 in which an octave is 1, twelve semitones to an octave,
# counted from 69. With `np.log10` an octave would have 3.6 of them. 0 Hz has no pitch, and `np.log2(0)` would be minus infinity with
# nothing but a warning; `np.min(f)` is one number to ask, of an array as well as of a number.

# %% check="hz_to_midi" points=2
m = hz_to_midi(450.0)
assert np.ndim(m) == 0, f"hz_to_midi(450.0) has shape {np.shape(m)}; one number goes in, one comes out"
assert abs(m - 69.389) < 0.001, f"hz_to_midi(450.0) returned {m}; 450 Hz is 0.389 semitones above A4, so 69.389 was expected"
m = hz_to_midi(np.array([220.0, 440.0, 880.0]))
assert np.shape(m) == (3,), f"three frequencies went in, shape {np.shape(m)} came out; an array gives an array of its shape"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Read the formula of exercise 1 backwards: divide by 440, undo the power of two, multiply by 12, add 69. Before all that: is there a pitch?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.log2` takes numbers and arrays; `math.log2` takes numbers only. `np.min(f)` is the smallest value of either.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if np.min(f) <= 0: raise ValueError(…)`, then `69 + … * np.log2(f / …)`
#
# </details>

# %% [markdown]
# ## 3. Cents
#
# Is 10 Hz out of tune? At A2, 110 Hz, it is one and a half semitones; at A7, 3520 Hz, a twentieth. Ears hear *ratios* of frequencies, so
# intervals are told in a unit of ratios: a semitone has 100 *cents*, an octave 1200. Upwards counts as positive.

# %% exercise="cents"
def cents(f1, f2):
    """Interval from the frequency f1 to the frequency f2, in cents.

    Parameters
    ----------
    f1, f2 : numbers, or arrays of the same shape
        Frequencies in Hz, above 0.

    Returns
    -------
    float, or float array of that shape
        1200 * log2(f2 / f1), not rounded: positive where f2 is the higher one.

    Examples
    --------
    >>> float(cents(440.0, 880.0))
    1200.0
    >>> np.round(cents(np.array([440.0, 450.0]), np.array([450.0, 440.0])), 1)
    array([ 38.9, -38.9])
    """
    ### BEGIN SOLUTION
    return 1200 * np.log2(f2 / f1)
    ### END SOLUTION


# %% [markdown] why="cents"
# An interval is a ratio, and the logarithm turns ratios into steps that add up: an octave and a fifth are the sum of their cents. To the
# base 2 an octave is 1, hence 1200. f2 / f1 gives rising intervals the positive sign. Computed from the difference in Hz, up an octave and
# down again would not be 0.

# %% check="cents" points=2
c = cents(440.0, 450.0)
assert np.ndim(c) == 0, f"cents(440.0, 450.0) has shape {np.shape(c)}; two numbers go in, one comes out"
assert abs(c - 38.906) < 0.01, f"cents(440.0, 450.0) returned {c}; from 440 up to 450 Hz is +38.906 cents"
c = cents(np.array([440.0, 450.0]), np.array([450.0, 440.0]))
assert np.shape(c) == (2,), f"two pairs of frequencies went in, shape {np.shape(c)} came out; return one interval for each pair"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# An octave is the ratio 2, and its logarithm to the base 2 is 1. How many cents are that?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.log2` of a ratio. Which of the two frequencies stands above the line, if from low to high is to be positive?
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `… * np.log2(… / …)`
#
# </details>

# %% [markdown]
# **Listen.** A4, each time followed by an A4 that is a little too high: by 100, 25 and 5 cents. The first is another note, the second out of
# tune; the third most people do not notice. Then the last pair once more, both at the same time: what differs by 5 cents beats, more than
# once a second. (Beats per second are the difference in *Hz*. `cents` says what an ear calls it.)

# %%
@when_solved
def hear_cents():
    sr, f = 22050, 440.0
    for detune in (100, 25, 5):
        higher = midi_to_hz(69 + detune / 100)
        print(f"{cents(f, higher):.0f} cents are {higher - f:.2f} Hz")
        play(np.concatenate([add_fades(0.2 * sine(hz, 0.6, sr), sr) for hz in (f, higher)]), sr)
    play(add_fades(0.1 * (sine(f, 3.0, sr) + sine(higher, 3.0, sr)), sr), sr)


# %% [markdown]
# ## 4. Harmonics
#
# A string or a column of air does not vibrate at one frequency only, but also at twice, three times, four times that frequency: the
# *harmonics*. The first is the note itself, the *fundamental*. What you call the sound of an instrument is to a large part how strong each of them is.
#
# Here a single number decides: `decay`, the amplitude of each harmonic in relation to the one before it. With 0.1 the tone is nearly a sine, with
# 0.9 it is bright. And there is a trap that you know from lesson 03: a harmonic above $sr/2$ does not vanish, it *folds back* and sounds as a
# frequency that has nothing to do with the note.

# %% exercise="harmonic_tone"
def harmonic_tone(f0, duration, sr, n_harm, decay):
    """Tone of harmonics whose amplitudes fall by the same factor from one to the next.

    Parameters
    ----------
    f0 : float
        Frequency of the first harmonic in Hz, above 0; it may lie above sr / 2.
    duration : float
        Length in seconds, at least 0.1.
    sr : int
        Sampling rate in Hz.
    n_harm : int
        Number of harmonics, at least 1.
    decay : float
        Amplitude of a harmonic / amplitude of the one before it, above 0 and at most 1.

    Returns
    -------
    float array (n,)
        n = round(duration * sr) samples, at the times t = 0, 1 / sr, 2 / sr, …: the sum of
        decay ** (k - 1) * sin(2 * pi * k * f0 * t) over k = 1, 2, …, n_harm, without those harmonics whose frequency k * f0 is sr / 2
        or more. Where none is left, the result is silence, all zeros.
        All of it is multiplied by one positive factor of your choice, so that no value is above 1 or below -1. (To divide by n_harm, by
        the sum of the amplitudes, or by the peak, are three ways.)

    Examples
    --------
    >>> y = harmonic_tone(440.0, 1.0, 22050, n_harm=5, decay=0.5)
    >>> y.shape, bool(np.max(np.abs(y)) <= 1)
    ((22050,), True)
    """
    ### BEGIN SOLUTION
    y = np.zeros(round(duration * sr))
    for k in range(1, n_harm + 1):
        if k * f0 < sr / 2:
            y = y + decay**k * sine(k * f0, duration, sr)  # decay times the formula's: the common factor is free
    return y / n_harm
    ### END SOLUTION


# %% [markdown] why="harmonic_tone"
# Each harmonic is asked for before it is added: at half the rate and above, its samples would be those of a lower frequency that does not
# belong to the note. `decay**k` in place of decay^(k - 1) scales all harmonics alike, which the contract leaves free. Divided by n_harm the
# peak cannot exceed 1, for n_harm sines of at most 1 add up to n_harm at most. Dividing by the peak would do as well, except where no
# harmonic is left: 0 / 0.

# %% check="harmonic_tone" points=4
y = np.asarray(harmonic_tone(100.0, 1.0, 8000, n_harm=3, decay=0.5))
assert y.shape == (8000,), f"one second at 8000 Hz came back with shape {y.shape}; 8000 samples in one dimension were expected"
assert np.max(np.abs(y)) <= 1 + 1e-6, f"your largest value is {np.max(np.abs(y)):.3f}; scale the tone so that it stays within [-1, 1]"
X = np.abs(np.fft.rfft(y))[[100, 200, 300, 400]]
assert X[0] > 0, "nothing sounds at 100 Hz; the first harmonic is the note itself, at f0"
assert abs(X[1] / X[0] - 0.5) < 0.05, f"your second harmonic is {X[1] / X[0]:.3f} times as strong as the first; with decay 0.5 it is half as strong"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Start from silence and add one sine after the other. Before you add a sine, ask whether it may be there at all. In the end, make sure that the sum is
# not too loud; what if the sum is silence?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `for k in range(1, n_harm + 1)`, the given `sine(freq, duration, sr)`, an `if` with `sr / 2`. The first harmonic has the amplitude 1, which is
# `decay ** 0`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if k * f0 < …: y = y + decay ** (…) * sine(…, duration, sr)`, and afterwards a division by something that is never 0: what can a sum of
# `n_harm` sines, none of them above 1, reach at most?
#
# </details>

# %% [markdown]
# **Listen.** The same note with decay 0.1, 0.5 and 0.9: from a flute that is hardly there to a reed. Then a bright tone that goes up the
# scale two octaves higher, first yours, then one that forgets the limit: its folded harmonics sing along out of tune, and some of
# them go *down* when the melody goes up.

# %%
@when_solved
def hear_harmonics():
    sr = 11025
    for decay in (0.1, 0.5, 0.9):
        play(add_fades(peak_normalise(harmonic_tone(midi_to_hz(57), 0.8, sr, 12, decay), 0.2), sr), sr)
    high = midi_to_hz(SCALE + 24)
    folded = [sum(0.9 ** (k - 1) * sine(k * f, 0.3, sr) for k in range(1, 13)) for f in high]
    for notes in ([harmonic_tone(f, 0.3, sr, 12, 0.9) for f in high], folded):
        play(np.concatenate([add_fades(peak_normalise(y, 0.15), sr) for y in notes]), sr)


# %% [markdown]
# ## 5. An envelope
#
# Notes begin and end, and how they do so tells a piano from an organ. Synthesizers describe it by four numbers, *ADSR*: in the **a**ttack
# the level rises from 0 to 1, in the **d**ecay it falls to a level that is **s**ustained, and in the **r**elease it falls to 0. Three of them
# are lengths of time; the sustain is a level.
#
# ```
#  1        ●
#          / \
#         /    \
#  s     /       ●───────────────●
#       /                         \
#  0   ●                           ●
#      |  a  |  d  |             | r |
#      0                             T = (n - 1) / sr
# ```
#
# The result is a row of factors: multiply a tone by it, sample by sample. As it ends at 0, nothing clicks. What if the note is shorter
# than its three stages together? Then the stages are shortened, all by the same factor, until they just fit.

# %% exercise="adsr"
def adsr(n, sr, attack, decay, sustain, release):
    """Envelope of attack, decay, sustain and release, in straight lines.

    Parameters
    ----------
    n : int
        Number of samples, at least 2.
    sr : int
        Sampling rate in Hz.
    attack, decay, release : float
        Lengths of these stages in seconds, above 0.
    sustain : float
        Level between decay and release, from 0 to 1.

    Returns
    -------
    float array (n,)
        Sample k is the value at the time k / sr of the straight lines through these corners (time, value), where T = (n - 1) / sr is
        the time of the last sample: (0, 0), (attack, 1), (attack + decay, sustain), (T - release, sustain), (T, 0).
        If attack + decay + release is more than T, each of the three is first multiplied by T / (attack + decay + release).
        You may round the corners to whole samples. The first sample and the last one are 0.

    Examples
    --------
    >>> adsr(9, 8, attack=0.25, decay=0.25, sustain=0.5, release=0.25)
    array([0.  , 0.5 , 1.  , 0.75, 0.5 , 0.5 , 0.5 , 0.25, 0.  ])
    """
    ### BEGIN SOLUTION
    T = (n - 1) / sr
    shrink = min(1, T / (attack + decay + release))
    a, d, r = shrink * attack, shrink * decay, shrink * release
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r, T], [0, 1, sustain, sustain, 0])
    ### END SOLUTION


# %% [markdown] why="adsr"
# Straight lines are known by their corners, and `np.interp` draws them: 0 at the start, 1 after the attack, `sustain` from the end of the
# decay to the start of the release, 0 at the last sample. T is the time of that sample, (n - 1) / sr; with n / sr the envelope would end
# one step above 0. Where the stages are too long, one factor shortens all three; cutting off what does not fit would end the note in the
# middle of a stage, with a click.

# %% check="adsr" points=4
g = np.asarray(adsr(801, 1000, attack=0.1, decay=0.1, sustain=0.5, release=0.2))
assert g.shape == (801,), f"n=801 came back with shape {g.shape}; return one factor for each sample"
assert np.min(g) >= -1e-6 and np.max(g) <= 1 + 1e-6, f"your factors go from {np.min(g):.3f} to {np.max(g):.3f}; they lie between 0 and 1"
assert abs(g[100] - 1) < 0.05, f"at the end of the attack, 0.1 s, your factor is {g[100]:.3f}; it is 1 there"
assert abs(g[400] - 0.5) < 0.01, f"halfway your factor is {g[400]:.3f}; from 0.2 s to 0.6 s it is the sustain level, 0.5"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The docstring lists five corners. First shorten the lengths if they are too long, then the corners are known. Between two corners the value lies on a
# straight line.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.interp(times, corner_times, corner_values)` draws the lines. Or join four pieces, each by `np.linspace`, and give the sustain
# whatever is left of n.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `shrink = min(1, T / …)`, three multiplications, then `np.interp(np.arange(n) / sr, [0, a, …, …, T], [0, 1, …, …, 0])`
#
# </details>

# %% [markdown]
# **Look and listen.** Three envelopes, and the same harmonics under each of them: something struck, something bowed, and the second one on a
# note that is too short for it, whose stages have been shortened.

# %%
@when_solved
def see_and_hear_envelopes():
    sr = 22050
    shapes = [("struck", 1.2, (0.005, 0.3, 0.2, 0.5)), ("bowed", 1.2, (0.25, 0.1, 0.8, 0.3)), ("bowed, too short", 0.3, (0.25, 0.1, 0.8, 0.3))]
    for name, duration, stages in shapes:
        tone = harmonic_tone(midi_to_hz(62), duration, sr, 10, 0.6)
        gain = adsr(len(tone), sr, *stages)
        plt.plot(np.arange(len(tone)) / sr, gain, label=name)
        play(gain * peak_normalise(tone, 0.25), sr)
    plt.xlabel("time in s")
    plt.ylabel("factor")
    plt.legend()
    plt.show()


# %% [markdown]
# ## 6. A plucked string
#
# In 1983 Kevin Karplus and Alex Strong found that a string needs no sines at all. Write down one period of *noise*, as if the string
# had been thrown into a random shape. Then let each new sample be the mean of two neighbours, one period ago:
#
# $$y[j] = \tfrac{1}{2}\,(y[j-N] + y[j-N-1])$$
#
# Repeating makes a pitch. Taking the mean of neighbours smooths: it takes a little of the high harmonics at every turn and hardly anything of the
# low ones, and so does a real string. The mean of $y[j-N]$ and $y[j-N-1]$ lies half a sample between them, so a period lasts
# $N + \tfrac12$ samples, and the note is $sr / (N + \tfrac12)$. A single sample more or less is 23 to 38 cents in the range that is graded, and
# you have heard what 25 cents are.
#
# Chance comes in by `rng`, a generator that the caller made with `np.random.default_rng(seed)`. A function that draws all its numbers
# from it gives the same string for the same seed, and another one for another seed. One that calls `np.random.uniform` or makes its
# own generator takes this away from its caller.

# %% exercise="pluck"
def pluck(f0, duration, sr, rng):
    """Plucked string, by the algorithm of Karplus and Strong.

    Parameters
    ----------
    f0 : float
        Frequency in Hz. It is graded from 300 to 490 Hz at sr = 22050, at frequencies for which sr / f0 - 1/2 is a whole number (but for
        errors of floats, 1e-9 or so).
    duration : float
        Length in seconds, at least one period.
    sr : int
        Sampling rate in Hz.
    rng : numpy.random.Generator
        The only source of chance: generators in the same state give the same signal.

    Returns
    -------
    float array (n,)
        n = round(duration * sr) samples in [-1, 1]. With N = sr / f0 - 1/2, rounded to a whole number, the first N samples are noise: values
        between -1 and 1, such as those of rng.uniform. From there on y[j] = (y[j - N] + y[j - N - 1]) / 2, where y[-1], which is
        needed once, counts as 0.

    Examples
    --------
    >>> y = pluck(441.0, 1.0, 22050, np.random.default_rng(3))
    >>> y.shape, bool(np.max(np.abs(y)) <= 1)
    ((22050,), True)
    """
    ### BEGIN SOLUTION
    N = round(sr / f0 - 0.5)
    y = np.zeros(round(duration * sr))
    y[:N] = rng.uniform(-1, 1, N)
    for j in range(N, len(y)):
        y[j] = (y[j - N] + y[j - N - 1]) / 2  # y[-1] is the last sample, which is still 0 when j is N
    return y
    ### END SOLUTION


# %% [markdown] why="pluck"
# Repeating a piece of noise makes a pitch, and averaging two neighbours each time takes the high harmonics first, as a string does. The
# mean of y[j - N] and y[j - N - 1] lies N + ½ samples back, so N is sr / f0 - ½, rounded; one sample more or less is heard as out of tune.
# Only the first N samples come from `rng`, and their means cannot leave [-1, 1]. For j = N the second index is -1, the array's last sample,
# which is still the 0 that the contract asks for.

# %% check="pluck" points=4
y = np.asarray(pluck(22050 / 50.5, 1.0, 22050, np.random.default_rng(3)))
assert y.shape == (22050,), f"one second at 22050 Hz came back with shape {y.shape}; 22050 samples in one dimension were expected"
assert np.max(np.abs(y)) <= 1, f"your largest value is {np.max(np.abs(y)):.3f}; noise from -1 to 1 and means of it stay within [-1, 1]"
assert np.std(y[:50]) > 0.1, "your first 50 samples, one period, are nearly constant; a string starts from noise"
mean = (y[1000 - 50] + y[1000 - 51]) / 2
assert abs(y[1000] - mean) < 1e-5, f"with N = 50, y[1000] is the mean of y[950] and y[949], {mean:.5f}; yours is {y[1000]:.5f}"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two parts: fill the first N samples with noise from `rng`, then go through the others from left to right. Each looks back at two that are already
# there.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `round` for N, `np.zeros`, `rng.uniform(-1, 1, N)`, a `for` loop over `range(N, n)`. (In a hurry: `scipy.signal.lfilter` computes such loops a hundred times
# faster.)
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `y[j] = (y[j - …] + y[j - … - 1]) / 2`
#
# </details>

# %% [markdown]
# **Listen.** A broken chord, each note another string. Then the same note plucked three times with three seeds: the same string, picked at another
# place. (A mean of the noise that is not 0 stays in the loop for ever, so it is subtracted before playing. The lessons to come use a string
# that also hits the frequencies in between, by a further filter in its loop.)

# %%
def one_pluck(f, duration, sr, rng):
    y = pluck(f, duration, sr, rng)
    return add_fades(0.5 * (y - np.mean(y)), sr, 5.0)


@when_solved
def hear_plucks():
    sr, rng = 22050, np.random.default_rng(5)
    play(np.concatenate([one_pluck(midi_to_hz(m), 0.4, sr, rng) for m in (57, 60, 64, 69, 72, 69, 64, 60)]), sr)
    play(np.concatenate([one_pluck(midi_to_hz(57), 0.8, sr, np.random.default_rng(seed)) for seed in (1, 2, 3)]), sr)


# %% [markdown]
# ## 7. A low-pass filter
#
# The string took the mean of two neighbours, a gentle filter. With more neighbours and well chosen weights, a filter can be sharp: let through what is
# below a *cutoff* frequency, keep back what is above. The weights for a perfectly sharp cutoff are known, a *sinc* function. It
# never ends, though, so it is cut to `n_taps` weights, and a *window* (here Hamming's) makes the cut smooth. Three things are easily missed:
#
# - The weights must add up to 1. Then a constant, the frequency 0, comes out as it went in.
# - The highest frequency there is, is $sr/2$. For a cutoff at a quarter of $sr$, halfway up, the sinc has its zeros at every second sample.
# - A filter that waits for its middle weight delays by `(n_taps - 1) / 2` samples. In a signal that is there as a whole, you can look ahead, and
#   nothing is late.
#
# Adding up weighted neighbours at every place is called *convolution*.

# %% exercise="low_pass"
def low_pass(y, sr, cutoff_hz, n_taps=101):
    """Low-pass filter by a windowed sinc, without delay.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least n_taps samples long. Before its start and after its end it counts as 0.
    sr : int
        Sampling rate in Hz.
    cutoff_hz : float
        Cutoff frequency in Hz, above 0 and below sr / 2.
    n_taps : int
        Number of weights, odd and at least 3.

    Returns
    -------
    float array (n,)
        y[j] becomes the sum of h[i] * y[j - i] over i = -m, …, m, with m = (n_taps - 1) / 2. The weights are
        h[i] = w[i] * sinc(2 * cutoff_hz / sr * i), divided by the sum of all of them so that they add up to 1. Here
        sinc(x) = sin(pi * x) / (pi * x), which is np.sinc, and w[i] = 0.54 + 0.46 * cos(pi * i / m) is the Hamming window, np.hamming(n_taps).
        So what is constant passes unchanged, a tone at cutoff_hz comes out 6 dB weaker, tones far above are gone, and nothing is late.

    Examples
    --------
    >>> np.round(low_pass(np.ones(7), 8, 2.0, n_taps=3), 3)
    array([0.954, 1.   , 1.   , 1.   , 1.   , 1.   , 0.954])
    """
    ### BEGIN SOLUTION
    i = np.arange(n_taps) - n_taps // 2
    h = np.hamming(n_taps) * np.sinc(2 * cutoff_hz / sr * i)
    return np.convolve(y, h / np.sum(h), mode="same")
    ### END SOLUTION


# %% [markdown] why="low_pass"
# The weights of the ideal low-pass are a sinc; cut off at n_taps it would ripple, so the Hamming window fades it out. `np.sinc` has the π
# inside, and 1 stands for half the rate: hence 2 · cutoff_hz / sr. Divided by their sum the weights add up to 1, and a constant passes
# unchanged. `mode="same"` keeps the middle of the convolution; `lfilter`, or the beginning of it, would be late by (n_taps - 1) / 2
# samples.

# %% check="low_pass" points=4
z = np.asarray(low_pass(np.ones(500), 8000, 1000.0))
assert z.shape == (500,), f"500 samples went in, shape {z.shape} came out; return as many as you got"
assert abs(z[250] - 1) < 0.02, f"a constant 1 came out as {z[250]:.4f}; divide the weights by their sum"
z = np.asarray(low_pass(np.eye(1, 301, 150)[0], 8000, 1000.0))
assert np.argmax(z) == 150, f"a single 1 at sample 150 came out with its peak at sample {np.argmax(z)}; it must not be late"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Make the weights first: the numbers i from -m to m, the sinc at each of them, times the window, divided by their sum. Then they go along the signal.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.sinc` has the factor pi inside; `np.hamming(n_taps)` is the window; `np.convolve(y, h, mode="same")` keeps the length and the middle in its place.
# `scipy.signal.firwin(n_taps, cutoff_hz, fs=sr)` makes the same weights.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `h = np.hamming(…) * np.sinc(2 * … / sr * …)`, then `h / …`, then `np.convolve(y, …, mode="same")`.
#
# </details>

# %% [markdown]
# **Listen and look.** A bright tone, as it is, and through your filter at 2000 and at 500 Hz: as if a door closed. In the picture what your
# filter does to each frequency: flat at 0 dB, -6 dB at the cutoff (1000 Hz), and below -50 dB on the right. With more weights the slope is steeper.

# %%
@when_solved
def hear_and_see_the_filter():
    sr = 22050
    bright = add_fades(peak_normalise(harmonic_tone(midi_to_hz(45), 1.0, sr, 60, 0.95), 0.3), sr)
    play(bright, sr)
    for cutoff in (2000.0, 500.0):
        play(low_pass(bright, sr, cutoff), sr)
    for n_taps in (101, 401):
        response = np.abs(np.fft.rfft(low_pass(np.eye(1, 4096, 2048)[0], sr, 1000.0, n_taps)))
        plt.plot(np.fft.rfftfreq(4096, 1 / sr), 20 * np.log10(response + 1e-6), label=f"{n_taps} weights")
    plt.xlim(0, 4000)
    plt.xlabel("frequency in Hz")
    plt.ylabel("level in dB")
    plt.legend()
    plt.show()


# %% [markdown]
# ## 8. Noise, in a measured amount
#
# A classifier that has seen only clean tones fails in the first real room. So the data of the lessons to come gets noise, and as much as we
# say, as a signal-to-noise ratio. You measured one in lesson 02; now you make one. *White* noise is a row of independent random numbers: it holds all
# frequencies alike.
#
# Mind the two decibels: ratios of powers go with $10\log_{10}$, ratios of amplitudes with $20\log_{10}$. At 20 dB the noise has a hundredth of the power, and a
# tenth of the amplitude.

# %% exercise="add_noise"
def add_noise(y, snr_db, rng):
    """Add white noise at a given signal-to-noise ratio.

    Parameters
    ----------
    y : float array (n,)
        Signal; n is at least 1. It is left as it is.
    snr_db : float
        Ratio of the power of y to the power of the noise, in dB. Below 0 the noise is the stronger one.
    rng : numpy.random.Generator
        The only source of chance: generators in the same state give the same noise.

    Returns
    -------
    float array (n,)
        A new array, y + noise. The noise is white and Gaussian (n independent normal values with mean 0) and has the power
        mean(y ** 2) / 10 ** (snr_db / 10), on average over draws or exactly in each draw, as you like. Power is the mean of the squares.
        The sum is not clipped. If y is silence (all zeros), so is the result.

    Examples
    --------
    >>> y = np.tile([0.5, -0.5], 5000)
    >>> noise = add_noise(y, 20.0, np.random.default_rng(1)) - y
    >>> float(np.round(np.sqrt(np.mean(noise**2)), 2))
    0.05
    """
    ### BEGIN SOLUTION
    rms = np.sqrt(np.mean(y**2))
    return y + rms * 10 ** (-snr_db / 20) * rng.standard_normal(len(y))
    ### END SOLUTION


# %% [markdown] why="add_noise"
# The power of the noise is that of the signal divided by 10^(snr_db / 10); its rms, the root of that, is rms · 10^(-snr_db / 20).
# Multiplying amplitudes by the factor of powers would count each decibel twice. `standard_normal` has the mean 0 and the rms 1, so one
# factor sets the level, and silence stays silence without any division. `y + …` is a new array, while `y += …` would write into the
# caller's.

# %% check="add_noise" points=3
y = np.tile([0.5, -0.5], 5000)
z = np.asarray(add_noise(y, 20.0, np.random.default_rng(1)))
assert z.shape == (10000,), f"10000 samples went in, shape {z.shape} came out; each sample gets its own noise"
rms = np.sqrt(np.mean((z - np.tile([0.5, -0.5], 5000)) ** 2))
assert abs(rms - 0.05) < 0.005, f"the rms of your noise is {rms:.4f}; at 20 dB it is a tenth of the signal's rms 0.5, that is 0.05"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Which power has the signal, which power must the noise have, and by what do you multiply normal values, whose power is 1, to give it to them?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.mean(y**2)` is a power, its root an rms. `rng.standard_normal(n)` draws n values of power 1. Multiplying by an amplitude c multiplies the power
# by c².
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `y + np.sqrt(np.mean(…)) * 10 ** (-snr_db / …) * rng.standard_normal(…)`
#
# </details>

# %% [markdown]
# **Listen.** All of it together: a melody of strings, filtered, with 30, 10 and 0 dB. At 0 dB noise and melody have the same power, and yet you
# follow the tune: your ears collect the power of a tone in one place, while that of the noise lies everywhere. The features of the next lesson do the same.

# %%
@when_solved
def hear_noise():
    sr, rng = 22050, np.random.default_rng(8)
    melody = np.concatenate([one_pluck(midi_to_hz(m), 0.35, sr, rng) for m in (64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64)])
    for snr_db in (30.0, 10.0, 0.0):
        play(add_fades(add_noise(0.5 * low_pass(melody, sr, 3000.0), snr_db, rng), sr), sr)


# %% [markdown]
# ## In your own words
#
# Make two notes of the same pitch and length, one by `harmonic_tone` under an `adsr`, one by `pluck`, and try to make the first sound like the
# second. Play them one after the other, as often as you like. In three to six sentences: what did you change, what became alike, and what difference
# was left? Say for each of the two which part of its formula you hear in it.
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: names a difference that was really heard, and traces it to the formulas. For instance: each harmonic of a string dies at a speed of its
#   own, while an envelope turns all of them down together; a string starts as noise; the strength of its harmonics is left to chance.
# - *1 point*: describes what was heard without the formulas, or the formulas without anything heard.
# - *0 points*: neither.

# %% [markdown] reflection="what_i_heard" points=2
# ### BEGIN SOLUTION
# I gave the harmonic tone 12 harmonics with decay 0.7, an attack of 2 ms and a decay of one second to sustain 0. The beginning and the length then
# came close to the string. But the string starts with a scratch, because its first period is noise, and it gets duller while it fades: the mean
# of two neighbours takes most from the high harmonics at every turn. My tone stays equally bright to the end, since the envelope multiplies all
# harmonics by the same factor. And each string sounds a little different, as its harmonics come from the generator, while mine always falls
# by 0.7 from one to the next.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - Pitch is a logarithm: a semitone is a factor of $2^{1/12}$, 100 cents, whatever the octave.
# - Leave out what lies at or above $sr/2$. It would fold back and sing along out of tune.
# - An envelope multiplies; its stages are times, and its sustain is a level.
# - Repetition makes pitch, and a mean in the loop makes high harmonics die first.
# - A filter is a set of weights: their sum is the gain at 0 Hz, their middle the delay.
# - Decide on powers with 10·log10 and on amplitudes with 20·log10, and let `rng` be the only source of chance.
#
# Next, lesson 06: clips, labels and features. What you built here becomes a data set.
