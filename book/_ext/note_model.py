"""The note recogniser's model: trained by the reference implementation when the book is built, and written out as numbers for the page.

``_static/instruments/note_model.json`` holds what a prediction needs and nothing else: the scaler's means and scales, the support vectors, their
coefficients, and how the features are made. ``note_model.mjs`` computes with it what scikit-learn would.
"""

import json
import sys
from pathlib import Path

from book_build import REPOSITORY, digest
from sphinx.util import logging

SEED, TAKES, OCTAVES, C = 9, 12, (3, 4, 5), 10.0
NAMES = {1: "C", 2: "D", 3: "E", 4: "F", 5: "G", 6: "A", 7: "B"}


def setup(app):
    """Called by Sphinx."""
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def write(app, exception):
    """Put the model beside the instruments, trained anew only if the code that makes it has changed."""
    if exception is not None or app.builder.format != "html":
        return
    kept = Path(app.outdir).parent / ".note_model" / f"{fingerprint()}.json"
    if not kept.is_file():
        logging.getLogger(__name__).info("training the note recogniser's model")
        kept.parent.mkdir(parents=True, exist_ok=True)
        for stale in kept.parent.glob("*.json"):
            stale.unlink()
        unfinished = kept.with_suffix(".part")  # a build that is broken off leaves no half a model
        unfinished.write_text(json.dumps(as_numbers(train()), separators=(",", ":")) + "\n", encoding="utf-8")
        unfinished.replace(kept)
    target = Path(app.outdir) / "_static" / "instruments" / "note_model.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(kept.read_bytes())


def fingerprint() -> str:
    """A name for the state of the code that makes the model."""
    return digest([Path(__file__), *(REPOSITORY / "reference_impl").glob("*.py"), REPOSITORY / "requirements.txt"])


def train():
    """The course's pipeline of lesson 09, a scaler and a support vector machine, fitted to chroma of notes from three octaves."""
    if str(REPOSITORY) not in sys.path:
        sys.path.insert(0, str(REPOSITORY))
    import numpy as np
    from threadpoolctl import threadpool_limits

    from reference_impl import build_matrix, features_chroma, make_note_clips, make_note_pipeline

    rng = np.random.default_rng(SEED)
    clips = [clip for octave in OCTAVES for clip in make_note_clips(TAKES, rng, octave=octave)]
    with threadpool_limits(1):  # several threads add in another order: the last digits would depend on the machine
        X, y, _ = build_matrix(clips, features_chroma)
        return make_note_pipeline(C, 1 / X.shape[1]).fit(X, y)


def as_numbers(pipeline) -> dict:
    """A fitted pipeline of StandardScaler and SVC as lists of numbers, none of them rounded."""
    scaler, svc = pipeline.steps[0][1], pipeline.steps[1][1]
    return {
        "feature": {"name": "features_chroma", "n_fft": 4096, "hop": 512, "sr": 22050},
        "classes": svc.classes_.tolist(),
        "names": [NAMES[label] for label in svc.classes_.tolist()],
        "mean": scaler.mean_.tolist(),
        "scale": scaler.scale_.tolist(),
        "gamma": float(svc.gamma),
        "n_support": svc.n_support_.tolist(),
        "support_vectors": svc.support_vectors_.tolist(),
        "dual_coef": svc.dual_coef_.tolist(),
        "intercept": svc.intercept_.tolist(),
    }
