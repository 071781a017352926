"""Clips of notes. Signals are mono: 1-D floats; a label is a degree of C major, 1 for C to 7 for B; octave 4 holds A4 = 440 Hz."""

from numbers import Integral

import numpy as np

from .clips import CLIP_DURATION, CLIP_SR, Clip
from .filters import add_noise
from .pitch import midi_to_hz
from .synthesis import adsr, harmonic_tone, pluck
from .wav import peak_normalise

SEMITONES = {1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11}  # above C
DETUNED = 0.25  # semitones, at most
N_HARM = 5  # harmonics of a tone, at most
EARLIEST, LATEST = 0.1, 0.2  # seconds from a clip's beginning to its note's


def make_note_clips(takes, rng, octave=4):
    """Draw clips of the notes C to B: tones and plucked strings, slightly out of tune, in noise.

    Parameters
    ----------
    takes : int
        Takes of each note, at least 1.
    rng : numpy.random.Generator
        Source of all randomness; it is advanced.
    octave : int
        0 to 8; octave 4 begins with C4, 261.6 Hz.

    Returns
    -------
    list of 7 * takes Clip
        In an order that rng draws; clip i has take=i, sr=22050 and half a second, 11025 samples. Each of the labels 1 to 7 occurs takes
        times. A sound is a harmonic_tone of 1 to 5 harmonics or a pluck, as rng draws, up to 25 cents off its note, under an adsr, with
        a peak drawn from 0.2 to 0.9. White noise is added, at a ratio drawn from 0 to 20 dB: with it the peak may exceed 1.

    Raises
    ------
    ValueError
        If takes is no whole number of at least 1, rng is not a generator, or octave is no whole number from 0 to 8.

    Examples
    --------
    >>> clips = make_note_clips(2, np.random.default_rng(0))
    >>> sorted(clip.label for clip in clips), clips[3].y.shape, clips[3].take
    ([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7], (11025,), 3)
    """
    if isinstance(takes, bool) or not isinstance(takes, Integral) or takes < 1:
        raise ValueError(f"takes={takes!r} must be a whole number of takes a note, 1 or more; did you pass the labels, or seconds?")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng={rng!r} must be a numpy.random.Generator; did you pass a seed instead of np.random.default_rng(seed)?")
    if isinstance(octave, bool) or not isinstance(octave, Integral) or not 0 <= octave <= 8:
        raise ValueError(f"octave={octave!r} must be a whole number from 0 to 8; did you pass a MIDI number, or Hz?")

    labels = rng.permutation(np.repeat(list(SEMITONES), takes))
    return [Clip(_note(12 * (octave + 1) + SEMITONES[label], rng), CLIP_SR, label, take) for take, label in enumerate(labels.tolist())]


def _note(midi, rng):
    """One take of a note, in noise."""
    f0 = midi_to_hz(midi + rng.uniform(-DETUNED, DETUNED))
    pause = round(rng.uniform(EARLIEST, LATEST) * CLIP_SR)
    n = round(CLIP_DURATION * CLIP_SR) - pause
    if rng.uniform() < 0.5:
        sound = harmonic_tone(f0, n / CLIP_SR, CLIP_SR, n_harm=int(rng.integers(1, N_HARM + 1)), decay=rng.uniform(0.3, 0.9))
    else:
        sound = pluck(f0, n / CLIP_SR, CLIP_SR, rng)
    envelope = adsr(n, CLIP_SR, attack=rng.uniform(0.005, 0.05), decay=0.1, sustain=rng.uniform(0.4, 0.9), release=0.1)
    note = peak_normalise(sound * envelope, target=rng.uniform(0.2, 0.9))
    return add_noise(np.pad(note, (pause, 0)), rng.uniform(0.0, 20.0), rng)
