"""Wrong answers to 08_honest_evaluation with their hints, and rightful alternatives."""

import ast
import math
import re
from collections import Counter

import numpy as np
from scipy import sparse, stats
from sklearn import metrics
from sklearn.base import clone
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit, train_test_split

from autograder import alternative, misconception

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "c"


@misconception("q1", "recognised",
    "The classifier may have learnt the ten tones by heart, for each held-out row has a brother in training. Ask what was tested: known tones, in another take.")
def q1():
    return "a"


@misconception("q1", "missed",
    "It may be missed, and it may not: no held-out row is a new tone, so the score cannot tell either way. Ask what was tested.")
def q1():
    return "b"


@misconception("q1", "half",
    "A half is what a coin would do, and nothing says that the classifier tosses one. Ask which sounds the score was counted on.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "a"


@misconception("q2", "fourth_harmonic",
    "The fourth harmonic has 12000 Hz and would fold back to 10050 Hz. All harmonics must lie below half of the sampling rate.")
def q2():
    return "b"


@misconception("q2", "up_to_the_rate",
    "You count up to the sampling rate. Above half of it a tone folds back: count the harmonics below 11025 Hz.")
def q2():
    return "c"


@misconception("q2", "no_limit",
    "Samples hold no frequency above half of their rate: what is higher folds back and sounds out of tune. Count the harmonics below 11025 Hz.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "d"


@misconception("q3", "too_large_for_16_bits",
    "39320 is 1.2 times 32767, and 16 bits end at 32767. Think of what to_int16 does with what lies beyond.")
def q3():
    return "a"


@misconception("q3", "wraps",
    "This is what you get if numbers beyond the end wrap around, a loud click. Your to_int16 limits the signal first.")
def q3():
    return "b"


@misconception("q3", "refuses",
    "A ValueError is raised for NaN, which has no nearest number. 1.2 has one: think of what clipping does.")
def q3():
    return "c"


# group_split


def by_names(groups, test_size, rng):
    """The right answer, as a mask of the rows that are held out."""
    names = rng.permutation(np.unique(groups))
    return np.isin(groups, names[:round(test_size * len(names))])


@misconception("group_split", "splits_rows",
    "You shuffle the rows one by one, so that a group comes to lie on both sides. Draw groups, and let each row follow its group.")
def group_split(groups, test_size, rng):
    order = rng.permutation(len(groups))
    n_test = round(test_size * len(groups))
    return order[n_test:], order[:n_test]


@misconception("group_split", "drops_rows",
    "You keep one row of each group and lose the others. Every row belongs to one side: ask of each whether its group is held out.")
def group_split(groups, test_size, rng):
    _, firsts = np.unique(groups, return_index=True)
    firsts = rng.permutation(firsts)
    n_test = round(test_size * len(firsts))
    return firsts[n_test:], firsts[:n_test]


@misconception("group_split", "ignores_rng",
    "Your split is the same whatever generator comes in: a fixed seed, or always the groups at one end. Shuffle the groups by rng before you cut.")
def group_split(groups, test_size, rng):
    is_test = by_names(groups, test_size, np.random.default_rng(0))
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


@misconception("group_split", "global_randomness",
    "Your groups are drawn from NumPy's global state, or without a random_state, and cannot be drawn again. Draw them from rng.")
def group_split(groups, test_size, rng):
    return next(GroupShuffleSplit(1, test_size=test_size).split(groups, groups=groups))


@misconception("group_split", "sides_swapped",
    "The large side came second. The share test_size is held out, and train_idx comes first: look at the order in which you return them.")
def group_split(groups, test_size, rng):
    is_test = by_names(groups, test_size, rng)
    return np.flatnonzero(is_test), np.flatnonzero(~is_test)


@misconception("group_split", "share_of_rows",
    "You hold out groups until their rows make up the share. test_size is a share of the groups, whatever their sizes: count groups.")
def group_split(groups, test_size, rng):
    names, sizes = np.unique(groups, return_counts=True)
    order = rng.permutation(len(names))
    n_test = 1 + np.searchsorted(np.cumsum(sizes[order]), test_size * len(groups))
    is_test = np.isin(groups, names[order[:n_test]])
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


@misconception("group_split", "groups_for_rows",
    "You return the names of the groups. What is wanted are the numbers of the rows that belong to them: see where groups holds these names.")
def group_split(groups, test_size, rng):
    names = rng.permutation(np.unique(groups))
    n_test = round(test_size * len(names))
    return names[n_test:], names[:n_test]


@misconception("group_split", "masks_for_numbers",
    "You return True or False for each row. What is wanted are the numbers of the True rows: np.flatnonzero gives them.")
def group_split(groups, test_size, rng):
    is_test = by_names(groups, test_size, rng)
    return ~is_test, is_test


@alternative("group_split", "group_shuffle_split")
def group_split(groups, test_size, rng):
    splitter = GroupShuffleSplit(n_splits=1, test_size=test_size, random_state=int(rng.integers(2**32)))
    return next(splitter.split(groups, groups=groups))


@alternative("group_split", "sets_and_lists")
def group_split(groups, test_size, rng):
    names = sorted(set(groups.tolist()))
    rng.shuffle(names)
    held_out = set(names[:math.ceil(test_size * len(names) - 1e-9)])
    train, test = [], []
    for i, name in enumerate(groups.tolist()):
        (test if name in held_out else train).append(i)
    return train, test


@alternative("group_split", "choice_rounded_down")
def group_split(groups, test_size, rng):
    names, group_of = np.unique(groups, return_inverse=True)
    chosen = rng.choice(len(names), size=int(test_size * len(names) + 1e-9), replace=False)
    test = np.concatenate([np.flatnonzero(group_of == k) for k in chosen])
    return np.setdiff1d(np.arange(len(groups)), test), test


@alternative("group_split", "sorted_by_a_random_key")
def group_split(groups, test_size, rng):
    key = {name: rng.random() for name in np.unique(groups).tolist()}
    limit = sorted(key.values())[round(test_size * len(key)) - 1]
    keys = np.array([key[name] for name in groups.tolist()])
    return np.where(keys > limit)[0].astype(np.int32), np.where(keys <= limit)[0].astype(np.int32)


# confusion


def counted(y_true, y_pred, n_classes):
    cm = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(cm, (y_true, y_pred), 1)
    return cm


@misconception("confusion", "transposed",
    "Your columns are the true classes. The rows are: the first index is the true class, the second the predicted one.")
def confusion(y_true, y_pred, n_classes):
    return counted(y_pred, y_true, n_classes)


@misconception("confusion", "normalised",
    "Your rows add up to 1: you divide by how often each class occurs. The contract wants counts: leave out the division.")
def confusion(y_true, y_pred, n_classes):
    cm = counted(y_true, y_pred, n_classes)
    return cm / np.maximum(cm.sum(axis=1, keepdims=True), 1)


@misconception("confusion", "absent_class_dropped",
    "Your matrix has no place for a class that does not occur. n_classes says how many there are: make a matrix of that size first, or tell scikit-learn the labels.")
def confusion(y_true, y_pred, n_classes):
    return metrics.confusion_matrix(y_true, y_pred)


@misconception("confusion", "counts_once",
    "Each of your cells is 0 or 1: adding 1 at whole arrays of indices counts a cell once, however often it is named. Add in a loop, or by np.add.at.")
def confusion(y_true, y_pred, n_classes):
    cm = np.zeros((n_classes, n_classes), dtype=int)
    cm[y_true, y_pred] += 1
    return cm


@misconception("confusion", "classes_from_one",
    "You subtract 1 from the classes, and class 0 lands in the last row. They begin at 0 here: use them as indices as they are.")
def confusion(y_true, y_pred, n_classes):
    return counted(y_true - 1, y_pred - 1, n_classes)


@misconception("confusion", "right_ones_only",
    "You count only what is right, and the errors are missing. Each row is counted, in the row of its true and the column of its predicted class.")
def confusion(y_true, y_pred, n_classes):
    right = y_true[y_true == y_pred]
    return counted(right, right, n_classes)


@alternative("confusion", "scikit_learn")
def confusion(y_true, y_pred, n_classes):
    return metrics.confusion_matrix(y_true, y_pred, labels=range(n_classes))


@alternative("confusion", "counter_of_pairs")
def confusion(y_true, y_pred, n_classes):
    counts = Counter(zip(y_true.tolist(), y_pred.tolist()))
    return [[counts[i, j] for j in range(n_classes)] for i in range(n_classes)]


@alternative("confusion", "one_hot_product")
def confusion(y_true, y_pred, n_classes):
    one_hot = np.eye(n_classes, dtype=int)
    return one_hot[y_true].T @ one_hot[y_pred]


@alternative("confusion", "sparse")
def confusion(y_true, y_pred, n_classes):
    ones = np.ones(len(y_true), dtype=np.int32)
    return sparse.coo_array((ones, (y_true, y_pred)), shape=(n_classes, n_classes)).toarray()


# precision_recall_f1


def shares(cm):
    """Precision and recall, with 0 for 0/0."""
    right = np.diag(cm)
    return right / np.maximum(cm.sum(axis=0), 1), right / np.maximum(cm.sum(axis=1), 1)


def harmonic(a, b):
    return 2 * a * b / np.where(a + b > 0, a + b, 1)


@misconception("precision_recall_f1", "swapped",
    "Your precision and your recall have changed places. Precision asks about what was called so, a column; recall about what is so, a row.")
def precision_recall_f1(cm):
    precision, recall = shares(cm)
    return recall, precision, harmonic(precision, recall)


@misconception("precision_recall_f1", "accuracy_for_all",
    "Every class has the same value with you, the accuracy. Divide the diagonal of each class by the sum of its own column, or row.")
def precision_recall_f1(cm):
    accuracy = np.full(len(cm), np.trace(cm) / cm.sum())
    return accuracy, accuracy, accuracy


@misconception("precision_recall_f1", "averages",
    "You return averages over the classes, three numbers. Each class keeps its own value: leave out the mean.")
def precision_recall_f1(cm):
    precision, recall = shares(cm)
    return precision.mean(), recall.mean(), harmonic(precision, recall).mean()


@misconception("precision_recall_f1", "nan_for_zero",
    "A class that is never called, or never occurs, becomes 0/0 with you, which is NaN. The contract makes it 0: divide only where the sum is not 0.")
def precision_recall_f1(cm):
    with np.errstate(invalid="ignore"):
        precision, recall = np.diag(cm) / cm.sum(axis=0), np.diag(cm) / cm.sum(axis=1)
        return precision, recall, 2 * precision * recall / (precision + recall)


@misconception("precision_recall_f1", "one_for_zero",
    "A class that is never called, or never occurs, has 1 with you. There is nothing that was right about it: the contract makes 0/0 a 0.")
def precision_recall_f1(cm):
    right, called, true = np.diag(cm), cm.sum(axis=0), cm.sum(axis=1)
    precision = np.where(called > 0, right / np.maximum(called, 1), 1.0)
    recall = np.where(true > 0, right / np.maximum(true, 1), 1.0)
    return precision, recall, harmonic(precision, recall)


@misconception("precision_recall_f1", "mean_for_f1",
    "Your F1 is the ordinary mean, which forgives a low value if the other is high. The harmonic mean is 2 · precision · recall / (precision + recall).")
def precision_recall_f1(cm):
    precision, recall = shares(cm)
    return precision, recall, (precision + recall) / 2


@alternative("precision_recall_f1", "loop_of_lists")
def precision_recall_f1(cm):
    precision, recall, f1 = [], [], []
    for i, row in enumerate(cm.tolist()):
        right, called, true = row[i], sum(other[i] for other in cm.tolist()), sum(row)
        p, r = right / called if called else 0.0, right / true if true else 0.0
        precision.append(p)
        recall.append(r)
        f1.append(2 * p * r / (p + r) if p + r else 0.0)
    return precision, recall, f1


@alternative("precision_recall_f1", "scikit_learn")
def precision_recall_f1(cm):
    i, j = np.indices(cm.shape)
    true, predicted = np.repeat(i.ravel(), cm.ravel()), np.repeat(j.ravel(), cm.ravel())
    return metrics.precision_recall_fscore_support(true, predicted, labels=range(len(cm)), zero_division=0)[:3]


@alternative("precision_recall_f1", "nan_to_num_float32")
def precision_recall_f1(cm):
    right = np.diag(cm).astype(np.float32)
    with np.errstate(invalid="ignore"):
        precision, recall = np.nan_to_num(right / cm.sum(0).astype(np.float32)), np.nan_to_num(right / cm.sum(1).astype(np.float32))
        return np.array([precision, recall, np.nan_to_num(2 * precision * recall / (precision + recall))])


@alternative("precision_recall_f1", "by_errors")
def precision_recall_f1(cm):
    hits = cm.diagonal()
    false_alarms, misses = cm.sum(axis=0) - hits, cm.sum(axis=1) - hits
    tiny = 1e-300
    return hits / (hits + false_alarms + tiny), hits / (hits + misses + tiny), hits / (hits + (false_alarms + misses) / 2 + tiny)


# leaky_score


def row_sides(n, rng):
    order = rng.permutation(n)
    return order[round(0.3 * n):], order[:round(0.3 * n)]


@misconception("leaky_score", "training_rows",
    "Your score comes from rows the model was fitted to, which it may know by heart. Score it on the rows that were held out, and on no others.")
def leaky_score(model, X, y, rng):
    train, _ = row_sides(len(y), rng)
    return model.fit(X[train], y[train]).score(X[train], y[train])


@misconception("leaky_score", "scores_everything",
    "You score the model on all rows, those of training among them. Score it on the rows that were held out, and on no others.")
def leaky_score(model, X, y, rng):
    train, _ = row_sides(len(y), rng)
    return model.fit(X[train], y[train]).score(X, y)


@misconception("leaky_score", "fit_on_everything",
    "You fit the model to all rows, those that test it among them. Fit it to the rows that are not held out.")
def leaky_score(model, X, y, rng):
    _, test = row_sides(len(y), rng)
    return model.fit(X, y).score(X[test], y[test])


@misconception("leaky_score", "sides_swapped",
    "Your two sides have changed places: the model learns from the 30 % and is scored on the 70 %. Fit it to the larger side.")
def leaky_score(model, X, y, rng):
    train, test = row_sides(len(y), rng)
    return model.fit(X[test], y[test]).score(X[train], y[train])


@misconception("leaky_score", "scaler_on_all_rows",
    "The model gets other rows than those of X: they were scaled, or columns were chosen, on all rows. Pass them on as they are; a scaler belongs into the model.")
def leaky_score(model, X, y, rng):
    train, test = row_sides(len(y), rng)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("leaky_score", "rows_and_labels_apart",
    "Rows and labels have lost each other: they were shuffled apart, or only one of them was. Choose from both by the same row numbers.")
def leaky_score(model, X, y, rng):
    train, test = row_sides(len(y), rng)
    y = rng.permutation(y)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("leaky_score", "ignores_rng",
    "You hold out the same rows whatever generator comes in: a fixed random_state, or always the last ones. Draw the rows, or the random_state, from rng.")
def leaky_score(model, X, y, rng):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0)
    return model.fit(X_train, y_train).score(X_test, y_test)


@misconception("leaky_score", "global_randomness",
    "Your rows are drawn from NumPy's global state and cannot be drawn again: train_test_split does so without a random_state. Draw them, or the random_state, from rng.")
def leaky_score(model, X, y, rng):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3)
    return model.fit(X_train, y_train).score(X_test, y_test)


@misconception("leaky_score", "error_rate",
    "You return the share of rows that are wrong. The accuracy is the share that are right: one minus yours.")
def leaky_score(model, X, y, rng):
    train, test = row_sides(len(y), rng)
    return 1 - model.fit(X[train], y[train]).score(X[test], y[test])


@alternative("leaky_score", "train_test_split")
def leaky_score(model, X, y, rng):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=int(rng.integers(2**32)))
    return metrics.accuracy_score(y_test, clone(model).fit(X_train, y_train).predict(X_test))


@alternative("leaky_score", "shuffle_split_float32")
def leaky_score(model, X, y, rng):
    state = np.random.RandomState(rng.integers(10**9))
    train, test = next(ShuffleSplit(1, test_size=0.3, random_state=state).split(X))
    X = X.astype(np.float32)
    model.fit(X[train], y[train])
    return np.float32(np.mean(model.predict(X[test]) == y[test]))


@alternative("leaky_score", "mask_and_count")
def leaky_score(model, X, y, rng):
    held_out = np.zeros(len(X), dtype=bool)
    held_out[rng.choice(len(X), size=int(0.3 * len(X) + 1e-9), replace=False)] = True
    fitted = clone(model).fit(X[~held_out], y[~held_out])
    right = 0
    for answer, label in zip(fitted.predict(X[held_out]), y[held_out]):
        right += answer == label
    return right / held_out.sum()


@alternative("leaky_score", "stratified")
def leaky_score(model, X, y, rng):
    rows = np.arange(len(y))
    train, test = train_test_split(rows, test_size=0.3, stratify=y, random_state=int(rng.integers(2**31)))
    return model.fit(X[train], y[train]).score(X[test], y[test])


# honest_score


def group_sides(groups, rng):
    is_test = by_names(groups, 0.3, rng)
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


@misconception("honest_score", "splits_rows",
    "You hold out single rows, and the model knows others of the same take. Hold out 30 % of the groups, with all their rows.")
def honest_score(model, X, y, groups, rng):
    train, test = row_sides(len(y), rng)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("honest_score", "groups_apart",
    "Your groups have lost their rows: they were shuffled or sorted apart from X and y, and so takes lie on both sides. Leave groups in the order of the rows.")
def honest_score(model, X, y, groups, rng):
    train, test = group_sides(rng.permutation(groups), rng)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("honest_score", "training_rows",
    "Your score comes from rows the model was fitted to, which it may know by heart. Score it on the rows of the groups that were held out.")
def honest_score(model, X, y, groups, rng):
    train, _ = group_sides(groups, rng)
    return model.fit(X[train], y[train]).score(X[train], y[train])


@misconception("honest_score", "fit_on_everything",
    "You fit the model to all rows, those of the held-out groups among them. Fit it to the rows that are not held out.")
def honest_score(model, X, y, groups, rng):
    _, test = group_sides(groups, rng)
    return model.fit(X, y).score(X[test], y[test])


@misconception("honest_score", "sides_swapped",
    "Your two sides have changed places: the model learns from 30 % of the groups and is scored on the others. Fit it to the larger side.")
def honest_score(model, X, y, groups, rng):
    train, test = group_sides(groups, rng)
    return model.fit(X[test], y[test]).score(X[train], y[train])


@misconception("honest_score", "scaler_on_all_rows",
    "The model gets other rows than those of X: they were scaled, or columns were chosen, on all rows. Pass them on as they are; a scaler belongs into the model.")
def honest_score(model, X, y, groups, rng):
    train, test = group_sides(groups, rng)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("honest_score", "rows_and_labels_apart",
    "Rows and labels have lost each other: they were shuffled apart, or only one of them was. Choose from both by the same row numbers.")
def honest_score(model, X, y, groups, rng):
    train, test = group_sides(groups, rng)
    y = rng.permutation(y)
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("honest_score", "ignores_rng",
    "You hold out the same groups whatever generator comes in. Draw the groups, or the random_state, from rng.")
def honest_score(model, X, y, groups, rng):
    train, test = group_sides(groups, np.random.default_rng(0))
    return model.fit(X[train], y[train]).score(X[test], y[test])


@misconception("honest_score", "global_randomness",
    "Your groups are drawn from NumPy's global state, or without a random_state, and cannot be drawn again. Draw them from rng.")
def honest_score(model, X, y, groups, rng):
    train, test = next(GroupShuffleSplit(1, test_size=0.3).split(X, y, groups))
    return model.fit(X[train], y[train]).score(X[test], y[test])


@alternative("honest_score", "group_shuffle_split")
def honest_score(model, X, y, groups, rng):
    splitter = GroupShuffleSplit(n_splits=1, test_size=0.3, random_state=int(rng.integers(2**32)))
    for train, test in splitter.split(X, y, groups):
        return clone(model).fit(X[train], y[train]).score(X[test], y[test])


@alternative("honest_score", "lists_of_rows")
def honest_score(model, X, y, groups, rng):
    names = sorted(set(groups.tolist()))
    held_out = set(rng.choice(names, size=int(0.3 * len(names) + 1e-9), replace=False).tolist())
    train = [i for i, name in enumerate(groups) if name not in held_out]
    test = [i for i, name in enumerate(groups) if name in held_out]
    model.fit([X[i].tolist() for i in train], [y[i] for i in train])
    return sum(a == y[i] for a, i in zip(model.predict(X[test]), test)) / len(test)


@alternative("honest_score", "mask_float32")
def honest_score(model, X, y, groups, rng):
    names = np.unique(groups)
    rng.shuffle(names)
    is_test = (groups[:, np.newaxis] == names[:math.ceil(0.3 * len(names) - 1e-9)]).any(axis=1)
    X = np.asarray(X, dtype=np.float32)
    fitted = model.fit(X[~is_test], y[~is_test])
    return np.float32(metrics.accuracy_score(y[is_test], fitted.predict(X[is_test])))


# find_the_leak


def review(pipeline, *, before=True, learns=".fit", chosen_on=r"max\(.*X_test|X_test.*max\(", cut="shuffle=False", is_sorted=None, has_equals=None):
    """The right answer, with one of its questions asked another way."""
    source, X, y = pipeline["source"], pipeline["X"], pipeline["y"]
    text = {True: source.split("train_test_split")[0], False: source}
    scaler_sees, selection_sees = (before, before) if isinstance(before, bool) else before
    if "StandardScaler()" + learns in text[scaler_sees]:
        return "scaler"
    if "SelectKBest()" + learns in text[selection_sees]:
        return "selection"
    if re.search(chosen_on, source):
        return "tuned on test"
    if len(set(map(bytes, X))) < len(X) if has_equals is None else has_equals(X):
        return "duplicates"
    if cut in source and (y.tolist() == sorted(y.tolist()) if is_sorted is None else is_sorted):
        return "order"
    return "none"


@misconception("find_the_leak", "scaler_anywhere",
    "You call a scaler a leak wherever it is fitted. After the split it is fitted to the training rows, and that is right: look at what stands before.")
def find_the_leak(pipeline):
    return review(pipeline, before=(False, True))


@misconception("find_the_leak", "selection_anywhere",
    "You call a selection a leak wherever it is fitted. After the split it sees the training rows only, and that is right: look at what stands before.")
def find_the_leak(pipeline):
    return review(pipeline, before=(True, False))


@misconception("find_the_leak", "name_for_fit",
    "You take a name for a deed: a Pipeline made before the split learns nothing until it is fitted. Look for StandardScaler and SelectKBest followed by .fit.")
def find_the_leak(pipeline):
    return review(pipeline, learns="")


@misconception("find_the_leak", "max_anywhere",
    "You suspect every max. To choose the best model on validation rows is what they are for: it is a leak only where max and X_test stand in the same line.")
def find_the_leak(pipeline):
    return review(pipeline, chosen_on=r"max\(")


@misconception("find_the_leak", "values_for_rows",
    "You look for equal values, which occur in any data. A duplicate is a whole row that equals another: compare rows, by axis=0.")
def find_the_leak(pipeline):
    return review(pipeline, has_equals=lambda X: len(np.unique(X)) < X.size)


@misconception("find_the_leak", "neighbours_only",
    "You compare each row with the next one only. Equal rows may stand anywhere: compare all of them, or count the different ones.")
def find_the_leak(pipeline):
    return review(pipeline, has_equals=lambda X: bool((X[1:] == X[:-1]).all(axis=1).any()))


@misconception("find_the_leak", "cut_alone",
    "You suspect every split without shuffling. If the rows are in no order, cutting them is as good as drawing: look at y as well.")
def find_the_leak(pipeline):
    return review(pipeline, is_sorted=True)


@misconception("find_the_leak", "sorted_alone",
    "You suspect every sorted y. A split that draws mixes the rows by itself: look whether the source says shuffle=False as well.")
def find_the_leak(pipeline):
    return review(pipeline, cut="")


@misconception("find_the_leak", "no_ties",
    "You call y sorted only if each label is larger than the one before. Labels repeat: sorted means that none is smaller.")
def find_the_leak(pipeline):
    return review(pipeline, is_sorted=bool(np.all(np.diff(pipeline["y"]) > 0)))


@misconception("find_the_leak", "knows_the_six",
    "Your function knows the pipelines of the notebook and nothing else. Look for the evidence that the docstring lists, in any source and data.")
def find_the_leak(pipeline):
    return "none"


@alternative("find_the_leak", "line_by_line")
def find_the_leak(pipeline):
    is_split, leak = False, "none"
    for line in pipeline["source"].split("\n"):
        is_split = is_split or "train_test_split" in line
        if not is_split and "StandardScaler().fit" in line:
            leak = "scaler"
        if not is_split and "SelectKBest().fit" in line:
            leak = "selection"
        if "max(" in line and "X_test" in line:
            leak = "tuned on test"
        if "shuffle=False" in line and list(pipeline["y"]) == sorted(pipeline["y"]):
            leak = "order"
    rows = [tuple(row) for row in pipeline["X"]]
    return "duplicates" if any(rows.count(row) > 1 for row in rows) else leak


@alternative("find_the_leak", "regular_expressions")
def find_the_leak(pipeline):
    source, X, y = pipeline.values()
    found = re.search(r"(StandardScaler|SelectKBest)\(\)\.fit.*?train_test_split", source, re.DOTALL)
    first = source.find("train_test_split")
    if found and found.start() < first:
        return {"StandardScaler": "scaler", "SelectKBest": "selection"}[found[1]]
    if re.search(r"^(?=.*max\()(?=.*X_test)", source, re.MULTILINE):
        return "tuned on test"
    if np.any(np.sum(np.all(X[:, np.newaxis] == X, axis=2), axis=1) > 1):
        return "duplicates"
    return "order" if re.search(r"shuffle=False", source) and all(a <= b for a, b in zip(y, y[1:])) else "none"


@alternative("find_the_leak", "syntax_tree")
def find_the_leak(pipeline):
    seen = []
    for statement in ast.parse(pipeline["source"]).body:
        text = ast.unparse(statement)
        if "train_test_split" in text:
            break
        seen.append(text)
    evidence = {
        "scaler": any("StandardScaler().fit" in text for text in seen),
        "selection": any("SelectKBest().fit" in text for text in seen),
        "tuned on test": any("max(" in line and "X_test" in line for line in pipeline["source"].splitlines()),
        "duplicates": np.unique(pipeline["X"], axis=0, return_counts=True)[1].max() > 1,
        "order": "shuffle=False" in pipeline["source"] and np.array_equal(pipeline["y"], np.sort(pipeline["y"])),
        "none": True,
    }
    return next(leak for leak, is_so in evidence.items() if is_so)


# bootstrap_ci


def accuracies(correct, rng, n=None, replace=True, count=1000):
    if replace:
        return rng.choice(correct, (count, n or len(correct))).mean(axis=1)
    return np.array([rng.permutation(correct).mean() for _ in range(count)])


@misconception("bootstrap_ci", "without_replacement",
    "Your resamples are the same answers in another order, and their accuracies are all equal. Draw with replacement, so that some answers come twice and others not at all.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, rng, replace=False, count=3), [2.5, 97.5]))


@misconception("bootstrap_ci", "standard_deviation",
    "Your interval says where single answers lie. The question is where accuracies lie, which are means of n answers: take the percentiles of the means.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(rng.choice(correct, (1000, len(correct))), [2.5, 97.5]))


@misconception("bootstrap_ci", "sixteen_to_84",
    "Your interval is half as wide as it should be: it holds two thirds of the accuracies, one standard error to either side. 95 % lie between the percentiles 2.5 and 97.5.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, rng), [16, 84]))


@misconception("bootstrap_ci", "half_size_resamples",
    "Your resamples are smaller than the test, and so their accuracies are less sure than its own. Draw as many answers as there are.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, rng, n=max(len(correct) // 2, 1)), [2.5, 97.5]))


@misconception("bootstrap_ci", "ninety_percent",
    "Your interval does not leave 2.5 % of the accuracies at either end. Between the percentiles 5 and 95 lie 90 %, and between 2.5 and 97.5 lie 95 %.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, rng), [5, 95]))


@misconception("bootstrap_ci", "hi_first",
    "Your upper end comes first. The contract wants the pair lo, hi.")
def bootstrap_ci(correct, rng):
    lo, hi = np.percentile(accuracies(correct, rng), [2.5, 97.5])
    return hi, lo


@misconception("bootstrap_ci", "quantiles_for_percentiles",
    "np.percentile counts from 0 to 100, and you give it 0.025 and 0.975: both ends lie at the very bottom. Give it 2.5 and 97.5, or use np.quantile.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, rng), [0.025, 0.975]))


@misconception("bootstrap_ci", "mean_and_errors",
    "Your interval is the accuracy plus and minus 1.96 standard errors, and can leave the range from 0 to 1. Take the percentiles of the resamples' accuracies.")
def bootstrap_ci(correct, rng):
    accuracy = np.mean(correct)
    spread = 1.96 * np.sqrt(accuracy * (1 - accuracy) / len(correct))
    return accuracy - spread, accuracy + spread


@misconception("bootstrap_ci", "ignores_rng",
    "Your resamples are the same whatever generator comes in. Draw them from rng, and not from a generator of your own.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(accuracies(correct, np.random.default_rng(0)), [2.5, 97.5]))


@misconception("bootstrap_ci", "global_randomness",
    "Your resamples are drawn from NumPy's global state and cannot be drawn again. Draw them from rng.")
def bootstrap_ci(correct, rng):
    return tuple(np.percentile(np.random.choice(correct, (1000, len(correct))).mean(axis=1), [2.5, 97.5]))


@alternative("bootstrap_ci", "loop_of_positions")
def bootstrap_ci(correct, rng):
    n_right = np.zeros(2000)
    for _ in range(len(correct)):
        n_right += correct[rng.integers(len(correct), size=2000)]
    return list(np.quantile(n_right / len(correct), [0.025, 0.975]))


@alternative("bootstrap_ci", "binomial_float32")
def bootstrap_ci(correct, rng):
    shares = rng.binomial(len(correct), np.mean(correct), size=5000).astype(np.float32) / len(correct)
    return np.percentile(shares, 2.5), np.percentile(shares, 97.5)


@alternative("bootstrap_ci", "sorted_list")
def bootstrap_ci(correct, rng):
    values = np.asarray(correct, dtype=int)
    means = sorted(values[row].mean() for row in rng.integers(len(values), size=(1000, len(values))))
    return float(means[25]), float(means[974])


@alternative("bootstrap_ci", "multinomial")
def bootstrap_ci(correct, rng):
    n = len(correct)
    how_often = rng.multinomial(n, np.full(n, 1 / n), size=1500)
    return np.percentile(how_often @ correct / n, (2.5, 97.5), method="nearest")


@alternative("bootstrap_ci", "scipy")
def bootstrap_ci(correct, rng):
    if np.ptp(correct.astype(int)) == 0:
        return float(correct[0]), float(correct[0])
    found = stats.bootstrap((correct.astype(float),), np.mean, n_resamples=1000, method="percentile", rng=rng)
    return found.confidence_interval.low, found.confidence_interval.high
