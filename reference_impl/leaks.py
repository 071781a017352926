"""Leaks: how knowledge of the test gets into an evaluation, told from a pipeline's source and data.

A pipeline is a dict of "source", a Python program, one step a line, which computes `score` from X and y by scikit-learn, and the data it runs
on, "X" (n, d) and "y" (n,).
"""

import numpy as np

_SPLIT = "train_test_split"
_LEARNS_BEFORE_THE_SPLIT = {"StandardScaler().fit": "scaler", "SelectKBest().fit": "selection"}
_TUNES_ON_TEST = ("max(", "X_test")


def find_the_leak(pipeline):
    """Name the leak of a small scikit-learn pipeline.

    Parameters
    ----------
    pipeline : dict
        "source" : str, a program whose first split is by `train_test_split`. "X" : array (n, d). "y" : int array (n,).

    Returns
    -------
    str
        The first of these that holds:
        "scaler", if `StandardScaler().fit` occurs before the first `train_test_split`;
        "selection", if `SelectKBest().fit` does;
        "tuned on test", if a line holds both `max(` and `X_test`;
        "duplicates", if two rows of X are equal;
        "order", if the source holds `shuffle=False` and y never falls;
        "none".

    Raises
    ------
    ValueError
        If the source splits nothing, X is not two-dimensional, or y has another length.

    Notes
    -----
    Source: S. Kapoor and A. Narayanan, Leakage and the reproducibility crisis in machine-learning-based science, Patterns 4/9 (2023).

    Examples
    --------
    >>> X, y = np.arange(12.0).reshape(6, 2), np.array([1, 0, 1, 0, 0, 1])
    >>> source = "X = StandardScaler().fit_transform(X)\\nX_train, X_test, y_train, y_test = train_test_split(X, y)"
    >>> find_the_leak({"source": source, "X": X, "y": y})
    'scaler'
    """
    source, X, y = pipeline["source"], np.asarray(pipeline["X"]), np.asarray(pipeline["y"])
    before, split, _ = source.partition(_SPLIT)
    if not split:
        raise ValueError(f"the source never calls {_SPLIT}; what does not hold out has nothing to leak: is it the whole program?")
    if X.ndim != 2 or y.shape != (len(X),):
        raise ValueError(f"X has shape {X.shape} and y {y.shape}; they must be (n, d) and (n,): are they from the same pipeline?")

    for learns, leak in _LEARNS_BEFORE_THE_SPLIT.items():
        if learns in before:
            return leak
    if any(all(word in line for word in _TUNES_ON_TEST) for line in source.splitlines()):
        return "tuned on test"
    if len(set(map(tuple, X.tolist()))) < len(X):
        return "duplicates"
    if "shuffle=False" in source and np.array_equal(y, np.sort(y)):
        return "order"
    return "none"
