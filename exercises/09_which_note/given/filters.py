"""Filters and noise. Signals are mono: 1-D floats, 1 is full scale; frequencies and `sr` are in Hz, ratios in dB."""

import math
from numbers import Integral

import numpy as np
from scipy.signal import firwin

from .tones import _check_rate, _is_finite, _signal


def low_pass(y, sr, cutoff_hz, n_taps=101):
    """Low-pass filter: a windowed sinc, which leaves the timing as it is.

    Parameters
    ----------
    y : float array (n,)
        Signal; it counts as silent before its start and after its end.
    sr : float
        Sampling rate in Hz, positive.
    cutoff_hz : float
        Frequency in Hz that comes out 6 dB weaker, above 0 and below sr / 2.
    n_taps : int
        Length of the filter in samples, odd; a longer one falls off more steeply.

    Returns
    -------
    float array (n,)
        y[j] = sum over i of h[i] * y[j - i], i = -m … m, with m = (n_taps - 1) / 2 and h[i] = g * w[i] * sinc(2 * cutoff_hz * i / sr),
        sinc(x) = sin(pi * x) / (pi * x). w[i] = 0.54 + 0.46 * cos(pi * i / m) is a Hamming window, and g makes the sum of h be 1.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity, sr is no positive number, cutoff_hz is not between 0 and
        sr / 2, or n_taps is not a positive odd whole number.

    Notes
    -----
    Source: A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, section "Design of FIR Filters by Windowing".

    Examples
    --------
    >>> low_pass(np.ones(7), sr=8, cutoff_hz=2, n_taps=3).round(3)
    array([0.954, 1.   , 1.   , 1.   , 1.   , 1.   , 0.954])
    """
    y = _signal("y", y)
    _check_rate(sr)
    if not _is_finite(cutoff_hz) or not 0 < cutoff_hz < sr / 2:
        raise ValueError(f"cutoff_hz={cutoff_hz!r} must be between 0 and sr / 2 = {sr / 2:g} Hz; are sr and cutoff_hz swapped?")
    if isinstance(n_taps, bool) or not isinstance(n_taps, Integral) or n_taps < 1 or n_taps % 2 == 0:
        raise ValueError(f"n_taps={n_taps!r} must be a positive odd number; an even one has no middle, and would delay by half a sample")

    if y.size == 0:
        return y

    m = int(n_taps) // 2
    return np.convolve(y, firwin(int(n_taps), cutoff_hz, fs=sr))[m : m + y.size]


def add_noise(y, snr_db, rng):
    """Add white Gaussian noise at a given ratio of signal to noise.

    Parameters
    ----------
    y : float array (n,)
        Signal; it is left as it is.
    snr_db : float
        10 * log10(mean(y ** 2) / mean(noise ** 2)) in dB; below 0 the noise is the stronger one.
    rng : numpy.random.Generator
        Source of the noise, n values; it is advanced, but not for silence.

    Returns
    -------
    float array (n,)
        y + noise; may exceed full scale. The ratio is met exactly, not only on average. Silence comes back as silence: no noise has a
        ratio to it.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity, or snr_db is no finite number.

    Examples
    --------
    >>> noisy = add_noise([0.5, -0.5, 0.5, -0.5], 20.0, np.random.default_rng(1))
    >>> float(np.mean((noisy - [0.5, -0.5, 0.5, -0.5]) ** 2).round(6))
    0.0025
    """
    y = _signal("y", y)
    if not _is_finite(snr_db):
        raise ValueError(f"snr_db={snr_db!r} must be a finite number of dB; for no noise at all, do not call add_noise")

    if not y.any():
        return y

    noise = rng.standard_normal(y.size)
    return y + noise * (_rms(y) / _rms(noise) * 10.0 ** (-snr_db / 20.0))


def _rms(y):
    return math.sqrt(np.mean(y**2))
