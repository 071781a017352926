"""Pickles: what is listed is what the opcodes name, by hand and against Python's own loader, which asks find_class for each name."""

import io
import os
import pickle

import numpy as np
import pytest
import scipy.sparse
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from reference_impl import pickle_globals, running_versions


class Recorder(pickle.Unpickler):
    """Python's own loader, which keeps what it is asked to import. It loads what this test has made, and nothing else."""

    def __init__(self, data):
        super().__init__(io.BytesIO(data))
        self.asked = []

    def find_class(self, module, name):
        self.asked.append((module, name))
        return super().find_class(module, name)


X, y = np.random.default_rng(1).standard_normal((20, 3)), np.arange(20) % 2
THINGS = [
    None, [1, "two", b"3", 4.0, (True,)], range(5), np.arange(3), np.array(["C", "D"]), np.float64(1.5), np.random.default_rng(1), scipy.sparse.eye(3),
    {"a": np.zeros(2), "b": [np.ones(2), np.zeros(2)]}, LogisticRegression().fit(X, y), make_pipeline(StandardScaler(), SVC()).fit(X, y),
    [os.getcwd, os.getcwd, os.sep.join], np.array([range(3), "x", None], dtype=object), io.BytesIO, "posix\nsystem",
]


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_names_are_those_that_pythons_loader_asks_for(thing, protocol):
    data = pickle.dumps(thing, protocol=protocol)
    loader = Recorder(data)
    loader.load()
    # NumPy's arrays of objects load a second pickle for themselves; a bound method is asked for in two steps.
    assert pickle_globals(data)[:len(loader.asked)] == loader.asked
    assert len(pickle_globals(data)) == len(loader.asked)


@pytest.mark.parametrize(("data", "expected"), [
    (b"cposix\nsystem\n.", [("posix", "system")]),
    (b"(S'echo'\niposix\nsystem\n.", [("posix", "system")]),
    (b"\x80\x04\x8c\x02os\x8c\x06getcwd\x93.", [("os", "getcwd")]),
    (b"\x80\x04\x8c\x02os\x94\x8c\x06getcwd\x940h\x00h\x01\x93.", [("os", "getcwd")]),  # both from the memo
    (b"\x80\x04\x8c\x02os\x94\x8c\x06getcwd\x86\x93.", [("?", "?")]),  # a tuple in the place of the name
    (b"\x80\x04\x8c\x02osh\x05\x93.", [("?", "?")]),  # a number that is not in the memo
    (b"\x80\x02\x82\x01.", [("?", "?")]),  # the extension registry
    (b"\x80\x04\x8c\x07builtinsR".replace(b"\x07", b"\x08") + b".", []),
])
def test_names_of_pickles_written_by_hand(data, expected):
    assert pickle_globals(data) == expected


def test_nothing_is_imported_to_find_out():
    assert pickle_globals(b"cno_such_module.at_all\nrun\n.") == [("no_such_module.at_all", "run")]


@pytest.mark.parametrize(("data", "message"), [
    (b"", "pickle exhausted"),
    (b"RIFF....WAVE", "no newline found"),
    (b"\x80\x04\xff", "at position 2"),
    (pickle.dumps(list(range(99)))[:40], "pickle exhausted"),
    ("model.p", "did you pass the path"),
])
def test_what_is_no_pickle_is_refused(data, message):
    with pytest.raises(ValueError, match=message):
        pickle_globals(data)


def test_versions_are_those_that_are_running():
    assert running_versions() == {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
