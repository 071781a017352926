"""Plots: pictures for people, saved as files. Axes are in seconds and Hz, levels in dB; no figure stays open."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .spectrograms import MEL_HOP, MEL_N_FFT, hz_to_mel, mel_spectrogram, mel_to_hz

N_BANDS = 128
DB_RANGE = -80.0, 0.0  # of the colours, the same in every picture


def plot_mel_spectrogram(y, sr, path):
    """Draw the mel spectrogram of a signal with its axes and a colour bar, and save the picture as PNG.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least 2048 samples long.
    sr : float
        Sampling rate in Hz, positive.
    path : str or Path
        The file to write, by its name a .png; if it exists, it is replaced.

    Returns
    -------
    None
        The file shows the levels `mel_spectrogram(y, sr, 128)`: time in seconds from left to right, each frame at its middle, frequency
        in Hz from bottom to top on a mel axis, where all bands are equally tall. The colours span -80 to 0 dB, whatever the signal.

    Raises
    ------
    ValueError
        If y is not one-dimensional, is shorter than a frame, is of integers or holds NaN or infinity, sr is not positive and finite,
        or path does not end in .png.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plot_mel_spectrogram(np.zeros(4096), 8000, Path(folder, "silence.png"))
    ...     Path(folder, "silence.png").read_bytes()[1:4]
    b'PNG'
    """
    db = mel_spectrogram(y, sr, N_BANDS)
    if db.shape[1] == 0:
        raise ValueError(f"y has {np.size(y)} samples; a picture needs a frame, {MEL_N_FFT} of them: did you pass seconds?")
    if not str(path).lower().endswith(".png"):
        raise ValueError(f"path={str(path)!r} must end in .png; other endings give other kinds of file")

    figure = Figure(figsize=(10.0, 4.0), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(title="Mel spectrogram", xlabel="time (s)", ylabel="frequency (Hz)")
    axes.set_yscale("function", functions=(hz_to_mel, mel_to_hz))
    levels = axes.pcolormesh(*_edges(sr, db.shape[1]), db, vmin=DB_RANGE[0], vmax=DB_RANGE[1], cmap="magma")
    axes.set_yticks([hz for hz in (250, 500, 1000, 2000, 4000, 8000, 16000) if hz <= sr / 2])
    figure.colorbar(levels, label="level (dB re a full-scale sine)")
    figure.savefig(path)


def _edges(sr, n_frames):
    """Where the frames begin and end in seconds, and the bands in Hz: half-way between neighbouring middles."""
    middles = MEL_N_FFT / 2 + MEL_HOP * (np.arange(n_frames + 1) - 0.5)
    # The triangle of band m peaks at the corner m + 1 of N_BANDS + 2.
    corners = np.arange(N_BANDS + 1) + 0.5
    return middles / sr, mel_to_hz(hz_to_mel(sr / 2.0) * corners / (N_BANDS + 1))
