"""Descriptors: numbers that sum up a spectrum, one a frame. Signals are 1-D floats in [-1, 1]; frequencies are Hz."""

import numpy as np

from .spectrograms import MEL_HOP, MEL_N_FFT, _positive, stft


def spectral_centroid(y, sr):
    """Centre of gravity of each frame's magnitude spectrum: what sounds bright has a high one.

    Parameters
    ----------
    y : float array (n,)
        Signal; a signal shorter than 2048 samples has no frames.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float array (n_frames,)
        sum over k of f[k] * |X[k, t]|, divided by the sum over k of |X[k, t]|, in Hz, with X = stft(y, n_fft=2048, hop=512) and
        f[k] = k * sr / 2048. A frame of zeros has no centre and gives 0.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers or holds NaN or infinity, or sr is not positive and finite.

    Notes
    -----
    Source: G. Peeters, A large set of audio features for sound description, IRCAM 2004. Equal to
    `librosa.feature.spectral_centroid` with `center=False`.

    Examples
    --------
    >>> two_tones = np.cos(2 * np.pi * np.outer(np.arange(2048), [1000, 3000]) / 8192).sum(axis=1)
    >>> spectral_centroid(two_tones, sr=8192).round(1)
    array([2000.])
    """
    _positive("sr", sr)

    magnitudes = np.abs(stft(y, MEL_N_FFT, MEL_HOP))
    total = magnitudes.sum(axis=0)

    freqs = np.arange(len(magnitudes)) * sr / MEL_N_FFT
    return np.divide(freqs @ magnitudes, total, out=np.zeros_like(total), where=total > 0)
