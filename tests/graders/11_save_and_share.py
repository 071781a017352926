"""Hidden grader of 11_save_and_share. Models are fitted here and cross as the bytes of their pickles; a pickle of the learner's is loaded
only by learner.load_pickle, in a fresh sandbox, or read as bytes and hashed.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second the least
error of a misconception that this test is for, over 200 seeds with numpy 2.4, scipy 1.17 and librosa 0.11.
"""

import hashlib
import io
import json
import pickle
import shutil
import wave
from functools import cache

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from autograder import Handle, grades, refuses, tell

LETTERS = "CDEFGAB"
MIDI = (60, 62, 64, 65, 67, 69, 71)


def rows(rng, n=40, d=4):
    """Rows of two classes that overlap, and their labels."""
    X = rng.standard_normal((n, d))
    y = (X @ rng.uniform(0.5, 1.0, d) + rng.logistic(size=n) > 0).astype(int)
    y[:2] = 0, 1
    return X, y


def card_without_hash(rng, reference):
    return {"sr": int(rng.choice([16000, 22050, 44100])), "n_fft": int(rng.choice([1024, 2048, 4096])), "feature": "chroma",
            "seed": int(rng.integers(1000)), "versions": reference.running_versions()}


class Calls:
    """An object whose pickle, when it is loaded, calls function(*arguments). Here it is only written, never loaded."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def box(learner, rng):
    """A folder in the learner's work folder that no other test knows, with a readme.txt in it."""
    name = f"box{rng.integers(10**9)}"
    learner.write_bytes(f"{name}/readme.txt", b"This folder is for one test.")
    return name


def files_in(learner, folder):
    return [file for file in learner.list_files(folder) if file != "readme.txt"]


def leaves_a_trace(folder):
    """An object whose pickle, when it is loaded, copies the box's readme.txt."""
    return Calls(shutil.copyfile, f"{folder}/readme.txt", f"{folder}/trace.txt")


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


# save_models


def two_models(learner, X, y):
    """A fitted logistic regression and a fitted support vector machine, on the learner's side."""
    return learner.new("sklearn.linear_model.LogisticRegression").fit(X, y), learner.new("sklearn.svm.SVC", C=2.0).fit(X, y)


def files_of_save_models(learner, rng, folder):
    """The files in the folder after save_models."""
    learner.save_models(folder, *two_models(learner, *rows(rng)))
    return files_in(learner, folder)


@grades("save_models", weight=0.5, hint="ignores_folder")
def test_the_files_lie_in_the_folder(learner, rng):
    folder = box(learner, rng)
    files = files_of_save_models(learner, rng, folder)
    assert files, f"save_models({folder!r}, …) wrote no file into this folder; two were expected"


@grades("save_models", hint="one_file")
def test_there_are_two_files(learner, rng):
    folder = box(learner, rng)
    files = files_of_save_models(learner, rng, folder)
    assert len(files) >= 2, f"save_models({folder!r}, …) wrote {files or 'no file'} into this folder; two files were expected"


@grades("save_models", hint="other_names")
def test_the_files_have_the_names_of_the_contract(learner, rng):
    folder = box(learner, rng)
    files = files_of_save_models(learner, rng, folder)
    for name in ("logisticRegr.p", "classifierSVM.p"):
        assert name in files, f"save_models({folder!r}, …) wrote {files or 'no file'} into this folder; {name} is not among them"


@grades("save_models", weight=0.5, hint="folder_must_exist")
def test_a_missing_folder_is_made(learner, rng):
    folder = f"missing{rng.integers(10**9)}"
    files = files_of_save_models(learner, rng, folder)
    assert "logisticRegr.p" in files, f"save_models({folder!r}, …) made no such folder with the file logisticRegr.p in it"


@grades("save_models", weight=0.5, hint="one_level_only")
def test_the_folders_above_it_are_made_too(learner, rng):
    folder = f"missing{rng.integers(10**9)}/lesson/models"
    files = files_of_save_models(learner, rng, folder)
    assert "logisticRegr.p" in files, f"save_models({folder!r}, …) made no such folder with the file logisticRegr.p in it"


@grades("save_models", weight=3)
def test_a_fresh_process_loads_both_and_predicts_the_same(learner, rng):
    X, y = rows(rng)
    fresh = rng.standard_normal((60, X.shape[1]))
    models, folder = two_models(learner, X, y), box(learner, rng)
    learner.save_models(folder, *models)
    for name, model in zip(("logisticRegr.p", "classifierSVM.p"), models, strict=True):
        loaded = learner.load_pickle(f"{folder}/{name}")
        assert isinstance(loaded, Handle), f"{name} holds {tell(loaded)}; the fitted model itself was expected"
        assert loaded.type_name == model.type_name, f"{name} holds {tell(loaded)}; {tell(model)} was expected"
        assert np.array_equal(loaded.decision_function(fresh), model.decision_function(fresh)), (
            f"the model in {name} decides otherwise about fresh rows than the one that was saved")


@grades("save_models")
def test_files_that_exist_are_replaced(learner, rng):
    folder, old = box(learner, rng), bytes(50_000)
    for name in ("logisticRegr.p", "classifierSVM.p"):
        learner.write_bytes(f"{folder}/{name}", old)
    files_of_save_models(learner, rng, folder)
    for name in ("logisticRegr.p", "classifierSVM.p"):
        content = learner.read_bytes(f"{folder}/{name}")
        # 1 to 5 kB of model, 50 kB of old file
        assert len(content) < len(old) // 2 and content[:1] == b"\x80", f"{name} was there before, and still holds what it held; it must be replaced whole"


# save_model


CARD = {"sr": 22050, "n_fft": 4096, "feature": "chroma", "seed": 3}


def constant(learner):
    """A small fitted model on the learner's side."""
    return learner.new("sklearn.dummy.DummyClassifier").fit([[0.0], [1.0]], [0, 1])


def saved(learner, path, **entries):
    """What save_model returns for a small model and a card with further entries."""
    return learner.save_model(path, constant(learner), {**CARD, **entries})


def card_file(learner, path):
    """The card that save_model wrote, as a dict."""
    content = learner.read_bytes(f"{path}.json")
    try:
        card = json.loads(content)
    except (ValueError, RecursionError):
        raise AssertionError(f"the card's file is no JSON: it begins with {content[:40]!r}") from None
    assert isinstance(card, dict), f"the card's file holds {tell(card)}; a JSON object, which is made from a dict, was expected"
    return card


@grades("save_model", weight=0.5)
def test_the_hash_is_a_text(learner):
    sha256 = saved(learner, "note.p")
    assert isinstance(sha256, str), f"save_model('note.p', …) returned {tell(sha256)}; a text of 64 hexadecimal digits was expected"


@grades("save_model", weight=0.5)
def test_the_hash_has_64_hexadecimal_digits(learner):
    sha256 = saved(learner, "note.p")
    digits = isinstance(sha256, str) and len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")
    assert digits, f"save_model('note.p', …) returned {tell(sha256)}; 64 hexadecimal digits in lower case were expected"


@grades("save_model", weight=0.5)
def test_the_model_lies_at_path(learner, rng):
    folder = box(learner, rng)
    saved(learner, f"{folder}/models.note.p")
    files = files_in(learner, folder)
    assert "models.note.p" in files, f"save_model('{folder}/models.note.p', …) wrote {files or 'no file'} there; models.note.p was expected"


@grades("save_model")
def test_the_card_lies_beside_the_model(learner, rng):
    folder = box(learner, rng)
    saved(learner, f"{folder}/models.note.p")
    files = files_in(learner, folder)
    assert "models.note.p.json" in files, f"save_model('{folder}/models.note.p', …) wrote {files or 'no file'} there; models.note.p.json was expected"


@grades("save_model", weight=2)
def test_the_hash_is_that_of_the_models_file(learner):
    sha256 = saved(learner, "note.p")
    right = hashlib.sha256(learner.read_bytes("note.p")).hexdigest()
    assert sha256 == right, f"save_model('note.p', …) returned {tell(sha256)}, which is not the SHA-256 of the file note.p"


@grades("save_model", weight=2)
def test_a_fresh_process_loads_the_model(learner, rng):
    X, y = rows(rng)
    model = learner.new("sklearn.linear_model.LogisticRegression").fit(X, y)
    learner.save_model("note.p", model, CARD)
    loaded = learner.load_pickle("note.p")
    assert isinstance(loaded, Handle), f"note.p holds {tell(loaded)}; the fitted model, and nothing else, was expected"
    fresh = rng.standard_normal((60, X.shape[1]))
    assert np.array_equal(loaded.predict_proba(fresh), model.predict_proba(fresh)), (
        "the model in note.p gives other probabilities for fresh rows than the one that was saved")


@grades("save_model")
def test_the_card_is_json_with_all_entries(learner, rng):
    entries = {"sr": int(rng.integers(8000, 48000)), "seed": int(rng.integers(1000)), "author": f"learner {rng.integers(1000)}", "score": 0.875}
    saved(learner, "note.p", **entries)
    card = card_file(learner, "note.p")
    for key, value in {"n_fft": 4096, "feature": "chroma", **entries}.items():
        assert key in card, f"the file note.p.json has the entries {sorted(card)}; {key!r}, which card has, is missing"
        assert card[key] == value, f"the entry {key!r} of note.p.json is {tell(card[key])}, not what card had"


@grades("save_model")
def test_the_card_says_the_versions(learner, reference):
    saved(learner, "note.p")
    card, running = card_file(learner, "note.p"), reference.running_versions()
    assert "versions" in card, f"the file note.p.json has the entries {sorted(card)}; \"versions\" is missing"
    assert card["versions"] == running, f"the entry \"versions\" of note.p.json is {tell(card['versions'])}; running_versions() was expected"


@grades("save_model")
def test_the_card_says_the_hash(learner):
    sha256 = saved(learner, "note.p")
    card = card_file(learner, "note.p")
    assert "sha256" in card, f"the file note.p.json has the entries {sorted(card)}; \"sha256\" is missing"
    assert card["sha256"] == sha256, f"the entry \"sha256\" of note.p.json is {tell(card['sha256'])}; what save_model returned was expected"


@grades("save_model")
def test_outdated_entries_are_replaced(learner, reference):
    sha256 = saved(learner, "note.p", sha256="0" * 64, versions={"numpy": "1.14.1", "scikit-learn": "0.19.1"})
    card = card_file(learner, "note.p")
    assert card.get("sha256") == sha256 and card.get("versions") == reference.running_versions(), (
        "card had outdated entries \"sha256\" and \"versions\", and they are in note.p.json again; the new ones were expected")


@grades("save_model", weight=0.5, hint="changes_card")
def test_card_stays_as_it_was(learner):
    after = learner.call("save_model", "note.p", constant(learner), dict(CARD)).args[2]
    assert after == CARD, f"after save_model the dict card has the entries {sorted(after)}; it must stay as it was"


@grades("save_model")
def test_an_incomplete_card_is_refused(learner):
    for key in CARD:
        refuses(learner, "save_model", "note.p", constant(learner), {k: v for k, v in CARD.items() if k != key})


@grades("save_model", weight=0.5, hint="checks_too_late")
def test_nothing_is_written_for_an_incomplete_card(learner, rng):
    folder = box(learner, rng)
    refuses(learner, "save_model", f"{folder}/note.p", constant(learner), {"sr": 22050, "n_fft": 4096, "feature": "chroma", "author": "me"})
    files = files_in(learner, folder)
    assert not files, f"save_model refused a card without a seed, but had written {files}; no file was expected"


# load_model


def put(learner, thing, card, path="sent.p"):
    """Writes a pickle and a card into the learner's work folder, and returns the pickle's hash."""
    data = pickle.dumps(thing)
    learner.write_bytes(path, data)
    learner.write_bytes(f"{path}.json", json.dumps(card).encode())
    return hashlib.sha256(data).hexdigest()


def put_model(learner, reference, rng, **entries):
    """(model, card, hash) of a model in the learner's work folder; its card has its hash as well."""
    model = LogisticRegression().fit(*rows(rng))
    card = card_without_hash(rng, reference) | {"sha256": hashlib.sha256(pickle.dumps(model)).hexdigest()} | entries
    return model, card, put(learner, model, card)


def is_warned(outcome):
    return any(category == "UserWarning" for category, _ in outcome.warnings)


@grades("load_model")
def test_two_things_come_back(learner, reference, rng):
    _, _, sha256 = put_model(learner, reference, rng)
    came = learner.load_model("sent.p", sha256)
    assert isinstance(came, tuple | list) and len(came) == 2, f"load_model('sent.p', …) returned {tell(came)}; two things were expected, (pipeline, card)"


@grades("load_model", weight=2)
def test_the_model_is_the_one_in_the_file(learner, reference, rng):
    model, _, sha256 = put_model(learner, reference, rng)
    loaded, *_ = learner.load_model("sent.p", sha256)
    assert isinstance(loaded, Handle), f"the first thing that load_model returned is {tell(loaded)}; the model was expected"
    fresh = rng.standard_normal((60, model.n_features_in_))
    # 0 (all rightful ones); 0.11 (another model)
    assert np.abs(loaded.predict_proba(fresh) - model.predict_proba(fresh)).max() < 1e-9, (
        "the model that load_model returned gives other probabilities than that in the file")


@grades("load_model")
def test_the_card_is_the_one_beside_the_model(learner, reference, rng):
    _, card, sha256 = put_model(learner, reference, rng, author=f"sender {rng.integers(1000)}")
    _, came = learner.load_model("sent.p", sha256)
    assert isinstance(came, dict), f"the second thing that load_model returned is {tell(came)}; the card as a dict was expected"
    assert came == card, f"the card that load_model returned has the entries {sorted(came)}; the content of sent.p.json was expected, as it is"


@grades("load_model", weight=2)
def test_another_file_is_refused(learner, reference, rng):
    _, card, sha256 = put_model(learner, reference, rng)
    put(learner, LogisticRegression().fit(*rows(rng)), card)
    refuses(learner, "load_model", "sent.p", sha256)


@grades("load_model")
def test_another_file_with_a_card_that_agrees_is_refused(learner, reference, rng):
    _, card, sha256 = put_model(learner, reference, rng)
    other = LogisticRegression().fit(*rows(rng))
    put(learner, other, card | {"sha256": hashlib.sha256(pickle.dumps(other)).hexdigest()})
    refuses(learner, "load_model", "sent.p", sha256)


@grades("load_model", weight=0.5)
def test_the_hash_of_the_card_is_not_the_hash_of_the_model(learner, reference, rng):
    put_model(learner, reference, rng)
    refuses(learner, "load_model", "sent.p", hashlib.sha256(learner.read_bytes("sent.p.json")).hexdigest())


@grades("load_model", weight=2, hint="hash_after_loading")
def test_a_file_with_another_hash_is_not_unpickled(learner, reference, rng):
    folder = box(learner, rng)
    _, card, sha256 = put_model(learner, reference, rng)
    put(learner, leaves_a_trace(folder), card)
    refuses(learner, "load_model", "sent.p", sha256)
    assert not files_in(learner, folder), "load_model refused a file with another hash, but only after it had unpickled it: the code in the file has run"


@grades("load_model")
def test_another_version_of_scikit_learn_gives_a_warning(learner, reference, rng):
    versions = reference.running_versions() | {"scikit-learn": "0.19.1"}
    _, _, sha256 = put_model(learner, reference, rng, versions=versions)
    outcome = learner.call("load_model", "sent.p", sha256)
    assert is_warned(outcome), "the card says scikit-learn 0.19.1, and load_model gave no UserWarning"


@grades("load_model")
def test_another_version_of_numpy_gives_a_warning(learner, reference, rng):
    versions = reference.running_versions() | {"numpy": "1.14.1"}
    _, _, sha256 = put_model(learner, reference, rng, versions=versions)
    outcome = learner.call("load_model", "sent.p", sha256)
    assert is_warned(outcome), "the card says numpy 1.14.1, and load_model gave no UserWarning"


@grades("load_model", weight=0.5)
def test_two_other_versions_give_a_warning(learner, reference, rng):
    _, _, sha256 = put_model(learner, reference, rng, versions={"numpy": "1.14.1", "scikit-learn": "0.19.1"})
    outcome = learner.call("load_model", "sent.p", sha256)
    assert is_warned(outcome), "the card says numpy 1.14.1 and scikit-learn 0.19.1, and load_model gave no UserWarning"


@grades("load_model")
def test_equal_versions_give_no_warning(learner, reference, rng):
    _, _, sha256 = put_model(learner, reference, rng)
    outcome = learner.call("load_model", "sent.p", sha256)
    assert not is_warned(outcome), "the card's versions are those that are running, and load_model gave a UserWarning"


# is_suspicious


@cache
def benign():
    """Pickles of data and of models; they name functions of numpy, scipy and sklearn, or none."""
    rng = np.random.default_rng(7)
    X, y = rows(rng)
    things = {
        "of numbers and texts": {"C": 10.0, "classes": ["C", "D"], "seed": None},
        "of an array": rng.standard_normal((3, 4)),
        "of an array of texts": np.array(["C", "D", "E"]),
        "of a dtype": np.dtype(float),
        "of a sparse matrix": scipy.sparse.csr_matrix(np.eye(3)),
        "of a logistic regression": LogisticRegression().fit(X, y),
        "of a pipeline": make_pipeline(StandardScaler(), SVC()).fit(X, y),
    }
    return {f"{name}, protocol {protocol}": pickle.dumps(thing, protocol=protocol) for name, thing in things.items() for protocol in (4, 5)}


def verdict(learner, data, name):
    answer = learner.is_suspicious(data)
    assert isinstance(answer, bool), f"is_suspicious of the pickle {name} returned {tell(answer)}; True or False was expected"
    return answer


@grades("is_suspicious", weight=2)
def test_data_and_models_are_not_suspicious(learner):
    wrong = [name for name, data in benign().items() if verdict(learner, data, name)]
    assert not wrong, f"is_suspicious called {len(wrong)} of {len(benign())} harmless pickles suspicious, the first the one {wrong[0] if wrong else ''}"


@grades("is_suspicious")
def test_dangerous_words_in_a_text_are_no_danger(learner):
    data = pickle.dumps({"title": "Never eval, exec or os.system what you do not know", "builtins": ["subprocess", "__reduce__"]})
    assert not verdict(learner, data, "of a text"), "is_suspicious called a pickle of texts suspicious, because of words in them; it imports nothing"


@grades("is_suspicious", weight=2)
def test_a_pickle_that_calls_another_module_is_suspicious(learner, rng):
    surprise = leaves_a_trace(box(learner, rng))
    for protocol in range(6):
        data = pickle.dumps(surprise, protocol=protocol)
        assert verdict(learner, data, "of a call"), f"is_suspicious let a pickle pass that calls shutil.copyfile (protocol {protocol})"


@grades("is_suspicious")
def test_a_name_of_another_module_is_suspicious_without_a_call(learner):
    for protocol in (0, 5):
        data = pickle.dumps({"copy": shutil.copyfile}, protocol=protocol)
        assert verdict(learner, data, "of a function"), f"is_suspicious let a pickle pass that imports shutil.copyfile (protocol {protocol})"


@grades("is_suspicious")
def test_builtins_are_suspicious(learner):
    for name, thing in {"range": range(3), "print": Calls(print, "Surprise!")}.items():
        assert verdict(learner, pickle.dumps(thing), f"of {name}"), f"is_suspicious let a pickle pass that calls builtins.{name}"


@grades("is_suspicious")
def test_a_call_before_a_model_is_found(learner, rng):
    data = pickle.dumps([leaves_a_trace(box(learner, rng)), LogisticRegression().fit(*rows(rng))])
    assert verdict(learner, data, "of a call and a model"), "is_suspicious let a pickle pass that has a call of shutil.copyfile first and then a model"


@grades("is_suspicious")
def test_a_call_hidden_behind_models_and_arrays_is_found(learner, rng):
    surprise, model = leaves_a_trace(box(learner, rng)), LogisticRegression().fit(*rows(rng))
    hidden = [[model, surprise], {"model": model, "classes": [np.arange(3), [surprise]]}, np.array([1.0, surprise, "C"], dtype=object)]
    for protocol, thing in zip((4, 5, 4), hidden, strict=True):
        data = pickle.dumps(thing, protocol=protocol)
        assert verdict(learner, data, "of a model and a call"), (
            "is_suspicious let a pickle pass that has a model or an array first and a call of shutil.copyfile inside")


@grades("is_suspicious")
def test_a_root_that_only_begins_like_numpy_is_suspicious(learner):
    for module in ("numpyx.core", "sklearn_extras", "scipy2"):
        data = f"c{module}\nrun\n.".encode()  # the opcodes GLOBAL and STOP; there is no such module
        assert verdict(learner, data, f"of {module}.run"), f"is_suspicious let a pickle pass that imports run from {module}"


@grades("is_suspicious")
def test_a_familiar_name_behind_another_root_is_suspicious(learner):
    for module in ("tools.numpy.core", "my.sklearn", "a.scipy"):
        data = f"c{module}\nrun\n.".encode()
        assert verdict(learner, data, f"of {module}.run"), f"is_suspicious let a pickle pass that imports run from {module}"


@grades("is_suspicious", weight=0.5)
def test_bytes_that_are_no_pickle_are_refused(learner, rng):
    whole = pickle.dumps(np.arange(5))
    for data in (b"", whole[: len(whole) // 2], b"RIFF" + rng.bytes(40)):
        refuses(learner, "is_suspicious", data)


@grades("is_suspicious", weight=2, hint="loads_it_to_see")
def test_nothing_is_loaded(learner, rng):
    folder = box(learner, rng)
    surprise = leaves_a_trace(folder)
    for thing in (surprise, [np.arange(3), {"a": surprise}]):
        learner.is_suspicious(pickle.dumps(thing))
    assert not files_in(learner, folder), "is_suspicious has loaded the pickle: the code in it has run"


# predict_file. The models are nearest neighbours among rows of features, so that they can be exact about what they are given.


def wav_bytes(channels, sr):
    """A 16-bit WAV file of signals of equal length."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(sr)
        file.writeframes(np.rint(32767 * np.column_stack(channels)).astype("<i2").tobytes())
    return content.getvalue()


def predictor(reference, X, labels, sr):
    """(pickle, card) of a model that answers with the label of the row of X nearest to what it is asked."""
    # Each row twice: with more labels than half the rows, scikit-learn would warn that they may be measurements.
    data = pickle.dumps(make_pipeline(KNeighborsClassifier(n_neighbors=1)).fit(np.repeat(X, 2, axis=0), np.repeat(labels, 2)))
    card = {"sr": sr, "n_fft": 4096, "feature": "chroma", "seed": 0, "versions": reference.running_versions(), "sha256": hashlib.sha256(data).hexdigest()}
    return data, json.dumps(card).encode()


def put_predictor(learner, files):
    for name, content in zip(("notes.p", "notes.p.json"), files, strict=True):
        learner.write_bytes(name, content)


def note(reference, midi, duration, sr, peak=0.4, n_harm=4):
    return peak * reference.harmonic_tone(reference.midi_to_hz(midi), duration, sr, n_harm, 0.5)


@cache
def seven_notes(reference, sr):
    X = [reference.features_chroma(note(reference, midi, 0.5, sr), sr) for midi in MIDI]
    return predictor(reference, X, list(LETTERS), sr)


def put_seven_notes(learner, reference, sr=22050):
    put_predictor(learner, seven_notes(reference, sr))


# Half of it is what each of the twelve features may be off. Halves: 4.6e-4 (Fourier resampling); 7.7e-3 (resampled to 22050 Hz in place of 16000)
GAP = 0.004


def assert_features(learner, reference, channels, sr, expected, card_sr, recording):
    """Asserts that predict_file asks the model about these features: among others all around them, they are the nearest ones."""
    gaps = [sign * size * GAP * unit for unit in np.eye(12) for sign in (1, -1) for size in (1, 10, 100)]
    names = [f"{size} times {more} of class {k}" for k in range(12) for more in ("more", "less") for size in (1, 10, 100)]
    put_predictor(learner, predictor(reference, [expected, *(expected + gap for gap in gaps)], ["as in training", *names], card_sr))
    came = heard(learner, channels, sr)
    assert came == "as in training", (f"for {recording}, your predict_file asks a model for {card_sr} Hz about other numbers than those of "
                                      f"training; all twelve must agree within {GAP / 2:g}, and one is off by {tell(came)}")


def heard(learner, channels, sr):
    """What predict_file says about a recording of these channels."""
    learner.write_bytes("clip.wav", wav_bytes(channels, sr))
    return learner.predict_file("notes.p", "clip.wav")


def assert_heard(learner, reference, rng, sr, card_sr=22050):
    put_seven_notes(learner, reference, card_sr)
    for k in rng.permutation(7)[:3]:
        came = heard(learner, [note(reference, MIDI[k] + rng.uniform(-0.2, 0.2), rng.uniform(0.3, 0.6), sr)], sr)
        assert came == LETTERS[k], f"predict_file of {LETTERS[k]}4 in a file of {sr} Hz, by a model for {card_sr} Hz, returned {tell(came)}"


@grades("predict_file", weight=0.5)
def test_the_answer_is_a_text(learner, reference):
    put_seven_notes(learner, reference)
    came = heard(learner, [note(reference, 67, 0.5, 22050)], 22050)
    assert isinstance(came, str), f"predict_file('notes.p', 'clip.wav') returned {tell(came)}; the name of a note, a text, was expected"


@grades("predict_file")
def test_notes_at_the_rate_of_training(learner, reference, rng):
    assert_heard(learner, reference, rng, 22050)


@grades("predict_file")
def test_notes_in_files_of_44100_hz(learner, reference, rng):
    assert_heard(learner, reference, rng, 44100)


@grades("predict_file")
def test_notes_in_files_of_8000_hz(learner, reference, rng):
    assert_heard(learner, reference, rng, 8000)


def two_notes(reference, rng):
    """A function of sr: a low note, then a shorter high one. A mean over time of two notes has no value 1, so that every scaling changes it."""
    low, high = rng.choice([60, 62, 64]) + rng.uniform(-0.2, 0.2), rng.choice([67, 69, 71]) + rng.uniform(-0.2, 0.2)
    durations = rng.integers(50, 61) / 100, rng.integers(25, 36) / 100
    return lambda sr: np.concatenate([note(reference, low, durations[0], sr), note(reference, high, durations[1], sr, peak=0.3)])


@grades("predict_file", weight=2)
def test_features_are_those_of_training_at_22050_hz(learner, reference, rng):
    signal = two_notes(reference, rng)
    assert_features(learner, reference, [signal(44100)], 44100, reference.features_chroma(signal(22050), 22050), 22050, "a file of 44100 Hz")


@grades("predict_file")
def test_features_are_those_of_training_at_16000_hz(learner, reference, rng):
    signal = two_notes(reference, rng)
    assert_features(learner, reference, [signal(44100)], 44100, reference.features_chroma(signal(16000), 16000), 16000, "a file of 44100 Hz")


@grades("predict_file")
def test_the_louder_channel_is_heard(learner, reference, rng):
    put_seven_notes(learner, reference)
    left, right = rng.permutation(7)[:2]
    channels = [note(reference, MIDI[left], 0.4, 22050, peak=0.05), note(reference, MIDI[right], 0.4, 22050, peak=0.8)]
    for sides, both in (("left and a loud {} on the right", channels), ("right and a loud {} on the left", channels[::-1])):
        came = heard(learner, both, 22050)
        assert came == LETTERS[right], (f"a stereo file has a soft {LETTERS[left]} on the {sides.format(LETTERS[right])}; "
                                        f"predict_file returned {tell(came)}")


@grades("predict_file")
def test_channels_are_averaged(learner, reference, rng):
    channels = [two_notes(reference, rng)(22050)[:15000] for _ in range(2)]
    assert_features(learner, reference, channels, 22050, reference.features_chroma(np.mean(channels, axis=0), 22050), 22050, "a stereo file of 22050 Hz")


@grades("predict_file")
def test_digital_silence_is_called_silence(learner, reference):
    put_seven_notes(learner, reference)
    came = heard(learner, [np.zeros(8820)], 22050)
    assert came == "silence", f"predict_file of a file of zeros returned {tell(came)}; 'silence' was expected"


def assert_hiss_is_silence(learner, reference, rms, rng):
    put_seven_notes(learner, reference)
    came = heard(learner, [rms * rng.standard_normal(8820)], 22050)
    assert came == "silence", f"predict_file of noise with an rms of {rms:g} returned {tell(came)}; below 0.001 it is 'silence'"


@grades("predict_file", weight=0.5)
def test_a_very_faint_hiss_is_called_silence(learner, reference, rng):
    assert_hiss_is_silence(learner, reference, 0.0002, rng)


@grades("predict_file")
def test_a_faint_hiss_is_called_silence(learner, reference, rng):
    assert_hiss_is_silence(learner, reference, 0.0007, rng)  # its peaks are above 0.002


@grades("predict_file")
def test_a_soft_note_is_no_silence(learner, reference, rng):
    put_seven_notes(learner, reference)
    k = rng.integers(7)
    y = note(reference, MIDI[k], 0.4, 22050)
    came = heard(learner, [y * 0.0015 / np.sqrt(np.mean(y**2))], 22050)
    assert came == LETTERS[k], f"predict_file of {LETTERS[k]}4 with an rms of 0.0015 returned {tell(came)}; from 0.001 on the model is to be asked"


@grades("predict_file")
def test_less_than_a_tenth_of_a_second_is_refused(learner, reference):
    put_seven_notes(learner, reference)
    for y in (note(reference, 69, 0.5, 8000)[:799], np.zeros(500)):
        learner.write_bytes("clip.wav", wav_bytes([y], 8000))
        refuses(learner, "predict_file", "notes.p", "clip.wav")


@grades("predict_file", weight=0.5)
def test_a_tenth_of_a_second_is_enough(learner, reference):
    put_seven_notes(learner, reference)
    came = heard(learner, [note(reference, 69, 0.5, 8000)[:800]], 8000)
    assert isinstance(came, str), f"predict_file of a note of exactly 0.1 s returned {tell(came)}; the name of a note was expected"


# museum: one test an exhibit


def assert_letter(learner, exhibit, right):
    came = learner.museum(exhibit)
    assert str(came).strip().lower() == right, f"museum({exhibit!r}) returned {tell(came)}; another repair is right"


@grades("museum")
def test_formula(learner):
    assert_letter(learner, "formula", "c")


@grades("museum")
def test_rate(learner):
    assert_letter(learner, "rate", "a")


@grades("museum")
def test_arithmetic(learner):
    assert_letter(learner, "arithmetic", "d")


@grades("museum")
def test_resampling(learner):
    assert_letter(learner, "resampling", "b")


@grades("museum")
def test_reference(learner):
    assert_letter(learner, "reference", "d")


@grades("museum")
def test_overfitting(learner):
    assert_letter(learner, "overfitting", "a")


@grades("museum")
def test_duplicates(learner):
    assert_letter(learner, "duplicates", "c")


@grades("museum")
def test_pixels(learner):
    assert_letter(learner, "pixels", "b")


@grades("museum")
def test_order(learner):
    assert_letter(learner, "order", "a")


@grades("museum")
def test_pickle(learner):
    assert_letter(learner, "pickle", "c")


@grades("museum")
def test_keywords(learner):
    assert_letter(learner, "keywords", "d")


@grades("museum")
def test_python2(learner):
    assert_letter(learner, "python2", "b")


@grades("museum")
def test_mel(learner):
    assert_letter(learner, "mel", "c")


@grades("museum")
def test_loss(learner):
    assert_letter(learner, "loss", "a")


# name_melody


def edits(a, b):
    """Letters that must be put in, taken out or replaced to make b of a (Levenshtein's distance)."""
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, z in enumerate(b, 1):
            row.append(min(row[-1] + 1, above[j] + 1, above[j - 1] + (x != z)))
        above = row
    return above[-1]


def eight(rng):
    """Eight letters, no two neighbours alike."""
    steps = rng.integers(1, 7, 8)
    return [LETTERS[k] for k in np.cumsum(steps) % 7]


def assert_named(learner, reference, names, quarter, sr, rng):
    """The number of edits between what name_melody hears in a tune and what was played, if it is at most one."""
    came = learner.name_melody(reference.play_tune(names, quarter, sr, rng), sr)
    call = f"name_melody(<a tune of 8 notes, quarter {quarter:.2f} s>, {sr})"
    assert isinstance(came, list | tuple), f"{call} returned {tell(came)}; a list of letters was expected"
    assert all(isinstance(name, str) for name in came), f"{call} returned {tell(came)}; a list of texts was expected"
    off = edits(list(came)[:1000], names)
    assert off <= 1, f"{call} returned {len(came)} names, {off} edits away from what was played; at most one edit was expected"
    return off


@grades("name_melody", weight=0.5)
def test_names_come_as_a_list(learner, reference, rng):
    came = learner.name_melody(reference.play_tune(eight(rng), 0.3, 22050, rng), 22050)
    assert isinstance(came, list | tuple), f"name_melody(<a tune of 8 notes>, 22050) returned {tell(came)}; a list of letters was expected"


@grades("name_melody", weight=0.5)
def test_names_are_letters_from_c_to_b(learner, reference, rng):
    came = learner.name_melody(reference.play_tune(eight(rng), 0.3, 22050, rng), 22050)
    strange = [name for name in came if not (isinstance(name, str) and name in tuple(LETTERS))] if isinstance(came, list | tuple) else [came]
    assert not strange, f"name_melody(<a tune of 8 notes>, 22050) gave names such as {tell(strange[0]) if strange else ''}; letters from C to B were expected"


@grades("name_melody", hint="letters_from_a")
def test_a_scale(learner, reference, rng):
    assert_named(learner, reference, list("CDEFGABC"), 0.25, 22050, rng)


@grades("name_melody", weight=2, hint="merges_repeats")
def test_repeated_notes_are_named_one_by_one(learner, reference, rng):
    a, b, c = (LETTERS[k] for k in rng.permutation(7)[:3])
    assert_named(learner, reference, [a, a, a, b, b, c, c, c], 0.25, 22050, rng)


@grades("name_melody", hint="fixed_tempo")
def test_a_fast_tune(learner, reference, rng):
    assert_named(learner, reference, eight(rng), 0.15, 22050, rng)


@grades("name_melody", hint="fixed_tempo")
def test_a_slow_tune(learner, reference, rng):
    assert_named(learner, reference, eight(rng), 0.4, 22050, rng)


@grades("name_melody", hint="ignores_sr")
def test_other_rates(learner, reference, rng):
    for sr in (24000, 32000):
        assert_named(learner, reference, eight(rng), 0.25, sr, rng)


@grades("name_melody", weight=3)
def test_fresh_tunes(learner, reference, rng):
    off = 0
    for _ in range(5):
        names = [str(name) for name in rng.choice(list(LETTERS), 8)]
        off += assert_named(learner, reference, names, rng.uniform(0.15, 0.4), int(rng.choice([22050, 24000])), rng)
    if off == 0:
        learner.remark("name_melody named every note of five fresh tunes. That is more than was asked for: well heard!")
