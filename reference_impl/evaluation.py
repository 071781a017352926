"""Honest evaluation: splits, scores, confusions. A data matrix X is (rows, columns), one row a clip; y and groups hold one value a row.

A group is what belongs together when data are split, such as all clips that were cut from one take. Scores are shares, 0 to 1. In a confusion
matrix the rows are the true classes and the columns the predicted ones.
"""

from numbers import Integral
from typing import NamedTuple

import numpy as np

from .classifiers import TEST_SHARE, _generator, _labels, _matrix, _model


class Split(NamedTuple):
    """Row numbers of the two sides of a split, each in rising order."""

    train_idx: np.ndarray
    test_idx: np.ndarray


class ClassScores(NamedTuple):
    """Precision, recall and F1, one value a class."""

    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray


def group_split(groups, test_size, rng):
    """Split rows so that no group lies on both sides.

    Parameters
    ----------
    groups : array (n,)
        The group of each row, numbers or texts; two or more different ones.
    test_size : float
        The share of the groups, not of the rows, that is held out: above 0 and below 1.
    rng : numpy.random.Generator
        Draws the groups that are held out, all equally likely.

    Returns
    -------
    Split (train_idx, test_idx) of int arrays
        Row numbers; each row is on one side. round(test_size * number of groups) groups are held out, at least one and not all.

    Raises
    ------
    ValueError
        If groups is not one-dimensional, there are fewer than two groups, test_size lies outside 0..1, or rng is not a generator.

    Examples
    --------
    >>> train, test = group_split([4, 4, 9, 7, 9], 1 / 3, np.random.default_rng(0))
    >>> train, test
    (array([0, 1, 3]), array([2, 4]))
    """
    groups = np.asarray(groups)
    if groups.ndim != 1:
        raise ValueError(f"groups has shape {groups.shape}; it must have one value a row: did you pass the data matrix?")
    if not 0 < test_size < 1:
        raise ValueError(f"test_size={test_size} must lie above 0 and below 1; did you pass a number of groups instead of their share?")
    _generator(rng)
    names, group_of = np.unique(groups, return_inverse=True)
    if len(names) < 2:
        raise ValueError(f"groups has {len(names)} different values; a split needs two or more: are all rows of one take?")

    n_test = min(max(round(test_size * len(names)), 1), len(names) - 1)
    is_test = np.zeros(len(names), dtype=bool)
    is_test[rng.permutation(len(names))[:n_test]] = True
    return Split(np.flatnonzero(~is_test[group_of]), np.flatnonzero(is_test[group_of]))


def confusion(y_true, y_pred, n_classes):
    """Confusion matrix: how often each true class was given each predicted class.

    Parameters
    ----------
    y_true, y_pred : int array (n,)
        True and predicted classes, 0 to n_classes - 1.
    n_classes : int
        Number of classes, whether or not all of them occur.

    Returns
    -------
    int array (n_classes, n_classes)
        cm[i, j] is the number of rows k with y_true[k] = i and y_pred[k] = j.

    Raises
    ------
    ValueError
        If n_classes is no whole number of at least 1, the lengths differ, or a class is no whole number from 0 to n_classes - 1.

    Examples
    --------
    >>> confusion([0, 0, 2, 2, 2], [0, 2, 2, 2, 0], 3)
    array([[1, 0, 1],
           [0, 0, 0],
           [1, 0, 2]])
    """
    if isinstance(n_classes, bool) or not isinstance(n_classes, Integral) or n_classes < 1:
        raise ValueError(f"n_classes={n_classes!r} must be a whole number of at least 1; did you pass the classes themselves?")
    y_true = _classes("y_true", y_true, n_classes)
    y_pred = _labels("y_pred", _classes("y_pred", y_pred, n_classes), len(y_true))

    return np.bincount(n_classes * y_true + y_pred, minlength=n_classes**2).reshape(n_classes, n_classes)


def precision_recall_f1(cm):
    """Precision, recall and F1 of each class.

    Parameters
    ----------
    cm : array (n_classes, n_classes)
        Confusion matrix: counts, rows are the true classes.

    Returns
    -------
    ClassScores (precision, recall, f1) of float arrays (n_classes,)
        precision[i] = cm[i, i] / sum of column i: of the rows called i, the share that are i. recall[i] = cm[i, i] / sum of row i: of the rows that
        are i, the share called i. f1[i] = 2 * precision[i] * recall[i] / (precision[i] + recall[i]), their harmonic mean. 0/0 counts as 0.

    Raises
    ------
    ValueError
        If cm is not square, or holds NaN, infinity or negative numbers.

    Notes
    -----
    Source: C. J. van Rijsbergen, Information Retrieval (1979), chapter 7.

    Examples
    --------
    >>> precision_recall_f1([[8, 2], [4, 6]])[1]
    array([0.8, 0.6])
    """
    cm = _matrix("cm", cm)
    if cm.shape[0] != cm.shape[1]:
        raise ValueError(f"cm has shape {cm.shape}; it must be square: was a class that never occurred left out?")
    if (cm < 0).any():
        raise ValueError(f"cm holds {cm.min():g}; it must hold counts: is it a difference of two matrices?")

    right = cm.diagonal()
    precision, recall = _ratio(right, cm.sum(axis=0)), _ratio(right, cm.sum(axis=1))
    return ClassScores(precision, recall, _ratio(2 * precision * recall, precision + recall))


def leaky_score(model, X, y, rng):
    """Accuracy on held-out rows, whatever they have in common with the rows of training.

    Parameters
    ----------
    model : classifier or Pipeline
        Anything with fit(X, y) and predict(X); it is fitted anew.
    X : array (n, d)
        Rows, two or more.
    y : array (n,)
        Their labels.
    rng : numpy.random.Generator
        Draws the rows that are held out, all equally likely.

    Returns
    -------
    float
        Of round(0.3 * n) rows held out, the share whose label the model predicts, fitted to the others.

    Raises
    ------
    ValueError
        If X is not (rows, columns), has fewer than two rows or holds NaN or infinity, the lengths differ, rng is not a generator, or
        model has no predict.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> leaky_score(KNeighborsClassifier(1), np.repeat([[0.0], [9.0]], 5, axis=0), np.repeat([0, 1], 5), np.random.default_rng(0))
    1.0
    """
    return honest_score(model, X, y, np.arange(len(y)), rng)  # each row is a group of its own


def honest_score(model, X, y, groups, rng):
    """Accuracy on held-out groups, of which the model has seen no row.

    Parameters
    ----------
    model : classifier or Pipeline
        Anything with fit(X, y) and predict(X); it is fitted anew.
    X : array (n, d)
        Rows.
    y : array (n,)
        Their labels.
    groups : array (n,)
        Their groups, two or more different ones.
    rng : numpy.random.Generator
        Draws the groups that are held out, all equally likely.

    Returns
    -------
    float
        Of the rows of the groups held out, a share of 0.3 of all groups as by `group_split`, the share whose label the model predicts, fitted
        to the others.

    Raises
    ------
    ValueError
        If X is not (rows, columns) or holds NaN or infinity, the lengths differ, there are fewer than two groups, rng is not a generator, or
        model has no predict.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> X, y, groups = np.repeat([[0.0], [1.0], [9.0], [8.0]], 3, axis=0), np.repeat([0, 0, 1, 1], 3), np.repeat([5, 6, 7, 8], 3)
    >>> honest_score(KNeighborsClassifier(1), X, y, groups, np.random.default_rng(0))
    1.0
    """
    X = _matrix("X", X)
    y, groups = _labels("y", y, len(X)), _labels("groups", groups, len(X))
    _model(model)

    train, test = group_split(groups, TEST_SHARE, rng)
    return float(np.mean(model.fit(X[train], y[train]).predict(X[test]) == y[test]))


def _classes(name, y, n_classes):
    y = np.asarray(y)
    if y.ndim != 1 or y.dtype.kind not in "iu" or y.size == 0:
        raise ValueError(f"{name} must be a row of whole numbers and not empty, and is {y.dtype} of shape {y.shape}; are they names or probabilities?")
    if y.min() < 0 or y.max() >= n_classes:
        raise ValueError(f"{name} has classes from {y.min()} to {y.max()}; with n_classes={n_classes} they lie in 0..{n_classes - 1}: do yours begin at 1?")
    return y.astype(int)


def _ratio(a, b):
    return np.divide(a, b, out=np.zeros(len(a)), where=b > 0)
