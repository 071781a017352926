"""Hidden grader of 08_honest_evaluation. A row is a clip, a group the take it was cut from; scores are shares, 0 to 1.

Where two figures stand beside a tolerance, the first is the worst of a rightful variant (float32 included), the second the mildest of a
misconception that this test is for, over 30 to 200 seeds with numpy 2.4 and scikit-learn 1.9. Splits and resamples are drawn by the
learner's code, and no two learners draw alike: tests of them name the hint that is likely once the tests above have passed.
"""

import numpy as np
from scipy.stats import binom

from autograder import agree, compare, grades, tell

# q1, q2, q3


@grades("q1")
def test_q1(learner):
    assert str(learner.q1()).strip().lower() == "c", "Question 1 has another answer"


@grades("q2")
def test_q2(learner):
    assert str(learner.q2()).strip().lower() == "a", "Question 2 has another answer"


@grades("q3")
def test_q3(learner):
    assert str(learner.q3()).strip().lower() == "d", "Question 3 has another answer"


# group_split


def takes_of(rng, sizes):
    """The groups of rows in any order: one group for each size, under numbers that are no row numbers."""
    names = 1000 + rng.permutation(500)[:len(sizes)]
    return rng.permutation(np.repeat(names, sizes))


def split(learner, groups, test_size, seed):
    """The learner's train_idx and test_idx, or a message why they are none."""
    call = f"group_split(<{len(groups)} rows of {len(np.unique(groups))} groups>, {test_size:.3g}, rng)"
    came = learner.group_split(groups, test_size, np.random.default_rng(seed))
    assert isinstance(came, list | tuple) and len(came) == 2, f"{call} returned {tell(came)}; the two arrays train_idx, test_idx were expected"
    sides = [np.asarray(side) for side in came]
    for side, name in zip(sides, ("train_idx", "test_idx"), strict=True):
        assert side.ndim == 1 and side.dtype.kind in "iu", f"the {name} of {call} is {tell(side)}; row numbers were expected"
        assert side.size, f"the {name} of {call} is empty; there must be rows on both sides"
        assert side.min() >= 0 and side.max() < len(groups), (
            f"the {name} of {call} runs from {side.min()} to {side.max()}; row numbers lie in 0..{len(groups) - 1}")
    return sides


def seeds_of(rng, n):
    return [int(seed) for seed in rng.integers(2**32, size=n)]


@grades("group_split")
def test_row_numbers_of_two_sides_come_back(learner, rng):
    split(learner, takes_of(rng, [3] * 8), 0.25, *seeds_of(rng, 1))


@grades("group_split", hint="drops_rows")
def test_every_row_is_on_one_side_once(learner, rng):
    groups = takes_of(rng, rng.integers(2, 9, 10))
    counts = np.bincount(np.concatenate(split(learner, groups, 0.3, *seeds_of(rng, 1))), minlength=len(groups))
    assert (counts > 0).all(), f"group_split left out {np.sum(counts == 0)} of {len(groups)} rows; each of them belongs to one side"
    assert (counts == 1).all(), f"group_split has {np.sum(counts > 1)} of {len(groups)} rows more than once; each row is on one side, once"


@grades("group_split", weight=2, hint="splits_rows")
def test_no_group_is_on_both_sides(learner, rng):
    groups = takes_of(rng, rng.integers(2, 9, 10))
    train, test = split(learner, groups, 0.3, *seeds_of(rng, 1))
    both = set(groups[train].tolist()) & set(groups[test].tolist())
    assert not both, f"{len(both)} of 10 groups have rows on both sides; none may"


@grades("group_split", hint="sides_swapped")
def test_the_smaller_share_is_held_out(learner, rng):
    groups = takes_of(rng, [4] * 10)
    train, test = split(learner, groups, 0.2, *seeds_of(rng, 1))
    assert len(train) > len(test), f"with test_size=0.2 your train_idx has {len(train)} rows and your test_idx {len(test)}; a fifth is held out"


@grades("group_split", weight=2, hint="share_of_rows")
def test_the_share_is_one_of_groups(learner, rng):
    sizes = np.append(np.ones(9, dtype=int), 41)  # a share of the rows would have to take in the large group, or all of the small ones
    for test_size, n_test, seed in zip((0.3, 0.3, 0.3, 0.3, 0.9), (3, 3, 3, 3, 9), seeds_of(rng, 5), strict=True):
        groups = takes_of(rng, sizes)
        held_out = len(np.unique(groups[split(learner, groups, test_size, seed)[1]]))
        assert held_out == n_test, f"with test_size={test_size} {held_out} of 10 groups are in your test; {n_test} were expected"


@grades("group_split", weight=0.5)
def test_a_share_between_whole_groups_is_rounded(learner, rng):
    groups = takes_of(rng, [2] * 7)
    held_out = len(np.unique(groups[split(learner, groups, 0.35, *seeds_of(rng, 1))[1]]))
    assert held_out in (2, 3), f"with test_size=0.35 {held_out} of 7 groups are in your test; 0.35 * 7 = 2.45 makes 2, or 3"


@grades("group_split", hint="global_randomness")
def test_an_equal_generator_gives_an_equal_split(learner, rng):
    groups = takes_of(rng, rng.integers(2, 9, 12))
    seed, = seeds_of(rng, 1)
    # By chance two of the 220 splits are equal in a draw of 220; in all of 3 draws in 1e7.
    for _ in range(3):
        first, again = (sorted(split(learner, groups, 0.25, seed)[1].tolist()) for _ in range(2))
        assert first == again, "two generators of the same seed held out different rows; the same were expected: rng alone draws the groups"


@grades("group_split", hint="ignores_rng")
def test_other_generators_give_other_splits(learner, rng):
    groups = takes_of(rng, rng.integers(2, 9, 12))
    drawn = {tuple(sorted(split(learner, groups, 0.25, seed)[1].tolist())) for seed in seeds_of(rng, 5)}
    # All of 5 draws are equal by chance in one case of 2e9.
    assert len(drawn) > 1, "five generators of different seeds held out the same rows; different splits were expected"


@grades("group_split", weight=0.5, hint="ignores_rng")
def test_every_group_has_its_turn(learner, rng):
    groups = takes_of(rng, [2, 1, 3, 2])
    turns = [np.unique(groups[split(learner, groups, 0.5, seed)[1]]).tolist() for seed in seeds_of(rng, 30)]
    for name in np.unique(groups).tolist():
        # By chance a group is held out always, or never, in one of 2**29 cases.
        assert 0 < sum(name in turn for turn in turns) < 30, "in 30 splits of four groups into halves a group is on one side always; all are equally likely"


# confusion


def count(learner, y_true, y_pred, n_classes):
    """The learner's matrix, or a message why its values are no counts."""
    came = learner.confusion(y_true, y_pred, n_classes)
    call = f"confusion(<{len(y_true)} classes>, <{len(y_pred)} classes>, {n_classes})"
    agree(came, np.zeros((n_classes, n_classes)), call, atol=1e300)  # type, shape, finite
    return np.asarray(came), call


@grades("confusion", weight=0.5, hint="absent_class_dropped")
def test_there_is_a_row_and_a_column_for_each_class(learner, rng):
    count(learner, np.array([1, 1, 2]), np.array([2, 1, 1]), 5)


@grades("confusion", weight=0.5)
def test_counts_are_whole_numbers(learner, rng):
    came, call = count(learner, rng.permutation(np.tile(np.arange(4), 5)), rng.integers(4, size=20), 4)
    assert came.dtype.kind in "iu", f"{call} returned {tell(came)}; counts are whole numbers (int)"


@grades("confusion")
def test_one_row_is_counted_in_one_cell(learner, reference):
    compare(learner, reference, "confusion", np.array([2]), np.array([0]), 3)


@grades("confusion")
def test_rows_are_the_true_classes(learner, reference):
    compare(learner, reference, "confusion", np.array([0, 0, 0, 1, 2, 2]), np.array([1, 1, 0, 2, 2, 2]), 3)


@grades("confusion")
def test_what_is_right_lies_on_the_diagonal(learner, rng):
    y = rng.permutation(np.repeat(np.arange(4), [3, 1, 6, 2]))
    agree(learner.confusion(y, y, 4), np.diag([3, 1, 6, 2]), "confusion(y, y, 4) of a classifier that is always right")


@grades("confusion")
def test_all_rows_are_counted(learner, rng):
    y_true, y_pred = rng.integers(3, size=60), rng.integers(3, size=60)
    came, call = count(learner, y_true, y_pred, 3)
    assert came.sum() == 60, f"{call} adds up to {came.sum():.6g}; 60 rows were given, and each counts once"


@grades("confusion", weight=2)
def test_fresh_classes_are_counted(learner, reference, rng):
    n_classes = int(rng.integers(4, 8))
    present = rng.permutation(n_classes)[:n_classes - 1]
    compare(learner, reference, "confusion", rng.choice(present, 80), rng.choice(present, 80), n_classes)


# precision_recall_f1


def scores(learner, reference, cm):
    # 6e-8 (float32, over 200 matrices); 8e-3 (a mean for F1)
    return compare(learner, reference, "precision_recall_f1", np.array(cm), atol=1e-6)


@grades("precision_recall_f1", weight=0.5)
def test_three_arrays_with_a_value_for_each_class_come_back(learner, rng):
    cm = rng.integers(1, 20, (4, 4))
    agree(learner.precision_recall_f1(cm), (np.zeros(4),) * 3, "precision_recall_f1(<array (4, 4)>)", atol=1e300)  # type, shape, finite


@grades("precision_recall_f1")
def test_scores_of_two_classes(learner, reference):
    scores(learner, reference, [[3, 1], [2, 6]])


@grades("precision_recall_f1", hint="swapped")
def test_recall_is_1_where_nothing_is_missed(learner):
    precision, recall, _ = (np.asarray(values, float) for values in learner.precision_recall_f1(np.array([[5, 0, 0], [2, 3, 0], [1, 4, 2]])))
    # Class 0 is always called 0: recall 1. What is called 2 is always 2: precision 1. 0 (1 is exact); 0.38 (swapped)
    assert abs(recall[0] - 1) < 1e-6, f"a class of which every row was found has the recall {recall[0]:.4g} with you; 1 was expected"
    assert abs(precision[2] - 1) < 1e-6, f"a class that was never called by mistake has the precision {precision[2]:.4g} with you; 1 was expected"


@grades("precision_recall_f1")
def test_a_class_that_is_never_called_has_precision_0(learner, reference):
    scores(learner, reference, [[4, 0, 1], [2, 0, 1], [0, 0, 3]])


@grades("precision_recall_f1")
def test_a_class_that_never_occurs_has_recall_0(learner, reference):
    scores(learner, reference, [[4, 1, 1], [0, 0, 0], [2, 1, 3]])


@grades("precision_recall_f1", weight=0.5)
def test_a_class_that_neither_occurs_nor_is_called_has_zeros(learner, reference):
    scores(learner, reference, [[4, 0, 1], [0, 0, 0], [2, 0, 3]])


@grades("precision_recall_f1", weight=0.5)
def test_a_class_of_a_single_row_counts(learner, reference):
    scores(learner, reference, [[1, 0, 0], [0, 5, 1], [0, 0, 1]])


@grades("precision_recall_f1", weight=2)
def test_scores_of_a_fresh_matrix(learner, reference, rng):
    cm = rng.integers(0, 6, (5, 5)) + np.diag(rng.integers(2, 20, 5))
    scores(learner, reference, cm)


# leaky_score, honest_score. A spy takes the model's place. It notes the rows it is fitted to and asked about, which are told by their first
# column; what it predicts for a row stands in the second.

SPY = """
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

fitted, asked = [], []

class Spy(ClassifierMixin, BaseEstimator):
    def fit(self, X, y):
        fitted.append((np.array(X), np.array(y)))
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        asked.append(np.array(X))
        return np.array(X)[:, 1].round().astype(int)

score = CALL
answer = [score, fitted, asked]
"""
SIZES = [2, 8] * 5  # of ten groups: three of them have an even number of rows, 30 % of the rows are 15


class Seen:
    """What the spy saw: the score, the rows it was fitted to and asked about last, and their labels."""

    def __init__(self, score, fitted, asked, X):
        assert isinstance(score, int | float), f"{self.call} returned {tell(score)}; the score, a number, was expected"
        assert len(fitted) == 1, f"{self.call} fits the model {len(fitted)} times; it must be fitted once"
        assert asked, f"{self.call} never asks the model for a prediction"
        self.score, (rows, self.labels) = score, fitted[0]
        self.train, self.test = self.numbers(rows, X), self.numbers(asked[-1], X)

    def numbers(self, rows, X):
        """Row numbers, by the first column. Whoever scales, chooses or adds columns shows it here."""
        rows = np.asarray(rows, float)
        numbers = rows[:, 0].round().astype(int) if rows.ndim == 2 and rows.shape[1] == X.shape[1] else np.array([-1])
        # 0 (float32 holds the small whole numbers of X exactly); 1 and more (standardised)
        as_they_are = (numbers >= 0).all() and (numbers < len(X)).all() and np.allclose(rows, X[numbers], atol=1e-4)
        assert as_they_are, f"the rows that {self.call} gives to the model are no rows of X; they must be passed on as they are"
        return numbers


class Leaky(Seen):
    call = "leaky_score(model, X, y, rng)"
    source = SPY.replace("CALL", "leaky_score(Spy(), X, y, rng)")


class Honest(Seen):
    call = "honest_score(model, X, y, groups, rng)"
    source = SPY.replace("CALL", "honest_score(Spy(), X, y, groups, rng)")


def spied_data(rng):
    """X, y and groups of 50 rows; column 0 of X is the row's number, column 1 what the spy predicts for it: right in about half of the rows."""
    y = rng.integers(3, 6, 50)
    predicted = np.where(rng.permutation(50) < 25, y, y + 10)
    return np.column_stack([np.arange(50), predicted, rng.integers(100, size=50)]).astype(float), y, takes_of(rng, SIZES)


def spy_on(learner, kind, X, y, groups, seed):
    return kind(*learner.probe(kind.source, X=X, y=y, groups=groups, rng=np.random.default_rng(seed)), X)


def assert_the_model_gets_rows_as_they_are(learner, rng, kind):
    spy_on(learner, kind, *spied_data(rng), *seeds_of(rng, 1))


def assert_held_out_rows_are_unknown(learner, rng, kind):
    seen = spy_on(learner, kind, *spied_data(rng), *seeds_of(rng, 1))
    assert len(seen.train) < 50, f"{kind.call} fits the model to all {len(seen.train)} rows; those that test it must stay unknown"


def assert_only_held_out_rows_are_asked(learner, rng, kind):
    seen = spy_on(learner, kind, *spied_data(rng), *seeds_of(rng, 1))
    known = np.isin(seen.test, seen.train).sum()
    assert known == 0, f"{known} of the {len(seen.test)} rows that {kind.call} scores were fitted too; held-out rows alone were expected"
    assert len(np.union1d(seen.train, seen.test)) == 50 == len(seen.train) + len(seen.test), (
        f"{kind.call} fits {len(seen.train)} rows and scores {len(seen.test)} of 50; each row is on one side, once")


def assert_labels_stay_with_their_rows(learner, rng, kind):
    X, y, groups = spied_data(rng)
    seen = spy_on(learner, kind, X, y, groups, *seeds_of(rng, 1))
    assert np.array_equal(seen.labels, y[seen.train]), f"the labels that {kind.call} fits the model to are those of other rows; rows and labels belong together"


def assert_the_score_is_an_accuracy(learner, rng, kind):
    X, y, groups = spied_data(rng)
    for seed in seeds_of(rng, 2):
        seen = spy_on(learner, kind, X, y, groups, seed)
        held_out = np.setdiff1d(np.arange(50), seen.train)
        assert len(held_out), f"{kind.call} fits the model to all 50 rows and holds out none, which its score would be about"
        right = np.mean(X[held_out, 1] == y[held_out])
        # 3e-8 (float32); 1/18 (one row more or less)
        assert abs(seen.score - right) < 1e-5, f"{kind.call} returned {seen.score:.4g}; the model is right on {right:.4g} of the rows held out"


def assert_equal_generators_agree(learner, rng, kind):
    data, (seed,) = spied_data(rng), seeds_of(rng, 1)
    # By chance two of the 120 choices of groups are equal in both draws in one of 14400 cases, and that misconception fails elsewhere too.
    for _ in range(2):
        first, again = (np.sort(spy_on(learner, kind, *data, seed).test) for _ in range(2))
        assert np.array_equal(first, again), f"{kind.call} holds out different rows for two generators of the same seed; rng alone draws them"


def assert_other_generators_differ(learner, rng, kind):
    data = spied_data(rng)
    drawn = {tuple(np.sort(spy_on(learner, kind, *data, seed).test).tolist()) for seed in seeds_of(rng, 5)}
    # All of 5 draws of groups are equal by chance in one of 2e8 cases.
    assert len(drawn) > 1, f"{kind.call} holds out the same rows for five generators of different seeds; different ones were expected"


def labelled_takes(rng):
    """100 takes of 6 rows that lie close together, in any order, and for each take one of seven labels, by dice."""
    groups = takes_of(rng, [6] * 100)
    take = np.unique(groups, return_inverse=True)[1]
    return rng.standard_normal((100, 5))[take] + 0.02 * rng.standard_normal((600, 5)), rng.integers(1, 8, 100)[take], groups


@grades("leaky_score", hint="scaler_on_all_rows")
def test_leaky_model_gets_rows_as_they_are(learner, rng):
    assert_the_model_gets_rows_as_they_are(learner, rng, Leaky)


@grades("leaky_score", hint="fit_on_everything")
def test_leaky_held_out_rows_are_unknown(learner, rng):
    assert_held_out_rows_are_unknown(learner, rng, Leaky)


@grades("leaky_score", hint="training_rows")
def test_leaky_only_held_out_rows_are_asked(learner, rng):
    assert_only_held_out_rows_are_asked(learner, rng, Leaky)


@grades("leaky_score", weight=0.5)
def test_leaky_holds_out_30_percent_of_the_rows(learner, rng):
    seen = spy_on(learner, Leaky, *spied_data(rng), *seeds_of(rng, 1))
    assert len(seen.test) == 15, f"leaky_score holds out {len(seen.test)} of 50 rows; 30 % of them are 15"


@grades("leaky_score", hint="rows_and_labels_apart")
def test_leaky_labels_stay_with_their_rows(learner, rng):
    assert_labels_stay_with_their_rows(learner, rng, Leaky)


@grades("leaky_score")
def test_leaky_score_is_the_accuracy_on_held_out_rows(learner, rng):
    assert_the_score_is_an_accuracy(learner, rng, Leaky)


@grades("leaky_score", weight=0.5, hint="global_randomness")
def test_leaky_equal_generators_hold_out_the_same_rows(learner, rng):
    assert_equal_generators_agree(learner, rng, Leaky)


@grades("leaky_score", weight=0.5, hint="ignores_rng")
def test_leaky_other_generators_hold_out_other_rows(learner, rng):
    assert_other_generators_differ(learner, rng, Leaky)


@grades("leaky_score", weight=2, hint="rows_and_labels_apart")
def test_rows_with_siblings_in_training_are_known(learner, rng):
    model = learner.new("sklearn.neighbors.KNeighborsClassifier", n_neighbors=1)
    values = []
    for seed in seeds_of(rng, 10):
        X, y, _ = labelled_takes(rng)
        values.append(learner.leaky_score(model, X, y, np.random.default_rng(seed)))
    # 0.987 (over 40 seeds); 0.16 (labels of other rows)
    assert np.mean(values) >= 0.9, f"where each take has six rows your mean score of ten draws is {np.mean(values):.3g}; 0.9 or more was expected"


@grades("honest_score", hint="scaler_on_all_rows")
def test_honest_model_gets_rows_as_they_are(learner, rng):
    assert_the_model_gets_rows_as_they_are(learner, rng, Honest)


@grades("honest_score", hint="fit_on_everything")
def test_honest_held_out_rows_are_unknown(learner, rng):
    assert_held_out_rows_are_unknown(learner, rng, Honest)


@grades("honest_score", hint="training_rows")
def test_honest_only_held_out_rows_are_asked(learner, rng):
    assert_only_held_out_rows_are_asked(learner, rng, Honest)


@grades("honest_score", weight=0.5, hint="splits_rows")
def test_as_many_rows_are_held_out_as_three_groups_have(learner, rng):
    seen = spy_on(learner, Honest, *spied_data(rng), *seeds_of(rng, 1))
    assert len(seen.test) in (6, 12, 18, 24), (
        f"honest_score holds out {len(seen.test)} of 50 rows, where three of the ten groups have 6, 12, 18 or 24; groups of 2 and of 8 rows were given")


@grades("honest_score", weight=2, hint="groups_apart")
def test_no_take_is_known_to_the_model(learner, rng):
    X, y, groups = spied_data(rng)
    seen = spy_on(learner, Honest, X, y, groups, *seeds_of(rng, 1))
    both = set(groups[seen.train].tolist()) & set(groups[seen.test].tolist())
    assert not both, f"{len(both)} of 10 groups have rows both in the training and in the test of honest_score; none may"
    held_out = len(set(groups[seen.test].tolist()))
    assert held_out == 3, f"honest_score holds out {held_out} of 10 groups; 30 % of them are 3"


@grades("honest_score", hint="rows_and_labels_apart")
def test_honest_labels_stay_with_their_rows(learner, rng):
    assert_labels_stay_with_their_rows(learner, rng, Honest)


@grades("honest_score")
def test_honest_score_is_the_accuracy_on_held_out_rows(learner, rng):
    assert_the_score_is_an_accuracy(learner, rng, Honest)


@grades("honest_score", weight=0.5, hint="global_randomness")
def test_honest_equal_generators_hold_out_the_same_rows(learner, rng):
    assert_equal_generators_agree(learner, rng, Honest)


@grades("honest_score", weight=0.5, hint="ignores_rng")
def test_honest_other_generators_hold_out_other_rows(learner, rng):
    assert_other_generators_differ(learner, rng, Honest)


@grades("honest_score", weight=2, hint="splits_rows")
def test_labels_by_dice_cannot_be_predicted(learner, rng):
    model = learner.new("sklearn.neighbors.KNeighborsClassifier", n_neighbors=1)
    values = []
    for seed in seeds_of(rng, 10):
        X, y, groups = labelled_takes(rng)
        values.append(learner.honest_score(model, X, y, groups, np.random.default_rng(seed)))
    # 0.093 to 0.192 (over 40 seeds); 0.987 (rows split one by one)
    assert 0.05 <= np.mean(values) <= 0.25, (
        f"where dice have labelled each take your mean score of ten draws is {np.mean(values):.3g}; chance is 1/7 = 0.14, and 0.05 to 0.25 was expected")


# find_the_leak. Sources are put together anew for each test: the split, a model, a score, and what belongs to the leak or looks like it.

SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size={share}, {draw})"
MODELS = ("KNeighborsClassifier(n_neighbors=3)", "LogisticRegression()", "SVC(C=10)", "GaussianNB()")


def plan(rng, *, first=(), then=(), fit=None, draw=None, equal_rows=0, is_sorted=False, n_classes=4):
    """A pipeline: the lines before the split, those after it, and those that fit and score, on data with so many copies of rows."""
    share, model = rng.choice((0.2, 0.25, 0.3, 0.4)), rng.choice(MODELS)
    fit = fit or (f"model = {model}.fit(X_train, y_train)", "score = model.score(X_test, y_test)")
    lines = (*first, SPLIT.format(share=share, draw=draw or f"random_state={rng.integers(100)}"), *then, *fit)
    n, d = int(rng.integers(14, 24)), int(rng.integers(3, 9))
    X, y = rng.uniform(-9, 9, (n, d)), np.sort(rng.integers(n_classes, size=n))
    X[rng.permutation(n)[:2 * equal_rows]] = np.repeat(rng.uniform(-9, 9, (equal_rows, d)), 2, axis=0)
    if not is_sorted:
        y = rng.permutation(y)
        y[:2] = 1, 0
    return {"source": "\n".join(lines), "X": X, "y": y}


def tuned(rng, on):
    setting = rng.choice(("C", "gamma", "tol"))
    models = f"models = [SVC({setting}={setting}).fit(X_train, y_train) for {setting} in (0.001, 0.01, 0.1, 1)]"
    if on == "test":
        return models, "score = max(model.score(X_test, y_test) for model in models)"
    return (models.replace("_train", "_fit"), "best = max(models, key=lambda model: model.score(X_val, y_val))", "score = best.score(X_test, y_test)")


VALIDATION = "X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.3, random_state=0)"
SCALES, CHOOSES = "X = StandardScaler().fit_transform(X)", "X = SelectKBest().fit_transform(X, y)"


def scaler(rng):
    return plan(rng, first=[SCALES])


def selection(rng):
    return plan(rng, first=[CHOOSES])


def tuned_on_test(rng):
    return plan(rng, fit=tuned(rng, on="test"))


def duplicates(rng):
    return plan(rng, equal_rows=int(rng.integers(1, 4)))


def order(rng):
    return plan(rng, draw="shuffle=False", is_sorted=True)


def nothing(rng):
    return plan(rng)


def scaled_after_the_split(rng):
    return plan(rng, then=["scaler = StandardScaler().fit(X_train)", "X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)"])


def chosen_after_the_split(rng):
    return plan(rng, then=["chosen = SelectKBest().fit(X_train, y_train)", "X_train, X_test = chosen.transform(X_train), chosen.transform(X_test)"])


def named_before_the_split(rng):
    return plan(rng, first=[f"model = make_pipeline(StandardScaler(), SelectKBest(), {rng.choice(MODELS)})"],
                fit=("model.fit(X_train, y_train)", "score = model.score(X_test, y_test)"))


def cut_unsorted_rows(rng):
    return plan(rng, draw="shuffle=False", n_classes=2)


def drawn_from_sorted_rows(rng):
    return plan(rng, is_sorted=True)


def tuned_on_validation(rng):
    return plan(rng, then=[VALIDATION], fit=tuned(rng, on="validation"))


def equal_values(rng):
    """Each value occurs twice in its column, but for the last column, which tells all rows apart."""
    pipeline = plan(rng)
    n, d = pipeline["X"].shape
    columns = [rng.permutation(np.arange(n) // 2 + 0.5) for _ in range(d - 1)]
    return {**pipeline, "X": np.column_stack([*columns, rng.permutation(n)])}


LEAKS = {"scaler": scaler, "selection": selection, "tuned on test": tuned_on_test, "duplicates": duplicates, "order": order}
INNOCENT = (nothing, scaled_after_the_split, chosen_after_the_split, named_before_the_split, cut_unsorted_rows, drawn_from_sorted_rows,
            tuned_on_validation, equal_values)


def found(learner, rng, make, leak, what):
    """Two pipelines of a kind, so that no answer is right by chance of the drawing."""
    for _ in range(2):
        came = learner.find_the_leak(make(rng))
        assert isinstance(came, str), f"find_the_leak(pipeline) returned {tell(came)}; a text was expected"
        assert came == leak, f"find_the_leak called a pipeline {came!r} {what}; {leak!r} was expected"


@grades("find_the_leak", weight=0.5)
def test_a_scaler_that_sees_all_rows_is_found(learner, rng):
    found(learner, rng, scaler, "scaler", "that fits a StandardScaler before the split")


@grades("find_the_leak", weight=0.5)
def test_columns_chosen_on_all_rows_are_found(learner, rng):
    found(learner, rng, selection, "selection", "that fits a SelectKBest before the split")


@grades("find_the_leak", weight=0.5)
def test_tuning_on_the_test_is_found(learner, rng):
    found(learner, rng, tuned_on_test, "tuned on test", "that takes the largest of several scores on the test rows")


@grades("find_the_leak", weight=0.5)
def test_equal_rows_are_found(learner, rng):
    found(learner, rng, duplicates, "duplicates", "whose X has equal rows")


@grades("find_the_leak", weight=0.5)
def test_sorted_rows_that_are_cut_are_found(learner, rng):
    found(learner, rng, order, "order", "that cuts rows sorted by label")


@grades("find_the_leak", weight=0.5)
def test_nothing_is_found_where_nothing_is(learner, rng):
    found(learner, rng, nothing, "none", "that has no leak")


@grades("find_the_leak")
def test_a_scaler_fitted_after_the_split_is_innocent(learner, rng):
    found(learner, rng, scaled_after_the_split, "none", "that fits its scaler to the training rows, after the split")


@grades("find_the_leak")
def test_columns_chosen_after_the_split_are_innocent(learner, rng):
    found(learner, rng, chosen_after_the_split, "none", "that chooses its columns by the training rows, after the split")


@grades("find_the_leak")
def test_a_pipeline_named_before_the_split_is_innocent(learner, rng):
    found(learner, rng, named_before_the_split, "none", "that names scaler and selection before the split and fits them after it")


@grades("find_the_leak")
def test_tuning_on_validation_rows_is_innocent(learner, rng):
    found(learner, rng, tuned_on_validation, "none", "that chooses on validation rows and asks the test once")


@grades("find_the_leak")
def test_equal_values_are_no_equal_rows(learner, rng):
    found(learner, rng, equal_values, "none", "whose X has equal values, but no equal rows")


@grades("find_the_leak")
def test_cutting_unsorted_rows_is_innocent(learner, rng):
    found(learner, rng, cut_unsorted_rows, "none", "that cuts rows which are not sorted")


@grades("find_the_leak")
def test_drawing_from_sorted_rows_is_innocent(learner, rng):
    found(learner, rng, drawn_from_sorted_rows, "none", "that draws from sorted rows")


@grades("find_the_leak", weight=2)
def test_fresh_pipelines_are_told_apart(learner, rng):
    plans = [(make(rng), leak) for leak, make in LEAKS.items() for _ in range(2)] + [(make(rng), "none") for make in INNOCENT]
    # A leak beside things that look like one.
    plans += [(plan(rng, first=[SCALES], then=[VALIDATION], fit=tuned(rng, on="validation")), "scaler"),
              (plan(rng, first=["model = make_pipeline(StandardScaler(), GaussianNB())"], equal_rows=1), "duplicates"),
              (plan(rng, then=["X_train = StandardScaler().fit_transform(X_train)"], draw="shuffle=False", is_sorted=True), "order")]
    right = sum(learner.find_the_leak(plans[i][0]) == plans[i][1] for i in rng.permutation(len(plans)))
    assert right == len(plans), f"find_the_leak names the leak of {right} of {len(plans)} fresh pipelines; all were expected"


# bootstrap_ci. Widths are compared with that of the normal approximation, 2 * 1.96 * sqrt(p * (1 - p) / n).


def answers(rng, n, p=0.8):
    """n answers, each right with probability p, and some of either kind."""
    correct = rng.random(n) < p
    correct[:2] = True, False
    return correct


def interval(learner, correct, seed):
    """The learner's lo and hi, or a message why they are none."""
    came = learner.bootstrap_ci(correct, np.random.default_rng(seed))
    assert isinstance(came, list | tuple | np.ndarray) and len(came) == 2, f"bootstrap_ci returned {tell(came)}; the pair lo, hi was expected"
    lo, hi = (end.item() if isinstance(end, np.ndarray | np.generic) and end.ndim == 0 else end for end in came)
    for end, name in ((lo, "lo"), (hi, "hi")):
        assert isinstance(end, int | float), f"the {name} of bootstrap_ci is {tell(end)}; a number was expected"
        assert np.isfinite(end), f"the {name} of bootstrap_ci is {end}; a finite number was expected"
    return lo, hi


def relative_width(learner, rng, n_calls=8, n=100):
    """Mean width of the learner's intervals, as a multiple of what the normal approximation gives."""
    widths = []
    for seed in seeds_of(rng, n_calls):
        correct = answers(rng, n)
        lo, hi = interval(learner, correct, seed)
        widths.append((hi - lo) / (2 * 1.96 * np.std(correct) / np.sqrt(n)))
    return float(np.mean(widths))


@grades("bootstrap_ci")
def test_two_shares_come_back(learner, rng):
    for correct in (rng.permutation(12) > 0, rng.permutation(12) < 1):  # one wrong answer of twelve, one right
        lo, hi = interval(learner, correct, *seeds_of(rng, 1))
        assert 0 <= lo <= 1 and 0 <= hi <= 1, f"bootstrap_ci of 12 answers returned {lo:.4g} and {hi:.4g}; shares from 0 to 1 were expected"


@grades("bootstrap_ci")
def test_the_interval_of_five_answers(learner, rng):
    # The number of right ones in a resample is binomial, n = 5, p = 0.2: at most 2 with 94.2 %, at most 3 with 99.3 %, none with 32.8 %.
    # Of 1000 resamples the percentile 97.5 is another than 3/5 in one of 2e6 cases; of 4 or 6 answers it is 1/2, or 3/4.
    lo, hi = interval(learner, rng.permutation(5) < 1, *seeds_of(rng, 1))
    # 3e-8 (float32); 0.1
    assert abs(lo) < 1e-6 and abs(hi - 0.6) < 1e-6, f"one right answer of five gave {lo:.4g} to {hi:.4g}; 0 to 0.6 was expected: nearly all resamples hold 0 to 3"


@grades("bootstrap_ci", weight=0.5)
def test_answers_that_are_all_right_leave_no_doubt(learner, rng):
    lo, hi = interval(learner, np.ones(20, dtype=bool), *seeds_of(rng, 1))
    # 0 (1 is exact); 0.05 (one answer of 20)
    assert abs(lo - 1) < 1e-6 and abs(hi - 1) < 1e-6, f"20 right answers of 20 gave {lo:.4g} to {hi:.4g}; every resample of them has the accuracy 1"


@grades("bootstrap_ci", weight=0.5, hint="hi_first")
def test_the_lower_end_comes_first(learner, rng):
    lo, hi = interval(learner, answers(rng, 80), *seeds_of(rng, 1))
    assert lo <= hi, f"bootstrap_ci returned lo = {lo:.4g} and hi = {hi:.4g}; the lower end comes first"


@grades("bootstrap_ci", hint="without_replacement")
def test_resamples_differ(learner, rng):
    lo, hi = interval(learner, answers(rng, 100), *seeds_of(rng, 1))
    assert lo < hi, f"bootstrap_ci of 100 answers, some of them wrong, returned lo = hi = {lo:.4g}; resamples must differ from each other"


@grades("bootstrap_ci", weight=0.5, hint="quantiles_for_percentiles")
def test_the_accuracy_lies_between_the_ends(learner, rng):
    correct = answers(rng, 200)
    lo, hi = interval(learner, correct, *seeds_of(rng, 1))
    # 6e-8 (float32); 0.07 and more (percentiles 0.025 and 0.975)
    assert lo - 1e-6 <= correct.mean() <= hi + 1e-6, f"{correct.mean():.3g} of 200 answers are right, and your interval from {lo:.3g} to {hi:.3g} does not hold it"


@grades("bootstrap_ci", hint="standard_deviation")
def test_the_interval_is_one_of_accuracies(learner, rng):
    width = relative_width(learner, rng)
    # 1.02 (over 30 seeds; seven ways to draw); 5.9 (standard deviation)
    assert width < 3, f"your intervals for 100 answers are {width:.2g} times as wide as the normal approximation says; about 1 time was expected"


@grades("bootstrap_ci", hint="sixteen_to_84")
def test_the_interval_is_no_standard_error(learner, rng):
    width = relative_width(learner, rng)
    # 0.95; 0.54 (percentiles 16 and 84). 90 % gives 0.82 to 0.86 and is told below.
    assert width > 0.7, f"your intervals for 100 answers are {width:.2g} times as wide as the normal approximation says; about 1 time was expected"


@grades("bootstrap_ci", hint="half_size_resamples")
def test_resamples_have_as_many_answers_as_there_are(learner, rng):
    width = relative_width(learner, rng)
    # 1.02; 1.33 (half as many answers)
    assert width < 1.15, f"your intervals for 100 answers are {width:.3g} times as wide as the normal approximation says; about 1 time was expected"


@grades("bootstrap_ci", weight=0.5, hint="global_randomness")
def test_an_equal_generator_gives_an_equal_interval(learner, rng):
    correct, seeds = answers(rng, 700), seeds_of(rng, 4)
    first, again = ([interval(learner, correct, seed) for seed in seeds] for _ in range(2))
    assert first == again, "two generators of the same seed gave different intervals; equal ones were expected: rng alone draws the resamples"


@grades("bootstrap_ci", weight=0.5, hint="ignores_rng")
def test_other_generators_give_other_intervals(learner, rng):
    correct = answers(rng, 700)
    intervals = {interval(learner, correct, seed) for seed in seeds_of(rng, 8)}
    assert len(intervals) > 1, "eight generators of different seeds gave one and the same interval; they draw different resamples"


@grades("bootstrap_ci", hint="ninety_percent", seconds=20)
def test_the_ends_are_the_percentiles_2_and_a_half_and_97_and_a_half(learner, rng):
    off = []
    for seed in seeds_of(rng, 100):
        correct = answers(rng, 100)
        p = correct.mean()
        ends = np.array(interval(learner, correct, seed)) - binom.ppf([0.025, 0.975], 100, p) / 100
        off.append(ends / np.sqrt(p * (1 - p) / 100))
    low, high = np.mean(off, axis=0)
    # 0.053 (over 25 seeds; seven ways to draw); 0.28 (percentiles 5 and 95)
    assert abs(low) < 0.085, f"your lo lies {low:+.2g} standard errors away from the 2.5th percentile, on average over 100 tests of 100 answers"
    assert abs(high) < 0.085, f"your hi lies {high:+.2g} standard errors away from the 97.5th percentile, on average over 100 tests of 100 answers"


@grades("bootstrap_ci", weight=2, hint="ninety_percent", seconds=20)
def test_intervals_hold_the_truth_19_times_in_20(learner, rng):
    p, n = 0.8, 100
    intervals = np.array([interval(learner, rng.random(n) < p, seed) for seed in seeds_of(rng, 200)])
    width = np.mean(intervals[:, 1] - intervals[:, 0]) / (2 * 1.96 * np.sqrt(p * (1 - p) / n)) - 1
    # -3 % to 0; -16 % (90 %), +37 % (half as many answers)
    assert abs(width) < 0.1, f"over 200 tests of 100 clips your intervals are {width:+.0%} wider than the normal approximation says; within 10 % was expected"
    covered = np.mean((intervals[:, 0] <= p + 1e-9) & (intervals[:, 1] >= p - 1e-9))
    # 94 % (and up to 100 % by chance, at this width); 79 % (percentiles 16 and 84)
    assert covered >= 0.87, f"{covered:.1%} of 200 intervals hold the true accuracy; about 95 % was expected"
