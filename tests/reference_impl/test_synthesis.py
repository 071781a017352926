"""Tests of musical tones: laws first, then closed forms, spectra and the recursion written out as oracles."""

import numpy as np
import pytest
from scipy.signal import hilbert

from reference_impl import adsr, harmonic_tone, pluck, sine

SR = 22050
NAN, INF = float("nan"), float("inf")
ROUNDING = 1e-9  # of sines over some thousand periods; the mildest faults tested for are 1e-2


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


# harmonic_tone


def test_a_geometric_series_sums_up_the_harmonics():
    # The imaginary part of z + d z² + … + d^(K-1) z^K = z (1 - (d z)^K) / (1 - d z), divided by 1 + d + … + d^(K-1).
    f0, d, K = 331.0, 0.7, 9
    z = np.exp(2j * np.pi * f0 * np.arange(SR) / SR)
    expected = (z * (1 - (d * z) ** K) / (1 - d * z)).imag * (1 - d) / (1 - d**K)
    np.testing.assert_allclose(harmonic_tone(f0, 1.0, SR, K, d), expected, atol=ROUNDING)


@pytest.mark.parametrize(("n_harm", "decay"), [(1, 0.5), (7, 0.0), (np.int64(1), 1)])
def test_the_first_harmonic_alone_is_a_sine(n_harm, decay):
    np.testing.assert_allclose(harmonic_tone(440.0, 0.1, SR, n_harm, decay), sine(440.0, 0.1, SR), atol=ROUNDING)


def test_only_harmonics_below_half_the_rate_sound():
    spectrum = np.abs(np.fft.rfft(harmonic_tone(700.0, 1.0, 8000, 40, 1.0))) / 4000
    np.testing.assert_allclose(spectrum[700:4000:700], 1 / 5, atol=ROUNDING)  # 700 to 3500 Hz
    assert np.abs(np.delete(spectrum, np.arange(700, 4000, 700))).max() < ROUNDING


def test_a_harmonic_at_half_the_rate_is_left_out():
    np.testing.assert_allclose(harmonic_tone(1000.0, 0.1, 4000, 2, 1.0), sine(1000.0, 0.1, 4000), atol=ROUNDING)


@pytest.mark.parametrize("f0", [4000.0, 4001.0, 1e6])
def test_a_fundamental_from_half_the_rate_on_is_silence(f0):
    np.testing.assert_array_equal(harmonic_tone(f0, 0.1, 8000, 5, 0.5), np.zeros(800))


@pytest.mark.parametrize("decay", [0.1, 0.9, 1.0])
def test_no_value_exceeds_full_scale(decay):
    assert np.abs(harmonic_tone(110.0, 0.5, SR, 200, decay)).max() <= 1


def test_a_tone_of_no_duration_has_no_samples():
    assert harmonic_tone(440.0, 0, SR, 3, 0.5).shape == (0,)


@pytest.mark.parametrize("n_harm", [0, -1, 2.0, True, None])
def test_what_is_no_number_of_harmonics_is_refused(n_harm):
    with pytest.raises(ValueError, match=r"n_harm=.* must be a whole number, 1 or more"):
        harmonic_tone(440.0, 0.1, SR, n_harm, 0.5)


@pytest.mark.parametrize("decay", [-0.1, 1.1, 6, NAN, True, None])
def test_what_is_no_factor_is_refused(decay):
    with pytest.raises(ValueError, match=r"decay=.* must be a factor from 0 to 1; did you pass dB?"):
        harmonic_tone(440.0, 0.1, SR, 3, decay)


# adsr


def test_the_corners_are_joined_by_straight_lines():
    # By hand, at 10 samples a second: up in 2 steps, down to 0.5 in 5, held, down to 0 in the last 4.
    expected = [0, 0.5, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5, 0.5, 0.375, 0.25, 0.125, 0]
    np.testing.assert_allclose(adsr(15, 10, 0.2, 0.5, 0.5, 0.4), expected, atol=1e-12)  # rounding


def test_stages_that_are_too_long_shrink_in_proportion():
    np.testing.assert_allclose(adsr(101, 100, 2.0, 4.0, 0.3, 4.0), adsr(101, 100, 0.2, 0.4, 0.3, 0.4), atol=1e-12)  # rounding


def test_the_rate_only_sets_the_grid():
    np.testing.assert_allclose(adsr(401, 200, 0.3, 0.4, 0.6, 0.5)[::2], adsr(201, 100, 0.3, 0.4, 0.6, 0.5), atol=1e-12)  # rounding


@pytest.mark.parametrize("n", [2, 3, 10, 1000])
@pytest.mark.parametrize("seconds", [1e-9, 0.013, 1e3])
def test_every_envelope_begins_and_ends_at_0_and_stays_within_1(n, seconds):
    envelope = adsr(n, SR, seconds, 2 * seconds, 0.7, seconds)
    assert envelope.shape == (n,)
    assert envelope[0] == envelope[-1] == 0.0
    assert 0.0 <= envelope.min() <= envelope.max() <= 1.0


def test_shrunk_stages_stay_in_order_whatever_rounding_does(rng):
    for _ in range(200):
        n, stages = int(rng.integers(3, 50)), rng.uniform(3, 9, 3)  # at most 7 seconds for 9 or more
        envelope = adsr(n, 7, stages[0], stages[1], 0.5, stages[2])
        assert np.isfinite(envelope).all()
        assert (np.diff(np.sign(np.diff(envelope))) <= 0).all()  # up, then down


@pytest.mark.parametrize(("stages", "first", "last"), [((0, 0.2, 0.5, 0.2), 1.0, 0.0), ((0.2, 0.2, 0.5, 0), 0.0, 0.5), ((0, 0, 0.5, 0), 0.5, 0.5), ((0.2, 0, 0.5, 0.2), 0.0, 0.0)])
def test_a_stage_of_no_length_is_a_step(stages, first, last):
    envelope = adsr(101, 100, *stages)
    assert (envelope[0], envelope[50], envelope[-1]) == (first, 0.5, last)


def test_a_single_sample_is_0():
    np.testing.assert_array_equal(adsr(1, SR, 0.1, 0.1, 0.5, 0.1), [0.0])


def test_no_samples_have_an_empty_envelope():
    assert adsr(0, SR, 0.1, 0.1, 0.5, 0.1).shape == (0,)


@pytest.mark.parametrize("n", [-1, 1.5, 100.0, True, None])
def test_what_is_no_number_of_samples_is_refused(n):
    with pytest.raises(ValueError, match=r"n=.* whole number of samples, 0 or more; did you pass seconds?"):
        adsr(n, SR, 0.1, 0.1, 0.5, 0.1)


@pytest.mark.parametrize("position", [0, 1, 3])
@pytest.mark.parametrize("length", [-0.1, NAN, INF, "1"])
def test_what_is_no_length_is_refused(position, length):
    stages = [0.1, 0.1, 0.5, 0.1]
    stages[position] = length
    with pytest.raises(ValueError, match=r"(attack|decay|release)=.* must be a number of seconds"):
        adsr(100, SR, *stages)


@pytest.mark.parametrize("sustain", [-0.1, 1.1, -6, NAN, None])
def test_what_is_no_level_is_refused(sustain):
    with pytest.raises(ValueError, match=r"sustain=.* must be a level from 0 to 1"):
        adsr(100, SR, 0.1, 0.1, sustain, 0.1)


# pluck


def frequency(y, f0, sr):
    """The frequency of the first harmonic, from the speed at which its phase turns."""
    n = round(6 * sr / f0)  # six periods: the window's first zeros lie at 2 / 6 of f0, so the neighbours do not reach over
    baseband = np.convolve(y * np.exp(-2j * np.pi * f0 / sr * np.arange(y.size)), np.hanning(n) / n, mode="valid")
    baseband = baseband[baseband.size // 6 :]  # without the noise of the beginning
    return f0 + np.polyfit(np.arange(baseband.size) / sr, np.unwrap(np.angle(baseband)), 1)[0] / (2 * np.pi)


@pytest.mark.parametrize(("sr", "lowest", "highest"), [(8000, 130, 500), (22050, 130, 1000), (44100, 60, 1000)])
def test_strings_are_in_tune_at_every_frequency(rng, sr, lowest, highest):
    for f0 in rng.uniform(lowest, highest, 12):
        error = 1200 * np.log2(frequency(pluck(f0, 0.5, sr, rng), f0, sr) / f0)
        assert abs(error) < 0.5  # 0.1 cents by the method; a whole sample's delay, rounded, would miss up to 19 cents and more


@pytest.mark.parametrize("k", [20, 45, 50, 73, 200])
def test_the_loop_is_karplus_and_strongs_where_the_period_is_k_and_a_half(k):
    y = pluck(SR / (k + 0.5), 0.3, SR, np.random.default_rng(k))
    expected = np.append(y[:k], np.zeros(y.size - k))
    for j in range(k, y.size):
        expected[j] = (expected[j - k] + expected[j - k - 1]) / 2  # expected[-1] is still 0 where it is asked for
    np.testing.assert_allclose(y, expected, atol=1e-9)  # the allpass is no delay only up to rounding


def test_it_starts_from_uniform_noise_without_its_mean():
    y = pluck(441.0, 0.01, SR, np.random.default_rng(7))[:45]
    noise = np.random.default_rng(7).uniform(-1, 1, 50)
    noise -= noise.mean()
    assert np.corrcoef(y, noise[:45])[0, 1] > 0.999  # the allpass, here of less than a sample more, touches the end only


def test_the_peak_is_1(rng):
    for f0 in rng.uniform(30, 10_000, 20):
        assert np.abs(pluck(f0, 0.05, SR, rng)).max() == pytest.approx(1.0, rel=1e-12)  # rounding


def test_no_offset_stays_in_the_loop(rng):
    y = pluck(700.0, 3.0, SR, rng)
    assert abs(y[-SR:].mean()) < 1e-6  # what the noise's own mean would leave is 0.08


def test_high_harmonics_die_as_the_mean_of_neighbours_says(rng):
    f0, k = SR / 50.5, np.arange(1, 6)
    y = pluck(f0, 0.5, SR, rng)
    angle = 2 * np.pi * f0 / SR * np.outer(np.arange(505), k)
    early, late = (np.abs(y[start : start + 505] @ np.exp(-1j * angle)) for start in (505, 5555))  # ten whole periods, a hundred later
    np.testing.assert_allclose(late / early, np.cos(np.pi * f0 / SR * k) ** 100, rtol=0.01)  # 0.004: harmonics that decay leak a little into each other


def test_equal_generators_give_equal_strings():
    np.testing.assert_array_equal(*(pluck(300.0, 0.1, SR, np.random.default_rng(3)) for _ in range(2)))


def test_a_generator_is_advanced_and_gives_another_string(rng):
    assert not np.allclose(pluck(300.0, 0.1, SR, rng), pluck(300.0, 0.1, SR, rng))


def test_a_string_shorter_than_a_period_is_noise(rng):
    assert pluck(30.0, 0.001, SR, rng).shape == (22,)


def test_a_string_of_no_duration_has_no_samples(rng):
    assert pluck(300.0, 0, SR, rng).shape == (0,)


@pytest.mark.parametrize("f0", [SR / 2, SR, 1e9])
def test_pluck_refuses_what_is_above_half_the_rate(rng, f0):
    with pytest.raises(ValueError, match=r"f0=.* must be below sr / 2 = 11025 Hz; are f0 and sr swapped"):
        pluck(f0, 0.1, SR, rng)


def test_an_envelope_of_a_string_falls(rng):
    level = np.abs(hilbert(pluck(440.0, 1.0, SR, rng))).reshape(10, -1).mean(axis=1)
    assert (np.diff(level) < 0).all()


# Both tones


@pytest.mark.parametrize("tone", [lambda f0: harmonic_tone(f0, 0.1, SR, 3, 0.5), lambda f0: pluck(f0, 0.1, SR, np.random.default_rng(1))])
@pytest.mark.parametrize("f0", [0, -440.0, NAN, INF, "A4", [440.0], None])
def test_what_is_no_fundamental_is_refused(tone, f0):
    with pytest.raises(ValueError, match=r"f0=.* must be a positive number of Hz"):
        tone(f0)


@pytest.mark.parametrize("sr", [0, -8000, NAN, "8000"])
@pytest.mark.parametrize("tone", [lambda sr: harmonic_tone(440.0, 0.1, sr, 3, 0.5), lambda sr: adsr(9, sr, 0.1, 0.1, 0.5, 0.1),
                                  lambda sr: pluck(440.0, 0.1, sr, np.random.default_rng(1))])
def test_what_is_no_sampling_rate_is_refused(tone, sr):
    with pytest.raises(ValueError, match=r"sr=.* must be a positive number of Hz"):
        tone(sr)
