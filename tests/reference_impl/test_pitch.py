"""Tests of pitch: laws first, then librosa and the tables of tuning as oracles."""

import librosa
import numpy as np
import pytest

from reference_impl import cents, hz_to_midi, midi_to_hz

NAN, INF = float("nan"), float("inf")
ROUNDING = 1e-12  # relative, of a logarithm and a power; the mildest fault, a cent, is 6e-4


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


# midi_to_hz


def test_the_originals_table_comes_out_to_its_two_decimals():
    table = [261.63, 293.66, 329.63, 349.23, 392.00, 440.00, 493.88]
    np.testing.assert_allclose(midi_to_hz([60, 62, 64, 65, 67, 69, 71]), table, atol=0.005, rtol=0)  # half of the last decimal


def test_frequencies_are_those_of_librosa(rng):
    m = rng.uniform(-20, 140, (3, 5))
    np.testing.assert_allclose(midi_to_hz(m), librosa.midi_to_hz(m), rtol=ROUNDING)


def test_twelve_semitones_double_the_frequency(rng):
    m = rng.uniform(0, 120, 20)
    np.testing.assert_allclose(midi_to_hz(m + 12), 2 * midi_to_hz(m), rtol=ROUNDING)


@pytest.mark.parametrize("m", [69, 69.0, np.int8(69), np.float32(69)])
def test_a_number_gives_a_number(m):
    assert np.ndim(midi_to_hz(m)) == 0
    assert midi_to_hz(m) == pytest.approx(440.0, rel=ROUNDING)


@pytest.mark.parametrize("m", [300, -256, [69, 440.0]])
def test_midi_to_hz_suspects_frequencies(m):
    with pytest.raises(ValueError, match="m=.* is beyond 255; MIDI numbers reach 127: did you pass Hz?"):
        midi_to_hz(m)


# hz_to_midi


def test_numbers_are_those_of_librosa(rng):
    f = rng.uniform(20, 20_000, (2, 7))
    np.testing.assert_allclose(hz_to_midi(f), librosa.hz_to_midi(f), rtol=ROUNDING)


def test_hz_to_midi_undoes_midi_to_hz(rng):
    m = rng.uniform(0, 127, 50)
    np.testing.assert_allclose(hz_to_midi(midi_to_hz(m)), m, atol=127 * ROUNDING)


def test_whole_hertz_are_taken():
    np.testing.assert_allclose(hz_to_midi(np.array([220, 440])), [57.0, 69.0], rtol=ROUNDING)


@pytest.mark.parametrize("f", [0, 0.0, -440.0, [440.0, 0.0]])
def test_what_has_no_pitch_is_refused(f):
    with pytest.raises(ValueError, match="f=.* must be above 0 Hz; is it silence"):
        hz_to_midi(f)


# cents


def test_a_semitone_has_100_cents(rng):
    m = rng.uniform(20, 100, 20)
    np.testing.assert_allclose(cents(midi_to_hz(m), midi_to_hz(m + 1)), 100.0, atol=1e-9)  # rounding of two powers and a logarithm


@pytest.mark.parametrize(("ratio", "expected"), [(2, 1200.0), (3 / 2, 701.955), (5 / 4, 386.314), (1, 0.0), (1 / 2, -1200.0)])
def test_pure_intervals_have_ellis_values(ratio, expected):
    assert cents(300.0, 300.0 * ratio) == pytest.approx(expected, abs=5e-4)  # half of the last decimal of his table


def test_turning_an_interval_round_changes_its_sign(rng):
    f1, f2 = rng.uniform(50, 5000, (2, 30))
    np.testing.assert_allclose(cents(f2, f1), -cents(f1, f2), rtol=1e-9)  # rounding, where an interval is small


def test_intervals_add_up(rng):
    a, b, c = rng.uniform(50, 5000, (3, 30))
    np.testing.assert_allclose(cents(a, b) + cents(b, c), cents(a, c), atol=1e-9)  # rounding of some thousand cents


def test_a_number_is_taken_with_each_of_an_array():
    np.testing.assert_allclose(cents(110, [220, 440]), [1200.0, 2400.0], rtol=ROUNDING)


def test_shapes_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueError, match=r"f1 has shape \(2,\), f2 \(3,\)"):
        cents([1.0, 2.0], [1.0, 2.0, 3.0])


# All three


@pytest.mark.parametrize("function", [midi_to_hz, hz_to_midi, lambda f: cents(f, 440.0), lambda f: cents(440.0, f)])
@pytest.mark.parametrize(
    ("value", "match"),
    [("A4", "did you pass the name of a note"), ([1j], "dtype complex128"), ([True], "dtype bool"), (None, "dtype object"), (NAN, "NaN or infinity"), ([60, INF], "NaN or infinity")],
)
def test_what_is_no_finite_number_is_refused(function, value, match):
    with pytest.raises(ValueError, match=match):
        function(value)


@pytest.mark.parametrize("function", [midi_to_hz, hz_to_midi, lambda f: cents(f, f)])
def test_no_values_give_no_values(function):
    assert function([]).shape == (0,)
