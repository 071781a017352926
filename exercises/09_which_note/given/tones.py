"""Tones. Signals are mono: 1-D floats, 1 is full scale; `sr` and `freq` are in Hz, times in seconds unless the name says ms.

Sample n of a signal belongs to the time n / sr; a signal of so many seconds has round(duration * sr) samples.
"""

import math
from numbers import Real
from typing import NamedTuple

import numpy as np

MAX_DURATION = 3600.0  # seconds; longer ones are samples taken for seconds


class PeriodsAndSamples(NamedTuple):
    """How many periods of a tone, and how many samples, a stretch of time holds."""

    periods: float
    samples: float


def time_axis(duration, sr):
    """Times of the samples of a signal.

    Parameters
    ----------
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float array (n,)
        t[k] = k / sr in seconds, with n = round(duration * sr).

    Raises
    ------
    ValueError
        If duration is negative, longer than an hour or no finite number, or sr is no positive number.

    Examples
    --------
    >>> time_axis(0.5, 8)
    array([0.   , 0.125, 0.25 , 0.375])
    """
    if not _is_finite(duration) or duration < 0:
        raise ValueError(f"duration={duration!r} must be a number of seconds, 0 or more; was an end subtracted from a start?")
    if duration > MAX_DURATION:
        raise ValueError(f"duration={duration!r} s is over an hour; did you pass samples instead of seconds?")
    _check_rate(sr)

    return np.arange(round(duration * sr)) / sr


def sine(freq, duration, sr, amp=1.0, phase=0.0):
    """Sine tone.

    Parameters
    ----------
    freq : float
        Frequency in Hz, 0 or more. Above sr / 2 the samples are those of a lower tone.
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.
    amp : float
        Amplitude, the largest excursion; 1 is full scale.
    phase : float
        Phase at the start, in radians.

    Returns
    -------
    float array (n,)
        y[k] = amp * sin(2 * pi * freq * k / sr + phase), with n = round(duration * sr).

    Raises
    ------
    ValueError
        If freq is negative, an argument is no finite number, or time_axis refuses duration or sr.

    Notes
    -----
    Source: J. O. Smith, Mathematics of the Discrete Fourier Transform, 2nd edition (2007), chapter "Sinusoids and Exponentials".

    Examples
    --------
    >>> sine(1.0, 1.0, 8, amp=0.5).round(3)
    array([ 0.   ,  0.354,  0.5  ,  0.354,  0.   , -0.354, -0.5  , -0.354])
    """
    _check_freq(freq)
    for name, value in (("amp", amp), ("phase", phase)):
        if not _is_finite(value):
            raise ValueError(f"{name}={value!r} must be a finite number; was something divided by zero, or a list passed?")

    return amp * np.sin(2 * np.pi * freq * time_axis(duration, sr) + phase)


def periods_and_samples(freq, sr, ms):
    """How many periods of a tone, and how many samples, fall into some milliseconds; parts count.

    Parameters
    ----------
    freq : float
        Frequency in Hz, 0 or more.
    sr : float
        Sampling rate in Hz, positive.
    ms : float
        Length in milliseconds, 0 or more.

    Returns
    -------
    periods : float
        freq * ms / 1000.
    samples : float
        sr * ms / 1000.

    Raises
    ------
    ValueError
        If freq or ms is negative or no finite number, or sr is no positive number.

    Examples
    --------
    >>> periods_and_samples(1000, 41100, 1)
    PeriodsAndSamples(periods=1.0, samples=41.1)
    """
    _check_freq(freq)
    _check_rate(sr)
    _check_ms("ms", ms)

    return PeriodsAndSamples(float(freq * ms / 1000), float(sr * ms / 1000))


def tone_then_silence(freq, sr, amp=1.0):
    """One second of a sine tone, then one second of silence.

    Parameters
    ----------
    freq : float
        Frequency in Hz, 0 or more.
    sr : float
        Sampling rate in Hz, positive.
    amp : float
        Amplitude; 1 is full scale.

    Returns
    -------
    float array (2 * n,)
        sine(freq, 1.0, sr, amp), followed by as many zeros, with n = round(sr).

    Raises
    ------
    ValueError
        If sine refuses an argument.

    Examples
    --------
    >>> tone_then_silence(1.0, 4).round(3)
    array([ 0.,  1.,  0., -1.,  0.,  0.,  0.,  0.])
    """
    tone = sine(freq, 1.0, sr, amp)

    return np.pad(tone, (0, tone.size))


def tone_sequence(freqs, sr):
    """Tones of one second with a second of silence after each, one after another.

    Parameters
    ----------
    freqs : sequence of float (k,)
        Frequencies in Hz, 0 or more; at least one.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float array (k * 2 * n,)
        tone_then_silence(freq, sr) of each freq in turn, n = round(sr): every tone starts at phase 0.

    Raises
    ------
    ValueError
        If freqs is empty or not one-dimensional, or tone_then_silence refuses one of them.

    Notes
    -----
    The original tutorial's signal is that of 500, 1000, … 5000 Hz.

    Examples
    --------
    >>> tone_sequence([0.5, 0.25], 2).round(3)
    array([0.   , 1.   , 0.   , 0.   , 0.   , 0.707, 0.   , 0.   ])
    """
    if np.ndim(freqs) != 1 or len(freqs) == 0:
        raise ValueError(f"freqs={freqs!r} must be a list of at least one frequency; did you pass a single number?")

    return np.concatenate([tone_then_silence(freq, sr) for freq in freqs])


def add_fades(y, sr, fade_ms=10.0):
    """Fade a signal in and out along a raised cosine, so that it neither starts nor stops with a click.

    Parameters
    ----------
    y : float array (n,)
        Signal; it is left as it is.
    sr : float
        Sampling rate in Hz, positive.
    fade_ms : float
        Length of each fade in milliseconds, 0 or more.

    Returns
    -------
    float array (n,)
        y[k] * g[k] and y[n - 1 - k] * g[k] for k < m, with the gain g[k] = (1 - cos(pi * k / m)) / 2; y in between. A fade has
        m = min(round(sr * fade_ms / 1000), n // 2) samples.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity, sr is no positive number, or fade_ms is negative or
        no finite number.

    Notes
    -----
    The gain of the whole is a Tukey window. Source: F. J. Harris, On the Use of Windows for Harmonic Analysis with the Discrete
    Fourier Transform, Proceedings of the IEEE 66 (1978).

    Examples
    --------
    >>> add_fades(np.ones(7), sr=1000, fade_ms=2)
    array([0. , 0.5, 1. , 1. , 1. , 0.5, 0. ])
    """
    y = _signal("y", y)
    _check_rate(sr)
    _check_ms("fade_ms", fade_ms)

    m = min(round(sr * fade_ms / 1000), y.size // 2)
    if m == 0:
        return y

    rise = (1 - np.cos(np.pi * np.arange(m) / m)) / 2
    return y * np.concatenate([rise, np.ones(y.size - 2 * m), rise[::-1]])


def mix(signals, gains):
    """Weighted sum of signals that start together.

    Parameters
    ----------
    signals : sequence of float arrays, (n_1,), (n_2,), …
        At least one; the shorter ones count as silent after their end.
    gains : sequence of float
        The factor of each signal.

    Returns
    -------
    float array (max n_i,)
        y[k] = sum over i of gains[i] * signals[i][k]; may exceed full scale.

    Raises
    ------
    ValueError
        If there are no signals, their number is not that of the gains, a signal is not one-dimensional, is of integers, or holds
        NaN or infinity, or a gain is no finite number.

    Examples
    --------
    >>> mix([[0.5, 0.5, 0.5], [1.0]], gains=[1.0, 0.75])
    array([1.25, 0.5 , 0.5 ])
    """
    signals = [_signal(f"signals[{i}]", y) for i, y in enumerate(signals)]
    if not signals:
        raise ValueError("signals is empty; a mix needs at least one: was a generator used up before?")
    if np.shape(gains) != (len(signals),):
        raise ValueError(f"gains has shape {np.shape(gains)}, signals are {len(signals)}; give a gain for each: is one gain meant for all?")
    if not np.isfinite(gains).all():
        raise ValueError(f"gains={gains!r} must be finite; is one the factor of a level of silence?")

    length = max(y.size for y in signals)
    return np.sum([gain * np.pad(y, (0, length - y.size)) for y, gain in zip(signals, gains, strict=True)], axis=0)


def _is_finite(value):
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def _check_rate(sr):
    if not _is_finite(sr) or sr <= 0:
        raise ValueError(f"sr={sr!r} must be a positive number of Hz; are two arguments swapped?")


def _check_freq(freq):
    if not _is_finite(freq) or freq < 0:
        raise ValueError(f"freq={freq!r} must be a number of Hz, 0 or more; did you pass a list, or the name of a note?")


def _check_ms(name, ms):
    if not _is_finite(ms) or ms < 0:
        raise ValueError(f"{name}={ms!r} must be a number of milliseconds, 0 or more; was an end subtracted from a start?")


def _signal(name, y):
    """A copy of ``y`` as float64, if it is a signal."""
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"{name} has shape {y.shape}; a signal is one-dimensional: is it stereo, or a batch of clips?")
    if y.size and not np.issubdtype(y.dtype, np.floating):
        raise ValueError(f"{name} has dtype {y.dtype}; a signal is of floats, full scale 1: divide 16-bit samples by 32768")
    if not np.isfinite(y).all():
        raise ValueError(f"{name} holds NaN or infinity; a signal must be finite: was silence divided by its own peak?")
    return y.astype(float)
