"""The autograder: derives exercises, runs learners' notebooks behind a wall, judges them by hidden pytest graders.

What graders and misconceptions import stands here; the names are loaded when first asked for, so that the process that
runs learners' code holds none of the judge's modules.
"""

from importlib import import_module

_HOMES = {
    "grades": "plugin",
    "compare": "comparing", "refuses": "comparing", "agree": "comparing", "tell": "comparing",
    "LearnerError": "learner", "Handle": "learner",
    "misconception": "misconceptions", "alternative": "misconceptions",
}
__all__ = list(_HOMES)


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
