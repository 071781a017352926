"""Draws two pictures of the signal that the course starts from, ten tones with a silence after each, as a mel spectrogram: book/_static/readme.png,
and book/_static/card.png, which other sites show beside a link to the book."""

from pathlib import Path

import librosa.display
import matplotlib.pyplot as plt
import numpy as np

from reference_impl import mel_spectrogram, tone_sequence

SR = 22050
HOP = 512  # of mel_spectrogram
STATIC = Path(__file__).parents[1] / "book" / "_static"
CARD = (1200, 630)  # pixels: what link previews are cut to


def spectrogram() -> np.ndarray:
    """dB re a full-scale sine, (mel bands, frames)."""
    return mel_spectrogram(tone_sequence([500 * k for k in range(1, 11)], SR), SR, 128)


def draw_card() -> plt.Figure:
    """The card: the bare picture, and on it the title."""
    figure = plt.figure(figsize=(CARD[0] / 100, CARD[1] / 100), facecolor="black")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(spectrogram(), origin="lower", aspect="auto", cmap="magma", vmin=-80, vmax=0)
    axes.set_axis_off()
    figure.text(0.2, 0.36, "Basics of Machine Learning\nfor Music DSP", color="white", fontsize=42, fontweight="bold", va="top", linespacing=1.25)
    figure.text(0.2, 0.09, "Read, hear, play.", color="white", fontsize=24, va="top")
    return figure


def draw() -> plt.Figure:
    """The figure: seconds across, Hz upwards on the mel scale, level in dB re a full-scale sine."""
    figure, axes = plt.subplots(figsize=(9, 3), layout="constrained")
    image = librosa.display.specshow(spectrogram(), sr=SR, hop_length=HOP, x_axis="time", y_axis="mel", cmap="magma", vmin=-80, vmax=0, ax=axes)
    axes.set_facecolor("black")  # behind the last incomplete frame
    axes.set(xlabel="time in s", ylabel="frequency in Hz", xticks=range(0, 21, 2), yticks=[500, 1000, 2000, 3000, 4000, 5000, 8000],
             title="Ten tones, 500 to 5000 Hz, a second each, and a second of silence after each")
    figure.colorbar(image, ax=axes, label="dB re a full-scale sine")
    return figure


if __name__ == "__main__":
    draw().savefig(STATIC / "readme.png", dpi=110)
    draw_card().savefig(STATIC / "card.png", dpi=100)
