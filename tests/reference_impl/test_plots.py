"""Tests of plots: the figure is asked as it is saved, the file by Pillow; librosa says where a mel band lies."""

import librosa
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image

from reference_impl import mel_spectrogram, plot_mel_spectrogram

SR = 16000


def tone(freq, amp=0.5, duration=0.5):
    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * SR)) / SR)


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Plots a signal; the picture's axes, its mesh, and the path it was saved to."""
    figures, save = [], Figure.savefig

    def savefig(figure, *args, **kwargs):
        figures.append(figure)
        save(figure, *args, **kwargs)

    def plot(y):
        plot_mel_spectrogram(y, SR, tmp_path / "picture.png")
        axes = figures[-1].axes[0]
        return axes, axes.collections[0], tmp_path / "picture.png"

    monkeypatch.setattr(Figure, "savefig", savefig)
    return plot


def test_the_file_is_a_png_picture(saved):
    _, _, path = saved(tone(1000))
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (1000, 400)


def test_an_existing_file_is_replaced(saved, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"old")
    _, _, path = saved(tone(1000))
    assert path.read_bytes()[:4] == b"\x89PNG"


def test_the_colours_are_the_levels_on_a_fixed_range(saved):
    for amp in (0.5, 0.005):
        _, mesh, _ = saved(tone(1000, amp))
        np.testing.assert_array_equal(mesh.get_array(), mel_spectrogram(tone(1000, amp), SR, 128))
        assert mesh.get_clim() == (-80.0, 0.0)


def test_a_frame_lies_at_its_middle_in_seconds(saved):
    _, mesh, _ = saved(tone(1000))
    edges = mesh.get_coordinates()[0, :, 0]
    expected = (512 * np.arange(12) + 1024) / SR
    np.testing.assert_allclose((edges[1:] + edges[:-1]) / 2, expected, atol=1e-9)  # rounding


def test_a_band_lies_around_its_centre_in_hz(saved):
    _, mesh, _ = saved(tone(1000))
    edges = mesh.get_coordinates()[:, 0, 1]
    centres = librosa.mel_frequencies(n_mels=130, fmax=SR / 2)[1:-1]
    assert (edges[:-1] < centres).all()
    assert (centres < edges[1:]).all()


def test_all_bands_are_equally_tall(saved):
    axes, mesh, _ = saved(tone(1000))
    edges = mesh.get_coordinates()[:, 0, 1]
    heights = np.diff(axes.transData.transform(np.column_stack([np.zeros_like(edges), edges]))[:, 1])
    np.testing.assert_allclose(heights, heights.mean(), rtol=1e-6)  # rounding; on an axis linear in Hz up to 3 times the mean


def test_title_axes_and_colour_bar_say_what_they_show(saved):
    axes, mesh, _ = saved(tone(1000))
    assert (axes.get_title(), axes.get_xlabel(), axes.get_ylabel()) == ("Mel spectrogram", "time (s)", "frequency (Hz)")
    assert "dB" in mesh.colorbar.ax.get_ylabel()


def test_no_figure_stays_open(saved):
    before = plt.get_fignums()
    saved(tone(1000))
    assert plt.get_fignums() == before


@pytest.mark.parametrize(("y", "sr", "name", "message"), [
    (np.zeros(2047), SR, "a.png", "y has 2047 samples; a picture needs a frame, 2048 of them"),
    (np.zeros((2, 4096)), SR, "a.png", r"y has shape \(2, 4096\)"),
    (np.zeros(4096), -1, "a.png", "sr=-1 must be positive"),
    (np.zeros(4096), SR, "a.jpg", r"path='.*a\.jpg' must end in \.png"),
])
def test_bad_input_is_refused_with_its_likely_cause(tmp_path, y, sr, name, message):
    with pytest.raises(ValueError, match=message):
        plot_mel_spectrogram(y, sr, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
