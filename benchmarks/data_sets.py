"""Sound or silence, from the recording to the saved model: the original tutorial's way and the course's, side by side in one run.

Both get the same samples at 22050 Hz, the rate at which the original analyses whatever the file's is (`librosa.load` resamples to it).
A recording alternates a second of tone and a second of silence. Times are wall clock, each the median of several runs.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from sklearn.svm import SVC

import reference_impl as course

from . import original_way as original

SR = 22050
SECONDS = 20
SPLITS = 5
LOGISTIC, SVM = "logistic regression", "SVM"


class Model(NamedTuple):
    """How a way makes a classifier: ``fit(rows, labels, seed)`` of ``rows(data)`` gives it and its share of right answers on 30 % of the rows."""

    rows: Callable
    fit: Callable


class Way(NamedTuple):
    """One way to do it all; ``runs`` is how often a step is timed, more where it is short."""

    write: Callable
    build: Callable
    load: Callable
    models: dict[str, Model]
    save: Callable
    runs: int


class Fitted(NamedTuple):
    """What came of one classifier. Bytes are those of one row and of the pickle; shares are of right answers."""

    seconds: float
    row_bytes: int
    pickle_bytes: int
    held_out: float
    fresh: float


class Measured(NamedTuple):
    """One way's seconds by step, bytes of one image's row, and classifiers."""

    write: float
    build: float
    load: float
    save: float
    image_bytes: int
    models: dict[str, Fitted]

    @property
    def to_the_models(self) -> float:
        """Seconds from the recording to both fitted models: building, loading, fitting."""
        return self.build + self.load + self.models[LOGISTIC].seconds + self.models[SVM].seconds


def original_way() -> Way:
    """All pixels to both models."""
    def build(wav_path, folder):
        original.create_dataset(wav_path, folder)
        plt.close("all")  # as the notebook does at the end of a cell

    models = {LOGISTIC: Model(_pixels, original.train_logistic_regression), SVM: Model(_pixels, original.train_svm)}
    return Way(original.save_wav, build, original.load_dataset, models, original.save_model, runs=3)


def course_way() -> Way:
    """All pixels to the SVM, one number a second to the logistic regression: lesson 07 tells why. What it makes of pixels is measured as well."""
    models = {LOGISTIC: Model(_level, _train_logistic), SVM: Model(_pixels, _train_svm), f"{LOGISTIC} on pixels": Model(_pixels, _train_logistic)}
    return Way(course.write_wav, course.create_dataset, course.load_dataset, models, course.save_classifier, runs=15)


def teaching(seconds: int = SECONDS) -> np.ndarray:
    """The original's recording: tones of 500, 1000, 1500 … Hz at half of full scale, digital zeros between them."""
    return 0.5 * course.tone_sequence([500.0 * (i + 1) for i in range(seconds // 2)], SR)


def fresh(seconds: int = SECONDS) -> np.ndarray:
    """Another recording: tones of any pitch, 3 to 30 dB below full scale, and a room's noise at -60 dB all along."""
    rng = np.random.default_rng(3)
    freqs, amps = rng.uniform(200, 5000, seconds // 2), 10 ** (rng.uniform(-30, -3, seconds // 2) / 20)
    y = np.concatenate([course.tone_then_silence(freq, SR, amp) for freq, amp in zip(freqs, amps, strict=True)])
    return y + 0.001 * rng.standard_normal(y.size)


def measure(way: Way, seconds: int = SECONDS, splits: int = SPLITS) -> Measured:
    """Does everything that is to be measured in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        y, other = teaching(seconds), fresh(seconds)
        way.write(folder / "fresh.wav", other, SR)  # first, so that what is made once for all counts nothing
        way.build(folder / "fresh.wav", folder / "fresh")
        new, _, new_labels = way.load(folder / "fresh")

        write, _ = _timed(lambda: way.write(folder / "teaching.wav", y, SR), way.runs)
        places = iter(folder / f"teaching{number}" for number in range(way.runs))  # a new one each: replacing files takes longer
        build, _ = _timed(lambda: way.build(folder / "teaching.wav", next(places)), way.runs)
        load, (data, _, labels) = _timed(lambda: way.load(folder / "teaching0"), way.runs)

        models, pickling = {}, 0.0
        for model_name, model in way.models.items():
            fits = [_timed(lambda model=model, seed=seed: model.fit(model.rows(data), labels, seed)) for seed in range(splits)]
            _, (fitted, _) = fits[0]
            saved, _ = _timed(lambda fitted=fitted: way.save(folder / "model.p", fitted), way.runs)
            if model_name in (LOGISTIC, SVM):
                pickling += saved
            models[model_name] = Fitted(median(s for s, _ in fits), model.rows(data)[0].nbytes, (folder / "model.p").stat().st_size,
                                        float(mean(score for _, (_, score) in fits)), float(fitted.score(model.rows(new), new_labels)))
        return Measured(write, build, load, pickling, data[0].nbytes, models)


def table(theirs: Measured, ours: Measured) -> Iterator[str]:
    """The two side by side, a line a figure; a ratio is theirs by ours."""
    yield f"{'sound or silence':44} {'original':>13} {'course':>13} {'ratio':>9}"
    for what, a, b in _rows(theirs, ours):
        if what.startswith("right"):
            yield f"{what:44} {a:13.0%} {b:13.0%}"
        else:
            digits = 0 if what.startswith("bytes") else 5
            yield f"{what:44} {a:13,.{digits}f} {b:13,.{digits}f} {a / b:8,.0f}x"
    alone = ours.models[f"{LOGISTIC} on pixels"]
    yield (f"The course's logistic regression reads one number, the level of the second. Fed with its images' pixels ({alone.pickle_bytes:,} bytes\n"
           f"of pickle) it is right on {alone.held_out:.0%} of the held-out seconds: no tone lights up the pixels of another. The original's images spare it\n"
           "that, since each is drawn relative to its own loudest point, and digital silence then looks unlike any tone.")


def report() -> None:
    """Measures both ways and prints the table."""
    plt.switch_backend("agg")
    for line in table(measure(original_way()), measure(course_way())):
        print(line)


def _rows(theirs: Measured, ours: Measured) -> Iterator[tuple[str, float, float]]:
    pairs = {name: (theirs.models[name], ours.models[name]) for name in (LOGISTIC, SVM)}
    yield f"seconds to write {SECONDS} s of WAV", theirs.write, ours.write
    yield "seconds to build the images", theirs.build, ours.build
    yield "seconds to load them", theirs.load, ours.load
    for name, (a, b) in pairs.items():
        yield f"seconds to fit the {name}", a.seconds, b.seconds
    yield "seconds to build, load and fit", theirs.to_the_models, ours.to_the_models
    yield "seconds to save both models", theirs.save, ours.save
    yield "bytes of an image's pixels as features", theirs.image_bytes, ours.image_bytes
    for name, (a, b) in pairs.items():
        yield f"bytes of a row for the {name}", a.row_bytes, b.row_bytes
        yield "bytes of its pickle", a.pickle_bytes, b.pickle_bytes
    for name, (a, b) in pairs.items():
        yield f"right on held-out seconds, {name}", a.held_out, b.held_out
        yield "right on a fresh recording", a.fresh, b.fresh


def _pixels(data):
    return data


def _level(data):
    return 80.0 * data.max(axis=1, keepdims=True) - 80.0  # dB: white is 0, black -80


def _train_logistic(rows, labels, seed):
    return course.train_silence_classifier(rows, labels, np.random.default_rng(seed))


def _train_svm(rows, labels, seed):
    order = np.random.default_rng(seed).permutation(len(rows))
    test, train = np.split(order, [round(0.3 * len(rows))])
    model = SVC(C=10.0).fit(rows[train], labels[train])
    return model, model.score(rows[test], labels[test])


def _timed(act, runs=1):
    """Median seconds of some runs, and what the last one gave."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        outcome = act()
        seconds.append(time.perf_counter() - started)
    return median(seconds), outcome
