"""Tests of tones: laws first, then numbers worked by hand; librosa, scipy and closed forms as oracles."""

import librosa
import numpy as np
import pytest
from scipy.signal import chirp
from scipy.signal.windows import tukey

from reference_impl import add_fades, mix, periods_and_samples, sine, time_axis, tone_sequence, tone_then_silence

SR = 11025
NAN, INF = float("nan"), float("inf")
ROUNDING = 1e-9  # of sines over some thousand periods; the mildest faults tested for are 1e-2


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


# time_axis


def test_times_are_those_of_librosa():
    np.testing.assert_allclose(time_axis(0.2, SR), librosa.samples_to_time(np.arange(2205), sr=SR), atol=1e-15)  # rounding


@pytest.mark.parametrize(("duration", "sr", "n"), [(0.28, 11025, 3087), (8.05, 8000, 64400), (0.7, 22050, 15435), (2.01, 8000, 16080)])
def test_rounding_neither_adds_nor_loses_a_sample(duration, sr, n):
    assert duration * sr != n
    assert time_axis(duration, sr).shape == (n,)


@pytest.mark.parametrize(("samples", "n"), [(7.4, 7), (7.6, 8)])
def test_part_of_a_sample_is_rounded(samples, n):
    assert time_axis(samples / 8000, 8000).shape == (n,)


def test_the_axis_ends_one_step_before_the_duration():
    assert time_axis(0.5, 8000)[-1] == pytest.approx(0.5 - 1 / 8000, rel=1e-12)  # rounding


def test_no_duration_has_no_samples():
    assert time_axis(0, SR).shape == (0,)


@pytest.mark.parametrize("duration", [-0.1, NAN, INF, None, "1", np.ones(3)])
def test_time_axis_refuses_what_is_no_duration(duration):
    with pytest.raises(ValueError, match="duration=.* must be a number of seconds"):
        time_axis(duration, SR)


def test_time_axis_suspects_samples_where_seconds_were_meant():
    with pytest.raises(ValueError, match="duration=44100 s is over an hour; did you pass samples instead of seconds?"):
        time_axis(44100, 44100)


@pytest.mark.parametrize("call", [
    lambda sr: time_axis(1.0, sr), lambda sr: sine(440.0, 1.0, sr), lambda sr: periods_and_samples(440.0, sr, 1.0),
    lambda sr: tone_then_silence(440.0, sr), lambda sr: tone_sequence([440.0], sr), lambda sr: add_fades(np.ones(9), sr),
])
@pytest.mark.parametrize("sr", [0, -8000, NAN, INF, None, True])
def test_a_rate_that_is_none_is_refused_by_all(call, sr):
    with pytest.raises(ValueError, match="sr=.* must be a positive number of Hz"):
        call(sr)


# sine


def test_sine_is_periodic_in_phase(rng):
    phase = rng.uniform(-3, 3)
    np.testing.assert_allclose(sine(440.3, 0.2, SR, phase=phase + 4 * np.pi), sine(440.3, 0.2, SR, phase=phase), atol=ROUNDING)


def test_half_a_turn_inverts_a_sine(rng):
    phase = rng.uniform(-3, 3)
    np.testing.assert_allclose(sine(440.3, 0.2, SR, phase=phase + np.pi), -sine(440.3, 0.2, SR, phase=phase), atol=ROUNDING)


def test_a_sine_repeats_after_its_period():
    y = sine(250.0, 0.1, 8000, phase=0.7)
    np.testing.assert_allclose(y[32:], y[:-32], atol=ROUNDING)


def test_amplitude_scales_a_sine():
    np.testing.assert_allclose(sine(440.3, 0.2, SR, amp=0.3), 0.3 * sine(440.3, 0.2, SR), atol=ROUNDING)


def test_rms_over_whole_periods_is_the_amplitude_over_root_two():
    assert np.sqrt(np.mean(sine(200.0, 0.5, 8000, amp=0.3, phase=1.1) ** 2)) == pytest.approx(0.3 / np.sqrt(2), rel=1e-9)  # rounding


def test_twice_the_rate_has_the_same_values_at_every_second_sample():
    np.testing.assert_allclose(sine(440.3, 0.2, 2 * SR)[::2], sine(440.3, 0.2, SR), atol=ROUNDING)


def test_sine_equals_librosas_tone():
    # librosa's tone is a cosine whose phase defaults to -pi / 2.
    np.testing.assert_allclose(sine(440.3, 0.2, SR), librosa.tone(440.3, sr=SR, duration=0.2), atol=ROUNDING)


def test_phase_agrees_with_a_chirp_that_stands_still():
    t = np.arange(2205) / SR
    np.testing.assert_allclose(sine(440.3, 0.2, SR, phase=0.7), chirp(t, 440.3, 1, 440.3, phi=np.rad2deg(0.7) - 90), atol=ROUNDING)


def test_a_frequency_above_half_the_rate_gives_the_samples_of_a_lower_tone():
    np.testing.assert_allclose(sine(7000.0, 0.1, 8000), -sine(1000.0, 0.1, 8000), atol=ROUNDING)


@pytest.mark.parametrize(("changed", "message"), [
    ({"freq": -1.0}, "freq=-1.0 must be"), ({"freq": NAN}, "freq=nan must be"), ({"freq": [440.0]}, r"freq=\[440.0\] must be"),
    ({"freq": "A4"}, "freq='A4' must be"), ({"amp": INF}, "amp=inf must be"), ({"phase": NAN}, "phase=nan must be"),
    ({"duration": -1.0}, "duration=-1.0 must be"),
])
def test_sine_refuses_what_makes_no_tone(changed, message):
    with pytest.raises(ValueError, match=message):
        sine(**{"freq": 440.0, "duration": 1.0, "sr": SR} | changed)


# periods_and_samples


def test_a_millisecond_of_the_original_tutorial_holds_one_period():
    assert periods_and_samples(1000, 41100, 1) == pytest.approx((1.0, 41.1), rel=1e-12)  # rounding


def test_periods_and_samples_grow_with_the_time():
    once, thrice = periods_and_samples(443.0, SR, 2.5), periods_and_samples(443.0, SR, 7.5)
    assert thrice == pytest.approx((3 * once.periods, 3 * once.samples), rel=1e-12)  # rounding


def test_a_second_holds_the_frequency_and_the_rate():
    assert periods_and_samples(443.0, SR, 1000) == (443.0, 11025.0)


def test_no_time_holds_nothing():
    assert periods_and_samples(443.0, SR, 0) == (0.0, 0.0)


@pytest.mark.parametrize("ms", [-1.0, NAN, None])
def test_periods_and_samples_refuses_what_is_no_time(ms):
    with pytest.raises(ValueError, match="ms=.* must be a number of milliseconds"):
        periods_and_samples(443.0, SR, ms)


def test_periods_and_samples_refuses_a_negative_frequency():
    with pytest.raises(ValueError, match="freq=-1 must be"):
        periods_and_samples(-1, SR, 1.0)


# tone_then_silence


def test_the_first_second_is_the_tone():
    np.testing.assert_array_equal(tone_then_silence(440.3, SR, amp=0.3)[:SR], sine(440.3, 1.0, SR, amp=0.3))


def test_the_second_second_is_silence():
    y = tone_then_silence(440.3, SR)
    assert y.shape == (2 * SR,)
    np.testing.assert_array_equal(y[SR:], 0.0)


# tone_sequence


def test_a_sequence_of_one_is_a_tone_then_silence():
    np.testing.assert_array_equal(tone_sequence([440.3], SR), tone_then_silence(440.3, SR))


def test_a_sequence_is_its_beginning_then_its_end():
    np.testing.assert_array_equal(tone_sequence(np.array([440.3, 223.9, 300.0]), SR),
                                  np.concatenate([tone_sequence([440.3], SR), tone_sequence((223.9, 300.0), SR)]))


def test_the_tones_of_the_original_lie_500_hz_apart():
    y = tone_sequence([500 * i for i in range(1, 11)], SR).reshape(20, SR)
    loudest = np.abs(np.fft.rfft(y[::2])).argmax(axis=1)  # a second has one bin a Hz
    np.testing.assert_array_equal(loudest, 500 * np.arange(1, 11))


@pytest.mark.parametrize("freqs", [[], 440.0, [[440.0]]])
def test_tone_sequence_refuses_what_is_no_list_of_frequencies(freqs):
    with pytest.raises(ValueError, match="freqs=.* must be a list of at least one frequency"):
        tone_sequence(freqs, SR)


# add_fades


def test_the_gain_is_a_tukey_window():
    # scipy's window tapers alpha * (n - 1) / 2 samples at each end.
    np.testing.assert_allclose(add_fades(np.ones(4000), SR, 1000 * 500 / SR), tukey(4000, 1000 / 3999), atol=1e-12)  # rounding


def test_fades_start_and_end_at_zero(rng):
    y = add_fades(rng.standard_normal(4000), SR)
    assert y[0] == 0.0
    assert y[-1] == 0.0


def test_what_lies_between_the_fades_is_left_alone(rng):
    y = rng.standard_normal(4000)
    np.testing.assert_array_equal(add_fades(y, 8000, 20.0)[160:-160], y[160:-160])


def test_a_fade_turned_around_is_a_fade(rng):
    y = rng.standard_normal(4000)
    np.testing.assert_array_equal(add_fades(y[::-1], SR), add_fades(y, SR)[::-1])


def test_fading_is_linear(rng):
    a, b = rng.standard_normal((2, 1000))
    np.testing.assert_allclose(add_fades(2 * a - b, SR), 2 * add_fades(a, SR) - add_fades(b, SR), atol=1e-12)  # rounding


@pytest.mark.parametrize(("n", "gain"), [(4, [0, 0.5, 0.5, 0]), (5, [0, 0.5, 1, 0.5, 0]), (3, [0, 1, 0]), (1, [1]), (0, [])])
def test_the_fades_of_a_short_clip_share_it(n, gain):
    np.testing.assert_allclose(add_fades(np.ones(n), SR), gain, atol=1e-15)  # rounding


def test_no_fade_changes_nothing(rng):
    y = rng.standard_normal(100)
    np.testing.assert_array_equal(add_fades(y, SR, fade_ms=0), y)


@pytest.mark.parametrize("fade_ms", [0.0, 1.0])
def test_the_faded_signal_is_a_new_one(rng, fade_ms):
    y = rng.standard_normal(100)
    before = y.copy()
    add_fades(y, SR, fade_ms)[:] = 99.0
    np.testing.assert_array_equal(y, before)


@pytest.mark.parametrize("fade_ms", [-1.0, NAN, "10"])
def test_add_fades_refuses_what_is_no_length(fade_ms):
    with pytest.raises(ValueError, match="fade_ms=.* must be a number of milliseconds"):
        add_fades(np.ones(9), SR, fade_ms)


# mix


def test_the_shorter_signal_ends_in_silence():
    np.testing.assert_allclose(mix([[0.5], [0.5, 0.25, 0.125]], [1.0, 2.0]), [1.5, 0.5, 0.25], atol=1e-15)  # rounding


def test_the_gain_of_one_signal_is_a_factor(rng):
    y = rng.standard_normal(100)
    np.testing.assert_array_equal(mix([y], [-0.7]), -0.7 * y)


def test_a_mix_is_the_sum_of_its_parts(rng):
    a, b = rng.standard_normal((2, 100))
    np.testing.assert_allclose(mix([a, b], [0.3, 5.0]), mix([a], [0.3]) + mix([b], [5.0]), atol=1e-12)  # rounding


def test_a_tone_and_its_inverse_cancel():
    y = sine(440.3, 0.2, SR)
    np.testing.assert_array_equal(mix([y, y], [1.0, -1.0]), 0.0)


def test_a_mix_leaves_its_signals_alone(rng):
    y = rng.standard_normal(100)
    before = y.copy()
    mix([y], [1.0])[:] = 99.0
    np.testing.assert_array_equal(y, before)


def test_a_mix_needs_a_signal():
    with pytest.raises(ValueError, match="signals is empty"):
        mix([], [])


@pytest.mark.parametrize("gains", [[1.0], [1.0, 1.0, 1.0], 1.0])
def test_a_mix_needs_a_gain_for_each_signal(gains):
    with pytest.raises(ValueError, match=r"gains has shape .*, signals are 2"):
        mix([np.ones(3), np.ones(3)], gains)


def test_a_mix_refuses_a_gain_without_bounds():
    with pytest.raises(ValueError, match="gains=.* must be finite"):
        mix([np.ones(3)], [INF])


# what a signal is, to those that take one


@pytest.mark.parametrize("take", [lambda y: add_fades(y, SR), lambda y: mix([np.ones(3), y], [1.0, 1.0])])
@pytest.mark.parametrize(("y", "message"), [
    (np.ones((2, 9)), "has shape"), (0.5, "has shape"), (np.array([1, 2], dtype=np.int16), "has dtype int16"),
    ([0.1, NAN], "holds NaN"), ([INF, 0.1], "holds NaN or infinity"),
])
def test_what_is_no_signal_is_refused(take, y, message):
    with pytest.raises(ValueError, match=message):
        take(y)


@pytest.mark.parametrize("take", [lambda y: add_fades(y, SR), lambda y: mix([y], [0.5])])
def test_a_float32_signal_gives_a_float64_one(take):
    assert take(np.ones(9, dtype=np.float32)).dtype == np.float64
