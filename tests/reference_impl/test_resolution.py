"""Tests of resolution: the rule by trying every power of two, and what the rule is for, by looking at two tones."""

import librosa
import numpy as np
import pytest
import scipy.signal

from reference_impl import choose_n_fft, time_resolution


@pytest.fixture
def rng():
    return np.random.default_rng(20180402)


# time_resolution


def test_a_frame_of_8000_samples_at_8000_hz_is_a_second():
    assert time_resolution(8000, 8000) == pytest.approx(1.0)


def test_time_resolution_is_librosas_time_of_that_many_samples(rng):
    for n_fft, sr in zip(rng.integers(1, 10000, 5).tolist(), rng.uniform(1000, 48000, 5), strict=True):
        assert time_resolution(n_fft, sr) == pytest.approx(librosa.samples_to_time(n_fft, sr=sr))


def test_what_is_twice_as_sharp_in_frequency_is_half_as_sharp_in_time():
    assert time_resolution(4096, 22050) == pytest.approx(2 * time_resolution(2048, 22050))


# choose_n_fft


def least_dip_db(n_fft, f_low, cents, sr):
    """How far the spectrum falls between two equal tones, below the lower of their peaks, at the worst phase between them."""
    f_high = f_low * 2 ** (cents / 1200)
    t, window = np.arange(n_fft) / sr, scipy.signal.get_window("hann", n_fft)
    low, high = (round(8 * n_fft * f / sr) for f in (f_low, f_high))  # of a spectrum with 8 points a bin
    middle, reach = (low + high) // 2, (high - low) // 2 + 8
    dips = []
    for phase in np.linspace(0, 2 * np.pi, 60):
        y = np.sin(2 * np.pi * f_low * t) + np.sin(2 * np.pi * f_high * t + phase)
        level = 20 * np.log10(np.abs(np.fft.rfft(y * window, 8 * n_fft)))
        left = middle - reach + level[middle - reach : middle + 1].argmax()
        right = middle + level[middle : middle + reach + 1].argmax()
        dips.append(min(level[left], level[right]) - level[left : right + 1].min())
    return min(dips)


def test_the_frame_is_the_first_power_of_two_that_holds_two_bins_between_the_tones(rng):
    for _ in range(300):
        sr, cents = rng.uniform(4000, 48000), rng.uniform(1, 1200)
        f_low = rng.uniform(20, sr / 4)
        enough = [n for n in 2 ** np.arange(1, 30) if 2 * sr / n <= f_low * (2 ** (cents / 1200) - 1)]
        assert choose_n_fft(f_low, cents, sr) == enough[0]


def test_two_bins_that_just_fit_are_enough():
    assert choose_n_fft(7.8125, 1200, 8000) == 2048  # an octave above: 7.8125 Hz away, which is 2 * 8000 / 2048


def test_a_semitone_on_the_low_a_is_seen_as_two_tones():
    n_fft = choose_n_fft(110.0, 100, 22050)
    assert n_fft == 8192
    # 2.99 dB, half the power; half the frame gives 0.0.
    assert least_dip_db(n_fft, 110.0, 100, 22050) > 2.5
    assert least_dip_db(n_fft // 2, 110.0, 100, 22050) < 0.5


# What is refused


@pytest.mark.parametrize(("call", "message"), [
    (lambda: time_resolution(0, 8000), "n_fft=0 must be a positive whole number"),
    (lambda: time_resolution(512.0, 8000), "n_fft=512.0 must be"),
    (lambda: time_resolution(512, 0), "sr=0 must be positive"),
    (lambda: time_resolution(512, np.nan), "sr=nan must be positive"),
    (lambda: choose_n_fft(0.0, 100, 22050), "f_low=0.0 must be a positive, finite frequency"),
    (lambda: choose_n_fft(np.inf, 100, 22050), "f_low=inf must be"),
    (lambda: choose_n_fft(110.0, 0, 22050), "cents=0 must be positive and finite"),
    (lambda: choose_n_fft(110.0, -100, 22050), "cents=-100 must be"),
    (lambda: choose_n_fft(110.0, np.nan, 22050), "cents=nan must be"),
    (lambda: choose_n_fft(110.0, 100, -1), "sr=-1 must be positive"),
    (lambda: choose_n_fft(440.0, 5000, 8000), r"f_low=440.0 Hz, cents=5000: the higher tone of 7902.* did you pass Hz"),
])
def test_bad_input_is_refused_with_its_likely_cause(call, message):
    with pytest.raises(ValueError, match=message):
        call()
