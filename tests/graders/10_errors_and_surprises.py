"""Hidden grader of 10_errors_and_surprises. A row is a clip, a column a feature; signals are 1-D floats, 1 is full scale; accuracies lie in 0..1.

Models stay on the learner's side, behind handles; where the reference needs the same model, it is fitted a second time on this side.
Where two figures stand beside a tolerance, the first is the worst of a rightful variant (float32 included), the second the mildest
of a misconception that this test is for, over 20 to 60 seeds with numpy 2.4 and scikit-learn 1.9. Noise and shufflings are drawn by the learner's
code, so that no two learners' are alike: tests of them name the hint that is likely once the tests above have passed.
"""

from functools import partial
from importlib import import_module

import numpy as np

from autograder import agree, grades, tell
from reference_impl import Clip

# q1, q2, q3


@grades("q1")
def test_q1(learner):
    assert str(learner.q1()).strip().lower() == "b", "Question 1 has another answer"


@grades("q2")
def test_q2(learner):
    assert str(learner.q2()).strip().lower() == "a", "Question 2 has another answer"


@grades("q3")
def test_q3(learner):
    assert str(learner.q3()).strip().lower() == "c", "Question 3 has another answer"


# Models


def here(path, X, y, **settings):
    """A model by import path, fitted on this side of the wall."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)(**settings).fit(X, y)


def there(learner, path, X, y, **settings):
    """The same one, fitted on the learner's side."""
    return learner.new(path, **settings).fit(X, y)


NEIGHBOURS = "sklearn.neighbors.KNeighborsClassifier"
BAYES = "sklearn.naive_bayes.GaussianNB"
RIDGE = "sklearn.linear_model.RidgeClassifier"


# worst_clips


def judge_worst(learner, reference, k, path, X_train, y_train, X, y, **settings):
    """The learner's k worst rows against the reference's, for a model that is fitted on both sides."""
    came = learner.worst_clips(there(learner, path, X_train, y_train, **settings), X, y, k)
    expected = reference.worst_clips(here(path, X_train, y_train, **settings), X, y, k)
    agree(came, expected, f"worst_clips(model, <array {X.shape}>, <{len(y)} labels>, {k})")


def apart(rng, labels, n, of):
    """Training rows of overlapping classes, and n fresh rows with labels out of ``of``: no two of them equally wrong, even for a float32."""
    y_train = np.tile(labels, 30)
    X_train = y_train[:, np.newaxis] * [0.3, -0.2] + rng.standard_normal((len(y_train), 2))
    model = here(BAYES, X_train, y_train)
    while True:
        X, y = rng.standard_normal((n, 2)) + [1.0, -0.5], rng.choice(of, n)
        p_true = model.predict_proba(X)[np.arange(n), np.searchsorted(labels, y)]
        if np.diff(np.sort(p_true)).min() > 1e-5:
            return X_train, y_train, X, y


@grades("worst_clips", weight=0.5)
def test_rows_are_numbered(learner, rng):
    X_train, y_train, X, y = apart(rng, [1, 2, 3], 30, [1, 2, 3])
    came = learner.worst_clips(there(learner, BAYES, X_train, y_train), X, y, 5)
    call = "worst_clips(model, <array (30, 2)>, <30 labels>, 5)"
    agree(came, np.zeros(5), call, atol=1e300)  # type, shape, finite; any value
    assert all(row == int(row) and 0 <= row < 30 for row in np.asarray(came)), f"{call} returned other values than the numbers of rows, 0 to 29"


@grades("worst_clips")
def test_the_worst_three_of_five(learner, reference):
    # Probabilities of label 7: 0, 1/2, 1, 1, 1/2; of the true label: 1, 1/2, 0, 1, 1/2.
    judge_worst(learner, reference, 3, NEIGHBOURS, np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([3, 3, 7, 7]),
                np.array([[0.4], [1.5], [2.6], [2.4], [1.5]]), np.array([3, 3, 3, 7, 7]), n_neighbors=2)


@grades("worst_clips")
def test_labels_count_from_one(learner, reference, rng):
    judge_worst(learner, reference, 12, BAYES, *apart(rng, [1, 2, 3], 30, [1, 2, 3]))


@grades("worst_clips")
def test_labels_may_be_any_numbers(learner, reference, rng):
    judge_worst(learner, reference, 12, BAYES, *apart(rng, [0, 2, 3, 5], 30, [0, 2, 3, 5]))


@grades("worst_clips")
def test_some_labels_may_not_occur(learner, reference, rng):
    judge_worst(learner, reference, 20, BAYES, *apart(rng, [0, 2, 3, 5], 30, [3, 5]))


@grades("worst_clips")
def test_right_predictions_are_wrong_to_a_degree(learner, reference, rng):
    X = np.linspace(0.5, 3.0, 12)[rng.permutation(12), np.newaxis] * np.tile([[1.0], [-1.0]], (6, 1))
    judge_worst(learner, reference, 4, BAYES, np.array([[-1.0], [1.0]]), np.array([4, 6]), X, np.where(X[:, 0] > 0, 6, 4))


@grades("worst_clips", weight=1.5)
def test_equally_wrong_rows_come_by_their_numbers(learner, reference, rng):
    # Of 4 neighbours 0 to 4 have the true label: five values of wrongness, which every way of computing them represents exactly.
    judge_worst(learner, reference, 150, NEIGHBOURS, rng.standard_normal((60, 2)), rng.permutation(np.repeat([5, 6], 30)),
                rng.standard_normal((200, 2)), rng.choice([5, 6], 200), n_neighbors=4)


@grades("worst_clips", weight=0.5)
def test_one_row_up_to_all_of_them_can_be_asked_for(learner, reference, rng):
    data = apart(rng, [2, 4], 9, [2, 4])
    for k in (1, 9):
        judge_worst(learner, reference, k, BAYES, *data)


# accuracy_vs_snr. A probe passes a feature that remembers what it hears; clips are of different lengths, by which they are known again.

CURVE = """
import numpy as np

{feature}

heard = []
def spy(y, sr):
    heard.append((np.array(y, dtype=float), sr))
    return feature(y, sr)

clips = [Clip(*clip) for clip in clips]
clean = [np.array(clip.y) for clip in clips]
curve = accuracy_vs_snr(model, spy, clips, snrs, rng)

def noises():
    return [[heard_y - y for heard_y, _ in heard if len(heard_y) == len(y) and not np.array_equal(heard_y, y)] for y in clean]

def ratio(y, noise):
    return float(10 * np.log10(np.mean(y**2) / np.mean(noise**2)))

def ratios():
    return [sorted(ratio(y, noise) for noise in of_clip) for y, of_clip in zip(clean, noises())]

def likenesses():
    # of each two clips, and of each clip with itself at another SNR, the correlations of their noises
    all_noises = noises()
    return [[[float(np.corrcoef(a[:2000], b[:2000])[0, 1]) for a in all_noises[i] for b in all_noises[k] if a is not b]
             for i in range(len(clean)) for k in range(len(clean)) if (i == k) == same] for same in (False, True)]

answer = {answer}
"""

ANY_FEATURE = """
def feature(y, sr):
    return [1.0]
"""

BY_LENGTH = """
def feature(y, sr):
    return [float(len(y))]
"""

AT_SEVEN_FREQUENCIES = """
def feature(y, sr):
    magnitudes = np.abs(np.fft.rfft(y))[12:97:14]
    return magnitudes / magnitudes.max()
"""


def tones(rng, lengths=(2000, 2001, 2002, 2003)):
    """Clips of tones of different loudness, rate and label, as they cross the wall."""
    return [(rng.uniform(0.02, 0.9) * np.sin(rng.uniform(0.1, 2.0) * np.arange(n) + 1.0), 8000 + n, i % 3 + 1, i) for i, n in enumerate(lengths)]


def curve_of(learner, rng, answer, clips, snrs, model=None, feature=ANY_FEATURE):
    """The value of ``answer``, an expression of the probe, after accuracy_vs_snr has run."""
    model = there(learner, "sklearn.dummy.DummyClassifier", [[1.0]], [1], strategy="constant", constant=1) if model is None else model
    return learner.probe(CURVE.replace("{feature}", feature).replace("{answer}", answer), model=model, clips=clips, snrs=snrs, rng=rng)


def fresh(rng):
    return np.random.default_rng(int(rng.integers(2**32)))


CALL = "accuracy_vs_snr(model, feature, clips, snrs, rng)"


@grades("accuracy_vs_snr", weight=0.5)
def test_there_is_a_value_for_each_snr(learner, rng):
    came = curve_of(learner, fresh(rng), "curve", tones(rng), [30.0, 5.0, -12.5])
    assert isinstance(came, dict), f"{CALL} returned {tell(came)}; a dict was expected"
    assert set(came) == {30.0, 5.0, -12.5}, f"{CALL} returned the keys {sorted(map(str, came))}; the SNRs 30.0, 5.0 and -12.5 were expected"
    for value in came.values():
        assert isinstance(value, int | float) and not isinstance(value, bool), f"{CALL} has the value {tell(value)}; an accuracy, a number, was expected"


@grades("accuracy_vs_snr")
def test_the_accuracy_is_the_share_of_right_labels(learner, rng):
    # The model always answers 1, which is right for clips 0, 3 and 6 of 8, in whatever noise.
    came = curve_of(learner, fresh(rng), "curve", tones(rng, range(300, 308)), [10.0, -10.0])
    agree(came, {10.0: 0.375, -10.0: 0.375}, CALL, atol=1e-6)  # 0 (eighths are exact); 0.125 (one clip)


@grades("accuracy_vs_snr", weight=0.5)
def test_a_model_that_is_always_wrong_stays_so(learner, rng):
    # By the length of a clip, which no noise changes, the model gives each of them another label than its own.
    model = there(learner, NEIGHBOURS, np.array([[300.0], [301.0], [302.0]]), np.array([2, 3, 1]), n_neighbors=1)
    came = curve_of(learner, fresh(rng), "curve", tones(rng, range(300, 303)), [10.0], model, BY_LENGTH)
    agree(came, {10.0: 0.0}, f"{CALL} of a model that is always wrong", atol=1e-6)  # 0 (0 is exact); 0.33 (one clip)


@grades("accuracy_vs_snr")
def test_the_feature_hears_noise(learner, rng):
    ratios = curve_of(learner, fresh(rng), "ratios()", tones(rng), [10.0])
    assert all(ratios), (
        f"{CALL} computed features of clips that had no noise in them; noise is added to the signal, before the feature")


@grades("accuracy_vs_snr", weight=1.5, hint="snr_sign")
def test_the_noise_has_the_ratio_asked_for(learner, rng):
    for snr in (20.0, -15.0):
        ratios = curve_of(learner, fresh(rng), "ratios()", tones(rng), [snr])
        # 0.4 dB (not scaled to the drawn noise's own power); 4.7 dB (the same level for all clips), 20 dB (amplitude for power), 30 dB (sign)
        for of_clip in ratios:
            assert of_clip and abs(min(of_clip) - snr) < 1.0, (
                f"{CALL}, snrs=[{snr}]: the feature heard a clip with a ratio of {min(of_clip, default=np.inf):.1f} dB; {snr} dB were expected")


@grades("accuracy_vs_snr", weight=1.5, hint="once_for_all")
def test_each_snr_starts_from_the_clips_as_they_were(learner, rng):
    snrs = [15.0, 5.0, -5.0, 10.0]
    ratios = curve_of(learner, fresh(rng), "ratios()", tones(rng), snrs)
    for of_clip in ratios:
        assert all(np.abs(np.array([*of_clip, np.inf]) - snr).min() < 1.0 for snr in snrs), (
            f"{CALL}, snrs={snrs}: the feature heard one clip with the ratios {[round(r, 1) for r in of_clip[:6]]} dB; each of the four was expected")


@grades("accuracy_vs_snr", hint="one_noise_for_all_clips")
def test_each_clip_has_noise_of_its_own_at_each_snr(learner, rng):
    of_two_clips, of_one_clip = curve_of(learner, fresh(rng), "likenesses()", tones(rng), [10.0, -10.0])
    # 0.11 (24 pairs of 2000 random values, 0.022 each); 1.0
    worst = max(np.abs(pair).max(initial=0.0) for pair in of_two_clips)
    assert worst < 0.5, f"{CALL} added noise to two clips that agrees to {worst:.2f} (correlation); 0 was expected, each clip having its own"
    worst = max(np.abs(pair).max(initial=0.0) for pair in of_one_clip)
    assert worst < 0.5, f"{CALL} added noise to one clip at two SNRs that agrees to {worst:.2f} (correlation); 0 was expected, being drawn for each SNR"


@grades("accuracy_vs_snr", hint="ignores_rng")
def test_all_noise_comes_from_rng(learner, rng):
    clips, seed = tones(rng), int(rng.integers(2**31))
    first, again, other = (curve_of(learner, np.random.default_rng(s), "[noise[:3] for of_clip in noises() for noise in of_clip]", clips, [0.0])
                           for s in (seed, seed, seed + 1))
    assert np.array_equal(first, again), f"{CALL}: two generators of the same seed gave different noise; the same was expected"
    assert not np.array_equal(first, other), f"{CALL}: generators of different seeds gave the same noise; rng alone must draw it"


@grades("accuracy_vs_snr", hint="writes_into_clips")
def test_clips_stay_as_they_were(learner, rng):
    kept = curve_of(learner, fresh(rng), "[bool(np.array_equal(clip.y, y)) for clip, y in zip(clips, clean)]", tones(rng), [10.0, 0.0])
    assert kept == [True] * 4, f"{CALL} left clips behind whose signals are not what they were; they must stay as they are"


@grades("accuracy_vs_snr", weight=0.5)
def test_the_feature_gets_the_rate_of_its_clip(learner, rng):
    rates = curve_of(learner, fresh(rng), "[[float(sr) for y, sr in heard if len(y) == n] for n in (2000, 2001, 2002, 2003)]", tones(rng), [10.0])
    for n, of_clip in zip((2000, 2001, 2002, 2003), rates, strict=True):
        assert set(of_clip) == {8000 + n}, f"{CALL} passed to feature the rates {sorted(set(of_clip))} with a clip whose sr is {8000 + n}"


@grades("accuracy_vs_snr", weight=2)
def test_accuracy_falls_to_chance(learner, reference, rng):
    # Seven tones, known by the largest of seven magnitudes; chance is 1/7.
    labels = np.tile(np.arange(1, 8), 20)
    clips = [(np.sin(2 * np.pi * (12 + 14 * (label - 1)) / 256 * np.arange(256) + rng.uniform(0, 6)), 8000, int(label), i) for i, label in enumerate(labels)]
    snrs = [20.0, -14.0, -60.0]
    scope = {"np": np}
    exec(AT_SEVEN_FREQUENCIES, scope)
    models = [fitted(NEIGHBOURS, np.eye(7), np.arange(1, 8), n_neighbors=1) for fitted in (here, partial(there, learner))]
    expected = reference.accuracy_vs_snr(models[0], scope["feature"], [Clip(*clip) for clip in clips], snrs, fresh(rng))
    came = curve_of(learner, fresh(rng), "curve", clips, snrs, models[1], AT_SEVEN_FREQUENCIES)
    # 0.12 (two draws of about 0.5, by 140 clips, scatter by 0.06 to each other); 0.53 (noise on features), 0.56 (amplitude for power)
    agree(came, expected, f"{CALL} of 140 clips of seven tones, snrs={snrs}, within what chance may do", atol=0.28)


# permutation_importance_band. The model listens to some columns, with equal weights, and has the weight 0 for the others, exactly.


def listening_to(learner, d, *columns):
    """A model that answers 1 where the sum of some columns is positive, else 0."""
    rows = np.zeros((2, d))
    rows[0, list(columns)], rows[1, list(columns)] = -1.0, 1.0
    return there(learner, RIDGE, rows, [0, 1])


KEPT = """
import numpy as np
before = X.copy(), y.copy()
permutation_importance_band(model, X, y, rng)
answer = [bool(np.array_equal(a, b)) for a, b in zip(before, (X, y))]
"""


def importance(learner, model, X, y, seed):
    came = learner.permutation_importance_band(model, X, y, np.random.default_rng(seed))
    agree(came, np.zeros(X.shape[1]), f"permutation_importance_band(model, <array {X.shape}>, <{len(y)} labels>, rng)", atol=1e300)
    return np.asarray(came, float)


def planted(rng, n, d, column, share):
    """Rows of noise in which one column is 1 where the label is 1, else -1; a share of the labels is 1."""
    y = (rng.permutation(n) < share * n).astype(int)
    X = rng.standard_normal((n, d))
    X[:, column] = 2.0 * y - 1.0
    return X, y


def seed_of(rng):
    return int(rng.integers(2**32))


@grades("permutation_importance_band", weight=0.5)
def test_there_is_a_value_for_each_column(learner, rng):
    for d in (1, 4):
        importance(learner, listening_to(learner, d, 0), *planted(rng, 60, d, 0, 0.5), seed_of(rng))


@grades("permutation_importance_band", weight=0.5, hint="permuted_in_place")
def test_rows_and_labels_stay_as_they_were(learner, rng):
    X, y = planted(rng, 60, 3, 1, 0.5)
    kept = learner.probe(KEPT, model=listening_to(learner, 3, 1), X=X, y=y, rng=np.random.default_rng(seed_of(rng)))
    assert kept == [True, True], "X or y is another after permutation_importance_band(model, X, y, rng); both must stay as they were"


@grades("permutation_importance_band", weight=1.5)
def test_a_constant_band_scores_zero(learner, rng):
    # The model needs the constant: with 0 in its place a quarter of the rows gets the wrong label. 0 (nothing changes); 0.25 (set to zero)
    X = np.column_stack([rng.uniform(-3.0, 3.0, 400), np.full(400, 1.5), rng.standard_normal(400)])
    came = importance(learner, listening_to(learner, 3, 0, 1), X, (X[:, 0] + 1.5 > 0).astype(int), seed_of(rng))
    assert abs(came[1]) < 1e-6, f"the importance of a column that is 1.5 in every row is {came[1]:.3g} with you; shuffling it changes nothing: 0 was expected"


@grades("permutation_importance_band", weight=1.5)
def test_a_planted_band_is_found(learner, rng):
    X, y = planted(rng, 2000, 5, 3, 0.5)
    came = importance(learner, listening_to(learner, 5, 3), X, y, seed_of(rng))
    # Shuffled, half of the rows keep their label by chance. 0.031; 0.47 (columns stay shuffled), 0.97 (sign)
    agree(came, np.array([0.0, 0.0, 0.0, 0.5, 0.0]), "permutation_importance_band of a model that listens to column 3 alone", atol=0.08)


@grades("permutation_importance_band", weight=1.5)
def test_shuffling_keeps_the_values_of_a_column(learner, rng):
    X, y = planted(rng, 2000, 3, 1, 0.2)
    came = importance(learner, listening_to(learner, 3, 1), X, y, seed_of(rng))
    # 1 - 0.2² - 0.8² = 0.32 of the rows get another label; 0.025; 0.12 (a constant in place of the column: 0.2 of them)
    assert abs(came[1] - 0.32) < 0.06, f"the importance of a band by which labels, 20 % of them 1, are known is {came[1]:.3g} with you; about 0.32 was expected"


@grades("permutation_importance_band", weight=1.5)
def test_columns_the_model_ignores_score_zero(learner, rng):
    X, y = planted(rng, 300, 4, 0, 0.4)
    came = importance(learner, listening_to(learner, 4, 0), X, y, seed_of(rng))
    worst = np.abs(came[1:]).max()
    # 0; 0.43 (the columns before stay shuffled, rows shuffled together)
    assert worst < 1e-6, f"columns that the model ignores have an importance of up to {worst:.3g} with you; 0 was expected, all other columns being as in X"


@grades("permutation_importance_band")
def test_a_misleading_band_scores_below_zero(learner, rng):
    X, y = planted(rng, 2000, 3, 2, 0.5)
    X[:, 2] *= -1.0
    came = importance(learner, listening_to(learner, 3, 2), X, y, seed_of(rng))
    # The accuracy is 0, and half with the column shuffled. 0.053; 0.5 (cut off at 0), 0.97 (absolute value)
    assert abs(came[2] + 0.5) < 0.12, f"the importance of a band that always misleads is {came[2]:.3g} with you; about -0.5 was expected"


@grades("permutation_importance_band")
def test_the_model_is_asked_as_it_is(learner, rng):
    # Column 1 knows the labels as well, but the model listens to column 0 alone; fitted anew it would turn to column 1.
    X, y = planted(rng, 400, 2, 0, 0.5)
    X[:, 1] = X[:, 0]
    came = importance(learner, listening_to(learner, 2, 0), X, y, seed_of(rng))
    # 0.43 (of 400 rows); 0.0
    assert came[0] > 0.2, f"the importance of the only band that the model listens to is {came[0]:.3g} with you; about 0.5 was expected"


@grades("permutation_importance_band", hint="ignores_rng")
def test_all_shuffling_comes_from_rng(learner, rng):
    X, y = planted(rng, 500, 3, 0, 0.5)
    X[:, 1:] = X[:, :1] + rng.standard_normal((500, 2))
    model, seed = listening_to(learner, 3, 0, 1, 2), seed_of(rng)
    first, again, *others = (importance(learner, model, X, y, s) for s in (seed, seed, seed + 1, seed + 2))
    assert np.array_equal(first, again), "two generators of the same seed gave different importances; the same were expected"
    assert any(not np.array_equal(first, other) for other in others), "generators of different seeds gave the same importances; rng alone must shuffle"


@grades("permutation_importance_band", weight=1.5)
def test_fresh_rows(learner, reference, rng):
    weights = rng.permutation([2.0, 1.0, -0.7, 0.0, 0.3])
    X_train, X = rng.standard_normal((300, 5)), rng.standard_normal((1500, 5))
    y_train, y = (rng.logistic(size=len(rows)) < rows @ weights for rows in (X_train, X))
    came = importance(learner, there(learner, RIDGE, X_train, y_train.astype(int)), X, y.astype(int), seed_of(rng))
    model = here(RIDGE, X_train, y_train.astype(int))
    expected = np.mean([reference.permutation_importance_band(model, X, y.astype(int), np.random.default_rng(s)) for s in range(3)], axis=0)
    # 0.034; 0.27 (rows together)
    agree(came, expected, "permutation_importance_band of a fresh model of five columns, within what chance may do", atol=0.1)


# pca_2d. A component may have either sign.


def scores_of(learner, X):
    came = learner.pca_2d(X)
    agree(came, np.zeros((len(X), 2)), f"pca_2d(<array {X.shape}>)", atol=1e300)  # type, shape, finite; any value
    return np.asarray(came, float)


def lengthy(rng, n, d):
    """Rows far from 0 that vary in every direction, by steps of at least a factor 1.5 from one to the next."""
    turn = np.linalg.qr(rng.standard_normal((d, d)))[0]
    spread = 8.0 * 1.6 ** -np.arange(min(n - 1, d))
    centred = rng.standard_normal((n, len(spread)))
    centred = np.linalg.qr(centred - centred.mean(axis=0))[0] * np.sqrt(n) * spread
    return centred @ turn[: len(spread)] + rng.uniform(20.0, 60.0, d) * rng.choice([-1.0, 1.0], d)


@grades("pca_2d", weight=0.5, hint="rows_and_columns")
def test_each_row_gets_two_scores(learner, rng):
    for n, d in ((12, 5), (5, 12), (2, 2)):
        scores_of(learner, lengthy(rng, n, d))


@grades("pca_2d", hint="not_centred")
def test_scores_are_centred(learner, rng):
    off = np.abs(scores_of(learner, lengthy(rng, 30, 6)).mean(axis=0)).max()
    # 9e-6 (float32); 11 (projected uncentred), 18 (rows centred)
    assert off < 1e-3, f"the means of your scores are up to {off:.3g} away from 0; of centred rows they are 0"


@grades("pca_2d", hint="standardised")
def test_columns_keep_their_spread(learner, rng):
    # One column varies 50 times as much as the others, which vary together.
    X = np.outer(rng.standard_normal(200), np.ones(6)) + 0.3 * rng.standard_normal((200, 6))
    X[:, 4] = 50.0 * rng.standard_normal(200)
    likeness = abs(np.corrcoef(scores_of(learner, X)[:, 0], X[:, 4])[0, 1])
    # 1.0000; 0.21 (standardised)
    assert likeness > 0.99, f"your first scores agree with a column that varies far more than all others to {likeness:.2f} (correlation); 1 was expected"


@grades("pca_2d", hint="smallest_first")
def test_the_first_component_varies_more_than_the_second(learner, rng):
    first, second = scores_of(learner, lengthy(rng, 30, 6)).var(axis=0)
    # 2.56 times as much; 0.39 (swapped). Whitened scores are equal, and caught below.
    assert first > 0.9 * second, f"the variances of your two scores are {first:.3g} and {second:.3g}; the larger one comes first"


@grades("pca_2d", hint="whitened")
def test_scores_are_in_the_units_of_the_columns(learner, rng):
    X = lengthy(rng, 30, 6)
    ratio = scores_of(learner, 3.0 * X).std(axis=0) / scores_of(learner, X).std(axis=0)
    # 3 within 7e-7 (float32); 1 (whitened)
    assert np.abs(ratio - 3.0).max() < 1e-2, f"of rows three times as large your scores are {ratio[0]:.3g} and {ratio[1]:.3g} times as large; 3 times was expected"


@grades("pca_2d")
def test_four_rows_by_hand(learner):
    scores = scores_of(learner, np.array([[5.0, 1.0], [5.0, -2.0], [5.0, -2.0], [13.0, -1.0]]))
    # 2e-7 (float32); 3.9 (rows centred)
    agree(np.abs(scores), np.array([[2.0, 2.0], [2.0, 1.0], [2.0, 1.0], [6.0, 0.0]]), "abs(pca_2d([[5, 1], [5, -2], [5, -2], [13, -1]]))", atol=1e-4)


@grades("pca_2d", weight=2)
def test_fresh_rows_are_projected_as_by_the_reference(learner, reference, rng):
    for n, d in ((40, 6), (9, 20)):
        X = lengthy(rng, n, d)
        expected = reference.pca_2d(X)
        came = scores_of(learner, X)
        came = came * np.where(np.sum(came * expected, axis=0) < 0, -1.0, 1.0)
        # 1.2e-5 (float32); 7.6 (first two columns)
        agree(came, expected, f"pca_2d(<array {X.shape}>), signs turned as the reference's,", atol=1e-3)


# out_of_distribution. All clips of a kind are asked before any is judged.

SR, N, ASKED = 22050, 11025, 12


def one_tone(reference, rng, midi):
    y = reference.harmonic_tone(reference.midi_to_hz(midi + rng.uniform(-0.25, 0.25)), 0.5, SR, int(rng.integers(1, 6)), rng.uniform(0.2, 0.5))
    return y * reference.adsr(N, SR, 0.01, 0.1, 0.7, 0.1)


def in_noise(reference, rng, y):
    return reference.add_noise(reference.peak_normalise(y, rng.uniform(0.12, 0.75)), rng.uniform(20.0, 30.0), rng)


def note(reference, rng):
    return in_noise(reference, rng, one_tone(reference, rng, rng.integers(60, 72)))


def chord(reference, rng):
    root, third = rng.integers(55, 68), rng.integers(3, 5)
    return in_noise(reference, rng, sum(one_tone(reference, rng, root + step) for step in (0, third, 7)))


def noise(reference, rng):
    return reference.peak_normalise(rng.standard_normal(N), rng.uniform(0.1, 0.8))


def silence(reference, rng):
    return 10 ** (rng.uniform(-90.0, -60.0) / 20) * rng.standard_normal(N)


def is_stranger(learner, y):
    answer = learner.out_of_distribution(y, SR)
    assert isinstance(answer, bool), f"out_of_distribution(<array {y.shape}>, 22050) returned {tell(answer)}; True or False was expected"
    return answer


def judge_kind(learner, reference, rng, kind, expected):
    """Of fresh clips of a kind at least 80 % get the expected answer."""
    right = sum(is_stranger(learner, kind(reference, rng)) == expected for _ in range(ASKED))
    # 12 (none of 250 clips a kind was judged wrong); 0 (the same answer for all kinds)
    assert right >= 0.8 * ASKED, f"of {ASKED} fresh clips of the kind \"{kind.__name__}\" yours called {right} rightly {expected}; at least 10 were expected"


@grades("out_of_distribution", weight=1.5)
def test_notes_are_admitted(learner, reference, rng):
    # 12 (0 of 250 refused); 0 (always True)
    judge_kind(learner, reference, rng, note, False)


@grades("out_of_distribution")
def test_noise_is_a_stranger(learner, reference, rng):
    # 12 (0 of 250 admitted); 0 (level alone)
    judge_kind(learner, reference, rng, noise, True)


@grades("out_of_distribution", weight=1.5)
def test_chords_are_strangers(learner, reference, rng):
    # 12 (0 of 250 admitted); 0 (flatness alone)
    judge_kind(learner, reference, rng, chord, True)


@grades("out_of_distribution")
def test_a_silent_room_is_a_stranger(learner, reference, rng):
    judge_kind(learner, reference, rng, silence, True)


@grades("out_of_distribution", weight=0.5)
def test_digital_silence_is_a_stranger(learner):
    assert is_stranger(learner, np.zeros(N)), "out_of_distribution of zeros returned False; there is no note in digital silence: True was expected"
