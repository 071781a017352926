"""Tests of classifiers: laws, values by hand, and scikit-learn as the oracle."""

import pickle
import warnings

import numpy as np
import pytest
from sklearn import metrics
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from reference_impl import (
    beats_baseline,
    fit_logreg_gd,
    fit_threshold,
    log_loss,
    nearest_neighbour,
    save_classifier,
    sigmoid,
    train_silence_classifier,
)


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def overlapping(rng, n=300, d=3):
    """Standardised rows whose two classes overlap, about 3 to 1."""
    X = rng.standard_normal((n, d))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    y = (rng.random(n) < sigmoid(X @ np.arange(1, d + 1) / 2 - 1.5)).astype(int)
    return X, y


# nearest_neighbour


def test_nearest_neighbour_equals_scikit_learn(rng):
    X_train, y_train, X = rng.standard_normal((40, 6)), rng.integers(5, size=40), rng.standard_normal((30, 6))
    expected = KNeighborsClassifier(n_neighbors=1).fit(X_train, y_train).predict(X)
    np.testing.assert_array_equal(nearest_neighbour(X_train, y_train, X), expected)


def test_training_rows_are_their_own_neighbours(rng):
    X, y = rng.standard_normal((20, 3)), np.arange(20)
    np.testing.assert_array_equal(nearest_neighbour(X, y, X), y)


def test_the_first_of_equally_near_rows_counts():
    np.testing.assert_array_equal(nearest_neighbour([[4, 0], [0, 0], [2, 2], [0, 0]], [7, 8, 9, 6], [[2, 0], [0, 0]]), [7, 8])


def test_one_training_row_labels_everything():
    np.testing.assert_array_equal(nearest_neighbour([[5.0]], [3], [[-1.0], [99.0]]), [3, 3])


def test_labels_may_be_texts():
    assert nearest_neighbour([[0], [1]], ["silence", "sound"], [[0.9]]).tolist() == ["sound"]


# sigmoid


def test_sigmoid_of_the_log_odds_is_the_probability(rng):
    p = rng.uniform(0.001, 0.999, (4, 5))
    np.testing.assert_allclose(sigmoid(np.log(p / (1 - p))), p, rtol=1e-12)  # rounding


def test_sigmoid_is_symmetric_about_one_half(rng):
    z = rng.uniform(-30, 30, 100)
    np.testing.assert_allclose(sigmoid(-z), 1 - sigmoid(z), atol=1e-15)  # rounding


def test_sigmoid_never_falls():
    assert (np.diff(sigmoid(np.linspace(-50, 50, 1001))) >= 0).all()


def test_sigmoid_of_large_numbers_does_not_overflow():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_array_equal(sigmoid([-1000, 1000]), [0.0, 1.0])


def test_sigmoid_of_a_number_is_a_number():
    assert isinstance(sigmoid(0), float)
    assert sigmoid(0) == 0.5


# log_loss


def test_log_loss_equals_scikit_learn(rng):
    y, p = rng.integers(2, size=200), rng.uniform(1e-6, 1 - 1e-6, 200)
    assert log_loss(y, p) == pytest.approx(metrics.log_loss(y, p, labels=[0, 1]), abs=1e-12)  # rounding


def test_a_coin_costs_ln_2():
    assert log_loss([1, 0, 0], [0.5, 0.5, 0.5]) == pytest.approx(np.log(2))


def test_certainty_costs_nothing_where_it_is_right():
    assert log_loss([1, 0], [1, 0]) == pytest.approx(0.0, abs=1e-14)  # the clip itself costs 1e-15


def test_certainty_costs_a_finite_amount_where_it_is_wrong():
    assert log_loss([1, 0], [0, 1]) == pytest.approx(-np.log(1e-15), rel=2e-3)  # 1 - 1e-15 is rounded to 53 bits


# train_silence_classifier


def test_the_score_is_the_accuracy_on_the_rows_that_were_not_trained_on(rng):
    # 70 random rows of 300 columns are learnt by heart, so whatever is wrong was held out.
    data, labels = rng.standard_normal((100, 300)), np.repeat([0, 1], 50)
    for seed in range(5):
        model, score = train_silence_classifier(data, labels, np.random.default_rng(seed))
        assert model.score(data, labels) == pytest.approx((70 + 30 * score) / 100)


def test_on_random_labels_the_score_stays_near_one_half(rng):
    data, labels = rng.standard_normal((100, 300)), rng.permutation(np.repeat([0, 1], 50))
    scores = [train_silence_classifier(data, labels, np.random.default_rng(seed)).score for seed in range(5)]
    assert np.mean(scores) < 0.75  # right 0.37 to 0.61, training rows 1.00


@pytest.mark.parametrize("labels", [np.repeat([1, 0], [14, 6]), np.repeat([0, 1], [14, 6])])
def test_sorted_labels_are_shuffled(labels, rng):
    for seed in range(20):
        train_silence_classifier(rng.standard_normal((20, 4)), labels, np.random.default_rng(seed))


def test_the_split_follows_the_generator(rng):
    data, labels = rng.standard_normal((50, 5)), rng.integers(2, size=50)
    models = [train_silence_classifier(data, labels, np.random.default_rng(seed)).model for seed in (1, 1, 2)]
    np.testing.assert_array_equal(models[0].coef_, models[1].coef_)
    assert not np.array_equal(models[0].coef_, models[2].coef_)


# fit_threshold


def errors(threshold, levels, labels):
    return np.sum((levels > threshold) != labels)


def test_no_threshold_makes_fewer_errors(rng):
    for _ in range(50):
        n = rng.integers(1, 30)
        labels = rng.integers(2, size=n)
        levels = rng.normal(-50 + 5 * labels, 6).round()  # whole dB: some levels are equal
        candidates = np.append(levels, levels.min() - 1)
        assert errors(fit_threshold(levels, labels), levels, labels) == min(errors(t, levels, labels) for t in candidates)


def test_the_threshold_lies_in_the_middle_of_a_clear_gap():
    assert fit_threshold([-10, -80, -30, -90], [1, 0, 1, 0]) == -55.0


@pytest.mark.parametrize(("label", "threshold"), [(1, -71.0), (0, -59.0)])
def test_a_single_class_puts_the_threshold_outside_its_levels(label, threshold):
    assert fit_threshold([-70.0, -60.0], [label, label]) == threshold


# fit_logreg_gd


def test_no_step_leaves_zeros(rng):
    w, b = fit_logreg_gd(*overlapping(rng), lr=0.5, n_iter=0)
    assert (w.tolist(), b) == ([0.0, 0.0, 0.0], 0.0)


def test_a_step_follows_the_gradient_of_the_mean_log_loss(rng):
    X, y = overlapping(rng)
    lr, h = 0.3, 1e-5
    w, b = fit_logreg_gd(X, y, lr, 4)
    numeric = [(log_loss(y, sigmoid(X @ (w + d) + b)) - log_loss(y, sigmoid(X @ (w - d) + b))) / (2 * h) for d in h * np.eye(3)]
    numeric_b = (log_loss(y, sigmoid(X @ w + b + h)) - log_loss(y, sigmoid(X @ w + b - h))) / (2 * h)
    w_next, b_next = fit_logreg_gd(X, y, lr, 5)
    # central differences err by about h² and by rounding / h, both near 1e-10
    np.testing.assert_allclose(w_next - w, -lr * np.array(numeric), atol=1e-8)
    assert b_next - b == pytest.approx(-lr * numeric_b, abs=1e-8)


def test_the_loss_never_rises(rng):
    X, y = overlapping(rng)
    fits = [fit_logreg_gd(X, y, 1.0, n) for n in range(50)]
    assert (np.diff([log_loss(y, sigmoid(X @ w + b)) for w, b in fits]) < 0).all()


def test_descent_arrives_at_scikit_learns_optimum(rng):
    X, y = overlapping(rng)
    w, b = fit_logreg_gd(X, y, lr=0.5, n_iter=3000)
    model = LogisticRegression(C=np.inf, tol=1e-8).fit(X, y)
    np.testing.assert_allclose(w, model.coef_[0], atol=1e-4)  # scikit-learn stops at a gradient of about 1e-5
    assert b == pytest.approx(model.intercept_[0], abs=1e-4)


# beats_baseline


def always(label, X, y):
    return DummyClassifier(strategy="constant", constant=label).fit(X, y)


def answering(answers):
    """Rows that differ, and a model that gives them these answers."""
    X = np.arange(float(len(answers)))[:, np.newaxis]
    return KNeighborsClassifier(n_neighbors=1).fit(X, answers), X


@pytest.mark.parametrize(("answers", "y", "beats"), [
    ([1, 1, 0, 0], [1, 1, 0, 0], True),
    ([1, 1, 1, 1], [1, 1, 1, 0], False),  # a tie with the baseline
    ([1, 1, 0, 0, 0], [1, 1, 1, 1, 0], False),  # 0.6 is over a half, but 0.8 is the commonest label
    ([0, 1, 1, 2, 2], [0, 1, 2, 2, 1], True),  # three of five where the commonest label has two
    ([1], [1], False),
])
def test_the_model_must_be_right_more_often_than_the_commonest_label(answers, y, beats):
    model, X = answering(answers)
    assert beats_baseline(model, X, y) is beats


def test_the_baseline_never_beats_itself(rng):
    y = rng.integers(3, size=31)
    assert not any(beats_baseline(always(label, np.zeros((31, 1)), y), np.zeros((31, 1)), y) for label in range(3))


# save_classifier


def test_the_loaded_model_predicts_the_same(tmp_path, rng):
    X, y = overlapping(rng)
    model = LogisticRegression().fit(X, y)
    save_classifier(tmp_path / "model.p", model)
    loaded = pickle.loads((tmp_path / "model.p").read_bytes())
    fresh = rng.standard_normal((50, 3))
    np.testing.assert_array_equal(loaded.predict_proba(fresh), model.predict_proba(fresh))


def test_an_existing_file_is_replaced_whole(tmp_path):
    model = always(1, [[0]], [1])
    (tmp_path / "model.p").write_bytes(bytes(100_000))
    save_classifier(tmp_path / "model.p", model)
    save_classifier(str(tmp_path / "new.p"), model)
    assert (tmp_path / "model.p").read_bytes() == (tmp_path / "new.p").read_bytes()


# What is refused

GOOD = np.eye(4)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: nearest_neighbour([1, 2], [0, 1], [[1]]), r"X_train has shape \(2,\)"),
    (lambda: nearest_neighbour([[1], [2]], [0, 1], [1]), r"X has shape \(1,\)"),
    (lambda: nearest_neighbour(np.empty((0, 1)), [], [[1]]), "X_train has no row"),
    (lambda: nearest_neighbour([[1], [2]], [0, 1], [[1, 2]]), "X has 2 columns and X_train 1"),
    (lambda: nearest_neighbour([[1], [2]], [0], [[1]]), r"y_train has shape \(1,\); 2 rows"),
    (lambda: nearest_neighbour([[1], [np.nan]], [0, 1], [[1]]), "X_train holds NaN"),
    (lambda: sigmoid([0.0, np.nan]), "z holds NaN"),
    (lambda: log_loss([], []), r"p has shape \(0,\)"),
    (lambda: log_loss([0, 1], [0.5]), r"y has shape \(2,\)"),
    (lambda: log_loss([0, 2], [0.5, 0.5]), "y holds 2"),
    (lambda: log_loss([0, 1], [0.5, 1.2]), "p holds 1.2; probabilities"),
    (lambda: log_loss([0, 1], [0.5, np.nan]), "p holds NaN"),
    (lambda: train_silence_classifier(GOOD, [0, 1, 1], np.random.default_rng(0)), r"labels has shape \(3,\)"),
    (lambda: train_silence_classifier(GOOD, [1, 1, 1, 1], np.random.default_rng(0)), "labels are all"),
    (lambda: train_silence_classifier(GOOD[:3], [0, 1, 1], np.random.default_rng(0)), "data has 3 rows"),
    (lambda: train_silence_classifier(GOOD, [0, 1, 1, 0], 0), "rng=0 must be"),
    (lambda: train_silence_classifier(GOOD[0], [0, 1, 1, 0], np.random.default_rng(0)), "data has shape"),
    (lambda: fit_threshold([], []), "levels_db has shape"),
    (lambda: fit_threshold([-np.inf, -20.0], [0, 1]), "levels_db holds NaN or infinity"),
    (lambda: fit_threshold([-30.0, -20.0], [0, 0.5]), "labels holds 0.5"),
    (lambda: fit_logreg_gd(GOOD, [0, 1, 1, 3], 0.1, 5), "y holds 3"),
    (lambda: fit_logreg_gd(GOOD[:0], [], 0.1, 5), "X has no row"),
    (lambda: fit_logreg_gd(GOOD, [0, 1, 1, 0], -0.1, 5), "lr=-0.1 must be"),
    (lambda: fit_logreg_gd(GOOD, [0, 1, 1, 0], 0.1, 0.5), "n_iter=0.5 must be"),
    (lambda: fit_logreg_gd(GOOD, [0, 1, 1, 0], 0.1, -1), "n_iter=-1 must be"),
    (lambda: beats_baseline(LogisticRegression, GOOD, [0, 1, 1, 0]), "did you pass its class"),
    (lambda: beats_baseline(always(1, GOOD, [1] * 4), GOOD[:0], []), "X has no row"),
    (lambda: save_classifier("model.p", LogisticRegression), "did you pass its class"),
    (lambda: save_classifier("model.p", np.ones(3)), "its coefficients"),
])
def test_bad_input_is_refused_with_its_likely_cause(call, message):
    with pytest.raises(ValueError, match=message):
        call()
