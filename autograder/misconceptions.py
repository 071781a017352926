"""Misconceptions are code: named wrong answers beside their hints, and rightful alternatives, one file a lesson."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Variant:
    """Another way to answer an exercise; ``hint`` is None where it is a right one."""

    exercise: str
    name: str
    hint: str | None
    function: Callable


_collected: list[Variant] = []


def misconception(exercise: str, name: str, hint: str) -> Callable[[Callable], Callable]:
    """Registers the decorated function as a named wrong answer to ``exercise``, answered by ``hint``."""
    return _register(exercise, name, hint)


def alternative(exercise: str, name: str) -> Callable[[Callable], Callable]:
    """Registers the decorated function as a rightful other answer to ``exercise``: full points, always."""
    return _register(exercise, name, None)


def _register(exercise: str, name: str, hint: str | None) -> Callable[[Callable], Callable]:
    def register(function: Callable) -> Callable:
        if any((v.exercise, v.name) == (exercise, name) for v in _collected):
            raise ValueError(f"{exercise} has two variants named {name!r}; give each a name of its own")
        _collected.append(Variant(exercise, name, hint, function))
        return function
    return register


def load(path: Path) -> list[Variant]:
    """The variants of one file, in its order; none where there is no such file."""
    if not path.exists():
        return []
    _collected.clear()
    spec = importlib.util.spec_from_file_location(f"misconceptions_{path.stem}", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    found = list(_collected)
    _collected.clear()
    return found
