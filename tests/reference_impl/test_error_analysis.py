"""Tests of error analysis: orders, shares and losses that are known beforehand, and scikit-learn as oracle."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from reference_impl import Clip, accuracy_vs_snr, permutation_importance_band, worst_clips


@pytest.fixture
def rng():
    return np.random.default_rng(20180606)


@pytest.fixture
def overlapping(rng):
    """A model of three labels, and fresh rows."""
    y_train, y = rng.choice([2, 4, 9], 90), rng.choice([2, 4, 9], 50)
    model = GaussianNB().fit(y_train[:, np.newaxis] * [0.2, -0.1] + rng.standard_normal((90, 2)), y_train)
    return model, y[:, np.newaxis] * [0.2, -0.1] + rng.standard_normal((50, 2)), y


# worst_clips


def test_wrongness_never_rises_from_one_row_to_the_next(overlapping):
    model, X, y = overlapping
    rows = worst_clips(model, X, y, 50)
    columns = [list(model.classes_).index(label) for label in y]
    wrongness = (1 - model.predict_proba(X)[np.arange(50), columns])[rows]
    assert sorted(rows.tolist()) == list(range(50))
    assert (np.diff(wrongness) <= 0).all()


def test_fewer_rows_are_the_first_of_more(overlapping):
    model, X, y = overlapping
    np.testing.assert_array_equal(worst_clips(model, X, y, 7), worst_clips(model, X, y, 50)[:7])


def test_equally_wrong_rows_come_by_number():
    model = DummyClassifier(strategy="prior").fit(np.zeros((4, 1)), [1, 1, 1, 6])
    np.testing.assert_array_equal(worst_clips(model, np.zeros((7, 1)), [1, 6, 1, 6, 1, 1, 6], 7), [1, 3, 6, 0, 2, 4, 5])


def test_rows_that_are_right_are_listed_as_well():
    model = LogisticRegression().fit([[-1.0], [1.0]], ["low", "high"])
    np.testing.assert_array_equal(worst_clips(model, [[-3.0], [1.0], [-2.0]], np.array(["low", "high", "low"]), 3), [1, 2, 0])


@pytest.mark.parametrize("k", [0, 51, 2.0, True])
def test_what_is_no_number_of_rows_is_refused(overlapping, k):
    with pytest.raises(ValueError, match=r"k=.*from 1 to 50"):
        worst_clips(*overlapping, k)


def test_a_label_that_the_model_never_saw_is_refused(overlapping):
    model, X, y = overlapping
    with pytest.raises(ValueError, match=r"y holds .*3.* which model has never seen; its labels are \[2, 4, 9\]"):
        worst_clips(model, X, np.where(y == 2, 3, y), 5)


def test_a_model_without_probabilities_is_refused(overlapping):
    _, X, y = overlapping
    with pytest.raises(ValueError, match="has no predict_proba"):
        worst_clips(SVC().fit(X, y), X, y, 5)


# accuracy_vs_snr


def tones(rng, n, n_samples=256):
    """Tones of two frequencies in any phase, labels 0 and 1."""
    labels = np.arange(n) % 2
    t = np.arange(n_samples)
    return [Clip(0.1 * np.sin((0.3 + 0.5 * label) * t + rng.uniform(0, 6)), 8000, int(label), i) for i, label in enumerate(labels)]


def crossings(y, sr):
    return [np.mean(y[1:] * y[:-1] < 0)]


@pytest.fixture
def by_crossings(rng):
    return KNeighborsClassifier(n_neighbors=1).fit([crossings(clip.y, 8000) for clip in tones(rng, 8)], [0, 1] * 4)


def test_accuracy_falls_from_one_to_chance(rng, by_crossings):
    curve = accuracy_vs_snr(by_crossings, crossings, tones(rng, 60), [40.0, 0.0, -40.0], rng)
    assert list(curve) == [40.0, 0.0, -40.0]
    assert curve[40.0] == 1.0
    assert 0.3 < curve[-40.0] < 0.7  # three standard deviations of the share of 60 tosses of a coin


def test_a_constant_answer_has_the_share_of_its_label_in_any_noise(rng):
    model = DummyClassifier(strategy="constant", constant=1).fit([[0.0], [0.0]], [0, 1])
    assert accuracy_vs_snr(model, crossings, tones(rng, 5), [30, -30], rng) == {30: 0.4, -30: 0.4}


@pytest.mark.parametrize("snr", [20.0, -7.5])
def test_the_feature_hears_each_clip_at_the_ratio(rng, by_crossings, snr):
    clips, heard = tones(rng, 3), []
    accuracy_vs_snr(by_crossings, lambda y, sr: heard.append(y) or [0.0], clips, [snr], rng)
    for clip, y in zip(clips, heard, strict=True):
        np.testing.assert_allclose(10 * np.log10(np.mean(clip.y**2) / np.mean((y - clip.y) ** 2)), snr, atol=1e-9)


def test_clips_stay_as_they_are(rng, by_crossings):
    clips = tones(rng, 4)
    before = [clip.y.copy() for clip in clips]
    accuracy_vs_snr(by_crossings, crossings, clips, [0.0, 10.0], rng)
    for clip, y in zip(clips, before, strict=True):
        np.testing.assert_array_equal(clip.y, y)


def test_equal_generators_give_equal_curves(rng, by_crossings):
    clips, snrs = tones(rng, 30), [-3.0, -5.0, -7.0]
    first, again = (accuracy_vs_snr(by_crossings, crossings, clips, snrs, np.random.default_rng(4)) for _ in range(2))
    assert first == again


def test_no_ratio_is_refused(rng, by_crossings):
    with pytest.raises(ValueError, match="snrs is empty"):
        accuracy_vs_snr(by_crossings, crossings, tones(rng, 2), [], rng)


def test_a_seed_is_no_generator(rng, by_crossings):
    with pytest.raises(ValueError, match=r"rng=7 must be a numpy.random.Generator"):
        accuracy_vs_snr(by_crossings, crossings, tones(rng, 2), [0.0], 7)


def test_predictions_are_no_model(rng):
    with pytest.raises(ValueError, match="must be a fitted model"):
        accuracy_vs_snr(np.zeros(2), crossings, tones(rng, 2), [0.0], rng)


# permutation_importance_band


@pytest.fixture
def three_columns(rng):
    """A model that listens to columns 0 and 1 of three, and fresh rows."""
    X_train, X = rng.standard_normal((200, 3)), rng.standard_normal((2000, 3))
    weights = np.array([2.0, 1.0, 0.0])
    X_train[:, 2] = 0.0  # so that its weight is exactly 0
    return RidgeClassifier().fit(X_train, X_train @ weights > 0), X, X @ weights > 0


def test_importances_are_scikit_learns_within_what_chance_may_do(three_columns, rng):
    model, X, y = three_columns
    expected = permutation_importance(model, X, y, scoring="accuracy", n_repeats=10, random_state=1).importances_mean
    # The accuracy of 2000 rows scatters by 0.01.
    np.testing.assert_allclose(permutation_importance_band(model, X, y, rng), expected, atol=0.05)


def test_a_column_that_the_model_ignores_has_importance_zero(three_columns, rng):
    assert permutation_importance_band(*three_columns, rng)[2] == 0.0


def test_a_constant_column_has_importance_zero(three_columns, rng):
    model, X, y = three_columns
    X[:, 0] = 0.7
    assert permutation_importance_band(model, X, y, rng)[0] == 0.0


def test_a_column_that_misleads_has_a_negative_importance(rng):
    X = np.repeat([[-1.0, 0.0], [1.0, 0.0]], 500, axis=0)
    model = RidgeClassifier().fit(X, X[:, 0] > 0)
    # Of 500 and 500 rows half change sides: 0 is right before, half of them after, give or take 0.016.
    np.testing.assert_allclose(permutation_importance_band(model, X, X[:, 0] < 0, rng), [-0.5, 0.0], atol=0.1)


def test_rows_stay_as_they_are(three_columns, rng):
    model, X, y = three_columns
    before = X.copy()
    permutation_importance_band(model, X, y, rng)
    np.testing.assert_array_equal(X, before)


def test_equal_generators_give_equal_importances(three_columns):
    first, again, other = (permutation_importance_band(*three_columns, np.random.default_rng(seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_no_rows_are_refused(three_columns, rng):
    with pytest.raises(ValueError, match="X has no row"):
        permutation_importance_band(three_columns[0], np.zeros((0, 3)), [], rng)


@pytest.mark.parametrize(("X", "y", "match"), [
    (np.zeros(3), [0], r"X has shape \(3,\)"), (np.full((2, 3), np.nan), [0, 1], "NaN or infinity"), (np.zeros((2, 3)), [0], r"2 rows need shape \(2,\)")])
def test_what_is_no_labelled_matrix_is_refused(three_columns, rng, X, y, match):
    with pytest.raises(ValueError, match=match):
        permutation_importance_band(three_columns[0], X, y, rng)
    with pytest.raises(ValueError, match=match):
        worst_clips(three_columns[0], X, y, 1)
