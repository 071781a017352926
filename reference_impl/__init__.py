"""The reference implementation: pure functions by topic, all of them importable from here."""

from .classifiers import (
    beats_baseline,
    fit_logreg_gd,
    fit_threshold,
    log_loss,
    nearest_neighbour,
    save_classifier,
    sigmoid,
    train_silence_classifier,
)
from .datasets import create_dataset, load_dataset
from .spectrograms import frame, mel_spectrogram, spectrogram_image, stft, to_db
from .tones import add_fades, mix, periods_and_samples, sine, time_axis, tone_sequence, tone_then_silence
from .wav import peak_normalise, quantise, read_wav, snr_db, to_int16, write_wav
