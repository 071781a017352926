"""Saving models. A model is a fitted scikit-learn classifier; its file is a pickle, its card a JSON file beside it, named path + ".json".

Loading a pickle runs code. A hash says whether a file is the one that was meant, not whether it means well.
"""

import hashlib
import json
import os
import pickle
import warnings
from pathlib import Path
from typing import NamedTuple

from .classifiers import _model
from .pickles import pickle_globals, running_versions

LOGREG_NAME, SVM_NAME = "logisticRegr.p", "classifierSVM.p"  # the original tutorial's
CARD_KEYS = ("sr", "n_fft", "feature", "seed")  # without these nobody can repeat a prediction
FAMILIAR_ROOTS = frozenset({"numpy", "scipy", "sklearn"})


class Loaded(NamedTuple):
    """A model and its card."""

    pipeline: object
    card: dict


def save_models(folder, logreg, svm):
    """Write two fitted models to the original tutorial's two files.

    Parameters
    ----------
    folder : str or Path
        Where they go; it is made, with the folders above it, if it does not exist.
    logreg : fitted classifier
        Goes to logisticRegr.p, by pickle; an existing file is replaced.
    svm : fitted classifier
        Goes to classifierSVM.p likewise.

    Raises
    ------
    ValueError
        If one of the models is a class, or has no predict. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.dummy import DummyClassifier
    >>> model = DummyClassifier().fit([[0], [0]], [7, 7])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_models(folder, model, model)
    ...     sorted(os.listdir(folder))
    ['classifierSVM.p', 'logisticRegr.p']
    """
    _model(logreg)
    _model(svm)

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in ((LOGREG_NAME, logreg), (SVM_NAME, svm)):
        (folder / name).write_bytes(pickle.dumps(model))


def save_model(path, pipeline, card):
    """Write a fitted model, and beside it a card that says what it is.

    Parameters
    ----------
    path : str or Path
        The model's file; the card's is path + ".json". Existing files are replaced.
    pipeline : fitted classifier
    card : dict
        What JSON can hold, with at least the keys sr, n_fft, feature and seed; it is left as it is.

    Returns
    -------
    str
        The SHA-256 of the model's file, 64 hexadecimal digits. The card's file holds card, "sha256" with this very text, and
        "versions" with running_versions().

    Raises
    ------
    ValueError
        If card lacks one of the four keys or is no dict that JSON can hold, or pipeline is a class or has no predict. Nothing is
        written then.

    Notes
    -----
    Sources: M. Mitchell et al., Model Cards for Model Reporting (2019); NIST, FIPS 180-4, for SHA-256.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.dummy import DummyClassifier
    >>> card = {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sha256 = save_model(folder + "/model.p", DummyClassifier().fit([[0]], [7]), card)
    ...     sha256 == hashlib.sha256(Path(folder, "model.p").read_bytes()).hexdigest(), sorted(os.listdir(folder))
    (True, ['model.p', 'model.p.json'])
    """
    _model(pipeline)
    if not isinstance(card, dict):
        raise ValueError(f"card={card!r} must be a dict; are pipeline and card swapped?")
    missing = [key for key in CARD_KEYS if key not in card]
    if missing:
        raise ValueError(f"card lacks {', '.join(missing)}; without {', '.join(CARD_KEYS)} nobody can repeat a prediction: was it forgotten?")

    data = pickle.dumps(pipeline)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        text = json.dumps({**card, "versions": running_versions(), "sha256": sha256}, indent=2)
    except TypeError as error:
        raise ValueError(f"card cannot be written as JSON ({error}); is a value an array or a NumPy number? Say float(…), or list(…)") from error

    Path(path).write_bytes(data)
    _card_path(path).write_text(text, encoding="utf-8")
    return sha256


def load_model(path, expected_sha256):
    """Read a model that save_model wrote, if its file is the one that is meant.

    Parameters
    ----------
    path : str or Path
        The model's file.
    expected_sha256 : str
        The SHA-256 that whoever saved the model told; it must not come from where the file comes from.

    Returns
    -------
    Loaded (pipeline, card)

    Raises
    ------
    FileNotFoundError
        If there is no such model or card.
    ValueError
        If the file has another SHA-256. It is not unpickled then.

    Warns
    -----
    UserWarning
        If the card's versions are not those that are running. The model is loaded all the same.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.dummy import DummyClassifier
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sha256 = save_model(folder + "/m.p", DummyClassifier().fit([[0]], [7]), {"sr": 8000, "n_fft": 512, "feature": "mel", "seed": 1})
    ...     pipeline, card = load_model(folder + "/m.p", sha256)
    >>> pipeline.predict([[5]]), card["feature"]
    (array([7]), 'mel')
    """
    data = Path(path).read_bytes()
    card = json.loads(_card_path(path).read_text(encoding="utf-8"))
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != expected_sha256:
        raise ValueError(f"path={os.fspath(path)!r} has the SHA-256 {sha256}, not {expected_sha256}; was the file changed, or is it another version of the model?")

    running = running_versions()
    if card["versions"] != running:
        warnings.warn(f"the model was saved under {card['versions']}, running are {running}; its predictions may differ", UserWarning, stacklevel=2)
    return Loaded(pickle.loads(data), card)


def is_suspicious(pickle_bytes):
    """Whether a pickle would import anything from outside NumPy, SciPy and scikit-learn.

    Parameters
    ----------
    pickle_bytes : bytes
        A pickle, the whole content of a file. It is not loaded.

    Returns
    -------
    bool
        True if the root of a module in pickle_globals(pickle_bytes), the part before its first dot, is not numpy, scipy or sklearn.

    Raises
    ------
    ValueError
        If pickle_globals refuses the bytes.

    Notes
    -----
    A first sieve, no proof: those libraries, too, have functions that run code. Source: the documentation of skops.io, which compares
    whole names.

    Examples
    --------
    >>> is_suspicious(pickle.dumps({"C": 10.0})), is_suspicious(pickle.dumps(os.getcwd))
    (False, True)
    """
    return not {module.partition(".")[0] for module, _ in pickle_globals(pickle_bytes)} <= FAMILIAR_ROOTS


def _card_path(path):
    return Path(os.fspath(path) + ".json")
