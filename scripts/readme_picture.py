"""Draws book/_static/readme.png: the mel spectrogram of the signal that the course starts from, ten tones with a silence after each."""

from pathlib import Path

import librosa.display
import matplotlib.pyplot as plt

from reference_impl import mel_spectrogram, tone_sequence

SR = 22050
HOP = 512  # of mel_spectrogram
PICTURE = Path(__file__).parents[1] / "book" / "_static" / "readme.png"


def draw() -> plt.Figure:
    """The figure: seconds across, Hz upwards on the mel scale, level in dB re a full-scale sine."""
    db = mel_spectrogram(tone_sequence([500 * k for k in range(1, 11)], SR), SR, 128)

    figure, axes = plt.subplots(figsize=(9, 3), layout="constrained")
    image = librosa.display.specshow(db, sr=SR, hop_length=HOP, x_axis="time", y_axis="mel", cmap="magma", vmin=-80, vmax=0, ax=axes)
    axes.set_facecolor("black")  # behind the last incomplete frame
    axes.set(xlabel="time in s", ylabel="frequency in Hz", xticks=range(0, 21, 2), yticks=[500, 1000, 2000, 3000, 4000, 5000, 8000],
             title="Ten tones, 500 to 5000 Hz, a second each, and a second of silence after each")
    figure.colorbar(image, ax=axes, label="dB re a full-scale sine")
    return figure


if __name__ == "__main__":
    draw().savefig(PICTURE, dpi=110)
