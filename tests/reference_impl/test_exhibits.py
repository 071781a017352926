"""Exhibits of the museum: the right letter stands in the exercise's text before the right repair, which is found there by its own words; some are tried."""

import re
from pathlib import Path

import librosa
import numpy as np
import pytest
from scipy.io import wavfile

from reference_impl import museum
from reference_impl.exhibits import RIGHT_REPAIRS

TEXT = (Path(__file__).parents[2] / "solutions" / "11_save_and_share.py").read_text(encoding="utf-8")

# Words of the right repair that none of the other three has.
WORDS = {
    "formula": r"A \sin(2 \pi f t + \phi)", "rate": "the rate that its samples were made for", "arithmetic": "41.1 samples, 1 oscillation",
    "resampling": "sr=None", "reference": "full-scale sine", "overfitting": "falls below the one on training data", "duplicates": "phase and tuning anew",
    "pixels": "the array of the spectrogram itself", "order": "generator with a seed", "pickle": "compare the hash", "keywords": "(y=y[initial:final], sr=sr",
    "python2": "list(notes))`, `labels[i // 2]`, `pickle.load(open('logisticRegr.p', 'rb'))`", "mel": "frames of 4096", "loss": "the log-loss",
}


def repairs(exhibit):
    """The four repairs of an exhibit by their letters, as the exercise's text has them."""
    text = TEXT.split(f"# **`{exhibit}`**")[1].split("# **`")[0].split("# %%")[0]
    return {letter: " ".join(words.replace("\n# ", " ").split()) for letter, words in re.findall(r"^# - ([a-d]): (.*?)(?=^# - |^#$|\Z)", text, re.M | re.S)}


def right(exhibit):
    """The code of the right repair."""
    return re.findall(r"`([^`]+)`", repairs(exhibit)[museum(exhibit)])


def test_there_are_fourteen_exhibits():
    assert list(RIGHT_REPAIRS) == list(WORDS) == re.findall(r"^# \*\*`(\w+)`\*\*", TEXT, re.M)


@pytest.mark.parametrize("exhibit", RIGHT_REPAIRS)
def test_the_letter_is_that_of_the_right_words(exhibit):
    found = repairs(exhibit)
    assert sorted(found) == ["a", "b", "c", "d"]
    assert [letter for letter, text in found.items() if WORDS[exhibit] in text] == [museum(exhibit)]


def test_no_letter_is_right_too_often():
    counts = {letter: list(RIGHT_REPAIRS.values()).count(letter) for letter in "abcd"}
    assert all(3 <= count <= 4 for count in counts.values())


@pytest.mark.filterwarnings("ignore:'(aifc|audioop|sunau)' is deprecated:DeprecationWarning")  # what librosa.load imports before Python 3.13
def test_the_file_is_loaded_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wavfile.write("shorttest.wav", 41100, np.arange(500, dtype=np.int16))
    y, sr = eval(right("resampling")[0], {"librosa": librosa})
    assert sr == 41100 and y.size == 500


def test_the_call_of_today_runs_and_the_originals_does_not():
    names = {"melspectrogram": librosa.feature.melspectrogram, "y": np.ones(4096), "sr": 22050, "initial": 0, "final": 4096}
    assert eval(right("keywords")[0], names).shape == (128, 9)
    with pytest.raises(TypeError):
        eval("melspectrogram(y[initial:final], sr=sr, n_mels=128)", names)


def test_the_pieces_of_python_3_do_what_those_of_python_2_did():
    seconds, letter, label, _ = right("python2")
    assert eval(seconds, {"y": [0] * 25, "sr": 10}) == range(2)
    assert eval(letter, {"random": type("fixed", (), {"choice": lambda values: values[0]}), "notes": {"C": 261.63}}) == "C"
    assert eval(label, {"labels": ["7", "6"], "i": 2}) == "6"


def test_an_unknown_exhibit_is_refused():
    with pytest.raises(ValueError, match="error_id='formular' must be one of formula"):
        museum("formular")
