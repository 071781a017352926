"""Wrong answers to 07_silence_or_sound with their hints, and rightful alternatives."""

import math
import os
import pickle
from collections import Counter
from pathlib import Path

import joblib
import numpy as np
from scipy.spatial.distance import cdist
from scipy.special import expit, xlogy
from sklearn import metrics
from sklearn.base import clone
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import ShuffleSplit, train_test_split

from autograder import alternative, misconception

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "b"


@misconception("q1", "sorted_by_number",
    "That is the order of the numbers, and a text has none: its characters are compared one by one. Look at the first at which the two names differ.")
def q1():
    return "a"


@misconception("q1", "sorted_by_length",
    "The length decides only where one text is the beginning of the other. Look at the first character at which the two names differ.")
def q1():
    return "c"


@misconception("q1", "sorted_by_time",
    "That may be the order of a list that nobody has sorted. Sorted as texts, names are compared character by character: look at the first that differs.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "d"


@misconception("q2", "darker_in_both",
    "If the loudest pixel of each image is 0 dB, the tone is its own measure and has 0 dB however soft it is. Think of the second case again.")
def q2():
    return "a"


@misconception("q2", "same_in_both",
    "With one 0 dB for all images a softer tone has fewer dB, and fewer dB are darker. Count: 20 of the 80 dB between black and white.")
def q2():
    return "b"


@misconception("q2", "cases_swapped",
    "It is the other way round: whoever measures by the tone itself does not see that it got softer. A reference that stays where it is shows the difference.")
def q2():
    return "c"


@alternative("q3", "right")
def q3():
    return "c"


@misconception("q3", "divided_the_wrong_way",
    "0.045 is 500 / 11025, the periods in a sample. The samples in a period are the other quotient.")
def q3():
    return "a"


@misconception("q3", "periods_in_a_second",
    "500 is the number of periods in a second. These share 11025 samples: how many has each?")
def q3():
    return "b"


@misconception("q3", "whole_samples_only",
    "After 22 samples the period is not quite over, and after 500 such periods 25 samples would be missing in the second. A period may end between two samples: divide, and do not round.")
def q3():
    return "d"


# nearest_neighbour


@misconception("nearest_neighbour", "farthest",
    "Your label is that of the farthest training row. The nearest one has the smallest distance: look at argmin beside argmax.")
def nearest_neighbour(X_train, y_train, X):
    return np.array([y_train[np.argmax(np.sum((X_train - row) ** 2, axis=1))] for row in X])


@misconception("nearest_neighbour", "wrong_axis",
    "Your sum runs down the columns and gives one number for each feature. A distance belongs to a training row: sum along the other axis.")
def nearest_neighbour(X_train, y_train, X):
    return np.array([y_train[np.argmin(np.sum((X_train - row) ** 2, axis=0))] for row in X])


@misconception("nearest_neighbour", "index_for_label",
    "You return the number of the nearest training row. The question was its label: look that row up in y_train.")
def nearest_neighbour(X_train, y_train, X):
    return np.array([np.argmin(np.sum((X_train - row) ** 2, axis=1)) for row in X])


@misconception("nearest_neighbour", "signed_differences",
    "Your distance adds up differences that carry a sign, so that they cancel and the smallest sum is the most negative one. Square them first.")
def nearest_neighbour(X_train, y_train, X):
    return np.array([y_train[np.argmin(np.sum(X_train - row, axis=1))] for row in X])


@misconception("nearest_neighbour", "manhattan",
    "You add up absolute differences, the way of a taxi through a grid. The Euclidean distance, the straight line, adds up their squares.")
def nearest_neighbour(X_train, y_train, X):
    return np.array([y_train[np.argmin(np.sum(np.abs(X_train - row), axis=1))] for row in X])


@misconception("nearest_neighbour", "last_of_ties",
    "Of several rows equally near you take the last. The contract wants the first: let only a smaller distance replace the best so far.")
def nearest_neighbour(X_train, y_train, X):
    labels = []
    for row in X:
        distances = np.sum((X_train - row) ** 2, axis=1)
        labels.append(y_train[len(distances) - 1 - np.argmin(distances[::-1])])
    return np.array(labels)


@alternative("nearest_neighbour", "two_loops")
def nearest_neighbour(X_train, y_train, X):
    labels = []
    for row in X:
        best, label = math.inf, None
        for other, its_label in zip(X_train, y_train):
            distance = math.sqrt(sum((a - b) ** 2 for a, b in zip(row, other)))
            if distance < best:
                best, label = distance, its_label
        labels.append(label)
    return labels


@alternative("nearest_neighbour", "expanded_square")
def nearest_neighbour(X_train, y_train, X):
    # |a - b|² = |a|² - 2 a·b + |b|², and |b|² is the same for all a
    return y_train[np.argmin(np.sum(X_train**2, axis=1) - 2 * X @ X_train.T, axis=1)]


@alternative("nearest_neighbour", "broadcast_float32")
def nearest_neighbour(X_train, y_train, X):
    gaps = X.astype(np.float32)[:, np.newaxis] - X_train.astype(np.float32)
    return y_train[np.linalg.norm(gaps, axis=2).argmin(axis=1)].astype(np.float32)


@alternative("nearest_neighbour", "stable_sort")
def nearest_neighbour(X_train, y_train, X):
    return np.asarray(y_train)[np.argsort(cdist(X, X_train), axis=1, kind="stable")[:, 0]]


# sigmoid


@misconception("sigmoid", "overflow",
    "Your values are right, but exp(-z) is too large for a float at z = -1000. Take exp only of numbers that are not positive: exp(-|z|) serves both halves.")
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


@misconception("sigmoid", "infinity_over_infinity",
    "exp(z) / (1 + exp(z)) becomes infinity over infinity for large z, which is NaN. Use this form for negative z only, and 1 / (1 + exp(-z)) for the rest.")
def sigmoid(z):
    return np.exp(z) / (1.0 + np.exp(z))


@misconception("sigmoid", "tanh",
    "Your function runs from -1 to 1, as tanh does, and is 0 at 0. The sigmoid runs from 0 to 1 and is one half at 0: compare the two formulas.")
def sigmoid(z):
    return np.tanh(z)


@misconception("sigmoid", "minus_z",
    "Your function falls where it should rise: the sign of z is turned round. Large z must give a probability near 1, so the exponent is -z.")
def sigmoid(z):
    return expit(-np.asarray(z))


@misconception("sigmoid", "numbers_only",
    "math.exp takes one number and refuses arrays. np.exp works on every element at once.")
def sigmoid(z):
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


@misconception("sigmoid", "labels_for_probabilities",
    "You return 0 or 1, a decision already taken. The sigmoid returns the probability itself: leave out the comparison with one half.")
def sigmoid(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


@alternative("sigmoid", "expit")
def sigmoid(z):
    return expit(z)


@alternative("sigmoid", "half_a_tanh")
def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(np.asarray(z) / 2.0))


@alternative("sigmoid", "two_halves_float32")
def sigmoid(z):
    z = np.asarray(z, dtype=np.float32)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


@alternative("sigmoid", "clipped")
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -700, 700)))


@alternative("sigmoid", "recursive_loop")
def sigmoid(z):
    if np.ndim(z):
        return [sigmoid(value) for value in z]
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else 1.0 - sigmoid(-z)


# log_loss


def costs(y, p):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


@misconception("log_loss", "sum_for_mean",
    "You add up the losses of all clips, so that a larger data set looks worse. Divide by their number: the log-loss is a mean.")
def log_loss(y, p):
    return np.sum(costs(y, p))


@misconception("log_loss", "log2",
    "You measure in bits, by log2. The contract measures in nats: use the natural logarithm, np.log.")
def log_loss(y, p):
    return np.mean(costs(y, p)) / np.log(2)


@misconception("log_loss", "sign",
    "Your loss is negative: logarithms of probabilities are. Put the minus sign of the formula before the mean, so that a better model has a smaller loss.")
def log_loss(y, p):
    return -np.mean(costs(y, p))


@misconception("log_loss", "sounds_only",
    "Only the clips labelled 1 cost something in your sum. A clip labelled 0 costs the logarithm of 1 - p: add the second half of the formula.")
def log_loss(y, p):
    return np.mean(y * costs(y, p))


@misconception("log_loss", "infinite_where_wrong",
    "A certain error still costs infinity. Move p away from 0 and 1 by 1e-15 before you take its logarithm.")
def log_loss(y, p):
    return -np.mean(xlogy(y, p) + xlogy(1 - y, 1 - p))


@misconception("log_loss", "no_clip",
    "The logarithm of 0 is -inf, and 0 times -inf is NaN. Move p away from 0 and 1 by 1e-15 before you take its logarithm.")
def log_loss(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@misconception("log_loss", "squared_error",
    "You average the squared distance of p from y, which is another loss (Brier's). The log-loss is minus the logarithm of the probability that was given to the true label.")
def log_loss(y, p):
    return np.mean((y - p) ** 2)


@misconception("log_loss", "coarse_clip",
    "You move p away from 0 and 1 by so much that honest probabilities change too. 1e-15 is enough.")
def log_loss(y, p):
    p = np.clip(p, 1e-2, 1 - 1e-2)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@alternative("log_loss", "scikit_learn")
def log_loss(y, p):
    return metrics.log_loss(y, p, labels=[0, 1])


@alternative("log_loss", "loop")
def log_loss(y, p):
    total = 0.0
    for label, probability in zip(y, p):
        given = probability if label == 1 else 1 - probability
        total -= math.log(min(max(given, 1e-15), 1 - 1e-15))
    return total / len(y)


@alternative("log_loss", "float32")
def log_loss(y, p):
    step = np.finfo(np.float32).eps
    p = np.clip(np.asarray(p, dtype=np.float32), step, 1 - step)
    return -np.mean(np.log(np.where(np.asarray(y) == 1, p, 1 - p)))


@alternative("log_loss", "log1p")
def log_loss(y, p):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return (-np.dot(y, np.log(p)) - np.dot(1 - np.asarray(y), np.log1p(-p))) / len(p)


# train_silence_classifier


def split(data, labels, rng):
    return train_test_split(data, labels, test_size=0.3, random_state=int(rng.integers(2**32)))


@misconception("train_silence_classifier", "training_rows",
    "Your score comes from rows the model was trained on, and those it may know by heart. Score it on the 30 % that were held out.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = split(data, labels, rng)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_train, y_train)


@misconception("train_silence_classifier", "fit_on_everything",
    "Your model was fitted to all rows, those that test it among them. Fit it to the training rows only.")
def train_silence_classifier(data, labels, rng):
    _, X_test, _, y_test = split(data, labels, rng)
    model = LogisticRegression().fit(data, labels)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "unshuffled_split",
    "You cut the rows where they lie, and sorted labels then leave one label alone in the training rows. Draw the held-out rows at random.")
def train_silence_classifier(data, labels, rng):
    n = math.floor(0.7 * len(data))
    model = LogisticRegression().fit(data[:n], labels[:n])
    return model, model.score(data[n:], labels[n:])


@misconception("train_silence_classifier", "ignores_rng",
    "Your split is the same whatever generator comes in: a fixed random_state, or a generator of your own. Draw the split, or the random_state, from rng.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.3, random_state=0)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "global_randomness",
    "Your split is drawn from NumPy's global state and cannot be repeated: train_test_split does so without a random_state. Draw the split, or the random_state, from rng.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.3)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "rows_and_labels_apart",
    "Your rows and labels have lost each other: they were shuffled apart, or only one of them was. Use one and the same order for both.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = split(rng.permutation(data), labels, rng)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "order_of_the_four_parts",
    "train_test_split returns its four parts in the order X_train, X_test, y_train, y_test. Look at the order of the names you unpack them into.")
def train_silence_classifier(data, labels, rng):
    X_train, y_train, X_test, y_test = split(data, labels, rng)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "generator_as_random_state",
    "train_test_split takes no Generator as its random_state. Draw a whole number from rng, by rng.integers, and give it that.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.3, random_state=rng)
    model = LogisticRegression().fit(X_train, y_train)
    return model, model.score(X_test, y_test)


@misconception("train_silence_classifier", "model_then_score",
    "Two things are to come back, in this order: the fitted model, and its score, a share from 0 to 1. Look at what your last line returns.")
def train_silence_classifier(data, labels, rng):
    X_train, X_test, y_train, y_test = split(data, labels, rng)
    model = LogisticRegression().fit(X_train, y_train)
    return model.score(X_test, y_test), model


@misconception("train_silence_classifier", "writes_into_its_arguments",
    "Your function shuffles the caller's own arrays, and whoever called it finds them in another order afterwards. Shuffle an order of row numbers instead.")
def train_silence_classifier(data, labels, rng):
    order = rng.permutation(len(data))
    data[:], labels[:] = data[order], labels[order]
    n = math.floor(0.7 * len(data))
    model = LogisticRegression().fit(data[:n], labels[:n])
    return model, model.score(data[n:], labels[n:])


@alternative("train_silence_classifier", "stratified")
def train_silence_classifier(data, labels, rng):
    state = np.random.RandomState(rng.integers(1000))
    X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.3, random_state=state, stratify=labels)
    model = LogisticRegression().fit(X_train, y_train)
    return model, metrics.accuracy_score(y_test, model.predict(X_test))


@alternative("train_silence_classifier", "permuted_indices_float32")
def train_silence_classifier(data, labels, rng):
    order = rng.permutation(len(data))
    n_train = round(0.7 * len(data))
    X, y = np.asarray(data, dtype=np.float32)[order], np.asarray(labels)[order]
    model = LogisticRegression(max_iter=1000).fit(X[:n_train], y[:n_train])
    return [model, np.float32(np.mean(model.predict(X[n_train:]) == y[n_train:]))]


@alternative("train_silence_classifier", "shuffle_split")
def train_silence_classifier(data, labels, rng):
    splitter = ShuffleSplit(n_splits=1, test_size=0.3, random_state=int(rng.integers(10**6)))
    train, test = next(splitter.split(data))
    model = LogisticRegression().fit(data[train], labels[train])
    return model, model.score(data[test], labels[test])


@alternative("train_silence_classifier", "mask")
def train_silence_classifier(data, labels, rng):
    held_out = np.zeros(len(data), dtype=bool)
    held_out[rng.choice(len(data), size=math.ceil(0.3 * len(data)), replace=False)] = True
    model = LogisticRegression()
    model.fit(data[~held_out], labels[~held_out])
    right = [answer == label for answer, label in zip(model.predict(data[held_out]), labels[held_out])]
    return model, sum(right) / len(right)


# fit_threshold


@misconception("fit_threshold", "middle_of_the_means",
    "You take the middle of the two mean levels, which a few unusual clips pull away from the gap. Count the errors of each candidate instead.")
def fit_threshold(levels_db, labels):
    means = [levels_db[labels == k].mean() if (labels == k).any() else levels_db.mean() for k in (0, 1)]
    return float(np.mean(means))


@misconception("fit_threshold", "never_below_all",
    "None of your candidates lies below the softest clip, so you can never call all of them sound. Add a candidate below all levels.")
def fit_threshold(levels_db, labels):
    candidates = np.sort(levels_db)
    return float(candidates[np.argmin([np.sum((levels_db > t) != labels) for t in candidates])])


@misconception("fit_threshold", "lowest_sound",
    "You let the softest sound decide alone, and call silent what lies exactly on the threshold. Count the errors of each candidate over all clips.")
def fit_threshold(levels_db, labels):
    return float(levels_db[labels == 1].min()) if (labels == 1).any() else 0.0


@misconception("fit_threshold", "highest_silence",
    "You let the loudest silence decide alone, and every sound that is softer is lost. Count the errors of each candidate over all clips.")
def fit_threshold(levels_db, labels):
    return float(levels_db[labels == 0].max()) if (labels == 0).any() else float(levels_db.min()) - 1.0


@misconception("fit_threshold", "middle_of_the_gap",
    "You look only at the softest sound and the loudest silence, and where the classes overlap there is no gap between them. Count the errors of each candidate.")
def fit_threshold(levels_db, labels):
    silences, sounds = levels_db[labels == 0], levels_db[labels == 1]
    if len(silences) == 0 or len(sounds) == 0:
        return float(levels_db.max() if len(sounds) == 0 else levels_db.min() - 1)
    return float((silences.max() + sounds.min()) / 2)


@misconception("fit_threshold", "sign",
    "Your threshold is the best for calling a clip sound where its level is below. Sound is louder than silence: compare with level > threshold.")
def fit_threshold(levels_db, labels):
    candidates = np.append(levels_db.min() - 1, levels_db)
    return float(candidates[np.argmin([np.sum((levels_db < t) != labels) for t in candidates])])


@misconception("fit_threshold", "threshold_counts_as_sound",
    "You count a clip exactly on the threshold as sound. The rule is level > threshold: the threshold itself is silence.")
def fit_threshold(levels_db, labels):
    candidates = np.append(levels_db, levels_db.max() + 1)
    return float(candidates[np.argmin([np.sum((levels_db >= t) != labels) for t in candidates])])


@misconception("fit_threshold", "index_for_level",
    "You return the number of the best candidate. The question was its level: look it up among the candidates.")
def fit_threshold(levels_db, labels):
    candidates = np.append(levels_db.min() - 1, levels_db)
    return int(np.argmin([np.sum((levels_db > t) != labels) for t in candidates]))


@alternative("fit_threshold", "levels_as_candidates")
def fit_threshold(levels_db, labels):
    best, fewest = None, math.inf
    for candidate in [min(levels_db) - 1, *levels_db]:
        wrong = sum((level > candidate) != (label == 1) for level, label in zip(levels_db, labels))
        if wrong < fewest:
            best, fewest = candidate, wrong
    return best


@alternative("fit_threshold", "middles_as_candidates")
def fit_threshold(levels_db, labels):
    steps = np.unique(levels_db)
    candidates = np.concatenate([[steps[0] - 10], (steps[1:] + steps[:-1]) / 2, [steps[-1] + 10]])
    errors = ((levels_db > candidates[:, np.newaxis]) != labels).sum(axis=1)
    return candidates[len(candidates) - 1 - np.argmin(errors[::-1])]


@alternative("fit_threshold", "sorted_and_counted")
def fit_threshold(levels_db, labels):
    order = np.argsort(levels_db)
    # Moving the threshold over a silence saves an error, over a sound it costs one.
    balance = np.concatenate([[0], np.cumsum(np.where(labels[order] == 1, 1, -1))])
    k = int(np.argmin(balance))
    return float(levels_db[order[k - 1]]) if k else float(levels_db.min()) - 0.5


@alternative("fit_threshold", "fine_grid")
def fit_threshold(levels_db, labels):
    grid = np.linspace(levels_db.min() - 1, levels_db.max() + 1, 200_001)
    silences, sounds = np.sort(levels_db[labels == 0]), np.sort(levels_db[labels == 1])
    missed = np.searchsorted(sounds, grid, side="right")
    false_alarms = len(silences) - np.searchsorted(silences, grid, side="right")
    return grid[np.argmin(missed + false_alarms)]


# fit_logreg_gd


def descend(X, y, lr, n_iter, gradient, w=None):
    w, b = np.zeros(X.shape[1]) if w is None else w, 0.0
    for _ in range(n_iter):
        w_slope, b_slope = gradient(w, b)
        w, b = w - lr * w_slope, b - lr * b_slope
    return w, b


@misconception("fit_logreg_gd", "gradient_sign",
    "Your steps climb: they follow the gradient instead of going against it. The error is p - y, and each step subtracts lr times the gradient.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, -lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y) / len(y), np.mean(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "no_bias",
    "Your b never leaves 0. It has a gradient of its own, the mean of p - y, and takes the same kind of step as w.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w) - y) / len(y), 0.0))


@misconception("fit_logreg_gd", "sum_for_mean",
    "Your gradient is the sum over the rows, so that the step grows with the data set. The loss is a mean: divide by the number of rows.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y), np.sum(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "sum_for_mean_in_w",
    "Your b moves by a mean and your w by a sum over the rows. Divide the gradient of w by the number of rows as well.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y), np.mean(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "mean_over_features",
    "You average over the features, or over features and rows alike. Each weight has a gradient of its own, a mean over the rows only.")
def fit_logreg_gd(X, y, lr, n_iter):
    def gradient(w, b):
        error = expit(X @ w + b) - y
        return np.full(len(w), np.mean(X * error[:, np.newaxis])), np.mean(error)

    return descend(X, y, lr, n_iter, gradient)


@misconception("fit_logreg_gd", "divided_by_features",
    "You divide by the number of features. The mean runs over the rows: divide by len(y).")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y) / X.shape[1], np.mean(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "labels_for_probabilities",
    "You learn from decisions, 0 or 1, and a row that is right moves nothing: that is the perceptron. The gradient of the log-loss holds the probability p itself.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ ((X @ w + b >= 0) - y) / len(y), np.mean((X @ w + b >= 0) - y)))


@misconception("fit_logreg_gd", "random_start",
    "Your descent starts at random weights. The contract starts it at zero, so that everyone arrives at the same numbers.")
def fit_logreg_gd(X, y, lr, n_iter):
    start = np.random.default_rng(0).standard_normal(X.shape[1])
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y) / len(y), np.mean(expit(X @ w + b) - y)), start)


@misconception("fit_logreg_gd", "one_step_short",
    "You take one step too few. range(n_iter) counts n_iter steps, range(1, n_iter) one less.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter - 1, lambda w, b: (X.T @ (expit(X @ w + b) - y) / len(y), np.mean(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "penalty",
    "Your weights are pulled back towards zero: there is a penalty in the gradient. The contract wants the log-loss alone.")
def fit_logreg_gd(X, y, lr, n_iter):
    return descend(X, y, lr, n_iter, lambda w, b: (X.T @ (expit(X @ w + b) - y) / len(y) + w / len(y), np.mean(expit(X @ w + b) - y)))


@misconception("fit_logreg_gd", "b_after_w",
    "Your b takes its step from probabilities that the new w has already changed. Compute p once a step, then move w and b together.")
def fit_logreg_gd(X, y, lr, n_iter):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iter):
        w = w - lr * X.T @ (expit(X @ w + b) - y) / len(y)
        b = b - lr * np.mean(expit(X @ w + b) - y)
    return w, b


@alternative("fit_logreg_gd", "two_loops")
def fit_logreg_gd(X, y, lr, n_iter):
    n, d = len(X), len(X[0])
    w, b = [0.0] * d, 0.0
    for _ in range(n_iter):
        slopes, b_slope = [0.0] * d, 0.0
        for row, label in zip(X.tolist(), y.tolist()):
            error = 1 / (1 + math.exp(-sum(a * c for a, c in zip(w, row)) - b)) - label
            slopes = [s + error * a for s, a in zip(slopes, row)]
            b_slope += error
        w = [c - lr * s / n for c, s in zip(w, slopes)]
        b -= lr * b_slope / n
    return w, b


@alternative("fit_logreg_gd", "column_of_ones")
def fit_logreg_gd(X, y, lr, n_iter):
    X = np.hstack([np.ones((len(X), 1)), X])
    weights = np.zeros(X.shape[1])
    for _ in range(n_iter):
        weights = weights + lr * np.mean((y - expit(X @ weights))[:, np.newaxis] * X, axis=0)
    return weights[1:], weights[0]


@alternative("fit_logreg_gd", "float32")
def fit_logreg_gd(X, y, lr, n_iter):
    X, y = X.astype(np.float32), y.astype(np.float32)
    w, b = np.zeros(X.shape[1], dtype=np.float32), np.float32(0)
    for _ in range(n_iter):
        error = (1 + np.tanh((X @ w + b) / 2)) / 2 - y
        w -= np.float32(lr) * (error @ X) / len(y)
        b -= np.float32(lr) * error.mean()
    return [w, b]


# beats_baseline


def share_right(model, X, y):
    return np.mean(model.predict(X) == y)


@misconception("beats_baseline", "against_one_half",
    "You compare with one half. Where one label is commoner than the rest, always answering it is right more often: compare with its share in y.")
def beats_baseline(model, X, y):
    return share_right(model, X, y) > 0.5


@misconception("beats_baseline", "ties_beat",
    "You let a tie count as beating. A model that is right as often as the baseline has learnt nothing: ask for more, not for as much.")
def beats_baseline(model, X, y):
    return share_right(model, X, y) >= np.unique(y, return_counts=True)[1].max() / len(y)


@misconception("beats_baseline", "against_guessing",
    "You compare with blind guessing, one over the number of classes. Always answering the commonest label is right more often: compare with its share in y.")
def beats_baseline(model, X, y):
    return share_right(model, X, y) > 1 / len(np.unique(y))


@misconception("beats_baseline", "fits_again",
    "You fit the model to the rows that should judge it, and then it knows them by heart. It comes fitted: only ask what it predicts.")
def beats_baseline(model, X, y):
    return share_right(clone(model).fit(X, y), X, y) > np.unique(y, return_counts=True)[1].max() / len(y)


@misconception("beats_baseline", "against_the_rarest",
    "You compare with the rarest label. The baseline answers the commonest one: take the largest share in y.")
def beats_baseline(model, X, y):
    return share_right(model, X, y) > np.unique(y, return_counts=True)[1].min() / len(y)


@alternative("beats_baseline", "dummy_classifier")
def beats_baseline(model, X, y):
    baseline = DummyClassifier(strategy="most_frequent").fit(X, y)
    return model.score(X, y) > baseline.score(X, y)


@alternative("beats_baseline", "counter")
def beats_baseline(model, X, y):
    right = sum(a == b for a, b in zip(model.predict(X).tolist(), y.tolist()))
    return bool(right > Counter(y.tolist()).most_common(1)[0][1])


@alternative("beats_baseline", "errors_of_both")
def beats_baseline(model, X, y):
    labels = list(y)
    commonest = max(set(labels), key=labels.count)
    return bool(np.count_nonzero(model.predict(X) != y) < np.count_nonzero(y != commonest))


@alternative("beats_baseline", "bincount")
def beats_baseline(model, X, y):
    return metrics.accuracy_score(y, model.predict(X)) > np.bincount(y).max() / y.size


# save_classifier


@misconception("save_classifier", "text_mode",
    "You open the file for text, and pickle writes bytes. Open it in the mode \"wb\".")
def save_classifier(path, model):
    with open(path, "w") as file:
        pickle.dump(model, file)


@misconception("save_classifier", "coefficients_only",
    "Your file holds numbers of the model, and whoever loads it must know what to do with them. Pickle the fitted model itself.")
def save_classifier(path, model):
    with open(path, "wb") as file:
        pickle.dump((model.coef_, model.intercept_), file)


@misconception("save_classifier", "predictions",
    "Your file holds labels the model has already predicted, and cannot label a fresh clip. Pickle the fitted model itself.")
def save_classifier(path, model):
    with open(path, "wb") as file:
        pickle.dump(model.predict(np.eye(model.n_features_in_)), file)


@misconception("save_classifier", "class_not_model",
    "Your file holds the class, the recipe for a model, and not what was learnt. Pickle the fitted model that came as an argument.")
def save_classifier(path, model):
    with open(path, "wb") as file:
        pickle.dump(type(model), file)


@misconception("save_classifier", "unfitted_copy",
    "Your file holds a model that has not been fitted. Pickle the very model that came as an argument.")
def save_classifier(path, model):
    with open(path, "wb") as file:
        pickle.dump(clone(model), file)


@misconception("save_classifier", "joblib_format",
    "joblib writes a format of its own, which pickle.load cannot read. Use pickle.dump.")
def save_classifier(path, model):
    joblib.dump(model, path)


@misconception("save_classifier", "fixed_name",
    "Your file has a name of its own and ignores path. Open the file that path names.")
def save_classifier(path, model):
    with open("model.p", "wb") as file:
        pickle.dump(model, file)


@misconception("save_classifier", "appends",
    "You write behind what was in the file before, and loading finds the old content first. The mode \"wb\" empties the file, \"ab\" does not.")
def save_classifier(path, model):
    with open(path, "ab") as file:
        pickle.dump(model, file)


@misconception("save_classifier", "keeps_the_rest",
    "You write over the beginning of the old file and leave its rest behind your model. The mode \"wb\" empties the file first, \"r+b\" does not.")
def save_classifier(path, model):
    with open(path, "r+b" if os.path.exists(path) else "wb") as file:
        pickle.dump(model, file)


@alternative("save_classifier", "dumps_and_write_bytes")
def save_classifier(path, model):
    Path(path).write_bytes(pickle.dumps(model, protocol=4))


@alternative("save_classifier", "pickler")
def save_classifier(path, model):
    file = open(path, "wb")
    pickle.Pickler(file, protocol=pickle.HIGHEST_PROTOCOL).dump(model)
    file.close()
    return path


@alternative("save_classifier", "draft_and_replace")
def save_classifier(path, model):
    draft = str(path) + ".draft"
    with open(draft, mode="wb") as file:
        file.write(pickle.dumps(model, protocol=2))
    os.replace(draft, path)
