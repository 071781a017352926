# ---
# jupyter:
#   course:
#     title: Save, share, and the capstone
#     given: [features, filters, pickles, pitch, spectrograms, synthesis, tones, tunes, wav]
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Save, share, and the capstone
#
# A model that ends with its notebook is of use to nobody. In this lesson you save models, so that another program, another person, or you next
# year can use them; and you learn what can go wrong on the way, which is more than one would think. Then you walk through a museum. Its
# exhibits are the errors of the tutorial that this course grew out of; you know by now how to repair every one of them. At the end you write a
# program that listens to a tune and names its notes.
#
# **Afterwards you can**
# - save a model with a card that says what it needs, and load it only if it is the one that was meant
# - tell what a pickle would do, without letting it
# - predict from any WAV file in the same way as in training
# - find fourteen typical errors of machine learning on sound, and say what to do in place of each
# - turn a recording of a tune into the names of its notes
#
# **You need** WAV files (02), chroma (06), classifiers and their pickles (07), honest evaluation (08), notes (09); the functions that are used
# here are given. **Time**: about two hours. After exercise 4 is a good place for a pause.
#
# **Not in this lesson**: web services, signatures by public keys, neural networks.
#
# Signals are arrays of floats in one dimension; 1 is full scale. `sr` is the sampling rate in Hz. Each docstring says all that its function is
# graded on; the cell below it shows one example. Set the volume low before you play the first sound.

# %%
import hashlib
import json
import pickle
import warnings
from pathlib import Path

import librosa
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Audio, display
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from given.features import features_chroma
from given.pickles import pickle_globals, running_versions
from given.synthesis import harmonic_tone
from given.tunes import play_tune
from given.wav import read_wav, write_wav

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
# **Question 1** (from lesson 10). A model of the seven notes C to B hears a snare drum and answers G, with a probability of 0.97. What does this
# number say about the drum?
#
# - "a": its strongest frequency is that of a G, almost certainly
# - "b": the model must be overfitted, or it would have given 1/7 to each note
# - "c": next to nothing: the seven probabilities add up to 1 for every sound, also for one that is no note at all
# - "d": 97 % of its energy lies at the G

# %% exercise="q1"
def q1():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "c"
    ### END SOLUTION


# %% [markdown] why="q1"
# A classifier divides the whole of its belief among the labels that it knows, so seven probabilities add up to 1 for a drum as well. Nobody has
# ever asked it whether the sound is a note at all; that is a question for another detector, such as the one of lesson 10.

# %% check="q1" points=1
assert q1() in ("a", "b", "c", "d"), f"q1 returned {q1()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 2** (from lesson 08). From each of 40 takes ten clips were cut. All 400 clips are shuffled, 30 % are held out, and the score on them
# is 0.98. On clips from new takes it is 0.3. What went wrong?
#
# - "a": clips of one take lie on both sides of the split
# - "b": 30 % is too little to hold out
# - "c": shuffling has separated the clips from their labels
# - "d": the model is too simple

# %% exercise="q2"
def q2():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "a"
    ### END SOLUTION


# %% [markdown] why="q2"
# Ten clips of one take are nearly the same sound. If some of them train and others test, the test asks what the model has seen, and only new takes
# ask what it has learnt. The split must go between takes, not between clips.

# %% check="q2" points=1
assert q2() in ("a", "b", "c", "d"), f"q2 returned {q2()!r}; return one of the letters, in quotes"

# %% [markdown]
# **Question 3** (from lesson 05). `cents(f1, f2)` is the interval from f1 up to f2. What is `cents(440, 220)`?
#
# - "a": 1200
# - "b": -12
# - "c": -220
# - "d": -1200

# %% exercise="q3"
def q3():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "d"
    ### END SOLUTION


# %% [markdown] why="q3"
# From 440 Hz up to 220 Hz it goes down, and the logarithm of one half is negative: 1200·log2(220 / 440) = -1200. An octave is 1200 cents, in
# either direction.

# %% check="q3" points=1
assert q3() in ("a", "b", "c", "d"), f"q3 returned {q3()!r}; return one of the letters, in quotes"

# %% [markdown]
# ## Something to save
#
# Two models, as in the original: a logistic regression and a support vector machine. Both learn the seven notes C4 to B4 from chroma: twelve
# numbers a clip.

# %%
LETTERS = list("CDEFGAB")
MIDI = [60, 62, 64, 65, 67, 69, 71]


def note_clip(midi, sr, rng):
    """A note of half a second, a little out of tune, with one to five harmonics and a little noise."""
    f0 = 440.0 * 2 ** ((midi - 69 + rng.uniform(-0.25, 0.25)) / 12)
    y = 0.4 * harmonic_tone(f0, 0.5, sr, int(rng.integers(1, 6)), 0.5)
    return y + 0.005 * rng.standard_normal(y.size)


def note_rows(n_takes, rng):
    """Chroma and letters of n_takes clips a note."""
    X = np.array([features_chroma(note_clip(midi, SR, rng), SR) for midi in MIDI for _ in range(n_takes)])
    return X, np.repeat(LETTERS, n_takes)


SEED = 11
X, y = note_rows(10, np.random.default_rng(SEED))
X_fresh, y_fresh = note_rows(5, np.random.default_rng(SEED + 1))
logreg = LogisticRegression(C=100).fit(X, y)
svm = make_pipeline(StandardScaler(), SVC(C=10)).fit(X, y)
print(f"on fresh clips: logistic regression {logreg.score(X_fresh, y_fresh):.2f}, support vector machine {svm.score(X_fresh, y_fresh):.2f}")

# %% [markdown]
# ## 1. Two files
#
# The original ends by saving its two models, and so that its files and yours can take each other's place, the names are fixed.

# %% exercise="save_models"
def save_models(folder, logreg, svm):
    """Write two fitted models to two files, by pickle.

    Parameters
    ----------
    folder : str
        Where the files go. If the folder does not exist, it is made, and the folders above it as well.
    logreg : a fitted model
        Goes to the file logisticRegr.p in this folder.
    svm : a fitted model
        Goes to the file classifierSVM.p in this folder.

    `pickle.load` of each file, in another Python process, gives a model with the same predictions. A file that exists is replaced.

    Examples
    --------
    >>> save_models("doctest/models", LogisticRegression().fit([[0.0], [1.0]], [0, 1]), SVC().fit([[0.0], [1.0]], [2, 3]))
    >>> sorted(path.name for path in Path("doctest/models").iterdir())
    ['classifierSVM.p', 'logisticRegr.p']
    """
    ### BEGIN SOLUTION
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "logisticRegr.p", "wb") as file:
        pickle.dump(logreg, file)
    with open(folder / "classifierSVM.p", "wb") as file:
        pickle.dump(svm, file)
    ### END SOLUTION


# %% [markdown] why="save_models"
# `mkdir` with both settings makes whatever is missing and is content with whatever is there, so the function may be called twice. Each model has a
# file of its own, opened by "wb": that empties an old file first. One pickle with both models would work as well, but not for a program that looks
# for the two names.

# %% check="save_models" points=2
save_models("check_models", LogisticRegression().fit([[0.0], [1.0]], [0, 1]), SVC().fit([[0.0], [1.0]], [2, 3]))
names = sorted(path.name for path in Path("check_models").iterdir())
assert "logisticRegr.p" in names, f"the folder holds {names}; the first model goes to a file named logisticRegr.p"
assert "classifierSVM.p" in names, f"the folder holds {names}; the second model goes to a file named classifierSVM.p"
with open("check_models/logisticRegr.p", "rb") as file:
    loaded = pickle.load(file)
assert isinstance(loaded, LogisticRegression), f"logisticRegr.p holds a {type(loaded).__name__}; the logistic regression was expected"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# You wrote one such file in lesson 07. New are the folder, which may be missing, and that there are two files, one a model.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `Path(folder) / "name"` is the path of a file in a folder. `Path.mkdir` makes a folder; its settings `parents` and `exist_ok` say what happens
# if the folder above is missing, or the folder itself is there already. `open` in the mode "wb", `pickle.dump(model, file)`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `Path(folder).mkdir(parents=…, exist_ok=…)`, then twice `with open(Path(folder) / "….p", "…") as file:` and in it `pickle.dump(…, …)`.
#
# </details>

# %% [markdown]
# **Try it**: save, load, and predict. The original lets its loaded models predict the very rows they were trained on. Fresh rows say more.

# %%
@when_solved
def save_and_load():
    save_models("models", logreg, svm)
    for name in ("logisticRegr.p", "classifierSVM.p"):
        with open(f"models/{name}", "rb") as file:
            print(f"{name}, loaded again: {pickle.load(file).score(X_fresh, y_fresh):.2f} of the fresh clips")


# %% [markdown]
# ## 2. A model and its card
#
# A pickle alone is a riddle. Which rate had the clips? Which feature? Which version of scikit-learn wrote it: will another one read it, and
# predict the same? So a model travels with a *card*. Ours is a small JSON file beside it, which people can read, and programs as well.
#
# The card also says the *hash* of the model's file: its SHA-256, 64 hexadecimal digits computed from all its bytes. If a single bit of the file
# changes, so does the hash, and nobody knows how to make another file that has the same.

# %% exercise="save_model"
def save_model(path, pipeline, card):
    """Write a fitted model to a file, by pickle, and beside it a card that says what it is.

    Parameters
    ----------
    path : str
        The model's file: the pickle of pipeline, and nothing else. The card goes to the file path + ".json": for "note.p" it is "note.p.json".
    pipeline : a fitted model
    card : dict
        What is to be known of the model. It must have the keys "sr", "n_fft", "feature" and "seed", and may have others; its values are
        numbers and texts. The dict is left as it is.

    Returns
    -------
    str
        The SHA-256 of the model's file, as 64 hexadecimal digits in lower case.

    The card's file is JSON: an object with all that is in card, and two entries more: "versions", which is running_versions(), and "sha256",
    the text that is returned. If card has entries of these two names already, they are outdated, and the new ones take their place.

    Raises
    ------
    ValueError
        If card lacks one of the four keys. No file is written then.

    Examples
    --------
    >>> sha256 = save_model("doctest.p", LogisticRegression().fit([[0.0], [1.0]], [0, 1]), {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1})
    >>> len(sha256), sorted(json.loads(Path("doctest.p.json").read_text()))
    (64, ['feature', 'n_fft', 'seed', 'sha256', 'sr', 'versions'])
    """
    ### BEGIN SOLUTION
    missing = {"sr", "n_fft", "feature", "seed"} - set(card)
    if missing:
        raise ValueError(f"card lacks {missing}; without that nobody can repeat a prediction")
    data = pickle.dumps(pipeline)
    sha256 = hashlib.sha256(data).hexdigest()
    Path(path).write_bytes(data)
    Path(path + ".json").write_text(json.dumps({**card, "versions": running_versions(), "sha256": sha256}))
    return sha256
    ### END SOLUTION


# %% [markdown] why="save_model"
# The check stands first, so that nothing is left behind when it fails. `pickle.dumps` gives the bytes that are hashed and written, so hash and
# file cannot disagree; two calls of `pickle.dump` might. In `{**card, …}` the last entry of a name wins, which replaces outdated ones and leaves
# the caller's dict alone.

# %% check="save_model" points=4
sha256 = save_model("check.p", logreg, {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1, "author": "me"})
assert isinstance(sha256, str) and len(sha256) == 64, f"you returned {sha256!r}; a SHA-256 is a text of 64 hexadecimal digits"
assert Path("check.p").exists(), "there is no file check.p; write the pickle to path"
assert Path("check.p.json").exists(), "there is no file check.p.json; write the card to path + \".json\""
card = json.loads(Path("check.p.json").read_text())
assert card.get("author") == "me", f"your card has the entries {sorted(card)}; all those of the dict must be among them"
assert card.get("sha256") == sha256, f"the card's entry \"sha256\" is {card.get('sha256')!r}; it must be the text that you returned"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Make the bytes of the pickle first, without a file. From these bytes you get the hash, and the same bytes go into the file. But before all
# else, look whether the card is complete.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `pickle.dumps` (with an s) gives bytes. `hashlib.sha256(data).hexdigest()` gives the text. `Path.write_bytes` and `Path.write_text` write whole
# files, `json.dumps` turns a dict into a text. `{**card, "new": 1}` is a new dict: all of card and one entry more.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `data = pickle.dumps(…)`, `sha256 = hashlib.sha256(…).hexdigest()`, then `Path(path).write_bytes(…)` and
# `Path(path + "…").write_text(json.dumps({**card, "versions": …, "sha256": …}))`.
#
# </details>

# %% [markdown]
# **Look** at a whole card.

# %%
@when_solved
def look_at_the_card():
    save_model("notes.p", svm, {"sr": SR, "n_fft": 4096, "feature": "chroma, mean over time", "seed": SEED, "labels": "C4 to B4"})
    print(json.dumps(json.loads(Path("notes.p.json").read_text()), indent=2))


# %% [markdown]
# ## 3. The right file, or none
#
# Now the other side. You get a file, and from somebody you trust, on *another* way (a mail, a paper, a telephone call), the hash it should have. You
# compare *before* you load. For to load a pickle is to run a program: what a file can do to you, it has done by the time `pickle.load` returns.
#
# The card cannot stand in for that other way: it lies beside the model, and who changes the one can change the other.

# %% exercise="load_model"
def load_model(path, expected_sha256):
    """Read a model and its card, if the file is the one that was meant.

    Parameters
    ----------
    path : str
        The model's file. Its card is the file path + ".json"; both are as save_model writes them.
    expected_sha256 : str
        The SHA-256 that the model's file must have, as 64 hexadecimal digits in lower case.

    Returns
    -------
    (pipeline, card)
        The model, and the content of the card's file as a dict.

    Raises
    ------
    ValueError
        If the model's file has another SHA-256 than expected_sha256, whatever the card says. The file is not unpickled then.

    Warns
    -----
    UserWarning
        If the card's "versions" are not equal to running_versions(), in one library or in both. The model is loaded and returned all the
        same. If they are equal, there is no warning.

    Examples
    --------
    >>> path = Path("doctest2.p")
    >>> size = path.write_bytes(pickle.dumps("a model"))
    >>> size = Path("doctest2.p.json").write_text(json.dumps({"sr": 22050, "versions": running_versions()}))
    >>> load_model("doctest2.p", hashlib.sha256(path.read_bytes()).hexdigest())[0]
    'a model'
    """
    ### BEGIN SOLUTION
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != expected_sha256:
        raise ValueError(f"{path} is not the file that was meant: its SHA-256 is another one")
    card = json.loads(Path(path + ".json").read_text())
    if card["versions"] != running_versions():
        warnings.warn(f"saved under other versions: {card['versions']}")
    return pickle.loads(data), card
    ### END SOLUTION


# %% [markdown] why="load_model"
# Nothing is unpickled before its bytes have been compared, and the bytes that were compared are the ones that are unpickled: who reads the file a
# second time may read another one. The hash on the card is not asked, since who changes the file can change the card. Versions only warn: many
# models work under the next version, and it is the user who must decide.

# %% check="load_model" points=4
Path("check3.p").write_bytes(pickle.dumps(logreg))
Path("check3.p.json").write_text(json.dumps({"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1, "versions": running_versions()}))
answer = load_model("check3.p", hashlib.sha256(Path("check3.p").read_bytes()).hexdigest())
assert isinstance(answer, tuple) and len(answer) == 2, f"you returned a {type(answer).__name__}; return two things, the model and the card"
assert isinstance(answer[0], LogisticRegression), f"the first thing you returned is a {type(answer[0]).__name__}; the model comes first"
assert answer[1]["feature"] == "chroma", f"the second thing you returned is {answer[1]}; the card comes second"
try:
    load_model("check3.p", 64 * "0")
    refused = False
except ValueError:
    refused = True
assert refused, "with another hash than the file's, load_model returned something; it must raise a ValueError"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The order is everything: read the bytes, compare the hash, look at the card, and unpickle last.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `Path.read_bytes`, and the same hashlib call as in exercise 2. `raise ValueError("…")`. `warnings.warn("…")` gives a UserWarning and goes on.
# `pickle.loads` (with an s) takes the bytes that you have already looked at.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if hashlib.sha256(…).hexdigest() != …: raise …`, then `card = json.loads(…)`, `if card["…"] != …: warnings.warn(…)`, and
# `return pickle.loads(…), …`.
#
# </details>

# %% [markdown]
# **Try it**: someone changes one bit of the file on its way to you.

# %%
@when_solved
def change_one_bit():
    sha256 = save_model("sent.p", svm, {"sr": SR, "n_fft": 4096, "feature": "chroma", "seed": SEED})
    load_model("sent.p", sha256)
    print("as it was sent: loaded")
    data = bytearray(Path("sent.p").read_bytes())
    data[len(data) // 2] ^= 1
    Path("sent.p").write_bytes(data)
    try:
        load_model("sent.p", sha256)
    except ValueError as error:
        print("one bit changed:", error)


# %% [markdown]
# ## 4. What is in the parcel?
#
# And if there is no hash, only a file? Then look at it *without* loading it. A pickle is a list of small instructions. Numbers, texts and lists they
# build by themselves. For anything else they name a module and a function in it, which is imported and called: for a model's arrays that is a
# function of NumPy's, for an attacker it may be `os.system`.
#
# `pickle_globals` is given. It reads the instructions, by `pickletools` from the standard library, and lists what they would import. Nothing is
# imported, nothing is called. (The surprise below is a kind one: it would only print a word. But it is never loaded either.)

# %%
class Surprise:
    """An object whose pickle, when it is loaded, calls a function of the sender's choice."""

    def __reduce__(self):
        return print, ("Surprise!",)


print("a model:     ", sorted(set(pickle_globals(pickle.dumps(logreg)))))
print("numbers:     ", pickle_globals(pickle.dumps([1, 2.5, "three"])))
print("not a model: ", pickle_globals(pickle.dumps({"C": 10, "classes": [Surprise()]})))


# %% exercise="is_suspicious"
def is_suspicious(pickle_bytes):
    """Whether a pickle would import something from outside NumPy, SciPy and scikit-learn. The pickle is not loaded.

    Parameters
    ----------
    pickle_bytes : bytes
        The whole content of a pickle's file, of any protocol.

    Returns
    -------
    bool
        True if at least one of the modules that pickle_globals(pickle_bytes) lists has another root than numpy, scipy or sklearn. The
        root is what stands before the first dot: numpy for "numpy.random._pickle", and numpyx for "numpyx.core". False otherwise, so also
        if nothing is listed.

    Raises
    ------
    ValueError
        If the bytes are no pickle; pickle_globals raises it, and it is not caught.

    Examples
    --------
    >>> is_suspicious(pickle.dumps({"C": 10.0})), is_suspicious(pickle.dumps(np.zeros(3))), is_suspicious(pickle.dumps(range(3)))
    (False, False, True)
    """
    ### BEGIN SOLUTION
    for module, name in pickle_globals(pickle_bytes):
        if module.split(".")[0] not in {"numpy", "scipy", "sklearn"}:
            return True
    return False
    ### END SOLUTION


# %% [markdown] why="is_suspicious"
# One unfamiliar module is enough, so the loop ends with the first True and says False only after the last name. The root is compared as a whole:
# by `startswith`, numpyx would be NumPy, and by `in`, evil.numpy as well. No byte is executed, because `pickle_globals` reads instructions without
# following them.

# %% check="is_suspicious" points=3
answer = is_suspicious(pickle.dumps(np.arange(3.0)))
assert isinstance(answer, (bool, np.bool_)), f"you returned {answer!r}; return True or False"
assert not answer, "the pickle of an array imports from numpy alone; your answer was True, False was expected"
assert is_suspicious(pickle.dumps(range(3))), "the pickle of range(3) imports builtins.range; your answer was False, True was expected"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# `pickle_globals` has done the work: a list of pairs. One question is left for each pair, and only its first half is needed. One bad pair is
# enough.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `"numpy.random._pickle".split(".")` gives a list of the parts. `in` and `not in` look for a value in a tuple. A loop with `return True` inside, or
# `any(…)`.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `for module, name in pickle_globals(…):` and in it `if module.split("…")[…] not in (…): return …`; after the loop `return …`.
#
# </details>

# %% [markdown]
# **Try it** on all pickles that this notebook knows.

# %%
@when_solved
def look_into_the_parcels():
    parcels = {"logistic regression": logreg, "support vector machine": svm, "an array": X, "a range": range(3),
               "a surprise, well hidden": [X, {"C": Surprise()}]}
    for name, thing in parcels.items():
        print(f"{name}: {'suspicious' if is_suspicious(pickle.dumps(thing)) else 'nothing unfamiliar'}")


# %% [markdown]
# This is a sieve and no proof. Harmless pickles are caught in it (that of a range, for instance), and among the thousands of functions of NumPy
# and scikit-learn
# there are some that an attacker could use. Who wants to pass on models for others to load takes a format that holds data only. The library *skops*
# writes such files for scikit-learn: its loader compares whole names, module and function, with a list of known ones, and refuses the rest. *joblib*, which
# you will meet often, is no way out: it stores large arrays better, but what it loads is a pickle.
#
# ## 5. The same path for every file
#
# A model was trained on chroma, at 22050 Hz, of clips with one channel. The file in front of you was recorded at 44100 Hz in stereo. What you compute from it
# must be what would have been computed in training: the same rate, the same feature, the same settings; nothing left out, nothing added.
# The card knows the rate.

# %% exercise="predict_file"
def predict_file(model_path, wav_path):
    """Name the note in a WAV file, by a saved model of chroma.

    Parameters
    ----------
    model_path : str
        A model's file, your own, so it may be unpickled. Its card is the file model_path + ".json"; both are as save_model writes them. The
        model was trained on rows of features_chroma(y, sr), with the card's "sr" for sr; its labels are texts, such as "C".
    wav_path : str
        A 16-bit WAV file of any rate and any number of channels. What counts is the mean of the channels, as read_wav gives it.

    Returns
    -------
    str
        "silence" if the rms of the recording is below 0.001. Otherwise the model's label for the features that training would have computed: those
        of the recording resampled to the card's "sr", by a function that filters as well (librosa.resample, scipy.signal.resample_poly
        or scipy.signal.resample), and otherwise as it is.

    Raises
    ------
    ValueError
        If the recording is shorter than 0.1 s, silent or not; 0.1 s is long enough.

    Examples
    --------
    >>> size = Path("doctest3.p").write_bytes(pickle.dumps(LogisticRegression().fit(np.eye(12), 6 * ["C", "D"])))
    >>> size = Path("doctest3.p.json").write_text(json.dumps({"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 1}))
    >>> write_wav("doctest3.wav", np.zeros(8000), 8000)
    >>> predict_file("doctest3.p", "doctest3.wav")
    'silence'
    """
    ### BEGIN SOLUTION
    card = json.loads(Path(model_path + ".json").read_text())
    model = pickle.loads(Path(model_path).read_bytes())
    y, sr = read_wav(wav_path)
    if len(y) < 0.1 * sr:
        raise ValueError(f"{wav_path} is {len(y) / sr:.3f} s long; a note needs at least 0.1 s")
    if np.sqrt(np.mean(y**2)) < 0.001:
        return "silence"
    y = librosa.resample(y, orig_sr=sr, target_sr=card["sr"])
    return model.predict([features_chroma(y, card["sr"])]).item()
    ### END SOLUTION


# %% [markdown] why="predict_file"
# Length and level are looked at in the recording as it is, since scaling would change the level. Then the one thing is done that makes the
# recording like those of training: its rate. Without it the frames of 4096 samples last another time, and the features are near misses at best.
# `predict` wants a matrix, hence the list around the one row, and gives an array, hence `item`.

# %% check="predict_file" points=4
Path("check5.p").write_bytes(pickle.dumps(logreg))
Path("check5.p.json").write_text(json.dumps({"sr": SR, "n_fft": 4096, "feature": "chroma", "seed": SEED, "versions": running_versions()}))
write_wav("check5_g.wav", note_clip(67, 44100, np.random.default_rng(1)), 44100)
write_wav("check5_silence.wav", np.zeros(22050), 22050)
answer = predict_file("check5.p", "check5_g.wav")
assert isinstance(answer, str), f"you returned a {type(answer).__name__}; return the name of the note, a text"
assert answer == "G", f"a G at 44100 Hz was called {answer!r}; what reaches the model must be as in training: look at the rate"
answer = predict_file("check5.p", "check5_silence.wav")
assert answer == "silence", f"half a second of zeros was called {answer!r}; it must be called silence"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# Read three files: the card, the model, the recording. Deal with what is too short and with what is silent. Only then make the recording what
# the model knows, and ask it.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `librosa.resample(y, orig_sr=…, target_sr=…)`. The rms is the root of the mean of the squares. `model.predict` takes rows, even if there is
# only one, `[row]`, and gives an array of as many labels; `.item()` takes the label out of an array of one.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `if len(y) < … * sr: raise …`, `if np.sqrt(np.mean(…)) < …: return …`, `y = librosa.resample(y, orig_sr=…, target_sr=card["…"])`, and
# `model.predict([features_chroma(…, …)]).item()`.
#
# </details>

# %% [markdown]
# **Listen, and compare**: the same E in three files, of 8000, 22050 and 44100 Hz. They sound alike, and so they should to the model. (To the ear
# the file of 8000 Hz may be a
# little duller: its noise ends at 4000 Hz.)

# %%
@when_solved
def ask_about_three_files():
    Path("notes.p").write_bytes(pickle.dumps(svm))
    Path("notes.p.json").write_text(json.dumps({"sr": SR, "n_fft": 4096, "feature": "chroma", "seed": SEED, "versions": running_versions()}))
    for sr in (8000, 22050, 44100):
        y = note_clip(64, sr, np.random.default_rng(5))
        write_wav(f"e_{sr}.wav", y, sr)
        print(f"{sr} Hz: {predict_file('notes.p', f'e_{sr}.wav')}")
        play(y, sr)


# %% [markdown]
# ## 6. The museum of errors
#
# The tutorial at the root of this course brought machine learning on sound to many people, in one page, with everything in it from the sine to the saved
# model. It has errors, as all teaching has, and most of them are made again every day. They are kept here with respect: each of them is a good
# question. You have met them all; now repair them.
#
# For each exhibit: what the original says or does, then four repairs. One of them is right, and mends all that is asked for. Note its letter.
#
# **`formula`** (lesson 01). A sine wave, it says, is $y(t) = A \sin(2 \pi f + \phi$, where A is the amplitude, f the frequency and φ the phase.
# Beside the bracket that is not closed, what should the formula be?
# - a: $A \sin(2 \pi f \phi t)$
# - b: $A \sin(2 \pi t / f + \phi)$
# - c: $A \sin(2 \pi f t + \phi)$
# - d: $A \sin(2 \pi f + \phi t)$
#
# **`rate`** (lesson 02). `sampling_rate = 41100.0`: the converters of compact discs work at 44100. What should a new edition do?
# - a: say that 44100 was meant, and let each file keep the rate that its samples were made for: files of either rate play as they should
# - b: correct the header of the old files to 44100, and leave their samples
# - c: leave the files out, since a player knows only rates such as 44100 and 48000
# - d: nothing: what the rate is called has no influence on how the samples sound
#
# **`arithmetic`** (lesson 01). "With a sample rate of 41100 (samples per second) each millisecond will have 411 samples. The frequency of 1000 means, the
# sine wave makes a complete oscillation 1000 times per second, so in this first millisecond, there should be 10." What is true?
# - a: 411 samples, 1 oscillation
# - b: 41.1 samples, 10 oscillations
# - c: 411 samples, 10 oscillations, if the rate is 411000
# - d: 41.1 samples, 1 oscillation; the 411 samples of the picture are 10 milliseconds
#
# **`resampling`** (lesson 02). `y, sr = librosa.load("shorttest.wav")` of a file of 41100 Hz gives `sr = 22050`. How do you get the file as it is?
# - a: `librosa.load("shorttest.wav", sr=44100)`
# - b: `librosa.load("shorttest.wav", sr=None)`
# - c: `librosa.load("shorttest.wav")`, and `sr = 41100` in the next line
# - d: `librosa.load("shorttest.wav", mono=False)`
#
# **`reference`** (lesson 04). The spectrogram of each second is turned into dB by `power_to_db(S, ref=np.max)`, and silence "should be black". But
# a tone that is 60 dB softer gives the identical picture. What lets the level through?
# - a: `ref=np.median`, which a single loud moment does not move
# - b: each second brought to the same peak before its spectrogram is computed
# - c: `ref=np.max` as before, and a range of colours from -80 to 0 dB for all pictures
# - d: one reference for all seconds, that of a full-scale sine, and one range of colours for all pictures
#
# **`overfitting`** (lessons 07 and 09). Of its 100 % on the test set it says: "This is cause the problem is very simple, so the model can easily
# memorize all the
# possible images (overfitting)." What may be said?
# - a: that the problem is easy; overfitting shows where the score on fresh data falls below the one on training data
# - b: that the model does not overfit, since a test set has been used
# - c: that the model is overfitted, and should be made simpler until it is below 100 %
# - d: that it is overfitted if its score on the training rows is 100 % as well
#
# **`duplicates`** (lessons 06 and 09). It draws twenty notes out of seven, identical each time a note comes back; ten of them train, ten of them test.
# How do you get a score that means something?
# - a: draw two hundred in place of twenty
# - b: shuffle the twenty before they are split
# - c: draw loudness, phase and tuning anew for each note, and count the test rows that also occur in training
# - d: keep one image of each note, seven in all, and split these
#
# **`pixels`** (lesson 06). The features are the pixels of a figure of 12 by 4 inches, saved and read back: 1.92 million numbers a clip, 40 % of them
# white margin. What is better?
# - a: the same figure at a quarter of the resolution
# - b: the array of the spectrogram itself as a grey image, one pixel a value, with one fixed range
# - c: the same figure without its margin, by `bbox_inches="tight"`
# - d: the pixels as they are, brought down to fifty columns by a PCA of all clips
#
# **`order`** (lessons 06 and 09). The notes are drawn without a seed, the images are read in the order of `os.listdir`, and the first half trains. In nine
# draws out of ten a note is missing from training, and nobody can repeat the run. What mends both?
# - a: draw from a generator with a seed, put the files in the order of their numbers, and split so that every note is in both halves
# - b: go through `sorted(os.listdir(folder))`
# - c: call `random.seed(0)` at the top, and leave the rest
# - d: shuffle the rows by `np.random.shuffle`, then split
#
# **`pickle`** (this lesson). `pickle.load(file('logisticRegr.p'))`, "ready!!!", then `predict(data)`, with the data it was trained on. Assume that
# `file` works. What is safe, and tells something?
# - a: load in a `try` block, so that a bad file does no harm, then predict the test rows
# - b: load, look whether it is a `LogisticRegression`, then predict fresh rows
# - c: compare the hash, and the versions on the card, then load, then predict fresh rows
# - d: use `joblib.load` in place of pickle, then predict fresh rows
#
# **`keywords`** (lesson 04). `librosa.feature.melspectrogram(y[initial:final], sr=sr, n_mels=128)` was right when it was written. Since librosa 0.10 it is a
# TypeError. What is right today?
# - a: `melspectrogram(y[initial:final], sr, n_mels=128)`
# - b: `melspectrogram(S=y[initial:final], sr=sr, n_mels=128)`
# - c: `melspectrogram(data=y[initial:final], sr=sr, n_mels=128)`
# - d: `melspectrogram(y=y[initial:final], sr=sr, n_mels=128)`
#
# **`python2`** (lesson 06). Four pieces of Python 2: `range(len(y)/sr)` counts whole seconds, `random.choice(notes.keys())` draws a letter,
# `labels[i/2]` takes every label for two seconds, `pickle.load(file('logisticRegr.p'))` opens a file. Which four run in Python 3, and do the same?
# - a: `range(int(len(y) / sr))`, `random.choice(list(notes))`, `labels[int(i / 2)]`, `pickle.load(open('logisticRegr.p'))`
# - b: `range(len(y) // sr)`, `random.choice(list(notes))`, `labels[i // 2]`, `pickle.load(open('logisticRegr.p', 'rb'))`
# - c: `range(len(y) // sr)`, `random.choice(list(notes.values()))`, `labels[i // 2]`, `pickle.load(open('logisticRegr.p', 'rb'))`
# - d: `range(len(y) % sr)`, `random.choice(list(notes))`, `labels[i % 2]`, `pickle.load(open('logisticRegr.p', 'rb'))`
#
# **`mel`** (lessons 06 and 09). 128 mel bands shall tell notes apart, but the 12 semitones of octave 4 fall on 10 of them, and those of octave 2 on 3. Which
# features have a place of its own for each semitone of octave 4, and call a C a C in octave 5, too?
# - a: 512 mel bands, with the same frames of 2048 samples
# - b: 40 mel bands, as for speech
# - c: twelve pitch classes, from frames of 4096 samples
# - d: the same bands, with frames that follow each other twice as closely
#
# **`loss`** (lesson 07). "The basic idea is to [find] β₀ and β₁ that optimize the logistic function." What does the fit optimise?
# - a: the log-loss, which it makes small: the function keeps its form, and β₀ and β₁ decide which probabilities it gives to the labels
# - b: the share of right answers on the training rows, which it makes large
# - c: the value of the logistic function, which it makes large at every x
# - d: the mean squared distance between the function and the labels, which it makes small

# %% exercise="museum"
def museum(error_id):
    """The right repair of an error in the museum.

    Parameters
    ----------
    error_id : str
        The name of an exhibit: "formula", "rate", "arithmetic", "resampling", "reference", "overfitting", "duplicates", "pixels", "order",
        "pickle", "keywords", "python2", "mel" or "loss".

    Returns
    -------
    str
        The letter of its right repair, "a", "b", "c" or "d".

    Examples
    --------
    >>> museum("formula") in ("a", "b", "c", "d")
    True
    """
    ### BEGIN SOLUTION
    letters = {
        "formula": "c", "rate": "a", "arithmetic": "d", "resampling": "b", "reference": "d", "overfitting": "a", "duplicates": "c",
        "pixels": "b", "order": "a", "pickle": "c", "keywords": "d", "python2": "b", "mel": "c", "loss": "a",
    }
    return letters[error_id]
    ### END SOLUTION


# %% [markdown] why="museum"
# The letters stand in a table because there is nothing to compute. What the right repairs have in common: they fix the cause (a reference for all,
# takes that differ, a seed and an order, a check before the act), where the wrong ones treat what shows: other colours, more rows, a shuffle, a
# `try`.

# %% check="museum" points=7
for exhibit in ("formula", "rate", "arithmetic", "resampling", "reference", "overfitting", "duplicates",
                "pixels", "order", "pickle", "keywords", "python2", "mel", "loss"):
    assert museum(exhibit) in ("a", "b", "c", "d"), f"museum({exhibit!r}) returned {museum(exhibit)!r}; return one of the letters a to d, in quotes"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# The lesson in brackets has the answer, most often in its "Take away". Where you cannot remember, try it out: most exhibits are a line of code.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# A dict from names to letters, and one look into it. While you are on your way, give those exhibits any letter that you have not decided on yet:
# each of them is
# graded on its own.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `letters = {"formula": "…", "rate": "…", …}`, then `return letters[…]`.
#
# </details>

# %% [markdown]
# ## 7. Capstone: what is this tune?
#
# A tune comes as a recording: eight notes, with rests in between. **Listen** to one of them. Could you write it down?

# %%
tune = play_tune(list("CDEFGAGC"), 0.25, SR, np.random.default_rng(12))
play(0.6 * tune, SR)

plt.figure(figsize=(8, 1.8))
plt.plot(np.arange(tune.size) / SR, tune, linewidth=0.5)
plt.xlabel("time (s)")
plt.ylabel("amplitude")
plt.show()

# %% [markdown]
# *Eight blocks, one a note, some of them twice as long as others; between them a thin band of noise, 30 dB below.*
#
# Two steps are enough. *Where* are the notes: cut the recording where it is quiet. *What* are they: the chroma of each piece knows. How long a note is you
# need not know, and you must not assume it: every tune has its own tempo. And a note that is played twice is two notes.

# %% exercise="name_melody"
def name_melody(y, sr):
    """Name the notes of a tune.

    Parameters
    ----------
    y : float array (n,)
        A recording as play_tune(names, quarter, sr, rng) makes it, with eight names and any quarter from 0.15 to 0.4 s: a rest, then eight times a
        note from C4 to B4 (white keys only, up to 25 cents out of tune, 1 to 5 harmonics) and a rest. Notes and rests last a quarter or two.
        Noise lies 30 dB below. The same note may come several times in a row.
    sr : int
        Sampling rate in Hz, from 22050 to 32000.

    Returns
    -------
    list of str
        The letters of the notes, "C" to "B", in the order in which they are played, one for each note that is played.

    Graded is how many letters must be put in, taken out or replaced to get from your list to the right one: at most one in every tune.
    If none has to be, in all tunes, you are told so with praise.

    Examples
    --------
    >>> name_melody(play_tune(list("EEFGGFED"), 0.3, 22050, np.random.default_rng(1)), 22050)
    ['E', 'E', 'F', 'G', 'G', 'F', 'E', 'D']
    """
    ### BEGIN SOLUTION
    names = []
    for start, end in librosa.effects.split(y, top_db=20):
        pitch_class = np.argmax(features_chroma(y[start:end], sr))
        names.append("CCDDEFFGGAAB"[pitch_class])
    return names
    ### END SOLUTION


# %% [markdown] why="name_melody"
# The noise lies 30 dB below the notes, so a limit of 20 dB below the loudest moment falls between the two, and rests of 0.15 s are longer than the
# frames of 2048 samples in which the level is measured. Each piece is a clip of one note, and its mean chroma is strongest at this note's class:
# 25 cents are less than half a semitone. In the text of twelve letters a black key has the letter of its white neighbour, although none is played.
# Nothing depends on the tempo, and a repeated note is a piece of its own.

# %% check="name_melody" points=6
answer = name_melody(tune, SR)
assert isinstance(answer, list), f"you returned a {type(answer).__name__}; return a list of letters"
assert all(letter in LETTERS for letter in answer), f"your list is {answer}; its values must be letters from C to B"
assert len(answer) in (7, 8, 9), f"your list has {len(answer)} letters; the tune above has 8 notes"
assert answer[0] == "C", f"your first letter is {answer[0]}; the tune above is C D E F G A G C"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# First find the stretches that are not quiet; print their beginnings and ends, and compare with the picture above. Then treat each of them as a
# clip of its own.
#
# </details>
# <details><summary>Hint 2: which tools</summary>
#
# `librosa.effects.split(y, top_db=…)` gives pairs of start and end, in samples, of all that is at most so many dB below the loudest moment. Where must
# the limit lie, if the noise is 30 dB below the notes? `features_chroma` and `np.argmax` name a piece by its class; the white keys are the classes
# 0, 2, 4, 5, 7, 9 and 11.
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# `for start, end in librosa.effects.split(y, top_db=…):` and in it `pitch_class = np.argmax(features_chroma(…, …))`, then
# `names.append("…")` with a text of twelve letters, and `[pitch_class]` behind it.
#
# </details>

# %% [markdown]
# **Listen** to three tunes that your program has never heard, each in its own tempo, and read along.

# %%
@when_solved
def write_down_three_tunes():
    rng = np.random.default_rng()
    for quarter in (0.15, 0.25, 0.4):
        names = [str(name) for name in rng.choice(LETTERS, 8)]
        y = play_tune(names, quarter, SR, rng)
        play(0.6 * y, SR)
        print("played:", *names, "  heard:", *name_melody(y, SR))


# %% [markdown]
# These tunes were new at each run, for their generator had no seed: here a new tune is what you want. Where a result must be repeated, it is not.
#
# ## In your own words: a model card
#
# The card of exercise 2 is for programs. Write the one for people: of the note model in this notebook, in six to ten sentences. What is it for,
# and what comes in and out? On
# what was it trained, and how was it measured? When will it fail? What does somebody need to get the same result tomorrow?
#
# **How it is graded** (by a person, 2 points)
#
# - *2 points*: a stranger could use the model rightly and would know when not to: it says the purpose, the input (rate, channels, length) and the
#   labels; the training data
#   and a score on fresh clips; at least two honest limits (for instance other octaves, chords, black keys, real instruments, no "none of these");
#   and what repeats it (seed, versions, hash).
# - *1 point*: right in what it says, but one of the four parts is missing.
# - *0 points*: two or more parts are missing, or nothing in it is particular to this model.

# %% [markdown] reflection="model_card" points=2
# ### BEGIN SOLUTION
# The model names single notes: it takes a recording of at least 0.1 s, in mono at 22050 Hz after resampling, and answers with one of seven letters, C to B.
# It is a support vector machine with C = 10 on standardised chroma, the mean over time of twelve pitch classes with frames of 4096 samples. It was
# trained on 70
# synthesised clips of half a second, ten for each note from C4 to B4, with one to five harmonics, up to 25 cents out of tune, with a little white noise.
# On 35 fresh clips, drawn in the same way with another seed, it is right on all. It has never heard a real instrument, a room, or a
# microphone, so nothing is known about them. It knows no black keys and no chords, and no "none of these": a drum gets a letter as well. Since chroma forgets
# octaves, C5 will be called C, which may or may not be wanted. It is not made to judge how well somebody plays. To repeat it, run the notebook
# with the seed 11 and the versions
# of numpy and scikit-learn on its card; the SHA-256 on the card must be that of the file.
# ### END SOLUTION

# %% [markdown]
# ## Take away
#
# - A saved model is a file, a card, and a hash. The card says rate, feature, seed and versions; the hash travels on another way.
# - Loading a pickle runs code. Compare first, load afterwards, and only what you trust; `pickletools` shows what is inside.
# - In use a recording takes the same path as in training: rate, channels, feature. Deal with silence and with what is too short before you ask the model.
# - The errors of the museum are everybody's. A reference, a split, a seed, a unit: look at these four first when a result is too good.
# - Cut where it is quiet, name what is between: much of music information retrieval starts like this.
#
# This was the last lesson. You have heard, seen and measured every step from a sine to a program that writes down a tune. Pick a sound of your own, and ask
# what it is.
