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
from .clips import Clip, build_matrix, count_duplicates, make_clips
from .datasets import create_dataset, load_dataset
from .descriptors import spectral_centroid
from .error_analysis import accuracy_vs_snr, permutation_importance_band, worst_clips
from .evaluation import confusion, group_split, honest_score, leaky_score, precision_recall_f1
from .exhibits import museum
from .features import features_chroma, features_logmel
from .filters import add_noise, low_pass
from .fourier import alias_frequency, amplitude_spectrum, bin_to_hz, dft, dominant_frequency, hz_to_bin
from .leaks import find_the_leak
from .listening import describe, seconds_to_samples, silence
from .melodies import make_melody, note_dataset, save_melody
from .note_clips import make_note_clips
from .note_models import make_note_pipeline, note_model, train_and_fresh, train_note_classifier, tune
from .novelty import out_of_distribution
from .pickles import pickle_globals, running_versions
from .pitch import cents, hz_to_midi, midi_to_hz
from .plots import plot_mel_spectrogram
from .prediction import predict_file
from .projection import pca_2d
from .resolution import choose_n_fft, time_resolution
from .saving import is_suspicious, load_model, save_model, save_models
from .spectrograms import frame, hz_to_mel, mel_spectrogram, mel_to_hz, spectrogram_image, stft, to_db
from .synthesis import adsr, harmonic_tone, pluck
from .tones import add_fades, mix, periods_and_samples, sine, time_axis, tone_sequence, tone_then_silence
from .transcription import name_melody
from .tunes import play_tune
from .uncertainty import bootstrap_ci
from .wav import peak_normalise, quantise, read_wav, snr_db, to_int16, write_wav
