"""Comparing a learner's answer with the reference: raises, type, shape, finite, values, in this order.

What is rightful passes: lists and tuples of numbers where an array is meant, float32 and integers where floats are meant,
0-d arrays where a number is meant. A message tells the call, what came and what was expected of it, never the hidden array.
"""

import copy
from typing import Any

import numpy as np

from .learner import Handle, Learner, LearnerError, describe


def compare(learner: Learner, reference: Any, name: str, *args, atol: float = 0.0, rtol: float = 1e-7, **kwargs) -> Any:
    """Calls ``name`` of both sides with equal arguments and compares what comes.

    ``atol`` and ``rtol`` as in numpy.isclose. Returns the learner's value. Raises AssertionError with a message for the learner.
    """
    ours, named = copy.deepcopy((args, kwargs))
    came = getattr(learner, name)(*args, **kwargs)
    agree(came, getattr(reference, name)(*ours, **named), f"{name}({describe(args, kwargs)})", atol=atol, rtol=rtol)
    return came


def refuses(learner: Learner, name: str, *args, error: str | tuple[str, ...] = "ValueError", **kwargs) -> LearnerError:
    """Asserts that the call raises ``error`` (or a subclass) and returns what was raised."""
    wanted = (error,) if isinstance(error, str) else error
    call, choice = f"{name}({describe(args, kwargs)})", " or ".join(wanted)
    try:
        came = getattr(learner, name)(*args, **kwargs)
    except LearnerError as raised:
        if raised.is_a(*wanted):
            return raised
        if raised.is_a("NotImplementedError"):
            raise
        raise AssertionError(f"{call} raised {raised.type}: {raised.message}; {choice} was expected") from None
    raise AssertionError(f"{call} returned {tell(came)}; it must raise {choice}")


def agree(came: Any, expected: Any, call: str, atol: float = 0.0, rtol: float = 1e-7) -> None:
    """Asserts that a learner's value agrees with an expected one; ``call`` begins the message."""
    if isinstance(expected, np.generic):
        expected = expected.item()
    if isinstance(came, np.ndarray) and came.ndim == 0 and not isinstance(expected, np.ndarray):
        came = came.item()
    if isinstance(expected, np.ndarray):
        _agree_arrays(_as_array(came, call), expected, call, atol, rtol)
    elif isinstance(expected, bool):
        assert isinstance(came, bool), f"{call} returned {tell(came)}; True or False was expected"
        assert came == expected, f"{call} returned {came}; {expected} was expected"
    elif isinstance(expected, int):
        assert isinstance(came, int) and not isinstance(came, bool), f"{call} returned {tell(came)}; a whole number (int) was expected"
        assert came == expected, f"{call} returned {came}; {expected} was expected"
    elif isinstance(expected, float):
        assert isinstance(came, int | float) and not isinstance(came, bool), f"{call} returned {tell(came)}; a number was expected"
        _agree_arrays(np.asarray(came, float), np.asarray(expected), call, atol, rtol)
    elif isinstance(expected, dict):
        assert isinstance(came, dict), f"{call} returned {tell(came)}; a dict was expected"
        assert came.keys() == expected.keys(), f"{call} returned the keys {sorted(map(str, came))}; {sorted(map(str, expected))} were expected"
        for key, value in expected.items():
            agree(came[key], value, f"{call}[{key!r}]", atol, rtol)
    elif isinstance(expected, list | tuple):
        kind = "list" if isinstance(expected, list) else "tuple"
        assert isinstance(came, list | tuple | np.ndarray), f"{call} returned {tell(came)}; a {kind} of {len(expected)} was expected"
        assert len(came) == len(expected), f"{call} returned {len(came)} values; {len(expected)} were expected"
        for i, (a, b) in enumerate(zip(came, expected, strict=True)):
            agree(a.item() if isinstance(a, np.generic) else a, b, f"{call}[{i}]", atol, rtol)
    else:
        assert came == expected, f"{call} returned {tell(came)}; {tell(expected)} was expected"


def _as_array(came: Any, call: str) -> np.ndarray:
    if isinstance(came, list | tuple):
        try:
            came = np.asarray(came)
        except ValueError:
            raise AssertionError(f"{call} returned a {type(came).__name__} whose rows differ in length; an array was expected") from None
    assert isinstance(came, np.ndarray), f"{call} returned {tell(came)}; an array was expected"
    assert came.dtype.kind in "biufcSU", f"{call} returned an array of dtype {came.dtype}; numbers were expected"
    return came


def _agree_arrays(came: np.ndarray, expected: np.ndarray, call: str, atol: float, rtol: float) -> None:
    assert came.shape == expected.shape, f"{call} returned shape {came.shape}; {expected.shape} was expected"
    if expected.dtype.kind in "SU" or came.dtype.kind in "SU":
        assert np.array_equal(came, expected), f"{call} returned other texts than expected"
        return
    assert came.dtype.kind != "c" or expected.dtype.kind == "c", f"{call} returned complex numbers; real numbers were expected"
    if np.isfinite(expected).all() and not np.isfinite(came).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(came))[0])
        raise AssertionError(f"{call} returned {came[where]} at {_place(where)}; finite numbers were expected")
    wrong = ~np.isclose(came, expected, rtol=rtol, atol=atol, equal_nan=True)
    if not wrong.any():
        return
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    with np.errstate(invalid="ignore"):
        worst = np.nanmax(np.abs(np.asarray(came, complex) - expected)) if came.size else 0.0
    if came.ndim == 0:
        raise AssertionError(f"{call} returned {came[()]:.6g}, which is off by {worst:.3g}")
    raise AssertionError(f"{call}: {int(wrong.sum())} of {came.size} values are off, by up to {worst:.3g}; the first is at {_place(where)}, where yours is {came[where]:.6g}")


def _place(where: tuple[int, ...]) -> str:
    return f"index {where[0]}" if len(where) == 1 else f"index {where}"


def tell(value: Any) -> str:
    """A learner's value in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, Handle):
        return f"a {value.type_name.removeprefix('builtins.')}"
    if value is None:
        return "None (is the return missing?)"
    text = repr(value)
    return f"the {type(value).__name__} {text if len(text) <= 60 else text[:57] + '...'}"
