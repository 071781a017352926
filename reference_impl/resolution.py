"""Resolution. A frame of n_fft samples cannot be sharp in time and in frequency at once; times are seconds, frequencies are Hz."""

import math

import numpy as np

from .spectrograms import _positive, _whole


def time_resolution(n_fft, sr):
    """Duration of a frame: what happens within it is seen as one.

    Parameters
    ----------
    n_fft : int
        Length of a frame in samples, at least 1.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float
        n_fft / sr in seconds.

    Raises
    ------
    ValueError
        If n_fft is not a positive whole number or sr is not positive and finite.

    Examples
    --------
    >>> time_resolution(2048, 16000)
    0.128
    """
    _whole("n_fft", n_fft)
    _positive("sr", sr)

    return float(n_fft / sr)


def choose_n_fft(f_low, cents, sr):
    """Shortest frame, a power of two, that shows two tones as two.

    Parameters
    ----------
    f_low : float
        Frequency of the lower tone in Hz, positive.
    cents : float
        How far the other tone lies above it in cents, positive: 100 are a semitone, 1200 an octave.
    sr : float
        Sampling rate in Hz, positive; neither tone lies above sr / 2.

    Returns
    -------
    int
        The smallest power of two n_fft for which two bins fit between the tones: 2 * sr / n_fft <= f_low * (2 ** (cents / 1200) - 1).
        Half of a Hann window's main lobe is two bins wide.

    Raises
    ------
    ValueError
        If an argument is not positive and finite, or the higher tone lies above sr / 2.

    Notes
    -----
    Source: F. J. Harris, On the use of windows for harmonic analysis with the discrete Fourier transform, Proc. IEEE 66 (1978).

    Examples
    --------
    >>> choose_n_fft(110.0, 100, 22050)
    8192
    """
    if not (np.isfinite(f_low) and f_low > 0):
        raise ValueError(f"f_low={f_low} must be a positive, finite frequency in Hz; did you pass the number of a note?")
    if not (np.isfinite(cents) and cents > 0):
        raise ValueError(f"cents={cents} must be positive and finite; is the lower of the tones the first?")
    _positive("sr", sr)
    f_high = f_low * 2.0 ** (cents / 1200.0)
    if f_high > sr / 2.0:
        raise ValueError(f"f_low={f_low} Hz, cents={cents}: the higher tone of {f_high:g} Hz must not lie above sr / 2 = {sr / 2:g} Hz; "
                         "did you pass Hz instead of cents?")

    needed = math.ceil(2.0 * sr / (f_low * (2.0 ** (cents / 1200.0) - 1.0)))
    return 1 << (needed - 1).bit_length()
