# ---
# jupyter:
#   course:
#     title: A data set is a function
#     given: [tones, wav, spectrograms, pitch, synthesis]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A data set is a function
#
# Who wants to learn from sounds needs many, and must know what each of them is. Most data sets are downloaded. Yours is *made*: a function
# that draws as many labelled clips as you like, the same ones again for the same seed, and new ones, which nobody has seen, for another.
# After that come the steps which every data set goes through: sounds become images or features, and these a matrix.
#
# **Afterwards you can**
# - draw a balanced, repeatable set of labelled clips
# - turn a recording into images whose names carry the labels, and read such a folder back in the right order
# - describe a clip by a few numbers: its level in each band, or the strength of each of the twelve pitch classes
# - put features, labels and groups into a matrix without letting the labels leak into it
# - find test rows that are copies of training rows, and write the sheet that belongs to a data set
#
# **You need** WAV files (02), the mel spectrogram and its image (04), notes, envelopes and strings (05); their functions are given here.
# **Time**: about two hours. After exercise 3 is a good place for a pause.
#
# **Not in this lesson**: recordings from the internet and their licences, the first classifiers (lesson 07), how to split data (lesson 08).
#
# Signals are arrays of floats in one dimension; 1 is full scale. `sr` is the sampling rate in Hz. A data matrix has one row a clip and one
# column a feature. Each docstring says all that its function is graded on; the cell below it shows one example. Set the volume low before
# you play the first sound.

# %%
import re
from pathlib import Path
from typing import NamedTuple

import librosa
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display
from PIL import Image

from given.pitch import midi_to_hz
from given.spectrograms import mel_spectrogram, spectrogram_image
from given.synthesis import adsr, harmonic_tone, pluck
from given.tones import sine, tone_sequence
from given.wav import peak_normalise, read_wav, write_wav

SR = 22050


class Clip(NamedTuple):
    """A labelled sound."""

    y: np.ndarray  # the signal
    sr: int  # its sampling rate in Hz
    label: int  # what is to be learnt: 1 if there is a sound, 0 if there is none
    take: int  # the number of the recording; what was cut from one recording has one number


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
# **Question 1** (from lesson 05). A note goes up an octave. What happens to its MIDI number and to its frequency?
#
# - "a": the number grows by 12, the frequency by 440 Hz
# - "b": the number grows by 12, the frequency doubles
# - "c": the number doubles, the frequency doubles
# - "d": the number grows by 8, the frequency doubles

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q1"
# MIDI numbers count semitones, twelve to an octave, so they add. Frequencies multiply, and an octave doubles them.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 2** (from lesson 03). At 22050 Hz, the bins of a transform of 2048 samples are 10.8 Hz apart. C3 and its neighbour C♯3 are
# 7.8 Hz apart: too close. What brings the bins to half their distance?
#
# - "a": a transform of 1024 samples
# - "b": a transform of 4096 samples
# - "c": a sampling rate of 44100 Hz with the same 2048 samples
# - "d": a signal twice as long, cut into frames of the same 2048 samples

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q2"
# Bins lie sr / n_fft apart, so twice the n_fft halves their distance. A higher rate widens it, and a longer signal gives more frames with
# the same bins.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 3** (from lesson 00). A clip holds nothing but noise whose rms is 0.001. You play it by `Audio(y, rate=sr)`, with no other
# setting. What do you hear?
#
# - "a": nothing that an ordinary loudspeaker could show
# - "b": a very soft hiss, 60 dB below full scale
# - "c": a loud hiss
# - "d": a click, then nothing

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q3"
# Without normalize=False `Audio` raises every signal until its peak is full scale. So even a noise 60 dB below it comes out as a loud hiss.

# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## 1. Clips from a seed
#
# The first set asks the simplest question: is there a sound, or not? A `Clip`, defined above, holds the signal, its rate, the answer
# to the question, which is the *label*, and the number of the *take*.
#
# Three rules keep such a set honest. *Draw everything that may differ*: pitch, loudness, kind of sound. The original of this
# course drew seven fixed notes, twenty times, and had 7 or 8 distinct sounds in the end. *Let nothing but the question tell the
# labels apart*: no real recording is digitally silent, so every clip gets a floor of noise, whether or not there is a sound above it. And
# *take all randomness from `rng`*: then whoever knows the seed has your data set, without a download.

# %% exercise="make_clips"
def make_clips(n, rng):
    """Draw clips with a sound and clips without one.

    Parameters
    ----------
    n : int
        Number of clips, at least 1.
    rng : numpy.random.Generator
        The only source of randomness: an equal generator gives equal clips, another generator gives other ones.

    Returns
    -------
    list of n Clip
        In each of them y is a float array (11025,), half a second at sr = 22050. As many have label 1 as have label 0 (with odd n,
        one more of either), in any order. take is the clip's place in the list, from 0 to n - 1. No two clips are equal.

        Every clip has a noise floor of its own: white Gaussian noise whose level, 20 * log10(rms), is drawn from -70 to -50 dB.
        With label 0 there is nothing else. With label 1 a sound is added to the floor: a `harmonic_tone` or a `pluck` (draw which, or
        use one of the two), at a pitch drawn from MIDI 48 to 84, multiplied by an `adsr` whose attack and release last 5 ms or more and
        whose sustain is 0.3 or more, and scaled to a peak drawn from 0.2 to 0.9.

    Examples
    --------
    >>> clips = make_clips(4, np.random.default_rng(0))
    >>> sorted(clip.label for clip in clips), clips[3].y.shape, clips[3].sr, clips[3].take
    ([0, 0, 1, 1], (11025,), 22050, 3)
    """
    ### BEGIN SOLUTION
    clips = []
    for take, label in enumerate(rng.permutation(np.arange(n) % 2)):
        y = 10 ** (rng.uniform(-70, -50) / 20) * rng.standard_normal(11025)
        if label == 1:
            string = pluck(midi_to_hz(rng.uniform(48, 84)), 0.5, 22050, rng)
            sound = string * adsr(11025, 22050, attack=0.02, decay=0.1, sustain=0.7, release=0.1)
            y = y + peak_normalise(sound, rng.uniform(0.2, 0.9))
        clips.append(Clip(y, 22050, int(label), take))
    return clips
    ### END SOLUTION


# %% [markdown] why="make_clips"
# `rng.permutation(np.arange(n) % 2)` settles the labels first: half of each, in random order. Every clip gets a noise floor of its own
# level, with or without a sound; if only the silent ones had it, or were exactly 0, a classifier would learn the floor and not the sound.
# Pitch and loudness are drawn inside the loop and all from `rng`, so the same generator gives the same set and no two clips are
# equal. From seven fixed notes, as in the original, a test set holds copies of what was trained on.

# %% check="make_clips" points=5
clips = make_clips(6, np.random.default_rng(1))
assert len(clips) == 6, f"6 clips were asked for, {len(clips)} came; return a list of n clips"
assert all(isinstance(clip, Clip) for clip in clips), f"your list holds a {type(clips[0]).__name__}; put in Clip(y, sr, label, take)"
assert clips[0].y.shape == (11025,), f"the signal has shape {clips[0].y.shape}; half a second at 22050 Hz is (11025,)"
assert sum(clip.label for clip in clips) == 3, f"{sum(clip.label for clip in clips)} of 6 clips have label 1; half of them were asked for"
assert [clip.take for clip in clips] == [0, 1, 2, 3, 4, 5], "the takes of 6 clips are 0, 1, 2, 3, 4, 5, in the order of the list"
loudest = [np.abs(clip.y).max() for clip in clips if clip.label == 1]
assert 0.15 < min(loudest) and max(loudest) < 1, f"your sounds have peaks from {min(loudest):.2g} to {max(loudest):.2g}; they are drawn from 0.2 to 0.9"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# One turn of a loop is one clip: first the floor, then, if the label says so, a sound on top. Have the labels ready before the loop
# starts, half of them 1. Whatever must differ from clip to clip is drawn *inside* the loop.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.arange(n) % 2` is 0, 1, 0, 1, …; `rng.permutation` shuffles it. `rng.uniform(a, b)` draws a number, `rng.standard_normal(11025)` noise
# of rms 1; a level of L dB is the factor `10 ** (L / 20)`. `midi_to_hz`, `harmonic_tone`, `pluck` and `adsr` are those of lesson 05,
# `peak_normalise(y, target)` is that of lesson 02.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `y = 10 ** (… / 20) * rng.standard_normal(…)`, then under `if label == 1:` the line
# `y = y + peak_normalise(pluck(midi_to_hz(…), 0.5, 22050, rng) * adsr(11025, 22050, …, …, …, …), …)`, and last `Clip(y, 22050, int(label), …)`.
#
# </details>

# %% [markdown]
# **Listen.** Eight clips in a row: you hear your sounds, and gaps. The gaps are the clips of label 0. The second player has one of these
# alone, raised to a peak of 0.1: it was never silent.

# %%
@when_solved
def hear_the_clips():
    clips = make_clips(8, np.random.default_rng(6))
    print("labels:", [clip.label for clip in clips])
    play(0.4 * np.concatenate([clip.y for clip in clips]), SR)
    floor = next(clip for clip in clips if clip.label == 0)
    play(peak_normalise(floor.y, 0.1), SR)


# %% [markdown]
# ## 2. A recording becomes images
#
# The original of this course went another way, and its images are worth making once: a recording in which one second of sound and one of
# silence take turns is cut into seconds, each is drawn as a spectrogram, and the file's *name* carries the label.
#
# It saved figures of 12 × 4 inches. That is 1.92 million numbers for one second of sound, 40 % of them white margin, and it takes about
# 25 times as long as saving the array itself. It also gave every second its own 0 dB (`ref=np.max`), so that a tone 60 dB softer gave the
# same picture, and digital silence was the brightest of all on a fixed range. `mel_spectrogram` and `spectrogram_image` of lesson 04
# have one reference for all.

# %% exercise="create_dataset"
def create_dataset(wav_path, folder):
    """Draw each second of a recording in which sound and silence take turns, sound first.

    Parameters
    ----------
    wav_path : str or Path
        A 16-bit WAV file, one second long or longer, of 2048 Hz or more.
    folder : str or Path
        Where the images go. If it does not exist, it is made; files of the same names are replaced.

    Returns
    -------
    list of str or Path
        The files written, in the order of time: second_<i>_label_<k>.png in folder. i counts the whole seconds from 0, and k
        is 1 (sound) for even i and 0 (silence) for odd i. An incomplete last second is dropped.

        Second i holds the samples from i * sr to (i + 1) * sr, at the file's own rate sr. Its file is a PNG with the pixels (64, n_frames)
        of `spectrogram_image(mel_spectrogram(second, sr, 64))`, one pixel a band and frame, without axes or margin (a pixel may be 2 grey
        levels off). It may be a grey image or a colour image of the same greys. The same recording gives the same bytes.

    Examples
    --------
    >>> write_wav("example.wav", np.append(sine(1000.0, 1.0, 8000), np.zeros(8000)), 8000)
    >>> [Path(path).name for path in create_dataset("example.wav", "example")]
    ['second_0_label_1.png', 'second_1_label_0.png']
    """
    ### BEGIN SOLUTION
    y, sr = read_wav(wav_path)
    Path(folder).mkdir(exist_ok=True)
    paths = []
    for i in range(len(y) // sr):
        image = spectrogram_image(mel_spectrogram(y[i * sr : (i + 1) * sr], sr, 64))
        path = Path(folder) / f"second_{i}_label_{1 - i % 2}.png"
        Image.fromarray(image).save(path)
        paths.append(path)
    return paths
    ### END SOLUTION


# %% [markdown] why="create_dataset"
# `len(y) // sr` counts whole seconds, so the incomplete last one has no image. `read_wav` keeps the file's own rate; `librosa.load` would
# resample and change the width. `spectrogram_image` has a fixed range and PIL saves its bytes as they are, while `plt.imsave` without vmin
# and vmax stretches each image and throws its level away. Sound comes first, so the label is 1 in even seconds: 1 - i % 2.

# %% check="create_dataset" points=5
write_wav("check.wav", np.append(0.5 * sine(1000.0, 1.0, 8000), np.zeros(9000)), 8000)
paths = create_dataset("check.wav", "check")
assert len(paths) == 2, f"the recording has 2.125 s and {len(paths)} paths came back; return one for each whole second"
names = [Path(path).name for path in paths]
assert names == ["second_0_label_1.png", "second_1_label_0.png"], f"your files are {names}; second 0 is sound, label 1, and second 1 is silence, label 0"
pixels = np.array(Image.open(paths[1]).convert("L"))
assert pixels.shape == (64, 12), f"the image has {pixels.shape[0]} rows and {pixels.shape[1]} columns; 64 bands and 12 frames have one pixel each"
assert pixels.max() == 0, f"digital silence has pixels up to {pixels.max()}; with a fixed range it is all 0, black"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Read, make the folder, then one turn of a loop for each whole second: cut, draw, name, save. How many whole seconds are in `len(y)` samples?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `len(y) // sr` counts whole seconds. `Path(folder).mkdir(exist_ok=True)` makes a folder and does not mind one that is there. `i % 2` is 0 for even
# i. `Image.fromarray(image).save(path)` writes an array of bytes as it is; `plt.imsave` stretches its greys unless you pass `vmin=0,
# vmax=255, cmap="gray"`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# In a loop over `range(len(y) // sr)`: `image = spectrogram_image(mel_spectrogram(y[… * sr : … * sr], sr, 64))`, then
# `path = Path(folder) / f"second_{…}_label_{…}.png"` and `Image.fromarray(…).save(…)`.
#
# </details>

# %% [markdown]
# **Look**: a recording of tones from 500 to 3000 Hz, each 12 dB softer than the one before, with a second of silence after each.

# %%
recording = tone_sequence(500 * np.arange(1, 7), 11025) * np.repeat(0.8 * 10 ** (-12 * np.arange(6) / 20), 2 * 11025)
write_wav("recording.wav", recording, 11025)
play(0.5 * recording[: 6 * 11025], 11025)


@when_solved
def look_at_the_images():
    paths = create_dataset("recording.wav", "seconds")
    _, axes = plt.subplots(1, 6, figsize=(10, 2.4), sharey=True)
    for axis, path in zip(axes, paths, strict=False):
        axis.imshow(Image.open(path), cmap="gray", vmin=0, vmax=255, aspect="auto")
        axis.set(title=Path(path).stem.replace("_label", "\nlabel"), xlabel="frame")
    axes[0].set_ylabel("band, low tones at the bottom")
    plt.tight_layout()
    plt.show()
    print(f"numbers in an image: {np.array(Image.open(paths[0])).size}; in a figure of 12 × 4 inches, 100 dots an inch, 4 channels: {1200 * 400 * 4}")


# %% [markdown]
# *Each tone is one bright line, higher and darker from tone to tone; the seconds between them are black.*
#
# ## 3. A folder becomes a matrix
#
# Now the way back: read the folder, and lay each image flat, so that it is one row of numbers. Two traps are on this way. A folder lists
# its files in no order that you may rely on; and sorted as text, `second_10` comes before `second_2`. The original
# read its files in the order of `os.listdir`, and then took the first half for training: which half that was, nobody could repeat.

# %% exercise="load_dataset"
def load_dataset(folder):
    """Read a folder of spectrogram images as a data matrix.

    Parameters
    ----------
    folder : str or Path
        Holds one image or more, named second_<i>_label_<k>.png with whole numbers i and k, each i once. The images are PNGs of one
        size: grey ones of 8 bits, or colour ones in which red, green and blue are equal, with or without an alpha channel.

    Returns
    -------
    data : float array (n, height * width)
        The images flattened, one a row: its first `width` values are the image's top row.
    images : float array (n, height, width)
        Grey values from 0 (black) to 1 (white), in the numeric order of i: second_10 comes after second_9, whatever order the folder
        has.
    labels : int array (n,)
        The labels k, read from the names, in the same order.

    Raises
    ------
    ValueError
        If the folder holds any file of another name.

    Examples
    --------
    >>> Path("example_images").mkdir(exist_ok=True)
    >>> for name in ["second_10_label_1.png", "second_9_label_0.png"]:
    ...     Image.fromarray(np.full((4, 3), 51, dtype=np.uint8)).save("example_images/" + name)
    >>> data, images, labels = load_dataset("example_images")
    >>> data.shape, images.shape, labels, round(float(images[0, 0, 0]), 6)
    ((2, 12), (2, 4, 3), array([0, 1]), 0.2)
    """
    ### BEGIN SOLUTION
    found = []
    for path in Path(folder).iterdir():
        match = re.fullmatch(r"second_(\d+)_label_(\d+)\.png", path.name)
        if match is None:
            raise ValueError(f"{path} is no image of the data set; take it out of the folder")
        found.append((int(match[1]), int(match[2]), path))
    found.sort()
    images = np.array([np.array(Image.open(path).convert("L")) / 255 for _, _, path in found])
    labels = np.array([label for _, label, _ in found])
    return images.reshape(len(images), -1), images, labels
    ### END SOLUTION


# %% [markdown] why="load_dataset"
# Number and label are read from the file's own name, and the numbers are sorted as numbers: as text, second_10 comes before second_2, and
# unsorted the order is the folder's, another on each computer. `fullmatch` on `path.name` refuses what does not belong to the set and does
# not mind underscores in the names of folders. `convert("L")` makes one grey value a pixel whatever the file holds, and the division brings
# black and white to 0 and 1.

# %% check="load_dataset" points=4
Path("check_images").mkdir(exist_ok=True)
for name, grey in (("second_10_label_3.png", 255), ("second_9_label_5.png", 0), ("second_2_label_4.png", 51)):
    Image.fromarray(np.full((4, 3), grey, dtype=np.uint8)).save("check_images/" + name)
answer = load_dataset("check_images")
assert len(answer) == 3, f"{len(answer)} values came back; return the three arrays data, images, labels"
data, images, labels = answer
assert np.shape(images) == (3, 4, 3), f"images has shape {np.shape(images)}; 3 images of 4 rows and 3 columns are (3, 4, 3)"
assert np.shape(data) == (3, 12), f"data has shape {np.shape(data)}; 3 images of 12 pixels are (3, 12)"
assert list(labels) == [4, 5, 3], f"your labels are {list(labels)}; in the order of the seconds 2, 9, 10 they are [4, 5, 3]"
assert abs(images[0][0][0] - 0.2) < 1e-6, f"the grey value 51 came back as {images[0][0][0]}; 51 / 255 is 0.2"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# First the names, then the pixels. Collect (i, k, path) of every file, and refuse what has another name. Then sort, and only then read the
# images, in this order.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `Path(folder).iterdir()` lists the files; `path.name` is the name without the folder, which may itself contain underscores.
# `re.fullmatch(pattern, name)` gives None where a name does not fit; in the pattern `(\d+)` stands for a whole number, and `int(match[1])` is the
# first of them. A list of tuples sorts by their first entries. `Image.open(path).convert("L")` is grey, whatever the file has.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `match = re.fullmatch(r"second_(\d+)_label_…\.png", path.name)`; after `found.sort()`
# `images = np.array([np.array(Image.open(path).convert("L")) / … for … in found])` and `images.reshape(len(images), …)`.
#
# </details>

# %% [markdown]
# **Try it** on the images of section 2. What sorting by text would have made of the labels, the last line shows.

# %%
@when_solved
def read_the_folder():
    create_dataset("recording.wav", "seconds")
    data, images, labels = load_dataset("seconds")
    print("data", data.shape, " images", images.shape)
    print("labels by number:", *labels)
    print("labels by text:  ", *(name[-5] for name in sorted(path.name for path in Path("seconds").iterdir())))


# %% [markdown]
# ## 4. Features instead of pixels
#
# An image has hundreds of numbers, and a tone that begins a tenth of a second later has others. A *feature* keeps what matters and drops
# the rest. The simplest one asks how loud each band is on average: the mean of the mel spectrogram over time. It has as many
# numbers for a long clip as for a short one, so that clips of different lengths fit into one matrix.

# %% exercise="features_logmel"
def features_logmel(y, sr, n_mels):
    """Mean level of a clip in each mel band.

    Parameters
    ----------
    y : float array (n,)
        Signal of at least 2048 samples, one frame.
    sr : int
        Sampling rate in Hz.
    n_mels : int
        Number of mel bands.

    Returns
    -------
    float array (n_mels,)
        The mean over time of `mel_spectrogram(y, sr, n_mels)`: one value a band, lowest band first, in dB re a full-scale sine (the same
        for every clip). It is the mean of the levels in dB. Digital silence gives -100 in every band.

    Examples
    --------
    >>> features_logmel(np.zeros(4096), 22050, 3)
    array([-100., -100., -100.])
    """
    ### BEGIN SOLUTION
    return mel_spectrogram(y, sr, n_mels).mean(axis=1)
    ### END SOLUTION


# %% [markdown] why="features_logmel"
# The mean runs over time, axis 1: one number a band is left, as many for a long clip as for a short one. The levels are those of
# `mel_spectrogram`, relative to a full-scale sine; relative to the clip's own maximum a soft clip would equal a loud one. It is a mean of
# levels: averaging powers and taking the logarithm afterwards would leave the word to the loudest moments, and a pause would hardly count.

# %% check="features_logmel" points=3
levels = np.asarray(features_logmel(0.5 * sine(440.0, 0.5, SR), SR, 20))
assert levels.shape == (20,), f"20 bands gave shape {levels.shape}; return one number for each band, whatever the duration"
assert levels.argmax() == 2, f"a tone of 440 Hz is loudest in your band {levels.argmax()}; it lies in band 2"
silent = np.asarray(features_logmel(np.zeros(4096), SR, 20))
assert np.abs(silent + 100).max() < 0.01, f"digital silence gave {silent.max():.4g} dB; the floor is -100 dB in every band"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# `mel_spectrogram` does nearly all of it. Which of its two axes is time?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# Spectrograms are (frequency, time). The array's method `mean` takes the axis that is to *disappear*.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `mel_spectrogram(y, …, …).mean(axis=…)`
#
# </details>

# %% [markdown]
# **Look** at twelve clips: the line of each is its level in 32 bands. Can you see the two labels, without having been told?

# %%
@when_solved
def draw_the_levels():
    plt.figure(figsize=(7, 2.8))
    for clip in make_clips(12, np.random.default_rng(2)):
        plt.plot(features_logmel(clip.y, clip.sr, 32), color=("C0", "C1")[clip.label], alpha=0.8)
    plt.xlabel("mel band")
    plt.ylabel("mean level (dB)")
    plt.title("with a sound (orange), without one (blue)")
    plt.show()


# %% [markdown]
# *The blue lines are even, since white noise is in all bands alike, and none is above -85 dB. Each orange line has hills, one for the note and more for
# its harmonics, and between and beyond them it lies on the floor.*
#
# ## 5. Twelve numbers for a note
#
# For the question *which note?* levels in bands are a poor description: the same note an octave higher looks quite different. *Chroma* adds
# up all C's, whatever their octave, all C sharps, and so on: twelve numbers, one for each pitch class.
#
# To tell neighbouring notes apart, the bins of the transform must lie closer together than the notes do: that was question 2. And a
# setting that helps elsewhere does harm here: librosa tries to guess how a recording is tuned, and shifts its classes accordingly. Our
# notes may be 25 cents off, and a clip of one note would be shifted by just that. So we tell it the tuning: 0 cents off 440 Hz.

# %% exercise="features_chroma"
def features_chroma(y, sr):
    """Strength of each of the twelve pitch classes in a clip.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least 4096 samples.
    sr : int
        Sampling rate in Hz, about 22050.

    Returns
    -------
    float array (12,)
        The mean over time of the chroma that `librosa.feature.chroma_stft` gives with n_fft=4096 and tuning=0, and its other settings left
        alone. Value 0 belongs to C, 1 to C sharp, … 11 to B; all of them lie in 0 to 1 and are not in dB. Digital silence gives
        finite numbers.

    Examples
    --------
    >>> int(features_chroma(sine(440.0, 0.5, 22050), 22050).argmax())
    9
    """
    ### BEGIN SOLUTION
    return librosa.feature.chroma_stft(y=y, sr=sr, n_fft=4096, tuning=0).mean(axis=1)
    ### END SOLUTION


# %% [markdown] why="features_chroma"
# At 22050 Hz, frames of 4096 samples have bins 5.4 Hz apart, finer than the 7.8 Hz from C3 to C♯3; with librosa's 2048 they are 10.8 Hz
# apart, and neighbours look alike. `tuning=0` fixes the classes at A = 440 Hz, where librosa would guess the tuning of each clip and shift
# them by it. The mean over time leaves twelve numbers, C first, whatever the duration.

# %% check="features_chroma" points=3
chroma = np.asarray(features_chroma(0.5 * sine(440.0, 0.5, SR), SR))
assert chroma.shape == (12,), f"your chroma has shape {chroma.shape}; return twelve numbers, whatever the duration"
assert chroma.argmax() == 9, f"A4 is strongest at your value {chroma.argmax()}; counted from C = 0, A is 9"
assert chroma.max() <= 1.001, f"your largest value is {chroma.max():.4g}; chroma lies in 0 to 1"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# librosa's function gives an array (12, frames), and C is its first row. What is left are two settings, and the mean.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `librosa.feature.chroma_stft` takes its arguments by name: `y=y, sr=sr`. (`chroma_stft(y, sr)` without the names is a TypeError since version 0.10.)
# The length of its frames is `n_fft`, 2048 unless you say otherwise; `tuning=None`, its default, makes it guess.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `librosa.feature.chroma_stft(y=…, sr=…, n_fft=…, tuning=…).mean(axis=…)`
#
# </details>

# %% [markdown]
# **Listen, and look**: C4, C5, then G4, one after the other, with four harmonics each. Two of the three pictures are nearly the same.

# %%
@when_solved
def hear_three_notes():
    notes = {"C4": 60, "C5": 72, "G4": 67}
    signals = [harmonic_tone(midi_to_hz(midi), 0.7, SR, n_harm=4, decay=0.5) * adsr(15435, SR, 0.01, 0.1, 0.8, 0.1) for midi in notes.values()]
    play(0.4 * np.concatenate(signals), SR)
    _, axes = plt.subplots(1, 3, figsize=(9, 2.2), sharey=True)
    for axis, name, y in zip(axes, notes, signals, strict=True):
        axis.bar("C C♯ D D♯ E F F♯ G G♯ A A♯ B".split(), features_chroma(y, SR))
        axis.set(title=name, xlabel="pitch class")
    axes[0].set_ylabel("mean chroma")
    plt.show()


# %% [markdown]
# *C4 and C5 are both highest at C, G4 at G. The low bars beside the highest one are what leaks into neighbouring classes; the third harmonic of a C is
# a G, of a G a D, and shows as well.*
#
# ## 6. The matrix
#
# All that comes after this lesson takes a matrix `X`, a list of labels `y`, and, from lesson 08 on, the *groups*: which rows come from the same
# take. A row is made from the signal of its clip and from nothing else. If a label gets into it, the classifier has nothing left to learn.
# If a number gets into it that was computed from *all* rows (their mean, for instance), the test rows have taken part in the training.
# Both are called a *leak*.

# %% exercise="build_matrix"
def build_matrix(clips, feature):
    """Data matrix, labels and groups of clips.

    Parameters
    ----------
    clips : list of Clip
        n clips, at least one. Their rates and durations may differ; their labels and takes may be any whole numbers.
    feature : function
        feature(y, sr) gives the d features of one clip, as an array or list; d is the same for all of them.

    Returns
    -------
    X : float array (n, d)
        Row i is feature(clips[i].y, clips[i].sr), as it comes, in the order of clips. It does not depend on labels, takes or other clips.
    y : int array (n,)
        The labels, in the same order.
    groups : int array (n,)
        The takes, in the same order.

    Examples
    --------
    >>> clips = [Clip(np.array([0.1, -0.3]), 8000, 1, 0), Clip(np.array([0.0, 0.2]), 8000, 0, 1)]
    >>> X, y, groups = build_matrix(clips, lambda y, sr: [y.max(), y.min()])
    >>> X.tolist(), y, groups
    ([[0.1, -0.3], [0.2, 0.0]], array([1, 0]), array([0, 1]))
    """
    ### BEGIN SOLUTION
    X = np.array([feature(clip.y, clip.sr) for clip in clips])
    y = np.array([clip.label for clip in clips])
    groups = np.array([clip.take for clip in clips])
    return X, y, groups
    ### END SOLUTION


# %% [markdown] why="build_matrix"
# One row a clip, in the order of the clips, made of nothing but `feature(clip.y, clip.sr)`. Labels and takes go into arrays of their own:
# as a column of X either would put the answer, or nearly so, among the questions. Standardising here would let each row know of all the
# others, those of a later test too; that belongs into the model, which learns it from its training rows.

# %% check="build_matrix" points=3
two_clips = [Clip(np.array([0.1, -0.3]), 8000, 1, 5), Clip(np.array([0.0, 0.2]), 8000, 0, 6)]
answer = build_matrix(two_clips, lambda y, sr: [y.max(), y.min(), y.size / sr])
assert len(answer) == 3, f"{len(answer)} values came back; return the three arrays X, y, groups"
X, y, groups = answer
assert np.shape(X) == (2, 3), f"2 clips of 3 features gave an X of shape {np.shape(X)}; a clip is a row, a feature a column"
assert abs(X[0][0] - 0.1) < 1e-6, f"the first feature of the first clip is {X[0][0]}; feature gave 0.1, and it stays as it comes"
assert list(y) == [1, 0], f"your labels are {list(y)}; in the order of the clips they are [1, 0]"
assert list(groups) == [5, 6], f"your groups are {list(groups)}; the takes of the clips are [5, 6]"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Three lists of the same length and order, each made by going through the clips once.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A list comprehension, `[… for clip in clips]`, and `np.array` around it. `feature` is a function like any other: call it. The fields of a
# clip are `clip.y`, `clip.sr`, `clip.label` and `clip.take`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `X = np.array([feature(…, …) for clip in clips])`, and twice `np.array([clip.… for clip in clips])`.
#
# </details>

# %% [markdown]
# **Look** at a whole data set: forty clips, one a row, sixteen bands, one a column. The rows have been put in the order of their labels, for the
# picture only.

# %%
@when_solved
def look_at_the_matrix():
    X, y, groups = build_matrix(make_clips(40, np.random.default_rng(4)), lambda y, sr: features_logmel(y, sr, 16))
    print("X", X.shape, " y", y.shape, " groups", groups.shape)
    plt.figure(figsize=(6, 2.8))
    plt.imshow(X[np.argsort(y)], aspect="auto", cmap="gray", vmin=-100, vmax=-20)
    plt.axhline(np.sum(y == 0) - 0.5, color="C1")
    plt.xlabel("mel band")
    plt.ylabel("clip: label 0 above, 1 below")
    plt.colorbar(label="mean level (dB)")
    plt.show()


# %% [markdown]
# *Above the line the rows are even and dark, each as dark as its floor. Below it they are bright at the left, where the sounds are.*
#
# ## 7. Have we met?
#
# A row of the test that was also in training proves nothing: it can be looked up. The original drew twenty notes out of seven, all of the same
# loudness, phase and tuning, and used ten of them for training. Count how many of its test clips were old acquaintances.

# %% exercise="count_duplicates"
def count_duplicates(X, X_test):
    """How many test rows also occur in the training data.

    Parameters
    ----------
    X : array (n, d)
        Training rows, at least one, without NaN.
    X_test : array (m, d)
        Test rows, at least one, without NaN.

    Returns
    -------
    int
        The number of rows of X_test that are equal, in all d values, to some row of X. It counts rows of X_test: each of them once, even
        if X has it several times; and two equal rows of X_test are two.

    Examples
    --------
    >>> count_duplicates(np.array([[1, 2], [3, 4]]), np.array([[3, 4], [2, 1], [3, 4]]))
    2
    """
    ### BEGIN SOLUTION
    return sum(any(np.array_equal(row, known) for known in X) for row in X_test)
    ### END SOLUTION


# %% [markdown] why="count_duplicates"
# For each test row the question is whether any row of X equals it in all its values. `any` answers once, however often the row was seen,
# and `sum` counts the yeses. `np.isin` would ask for single values anywhere in X, which proves nothing about rows, and comparing rows at
# the same place would miss a duplicate that stands elsewhere.

# %% check="count_duplicates" points=2
count = count_duplicates(np.array([[1, 2], [3, 4]]), np.array([[3, 4], [2, 1], [3, 4]]))
assert isinstance(count, (int, np.integer)), f"a {type(count).__name__} came back; return a whole number"
assert count == 2, f"your count is {count}; of the test rows [3, 4], [2, 1], [3, 4] the first and the last occur in X, so it is 2"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# One question for each test row, answered by yes or no: is there a training row that equals it? Then count the yeses.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.array_equal(a, b)` compares two whole rows. `any(…)` stops at the first yes, and `sum` counts True as 1. `np.isin` compares single values,
# which is not the same.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `sum(any(np.array_equal(…, …) for … in X) for … in X_test)`
#
# </details>

# %% [markdown]
# **Try it** on the original's plan: twenty notes, the images of the first ten for training, those of the other ten for the test; ten times over. Then on twenty
# clips of yours.

# %%
@when_solved
def meet_old_acquaintances():
    rng = np.random.default_rng(5)
    seven = [440.0 * 2 ** (k / 12) for k in (-9, -7, -5, -4, -2, 0, 2)]
    images = np.array([spectrogram_image(mel_spectrogram(0.5 * sine(freq, 1.0, 11025), 11025, 64)).ravel() for freq in seven])
    draws = [images[rng.integers(7, size=20)] for _ in range(10)]
    print("the original's plan, duplicates among 10 test clips:", *(count_duplicates(X[:10], X[10:]) for X in draws))
    X, _, _ = build_matrix(make_clips(20, rng), lambda y, sr: features_logmel(y, sr, 16))
    print("your clips, duplicates among 10 test clips:", count_duplicates(X[:10], X[10:]))


# %% [markdown]
# With so many duplicates a score on the test says how many notes were seen before, not whether anything was learnt: over many runs, the original's
# classifier is right on all notes it has seen and wrong on all others.
#
# ## In your own words: a data sheet
#
# A data set that is passed on needs a sheet that says what it is. Write the one of your `make_clips`, in five to eight sentences. What does a clip hold, and
# how was it made? How were the labels set, and can they be wrong? How does somebody else get exactly your clips? What is *missing* from it, and for
# which question should nobody use it?
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: whoever reads it could use the set: it says what clips and labels are and how they came about, how to repeat the set (the function, n, and the
#   seed), and at least one honest limit with a use that it rules out. For instance: no real rooms or microphones, one sound at a time, pitches from C3 to C6,
#   every sound far louder than its floor; so a model trained on it may fail on a phone's recording, or on a soft sound in noise.
# - *1 point*: describes the clips, but a part is missing: how to repeat them, or what they are not good for.
# - *0 points*: neither, or nothing that is particular to this set.

# %% [markdown] reflection="data_sheet" points=2
# ### BEGIN SOLUTION
# Each clip is half a second at 22050 Hz. All of them have white noise between -70 and -50 dB, and half of them also a sound, a
# plucked string with a pitch from C3 to C6 and a peak from 0.2 to 0.9. The label is 1 where a sound was added; since the
# program that made the clip also set the label, no label can be wrong. Each clip is a take of its own. Nothing was recorded, so nobody's
# rights or privacy are concerned. `make_clips(200, np.random.default_rng(6))` gives exactly my clips again. There are no rooms, no
# microphones, no voices or drums, and even the softest sound stands some 15 dB above the loudest floor, so nobody should conclude from this
# set how well a detector works on a noisy recording in a street.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - A data set that is a function of a seed can be repeated by anybody, and new test data cost nothing.
# - Whatever is not the question must not tell the labels apart: loudness of the floor, digital zeros, file order.
# - One reference and one range for all images, or the level is lost. An array beats a figure.
# - Labels are read from names, rows are put in the order of numbers, and other files are refused.
# - A feature has one length for all durations. Chroma forgets the octave; levels in bands do not.
# - Rows are made from one signal each. Keep labels and groups beside the matrix and out of it.
# - Count duplicates before you believe a score.
#
# Next, lesson 07: the first classifiers, on images like yours.
