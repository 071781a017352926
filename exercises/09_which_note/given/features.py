"""Features of clips: one row of numbers a clip, of the same length for every duration. Signals are 1-D floats; frequencies are Hz."""

from functools import lru_cache

import numpy as np

from .spectrograms import MEL_N_FFT, _float_signal, _positive, mel_spectrogram, stft

CHROMA_N_FFT = 4096  # samples in a frame: 186 ms at 22050 Hz, which tells semitones apart from about C3 on
CHROMA_HOP = 512  # samples from one of its frames to the next
A0_HZ = 27.5  # four octaves below A4


def features_logmel(y, sr, n_mels):
    """Mean level of a clip in each mel band.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least one frame of 2048 samples.
    sr : float
        Sampling rate in Hz, positive.
    n_mels : int
        Number of mel bands between 0 Hz and sr / 2, at least 1.

    Returns
    -------
    float array (n_mels,)
        The mean over time of `mel_spectrogram(y, sr, n_mels)`, in dB re a full-scale sine, -100 for digital silence. It is a mean of
        levels, not the level of a mean: a moment of silence counts as much as a moment of sound.

    Raises
    ------
    ValueError
        If y is shorter than 2048 samples, or mel_spectrogram refuses y, sr or n_mels.

    Examples
    --------
    >>> features_logmel(np.zeros(4096), sr=22050, n_mels=3)
    array([-100., -100., -100.])
    """
    y = _float_signal(y)
    if y.size < MEL_N_FFT:
        raise ValueError(f"y has {y.size} samples; a mean needs one frame of {MEL_N_FFT} or more: was the clip cut too short?")

    return mel_spectrogram(y, sr, n_mels).mean(axis=1)


def features_chroma(y, sr):
    """How strongly each of the twelve pitch classes sounds in a clip, whatever the octave.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least one sample.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    float array (12,)
        The mean over time of the chroma, C first, B last. In frame t chroma c is sum over k of W[c, k] * |X[k, t]|², divided by the
        largest of the twelve (a frame of zeros gives zeros), with X the Fourier transform of 4096 samples around t * 512 under a
        periodic Hann window, as if zeros stood before and after the signal. W spreads each frequency over its nearest pitch classes,
        A at 440 Hz, and weights each by its distance in octaves from A5. All values lie in [0, 1].

    Raises
    ------
    ValueError
        If y is empty, not one-dimensional, of integers or holds NaN or infinity, or sr is not positive and finite.

    Notes
    -----
    Source: D. Ellis, Chroma Feature Analysis and Synthesis (2007). Equal to the time mean of
    `librosa.feature.chroma_stft(n_fft=4096, tuning=0)`.

    Examples
    --------
    >>> a4 = np.sin(2 * np.pi * 440 * np.arange(11025) / 22050)
    >>> int(features_chroma(a4, sr=22050).argmax())  # C, C sharp, D, …
    9
    """
    y = _float_signal(y)
    _positive("sr", sr)
    if y.size == 0:
        raise ValueError("y has no samples; a clip needs at least one: was it cut out beyond the recording's end?")

    power = np.abs(stft(np.pad(y, CHROMA_N_FFT // 2), CHROMA_N_FFT, CHROMA_HOP)) ** 2
    chroma = _chroma_filters(sr, CHROMA_N_FFT) @ power

    loudest = chroma.max(axis=0)
    return (chroma / np.where(loudest > 0.0, loudest, 1.0)).mean(axis=1)


@lru_cache(maxsize=16)
def _chroma_filters(sr, n_fft):
    """Weights (12, 1 + n_fft // 2) of the frequencies in each pitch class, as in librosa.filters.chroma.

    Kept from call to call, and so never to be written into: making them takes nearly half of a short clip's chroma.
    """
    semitones = 12.0 * np.log2(np.arange(1, n_fft // 2 + 2) * sr / n_fft / A0_HZ)
    semitones = np.insert(semitones, 0, semitones[0] - 18.0)  # 0 Hz has no pitch: a place between two classes
    widths = np.maximum(np.diff(semitones), 1.0)
    semitones = semitones[:-1]

    classes = np.arange(3, 15)[:, np.newaxis]  # C lies three semitones above A
    away = (semitones - classes + 6.0) % 12.0 - 6.0  # from -6 to 6 semitones
    bumps = np.exp(-0.5 * (2.0 * away / widths) ** 2)
    octaves = np.exp(-0.5 * ((semitones / 12.0 - 5.0) / 2.0) ** 2)
    return bumps / np.linalg.norm(bumps, axis=0) * octaves
