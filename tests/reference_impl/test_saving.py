"""Saving: what is written is what Python's pickle, json and hashlib read; what is refused is refused before anything happens."""

import hashlib
import json
import pickle
import warnings

import numpy as np
import pytest
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from reference_impl import is_suspicious, load_model, running_versions, save_model, save_models

CARD = {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1}


@pytest.fixture
def X(rng):
    return rng.standard_normal((30, 3))


@pytest.fixture
def model(X):
    return LogisticRegression().fit(X, np.arange(30) % 2)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


# save_models


def test_two_files_hold_the_two_models(tmp_path, model, X):
    svm = SVC().fit(X, np.arange(30) % 3)
    folder = tmp_path / "a" / "b"
    for _ in range(2):  # the second time the folder is there
        save_models(folder, model, svm)
    assert sorted(path.name for path in folder.iterdir()) == ["classifierSVM.p", "logisticRegr.p"]
    np.testing.assert_array_equal(pickle.loads((folder / "logisticRegr.p").read_bytes()).predict_proba(X), model.predict_proba(X))
    np.testing.assert_array_equal(pickle.loads((folder / "classifierSVM.p").read_bytes()).predict(X), svm.predict(X))


@pytest.mark.parametrize(("first", "second"), [(LogisticRegression, SVC()), (SVC(), np.ones(3))])
def test_what_is_no_model_is_refused_before_a_folder_is_made(tmp_path, first, second):
    with pytest.raises(ValueError, match="must be a fitted model"):
        save_models(tmp_path / "models", first, second)
    assert not list(tmp_path.iterdir())


# save_model


def test_the_hash_is_that_of_the_file(tmp_path, model):
    sha256 = save_model(tmp_path / "note.p", model, CARD)
    assert sha256 == hashlib.sha256((tmp_path / "note.p").read_bytes()).hexdigest()


def test_the_card_is_json_beside_the_model(tmp_path, model):
    card = {**CARD, "author": "Åsa", "sha256": "old", "versions": {}}
    before = dict(card)
    sha256 = save_model(str(tmp_path / "note.p"), model, card)
    written = json.loads((tmp_path / "note.p.json").read_text(encoding="utf-8"))
    assert written == {**CARD, "author": "Åsa", "sha256": sha256, "versions": running_versions()}
    assert card == before


def test_the_model_in_the_file_predicts_the_same(tmp_path, model, X):
    save_model(tmp_path / "note.p", model, CARD)
    np.testing.assert_array_equal(pickle.loads((tmp_path / "note.p").read_bytes()).predict_proba(X), model.predict_proba(X))


@pytest.mark.parametrize(("pipeline", "card", "message"), [
    (SVC, CARD, "must be a fitted model"),
    (CARD, SVC(), "must be a fitted model"),
    (SVC(), SVC(), "are pipeline and card swapped"),
    *((SVC(), {k: v for k, v in CARD.items() if k != key}, f"card lacks {key};") for key in CARD),
    (SVC(), {**CARD, "scores": np.ones(2)}, "cannot be written as JSON"),
])
def test_a_card_that_says_too_little_is_refused_before_anything_is_written(tmp_path, pipeline, card, message):
    with pytest.raises(ValueError, match=message):
        save_model(tmp_path / "note.p", pipeline, card)
    assert not list(tmp_path.iterdir())


# load_model


def test_what_was_saved_is_loaded_without_a_warning(tmp_path, model, X):
    sha256 = save_model(tmp_path / "note.p", model, CARD)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = load_model(tmp_path / "note.p", sha256)
    np.testing.assert_array_equal(loaded.pipeline.predict_proba(X), model.predict_proba(X))
    assert loaded.card == {**CARD, "sha256": sha256, "versions": running_versions()}


def test_another_file_is_refused_and_not_unpickled(tmp_path, model):
    sha256 = save_model(tmp_path / "note.p", model, CARD)
    (tmp_path / "note.p").write_bytes(b"no pickle at all: loading it would be another error")
    with pytest.raises(ValueError, match=f"not {sha256}"):
        load_model(tmp_path / "note.p", sha256)


@pytest.mark.parametrize("versions", [{"numpy": "1.14.1"}, {"scikit-learn": "0.19.1"}, {"numpy": "1.14.1", "scikit-learn": "0.19.1"}])
def test_another_version_is_loaded_with_a_warning(tmp_path, model, versions):
    sha256 = save_model(tmp_path / "note.p", model, CARD)
    (tmp_path / "note.p.json").write_text(json.dumps({**CARD, "versions": running_versions() | versions}))
    with pytest.warns(UserWarning, match="predictions may differ"):
        loaded = load_model(tmp_path / "note.p", sha256)
    assert loaded.pipeline.n_features_in_ == 3


def test_a_missing_card_is_told_by_its_name(tmp_path, model):
    sha256 = save_model(tmp_path / "note.p", model, CARD)
    (tmp_path / "note.p.json").unlink()
    with pytest.raises(FileNotFoundError, match="note.p.json"):
        load_model(tmp_path / "note.p", sha256)


# is_suspicious


class Surprise:
    """Its pickle would call print. It is never loaded."""

    def __reduce__(self):
        return print, ("surprise",)


@pytest.mark.parametrize("protocol", [4, 5])
def test_data_and_models_are_familiar(protocol, X):
    pipeline = make_pipeline(StandardScaler(), SVC()).fit(X, np.arange(30) % 2)
    for thing in ({"a": [1, 2.0, "eval"]}, X, np.dtype(float), scipy.sparse.eye(3), pipeline):
        assert not is_suspicious(pickle.dumps(thing, protocol=protocol))


@pytest.mark.parametrize("protocol", range(6))
def test_a_call_of_something_else_is_found_wherever_it_hides(protocol, X):
    for thing in (Surprise(), [X, {"a": Surprise()}], np.array([Surprise(), 1], dtype=object)):
        assert is_suspicious(pickle.dumps(thing, protocol=protocol))


@pytest.mark.parametrize(("module", "expected"), [("numpy", False), ("numpy.x.y", False), ("numpyx", True), ("a.numpy", True), ("sklearn_", True)])
def test_the_root_decides(module, expected):
    assert is_suspicious(f"c{module}\nrun\n.".encode()) is expected


def test_what_is_no_pickle_is_refused():
    with pytest.raises(ValueError, match="pickle exhausted"):
        is_suspicious(b"")
