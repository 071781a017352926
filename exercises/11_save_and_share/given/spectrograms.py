"""Spectrograms. Signals are 1-D floats in [-1, 1]; arrays are (frequency, time); frequencies are Hz, levels are dB.

No function pads: frame t covers the samples y[t * hop : t * hop + n_fft], and what does not fill a whole frame is dropped.
"""

from functools import lru_cache
from numbers import Integral

import numpy as np

MEL_N_FFT = 2048  # samples in a frame of mel_spectrogram
MEL_HOP = 512  # samples from one of its frames to the next


def frame(y, n_fft, hop):
    """Cut a signal into overlapping frames, one a column.

    Parameters
    ----------
    y : array (n,)
        Signal; a signal shorter than n_fft has no frames.
    n_fft : int
        Length of a frame in samples, at least 1.
    hop : int
        Distance between the starts of neighbouring frames in samples, at least 1.

    Returns
    -------
    array (n_fft, n_frames)
        frames[k, t] = y[t * hop + k], with n_frames = 1 + (n - n_fft) // hop; a copy that shares no memory with y.

    Raises
    ------
    ValueError
        If y is not one-dimensional or holds NaN or infinity, or n_fft or hop is not a positive whole number.

    Examples
    --------
    >>> frame([0.0, 0.1, 0.2, 0.3, 0.4], n_fft=3, hop=2)
    array([[0. , 0.2],
           [0.1, 0.3],
           [0.2, 0.4]])
    """
    y = _signal(y)
    _whole("n_fft", n_fft)
    _whole("hop", hop)

    if y.size < n_fft:
        return np.empty((n_fft, 0), dtype=y.dtype)

    return np.lib.stride_tricks.sliding_window_view(y, n_fft)[::hop].copy().T


def stft(y, n_fft, hop):
    """Short-time Fourier transform with a periodic Hann window, without centring.

    Parameters
    ----------
    y : float array (n,)
        Signal; a signal shorter than n_fft has no frames.
    n_fft : int
        Length of a frame and of its transform in samples, at least 1.
    hop : int
        Distance between the starts of neighbouring frames in samples, at least 1.

    Returns
    -------
    complex array (1 + n_fft // 2, n_frames)
        X[k, t] = sum over m of y[t * hop + m] * w[m] * exp(-2j * pi * k * m / n_fft), with the window
        w[m] = 0.5 - 0.5 * cos(2 * pi * m / n_fft). Row k lies at the frequency k * sr / n_fft.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers or holds NaN or infinity, or n_fft or hop is not a positive whole number.

    Notes
    -----
    Source: A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, section 10.3. Equal to `librosa.stft`
    with `center=False`.

    Examples
    --------
    >>> cosine = np.cos(2 * np.pi * 2 * np.arange(8) / 8)
    >>> np.abs(stft(cosine, n_fft=8, hop=8))[:, 0].round(6)
    array([0., 1., 2., 1., 0.])
    """
    y = _float_signal(y)

    frames = frame(y, n_fft, hop)

    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    return np.fft.rfft(frames.T * window).T  # along rows, in which a frame's samples lie side by side


def to_db(S, ref=1.0, floor_db=-100.0):
    """Power to decibels.

    Parameters
    ----------
    S : array of any shape
        Power, not negative.
    ref : float
        The power that reads 0 dB, positive.
    floor_db : float
        The lowest level that is returned, in dB; zero power, which has no logarithm, comes back as this.

    Returns
    -------
    float array of S's shape (a float for a number)
        max(10 * log10(S / ref), floor_db) in dB.

    Raises
    ------
    ValueError
        If S is complex, negative, NaN or infinite, ref is not positive and finite, or floor_db is not finite.

    Examples
    --------
    >>> to_db([1.0, 0.5, 0.0]).round(2)
    array([   0.  ,   -3.01, -100.  ])
    """
    S = np.asarray(S)
    if np.iscomplexobj(S):
        raise ValueError(f"S has dtype {S.dtype}; powers are real: did you pass the STFT instead of np.abs(X) ** 2?")
    S = S.astype(float)
    if not np.isfinite(S).all():
        raise ValueError("S holds NaN or infinity; powers must be finite: was there a division by zero before?")
    if (S < 0).any():
        raise ValueError(f"S holds {S.min():g}; powers must not be negative: did you pass amplitudes or levels in dB?")
    if not (np.isfinite(ref) and ref > 0):
        raise ValueError(f"ref={ref} must be a positive, finite power; is it the maximum of a silent clip?")
    if not np.isfinite(floor_db):
        raise ValueError(f"floor_db={floor_db} must be finite; zero power needs a level that can be drawn")

    # The floor as a power: the logarithm then never sees a zero. Where it is too small for a float, the tiniest one serves.
    lowest = max(10.0 ** (floor_db / 10.0), np.finfo(float).tiny)
    return np.maximum(10.0 * np.log10(np.maximum(S / ref, lowest)), floor_db)[()]


def hz_to_mel(hz):
    """Frequency on Slaney's mel scale: linear up to 1 kHz, logarithmic above.

    Parameters
    ----------
    hz : float or array of any shape
        Frequency in Hz.

    Returns
    -------
    float array of hz's shape (a float for a number)
        hz * 15 / 1000 up to 1000 Hz, 15 + 27 * log(hz / 1000) / log(6.4) above, in mel.

    Raises
    ------
    ValueError
        If hz holds NaN or infinity.

    Notes
    -----
    Source: M. Slaney, Auditory Toolbox, version 2, Interval Research TR 1998-010.

    Examples
    --------
    >>> hz_to_mel([200.0, 1000.0, 6400.0])
    array([ 3., 15., 42.])
    """
    khz = _finite("hz", hz) / 1000.0

    return np.where(khz <= 1.0, 15.0 * khz, 15.0 + 27.0 * np.log(np.maximum(khz, 1.0)) / np.log(6.4))[()]


def mel_to_hz(mel):
    """Frequency in Hz of a place on Slaney's mel scale: the inverse of hz_to_mel.

    Parameters
    ----------
    mel : float or array of any shape
        Place on the scale in mel.

    Returns
    -------
    float array of mel's shape (a float for a number)
        mel * 1000 / 15 up to 15 mel, 1000 * 6.4 ** ((mel - 15) / 27) above, in Hz.

    Raises
    ------
    ValueError
        If mel holds NaN or infinity.

    Examples
    --------
    >>> mel_to_hz([3.0, 15.0, 42.0])
    array([ 200., 1000., 6400.])
    """
    mel = _finite("mel", mel)

    return 1000.0 * np.where(mel <= 15.0, mel / 15.0, 6.4 ** ((mel - 15.0) / 27.0))[()]


def mel_spectrogram(y, sr, n_mels):
    """Mel spectrogram in dB relative to a full-scale sine, the same reference for every clip.

    Parameters
    ----------
    y : float array (n,)
        Signal; a signal shorter than 2048 samples has no frames.
    sr : float
        Sampling rate in Hz, positive.
    n_mels : int
        Number of mel bands between 0 Hz and sr / 2, at least 1.

    Returns
    -------
    float array (n_mels, n_frames)
        Levels in dB, at least -100: `to_db(M @ |X|² / (n_fft / 4)²)`, with X = stft(y, n_fft=2048, hop=512) and the triangular
        filters M on Slaney's mel scale. n_fft / 4 is |X| of a sine of amplitude 1 at a bin: half of its amplitude
        times the sum n_fft / 2 of the window. The filters have equal areas, so a tone in a wide band reads lower.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is of integers or holds NaN or infinity, sr is not positive, or n_mels is not a positive
        whole number.

    Notes
    -----
    Source: M. Slaney, Auditory Toolbox, version 2, Interval Research TR 1998-010. Equal to `librosa.feature.melspectrogram`
    with `center=False`, divided by (n_fft / 4)².

    Examples
    --------
    >>> mel_spectrogram(np.zeros(4096), sr=8000, n_mels=2)
    array([[-100., -100., -100., -100., -100.],
           [-100., -100., -100., -100., -100.]])
    """
    y = _float_signal(y)
    _positive("sr", sr)
    _whole("n_mels", n_mels)

    power = np.abs(stft(y, MEL_N_FFT, MEL_HOP)) ** 2

    return to_db(_mel_filters(sr, MEL_N_FFT, n_mels) @ power, ref=(MEL_N_FFT / 4) ** 2)


def spectrogram_image(db, lo=-80.0, hi=0.0):
    """A spectrogram as a grey image: the level range is fixed, low frequencies lie at the bottom.

    Parameters
    ----------
    db : array (n_frequencies, n_frames)
        Levels in dB, lowest frequency first.
    lo, hi : float
        The levels drawn black (0) and white (255), in dB; what lies outside is black or white.

    Returns
    -------
    uint8 array (n_frequencies, n_frames)
        round(255 * (db - lo) / (hi - lo)) within 0 to 255, upside down: images count their rows from the top.

    Raises
    ------
    ValueError
        If db is not two-dimensional, is empty, or holds NaN or infinity, or lo is not below hi.

    Examples
    --------
    >>> spectrogram_image([[-80.0, -60.0], [-16.0, 0.0]])
    array([[204, 255],
           [  0,  64]], dtype=uint8)
    """
    db = np.asarray(db, dtype=float)
    if db.ndim != 2 or db.size == 0:
        raise ValueError(f"db has shape {db.shape}; it must be (frequency, time) and not empty: is the clip shorter than a frame?")
    if not np.isfinite(db).all():
        raise ValueError("db holds NaN or infinity; levels must be finite: does a logarithm of zero lack its floor?")
    if not (np.isfinite(lo) and np.isfinite(hi) and lo < hi):
        raise ValueError(f"lo={lo} must be below hi={hi}, both finite; are the two swapped?")

    grey = np.clip((db - lo) / (hi - lo), 0.0, 1.0)
    return np.round(255.0 * grey[::-1]).astype(np.uint8)


@lru_cache(maxsize=16)
def _mel_filters(sr, n_fft, n_mels):
    """Triangles of area 1 on Slaney's mel scale, (n_mels, 1 + n_fft // 2); their corners are evenly spaced in mel from 0 to sr / 2.

    Kept from call to call, and so never to be written into: making them takes a quarter of a second's spectrogram.
    """
    corners = mel_to_hz(np.linspace(0.0, hz_to_mel(sr / 2.0), n_mels + 2))

    left, centre, right = corners[:-2, np.newaxis], corners[1:-1, np.newaxis], corners[2:, np.newaxis]
    freqs = np.fft.rfftfreq(n_fft, 1.0 / sr)
    triangles = np.minimum((freqs - left) / (centre - left), (right - freqs) / (right - centre))
    return np.maximum(triangles, 0.0) * 2.0 / (right - left)


def _signal(y):
    y = np.asarray(y)
    if y.ndim != 1:
        raise ValueError(f"y has shape {y.shape}; a signal is one-dimensional: is it stereo, or a batch of clips?")
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity; a signal must be finite: was silence divided by its own peak?")
    return y


def _float_signal(y):
    y = _signal(y)
    if y.size and not np.issubdtype(y.dtype, np.floating):
        raise ValueError(f"y has dtype {y.dtype}; a signal is of floats in [-1, 1]: divide 16-bit samples by 32768")
    return y


def _finite(name, values):
    values = np.asarray(values, dtype=float)
    if not np.isfinite(values).all():
        raise ValueError(f"{name} holds NaN or infinity; a frequency must be finite: was something divided by zero?")
    return values


def _whole(name, value):
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name}={value!r} must be a positive whole number; did you divide with / instead of //, or pass Hz or seconds?")


def _positive(name, value):
    if not (np.isfinite(value) and value > 0):
        raise ValueError(f"{name}={value} must be positive and finite; is it the sampling rate in Hz?")
