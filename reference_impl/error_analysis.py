"""Where a classifier errs. A data matrix X is (rows, columns), one row a clip; y holds one label a row; accuracies are shares, 0 to 1.

Models are fitted scikit-learn classifiers. They are asked as they are, and never fitted again.
"""

from numbers import Integral

import numpy as np

from .classifiers import _generator, _labels, _matrix, _model
from .clips import build_matrix
from .filters import add_noise


def worst_clips(model, X, y, k):
    """The rows on which a classifier is most wrong: where to listen first.

    Parameters
    ----------
    model : fitted classifier
        Anything with predict_proba(X) and classes_.
    X : array (n, d)
        Rows, at least one.
    y : array (n,)
        Their true labels, each one of model.classes_.
    k : int
        How many rows, 1 to n.

    Returns
    -------
    int array (k,)
        Row numbers by falling wrongness, which is 1 - model.predict_proba(X)[i, column of y[i]]; equally wrong ones by rising number.

    Raises
    ------
    ValueError
        If X is not (rows, columns) or holds NaN or infinity, the lengths differ, k is no whole number from 1 to n, a label is unknown to the
        model, or model has no predict_proba.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> model = KNeighborsClassifier(n_neighbors=2).fit([[0.0], [1.0], [2.0], [3.0]], [5, 5, 7, 7])
    >>> worst_clips(model, [[0.4], [0.4], [1.5]], [5, 7, 7], k=2)
    array([1, 2])
    """
    X = _matrix("X", X)
    y = _labels("y", y, len(X))
    _model(model)
    if not hasattr(model, "predict_proba"):
        raise ValueError(f"model={model!r} has no predict_proba; wrongness needs probabilities: a LogisticRegression gives them, an SVC does not")
    _check_count("k", k, len(X))
    if not np.isin(y, model.classes_).all():
        raise ValueError(f"y holds {y[~np.isin(y, model.classes_)][0]!r}, which model has never seen; its labels are {model.classes_.tolist()}")

    of_true_class = y[:, np.newaxis] == model.classes_
    p_true = np.sum(model.predict_proba(X) * of_true_class, axis=1)
    return np.lexsort((np.arange(len(y)), p_true))[:k]  # 1 - p is largest where p is least


def accuracy_vs_snr(model, feature, clips, snrs, rng):
    """Accuracy of a classifier on clips in more and more noise.

    Parameters
    ----------
    model : fitted classifier
        Anything with predict(X); its columns are those of feature.
    feature : function
        feature(y, sr) gives the features of one clip.
    clips : list of Clip
        At least one; they stay as they are.
    snrs : sequence of float
        Ratios of signal to noise in dB, at least one.
    rng : numpy.random.Generator
        Source of the noise, drawn anew for each clip at each ratio; it is advanced.

    Returns
    -------
    dict of float to float
        For each snr of snrs, in their order, the share of clips whose label the model predicts from
        feature(add_noise(clip.y, snr, rng), clip.sr).

    Raises
    ------
    ValueError
        If snrs is empty, rng is not a generator, model has no predict, or add_noise or build_matrix refuses its arguments.

    Examples
    --------
    >>> from sklearn.dummy import DummyClassifier
    >>> from reference_impl.clips import Clip
    >>> clips = [Clip(np.array([0.1, -0.3]), 8000, 1, 0), Clip(np.array([0.0, 0.2]), 8000, 0, 1)]
    >>> model = DummyClassifier(strategy="constant", constant=1).fit([[0.0], [0.0]], [0, 1])
    >>> accuracy_vs_snr(model, lambda y, sr: [y.max()], clips, [20.0, 0.0], np.random.default_rng(0))
    {20.0: 0.5, 0.0: 0.5}
    """
    snrs = list(snrs)
    if not snrs:
        raise ValueError("snrs is empty; a curve needs a point: was a range given that ends before it starts?")
    _generator(rng)
    _model(model)

    def accuracy(snr):
        X, y, _ = build_matrix([clip._replace(y=add_noise(clip.y, snr, rng)) for clip in clips], feature)
        return float(np.mean(model.predict(X) == y))

    return {snr: accuracy(snr) for snr in snrs}


def permutation_importance_band(model, X, y, rng):
    """How much accuracy a classifier loses when one column, a band or any other feature, is shuffled among the rows.

    Parameters
    ----------
    model : fitted classifier
        Anything with predict(X).
    X : array (n, d)
        Rows the model has not seen, at least one; they stay as they are.
    y : array (n,)
        Their true labels.
    rng : numpy.random.Generator
        Source of the shuffling, d permutations of n; it is advanced.

    Returns
    -------
    float array (d,)
        importance[j] = accuracy on X - accuracy on X with the values of column j permuted among the rows, once. It is below 0 where the
        column misleads, and 0 where it is constant or the model does not use it.

    Raises
    ------
    ValueError
        If X is not (rows, columns), has no row or holds NaN or infinity, the lengths differ, rng is not a generator, or model has no predict.

    Notes
    -----
    Source: L. Breiman, Random Forests, Machine Learning 45 (2001), section 10. Columns that say the same can stand in for each other, and then
    each of them looks unimportant.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> X, y = np.array([[0.0, 5.0], [9.0, 5.0]] * 50), np.array([0, 1] * 50)
    >>> model = KNeighborsClassifier(n_neighbors=1).fit(X, y)
    >>> importance = permutation_importance_band(model, X, y, np.random.default_rng(0))
    >>> bool(0.3 < importance[0] < 0.7), float(importance[1])
    (True, 0.0)
    """
    X = _matrix("X", X)
    y = _labels("y", y, len(X))
    if len(X) == 0:
        raise ValueError("X has no row; an accuracy needs at least one: did the split hold nothing out?")
    _generator(rng)
    _model(model)

    n, d = X.shape
    copies = np.repeat(X[np.newaxis], d, axis=0)  # copy j has column j permuted
    copies[np.arange(d), :, np.arange(d)] = rng.permuted(X.T, axis=1)
    right = model.predict(copies.reshape(d * n, d)).reshape(d, n) == y
    return np.mean(model.predict(X) == y) - right.mean(axis=1)


def _check_count(name, k, n):
    if isinstance(k, bool) or not isinstance(k, Integral) or not 1 <= k <= n:
        raise ValueError(f"{name}={k!r} must be a whole number from 1 to {n}, the number of rows; did you pass a share of them?")
