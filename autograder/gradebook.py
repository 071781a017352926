"""Hands results to nbgrader: its gradebook, the autograded notebooks and the feedback pages of a class, as its own commands would.

One process writes, with one connection and one transaction a submission: ``nbgrader autograde`` opens nine connections and commits at
every cell.
"""

import csv
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Assignment, Grade, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades, SaveCells
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from . import course as places
from .collect import new_secret, note, time_of
from .course import Course, Lesson, UserError
from .derive import exercise_notebook
from .nbgrader_course import OneTransaction, check_gradebook, leave_settings, opened, settings
from .nbgrader_plugin import notebook_of
from .record import Record, read_record

__all__ = ["check_gradebook", "export_csv", "generate_feedback", "hand_over"]

_log = logging.getLogger(__name__)
_log.setLevel(logging.ERROR)


# Handing over

def hand_over(course: Course, lesson: Lesson, records: dict[str, Record], progress: Callable[[str], None] = lambda student: None) -> None:
    """Enters the records of a lesson, by student: scores into the gradebook, notebooks into autograded/.

    What graders entered by hand stays. Raises UserError for another course's gradebook, for one that cannot be written, and where the
    lesson's graded cells have changed since it took its first submission.
    """
    check_gradebook(course)
    leave_settings(course)
    with opened(course) as (gradebook, config, directory):
        converter = Autograde(coursedir=directory, config=config, log=_log)
        scores = SaveAutoGrades(parent=converter)
        penalties = AssignLatePenalties(parent=converter)
        penalties.init_plugin()
        _enter_lesson(gradebook, lesson, directory)
        for student, record in sorted(records.items()):
            notebook = notebook_of(record, lesson)
            _enter_submission(gradebook, course, lesson, student)
            _enter_scores(gradebook, scores, notebook, lesson, student)
            _enter_penalty(gradebook, penalties, lesson, student)
            gradebook.save()
            _write_autograded(course, lesson, student, notebook)
            converter.set_permissions(lesson.name, student)
            progress(student)


def _enter_lesson(gradebook: OneTransaction, lesson: Lesson, directory: CourseDirectory) -> None:
    """What ``nbgrader generate_assignment`` enters: the assignment with its cells and points."""
    notebook = exercise_notebook(lesson)
    assignment = gradebook.update_or_create_assignment(lesson.name)
    if assignment.submissions:
        _follow_locked_cells(gradebook, lesson, notebook)
    gradebook.save()
    SaveCells().preprocess(notebook, {"nbgrader": {"notebook": lesson.name, "assignment": lesson.name, "db_url": directory.db_url}})
    gradebook.db.expire_all()


def _follow_locked_cells(gradebook: OneTransaction, lesson: Lesson, notebook: NotebookNode) -> None:
    """Adds and removes prose and given cells, which nbgrader refuses to once there are submissions; refuses it for graded ones."""
    stored = gradebook.find_notebook(lesson.name, lesson.name)
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}
    graded = {name for name, cell in cells.items() if cell.metadata.nbgrader.grade or cell.metadata.nbgrader.solution}
    known = {cell.name for cell in [*stored.grade_cells, *stored.solution_cells]}
    if graded != known:
        changed = ", ".join(sorted(name.removesuffix("-answer") for name in graded ^ known))
        raise UserError(f"The exercises of {lesson.name} have changed since the gradebook took its first submission ({changed}). Export its grades, "
                        f"then run `nbgrader db assignment remove {lesson.name} --force` and grade again; points given by hand are lost with it.")

    for cell in stored.source_cells:
        if cell.name not in cells:
            gradebook.db.delete(cell)
    for name in cells.keys() - {cell.name for cell in stored.source_cells}:
        gradebook.add_source_cell(name, lesson.name, lesson.name, cell_type=cells[name].cell_type)


def _enter_submission(gradebook: OneTransaction, course: Course, lesson: Lesson, student: str) -> None:
    gradebook.update_or_create_student(student)
    folder = _submitted(course, lesson, student)
    time = time_of(folder) if folder else None
    with gradebook.db.no_autoflush:  # nbgrader puts the pieces together before it adds them, and a query in between would warn
        gradebook.update_or_create_submission(lesson.name, student, **({"timestamp": time} if time else {}))


def _submitted(course: Course, lesson: Lesson, student: str) -> Path | None:
    """The folder a student handed in, unless a link leads there."""
    folder = course.submission(student, lesson).parent
    return None if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir() else folder


def _enter_scores(gradebook: OneTransaction, scores: SaveAutoGrades, notebook: NotebookNode, lesson: Lesson, student: str) -> None:
    scores.gradebook, scores.student_id = gradebook, student
    scores.notebook_id = scores.assignment_id = lesson.name
    for number, cell in enumerate(notebook.cells):
        scores.preprocess_cell(cell, {}, number)


def _enter_penalty(gradebook: OneTransaction, penalties: AssignLatePenalties, lesson: Lesson, student: str) -> None:
    """As nbgrader's preprocessor does it, by the policy that the course configures."""
    submission = gradebook.find_submission(lesson.name, student)
    notebook = gradebook.find_submission_notebook(lesson.name, lesson.name, student)
    late, penalty = submission.total_seconds_late, None
    if late > 0:
        gradebook.db.refresh(notebook)
        penalty = penalties.plugin_inst.late_submission_penalty(student, notebook.score, late)
        penalty = None if penalty is None else penalties._check_late_penalty(notebook, penalty)
    notebook.late_submission_penalty = penalty


def _write_autograded(course: Course, lesson: Lesson, student: str, notebook: NotebookNode) -> None:
    """The notebook and nbgrader's two notes, in place of what was there. Nothing else of the learner's is copied."""
    target, folder = course.autograded / student / lesson.name, _submitted(course, lesson, student)
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / f"{lesson.name}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    # release_feedback stops at the first submission that lacks one of these
    (target / "timestamp.txt").write_text(note(folder, "timestamp.txt") if folder and time_of(folder) else "", encoding="utf-8")
    (target / "submission_secret.txt").write_text((note(folder, "submission_secret.txt") if folder else "") or new_secret(), encoding="utf-8")


# Feedback

class _Feedback(GenerateFeedback):
    """nbgrader's converter, for those of the named students who were handed over."""

    students: Iterable[str] = ()

    def init_notebooks(self) -> None:
        name = self.coursedir.assignment_id
        notebooks = [os.path.join(self._format_source(name, student), f"{name}.ipynb") for student in self.students]
        self.assignments = {os.path.dirname(notebook): [notebook] for notebook in notebooks if os.path.isfile(notebook)}


def generate_feedback(course: Course, lesson: Lesson, students: Iterable[str]) -> None:
    """Writes feedback/<student>/<lesson>/<lesson>.html, from the autograded notebook and the gradebook as it is now."""
    config = settings(course)
    config.CourseDirectory.assignment_id = lesson.name
    converter = _Feedback(coursedir=CourseDirectory(config=config), config=config, log=_log, force=True)
    converter.students = students
    converter.start()


# Grades

# One query for each of these, where there would be one a student
_AT_ONCE = (joinedload(SubmittedAssignment.assignment), selectinload(SubmittedAssignment.notebooks).selectinload(SubmittedNotebook.grades).joinedload(Grade.cell))


def export_csv(course: Course, path: Path) -> None:
    """Writes the gradebook as a table: a row a student and lesson, a column an exercise, names as in ``nbgrader export``.

    ``status`` is graded, unreadable or missing; ``needs_manual_grade`` says whether a cell still waits for a grader. ``score`` is what
    counts: with points given by hand, after the late penalty.
    """
    with opened(course) as (gradebook, _, _):
        lessons = [a for a in gradebook.db.scalars(select(Assignment).order_by(Assignment.name)) if a.name in places.lessons()]
        students = list(gradebook.db.scalars(select(Student).order_by(Student.id)))
        handed_in = {(s.assignment.name, s.student_id): s for s in gradebook.db.scalars(select(SubmittedAssignment).options(*_AT_ONCE))}
        rows = [_row(course, lesson, student, handed_in.get((lesson.name, student.id))) for lesson in lessons for student in students]

    columns = list(dict.fromkeys(column for row in rows for column in row)) or ["assignment", "student_id", "status", "score", "max_score"]
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    draft.replace(path)


def _row(course: Course, lesson: Assignment, student: Student, submission: SubmittedAssignment | None) -> dict[str, Any]:
    row = {"assignment": lesson.name, "student_id": student.id, "last_name": student.last_name or "", "first_name": student.first_name or "",
           "email": student.email or "", "duedate": lesson.duedate or ""}
    if submission is None:
        return row | {"timestamp": "", "status": "missing", "raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0,
                      "max_score": lesson.max_score, "needs_manual_grade": "no"}

    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    penalty = submission.late_submission_penalty
    return row | {
        "timestamp": submission.timestamp or "",
        "status": _status(course, lesson.name, student.id) if not any(grade.auto_score for grade in grades) else "graded",
        "raw_score": round(submission.score, 2), "late_submission_penalty": round(penalty, 2), "score": round(max(0.0, submission.score - penalty), 2),
        "max_score": lesson.max_score, "needs_manual_grade": "yes" if any(grade.needs_manual_grade for grade in grades) else "no",
        **{grade.name: round(grade.score, 2) for grade in grades},
    }


def _status(course: Course, lesson: str, student: str) -> str:
    """Of a submission without points: its record tells whether it could be read."""
    record = read_record(course.records / lesson / f"{student}.json")
    return record.result.status if record else "graded"
