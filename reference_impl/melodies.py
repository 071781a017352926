"""Melodies with known notes, and their data sets. Signals are mono: 1-D floats in [-1, 1]; `sr` is in Hz.

A label is a degree of C major in octave 4: 1 is C4 (261.63 Hz), 7 is B4 (493.88 Hz). Each note lasts a second, and a second of silence
follows it, so that note k of a melody is second 2 * k of its recording.
"""

import re
from numbers import Integral
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from .datasets import N_MELS
from .pitch import midi_to_hz
from .spectrograms import MEL_N_FFT, mel_spectrogram, spectrogram_image
from .tones import add_fades, sine
from .wav import read_wav, write_wav

MELODY_SR = 11025  # Hz
MIDI = np.array([60, 62, 64, 65, 67, 69, 71])  # of the labels 1 to 7
DETUNED = 0.25  # semitones, at most
MELODY_NAME = re.compile(r"[1-7](_[1-7])*_notes\.wav")
LONGEST_NAME = 255  # characters, on all common file systems


class Melody(NamedTuple):
    """A signal, its sampling rate in Hz, the labels of its notes."""

    y: np.ndarray
    sr: int
    labels: np.ndarray


def make_melody(n, rng):
    """Draw a melody of notes from C4 to B4, no two of which are played alike.

    Parameters
    ----------
    n : int
        Number of notes, at least 1.
    rng : numpy.random.Generator
        Source of all randomness; it is advanced.

    Returns
    -------
    Melody (y, sr, labels)
        y, float array (2 * n * sr,): for each note a second of sine, faded in and out over 10 ms, and a second of zeros. sr is 11025.
        labels, int array (n,), are drawn from 1 to 7, all equally likely; MIDI 60, 62, 64, 65, 67, 69, 71 belong to them. Each note is
        shifted by -25 to 25 cents, its amplitude is drawn from 0.2 to 0.8, its phase from all there are.

    Raises
    ------
    ValueError
        If n is no whole number of at least 1, or rng is not a generator.

    Notes
    -----
    The original tutorial's melody; there all tones of a note were the same samples.

    Examples
    --------
    >>> y, sr, labels = make_melody(20, np.random.default_rng(0))
    >>> y.shape, sr, labels[:6]
    ((441000,), 11025, array([6, 5, 4, 2, 3, 1]))
    """
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise ValueError(f"n={n!r} must be a whole number of notes, 1 or more; did you pass the notes themselves, or seconds?")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng={rng!r} must be a numpy.random.Generator; did you pass a seed instead of np.random.default_rng(seed)?")

    labels = rng.integers(1, 8, size=n)
    freqs = midi_to_hz(MIDI[labels - 1] + rng.uniform(-DETUNED, DETUNED, n))
    amps, phases = rng.uniform(0.2, 0.8, n), rng.uniform(-np.pi, np.pi, n)

    seconds = np.zeros((2 * n, MELODY_SR))
    for note, drawn in zip(seconds[::2], zip(freqs, amps, phases, strict=True), strict=True):
        freq, amp, phase = map(float, drawn)
        note[:] = add_fades(sine(freq, 1.0, MELODY_SR, amp, phase), MELODY_SR)
    return Melody(seconds.ravel(), MELODY_SR, labels)


def save_melody(folder, n, rng):
    """Write a melody as a WAV file whose name tells its notes.

    Parameters
    ----------
    folder : str or Path
        Where the file goes; made if it is missing.
    n : int
        Number of notes, 1 to 123: a file name has room for no more.
    rng : numpy.random.Generator
        Source of all randomness; it is advanced.

    Returns
    -------
    Path
        folder / "<label>_<label>_…_notes.wav", the labels in the order in which the notes of `make_melody(n, rng)` are played.

    Raises
    ------
    ValueError
        If make_melody refuses n or rng, or the name is too long.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_melody(folder, 4, np.random.default_rng(0)).name
    '6_5_4_2_notes.wav'
    """
    y, sr, labels = make_melody(n, rng)
    name = "_".join(map(str, labels.tolist())) + "_notes.wav"
    if len(name) > LONGEST_NAME:
        raise ValueError(f"n={n} notes need a file name of {len(name)} characters, and {LONGEST_NAME} are the most; write several melodies")

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_wav(folder / name, y, sr)
    return folder / name


def note_dataset(wav_path, folder):
    """Draw each note of a recorded melody; its silences are left out.

    Parameters
    ----------
    wav_path : str or Path
        A file as save_melody writes it: 16 bit, a second of note and one of silence in turn, the labels in its name.
    folder : str or Path
        Where the images go; made if it is missing. Files of the same names are replaced.

    Returns
    -------
    list of Path
        The images in the order of time, folder / second_<i>_label_<k>.png, i = 0, 2, 4, … and k the label of the note that sounds in second i.
        Each is the grey image `spectrogram_image(mel_spectrogram(y, sr, 64))` of its second.

    Raises
    ------
    ValueError
        If the file's name is not <label>_…_<label>_notes.wav with labels 1 to 7, the recording is too short for its labels, or its
        rate is too low for one frame of 2048 samples a second.

    Notes
    -----
    The original tutorial's `create_dataset_notes`, which split the whole path at its underscores.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save_melody(folder + "/my_tunes", 3, np.random.default_rng(0))
    ...     [image.name for image in note_dataset(path, folder + "/images")]
    ['second_0_label_6.png', 'second_2_label_5.png', 'second_4_label_4.png']
    """
    wav_path, folder = Path(wav_path), Path(folder)
    if not MELODY_NAME.fullmatch(wav_path.name):
        raise ValueError(f"{wav_path} is not named <label>_…_<label>_notes.wav with labels 1 to 7; was it written by save_melody?")
    labels = wav_path.name.split("_")[:-1]
    y, sr = read_wav(wav_path)
    if sr < MEL_N_FFT:
        raise ValueError(f"{wav_path}: sr={sr} Hz must be at least {MEL_N_FFT}, one frame a second; was the rate written in kHz?")
    if y.size < (2 * len(labels) - 1) * sr:
        raise ValueError(f"{wav_path}: {len(labels)} notes with a second of silence between them are longer than {y.size / sr:g} s; are the silences missing?")

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for i, label in zip(range(0, 2 * len(labels), 2), labels, strict=True):
        note = y[i * sr : (i + 1) * sr]
        path = folder / f"second_{i}_label_{label}.png"
        Image.fromarray(spectrogram_image(mel_spectrogram(note, sr, N_MELS))).save(path)
        paths.append(path)
    return paths
