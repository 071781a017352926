"""Worked answers for those who learn alone: what is asked, the answer with its contract, and why it is right.

All of it is read from the lesson's source; nothing is run.
"""

import ast
from dataclasses import dataclass

from .course import Lesson, UserError, suggestion
from .lesson_source import SourceCell, lesson_cells, whys

HINTS = "<details>"


@dataclass(frozen=True)
class Solution:
    """One worked answer. ``task`` and ``why`` are Markdown, either may be empty; ``answer`` is Python, of a reflection Markdown."""

    exercise: str
    task: str
    answer: str
    why: str
    is_reflection: bool

    @property
    def bare_answer(self) -> str:
        """The answer without its contract, which learners have in their notebooks."""
        lines = self.answer.split("\n")
        for function in ast.parse(self.answer).body:
            first = function.body[0] if isinstance(function, ast.FunctionDef) and ast.get_docstring(function) else None
            if first is not None and len(function.body) > 1:
                lines[first.lineno - 1 : first.end_lineno] = [None] * (first.end_lineno - first.lineno + 1)
        return "\n".join(line for line in lines if line is not None)


def solution(lesson: Lesson, exercise: str) -> Solution:
    """The worked answer of one exercise. Raises UserError for an exercise that the lesson has not."""
    all_of_them = {each.exercise: each for each in solutions(lesson)}
    if exercise not in all_of_them:
        raise UserError(f"{lesson.name} has no exercise {exercise!r}.{suggestion(exercise, all_of_them)} "
                        f"Its exercises are: {', '.join(all_of_them) or 'none yet'}.")
    return all_of_them[exercise]


def solutions(lesson: Lesson) -> list[Solution]:
    """The worked answers of a lesson, in its order; the model answers of its reflections among them."""
    cells, because = lesson_cells(lesson), whys(lesson)
    return [Solution(cell.exercise, _task(cells[:place]), cell.solved, because.get(cell.exercise, ""), cell.role == "reflection")
            for place, cell in enumerate(cells) if cell.role in ("answer", "reflection")]


def _task(before: tuple[SourceCell, ...]) -> str:
    """The prose that asks: the last before an answer and after the answer before it; hints do not count."""
    for cell in reversed(before):
        if cell.role in ("answer", "reflection"):
            break
        if cell.role == "prose" and HINTS not in cell.source:
            return cell.source
    return ""
