"""Clips: labelled sounds and their data matrix. Signals are mono: 1-D floats, 1 is full scale; a matrix has one row a clip.

A label is what is to be learnt, here 1 for sound and 0 for none. A take is one recording: what was cut from the same take, or made from
it, has the same number, and belongs together when data are split.
"""

from numbers import Integral
from typing import NamedTuple

import numpy as np

from .pitch import midi_to_hz
from .synthesis import adsr, harmonic_tone, pluck
from .wav import peak_normalise

CLIP_SR = 22050  # Hz, of the clips that make_clips draws
CLIP_DURATION = 0.5  # their length in seconds


class Clip(NamedTuple):
    """A labelled sound: signal, sampling rate in Hz, label, number of the take."""

    y: np.ndarray
    sr: int
    label: int
    take: int


def make_clips(n, rng):
    """Draw clips with a sound and clips without one: a data set that is a function.

    Parameters
    ----------
    n : int
        Number of clips, at least 1.
    rng : numpy.random.Generator
        Source of all randomness; it is advanced.

    Returns
    -------
    list of n Clip
        Clip i has take=i, sr=22050 and half a second, 11025 samples. n // 2 of them, in places that rng draws, have label 1, the others 0.
        Every clip has a noise floor, white and Gaussian, whose level is drawn from -70 to -50 dB (rms, re 1). With label 1 a sound is
        added, a harmonic_tone or a pluck as rng draws: its pitch is drawn from MIDI 48 to 84, its envelope is an adsr with attack and
        release of 5 ms or more and a sustain of 0.4 or more, and its peak is drawn from 0.2 to 0.9.

    Raises
    ------
    ValueError
        If n is no whole number of at least 1, or rng is not a generator.

    Examples
    --------
    >>> clips = make_clips(5, np.random.default_rng(0))
    >>> [clip.label for clip in clips], clips[4].y.shape, clips[4].sr, clips[4].take
    ([0, 0, 1, 0, 1], (11025,), 22050, 4)
    """
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise ValueError(f"n={n!r} must be a whole number of clips, 1 or more; did you pass their labels, or seconds?")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng={rng!r} must be a numpy.random.Generator; did you pass a seed instead of np.random.default_rng(seed)?")

    clips = []
    for take, label in enumerate(rng.permutation(np.arange(n) % 2)):
        y = 10.0 ** (rng.uniform(-70.0, -50.0) / 20.0) * rng.standard_normal(round(CLIP_DURATION * CLIP_SR))
        clips.append(Clip(y + _sound(rng) if label else y, CLIP_SR, int(label), take))
    return clips


def build_matrix(clips, feature):
    """Data matrix, labels and groups of clips.

    Parameters
    ----------
    clips : sequence of Clip
        At least one.
    feature : callable
        `feature(y, sr)` gives one row, a number or a sequence of numbers, equally long for every clip. It sees the signal and its
        rate and nothing else: neither the label, nor the take, nor other clips.

    Returns
    -------
    X : float array (n, d)
        X[i] = feature(clips[i].y, clips[i].sr).
    y : int array (n,)
        Labels.
    groups : int array (n,)
        Takes.

    Raises
    ------
    ValueError
        If there is no clip, or the features are not of one length, no numbers, or not finite.

    Examples
    --------
    >>> clips = [Clip(np.array([0.1, -0.3]), 8000, 1, 0), Clip(np.array([0.0, 0.2]), 8000, 0, 1)]
    >>> build_matrix(clips, lambda y, sr: [y.max(), y.size / sr])
    (array([[0.1    , 0.00025],
           [0.2    , 0.00025]]), array([1, 0]), array([0, 1]))
    """
    clips = list(clips)
    if not clips:
        raise ValueError("clips is empty; a matrix needs a row: was everything filtered away?")

    rows = [np.atleast_1d(np.asarray(feature(clip.y, clip.sr))) for clip in clips]

    for i, row in enumerate(rows):
        if row.ndim != 1 or row.size != rows[0].size:
            raise ValueError(f"the feature of clip {i} has shape {row.shape}, that of the first {rows[0].shape}; they must be rows of one "
                             "length: does it depend on the duration?")
        if row.dtype.kind not in "biuf" or not np.isfinite(row).all():
            raise ValueError(f"the feature of clip {i} must hold finite numbers; is a level -inf or NaN where the clip is silent?")
    return np.array(rows, dtype=float), np.array([int(clip.label) for clip in clips]), np.array([int(clip.take) for clip in clips])


def count_duplicates(X, X_test):
    """How many rows held out for a test are also in the training data, value by value.

    Parameters
    ----------
    X : array (n, d)
        Training rows; with n = 0 there is nothing to be a duplicate of.
    X_test : array (m, d)
        Test rows.

    Returns
    -------
    int
        The number of i for which X_test[i] equals X[k] in all d values for some k. A test row counts once, however often it is in X;
        equal test rows count one by one.

    Raises
    ------
    ValueError
        If X or X_test is not two-dimensional, is not of numbers, or holds NaN, or they differ in d.

    Notes
    -----
    Source: B. Barz and J. Denzler, Do We Train on Test Data? Purging CIFAR of Near-Duplicates, Journal of Imaging 6/6 (2020).

    Examples
    --------
    >>> count_duplicates([[1, 2], [3, 4]], [[3, 4], [2, 1], [3, 4]])
    2
    """
    X, X_test = _rows("X", X), _rows("X_test", X_test)
    if X.shape[1] != X_test.shape[1]:
        raise ValueError(f"X has {X.shape[1]} columns, X_test {X_test.shape[1]}; they must be as many: is one of them another feature?")

    known = set(map(tuple, X.tolist()))
    return sum(tuple(row) in known for row in X_test.tolist())


def _sound(rng):
    """A harmonic tone or a pluck with an envelope, as long as a clip."""
    f0 = midi_to_hz(rng.uniform(48.0, 84.0))
    if rng.uniform() < 0.5:
        sound = harmonic_tone(f0, CLIP_DURATION, CLIP_SR, n_harm=int(rng.integers(1, 9)), decay=rng.uniform(0.3, 0.9))
    else:
        sound = pluck(f0, CLIP_DURATION, CLIP_SR, rng)
    envelope = adsr(sound.size, CLIP_SR, attack=rng.uniform(0.005, 0.05), decay=0.1, sustain=rng.uniform(0.4, 0.9), release=0.1)
    return peak_normalise(sound * envelope, target=rng.uniform(0.2, 0.9))


def _rows(name, X):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError(f"{name} has shape {X.shape}; a data matrix has rows and columns: is it a single row, or images not yet flattened?")
    if X.size and X.dtype.kind not in "biuf":
        raise ValueError(f"{name} has dtype {X.dtype}; it must hold numbers: are its rows of different lengths, or file names?")
    if np.isnan(X.astype(float)).any():
        raise ValueError(f"{name} holds NaN, which equals nothing, not even itself; is a level undefined where a clip is silent?")
    return X
