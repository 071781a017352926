"""WAV files and sample values. Signals are mono: 1-D floats in [-1, 1]; `sr` is in Hz; levels and ratios are dB.

A file's 16-bit samples are signed whole numbers, -32768 to 32767. Signals are written with the factor 32767, so that +1 and -1
both have a number, and read with 1 / 32768, so that every number lies in [-1, 1]: a signal comes back 32767 / 32768 as large.
"""

import os
import wave
from numbers import Integral
from typing import NamedTuple

import numpy as np

FULL_SCALE = 32767  # the largest 16-bit sample
MAX_SR = 2**31 - 1  # a WAV header has 32 bits for the bytes of a second, two a sample


class Recording(NamedTuple):
    """A signal and its sampling rate."""

    y: np.ndarray
    sr: int


def to_int16(y):
    """Convert a signal to 16-bit samples.

    Parameters
    ----------
    y : float array (n,)
        Signal; what lies outside [-1, 1] is clipped.

    Returns
    -------
    int16 array (n,)
        round(32767 * min(max(y, -1), 1)), from -32767 to 32767.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity.

    Examples
    --------
    >>> to_int16([0.0, 0.25, 1.0, -1.0, 1.2])
    array([     0,   8192,  32767, -32767,  32767], dtype=int16)
    """
    y = _signal("y", y)

    return np.rint(FULL_SCALE * np.clip(y, -1.0, 1.0)).astype(np.int16)


def write_wav(path, y, sr):
    """Write a signal as a WAV file: PCM, 16 bit, one channel.

    Parameters
    ----------
    path : str or Path
        The file; one that exists is replaced.
    y : float array (n,)
        Signal; its samples are to_int16(y).
    sr : int
        Sampling rate in Hz, positive.

    Raises
    ------
    ValueError
        If to_int16 refuses y, or sr is not a positive whole number. Nothing is written then.

    Notes
    -----
    Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0 (1991), "Waveform Audio File Format".

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_wav(folder + "/clip.wav", [0.0, 0.5, -0.5], 8000)
    ...     os.path.getsize(folder + "/clip.wav")  # a header of 44 bytes, then two a sample
    50
    """
    samples = to_int16(y)
    if isinstance(sr, bool) or not isinstance(sr, Integral) or not 0 < sr <= MAX_SR:
        raise ValueError(f"sr={sr!r} must be a positive whole number of Hz, {MAX_SR} at most; did you pass kHz, or the signal?")

    with wave.open(os.fspath(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(int(sr))
        file.writeframes(samples.astype("<i2").tobytes())  # WAV is little-endian, whatever this machine is


def read_wav(path):
    """Read a 16-bit WAV file at its own sampling rate.

    Parameters
    ----------
    path : str or Path
        A 16-bit PCM file with any number of channels.

    Returns
    -------
    y : float array (n,)
        The mean of the channels' samples / 32768, in [-1, 1].
    sr : int
        The file's sampling rate in Hz; nothing is resampled.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no PCM WAV file, has another sample width, or ends before its last sample.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_wav(folder + "/clip.wav", [0.0, 0.5, -1.0], 8000)
    ...     read_wav(folder + "/clip.wav")
    Recording(y=array([ 0.        ,  0.5       , -0.99996948]), sr=8000)
    """
    path = os.fspath(path)
    try:
        with wave.open(path, "rb") as file:
            n_channels, width, sr, n, *_ = file.getparams()
            frames = file.readframes(n)
    except (wave.Error, EOFError) as error:
        raise ValueError(f"path={path!r} cannot be read as a PCM WAV file ({error}); is it of floats, compressed, or cut short?") from error
    if width != 2:
        raise ValueError(f"path={path!r} has {8 * width}-bit samples; they must have 16 bits: was it exported at another bit depth?")
    if len(frames) != n * n_channels * width:
        raise ValueError(f"path={path!r} ends before its {n} samples a channel; was it cut short while it was copied?")

    samples = np.frombuffer(frames, "<i2").reshape(n, n_channels)
    return Recording(samples.mean(axis=1) / 32768.0, sr)


def quantise(y, bits):
    """Round a signal to the levels that samples of so many bits can take.

    Parameters
    ----------
    y : float array (n,)
        Signal; what lies outside [-1, 1] is clipped.
    bits : int
        Bits a sample, 2 to 32.

    Returns
    -------
    float array (n,)
        round(q * y) / q with q = 2 ** (bits - 1) - 1, the largest signed number of so many bits: 2 ** bits - 1 levels from -1 to 1.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity, or bits is not a whole number from 2 to 32.

    Notes
    -----
    The error of a signal that passes through many levels is spread evenly over one step, 1 / q wide, so its power is 1 / (12 * q ** 2):
    each bit more lowers it by 6.02 dB. Source: W. R. Bennett, Spectra of Quantized Signals, Bell System Technical Journal 27 (1948).

    Examples
    --------
    >>> quantise([0.0, 0.1, 0.3, -1.0], bits=3)
    array([ 0.        ,  0.        ,  0.33333333, -1.        ])
    """
    y = _signal("y", y)
    if isinstance(bits, bool) or not isinstance(bits, Integral) or not 2 <= bits <= 32:
        raise ValueError(f"bits={bits!r} must be a whole number from 2 to 32; did you pass the number of levels?")

    q = 2 ** (int(bits) - 1) - 1
    return np.rint(q * np.clip(y, -1.0, 1.0)) / q + 0.0  # + 0.0 makes zeros of the negative zeros


def snr_db(clean, noisy):
    """Signal-to-noise ratio of a signal of which the clean version is known.

    Parameters
    ----------
    clean : float array (n,)
        The signal without noise, not silent.
    noisy : float array (n,)
        The same signal with noise: the noise is noisy - clean.

    Returns
    -------
    float
        10 * log10(mean(clean ** 2) / mean((noisy - clean) ** 2)) in dB; infinity where the two are equal.

    Raises
    ------
    ValueError
        If a signal is empty, not one-dimensional, of integers, or holds NaN or infinity, their lengths differ, or clean is silent.

    Examples
    --------
    >>> round(snr_db([0.5, -0.5, 0.5], [0.55, -0.55, 0.45]), 6)
    20.0
    """
    clean, noisy = _signal("clean", clean), _signal("noisy", noisy)
    if clean.size != noisy.size:
        raise ValueError(f"clean has {clean.size} samples, noisy {noisy.size}; they must be as many: is one delayed or padded?")
    if clean.size == 0:
        raise ValueError("clean has no samples; a ratio needs at least one: was the clip cut out beyond the signal's end?")
    clean_power, noise_power = np.mean(clean**2), np.mean((noisy - clean) ** 2)
    if clean_power == 0.0:
        raise ValueError("clean is silent; there must be a signal to compare the noise with: are the two arguments swapped?")

    if noise_power == 0.0:
        return float("inf")

    return float(10.0 * np.log10(clean_power / noise_power))


def peak_normalise(y, target=0.9):
    """Scale a signal so that its largest excursion has a given size.

    Parameters
    ----------
    y : float array (n,)
        Signal, of any peak.
    target : float
        The peak wanted, above 0 and at most 1.

    Returns
    -------
    float array (n,)
        target * y / max(abs(y)); silence stays silence.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers, or holds NaN or infinity, or target is not in (0, 1].

    Examples
    --------
    >>> peak_normalise([0.1, -0.2, 0.0])
    array([ 0.45, -0.9 ,  0.  ])
    """
    y = _signal("y", y)
    if not 0.0 < target <= 1.0:
        raise ValueError(f"target={target} must be above 0 and at most 1, full scale; did you pass dB or percent?")

    peak = np.abs(y).max(initial=0.0)
    if peak == 0.0:
        return y  # a copy: _signal never hands back the caller's array

    return y / peak * target


def _signal(name, y):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"{name} has shape {y.shape}; a signal is one-dimensional: is it stereo, or a batch of clips?")
    if y.size and not np.issubdtype(y.dtype, np.floating):
        raise ValueError(f"{name} has dtype {y.dtype}; a signal is of floats in [-1, 1]: divide 16-bit samples by 32768")
    if not np.isfinite(y).all():
        raise ValueError(f"{name} holds NaN or infinity; a signal must be finite: was silence divided by its own peak?")
    return y.astype(float)
