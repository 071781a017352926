"""Wrong answers to 06_dataset, each beside its hint, and rightful other ways."""

import os
import re
from pathlib import Path

import librosa
import matplotlib.image
import numpy as np
from matplotlib.figure import Figure
from PIL import Image
from scipy.signal import ShortTimeFFT, get_window

from autograder import alternative, misconception
from reference_impl import (
    Clip,
    adsr,
    harmonic_tone,
    mel_spectrogram,
    midi_to_hz,
    mix,
    peak_normalise,
    pluck,
    read_wav,
    spectrogram_image,
)

SR = 22050
N = 11025

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "b"


@misconception("q1", "adds_440_hz",
    "An octave is a ratio and not a number of Hz: from A3 to A4 it is 220 Hz, from A4 to A5 440. Think of what the frequency is multiplied by.")
def q1():
    return "a"


@misconception("q1", "number_doubles",
    "MIDI numbers count semitones, so an octave adds the same number everywhere. Count the keys from one C to the next, black ones too.")
def q1():
    return "c"


@misconception("q1", "eight_steps",
    "Eight are the notes of a scale from C to C, counted with both ends. MIDI numbers count semitones, and an octave has twelve of them.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "b"


@misconception("q2", "shorter_transform",
    "A shorter transform has fewer bins for the same range of frequencies, so they lie further apart. Bins are sr / n_fft apart.")
def q2():
    return "a"


@misconception("q2", "higher_rate",
    "A higher rate makes the range of frequencies larger, and the same number of bins must cover it: they lie further apart. Bins are sr / n_fft apart.")
def q2():
    return "c"


@misconception("q2", "longer_signal",
    "A longer signal gives more frames, each with the same bins as before. Only the length of the transform itself counts: bins are sr / n_fft apart.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "c"


@misconception("q3", "inaudible",
    "So it would be if the player left the level alone. Without normalize=False, Audio raises every signal until its peak is full scale.")
def q3():
    return "a"


@misconception("q3", "soft_hiss",
    "That is what the numbers say, but not what the player does: without normalize=False, Audio raises every signal until its peak is full scale.")
def q3():
    return "b"


@misconception("q3", "click",
    "The noise does not stop after its beginning, so there is more than a click. Without normalize=False, Audio raises it until its peak is full scale.")
def q3():
    return "d"


# make_clips


def floor(rng):
    return 10 ** (rng.uniform(-70, -50) / 20) * rng.standard_normal(N)


def note(rng):
    """A sound without envelope, as loud as its synthesis makes it."""
    f0 = midi_to_hz(rng.uniform(48, 84))
    return pluck(f0, 0.5, SR, rng) if rng.uniform() < 0.5 else harmonic_tone(f0, 0.5, SR, 6, 0.6)


def envelope():
    return adsr(N, SR, 0.02, 0.1, 0.7, 0.1)


def sound(rng):
    return peak_normalise(note(rng) * envelope(), rng.uniform(0.2, 0.9))


def labels_of(n, rng):
    return rng.permutation(np.arange(n) % 2).tolist()


def clips_of(labels, rng):
    return [Clip(floor(rng) + sound(rng) if label else floor(rng), SR, label, take) for take, label in enumerate(labels)]


@misconception("make_clips", "plain_tuples",
    "Your list holds plain tuples, whose parts have no names. Make a Clip of each, Clip(y, sr, label, take), so that clip.label and the others exist.")
def make_clips(n, rng):
    return [tuple(clip) for clip in clips_of(labels_of(n, rng), rng)]


@misconception("make_clips", "same_take",
    "Clips that are made apart from each other come from different takes, and yours share their numbers. Count the turns of the loop: "
    "enumerate gives number and label at once.")
def make_clips(n, rng):
    return [clip._replace(take=0) for clip in clips_of(labels_of(n, rng), rng)]


@misconception("make_clips", "one_label_first",
    "Your set has far more clips of one label than of the other: it was filled with one kind first and then cut. Draw as many labels of each "
    "kind before the loop, and let the loop follow them.")
def make_clips(n, rng):
    return clips_of([1] * n + [0] * n, rng)[:n]


@misconception("make_clips", "labels_inverted",
    "Your label 1 is on the clips that have nothing but their floor. 1 stands for a sound, 0 for none.")
def make_clips(n, rng):
    return [clip._replace(label=1 - clip.label) for clip in clips_of(labels_of(n, rng), rng)]


@misconception("make_clips", "digital_silence",
    "Your clips without a sound are exactly 0, as no recording ever is, and a classifier would learn just that. Give every clip a noise floor of its own.")
def make_clips(n, rng):
    return [Clip(sound(rng) if label else np.zeros(N), SR, label, take) for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "floor_missing_under_sounds",
    "Your sounds have no floor, while the clips without a sound have one: then the floor tells the labels apart. Add the sound to a floor instead of "
    "putting it in its place.")
def make_clips(n, rng):
    return [Clip(sound(rng) if label else floor(rng), SR, label, take) for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "one_floor_level",
    "All your floors are equally loud, and a threshold just above them would be enough. Draw the level of each floor inside the loop.")
def make_clips(n, rng):
    level = rng.uniform(-70, -50)
    return [Clip(10 ** (level / 20) * rng.standard_normal(N) + (sound(rng) if label else 0.0), SR, label, take)
            for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "one_pitch",
    "All your sounds are the same note. Draw the pitch of each sound inside the loop, from MIDI 48 to 84.")
def make_clips(n, rng):
    f0 = midi_to_hz(rng.uniform(48, 84))
    return [Clip(floor(rng) + label * peak_normalise(pluck(f0, 0.5, SR, rng) * envelope(), rng.uniform(0.2, 0.9)), SR, label, take)
            for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "midi_as_hz",
    "Your sounds are far too low: numbers from 48 to 84 are MIDI numbers, and were taken for Hz. midi_to_hz makes frequencies of them.")
def make_clips(n, rng):
    clips = []
    for take, label in enumerate(labels_of(n, rng)):
        y = floor(rng)
        if label:
            f0 = rng.uniform(48, 84)
            tone = pluck(f0, 0.5, SR, rng) if rng.uniform() < 0.5 else harmonic_tone(f0, 0.5, SR, 6, 0.6)
            y = y + peak_normalise(tone * envelope(), rng.uniform(0.2, 0.9))
        clips.append(Clip(y, SR, label, take))
    return clips


@misconception("make_clips", "no_envelope",
    "Your sounds begin or end at full height, which is heard as a click and seen as a bright column. Multiply each of them by an adsr of its length.")
def make_clips(n, rng):
    return [Clip(floor(rng) + (peak_normalise(note(rng), rng.uniform(0.2, 0.9)) if label else 0.0), SR, label, take)
            for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "drawn_once",
    "All your sounds are the same one over different floors: pitch and loudness were drawn before the loop. Draw them in every turn of it.")
def make_clips(n, rng):
    only = sound(rng)
    return [Clip(floor(rng) + label * only, SR, label, take) for take, label in enumerate(labels_of(n, rng))]


@misconception("make_clips", "ignores_rng",
    "Your clips differ from call to call even if the generator is the same, so nobody can repeat your data set. Draw everything, also the labels and what "
    "pluck needs, from the rng that was passed.")
def make_clips(n, rng):
    own = np.random.default_rng()
    return clips_of(labels_of(n, own), own)


@misconception("make_clips", "global_seed",
    "You get the same clips for every generator, because a seed of your own is set inside the function. Fresh data then never come: "
    "use the rng that was passed.")
def make_clips(n, rng):
    own = np.random.default_rng(0)
    return clips_of(labels_of(n, own), own)


@misconception("make_clips", "duplicates",
    "Some of your clips are equal to the last digit, as the original's were, which drew from seven fixed notes: what was seen in training comes back in "
    "the test. Draw pitch, loudness and a fresh floor for every clip.")
def make_clips(n, rng):
    levels = floor(rng)
    seven = [levels + peak_normalise(harmonic_tone(midi_to_hz(m), 0.5, SR, 6, 0.6) * envelope(), rng.uniform(0.2, 0.9))
             for m in (60, 62, 64, 65, 67, 69, 71)]
    return [Clip(seven[rng.integers(7)] if label else floor(rng), SR, label, take) for take, label in enumerate(labels_of(n, rng))]


@alternative("make_clips", "tones_only_in_turn")
def make_clips(n, rng):
    clips = []
    for i in range(n):
        y = rng.normal(0.0, 10 ** (rng.uniform(-70, -50) / 20), N)
        if i % 2 == 0:
            tone = harmonic_tone(float(midi_to_hz(rng.uniform(48, 84))), 0.5, SR, int(rng.integers(1, 6)), rng.uniform(0.2, 0.8))
            tone = tone * adsr(N, SR, 0.005, 0.05, 0.9, 0.005)
            y += tone / np.max(np.abs(tone)) * rng.uniform(0.2, 0.9)
        clips.append(Clip(y=y, sr=SR, label=(i + 1) % 2, take=i))
    return clips


@alternative("make_clips", "strings_only_then_floors")
def make_clips(n, rng):
    floors = 10 ** (rng.uniform(-3.5, -2.5, (n, 1))) * rng.standard_normal((n, N))
    for row in floors[: n // 2]:
        string = pluck(440 * 2 ** ((rng.uniform(48, 84) - 69) / 12), 0.5, SR, rng) * adsr(N, SR, 0.01, 0.0, 1.0, 0.05)
        row += string * (rng.uniform(0.2, 0.9) / np.abs(string).max())
    return [Clip(row, SR, int(i < n // 2), i) for i, row in enumerate(floors)]


@alternative("make_clips", "float32_parts_of_own_synthesis")
def make_clips(n, rng):
    t = np.arange(N, dtype=np.float32) / SR
    labels = np.array([1] * (n - n // 2) + [0] * (n // 2))
    rng.shuffle(labels)
    clips = []
    for label in labels:
        y = np.float32(10 ** (rng.uniform(-70, -50) / 20)) * rng.standard_normal(N, dtype=np.float32)
        if label:
            f0 = 440 * 2 ** ((rng.uniform(48, 84) - 69) / 12)
            tone = sum(np.float32(0.5**k) * np.sin(np.float32(2 * np.pi * k * f0) * t) for k in range(1, 6))
            tone = tone * np.float32(envelope())
            y = y + np.float32(rng.uniform(0.2, 0.9)) * tone / np.abs(tone).max()
        clips.append(Clip(y, SR, np.int64(label), len(clips)))
    return tuple(clips)


@alternative("make_clips", "mixed_by_gains")
def make_clips(n, rng):
    labels = [k < n // 2 for k in rng.permutation(n)]
    return [Clip(mix([floor(rng), sound(rng)], [1.0, float(label)]), SR, int(label), take) for take, label in enumerate(labels)]


# create_dataset


def second_of(y, sr, i):
    return y[i * sr : (i + 1) * sr]


def image_of(y, sr):
    return spectrogram_image(mel_spectrogram(y, sr, 64))


def path_of(folder, i, label=None):
    Path(folder).mkdir(exist_ok=True)
    return Path(folder) / f"second_{i}_label_{1 - i % 2 if label is None else label}.png"


def save(path, image):
    Image.fromarray(image).save(path)
    return path


@misconception("create_dataset", "last_second_lost",
    "The last whole second of the recording has no image: the loop ends one turn too early. len(y) // sr already leaves out what is incomplete, "
    "and range already stops before its end.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    return [save(path_of(folder, i), image_of(second_of(y, sr, i), sr)) for i in range(y.size // sr - 1)]


@misconception("create_dataset", "incomplete_second_kept",
    "The rest at the end of the recording, less than a second, has an image of its own, narrower than the others. Count whole seconds only, len(y) // sr.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    return [save(path_of(folder, i), image_of(second_of(y, sr, i), sr)) for i in range(-(-y.size // sr))]


@misconception("create_dataset", "labels_inverted",
    "Your labels are turned round: the recording begins with sound, so the even seconds are sound, 1, and the odd ones silence, 0.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    return [save(path_of(folder, i, i % 2), image_of(second_of(y, sr, i), sr)) for i in range(y.size // sr)]


@misconception("create_dataset", "counts_from_1",
    "Your seconds are counted from 1. The first second is second 0, as the first sample is sample 0.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    return [save(path_of(folder, i + 1, 1 - i % 2), image_of(second_of(y, sr, i), sr)) for i in range(y.size // sr)]


@misconception("create_dataset", "paths_not_returned",
    "The images are written, but the list of their paths does not come back. Collect the paths in the loop and return them.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    for i in range(y.size // sr):
        save(path_of(folder, i), image_of(second_of(y, sr, i), sr))


@misconception("create_dataset", "folder_must_be_new",
    "A second call fails because the folder exists already. mkdir(exist_ok=True) does not mind.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    os.mkdir(folder)
    return [save(path_of(folder, i), image_of(second_of(y, sr, i), sr)) for i in range(y.size // sr)]


@misconception("create_dataset", "axes_in_the_image",
    "Your file is a figure, with margin, axes and ticks in it, and a classifier would get those as features. Save the array that "
    "spectrogram_image gives, one pixel a value.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    paths = []
    for i in range(y.size // sr):
        figure = Figure(figsize=(3, 1), dpi=50)
        figure.add_subplot().imshow(image_of(second_of(y, sr, i), sr), cmap="gray", vmin=0, vmax=255, aspect="auto")
        paths.append(path_of(folder, i))
        figure.savefig(paths[-1])
    return paths


@misconception("create_dataset", "resampled",
    "Your images have the width of another sampling rate: librosa.load resamples to 22050 Hz and does not say so. Read the file with read_wav, "
    "at its own rate.")
def create_dataset(wav_path, folder):
    y, sr = librosa.load(wav_path)
    sr = int(sr)
    return [save(path_of(folder, i), image_of(second_of(y, sr, i), sr)) for i in range(y.size // sr)]


@misconception("create_dataset", "per_clip_reference",
    "Each of your images has a 0 dB of its own, its loudest value: the level is thrown away, and digital silence is white. Leave the levels of "
    "mel_spectrogram as they are; their reference is the same for all.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    levels = [mel_spectrogram(second_of(y, sr, i), sr, 64) for i in range(y.size // sr)]
    return [save(path_of(folder, i), spectrogram_image(db - db.max())) for i, db in enumerate(levels)]


@misconception("create_dataset", "imsave_without_range",
    "Your images are stretched: imsave makes the largest value of each white and its smallest black, so that the level is lost. Pass vmin=0 and vmax=255, "
    "or save with PIL, which leaves the values alone.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    paths = []
    for i in range(y.size // sr):
        paths.append(path_of(folder, i))
        matplotlib.image.imsave(paths[-1], image_of(second_of(y, sr, i), sr), cmap="gray")
    return paths


@misconception("create_dataset", "upside_down",
    "Your images stand on their heads: low frequencies are at the top. spectrogram_image has turned them already; do not turn them again.")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    return [save(path_of(folder, i), image_of(second_of(y, sr, i), sr)[::-1]) for i in range(y.size // sr)]


@alternative("create_dataset", "imsave_with_range")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    os.makedirs(folder, exist_ok=True)
    paths = []
    for i, second in enumerate(y[: y.size // sr * sr].reshape(-1, sr)):
        paths.append(os.path.join(folder, "second_%d_label_%d.png" % (i, i % 2 == 0)))
        matplotlib.image.imsave(paths[-1], image_of(second, sr), cmap="gray", vmin=0, vmax=255)
    return paths


@alternative("create_dataset", "librosa_in_float32")
def create_dataset(wav_path, folder):
    y, sr = librosa.load(wav_path, sr=None)
    sr, paths, start = int(sr), [], 0
    while start + sr <= len(y):
        power = librosa.feature.melspectrogram(y=y[start : start + sr], sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=64)
        db = librosa.power_to_db(power, ref=512.0**2, amin=1e-12, top_db=None)
        grey = np.flipud(np.clip(255 * (db + 80) / 80, 0, 255).round().astype(np.uint8))
        paths.append(str(path_of(folder, start // sr)))
        Image.fromarray(grey, mode="L").save(paths[-1], optimize=True)
        start += sr
    return paths


@alternative("create_dataset", "colour_truncated")
def create_dataset(wav_path, folder):
    y, sr = read_wav(wav_path)
    if not os.path.exists(folder):
        os.makedirs(folder)
    names = []
    for i in range(int(len(y) / sr)):
        level = np.clip(mel_spectrogram(second_of(y, sr, i), sr, 64), -80, 0)
        grey = (255 * (level[::-1] + 80) / 80).astype(np.uint8)
        label = "1" if i in range(0, len(y), 2) else "0"
        names.append(folder + "/second_" + str(i) + "_label_" + label + ".png")
        Image.fromarray(np.dstack([grey, grey, grey])).save(names[-1])
    return names


# load_dataset

NAME = re.compile(r"second_(\d+)_label_(\d+)\.png")


def entries(folder, names=None):
    """(second, label, path) of the files of a folder, in the order of the seconds."""
    found = []
    for name in os.listdir(folder) if names is None else names:
        match = NAME.fullmatch(name)
        if not match:
            raise ValueError(f"{name} is no image of the data set")
        found.append((int(match[1]), int(match[2]), Path(folder) / name))
    return sorted(found) if names is None else found


def read_grey(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("L")) / 255


def as_matrix(images, labels):
    images = np.array(images)
    return images.reshape(len(images), -1), images, np.array(labels)


@misconception("load_dataset", "lexical_order",
    "Your rows are in the order of the names as texts, in which second_10 comes before second_2. Sort by the number i, as an int.")
def load_dataset(folder):
    found = entries(folder, sorted(os.listdir(folder)))
    return as_matrix([read_grey(path) for _, _, path in found], [label for _, label, _ in found])


@misconception("load_dataset", "directory_order",
    "Your rows are in the order in which the folder lists its files, which is another one on another computer. Sort by the number i before you read.")
def load_dataset(folder):
    found = entries(folder, os.listdir(folder))
    return as_matrix([read_grey(path) for _, _, path in found], [label for _, label, _ in found])


@misconception("load_dataset", "labels_by_position",
    "Your labels follow from the place in the list, sound and silence in turn, and not from the names. What is in the file's name counts: "
    "read the number after label_.")
def load_dataset(folder):
    found = entries(folder)
    return as_matrix([read_grey(path) for _, _, path in found], [1 - i % 2 for i in range(len(found))])


@misconception("load_dataset", "label_cut_from_the_whole_path",
    "In a folder whose name has underscores, your labels are wrong: the whole path was split, so that the pieces are counted from elsewhere. Take the "
    "file's own name first, path.name.")
def load_dataset(folder):
    found = entries(folder)
    labels = [int(str(path).split("_")[3].split(".")[0].removesuffix("/second")) for _, _, path in found]
    return as_matrix([read_grey(path) for _, _, path in found], labels)


@misconception("load_dataset", "alpha_kept",
    "Your images have a fourth axis, the channels for red, green, blue and transparency, wherever the file has them. One grey value a pixel is "
    "wanted: convert to grey while reading.")
def load_dataset(folder):
    found = entries(folder)
    return as_matrix([np.asarray(Image.open(path)) / 255 for _, _, path in found], [label for _, label, _ in found])


@misconception("load_dataset", "not_scaled",
    "Your images hold the bytes of the file, 0 to 255. Divide by 255, so that black is 0 and white is 1.")
def load_dataset(folder):
    found = entries(folder)
    return as_matrix([255 * read_grey(path) for _, _, path in found], [label for _, label, _ in found])


@misconception("load_dataset", "other_files_skipped",
    "A file that is no part of the data set went by unnoticed, and so would an image with a mistyped name. The contract asks for a ValueError.")
def load_dataset(folder):
    found = sorted(entries(folder, [name for name in os.listdir(folder) if NAME.fullmatch(name)]))
    return as_matrix([read_grey(path) for _, _, path in found], [label for _, label, _ in found])


@misconception("load_dataset", "columns_first",
    "Your rows of data run through each image column by column. images.reshape(n, -1) keeps each row of pixels together.")
def load_dataset(folder):
    found = entries(folder)
    data, images, labels = as_matrix([read_grey(path) for _, _, path in found], [label for _, label, _ in found])
    return images.transpose(0, 2, 1).reshape(len(data), -1), images, labels


@alternative("load_dataset", "split_and_imread")
def load_dataset(folder):
    by_second = {}
    for name in os.listdir(folder):
        start, i, middle, rest = name.split("_")  # a ValueError where there are not four
        if (start, middle) != ("second", "label") or not rest.endswith(".png"):
            raise ValueError(name)
        image = matplotlib.image.imread(os.path.join(folder, name))
        by_second[int(i)] = (image if image.ndim == 2 else image[:, :, 0]), int(rest[:-4])
    images = np.stack([by_second[i][0] for i in sorted(by_second)])
    return images.reshape(len(images), images[0].size), images, np.array([by_second[i][1] for i in sorted(by_second)])


@alternative("load_dataset", "nested_lists")
def load_dataset(folder):
    paths = list(Path(folder).glob("*"))
    if not all(re.match(r"^second_[0-9]+_label_[0-9]+\.png$", path.name) for path in paths):
        raise ValueError("another file")
    paths.sort(key=lambda path: int(path.stem.split("_")[1]))
    images = [(np.array(Image.open(path).convert("RGB"))[..., 1] / 255).tolist() for path in paths]
    return [[value for row in image for value in row] for image in images], images, [int(path.stem.rpartition("_")[2]) for path in paths]


@alternative("load_dataset", "float32_into_prepared_arrays")
def load_dataset(folder):
    found = entries(folder)
    first = np.asarray(Image.open(found[0][2]).convert("L"))
    images, labels = np.empty((len(found), *first.shape), np.float32), np.empty(len(found), np.int32)
    for row, (_, label, path) in enumerate(found):
        images[row] = np.asarray(Image.open(path).convert("F")) / 255
        labels[row] = label
    return images.reshape(labels.size, -1).copy(), images, labels


# features_logmel


@misconception("features_logmel", "mean_over_bands",
    "You averaged over the bands and kept the time, so a longer clip has more numbers. Let the other axis disappear: spectrograms are (frequency, time).")
def features_logmel(y, sr, n_mels):
    return mel_spectrogram(y, sr, n_mels).mean(axis=0)


@misconception("features_logmel", "flattened",
    "Your features are all the values of the spectrogram, and there are more of them for a longer clip. Take the mean over time: one number a band.")
def features_logmel(y, sr, n_mels):
    return mel_spectrogram(y, sr, n_mels).ravel()


@misconception("features_logmel", "per_clip_reference",
    "Your levels are relative to the clip's own loudest value, so that a soft clip looks like a loud one. Leave the levels of mel_spectrogram as they are.")
def features_logmel(y, sr, n_mels):
    db = mel_spectrogram(y, sr, n_mels)
    return (db - db.max()).mean(axis=1)


@misconception("features_logmel", "level_of_the_mean_power",
    "You averaged powers and took the logarithm afterwards: then a pause hardly counts. The contract asks for the mean of the levels, in dB.")
def features_logmel(y, sr, n_mels):
    return 10 * np.log10(np.mean(10 ** (mel_spectrogram(y, sr, n_mels) / 10), axis=1))


@misconception("features_logmel", "first_frame_only",
    "Your features are those of the first tenth of a second, and whatever comes later is not in them. Take the mean over all frames.")
def features_logmel(y, sr, n_mels):
    return mel_spectrogram(y, sr, n_mels)[:, 0]


@misconception("features_logmel", "reference_1",
    "Your levels are about 54 dB too high: librosa's power is that of the transform, whose full-scale sine is (n_fft / 4)², not 1. "
    "The given mel_spectrogram has divided by it.")
def features_logmel(y, sr, n_mels):
    power = librosa.feature.melspectrogram(y=y, sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    return np.maximum(librosa.power_to_db(power, amin=1e-20, top_db=None), -100).mean(axis=1)


@misconception("features_logmel", "fixed_rate",
    "Your bands lie at other frequencies if the clip has another sampling rate than 22050 Hz. Hand sr on.")
def features_logmel(y, sr, n_mels):
    return mel_spectrogram(y, 22050, n_mels).mean(axis=1)


@alternative("features_logmel", "band_by_band")
def features_logmel(y, sr, n_mels):
    return [sum(float(level) for level in band) / len(band) for band in mel_spectrogram(y, sr, n_mels)]


@alternative("features_logmel", "librosa_float32")
def features_logmel(y, sr, n_mels):
    power = librosa.feature.melspectrogram(y=np.float32(y), sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    return librosa.power_to_db(power, ref=512.0**2, amin=512.0**2 * 1e-10, top_db=None).mean(axis=1).astype(np.float32)


@alternative("features_logmel", "frame_by_frame_with_scipy")
def features_logmel(y, sr, n_mels):
    filters, window = librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels), get_window("hann", 2048)
    total, count = np.zeros(n_mels), 0
    for start in range(0, len(y) - 2047, 512):
        power = filters @ np.abs(np.fft.rfft(window * y[start : start + 2048])) ** 2
        total += np.maximum(10 * np.log10(np.maximum(power / 512**2, 1e-300)), -100)
        count += 1
    return total / count


# features_chroma


def chroma(y, sr, n_fft=4096, tuning=0.0, **settings):
    return librosa.feature.chroma_stft(y=y, sr=sr, n_fft=n_fft, tuning=tuning, **settings)


@misconception("features_chroma", "default_n_fft",
    "In the third octave your chroma cannot tell neighbouring notes apart: with frames of 2048 samples the bins are wider than a semitone there. "
    "Pass n_fft=4096.")
def features_chroma(y, sr):
    return chroma(y, sr, n_fft=2048).mean(axis=1)


@misconception("features_chroma", "starts_at_a",
    "Your twelve numbers begin with A, so every note is three places off. The first pitch class is C, as librosa has it.")
def features_chroma(y, sr):
    return np.roll(chroma(y, sr).mean(axis=1), 3)


@misconception("features_chroma", "db_of_chroma",
    "You took decibels of the chroma: then the faintest traces in other classes weigh nearly as much as the note. Leave it as it is, from 0 to 1.")
def features_chroma(y, sr):
    return librosa.power_to_db(chroma(y, sr)).mean(axis=1)


@misconception("features_chroma", "length_depends_on_the_duration",
    "A longer clip has more numbers with you, and clips of two lengths do not fit into one matrix. Take the mean over time: twelve numbers.")
def features_chroma(y, sr):
    return chroma(y, sr).ravel()


@misconception("features_chroma", "mean_over_classes",
    "You averaged over the pitch classes and kept the time. Let the other axis disappear: librosa's chroma is (12, frames).")
def features_chroma(y, sr):
    return chroma(y, sr).mean(axis=0)


@misconception("features_chroma", "tuning_guessed",
    "A note that is a third of a semitone off is moved to the middle of its class, because librosa guesses the tuning and shifts all classes by it. "
    "Pass tuning=0.")
def features_chroma(y, sr):
    return chroma(y, sr, tuning=None).mean(axis=1)


@misconception("features_chroma", "sum_over_time",
    "Your chroma grows with the duration of the clip and goes far above 1: it is the sum over the frames. Take the mean.")
def features_chroma(y, sr):
    return chroma(y, sr).sum(axis=1)


@misconception("features_chroma", "first_frames_only",
    "Only the beginning of the clip is in your chroma. Take the mean over all frames.")
def features_chroma(y, sr):
    return chroma(y, sr)[:, 4]


@alternative("features_chroma", "librosa_float32")
def features_chroma(y, sr):
    return chroma(np.float32(y), sr).mean(axis=1)


@alternative("features_chroma", "from_a_spectrogram")
def features_chroma(y, sr):
    power = np.abs(librosa.stft(y, n_fft=4096, hop_length=512)) ** 2
    return list(np.mean(librosa.feature.chroma_stft(S=power, sr=sr, n_fft=4096, tuning=0.0), axis=-1))


@alternative("features_chroma", "filters_and_scipy")
def features_chroma(y, sr):
    transform = ShortTimeFFT(get_window("hann", 4096), hop=512, fs=sr)
    frames = librosa.filters.chroma(sr=sr, n_fft=4096, tuning=0.0) @ transform.spectrogram(y, p0=0, p1=1 + len(y) // 512)
    total = np.zeros(12)
    for frame in frames.T:
        total += frame / frame.max() if frame.max() > 0 else 0.0
    return total / frames.shape[1]


# build_matrix


def columns(clips, feature):
    """X, y, groups, rightly."""
    return np.array([feature(clip.y, clip.sr) for clip in clips]), np.array([clip.label for clip in clips]), np.array([clip.take for clip in clips])


@misconception("build_matrix", "leaks_the_label",
    "X has a column that changes with the labels: the answer lies among the questions, and any classifier will look 100 % right. Rows hold what "
    "feature gives, nothing else.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return np.column_stack([X, y]), y, groups


@misconception("build_matrix", "leaks_the_take",
    "X has a column that changes with the takes, by which a classifier can recognise recordings instead of sounds. Rows hold what feature gives, nothing else.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return np.column_stack([X, groups]), y, groups


@misconception("build_matrix", "label_mixed_in",
    "X has as many columns as it should, and still its values change with the labels. Only feature(clip.y, clip.sr) may go into a row.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return X + y[:, np.newaxis], y, groups


@misconception("build_matrix", "standardised",
    "Your columns are standardised over all rows, so each row knows of all the others, those of a later test too. Leave the features as they come; "
    "scaling belongs into the model, and is learnt from the training rows.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-12), y, groups


@misconception("build_matrix", "sorted_by_label",
    "Your rows are sorted by their labels, and then the first half of them is one class. Keep the order of the clips.")
def build_matrix(clips, feature):
    return columns(sorted(clips, key=lambda clip: clip.label), feature)


@misconception("build_matrix", "groups_counted_anew",
    "Your groups count the rows, so that two clips of one take no longer belong together. Use the takes of the clips.")
def build_matrix(clips, feature):
    X, y, _ = columns(clips, feature)
    return X, y, np.arange(len(y))


@misconception("build_matrix", "clips_as_columns",
    "Your X has one column a clip. In a data matrix a clip is a row: transpose it.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return X.T, y, groups


@misconception("build_matrix", "labels_and_groups_swapped",
    "Labels and takes came back in the wrong order. The contract's order is X, y, groups: the labels come second.")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return X, groups, y


@alternative("build_matrix", "row_by_row_into_a_prepared_matrix")
def build_matrix(clips, feature):
    first = np.asarray(feature(clips[0].y, clips[0].sr), dtype=float)
    X, y, groups = np.empty((len(clips), first.size)), np.empty(len(clips), int), np.empty(len(clips), int)
    for i, clip in enumerate(clips):
        X[i], y[i], groups[i] = feature(clip.y, clip.sr), clip.label, clip.take
    return X, y, groups


@alternative("build_matrix", "unzipped_and_stacked")
def build_matrix(clips, feature):
    signals, rates, labels, takes = zip(*clips, strict=True)
    return np.vstack(list(map(feature, signals, rates))), np.asarray(labels), np.asarray(takes)


@alternative("build_matrix", "lists")
def build_matrix(clips, feature):
    X, y, groups = [], [], []
    for signal, sr, label, take in clips:
        X.append(list(feature(signal, sr)))
        y.append(label)
        groups.append(take)
    return [X, y, groups]


@alternative("build_matrix", "float32_and_int8_labels")
def build_matrix(clips, feature):
    X, y, groups = columns(clips, feature)
    return X.astype(np.float32), y.astype(np.int8), groups.astype(np.int32)


# count_duplicates


@misconception("count_duplicates", "pairs",
    "You counted pairs of equal rows: a test row that training has three times counted three times. It is either known or not, so it counts once.")
def count_duplicates(X, X_test):
    return sum(np.array_equal(row, known) for row in X_test for known in X)


@misconception("count_duplicates", "distinct_rows",
    "You counted different rows: equal rows of the test counted as one. Each test clip that was seen before is one too many, so count them all.")
def count_duplicates(X, X_test):
    return len(set(map(tuple, X.tolist())) & set(map(tuple, X_test.tolist())))


@misconception("count_duplicates", "values_anywhere",
    "np.isin asks whether a value occurs anywhere in X, in any row and column. A duplicate has all its values in one and the same row: compare rows.")
def count_duplicates(X, X_test):
    return int(np.isin(X_test, X).all(axis=1).sum())


@misconception("count_duplicates", "any_value",
    "One value in common made two rows equal with you. A duplicate agrees in all its values: np.array_equal, or all over the columns.")
def count_duplicates(X, X_test):
    return int((X_test[:, np.newaxis] == X).any(axis=2).any(axis=1).sum())


@misconception("count_duplicates", "training_rows_counted",
    "You counted the rows of X that occur in X_test, and the question is the other way round: go through the test rows.")
def count_duplicates(X, X_test):
    return sum(any(np.array_equal(row, known) for row in X_test) for known in X)


@misconception("count_duplicates", "same_place_only",
    "You compared the first row with the first, the second with the second. A duplicate may stand anywhere in X: compare each test row with all of them.")
def count_duplicates(X, X_test):
    return sum(np.array_equal(row, known) for row, known in zip(X_test, X, strict=False))


@alternative("count_duplicates", "broadcast")
def count_duplicates(X, X_test):
    return (X_test[:, np.newaxis] == X).all(axis=2).any(axis=1).sum()


@alternative("count_duplicates", "set_of_tuples")
def count_duplicates(X, X_test):
    known = {tuple(row) for row in X}
    return len([row for row in X_test if tuple(row) in known])


@alternative("count_duplicates", "numbered_by_unique")
def count_duplicates(X, X_test):
    _, number = np.unique(np.concatenate([X, X_test]), axis=0, return_inverse=True)
    return int(np.isin(number.ravel()[len(X):], number.ravel()[: len(X)]).sum())


@alternative("count_duplicates", "nested_loops")
def count_duplicates(X, X_test):
    count = 0
    for row in X_test:
        for known in X:
            if np.abs(np.asarray(row, float) - np.asarray(known, float)).max() == 0:
                count += 1
                break
    return count
