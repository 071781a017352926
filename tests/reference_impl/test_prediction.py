"""Prediction from files: the features are compared with librosa's resampling and chroma, by a model that hands them on."""

import librosa
import numpy as np
import pytest
from scipy.io import wavfile
from sklearn.neighbors import KNeighborsClassifier

from reference_impl import features_chroma, harmonic_tone, predict_file, save_model, write_wav

MIDI = (60, 62, 64, 65, 67, 69, 71)


def note(midi, sr, duration=0.5):
    return 0.4 * harmonic_tone(440.0 * 2 ** ((midi - 69) / 12), duration, sr, 4, 0.5)


@pytest.fixture
def model_path(tmp_path):
    """A model of the seven notes at 16000 Hz."""
    X = [features_chroma(note(midi, 16000), 16000) for midi in MIDI]
    model = KNeighborsClassifier(n_neighbors=1).fit(X, list("CDEFGAB"))
    save_model(tmp_path / "note.p", model, {"sr": 16000, "n_fft": 4096, "feature": "chroma", "seed": 0})
    return tmp_path / "note.p"


@pytest.mark.parametrize("sr", [8000, 16000, 22050, 44100])
def test_notes_are_named_at_every_rate(model_path, tmp_path, sr):
    for midi, name in zip(MIDI, "CDEFGAB", strict=True):
        write_wav(tmp_path / "note.wav", note(midi + 0.2, sr), sr)
        assert predict_file(str(model_path), str(tmp_path / "note.wav")) == name


@pytest.mark.parametrize("sr", [8000, 44100])
def test_the_model_gets_the_features_of_training(tmp_path, sr):
    y = np.concatenate([note(61.8, sr, 0.5), note(69.1, sr, 0.3)])
    expected = librosa.feature.chroma_stft(y=librosa.resample(y, orig_sr=sr, target_sr=22050), sr=22050, n_fft=4096, tuning=0).mean(axis=1)
    around = [expected + sign * 0.008 * unit for unit in np.eye(12) for sign in (1, -1)]
    model = KNeighborsClassifier(n_neighbors=1).fit([expected, *around] * 3, (["as in training"] + 24 * ["off"]) * 3)
    save_model(tmp_path / "exact.p", model, {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 0})
    write_wav(tmp_path / "clip.wav", y, sr)
    # Each of the twelve values is less than half of 0.008 away from librosa's; two resamplers differ by 0.0004 (200 seeds).
    assert predict_file(tmp_path / "exact.p", tmp_path / "clip.wav") == "as in training"


def test_channels_are_averaged(model_path, tmp_path):
    y = note(67, 16000)
    samples = np.rint(32767 * np.column_stack([np.zeros(y.size), y])).astype(np.int16)
    for channels in (samples, samples[:, ::-1]):
        wavfile.write(tmp_path / "stereo.wav", 16000, channels)
        assert predict_file(model_path, tmp_path / "stereo.wav") == "G"
    wavfile.write(tmp_path / "opposite.wav", 16000, np.column_stack([samples[:, 1], -samples[:, 1]]))
    assert predict_file(model_path, tmp_path / "opposite.wav") == "silence"


@pytest.mark.parametrize(("rms", "expected"), [(0.0, "silence"), (0.0008, "silence"), (0.0012, "E")])
def test_below_a_thousandth_it_is_silence(model_path, tmp_path, rms, expected):
    y = note(64, 22050)
    write_wav(tmp_path / "soft.wav", y * rms / np.sqrt(np.mean(y**2)), 22050)
    assert predict_file(model_path, tmp_path / "soft.wav") == expected


def test_a_tenth_of_a_second_is_needed(model_path, tmp_path):
    write_wav(tmp_path / "clip.wav", note(69, 8000)[:800], 8000)
    assert predict_file(model_path, tmp_path / "clip.wav") in "CDEFGAB"
    for y in (note(69, 8000)[:799], np.zeros(0)):
        write_wav(tmp_path / "clip.wav", y, 8000)
        with pytest.raises(ValueError, match="needs at least 0.1 s"):
            predict_file(model_path, tmp_path / "clip.wav")


def test_a_missing_file_is_told(model_path, tmp_path):
    with pytest.raises(FileNotFoundError, match="none.wav"):
        predict_file(model_path, tmp_path / "none.wav")
    with pytest.raises(FileNotFoundError, match="none.p"):
        predict_file(tmp_path / "none.p", tmp_path / "none.wav")
