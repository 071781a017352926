"""Transcription: tunes whose notes are known, made here by sines as well as by play_tune."""

import numpy as np
import pytest

from reference_impl import name_melody, play_tune

HZ = {"C": 261.63, "D": 293.66, "E": 329.63, "F": 349.23, "G": 392.00, "A": 440.00, "B": 493.88}


def sines(names, durations, rest, sr):
    parts = [np.zeros(round(rest * sr))]
    for name, duration in zip(names, durations, strict=True):
        parts += [0.5 * np.sin(2 * np.pi * HZ[name] * np.arange(round(duration * sr)) / sr), np.zeros(round(rest * sr))]
    return np.concatenate(parts)


@pytest.mark.parametrize("sr", [22050, 32000, 44100])
def test_sines_between_digital_silence_are_named(sr):
    names = list("CDEFGABAAC")
    assert name_melody(sines(names, np.linspace(0.15, 0.8, 10), 0.15, sr), sr) == names


@pytest.mark.parametrize("quarter", [0.15, 0.25, 0.4])
def test_tunes_are_named_note_by_note(quarter):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        names = [str(name) for name in rng.choice(list(HZ), 8)]
        assert name_melody(play_tune(names, quarter, 22050, rng), 22050) == names


def test_level_does_not_matter():
    y = play_tune(list("EEFGGFED"), 0.2, 22050, np.random.default_rng(1))
    assert name_melody(y, 22050) == name_melody(0.01 * y, 22050) == list("EEFGGFED")


def test_a_note_may_begin_and_end_with_the_recording():
    y = sines(["A", "F"], [0.3, 0.3], 0.2, 22050)[4410:-4410]
    assert name_melody(y, 22050) == ["A", "F"]


def test_a_click_is_no_note():
    y = sines(["A", "F"], [0.3, 0.3], 0.2, 22050)
    y[2000:2040] = 0.9
    assert name_melody(y, 22050) == ["A", "F"]


def test_digital_silence_has_no_notes():
    assert name_melody(np.zeros(8000), 22050) == []


@pytest.mark.parametrize(("y", "sr", "message"), [
    (np.zeros(0), 22050, "y has no samples"),
    (np.zeros((2, 100)), 22050, "shape"),
    (np.zeros(100, dtype=int), 22050, "dtype"),
    (np.full(100, np.nan), 22050, "NaN"),
    (np.zeros(100), -1, "sr=-1 must be"),
])
def test_bad_input_is_refused_with_its_likely_cause(y, sr, message):
    with pytest.raises(ValueError, match=message):
        name_melody(y, sr)
