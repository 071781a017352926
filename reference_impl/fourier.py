"""Discrete Fourier transform, bins, aliasing. Signals are mono: 1-D floats; frequencies and `sr` are in Hz, phases in radians.

Bin k of a transform of n samples lies at the frequency k * sr / n; the bins of a real signal from 0 to n // 2 say all that the others say.
"""

import math
from numbers import Integral
from typing import NamedTuple

import numpy as np

from .tones import _check_rate, _is_finite, _signal


class AmplitudeSpectrum(NamedTuple):
    """Amplitudes and the frequencies that they belong to."""

    freqs: np.ndarray
    magnitudes: np.ndarray


def dft(x):
    """Discrete Fourier transform by its definition, in n ** 2 steps.

    Parameters
    ----------
    x : real or complex array (n,)
        Samples; n is at least 1.

    Returns
    -------
    complex array (n,)
        X[k] = sum over m of x[m] * exp(-2j * pi * k * m / n) for k = 0, 1, …, n - 1.

    Raises
    ------
    ValueError
        If x is empty, not one-dimensional, not of numbers, or holds NaN or infinity.

    Notes
    -----
    Source: A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, chapter 8.

    Examples
    --------
    >>> dft([1.0, 2.0, 0.0, -1.0]).round(6) + 0.0  # + 0.0 makes zeros of the negative zeros
    array([2.+0.j, 1.-3.j, 0.+0.j, 1.+3.j])
    """
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError(f"x has shape {x.shape}; it must be one-dimensional: is it stereo, or a batch of clips?")
    if x.size == 0:
        raise ValueError("x has no samples; a transform needs at least one: was the clip cut out beyond the signal's end?")
    if x.dtype.kind not in "iufc":
        raise ValueError(f"x has dtype {x.dtype}; it must be of numbers: is it a mask, or a list of texts?")
    if not np.isfinite(x).all():
        raise ValueError("x holds NaN or infinity; it must be finite: was silence divided by its own peak?")

    k = np.arange(x.size)
    turns = np.outer(k, k) % x.size  # whole turns taken out: the angles stay small, and exact until they are scaled
    return np.exp(-2j * np.pi / x.size * turns) @ x


def bin_to_hz(k, n_fft, sr):
    """Frequency of a bin.

    Parameters
    ----------
    k : float
        Number of the bin; between two bins it need not be whole.
    n_fft : int
        Length of the transform in samples, at least 1.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        k * sr / n_fft in Hz.

    Raises
    ------
    ValueError
        If k is no finite number, n_fft no positive whole number, or sr no positive number.

    Examples
    --------
    >>> bin_to_hz(20, 512, 16000)
    625.0
    """
    if not _is_finite(k):
        raise ValueError(f"k={k!r} must be a number; did you pass a list of bins?")
    _check_bins(n_fft, sr)

    return float(k * sr / n_fft)


def hz_to_bin(f, n_fft, sr):
    """Number of the bin at a frequency; the inverse of bin_to_hz.

    Parameters
    ----------
    f : float
        Frequency in Hz.
    n_fft : int
        Length of the transform in samples, at least 1.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        f * n_fft / sr, a fraction where f lies between two bins.

    Raises
    ------
    ValueError
        If f is no finite number, n_fft no positive whole number, or sr no positive number.

    Examples
    --------
    >>> hz_to_bin(440.0, 512, 16000)
    14.08
    """
    _check_freq(f)
    _check_bins(n_fft, sr)

    return float(f * n_fft / sr)


def alias_frequency(f, sr):
    """Frequency of the tone that is heard when a sine is sampled without a filter before it.

    Parameters
    ----------
    f : float
        Frequency of the sine in Hz, of any size and sign.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        abs(f - sr * round(f / sr)) in Hz, from 0 to sr / 2: the distance to the nearest multiple of sr.

    Raises
    ------
    ValueError
        If f is no finite number, or sr no positive number.

    Notes
    -----
    Source: C. E. Shannon, Communication in the Presence of Noise, Proceedings of the IRE 37 (1949).

    Examples
    --------
    >>> alias_frequency(5000.0, 8000)
    3000.0
    """
    _check_freq(f)
    _check_rate(sr)

    return abs(math.remainder(f, sr))


def dominant_frequency(y, sr):
    """Frequency of the strongest tone, more finely than the bins.

    Parameters
    ----------
    y : float array (n,)
        Signal, which may have an offset; n is at least 4.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        (k + d) * sr / n in Hz, with k the largest bin between 0 and n / 2 of the spectrum of y - mean(y), through a periodic Hann
        window, and d the top of the parabola through the levels a, b, c in dB of the bins k - 1, k, k + 1:
        d = (a - c) / (2 * (a - 2 * b + c)), at most half a bin. A single sine is found to 0.016 bins if it lies a few bins
        away from 0 and from sr / 2.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, holds NaN or infinity, has fewer than 4 samples or is constant, or sr is no
        positive number.

    Notes
    -----
    Source: J. O. Smith, Spectral Audio Signal Processing (2011), chapter "Spectrum Analysis of Sinusoids".

    Examples
    --------
    >>> y = 0.8 + np.sin(2 * np.pi * 1003.0 * np.arange(4096) / 22050)
    >>> round(dominant_frequency(y, 22050))
    1003
    """
    y = _signal("y", y)
    _check_rate(sr)
    if y.size < 4:
        raise ValueError(f"y has {y.size} samples; a tone needs at least 4: did you pass seconds times the wrong rate?")
    if y.min() == y.max():
        raise ValueError("y is constant, and so has no frequency; is it silence?")

    spectrum = np.abs(np.fft.rfft(_hann(y.size) * (y - y.mean())))
    levels = 20.0 * np.log10(np.maximum(spectrum, np.finfo(float).tiny))
    k = 1 + int(np.argmax(levels[1:-1]))
    a, b, c = levels[k - 1 : k + 2]
    # A parabola that is open upwards, or none, comes from a top at 0 or sr / 2: then the best is half a bin towards it.
    d = np.clip(0.5 * (a - c) / min(a - 2.0 * b + c, -np.finfo(float).eps), -0.5, 0.5)
    return bin_to_hz(k + d, y.size, sr)


def amplitude_spectrum(y, sr):
    """Amplitudes of the sines that a signal is made of, through a Hann window.

    Parameters
    ----------
    y : float array (n,)
        Signal; n is at least 2.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    freqs : float array (1 + n // 2,)
        k * sr / n in Hz.
    magnitudes : float array (1 + n // 2,)
        2 * abs(X[k]) / sum(w), with X the DFT of w * y and the periodic Hann window w[m] = 0.5 - 0.5 * cos(2 * pi * m / n);
        half as much, abs(X[k]) / sum(w), at 0 and at sr / 2, which have no partner among the negative frequencies.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, holds NaN or infinity or has fewer than 2 samples, or sr is no positive number.

    Notes
    -----
    Source: G. Heinzel, A. Rüdiger and R. Schilling, Spectrum and spectral density estimation by the Discrete Fourier transform,
    Max-Planck-Institut für Gravitationsphysik (2002).

    Examples
    --------
    >>> freqs, magnitudes = amplitude_spectrum(0.7 * np.cos(2 * np.pi * 2 * np.arange(8) / 8), sr=8000)
    >>> freqs
    array([   0., 1000., 2000., 3000., 4000.])
    >>> magnitudes.round(6)
    array([0.  , 0.35, 0.7 , 0.35, 0.  ])
    """
    y = _signal("y", y)
    _check_rate(sr)
    if y.size < 2:
        raise ValueError(f"y has {y.size} samples; a spectrum needs at least 2: was the clip cut out beyond the signal's end?")

    window = _hann(y.size)
    magnitudes = 2.0 * np.abs(np.fft.rfft(window * y)) / window.sum()
    magnitudes[0] /= 2.0
    if y.size % 2 == 0:
        magnitudes[-1] /= 2.0
    return AmplitudeSpectrum(np.arange(magnitudes.size) * sr / y.size, magnitudes)


def _hann(n):
    """The periodic window: its next sample would be its first."""
    return 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / n)


def _check_freq(f):
    if not _is_finite(f):
        raise ValueError(f"f={f!r} must be a number of Hz; did you pass a list, or the name of a note?")


def _check_bins(n_fft, sr):
    if isinstance(n_fft, bool) or not isinstance(n_fft, Integral) or n_fft < 1:
        raise ValueError(f"n_fft={n_fft!r} must be a positive whole number of samples; did you pass seconds?")
    _check_rate(sr)
