"""A lesson's own answers, handed in like a learner's: what our own checks of the graders judge in a sandbox."""

import ast
import contextlib
import tempfile
from collections.abc import Iterator
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from .course import Lesson
from .grading import Subject
from .lesson_source import lesson_cells
from .rebuild import Cell, Rebuilt
from .sandbox.client import Warm
from .sourcecode import bound_names


def answers(lesson: Lesson) -> dict[str, str]:
    """The answer cells of a lesson by exercise."""
    return {cell.exercise: cell.source for cell in lesson_cells(lesson) if cell.role == "answer"}


@contextlib.contextmanager
def handed_in(lesson: Lesson, **changed: str) -> Iterator[Subject]:
    """The lesson's answers, some of them changed, to be judged. Of its other cells only what the answers need has run."""
    own = answers(lesson) | changed
    cells = [Cell("code", foundation(lesson), "given"), Cell("code", "\n\n".join(own.values()), "answer")]
    with tempfile.TemporaryDirectory(prefix="nothing-") as beside, Subject(_warm(), Rebuilt(lesson, cells, own, set(), set(), []), Path(beside)) as subject:
        yield subject


@cache
def _warm() -> Warm:
    """This process's warm process, which ends with it. The code is our own: where a protection cannot be had, it goes without."""
    warm = Warm("available")
    Finalize(None, warm.close, exitpriority=0)
    return warm


@cache
def foundation(lesson: Lesson) -> str:
    """The notebook's imports, and what else its answers need of the given cells: constants, helpers; no sounds, no figures."""
    needed = _global_names("\n".join(answers(lesson).values()))
    kept: list[str] = []
    for cell in reversed(lesson_cells(lesson)):
        for statement in reversed(ast.parse(cell.source).body if cell.role == "given" else []):
            text = ast.unparse(statement)
            if isinstance(statement, (ast.Import, ast.ImportFrom)) or bound_names(text) & needed:
                needed |= _global_names(text)
                kept.insert(0, text)
    return "\n".join(kept)


def _global_names(source: str) -> set[str]:
    """The names that a source uses and nowhere binds itself, neither as an argument nor by assignment."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = {node.arg for node in nodes if isinstance(node, ast.arg)} | {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return {name.id for name in names} - own
