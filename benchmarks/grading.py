"""Seconds a submission: grades classes of right answers by `python -m autograder grade`, one core, each lesson for itself.

The time is the difference between a large class and a class of one, so that starting up counts nothing; the notebook's own running time
is in it. Every submission differs by a comment, so none is known from before.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from autograder import course
from autograder.course import Course, Lesson
from autograder.derive import source_notebook

CLASS = 21


def grading_time(lesson: Lesson, students: int) -> float:
    """Seconds that grading a class takes, from cold."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        for number in range(students):
            _hand_in(Course(Path(folder)), lesson, f"student{number:02}")
        started = time.perf_counter()
        command = [sys.executable, "-m", "autograder", "grade", lesson.name, "--course", folder, "--jobs", "1"]
        subprocess.run(command, cwd=course.repository(), check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


def _hand_in(place: Course, lesson: Lesson, student: str) -> None:
    notebook = source_notebook(lesson)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.solution and cell.cell_type == "code":
            cell.source += f"\n# {student}"
    path = place.submission(student, lesson)
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def report():
    """Prints a row a lesson, as soon as it is measured."""
    print("lesson                seconds a submission   start-up")
    for name in course.lessons():
        one, many = (grading_time(course.lesson(name), students) for students in (1, CLASS))
        each = (many - one) / (CLASS - 1)
        print(f"{name:20} {each:21.2f} {one - each:10.1f}", flush=True)
