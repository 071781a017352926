# ---
# jupyter:
#   course:
#     title: Spectrograms and decibels
#     given: [tones]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Spectrograms and decibels
#
# A spectrum tells which frequencies are in a sound, and not when. A *spectrogram* tells both: it is the picture that this course's
# classifiers will look at, and the first step of most programs that listen. You will build it from its parts, and see what each of them costs.
#
# **Afterwards you can**
# - cut a signal into frames and turn them into a spectrogram
# - read levels in decibels, and say relative to what
# - draw a spectrogram on the mel scale, for people with axes and a colour bar, for programs as a plain image
# - choose a frame length for a task, knowing what it blurs
# - measure with one number a frame how bright a sound is
#
# **You need** lesson 01 (sine, sampling rate), lesson 02 (the decibel) and lesson 03 (bins, the Fourier transform).
# **Time**: about two hours.
#
# **Not in this lesson**: getting the sound back from its picture, the constant-Q transform, cepstra (MFCC).
#
# Signals are arrays of floats in [-1, 1], one channel, and `sr` is the sampling rate in Hz. Spectrograms are arrays (frequency, time): a
# row is a frequency, the lowest first, and a column a moment. Each docstring says all that its function is graded on: what lies
# outside the ranges that it names is never asked for. The cell below it shows one example. Set the volume low before you play the first sound.

# %%
import librosa
import matplotlib.pyplot as plt
import numpy as np
import scipy.signal
from IPython.display import Audio, Image, display

from given.tones import add_fades, mix, sine, tone_sequence

SR = 22050


def play(y, sr):
    """Shows a player that leaves the level as it is; normalize=True, IPython's own choice, would make everything equally loud."""
    display(Audio(np.clip(y, -1, 1), rate=sr, normalize=False))


def when_solved(show):
    """Calls show(). While an exercise that it needs is unsolved, says so instead."""
    try:
        show()
    except NotImplementedError:
        plt.close("all")  # or an empty picture would be shown
        print("Solve the exercise above first, then run this cell again.")


def two_panels():
    """Two pairs of axes side by side."""
    _, panels = plt.subplots(1, 2, figsize=(10, 2.8), gridspec_kw={"wspace": 0.3})
    return panels


def draw(axes, array, seconds, top, unit, lo, hi, vertical="frequency (Hz)"):
    """Draws a (frequency, time) array that reaches from 0 to seconds and from 0 to top; lo is black, hi is white."""
    image = axes.imshow(array, origin="lower", aspect="auto", extent=(0, seconds, 0, top), cmap="gray", vmin=lo, vmax=hi)
    axes.set(xlabel="time (s)", ylabel=vertical)
    axes.figure.colorbar(image, ax=axes, label=unit)


# %% [markdown]
# ## Three questions to warm up
#
# Two are on lesson 03 and one on lesson 01. The cell below each only looks at the form of your answer; whether it is right, you learn when
# the notebook is graded.
#
# **Question 1** (lesson 03). A frame of 512 samples, taken at 16000 Hz, is transformed. At which frequency does its bin number 20 lie?
# - "a": 312.5 Hz
# - "b": 593.75 Hz
# - "c": 625 Hz
# - "d": 1250 Hz

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q1"
# From one bin to the next it is sr / n_fft = 31.25 Hz, and bin 20 lies 20 steps from 0 Hz.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"your answer is {q1()!r}; return one of the letters \"a\", \"b\", \"c\", \"d\""

# %% [markdown]
# **Question 2** (lesson 03). A tone of 5000 Hz is sampled at 8000 Hz, with no filter before it. What do the samples hold?
# - "a": a tone of 1000 Hz
# - "b": a tone of 3000 Hz
# - "c": a tone of 5000 Hz
# - "d": nothing, it is silent

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q2"
# 5000 Hz lies 1000 Hz above half the rate and is folded back by as much: 4000 - 1000 Hz. The same by the rule: the distance to the nearest
# multiple of the rate, 8000 - 5000 Hz.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"your answer is {q2()!r}; return one of the letters \"a\", \"b\", \"c\", \"d\""

# %% [markdown]
# **Question 3** (lesson 01). How many samples are 10 milliseconds at a sampling rate of 44100 Hz?
# - "a": 44.1
# - "b": 441
# - "c": 4410

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b" or "c"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q3"
# Ten milliseconds are a hundredth of a second, and a hundredth of 44100 samples is 441. The original, with its rate of 41100, took the 411
# samples of ten milliseconds for those of one.

# %% check="q3" points=1
assert q3() in ("a", "b", "c"), f"your answer is {q3()!r}; return one of the letters \"a\", \"b\", \"c\""

# %% [markdown]
# ## Two sounds, one spectrum
#
# **Listen**: three notes one after the other, then the same three notes at once.

# %%
NOTES = (440.0, 660.0, 880.0)
melody = 0.3 * np.concatenate([add_fades(sine(freq, 0.6, SR), SR) for freq in NOTES])
chord = add_fades(mix([sine(freq, 1.8, SR) for freq in NOTES], [0.1] * 3), SR)

play(melody, SR)
play(chord, SR)

for axes, y, title in zip(two_panels(), (melody, chord), ("one after the other", "at once")):
    axes.plot(np.fft.rfftfreq(len(y), 1 / SR), 2 / len(y) * np.abs(np.fft.rfft(y)))
    axes.set(xlim=(300, 1000), xlabel="frequency (Hz)", ylabel="amplitude", title=title)
plt.show()

# %% [markdown]
# *Nobody would mistake one sound for the other, and yet both spectra are three lines of the same height at the same places. Those of the short notes are a
# little broader at the foot.*
#
# The transform of lesson 03 looks at all samples at once. When each note sounds is not lost, but it is hidden in the phases, where no eye finds
# it. The way out is old and simple: cut the sound into short pieces, and take a spectrum of each.
#
# ## 1. Cut it into frames
#
# A *frame* is a piece of `n_fft` samples. The next frame begins `hop` samples later, and with a hop shorter than the frame they overlap, so
# that nothing falls between two of them. At the end, what does not fill a whole frame is left out.

# %% exercise="frame"
def frame(y, n_fft, hop):
    """Cut a signal into overlapping frames, one a column.

    Parameters
    ----------
    y : float array (n,)
        Signal; n may be 0.
    n_fft : int
        Length of a frame in samples, at least 1.
    hop : int
        Distance from the start of a frame to the start of the next in samples, at least 1; it may be longer than a frame.

    Returns
    -------
    float array (n_fft, n_frames)
        frames[k, t] = y[t * hop + k], with n_frames = 1 + (n - n_fft) // hop. Nothing is padded: what does not fill a whole frame is
        left out, and a signal shorter than n_fft gives an array of shape (n_fft, 0). The result is a copy: writing a
        number into one place of it changes no other place, and not y.

    Examples
    --------
    >>> frame(np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]), n_fft=3, hop=2)
    array([[0. , 0.2],
           [0.1, 0.3],
           [0.2, 0.4]])
    """
    ### BEGIN SOLUTION
    n_frames = max(0, 1 + (len(y) - n_fft) // hop)
    frames = np.zeros((n_fft, n_frames))
    for t in range(n_frames):
        frames[:, t] = y[t * hop : t * hop + n_fft]
    return frames
    ### END SOLUTION


# %% [markdown] why="frame"
# The first frame needs n_fft samples, and every further hop makes room for one more frame: 1 + (n - n_fft) // hop, and at least 0, because
# `//` of a negative number is negative. A frame is a column, so it is written into `frames[:, t]`. Writing copies; a view
# (`sliding_window_view`) would share memory where frames overlap, and a change to one would change its neighbours.

# %% check="frame" points=3
frames = np.asarray(frame(np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]), n_fft=3, hop=2))
assert frames.ndim == 2, f"your result has {frames.ndim} dimensions; return an array with a frame in each column"
assert frames.shape == (3, 2), f"your array has shape {frames.shape}; frames of 3 samples stand in columns, and 2 of them fit into 6 samples: (3, 2)"
assert abs(frames[2, 1] - 0.4) < 1e-6, f"the last sample of the second frame is {frames[2, 1]:.4g}; it begins at y[2], so its last sample is y[4] = 0.4"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Which samples are in column 0, which in column 1, which in column t? How many columns are there, and how many if the signal is too short?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `//` divides and rounds down, `max(0, …)` keeps a number from being negative, `np.zeros((rows, columns))` makes the array, and a loop fills it
# column by column: `frames[:, t]` is column t. Filling copies the numbers.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `frames[:, t] = y[… : … + n_fft]` for `t in range(…)`.
#
# </details>

# %% [markdown]
# **Look**: the first three frames of the melody, each lifted above the one before, where they lie in time. Frame 2 begins before frame 0 is over.

# %%
@when_solved
def see_the_frames():
    frames = frame(melody, n_fft=2048, hop=512)
    print(f"{len(melody)} samples became {frames.shape[1]} frames of {frames.shape[0]}")
    plt.figure(figsize=(9, 2.6))
    for t in range(3):
        plt.plot((512 * t + np.arange(2048)) / SR, frames[:, t] + t, linewidth=0.7, label=f"frame {t}")
    plt.xlabel("time (s)")
    plt.yticks([])
    plt.legend(loc="right")
    plt.show()


# %% [markdown]
# ## 2. A spectrum of each frame
#
# Cutting leaves edges, and an edge is a click: in the spectrum it spreads over all frequencies. So each frame is faded in and out before it
# is transformed, by a *window*. The Hann window is a raised cosine, $w_m = \tfrac12 - \tfrac12 \cos(2\pi m / N)$ for $m = 0 \ldots N - 1$, where
# $N$ is `n_fft`. Its last value is not 0, because the 0 belongs to the next period. (Such a window is called *periodic*. The *symmetric* one,
# which `np.hanning` makes, divides by $N - 1$ and ends with a second 0.)
#
# Framing, windowing, transforming: that is the *short-time Fourier transform*. You have written a transform in lesson 03, so here you may
# use a fast one.

# %% exercise="stft"
def stft(y, n_fft, hop):
    """Short-time Fourier transform with a periodic Hann window, without centring.

    Parameters
    ----------
    y : float array (n,)
        Signal; n may be 0.
    n_fft : int
        Length of a frame and of its transform in samples, even, at least 2.
    hop : int
        Distance from the start of a frame to the start of the next in samples, at least 1.

    Returns
    -------
    complex array (1 + n_fft // 2, n_frames)
        X[k, t] = sum over m = 0 ... n_fft - 1 of y[t * hop + m] * w[m] * exp(-2j * pi * k * m / n_fft), with the window
        w[m] = 0.5 - 0.5 * cos(2 * pi * m / n_fft). Row k lies at the frequency k * sr / n_fft. The frames are those of `frame`:
        nothing is padded, and a signal shorter than n_fft gives an array of shape (1 + n_fft // 2, 0). It is graded to 1e-4 for
        signals in [-1, 1] and frames of up to 1024 samples, so float32 will do.

    Examples
    --------
    >>> cosine = np.cos(2 * np.pi * 2 * np.arange(8) / 8)
    >>> np.abs(stft(cosine, n_fft=8, hop=8))[:, 0].round(6)
    array([0., 1., 2., 1., 0.])
    """
    ### BEGIN SOLUTION
    window = scipy.signal.get_window("hann", n_fft)  # periodic unless asked otherwise
    return np.fft.rfft(window[:, np.newaxis] * frame(y, n_fft, hop), axis=0)
    ### END SOLUTION


# %% [markdown] why="stft"
# `[:, np.newaxis]` makes the window a column, so that every frame, a column too, is multiplied by it. `get_window("hann", n_fft)` is
# periodic, as the contract asks; `np.hanning` divides by n_fft - 1, and every number comes out a little different. `rfft` leaves out the
# negative frequencies, which for a real signal are mirror images. `librosa.stft` gives the same only with `center=False`: otherwise it pads
# both ends and has more frames.

# %% check="stft" points=4
X = np.asarray(stft(np.cos(2 * np.pi * 2 * np.arange(20) / 8), n_fft=8, hop=4))
assert np.iscomplexobj(X), f"your numbers are of type {X.dtype}; return the complex spectrum, with its phases"
assert X.shape == (5, 4), f"your array has shape {X.shape}; 8 samples have the bins 0 to 4, and 4 frames fit into 20 samples: (5, 4)"
assert abs(abs(X[2, 0]) - 2) < 1e-3, f"|X[2, 0]| is {abs(X[2, 0]):.4f}; a cosine of amplitude 1 at a bin gives n_fft / 4 = 2 under this window"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# You have the frames already. Multiply each column by the window, then transform each column. Which axis runs along a column?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.fft.rfft(…, axis=0)` transforms every column and gives the bins from 0 to n_fft / 2. The window can be computed from its formula
# with `np.arange(n_fft)`; `window[:, np.newaxis]` is a column that multiplies every column.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `np.fft.rfft(window[:, np.newaxis] * frame(…), axis=…)`
#
# </details>

# %% [markdown]
# **Look**: now the two sounds look as different as they sound.

# %%
@when_solved
def see_when():
    for axes, y, title in zip(two_panels(), (melody, chord), ("one after the other", "at once")):
        amplitudes = np.abs(stft(y, 2048, 512)) / (2048 / 4)
        draw(axes, amplitudes[:120], len(y) / SR, 120 * SR / 2048, "amplitude", 0, 0.3)
        axes.set_title(title)
    plt.show()


# %% [markdown]
# *Left: three short lines like a staircase, each as long as its note. Right: three lines, one above the other, from beginning to end; they are
# darker, since each note of the chord has a third of the amplitude.*
#
# ## 3. Decibels, and relative to what?
#
# Ears hear ratios, from a rustle to a shout over a million million to one in power. On a linear grey scale only the shout is seen. So levels
# are drawn in decibels: $10 \log_{10}(S / \mathrm{ref})$ for a *power* $S$, relative to a power `ref` that reads 0 dB. Power is
# amplitude squared: $|X|^2$. Silence has no logarithm, so levels below a *floor* are set to it.
#
# Which `ref`? It is the most important choice in this lesson. The original of this course took the maximum of each clip (`ref=np.max`). Then every
# clip's loudest point reads 0 dB, whether it is a shout or a rustle: **the level is thrown away**. Here `ref` is 1 unless another
# is passed.

# %% exercise="to_db"
def to_db(S, ref=1.0, floor_db=-100.0):
    """Convert power to decibels.

    Parameters
    ----------
    S : float array of any shape, or a number
        Power, 0 or more.
    ref : float
        The power that reads 0 dB, positive.
    floor_db : float
        The lowest level that is returned, in dB.

    Returns
    -------
    float array of the same shape, or a number
        10 * log10(S / ref) in dB, and floor_db wherever this is lower than floor_db; so where S is 0 it is floor_db. Graded to
        0.001 dB. Warnings cost nothing.

    Examples
    --------
    >>> to_db(np.array([1.0, 0.5, 0.0])).round(2)
    array([   0.  ,   -3.01, -100.  ])
    """
    ### BEGIN SOLUTION
    lowest = ref * 10 ** (floor_db / 10)  # the floor as a power: no logarithm of 0 then
    return 10 * np.log10(np.maximum(S, lowest) / ref)
    ### END SOLUTION


# %% [markdown] why="to_db"
# S is power already, so the factor is 10. The floor is applied to the power: `np.maximum` lets no 0 reach the logarithm, whereas a maximum
# of the levels would come after the warning about it. Adding a small number instead would lift all soft levels, by 3 dB where they equal
# it. And `ref` comes from outside: with the maximum of S in its place each clip's loudest point would read 0 dB, and its level would be
# lost, as in the original.

# %% check="to_db" points=3
levels = np.asarray(to_db(np.array([1.0, 0.5, 0.0])))
assert levels.shape == (3,), f"3 powers went in, an array of shape {levels.shape} came out; return a level for each"
assert abs(levels[0]) < 1e-3, f"a power of 1 reads {levels[0]:.4g} dB; with ref=1 it is the reference itself, 0 dB"
assert abs(levels[1] + 3.0103) < 1e-3, f"a power of 0.5 reads {levels[1]:.4f} dB; half the power is 10·log10(0.5) = -3.0103 dB"
assert abs(levels[2] + 100) < 1e-3, f"a power of 0 reads {levels[2]} dB; it is drawn at the floor, -100 dB"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two steps: a level, and a lower limit. Either compute the logarithm and lift what is too low, or lift the powers first, so that
# no logarithm of 0 is ever taken.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.log10`, and `np.maximum(array, number)`, which takes the larger of the two at each place. `10 ** (floor_db / 10)` is the floor as
# a ratio of powers.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `10 * np.log10(np.maximum(…, …) / …)`
#
# </details>

# %% [markdown]
# **Listen and look**: a tone of 1000 Hz, and under it one of 3000 Hz with a hundredth of its amplitude. You may hear it or not; on the left you do
# not see it.

# %%
pair = add_fades(mix([sine(1000.0, 1.0, SR), sine(3000.0, 1.0, SR)], [0.3, 0.003]), SR)
play(pair, SR)


@when_solved
def see_the_soft_tone():
    amplitudes = np.abs(stft(pair, 2048, 512)) / (2048 / 4)
    levels = to_db(amplitudes**2)
    middle = levels.shape[1] // 2
    for freq in (1000, 3000):
        print(f"{freq} Hz: {levels[round(freq * 2048 / SR), middle]:6.1f} dB")
    left, right = two_panels()
    draw(left, amplitudes[:400], 1.0, 400 * SR / 2048, "amplitude", 0, 0.3)
    draw(right, levels[:400], 1.0, 400 * SR / 2048, "dB", -100, 0)
    plt.show()


# %% [markdown]
# *Left, amplitudes: a single line. Right, decibels: two lines, the upper one grey, and the lower one broader than on the left: the window spreads each tone
# over some bins, and decibels show it.*
#
# And this is the original's error, in numbers: the same sound, 60 dB softer.

# %%
@when_solved
def throw_the_level_away():
    power = (np.abs(stft(pair, 2048, 512)) / (2048 / 4)) ** 2
    for name, S in (("loud", power), ("60 dB softer", 1e-6 * power)):
        print(f"{name:12}  loudest point re full scale {to_db(S).max():6.1f} dB,  re its own maximum {to_db(S, ref=S.max()).max():4.1f} dB")


# %% [markdown]
# ## 4. As ears divide it: the mel scale
#
# From 200 to 400 Hz is an octave, and so is from 4000 to 8000 Hz. To the ear they are alike, but the second takes 20 times as many
# bins. The *mel scale* divides frequency more like the ear does: evenly up to 1000 Hz, then by ratios. A mel spectrogram sums the power of the bins
# that fall into each of `n_mels` overlapping triangular bands, evenly spaced in mel: there are many fewer rows, and little is lost.
#
# Now for the reference. A sine of amplitude 1, the loudest that fits, has $|X| = $ n_fft / 4 at its bin: half of its amplitude belongs to
# the negative frequency, and the Hann window lets half of that through. So a power of (n_fft / 4)² is *full scale*, and levels are "dB re a
# full-scale sine", the same for every clip.
#
# The original calls `melspectrogram(y, sr=sr)`. Since librosa 0.10 that is a TypeError: its arguments must be named, `y=y`.

# %% exercise="mel_spectrogram"
def mel_spectrogram(y, sr, n_mels):
    """Mel spectrogram in dB relative to a full-scale sine, the same reference for every clip.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least 2048 samples long.
    sr : int
        Sampling rate in Hz.
    n_mels : int
        Number of mel bands from 0 Hz to sr / 2, at least 1.

    Returns
    -------
    float array (n_mels, n_frames)
        Levels in dB, lowest band first, in these steps:
        1. power |X|² of X = stft(y, n_fft=2048, hop=512), which neither pads nor centres: n_frames = 1 + (n - 2048) // 512
        2. its mel bands, M @ |X|², with the filters M = librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels). Steps 1 and 2 are
           librosa.feature.melspectrogram(y=y, sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
        3. divided by (2048 / 4)², the power of a full-scale sine
        4. in dB, to_db of step 3: nothing is below -100 dB.
        Graded to 0.002 dB, so float32 will do.

    Examples
    --------
    >>> mel_spectrogram(np.zeros(4096), sr=8000, n_mels=2)
    array([[-100., -100., -100., -100., -100.],
           [-100., -100., -100., -100., -100.]])
    """
    ### BEGIN SOLUTION
    power = librosa.feature.melspectrogram(y=y, sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    return to_db(power, ref=(2048 / 4) ** 2)
    ### END SOLUTION


# %% [markdown] why="mel_spectrogram"
# librosa's mel spectrogram is power already, so nothing is squared again. A full-scale sine at a bin has |X| = n_fft / 4: half of its
# amplitude times the sum n_fft / 2 of the window. The square of that as `ref` makes 0 dB mean full scale; with 1 every level would read 54
# dB higher and the picture would be white, and with the clip's own maximum a whisper would look like a shout. `sr` and `center=False` must
# be said, or librosa takes 22050 Hz and pads.

# %% check="mel_spectrogram" points=4
levels = np.asarray(mel_spectrogram(0.5 * sine(1000.0, 1.0, SR), SR, 40))
assert levels.ndim == 2, f"your result has {levels.ndim} dimensions; return a row for each band and a column for each frame"
assert levels.shape == (40, 40), f"your array has shape {levels.shape}; 40 bands and 1 + (22050 - 2048) // 512 = 40 frames make (40, 40)"
assert levels.min() >= -100.001, f"your lowest level is {levels.min():.1f} dB; levels are in dB, and nothing is below -100"
assert abs(levels.max() + 25) < 1, f"your highest level is {levels.max():.1f} dB; a tone of amplitude 0.5 at 1000 Hz reads about -25 dB in its band, re full scale"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The docstring's four steps are four lines at most; the first two are a single call of librosa. What is step 3 to `to_db`?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `librosa.feature.melspectrogram` returns power, so there is nothing to square. It centres its frames unless told `center=False`. Dividing
# by a reference is what `ref=` does. Or take `librosa.filters.mel` and your own `stft`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `power = librosa.feature.melspectrogram(y=…, sr=…, n_fft=…, hop_length=…, center=…, n_mels=…)`, then `to_db(power, ref=…)`.
#
# </details>

# %% [markdown]
# **Listen and look**: a tone that glides up five octaves, from 220 to 7040 Hz, an octave each second. Which of the pictures looks more like what you
# hear?

# %%
t = np.arange(5 * SR) / SR
glide = add_fades(0.2 * np.sin(2 * np.pi * 220 * (2**t - 1) / np.log(2)), SR)
play(glide, SR)


@when_solved
def see_the_glide():
    linear = to_db(np.abs(stft(glide, 2048, 512)) ** 2, ref=512.0**2)
    mel = mel_spectrogram(glide, SR, 64)
    print("values a frame: linear", len(linear), " mel", len(mel))
    left, right = two_panels()
    draw(left, linear, 5.0, SR / 2, "dB", -80, 0)
    draw(right, mel, 5.0, 64, "dB", -80, 0, vertical="mel band")
    plt.show()


# %% [markdown]
# *Left, linear in Hz: the line creeps along the bottom for two seconds and then shoots up. Right, in mel bands: it bends at first and then rises
# as evenly as the ear hears it.*
#
# A warning for later. The original tells notes apart by 128 mel bands. How many different bands do the 12 semitones of an octave fall on?

# %%
centres = librosa.mel_frequencies(n_mels=130, fmax=SR / 2)[1:-1]
for octave in (2, 3, 4, 5):
    semitones = 261.6256 * 2.0 ** (octave - 4 + np.arange(12) / 12)
    nearest = np.abs(centres - semitones[:, np.newaxis]).argmin(axis=1)
    print(f"octave {octave}: {len(np.unique(nearest)):2} bands")

# %% [markdown]
# ## 5. Sharp in time or sharp in frequency
#
# Whatever happens within one frame is seen as one. So a frame's duration is the *time resolution*: two clicks closer than that can fall into
# one frame, and look like one.

# %% exercise="time_resolution"
def time_resolution(n_fft, sr):
    """Duration of a frame.

    Parameters
    ----------
    n_fft : int
        Length of a frame in samples, at least 1.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        Duration of n_fft samples in seconds.

    Examples
    --------
    >>> time_resolution(2048, 16000)
    0.128
    """
    ### BEGIN SOLUTION
    return n_fft / sr
    ### END SOLUTION


# %% [markdown] why="time_resolution"
# n_fft samples last n_fft / sr seconds, and whatever happens within them becomes one column. The hop only says how often we look: frames
# that overlap more give more columns, not sharper ones. Upside down, sr / n_fft, it is the width of a bin: the finer the one, the coarser
# the other.

# %% check="time_resolution" points=1
duration = time_resolution(2048, 16000)
assert np.ndim(duration) == 0, f"your result has shape {np.shape(duration)}; return one number, in seconds"
assert abs(duration - 0.128) < 1e-6, f"your frame of 2048 samples at 16000 Hz lasts {duration:.6g}; 16000 samples are one second, so 2048 are 0.128 s"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# One second is sr samples. How long is one sample, and how long are n_fft of them?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# One division with `/`. The hop does not matter: it says how often you look, not how long.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return … / …`
#
# </details>

# %% [markdown]
# Then why not take short frames? Because bins are sr / n_fft apart: a frame half as long has bins twice as wide. Under a Hann window a
# tone spreads two bins to either side, and two tones are seen as two if they are about **two bins** apart. How long must a frame be for that?
#
# Musicians give distances in *cents*: 100 cents are a semitone and 1200 an octave, which is a factor of 2. So a tone that lies $c$ cents above $f$ has
# the frequency $f \cdot 2^{c/1200}$, and the same interval is fewer Hz in the bass than in the treble.

# %% exercise="choose_n_fft"
def choose_n_fft(f_low, cents, sr):
    """Shortest frame, a power of two, that shows two tones as two.

    Parameters
    ----------
    f_low : float
        Frequency of the lower tone in Hz, positive.
    cents : float
        How far the higher tone lies above it in cents, more than 0 and at most 1200.
    sr : float
        Sampling rate in Hz; both tones lie below sr / 2.

    Returns
    -------
    int
        The smallest power of two n_fft for which two bins fit between the tones: 2 * sr / n_fft is at most the distance of the
        two tones in Hz, which is f_low * (2 ** (cents / 1200) - 1). If it is equal, they fit.

    Examples
    --------
    >>> choose_n_fft(110.0, 100, 22050)
    8192
    """
    ### BEGIN SOLUTION
    distance = f_low * (2 ** (cents / 1200) - 1)
    n_fft = 1
    while 2 * sr / n_fft > distance:
        n_fft = 2 * n_fft
    return n_fft
    ### END SOLUTION


# %% [markdown] why="choose_n_fft"
# Cents are a ratio, so the distance in Hz is f_low times 2^(cents / 1200) - 1, and it grows with f_low. Two bins must fit into it, since
# the Hann window smears each tone over two bins to either side; at a distance of one the tones melt into one. Doubling until they fit gives
# the smallest such power of two, as an `int`. Rounding the logarithm to the nearest whole number would stop too early half of the time.

# %% check="choose_n_fft" points=3
n_fft = choose_n_fft(110.0, 100, 22050)
assert isinstance(n_fft, (int, np.integer)), f"your result is {n_fft!r}, a {type(n_fft).__name__}; a number of samples is an int"
assert n_fft == 8192, f"your frame has {n_fft} samples; a semitone above 110 Hz is 6.54 Hz away, two bins are 10.77 Hz at 4096 and 5.38 Hz at 8192, which fit"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# First the distance of the tones in Hz. Then try 1, 2, 4, 8, … until two bins fit.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A `while` loop that doubles a whole number. With logarithms it is `np.ceil(np.log2(…))`, but that gives a float: convert it with `int`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `while 2 * sr / n_fft > …:` and in it `n_fft = 2 * …`.
#
# </details>

# %% [markdown]
# **Listen and look**: two tones at once, 440 Hz and a semitone above, which beat; and with them two clicks, so close together that you may hear one.
# Two pictures of the same sound: one with the frame that you choose for the tones, one with an eighth of it. The hop is the same.

# %%
beating = add_fades(mix([sine(440.0, 1.0, SR), sine(440.0 * 2 ** (1 / 12), 1.0, SR)], [0.15, 0.15]), SR)
for second in (0.50, 0.54):
    beating[round(second * SR)] += 0.6
play(beating, SR)


@when_solved
def see_both_blurs():
    long = choose_n_fft(440.0, 100, SR)
    for axes, n_fft in zip(two_panels(), (long, long // 8)):
        levels = to_db(np.abs(stft(beating, n_fft, 64)) ** 2, ref=(n_fft / 4) ** 2)
        rows = round(1200 * n_fft / SR)
        draw(axes, levels[:rows], 64 * levels.shape[1] / SR, rows * SR / n_fft, "dB", -70, 0)
        axes.set_title(f"n_fft = {n_fft}: {1000 * time_resolution(n_fft, SR):.0f} ms, bins {SR / n_fft:.0f} Hz apart")
    plt.show()


# %% [markdown]
# *Left, the long frame: two lines, the tones, with a thin dark seam between them, and one broad grey stripe in which the two clicks are blurred
# into one. Right, the short frame: one thick bar, which flickers as the tones beat, and across it two narrow stripes, the clicks.* Neither is
# wrong. No frame length shows all of it.
#
# ## 6. An image for a program
#
# A classifier wants numbers in a fixed form. The original saved a drawn figure of 12 × 4 inches and read it back, pixel by pixel:

# %%
print(f"{1200 * 400 * 4:,} numbers a clip in the original's images (1200 × 400 pixels, red, green, blue, opacity)")
print(f"{64 * 40:,} numbers a clip: 64 mel bands in 40 frames, a grey value each")

# %% [markdown]
# Two fifths of the original's are white margin, and its colours were scaled to each clip. What a program needs is an *image without a figure*: one pixel
# for each band of each frame, and grey values on a **fixed** range, black at `lo` and white at `hi`, in every image. Images are
# stored from the top row down, so the highest frequency comes first.

# %% exercise="spectrogram_image"
def spectrogram_image(db, lo=-80.0, hi=0.0):
    """A spectrogram as a grey image: fixed range of levels, low frequencies at the bottom.

    Parameters
    ----------
    db : float array (n_frequencies, n_frames)
        Levels in dB, lowest frequency first, at least one row and one column. It is left as it is.
    lo, hi : float
        The levels that are drawn black (0) and white (255), in dB; lo is below hi.

    Returns
    -------
    uint8 array (n_frequencies, n_frames)
        The grey value 255 * (db - lo) / (hi - lo), to the nearest whole number or the one below; 0 where db is below lo, 255 where it
        is above hi. The rows are in reverse order: the last row of the image is the lowest frequency. One pixel a value, no margin.

    Examples
    --------
    >>> spectrogram_image(np.array([[-80.0, -60.0], [-16.0, 0.0]]))
    array([[204, 255],
           [  0,  64]], dtype=uint8)
    """
    ### BEGIN SOLUTION
    grey = 255 * (db - lo) / (hi - lo)
    return np.round(np.clip(grey, 0, 255)).astype(np.uint8)[::-1]
    ### END SOLUTION


# %% [markdown] why="spectrogram_image"
# One line brings `lo` to 0 and `hi` to 255 in every image, so that equal levels are equal greys; stretched to its own minimum and maximum
# each image would show another scale. Clipping comes before `astype`, because a byte ends at 255: what lies beyond may start again from 0,
# and the loudest points turn dark. `[::-1]` reverses the rows and only these, since images are stored from the top row down.

# %% check="spectrogram_image" points=3
image = np.asarray(spectrogram_image(np.array([[-80.0, -60.0, -40.0], [-16.0, 0.0, 20.0]])))
assert image.shape == (2, 3), f"your image has shape {image.shape}; a pixel for each of the 2 × 3 levels makes (2, 3)"
assert image.dtype == np.uint8, f"your pixels are of type {image.dtype}; grey values of an image are np.uint8"
assert image[1, 0] == 0, f"the level -80 dB, in the first row, became {image[1, 0]} in the last row of the image; at lo it is black, 0, and low rows come last"
assert image[0, 2] == 255, f"the level 20 dB, above hi, became {image[0, 2]}; it is white, 255"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Four steps: stretch lo … hi to 0 … 255, limit, round, turn upside down. Limit before you change the type: a `uint8` cannot hold 256.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.clip(array, lowest, highest)` limits, `np.round` rounds and leaves floats, the method `astype(np.uint8)` changes the type, and `[::-1]`
# reverses the order of the rows.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `grey = 255 * (…) / (…)`, then `np.round(np.clip(grey, …, …)).astype(…)[…]`.
#
# </details>

# %% [markdown]
# **Look**: a loud tone, a soft one and silence, as your images, and below as images that take their own minimum and maximum for black and white.

# %%
@when_solved
def see_images():
    tone = sine(500.0, 1.0, SR)
    clips = {"loud tone": 0.5 * tone, "40 dB softer": 0.005 * tone, "silence": 0.0 * tone}
    _, panels = plt.subplots(2, 3, figsize=(9, 4), sharex=True, sharey=True)
    for (name, y), (above, below) in zip(clips.items(), panels.T):
        levels = mel_spectrogram(y, SR, 64)
        above.imshow(spectrogram_image(levels), cmap="gray", vmin=0, vmax=255, aspect="auto")
        below.imshow(spectrogram_image(levels, levels.min(), max(levels.max(), levels.min() + 1)), cmap="gray", vmin=0, vmax=255, aspect="auto")
        above.set_title(name)
    panels[0, 0].set_ylabel("row, fixed range")
    panels[1, 0].set_ylabel("row, own range")
    panels[1, 1].set_xlabel("frame")
    plt.show()


# %% [markdown]
# *Above: a bright line, a dark one, a black picture. Below, loud and soft look the same.*
#
# ## 7. A picture for people
#
# A person wants what a program does not: a title, axes with their units, a colour bar. This is the original's picture, of its tones from
# 500 to 5000 Hz with a second of silence after each. It wrote that silence "should be black", and took the loudest point for 0 dB. You
# draw it on the fixed range, where black means the same in every picture.
#
# A *mel axis* has the numbers of Hz, but not their distances: all bands are about equally tall. `librosa.display.specshow` knows how.

# %% exercise="plot_mel_spectrogram"
def plot_mel_spectrogram(y, sr, path):
    """Draw the mel spectrogram of a signal with its axes and a colour bar, and save the picture as PNG.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least 4096 samples long.
    sr : int
        Sampling rate in Hz.
    path : str
        The file to write; it ends in .png. If the file exists, it is replaced.

    Returns
    -------
    None
        The figure is made and saved with matplotlib (librosa.display uses it). One pair of axes, which is not that of the colour bar,
        shows the levels mel_spectrogram(y, sr, 128) (graded to 0.1 dB) with specshow, pcolormesh or imshow, so that
        - horizontally the coordinates are seconds: frame t, the samples 512 * t to 512 * t + 2048, is drawn at a time within it
        - vertically the coordinates are Hz: each band is drawn at its centre frequency, or at most a band beside it. The scale of
          the axis is mel or one like it: no band is drawn more than 4 times as tall as another
        - the colours reach from -80 dB to 0 dB, whatever the signal.
        It has a title; the label of the horizontal axis holds the word "time", that of the vertical one "Hz"; and there is a colour
        bar whose label or numbers say "dB". Capitals do not matter.

    Examples
    --------
    >>> plot_mel_spectrogram(np.zeros(22050), 22050, "silence.png")
    """
    ### BEGIN SOLUTION
    fig, axes = plt.subplots()
    image = librosa.display.specshow(mel_spectrogram(y, sr, 128), sr=sr, x_axis="time", y_axis="mel", vmin=-80, vmax=0, ax=axes)
    axes.set_title("Mel spectrogram")
    fig.colorbar(image, label="dB re a full-scale sine")
    fig.savefig(path)
    plt.close(fig)
    ### END SOLUTION


# %% [markdown] why="plot_mel_spectrogram"
# `specshow` is told everything that it would otherwise guess: the rate, the two axes, and a fixed range of colours, so that a colour means
# the same level in every picture. Without `vmin` and `vmax` it would stretch them to each signal. The figure is saved by its own method:
# `plt.savefig` saves whichever is current, and after `plt.show()` that may be an empty one. `plt.close` gives its memory back.

# %% check="plot_mel_spectrogram" points=4
plot_mel_spectrogram(0.25 * sine(1000.0, 1.0, SR), SR, "check.png")
with open("check.png", "rb") as file:
    content = file.read()
assert content[1:4] == b"PNG", f"the file begins with {content[:4]}; save it as PNG, to the path that was passed"
picture = plt.imread("check.png")
assert picture.std() > 0.01, "your picture has one colour only; save the figure that you have drawn, before it is shown or closed"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Five steps: the levels, a figure with axes, the picture in the axes, the words around it, the file. Save the figure before you show or
# close it.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `plt.subplots()` gives a figure and its axes. `librosa.display.specshow` draws and labels the axes; tell it `sr`, `x_axis="time"` and
# `y_axis="mel"`, so that it knows seconds and Hz, and `vmin` and `vmax` for the colours (512 samples a hop is what it assumes). It returns
# what `fig.colorbar` needs. `fig.savefig` writes the file.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `image = librosa.display.specshow(mel_spectrogram(…), sr=…, x_axis=…, y_axis=…, vmin=…, vmax=…, ax=axes)`
#
# </details>

# %% [markdown]
# **Listen and look**: the first six seconds of the original's sequence, and the picture of all of it.

# %%
sequence = 0.25 * tone_sequence(500 * np.arange(1, 11), SR)
play(0.4 * sequence[: 6 * SR], SR)


@when_solved
def see_the_originals_picture():
    plot_mel_spectrogram(sequence, SR, "sequence.png")
    display(Image("sequence.png", alt="Mel spectrogram: ten short lines climb like stairs from 500 to 5000 Hz, a second each, and between them a second of black."))


# %% [markdown]
# *Ten steps, 500 Hz higher each, with a second of black after each. In Hz they are equal steps, and they get smaller on the mel axis. The faint
# upright lines are the clicks at which tones begin and end without a fade.*
#
# ## 8. One number a frame: how bright is it?
#
# A spectrogram has thousands of numbers. A *feature* sums up what matters. The oldest feature for the colour of a sound is the *spectral
# centroid*, the centre of gravity of the spectrum: the mean of the bins' frequencies, weighted by their magnitudes $|X|$. What sounds bright has a high one.
#
# $$c_t = \frac{\sum_k f_k\, |X_{k,t}|}{\sum_k |X_{k,t}|}, \qquad f_k = k\, \frac{\mathrm{sr}}{N}$$

# %% exercise="spectral_centroid"
def spectral_centroid(y, sr):
    """Centre of gravity of each frame's magnitude spectrum.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least 2048 samples long.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float array (n_frames,)
        For each frame t of X = stft(y, n_fft=2048, hop=512) the centroid in Hz: the sum over k of f[k] * |X[k, t]|, divided by the sum
        over k of |X[k, t]|, with f[k] = k * sr / 2048. For a frame of zeros it is 0, not NaN. Graded to 1 Hz.

    Examples
    --------
    >>> t = np.arange(2048) / 8192
    >>> two_tones = np.cos(2 * np.pi * 1000 * t) + np.cos(2 * np.pi * 3000 * t)
    >>> np.round(spectral_centroid(two_tones, 8192), 1)
    array([2000.])
    """
    ### BEGIN SOLUTION
    freqs = np.arange(1025) * sr / 2048
    centroids = []
    for magnitudes in np.abs(stft(y, 2048, 512)).T:
        total = np.sum(magnitudes)
        centroids.append(np.sum(freqs * magnitudes) / total if total > 0 else 0.0)
    return np.array(centroids)
    ### END SOLUTION


# %% [markdown] why="spectral_centroid"
# A weighted mean is the sum of weights times values, divided by the sum of the weights. Here the values are frequencies in Hz and the
# weights the magnitudes of one frame; weighted by power, the strongest tone would pull the centre too far towards itself. In silence the
# weights add up to 0, and 0 / 0 would be NaN, so that case gets its 0 by hand. The loop runs over `.T`, whose rows are the frames: one
# value each.

# %% check="spectral_centroid" points=3
two_tones = sine(1000.0, 0.5, 8192) + sine(3000.0, 0.5, 8192)
centroid = np.asarray(spectral_centroid(two_tones, 8192))
assert centroid.shape == (5,), f"your result has shape {centroid.shape}; 5 frames fit into 4096 samples, so return 5 numbers"
assert abs(centroid[0] - 2000) < 2, f"your centroid is {centroid[0]:.6g}; that of two equally strong tones of 1000 and 3000 Hz is 2000 Hz"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Begin with one frame: two sums and a division. What are the sums in a silent frame?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.abs` gives magnitudes, `np.arange(1025) * sr / 2048` the frequencies of the bins. An `if` for a sum of 0, or `np.divide` with its
# arguments `out` and `where`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# For each column of `np.abs(stft(…))`: `np.sum(freqs * …) / np.sum(…)`.
#
# </details>

# %% [markdown]
# **Listen and look**: a pitch of 220 Hz four times, a second each, with 1, 4, 16 and 40 harmonics. The pitch stays, and the sound gets brighter, from
# dull to shrill. The last second is silent.

# %%
def harmonics(n):
    """A second of 220 Hz with n harmonics, the k-th with an amplitude of 1/k; the whole is scaled to a peak of 0.2."""
    y = mix([sine(220.0 * k, 1.0, SR) for k in range(1, n + 1)], [1 / k for k in range(1, n + 1)])
    return add_fades(0.2 * y / np.abs(y).max(), SR)


brighter = np.concatenate([*(harmonics(n) for n in (1, 4, 16, 40)), np.zeros(SR)])
play(brighter, SR)


@when_solved
def see_the_brightness():
    centroid = spectral_centroid(brighter, SR)
    plt.figure(figsize=(9, 2.8))
    plt.plot((512 * np.arange(len(centroid)) + 1024) / SR, centroid)
    plt.xlabel("time (s)")
    plt.ylabel("spectral centroid (Hz)")
    plt.show()
    print("in the middle of each second:", [round(float(centroid[round((i + 0.5) * SR / 512) - 2])) for i in range(5)], "Hz")


# %% [markdown]
# *Four steps upwards, each about twice as high as the one before, and 0 in the silence.*
#
# ## In your own words
#
# Write three to six sentences, with your pictures and printed numbers in view.
#
# | points | what earns them |
# |---|---|
# | 2 | names what is lost when each clip is drawn relative to its own maximum, and what this does to a silent clip, **and** says what to choose instead and why a classifier needs it |
# | 1 | one of the two: the loss, or the remedy with its reason |
# | 0 | neither, or only that the pictures look different |

# %% [markdown] reflection="what_the_reference_costs" points=2
# The original of this course draws each second of sound or silence with `ref=np.max`, and expects silence to be black. What does this choice
# throw away, what happens to a silent second, and what would you choose for pictures that a program shall learn from?
#
# ### BEGIN SOLUTION
# With its own maximum as the reference, every clip's loudest point reads 0 dB, so the level is lost: a tone and the same tone 60 dB softer give
# the identical picture. A silent second has no loudest point: all its values are equal and so all are "0 dB", or what little noise there is gets
# blown up until it looks like a sound. I would take one reference for all clips, a full-scale sine, and one range of colours, so that the same
# grey means the same level everywhere. A program that shall tell sound from silence needs just this difference, and if the picture
# does not hold it, it can only learn something else.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - A spectrogram is frames, windowed and transformed. Rows are frequencies, columns are moments.
# - Decibels say nothing without their reference. Take one for all clips, not each clip's own maximum.
# - A mel spectrogram has fewer rows, wide ones where the ear is coarse. In the bass its bands are too wide for notes.
# - Long frames blur time, short frames blur frequency: bins are sr / n_fft apart, and two tones need about two of them.
# - For people: title, axes, colour bar. For programs: a pixel a value, a fixed range, nothing else.
# - The spectral centroid is a first feature: one number for brightness.
#
# Next, lesson 05: notes, harmonics and noise, made to measure.
