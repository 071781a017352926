"""Wrong answers to 10_errors_and_surprises, each beside its hint, and rightful other ways."""

import heapq
from collections import Counter

import librosa
import numpy as np
from scipy.signal import find_peaks
from sklearn.base import clone
from sklearn.decomposition import PCA
from sklearn.inspection import permutation_importance
from sklearn.metrics import accuracy_score

from autograder import alternative, misconception
from reference_impl import Clip, add_noise, build_matrix, features_chroma

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "b"


@misconception("q1", "larger_gamma",
    "A larger γ makes each training row matter within a smaller neighbourhood, so the model learns the rows by heart even more. Go the other way.")
def q1():
    return "a"


@misconception("q1", "larger_c",
    "A larger C insists more on getting every training row right, and they all are already. What is missing is smoothness between the rows.")
def q1():
    return "c"


@misconception("q1", "training_score",
    "The 100 % are on rows that the model was trained on. What counts are the fresh rows, and 26 % of them is little: look at what makes the two scores differ.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "a"


@misconception("q2", "surer_is_better",
    "Model B is a little better on nine clips and far worse on the tenth: -ln 0.001 is 6.9, and -ln 0.1 is 2.3. Work out the mean of ten for both.")
def q2():
    return "b"


@misconception("q2", "accuracy_for_loss",
    "Their accuracies are equal. The log-loss also looks at how sure a model was, and the two were not equally sure of the clip they got wrong.")
def q2():
    return "c"


@misconception("q2", "infinite_loss",
    "Only a probability of exactly 0 for the true label would cost infinitely much. Here silence got 10 % from A and 0.1 % from B.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "c"


@misconception("q3", "hertz_for_seconds",
    "22050 / 4096 is 5.4, and its unit is Hz: the distance from one bin to the next. The duration of a frame is the inverse of that.")
def q3():
    return "a"


@misconception("q3", "hop_for_frame",
    "512 samples, 23 ms, are the way from one frame to the next. Each frame is as long as n_fft says, and neighbours overlap.")
def q3():
    return "b"


@misconception("q3", "samples_for_milliseconds",
    "You read 4096 samples as 4096 ms. At 22050 samples a second, divide by the rate.")
def q3():
    return "d"


# worst_clips


def p_true(model, X, y):
    return model.predict_proba(X)[np.arange(len(y)), np.searchsorted(model.classes_, y)]


@misconception("worst_clips", "least_wrong_first",
    "Your first row is the one of which the model was most rightly sure. The most wrong one comes first: that with the smallest probability of its true label.")
def worst_clips(model, X, y, k):
    return np.argsort(-p_true(model, X, y), kind="stable")[:k]


@misconception("worst_clips", "wrongness_of_the_predicted_class",
    "You look at the probability of the label that was predicted, which is doubt and not error: a model that is surely wrong has no doubt. Take the "
    "probability of the true label.")
def worst_clips(model, X, y, k):
    return np.argsort(model.predict_proba(X).max(axis=1), kind="stable")[:k]


@misconception("worst_clips", "only_misclassified",
    "You leave out rows that were predicted rightly, and k of them may then not be left. A row can be right by a hair: order all rows by the probability of "
    "the true label.")
def worst_clips(model, X, y, k):
    order = np.argsort(p_true(model, X, y), kind="stable")
    return order[(model.predict(X) != y)[order]][:k]


@misconception("worst_clips", "counts_from_one",
    "You take column y - 1, which is right only where the labels are 1, 2, 3, … Which label a column belongs to, model.classes_ says: look up each y there.")
def worst_clips(model, X, y, k):
    return np.argsort(model.predict_proba(X)[np.arange(len(y)), y - 1], kind="stable")[:k]


@misconception("worst_clips", "label_as_column",
    "You take column y, as if labels counted from 0 without a gap. Which label a column belongs to, model.classes_ says: look up each y there.")
def worst_clips(model, X, y, k):
    return np.argsort(model.predict_proba(X)[np.arange(len(y)), y], kind="stable")[:k]


@misconception("worst_clips", "columns_by_own_labels",
    "You number the labels that occur in y. The model may know more of them, and has a column for each: look up each y in model.classes_.")
def worst_clips(model, X, y, k):
    columns = np.unique(y, return_inverse=True)[1]
    return np.argsort(model.predict_proba(X)[np.arange(len(y)), columns], kind="stable")[:k]


@misconception("worst_clips", "last_of_ties",
    "Of equally wrong rows you take the one with the larger number first: turning a sorted array round turns its ties round as well. Sort the probabilities "
    "themselves from the smallest on.")
def worst_clips(model, X, y, k):
    return np.argsort(1 - p_true(model, X, y), kind="stable")[::-1][:k]


@misconception("worst_clips", "unstable_sort",
    "Equally wrong rows come in any order: np.argsort promises to keep their order only with kind=\"stable\".")
def worst_clips(model, X, y, k):
    return np.argsort(p_true(model, X, y))[:k]


@misconception("worst_clips", "values_for_rows",
    "You return how wrong the rows are. Asked for were their numbers, so that one can listen to them: np.argsort gives them, np.sort does not.")
def worst_clips(model, X, y, k):
    return np.sort(1 - p_true(model, X, y))[::-1][:k]


@misconception("worst_clips", "in_order_of_rows",
    "These are the right rows, but in the order of their numbers. The most wrong one comes first.")
def worst_clips(model, X, y, k):
    return np.sort(np.argsort(p_true(model, X, y), kind="stable")[:k])


@misconception("worst_clips", "fits_again",
    "You fit the model to the rows on which it is to be judged. It comes fitted: only ask it for its probabilities.")
def worst_clips(model, X, y, k):
    return np.argsort(p_true(clone(model).fit(X, y), X, y), kind="stable")[:k]


@alternative("worst_clips", "sorted_pairs")
def worst_clips(model, X, y, k):
    labels = list(model.classes_)
    wrongness = [(-(1 - row[labels.index(label)]), i) for i, (row, label) in enumerate(zip(model.predict_proba(X), y, strict=True))]
    return [i for _, i in sorted(wrongness)[:k]]


@alternative("worst_clips", "masked_float32")
def worst_clips(model, X, y, k):
    true = np.asarray(y)[:, np.newaxis] == model.classes_[np.newaxis]
    wrongness = np.float32(1) - model.predict_proba(X).astype(np.float32)[true]
    return np.lexsort((np.arange(len(y)), -wrongness))[:k]


@alternative("worst_clips", "heap")
def worst_clips(model, X, y, k):
    column = {label: j for j, label in enumerate(model.classes_.tolist())}
    probabilities = model.predict_proba(X)
    return np.array(heapq.nsmallest(k, range(len(y)), key=lambda i: (probabilities[i, column[int(y[i])]], i)))


@alternative("worst_clips", "by_log_loss")
def worst_clips(model, X, y, k):
    with np.errstate(divide="ignore"):
        loss = -np.log(np.take_along_axis(model.predict_proba(X), np.searchsorted(model.classes_, y)[:, np.newaxis], axis=1))
    return np.argsort(-loss.ravel(), kind="mergesort")[:k]


# accuracy_vs_snr


def share_right(model, feature, clips):
    X, y, _ = build_matrix(clips, feature)
    return float(np.mean(model.predict(X) == y))


def in_noise(clips, snr, rng):
    return [clip._replace(y=add_noise(clip.y, snr, rng)) for clip in clips]


@misconception("accuracy_vs_snr", "snr_sign",
    "Your noise gets stronger as the SNR rises. A large ratio of signal to noise means little noise: look at the sign of snr.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return {snr: share_right(model, feature, in_noise(clips, -snr, rng)) for snr in snrs}


@misconception("accuracy_vs_snr", "once_for_all",
    "You add noise once, and every SNR is measured with the same noisy clips. Make the noisy clips anew for each SNR, inside the loop.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    noisy = in_noise(clips, snrs[0], rng)
    return {snr: share_right(model, feature, noisy) for snr in snrs}


@misconception("accuracy_vs_snr", "noise_on_features",
    "You compute features of the clean clips and add noise to these numbers. In the world noise is in the air: add it to the signal, then compute the feature.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    X, y, _ = build_matrix(clips, feature)
    return {snr: float(np.mean(model.predict([add_noise(row, snr, rng) for row in X]) == y)) for snr in snrs}


@misconception("accuracy_vs_snr", "noise_accumulates",
    "Each SNR gets the noise of the ones before it on top. Start from the clean clips every time: give the noisy list a name of its own.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    curve = {}
    for snr in snrs:
        clips = in_noise(clips, snr, rng)
        curve[snr] = share_right(model, feature, clips)
    return curve


@misconception("accuracy_vs_snr", "writes_into_clips",
    "You write the noise into the signals of the clips, and whoever called you finds them noisy afterwards. Make new clips with clip._replace(y=…).")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    curve = {}
    for snr in snrs:
        for clip in clips:
            clip.y[:] = add_noise(clip.y, snr, rng)
        curve[snr] = share_right(model, feature, clips)
    return curve


@misconception("accuracy_vs_snr", "one_noise_for_all_clips",
    "All clips get one and the same piece of noise, so you measure the luck of this piece. Draw noise for each clip, from the one rng that goes on.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    seed = int(rng.integers(2**32))
    return {snr: share_right(model, feature, [clip._replace(y=add_noise(clip.y, snr, np.random.default_rng(seed))) for clip in clips]) for snr in snrs}


@misconception("accuracy_vs_snr", "one_noise_for_all_snrs",
    "Each clip has its own noise, but the same at every SNR, only louder or softer, so that one unlucky piece spoils the whole curve. Draw anew for each SNR.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    noises = [rng.standard_normal(len(clip.y)) for clip in clips]

    def noisy(clip, noise, snr):
        return clip._replace(y=clip.y + noise * np.sqrt(np.mean(clip.y**2) / np.mean(noise**2)) * 10 ** (-snr / 20))

    return {snr: share_right(model, feature, [noisy(clip, noise, snr) for clip, noise in zip(clips, noises, strict=True)]) for snr in snrs}


@misconception("accuracy_vs_snr", "ignores_rng",
    "Your noise does not come from rng: a generator of your own, or NumPy's global one, draws it. Hand rng on to add_noise.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    rng = np.random.default_rng(0)
    return {snr: share_right(model, feature, in_noise(clips, snr, rng)) for snr in snrs}


@misconception("accuracy_vs_snr", "amplitude_for_power",
    "Your noise has twice the dB it should: 10 ** (-snr / 10) is a ratio of powers, and you multiply amplitudes by it. Take 20 in place of 10, or add_noise.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return {snr: share_right(model, feature, in_noise(clips, 2 * snr, rng)) for snr in snrs}


@misconception("accuracy_vs_snr", "same_level_for_all",
    "Your noise has the same level for every clip, so that soft clips drown first. The ratio is to each clip's own power: use add_noise.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    def noisy(clip, snr):
        return clip._replace(y=clip.y + 10 ** (-snr / 20) / np.sqrt(2) * rng.standard_normal(len(clip.y)))

    return {snr: share_right(model, feature, [noisy(clip, snr) for clip in clips]) for snr in snrs}


@misconception("accuracy_vs_snr", "counts",
    "You count the clips that are right. An accuracy is a share, from 0 to 1: divide by the number of clips.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return {snr: len(clips) * share_right(model, feature, in_noise(clips, snr, rng)) for snr in snrs}


@misconception("accuracy_vs_snr", "errors",
    "You return the share of clips that are wrong. The accuracy is the share of those that are right.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return {snr: 1 - share_right(model, feature, in_noise(clips, snr, rng)) for snr in snrs}


@misconception("accuracy_vs_snr", "list_for_dict",
    "You return a list, which does not say at which SNR a value was measured. Return a dict with the SNRs as its keys.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return [share_right(model, feature, in_noise(clips, snr, rng)) for snr in snrs]


@misconception("accuracy_vs_snr", "fits_again",
    "You fit the model to the noisy clips, and it gets used to the noise. How a model fares that has *not* met it, is the question: only ask for its predictions.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    curve = {}
    for snr in snrs:
        X, y, _ = build_matrix(in_noise(clips, snr, rng), feature)
        curve[snr] = float(np.mean(clone(model).fit(X, y).predict(X) == y))
    return curve


@misconception("accuracy_vs_snr", "fixed_rate",
    "Your feature gets a rate that is not the clip's. Pass clip.sr, whatever it is.")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    return {snr: share_right(model, feature, [clip._replace(sr=22050) for clip in in_noise(clips, snr, rng)]) for snr in snrs}


@alternative("accuracy_vs_snr", "loops_and_counts")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    curve = {}
    for snr in snrs:
        right = 0
        for clip in clips:
            power = sum(clip.y**2) / len(clip.y)
            noise = rng.normal(0.0, np.sqrt(power / 10 ** (snr / 10)), len(clip.y))
            right += int(model.predict([feature(clip.y + noise, clip.sr)])[0] == clip.label)
        curve[snr] = right / len(clips)
    return curve


@alternative("accuracy_vs_snr", "one_prediction_for_all")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    rows = [feature(add_noise(clip.y, snr, rng), clip.sr) for clip in clips for snr in snrs]
    right = model.predict(np.array(rows)).reshape(len(clips), len(snrs)) == np.array([[clip.label] for clip in clips])
    return dict(zip(snrs, right.mean(axis=0).tolist(), strict=True))


@alternative("accuracy_vs_snr", "float32_signals")
def accuracy_vs_snr(model, feature, clips, snrs, rng):
    def noisy(clip, snr):
        noise = rng.standard_normal(len(clip.y), dtype=np.float32)
        factor = np.linalg.norm(clip.y) / np.linalg.norm(noise) * 10 ** (-snr / 20)
        return Clip(clip.y.astype(np.float32) + np.float32(factor) * noise, clip.sr, clip.label, clip.take)

    curve = {}
    for snr in reversed(snrs):
        X, y, _ = build_matrix([noisy(clip, snr) for clip in clips], feature)
        curve[snr] = np.float32(accuracy_score(y, model.predict(X)))
    return curve


# permutation_importance_band


def accuracy(model, X, y):
    return np.mean(model.predict(X) == y)


def with_column(X, j, values):
    changed = X.copy()
    changed[:, j] = values
    return changed


def importances(model, X, y, change):
    """The accuracy lost by change(j), which gives another matrix, for each column j."""
    return np.array([accuracy(model, X, y) - accuracy(model, change(j), y) for j in range(X.shape[1])])


@misconception("permutation_importance_band", "set_to_mean",
    "You give all rows one value of the column, its mean. A shuffled column keeps all its values, only in other rows: permute them.")
def permutation_importance_band(model, X, y, rng):
    return importances(model, X, y, lambda j: with_column(X, j, X[:, j].mean()))


@misconception("permutation_importance_band", "set_to_zero",
    "You set the column to 0, a value that may never occur in it, and measure how the model bears that. Permute the values of the column among the rows.")
def permutation_importance_band(model, X, y, rng):
    return importances(model, X, y, lambda j: with_column(X, j, 0.0))


@misconception("permutation_importance_band", "columns_stay_shuffled",
    "You copy X once, and a column that was shuffled stays so while the next ones are measured. Take a fresh copy for each column.")
def permutation_importance_band(model, X, y, rng):
    before, result, shuffled = accuracy(model, X, y), [], X.copy()
    for j in range(X.shape[1]):
        shuffled[:, j] = rng.permutation(X[:, j])
        result.append(before - accuracy(model, shuffled, y))
    return np.array(result)


@misconception("permutation_importance_band", "permuted_in_place",
    "You shuffle the columns of X itself: each later column is measured with the earlier ones in disorder, and the caller's X "
    "is spoilt. Take a fresh copy for each column.")
def permutation_importance_band(model, X, y, rng):
    before, result = accuracy(model, X, y), []
    for j in range(X.shape[1]):
        rng.shuffle(X[:, j])
        result.append(before - accuracy(model, X, y))
    return np.array(result)


@misconception("permutation_importance_band", "rows_together",
    "You permute whole rows, so that every column gets lost and all of them look alike. Permute one column, X[:, j], and leave the others where they are.")
def permutation_importance_band(model, X, y, rng):
    return importances(model, X, y, lambda j: rng.permutation(X))


@misconception("permutation_importance_band", "labels_shuffled",
    "You shuffle the labels, and then no column helps. Labels stay; it is one column of X whose values change places.")
def permutation_importance_band(model, X, y, rng):
    return np.array([accuracy(model, X, y) - accuracy(model, X, rng.permutation(y)) for _ in range(X.shape[1])])


@misconception("permutation_importance_band", "absolute",
    "You drop the sign. A band that misleads the model raises the accuracy when it is shuffled, and its importance is negative: leave it so.")
def permutation_importance_band(model, X, y, rng):
    return np.abs(importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j]))))


@misconception("permutation_importance_band", "sign",
    "Your sign is turned round: a band that matters scores below 0. The importance is what is lost: accuracy before minus accuracy after.")
def permutation_importance_band(model, X, y, rng):
    return -importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j])))


@misconception("permutation_importance_band", "accuracy_left",
    "You return the accuracy that is left with a column shuffled. The importance is what is lost: subtract it from the accuracy on X.")
def permutation_importance_band(model, X, y, rng):
    return np.array([accuracy(model, with_column(X, j, rng.permutation(X[:, j])), y) for j in range(X.shape[1])])


@misconception("permutation_importance_band", "cut_off_at_zero",
    "You cut values below 0 off. A band that misleads the model raises the accuracy when it is shuffled, and its importance is negative: leave it so.")
def permutation_importance_band(model, X, y, rng):
    return np.maximum(importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j]))), 0.0)


@misconception("permutation_importance_band", "ignores_rng",
    "Your permutations do not come from rng: a generator of your own, or NumPy's global one, draws them. Use rng.permutation.")
def permutation_importance_band(model, X, y, rng):
    rng = np.random.default_rng(0)
    return importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j])))


@misconception("permutation_importance_band", "fits_again",
    "You fit a new model for each column, and it learns to do without. Asked for is what this model listens to: only ask for its predictions.")
def permutation_importance_band(model, X, y, rng):
    result = []
    for j in range(X.shape[1]):
        shuffled = with_column(X, j, rng.permutation(X[:, j]))
        result.append(accuracy(model, X, y) - accuracy(clone(model).fit(shuffled, y), shuffled, y))
    return np.array(result)


@misconception("permutation_importance_band", "shares_of_a_whole",
    "Your values are divided by their sum. The contract wants losses of accuracy as they are, so that one sees whether a loss is large at all.")
def permutation_importance_band(model, X, y, rng):
    raw = importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j])))
    return raw / max(abs(raw.sum()), 1e-9)


@alternative("permutation_importance_band", "scikit_learn")
def permutation_importance_band(model, X, y, rng):
    state = np.random.RandomState(rng.integers(2**32))
    return permutation_importance(model, X, y, scoring="accuracy", n_repeats=3, random_state=state).importances_mean


@alternative("permutation_importance_band", "put_back_in_place")
def permutation_importance_band(model, X, y, rng):
    before = accuracy_score(y, model.predict(X))
    result = []
    for j in range(X.shape[1]):
        kept = X[:, j].copy()
        X[:, j] = kept[np.argsort(rng.random(len(kept)))]
        result.append(before - accuracy_score(y, model.predict(X)))
        X[:, j] = kept
    return result


@alternative("permutation_importance_band", "stacked_columns_float32")
def permutation_importance_band(model, X, y, rng):
    rows = X.astype(np.float32)
    right = np.sum(model.predict(rows) == y)
    lost = []
    for j in range(rows.shape[1]):
        column = rows[rng.choice(len(rows), len(rows), replace=False), j]
        lost.append(right - np.sum(model.predict(np.column_stack([rows[:, :j], column, rows[:, j + 1 :]])) == y))
    return (np.array(lost) / len(y)).astype(np.float32)


@alternative("permutation_importance_band", "mean_of_five_shufflings")
def permutation_importance_band(model, X, y, rng):
    losses = np.zeros((5, X.shape[1]))
    for losses_of_one in losses:
        losses_of_one[:] = importances(model, X, y, lambda j: with_column(X, j, rng.permutation(X[:, j])))
    return losses.mean(axis=0)


# pca_2d


def directions(rows):
    """Unit vectors of falling variance, as rows."""
    return np.linalg.svd(rows, full_matrices=False)[2]


def centred(X):
    return X - X.mean(axis=0)


@misconception("pca_2d", "not_centred",
    "Your rows are not centred, so the first direction points from 0 to the middle of them, which is no variance. Subtract the mean of each column first.")
def pca_2d(X):
    return X @ directions(X)[:2].T


@misconception("pca_2d", "projected_uncentred",
    "You find the directions from centred rows, and then project the rows that are not. Multiply the centred ones.")
def pca_2d(X):
    return X @ directions(centred(X))[:2].T


@misconception("pca_2d", "rows_and_columns",
    "You get two numbers for each column of X: rows and columns are confused. A row is a clip, and each clip gets two scores.")
def pca_2d(X):
    return centred(X.T) @ directions(centred(X.T))[:2].T


@misconception("pca_2d", "directions_for_scores",
    "You return the two directions, which have one number a column of X. The scores are the products of the centred rows with them, two numbers a row.")
def pca_2d(X):
    return directions(centred(X))[:2].T


@misconception("pca_2d", "transposed",
    "Your scores lie on their side, (2, n). A clip is a row here as everywhere: (n, 2).")
def pca_2d(X):
    return (centred(X) @ directions(centred(X))[:2].T).T


@misconception("pca_2d", "centres_rows",
    "You subtract from each row its own mean. Each *column* is to have mean 0: it is axis=0 that must disappear.")
def pca_2d(X):
    rows = X - X.mean(axis=1, keepdims=True)
    return rows @ directions(rows)[:2].T


@misconception("pca_2d", "whitened",
    "Both of your scores have variance 1: they are whitened, and the picture no longer shows how much each direction varies. Leave the scores as the "
    "projection gives them.")
def pca_2d(X):
    return np.linalg.svd(centred(X), full_matrices=False)[0][:, :2] * np.sqrt(len(X) - 1)


@misconception("pca_2d", "u_without_s",
    "You return two columns of U, each of length 1 whatever the data. The scores are U times the singular values, or the centred rows times the directions.")
def pca_2d(X):
    return np.linalg.svd(centred(X), full_matrices=False)[0][:, :2]


@misconception("pca_2d", "standardised",
    "You divide each column by its standard deviation, and what varies a lot counts no more than what hardly varies. Only centre the columns.")
def pca_2d(X):
    rows = centred(X) / X.std(axis=0)
    return rows @ directions(rows)[:2].T


@misconception("pca_2d", "smallest_first",
    "Your two directions are those of the smallest variance: np.linalg.eigh returns its eigenvalues in rising order. Take the last two, the largest first.")
def pca_2d(X):
    return centred(X) @ np.linalg.eigh(np.cov(X.T))[1][:, :2]


@misconception("pca_2d", "second_first",
    "Your two components are in the wrong order: the one of larger variance comes first. np.linalg.eigh returns its eigenvalues in rising order.")
def pca_2d(X):
    return centred(X) @ np.linalg.eigh(np.cov(X.T))[1][:, -2:]


@misconception("pca_2d", "first_two_columns",
    "These are the first two columns of X, centred. Principal components look for the directions of largest variance among all columns.")
def pca_2d(X):
    return centred(X)[:, :2]


@misconception("pca_2d", "columns_of_vt",
    "The third thing that np.linalg.svd returns has the directions as its rows, and you take two of its columns. Take Vt[:2].T.")
def pca_2d(X):
    return centred(X) @ np.linalg.svd(centred(X))[2][:, :2]


@alternative("pca_2d", "scikit_learn")
def pca_2d(X):
    return PCA(n_components=2, svd_solver="full").fit_transform(X)


@alternative("pca_2d", "eigenvectors_of_the_covariance")
def pca_2d(X):
    values, vectors = np.linalg.eigh(np.cov(X, rowvar=False))
    return -(centred(X) @ vectors[:, np.argsort(values)[::-1][:2]])


@alternative("pca_2d", "u_times_s_float32")
def pca_2d(X):
    rows = X.astype(np.float32)
    U, S, _ = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    return U[:, :2] * S[:2]


@alternative("pca_2d", "gram_matrix_lists")
def pca_2d(X):
    rows = centred(X)
    values, vectors = np.linalg.eigh(rows @ rows.T)
    return (vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0.0))).tolist()


# out_of_distribution


@misconception("out_of_distribution", "flatness_alone",
    "You tell noise from tones, and a chord is made of tones. Look at how the sound is shared among the pitch classes: a note has one of them.")
def out_of_distribution(y, sr):
    return bool(librosa.feature.spectral_flatness(y=y).mean() > 0.05)


@misconception("out_of_distribution", "loud_noise_for_a_note",
    "You count the pitch classes that stand out, and in noise none of them does, so it passes for a note. Demand that one stands out: in noise all twelve "
    "are about equally strong.")
def out_of_distribution(y, sr):
    chroma = features_chroma(y, sr)
    stands_out = (chroma > np.roll(chroma, 1)) & (chroma >= np.roll(chroma, -1)) & (chroma > 2 * np.median(chroma) + 0.15)
    return bool(np.sum(stands_out) > 1 or np.sqrt(np.mean(y**2)) < 0.003)


@misconception("out_of_distribution", "level_alone",
    "You go by the level, and so every loud clip is a note. Noise and chords are as loud as notes: look at what frequencies are in a clip.")
def out_of_distribution(y, sr):
    return bool(np.sqrt(np.mean(y**2)) < 0.003)


@misconception("out_of_distribution", "zero_over_zero",
    "Digital silence has a chroma of zeros, your share is 0 / 0 there, which is NaN, and no comparison with NaN is true. Compare without dividing, or ask for "
    "zeros first.")
def out_of_distribution(y, sr):
    chroma = features_chroma(y, sr)
    with np.errstate(invalid="ignore"):
        return bool(chroma.max() / chroma.sum() < 0.5)


@misconception("out_of_distribution", "always_true",
    "You send everything away, notes as well: a door that never opens. Notes must be admitted, with False; a limit that no note reaches may be the cause.")
def out_of_distribution(y, sr):
    return True


@misconception("out_of_distribution", "always_false",
    "You admit everything: a door that is never closed. Noise, chords and silence must be answered by True; a limit that everything reaches may be the cause.")
def out_of_distribution(y, sr):
    return False


@misconception("out_of_distribution", "inverted",
    "Your answers are the right ones turned round: True means that a clip is *something else* than a note.")
def out_of_distribution(y, sr):
    chroma = features_chroma(y, sr)
    return bool(chroma.max() > 0.5 * chroma.sum())


@alternative("out_of_distribution", "share_of_the_chroma")
def out_of_distribution(y, sr):
    chroma = np.sort(features_chroma(y, sr))[::-1]
    return not chroma[0] > 0.53 * sum(chroma)


@alternative("out_of_distribution", "power_near_one_comb")
def out_of_distribution(y, sr):
    power = np.abs(np.fft.rfft(y * np.hanning(len(y)))) ** 2
    freqs = np.arange(len(power)) * sr / len(y)
    if power.sum() == 0:
        return True
    f0 = freqs[np.argmax(power)]
    near = np.abs(freqs / f0 - np.round(freqs / f0)) * f0 < 8
    near &= (freqs > 0.5 * f0) & (freqs < 5.5 * f0)
    return bool(power[near].sum() < 0.92 * power.sum())


@alternative("out_of_distribution", "librosa_entropy")
def out_of_distribution(y, sr):
    power = np.abs(librosa.stft(y, n_fft=4096)) ** 2
    chroma = librosa.feature.chroma_stft(S=power, sr=sr, n_fft=4096, tuning=0, norm=None).sum(axis=1)
    if not chroma.any():
        return True
    shares = chroma / chroma.sum()
    return bool(-np.sum(shares * np.log2(shares + 1e-12)) > 1.7)


@alternative("out_of_distribution", "number_of_low_peaks")
def out_of_distribution(y, sr):
    spectrum = np.abs(np.fft.rfft(y * np.hanning(len(y)), 4 * len(y)))
    if spectrum.max() < 1e-6 or librosa.feature.spectral_flatness(y=y).mean() > 0.1:
        return np.bool_(True)
    low = spectrum[: int(510 * 4 * len(y) / sr)]
    peaks, _ = find_peaks(low, height=0.3 * low.max(), distance=int(10 * 4 * len(y) / sr))
    return Counter(["note" if len(peaks) <= 1 else "more"])["more"] == 1
