"""Recognises a submission: which lesson it belongs to, and which of the source's cells each of its cells stands for.

The marks are asked in order of trust: nbgrader's ``grade_id``, the cell's id, its text or the functions it defines, for hosted notebooks
drop the first two.
"""

from pathlib import Path

from .course import Lesson
from .lesson_source import TEXT_STUB, SourceCell, ids_of_lessons, lesson_cells
from .sourcecode import functions
from .submission import SubmittedCell, Unreadable, read_submission


def lesson_of(path: Path) -> str | None:
    """The lesson a notebook belongs to, by what its cells say, else by its file's name; None if neither tells. Raises Unreadable."""
    lessons = ids_of_lessons()
    for names in _evidence(read_submission(path)):
        if found := _best(names, lessons):
            return found
    return next((name for name in lessons if Path(path).stem.startswith(name)), None)


def refuse_another_lesson(submitted: list[SubmittedCell], lesson: Lesson) -> None:
    """Raises Unreadable if a notebook shows marks of another lesson and none, of equal trust, of this one."""
    own = {cell.exercise for cell in lesson_cells(lesson)}
    for names in _evidence(submitted):
        if names & own:
            return
        if other := _best(names, ids_of_lessons()):
            raise Unreadable(f"This is a notebook of {other}, not of {lesson.name}. Hand in the notebook of {lesson.name} in its place.")


def claim(submitted: list[SubmittedCell], source: tuple[SourceCell, ...]) -> dict[int, SourceCell]:
    """The source's cell that each cell of the submission stands for, by the latter's index; the learner's own cells have none."""
    by_id = {cell.id: cell for cell in source}
    taken = {cell.index: by_id.get(cell.grade_id) or by_id.get(cell.id) for cell in submitted}
    taken = {index: origin for index, origin in taken.items() if origin}
    _claim_by_text(taken, submitted, source)
    _claim_by_function(taken, submitted, source)
    return taken


def is_changed(cell: SubmittedCell, origin: SourceCell) -> bool:
    """Whether a cell says anything else than it did when it was handed out."""
    return _plain(cell.source) != _plain(origin.stub)


def _claim_by_text(taken: dict[int, SourceCell], submitted: list[SubmittedCell], source: tuple[SourceCell, ...]) -> None:
    """Adds unclaimed cells that say what was handed out. A second copy is the learner's own, but that of a check is a check."""
    found = {origin.id for origin in taken.values()}
    waiting = [origin for origin in source if origin.role == "check" or origin.id not in found]
    for cell in submitted:
        if cell.index in taken:
            continue
        match = next((origin for origin in waiting if _is_copy(cell, origin)), None)
        if match:
            taken[cell.index] = match
            if match.role != "check":
                waiting.remove(match)


def _is_copy(cell: SubmittedCell, origin: SourceCell) -> bool:
    """Whether a cell says what was handed out; of a reflection, whether it opens with the question."""
    question = _plain(origin.stub.split(TEXT_STUB)[0])
    if cell.kind != origin.kind or not cell.source.strip():
        return False
    if origin.role == "reflection" and question:
        return _plain(cell.source).startswith(question)
    return not is_changed(cell, origin)


def _claim_by_function(taken: dict[int, SourceCell], submitted: list[SubmittedCell], source: tuple[SourceCell, ...]) -> None:
    """Adds unclaimed cells that define an exercise's function, where no cell is its answer yet."""
    found = {origin.id for origin in taken.values()}
    waiting = {origin.exercise: origin for origin in source if origin.role == "answer" and origin.id not in found}
    for cell in submitted:
        if cell.kind == "code" and cell.index not in taken:
            defined = functions(cell.source)
            match = next((origin for name, origin in waiting.items() if name in defined), None)
            if match:
                taken[cell.index] = match


def _evidence(submitted: list[SubmittedCell]) -> list[set[str]]:
    """What tells the lesson, the most trusted first: ids by nbgrader, ids of cells, functions."""
    by_grade_id = {cell.grade_id.removesuffix("-answer") for cell in submitted if cell.grade_id}
    by_id = {cell.id.removesuffix("-answer") for cell in submitted if cell.id}
    by_function = {name for cell in submitted if cell.kind == "code" for name in functions(cell.source)}
    return [by_grade_id, by_id, by_function]


def _best(names: set[str], lessons: dict[str, frozenset[str]]) -> str | None:
    """The lesson that shares most names; None where none shares any or two share equally many."""
    shared = {name: len(ids & names) for name, ids in lessons.items()}
    most = max(shared.values(), default=0)
    best = [name for name, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))
