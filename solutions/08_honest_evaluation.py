# ---
# jupyter:
#   course:
#     title: Honest evaluation
#     given: [clips, features, pitch, spectrograms, synthesis, tones, wav]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Honest evaluation
#
# Can a computer hear on which day of the week a note was recorded? Nobody can; a note does not know what day it is. In this lesson a classifier of five
# words of scikit-learn will score well above 90 % on that very question. No line of it is wrong by itself. You will find out what is wrong, and how to
# ask so that a score can be believed.
#
# **Afterwards you can**
# - split data so that clips of one recording stay together
# - read a confusion matrix, and say of each class how often it is missed and how often it is called by mistake
# - catch five ways in which the test gets into the training
# - say how sure a score is, and write a result that others may rely on
#
# **You need** clips and the data matrix (06), classifiers and baselines (07); the functions of earlier lessons are given here.
# **Time**: one to two hours. After exercise 3 is a good place for a pause.
#
# **Not in this lesson**: cross-validation and the tuning of settings (lesson 09), where a model errs (lesson 10).
#
# A row of a data matrix is a clip, a column a feature. The *group* of a row is the number of the take it was cut from. Scores are shares from 0 to 1. Each
# docstring says all that its function is graded on; the cell below it shows one example. Set the volume low before you play the first sound.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from given.clips import Clip, build_matrix
from given.features import features_logmel
from given.pitch import midi_to_hz
from given.synthesis import adsr, harmonic_tone, pluck
from given.wav import peak_normalise

SR = 22050


def play(y, sr):
    """Shows a player that leaves the level as it is; normalize=True, IPython's own choice, would make everything equally loud."""
    display(Audio(np.clip(y, -1, 1), rate=sr, normalize=False))


def when_solved(show):
    """Calls show(). While an exercise that it needs is unsolved, says so instead."""
    try:
        show()
    except NotImplementedError:
        print("Solve the exercise above first, then run this cell again.")


# %% [markdown]
# ## Three questions first
#
# What you call back from memory stays there longer. The cell below each question only looks whether your answer is one of the letters;
# whether it is the right one, you learn when the notebook is graded.
#
# **Question 1** (from lesson 07). A classifier of pixels was trained on ten tones, each in four takes. Half of the rows were held out, it is right on all of
# them, and each of them is a tone that training has in another take. What does this score say about a tone that was never heard before?
#
# - "a": it will be recognised
# - "b": it will be missed
# - "c": nothing
# - "d": it will be recognised half of the time

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown] why="q1"
# A score answers the question that its held-out rows ask. These ask whether a known tone is recognised in another take; a new tone is another
# question, and the score is silent on it.

# %% [markdown]
# **Question 2** (from lesson 05). You build a note of 3000 Hz from its harmonics, at a sampling rate of 22050 Hz. How many harmonics, the first
# included, may it have?
#
# - "a": 3
# - "b": 4
# - "c": 7
# - "d": as many as you like

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION


# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown] why="q2"
# Half of the sampling rate is 11025 Hz. 3000, 6000 and 9000 Hz lie below it; the fourth harmonic, 12000 Hz, would fold back to 10050 Hz.

# %% [markdown]
# **Question 3** (from lesson 02). A mix has a sample of 1.2. What does your `to_int16` make of it?
#
# - "a": 39320
# - "b": -26216
# - "c": a ValueError
# - "d": 32767

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION


# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown] why="q3"
# What is beyond full scale is clipped to the largest number that 16 bits hold. Without the clip 1.2 · 32767 = 39320 would wrap around to -26216.

# %% [markdown]
# ## The recordings
#
# Forty-two *takes*, each by one of three instruments: a flute with few strong harmonics, a reed with many, and a string. In a take the
# same note is played five times, at the same loudness but for a little, in the same room with its noise. Each of the five is a *clip*. Then somebody
# cast dice, and wrote on each take a day of the week.

# %%
KINDS = ["flute", "reed", "string"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
N_TAKES, N_CLIPS = 42, 5


def record_take(kind, take, rng):
    """Five clips of one note, a quarter of a second each; kind is 0 for a flute, 1 for a reed, 2 for a string."""
    f0 = midi_to_hz(rng.uniform(55, 79))
    decay = (rng.uniform(0.1, 0.4), rng.uniform(0.45, 0.85), 0)[kind]
    gain, floor = 10 ** (rng.uniform(-25, -8) / 20), 10 ** (rng.uniform(-60, -35) / 20)
    n = SR // 4
    clips = []
    for _ in range(N_CLIPS):
        sound = pluck(f0, 0.25, SR, rng) if kind == 2 else harmonic_tone(f0, 0.25, SR, n_harm=8, decay=decay)
        sound = peak_normalise(sound * adsr(n, SR, 0.01, 0.05, 0.8, 0.05), gain * 10 ** (rng.uniform(-1, 1) / 20))
        clips.append(Clip(sound + floor * rng.standard_normal(n), SR, kind, take))
    return clips


rng = np.random.default_rng(10)
clips = [clip for take in range(N_TAKES) for clip in record_take(take % 3, take, rng)]
X, kind, takes = build_matrix(clips, lambda y, sr: features_logmel(y, sr, 16))
weekday = rng.integers(7, size=N_TAKES)[takes]
print("X", X.shape, " kinds", kind[:15], " takes", takes[:15])

# %% [markdown]
# **Listen**: first three clips of one take, then one clip each of three other takes by the same instrument. You would not mistake one take for another:
# pitch, loudness and hiss give it away.

# %%
play(np.concatenate([clips[i].y for i in (5, 6, 7)]), SR)
play(np.concatenate([clips[i].y for i in (20, 35, 50)]), SR)
print("the take of the first player was made on", DAYS[weekday[5]] + ", those of the second on", *[DAYS[weekday[i]] for i in (20, 35, 50)])

# %% [markdown]
# ## 1. What belongs together stays together
#
# Shuffle the 210 clips, hold out 30 %, and nearly every clip in the test has a brother from the same take in the training. It is not a new sound
# but an old acquaintance. So draw the *takes* that are held out, and let all clips of a take go where it goes.

# %% exercise="group_split"
def group_split(groups, test_size, rng):
    """Split rows into training and test, so that no group lies on both sides.

    Parameters
    ----------
    groups : int array (n,)
        The group of each row: any whole numbers, in any order. There are two or more groups, and they may differ in size.
    test_size : float
        The share of the *groups* that is held out for the test. Of g different groups test_size * g are held out; if this is no whole number,
        it may be rounded up or down. It is at least 1 and at most g - 1.
    rng : numpy.random.Generator
        Draws the groups that are held out, all of them equally likely: an equal generator gives an equal split, another generator another
        one. No other source of randomness is used.

    Returns
    -------
    train_idx, test_idx : two int arrays
        Row numbers, from 0 to n - 1, in any order. Each row is in one of the two and occurs there once; rows of the same group are in the
        same one.

    Examples
    --------
    >>> groups = np.array([4, 9, 4, 9, 7, 4])
    >>> train_idx, test_idx = group_split(groups, 1 / 3, np.random.default_rng(0))
    >>> len(train_idx) + len(test_idx), set(groups[train_idx]) & set(groups[test_idx]), len(set(groups[test_idx]))
    (6, set(), 1)
    """
    ### BEGIN SOLUTION
    names = rng.permutation(np.unique(groups))
    n_test = round(test_size * len(names))
    is_test = np.isin(groups, names[:n_test])
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)
    ### END SOLUTION


# %% check="group_split" points=4
check_groups = np.array([7, 3, 7, 9, 3, 5, 9, 3])
answer = group_split(check_groups, 0.25, np.random.default_rng(0))
assert len(answer) == 2, f"{len(answer)} values came back; return the two arrays train_idx, test_idx"
train_idx, test_idx = answer
assert sorted([*train_idx, *test_idx]) == list(range(8)), f"your two sides hold the rows {sorted([*train_idx, *test_idx])}; each of the rows 0 to 7 belongs to one of them"
held_out = set(check_groups[test_idx].tolist())
assert len(held_out) == 1, f"the groups {held_out} are in your test; a share of 0.25 of 4 groups is one group"
assert not held_out & set(check_groups[train_idx].tolist()), f"rows of group {held_out} are on both sides; all of them belong to the test"

# %% [markdown] why="group_split"
# The draw is over the groups: `np.unique` lists each of them once, whatever its size, and a shuffled list is cut after the share that is held out. Only then
# the rows come in, and each of them goes where its group went: `np.isin` asks of each row whether its group is among those drawn. `~is_test` is the rest, so
# that no row can be lost or counted twice.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two steps. First decide about groups: which of the different ones are held out? Then about rows: each asks whether its group is among them.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.unique(groups)` lists each group once, `rng.permutation` shuffles the list, a slice takes its beginning. `np.isin(groups, some)` is True for each row
# whose group is among some; `np.flatnonzero` gives the numbers of the True ones, and `~` turns True into False. Or look for a class with Group in its
# name in `sklearn.model_selection`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `names = rng.permutation(…)`, then `is_test = np.isin(…, names[:…])`, and last `np.flatnonzero(~…), np.flatnonzero(…)`.
#
# </details>

# %% [markdown]
# **Look**: the takes, one a column, and their clips. On top the clips were shuffled one by one, as `train_test_split` does, below they were split by you.

# %%
@when_solved
def look_at_two_splits():
    _, by_rows = train_test_split(np.arange(len(X)), test_size=0.3, random_state=8)
    _, by_takes = group_split(takes, 0.3, np.random.default_rng(8))
    _, axes = plt.subplots(2, 1, figsize=(9, 3), sharex=True)
    for axis, test, title in zip(axes, (by_rows, by_takes), ("split by clips", "split by takes"), strict=True):
        is_test = np.isin(np.arange(len(X)), test).reshape(N_TAKES, N_CLIPS)
        axis.imshow(is_test.T, cmap="Blues", vmin=0, vmax=1.3, aspect="auto")
        axis.set(title=f"{title}: {np.sum(is_test.any(axis=1) & ~is_test.all(axis=1))} takes lie on both sides", ylabel="clip", yticks=[])
    axes[1].set_xlabel("take (blue: held out for the test)")
    plt.tight_layout()
    plt.show()


# %% [markdown]
# *Above, the blue is sprinkled over nearly all takes. Below, whole columns are blue or white.*
#
# ## 2. Who is taken for whom
#
# An accuracy says how often a classifier errs, and not how. The *confusion matrix* counts for each class what became of it: the row is the true class, the
# column the predicted one. What is right lies on the diagonal.

# %% exercise="confusion"
def confusion(y_true, y_pred, n_classes):
    """Confusion matrix.

    Parameters
    ----------
    y_true, y_pred : int arrays (n,)
        True and predicted classes of n rows, at least one; each is a whole number from 0 to n_classes - 1.
    n_classes : int
        Number of classes. A class that occurs in neither array has a row and a column all the same, of zeros.

    Returns
    -------
    int array (n_classes, n_classes)
        cm[i, j] is the number of rows whose true class is i and whose predicted class is j.

    Examples
    --------
    >>> confusion(np.array([0, 0, 2, 2, 2]), np.array([0, 2, 2, 2, 0]), 3)
    array([[1, 0, 1],
           [0, 0, 0],
           [1, 0, 2]])
    """
    ### BEGIN SOLUTION
    cm = np.zeros((n_classes, n_classes), dtype=int)
    for true, predicted in zip(y_true, y_pred):
        cm[true, predicted] += 1
    return cm
    ### END SOLUTION


# %% check="confusion" points=3
cm = np.asarray(confusion(np.array([0, 0, 2, 2, 2]), np.array([0, 2, 2, 2, 0]), 3))
assert cm.shape == (3, 3), f"3 classes gave a matrix of shape {cm.shape}; a class that never occurs keeps its row and its column"
assert cm[0, 0] == 1, f"cm[0, 0] is {cm[0, 0]}; one row of class 0 was called 0"
assert cm[2, 2] == 2, f"cm[2, 2] is {cm[2, 2]}; two rows of class 2 were called 2"

# %% [markdown] why="confusion"
# Each row of the data adds one to the cell of its true class (row) and its predicted class (column). The matrix is made of zeros first, so that a class
# which never occurs has its place. The loop matters: `cm[y_true, y_pred] += 1` for all at once would count each cell one time only, however often it is named.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Make the whole matrix first, full of zeros. Then each row of the data says in which cell it is counted.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.zeros((rows, columns), dtype=int)`, and a loop over `zip(y_true, y_pred)`. `cm[y_true, y_pred] += 1` with whole arrays looks shorter, but counts each
# cell only once; `np.add.at` is what was meant. `sklearn.metrics.confusion_matrix` needs to be told its `labels`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `cm = np.zeros((…, …), dtype=int)`, and in the loop `cm[…, …] += 1`.
#
# </details>

# %% [markdown]
# **Look**: which instrument is it? Logistic regression, trained on 70 % of the takes, asked about the others.

# %%
def guess_kinds(seed=2):
    """True and predicted kinds of the clips of the held-out takes."""
    train, test = group_split(takes, 0.3, np.random.default_rng(seed))
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    return kind[test], model.fit(X[train], kind[train]).predict(X[test])


@when_solved
def look_at_the_confusion():
    cm = confusion(*guess_kinds(), 3)
    plt.figure(figsize=(4, 3.2))
    plt.imshow(cm, cmap="Blues", vmin=0)
    for i in range(3):
        for j in range(3):
            plt.text(j, i, cm[i, j], ha="center", va="center", color="white" if cm[i, j] > cm.max() / 2 else "black")
    plt.xticks(range(3), KINDS)
    plt.yticks(range(3), KINDS)
    plt.xlabel("called")
    plt.ylabel("is a")
    plt.colorbar(label="clips")
    plt.show()
    print(f"right: {np.trace(cm)} of {cm.sum()}")


# %% [markdown]
# *The diagonal holds what is right. Read along a row to see what an instrument was taken for, and down a column to see what hides behind a name.* How many
# takes of each instrument are held out, chance decides: add up the rows. To *stratify* is to hold out the same share of each class, and it needs no luck.
# The original of this course relied on luck: twenty notes out of seven, in the order of `os.listdir`, the first half for training. How often does training
# lack a note altogether?

# %%
halves = np.random.default_rng(1).integers(7, size=(10_000, 10))
print(f"a note is missing from the training half in {np.mean([len(set(half)) < 7 for half in halves.tolist()]):.1%} of 10000 draws")

# %% [markdown]
# ## 3. Two ways to be wrong about a class
#
# "It called nine of the ten flutes a flute." That is *recall*: of the clips that *are* a flute, the share called so. "When it says flute, it is one in half
# of the cases." That is *precision*: of the clips *called* a flute, the share that are. Each alone is easily raised: who calls everything a flute misses
# none. *F1*, their harmonic mean, is high only if both are.

# %% exercise="precision_recall_f1"
def precision_recall_f1(cm):
    """Precision, recall and F1 of each class.

    Parameters
    ----------
    cm : int array (n_classes, n_classes)
        Confusion matrix: cm[i, j] rows have the true class i and the predicted class j.

    Returns
    -------
    precision, recall, f1 : three float arrays (n_classes,)
        For each class i: precision[i] is cm[i, i] divided by the sum of column i, recall[i] is cm[i, i] divided by the sum of row i, and
        f1[i] = 2 * precision[i] * recall[i] / (precision[i] + recall[i]). Where this would be 0/0, the value is 0.

    Examples
    --------
    >>> precision, recall, f1 = precision_recall_f1(np.array([[3, 1], [2, 6]]))
    >>> precision, recall, np.round(f1, 4)
    (array([0.6       , 0.85714286]), array([0.75, 0.75]), array([0.6667, 0.8   ]))
    """
    ### BEGIN SOLUTION
    right = np.diag(cm)
    called, true = np.sum(cm, axis=0), np.sum(cm, axis=1)
    precision = right / np.maximum(called, 1)
    recall = right / np.maximum(true, 1)
    f1 = 2 * right / np.maximum(called + true, 1)
    return precision, recall, f1
    ### END SOLUTION


# %% check="precision_recall_f1" points=3
answer = precision_recall_f1(np.array([[3, 1], [2, 6]]))
assert len(answer) == 3, f"{len(answer)} values came back; return the three arrays precision, recall, f1"
precision, recall, f1 = answer
assert np.shape(precision) == (2,), f"2 classes gave a precision of shape {np.shape(precision)}; return one value for each class"
assert abs(precision[0] - 0.6) < 1e-6, f"your precision of class 0 is {precision[0]:.4g}; 5 rows were called 0, and 3 of them are, which is 0.6"
assert abs(recall[0] - 0.75) < 1e-6, f"your recall of class 0 is {recall[0]:.4g}; 4 rows are 0, and 3 of them were called so, which is 0.75"
assert abs(f1[0] - 2 / 3) < 1e-6, f"your F1 of class 0 is {f1[0]:.4g}; 2 · 0.6 · 0.75 / (0.6 + 0.75) is 0.6667"

# %% [markdown] why="precision_recall_f1"
# The sum of a column is how often a class was called, the sum of a row how often it is true. Where a sum is 0, nothing on the diagonal can be counted either, so
# dividing by 1 instead makes the wanted 0 out of 0/0 and changes nothing else. Put precision and recall into the formula of F1, and the diagonal cancels:
# 2 · right / (called + true) is the same number, with no second 0/0 to think of.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# All three share one numerator, the diagonal. What differs is what it is divided by: how often the class was *called*, or how often it *is*.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.diag(cm)` is the diagonal. `np.sum(cm, axis=0)` adds down the columns, `axis=1` along the rows. For 0/0: where a sum is 0, so is the diagonal, and dividing by
# `np.maximum(…, 1)` gives 0.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `precision = np.diag(cm) / np.maximum(np.sum(cm, axis=…), 1)`, recall with the other axis. F1 is also `2 * right / (called + true)`.
#
# </details>

# %% [markdown]
# **Try it** on the instruments. Which of them is missed most often, and which name is least to be trusted?

# %%
@when_solved
def read_the_classes():
    scores = precision_recall_f1(confusion(*guess_kinds(), 3))
    for name, precision, recall, f1 in zip(KINDS, *scores, strict=True):
        print(f"{name:7} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}")


# %% [markdown]
# ## 4. A score that knows too much
#
# Now for the day of the week. First the way it is done most often: shuffle the rows, hold out 30 %, fit, count what is right.

# %% exercise="leaky_score"
def leaky_score(model, X, y, rng):
    """Accuracy on 30 % of the rows, drawn one by one.

    Parameters
    ----------
    model : a scikit-learn classifier or Pipeline
        It is fitted here, to the rows that are not held out and to no others, in one call of fit. (You may fit it itself, or a clone of it.)
    X : float array (n, d)
        Rows, n at least 10. The model gets them as they are: no scaling or choosing of columns outside the model.
    y : int array (n,)
        Their labels.
    rng : numpy.random.Generator
        Draws the rows that are held out, all of them equally likely: an equal generator gives an equal score, another generator holds out other rows.
        No other source of randomness is used.

    Returns
    -------
    float
        30 % of the rows are held out (0.3 * n, rounded up or down). Of these, and of no others, the share whose label the model predicts, from
        0 to 1.

    Examples
    --------
    >>> rows = np.repeat([[0.0], [9.0]], 10, axis=0)
    >>> float(leaky_score(KNeighborsClassifier(1), rows, np.repeat([4, 6], 10), np.random.default_rng(0)))
    1.0
    """
    ### BEGIN SOLUTION
    train, test = group_split(np.arange(len(y)), 0.3, rng)
    model.fit(X[train], y[train])
    return model.score(X[test], y[test])
    ### END SOLUTION


# %% check="leaky_score" points=3
rows, labels = np.repeat([[0.0], [9.0]], 10, axis=0), np.repeat([4, 6], 10)
score = leaky_score(KNeighborsClassifier(1), rows, labels, np.random.default_rng(0))
assert np.ndim(score) == 0, f"a value of shape {np.shape(score)} came back; return one number, the share of held-out rows that are right"
assert 0 <= score <= 1, f"your score is {score}; a share lies between 0 and 1"
assert score == 1, f"your score is {score:.3g}; every row has a twin with the same label, so the nearest neighbour is right on all of them, 1.0"

# %% [markdown] why="leaky_score"
# If each row is a group of its own, splitting by groups is splitting by rows: `np.arange(len(y))` are such groups. The row numbers choose rows of X and
# labels of y alike, so that they stay together. The model is fitted to one side and asked about the other, and its `score` is the accuracy.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Three steps, as in lesson 07: split the row numbers, fit on one side, score on the other. Choose from X and y by the same row numbers.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `rng.permutation(len(y))` are the row numbers in a drawn order; cut it at 30 %. Or your `group_split`, if each row is a group of its own. Or `train_test_split`
# with `random_state=int(rng.integers(2**32))`. A model has the methods `fit` and `score`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `train, test = group_split(np.arange(…), …, rng)`, then `model.fit(X[…], y[…])` and `model.score(X[…], y[…])`.
#
# </details>

# %% [markdown]
# **Try it**: on which day of the week was a clip recorded? Dice wrote the days, so nobody can be right more often than one time in seven.

# %%
nearest = KNeighborsClassifier(n_neighbors=1)


@when_solved
def ask_for_the_day():
    scores = [leaky_score(nearest, X, weekday, np.random.default_rng(seed)) for seed in range(10)]
    print(f"the day of the week, nearest neighbour, mean of ten splits: {np.mean(scores):.0%} right (chance: {1 / 7:.0%})")


# %% [markdown]
# The computer hears what day it is! Or rather: it hears which *take* a clip comes from, finds a brother in the training, and reads the day from the brother's
# label. It has learnt forty-two takes by heart.
#
# ## 5. An honest score
#
# The repair is your first exercise. Everything else stays as it is.

# %% exercise="honest_score"
def honest_score(model, X, y, groups, rng):
    """Accuracy on the rows of 30 % of the groups.

    Parameters
    ----------
    model : a scikit-learn classifier or Pipeline
        It is fitted here, to the rows that are not held out and to no others, in one call of fit. (You may fit it itself, or a clone of it.)
    X : float array (n, d)
        Rows. The model gets them as they are: no scaling or choosing of columns outside the model.
    y : int array (n,)
        Their labels.
    groups : int array (n,)
        Their groups: any whole numbers, in any order, 4 or more different ones, which may differ in size.
    rng : numpy.random.Generator
        Draws the groups that are held out, all of them equally likely: an equal generator gives an equal score, another generator holds out other
        groups. No other source of randomness is used.

    Returns
    -------
    float
        Of g different groups 0.3 * g, rounded up or down, are held out with all their rows. Of these rows, and of no others, the share whose
        label the model predicts, from 0 to 1.

    Examples
    --------
    >>> X, groups = np.array([[0.0], [0.1], [0.2], [0.3], [9.0], [9.1], [9.2], [9.3]]), np.array([5, 5, 6, 6, 7, 7, 8, 8])
    >>> float(honest_score(KNeighborsClassifier(1), X, np.repeat([0, 1], 4), groups, np.random.default_rng(0)))
    1.0
    """
    ### BEGIN SOLUTION
    train, test = group_split(groups, 0.3, rng)
    model.fit(X[train], y[train])
    return model.score(X[test], y[test])
    ### END SOLUTION


# %% check="honest_score" points=4
check_groups = np.repeat(np.arange(10), 5)
score = honest_score(KNeighborsClassifier(1), check_groups[:, np.newaxis].astype(float), check_groups % 2, check_groups, np.random.default_rng(0))
assert np.ndim(score) == 0, f"a value of shape {np.shape(score)} came back; return one number, the share of held-out rows that are right"
assert 0 <= score <= 1, f"your score is {score}; a share lies between 0 and 1"
assert score <= 0.5, f"your score is {score:.3g}; here each group is labelled otherwise than its neighbours, so a model that never saw it is mostly wrong"

# %% [markdown] why="honest_score"
# One word has changed against `leaky_score`: the groups of the split are the takes. The model sees no row of a held-out take, so that what it
# knows of single takes does not help, and what is left is what it knows of the question.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# At your `leaky_score`. The only thing to change is who is drawn.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# Your `group_split(groups, test_size, rng)`; it gives row numbers, which choose from X and from y. Or `GroupShuffleSplit` from `sklearn.model_selection`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `train, test = group_split(groups, …, rng)`, then fit and score as before.
#
# </details>

# %% [markdown]
# **Try it**: both scores, for the day of the week and for the instrument.

# %%
@when_solved
def compare_the_scores():
    for name, y, chance in (("day of the week", weekday, 1 / 7), ("instrument", kind, 1 / 3)):
        seeds = range(10)
        leaky = [leaky_score(nearest, X, y, np.random.default_rng(seed)) for seed in seeds]
        honest = [honest_score(nearest, X, y, takes, np.random.default_rng(seed)) for seed in seeds]
        print(f"{name:15}  by rows {np.mean(leaky):4.0%}  by takes {np.mean(honest):4.0%} (from {min(honest):.0%} to {max(honest):.0%})  chance {chance:.0%}")


# %% [markdown]
# The day of the week is back at chance, as it should be. The instrument is recognised, though far less often than the first score had promised. *Which score is
# right?* Both are, each for its question. For new clips of takes that training knows, the first; for takes nobody has heard before, the second. It is the
# second that others want to know.
#
# By the way, the original calls a score of 100 % on its test set "overfitting". Overfitting is something else: right on the training rows, and much worse on
# fresh ones. A perfect score on twenty clips that resemble each other like twins is evidence of an easy question, and that is what you have seen here.
#
# ## 6. Find the leak
#
# A take on both sides is one leak. There are others, and most of them are a matter of *order*: whatever learns something from the rows must come after the
# split, or it learns from the test. Six small pipelines follow. Each gets data whose labels are cast by dice, half of them 0 and half of them 1, and computes a
# `score`. Honest would be 50 %, give or take 10.

# %%
rng = np.random.default_rng(86)
SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1)\n"
FIT = "model = KNeighborsClassifier().fit(X_train, y_train)\n"
SCORE = "score = model.score(X_test, y_test)"
noise, dice = rng.standard_normal((100, 30)), rng.permutation(np.repeat([0, 1], 50))
doubles = rng.permutation(np.repeat(np.arange(25), 4))
PIPELINES = {
    "A": {"source": SPLIT + "models = [KNeighborsClassifier(n_neighbors=k).fit(X_train, y_train) for k in range(1, 30)]\n"
                            "score = max(model.score(X_test, y_test) for model in models)",
          "X": noise, "y": dice},
    "B": {"source": "model = make_pipeline(StandardScaler(), SelectKBest(), KNeighborsClassifier())\n" + SPLIT + "model.fit(X_train, y_train)\n" + SCORE,
          "X": noise, "y": dice},
    "C": {"source": "X = SelectKBest().fit_transform(X, y)\n" + SPLIT + FIT + SCORE, "X": rng.standard_normal((100, 1000)), "y": dice},
    "D": {"source": SPLIT + FIT.replace("()", "(n_neighbors=1)") + SCORE, "X": noise[doubles], "y": dice[doubles]},
    "E": {"source": "X = StandardScaler().fit_transform(X)\n" + SPLIT + FIT + SCORE, "X": noise, "y": dice},
    "F": {"source": SPLIT.replace("random_state=1", "shuffle=False") + FIT + SCORE, "X": noise, "y": np.sort(dice)},
}


def run(pipeline):
    """Runs a pipeline's source on its data and returns the score."""
    names = {"X": pipeline["X"], "y": pipeline["y"], "train_test_split": train_test_split, "KNeighborsClassifier": KNeighborsClassifier,
             "StandardScaler": StandardScaler, "SelectKBest": SelectKBest, "make_pipeline": make_pipeline}
    exec(pipeline["source"], names)
    return names["score"]


for name, pipeline in PIPELINES.items():
    print(f"{name}: score {run(pipeline):.0%} on X {pipeline['X'].shape}, y = {pipeline['y'][:12]}…", pipeline["source"], sep="\n", end="\n\n")

# %% [markdown]
# Read them, and decide for each what its score is worth, before you go on. Then write a function that reads for you, as a reviewer would. What it looks for:
#
# | answer | what happens | why it is a leak |
# |---|---|---|
# | `"scaler"` | a scaler is fitted before the split | mean and spread of the test rows are in the training. It often changes little, as here, and nobody can tell beforehand. |
# | `"selection"` | columns are chosen before the split | of many columns of pure noise some fit *all* labels by chance, those of the test included |
# | `"tuned on test"` | the best of many settings is chosen on the test rows | the best of many throws of the dice is no typical throw. Choose on a third part of the rows, the *validation* rows, and ask the test once. |
# | `"duplicates"` | the same row occurs more than once | the test asks what training has seen |
# | `"order"` | rows sorted by label are cut and not drawn | the test asks about labels that training hardly knows, and the score may be far too low |
# | `"none"` | none of these | |
#
# What stands before the split without being *fitted* there does no harm: a Pipeline fits its scaler when it is fitted itself.

# %% exercise="find_the_leak"
def find_the_leak(pipeline):
    """Name the leak of a small pipeline.

    Parameters
    ----------
    pipeline : dict
        pipeline["source"] : str, a Python program of a few lines, one step a line, without imports and comments. It splits X and y, at least
        once, by train_test_split, fits one model or several, and computes score.
        pipeline["X"] : float array (n, d) and pipeline["y"] : int array (n,), the rows and labels that the program starts with.

    Returns
    -------
    str
        What the evidence says. The pipeline has one of these leaks or none, never two:

        - "scaler" if `StandardScaler().fit` occurs in the source before the first `train_test_split`;
        - "selection" if `SelectKBest().fit` occurs in the source before the first `train_test_split`;
        - "tuned on test" if some line of the source holds both `max(` and `X_test`;
        - "duplicates" if two rows of X (or more) are equal in all their values, wherever they stand;
        - "order" if `shuffle=False` occurs in the source and y is sorted, so that no label is smaller than the one before it;
        - "none" otherwise: also where a scaler or a selection is fitted only after the split, or named before it without .fit; where the best
          model is chosen by max on other rows than X_test; where single values of X are equal, but no whole rows; where rows are cut by
          shuffle=False and y is not sorted, or y is sorted and the split draws.

    Examples
    --------
    >>> source = "X = StandardScaler().fit_transform(X)\\nX_train, X_test, y_train, y_test = train_test_split(X, y)\\n…"
    >>> find_the_leak({"source": source, "X": np.arange(8.0).reshape(4, 2), "y": np.array([1, 0, 1, 0])})
    'scaler'
    """
    ### BEGIN SOLUTION
    source, X, y = pipeline["source"], pipeline["X"], pipeline["y"]
    before = source.split("train_test_split")[0]
    if "StandardScaler().fit" in before:
        return "scaler"
    if "SelectKBest().fit" in before:
        return "selection"
    if any("max(" in line and "X_test" in line for line in source.splitlines()):
        return "tuned on test"
    if len(np.unique(X, axis=0)) < len(X):
        return "duplicates"
    if "shuffle=False" in source and np.all(np.diff(y) >= 0):
        return "order"
    return "none"
    ### END SOLUTION


# %% check="find_the_leak" points=5
answer = find_the_leak(PIPELINES["E"])
leaks = ("scaler", "selection", "tuned on test", "duplicates", "order", "none")
assert answer in leaks, f"{answer!r} came back; return one of {leaks}"
assert answer == "scaler", f"pipeline E got {answer!r}; its first line fits a StandardScaler to all rows and its second splits them, which is \"scaler\""

# %% [markdown] why="find_the_leak"
# Three leaks are seen in the source, one in the data, and one only in both. `source.split("train_test_split")[0]` is the text before the first
# split; what stands there sees all rows, and only `.fit` learns from them. Choosing on the test shows as a maximum over scores of X_test, in one line. `np.unique(X, axis=0)`
# keeps equal rows once, so a shorter result means duplicates. And a split that cuts does harm only where the rows lie sorted.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# One question after the other, each with a `return` if the answer is yes; the last line returns "none". Two of the questions are about the text *before* the
# first split: cut it off first.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `"word" in text` is True where the word occurs, `text.split("word")` cuts a text at each place where it occurs, `text.splitlines()` at the ends of its lines.
# `np.unique(X, axis=0)` keeps equal rows once. `np.diff(y)` are the steps from each label to the next.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `before = source.split("…")[…]`, then `if "….fit" in before: return "…"`. For the rows: `len(np.unique(…, axis=0)) < len(…)`. For the order:
# `"…" in source and np.all(np.diff(y) >= …)`.
#
# </details>

# %% [markdown]
# **Try it** on all six. Were you of the same opinion?

# %%
@when_solved
def name_the_leaks():
    for name, pipeline in PIPELINES.items():
        print(f"{name}: score {run(pipeline):4.0%}, leak: {find_the_leak(pipeline)}")


# %% [markdown]
# A search for words is a modest reviewer: it knows only the leaks of this list, in this spelling. Its questions are what is worth keeping. Ask them of your own
# code: what has seen the test rows before the last line?
#
# ## 7. How sure is a score?
#
# "80 % right", on five clips, or on five hundred? Another test set would have given another number. How different, the *bootstrap* guesses from the one test set
# you have: draw n of its n answers *with replacement*, so that some come twice and others not at all, take the accuracy, and do this a thousand times. Between
# the percentiles 2.5 and 97.5 of these accuracies lie 95 % of them: the *confidence interval*.

# %% exercise="bootstrap_ci"
def bootstrap_ci(correct, rng):
    """95 % confidence interval of an accuracy, by the bootstrap.

    Parameters
    ----------
    correct : bool array (n,)
        For each test row, n at least 1, whether the classifier was right.
    rng : numpy.random.Generator
        Draws the resamples: an equal generator gives an equal interval, another generator draws others. No other source of randomness is used.

    Returns
    -------
    lo, hi : two floats
        Shares from 0 to 1. A resample is n values drawn from correct with replacement, all equally likely, and its accuracy is their mean. lo is
        the 2.5th percentile and hi the 97.5th of the accuracies of 1000 or more resamples.

    Examples
    --------
    >>> lo, hi = bootstrap_ci(np.repeat([True, False], [80, 20]), np.random.default_rng(0))
    >>> round(float(lo), 1), round(float(hi), 1)
    (0.7, 0.9)
    """
    ### BEGIN SOLUTION
    resamples = rng.choice(correct, (1000, len(correct)))
    lo, hi = np.percentile(np.mean(resamples, axis=1), [2.5, 97.5])
    return lo, hi
    ### END SOLUTION


# %% check="bootstrap_ci" points=4
answer = bootstrap_ci(np.repeat([True, False], [80, 20]), np.random.default_rng(0))
assert len(answer) == 2, f"{len(answer)} values came back; return the pair lo, hi"
lo, hi = answer
assert np.ndim(lo) == 0 and np.ndim(hi) == 0, f"your lo has shape {np.shape(lo)} and your hi {np.shape(hi)}; return two numbers"
assert 0.68 < lo < 0.76, f"your lo is {lo:.3g}; of 100 answers 80 are right, and the lower end lies near 0.72"
assert 0.84 < hi < 0.92, f"your hi is {hi:.3g}; of 100 answers 80 are right, and the upper end lies near 0.88"

# %% [markdown] why="bootstrap_ci"
# `rng.choice` draws with replacement unless it is told otherwise; a row of its result is a resample of n answers. The mean along a row is that resample's accuracy,
# and of the thousand accuracies the percentiles 2.5 and 97.5 cut off one fortieth at either end.

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Solve it for one resample: n answers drawn, their mean. Then a thousand of them, and last the two percentiles.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `rng.choice(values, size)` draws with replacement, also a whole array of (1000, n). `np.mean(…, axis=1)` is one mean a row. `np.percentile(values, [low,
# high])` takes percentages from 0 to 100.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `resamples = rng.choice(correct, (…, len(correct)))`, then `np.percentile(np.mean(resamples, axis=…), [2.5, …])`.
#
# </details>

# %% [markdown]
# **Look**: a classifier that is right on 80 % of all clips in the world is tested by forty people, on 25 clips each, and by forty others on 250. Each bar is the
# interval that one of them reports.

# %%
@when_solved
def forty_studies():
    rng = np.random.default_rng(3)
    _, axes = plt.subplots(1, 2, figsize=(9, 2.8), sharey=True)
    for axis, n in zip(axes, (25, 250), strict=True):
        intervals = np.array([bootstrap_ci(rng.random(n) < 0.8, rng) for _ in range(40)])
        misses = (intervals[:, 0] > 0.8) | (intervals[:, 1] < 0.8)
        axis.vlines(np.arange(40), *intervals.T, colors=np.where(misses, "C3", "C0"), linewidth=3)
        axis.axhline(0.8, color="black", linewidth=0.8)
        axis.set(title=f"{n} clips each: {misses.sum()} of 40 miss the truth", xlabel="study")
        print(f"{n:3} clips: mean width {np.mean(np.diff(intervals)):.2f}")
    axes[0].set_ylabel("accuracy")
    plt.show()


# %% [markdown]
# *With ten times as many clips the bars are about a third as long, as √10 says. Red ones miss the line: about one in twenty does, and whoever owns it cannot know.*
#
# One warning. The bootstrap takes each answer for a witness of its own. Five clips of one take are one witness who speaks five times: the interval comes out too
# narrow. Where clips come in takes, give it one answer a take, or resample takes.

# %%
@when_solved
def ask_the_witnesses():
    train, test = group_split(takes, 0.3, np.random.default_rng(2))
    right = nearest.fit(X[train], kind[train]).predict(X[test]) == kind[test]
    one_each = right[np.unique(takes[test], return_index=True)[1]]
    for name, answers in (("all clips", right), ("one a take", one_each)):
        lo, hi = bootstrap_ci(answers, np.random.default_rng(0))
        print(f"{name:10} n = {len(answers):2}  accuracy {np.mean(answers):.0%}, 95 % interval {lo:.0%} to {hi:.0%}")


# %% [markdown]
# ## In your own words: the result
#
# Write the result of the instrument classifier as you would for somebody who wants to rely on it, in four to seven sentences. What was held out, and how was it
# drawn? What is the score, with its interval and against which baseline? Which instruments are taken for each other, and does it sound plausible when
# you listen to clips of them? What does the result *not* say?
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: says that whole takes were held out, gives an honest score with interval and chance level from this notebook, names a confusion that it shows, and
#   at least one limit (for instance: synthetic sounds, one note a take, few takes, clips of a take that are no independent witnesses).
# - *1 point*: gives a score and how it was held out, but no uncertainty, or no limit.
# - *0 points*: neither, or the score by rows is passed off as the result.

# %% [markdown] reflection="the_result" points=2
# ### BEGIN SOLUTION
# Forty-two synthetic takes by three instruments, five clips each, were split so that 30 % of the takes, drawn at random, were held out with all their clips. On ten such
# splits a nearest neighbour of 16 mel levels named the instrument far more often than the one in three of chance, but far less often than the 97 % it
# reaches when clips of one take lie on both sides. With one answer a take there are only 13 in a test, so the interval is about 50 points wide, and I
# would not trust the second digit. Flutes and reeds with similar decay are taken for each other, which I can follow by ear; soft clips in a loud hiss
# sound alike to me too. The result says nothing about real instruments, rooms, or melodies, for each take holds one note of one synthetic player.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - A score answers the question that its held-out rows ask. Hold out what will be new: takes, players, rooms.
# - A confusion matrix says who is taken for whom. Recall reads along its rows, precision down its columns.
# - Whatever learns comes after the split: scalers, chosen columns, chosen settings. Choose on validation rows, ask the test once.
# - Duplicates and sorted rows spoil a split that looks right.
# - A score without an interval is half a number, and clips of one take are one witness.
#
# Next, lesson 09: which note is it?
