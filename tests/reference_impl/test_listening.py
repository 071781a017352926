"""Tests of first looks at a signal: laws, numbers worked by hand; librosa as oracle."""

import math

import librosa
import numpy as np
import pytest

from reference_impl import describe, seconds_to_samples, silence

NAN, INF = float("nan"), float("inf")


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


# seconds_to_samples


@pytest.mark.parametrize(("duration", "sr", "n"), [(2.01, 8000, 16080), (0.7, 22050, 15435), (0.28, 11025, 3087), (0, 8000, 0)])
def test_rounding_neither_adds_nor_loses_a_sample(duration, sr, n):
    came = seconds_to_samples(duration, sr)
    assert isinstance(came, int) and came == n


@pytest.mark.parametrize(("samples", "n"), [(7.4, 7), (7.6, 8)])
def test_part_of_a_sample_is_rounded(samples, n):
    assert seconds_to_samples(samples / 8000, 8000) == n


def test_times_of_samples_give_them_back():
    n = np.arange(0, 50_000, 7)
    assert [seconds_to_samples(t, 22050) for t in librosa.samples_to_time(n, sr=22050)] == n.tolist()


@pytest.mark.parametrize("call", [seconds_to_samples, silence])
@pytest.mark.parametrize("duration", [-0.1, NAN, INF, None, "1", np.ones(3), True])
def test_what_is_no_duration_is_refused(call, duration):
    with pytest.raises(ValueError, match="duration=.* must be a number of seconds"):
        call(duration, 8000)


@pytest.mark.parametrize("call", [seconds_to_samples, silence])
def test_samples_are_suspected_where_seconds_were_meant(call):
    with pytest.raises(ValueError, match="duration=44100 s is over an hour; did you pass samples instead of seconds?"):
        call(44100, 44100)


@pytest.mark.parametrize("call", [lambda sr: seconds_to_samples(1.0, sr), lambda sr: silence(1.0, sr), lambda sr: describe([0.1], sr)])
@pytest.mark.parametrize("sr", [0, -8000, NAN, INF, None, "8000", True])
def test_what_is_no_sampling_rate_is_refused(call, sr):
    with pytest.raises(ValueError, match="sr=.* must be a positive number of Hz"):
        call(sr)


# describe


def test_a_signal_worked_by_hand():
    assert describe(np.array([3.0, -4.0, 0.0, 0.0]), 8) == {"duration": 0.5, "n_samples": 4, "peak": 4.0, "rms": 2.5}


def test_rms_is_made_of_mean_and_deviation(rng):
    y = rng.uniform(-0.2, 0.9, 1000)
    said = describe(y, 8000)
    assert said["rms"] ** 2 == pytest.approx(y.mean() ** 2 + y.var(), rel=1e-12)  # rounding
    assert said["rms"] == pytest.approx(librosa.feature.rms(y=y, frame_length=1000, center=False).item(), rel=1e-6)  # it counts in float32


def test_a_sine_over_whole_periods_has_its_peak_over_the_root_of_two():
    said = describe(0.5 * np.sin(2 * np.pi * np.arange(800) / 80), 8000)
    assert (said["peak"], said["rms"]) == (pytest.approx(0.5), pytest.approx(0.5 / math.sqrt(2)))


@pytest.mark.parametrize("scale", [1e-300, 0.1, 1e300])
def test_peak_and_rms_grow_with_the_signal(rng, scale):
    y = rng.uniform(-1, 1, 100)
    one, other = describe(y, 8000), describe(scale * y, 8000)
    for key in ("peak", "rms"):
        assert other[key] == pytest.approx(scale * one[key], rel=1e-12)  # rounding


def test_the_lowest_16_bit_sample_does_not_overflow():
    said = describe(np.full(3, -32768, dtype=np.int16), 8000)
    assert (said["peak"], said["rms"]) == (32768.0, 32768.0)


def test_silence_has_neither_peak_nor_rms():
    assert describe(np.zeros(4), 4) == {"duration": 1.0, "n_samples": 4, "peak": 0.0, "rms": 0.0}


def test_the_values_are_plain_numbers():
    assert [type(value) for value in describe(np.ones(4, np.float32), np.int64(4)).values()] == [float, int, float, float]


def test_the_argument_is_left_as_it_was(rng):
    y = rng.uniform(-1, 1, 60)
    before = y.copy()
    describe(y, 8000)
    np.testing.assert_array_equal(y, before)


@pytest.mark.parametrize(
    ("y", "match"),
    [
        (0.5, r"shape \(\)"),
        (np.zeros((2, 4)), r"shape \(2, 4\)"),
        ([], "no samples"),
        ([0.1j], "dtype complex128"),
        ([True, False], "dtype bool"),
        ([0.1, NAN], "NaN or infinity"),
        ([0.1, -INF], "NaN or infinity"),
    ],
)
def test_what_cannot_be_described_is_refused(y, match):
    with pytest.raises(ValueError, match=match):
        describe(y, 8000)


# silence


@pytest.mark.parametrize(("duration", "sr", "n"), [(0.7, 22050, 15435), (1, 8000, 8000), (0.0, 8000, 0)])
def test_silence_is_zeros(duration, sr, n):
    came = silence(duration, sr)
    assert came.dtype == float
    np.testing.assert_array_equal(came, np.zeros(n))
