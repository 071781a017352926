"""Classifiers of notes. A data matrix X is (rows, columns), one row a clip; labels are whole numbers, 1 to 7 for the notes C to B.

Models are scikit-learn's, and its modules are imported inside the functions that need them: they take a second.
"""

from itertools import product
from numbers import Real
from typing import NamedTuple

import numpy as np

from .classifiers import _labels, _matrix
from .clips import build_matrix
from .features import features_chroma

PENALTY = 10.0  # C of the support vector machines whose C is not asked for
GRID_C = (1, 10, 100)
GRID_GAMMA = (0.01, 0.1, 1)
N_FOLDS = 3


class TrainedNotes(NamedTuple):
    """A fitted classifier, and how it does on the rows that were held out."""

    model: object
    report: dict
    confusion: np.ndarray


class Accuracies(NamedTuple):
    """Shares of rows labelled rightly: of those in training, and of fresh ones."""

    train: float
    fresh: float


class Tuned(NamedTuple):
    """The best settings, and all that were tried with their scores."""

    best_params: dict
    table: list


def make_note_pipeline(C, gamma):
    """A support vector machine behind a scaler, not yet fitted.

    Parameters
    ----------
    C : float
        Price of a row on the wrong side of the margin, above 0.
    gamma : float, "scale" or "auto"
        Width of the kernel exp(-gamma * |a - b| ** 2), above 0; a text is a rule by which scikit-learn sets it from the data.

    Returns
    -------
    sklearn.pipeline.Pipeline
        A StandardScaler, then an SVC with this C and gamma.

    Raises
    ------
    ValueError
        If C or gamma is not a positive, finite number, nor gamma one of the two texts.

    Notes
    -----
    Source: C. Cortes and V. Vapnik, Support-Vector Networks, Machine Learning 20 (1995).

    Examples
    --------
    >>> make_note_pipeline(10, 0.1).fit([[0.0], [1.0], [5.0], [6.0]], [1, 1, 2, 2]).predict([[0.4], [5.4]])
    array([1, 2])
    """
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), _svc(C, gamma))


def train_note_classifier(data, labels):
    """Fit a support vector machine to the first half of the rows and judge it by the second.

    Parameters
    ----------
    data : array (n, d)
        One note a row, already in random order.
    labels : array (n,)
        Their labels, two or more different ones in the first half.

    Returns
    -------
    TrainedNotes (model, report, confusion)
        An `SVC(C=10)` fitted to the rows before n // 2; scikit-learn's classification report of the other rows as a dict; and their
        confusion matrix, int array (k, k), row and column for each of the k labels in `labels`, in order: entry [a, b] counts rows of
        the a-th label that were given the b-th.

    Raises
    ------
    ValueError
        If data is not (rows, columns) or holds NaN or infinity, the lengths differ, or the first half has fewer than two labels.

    Notes
    -----
    The original tutorial's task, with another gamma.

    Examples
    --------
    >>> data, labels = np.array([[0.0], [5.0], [0.2], [5.1], [0.1], [4.9]]), [1, 2, 1, 2, 1, 2]
    >>> model, report, confusion = train_note_classifier(data, labels)
    >>> report["accuracy"], confusion
    (1.0, array([[1, 0],
           [0, 2]]))
    """
    from sklearn.metrics import classification_report, confusion_matrix

    data = _matrix("data", data)
    labels = _labels("labels", labels, len(data))
    half = len(data) // 2
    _two_labels(labels[:half])

    model = _svc(PENALTY, "scale").fit(data[:half], labels[:half])
    truth, found = labels[half:], model.predict(data[half:])
    report = classification_report(truth, found, output_dict=True, zero_division=0)
    return TrainedNotes(model, report, confusion_matrix(truth, found, labels=np.unique(labels)))


def train_and_fresh(X, y, X_fresh, y_fresh, gammas):
    """Overfitting, measured: accuracy in training and on fresh rows for each width of the kernel.

    Parameters
    ----------
    X, y : array (n, d), array (n,)
        Training rows and their labels.
    X_fresh, y_fresh : array (m, d), array (m,)
        Fresh rows and their labels; no model is fitted to them.
    gammas : sequence of float
        Each above 0, or "scale" or "auto".

    Returns
    -------
    list of Accuracies (train, fresh)
        One for each gamma: the shares of rows in X, and in X_fresh, that `SVC(C=10, gamma=gamma)`, fitted to X, labels rightly.

    Raises
    ------
    ValueError
        If X or X_fresh is not (rows, columns) or holds NaN or infinity, their numbers of columns differ, lengths differ, y has fewer
        than two labels, or a gamma is refused by make_note_pipeline.

    Examples
    --------
    >>> X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([1, 1, 2, 2])
    >>> train_and_fresh(X, y, X + 0.4, y, [0.1, 1e5])
    [Accuracies(train=1.0, fresh=1.0), Accuracies(train=1.0, fresh=0.5)]
    """
    X, X_fresh = _matrix("X", X), _matrix("X_fresh", X_fresh)
    y, y_fresh = _labels("y", y, len(X)), _labels("y_fresh", y_fresh, len(X_fresh))
    if X_fresh.shape[1] != X.shape[1]:
        raise ValueError(f"X_fresh has {X_fresh.shape[1]} columns and X {X.shape[1]}; they must agree: were both made with the same feature?")
    _two_labels(y)

    models = [_svc(PENALTY, gamma).fit(X, y) for gamma in gammas]
    return [Accuracies(float(model.score(X, y)), float(model.score(X_fresh, y_fresh))) for model in models]


def tune(X, y, groups):
    """Choose C and gamma by cross-validation in which no take is on both sides.

    Parameters
    ----------
    X, y : array (n, d), array (n,)
        Rows and their labels.
    groups : array (n,)
        Their takes, three or more different ones.

    Returns
    -------
    Tuned (best_params, table)
        table, list of (params, score): for each C of 1, 10, 100 and each gamma of 0.01, 0.1, 1 a dict with the keys "C" and "gamma", and
        the mean accuracy of make_note_pipeline(C, gamma) on the held-out groups of `GroupKFold(3)`. best_params are those with the
        highest score, the first of equals.

    Raises
    ------
    ValueError
        If X is not (rows, columns) or holds NaN or infinity, lengths differ, there are fewer than three groups, or the groups outside
        a fold have fewer than two labels.

    Examples
    --------
    >>> X, y = np.repeat([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]], 2, axis=0), np.repeat([1, 1, 1, 2, 2, 2], 2)
    >>> best_params, table = tune(X, y, groups=np.repeat([0, 1, 2, 0, 1, 2], 2))
    >>> best_params, len(table), float(table[0][1])
    ({'C': 1, 'gamma': 0.01}, 9, 1.0)
    """
    from sklearn.model_selection import GroupKFold

    X = _matrix("X", X)
    y, groups = _labels("y", y, len(X)), _labels("groups", groups, len(X))
    if len(np.unique(groups)) < N_FOLDS:
        raise ValueError(f"groups has {len(np.unique(groups))} different takes; {N_FOLDS} folds need as many: did you pass the labels?")
    folds = list(GroupKFold(N_FOLDS).split(X, y, groups))
    for train, _ in folds:
        _two_labels(y[train])

    def score(C, gamma):
        return float(np.mean([make_note_pipeline(C, gamma).fit(X[train], y[train]).score(X[test], y[test]) for train, test in folds]))

    table = [({"C": C, "gamma": gamma}, score(C, gamma)) for C, gamma in product(GRID_C, GRID_GAMMA)]
    return Tuned(table[int(np.argmax([score for _, score in table]))][0], table)


class NoteModel:
    """A support vector machine on the chroma of clips."""

    def __init__(self, clips):
        X, y, _ = build_matrix(clips, features_chroma)
        _two_labels(y)
        self.svc = _svc(PENALTY, "scale").fit(X, y)

    def predict(self, clips):
        """The label of each clip, array (n,); what stands in a clip's label and take is not looked at."""
        return self.svc.predict([features_chroma(clip.y, clip.sr) for clip in clips])


def note_model(clips):
    """A model that tells notes, in octaves it has not heard as well.

    Parameters
    ----------
    clips : sequence of Clip
        For training; two or more different labels.

    Returns
    -------
    NoteModel
        `model.predict(clips)` gives an array (n,) with a label for each of n clips.

    Raises
    ------
    ValueError
        If build_matrix or features_chroma refuses the clips, or all their labels are the same.

    Examples
    --------
    >>> from .note_clips import make_note_clips
    >>> rng = np.random.default_rng(1)
    >>> model = note_model(make_note_clips(8, rng))
    >>> fresh = make_note_clips(2, rng, octave=5)
    >>> int(sum(model.predict(fresh) == [clip.label for clip in fresh]))  # of 14
    14
    """
    return NoteModel(clips)


def _svc(C, gamma):
    from sklearn.svm import SVC

    if not _is_positive(C):
        raise ValueError(f"C={C!r} must be a positive number; did you pass its logarithm?")
    if gamma not in ("scale", "auto") if isinstance(gamma, str) else not _is_positive(gamma):
        raise ValueError(f'gamma={gamma!r} must be a positive number, "scale" or "auto"; did you pass its logarithm?')
    return SVC(C=C, gamma=gamma)


def _is_positive(value):
    return isinstance(value, Real) and not isinstance(value, bool) and 0 < value < np.inf


def _two_labels(y):
    if len(np.unique(y)) < 2:
        raise ValueError(f"{len(y)} training rows have fewer than two different labels; a classifier needs two: are the rows sorted by label?")
