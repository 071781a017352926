"""Tests of spectrograms: laws first, then librosa and numpy's own transform as oracles."""

import librosa
import numpy as np
import pytest

from reference_impl import frame, hz_to_mel, mel_spectrogram, mel_to_hz, spectrogram_image, stft, to_db

SR = 11025


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def tone(freq, amp=1.0, duration=1.0, sr=SR):
    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr)


# frame


@pytest.mark.parametrize(("n", "n_frames"), [(0, 0), (7, 0), (8, 1), (10, 1), (11, 2), (20, 5)])
def test_only_whole_frames_are_cut(n, n_frames):
    assert frame(np.arange(n), 8, 3).shape == (8, n_frames)


def test_column_t_starts_at_sample_t_times_hop(rng):
    y = rng.standard_normal(50)
    frames = frame(y, 8, 3)
    for t in range(frames.shape[1]):
        np.testing.assert_array_equal(frames[:, t], y[3 * t : 3 * t + 8])


def test_writing_into_one_frame_changes_nothing_else(rng):
    y = rng.standard_normal(50)
    before, frames = y.copy(), frame(y, 8, 3)
    others = frames[:, 1:].copy()
    frames[:, 0] = 99.0
    np.testing.assert_array_equal(frames[:, 1:], others)
    np.testing.assert_array_equal(y, before)


# stft


def test_stft_equals_librosa_without_centring(rng):
    y = rng.standard_normal(4000)
    ours, theirs = stft(y, 512, 100), librosa.stft(y, n_fft=512, hop_length=100, center=False)
    np.testing.assert_allclose(ours, theirs, atol=1e-9)  # rounding gives 1e-14; a symmetric window 0.14


def test_stft_is_linear(rng):
    a, b = rng.standard_normal((2, 2000))
    np.testing.assert_allclose(stft(2 * a - b, 256, 64), 2 * stft(a, 256, 64) - stft(b, 256, 64), atol=1e-12)  # rounding


def test_a_signal_shorter_than_a_frame_has_no_frames():
    assert stft(np.ones(100), 256, 64).shape == (129, 0)


# to_db


def test_half_power_is_3_db_down():
    assert to_db(0.5) == pytest.approx(-10 * np.log10(2))


def test_zero_power_reads_the_floor():
    np.testing.assert_array_equal(to_db([0.0, 1e-30, 1e-5], floor_db=-60.0), [-60.0, -60.0, -50.0])


def test_a_floor_too_low_for_a_float_gives_no_infinity():
    assert np.isfinite(to_db(0.0, floor_db=-1e6))


def test_amplitude_times_k_raises_the_level_by_20_log10_k(rng):
    S, k = rng.uniform(1e-3, 1, (4, 5)), 3.7
    np.testing.assert_allclose(to_db(k**2 * S), to_db(S) + 20 * np.log10(k), atol=1e-12)  # rounding


def test_the_reference_power_reads_0_db():
    assert to_db(0.2, ref=0.2) == 0.0


# hz_to_mel, mel_to_hz


def test_mel_is_librosas_on_both_sides_of_1_khz(rng):
    hz = np.concatenate([[0.0, 1000.0], rng.uniform(0, 1000, 20), rng.uniform(1000, 20000, 20)])
    np.testing.assert_allclose(hz_to_mel(hz), librosa.hz_to_mel(hz), rtol=1e-12)  # rounding
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz, rtol=1e-12)


def test_6400_hz_are_27_mel_above_1000_hz():
    assert hz_to_mel(6400.0) - hz_to_mel(1000.0) == pytest.approx(27.0)


def test_mel_rises_without_a_jump():
    mel = hz_to_mel(np.linspace(900, 1100, 2001))
    assert 0 < np.diff(mel).min() < np.diff(mel).max() < 2e-3  # 0.1 Hz are 1.5e-3 mel below 1 kHz, and 1.45e-3 just above


# mel_spectrogram


@pytest.mark.parametrize(("sr", "n_mels"), [(22050, 128), (11025, 64), (44100, 40), (1600, 8)])
def test_mel_spectrogram_equals_librosas_filters_over_a_full_scale_sine(rng, sr, n_mels):
    # librosa.feature.melspectrogram is these filters times |stft|², but it takes 13 s to compile before its first answer.
    y = rng.uniform(-1, 1, 3 * sr)
    power = np.abs(librosa.stft(y, n_fft=2048, hop_length=512, center=False)) ** 2
    expected = 10 * np.log10(librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels, dtype=np.float64) @ power / 512**2)
    np.testing.assert_allclose(mel_spectrogram(y, sr, n_mels), expected, atol=1e-6)  # rounding gives 1e-11


def test_a_tone_half_as_loud_reads_6_db_less_in_every_band_above_the_floor():
    loud, soft = mel_spectrogram(tone(440), SR, 64), mel_spectrogram(tone(440, amp=0.5), SR, 64)
    above = soft > -99.0
    assert above.any()
    np.testing.assert_allclose((loud - soft)[above], 20 * np.log10(2), atol=1e-6)  # rounding gives 1e-9 near the floor


def test_a_full_scale_tone_stays_below_0_db():
    assert -40 < mel_spectrogram(tone(1000), SR, 64).max() < 0  # ref=1 would read +37 dB


def test_silence_reads_the_floor_everywhere():
    np.testing.assert_array_equal(mel_spectrogram(np.zeros(SR), SR, 64), -100.0)


def test_a_tone_sounds_in_the_band_around_its_frequency():
    centres = librosa.mel_frequencies(n_mels=66, fmax=SR / 2)[1:-1]
    for freq in (300.0, 1000.0, 4000.0):
        loudest = mel_spectrogram(tone(freq), SR, 64).mean(axis=1).argmax()
        assert abs(loudest - np.abs(centres - freq).argmin()) <= 1  # a tone between two bands may fall to either


# spectrogram_image


def test_low_frequencies_lie_at_the_bottom():
    assert spectrogram_image(mel_spectrogram(tone(200), SR, 64)).mean(axis=1).argmax() > 32


def test_the_range_is_fixed_from_black_to_white():
    np.testing.assert_array_equal(spectrogram_image([[-200.0, -80.0, -40.0, 0.0, 20.0]]), [[0, 0, 128, 255, 255]])


def test_a_louder_pixel_is_never_darker(rng):
    levels = np.sort(rng.uniform(-120, 20, 300))
    assert (np.diff(spectrogram_image(levels[np.newaxis]).astype(int)) >= 0).all()


def test_the_image_has_a_pixel_for_every_band_of_every_frame():
    image = spectrogram_image(mel_spectrogram(tone(440), SR, 40))
    assert image.shape == (40, 1 + (SR - 2048) // 512)
    assert image.dtype == np.uint8


# What is refused


@pytest.mark.parametrize(("call", "message"), [
    (lambda: frame(np.zeros((2, 9)), 4, 2), r"y has shape \(2, 9\)"),
    (lambda: frame([0.0, np.nan], 2, 1), "y holds NaN"),
    (lambda: frame(np.zeros(9), 0, 2), "n_fft=0 must be"),
    (lambda: frame(np.zeros(9), 4, 2.0), "hop=2.0 must be"),
    (lambda: frame(np.zeros(9), True, 2), "n_fft=True must be"),
    (lambda: stft(np.arange(9), 4, 2), "dtype int64; a signal is of floats"),
    (lambda: mel_spectrogram(np.zeros(3000, np.int16), SR, 8), "dtype int16; a signal is of floats"),
    (lambda: mel_spectrogram(np.zeros(3000), 0, 8), "sr=0 must be positive"),
    (lambda: mel_spectrogram(np.zeros(3000), np.nan, 8), "sr=nan must be positive"),
    (lambda: hz_to_mel([440.0, np.nan]), "hz holds NaN or infinity"),
    (lambda: mel_to_hz(np.inf), "mel holds NaN or infinity"),
    (lambda: mel_spectrogram(np.zeros(3000), SR, 8.5), "n_mels=8.5 must be"),
    (lambda: to_db(1j), "did you pass the STFT"),
    (lambda: to_db([1.0, -2.0]), "S holds -2; powers"),
    (lambda: to_db(np.inf), "S holds NaN or infinity"),
    (lambda: to_db(1.0, ref=0.0), "ref=0.0 must be"),
    (lambda: to_db(1.0, floor_db=-np.inf), "floor_db=-inf must be"),
    (lambda: spectrogram_image(np.zeros(4)), r"db has shape \(4,\)"),
    (lambda: spectrogram_image(np.zeros((4, 0))), r"db has shape \(4, 0\)"),
    (lambda: spectrogram_image([[-np.inf]]), "db holds NaN or infinity"),
    (lambda: spectrogram_image([[0.0]], lo=0.0, hi=-80.0), "lo=0.0 must be below hi=-80.0"),
])
def test_bad_input_is_refused_with_its_likely_cause(call, message):
    with pytest.raises(ValueError, match=message):
        call()
