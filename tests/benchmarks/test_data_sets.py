"""The comparison of data sets and models, on six seconds in place of twenty and each step once. No time is asserted: `make bench` measures."""

import re
import wave
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from benchmarks import data_sets
from benchmarks import original_way as original
from benchmarks.data_sets import LOGISTIC, SVM

import reference_impl as course

# librosa.load imports audioread, and that modules which Python 3.13 has no more.
pytestmark = [pytest.mark.filterwarnings("ignore:'(aifc|audioop|sunau)' is deprecated:DeprecationWarning"), pytest.mark.xdist_group("benchmarks")]
SECONDS = 6


@pytest.fixture(scope="module")
def both():
    plt.switch_backend("agg")
    return [data_sets.measure(way._replace(runs=1), SECONDS, splits=1) for way in (data_sets.original_way(), data_sets.course_way())]


def test_every_step_took_some_time(both):
    for way in both:
        assert all(seconds > 0 for seconds in (way.write, way.build, way.load, way.save, *(model.seconds for model in way.models.values())))
        assert way.to_the_models == pytest.approx(way.build + way.load + way.models[LOGISTIC].seconds + way.models[SVM].seconds)


def test_features_and_pickles_are_300_times_smaller(both):
    theirs, ours = both
    assert theirs.image_bytes == 400 * 1200 * 4 * 4, "12 × 4 inches at 100 dots an inch, four channels of float32"
    assert theirs.image_bytes >= 300 * ours.image_bytes
    for name in (LOGISTIC, SVM):
        assert theirs.models[name].row_bytes >= 300 * ours.models[name].row_bytes
        assert theirs.models[name].pickle_bytes >= 300 * ours.models[name].pickle_bytes


def test_the_course_is_right_as_often_or_more(both):
    theirs, ours = both
    for name in (LOGISTIC, SVM):
        assert 1.0 >= ours.models[name].held_out >= theirs.models[name].held_out >= 0.0
        assert 1.0 >= ours.models[name].fresh >= theirs.models[name].fresh >= 0.0


def test_the_table_has_a_ratio_for_every_cost_and_none_for_accuracy(both):
    head, *lines = data_sets.table(*both)
    figures, note = lines[:-1], lines[-1]
    assert head.split() == ["sound", "or", "silence", "original", "course", "ratio"]
    assert {line.split()[0] for line in figures} == {"seconds", "bytes", "right"}
    assert all(bool(re.search(r"\d+x$", line)) != line.startswith("right") for line in figures)
    assert f"{both[1].models[f'{LOGISTIC} on pixels'].held_out:.0%}" in note


def test_both_ways_get_the_same_seconds_of_tone_and_silence():
    for y in (data_sets.teaching(SECONDS), data_sets.fresh(SECONDS)):
        loud = np.abs(y.reshape(SECONDS, data_sets.SR)).mean(axis=1)
        assert np.abs(y).max() < 1.0 and loud[::2].min() > 5 * loud[1::2].max()


def test_the_original_writes_its_wav_sample_by_sample_rightly(tmp_path: Path):
    original.save_wav(tmp_path / "a.wav", [0.0, 0.5, -1.0], 8000)
    with wave.open(str(tmp_path / "a.wav"), "rb") as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels(), file.getnframes()) == (8000, 2, 1, 3)
        assert np.frombuffer(file.readframes(3), "<i2").tolist() == [0, 8000, -16000]


def test_the_original_throws_the_level_away(tmp_path: Path):
    """The museum's error `reference`."""
    plt.switch_backend("agg")
    for name, freq, amp in (("loud", 1000.0, 1.0), ("soft", 1000.0, 0.1), ("other", 3000.0, 1.0)):
        original.save_wav(tmp_path / f"{name}.wav", course.sine(freq, 1.0, data_sets.SR, amp), data_sets.SR)
        original.create_dataset(tmp_path / f"{name}.wav", tmp_path / name)
    plt.close("all")
    loud, soft, other = (original.load_dataset(tmp_path / name)[0][0] for name in ("loud", "soft", "other"))
    # Mean difference of pixels in 0..1: 0.00003 for 20 dB, by the rounding to 16 bits; 0.027 for another tone.
    assert np.abs(loud - soft).mean() < 3e-4
    assert np.abs(loud - other).mean() > 3e-3
