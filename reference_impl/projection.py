"""Looking at a data matrix without labels. X is (rows, columns), one row a clip, one column a feature."""

import numpy as np

from .classifiers import _matrix


def pca_2d(X):
    """Scores of the rows on the two principal components: the flat picture that keeps as much of the variance as any can.

    Parameters
    ----------
    X : array (n, d)
        At least 2 rows and 2 columns, all columns in one unit: they are centred, and not standardised.

    Returns
    -------
    float array (n, 2)
        (X - mean of the columns) @ [v1, v2], where v1 and v2 are unit vectors, orthogonal, along which the rows vary most, v1 first. Each
        column is centred, and its variance is that of the rows along its v (not whitened). Its sign is such that the score of largest
        magnitude is positive.

    Raises
    ------
    ValueError
        If X is not (rows, columns), has less than 2 of either, or holds NaN or infinity.

    Notes
    -----
    Source: I. T. Jolliffe, Principal Component Analysis, 2nd edition (2002), section 3.5 (by the singular value decomposition).

    Examples
    --------
    >>> pca_2d([[0.0, 2.0], [0.0, -1.0], [0.0, -1.0], [8.0, 0.0]]).round(6) + 0.0
    array([[-2.,  2.],
           [-2., -1.],
           [-2., -1.],
           [ 6.,  0.]])
    """
    X = _matrix("X", X)
    if min(X.shape) < 2:
        raise ValueError(f"X has shape {X.shape}; two components need at least 2 rows and 2 columns: was a single clip or feature selected?")

    U, S, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    scores = U[:, :2] * S[:2]
    largest = scores[np.abs(scores).argmax(axis=0), [0, 1]]
    return np.where(largest < 0, -1.0, 1.0) * scores
