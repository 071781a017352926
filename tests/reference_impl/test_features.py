"""Tests of features: laws of levels and pitch classes first, then librosa as oracle."""

import librosa
import numpy as np
import pytest

from reference_impl import features_chroma, features_logmel

SR = 22050
FEATURES = [pytest.param(lambda y, sr: features_logmel(y, sr, 16), id="logmel"), pytest.param(features_chroma, id="chroma")]


@pytest.fixture
def rng():
    return np.random.default_rng(20180606)


def tone(midi, n=11025, amp=0.5):
    return amp * np.sin(2 * np.pi * 440 * 2 ** ((midi - 69) / 12) * np.arange(n) / SR)


def cosine(a, b):
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


# Both


@pytest.mark.parametrize("feature", FEATURES)
def test_the_length_is_independent_of_the_duration(rng, feature):
    assert len({feature(rng.standard_normal(n), SR).shape for n in (2048, 5000, 30000)}) == 1


@pytest.mark.parametrize("feature", FEATURES)
def test_the_signal_is_left_as_it_is(rng, feature):
    y = rng.standard_normal(5000)
    before = y.copy()
    feature(y, SR)
    np.testing.assert_array_equal(y, before)


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize(
    ("y", "sr", "match"),
    [(np.zeros((4096, 2)), SR, "one-dimensional"), (np.zeros(4096, np.int16), SR, "divide 16-bit samples by 32768"),
     (np.full(4096, np.nan), SR, "NaN or infinity"), (np.zeros(4096), 0, "sr=0 must be positive"), (np.zeros(4096), np.nan, "sr=nan must be positive")],
)
def test_what_is_no_signal_is_refused(feature, y, sr, match):
    with pytest.raises(ValueError, match=match):
        feature(y, sr)


# features_logmel


@pytest.mark.parametrize(("sr", "n", "n_mels"), [(22050, 11025, 40), (8000, 2048, 8), (44100, 50000, 64)])
def test_log_mel_equals_librosas(rng, sr, n, n_mels):
    y = 0.3 * rng.standard_normal(n)
    power = librosa.feature.melspectrogram(y=y, sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    expected = librosa.power_to_db(power, ref=512.0**2, amin=1e-15, top_db=None).mean(axis=1)
    np.testing.assert_allclose(features_logmel(y, sr, n_mels), expected, atol=1e-4)  # librosa's filters are float32


def test_a_signal_half_as_loud_is_6_db_lower_in_every_band(rng):
    y = 0.3 * rng.standard_normal(11025)
    np.testing.assert_allclose(features_logmel(y, SR, 20) - features_logmel(y / 2, SR, 20), 20 * np.log10(2), atol=1e-9)  # rounding


def test_silence_is_at_the_floor_in_every_band():
    np.testing.assert_array_equal(features_logmel(np.zeros(3000), SR, 5), -100.0)


def test_half_a_clip_of_silence_is_half_of_the_decibels(rng):
    sound = 0.3 * rng.standard_normal(2048 + 512 * 9)  # 10 frames; after it, 3 hold some sound and some silence, then 7 none
    clip = np.concatenate([sound, np.zeros(512 * 10)])
    gap = np.mean(features_logmel(clip, SR, 4)) - (np.mean(features_logmel(sound, SR, 4)) - 100.0) / 2
    assert 0.0 < gap < 100.0 * 3 / 20  # the three frames between


@pytest.mark.parametrize("n", [0, 1, 2047])
def test_a_clip_shorter_than_a_frame_is_refused(n):
    with pytest.raises(ValueError, match=rf"y has {n} samples; a mean needs one frame"):
        features_logmel(np.zeros(n), SR, 8)


@pytest.mark.parametrize("n_mels", [0, 2.5])
def test_what_is_no_number_of_bands_is_refused(n_mels):
    with pytest.raises(ValueError, match="n_mels"):
        features_logmel(np.zeros(4096), SR, n_mels)


# features_chroma


@pytest.mark.filterwarnings("ignore:n_fft=4096 is too large:UserWarning")  # librosa, of a clip shorter than a frame
@pytest.mark.parametrize(("sr", "n"), [(22050, 11025), (22050, 1000), (8000, 4096), (44100, 30000)])
def test_chroma_equals_librosas(rng, sr, n):
    y = 0.3 * rng.standard_normal(n)
    expected = librosa.feature.chroma_stft(y=y, sr=sr, n_fft=4096, tuning=0).mean(axis=1)
    np.testing.assert_allclose(features_chroma(y, sr), expected, atol=1e-6)  # librosa's filters are float32


@pytest.mark.parametrize("midi", range(48, 84))
def test_a_tone_is_strongest_in_its_own_pitch_class(midi):
    assert features_chroma(tone(midi), SR).argmax() == midi % 12


def test_a_signal_half_as_loud_has_the_same_chroma(rng):
    y = 0.3 * rng.standard_normal(8000)
    np.testing.assert_allclose(features_chroma(y / 2, SR), features_chroma(y, SR), atol=1e-12)  # rounding


def test_the_octave_hardly_matters():
    cosines = [cosine(features_chroma(tone(midi), SR), features_chroma(tone(midi + 12), SR)) for midi in range(48, 72)]
    assert np.mean(cosines) > 0.99 and min(cosines) > 0.98  # octave 3 is the worst: neighbouring semitones are 1.5 bins apart


def test_different_notes_differ():
    chromas = [features_chroma(tone(midi), SR) for midi in range(60, 72)]
    assert max(cosine(a, b) for i, a in enumerate(chromas) for b in chromas[:i]) < 0.4  # neighbouring semitones; others have 0.05


def test_a_transposition_is_a_roll():
    low, high = features_chroma(tone(60), SR), features_chroma(tone(67), SR)
    assert cosine(np.roll(low, 7), high) > 0.998  # as far as bins allow


def test_values_lie_between_0_and_1(rng):
    for y in (tone(70), rng.standard_normal(5000), np.zeros(5000)):
        chroma = features_chroma(y, SR)
        assert 0.0 <= chroma.min() and chroma.max() <= 1.0


def test_silence_has_no_pitch_class():
    np.testing.assert_array_equal(features_chroma(np.zeros(9000), SR), 0.0)


def test_a_single_sample_has_a_chroma():
    assert np.isfinite(features_chroma(np.array([0.5]), SR)).all()


def test_a_clip_without_samples_is_refused():
    with pytest.raises(ValueError, match="y has no samples"):
        features_chroma(np.zeros(0), SR)
