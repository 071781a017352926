"""Tests of filters and noise: laws first, then scipy's response of the filter and the definition of a ratio as oracles."""

import numpy as np
import pytest
from scipy.signal import freqz
from scipy.stats import kstest

from reference_impl import add_noise, low_pass, sine, snr_db

SR = 22050
NAN, INF = float("nan"), float("inf")


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def impulse_response(cutoff_hz, n_taps=101):
    return low_pass(np.eye(1, 401, 200)[0], SR, cutoff_hz, n_taps)


# low_pass


@pytest.mark.parametrize("n_taps", [3, 11, 101, 201])
def test_the_weights_are_a_windowed_sinc(n_taps):
    m = n_taps // 2
    i = np.arange(-m, m + 1)
    weights = (0.54 + 0.46 * np.cos(np.pi * i / m)) * np.sinc(2 * 1700.0 / SR * i)
    expected = np.pad(weights / weights.sum(), 200 - m)
    np.testing.assert_allclose(impulse_response(1700.0, n_taps), expected, atol=1e-15)  # rounding


@pytest.mark.parametrize("share", [0.06, 0.1, 0.2])
def test_the_cutoff_is_6_db_down(share):
    gain = np.abs(freqz(impulse_response(share * SR), worN=[share * SR], fs=SR)[1][0])
    assert 20 * np.log10(gain) == pytest.approx(-6.02, abs=0.05)  # the ripple of the window, 0.03 dB


@pytest.mark.parametrize("share", [0.06, 0.1, 0.2])
def test_from_an_octave_above_on_little_is_left(share):
    gain = np.abs(freqz(impulse_response(share * SR), worN=np.linspace(2 * share, 0.5, 500) * SR, fs=SR)[1])
    assert 20 * np.log10(gain.max()) < -53  # what a Hamming window promises


@pytest.mark.parametrize("share", [0.06, 0.1, 0.2])
def test_a_tone_an_octave_below_passes_in_time(share):
    y = sine(share * SR / 2, 0.1, SR, phase=0.4)
    middle = slice(200, -200)
    np.testing.assert_allclose(low_pass(y, SR, share * SR)[middle], y[middle], atol=0.005)  # 0.04 dB; one sample late errs 0.19 and more


def test_a_constant_passes_unchanged():
    np.testing.assert_allclose(low_pass(np.full(301, 0.7), SR, 900.0)[50:-50], 0.7, rtol=1e-12)  # rounding


def test_a_filter_is_linear(rng):
    a, b = rng.standard_normal((2, 300))
    np.testing.assert_allclose(low_pass(2 * a - b, SR, 900.0), 2 * low_pass(a, SR, 900.0) - low_pass(b, SR, 900.0), atol=1e-12)  # rounding


def test_time_reversed_is_filtered_alike(rng):
    y = rng.standard_normal(300)
    np.testing.assert_allclose(low_pass(y[::-1], SR, 900.0)[::-1], low_pass(y, SR, 900.0), atol=1e-12)  # rounding


def test_one_weight_is_no_filter(rng):
    y = rng.standard_normal(30)
    np.testing.assert_allclose(low_pass(y, SR, 900.0, n_taps=1), y, rtol=1e-12)  # rounding


@pytest.mark.parametrize("n", [0, 1, 40, 100, 101])
def test_signals_shorter_than_the_filter_keep_their_length(rng, n):
    y = rng.standard_normal(n)
    np.testing.assert_allclose(low_pass(y, SR, 900.0), low_pass(np.pad(y, 200), SR, 900.0)[200 : 200 + n], atol=1e-14)  # rounding


@pytest.mark.parametrize("cutoff_hz", [0, -1.0, SR / 2, 3 * SR, NAN, "900", None])
def test_what_is_no_cutoff_is_refused(cutoff_hz):
    with pytest.raises(ValueError, match=r"cutoff_hz=.* must be between 0 and sr / 2 = 11025 Hz"):
        low_pass(np.zeros(200), SR, cutoff_hz)


@pytest.mark.parametrize("n_taps", [0, -3, 100, 101.0, True, None])
def test_what_is_no_odd_number_of_weights_is_refused(n_taps):
    with pytest.raises(ValueError, match=r"n_taps=.* must be a positive odd number"):
        low_pass(np.zeros(200), SR, 900.0, n_taps)


@pytest.mark.parametrize("sr", [0, -8000, NAN])
def test_low_pass_refuses_what_is_no_sampling_rate(sr):
    with pytest.raises(ValueError, match=r"sr=.* must be a positive number of Hz"):
        low_pass(np.zeros(200), sr, 900.0)


# add_noise


@pytest.mark.parametrize("ratio", [-20.0, 0, 3.5, 60])
@pytest.mark.parametrize("n", [1, 2, 5000])
def test_the_ratio_is_met_exactly(rng, ratio, n):
    y = 0.01 + rng.uniform(0, 1, n)
    # By wav's snr_db, which is tested apart. Rounding of y + noise, where the noise is weak.
    assert snr_db(y, add_noise(y, ratio, rng)) == pytest.approx(ratio, abs=1e-6)


def test_the_noise_is_normal(rng):
    y = np.full(20_000, 0.5)
    noise = add_noise(y, 0.0, rng) - y
    assert kstest(noise / noise.std(), "norm").pvalue > 0.01  # seeded: one draw


def test_the_noise_is_white(rng):
    y = np.full(20_000, 0.5)
    noise = add_noise(y, 0.0, rng) - y
    lags = np.array([noise[lag:] @ noise[:-lag] for lag in range(1, 20)]) / (noise @ noise)
    assert np.abs(lags).max() < 0.03  # 4 standard deviations of 1 / sqrt(20000)


def test_silence_stays_silence(rng):
    np.testing.assert_array_equal(add_noise(np.zeros(100), 10.0, rng), np.zeros(100))


def test_silence_comes_back_as_a_copy(rng):
    y = np.zeros(100)
    assert not np.shares_memory(y, add_noise(y, 10.0, rng))


def test_no_samples_stay_none(rng):
    assert add_noise([], 10.0, rng).shape == (0,)


def test_equal_generators_give_equal_noise():
    np.testing.assert_array_equal(*(add_noise(np.ones(50), 10.0, np.random.default_rng(3)) for _ in range(2)))


def test_a_generator_is_advanced_and_gives_other_noise(rng):
    assert not np.allclose(add_noise(np.ones(50), 10.0, rng), add_noise(np.ones(50), 10.0, rng))


@pytest.mark.parametrize("ratio", [NAN, INF, -INF, "10", None, True])
def test_what_is_no_ratio_is_refused(rng, ratio):
    with pytest.raises(ValueError, match=r"snr_db=.* must be a finite number of dB"):
        add_noise(np.ones(9), ratio, rng)


# Both

SIGNAL_TAKERS = [lambda y: low_pass(y, SR, 900.0), lambda y: add_noise(y, 10.0, np.random.default_rng(1))]


@pytest.mark.parametrize("function", SIGNAL_TAKERS)
@pytest.mark.parametrize(("y", "match"), [(0.5, r"shape \(\)"), (np.zeros((2, 4)), r"shape \(2, 4\)"), (np.array([3, -4]), "dtype int64"), ([0.1, NAN], "NaN or infinity")])
def test_what_is_no_signal_is_refused(function, y, match):
    with pytest.raises(ValueError, match=match):
        function(y)


@pytest.mark.parametrize("function", SIGNAL_TAKERS)
def test_the_argument_is_left_as_it_was(function, rng):
    y = rng.uniform(-1, 1, 300)
    before = y.copy()
    function(y)
    np.testing.assert_array_equal(y, before)
