# ---
# jupyter:
#   course:
#     title: Silence or sound? First classifiers
#     given: [tones, wav, spectrograms, datasets]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Silence or sound? First classifiers
#
# A child tells a second of silence from a second of a tone. Can a program learn it from examples, without being told what sound
# is? The original of this course got 100 % on this task, with two lines of scikit-learn. You will get 100 % too, and then find
# out what it is worth.
#
# **Afterwards you can**
# - classify by the nearest neighbour, by a threshold, and by logistic regression, and say how each of them decides
# - turn a sum of weighted features into a probability, and measure how good probabilities are
# - fit a logistic regression by gradient descent, with nothing but NumPy
# - hold data out, compare with a baseline, and mistrust a perfect score
#
# **You need** lessons 02 (WAV files), 04 (the spectrogram as an image) and 06 (the data set); their functions are given here.
# **Time**: one to two hours.
#
# **Not in this lesson**: more than two classes (lesson 09), groups and cross-validation (lesson 08), penalties and their
# tuning.
#
# A row of a data matrix is a clip, a column a feature. Label 1 is sound, 0 is silence. Each docstring says all that its
# function is graded on; the cell below it shows one example. Set the volume low before you play the first sound.

# %%
import pickle

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from given.datasets import create_dataset, load_dataset
from given.spectrograms import mel_spectrogram, spectrogram_image, to_db
from given.tones import add_fades, tone_sequence
from given.wav import write_wav

SR = 11025


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
# **Question 1** (from lesson 06). A folder holds `second_2_label_1.png` and `second_10_label_1.png`. A program lists the names and sorts them, as
# texts. Which one comes first?
#
# - "a": `second_2_label_1.png`, because 2 is less than 10
# - "b": `second_10_label_1.png`, because "1" comes before "2"
# - "c": `second_2_label_1.png`, because its name is shorter
# - "d": the one that was written first

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "b"
    ### END SOLUTION


# %% [markdown] why="q1"
# Texts are compared character by character, and at the first that differs stands a "1" in one name and a "2" in the other. What follows is not looked
# at any more. `load_dataset` therefore sorts by the number, or the rows would not be in the order of time.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 2** (from lesson 04). A tone gets 20 dB softer. Its `spectrogram_image` shows 80 dB between black and white. What happens to the tone's pixels
# if 0 dB is the same for all images, and what if it is the loudest pixel of each image?
#
# - "a": they get darker by a quarter of the range in both cases
# - "b": they stay as they are in both cases
# - "c": with one 0 dB for all they stay as they are, with one for each image they get darker
# - "d": with one 0 dB for all they get darker by a quarter of the range, with one for each image they stay as they are

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION


# %% [markdown] why="q2"
# With one reference for all, 20 dB less are 20 of the 80 dB between black and white. With its own loudest pixel as the reference, an image has the tone at
# 0 dB before and after: the level is thrown away. What comes of that, the end of section 4 shows.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 3** (from lesson 01). How many samples long is one period of a tone of 500 Hz, at a sampling rate of 11025 Hz?
#
# - "a": 0.045
# - "b": 500
# - "c": 22.05
# - "d": 22, since there are no parts of a sample

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q3"
# 11025 samples are a second, and a second holds 500 periods: 11025 / 500 = 22.05 samples each. A period need not end on a sample; the next one then
# begins a little later between two of them.

# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## The data: ten tones and ten silences
#
# **Listen** to the beginning of the recording: a second of 500 Hz, a second of silence, a second of 1000 Hz, a second of
# silence. It goes on in steps of 500 Hz up to 5000 Hz.

# %%
FREQS = 500 * np.arange(1, 11)
recording = 0.25 * tone_sequence(FREQS, SR)

play(0.4 * recording[: 4 * SR], SR)


# %% [markdown]
# The recording becomes a WAV file, each of its seconds an image, and the images a data matrix: one row a second, one column a
# pixel.

# %%
def images_of(name, y):
    """Writes y as name.wav, draws each second of it into the folder name, and reads the folder back: (data, images, labels)."""
    write_wav(f"{name}.wav", y, SR)
    create_dataset(f"{name}.wav", name)
    return load_dataset(name)


data, images, labels = images_of("once", recording)
print("data", data.shape, " images", images.shape, " labels", labels)

# %%
figure, axes = plt.subplots(1, 6, figsize=(10, 2.6), sharey=True)
for axis, image, label in zip(axes, images, labels):
    axis.imshow(image, cmap="gray", vmin=0, vmax=1, aspect="auto")
    axis.set(title=f"label {label}", xlabel="frame")
axes[0].set_ylabel("pixel row, low tones at the bottom")
plt.show()

# %% [markdown]
# *The first six seconds. A tone is a thin bright line, which climbs from tone to tone; silence is black, because 0 dB is the
# same for all.*
#
# ## 1. The nearest neighbour
#
# The oldest idea of all: a new clip is what the most similar known clip is. How similar two rows are, their Euclidean distance says, the
# straight line from one to the other: $\sqrt{\sum_k (a_k - b_k)^2}$. The root may be left out, since it changes no order.

# %% exercise="nearest_neighbour"
def nearest_neighbour(X_train, y_train, X):
    """Label each row of X with the label of the training row nearest to it.

    Parameters
    ----------
    X_train : array (n, d)
        Training rows, at least one.
    y_train : array (n,)
        Their labels, any whole numbers.
    X : array (m, d)
        Rows to label, at least one, with as many columns as X_train.

    Returns
    -------
    array (m,)
        For each row of X the label y_train[i] of that training row i whose Euclidean distance to it is smallest. Of several rows
        equally near the first counts.

    Examples
    --------
    >>> nearest_neighbour(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([5, 7]), np.array([[1.0, 1.0], [3.0, 3.0]]))
    array([5, 7])
    """
    ### BEGIN SOLUTION
    found = []
    for row in X:
        distances = np.sum((X_train - row) ** 2, axis=1)
        found.append(y_train[np.argmin(distances)])
    return np.array(found)
    ### END SOLUTION


# %% [markdown] why="nearest_neighbour"
# `X_train - row` takes the row from every training row at once, and the squares summed along axis 1 give one distance a training row. The
# root is left out: the smallest square belongs to the smallest distance. Without squares, differences of opposite sign would cancel; along
# axis 0 there would be one number a feature. `np.argmin` takes the first of equals, as the contract asks, and since it is a position,
# `y_train` turns it into the label.

# %% check="nearest_neighbour" points=3
found = np.asarray(nearest_neighbour(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([5, 7]), np.array([[1.0, 1.0], [3.0, 3.0], [9.0, 9.0]])))
assert found.shape == (3,), f"3 rows went in, an array of shape {found.shape} came out; return one label for each row of X"
assert found[0] == 5, f"the row [1, 1] got the label {found[0]}; the training row nearest to it is [0, 0], whose label is 5"
assert found[1] == 7, f"the row [3, 3] got the label {found[1]}; the training row nearest to it is [3, 4], whose label is 7"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Solve it for one row of X first: n distances, the place of the smallest, the label at this place. Then repeat it for all rows.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `X_train - row` subtracts the row from every training row. `np.sum(..., axis=1)` adds along each row. `np.argmin` gives the
# place of the smallest value, and of several the first.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# In a loop over `X`: `distances = np.sum((…) ** 2, axis=…)`, then append `y_train[np.argmin(…)]`.
#
# </details>

# %% [markdown]
# **Try it**: each second gets the label of the nearest of the *other* seconds. How many of the ten tones will be recognised?
# Guess before you run the cell.

# %%
def labels_of_others(data, labels):
    """Each row's label as its nearest other row says."""
    others = [np.arange(len(data)) != i for i in range(len(data))]
    return np.array([nearest_neighbour(data[o], labels[o], data[[i]])[0] for i, o in enumerate(others)])


@when_solved
def ask_the_neighbours():
    found = labels_of_others(data, labels)
    for label, name in ((0, "silences"), (1, "tones")):
        print(f"{name} recognised: {np.sum(found[labels == label] == label)} of {np.sum(labels == label)}")
    print(f"distance of the first tone to a silence: {np.linalg.norm(data[0] - data[1]):.2f}")
    print(f"distance of the first tone to the second: {np.linalg.norm(data[0] - data[2]):.2f}")


# %% [markdown]
# Two tones have no bright pixel in common, so each differs from the other by *both* lines, and from silence by one line only.
# For this distance a tone that was never heard before resembles nothing so much as silence.
#
# So let every tone be heard more than once: four takes of the whole recording, each half as loud as the one before.

# %%
takes = np.concatenate([gain * recording for gain in (1.0, 0.5, 0.25, 0.125)])
takes_data, takes_images, takes_labels = images_of("takes", takes)


@when_solved
def ask_again():
    found = labels_of_others(takes_data, takes_labels)
    print(f"recognised: {np.sum(found == takes_labels)} of {len(takes_labels)}")


# %% [markdown]
# ## 2. From a sum to a probability
#
# A neighbour says yes or no. *Logistic regression* says how sure it is. It gives each pixel $x_k$ a weight $w_k$, adds up
# $z = w_1 x_1 + w_2 x_2 + \dots + b$, and turns the sum, which may be any number, into a probability by the S-shaped *sigmoid*
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# As a formula this is right. As a program it has a weak spot: $e^{1000}$ is larger than any float, and NumPy warns of an *overflow*.
# Where z is negative, another form of the same function helps: $\sigma(z) = e^{z} / (1 + e^{z})$.

# %% exercise="sigmoid"
def sigmoid(z):
    """Logistic function: any number becomes one between 0 and 1.

    Parameters
    ----------
    z : float array of any shape, or a number

    Returns
    -------
    float array of the same shape, or a number
        1 / (1 + exp(-z)). Large values, such as -1000 and 1000, give 0 and 1 (within 1e-6) without a warning of overflow or of an
        invalid value; a warning of underflow does no harm.

    Examples
    --------
    >>> sigmoid(np.array([0.0, np.log(3.0)]))
    array([0.5 , 0.75])
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # never above 1
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))
    ### END SOLUTION


# %% [markdown] why="sigmoid"
# 1 / (1 + e^-z) and e^z / (1 + e^z) are the same number, but each of them overflows on one side: e^1000 is no float. e^-|z| never exceeds
# 1, and `np.where` takes for each z the form that is written with it. The first form alone gives right values and a warning at -1000; the
# second alone gives infinity over infinity, NaN, at 1000.

# %% check="sigmoid" points=2
p = np.asarray(sigmoid(np.array([0.0, np.log(3.0)])))
assert p.shape == (2,), f"2 numbers went in, an array of shape {p.shape} came out; return one probability for each"
assert abs(p[0] - 0.5) < 1e-6, f"sigmoid(0) is {p[0]:.4g} with you; at 0 both answers are equally likely, 0.5"
assert abs(p[1] - 0.75) < 1e-6, f"sigmoid(ln 3) is {p[1]:.4g} with you; exp(-ln 3) is 1/3, and 1 / (1 + 1/3) is 0.75"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Which of the two forms takes exp of a large number, and for which z? Each form is safe on one side of 0.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.exp(-np.abs(z))` cannot overflow, and it is what both forms need. `np.where(condition, a, b)` chooses for each element. Or
# look for a ready-made function in `scipy.special`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `small = np.exp(-np.abs(z))`, then `np.where(z >= 0, … / (1 + small), … / (1 + small))`.
#
# </details>

# %% [markdown]
# **Look**: the sigmoid is nearly straight around 0 and flat far away from it. Adding 1 to z changes the mind of a doubter, not
# of somebody who is sure.

# %%
@when_solved
def draw_the_sigmoid():
    z = np.linspace(-8, 8, 200)
    p = sigmoid(z)
    plt.figure(figsize=(6, 2.6))
    plt.plot(z, p)
    plt.axhline(0.5, color="grey", linewidth=0.5)
    plt.xlabel("weighted sum z")
    plt.ylabel("probability of sound")
    plt.show()


# %% [markdown]
# ## 3. What a wrong probability costs
#
# One model says "sound, 60 %", another "sound, 99 %". If it was sound, the second was better. If it was silence, the second was
# much worse. The *log-loss* charges each clip minus the logarithm of the probability that was given to its true label: $p$ if
# the label is 1, $1 - p$ if it is 0, and takes the mean over the clips:
#
# $$L = -\frac{1}{n} \sum_i \big( y_i \ln p_i + (1 - y_i) \ln (1 - p_i) \big)$$
#
# This is what the fit makes small. (The original says that the fit "optimizes the logistic function". The function stays as it
# is; w and b are chosen, and the log-loss decides which are best.)

# %% exercise="log_loss"
def log_loss(y, p):
    """Mean log-loss of probabilities, with the natural logarithm.

    Parameters
    ----------
    y : array (n,)
        True labels, 0 or 1, at least one.
    p : float array (n,)
        Probabilities of label 1, from 0 to 1, both included.

    Returns
    -------
    float
        -mean(y * log(p) + (1 - y) * log(1 - p)), where p is first clipped to the range 1e-15 to 1 - 1e-15: so the loss is finite even
        for p = 0 and p = 1.

    Examples
    --------
    >>> round(float(log_loss(np.array([1, 0]), np.array([0.8, 0.4]))), 4)
    0.367
    """
    ### BEGIN SOLUTION
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    ### END SOLUTION


# %% [markdown] why="log_loss"
# Each clip costs minus the logarithm of the probability that was given to its true label: p for a 1, and 1 - p for a 0. Of the factors y
# and 1 - y one is always 0, and so the one that counts is left. The mean makes data sets of different sizes comparable. Without the clip a
# p of exactly 0 or 1 would give 0 · (-inf), NaN even where it is right; 1e-15 is too small to touch honest probabilities.

# %% check="log_loss" points=3
loss = log_loss(np.array([1, 0]), np.array([0.8, 0.4]))
assert np.ndim(loss) == 0, f"your loss has shape {np.shape(loss)}; return one number, the mean over the clips"
assert abs(loss - 0.3670) < 1e-3, f"your loss is {loss:.4f}; -ln 0.8 is 0.2231, -ln 0.6 is 0.5108, and their mean 0.3670"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The formula can be written down as it stands, for whole arrays. Before that, think of the logarithm of 0.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.clip(p, lowest, highest)` limits, `np.log` is the natural logarithm, `np.mean` does both the sum and the division by n.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `p = np.clip(p, …, …)`, then `-np.mean(y * … + (1 - y) * …)`.
#
# </details>

# %% [markdown]
# **Look**: the price of one clip that is in truth a sound. A coin, p = 0.5, costs ln 2. Being sure and right saves little;
# being sure and wrong costs without limit.

# %%
@when_solved
def draw_the_price():
    p = np.linspace(0.001, 0.999, 300)
    prices = [log_loss(np.array([1]), np.array([value])) for value in p]
    plt.figure(figsize=(6, 2.6))
    plt.plot(p, prices)
    plt.plot(0.5, np.log(2), "o", label="a coin")
    plt.xlabel("probability given to sound")
    plt.ylabel("log-loss if it was sound")
    plt.legend()
    plt.show()


# %% [markdown]
# ## 4. Fit, and score on what was held out
#
# Now scikit-learn shall find the weights, one a pixel. A model may know its training rows by heart, so a score on them says
# nothing. The usual way out: hold out 30 % of the rows, fit to the others, and count how many of the held-out rows are labelled
# rightly.
#
# Which rows are held out, chance decides, and `rng` is that chance: with an equal generator anybody can repeat your split.

# %% exercise="train_silence_classifier"
def train_silence_classifier(data, labels, rng):
    """Fit a logistic regression to 70 % of the rows and score it on the 30 % it has not seen.

    Parameters
    ----------
    data : float array (n, d)
        One clip a row, n at least 10. It is left as it is.
    labels : int array (n,)
        Their labels, 0 or 1, in any order, also sorted. They are left as they are.
    rng : numpy.random.Generator
        Draws which rows are held out: an equal generator gives an equal split, another generator another one. No other source of
        randomness is used.

    Returns
    -------
    model : sklearn.linear_model.LogisticRegression
        With scikit-learn's default settings, fitted to the rows that were not held out, and to them only.
    score : float
        Of the held-out rows, 30 % of all (rounded up or down) and drawn at random, the share that model labels rightly, from 0 to 1.

    Examples
    --------
    >>> rows = np.repeat([[0.0, 1.0], [1.0, 0.0]], 10, axis=0)
    >>> model, score = train_silence_classifier(rows, np.repeat([0, 1], 10), np.random.default_rng(0))
    >>> float(score), model.predict([[0.9, 0.1]])
    (1.0, array([1]))
    """
    ### BEGIN SOLUTION
    seed = int(rng.integers(2**32))
    X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.3, random_state=seed)
    model = LogisticRegression()
    model.fit(X_train, y_train)
    return model, model.score(X_test, y_test)
    ### END SOLUTION


# %% [markdown] why="train_silence_classifier"
# The split comes first, and from then on the model sees its own part only: fitted to all rows, or scored on the rows it was fitted to, it
# would be asked what it may know by heart. `train_test_split` shuffles rows and labels in one and the same order, so sorted labels do no
# harm. It takes no Generator; a whole number drawn from `rng` makes the split follow it, while a fixed `random_state` would give the same
# split to every generator.

# %% check="train_silence_classifier" points=5
answer = train_silence_classifier(takes_data, takes_labels, np.random.default_rng(7))
assert len(answer) == 2, f"{len(answer)} values came back; return the pair (model, score)"
model, score = answer
assert hasattr(model, "predict"), f"the first value is a {type(model).__name__}; return the fitted model first, then the score"
assert 0.8 <= score <= 1, f"your score is {score:.3g}; on the four takes nearly every held-out second is recognised, which is a score of about 1"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Three steps: split, fit on one part, score on the other. Rows and labels must be split in the same way, or they lose each
# other.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `train_test_split` splits both at once; its four results come in the order X_train, X_test, y_train, y_test. Its
# `random_state` takes no Generator, but a whole number, which `rng.integers(...)` draws. Or split yourself by the row numbers
# from `rng.permutation(n)`. A model has the methods `fit` and `score`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `… = train_test_split(data, labels, test_size=…, random_state=int(rng.integers(2**32)))`, then `LogisticRegression().fit(…,
# …)` and `model.score(…, …)` with the two parts that fit has not seen.
#
# </details>

# %% [markdown]
# **Is 100 % the answer?** Three trials. First the score on the four takes. Then the same model on ten tones between the old
# ones: 250 Hz, 750 Hz, … 4750 Hz. Then fits to labels that were shuffled, so that nobody can know them.

# %%
fresh = 0.25 * tone_sequence(FREQS - 250, SR)
fresh_data, fresh_images, fresh_labels = images_of("fresh", fresh)


@when_solved
def doubt_the_score():
    model, score = train_silence_classifier(takes_data, takes_labels, np.random.default_rng(7))
    found = model.predict(fresh_data)
    print(f"held-out seconds of the four takes: {score:.0%} right")
    print(f"seconds of the new recording:       {np.mean(found == fresh_labels):.0%} right")
    rng = np.random.default_rng(1)
    scores = [train_silence_classifier(takes_data, rng.permutation(takes_labels), rng)[1] for _ in range(10)]
    print(f"shuffled labels, mean of ten fits:  {np.mean(scores):.0%} right")

    deaf = (fresh_labels == 1) & (found == 0)
    if deaf.any():
        second = np.flatnonzero(deaf)[0]
        print(f"\nAs silent as the grave, says the model, is this tone of {FREQS[second // 2] - 250} Hz:")
        play(0.4 * fresh[second * SR : (second + 1) * SR], SR)

    bound = np.abs(model.coef_).max()
    plt.figure(figsize=(4, 3))
    plt.imshow(model.coef_.reshape(images[0].shape), cmap="RdBu_r", vmin=-bound, vmax=bound, aspect="auto")
    plt.colorbar(label="weight")
    plt.title("red speaks for sound")
    plt.xlabel("frame")
    plt.ylabel("pixel row, low tones at the bottom")
    plt.show()


# %% [markdown]
# *Ten red stripes, one for each tone of the recording, and next to nothing between them. Only the highest lie so close together
# that a new tone may touch them.* A pixel that was black in all training rows has weight 0. The model has not learnt what sound
# is, it has learnt ten lines by heart. And the held-out rows could not betray it: each of them had a brother among the training
# rows, the same tone in another take. **A perfect score answers only the question that the held-out rows ask.**
#
# *Why did the original get 100 % with a single take?* It drew each second relative to its own loudest pixel. So the softest rest
# in a silence, or even exact zeros, was lifted to 0 dB: no silence looked silent any more, and all of them looked alike. See for
# yourself, with exact zeros:

# %%
@when_solved
def repeat_the_originals_error():
    seconds = [mel_spectrogram(y, SR, 64) for y in recording.reshape(-1, SR)]
    own_reference = [spectrogram_image(np.maximum(db - db.max(), -80)) / 255 for db in seconds]
    brightness = np.mean(own_reference, axis=(1, 2))
    _, score = train_silence_classifier(np.reshape(own_reference, (20, -1)), labels, np.random.default_rng(7))
    print(f"each second with its own 0 dB, one take: {score:.0%} right")
    print(f"mean brightness of tones {brightness[labels == 1].mean():.2f}, of silences {brightness[labels == 0].mean():.2f}")


# %% [markdown]
# A hundred percent, for a wrong reason: this model has learnt that silence is white.
#
# ## 5. One number and a threshold
#
# Does it take a thousand pixels to hear whether there is a sound? One number should do: the level. A clip is called sound where
# its level is above a threshold. In a real hall the classes overlap: there is noise, and some tones are softer than it. So no
# threshold is without errors, and the best one is that with the fewest.

# %% exercise="fit_threshold"
def fit_threshold(levels_db, labels):
    """The level that separates silence from sound with the fewest errors.

    Parameters
    ----------
    levels_db : float array (n,)
        Levels of clips in dB, at least one, in any order.
    labels : int array (n,)
        1 for sound, 0 for silence. All may be the same.

    Returns
    -------
    float
        A finite threshold in dB. A clip is called sound where level > threshold (a clip exactly on it is called silence). No other
        threshold makes fewer errors, one below all levels and one above all levels included; where several are best, any of them will do.

    Examples
    --------
    >>> threshold = fit_threshold(np.array([-80.0, -20.0, -90.0, -10.0]), np.array([0, 1, 0, 1]))
    >>> bool(-80.0 <= threshold < -20.0)
    True
    """
    ### BEGIN SOLUTION
    candidates = np.append(levels_db, levels_db.min() - 1)
    errors = [np.sum((levels_db > candidate) != labels) for candidate in candidates]
    return float(candidates[np.argmin(errors)])
    ### END SOLUTION


# %% [markdown] why="fit_threshold"
# The number of errors changes only where the threshold passes a level, so it is enough to try the levels themselves, and one below them all
# for calling everything sound. Counting the errors of each is right also where the classes overlap. The middle of the two means, or the
# softest sound alone, follows a few unusual clips instead, and may make many more errors than necessary.

# %% check="fit_threshold" points=3
threshold = fit_threshold(np.array([-80.0, -20.0, -90.0, -10.0]), np.array([0, 1, 0, 1]))
assert np.ndim(threshold) == 0, f"a value of shape {np.shape(threshold)} came back; return one number, a level in dB"
assert -80 <= threshold < -20, f"your threshold is {threshold} dB; the silences lie at -90 and -80 dB and the sounds at -20 and -10 dB, so it belongs between -80 and -20"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The number of errors changes only where the threshold passes a clip's level. So a few candidates are enough: try each, count
# its errors, keep the best.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# Candidates are the levels themselves, and one value below all of them. `(levels_db > candidate) != labels` is True for each
# error, `np.sum` counts them, `np.argmin` finds the best.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `candidates = np.append(levels_db, …)`, then `errors = [np.sum(…) for candidate in candidates]` and
# `candidates[np.argmin(…)]`.
#
# </details>

# %% [markdown]
# **Listen** to four seconds from a hall: tone, pause, tone, pause, all of them in a noise whose level changes. Then see where
# your threshold cuts, and how it does on the tones that the pixels never learnt.

# %%
def levels_of(y):
    """The level of each second in dB."""
    return to_db(np.mean(y.reshape(-1, SR) ** 2, axis=1))


def record_in_a_hall(rng, n_times):
    """The ten tones n_times over, with a second of pause after each: tones of -55 to -20 dB in noise of -60 to -35 dB."""
    seconds = tone_sequence(np.tile(FREQS, n_times), SR).reshape(-1, SR)
    gains = 10 ** (rng.uniform(-55, -20, (len(seconds), 1)) / 20)
    noise = 10 ** (rng.uniform(-60, -35, (len(seconds), 1)) / 20) * rng.standard_normal(seconds.shape)
    return (gains * seconds + noise).ravel(), np.tile([1, 0], len(seconds) // 2)


hall, hall_labels = record_in_a_hall(np.random.default_rng(0), 6)
play(add_fades(hall[: 4 * SR], SR), SR)


@when_solved
def cut_by_level():
    threshold = fit_threshold(levels_of(takes), takes_labels)
    print(f"learnt from the four takes: sound above {threshold:.1f} dB; on the new tones "
          f"{np.mean((levels_of(fresh) > threshold) == fresh_labels):.0%} right")
    levels = levels_of(hall)
    threshold = fit_threshold(levels, hall_labels)
    errors = np.sum((levels > threshold) != hall_labels)
    print(f"in the hall: sound above {threshold:.1f} dB, {errors} errors in {len(levels)} seconds")

    plt.figure(figsize=(6, 2.6))
    plt.hist([levels[hall_labels == 0], levels[hall_labels == 1]], bins=20, label=["pause", "tone"])
    plt.axvline(threshold, color="black", label="threshold")
    plt.xlabel("level of a second (dB)")
    plt.ylabel("number of seconds")
    plt.legend()
    plt.show()


# %% [markdown]
# *The two heaps overlap: soft tones lie among the loud pauses, and whatever the threshold, some are on the wrong side.*
#
# A single number, well chosen, beats a thousand pixels on new tones. In the hall it is not enough.
#
# ## 6. Look inside: gradient descent
#
# What does `fit` do? It begins with weights of 0, asks in which direction the log-loss falls, takes a step there, and asks
# again. That direction is minus the *gradient*, and for logistic regression it has a form one can remember: error times
# feature.
#
# $$\frac{\partial L}{\partial w_k} = \frac{1}{n} \sum_i (p_i - y_i)\, x_{ik}, \qquad
# \frac{\partial L}{\partial b} = \frac{1}{n} \sum_i (p_i - y_i), \qquad p_i = \sigma(w \cdot x_i + b)$$
#
# The *learning rate* `lr` says how long a step is: each step subtracts lr times the gradient. You may use your `sigmoid`, or
# `scipy.special.expit`, which is the same function.

# %% exercise="fit_logreg_gd"
def fit_logreg_gd(X, y, lr, n_iter):
    """Logistic regression by gradient descent on the mean log-loss, without a penalty.

    Parameters
    ----------
    X : float array (n, d)
        Rows; standardised ones descend quickly.
    y : int array (n,)
        Labels, 0 or 1.
    lr : float
        Learning rate, positive.
    n_iter : int
        Number of steps, 0 or more.

    Returns
    -------
    w : float array (d,)
    b : float
        Both start at 0. Each of the n_iter steps uses all rows: with p = sigmoid(X @ w + b), computed once a step,
        w becomes w - lr * gw and b becomes b - lr * gb, where gw[k] = mean over the rows i of (p[i] - y[i]) * X[i, k]
        and gb = mean over the rows i of (p[i] - y[i]).

    Examples
    --------
    >>> w, b = fit_logreg_gd(np.array([[1.0], [3.0], [2.0]]), np.array([0, 1, 1]), lr=0.6, n_iter=1)
    >>> np.round(w, 6), round(float(b), 6)
    (array([0.4]), 0.1)
    """
    ### BEGIN SOLUTION
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(n_iter):
        error = sigmoid(X @ w + b) - y
        w = w - lr * (X.T @ error) / len(y)
        b = b - lr * np.mean(error)
    return w, b
    ### END SOLUTION


# %% [markdown] why="fit_logreg_gd"
# The gradient of the mean log-loss is `X.T @ (p - y) / n` for the weights and the mean of p - y for b, and each step goes against it.
# `error` is computed once, so that w and b move from the same place. With the sum in place of the mean, the step would grow with the data
# set. With b left at 0, the boundary would have to pass through the origin.

# %% check="fit_logreg_gd" points=5
w, b = fit_logreg_gd(np.array([[1.0], [3.0], [2.0]]), np.array([0, 1, 1]), lr=0.6, n_iter=1)
assert np.shape(w) == (1,), f"X has one column and your w the shape {np.shape(w)}; return one weight for each column"
assert abs(w[0] - 0.4) < 1e-6, f"after one step your w is {w[0]:.4g}; p is 0.5 everywhere, and w = 0.6 * mean(-0.5 * 1, 0.5 * 3, 0.5 * 2) = 0.4"
assert abs(b - 0.1) < 1e-6, f"after one step your b is {b:.4g}; p is 0.5 everywhere, and b = 0.6 * mean(-0.5, 0.5, 0.5) = 0.1"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# A loop of n_iter steps. In each: the probabilities, the error of each row, from it both gradients, then both steps. Take the
# error before w changes.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `X @ w + b` is z for all rows at once. `X.T @ error` adds up error times feature over the rows, one sum a column; divide it by
# the number of rows. `np.mean(error)` is the gradient of b.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# In the loop: `error = sigmoid(…) - …`, `w = w - lr * (… @ error) / len(y)`, `b = b - lr * …`.
#
# </details>

# %% [markdown]
# **Look**: the seconds from the hall by two features, standardised: the level, and the contrast, which is how far the brightest
# pixel stands above the mean of the picture. (A tone is a line, noise is an even grey.) On the left the log-loss after each
# step. On the right the seconds, and the line where your p is one half.

# %%
def contrast_of(y):
    """How far the brightest pixel of each second's image stands above the mean of the image, in dB."""
    seconds = [80 / 255 * spectrogram_image(mel_spectrogram(second, SR, 64)).astype(float) for second in y.reshape(-1, SR)]
    return np.array([image.max() - image.mean() for image in seconds])


features = np.column_stack([levels_of(hall), contrast_of(hall)])
X_hall = (features - features.mean(axis=0)) / features.std(axis=0)


@when_solved
def watch_the_descent():
    counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    fits = [fit_logreg_gd(X_hall, hall_labels, 0.5, n) for n in counts]
    losses = [log_loss(hall_labels, sigmoid(X_hall @ w + b)) for w, b in fits]
    w, b = fits[-1]
    errors = np.sum((X_hall @ w + b > 0) != hall_labels)
    print(f"log-loss from {losses[0]:.3f} (ln 2, a coin) to {losses[-1]:.3f}; {errors} errors in {len(hall_labels)} seconds")

    _, (left, right) = plt.subplots(1, 2, figsize=(10, 3))
    left.plot(counts, losses, "o-")
    left.set(xscale="symlog", xlabel="steps", ylabel="log-loss")
    for label, name in ((0, "pause"), (1, "tone")):
        right.plot(*X_hall[hall_labels == label].T, "o", label=name, alpha=0.6)
    level = np.array([X_hall[:, 0].min(), X_hall[:, 0].max()])
    right.plot(level, -(w[0] * level + b) / w[1], color="black", label="p = 0.5")
    right.set(xlabel="level, standardised", ylabel="contrast, standardised")
    right.legend()
    plt.show()


# %% [markdown]
# *The loss falls fast at first and then ever more slowly, and never rises. The line lies nearly flat: contrast decides, and the
# level hardly matters. The errors are far fewer than with the level alone.* A better feature did what no better classifier
# could.
#
# ## 7. Better than what?
#
# 90 % right, is that good? Not if nine seconds out of ten are silent: whoever always answers "silence" has it too, without
# listening. Such an answer is called a *baseline*. Every accuracy is worth only what it has more than that.

# %% exercise="beats_baseline"
def beats_baseline(model, X, y):
    """Whether a classifier is right more often than always answering the commonest label.

    Parameters
    ----------
    model : a fitted scikit-learn classifier
        It is asked as it is and not fitted again.
    X : float array (n, d)
        Rows, at least one.
    y : int array (n,)
        Their true labels: two or more different ones, not only 0 and 1.

    Returns
    -------
    bool
        True if the share of rows that model labels rightly is larger than the share of the commonest label in y. With a tie False.

    Examples
    --------
    >>> model = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    >>> beats_baseline(model, np.array([[0.0], [1.0], [0.9]]), np.array([0, 1, 1]))
    True
    """
    ### BEGIN SOLUTION
    accuracy = np.mean(model.predict(X) == y)
    baseline = max(np.mean(y == label) for label in np.unique(y))
    return bool(accuracy > baseline)
    ### END SOLUTION


# %% [markdown] why="beats_baseline"
# The baseline answers the commonest label without listening, and is right as often as that label occurs in y. One half is its share only
# where two labels are equally frequent. `>` and not `>=`, for who is merely as good as not listening has not beaten it. `bool` makes
# Python's own truth of NumPy's.

# %% check="beats_baseline" points=2
knows_0_from_1 = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
answer = beats_baseline(knows_0_from_1, np.array([[0.0], [1.0], [0.9]]), np.array([0, 1, 1]))
assert isinstance(answer, (bool, np.bool_)), f"{answer!r} came back; return True or False"
assert answer, "a model that is right on 3 of 3 rows was said not to beat a baseline that is right on 2"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two shares and one comparison. The share of the baseline does not depend on the model at all, only on y.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `model.predict(X) == y` is True where the model is right, and `np.mean` makes a share of it. `np.unique(y)` lists the labels
# that occur, also with `return_counts=True`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `accuracy = np.mean(…)`, `baseline = max(np.mean(y == label) for label in …)`, then compare the two.
#
# </details>

# %% [markdown]
# **Try it** on the pixels of section 4. On the four takes the model beats the baseline. And on the new recording? And on a
# third one, which has all its silences, but only its three lowest tones?

# %%
@when_solved
def compare_with_the_baseline():
    model, _ = train_silence_classifier(takes_data, takes_labels, np.random.default_rng(7))
    quiet = (fresh_labels == 0) | (np.arange(len(fresh_labels)) < 6)
    for name, X, y in (("four takes", takes_data, takes_labels), ("new recording", fresh_data, fresh_labels),
                       ("mostly silence", fresh_data[quiet], fresh_labels[quiet])):
        right, commonest = np.mean(model.predict(X) == y), np.bincount(y).max() / len(y)
        print(f"{name:15} {right:4.0%} right, commonest label {commonest:4.0%}, beats the baseline: {beats_baseline(model, X, y)}")


# %% [markdown]
# On a recording that is mostly silent it sounds good, and is no better than an answer given without listening.
#
# ## 8. Keep the model
#
# A fitted model is a Python object, and *pickle* writes such objects into files as they are. Whoever loads the file has the
# model, fitted as it was. One warning belongs to it: loading a pickle can run any code that is in it. Load only files whose
# origin you trust; lesson 11 shows what can be done about it.

# %% exercise="save_classifier"
def save_classifier(path, model):
    """Write a fitted model to a file by pickle.

    Parameters
    ----------
    path : str or Path
        The file to write. If it exists, it is replaced whole: afterwards the file holds this model and nothing else.
    model : a fitted scikit-learn classifier
        `pickle.load` of the file, in another Python process, gives a model with the same predictions.

    Examples
    --------
    >>> save_classifier("doctest.p", LogisticRegression().fit([[0.0], [1.0]], [0, 1]))
    >>> with open("doctest.p", "rb") as file:
    ...     pickle.load(file).predict([[0.9]])
    array([1])
    """
    ### BEGIN SOLUTION
    with open(path, "wb") as file:
        pickle.dump(model, file)
    ### END SOLUTION


# %% [markdown] why="save_classifier"
# Pickle writes bytes, hence the mode "wb", which also empties a file that is there: "ab" would leave the old model in front, and loading
# would find that one. What is written is the fitted model itself; its coefficients alone would need somebody who knows what to do with
# them, and its predictions cannot label a fresh clip. `with` closes the file, and only then is all of it sure to be written.

# %% check="save_classifier" points=2
knows_0_from_1 = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
save_classifier("check.p", knows_0_from_1)
with open("check.p", "rb") as file:
    loaded = pickle.load(file)
assert hasattr(loaded, "predict"), f"the file holds a {type(loaded).__name__}; write the fitted model itself"
assert list(loaded.predict([[0.1], [0.9]])) == [0, 1], "the loaded model answers otherwise than the one that was saved"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Two steps: open the file, write the model. A pickle is made of bytes and not of text.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `open` with the mode for writing bytes, which also empties a file that exists, and `pickle.dump(thing, file)`. `with` closes
# the file, even after an error.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `with open(path, "…") as file:` and in it `pickle.dump(…, …)`.
#
# </details>

# %% [markdown]
# **Try it**: save the model from section 4, load it again, and let it label the first six seconds of the recording. (The
# original loads its models without a word of that warning.)

# %%
@when_solved
def keep_the_model():
    model, _ = train_silence_classifier(takes_data, takes_labels, np.random.default_rng(7))
    save_classifier("silence_or_sound.p", model)
    with open("silence_or_sound.p", "rb") as file:
        print(pickle.load(file).predict(data[:6]), "and in truth", labels[:6])


# %% [markdown]
# ## In your own words: what is 100 % worth?
#
# Somebody reads that the original tells silence from sound with 100 %, and wants to build it into a recorder that starts by itself when music begins.
# Advise them, in four to seven sentences. Which question did the held-out rows of section 4 ask? What did the same model do on the new recording, and why?
# Against what would you compare its accuracy? What would you hold out, or use, instead?
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: says that each held-out second had its tone in training, in another take, so that the score says nothing about new tones; gives a figure from this
#   notebook that shows it, with its cause (pixels that were black in training have no weight); names a baseline; and says what should be held out, or
#   used, instead. For instance: tones, or a whole recording, that are not in training; the level and a threshold.
# - *1 point*: says that the score does not hold for new tones, but without a figure, or without a cause, or with nothing to do instead.
# - *0 points*: takes the 100 % for the answer, or calls it wrong without a reason.

# %% [markdown] reflection="what_100_percent_is_worth" points=2
# ### BEGIN SOLUTION
# The 100 % are true, but they answer a question that a recorder will never ask. Ten tones were played in four takes, and of each tone that was held out another
# take was in training: the rows asked whether known tones are known again. On a new recording, with tones between the old ones, the same model was
# right on 65 % of the seconds. It has given weight to the ten lines that were bright in training, and pixels that were black there count
# nothing, so a tone of 250 Hz is silence to it. Always answering the commonest label has 50 % there, and on a recording that is mostly silent 77 %, as much as the model.
# I would hold out whole tones, or a recording from another hall. And I would begin with the level and a threshold, which was right on all the new tones,
# and add the contrast where there is noise.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - The nearest neighbour needs a neighbour: a distance between pixels knows nothing of what pixels mean.
# - Logistic regression is a weighted sum, made a probability by the sigmoid. The fit chooses the weights that make the
#   log-loss small, step by step against the gradient.
# - A score is worth what its held-out rows are. Where each of them has a brother in training, 100 % says nothing about a new sound.
# - Compare with a baseline, and with one good feature and a threshold, before you praise a model.
# - A better feature does more than a better classifier.
#
# Next, lesson 08: how to hold out honestly.
