"""Musical tones. Signals are mono: 1-D floats in [-1, 1]; `f0` is the fundamental and `sr` the sampling rate in Hz; times are seconds.

A signal of so many seconds has round(duration * sr) samples. Harmonic k lies at k * f0; the first one is the fundamental itself.
"""

import math
from numbers import Integral

import numpy as np
from scipy.signal import lfilter

from .tones import _check_rate, _is_finite, mix, sine, time_axis


def harmonic_tone(f0, duration, sr, n_harm, decay):
    """Tone of harmonics whose amplitudes fall by the same factor from one to the next.

    Parameters
    ----------
    f0 : float
        Fundamental in Hz, above 0. From sr / 2 on the tone is silence.
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.
    n_harm : int
        Number of harmonics, at least 1. Those at sr / 2 and above are left out.
    decay : float
        Amplitude of a harmonic / that of the one before it, 0 to 1; with 0 the tone is a sine.

    Returns
    -------
    float array (n,)
        y[j] = sum over k of decay ** (k - 1) * sin(2 * pi * k * f0 * j / sr) / sum over k of decay ** (k - 1), k = 1 … n_harm with
        k * f0 < sr / 2. The divisor keeps the peak at or below 1.

    Raises
    ------
    ValueError
        If f0 is no positive number, n_harm no whole number of at least 1, decay not in [0, 1], or time_axis refuses duration or sr.

    Notes
    -----
    Source: J. A. Moorer, The Synthesis of Complex Audio Spectra by Means of Discrete Summation Formulae, JAES 24 (1976).

    Examples
    --------
    >>> harmonic_tone(1.0, 1.0, 8, n_harm=2, decay=0.5).round(3)
    array([ 0.   ,  0.805,  0.667,  0.138,  0.   , -0.138, -0.667, -0.805])
    """
    _check_fundamental(f0)
    if isinstance(n_harm, bool) or not isinstance(n_harm, Integral) or n_harm < 1:
        raise ValueError(f"n_harm={n_harm!r} must be a whole number, 1 or more; the fundamental is the first harmonic")
    if not _is_finite(decay) or not 0 <= decay <= 1:
        raise ValueError(f"decay={decay!r} must be a factor from 0 to 1; did you pass dB?")
    n = time_axis(duration, sr).size

    harmonics = [k for k in range(1, min(int(n_harm), math.ceil(sr / 2 / f0)) + 1) if k * f0 < sr / 2]
    if not harmonics:
        return np.zeros(n)

    amplitudes = np.array([float(decay) ** (k - 1) for k in harmonics])
    return mix([sine(k * f0, duration, sr) for k in harmonics], amplitudes / amplitudes.sum())


def adsr(n, sr, attack, decay, sustain, release):
    """Envelope of attack, decay, sustain, release, in straight lines.

    Parameters
    ----------
    n : int
        Length in samples, 0 or more.
    sr : float
        Sampling rate in Hz, positive.
    attack, decay, release : float
        Lengths of these stages in seconds, 0 or more. Where they add up to more than T = (n - 1) / sr, the time of the last sample,
        each is shortened by the same factor, so that they add up to T.
    sustain : float
        Level between decay and release, 0 to 1.

    Returns
    -------
    float array (n,)
        At the times k / sr, the straight lines through (0, 0), (attack, 1), (attack + decay, sustain), (T - release, sustain) and
        (T, 0), so that the first sample and the last one are 0. A stage of length 0 is a step: with an attack of 0 the first sample
        is 1 (sustain, if the decay is 0 as well), with a release of 0 the last one is sustain. A single sample is 0.

    Raises
    ------
    ValueError
        If n is no whole number of at least 0, sr no positive number, a length negative or no finite number, or sustain not in [0, 1].

    Examples
    --------
    >>> adsr(9, 8, attack=0.25, decay=0.25, sustain=0.5, release=0.25)
    array([0.  , 0.5 , 1.  , 0.75, 0.5 , 0.5 , 0.5 , 0.25, 0.  ])
    """
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 0:
        raise ValueError(f"n={n!r} must be a whole number of samples, 0 or more; did you pass seconds?")
    _check_rate(sr)
    for name, length in (("attack", attack), ("decay", decay), ("release", release)):
        if not _is_finite(length) or length < 0:
            raise ValueError(f"{name}={length!r} must be a number of seconds, 0 or more; was an end subtracted from a start?")
    if not _is_finite(sustain) or not 0 <= sustain <= 1:
        raise ValueError(f"sustain={sustain!r} must be a level from 0 to 1; did you pass a time, or dB?")

    if n <= 1:
        return np.zeros(n)

    last = (n - 1) / sr
    shrink = min(1.0, last / max(attack + decay + release, last))
    attack, decay, release = shrink * attack, shrink * decay, shrink * release
    times = np.array([0.0, attack, attack + decay, last - release, last])
    values = np.array([0.0, 1.0, sustain, sustain, 0.0])
    kept = np.array([attack > 0, True, True, True, release > 0])  # a step has no corner at 0
    in_order = np.maximum.accumulate(times[kept])  # rounding may have crossed the two corners of a sustain of no length
    return np.interp(np.arange(n) / sr, in_order, values[kept])


def pluck(f0, duration, sr, rng):
    """Plucked string, by the algorithm of Karplus and Strong, in tune at every frequency.

    Parameters
    ----------
    f0 : float
        Fundamental in Hz, above 0 and below sr / 2.
    duration : float
        Length in seconds, from 0 to an hour.
    sr : float
        Sampling rate in Hz, positive.
    rng : numpy.random.Generator
        Source of the noise that sets the string in motion, int(sr / f0) values; it is advanced.

    Returns
    -------
    float array (n,)
        Noise of one period without its mean, then y[j] = (u[j - N] + u[j - N - 1]) / 2, divided by the peak, so that the peak is 1.
        u is y after an allpass of the first order that delays f0 by D samples, with N + 1/2 + D = sr / f0. Where sr / f0 - 1/2 is
        a whole number k, u[j] is y[j - 1] and the loop is (y[j - k] + y[j - k - 1]) / 2.

    Raises
    ------
    ValueError
        If f0 is no number between 0 and sr / 2, or time_axis refuses duration or sr.

    Notes
    -----
    The mean of two neighbours is a gentle low-pass: high harmonics die sooner. It delays by half a sample. Sources: K. Karplus and
    A. Strong, Digital Synthesis of Plucked-String and Drum Timbres; D. A. Jaffe and J. O. Smith, Extensions of the Karplus-Strong
    Plucked-String Algorithm, both in Computer Music Journal 7/2 (1983).

    Examples
    --------
    >>> y = pluck(441.0, 1.0, 22050, np.random.default_rng(5))
    >>> y.shape, float(np.abs(y).max())
    ((22050,), 1.0)
    """
    n = time_axis(duration, sr).size
    _check_fundamental(f0)
    if not f0 < sr / 2:
        raise ValueError(f"f0={f0!r} must be below sr / 2 = {sr / 2:g} Hz; are f0 and sr swapped, or is f0 in another unit?")

    if n == 0:
        return np.zeros(0)

    period = sr / f0
    noise = rng.uniform(-1.0, 1.0, int(period))
    burst = np.zeros(max(n, noise.size))
    burst[: noise.size] = noise - noise.mean()  # the loop keeps an offset for ever

    delay = int(period - 1.0)
    fraction = period - 0.5 - delay  # from 0.5 to 1.5 samples, where the allpass settles fast
    omega = 2.0 * np.pi / period
    c = np.sin(omega * (1.0 - fraction) / 2.0) / np.sin(omega * (1.0 + fraction) / 2.0)  # Jaffe and Smith, equation 16
    feedback = np.zeros(delay + 3)
    feedback[:2] = 1.0, c
    feedback[delay:] -= np.convolve([0.5, 0.5], [c, 1.0])

    y = lfilter([1.0, c], feedback, burst)[:n]
    return y / np.abs(y).max()


def _check_fundamental(f0):
    if not _is_finite(f0) or f0 <= 0:
        raise ValueError(f"f0={f0!r} must be a positive number of Hz; did you pass a list, or the name of a note?")
