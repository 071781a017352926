"""How nbgrader gets its notebooks and points from us: ``nbgrader autograde`` by nbgrader_config.py, and our own way into the gradebook.

A submission's notebook is never read by nbgrader. It is rebuilt from the lesson's source, so nothing in it can break the batch, and
what its cells gave comes from the record.
"""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from . import course as places
from . import feedback
from .course import Course, Lesson
from .derive import exercise_notebook
from .rebuild import Cell, Rebuilt, to_notebook
from .record import Exercise, Message, Record

OVERVIEW_ID = "autograder-overview"


def notebook_of(record: Record, lesson: Lesson) -> NotebookNode:
    """The rebuilt notebook with an overview above, its outputs, and in each check the verdict and the points.

    nbgrader reads the points off an ``execute_result``; what the check itself put out follows and counts no more.
    """
    cells = [Cell(cell.kind, cell.source, cell.role, cell.exercise, None, cell.cell_id) for cell in record.cells]
    notebook = to_notebook(Rebuilt(lesson, cells, {}, set(), set(), []))
    handed_out = {cell.id: cell.source for cell in exercise_notebook(lesson).cells}
    exercises = {exercise.id: exercise for exercise in record.result.exercises}
    numbers = count(1)

    for cell, ran in zip(notebook.cells, record.cells, strict=True):
        if ran.kind == "markdown" and ran.role in ("extra", "reflection"):
            cell.source = _harmless(cell.source, handed_out.get(cell.id, ""))
        elif ran.kind == "code":
            cell.outputs = [new_output(**output) for output in ran.outputs]
            if record.result.status == "graded" and ran.source.strip():
                cell.execution_count = next(numbers)  # tracebacks name cells by it
        if cell.metadata.get("nbgrader", {}).get("grade") and ran.role == "check":
            cell.outputs = _verdict(exercises[ran.exercise], record.result.error) + cell.outputs
    notebook.cells.insert(0, new_markdown_cell(feedback.overview_html(record.result), id=OVERVIEW_ID))
    return notebook


def _harmless(source: str, handed_out: str) -> str:
    """A learner's prose as text, below the lines that stand there as they were handed out."""
    if source == handed_out:
        return source
    lines, given = source.split("\n"), handed_out.split("\n")
    same = next((n for n, pair in enumerate(zip(lines, given, strict=False)) if pair[0] != pair[1]), min(len(lines), len(given)))
    kept, own = "\n".join(lines[:same]).rstrip(), "\n".join(lines[same:])
    return "\n\n".join(part for part in (kept, feedback.prose_html(own) if own.strip() else "") if part)


def _verdict(exercise: Exercise, error: str | None) -> list[NotebookNode]:
    if error:
        exercise = replace(exercise, messages=[Message(None, error)])
    score = float(min(exercise.score, exercise.points))  # more than all points would be an error to nbgrader
    return [new_output("display_data", {"text/html": feedback.exercise_html(exercise), "text/plain": feedback.exercise_text(exercise)}),
            new_output("execute_result", {"text/plain": repr(score)})]


def record_of(course: Course, lesson: Lesson, student: str) -> Record:
    """The record of a submission, graded now where there is none up to date."""
    from . import grading  # the engine, which collecting and releasing need not wait for
    return grading.record_of(course, lesson, student)


class RebuildExporter(NotebookExporter):
    """Gives nbgrader the rebuilt notebook in place of the submitted one, which it does not even open."""

    def from_filename(self, filename: str, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        directory = self.parent.coursedir
        if Path(filename).is_relative_to(Path(directory.root) / directory.autograded_directory):
            return super().from_filename(filename, resources=resources, **kw)  # the second round, on what the first wrote

        names = resources["nbgrader"]
        lesson = places.lesson(names["assignment"])
        notebook = notebook_of(record_of(Course(Path(directory.root)), lesson, names["student"]), lesson)
        self.ran = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}
        return self.from_notebook_node(notebook, resources=resources, **kw)


class Replay(NbGraderPreprocessor):
    """Puts the record's outputs where ``Execute`` would put a kernel's."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if cell.cell_type == "code":
            ran = self.parent.ran[cell.id]
            cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        return cell, resources
