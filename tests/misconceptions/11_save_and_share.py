"""Wrong answers to 11_save_and_share with their hints, and rightful alternatives."""

import hashlib
import io
import itertools
import json
import math
import os
import pickle
import pickletools
import wave
import warnings
from pathlib import Path

import joblib
import librosa
import numpy as np
import scipy.signal
import sklearn
from scipy.io import wavfile
from sklearn.base import clone

from autograder import alternative, misconception
from reference_impl import pickle_globals

# q1, q2, q3


@alternative("q1", "right")
def q1():
    return "c"


@misconception("q1", "strongest_frequency",
    "The probability compares the seven notes with each other; the model has never been asked what lies outside them. Think of what it must answer for silence.")
def q1():
    return "a"


@misconception("q1", "overfitted",
    "A sound that resembles nothing in training may land far on one side of every boundary, in a well fitted model, too. The question is what the seven probabilities add up to.")
def q1():
    return "b"


@misconception("q1", "share_of_energy",
    "A probability is no share of energy: it says how the model divides its belief among the labels that it knows. Think of what these add up to.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "a"


@misconception("q2", "too_little_held_out",
    "120 clips are enough to tell 0.98 from 0.3. Ask what each of them has in common with clips that were used for training.")
def q2():
    return "b"


@misconception("q2", "labels_separated",
    "With labels and clips apart, the first score would be at chance, too. It is high: ask what the held-out clips share with those that were used for training.")
def q2():
    return "c"


@misconception("q2", "too_simple",
    "A model that is too simple would be poor on both. It knows the held-out clips well, and only those: ask what they share with those that were used for training.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "d"


@misconception("q3", "upwards",
    "From 440 Hz to 220 Hz it goes down, and cents have a sign. Put the numbers into 1200·log2(f2 / f1).")
def q3():
    return "a"


@misconception("q3", "semitones",
    "An octave has twelve semitones, and a semitone has 100 cents. Put the numbers into 1200·log2(f2 / f1).")
def q3():
    return "b"


@misconception("q3", "hertz",
    "220 is the difference in Hz. Cents measure a ratio: put the numbers into 1200·log2(f2 / f1).")
def q3():
    return "c"


# save_models


def dump(path, thing):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        pickle.dump(thing, file)


@misconception("save_models", "ignores_folder",
    "Your files lie in the folder where the notebook runs. They belong into folder: put it in front of their names, as in Path(folder) / name.")
def save_models(folder, logreg, svm):
    Path(folder).mkdir(parents=True, exist_ok=True)
    dump("logisticRegr.p", logreg)
    dump("classifierSVM.p", svm)


@misconception("save_models", "one_file",
    "There is one file with both models in it, or one is written over the other. Open a file of its own for each of them.")
def save_models(folder, logreg, svm):
    dump(f"{folder}/logisticRegr.p", (logreg, svm))


@misconception("save_models", "other_names",
    "Your files have names of your own, and a program that looks for the original's will not find them. Write logisticRegr.p and classifierSVM.p, letter by letter.")
def save_models(folder, logreg, svm):
    dump(f"{folder}/logreg.pkl", logreg)
    dump(f"{folder}/svm.pkl", svm)


@misconception("save_models", "swapped",
    "Each model lies in the other one's file. The first argument goes to logisticRegr.p, the second to classifierSVM.p.")
def save_models(folder, logreg, svm):
    dump(f"{folder}/logisticRegr.p", svm)
    dump(f"{folder}/classifierSVM.p", logreg)


@misconception("save_models", "same_model_twice",
    "Both files hold the same model. Look at what you dump into classifierSVM.p.")
def save_models(folder, logreg, svm):
    dump(f"{folder}/logisticRegr.p", logreg)
    dump(f"{folder}/classifierSVM.p", logreg)


@misconception("save_models", "one_level_only",
    "Your function makes the folder, but not the folders above it. Path.mkdir has the setting parents for that.")
def save_models(folder, logreg, svm):
    Path(folder).mkdir(exist_ok=True)
    dump(f"{folder}/logisticRegr.p", logreg)
    dump(f"{folder}/classifierSVM.p", svm)


@misconception("save_models", "folder_must_exist",
    "Your function fails, or writes elsewhere, where the folder is missing. Make it first, with the folders above it: Path(folder).mkdir has a setting for that.")
def save_models(folder, logreg, svm):
    for name, model in (("logisticRegr.p", logreg), ("classifierSVM.p", svm)):
        with open(os.path.join(folder, name), "wb") as file:
            pickle.dump(model, file)


@misconception("save_models", "folder_must_be_new",
    "Your function fails where the folder exists already. Path(folder).mkdir has a setting that lets it be.")
def save_models(folder, logreg, svm):
    os.makedirs(folder)
    dump(f"{folder}/logisticRegr.p", logreg)
    dump(f"{folder}/classifierSVM.p", svm)


@misconception("save_models", "unfitted_copies",
    "Your files hold models that have not been fitted. Pickle the very models that came as arguments.")
def save_models(folder, logreg, svm):
    dump(f"{folder}/logisticRegr.p", clone(logreg))
    dump(f"{folder}/classifierSVM.p", clone(svm))


@misconception("save_models", "text_mode",
    "You open the file for text, and pickle writes bytes. Open it in the mode \"wb\".")
def save_models(folder, logreg, svm):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, model in (("logisticRegr.p", logreg), ("classifierSVM.p", svm)):
        with open(Path(folder) / name, "w") as file:
            pickle.dump(model, file)


@misconception("save_models", "appends",
    "You write behind what was in the files before, and loading finds the old content first. The mode \"wb\" empties a file, \"ab\" does not.")
def save_models(folder, logreg, svm):
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, model in (("logisticRegr.p", logreg), ("classifierSVM.p", svm)):
        with open(Path(folder) / name, "ab") as file:
            pickle.dump(model, file)


@alternative("save_models", "write_bytes_protocol_4")
def save_models(folder, logreg, svm):
    for name, model in {"logisticRegr.p": logreg, "classifierSVM.p": svm}.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(model, protocol=4))


@alternative("save_models", "makedirs_and_drafts")
def save_models(folder, logreg, svm):
    os.makedirs(folder, exist_ok=True)
    for name, model in zip(["classifierSVM", "logisticRegr"], [svm, logreg]):
        draft = os.path.join(folder, name + ".draft")
        with open(draft, "wb") as file:
            file.write(pickle.dumps(model, protocol=2))
        os.replace(draft, os.path.join(folder, name + ".p"))


@alternative("save_models", "pickler")
def save_models(folder, logreg, svm):
    if not os.path.isdir(folder):
        os.makedirs(folder)
    file = open(f"{folder}/logisticRegr.p", mode="wb")
    pickle.Pickler(file).dump(logreg)
    file.close()
    file = open(f"{folder}/classifierSVM.p", mode="wb")
    pickle.Pickler(file).dump(svm)
    file.close()
    return folder


# save_model. The misconceptions are made from one answer, of which they change one step.

NEEDED = ("sr", "n_fft", "feature", "seed")


def running():
    return {"numpy": np.__version__, "scikit-learn": sklearn.__version__}


def save(path, pipeline, card, needed=NEEDED, data=None, digest=None, card_path=None, entries=lambda card, sha256: {**card, "versions": running(), "sha256": sha256}):
    missing = [key for key in needed if key not in card]
    if missing:
        raise ValueError(f"card lacks {missing}")
    data = pickle.dumps(pipeline) if data is None else data
    sha256 = digest or hashlib.sha256(data).hexdigest()
    Path(path).write_bytes(data)
    Path(card_path or path + ".json").write_text(json.dumps(entries(card, sha256)))
    return sha256


@misconception("save_model", "digest_for_hexdigest",
    "You return the hash as 32 bytes, or write it in another way. hexdigest() gives the text of 64 hexadecimal digits.")
def save_model(path, pipeline, card):
    return bytes.fromhex(save(path, pipeline, card))


@misconception("save_model", "no_return",
    "Your function writes the files and returns nothing. Whoever gets the model needs its hash on another way: return it.")
def save_model(path, pipeline, card):
    save(path, pipeline, card)


@misconception("save_model", "md5",
    "Your hash is that of another function: SHA-256 has 64 hexadecimal digits. hashlib has one of that name.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, digest=hashlib.md5(pickle.dumps(pipeline)).hexdigest())


@misconception("save_model", "hash_of_the_card",
    "You hash the card's file. The hash is to protect the model: compute it from the bytes of the pickle.")
def save_model(path, pipeline, card):
    save(path, pipeline, card, digest=hashlib.sha256(json.dumps(card).encode()).hexdigest())
    return hashlib.sha256(Path(path + ".json").read_bytes()).hexdigest()


@misconception("save_model", "hash_of_a_description",
    "You hash a text that describes the model, or the name of its file, and not what is in the file. Compute the hash from the bytes of the pickle.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, digest=hashlib.sha256(repr(pipeline).encode()).hexdigest())


@misconception("save_model", "card_in_the_pickle",
    "Your pickle holds the card as well. A card must be readable without unpickling anything: the model goes into one file, the card into the other.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, data=pickle.dumps((pipeline, card)))


@misconception("save_model", "unfitted_copy",
    "Your file holds a model that has not been fitted. Pickle the very model that came as an argument.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, data=pickle.dumps(clone(pipeline)))


@misconception("save_model", "suffix_replaced",
    "Your card takes the place of the last part of the name, so two models can share a card. The name is the whole path and \".json\" behind it.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, card_path=Path(path).with_suffix(".json"))


@misconception("save_model", "no_card",
    "There is a model, but no card. Write it to the file path + \".json\".")
def save_model(path, pipeline, card):
    save(path, pipeline, card)
    os.remove(path + ".json")
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@misconception("save_model", "no_json",
    "Your card is the text of a Python dict, with single quotes, which no JSON reader understands. json.dumps writes JSON.")
def save_model(path, pipeline, card):
    sha256 = save(path, pipeline, card)
    Path(path + ".json").write_text(str({**card, "versions": running(), "sha256": sha256}))
    return sha256


@misconception("save_model", "needed_keys_only",
    "Your card has the four keys that it must have, and nothing else of what came in. Take all entries of card over.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, entries=lambda card, sha256: {**{key: card[key] for key in NEEDED}, "versions": running(), "sha256": sha256})


@misconception("save_model", "no_versions",
    "Your card does not say under which versions the model was written, or not as running_versions() gives them. Add them as the entry \"versions\".")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, entries=lambda card, sha256: {**card, "sha256": sha256})


@misconception("save_model", "one_version",
    "Your entry \"versions\" says one version only. Both libraries take part: the dict of running_versions() is the entry.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, entries=lambda card, sha256: {**card, "versions": sklearn.__version__, "sha256": sha256})


@misconception("save_model", "no_hash_on_the_card",
    "Your card does not say the hash of its model. Add it as the entry \"sha256\".")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, entries=lambda card, sha256: {**card, "versions": running()})


@misconception("save_model", "outdated_entries_win",
    "Where card has the entries \"versions\" and \"sha256\" from another time, yours keeps those. Put the new entries behind those of card: the last one wins.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, entries=lambda card, sha256: {"versions": running(), "sha256": sha256, **card})


@misconception("save_model", "changes_card",
    "Your function writes its two entries into the caller's own dict. Make a new one, {**card, …}, and leave card as it is.")
def save_model(path, pipeline, card):
    sha256 = save(path, pipeline, card)
    card.update(versions=running(), sha256=sha256)
    return sha256


@misconception("save_model", "no_key_check",
    "Your function accepts a card without sr, n_fft, feature or seed. Look for all four keys first, and raise a ValueError if one is missing.")
def save_model(path, pipeline, card):
    return save(path, pipeline, card, needed=())


@misconception("save_model", "key_error",
    "A missing key leads to a KeyError, from looking it up. Ask by `key not in card`, and raise the ValueError yourself.")
def save_model(path, pipeline, card):
    [card[key] for key in NEEDED]
    return save(path, pipeline, card)


@misconception("save_model", "checks_too_late",
    "Your function refuses an incomplete card, but has written files by then. Look at the card before you do anything else.")
def save_model(path, pipeline, card):
    sha256 = save(path, pipeline, card, needed=())
    return save(path, pipeline, card) if sha256 else sha256


@alternative("save_model", "hash_of_the_file")
def save_model(path, pipeline, card):
    if not {"sr", "n_fft", "feature", "seed"} <= set(card):
        raise ValueError("card is not complete")
    with open(path, "wb") as file:
        pickle.dump(pipeline, file, protocol=4)
    with open(path, "rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    whole = dict(card)
    whole.update(versions=running(), sha256=sha256)
    with open(str(path) + ".json", "w") as file:
        json.dump(whole, file, indent=4, sort_keys=True)
    return sha256


@alternative("save_model", "by_blocks")
def save_model(path, pipeline, card):
    if any(key not in card.keys() for key in NEEDED):
        raise ValueError("card is not complete")
    stream = io.BytesIO()
    pickle.Pickler(stream, protocol=5).dump(pipeline)
    content, digest = stream.getvalue(), hashlib.new("sha256")
    for start in range(0, len(content), 1000):
        digest.update(content[start : start + 1000])
    with open(path, "wb") as file:
        file.write(content)
    versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
    Path(f"{path}.json").write_bytes(json.dumps(card | {"sha256": digest.hexdigest(), "versions": versions}).encode())
    return digest.hexdigest()


@alternative("save_model", "card_first")
def save_model(path, pipeline, card):
    try:
        for key in NEEDED:
            card[key]
    except KeyError as error:
        raise ValueError(f"{error} is missing") from None
    content = pickle.dumps(pipeline, protocol=pickle.HIGHEST_PROTOCOL)
    sha256 = "".join(f"{byte:02x}" for byte in hashlib.sha256(content).digest())
    Path(path + ".json").write_text(json.dumps(dict(card, versions=running(), sha256=sha256)))
    Path(path).write_bytes(content)
    return sha256


# load_model


def sha256_of(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def refuse_unless(condition):
    if not condition:
        raise ValueError("another SHA-256 was expected")


def load(path, differs=lambda versions: versions != running(), say=warnings.warn):
    card = json.loads(Path(path + ".json").read_text())
    if differs(card["versions"]):
        say("another version")
    return pickle.loads(Path(path).read_bytes()), card


@misconception("load_model", "trusts_the_card",
    "You compare the file with the hash on its card, and who changes the one can change the other. Compare with expected_sha256, which came on another way.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == json.loads(Path(path + ".json").read_text())["sha256"])
    return load(path)


@misconception("load_model", "card_says_the_hash",
    "You compare expected_sha256 with what the card says, and the model's file itself with nothing. Compute the hash from the file's bytes.")
def load_model(path, expected_sha256):
    refuse_unless(expected_sha256 == json.loads(Path(path + ".json").read_text())["sha256"])
    return load(path)


@misconception("load_model", "no_hash_check",
    "Your function loads whatever lies at path. Compute the SHA-256 of the file's bytes, compare it with expected_sha256, and raise a ValueError where they differ.")
def load_model(path, expected_sha256):
    return load(path)


@misconception("load_model", "raises_for_versions",
    "You refuse a model of another version. It may well work, so the contract wants a warning: warnings.warn, and then go on.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, say=lambda text: refuse_unless(False))


@misconception("load_model", "bytes_for_digits",
    "You refuse the right file: your hash is of bytes, and expected_sha256 is a text of hexadecimal digits. hexdigest() gives one.")
def load_model(path, expected_sha256):
    refuse_unless(hashlib.sha256(Path(path).read_bytes()).digest() == expected_sha256)
    return load(path)


@misconception("load_model", "hash_of_the_card",
    "You hash the card's file. The hash that was told is the model's: compute it from the bytes of the file at path.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path + ".json") == expected_sha256)
    return load(path)


@misconception("load_model", "hash_after_loading",
    "You compare the hash when the file has been unpickled already, and what it can do, it has done by then. Read the bytes, compare, and unpickle last.")
def load_model(path, expected_sha256):
    loaded = load(path)
    refuse_unless(sha256_of(path) == expected_sha256)
    return loaded


@misconception("load_model", "scikit_learn_only",
    "You compare the version of scikit-learn and not that of NumPy, in which the model's numbers are stored. Compare both, or the whole dicts.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, differs=lambda versions: versions["scikit-learn"] != sklearn.__version__)


@misconception("load_model", "numpy_only",
    "You compare the version of NumPy and not that of scikit-learn, which the model belongs to. Compare both, or the whole dicts.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, differs=lambda versions: versions["numpy"] != np.__version__)


@misconception("load_model", "both_must_differ",
    "You warn only where both versions differ. One is enough: compare the whole dicts, or join the two questions by or.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, differs=lambda versions: not set(versions.values()) & set(running().values()))


@misconception("load_model", "no_version_check",
    "Your function does not look at the card's versions. Compare them with running_versions(), and warn by warnings.warn where they differ.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, differs=lambda versions: False)


@misconception("load_model", "always_warns",
    "Your function warns even if the versions are equal, and a warning that always comes is read by nobody. Warn only where they differ.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path, differs=lambda versions: True)


@misconception("load_model", "model_only",
    "Only the model comes back. Return two things, the model and its card.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path)[0]


@misconception("load_model", "card_first",
    "Your card comes first. The contract wants the model first and the card second.")
def load_model(path, expected_sha256):
    refuse_unless(sha256_of(path) == expected_sha256)
    return load(path)[::-1]


@alternative("load_model", "files_opened")
def load_model(path, expected_sha256):
    with open(path, "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != expected_sha256:
            raise ValueError("the file is another one")
        file.seek(0)
        with open(path + ".json") as card_file:
            card = json.load(card_file)
        for library, version in running().items():
            if card["versions"].get(library) != version:
                warnings.warn(f"another version of {library}", UserWarning, stacklevel=2)
        return pickle.load(file), card


@alternative("load_model", "compared_as_bytes")
def load_model(path, expected_sha256):
    content = Path(path).read_bytes()
    if bytes.fromhex(expected_sha256) != hashlib.new("sha256", content).digest():
        raise ValueError("the file is another one")
    card = json.loads(Path(f"{path}.json").read_bytes())
    if card["versions"]["numpy"] != np.__version__ or card["versions"]["scikit-learn"] != sklearn.__version__:
        warnings.warn("another version", category=UserWarning)
    return [pickle.Unpickler(io.BytesIO(content)).load(), card]


@alternative("load_model", "joblib_with_error_class")
def load_model(path, expected_sha256):
    class AnotherFile(ValueError):
        pass

    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(500):
            digest.update(block)
    if digest.hexdigest() != expected_sha256:
        raise AnotherFile(path)
    card = json.loads(Path(path + ".json").read_text(encoding="utf-8"))
    if sorted(card["versions"].items()) != sorted(running().items()):
        warnings.warn("another version")
    return joblib.load(path), card


# is_suspicious

FAMILIAR = ("numpy", "scipy", "sklearn")


@misconception("is_suspicious", "first_only",
    "You look at the first name only, and what is suspicious may come later. Return False only after the loop, when all names have been looked at.")
def is_suspicious(pickle_bytes):
    return any(module.split(".")[0] not in FAMILIAR for module, _ in pickle_globals(pickle_bytes)[:1])


@misconception("is_suspicious", "all_must_be_foreign",
    "You flag a pickle only if all of its names are unfamiliar, so one that hides among a model's passes. One unfamiliar name is enough.")
def is_suspicious(pickle_bytes):
    names = pickle_globals(pickle_bytes)
    return bool(names) and all(module.split(".")[0] not in FAMILIAR for module, _ in names)


@misconception("is_suspicious", "begins_with",
    "You ask whether the module begins with numpy, scipy or sklearn, and numpyx.core does so, too. Split at the dots, and compare the whole first part.")
def is_suspicious(pickle_bytes):
    return any(not module.startswith(FAMILIAR) for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "anywhere_in_the_name",
    "You ask whether numpy, scipy or sklearn occurs anywhere between the dots, and it does so in tools.numpy.core, too. Only the first part, the root, counts.")
def is_suspicious(pickle_bytes):
    return any(not set(module.split(".")) & set(FAMILIAR) for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "builtins_are_harmless",
    "You let builtins pass, or the standard library. eval and exec are builtins, and a file is opened by one: only numpy, scipy and sklearn are familiar here.")
def is_suspicious(pickle_bytes):
    return any(module.split(".")[0] not in (*FAMILIAR, "builtins", "__builtin__", "collections") for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "calls_only",
    "You flag only pickles that call something at once. A function that is only named is imported as well, and may be called later: look at the modules alone.")
def is_suspicious(pickle_bytes):
    calls = any(opcode.name in ("REDUCE", "NEWOBJ", "OBJ", "INST") for opcode, _, _ in pickletools.genops(pickle_bytes))
    return calls and any(module.split(".")[0] not in FAMILIAR for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "catches_the_error",
    "You catch the error of bytes that are no pickle, and answer all the same. Let it pass: whoever asked should know that it is no pickle.")
def is_suspicious(pickle_bytes):
    try:
        return any(module.split(".")[0] not in FAMILIAR for module, _ in pickle_globals(pickle_bytes))
    except ValueError:
        return True


@misconception("is_suspicious", "any_global",
    "You flag every pickle that imports or calls anything, and all arrays and models do. Look at which module the names come from.")
def is_suspicious(pickle_bytes):
    return not {opcode.name for opcode, _, _ in pickletools.genops(pickle_bytes)}.isdisjoint({"GLOBAL", "STACK_GLOBAL", "INST", "EXT1", "EXT2", "EXT4"})


@misconception("is_suspicious", "whole_module",
    "You compare the whole name of the module, and numpy._core.multiarray is not numpy. Compare its root, the part before the first dot.")
def is_suspicious(pickle_bytes):
    return any(module not in FAMILIAR for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "searches_words",
    "You search the bytes for words such as eval or os. A harmless text may hold them, and most dangerous calls are named otherwise: look at the modules that pickle_globals lists.")
def is_suspicious(pickle_bytes):
    list(pickletools.genops(pickle_bytes))
    return any(word in pickle_bytes for word in (b"eval", b"exec", b"os\n", b"posix", b"system", b"subprocess"))


@misconception("is_suspicious", "loads_it_to_see",
    "You load the pickle to look at it, and what it can do, it has done by then. pickle_globals tells the names without loading.")
def is_suspicious(pickle_bytes):
    try:
        pickle.loads(pickle_bytes)
    except (EOFError, pickle.UnpicklingError) as error:
        raise ValueError("no pickle") from error
    except Exception:
        return True
    return any(module.split(".")[0] not in FAMILIAR for module, _ in pickle_globals(pickle_bytes))


@misconception("is_suspicious", "turned_round",
    "Your answer is turned round: True is for what should not be loaded. Look at what you return in the loop and after it.")
def is_suspicious(pickle_bytes):
    return all(module.split(".")[0] in FAMILIAR for module, _ in pickle_globals(pickle_bytes))


@alternative("is_suspicious", "roots_as_a_set")
def is_suspicious(pickle_bytes):
    return bool({module.partition(".")[0] for module, _ in pickle_globals(pickle_bytes)} - set(FAMILIAR))


@alternative("is_suspicious", "with_the_dot")
def is_suspicious(pickle_bytes):
    known = ("numpy.", "scipy.", "sklearn.")
    return not all((module + ".").startswith(known) for module, name in pickle_globals(pickle_bytes))


@alternative("is_suspicious", "counted")
def is_suspicious(pickle_bytes):
    found = 0
    for pair in pickle_globals(pickle_bytes):
        root = ""
        for letter in pair[0]:
            if letter == ".":
                break
            root += letter
        found += root != "numpy" and root != "scipy" and root != "sklearn"
    return np.bool_(found > 0)


@alternative("is_suspicious", "takewhile")
def is_suspicious(pickle_bytes):
    roots = ("".join(itertools.takewhile(lambda letter: letter != ".", module)) for module, _ in pickle_globals(pickle_bytes))
    return any(root not in FAMILIAR for root in roots)


# predict_file


def ask(model_path, row):
    return str(pickle.loads(Path(model_path).read_bytes()).predict([row])[0])


def rate_of(model_path):
    return json.loads(Path(model_path + ".json").read_text())["sr"]


def chroma_of(y, sr):
    return librosa.feature.chroma_stft(y=y, sr=sr, n_fft=4096, tuning=0).mean(axis=1)


def recording(wav_path):
    sr, samples = wavfile.read(wav_path)
    return samples.reshape(len(samples), -1).mean(axis=1) / 32768, sr


def predict(model_path, y, sr, is_short=lambda y, sr: len(y) < 0.1 * sr, is_silent=lambda y: np.sqrt(np.mean(y**2)) < 0.001, to_row=None):
    if is_short(y, sr):
        raise ValueError("the recording is too short")
    if is_silent(y):
        return "silence"
    card_sr = rate_of(model_path)
    if to_row is None:
        return ask(model_path, chroma_of(librosa.resample(y, orig_sr=sr, target_sr=card_sr), card_sr))
    return ask(model_path, to_row(y, sr, card_sr))


@misconception("predict_file", "always_22050",
    "You resample to 22050 Hz, whatever the card says. A model that was trained at another rate needs that one: take it from the card.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), to_row=lambda y, sr, card_sr: chroma_of(librosa.resample(y, orig_sr=sr, target_sr=22050), 22050))


@misconception("predict_file", "not_resampled",
    "You compute the features at the file's own rate: their frames then last another time than those in training, and the numbers differ. Resample to the card's sr first.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), to_row=lambda y, sr, card_sr: chroma_of(y, sr))


@misconception("predict_file", "cards_rate_for_the_files",
    "You pass the card's rate for samples of another one, so every note is taken for a higher or a lower one. Resample first, from the file's rate to the card's.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), to_row=lambda y, sr, card_sr: chroma_of(y, card_sr))


@misconception("predict_file", "rates_swapped",
    "Your resampling goes the wrong way. orig_sr is the rate of the file, target_sr that of the card.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), to_row=lambda y, sr, card_sr: chroma_of(librosa.resample(y, orig_sr=card_sr, target_sr=sr), card_sr))


@misconception("predict_file", "scaled_to_the_largest",
    "You divide the features of the clip by their largest value, which was not done in training. Give the model the features as they come.")
def predict_file(model_path, wav_path):
    def to_row(y, sr, card_sr):
        chroma = chroma_of(librosa.resample(y, orig_sr=sr, target_sr=card_sr), card_sr)
        return chroma / chroma.max()

    return predict(model_path, *recording(wav_path), to_row=to_row)


@misconception("predict_file", "standardised_per_clip",
    "You standardise the clip's features by their own mean and deviation, which was not done in training. A scaler belongs into the pipeline, and is fitted there.")
def predict_file(model_path, wav_path):
    def to_row(y, sr, card_sr):
        chroma = chroma_of(librosa.resample(y, orig_sr=sr, target_sr=card_sr), card_sr)
        return (chroma - chroma.mean()) / chroma.std()

    return predict(model_path, *recording(wav_path), to_row=to_row)


def channel(wav_path, number):
    sr, samples = wavfile.read(wav_path)
    return samples.reshape(len(samples), -1)[:, number] / 32768, sr


@misconception("predict_file", "channels_in_a_row",
    "You read a stereo file as if it had one channel, so its samples alternate between left and right. read_wav gives the mean of the channels.")
def predict_file(model_path, wav_path):
    with wave.open(wav_path) as file:
        return predict(model_path, np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate())


@misconception("predict_file", "left_channel",
    "You take the left channel alone, and miss what is louder on the right. read_wav gives the mean of the channels.")
def predict_file(model_path, wav_path):
    return predict(model_path, *channel(wav_path, 0))


@misconception("predict_file", "peak_for_rms",
    "You compare the peak with 0.001, and a soft hiss has peaks four times its rms. The rms is the root of the mean of the squares.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_silent=lambda y: np.abs(y).max() < 0.001)


@misconception("predict_file", "zeros_only",
    "You call only digital zeros silence, and no recording has those: a soft hiss is silence as well. Compare the rms with 0.001.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_silent=lambda y: not y.any())


@misconception("predict_file", "normalised_before",
    "You bring the recording to a fixed peak before you look at its level, and then a hiss is as loud as a note, and zeros become NaN. Look at the rms of the recording as it is.")
def predict_file(model_path, wav_path):
    y, sr = recording(wav_path)
    return predict(model_path, y / np.abs(y).max(), sr)


@misconception("predict_file", "asks_about_silence",
    "You ask the model about silence, and it answers with a note: it knows nothing else. Look at the rms first.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_silent=lambda y: False)


@misconception("predict_file", "limit_too_high",
    "Your limit for silence is too high, and soft notes are lost. The rms is compared with 0.001; its square, the mean power, with 0.000001.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_silent=lambda y: np.mean(y**2) < 0.001)


@misconception("predict_file", "any_length",
    "You answer for recordings shorter than 0.1 s, too, in which there is hardly a note to hear. Compare the number of samples with 0.1 * sr, before anything else, and raise a ValueError.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_short=lambda y, sr: False)


@misconception("predict_file", "silence_before_length",
    "You call a short silent file silence. A recording shorter than 0.1 s is refused whatever it holds: look at its length first.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_short=lambda y, sr: len(y) < 0.1 * sr and np.sqrt(np.mean(y**2)) >= 0.001)


@misconception("predict_file", "a_tenth_is_too_short",
    "You refuse a recording of exactly 0.1 s. It is long enough: compare by < and not by <=.")
def predict_file(model_path, wav_path):
    return predict(model_path, *recording(wav_path), is_short=lambda y, sr: len(y) <= 0.1 * sr)


@misconception("predict_file", "array_for_text",
    "You return what model.predict gives, an array with one label in it. Take the label out, by [0].")
def predict_file(model_path, wav_path):
    return np.array([predict(model_path, *recording(wav_path))])


@misconception("predict_file", "row_not_matrix",
    "The model wants rows, even if there is only one: a matrix of shape (1, 12). Put the features into a list, [features].")
def predict_file(model_path, wav_path):
    return str(pickle.loads(Path(model_path).read_bytes()).predict(chroma_of(recording(wav_path)[0], rate_of(model_path)))[0])


@alternative("predict_file", "librosa_load")
def predict_file(model_path, wav_path):
    with open(model_path + ".json") as file:
        card_sr = json.load(file)["sr"]
    y, sr = librosa.load(wav_path, sr=card_sr)
    if y.size / sr < 0.1:
        raise ValueError("too short")
    if float(np.mean(y.astype(float) ** 2)) < 1e-6:
        return "silence"
    chroma = librosa.feature.chroma_stft(y=y, sr=sr, n_fft=4096, tuning=0)
    with open(model_path, "rb") as file:
        return pickle.load(file).predict(chroma.mean(axis=1).reshape(1, -1)).tolist()[0]


@alternative("predict_file", "scipy_polyphase")
def predict_file(model_path, wav_path):
    card_sr = rate_of(model_path)
    sr, samples = wavfile.read(wav_path)
    y = samples / 32768.0 if samples.ndim == 1 else samples.mean(axis=1) / 32768.0
    if 10 * len(y) < sr:
        raise ValueError("too short")
    if math.sqrt(sum(v * v for v in y.tolist()) / len(y)) < 0.001:
        return "silence"
    common = math.gcd(sr, card_sr)
    y = scipy.signal.resample_poly(y, card_sr // common, sr // common)
    model = joblib.load(model_path)
    return model.predict(np.array([chroma_of(y, card_sr)]))[0]


@alternative("predict_file", "scipy_fourier_float32")
def predict_file(model_path, wav_path):
    y, sr = recording(wav_path)
    y = y.astype(np.float32)
    if len(y) < sr / 10:
        raise ValueError("too short")
    if np.linalg.norm(y) < 0.001 * np.sqrt(len(y)):
        return "silence"
    card_sr = rate_of(model_path)
    if sr != card_sr:
        y = scipy.signal.resample(y, round(len(y) * card_sr / sr))
    return ask(model_path, chroma_of(y.astype(float), card_sr))


# museum

RIGHT = dict(formula="c", rate="a", arithmetic="d", resampling="b", reference="d", overfitting="a", duplicates="c",
             pixels="b", order="a", pickle="c", keywords="d", python2="b", mel="c", loss="a")


def astray(error_id, exhibit, letter):
    """The right letters, but this one for this exhibit."""
    return letter if error_id == exhibit else RIGHT[error_id]


@alternative("museum", "dict")
def museum(error_id):
    return RIGHT[error_id]


@alternative("museum", "lists_of_names")
def museum(error_id):
    if error_id in ("rate", "overfitting", "order", "loss"):
        return "a"
    if error_id in ("resampling", "pixels", "python2"):
        return "b"
    return "c" if error_id in ("formula", "duplicates", "pickle", "mel") else "d"


@alternative("museum", "capitals_by_index")
def museum(error_id):
    names = ["formula", "rate", "arithmetic", "resampling", "reference", "overfitting", "duplicates",
             "pixels", "order", "pickle", "keywords", "python2", "mel", "loss"]
    return "CADBDACBACDBCA"[names.index(error_id)]


@misconception("museum", "phase_times_time",
    "There f and φ are multiplied, so the sine has the frequency f·φ and no phase of its own. A phase is added: what stands beside 2πf must be something else.")
def museum(error_id):
    return astray(error_id, "formula", "a")


@misconception("museum", "period_for_frequency",
    "There f divides, so a larger f gives a lower tone. One second must hold f periods: look what 2π is multiplied by after one second.")
def museum(error_id):
    return astray(error_id, "formula", "b")


@misconception("museum", "phase_grows",
    "There t belongs to the phase, and the tone oscillates at φ / 2π Hz, whatever f is. Time belongs to the frequency.")
def museum(error_id):
    return astray(error_id, "formula", "d")


@misconception("museum", "header_alone",
    "The samples were made for 41100 Hz; played at 44100 they run 7 % too fast, more than a semitone too high. A header must tell the rate of its own samples.")
def museum(error_id):
    return astray(error_id, "rate", "b")


@misconception("museum", "odd_rates_do_not_play",
    "A header may say any rate, and players resample as they need. What matters is that it is the rate that the samples were made for.")
def museum(error_id):
    return astray(error_id, "rate", "c")


@misconception("museum", "rate_is_a_name",
    "The rate says when each sample is played: another one makes the same samples faster and higher. Ask what was meant, and what the existing files need.")
def museum(error_id):
    return astray(error_id, "rate", "d")


@misconception("museum", "samples_of_ten_ms",
    "The oscillation is right, but 411 samples last 411 / 41100 s, which is 10 ms. Divide the rate by 1000 once more.")
def museum(error_id):
    return astray(error_id, "arithmetic", "a")


@misconception("museum", "periods_of_ten_ms",
    "The samples are right, but 1000 oscillations a second are not 10 in a millisecond. Divide 1000 by 1000.")
def museum(error_id):
    return astray(error_id, "arithmetic", "b")


@misconception("museum", "rate_to_fit",
    "With that rate the samples would fit, but 1000 oscillations a second are still not 10 in a millisecond. Keep the rate, and count both again.")
def museum(error_id):
    return astray(error_id, "arithmetic", "c")


@misconception("museum", "resamples_to_44100",
    "That resamples as well, only to another rate than before. There is a value of sr that asks for no resampling at all.")
def museum(error_id):
    return astray(error_id, "resampling", "a")


@misconception("museum", "relabels",
    "The samples have been resampled to 22050 by then, and with the wrong rate they play almost twice as fast. Tell librosa before it loads.")
def museum(error_id):
    return astray(error_id, "resampling", "c")


@misconception("museum", "mono_only",
    "mono=False keeps the channels apart, and the rate is 22050 as before. Look at the argument that is about the rate.")
def museum(error_id):
    return astray(error_id, "resampling", "d")


@misconception("museum", "median_of_each_clip",
    "A median is taken of each second, too: a softer tone has a softer median, and its picture stays the same. The reference must not depend on the clip.")
def museum(error_id):
    return astray(error_id, "reference", "a")


@misconception("museum", "normalised_before",
    "That throws the level away one step earlier, and lifts silence up to the same peak. The reference must not depend on the clip, nor may its samples.")
def museum(error_id):
    return astray(error_id, "reference", "b")


@misconception("museum", "colours_alone",
    "The colours are the same for all then, but with ref=np.max each second still has its own 0 dB, so the soft tone is as bright as the loud one. Both must be fixed.")
def museum(error_id):
    return astray(error_id, "reference", "c")


@misconception("museum", "a_test_set_proves",
    "The twenty images are so alike that the test holds hardly anything new, so a perfect score on it proves little. Ask what fresh data would show.")
def museum(error_id):
    return astray(error_id, "overfitting", "b")


@misconception("museum", "weaken_until_wrong",
    "A perfect score is no fault in itself, and a worse model is not a more honest one. Ask on which data the score would have to fall.")
def museum(error_id):
    return astray(error_id, "overfitting", "c")


@misconception("museum", "training_score_alone",
    "Many good models are right on all their training rows. Overfitting is a difference between two scores: think of the other one.")
def museum(error_id):
    return astray(error_id, "overfitting", "d")


@misconception("museum", "more_of_the_same",
    "Two hundred identical takes of seven notes are still seven images, and every test row has a copy in training. The takes must differ, not be more.")
def museum(error_id):
    return astray(error_id, "duplicates", "a")


@misconception("museum", "shuffled_copies",
    "Shuffling moves the copies about and leaves them copies. The takes themselves must differ, and it must be checked that they do.")
def museum(error_id):
    return astray(error_id, "duplicates", "b")


@misconception("museum", "one_image_a_note",
    "Then each note is either in training or in the test, and nobody can recognise a note that was never shown. Each note needs several takes, and they must differ.")
def museum(error_id):
    return astray(error_id, "duplicates", "d")


@misconception("museum", "smaller_figure",
    "A smaller figure has fewer pixels, but 40 % of them are still margin, and the others a drawing of the spectrogram. Leave the drawing out.")
def museum(error_id):
    return astray(error_id, "pixels", "a")


@misconception("museum", "cropped_figure",
    "The margin is gone, but each value is still drawn many times over, in four colour channels. Leave the drawing out.")
def museum(error_id):
    return astray(error_id, "pixels", "c")


@misconception("museum", "pca_of_everything",
    "That hides the waste and does not avoid it, and a PCA fitted to all clips has seen those of the test. Leave the drawing out.")
def museum(error_id):
    return astray(error_id, "pixels", "d")


@misconception("museum", "sorted_texts",
    "Now the files have one order everywhere, if not that of their numbers (second_10 comes before second_2). But the notes are still drawn without a seed, and one may still be missing.")
def museum(error_id):
    return astray(error_id, "order", "b")


@misconception("museum", "seed_alone",
    "Now the notes can be drawn again, but os.listdir may list the files in another order on another machine, and a note may still be missing from training.")
def museum(error_id):
    return astray(error_id, "order", "c")


@misconception("museum", "one_more_shuffle",
    "One more random order without a seed makes it less repeatable, not more, and a note may still be missing from training. Look for a repair of both.")
def museum(error_id):
    return astray(error_id, "order", "d")


@misconception("museum", "try_block",
    "try catches an exception, not what the file did before: its code has run by then. And rows that were used before say less than fresh ones.")
def museum(error_id):
    return astray(error_id, "pickle", "a")


@misconception("museum", "looks_after_loading",
    "When you can look at the object, loading has run the file's code already. What can be done before?")
def museum(error_id):
    return astray(error_id, "pickle", "b")


@misconception("museum", "joblib_is_safe",
    "joblib.load unpickles as well, so it runs code in the same way. What can be done before a file is loaded?")
def museum(error_id):
    return astray(error_id, "pickle", "d")


@misconception("museum", "rate_by_place_too",
    "That names even less: in librosa since 0.10, all these arguments must be named. Name the signal, too.")
def museum(error_id):
    return astray(error_id, "keywords", "a")


@misconception("museum", "signal_as_spectrogram",
    "S is for a spectrogram that exists already; a signal given as S is taken for one. Look for the name of the argument that takes a signal.")
def museum(error_id):
    return astray(error_id, "keywords", "b")


@misconception("museum", "name_of_another_library",
    "librosa has no argument of this name. Its functions all call the signal by the same letter: look at one that you have used by names.")
def museum(error_id):
    return astray(error_id, "keywords", "c")


@misconception("museum", "text_mode",
    "The first three run, but open without a mode reads text, and a pickle is bytes. Which mode reads bytes?")
def museum(error_id):
    return astray(error_id, "python2", "a")


@misconception("museum", "draws_frequencies",
    "random.choice draws from the values here, the frequencies, and the original needs the letters. Which list has these?")
def museum(error_id):
    return astray(error_id, "python2", "c")


@misconception("museum", "remainders",
    "% gives the remainder of a division, which is 0 or 1 for i % 2. Python 2 gave the whole part: which operator does so in Python 3?")
def museum(error_id):
    return astray(error_id, "python2", "d")


@misconception("museum", "more_bands",
    "Frames of 2048 samples have a bin every 10.8 Hz: with narrower bands some stay empty, and a C of octave 5 lies in other bands than one of octave 4. Longer frames come first.")
def museum(error_id):
    return astray(error_id, "mel", "a")


@misconception("museum", "fewer_bands",
    "Fewer bands are wider, and more neighbouring notes fall into one. Which feature has a class for each semitone, whatever the octave?")
def museum(error_id):
    return astray(error_id, "mel", "b")


@misconception("museum", "closer_frames",
    "That shows better when something happens, and not at which frequency. What decides how far apart the bins lie?")
def museum(error_id):
    return astray(error_id, "mel", "d")


@misconception("museum", "accuracy",
    "The share of right answers changes in jumps, so it has no slope to follow, and it does not care how sure the model was. Which loss does?")
def museum(error_id):
    return astray(error_id, "loss", "b")


@misconception("museum", "largest_value",
    "The function would be 1 everywhere then, and every clip a sound. What is optimised must depend on the labels.")
def museum(error_id):
    return astray(error_id, "loss", "c")


@misconception("museum", "least_squares",
    "That is the fit of a straight line to numbers. Logistic regression charges minus the logarithm of the probability that was given to the true label.")
def museum(error_id):
    return astray(error_id, "loss", "d")


# name_melody

WHITE = [0, 2, 4, 5, 7, 9, 11]


def pieces(y):
    return [y[start:end] for start, end in librosa.effects.split(y, top_db=20)]


def letter_of(piece, sr, letters="CDEFGAB", classes=WHITE):
    return letters[np.argmax(chroma_of(piece, sr)[classes])]


@misconception("name_melody", "letters_from_a",
    "Your letters begin with A, as the alphabet does. The classes of chroma begin with C: the letters are C D E F G A B.")
def name_melody(y, sr):
    return [letter_of(piece, sr, letters="ABCDEFG") for piece in pieces(y)]


@misconception("name_melody", "class_for_letter",
    "You count letters as if there were no black keys: class 4 is an E, and not the fifth letter. The white keys are the classes 0, 2, 4, 5, 7, 9 and 11.")
def name_melody(y, sr):
    return ["CDEFGAB"[int(np.argmax(chroma_of(piece, sr))) % 7] for piece in pieces(y)]


@misconception("name_melody", "merges_repeats",
    "Where a note is played again, you name it once. Cut at the rests, and name each piece, even if its letter is the one before.")
def name_melody(y, sr):
    return [letter for letter, _ in itertools.groupby(letter_of(piece, sr) for piece in pieces(y))]


@misconception("name_melody", "fixed_tempo",
    "You cut the recording at fixed times, and every tune has its own tempo. Cut where it is quiet: the recording itself tells where the notes are.")
def name_melody(y, sr):
    blocks = [y[start : start + sr // 2] for start in range(0, len(y) - sr // 4, sr // 2)]
    loud = max(np.std(block) for block in blocks)
    return [letter_of(block, sr) for block in blocks if np.std(block) > 0.1 * loud]


@misconception("name_melody", "every_frame",
    "You name every frame of a note, so that long notes have many letters. One letter a note: take the chroma of the whole piece between two rests.")
def name_melody(y, sr):
    return [letter_of(piece[start : start + 2048], sr) for piece in pieces(y) for start in range(0, len(piece), 2048)]


@misconception("name_melody", "rests_are_notes",
    "You name the rests, too, so there are about twice as many letters as notes. What is quiet is no note: leave it out.")
def name_melody(y, sr):
    ends = [0, *librosa.effects.split(y, top_db=20).ravel(), len(y)]
    return [letter_of(y[start:end], sr) for start, end in itertools.pairwise(ends) if end > start]


@misconception("name_melody", "noise_is_not_quiet",
    "You find one single piece: your limit lies below the noise, which is 30 dB under the notes. Put it between the two.")
def name_melody(y, sr):
    return [letter_of(y[start:end], sr) for start, end in librosa.effects.split(y, top_db=60)]


@misconception("name_melody", "ignores_sr",
    "You take 22050 Hz for the rate of every recording, and others come out as other notes. Pass sr on to features_chroma.")
def name_melody(y, sr):
    return [letter_of(piece, 22050) for piece in pieces(y)]


@misconception("name_melody", "one_text",
    "You return one text with all letters in it. Return a list with one letter for each note.")
def name_melody(y, sr):
    return "".join(letter_of(piece, sr) for piece in pieces(y))


@misconception("name_melody", "labels_for_letters",
    "You return numbers, as the labels of lesson 09 are. The contract wants their letters.")
def name_melody(y, sr):
    return [letter_of(piece, sr, letters=range(1, 8)) for piece in pieces(y)]


@misconception("name_melody", "with_octave",
    "Your names have an octave behind the letter. The contract wants the letter alone.")
def name_melody(y, sr):
    return [letter_of(piece, sr) + "4" for piece in pieces(y)]


@misconception("name_melody", "each_letter_once",
    "You name each letter once, or in the order of the alphabet. A tune is a sequence: keep its order, and what comes again.")
def name_melody(y, sr):
    return sorted({letter_of(piece, sr) for piece in pieces(y)})


@alternative("name_melody", "levels_of_blocks")
def name_melody(y, sr):
    block = sr // 50
    levels = np.array([np.sqrt(np.mean(y[k : k + block] ** 2)) for k in range(0, len(y) - block, block)])
    names, piece = [], []
    for k, is_loud in enumerate([*(levels > 0.15 * levels.max()), False]):
        if is_loud:
            piece.append(y[k * block : (k + 1) * block])
        elif piece:
            if len(piece) > 3:
                names.append(letter_of(np.concatenate(piece), sr))
            piece = []
    return names


@alternative("name_melody", "yin_and_onsets")
def name_melody(y, sr):
    scale = {60: "C", 62: "D", 64: "E", 65: "F", 67: "G", 69: "A", 71: "B"}
    names = []
    for start, end in librosa.effects.split(y, top_db=22, frame_length=1024, hop_length=256):
        f0 = np.median(librosa.yin(y[start:end], fmin=200, fmax=600, sr=sr, frame_length=2048))
        midi = 69 + 12 * np.log2(f0 / 440)
        names.append(scale[min(scale, key=lambda key: abs(key - midi))])
    return names


@alternative("name_melody", "spectral_peak_float32")
def name_melody(y, sr):
    y = y.astype(np.float32)
    envelope = scipy.signal.fftconvolve(y.astype(float) ** 2, np.ones(512) / 512, mode="same")
    loud = np.concatenate([[False], envelope > 0.02 * np.percentile(envelope, 98), [False]])
    edges = np.flatnonzero(np.diff(loud.astype(int))).reshape(-1, 2)
    centres = np.array([261.63, 293.66, 329.63, 349.23, 392.00, 440.00, 493.88])
    names = []
    for start, end in edges:
        if end - start > 0.05 * sr:
            spectrum = np.abs(np.fft.rfft(y[start:end] * np.hanning(end - start), 2**16))
            freqs = np.fft.rfftfreq(2**16, 1 / sr)
            inside = (freqs > 250) & (freqs < 510)
            f0 = freqs[inside][np.argmax(spectrum[inside])]
            names.append("CDEFGAB"[np.argmin(np.abs(np.log(centres / f0)))])
    return tuple(names)
