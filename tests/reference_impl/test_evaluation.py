"""Tests of honest evaluation: laws, values by hand, and scikit-learn as the oracle."""

import numpy as np
import pytest
from sklearn import metrics
from sklearn.neighbors import KNeighborsClassifier

from reference_impl import confusion, group_split, honest_score, leaky_score, precision_recall_f1


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def generator(seed=0):
    return np.random.default_rng(seed)


# group_split


@pytest.mark.parametrize("test_size", [0.1, 0.25, 0.5, 0.9])
def test_every_row_is_on_one_side(rng, test_size):
    train, test = group_split(rng.integers(20, size=100), test_size, rng)
    np.testing.assert_array_equal(np.sort(np.concatenate([train, test])), np.arange(100))


def test_groups_are_never_divided(rng):
    groups = rng.integers(20, size=100)
    for _ in range(20):
        train, test = group_split(groups, 0.3, rng)
        assert not set(groups[train]) & set(groups[test])


@pytest.mark.parametrize(("test_size", "n_test"), [(0.3, 3), (0.5, 5), (0.9, 9), (0.01, 1), (0.99, 9)])
def test_the_share_is_one_of_groups_however_large_they_are(test_size, n_test):
    groups = np.repeat(np.arange(10), [50, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    assert len(np.unique(groups[group_split(groups, test_size, generator()).test_idx])) == n_test


def test_groups_are_held_out_equally_often(rng):
    groups = np.array([3, 1, 1, 2, 2, 2, 9])
    turns = sum(np.isin([1, 2, 3, 9], groups[group_split(groups, 0.5, rng).test_idx]).astype(int) for _ in range(400))
    assert (np.abs(turns - 200) < 50).all()  # five standard deviations of a count of 400 halves


def test_an_equal_generator_gives_an_equal_split(rng):
    groups = rng.integers(30, size=100)
    for one, other in zip(group_split(groups, 0.3, generator(5)), group_split(groups, 0.3, generator(5)), strict=True):
        np.testing.assert_array_equal(one, other)


def test_groups_may_be_texts():
    train, test = group_split(["a", "b", "a", "b"], 0.5, generator())
    assert {tuple(train), tuple(test)} == {(0, 2), (1, 3)}


# confusion


def test_confusion_equals_scikit_learn(rng):
    y_true, y_pred = rng.integers(6, size=80), rng.integers(6, size=80)
    np.testing.assert_array_equal(confusion(y_true, y_pred, 7), metrics.confusion_matrix(y_true, y_pred, labels=range(7)))


def test_confusion_by_hand():
    assert confusion([0, 0, 2], [1, 0, 1], 3).tolist() == [[1, 1, 0], [0, 0, 0], [0, 1, 0]]


def test_exchanging_truth_and_prediction_transposes(rng):
    y_true, y_pred = rng.integers(4, size=50), rng.integers(4, size=50)
    np.testing.assert_array_equal(confusion(y_true, y_pred, 4), confusion(y_pred, y_true, 4).T)


# precision_recall_f1


def test_scores_equal_scikit_learn(rng):
    y_true, y_pred = rng.integers(4, size=60), rng.integers(1, 5, size=60)  # 0 is never called, 4 never occurs
    expected = metrics.precision_recall_fscore_support(y_true, y_pred, labels=range(6), zero_division=0)[:3]
    np.testing.assert_allclose(precision_recall_f1(confusion(y_true, y_pred, 6)), expected, atol=1e-15)  # rounding


def test_scores_by_hand():
    precision, recall, f1 = precision_recall_f1([[3, 1], [2, 6]])
    np.testing.assert_allclose(precision, [3 / 5, 6 / 7], rtol=1e-15)  # rounding
    np.testing.assert_allclose(recall, [3 / 4, 6 / 8], rtol=1e-15)
    np.testing.assert_allclose(f1, [2 / 3, 4 / 5], rtol=1e-15)


def test_transposing_exchanges_precision_for_recall(rng):
    cm = rng.integers(9, size=(5, 5))
    there, back = precision_recall_f1(cm), precision_recall_f1(cm.T)
    np.testing.assert_array_equal(there.precision, back.recall)
    np.testing.assert_allclose(there.f1, back.f1, rtol=1e-15)  # rounding


# leaky_score, honest_score


def labelled_takes(rng):
    """100 takes of 6 rows that lie close together; dice have labelled each take with one of seven labels."""
    takes = np.repeat(np.arange(100), 6)
    X = rng.standard_normal((100, 5))[takes] + 0.02 * rng.standard_normal((600, 5))
    return X, rng.integers(7, size=100)[takes], takes


def test_labels_by_dice_are_known_by_rows_only(rng):
    leaky, honest = [], []
    for _ in range(10):
        X, y, takes = labelled_takes(rng)
        leaky.append(leaky_score(KNeighborsClassifier(1), X, y, rng))
        honest.append(honest_score(KNeighborsClassifier(1), X, y, takes, rng))
    assert np.mean(leaky) > 0.95  # 0.3 ** 5 of the rows have no brother in training
    assert abs(np.mean(honest) - 1 / 7) < 0.1  # five standard deviations of 300 throws of the dice


class Spy:
    """Predicts the second column, and notes its rows."""

    def fit(self, X, y):
        self.fitted, self.labels = X, y
        return self

    def predict(self, X):
        self.asked = X
        return X[:, 1]


def test_the_score_is_the_accuracy_on_the_rows_held_out(rng):
    X, y, groups = np.column_stack([np.arange(40), rng.integers(2, size=40)]), rng.integers(2, size=40), np.repeat(np.arange(10), 4)
    for score in (lambda model: leaky_score(model, X, y, rng), lambda model: honest_score(model, X, y, groups, rng)):
        spy = Spy()
        came = score(spy)
        train, test = spy.fitted[:, 0].astype(int), spy.asked[:, 0].astype(int)
        np.testing.assert_array_equal(np.sort(np.append(train, test)), np.arange(40))
        np.testing.assert_array_equal(spy.labels, y[train])
        assert len(test) == 12 and came == metrics.accuracy_score(y[test], X[test, 1])
    assert len(set(groups[test])) == 3


# Bad input

X = np.zeros((6, 2))
MODEL = KNeighborsClassifier(1)


@pytest.mark.parametrize(("call", "said"), [
    (lambda: group_split([[1, 2]], 0.3, generator()), r"groups has shape \(1, 2\).*data matrix"),
    (lambda: group_split([1, 2, 3], 3, generator()), "test_size=3 must lie above 0 and below 1.*number of groups"),
    (lambda: group_split([1, 2, 3], 0.0, generator()), "test_size=0.0 must"),
    (lambda: group_split([1, 2, 3], float("nan"), generator()), "test_size=nan must"),
    (lambda: group_split([1, 2, 3], 0.3, 7), "rng=7 must be a numpy.random.Generator"),
    (lambda: group_split([4, 4, 4], 0.3, generator()), "groups has 1 different values.*one take"),
    (lambda: group_split([], 0.3, generator()), "groups has 0 different values"),
    (lambda: confusion([0], [0], 0), "n_classes=0 must"),
    (lambda: confusion([0], [0], True), "n_classes=True must"),
    (lambda: confusion([0], [0], [0, 1]), r"n_classes=\[0, 1\] must.*classes themselves"),
    (lambda: confusion([], [], 2), "y_true must be a row of whole numbers and not empty"),
    (lambda: confusion([0.5], [0], 2), "y_true must be a row of whole numbers.*probabilities"),
    (lambda: confusion([0], [[0]], 2), "y_pred must be a row"),
    (lambda: confusion([0, 1], [0], 2), r"y_pred has shape \(1,\); 2 rows need shape \(2,\)"),
    (lambda: confusion([1, 7], [1, 1], 7), "y_true has classes from 1 to 7.*begin at 1"),
    (lambda: confusion([0], [-1], 2), "y_pred has classes from -1 to -1"),
    (lambda: precision_recall_f1([1, 2]), r"cm has shape \(2,\)"),
    (lambda: precision_recall_f1(np.ones((2, 3))), r"cm has shape \(2, 3\); it must be square.*left out"),
    (lambda: precision_recall_f1([[1, -1], [0, 2]]), "cm holds -1; it must hold counts"),
    (lambda: precision_recall_f1([[1, np.nan], [0, 2]]), "cm holds NaN"),
    (lambda: leaky_score(MODEL, np.zeros(6), np.zeros(6), generator()), r"X has shape \(6,\)"),
    (lambda: leaky_score(MODEL, X, np.zeros(5), generator()), r"y has shape \(5,\); 6 rows"),
    (lambda: leaky_score(MODEL, X[:1], np.zeros(1), generator()), "groups has 1 different values"),
    (lambda: leaky_score(MODEL, X, np.zeros(6), 3), "rng=3 must"),
    (lambda: leaky_score(KNeighborsClassifier, X, np.zeros(6), generator()), "did you pass its class"),
    (lambda: honest_score(MODEL, X + np.inf, np.zeros(6), np.arange(6), generator()), "X holds NaN or infinity"),
    (lambda: honest_score(MODEL, X, np.zeros(6), np.arange(5), generator()), r"groups has shape \(5,\)"),
    (lambda: honest_score(MODEL, X, np.zeros(6), np.ones(6), generator()), "groups has 1 different values"),
])
def test_bad_input_is_refused_with_value_rule_cause(call, said):
    with pytest.raises(ValueError, match=said):
        call()
