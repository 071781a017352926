"""Tunes of single notes, material for transcription. Signals are mono: 1-D floats in [-1, 1]; `sr` is in Hz; times are seconds.

Notes are the letters of C major in octave 4, "C" to "B".
"""

import numpy as np

from .filters import add_noise
from .pitch import midi_to_hz
from .synthesis import adsr, harmonic_tone
from .tones import _check_rate, _is_finite

MIDI = {"C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "B": 71}
SHORTEST_QUARTER, LONGEST_QUARTER = 0.15, 0.4
DETUNED = 0.25  # semitones, at most
SNR_DB = 30.0


def play_tune(names, quarter, sr, rng):
    """Play a tune: notes and rests in one tempo, slightly out of tune, with some noise.

    Parameters
    ----------
    names : sequence of str
        Letters "C" to "B", at least one; octave 4 is meant.
    quarter : float
        Length of a quarter note in seconds, 0.15 to 0.4.
    sr : float
        Sampling rate in Hz, positive.
    rng : numpy.random.Generator
        Source of all that is left open; it is advanced.

    Returns
    -------
    float array (n,)
        A rest, then for each name a note and a rest. A note lasts a quarter or two, a rest as well, as rng draws. All notes have the
        same 1 to 5 harmonics; each is up to 25 cents out of tune and has a peak of 0.4 to 0.8. White noise is added, 30 dB below.

    Raises
    ------
    ValueError
        If names is empty or holds something else than these letters, quarter is not in 0.15 … 0.4, or sr is no positive number.

    Examples
    --------
    >>> y = play_tune(["C", "E", "E"], 0.2, 22050, np.random.default_rng(0))
    >>> y.size % 4410, bool(0.4 < np.abs(y).max() <= 1.0)  # whole quarters
    (0, True)
    """
    unknown = [name for name in names if name not in MIDI]
    if len(names) == 0 or unknown:
        raise ValueError(f"names={list(names)!r} must be letters from {', '.join(MIDI)}, at least one; did you pass octaves, or labels?")
    if not _is_finite(quarter) or not SHORTEST_QUARTER <= quarter <= LONGEST_QUARTER:
        raise ValueError(f"quarter={quarter!r} s must be from {SHORTEST_QUARTER} to {LONGEST_QUARTER}; did you pass beats a minute, or milliseconds?")
    _check_rate(sr)

    n_harm, decay = int(rng.integers(1, 6)), rng.uniform(0.3, 0.6)
    parts = [np.zeros(round(quarter * sr))]
    for name in names:
        f0 = midi_to_hz(MIDI[name] + rng.uniform(-DETUNED, DETUNED))
        tone = harmonic_tone(f0, int(rng.integers(1, 3)) * parts[0].size / sr, sr, n_harm, decay)
        tone *= adsr(tone.size, sr, attack=0.01, decay=0.05, sustain=0.6, release=0.03)
        parts += [rng.uniform(0.4, 0.8) / np.abs(tone).max() * tone, np.zeros(int(rng.integers(1, 3)) * parts[0].size)]
    return add_noise(np.concatenate(parts), SNR_DB, rng)
