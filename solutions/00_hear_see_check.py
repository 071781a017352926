# ---
# jupyter:
#   course:
#     title: Hear, see, check
#     given: []
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Hear, see, check
#
# Welcome. In this course you write small pieces of code, hear and see what they do, and are told at once whether they are right, or else which
# mistake was made. This first notebook shows how that works. It has three short exercises, a quiz, and a question that a person reads.
#
# **Afterwards you can**
# - run a notebook, cell by cell, and start it afresh
# - listen without harm to your ears
# - read the message of a check, and say what "not attempted" means
# - count the samples of a sound, describe its length and its level, and make silence
#
# **You need** a little Python: functions, `return`, and arrays of numpy. No other lesson comes before. **Time**: about an hour; two if notebooks are
# new to you.
#
# **Not in this lesson**: how tones are made (01), files (02), spectra (03).
#
# ## Running cells
#
# A notebook is a column of *cells*. This one holds text; the next one holds Python. Click on it and press Shift and Enter: it runs, what it prints
# appears below it, and the next cell is selected. A star in brackets, `[*]`, means that it is still at work; afterwards the brackets hold a number that tells which cell
# ran when.

# %%
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display

print("The cell has run. numpy is version", np.__version__)

# %% [markdown]
# Cells share a memory: what one defines, the later ones know. So run them **in order, from the top**. If something looks odd, choose "Restart kernel
# and run all cells" in the menu: it forgets everything and begins anew. Cells of the course cannot be edited; those with exercises can, and you
# may add cells of your own wherever you like, to try things out.
#
# ## Listening safely
#
# A mistake in audio code is often *loud*: a wrong factor, and a whisper becomes a scream. So, always:
#
# 1. Set the volume of your computer **low** before you play a sound for the first time.
# 2. With headphones, put them on only **after** the first sound has been played.
# 3. If it is too loud, stop it first and wonder later.
#
# The sounds of this course are quiet, and begin and end softly. Your own may not be.
#
# **Listen.** A tone of a second, at a tenth of the largest level that a player takes.

# %%
sr = 16000
seconds = np.arange(sr) / sr
fade = np.minimum(1, 50 * np.minimum(seconds, 1 - seconds))
tone = 0.1 * fade * np.sin(2 * np.pi * 440 * seconds)


def play(y, sr):
    """Shows a player that leaves the level as it is."""
    display(Audio(np.clip(y, -1, 1), rate=sr, normalize=False))


play(tone, sr)

# %% [markdown]
# That sound is a row of 16000 numbers, called *samples*. `sr`, the *sampling rate*, says how many of them make a second. Samples lie between
# -1 and 1, and 1 is called *full scale*.
#
# **Look.** The first 20 milliseconds: the tone fades in, and swings up and down 440 times a second.

# %%
plt.figure(figsize=(9, 2.2), layout="constrained")
plt.plot(1000 * seconds[:320], tone[:320])
plt.xlabel("time (ms)")
plt.ylabel("y")
plt.show()

# %% [markdown]
# *A wave that grows from nothing to a height of 0.1.*
#
# One more thing to know about players. That of IPython, unless told otherwise, *normalises*: it multiplies each sound by the one factor that
# brings its largest sample to full scale. Here is what that does, except that we stop at a fifth of full scale, for the sake of your ears.
#
# **Listen.** The first two players leave the level as it is: the second tone is half as high, and softer. The last two play the same two tones,
# normalised: they sound alike. Whatever you wanted to hear about the level is lost.

# %%
def normalised(y):
    return 0.2 * y / np.max(np.abs(y))


play(tone, sr)
play(0.5 * tone, sr)
play(normalised(tone), sr)
play(normalised(0.5 * tone), sr)

# %% [markdown]
# ## Reading a check
#
# Below each exercise stands a *check*. It runs your function on an example. If nothing happens, all is well. Otherwise it says a fact about
# your answer, and then the next step. Here is a function with a mistake, and the message of its check. (Python shows it in red, with some lines
# of its own above. Read the **last line** first.)

# %%
def twice_as_loud(y):
    return y + 2


try:
    y = twice_as_loud(np.array([0.1, -0.2]))
    assert abs(y[0] - 0.2) < 1e-6, f"0.1 became {y[0]:.1f}; twice as loud it is 0.2: multiply each sample"
except AssertionError as error:
    print("AssertionError:", error)

# %% [markdown]
# The visible check shows one example only. When the notebook is graded, hidden checks try many more, always of what the exercise's description
# says, and never of anything else. If one fails, you are told what came and what was expected, and, if your mistake is a known one, which it is.
# You get a share of the points for what is right.
#
# ## Not attempted
#
# Each exercise comes with the line `raise NotImplementedError(…)`. It stands where your answer belongs. While it is there, the check below stops
# with a `NotImplementedError`, and the exercise counts as *not attempted*. That is no mistake, and it does not get in the way of the others: it only
# means that nobody has tried yet. Replace that line, indented as it is, and run the cell, then the check.
#
# If the course is installed where you are, you can have the notebook graded as often as you like. Save it first, then type in a terminal:
#
# `python -m autograder check 00_hear_see_check.ipynb`
#
# ## 1. How many samples?
#
# A second has `sr` samples, so a sound of `duration` seconds has `duration * sr`. But a number of samples must be whole, and computers calculate
# with fractions that are a tiny bit off: Python says that `2.01 * 8000` is 16079.999999999998. So round, to the nearest.

# %% exercise="seconds_to_samples"
def seconds_to_samples(duration, sr):
    """Number of samples in a stretch of time.

    Parameters
    ----------
    duration : float
        Length in seconds, 0 or more.
    sr : int
        Sampling rate in Hz: samples a second.

    Returns
    -------
    int
        duration * sr, rounded to the nearest whole number. (Where it lies just halfway between two, either will do.)

    Examples
    --------
    >>> seconds_to_samples(0.5, 8000)
    4000
    """
    ### BEGIN SOLUTION
    return round(duration * sr)
    ### END SOLUTION


# %% [markdown] why="seconds_to_samples"
# `duration * sr` is seldom exactly the whole number that it means: 2.01 * 8000 comes out as 16079.999999999998, and 0.28 * 11025 as
# 3087.0000000000005. `round` goes to the nearest whole number and gives an `int`, which a length or an index must be. `int` alone cuts off
# and loses a sample of the first; `np.ceil` adds one to the second, and is a float besides.

# %% check="seconds_to_samples" points=2
n = seconds_to_samples(0.5, 8000)
assert isinstance(n, (int, np.integer)), f"your result is {n!r}, of type {type(n).__name__}; return a whole number, an int"
assert n == 4000, f"half a second at 8000 samples a second came out as {n}; it has 4000 samples"

# %% [markdown]
# Below each check you find three hints, each of which gives away more than the one before. Click on one to open it. Try without first.
#
# <details><summary>Hint 1: where to look</summary>
#
# There are two steps: multiply, then make the product a whole number.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# Python's own `round` goes to the nearest whole number and returns an int. `int` cuts off everything after the point, so it makes 16079 of
# 16079.999999999998. `np.round` rounds as well, but what it returns is still a float.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return round(…)`
#
# </details>

# %% [markdown]
# ## 2. Describe a sound
#
# Before you play a sound that you do not know, ask how long it is and how loud. The *peak* is its largest excursion, upwards or downwards. The *rms*
# (root mean square) comes closer to what ears call loud: square all samples, take their mean, and then the root, which brings it back to the
# unit of the samples.
#
# $$\text{rms} = \sqrt{\frac{y_0^2 + y_1^2 + \ldots + y_{n-1}^2}{n}}$$
#
# In files, samples are often whole numbers of 16 bits (`int16`), from -32768 to 32767, and there a trap is waiting: a result that does not fit into 16 bits
# starts again from the other end. The square of 1000 becomes 16960, and the absolute value of -32768 stays -32768. Convert such samples to floats first.

# %% exercise="describe"
def describe(y, sr):
    """Length and level of a sound.

    Parameters
    ----------
    y : array (n,)
        Samples: floats, or whole numbers of 16 bits (dtype int16, -32768 to 32767).
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    dict
        With four keys: "duration", n / sr in seconds, a float; "n_samples", n, an int; "peak", the largest absolute value; "rms", the
        root of the mean of the squares. Peak and rms are in y's own units: nothing is scaled.

    Raises
    ------
    ValueError
        If y is empty (n = 0).

    Examples
    --------
    >>> describe(np.array([0.3, -0.4, 0.0, 0.0]), 8)
    {'duration': 0.5, 'n_samples': 4, 'peak': 0.4, 'rms': 0.25}
    """
    ### BEGIN SOLUTION
    if len(y) == 0:
        raise ValueError("y has no samples, and so neither peak nor rms")
    y = y.astype(float)
    return {
        "duration": len(y) / sr,
        "n_samples": len(y),
        "peak": float(np.max(np.abs(y))),
        "rms": float(np.sqrt(np.mean(y**2))),
    }
    ### END SOLUTION


# %% [markdown] why="describe"
# Root, mean, square: the name read backwards is the order of the steps. The mean of the samples themselves would let up and down cancel,
# and a standard deviation first takes an offset away, which carries power like anything else. Whole numbers become floats before anything
# is computed: with 16 bits the square of 200 no longer fits, and -32768 has no positive counterpart. An empty signal is refused first, with
# a message that says what is wrong; NumPy's own, from deep inside a maximum, would not.

# %% check="describe" points=4
said = describe(np.array([0.3, -0.4, 0.0, 0.0]), 8)
assert isinstance(said, dict), f"describe returned a {type(said).__name__}; return a dict with four keys"
assert set(said) == {"duration", "n_samples", "peak", "rms"}, f"your keys are {sorted(said)}; they must be duration, n_samples, peak and rms"
assert said["n_samples"] == 4, f"n_samples is {said['n_samples']}; the array holds 4"
assert abs(said["duration"] - 0.5) < 1e-6, f"duration is {said['duration']}; 4 samples at 8 a second last 0.5 seconds"
assert abs(said["peak"] - 0.4) < 1e-6, f"peak is {said['peak']}; the largest excursion goes down, to -0.4, so it is 0.4"
assert abs(said["rms"] - 0.25) < 1e-6, f"rms is {said['rms']}; the squares are 0.09, 0.16, 0 and 0, their mean is 0.0625, the root of it 0.25"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# There are six steps, a line each: refuse an empty array, make floats of the samples, then the four values.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `len(y)` counts. `y.astype(float)` makes floats. `np.abs`, `np.max`, `np.mean` and `np.sqrt` do what their names say, and `y**2` squares every
# sample. `raise ValueError("…")` refuses, and the text in quotes says why.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return {"duration": …, "n_samples": …, "peak": np.max(…), "rms": np.sqrt(np.mean(…))}`
#
# </details>

# %% [markdown]
# **Look.** Your `describe`, asked about the tone from above, about the same tone half as high, and about both as 16-bit numbers.

# %%
def when_solved(show):
    """Calls show(). While an exercise that it needs is unsolved, says so instead."""
    try:
        show()
    except NotImplementedError:
        print("Solve the exercise above first, then run this cell again.")


@when_solved
def see_four_descriptions():
    for y in (tone, 0.5 * tone, (32767 * tone).astype(np.int16), (32767 * 0.5 * tone).astype(np.int16)):
        print(f"{y.dtype!s:8}", {key: round(float(value), 4) for key, value in describe(y, sr).items()})


# %% [markdown]
# *Half the height is half the peak and half the rms. And a tone's rms is about 0.7 of its peak, which lesson 01 explains.*
#
# ## 3. Silence
#
# Silence is a sound as well, and a useful one: pauses are made of it. In a computer it can be perfect. Every sample is exactly 0.

# %% exercise="silence"
def silence(duration, sr):
    """Digital silence.

    Parameters
    ----------
    duration : float
        Length in seconds, 0 or more.
    sr : int
        Sampling rate in Hz.

    Returns
    -------
    float array (n,)
        Zeros, as many as seconds_to_samples(duration, sr) says, in one dimension. They are floats, as the samples of all signals in
        this course are.

    Examples
    --------
    >>> silence(0.5, 8)
    array([0., 0., 0., 0.])
    """
    ### BEGIN SOLUTION
    return np.zeros(seconds_to_samples(duration, sr))
    ### END SOLUTION


# %% [markdown] why="silence"
# `np.zeros` gives floats that are exactly 0, and a single number as its shape gives one dimension. The shape (n, 1) would be a table with
# one column, and added to a signal of shape (n,) NumPy would make a table of n × n of the two. The length comes from `seconds_to_samples`,
# so that tone and silence of the same duration have the same length.

# %% check="silence" points=2
y = np.asarray(silence(0.5, 8))
assert y.shape == (4,), f"half a second at 8 samples a second has shape {y.shape}; return 4 samples in one dimension, (4,)"
assert y.dtype.kind == "f", f"your samples are of type {y.dtype}; signals are made of floats"
assert np.all(y == 0), f"your largest sample is {np.abs(y).max():.3g}; silence is exactly 0"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# How many samples? You have a function for that. Which value has each of them?
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `np.zeros` makes an array of zeros, of floats unless told otherwise. Its argument is their number.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `return np.zeros(…)`
#
# </details>

# %% [markdown]
# **Listen.** Your silence between two tones: a second of tone, half a second of nothing, the tone again.

# %%
@when_solved
def hear_a_pause():
    play(np.concatenate([tone, silence(0.5, sr), tone]), sr)


# %% [markdown]
# ## 4. A quiz
#
# Some questions have a few answers to choose from. The cell below such a question only looks whether your answer is one of the letters. Whether it is the
# right one, and if not, why, you learn when the notebook is graded.
#
# **Question 1.** `-tone` is the tone turned upside down: wherever one goes up, the other goes down by exactly as much. You play the sum of the two,
# `tone + (-tone)`, in a player that *normalises*. What do you hear?
#
# - "a": the tone, as loud as the player makes every sound
# - "b": the tone, twice as loud as one of the two
# - "c": nothing
# - "d": a hiss: what little is left, made as loud as possible
#
# Write the letter, in quotes, after `return`.

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q1"
# Each sample of `tone` meets its own opposite, so the sum is exactly 0 everywhere. A player that normalises multiplies everything by one
# factor, and 0 times any factor is 0. Only a remainder could be made loud, and there is none.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## In your own words
#
# Last, something that no program can grade. Play the four players of the section "Listening safely" once more, with the volume low. Then answer the
# question below, in two to five sentences. A person reads it.
#
# **How it is graded** (2 points)
#
# - *2 points*: says which tones sounded different and which alike, **and** names the factor that each was multiplied by as the reason.
# - *1 point*: one of the two.
# - *0 points*: neither.
#
# A text is written in a cell, too: double-click on it, replace the line, and press Shift and Enter.

# %% [markdown] reflection="what_normalising_did" points=2
# Of the four players, which differed in loudness, and which did not? What had been done to the last two? When would a player that does so mislead you?
#
# ### BEGIN SOLUTION
# The first tone was louder than the second; the third and the fourth were equally loud, and louder than both. The last two were normalised: each was
# multiplied by a factor of its own, here 2 and 4, so that its peak became 0.2. That takes away the difference which I had made. It would mislead
# me whenever the level is what I want to judge: whether noise is low, whether one of two sounds is softer, whether my function halved anything at all.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - Run cells in order. When in doubt, restart and run all.
# - Volume low first. Headphones on afterwards.
# - A check says a fact, then the next step. "Not attempted" only means that the stub is still there.
# - A number of samples is a whole number: round it, do not cut it off.
# - Peak is the largest excursion, rms the root of the mean of the squares. Whole numbers of 16 bits overflow; floats do not.
# - A player that normalises makes everything equally loud. This course's `play` does not.
#
# Next, lesson 01: tones from nothing but a formula.
