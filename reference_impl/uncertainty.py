"""Uncertainty of a score. Answers are one value a clip: True where the classifier was right; accuracies are shares, 0 to 1."""

from typing import NamedTuple

import numpy as np

from .classifiers import _binary, _generator

N_RESAMPLES = 1000
LEVELS = (2.5, 97.5)  # percentiles that leave 95 % between them


class Interval(NamedTuple):
    """The two ends of an interval."""

    lo: float
    hi: float


def bootstrap_ci(correct, rng):
    """A 95 % confidence interval of an accuracy, by the percentile bootstrap.

    Parameters
    ----------
    correct : array (n,)
        True or 1 where the classifier was right, False or 0 where it was wrong; at least one, and independent of each other.
    rng : numpy.random.Generator
        Draws the resamples.

    Returns
    -------
    Interval (lo, hi)
        The percentiles 2.5 and 97.5 of 1000 accuracies, each the mean of n values drawn from correct with replacement.

    Raises
    ------
    ValueError
        If correct is empty, not one-dimensional, or holds something else than 0 and 1, or rng is not a generator.

    Notes
    -----
    How often a value is drawn is all that counts, so the number of right ones in a resample is binomial.
    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.

    Examples
    --------
    >>> lo, hi = bootstrap_ci([True] * 80 + [False] * 20, np.random.default_rng(0))
    >>> round(lo, 2), round(hi, 2)
    (0.72, 0.88)
    """
    correct = np.asarray(correct)
    if correct.ndim != 1 or correct.size == 0:
        raise ValueError(f"correct has shape {correct.shape}; it must be one-dimensional and not empty: did you pass the accuracy itself?")
    correct = _binary("correct", correct, len(correct))
    _generator(rng)

    accuracies = rng.binomial(correct.size, correct.mean(), N_RESAMPLES) / correct.size
    return Interval(*map(float, np.percentile(accuracies, LEVELS)))
