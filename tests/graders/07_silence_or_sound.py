"""Hidden grader of 07_silence_or_sound. A row is a clip; label 1 is sound, 0 silence; models stay on the learner's side, behind handles.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception that this test is for, over 60 to 200 seeds with numpy 2.4 and scikit-learn 1.9.
"""

import pickle

import numpy as np
from sklearn.linear_model import LogisticRegression

from autograder import Handle, LearnerError, agree, compare, grades, tell


def standardised(rng, n, d):
    X = rng.standard_normal((n, d))
    return (X - X.mean(axis=0)) / X.std(axis=0)


def overlapping(rng, n, d):
    """Standardised rows of two classes that overlap, about 3 to 1, so that the best w and b are finite and b is not 0."""
    X = standardised(rng, n, d)
    odds = X @ rng.uniform(0.5, 1.0, d) * rng.choice([-1.0, 1.0]) - 1.4
    y = (rng.logistic(size=n) < odds).astype(int)
    y[:2] = 0, 1  # both classes occur, whatever was drawn
    return X, y


# q1, q2, q3


@grades("q1")
def test_q1(learner):
    assert str(learner.q1()).strip().lower() == "b", "Question 1 has another answer"


@grades("q2")
def test_q2(learner):
    assert str(learner.q2()).strip().lower() == "d", "Question 2 has another answer"


@grades("q3")
def test_q3(learner):
    assert str(learner.q3()).strip().lower() == "c", "Question 3 has another answer"


# nearest_neighbour


@grades("nearest_neighbour")
def test_each_row_gets_the_label_of_its_nearest_row(learner, reference):
    compare(learner, reference, "nearest_neighbour",
            np.array([[0.0, 0.0], [3.0, 4.0], [10.0, 0.0]]), np.array([5, 7, 9]), np.array([[1.0, 1.0], [9.0, 1.0], [3.0, 3.0]]))


@grades("nearest_neighbour")
def test_distances_are_euclidean(learner, reference):
    # The second row is nearer by the sum of the differences (5 against 6), the first by their squares (18 against 25).
    compare(learner, reference, "nearest_neighbour", np.array([[3.0, 3.0], [0.0, 5.0]]), np.array([4, 6]), np.zeros((1, 2)))


@grades("nearest_neighbour", weight=0.5)
def test_one_training_row_labels_everything(learner, reference, rng):
    compare(learner, reference, "nearest_neighbour", rng.standard_normal((1, 3)), np.array([8]), rng.standard_normal((4, 3)))


@grades("nearest_neighbour", weight=0.5)
def test_one_column_is_enough(learner, reference, rng):
    compare(learner, reference, "nearest_neighbour", np.array([[-60.0], [-20.0], [-40.0]]), np.array([3, 1, 2]), rng.uniform(-70, -10, (9, 1)))


@grades("nearest_neighbour")
def test_the_first_of_equally_near_rows_counts(learner, reference):
    # Small whole numbers: every way of computing these distances is exact.
    compare(learner, reference, "nearest_neighbour",
            np.array([[4.0, 0.0], [0.0, 0.0], [2.0, 2.0], [4.0, 0.0]]), np.array([7, 8, 9, 6]), np.array([[2.0, 0.0], [4.0, 0.0]]))


@grades("nearest_neighbour", weight=2)
def test_fresh_rows_get_the_labels_of_their_neighbours(learner, reference, rng):
    # Every training row has a label of its own, so that a wrong label tells which row was taken.
    compare(learner, reference, "nearest_neighbour", rng.standard_normal((30, 5)), 2 + 3 * rng.permutation(30), rng.standard_normal((20, 5)))


# sigmoid


@grades("sigmoid")
def test_sigmoid_of_log_odds_is_the_probability(learner, reference):
    # 1e-8 (float32); 0.5 (tanh, at 0)
    compare(learner, reference, "sigmoid", np.array([0.0, np.log(3.0), -np.log(9.0)]), atol=1e-6)


@grades("sigmoid", weight=0.5)
def test_a_number_gives_a_number(learner, reference, rng):
    compare(learner, reference, "sigmoid", rng.uniform(0.5, 3.0), atol=1e-6)  # 6e-8 (float32); 0.24 (the sign of z)


@grades("sigmoid", weight=0.5)
def test_the_shape_of_a_matrix_is_kept(learner, reference, rng):
    # 6e-8 (float32); 0.2 (tanh, for the largest of twelve)
    compare(learner, reference, "sigmoid", rng.uniform(-3.0, 3.0, (3, 4)), atol=1e-6)


@grades("sigmoid")
def test_sigmoid_of_minus_z_is_the_rest_to_one(learner, rng):
    z = rng.uniform(0.1, 8.0, 20)
    there, back = np.asarray(learner.sigmoid(z)), np.asarray(learner.sigmoid(-z))
    worst = np.abs(there + back - 1.0).max()
    # 6e-8 (float32); 1.0 (tanh)
    assert worst <= 1e-6, f"sigmoid(-z) and sigmoid(z) must add up to 1 for every z; yours miss it by up to {worst:.3g}"


@grades("sigmoid")
def test_sigmoid_rises(learner, rng):
    z = np.sort(rng.uniform(-12.0, 12.0, 50))
    steps = np.diff(np.asarray(learner.sigmoid(z)))
    # A float32 near 1 may stand still, and never falls.
    assert (steps >= 0).all(), f"sigmoid must rise with z; yours falls by {-steps.min():.3g} between two neighbouring values"


@grades("sigmoid")
def test_large_numbers_give_zero_or_one(learner, reference):
    # 0 (0 and 1 are exact); 1 (tanh)
    compare(learner, reference, "sigmoid", np.array([-1000.0, 1000.0, -750.0, 750.0]), atol=1e-6)


@grades("sigmoid", weight=2)
def test_large_numbers_give_no_overflow_warning(learner):
    warned = [text for _, text in learner.call("sigmoid", np.array([-1000.0, -3.0, 3.0, 1000.0])).warnings if "underflow" not in text]
    assert not warned, f"sigmoid warned \"{warned[0] if warned else ''}\" at z = -1000 or 1000; it must compute both without a warning"


# log_loss


@grades("log_loss")
def test_the_loss_of_two_clips(learner, reference):
    # -(ln 0.8 + ln 0.6) / 2 = 0.367. 1e-8 (float32); 0.16 (log2)
    compare(learner, reference, "log_loss", np.array([1, 0]), np.array([0.8, 0.4]), atol=1e-6)


@grades("log_loss")
def test_repeating_the_clips_leaves_the_mean_unchanged(learner, rng):
    y, p = rng.integers(2, size=10), rng.uniform(0.1, 0.9, 10)
    once, thrice = learner.log_loss(y, p), learner.log_loss(np.tile(y, 3), np.tile(p, 3))
    # 2e-7 (float32); 6.4 (sum)
    assert abs(once - thrice) <= 1e-5, f"the loss of 10 clips is {once:.6g}, of the same clips three times over {thrice:.6g}; a mean does not change"


@grades("log_loss")
def test_certainty_that_is_right_costs_nothing(learner):
    loss = learner.log_loss(np.array([1, 0, 1]), np.array([1.0, 0.0, 1.0]))
    # 1e-7 (clipped by float32's step below 1); 1e-2 (clipped by 0.01), NaN (no clip)
    assert abs(loss) <= 1e-5, f"log_loss([1, 0, 1], [1.0, 0.0, 1.0]) returned {loss:.6g}; certainty that is right costs 0"


@grades("log_loss")
def test_certainty_that_is_wrong_costs_a_finite_amount(learner):
    loss = learner.log_loss(np.array([1, 0]), np.array([0.0, 1.0]))
    # 15.9 (clipped by float32's step below 1) to 36.0 (by float64's); 4.6 (clipped by 0.01), infinity (no clip)
    assert 15.0 <= loss <= 60.0, f"log_loss([1, 0], [0.0, 1.0]) returned {loss:.6g}; certainty that is wrong is dear, but finite: 34.5 with p clipped at 1e-15"


@grades("log_loss", weight=2)
def test_fresh_probabilities(learner, reference, rng):
    y, p = rng.integers(2, size=40), rng.uniform(1e-4, 1.0 - 1e-4, 40)
    y[:2] = 0, 1
    loss = learner.log_loss(y, p)
    # 3e-6 (float32, as 1 - p loses digits near 1; others 1e-15); 0.13 (log2)
    is_float32 = isinstance(loss, float) and loss == float(np.float32(loss))
    agree(loss, reference.log_loss(y, p), "log_loss(<40 labels>, <40 probabilities>)", atol=2e-5 if is_float32 else 1e-9)


# train_silence_classifier

SEEDS = 5  # generators whose mean score is taken
FEW_SEEDS = 2  # where one would do
MANY_SEEDS = 6  # where rows are few


def train(learner, data, labels, seed):
    """The learner's model and score, or a message why it is none."""
    came = learner.train_silence_classifier(data, labels, np.random.default_rng(seed))
    assert isinstance(came, tuple | list) and len(came) == 2, f"train_silence_classifier returned {tell(came)}; the pair (model, score) was expected"
    model, score = came
    assert isinstance(model, Handle), f"train_silence_classifier returned {tell(model)} as its first value; the fitted model was expected"
    assert isinstance(score, int | float), f"train_silence_classifier returned {tell(score)} as its second value; the score, a number, was expected"
    assert 0.0 <= score <= 1.0, f"train_silence_classifier returned the score {score:.6g}; a share of the held-out rows lies in 0..1"
    return model, score


def images_of_tones_and_silence(reference, rng):
    """Two tones at twelve loudnesses each and as many silences, a second a row. Whatever is held out, each tone was trained on."""
    t = np.arange(11025) / 11025
    freqs, amps = rng.choice(np.arange(300, 5000, 400), 2, replace=False), rng.uniform(0.2, 0.9, 12)
    sounds = [reference.mel_spectrogram(amp * np.sin(2 * np.pi * freq * t), 11025, 16) for freq in freqs for amp in amps]
    images = [reference.spectrogram_image(db) for db in [*sounds, *[np.full_like(sounds[0], -100.0)] * 24]]
    order = rng.permutation(48)
    return np.reshape(images, (48, -1))[order] / 255.0, np.repeat([1, 0], 24)[order]


def random_labels(rng):
    """Rows that say nothing about their labels. 70 such rows of 300 columns are learnt by heart: what is wrong was not trained on."""
    return rng.standard_normal((100, 300)), rng.permutation(np.repeat([0, 1], 50))


def accuracy(model, data, labels):
    return float(np.mean(np.asarray(model.predict(data)) == labels))


@grades("train_silence_classifier", hint="model_then_score")
def test_a_fitted_model_and_a_score_come_back(learner, rng):
    data = rng.standard_normal((40, 5))
    labels = (data[:, 0] > np.median(data[:, 0])).astype(int)
    model, _ = train(learner, data, labels, 1)
    answers = model.predict(data)
    assert np.shape(answers) == (40,), f"model.predict of 40 rows gives shape {np.shape(answers)}; a label a row was expected"


@grades("train_silence_classifier", hint="rows_and_labels_apart")
def test_tones_are_told_from_silence_without_an_error(learner, reference, rng):
    data, labels = images_of_tones_and_silence(reference, rng)
    for seed in range(FEW_SEEDS):
        _, score = train(learner, data, labels, seed)
        # 1.00; shuffled apart 0.17 to 0.72
        assert score > 0.999, f"train_silence_classifier scores {score:.3g} on 24 tones and 24 silences; 1.0 was expected"


@grades("train_silence_classifier", hint="unshuffled_split")
def test_labels_may_come_sorted(learner, rng):
    data = rng.standard_normal((20, 4))
    for labels in (np.repeat([1, 0], [14, 6]), np.repeat([0, 1], [6, 14])):
        try:
            train(learner, data, labels, 2)
        except LearnerError as error:
            if not (error.is_a("ValueError") and "class" in error.message):
                raise
            raise AssertionError(f"train_silence_classifier raised ValueError on labels sorted 14 to 6: {error.message}; "
                                 "rows drawn at random hold both labels") from None


@grades("train_silence_classifier", hint="fit_on_everything")
def test_the_model_has_not_seen_the_held_out_rows(learner, rng):
    data, labels = random_labels(rng)
    right = np.mean([accuracy(train(learner, data, labels, seed)[0], data, labels) for seed in range(FEW_SEEDS)])
    # 0.79 to 0.90; 1.00 (fitted to everything)
    assert right < 0.95, f"on random labels your models are right on {right:.0%} of all rows; with 30 % never seen, about 85 % was expected"


@grades("train_silence_classifier", weight=2, hint="training_rows")
def test_random_labels_cannot_be_predicted(learner, rng):
    data, labels = random_labels(rng)
    score = np.mean([train(learner, data, labels, seed)[1] for seed in range(SEEDS)])
    # 0.29 to 0.66; 1.00 (training rows)
    assert score < 0.75, f"on random labels your mean score is {score:.3g}; about 0.5 was expected, for nobody can know them"


@grades("train_silence_classifier")
def test_the_score_is_the_models_on_30_percent_of_the_rows(learner, rng):
    data, labels = random_labels(rng)
    model, score = train(learner, data, labels, 3)
    right = accuracy(model, data, labels)
    # Whole rows: 70 right ones, and 30 times the score. 1e-6 (a float32 score); 1 (one row)
    assert abs(100 * right - (70 + 30 * score)) < 1e-4, (
        f"of 100 rows with random labels your model knows {100 * right:.0f}, and your score is {score:.3g}; "
        "70 rows learnt by heart and a score on the 30 others do not give that")


@grades("train_silence_classifier", hint="global_randomness")
def test_an_equal_generator_gives_an_equal_split(learner, rng):
    data, labels = random_labels(rng)
    first, again = [train(learner, data, labels, 4)[0].predict(data) for _ in range(2)]
    assert np.array_equal(first, again), "two generators of the same seed gave two different models; the same was expected: rng alone draws the split"


@grades("train_silence_classifier", hint="ignores_rng")
def test_other_generators_give_other_splits(learner, rng):
    data, labels = rng.standard_normal((20, 4)), rng.permutation(np.repeat([0, 1], 10))
    # A row left out or taken in moves every probability; two fits to the same rows agree to the last digit.
    models = {np.asarray(train(learner, data, labels, seed)[0].predict_proba(data)).tobytes() for seed in range(MANY_SEEDS)}
    assert len(models) > 2, (f"{MANY_SEEDS} generators of different seeds gave {len(models)} different "
                             f"model{'s' * (len(models) > 1)}; a split of its own was expected for nearly each of them")


@grades("train_silence_classifier", weight=0.5, hint="writes_into_its_arguments")
def test_data_and_labels_stay_as_they_were(learner, rng):
    data, labels = rng.standard_normal((30, 3)), np.tile([0, 1], 15)
    outcome = learner.call("train_silence_classifier", data, labels, np.random.default_rng(5))
    for name, before, after in zip(("data", "labels"), (data, labels), outcome.args, strict=False):
        assert np.array_equal(before, after), f"{name} is another after train_silence_classifier; it must stay as it was"


# fit_threshold


def errors(threshold, levels, labels):
    return int(np.sum((levels > threshold) != labels))


def assert_best_threshold(learner, levels, labels):
    threshold = learner.fit_threshold(levels, labels)
    if isinstance(threshold, np.ndarray) and threshold.ndim == 0:
        threshold = threshold.item()
    call = f"fit_threshold(<{len(levels)} levels>, <{len(levels)} labels>)"
    assert isinstance(threshold, int | float) and not isinstance(threshold, bool), f"{call} returned {tell(threshold)}; a level in dB was expected"
    assert np.isfinite(threshold), f"{call} returned {threshold}; a finite level in dB was expected"
    came, best = errors(threshold, levels, labels), min(errors(t, levels, labels) for t in np.append(levels, levels.min() - 1.0))
    assert came == best, f"{call} returned {threshold:.6g} dB, which makes {came} errors; a threshold with {best} exists"


@grades("fit_threshold")
def test_a_threshold_in_a_clear_gap_makes_no_error(learner):
    assert_best_threshold(learner, np.array([-80.0, -20.0, -90.0, -10.0, -85.0]), np.array([0, 1, 0, 1, 0]))


@grades("fit_threshold")
def test_classes_of_unequal_spread_are_separated(learner, rng):
    # Most silences lie low and one lies just below the sounds: the middle of the two means cuts it off.
    levels = np.concatenate([rng.uniform(-95, -85, 12), [-38.5], rng.uniform(-36, -30, 8)])
    assert_best_threshold(learner, levels, np.repeat([0, 1], [13, 8]))


@grades("fit_threshold", weight=2)
def test_classes_that_overlap_are_separated_as_well_as_can_be(learner, rng):
    labels = rng.permutation(np.repeat([0, 1], [40, 20]))
    levels = np.where(labels == 1, rng.normal(-45, 6, 60), rng.normal(-55, 4, 60))
    levels[np.flatnonzero(labels == 1)[:2]] = -95.0, -90.0  # two sounds softer than every silence,
    levels[np.flatnonzero(labels == 0)[0]] = -30.0  # a silence louder than most sounds
    assert_best_threshold(learner, levels, labels)


@grades("fit_threshold", weight=0.5)
def test_sounds_alone_make_no_error(learner, rng):
    assert_best_threshold(learner, rng.uniform(-60, -10, 8), np.ones(8, dtype=int))


@grades("fit_threshold", weight=0.5)
def test_silences_alone_make_no_error(learner, rng):
    assert_best_threshold(learner, rng.uniform(-90, -50, 8), np.zeros(8, dtype=int))


# fit_logreg_gd


def descend(learner, X, y, lr, n_iter):
    """The learner's w and b, or a message why they are none."""
    came = learner.fit_logreg_gd(X, y, lr, n_iter)
    call = f"fit_logreg_gd(<array {X.shape}>, <{len(y)} labels>, {lr:.3g}, {n_iter})"
    assert isinstance(came, tuple | list) and len(came) == 2, f"{call} returned {tell(came)}; the pair (w, b) was expected"
    agree(came, (np.zeros(X.shape[1]), 0.0), call, atol=1e300)  # type, shape, finite; any value
    return np.asarray(came[0], float), float(came[1])


@grades("fit_logreg_gd", weight=0.5)
def test_no_step_leaves_zeros(learner, reference, rng):
    compare(learner, reference, "fit_logreg_gd", *overlapping(rng, 20, 3), 0.5, 0, atol=1e-12)  # 0 (zeros are exact); 0.64 (a random start)


@grades("fit_logreg_gd", weight=0.5, hint="no_bias")
def test_b_leaves_zero(learner, rng):
    X, y = overlapping(rng, 60, 2)
    _, b = descend(learner, X, y, 0.5, 5)
    # 0.2 (the least of a right one, as about three rows in four have label 0); 0 (no bias)
    assert abs(b) > 1e-6, "after 5 steps on labels that are mostly 0 your b is 0 as at the start; it must have moved"


@grades("fit_logreg_gd")
def test_one_step_on_three_rows(learner, reference):
    # p is 0.5 everywhere: w = 0.6 * mean(-0.5 * 1, 0.5 * 3, 0.5 * 2) = 0.4, b = 0.6 * mean(-0.5, 0.5, 0.5) = 0.1.
    # 9e-9 (float32); 0.039 (a random start)
    compare(learner, reference, "fit_logreg_gd", np.array([[1.0], [3.0], [2.0]]), np.array([0, 1, 1]), 0.6, 1, atol=1e-6)


@grades("fit_logreg_gd", weight=2)
def test_a_step_is_minus_lr_times_the_gradient(learner, reference, rng):
    X, y = overlapping(rng, 50, 3)
    lr, h = rng.uniform(0.2, 0.8), 1e-4

    def loss(weights):
        return reference.log_loss(y, reference.sigmoid(X @ weights[:3] + weights[3]))

    slope = np.array([(loss(d) - loss(-d)) / (2 * h) for d in h * np.eye(4)])
    w, b = descend(learner, X, y, lr, 1)
    off = np.abs(np.append(w, b) + lr * slope).max()
    # 3e-8 (float32; the differences err by 2e-12); 7e-4 (mean over features)
    assert off <= 1e-5, f"the first step of fit_logreg_gd is {off:.3g} away from -lr times the gradient of the mean log-loss at w = 0, b = 0"


@grades("fit_logreg_gd")
def test_thirty_steps_on_fresh_rows(learner, reference, rng):
    compare(learner, reference, "fit_logreg_gd", *overlapping(rng, 50, 3), rng.uniform(0.3, 0.8), 30, atol=1e-5)  # 2e-7 (float32); 6e-4 (b after w)


@grades("fit_logreg_gd")
def test_the_loss_never_rises(learner, reference, rng):
    X, y = overlapping(rng, 40, 3)
    before, lr = np.log(2.0), rng.uniform(0.3, 1.0)
    for n_iter in (1, 2, 3, 4, 6, 8, 12, 20, 30, 50):
        w, b = descend(learner, X, y, lr, n_iter)
        loss = reference.log_loss(y, reference.sigmoid(X @ w + b))
        # Rises by: -6e-9 (float32, it falls); 4e-3 (labels for probabilities), 0.15 (wrong sign)
        assert loss <= before + 1e-5, f"the log-loss rises from {before:.4g} to {loss:.4g} with step {n_iter} at lr={lr:.2g}; with lr ≤ 1 it must never rise"
        before = loss


@grades("fit_logreg_gd", weight=2)
def test_1000_steps_arrive_at_scikit_learns_optimum(learner, rng):
    X, y = overlapping(rng, 200, 3)
    optimum = LogisticRegression(C=np.inf).fit(X, y)
    w, b = descend(learner, X, y, 0.5, 1000)
    cosine = w @ optimum.coef_[0] / (np.linalg.norm(w) * np.linalg.norm(optimum.coef_) + 1e-300)
    angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    gap = abs(b - optimum.intercept_[0])
    # In degrees: 0.03 (1000 steps); 90 (the wrong sign and worse)
    assert angle <= 5.0, f"after 1000 steps at lr=0.5 your w points {angle:.2g}° away from scikit-learn's; at most 5° were expected"
    # 0.0015 (1000 steps); 1.1 (a forgotten b)
    assert gap <= 0.05, f"after 1000 steps at lr=0.5 your b is {gap:.2g} away from scikit-learn's; at most 0.05 was expected"


# beats_baseline. Shares are sixteenths, which every way of computing them represents exactly.


def verdict(learner, model, X, y):
    answer = learner.beats_baseline(model, X, y)
    assert isinstance(answer, bool), f"beats_baseline returned {tell(answer)}; True or False was expected"
    return answer


def always(learner, label, X, y):
    """A fitted model that gives every row this label; fitting it again changes nothing."""
    return learner.new("sklearn.dummy.DummyClassifier", strategy="constant", constant=label).fit(X, y)


def answering(learner, X, answers):
    """A fitted model that gives these rows these answers: their nearest neighbour is the row itself."""
    return learner.new("sklearn.neighbors.KNeighborsClassifier", n_neighbors=1).fit(X, answers)


@grades("beats_baseline")
def test_a_model_that_is_always_right_beats(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([0, 1], [5, 11]))
    assert verdict(learner, answering(learner, X, y), X, y), "a model with accuracy 1 must beat a majority of 11/16; beats_baseline returned False"


@grades("beats_baseline")
def test_a_tie_does_not_beat(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([1, 2, 3, 4], 4))
    assert not verdict(learner, always(learner, 2, X, y), X, y), "a model with accuracy 4/16 only ties with a majority of 4/16; beats_baseline returned True"


@grades("beats_baseline")
def test_less_than_half_may_beat(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([1, 2, 3], [6, 5, 5]))
    wrong = rng.permutation(16)[:9]
    answers = y.copy()
    answers[wrong] = y[wrong] % 3 + 1
    assert verdict(learner, answering(learner, X, answers), X, y), "a model with accuracy 7/16 beats a majority of 6/16; beats_baseline returned False"


@grades("beats_baseline")
def test_the_baseline_is_the_commonest_label_whatever_the_number_of_classes(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([1, 2, 3], [8, 6, 2]))
    assert not verdict(learner, always(learner, 2, X, y), X, y), "a model with accuracy 6/16 does not beat a majority of 8/16; beats_baseline returned True"


@grades("beats_baseline")
def test_beating_the_rarest_label_is_not_enough(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([1, 2, 3], [9, 4, 3]))
    assert not verdict(learner, always(learner, 2, X, y), X, y), "a model with accuracy 4/16 does not beat a majority of 9/16; beats_baseline returned True"


@grades("beats_baseline")
def test_more_than_half_may_not_beat(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([0, 1], [4, 12]))
    wrong = rng.permutation(16)[:6]
    answers = y.copy()
    answers[wrong] = 1 - y[wrong]
    assert not verdict(learner, answering(learner, X, answers), X, y), "a model with accuracy 10/16 does not beat a majority of 12/16; beats_baseline returned True"


@grades("beats_baseline")
def test_the_model_is_judged_as_it_is(learner, rng):
    X, y = rng.standard_normal((16, 2)), rng.permutation(np.repeat([0, 1], 8))
    model = answering(learner, X, 1 - y)
    assert not verdict(learner, model, X, y), "a model that is wrong on every row beats nobody; beats_baseline returned True"


# save_classifier


def fitted(learner, rng):
    """A fitted logistic regression on the learner's side, and fresh rows."""
    X, y = overlapping(rng, 60, 4)
    return learner.new("sklearn.linear_model.LogisticRegression").fit(X, y), rng.standard_normal((40, 4))


def saved(learner, model, path):
    learner.save_classifier(path, model)
    return learner.load_pickle(path)


def is_predictions(thing):
    return isinstance(thing, np.ndarray | list) and np.ndim(thing) == 1 and bool(np.isin(thing, (0, 1)).all())


@grades("save_classifier", hint="fixed_name")
def test_the_file_lies_where_path_says(learner, rng):
    model, _ = fitted(learner, rng)
    learner.save_classifier("silence_or_sound.p", model)
    files = learner.list_files()
    assert "silence_or_sound.p" in files, f"after save_classifier(\"silence_or_sound.p\", model) there is no such file, but {files or 'none'}"


@grades("save_classifier", weight=3, hint="coefficients_only")
def test_the_file_holds_the_model_itself(learner, rng):
    loaded = saved(learner, fitted(learner, rng)[0], "model.p")
    is_class = isinstance(loaded, Handle) and loaded.type_name in ("builtins.type", "abc.ABCMeta")
    assert not is_class, "the file holds a class, which has learnt nothing; the fitted model itself was expected"
    assert isinstance(loaded, Handle) or is_predictions(loaded), f"the file holds {tell(loaded)}; the fitted model itself was expected"


@grades("save_classifier", hint="predictions")
def test_an_existing_file_is_replaced_whole(learner, rng):
    model, _ = fitted(learner, rng)
    old = pickle.dumps(list(range(50_000)))
    learner.write_bytes("model.p", old)
    loaded = saved(learner, model, "model.p")
    assert not is_predictions(loaded), f"the file holds {tell(loaded)}, labels already predicted; the fitted model itself was expected"
    assert isinstance(loaded, Handle), f"where a longer file lay before, loading gives {tell(loaded)}, the old content; the model was expected"
    size = len(learner.read_bytes("model.p"))
    # 0.9 kB of model, 150 kB of old file
    assert size < len(old) // 2, f"a file of {len(old)} bytes was there before and now has {size}; the model alone was expected"


@grades("save_classifier", weight=2)
def test_a_fresh_process_predicts_the_same(learner, rng):
    model, fresh = fitted(learner, rng)
    loaded = saved(learner, model, "model.p")
    assert isinstance(loaded, Handle), f"the file holds {tell(loaded)}, which cannot predict"
    expected, came = model.predict_proba(fresh), loaded.predict_proba(fresh)
    assert np.array_equal(expected, came), "the model loaded from the file gives other probabilities for fresh rows than the model that was saved"
