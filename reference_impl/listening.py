"""First looks at a signal. Signals are mono: 1-D arrays; times are seconds, `sr` is in Hz; peak and rms are in the signal's own units."""

import math

import numpy as np

from .tones import MAX_DURATION, _check_rate, _is_finite


def seconds_to_samples(duration, sr):
    """Number of samples in a stretch of time.

    Parameters
    ----------
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    int
        duration * sr, rounded to the nearest whole number.

    Raises
    ------
    ValueError
        If duration is negative, longer than an hour or no finite number, or sr is no positive number.

    Examples
    --------
    >>> seconds_to_samples(2.01, 8000)  # 2.01 * 8000 is 16079.999999999998
    16080
    """
    if not _is_finite(duration) or duration < 0:
        raise ValueError(f"duration={duration!r} must be a number of seconds, 0 or more; was an end subtracted from a start?")
    if duration > MAX_DURATION:
        raise ValueError(f"duration={duration!r} s is over an hour; did you pass samples instead of seconds?")
    _check_rate(sr)

    return round(duration * sr)


def describe(y, sr):
    """Length and level of a signal.

    Parameters
    ----------
    y : array (n,)
        Samples: floats, or whole numbers such as the int16 samples of a file; n is at least 1.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    dict
        `duration`: n / sr in seconds; `n_samples`: n, an int; `peak`: max(abs(y)); `rms`: sqrt(mean(y ** 2)). Peak and rms are
        floats in y's own units.

    Raises
    ------
    ValueError
        If y is empty, not one-dimensional, not of real numbers, or holds NaN or infinity, or sr is no positive number.

    Examples
    --------
    >>> describe([3.0, -4.0, 0.0, 0.0], sr=8)
    {'duration': 0.5, 'n_samples': 4, 'peak': 4.0, 'rms': 2.5}
    """
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"y has shape {y.shape}; a signal is one-dimensional: is it stereo, or a batch of clips?")
    if y.size == 0:
        raise ValueError("y has no samples, and so neither peak nor rms; was the clip cut out beyond the signal's end?")
    if y.dtype.kind not in "iuf":
        raise ValueError(f"y has dtype {y.dtype}; samples are real numbers: is it a spectrum, or a mask?")
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity; a signal must be finite: was silence divided by its own peak?")
    _check_rate(sr)

    y = y.astype(float)  # of int16 samples neither the square nor -(-32768) fits into int16
    peak = float(np.abs(y).max())
    # By way of the peak, so that neither tiny nor huge samples leave the range of floats when they are squared.
    rms = peak * math.sqrt(np.mean((y / peak) ** 2)) if peak else 0.0
    return {"duration": float(y.size / sr), "n_samples": y.size, "peak": peak, "rms": rms}


def silence(duration, sr):
    """Digital silence.

    Parameters
    ----------
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float array (n,)
        Zeros, with n = seconds_to_samples(duration, sr).

    Raises
    ------
    ValueError
        If seconds_to_samples refuses duration or sr.

    Examples
    --------
    >>> silence(0.5, 8)
    array([0., 0., 0., 0.])
    """
    return np.zeros(seconds_to_samples(duration, sr))
