"""Whether a learner's failed test looks just like a misconception's, and how nearly.

Two trials match when they stop at the same line of the grader after outcomes that agree one by one. Numbers agree within
1e-3 of the largest magnitude: a float32 answer errs by about 2e-4 (SYLLABUS, lesson 01), the mildest misconceptions by 6e-2.
Grey values, which some round and others cut, agree within one level. Each member of a tuple has a magnitude of its own.
"""

from typing import Any

import numpy as np

from .learner import Handle, LearnerError, Outcome

TOLERANCE = 1e-3
GREY_LEVELS = 1
LEAST_MAGNITUDE = 1e-6  # what is smaller is rounding left over from a difference of equals


def distance(trial: Any, other: Any) -> float | None:
    """How far two failed trials lie apart, 0 for equal ones; None where they do not match."""
    if trial.status != other.status or trial.where != other.where or len(trial.transcript) != len(other.transcript):
        return None
    return _total(_outcomes(a, b) for a, b in zip(trial.transcript, other.transcript, strict=True))


def _total(gaps) -> float | None:
    total = 0.0
    for gap in gaps:
        if gap is None:
            return None
        total += gap
    return total


def _outcomes(a: Outcome | LearnerError, b: Outcome | LearnerError) -> float | None:
    if isinstance(a, LearnerError) or isinstance(b, LearnerError):
        same = isinstance(a, LearnerError) and isinstance(b, LearnerError) and a.type == b.type
        return 0.0 if same else None
    if {category for category, _ in a.warnings} != {category for category, _ in b.warnings} and (a.args or b.args):
        return None
    return _total((_values(a.value, b.value), _values(a.args, b.args), _values(a.kwargs, b.kwargs)))


def _values(a: Any, b: Any) -> float | None:
    if isinstance(a, Handle) or isinstance(b, Handle):
        return 0.0 if isinstance(a, Handle) and isinstance(b, Handle) and a.type_name == b.type_name else None
    if isinstance(a, bytes) and isinstance(b, bytes):
        return _bytes(a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return _total(_values(a[k], b[k]) for k in a) if a.keys() == b.keys() else None
    if isinstance(a, np.ndarray):
        b = _sequence(b)
    if isinstance(b, np.ndarray):
        a = _sequence(a)
    if _is_numeric(a) and _is_numeric(b):
        return _numbers(np.asarray(a), np.asarray(b))
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return _total(_values(x, y) for x, y in zip(a, b, strict=True)) if len(a) == len(b) else None
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return 0.0 if np.array_equal(a, b) else None
    if isinstance(a, np.random.Generator) and isinstance(b, np.random.Generator):
        return 0.0  # how far a generator was used is no part of an answer
    return 0.0 if type(a) is type(b) and a == b else None


def _sequence(value: Any) -> Any:
    """A tuple of numbers where an array was meant."""
    return list(value) if isinstance(value, tuple) else value


def _is_numeric(value: Any) -> bool:
    if isinstance(value, list):  # no tuple: frequencies and magnitudes, say, have each their own scale
        if any(isinstance(member, tuple | np.ndarray) for member in value):
            return False
        try:
            value = np.asarray(value)
        except ValueError:
            return False
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufc"
    return isinstance(value, bool | int | float | complex)


def _numbers(a: np.ndarray, b: np.ndarray) -> float | None:
    if a.shape != b.shape or (a.dtype.kind in "biu") != (b.dtype.kind in "biu"):
        return None
    if a.size == 0:
        return 0.0
    are_grey = a.dtype == b.dtype == np.uint8
    a, b = a.astype(complex), b.astype(complex)
    if not (np.isnan(a) == np.isnan(b)).all():
        return None
    finite = np.isfinite(a) & np.isfinite(b)
    if not (a[~finite & ~np.isnan(a)] == b[~finite & ~np.isnan(b)]).all():
        return None
    a, b = a[finite], b[finite]
    if a.size == 0:
        return 0.0
    scale = max(np.abs(b).max(), LEAST_MAGNITUDE)
    gap = np.abs(a - b).max()
    if gap > (GREY_LEVELS if are_grey else TOLERANCE * scale):
        return None
    return float(gap / scale)


def _bytes(a: bytes, b: bytes) -> float | None:
    """Files: equal, or 16-bit samples that differ by rounding only."""
    if a == b:
        return 0.0
    if len(a) != len(b) or len(a) % 2 or a[:44] != b[:44]:
        return None
    gap = np.abs(np.frombuffer(a, "<i2").astype(int) - np.frombuffer(b, "<i2")).max()
    return 1e-4 if gap <= 2 else None
