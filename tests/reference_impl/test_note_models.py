"""Tests of note models: the closed form of two rows, laws of units, copies and halves, counts by hand, and scikit-learn as the oracle."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import precision_recall_fscore_support
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold, cross_val_score
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from reference_impl import make_note_clips, make_note_pipeline, note_model, train_and_fresh, train_note_classifier, tune


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def blobs(rng, n, spread=1.0):
    """Rows around three centres, and the centres' labels 2, 4 and 7."""
    y = rng.permutation(np.resize([2, 4, 7], n))
    return np.searchsorted([2, 4, 7], y)[:, np.newaxis] * [2.0, -1.0] + spread * rng.standard_normal((n, 2)), y


def between_two_rows(x, C, gamma):
    """The decision at x of a support vector machine trained on one row at -1 and one at 1, label 1 and 2.

    Both rows have one weight a by symmetry, which maximises 2a - a² (1 - k(-1, 1)) with k(p, q) = exp(-gamma (p - q)²), and is C at most.
    """
    a = min(C, 1 / (1 - np.exp(-4 * gamma)))
    return a * (np.exp(-gamma * (x - 1) ** 2) - np.exp(-gamma * (x + 1) ** 2))


# make_note_pipeline


@pytest.mark.parametrize(("C", "gamma"), [(10, 0.7), (0.5, 0.7), (2.0, 3)])
def test_two_rows_decide_in_closed_form(C, gamma):
    model = make_note_pipeline(C, gamma).fit([[-1.0], [1.0]], [1, 2])
    x = np.linspace(-2, 2, 9)
    np.testing.assert_allclose(model.decision_function(x[:, np.newaxis]), between_two_rows(x, C, gamma), atol=1e-3)  # SVC's own tolerance


def test_units_of_the_columns_do_not_matter(rng):
    X, y = blobs(rng, 60)
    fresh, _ = blobs(rng, 40)
    one = make_note_pipeline(10, 0.3).fit(X, y).decision_function(fresh)
    other = make_note_pipeline(10, 0.3).fit(X * [1000, 0.01] + [5, -3], y).decision_function(fresh * [1000, 0.01] + [5, -3])
    np.testing.assert_allclose(one, other, atol=1e-6)  # rounding, in a search that stops at 1e-3


def test_scale_is_one_over_the_columns(rng):
    X, y = blobs(rng, 60)  # standardised, its variance is 1
    np.testing.assert_allclose(make_note_pipeline(10, "scale").fit(X, y).decision_function(X), make_note_pipeline(10, 1 / 2).fit(X, y).decision_function(X), atol=1e-9)


def test_it_predicts_as_a_fitted_scaler_and_then_an_svc(rng):
    X, y = blobs(rng, 60)
    scaler = StandardScaler().fit(X)
    svc = SVC(C=3, gamma="auto").fit(scaler.transform(X), y)
    fresh, _ = blobs(rng, 40)
    np.testing.assert_array_equal(make_note_pipeline(3, "auto").fit(X, y).predict(fresh), svc.predict(scaler.transform(fresh)))


def test_a_pipeline_is_new_unfitted_and_can_be_copied():
    one, other = make_note_pipeline(1, 1), make_note_pipeline(1, 1)
    assert not {id(step) for _, step in one.steps} & {id(step) for _, step in other.steps}
    for pipeline in (one, clone(one)):
        with pytest.raises(NotFittedError):
            pipeline.predict([[0.0]])


@pytest.mark.parametrize("C", [0, -1.0, np.inf, np.nan, True, "1", None])
def test_a_price_that_is_not_positive_is_refused(C):
    with pytest.raises(ValueError, match=r"C=.*must be a positive number; did you pass its logarithm"):
        make_note_pipeline(C, 1)


@pytest.mark.parametrize("gamma", [0, -3, np.inf, np.nan, True, "large", None])
def test_a_width_that_is_not_positive_is_refused(gamma):
    with pytest.raises(ValueError, match=r"gamma=.*must be a positive number, \"scale\" or \"auto\""):
        make_note_pipeline(1, gamma)


# train_note_classifier


@pytest.mark.parametrize("n", [40, 41])
def test_the_first_half_trains_and_the_rest_is_counted(rng, n):
    data, labels = blobs(rng, n, spread=1.5)
    model, report, confusion = train_note_classifier(data, labels)

    oracle = SVC(C=10).fit(data[: n // 2], labels[: n // 2])
    fresh, _ = blobs(rng, 50)
    np.testing.assert_allclose(model.decision_function(fresh), oracle.decision_function(fresh), atol=1e-9)

    truth, found = labels[n // 2 :], oracle.predict(data[n // 2 :])
    counted = [[sum((truth == a) & (found == b)) for b in (2, 4, 7)] for a in (2, 4, 7)]
    np.testing.assert_array_equal(confusion, counted)
    assert 0 < np.trace(counted) < len(truth) == n - n // 2
    assert report["accuracy"] == pytest.approx(np.trace(counted) / len(truth))


def test_the_report_is_scikit_learns_numbers_by_label(rng):
    data, labels = blobs(rng, 60, spread=1.5)
    model, report, _ = train_note_classifier(data, labels)
    for key, values in zip(("precision", "recall", "f1-score", "support"),
                           precision_recall_fscore_support(labels[30:], model.predict(data[30:]), labels=[2, 4, 7]), strict=True):
        np.testing.assert_allclose([report[label][key] for label in ("2", "4", "7")], values)


def test_a_row_among_others_is_counted_as_a_confusion():
    data = np.array([[0.0], [5.0], [0.2], [5.2], [0.1], [4.9], [5.1], [0.3]])
    model, report, confusion = train_note_classifier(data, [3, 6, 3, 6, 3, 6, 3, 3])  # the last but one is said to be a 3, and lies among the 6
    np.testing.assert_array_equal(model.predict([[0.0], [5.0]]), [3, 6])
    np.testing.assert_array_equal(confusion, [[2, 1], [0, 1]])
    assert (report["3"]["recall"], report["6"]["precision"], report["accuracy"]) == pytest.approx((2 / 3, 1 / 2, 3 / 4))


def test_a_label_that_one_half_lacks_keeps_its_row_and_column():
    data = np.array([[0.0], [5.0], [0.1], [5.1], [0.2], [5.2], [9.0], [5.3]])
    *_, confusion = train_note_classifier(data, [1, 4, 1, 4, 1, 4, 6, 4])  # the 6 only in the second half
    np.testing.assert_array_equal(confusion, [[1, 0, 0], [0, 2, 0], [0, 1, 0]])
    *_, confusion = train_note_classifier(data[::-1], [4, 6, 4, 1, 4, 1, 4, 1])  # and only in the first
    np.testing.assert_array_equal(confusion, [[2, 0, 0], [0, 2, 0], [0, 0, 0]])


@pytest.mark.parametrize(("data", "labels", "match"), [
    (np.zeros(4), [1, 2, 1, 2], r"data has shape \(4,\)"),
    (np.full((4, 2), np.nan), [1, 2, 1, 2], "data holds NaN"),
    (np.zeros((4, 2)), [1, 2, 1], "labels"),
    (np.zeros((6, 2)), [1, 1, 1, 2, 2, 2], "3 training rows have fewer than two different labels"),
])
def test_what_does_not_train_is_refused(data, labels, match):
    with pytest.raises(ValueError, match=match):
        train_note_classifier(data, labels)


# train_and_fresh


def test_training_rows_taken_for_fresh_ones_show_no_gap(rng):
    X, y = blobs(rng, 40, spread=1.5)
    for train, fresh in train_and_fresh(X, y, X, y, [0.01, 0.3, 30]):
        assert train == fresh


def test_a_very_narrow_kernel_knows_its_own_rows_and_gives_all_others_the_commonest_label(rng):
    X, y = blobs(rng, 40)
    X, y = np.concatenate([X, rng.uniform(20, 40, (30, 2))]), np.append(y, np.repeat(4, 30))
    X_fresh, y_fresh = blobs(rng, 50)
    # k(p, q) is 0 wherever p differs from q: what is left of a decision is its offset.
    assert train_and_fresh(X, y, X_fresh, y_fresh, [1e9]) == [(1.0, np.mean(y_fresh == 4))]


def test_shares_are_an_svcs_in_the_order_of_the_gammas(rng):
    (X, y), (X_fresh, y_fresh) = blobs(rng, 60, spread=1.5), blobs(rng, 50, spread=1.5)
    gammas = [3.0, 0.001, "scale", "auto"]
    models = [SVC(C=10, gamma=gamma).fit(X, y) for gamma in gammas]
    expected = [(np.mean(model.predict(X) == y), np.mean(model.predict(X_fresh) == y_fresh)) for model in models]
    np.testing.assert_allclose(train_and_fresh(X, y, X_fresh, y_fresh, gammas), expected)
    assert len(set(expected)) > 1


def test_columns_are_not_standardised(rng):
    X, y = blobs(rng, 40)
    X_fresh, y_fresh = blobs(rng, 40)
    drown = [0.001, 1000.0]  # the second column alone counts; standardised, both would
    ((_, fresh),) = train_and_fresh(X * drown, y, X_fresh * drown, y_fresh, [1e-6])
    ((_, second_alone),) = train_and_fresh(X[:, 1:] * 1000, y, X_fresh[:, 1:] * 1000, y_fresh, [1e-6])
    assert fresh == second_alone


def test_no_gammas_give_no_shares(rng):
    X, y = blobs(rng, 6)
    assert train_and_fresh(X, y, X, y, []) == []


@pytest.mark.parametrize(("arguments", "match"), [
    ((np.zeros(4), [1, 2, 1, 2], np.zeros((1, 1)), [1], [1]), r"X has shape \(4,\)"),
    ((np.eye(2), [1, 2], np.full((1, 2), np.inf), [1], [1]), "X_fresh holds NaN or infinity"),
    ((np.eye(2), [1, 2, 1], np.eye(2), [1, 2], [1]), "y "),
    ((np.eye(2), [1, 2], np.eye(2), [1], [1]), "y_fresh "),
    ((np.eye(2), [1, 2], np.eye(3), [1, 2, 1], [1]), r"X_fresh has 3 columns and X 2; .* the same feature"),
    ((np.eye(2), [3, 3], np.eye(2), [3, 3], [1]), "2 training rows have fewer than two different labels"),
    ((np.eye(2), [1, 2], np.eye(2), [1, 2], [1, 0.0]), "gamma=0.0 must be a positive number"),
])
def test_rows_that_do_not_belong_together_are_refused(arguments, match):
    with pytest.raises(ValueError, match=match):
        train_and_fresh(*arguments)


# tune


def takes_of(X, y, copies, rng):
    """Each row a take of several copies that hardly differ, and the takes' numbers."""
    return np.repeat(X, copies, axis=0) + 1e-3 * rng.standard_normal((len(X) * copies, X.shape[1])), np.repeat(y, copies), np.repeat(np.arange(len(X)), copies)


def test_scores_are_those_of_scikit_learns_grid_search(rng):
    X, y = blobs(rng, 36, spread=1.5)
    groups = rng.permutation(np.repeat(np.arange(9), 4))
    best_params, table = tune(X, y, groups)
    search = GridSearchCV(make_note_pipeline(1, 1), {"svc__C": [1, 10, 100], "svc__gamma": [0.01, 0.1, 1]}, cv=GroupKFold(3)).fit(X, y, groups=groups)
    expected = {(p["svc__C"], p["svc__gamma"]): s for p, s in zip(search.cv_results_["params"], search.cv_results_["mean_test_score"], strict=True)}
    found = {(params["C"], params["gamma"]): score for params, score in table}
    assert len(table) == len(found) == 9 and found == pytest.approx(expected)
    assert found[best_params["C"], best_params["gamma"]] == max(found.values()) > min(found.values())


def test_labels_by_chance_cannot_be_known_from_copies(rng):
    X, y, takes = takes_of(rng.standard_normal((30, 4)), rng.permutation(np.resize([1, 2], 30)), 4, rng)
    scores = [score for _, score in tune(X, y, takes)[1]]
    # Of 30 takes half are right by chance: 0.5, with a standard deviation of 0.09; nine settings see the same takes.
    assert max(scores) < 0.86
    assert cross_val_score(make_note_pipeline(100, 1), X, y, cv=KFold(3, shuffle=True, random_state=0)).mean() > 0.95  # takes cut apart


def test_units_of_the_columns_do_not_matter_when_tuning(rng):
    X, y = blobs(rng, 24, spread=1.5)
    groups = np.arange(24) % 6
    assert tune(X, y, groups).table == tune(X * [512, 0.25], y, groups).table  # powers of two round nothing


def test_the_first_of_equally_good_settings_is_chosen():
    X, y = np.repeat([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]], 2, axis=0), np.repeat([1, 1, 1, 2, 2, 2], 2)
    best_params, table = tune(X, y, np.repeat([0, 1, 2, 0, 1, 2], 2))
    assert {score for _, score in table} == {1.0} and best_params == {"C": 1, "gamma": 0.01}


@pytest.mark.parametrize(("X", "y", "groups", "match"), [
    (np.zeros(6), [1, 2, 1, 2, 1, 2], [0, 0, 1, 1, 2, 2], r"X has shape \(6,\)"),
    (np.zeros((6, 2)), [1, 2], [0, 0, 1, 1, 2, 2], "y "),
    (np.zeros((6, 2)), [1, 2, 1, 2, 1, 2], [0, 1, 2], "groups "),
    (np.zeros((6, 2)), [1, 2, 1, 2, 1, 2], [1, 2, 1, 2, 1, 2], "groups has 2 different takes; 3 folds need as many"),
    (np.zeros((6, 2)), [1, 1, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2], "4 training rows have fewer than two different labels"),
])
def test_rows_that_cannot_be_folded_are_refused(X, y, groups, match):
    with pytest.raises(ValueError, match=match):
        tune(X, y, groups)


# note_model


@pytest.fixture(scope="module")
def model():
    return note_model(make_note_clips(8, np.random.default_rng(1)))


@pytest.mark.parametrize("octave", [4, 5])
def test_it_tells_notes_in_two_octaves_after_one(model, octave):
    clips = make_note_clips(6, np.random.default_rng(2), octave)
    assert np.mean(model.predict(clips) == [clip.label for clip in clips]) > 0.9


def test_labels_and_takes_of_what_it_is_asked_are_not_looked_at(model, rng):
    clips = make_note_clips(2, rng)
    labels = model.predict(clips)
    assert labels.shape == (14,) and labels.dtype.kind == "i"
    np.testing.assert_array_equal(model.predict([clip._replace(label=0, take=0) for clip in clips]), labels)


def test_a_clips_loudness_and_its_neighbours_do_not_matter(model, rng):
    clips = make_note_clips(2, rng)
    softer = [clip._replace(y=0.125 * clip.y) for clip in clips]
    np.testing.assert_array_equal([model.predict([clip])[0] for clip in softer], model.predict(clips))


def test_one_label_trains_no_model(rng):
    with pytest.raises(ValueError, match="fewer than two different labels"):
        note_model([clip for clip in make_note_clips(2, rng) if clip.label == 3])


def test_no_clips_train_no_model():
    with pytest.raises(ValueError, match="clips is empty"):
        note_model([])
