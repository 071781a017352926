"""First classifiers. A data matrix X is (rows, columns), one row a clip; y holds one label a row; in binary tasks 1 is sound, 0 silence.

Models are scikit-learn's. Its modules, and scipy's distances, are imported inside the functions that need them: they take a second.
"""

import pickle
from numbers import Integral
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.special import expit

P_MIN = 1e-15  # log_loss keeps probabilities at least this far away from 0 and 1
TEST_SHARE = 0.3  # of the rows, held out by train_silence_classifier


class Trained(NamedTuple):
    """A fitted classifier and its accuracy on the rows that were held out."""

    model: object
    score: float


class Weights(NamedTuple):
    """A linear decision function X @ w + b."""

    w: np.ndarray
    b: float


def nearest_neighbour(X_train, y_train, X):
    """Label each row with the label of the training row nearest to it.

    Parameters
    ----------
    X_train : array (n, d)
        Training rows, at least one.
    y_train : array (n,)
        Their labels, numbers or texts.
    X : array (m, d)
        Rows to label.

    Returns
    -------
    array (m,) of y_train's dtype
        y_train[argmin over i of sum((X_train[i] - x) ** 2)] for each row x; of several nearest rows the first counts.

    Raises
    ------
    ValueError
        If X_train or X is not (rows, columns), their numbers of columns differ, there is no training row, the lengths of
        X_train and y_train differ, or NaN or infinity occurs.

    Notes
    -----
    Source: T. Cover and P. Hart, Nearest neighbor pattern classification, IEEE Trans. Inform. Theory 13 (1967), 21-27.

    Examples
    --------
    >>> nearest_neighbour([[0.0, 0.0], [3.0, 4.0]], [0, 1], [[1.0, 1.0], [3.0, 3.0]])
    array([0, 1])
    """
    from scipy.spatial.distance import cdist

    X_train, X = _matrix("X_train", X_train), _matrix("X", X)
    y_train = _labels("y_train", y_train, len(X_train))
    if len(X_train) == 0:
        raise ValueError("X_train has no row; a neighbour needs at least one: did the split leave nothing to train on?")
    if X.shape[1] != X_train.shape[1]:
        raise ValueError(f"X has {X.shape[1]} columns and X_train {X_train.shape[1]}; they must agree: were both made with the same settings?")

    return y_train[cdist(X, X_train, "sqeuclidean").argmin(axis=1)]


def sigmoid(z):
    """Logistic function: any number becomes one between 0 and 1.

    Parameters
    ----------
    z : array of any shape, or number

    Returns
    -------
    float array of z's shape (a float for a number)
        1 / (1 + exp(-z)), without overflow.

    Raises
    ------
    ValueError
        If z holds NaN.

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])
    """
    z = np.asarray(z, dtype=float)
    if np.isnan(z).any():
        raise ValueError("z holds NaN; it must be numbers: did gradient descent diverge, or standardising divide by zero?")

    return expit(z)


def log_loss(y, p):
    """Mean log-loss (cross-entropy) of probabilities, in nats.

    Parameters
    ----------
    y : array (n,)
        True labels, 0 or 1, at least one.
    p : array (n,)
        Probabilities of label 1, in 0..1; clipped to 1e-15..1 - 1e-15, so that the loss stays finite.

    Returns
    -------
    float
        -mean(y * log(p) + (1 - y) * log(1 - p)).

    Raises
    ------
    ValueError
        If y or p is empty or not one-dimensional, their lengths differ, y holds something else than 0 and 1, or p leaves 0..1.

    Notes
    -----
    Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), equation 4.90, divided by n.

    Examples
    --------
    >>> round(log_loss([1, 0], [0.8, 0.4]), 4)
    0.367
    """
    p = _vector("p", p)
    y = _binary("y", y, len(p))
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError(f"p holds {p[(p < 0) | (p > 1)][0]:g}; probabilities lie in 0..1: did you pass X @ w + b without the sigmoid?")

    p = np.clip(p, P_MIN, 1.0 - P_MIN)
    return float(-np.mean(np.log(np.where(y == 1, p, 1.0 - p))))


def train_silence_classifier(data, labels, rng):
    """Fit a logistic regression to 70 % of the rows and score it on the rest, which it has never seen.

    Parameters
    ----------
    data : array (n, d)
        One clip a row.
    labels : array (n,)
        Their labels, two or more different ones.
    rng : numpy.random.Generator
        Draws which rows are held out.

    Returns
    -------
    Trained (model, score)
        A `LogisticRegression` with default settings, fitted to n - n_test rows, and its accuracy (a share, 0..1) on the
        n_test = ceil(0.3 * n) rows held out. The rows are drawn anew, all equally likely, for each state of rng.

    Raises
    ------
    ValueError
        If data is not (rows, columns), has fewer than 4 rows or holds NaN or infinity, the lengths differ, the labels are all
        the same, or rng is not a generator.

    Notes
    -----
    The original tutorial's task; there the split was the same in every run.

    Examples
    --------
    >>> data = np.repeat([[0.0, 1.0], [1.0, 0.0]], 10, axis=0)
    >>> model, score = train_silence_classifier(data, np.repeat([0, 1], 10), np.random.default_rng(0))
    >>> score, model.predict([[0.9, 0.1]])
    (1.0, array([1]))
    """
    from sklearn.linear_model import LogisticRegression

    data = _matrix("data", data)
    labels = _labels("labels", labels, len(data))
    if len(data) < 4:
        raise ValueError(f"data has {len(data)} rows; a split needs at least 4: is data transposed?")
    if len(np.unique(labels)) < 2:
        raise ValueError(f"labels are all {labels[0]!r}; a classifier needs two different ones: was the label read from the wrong place?")
    _generator(rng)

    order = rng.permutation(len(data))
    n_test = int(np.ceil(TEST_SHARE * len(data)))
    test, train = order[:n_test], order[n_test:]
    model = LogisticRegression().fit(data[train], labels[train])
    return Trained(model, float(model.score(data[test], labels[test])))


def fit_threshold(levels_db, labels):
    """The level that separates silence from sound with the fewest errors, where a clip is called sound if level > threshold.

    Parameters
    ----------
    levels_db : array (n,)
        Levels of clips in dB, at least one.
    labels : array (n,)
        1 for sound, 0 for silence.

    Returns
    -------
    float
        A threshold in dB for which sum((levels_db > threshold) != labels) is least: of several best gaps between levels the
        lowest, and its middle; 1 dB outside the levels where calling all clips sound, or all silence, is best.

    Raises
    ------
    ValueError
        If levels_db is empty, not one-dimensional or holds NaN or infinity, the lengths differ, or labels holds something else
        than 0 and 1.

    Examples
    --------
    >>> fit_threshold([-90.0, -70.0, -20.0, -10.0], [0, 0, 1, 1])
    -45.0
    """
    levels_db = _vector("levels_db", levels_db)
    labels = _binary("labels", labels, len(levels_db))

    steps, step_of = np.unique(levels_db, return_inverse=True)
    n_sound = np.bincount(step_of, weights=labels)
    n_silence = np.bincount(step_of, weights=1 - labels)
    # Below the k-th gap lie k steps: their sounds are missed, and the silences above it are false alarms.
    errors = np.append(0, np.cumsum(n_sound)) + np.append(np.cumsum(n_silence[::-1])[::-1], 0)

    gaps = np.concatenate([[steps[0] - 1.0], (steps[:-1] + steps[1:]) / 2.0, [steps[-1] + 1.0]])
    return float(gaps[np.argmin(errors)])


def fit_logreg_gd(X, y, lr, n_iter):
    """Logistic regression by gradient descent: from zero, all rows in each step, no penalty.

    Parameters
    ----------
    X : array (n, d)
        Rows, standardised for quick descent; at least one.
    y : array (n,)
        Labels, 0 or 1.
    lr : float
        Learning rate, positive.
    n_iter : int
        Number of steps; 0 gives the start, w = 0 and b = 0.

    Returns
    -------
    Weights (w, b)
        w, array (d,), and b, float, after n_iter times w -= lr * X.T @ (p - y) / n and b -= lr * mean(p - y), both from the
        same p = sigmoid(X @ w + b): the gradient of the mean log-loss.

    Raises
    ------
    ValueError
        If X is not (rows, columns), has no row or holds NaN or infinity, the lengths differ, y holds something else than 0 and 1,
        lr is not positive, or n_iter is not a whole number of at least 0.

    Notes
    -----
    Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), equation 4.91, divided by n.

    Examples
    --------
    >>> w, b = fit_logreg_gd([[1.0], [3.0], [2.0]], [0, 1, 1], lr=0.6, n_iter=1)
    >>> w.round(6), round(b, 6)
    (array([0.4]), 0.1)
    """
    X = _matrix("X", X)
    y = _binary("y", y, len(X))
    if len(X) == 0:
        raise ValueError("X has no row; a fit needs at least one: did the split leave nothing to train on?")
    if not (np.isfinite(lr) and lr > 0):
        raise ValueError(f"lr={lr} must be positive and finite; is the sign of the step in it?")
    if isinstance(n_iter, bool) or not isinstance(n_iter, Integral) or n_iter < 0:
        raise ValueError(f"n_iter={n_iter!r} must be a whole number of at least 0; are lr and n_iter swapped?")

    with_one = np.column_stack([X, np.ones(len(X))])  # the column of ones makes b one weight more
    weights = np.zeros(with_one.shape[1])
    for _ in range(n_iter):
        weights -= lr * with_one.T @ (sigmoid(with_one @ weights) - y) / len(X)
    return Weights(weights[:-1], float(weights[-1]))


def beats_baseline(model, X, y):
    """Whether a classifier is right more often than whoever always answers the commonest label.

    Parameters
    ----------
    model : fitted classifier
        Anything with predict(X).
    X : array (n, d)
        Rows the model has not seen, at least one.
    y : array (n,)
        Their true labels.

    Returns
    -------
    bool
        Number of rows where model.predict(X) equals y > number of rows with the label that is commonest in y. A tie does not beat.

    Raises
    ------
    ValueError
        If X is not (rows, columns), has no row or holds NaN or infinity, the lengths differ, or model has no predict.

    Examples
    --------
    >>> from sklearn.dummy import DummyClassifier
    >>> X, y = np.zeros((3, 1)), np.array([1, 1, 0])
    >>> beats_baseline(DummyClassifier(strategy="most_frequent").fit(X, y), X, y)
    False
    """
    X = _matrix("X", X)
    y = _labels("y", y, len(X))
    if len(X) == 0:
        raise ValueError("X has no row; an accuracy needs at least one: did the split hold nothing out?")
    _model(model)

    _, counts = np.unique(y, return_counts=True)
    return bool(np.sum(model.predict(X) == y) > counts.max())


def save_classifier(path, model):
    """Write a fitted model to a file by pickle; an existing file is replaced.

    Parameters
    ----------
    path : str or Path
        The file.
    model : fitted classifier

    Raises
    ------
    ValueError
        If model is a class, or has no predict.

    Notes
    -----
    Loading a pickle runs code: load only files whose origin you trust.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.dummy import DummyClassifier
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_classifier(folder + "/model.p", DummyClassifier(strategy="most_frequent").fit([[0], [0]], [7, 7]))
    ...     pickle.loads(Path(folder, "model.p").read_bytes()).predict([[5]])
    array([7])
    """
    _model(model)

    Path(path).write_bytes(pickle.dumps(model))


def _matrix(name, X):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2:
        raise ValueError(f"{name} has shape {X.shape}; it must be (rows, columns): X.reshape(len(X), -1) flattens images, x[np.newaxis] makes a row")
    if not np.isfinite(X).all():
        raise ValueError(f"{name} holds NaN or infinity; it must be finite: did a level of digital silence become -inf?")
    return X


def _vector(name, x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"{name} has shape {x.shape}; it must be one-dimensional and not empty: did you pass a whole matrix, or select no row?")
    if not np.isfinite(x).all():
        raise ValueError(f"{name} holds NaN or infinity; it must be finite: did a level of digital silence become -inf?")
    return x


def _labels(name, y, n):
    y = np.asarray(y)
    if y.shape != (n,):
        raise ValueError(f"{name} has shape {y.shape}; {n} rows need shape ({n},): are rows and labels from the same split?")
    return y


def _binary(name, y, n):
    y = _labels(name, y, n)
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"{name} holds {y[~np.isin(y, (0, 1))][0]}; it must be 0 or 1: did you pass probabilities, or notes 1 to 7?")
    return y.astype(int)


def _generator(rng):
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng={rng!r} must be a numpy.random.Generator; did you pass a seed instead of np.random.default_rng(seed)?")


def _model(model):
    if isinstance(model, type) or not callable(getattr(model, "predict", None)):
        raise ValueError(f"model={model!r} must be a fitted model with predict; did you pass its class, its coefficients or its predictions?")
