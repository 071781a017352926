"""Wrong answers to 09_which_note, each beside its hint, and rightful other ways."""

import os
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

import librosa
import numpy as np
from PIL import Image
from scipy.io import wavfile
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report, confusion_matrix, precision_recall_fscore_support
from sklearn.model_selection import GridSearchCV, GroupKFold, ParameterGrid, cross_val_score, cross_validate
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, Normalizer, StandardScaler
from sklearn.svm import SVC

import reference_impl as ref
from autograder import alternative, misconception

SR = 11025
MIDI = [60, 62, 64, 65, 67, 69, 71]

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "c"


@misconception("q1", "a_tenth_of_it",
    "With 100 clips one more or less right is 1 % already, so the score cannot be sure to 0.8 %. The standard error is √(p(1 − p)/n): put the numbers in.")
def q1():
    return "a"


@misconception("q1", "one_standard_error",
    "4 % is one standard error, √(0.8 · 0.2 / 100). It holds two times out of three; for 19 out of 20 it takes about twice as much.")
def q1():
    return "b"


@misconception("q1", "deviation_of_one_clip",
    "40 % is the standard deviation of a single clip, right or wrong. The mean of 100 clips scatters √100 times less, and 19 out of 20 take twice that.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "a"


@misconception("q2", "octave_in_mel",
    "Mel bands follow the frequency, and it has doubled: the energy lies in other bands. Which of the two features folds all octaves into twelve classes?")
def q2():
    return "b"


@misconception("q2", "both_equal",
    "C4 and C5 have one letter, but the mel bands know frequencies and no letters: the energy lies in other bands now. Only one of the features folds the octaves.")
def q2():
    return "c"


@misconception("q2", "neither_equal",
    "The frequency has doubled, and the mel bands show it. But one of the features has twelve numbers, one for each pitch class, whatever the octave.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "d"


@misconception("q3", "stays_where_it_is",
    "A spectrum ends at half the sampling rate, 5512.5 Hz, and 7000 Hz lies above it. The samples are those of a lower tone: fold at half the rate.")
def q3():
    return "a"


@misconception("q3", "half_the_rate_subtracted",
    "You subtracted half the sampling rate. Frequencies fold there like paper: what lies 1487.5 Hz above half the rate comes back as far below it.")
def q3():
    return "b"


@misconception("q3", "vanishes",
    "Sampling does not take a tone away; only a filter before it would. Its samples are those of a lower tone: fold at half the rate.")
def q3():
    return "c"


# make_melody


def cents(rng):
    return rng.uniform(-0.25, 0.25)


def hz(midi):
    return 440.0 * 2 ** ((midi - 69) / 12)


def a_second(freq, amp, phase):
    return amp * np.sin(2 * np.pi * freq * np.arange(SR) / SR + phase)


def faded(tone):
    ramp = np.sin(np.pi / 220 * np.arange(110)) ** 2
    return tone * np.concatenate([ramp, np.ones(len(tone) - 220), ramp[::-1]])


def played(label, rng, detuned=cents, amp=None, phase=None):
    """A second of the note of a label."""
    amp, phase = rng.uniform(0.2, 0.8) if amp is None else amp, rng.uniform(-np.pi, np.pi) if phase is None else phase
    return faded(a_second(hz(MIDI[label - 1] + detuned(rng)), amp, phase))


def melody_of(tones, labels):
    return np.concatenate([part for tone in tones for part in (tone, np.zeros(SR))]), SR, np.array(labels)


def melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng) for label in labels], labels)


@misconception("make_melody", "global_seed",
    "You get the same notes for every generator, because a seed of your own is set inside the function. Draw from the rng that was passed.")
def make_melody(n, rng):
    return melody(n, np.random.default_rng(0))


@misconception("make_melody", "ignores_rng",
    "An equal generator gives you another melody each time, so nobody can repeat it. Draw everything, labels, detuning, amplitudes and phases, from rng.")
def make_melody(n, rng):
    return melody(n, np.random.default_rng())


@misconception("make_melody", "alphabetical",
    "Your labels number the notes by the alphabet, A first, as sorting their names does. Label 1 is C, and A and B are 6 and 7.")
def make_melody(n, rng):
    y, sr, labels = melody(n, rng)
    return y, sr, np.array([3, 4, 5, 6, 7, 1, 2])[labels - 1]


@misconception("make_melody", "sorted_labels",
    "Your labels are sorted, or their set is, and no longer tell which note is played when. Return them in the order in which the notes sound.")
def make_melody(n, rng):
    y, sr, labels = melody(n, rng)
    return y, sr, np.sort(labels)


@misconception("make_melody", "silence_missing",
    "Your notes follow each other without a pause, so the melody has half its length. After each tone put a second of zeros.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return np.concatenate([played(label, rng) for label in labels]), SR, labels


@misconception("make_melody", "silence_first",
    "Your silences come before their notes. A note sounds in the first second, and its silence follows.")
def make_melody(n, rng):
    y, sr, labels = melody(n, rng)
    return np.roll(y, sr), sr, labels


@misconception("make_melody", "identical_tones",
    "All your tones of a note are the same samples, as the original's were, and test images will be copies of training images. Draw detuning, amplitude and "
    "phase anew for each note.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng, lambda rng: 0.0, 0.5, 0.0) for label in labels], labels)


@misconception("make_melody", "in_tune",
    "Your tones all have the same detuning, or none. Add to each MIDI number a part of a semitone, drawn inside the loop from -0.25 to 0.25.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng, lambda rng: 0.0) for label in labels], labels)


@misconception("make_melody", "detuned_too_far",
    "Some of your tones are more than 25 cents off. A semitone is 100 cents, so the detuning of a MIDI number is at most 0.25.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng, lambda rng: rng.uniform(-0.5, 0.5)) for label in labels], labels)


@misconception("make_melody", "cents_as_hz",
    "Your detuning is added to the frequency, in Hz: 25 Hz are more than a semitone here. Add a part of a semitone to the MIDI number before midi_to_hz.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    freqs = [hz(MIDI[label - 1]) + rng.uniform(-25, 25) for label in labels]
    return melody_of([faded(a_second(freq, rng.uniform(0.2, 0.8), rng.uniform(-np.pi, np.pi))) for freq in freqs], labels)


@misconception("make_melody", "one_loudness",
    "All your tones are equally loud. Draw the amplitude of each inside the loop.")
def make_melody(n, rng):
    labels, amp = rng.integers(1, 8, n), rng.uniform(0.2, 0.8)
    return melody_of([played(label, rng, amp=amp) for label in labels], labels)


@misconception("make_melody", "full_scale",
    "Your amplitudes leave the range from 0.2 to 0.8. Draw each of them from there, and do not normalise afterwards.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng, amp=rng.uniform(0.0, 1.0)) for label in labels], labels)


@misconception("make_melody", "one_phase",
    "All your tones start at the same place of their period. Draw a phase for each of them, from a whole turn.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([played(label, rng, phase=0.0) for label in labels], labels)


@misconception("make_melody", "no_fades",
    "Your tones begin or end away from 0, which is heard as a click and seen as a bright column. Fade each of them by add_fades.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([a_second(hz(MIDI[label - 1] + cents(rng)), rng.uniform(0.2, 0.8), rng.uniform(-np.pi, np.pi)) for label in labels], labels)


@misconception("make_melody", "not_all_notes",
    "One of the seven notes never comes, or a label that is none does: rng.integers(1, 7) stops at 6, since it leaves its upper end out. Look at the ends "
    "of the range that you draw from.")
def make_melody(n, rng):
    labels = rng.integers(1, 7, n)
    return melody_of([played(label, rng) for label in labels], labels)


@misconception("make_melody", "chromatic",
    "Your notes lie a semitone apart, so that label 2 is C sharp. Between C, D, E and between F, G, A, B there are two semitones: use the seven MIDI numbers.")
def make_melody(n, rng):
    labels = rng.integers(1, 8, n)
    return melody_of([faded(a_second(hz(59 + label + cents(rng)), rng.uniform(0.2, 0.8), rng.uniform(-np.pi, np.pi))) for label in labels], labels)


@alternative("make_melody", "matrix_of_seconds")
def make_melody(n, rng):
    labels = rng.choice(np.arange(1, 8), size=n)
    freqs = 440 * 2 ** ((np.take(MIDI, labels - 1) - 69) / 12) * 2 ** (rng.uniform(-25, 25, n) / 1200)
    t = np.arange(SR) / SR
    seconds = np.zeros((n, 2, SR))
    seconds[:, 0] = rng.uniform(0.2, 0.8, (n, 1)) * np.sin(2 * np.pi * freqs[:, np.newaxis] * t + rng.uniform(0, 2 * np.pi, (n, 1)))
    seconds[:, 0, :110] *= np.sin(np.pi / 220 * np.arange(110)) ** 2
    seconds[:, 0, -110:] *= np.sin(np.pi / 220 * np.arange(110))[::-1] ** 2
    return seconds.ravel(), SR, labels


@alternative("make_melody", "note_by_note_float32")
def make_melody(n, rng):
    y, labels = np.zeros(2 * n * SR, dtype=np.float32), []
    for k in range(n):
        labels.append(int(rng.integers(7)) + 1)
        y[2 * k * SR : (2 * k + 1) * SR] = played(labels[-1], rng)
    return y, SR, labels


@alternative("make_melody", "table_of_frequencies")
def make_melody(n, rng):
    table = {"C": 261.63, "D": 293.66, "E": 329.63, "F": 349.23, "G": 392.00, "A": 440.00, "B": 493.88}
    names = [list(table)[int(7 * rng.random())] for _ in range(n)]
    y = []
    for name in names:
        freq = table[name] * 2 ** ((50 * rng.random() - 25) / 1200)
        y.extend([faded(a_second(freq, 0.2 + 0.6 * rng.random(), 6.28318 * rng.random())), np.zeros(SR)])
    return [np.concatenate(y), 11025.0, tuple("CDEFGAB".index(name) + 1 for name in names)]


@alternative("make_melody", "tones_first")
def make_melody(n, rng):
    labels = 1 + np.floor(7 * rng.random(n)).astype(int)
    return melody_of(list(map(lambda label: played(label, rng), labels)), labels)


# save_melody


def written(folder, name, y, sr):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    ref.write_wav(path, y, sr)
    return path


def joined(labels):
    return "_".join(str(label) for label in labels) + "_notes.wav"


@misconception("save_melody", "reversed_labels",
    "The labels in your file's name run from the last note to the first. Put them in the order in which the notes are played.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, joined(labels[::-1]), y, sr)


@misconception("save_melody", "names_of_notes",
    "Your file is named after the letters of the notes. Use their labels, 1 to 7, which the next exercise reads as numbers.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, joined("CDEFGAB"[label - 1] for label in labels), y, sr)


@misconception("save_melody", "sorted_labels",
    "The labels in your file's name are sorted, and no longer tell which note is played when. Leave them in the order in which they came.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, joined(sorted(labels.tolist())), y, sr)


@misconception("save_melody", "different_notes_only",
    "Your file's name has each label once, however often its note is played: a set forgets repetitions. Go through the labels themselves.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, joined(dict.fromkeys(labels.tolist())), y, sr)


@misconception("save_melody", "two_melodies",
    "The name tells the notes of one melody and the file holds another, since make_melody was called twice. Call it once and unpack all that it returns.")
def save_melody(folder, n, rng):
    labels = ref.make_melody(n, rng)[2]
    y, sr, _ = ref.make_melody(n, rng)
    return written(folder, joined(labels), y, sr)


@misconception("save_melody", "no_underscores",
    "The labels in your file's name stick together. Put an underscore after each of them, so that they can be taken apart again.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, "".join(map(str, labels)) + "_notes.wav", y, sr)


@misconception("save_melody", "beside_the_folder",
    "Your file does not lie in the folder that was asked for. Make the path from both, folder and name.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return written(".", joined(labels), y, sr)


@misconception("save_melody", "name_alone_returned",
    "You return the name without its folder, and nobody finds the file by it. Return the whole path.")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    return os.path.basename(written(folder, joined(labels), y, sr))


@misconception("save_melody", "rate_44100",
    "Your file claims another sampling rate than the melody has, so it plays too fast and too high. Hand on the sr that make_melody returned.")
def save_melody(folder, n, rng):
    y, _, labels = ref.make_melody(n, rng)
    return written(folder, joined(labels), y, 44100)


@misconception("save_melody", "folder_must_be_new",
    "The second melody cannot be saved, for its folder is already there and mkdir refuses. Pass exist_ok=True.")
def save_melody(folder, n, rng):
    os.mkdir(folder)
    y, sr, labels = ref.make_melody(n, rng)
    return written(folder, joined(labels), y, sr)


@alternative("save_melody", "pathlib")
def save_melody(folder, n, rng):
    melody = ref.make_melody(n, rng)
    path = Path(folder, f"{'_'.join(map(str, melody.labels))}_notes.wav")
    path.parent.mkdir(parents=True, exist_ok=True)
    ref.write_wav(path, melody.y, melody.sr)
    return path


@alternative("save_melody", "text_grown_in_a_loop")
def save_melody(folder, n, rng):
    y, sr, labels = ref.make_melody(n, rng)
    name = ""
    for label in labels:
        name += str(label) + "_"
    if not os.path.exists(folder):
        os.makedirs(folder)
    ref.write_wav(folder + "/" + name + "notes.wav", y, sr)
    return folder + "/" + name + "notes.wav"


@alternative("save_melody", "scipy_and_an_absolute_path_turned_back")
def save_melody(folder, n, rng):
    os.makedirs(folder, exist_ok=True)
    y, sr, labels = ref.make_melody(n, rng)
    path = Path(folder).absolute() / "_".join([*(f"{label:d}" for label in labels), "notes.wav"])
    wavfile.write(path, sr, (32767 * y).astype(np.int16))
    return str(path.relative_to(Path.cwd()))


# note_dataset


def image_of(y, sr, second):
    return ref.spectrogram_image(ref.mel_spectrogram(y[second * sr : (second + 1) * sr], sr, 64))


def labels_in(wav_path):
    return Path(wav_path).name.split("_")[:-1]


def save(folder, second, label, image):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"second_{second}_label_{label}.png")
    Image.fromarray(image).save(path)
    return path


@misconception("note_dataset", "silences_kept",
    "Your data set has the silences as well, labelled as notes. Draw the even seconds only, 0, 2, 4, ….")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    labels = labels_in(wav_path)
    return [save(folder, i, labels[i // 2], image_of(y, sr, i)) for i in range(2 * len(labels))]


@misconception("note_dataset", "silences_drawn",
    "Your images show the silences, one second behind their notes. Note number k, counted from 0, begins at sample 2 * k * sr.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    return [save(folder, 2 * k, label, image_of(y, sr, 2 * k + 1)) for k, label in enumerate(labels_in(wav_path))]


@misconception("note_dataset", "shifted_by_one",
    "Your labels are shifted: each note has that of the next one. The first label in the name belongs to second 0.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    labels = labels_in(wav_path)
    return [save(folder, 2 * k, labels[(k + 1) % len(labels)], image_of(y, sr, 2 * k)) for k in range(len(labels))]


@misconception("note_dataset", "whole_path_split",
    "You split the whole path, and underscores in a folder's name become labels. Take the file's name out of the path first: Path(wav_path).name.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    labels = str(wav_path).split("_")
    return [save(folder, i, labels[i // 2].split("/")[-1], image_of(y, sr, i)) for i in range(0, len(y) // sr, 2)]


@misconception("note_dataset", "notes_counted",
    "Your file names count the notes, 0, 1, 2, …. They are to tell the second in which a note sounds, and that is 2 * k for note number k.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    return [save(folder, k, label, image_of(y, sr, 2 * k)) for k, label in enumerate(labels_in(wav_path))]


@misconception("note_dataset", "per_clip_reference",
    "Each of your images has its own 0 dB, as the original's had, so that a soft note looks like a loud one. mel_spectrogram has one reference for all; leave it so.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    paths = []
    for k, label in enumerate(labels_in(wav_path)):
        db = ref.mel_spectrogram(y[2 * k * sr : (2 * k + 1) * sr], sr, 64)
        paths.append(save(folder, 2 * k, label, ref.spectrogram_image(db - db.max())))
    return paths


@misconception("note_dataset", "rate_11025",
    "You cut at 11025 samples a second, whatever the file says. read_wav returns its rate; count seconds with that.")
def note_dataset(wav_path, folder):
    y, _ = ref.read_wav(wav_path)
    y = np.append(y, np.zeros(22 * SR))
    return [save(folder, 2 * k, label, image_of(y, SR, 2 * k)) for k, label in enumerate(labels_in(wav_path))]


@misconception("note_dataset", "paths_not_returned",
    "The images are there, but their paths do not come back, or not in the order of time. Collect them in a list and return it.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    for k, label in enumerate(labels_in(wav_path)):
        save(folder, 2 * k, label, image_of(y, sr, 2 * k))


@misconception("note_dataset", "last_note_lost",
    "The last note has no image. [:-1] leaves out the piece notes.wav, and range already stops before its end: one of the two cuts is one too many.")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(wav_path)
    return [save(folder, 2 * k, label, image_of(y, sr, 2 * k)) for k, label in enumerate(labels_in(wav_path)[:-1])]


@alternative("note_dataset", "seconds_first")
def note_dataset(wav_path, folder):
    y, sr = ref.read_wav(str(wav_path))
    stem = os.path.splitext(os.path.basename(wav_path))[0]
    labels = [int(label) for label in stem.split("_") if label.isdigit()]
    return [Path(save(folder, i, labels[i // 2], image_of(y, sr, i))) for i in range(0, len(y) // sr, 2)]


@alternative("note_dataset", "lesson_06_then_renamed")
def note_dataset(wav_path, folder):
    os.makedirs(folder, exist_ok=True)
    paths = []
    with tempfile.TemporaryDirectory(dir=".") as scratch:
        images = ref.create_dataset(wav_path, scratch)[::2]
        for image, label in zip(images, labels_in(wav_path), strict=True):
            second = int(image.name.split("_")[1])
            paths.append(os.path.join(folder, f"second_{second}_label_{label}.png"))
            os.replace(image, paths[-1])
    return paths


@alternative("note_dataset", "colour_and_reshape")
def note_dataset(wav_path, folder):
    sr, samples = wavfile.read(wav_path)
    labels = labels_in(wav_path)
    notes = samples[: 2 * len(labels) * sr].reshape(len(labels), 2, sr)[:, 0] / 32768
    Path(folder).mkdir(exist_ok=True)
    paths = []
    for i, (note, label) in enumerate(zip(notes, labels, strict=True)):
        power = librosa.feature.melspectrogram(y=np.float32(note), sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=64) / 512**2
        grey = np.clip((librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=None) + 80) / 80 * 255, 0, 255)[::-1].round().astype(np.uint8)
        paths.append(f"{folder}/second_{2 * i}_label_{label}.png")
        Image.fromarray(np.stack([grey] * 3, axis=-1)).save(paths[-1])
    return tuple(paths)


# make_note_pipeline


@misconception("make_note_pipeline", "no_scaler",
    "Your pipeline has no scaler, and a column in large units drowns all others. Put a StandardScaler before the SVC.")
def make_note_pipeline(C, gamma):
    return make_pipeline(SVC(C=C, gamma=gamma))


@misconception("make_note_pipeline", "scaler_after",
    "Your scaler stands behind the SVC. The rows pass through the steps from first to last: scale first, classify last.")
def make_note_pipeline(C, gamma):
    return make_pipeline(SVC(C=C, gamma=gamma), StandardScaler())


@misconception("make_note_pipeline", "c_ignored",
    "Your SVC has a C of its own, whatever is passed. Hand it on: C=C.")
def make_note_pipeline(C, gamma):
    return make_pipeline(StandardScaler(), SVC(gamma=gamma))


@misconception("make_note_pipeline", "gamma_ignored",
    "Your SVC has a gamma of its own, whatever is passed. Hand it on: gamma=gamma.")
def make_note_pipeline(C, gamma):
    return make_pipeline(StandardScaler(), SVC(C=C))


@misconception("make_note_pipeline", "already_fitted",
    "Your pipeline comes fitted already, to data that are not the learner's. Leave out fit: whoever has the training rows will call it.")
def make_note_pipeline(C, gamma):
    return make_pipeline(StandardScaler(), SVC(C=C, gamma=gamma)).fit([[0.0, 0.0], [1.0, 2.0]], [1, 2])


@misconception("make_note_pipeline", "another_scaler",
    "Your scaler fits each column between 0 and 1, or works on rows. A StandardScaler gives every column the mean 0 and the standard deviation 1.")
def make_note_pipeline(C, gamma):
    return make_pipeline(MinMaxScaler(), SVC(C=C, gamma=gamma))


@misconception("make_note_pipeline", "normalizer",
    "A Normalizer gives each row the length 1, and the levels in it are lost. A StandardScaler works on columns: mean 0 and standard deviation 1.")
def make_note_pipeline(C, gamma):
    return make_pipeline(Normalizer(), SVC(C=C, gamma=gamma))


@misconception("make_note_pipeline", "linear_kernel",
    "Your SVC has a linear kernel, in which gamma has no say. Leave the kernel as it is by default.")
def make_note_pipeline(C, gamma):
    return make_pipeline(StandardScaler(), SVC(C=C, gamma=gamma, kernel="linear"))


@misconception("make_note_pipeline", "svc_alone",
    "You return a support vector machine alone. Put it into a pipeline, behind a scaler.")
def make_note_pipeline(C, gamma):
    return SVC(C=C, gamma=gamma)


SHARED = Pipeline([("scaler", StandardScaler()), ("svc", SVC())])


@misconception("make_note_pipeline", "one_for_all",
    "Every call returns the same object, so that a new setting changes models made before. Make the steps inside the function.")
def make_note_pipeline(C, gamma):
    return SHARED.set_params(svc__C=C, svc__gamma=gamma)


@alternative("make_note_pipeline", "named_steps")
def make_note_pipeline(C, gamma):
    return Pipeline(steps=[("standardise", StandardScaler()), ("classify", SVC(C=C, gamma=gamma))])


@alternative("make_note_pipeline", "set_params")
def make_note_pipeline(C, gamma):
    return make_pipeline(StandardScaler(), SVC()).set_params(svc__C=C, svc__gamma=gamma)


@alternative("make_note_pipeline", "copied")
def make_note_pipeline(C, gamma):
    pipeline = Pipeline([("a", StandardScaler(with_mean=True, with_std=True)), ("b", SVC(gamma=gamma, kernel="rbf"))])
    pipeline.steps[1][1].C = C
    return clone(pipeline)


# train_note_classifier


def halves(data, labels):
    n = len(data) // 2
    return data[:n], labels[:n], data[n:], labels[n:]


def told(truth, found, labels):
    return classification_report(truth, found, output_dict=True, zero_division=0), confusion_matrix(truth, found, labels=np.unique(labels))


@misconception("train_note_classifier", "training_rows",
    "Report and matrix come from the rows that the model was fitted to, and those it knows. Judge it by the second half.")
def train_note_classifier(data, labels):
    X, y, _, _ = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    return model, *told(y, model.predict(X), labels)


@misconception("train_note_classifier", "transposed",
    "Your matrix has the predictions in its rows, so precision and recall change places. The truth comes first in confusion_matrix(truth, found), and so it does "
    "in classification_report.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    report, confusion = told(truth, model.predict(rest), labels)
    return model, report, confusion.T


@misconception("train_note_classifier", "truth_second",
    "Your report takes the predictions for the truth: its precision is the recall. In classification_report the truth comes first.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    return model, told(model.predict(rest), truth, labels)[0], told(truth, model.predict(rest), labels)[1]


@misconception("train_note_classifier", "absent_note_dropped",
    "A note that does not occur in the second half has no row in your matrix, and all behind it move up. Pass labels=np.unique(labels) to confusion_matrix.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    return model, told(truth, model.predict(rest), labels)[0], confusion_matrix(truth, model.predict(rest))


@misconception("train_note_classifier", "gamma_0001",
    "gamma=0.001 is the original's, for images of 1.92 million pixels. Here it is far too small, and all notes look alike: leave gamma as it is by default.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10, gamma=0.001).fit(X, y)
    return model, *told(truth, model.predict(rest), labels)


@misconception("train_note_classifier", "default_c",
    "Your SVC has C=1, its default. The task says C=10.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC().fit(X, y)
    return model, *told(truth, model.predict(rest), labels)


@misconception("train_note_classifier", "fit_on_everything",
    "Your model was fitted to all rows, those that judge it among them. Fit it to the first half only.")
def train_note_classifier(data, labels):
    _, _, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(data, labels)
    return model, *told(truth, model.predict(rest), labels)


@misconception("train_note_classifier", "halves_swapped",
    "You fitted to the second half and judged by the first. The first half trains.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(rest, truth)
    return model, *told(y, model.predict(X), labels)


@misconception("train_note_classifier", "report_as_text",
    "Your report is a text for people. Ask classification_report for a dict: output_dict=True.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    return model, classification_report(truth, model.predict(rest), zero_division=0), told(truth, model.predict(rest), labels)[1]


@misconception("train_note_classifier", "shares_in_the_matrix",
    "Your matrix holds shares. The contract asks for counts, in which it is seen how few clips a share rests on: leave out normalize.")
def train_note_classifier(data, labels):
    X, y, rest, truth = halves(data, labels)
    model = SVC(C=10).fit(X, y)
    report, confusion = told(truth, model.predict(rest), labels)
    return model, report, confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)


@misconception("train_note_classifier", "larger_half_first",
    "With an odd number of rows your first half has the one more. It is the rows before n // 2, rounded down.")
def train_note_classifier(data, labels):
    n = (len(data) + 1) // 2
    model = SVC(C=10).fit(data[:n], labels[:n])
    return model, *told(labels[n:], model.predict(data[n:]), labels)


@alternative("train_note_classifier", "counted_by_hand")
def train_note_classifier(data, labels):
    n = len(labels) // 2
    model = SVC(C=10.0)
    model.fit(data[:n], labels[:n])
    truth, found, kinds = labels[n:].tolist(), model.predict(data[n:]).tolist(), sorted(set(labels.tolist()))
    confusion = [[sum(t == a and f == b for t, f in zip(truth, found, strict=True)) for b in kinds] for a in kinds]
    report = {"accuracy": sum(t == f for t, f in zip(truth, found, strict=True)) / len(truth)}
    for i, kind in enumerate(kinds):
        called, there = sum(row[i] for row in confusion), sum(confusion[i])
        precision, recall = (confusion[i][i] / total if total else 0.0 for total in (called, there))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        report[str(kind)] = {"precision": precision, "recall": recall, "f1-score": f1, "support": there}
    return [model, report, confusion]


@alternative("train_note_classifier", "split_in_two_with_all_labels")
def train_note_classifier(data, labels):
    cut, every = len(data) // 2, np.unique(labels)
    (X, rest), (y, truth) = np.split(data, [cut]), np.split(labels, [cut])
    model = SVC(C=10, kernel="rbf", gamma="scale").fit(X, y)
    report = classification_report(truth, model.predict(rest), labels=every, output_dict=True, zero_division=0)
    return model, report, confusion_matrix(truth, model.predict(rest), labels=every)


@alternative("train_note_classifier", "bincount_float32")
def train_note_classifier(data, labels):
    cut = len(data) // 2
    kinds, number = np.unique(labels, return_inverse=True)
    data = data.astype(np.float32)
    model = SVC(C=10).fit(data[:cut], labels[:cut])
    found = np.searchsorted(kinds, model.predict(data[cut:]))
    confusion = np.bincount(number[cut:] * len(kinds) + found, minlength=len(kinds) ** 2).reshape(len(kinds), -1)
    scores = precision_recall_fscore_support(number[cut:], found, labels=range(len(kinds)), zero_division=0)
    names = ("precision", "recall", "f1-score", "support")
    report = {str(kind): dict(zip(names, column, strict=True)) for kind, column in zip(kinds, zip(*scores, strict=True), strict=True)}
    report["accuracy"] = np.trace(confusion) / confusion.sum()
    return model, report, confusion


# train_and_fresh


def shares(model, X, y, X_fresh, y_fresh):
    return model.score(X, y), model.score(X_fresh, y_fresh)


@misconception("train_and_fresh", "fresh_in_training",
    "Your models were fitted to the fresh rows too, so nothing about them is fresh. Fit to X and y alone.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    every, labels = np.concatenate([X, X_fresh]), np.concatenate([y, y_fresh])
    return [shares(SVC(C=10, gamma=gamma).fit(every, labels), X, y, X_fresh, y_fresh) for gamma in gammas]


@misconception("train_and_fresh", "one_model",
    "One model answered for all gammas: it was fitted before the loop. Make and fit a model inside it.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    model = SVC(C=10, gamma=gammas[0]).fit(X, y)
    return [shares(model, X, y, X_fresh, y_fresh) for _ in gammas]


@misconception("train_and_fresh", "columns_swapped",
    "Your pairs have the fresh rows first. The share in training comes first.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    return [shares(SVC(C=10, gamma=gamma).fit(X, y), X_fresh, y_fresh, X, y) for gamma in gammas]


@misconception("train_and_fresh", "errors_for_shares",
    "You return the shares of rows that are labelled wrongly. The contract asks for those labelled rightly.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    pairs = [shares(SVC(C=10, gamma=gamma).fit(X, y), X, y, X_fresh, y_fresh) for gamma in gammas]
    return [(1 - train, 1 - fresh) for train, fresh in pairs]


@misconception("train_and_fresh", "two_lists",
    "You return two lists, all shares in training and then all fresh ones. A pair for each gamma was asked for.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    return list(zip(*[shares(SVC(C=10, gamma=gamma).fit(X, y), X, y, X_fresh, y_fresh) for gamma in gammas], strict=True))


@misconception("train_and_fresh", "gamma_ignored",
    "All your models have the same gamma, scikit-learn's own choice. Pass gamma=gamma to each.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    return [shares(SVC(C=10).fit(X, y), X, y, X_fresh, y_fresh) for _ in gammas]


@misconception("train_and_fresh", "fitted_again_to_fresh",
    "Before you asked about the fresh rows, you fitted a model to them. Ask the model that was fitted to X, as it is.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    return [(SVC(C=10, gamma=gamma).fit(X, y).score(X, y), SVC(C=10, gamma=gamma).fit(X_fresh, y_fresh).score(X_fresh, y_fresh)) for gamma in gammas]


@misconception("train_and_fresh", "standardised",
    "Your rows were standardised first, so that gamma means something else. Use them as they come: no scaler here.")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    return [shares(make_pipeline(StandardScaler(), SVC(C=10, gamma=gamma)).fit(X, y), X, y, X_fresh, y_fresh) for gamma in gammas]


@alternative("train_and_fresh", "predictions_compared")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    models = [SVC(C=10, gamma=gamma).fit(X, y) for gamma in gammas]
    return [[np.mean(model.predict(X) == y), np.mean(model.predict(X_fresh) == y_fresh)] for model in models]


@alternative("train_and_fresh", "set_params_float32")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    model, X, X_fresh = SVC(C=10), np.float32(X), np.float32(X_fresh)
    found = np.empty((len(gammas), 2), dtype=np.float32)
    for row, gamma in zip(found, gammas, strict=True):
        model.set_params(gamma=gamma).fit(X, y)
        row[:] = model.score(X, y), model.score(X_fresh, y_fresh)
    return found


@alternative("train_and_fresh", "kernel_by_hand")
def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    def kernel(a, b):
        return np.exp(-gamma * np.sum((a[:, np.newaxis] - b) ** 2, axis=2))

    pairs = []
    for gamma in gammas:
        model = SVC(C=10, kernel="precomputed").fit(kernel(X, X), y)
        pairs.append((float(model.score(kernel(X, X), y)), float(model.score(kernel(X_fresh, X), y_fresh))))
    return pairs


# tune

GRID = list(product((1, 10, 100), (0.01, 0.1, 1)))


def entries(X, y, cv, groups=None, grid=GRID):
    return [({"C": C, "gamma": gamma}, cross_val_score(ref.make_note_pipeline(C, gamma), X, y, groups=groups, cv=cv).mean()) for C, gamma in grid]


def score_of(entry):
    return entry[1]


@misconception("tune", "ignores_groups",
    "Your folds cut takes apart, so that copies of a held-out row are in training, and labels drawn by chance look predictable. cross_val_score heeds groups "
    "only with a cv such as GroupKFold(3).")
def tune(X, y, groups):
    table = entries(X, y, 3, groups)
    return max(table, key=score_of)[0], table


@misconception("tune", "worst_params",
    "You return the settings with the lowest score. These are shares of right answers, so the highest is best.")
def tune(X, y, groups):
    table = entries(X, y, GroupKFold(3), groups)
    return min(table, key=score_of)[0], table


@misconception("tune", "first_params",
    "Your best_params are those of one end of the table, whatever the scores. Look for the entry whose score is highest.")
def tune(X, y, groups):
    table = entries(X, y, GroupKFold(3), groups)
    return max(table, key=lambda entry: entry[0]["C"] + entry[0]["gamma"])[0], table


@misconception("tune", "training_rows",
    "Your scores come from the rows that the pipeline was fitted to, where a large gamma always wins. Score each fold on the rows it holds out.")
def tune(X, y, groups):
    table = [({"C": C, "gamma": gamma}, ref.make_note_pipeline(C, gamma).fit(X, y).score(X, y)) for C, gamma in GRID]
    return max(table, key=score_of)[0], table


@misconception("tune", "scaled_before_the_folds",
    "All rows were standardised together before they were cut into folds, so the held-out rows had their say. Leave it to the pipeline, which learns its "
    "means from the rows in training.")
def tune(X, y, groups):
    Z = StandardScaler().fit_transform(X)
    table = [({"C": C, "gamma": gamma}, cross_val_score(SVC(C=C, gamma=gamma), Z, y, groups=groups, cv=GroupKFold(3)).mean()) for C, gamma in GRID]
    return max(table, key=score_of)[0], table


@misconception("tune", "not_scaled",
    "Your SVC sees the columns in their own units, and the largest drowns the others. Use make_note_pipeline, which has a scaler in it.")
def tune(X, y, groups):
    table = [({"C": C, "gamma": gamma}, cross_val_score(SVC(C=C, gamma=gamma), X, y, groups=groups, cv=GroupKFold(3)).mean()) for C, gamma in GRID]
    return max(table, key=score_of)[0], table


@misconception("tune", "one_at_a_time",
    "You chose C first and then gamma with that C alone, so that most of the nine settings were never tried. Put one loop into the other.")
def tune(X, y, groups):
    table = entries(X, y, GroupKFold(3), groups, [(C, 0.1) for C in (1, 10, 100)])
    C = max(table, key=score_of)[0]["C"]
    table += entries(X, y, GroupKFold(3), groups, [(C, 0.01), (C, 1)])
    return max(table, key=score_of)[0], table


@misconception("tune", "names_of_the_pipeline",
    "Your settings are named as the pipeline names them, with its step before them. Return dicts with the keys \"C\" and \"gamma\".")
def tune(X, y, groups):
    table = [({f"svc__{key}": value for key, value in params.items()}, score) for params, score in entries(X, y, GroupKFold(3), groups)]
    return max(table, key=score_of)[0], table


@misconception("tune", "best_score_returned",
    "Your first value is a score. Return the settings that have it, and then the table.")
def tune(X, y, groups):
    table = entries(X, y, GroupKFold(3), groups)
    return max(table, key=score_of)[1], table


@misconception("tune", "five_folds",
    "You average over another number of folds than three. Without a number, GroupKFold makes five: pass it.")
def tune(X, y, groups):
    table = entries(X, y, GroupKFold(), groups)
    return max(table, key=score_of)[0], table


@alternative("tune", "grid_search")
def tune(X, y, groups):
    search = GridSearchCV(ref.make_note_pipeline(1, 1), {"svc__C": [1, 10, 100], "svc__gamma": [0.01, 0.1, 1]}, cv=GroupKFold(n_splits=3))
    search.fit(X, y, groups=groups)
    tried = [{key.removeprefix("svc__"): value for key, value in params.items()} for params in search.cv_results_["params"]]
    return tried[search.best_index_], list(zip(tried, search.cv_results_["mean_test_score"], strict=True))


@alternative("tune", "folds_by_hand_last_of_equals")
def tune(X, y, groups):
    folds = list(GroupKFold(3).split(X, y, groups))
    table = []
    for gamma in (1.0, 0.1, 0.01):
        for C in (100.0, 10.0, 1.0):
            scores = [np.mean(ref.make_note_pipeline(C, gamma).fit(X[train], y[train]).predict(X[test]) == y[test]) for train, test in folds]
            table.append([{"gamma": gamma, "C": C}, sum(scores) / 3])
    return max(table, key=score_of)[0], table


@alternative("tune", "parameter_grid_float32")
def tune(X, y, groups):
    table = []
    for params in ParameterGrid({"C": [1, 10, 100], "gamma": [0.01, 0.1, 1]}):
        found = cross_validate(make_pipeline(StandardScaler(), SVC(**params)), X.astype(np.float32), y, groups=groups, cv=GroupKFold(3))
        table.append((params, float(np.float32(np.mean(found["test_score"])))))
    table.sort(key=score_of)
    return [table[-1][0], table]


# note_model


class Listener(BaseEstimator, ClassifierMixin):
    """A classifier behind a feature, with clips in place of rows."""

    def __init__(self, feature, classifier):
        self.feature, self.classifier = feature, classifier

    def fit(self, clips, labels=None):
        self.classifier.fit(self.rows(clips), [clip.label for clip in clips] if labels is None else labels)
        return self

    def predict(self, clips):
        return self.classifier.predict(self.rows(clips))

    def rows(self, clips):
        return [np.atleast_1d(self.feature(clip.y, clip.sr)) for clip in clips]


@misconception("note_model", "first_frame",
    "Your model is right far too seldom. Does its feature hear the whole clip, which begins with noise, and not only a first frame? And is it made of frequencies, which are "
    "the note, and not of samples or overall loudness?")
def note_model(clips):
    return Listener(lambda y, sr: ref.features_logmel(y[:2048], sr, 64), SVC(C=10)).fit(clips)


@misconception("note_model", "commonest_note",
    "Your model gives one answer to nearly everything. Does predict compute the feature of each clip that it is asked about, as it was computed for training?")
def note_model(clips):
    return Listener(lambda y, sr: 0.0, DummyClassifier(strategy="most_frequent")).fit(clips)


@misconception("note_model", "wants_a_matrix",
    "Your model wants rows of numbers, and is asked about clips. Make the feature a part of it: a FunctionTransformer as the first step, or a class whose "
    "predict makes the rows.")
def note_model(clips):
    X, y, _ = ref.build_matrix(clips, ref.features_chroma)
    return make_pipeline(StandardScaler(), SVC(C=10)).fit(X, y)


@misconception("note_model", "reads_the_label",
    "Your model returns what stands in the clips' labels, and a clip that nobody has labelled has none. Let it listen to y.")
def note_model(clips):
    class Reader:
        def predict(self, clips):
            return np.array([clip.label for clip in clips])

    return Reader()


@misconception("note_model", "places_of_notes",
    "Your answers are places in a list of notes, counted from 0, or letters. Return the labels, 1 for C to 7 for B.")
def note_model(clips):
    return Listener(ref.features_chroma, SVC(C=10)).fit(clips, [clip.label - 1 for clip in clips])


@misconception("note_model", "labels_shuffled",
    "Rows and labels have lost each other in your training, so your answers look drawn by chance. Use one and the same order for both.")
def note_model(clips):
    return Listener(ref.features_chroma, SVC(C=10)).fit(clips, sorted(clip.label for clip in clips))


@misconception("note_model", "not_fitted",
    "Your model has not been fitted. Call its fit with the clips' rows and labels before you return it.")
def note_model(clips):
    return Listener(ref.features_chroma, SVC(C=10))


@alternative("note_model", "mel_bands_behind_a_scaler")
def note_model(clips):
    return Listener(lambda y, sr: ref.features_logmel(y, sr, 64), ref.make_note_pipeline(10, "scale")).fit(clips)


@alternative("note_model", "pipeline_on_chroma")
def note_model(clips):
    def features_of(clips):
        return np.array([ref.features_chroma(clip.y, clip.sr) for clip in clips])

    return make_pipeline(FunctionTransformer(features_of), LogisticRegression(max_iter=500)).fit(clips, [clip.label for clip in clips])


@alternative("note_model", "neighbours_vote_and_return_a_list")
def note_model(clips):
    class Neighbours:
        def __init__(self, clips):
            self.known = [(np.float32(ref.features_chroma(clip.y, clip.sr)), clip.label) for clip in clips]

        def predict(self, clips):
            answers = []
            for clip in clips:
                row = np.float32(ref.features_chroma(clip.y, clip.sr))
                nearest = sorted(self.known, key=lambda known: float(np.sum((known[0] - row) ** 2)))[:3]
                answers.append(Counter(label for _, label in nearest).most_common(1)[0][0])
            return answers

    return Neighbours(clips)


@alternative("note_model", "spectrum_and_nearest_neighbours")
def note_model(clips):
    def strengths(y, sr):
        spectrum = np.log10(np.abs(np.fft.rfft(y * np.hanning(y.size))) + 1e-6)
        return spectrum[100:600]

    return Listener(strengths, KNeighborsClassifier(5)).fit(clips)
