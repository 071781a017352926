"""Reads a lesson's single source (``solutions/NN_name.py``) into cells with roles, and refuses what would not make an exercise.

A cell's header names its role: ``exercise="id"``, ``check="id" points=n``, ``reflection="id" points=n``, ``why="id"``; a header without
keys is locked: prose if Markdown, given if code. A cell's id serves as nbgrader's ``grade_id`` and as the notebook's cell id.
A why says why the answer is right. It is no cell of the notebook: learners see it with the worked answer only, when they ask for it.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import jupytext
from nbformat import NotebookNode

from . import course
from .course import Lesson, UserError, suggestion
from .sourcecode import bare_lines, functions

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"
CODE_STUB = 'raise NotImplementedError("Write your answer here, in place of this line.")'
TEXT_STUB = "*Write your answer here, in place of this line.*"

Kind = Literal["markdown", "code"]
Role = Literal["prose", "given", "answer", "check", "reflection", "why"]


class DeriveError(UserError):
    """A source that makes no exercise: the message names file, cell, fact and next step."""


@dataclass(frozen=True)
class SourceCell:
    """One cell of a lesson; ``stub`` is what the learner gets: ``source`` without its solution regions."""

    id: str
    kind: Kind
    role: Role
    source: str
    stub: str
    exercise: str | None = None
    points: float | None = None

    @property
    def solved(self) -> str:
        """``source`` without the markers of its solution regions: what a learner might have written."""
        return "\n".join(line for line in self.source.split("\n") if BEGIN not in line and END not in line)


class _Header(NamedTuple):
    """What a key makes of its cell."""

    role: Role
    kind: Kind
    has_points: bool


_HEADERS = {
    "exercise": _Header("answer", "code", has_points=False),
    "check": _Header("check", "code", has_points=True),
    "reflection": _Header("reflection", "markdown", has_points=True),
    "why": _Header("why", "markdown", has_points=False),
}
_JUPYTEXT_KEYS = {"cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker"}
_FOREIGN_MARKERS = ("BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "AUTOTEST")  # nbgrader's own, which would act on the cell
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,49}")
_ID_IN_HEADER = re.compile(r'^# %%.*\b(?:exercise|reflection)="(\w+)"', re.MULTILINE)


class _Fault(Exception):
    """The fact and the next step; whoever catches it adds the place."""


def lesson_cells(lesson: Lesson) -> tuple[SourceCell, ...]:
    """The cells of a lesson's notebook in order. Raises DeriveError where the source makes no exercise."""
    return tuple(cell for cell in _cells_of(lesson) if cell.role != "why")


def whys(lesson: Lesson) -> dict[str, str]:
    """Why the answer is right, by exercise; not every lesson says so of every answer."""
    return {cell.exercise: cell.source for cell in _cells_of(lesson) if cell.role == "why"}


def ids_of_lessons() -> dict[str, frozenset[str]]:
    """The ids of each lesson's exercises and reflections, by the headers alone: a fault in one lesson is in no other's way."""
    folder = course.repository() / "solutions"
    return {name: frozenset(_ID_IN_HEADER.findall((folder / f"{name}.py").read_text(encoding="utf-8")))
            for name in course.lessons()}


def _cells_of(lesson: Lesson) -> tuple[SourceCell, ...]:
    return _cells(lesson, lesson.source.read_text(encoding="utf-8"))


@lru_cache
def _cells(lesson: Lesson, text: str) -> tuple[SourceCell, ...]:
    nodes = jupytext.reads(text, fmt="py:percent").cells
    answered = [node.metadata["exercise"] for node in nodes if "exercise" in node.metadata]
    tally: Counter[str] = Counter()
    cells: dict[str, SourceCell] = {}

    for number, node in enumerate(nodes, 1):
        try:
            cell = _cell(node, tally)
            _check_neighbours(cell, cells, answered)
        except _Fault as fault:
            raise _error(lesson, number, node, fault) from None
        cells[cell.id] = cell
    _check_every_answer_is_checked(lesson, nodes, cells)

    return tuple(cells.values())


def _cell(node: NotebookNode, tally: Counter[str]) -> SourceCell:
    """One cell, checked in itself; ``tally`` numbers the locked ones."""
    keys = {key: value for key, value in node.metadata.items() if key not in _JUPYTEXT_KEYS}
    name, header = _header(node.cell_type, keys)
    _check_markers(node.source, solution=header.role in ("answer", "reflection"))
    if name is None:
        tally[header.role] += 1
        return SourceCell(f"{header.role}-{tally[header.role]}", header.kind, header.role, node.source, node.source)

    exercise = _identifier(name, keys[name])
    if header.role == "check":
        return SourceCell(exercise, "code", "check", node.source, node.source, exercise, keys["points"])
    if header.role == "reflection":
        stub = _cleared(node.source, TEXT_STUB)
        return SourceCell(exercise, "markdown", "reflection", node.source, stub, exercise, keys["points"])
    if header.role == "why":
        if not node.source.strip():
            raise _Fault("it is empty. Say why the answer is right, or take the cell out.")
        return SourceCell(f"{exercise}-why", "markdown", "why", node.source, node.source, exercise)
    stub = _cleared(node.source, CODE_STUB)
    _check_defines(exercise, node.source, stub)
    return SourceCell(f"{exercise}-answer", "code", "answer", node.source, stub, exercise)


def _header(kind: str, keys: dict[str, Any]) -> tuple[str | None, _Header]:
    """The key that names the cell's role, None in a locked cell, and what it makes of it."""
    named = [key for key in keys if key in _HEADERS]
    for key in keys:
        if key not in _HEADERS and key != "points":
            raise _Fault(f"the header's {key!r} is unknown.{suggestion(key, [*_HEADERS, 'points'])} "
                         f"A header may hold {', '.join(_HEADERS)} and points.")
    if len(named) > 1:
        raise _Fault(f"the header holds {' and '.join(named)}. Make it one cell each.")
    if kind not in ("code", "markdown"):
        raise _Fault(f"it is a {kind} cell. Write `# %%` for code or `# %% [markdown]` for prose.")

    header = _HEADERS[named[0]] if named else _Header("given" if kind == "code" else "prose", kind, has_points=False)
    if header.kind != kind:
        raise _Fault(f"{named[0]} stands on a {kind} cell. Make it a {header.kind} cell.")
    _check_points(named, header, keys)
    return (named[0] if named else None), header


def _check_points(named: list[str], header: _Header, keys: dict[str, Any]) -> None:
    points = keys.get("points")
    if header.has_points and points is None:
        raise _Fault(f"{named[0]} has no points. Add `points=…` to its header.")
    if not header.has_points and points is not None:
        raise _Fault(f"points={points!r} stands on a cell that earns none. Give the points to the check or the reflection.")
    if points is None:
        return
    if isinstance(points, bool) or not isinstance(points, (int, float)) or not (math.isfinite(points) and points > 0):
        raise _Fault(f"points={points!r} is no positive number. Write `points=3`, without quotes.")


def _identifier(key: str, value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Fault(f"{key}={value!r} is no id. Write letters, digits and _ in quotes, 50 at most.")
    return value


def _check_markers(source: str, solution: bool) -> None:
    for marker in (BEGIN, END):
        if marker in source and not solution:
            raise _Fault(f"{marker} stands in a cell that is no answer. Add `exercise=…` to its header, or take the marker out.")
    for marker in _FOREIGN_MARKERS:
        if marker in source:
            raise _Fault(f"{marker} is not used in this course. Hidden tests belong into tests/graders/.")


def _cleared(source: str, stub: str) -> str:
    """``source`` with each solution region replaced by ``stub`` at its indentation, line for line as nbgrader does it."""
    kept, removed, inside = [], [], False
    for line in source.split("\n"):
        if BEGIN in line:
            if inside:
                raise _Fault(f"{BEGIN} stands inside a solution. Close the first with `### {END}` before opening the second.")
            inside = True
            kept.append(re.match(r"\s*", line)[0] + stub)
        elif END in line:
            if not inside:
                raise _Fault(f"{END} has no {BEGIN}. Add `### {BEGIN}` above the first line of the answer.")
            inside = False
        else:
            (removed if inside else kept).append(line)

    if inside:
        raise _Fault(f"{BEGIN} has no {END}. Add `### {END}` below the last line of the answer.")
    if not bare_lines("\n".join(removed)):
        raise _Fault(f"nothing is removed from it. Put the answer between `### {BEGIN}` and `### {END}`.")
    return "\n".join(kept)


def _check_defines(exercise: str, source: str, stub: str) -> None:
    for name, text in (("answer", source), ("stub", stub)):
        try:
            compile(text, name, "exec", dont_inherit=True)
        except SyntaxError as error:
            raise _Fault(f"line {error.lineno} of its {name} is no Python: {error.msg}. "
                         "A solution region holds whole statements.") from None
        if exercise not in functions(text):
            raise _Fault(f"its {name} defines no function {exercise!r}. The id is the function's name, "
                         "and its `def` line stands outside the solution region.")


def _check_neighbours(cell: SourceCell, before: dict[str, SourceCell], answered: list[str]) -> None:
    """Refuses a second cell of the same id, and a check or a why that has no answer above it."""
    if cell.id in before:
        own = "Make it one why." if cell.role == "why" else "Give each exercise and each reflection its own."
        raise _Fault(f"the id {cell.exercise!r} is taken by an earlier cell. {own}")
    if cell.role not in ("check", "why") or f"{cell.exercise}-answer" in before:
        return
    if cell.exercise in answered:
        raise _Fault(f"it stands above its exercise {cell.exercise!r}. Move it below.")
    raise _Fault(f"it {'checks' if cell.role == 'check' else 'explains'} {cell.exercise!r}, which no cell asks for."
                 f"{suggestion(cell.exercise, answered)} Add a cell `# %% exercise=\"{cell.exercise}\"` above it.")


def _check_every_answer_is_checked(lesson: Lesson, nodes: list[NotebookNode], cells: dict[str, SourceCell]) -> None:
    for number, (node, cell) in enumerate(zip(nodes, cells.values(), strict=True), 1):
        checked = cell.role != "answer" or getattr(cells.get(cell.exercise), "role", None) == "check"
        if not checked:
            fault = _Fault(f'it has no check. Add a cell `# %% check="{cell.exercise}" points=…` below it.')
            raise _error(lesson, number, node, fault)


def _error(lesson: Lesson, number: int, node: NotebookNode, fault: _Fault) -> DeriveError:
    keys = " ".join(f'{key}="{value}"' for key, value in node.metadata.items() if key in _HEADERS)
    label = keys or f"“{node.source.splitlines()[0][:40]}”" if node.source else "empty"
    return DeriveError(f"solutions/{lesson.name}.py, cell {number} ({label}): {fault}")
