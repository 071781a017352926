"""Rebuilds a submission from the lesson's source: the learner's answers and own cells, everything else as it was handed out.

On the trusted side: text is taken apart, never run.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from .course import Lesson
from .derive import exercise_notebook
from .lesson_source import SourceCell, lesson_cells
from .recognise import claim, is_changed, lesson_of, refuse_another_lesson
from .sourcecode import bare_lines, bound_names, functions, same_code
from .submission import Missing, SubmittedCell, Unreadable, read_submission

__all__ = ["Cell", "Missing", "Rebuilt", "Unreadable", "lesson_of", "rebuild", "to_notebook"]

Role = Literal["prose", "given", "answer", "check", "reflection", "extra"]


@dataclass(frozen=True)
class Cell:
    """One cell to run or to show.

    ``exercise`` is set in answers, checks and reflections; ``index`` is the place in the submission, None for what was put back;
    ``id`` is that of the source's cell, None for the learner's own.
    """

    kind: Literal["markdown", "code"]
    source: str
    role: Role
    exercise: str | None = None
    index: int | None = None
    id: str | None = None


@dataclass(frozen=True)
class Rebuilt:
    """A submission ready to run.

    ``answers`` maps an exercise's id to the text of its answer cells; ``untouched`` are the ids whose answer is still the stub and
    ``missing`` those without any, where no other code of the learner's binds the name; ``remarks`` are sentences for both sides.
    """

    lesson: Lesson
    cells: list[Cell]
    answers: dict[str, str]
    untouched: set[str]
    missing: set[str]
    remarks: list[str]

    def answers_hash(self) -> str:
        """SHA-256 over the learner's code in the order it runs and the reflections; metadata, outputs, line ends, cell ids, other
        prose and its place play no part."""
        code = [cell.source.strip("\n") for cell in self.cells if _is_own_code(cell) and bare_lines(cell.source)]
        reflections = sorted([cell.exercise, cell.source.strip("\n")] for cell in self.cells if cell.role == "reflection")
        return hashlib.sha256(json.dumps([code, reflections]).encode()).hexdigest()


def rebuild(path: Path, lesson: Lesson) -> Rebuilt:
    """The cells of a submission, rebuilt from the lesson's source. Raises Unreadable with a sentence that says why not."""
    submitted = read_submission(path)
    refuse_another_lesson(submitted, lesson)
    source = lesson_cells(lesson)
    exercises = [cell.exercise for cell in source if cell.role == "answer"]

    taken = claim(submitted, source)
    cells = _placed(submitted, taken, source)
    answers = _answers(cells, exercises)
    missing = {name for name in exercises if name not in answers and not _binds(cells, name)}
    remarks = [*_remarks(submitted, taken, source), *(_gone(name) for name in exercises if name in missing)]
    untouched = {cell.exercise for cell in source if cell.role == "answer" and _is_untouched(cell, cells)}
    cells = _give_first(_put_back(cells, source, missing), source)

    return Rebuilt(lesson, cells, answers, untouched, missing, remarks)


def to_notebook(rebuilt: Rebuilt) -> NotebookNode:
    """The lesson's exercise notebook with the learner's text filled in: metadata from the source, none in the learner's own cells.

    Where an answer occurs twice, the last cell carries its ``grade_id``, which nbgrader wants but once.
    """
    notebook = exercise_notebook(rebuilt.lesson)
    nodes = {node.id: node for node in notebook.cells}
    last = {cell.id: number for number, cell in enumerate(rebuilt.cells)}

    def node(number: int, cell: Cell) -> NotebookNode:
        if cell.id is not None and last[cell.id] == number:
            nodes[cell.id].source = cell.source
            return nodes[cell.id]
        make = new_code_cell if cell.kind == "code" else new_markdown_cell
        return make(cell.source, id=f"extra-{number}")

    notebook.cells = [node(number, cell) for number, cell in enumerate(rebuilt.cells)]
    return notebook


# The submission as it stands

def _placed(submitted: list[SubmittedCell], taken: dict[int, SourceCell], source: tuple[SourceCell, ...]) -> list[Cell]:
    """The submission in its own order: answers as written, locked cells once and as in the source, all else the learner's own."""
    cells, seen = [], set()
    for cell in submitted:
        origin = taken.get(cell.index)
        own = Cell("code" if cell.kind == "code" else "markdown", cell.source, "extra", index=cell.index)
        if origin is None:
            cells.append(own)
        elif origin.role in ("answer", "reflection"):
            cells.append(replace(own, kind=origin.kind, role=origin.role, id=origin.id, exercise=origin.exercise))
        else:
            if origin.id not in seen:
                cells.append(_locked(origin, cell.index))
            if origin.role != "check" and cell.kind == "code" and is_changed(cell, origin):
                cells.append(own)  # an import that the learner added to a given cell is needed
            seen.add(origin.id)
    return cells


def _locked(origin: SourceCell, index: int | None) -> Cell:
    return Cell(origin.kind, origin.stub, origin.role, origin.exercise, index, origin.id)


# What was answered

def _is_own_code(cell: Cell) -> bool:
    return cell.kind == "code" and cell.role in ("answer", "extra") and cell.index is not None


def _binds(cells: Iterable[Cell], name: str) -> bool:
    return any(name in bound_names(cell.source) for cell in cells if _is_own_code(cell))


def _answers(cells: list[Cell], exercises: list[str]) -> dict[str, str]:
    """The text that answers each exercise: its own cells, else any of the learner's that define it. Emptied cells do not count."""
    code = [cell for cell in cells if _is_own_code(cell) and bare_lines(cell.source)]
    found = {}
    for name in exercises:
        own = [cell.source for cell in code if cell.exercise == name]
        texts = own or [cell.source for cell in code if name in functions(cell.source)]
        if texts:
            found[name] = "\n\n".join(texts)
    return found


def _is_untouched(answer: SourceCell, cells: list[Cell]) -> bool:
    own = [cell for cell in cells if cell.role == "answer" and cell.exercise == answer.exercise]
    others = [cell for cell in cells if cell not in own]
    return bool(own) and all(same_code(cell.source, answer.stub) for cell in own) and not _binds(others, answer.exercise)


# Putting back what is missing, and what must come first

def _put_back(cells: list[Cell], source: tuple[SourceCell, ...], missing: set[str]) -> list[Cell]:
    """Adds each missing cell after the one that precedes it in the source; of answers only those that nothing replaces.

    A check stands after the learner's own cells that follow its answer, for they may belong to it.
    """
    cells = list(cells)
    place = 0
    for origin in source:
        present = [number for number, cell in enumerate(cells) if cell.id == origin.id]
        if present:
            place = present[-1] + 1
        elif origin.role != "answer" or origin.exercise in missing:
            while origin.role == "check" and place < len(cells) and cells[place].role == "extra":
                place += 1
            cells.insert(place, _locked(origin, None))
            place += 1
    return cells


def _give_first(cells: list[Cell], source: tuple[SourceCell, ...]) -> list[Cell]:
    """Moves each given cell that stands too late before the first code cell that follows it in the source.

    It stays where it is if an answer that precedes it in the source stands later still: it may need that answer.
    """
    cells = list(cells)
    code = [origin for origin in source if origin.kind == "code"]
    for rank, origin in enumerate(code):
        if origin.role != "given":
            continue
        earlier = {before.id for before in code[:rank] if before.role == "answer"}
        later = {after.id for after in code[rank + 1:]}
        now = next(number for number, cell in enumerate(cells) if cell.id == origin.id)
        goal = next((number for number, cell in enumerate(cells) if cell.id in later), len(cells))
        if goal < now and not any(cell.id in earlier for cell in cells[goal:]):
            cells.insert(goal, cells.pop(now))
    return cells


# Remarks

def _remarks(submitted: list[SubmittedCell], taken: dict[int, SourceCell], source: tuple[SourceCell, ...]) -> list[str]:
    """What a teacher and the learner should know about, in the source's order."""
    copies: dict[str, list[SubmittedCell]] = {cell.id: [] for cell in source}
    for cell in submitted:
        if cell.index in taken:
            copies[taken[cell.index].id].append(cell)
    return [remark for origin in source for remark in _remarks_on(origin, copies[origin.id])]


def _remarks_on(origin: SourceCell, copies: list[SubmittedCell]) -> Iterable[str]:
    changed = any(is_changed(cell, origin) for cell in copies)
    if origin.role == "check":
        if not copies:
            yield f"The check of {origin.exercise} was missing; it was put back."
        if len(copies) > 1:
            yield f"The check of {origin.exercise} stands there {len(copies)} times; it ran once."
        if changed:
            yield f"The check of {origin.exercise} was changed; it ran as it was handed out."
    elif origin.role == "given" and changed:
        yield f"The given cell {origin.id} was changed; it ran as it was handed out, then as you wrote it."
    elif origin.role == "answer":
        if len(copies) > 1:
            yield f"There are {len(copies)} answer cells of {origin.exercise}; they ran in order, and the last definition counts."
        if any(cell.kind != "code" for cell in copies):
            yield f"The answer of {origin.exercise} was no code cell any more; it ran as one."
    elif origin.role == "reflection" and len(copies) > 1:
        yield f"There are {len(copies)} answers to {origin.exercise}; only the last is shown for grading."


def _gone(exercise: str) -> str:
    return f"No cell answers {exercise}: the notebook defines no such name."
