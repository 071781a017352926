"""Transcription: from a signal to the names of its notes. Signals are mono: 1-D floats; `sr` is in Hz."""

import numpy as np

from .features import features_chroma
from .spectrograms import _float_signal, _positive, frame

NATURALS = {0: "C", 2: "D", 4: "E", 5: "F", 7: "G", 9: "A", 11: "B"}  # by chroma
BLOCK = 0.02  # seconds over which a level is measured
BELOW_DB = 15.0  # a note is where the level is at most this far below the loud blocks


def name_melody(y, sr):
    """Name the notes of a melody, one after the other.

    Parameters
    ----------
    y : float array (n,)
        Single notes between C4 and B4, with rests of 0.1 s or more between them that are at least 15 dB below the notes.
    sr : float
        Sampling rate in Hz, 22050 or more.

    Returns
    -------
    list of str
        A letter "C" to "B" for each note, in order; equal notes one after the other are named one by one. A note is a stretch of
        0.05 s or more in which all blocks of 20 ms have a level above that of the 90th percentile of all blocks - 15 dB; its name is
        the letter whose chroma is strongest. Digital silence has no notes.

    Raises
    ------
    ValueError
        If y is empty, not one-dimensional, of integers or holds NaN or infinity, or sr is not positive and finite.

    Examples
    --------
    >>> t = np.arange(11025) / 22050
    >>> a4, rest = 0.5 * np.sin(2 * np.pi * 440 * t), np.zeros(11025)
    >>> name_melody(np.concatenate([a4, rest, a4]), 22050)
    ['A', 'A']
    """
    y = _float_signal(y)
    _positive("sr", sr)
    if y.size == 0:
        raise ValueError("y has no samples; a melody needs at least one: was it cut out beyond the recording's end?")

    block = max(1, round(BLOCK * sr))
    padded = np.pad(y, (block, block + -y.size % block))
    rms = np.sqrt(np.mean(frame(padded, block, block) ** 2, axis=0))
    loud = rms > max(np.percentile(rms, 90) * 10.0 ** (-BELOW_DB / 20.0), np.finfo(float).tiny)
    edges = np.flatnonzero(np.diff(loud.astype(int)))  # starts and ends in turn: the padding is not loud

    names = list(NATURALS)
    chromas = [features_chroma(padded[(start + 1) * block : (end + 1) * block], sr)[names]
               for start, end in edges.reshape(-1, 2) if (end - start) * BLOCK > 0.05]
    return [NATURALS[names[k]] for k in map(np.argmax, chromas)]
