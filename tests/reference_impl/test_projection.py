"""Tests of the projection: laws of principal components, then scikit-learn as oracle."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from reference_impl import pca_2d


@pytest.fixture
def rng():
    return np.random.default_rng(20180606)


@pytest.fixture
def X(rng):
    """Rows far from 0, with a spread of its own in each column."""
    return rng.standard_normal((30, 5)) * [9.0, 4.0, 2.0, 1.0, 0.5] + rng.uniform(20, 60, 5)


def test_scores_are_centred(X):
    np.testing.assert_allclose(pca_2d(X).mean(axis=0), 0.0, atol=1e-12)


def test_the_first_component_varies_most(X):
    first, second = pca_2d(X).var(axis=0)
    assert first > second


def test_components_are_uncorrelated(X):
    assert abs(np.corrcoef(pca_2d(X).T)[0, 1]) < 1e-12


def test_scores_scale_with_the_rows(X):
    np.testing.assert_allclose(pca_2d(3 * X), 3 * pca_2d(X), rtol=1e-9)


def test_moving_all_rows_changes_nothing(X):
    np.testing.assert_allclose(pca_2d(X + [1.0, -2.0, 3.0, 0.0, 7.0]), pca_2d(X), atol=1e-10)


def test_turning_all_rows_changes_nothing(X, rng):
    turn = np.linalg.qr(rng.standard_normal((5, 5)))[0]
    np.testing.assert_allclose(pca_2d(X @ turn), pca_2d(X), atol=1e-10)


def test_rows_in_a_plane_keep_their_distances(rng):
    flat = rng.standard_normal((12, 2)) @ rng.standard_normal((2, 7))
    between = np.linalg.norm(flat[:, np.newaxis] - flat, axis=2)
    scores = pca_2d(flat)
    np.testing.assert_allclose(np.linalg.norm(scores[:, np.newaxis] - scores, axis=2), between, atol=1e-12)


def test_the_largest_score_is_positive(X):
    for scores in (pca_2d(X), pca_2d(-X)):
        assert (scores[np.abs(scores).argmax(axis=0), [0, 1]] > 0).all()


@pytest.mark.parametrize("shape", [(30, 5), (5, 30), (2, 2)])
def test_scores_are_scikit_learns_but_for_the_sign(rng, shape):
    X = rng.standard_normal(shape) + 10
    np.testing.assert_allclose(np.abs(pca_2d(X)), np.abs(PCA(n_components=2, svd_solver="full").fit_transform(X)), atol=1e-10)


@pytest.mark.parametrize(("X", "match"), [
    (np.zeros(4), r"shape \(4,\)"), (np.zeros((1, 4)), "at least 2 rows and 2 columns"), (np.zeros((4, 1)), "at least 2 rows and 2 columns"),
    (np.full((3, 3), np.inf), "NaN or infinity")])
def test_what_is_no_matrix_is_refused(X, match):
    with pytest.raises(ValueError, match=match):
        pca_2d(X)
