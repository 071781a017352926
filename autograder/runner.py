"""Grades a class: a pool of processes on this machine, one engine each; one record a submission, stored as soon as it is there."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from .course import Course, Lesson
from .grading import Engine, course_secret, store
from .record import Record
from .sandbox import preload
from .sandbox.box import ProtectionMissing
from .sandbox.client import Warm

_here: dict[tuple[str, frozenset[str]], Engine] = {}


@dataclass
class Outcome:
    """What became of a class: the records by student, and who could not be graded through a fault of ours, with the reason."""

    records: dict[str, Record] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def problems(self) -> dict[str, str]:
        """Who has no verdict on their answers, and why."""
        unread = {student: record.result.error or record.result.status for student, record in self.records.items() if record.result.status != "graded"}
        return {**unread, **self.faults}


def grade_class(course: Course, lesson: Lesson, students: list[str], jobs: int | None = None, isolation: str = "full",
                progress: Callable[[str, Record | None], None] = lambda student, record: None) -> Outcome:
    """Grades the submissions of ``students`` and stores their records. Raises ProtectionMissing before any code of theirs has run."""
    outcome, secret = Outcome(), course_secret(course)
    submissions = {student: course.submission(student, lesson) for student in students}
    libraries = frozenset(preload.mentioned([lesson.exercise, *submissions.values()], (lesson.exercise.parent / "given").glob("*.py")))
    jobs = max(1, min(jobs or os.cpu_count() or 1, len(students)))
    with _pool(jobs) as pool:
        tasks = {pool.submit(_grade, path, lesson, student, secret, isolation, libraries): student for student, path in submissions.items()}
        for student, record, fault in _results(tasks):
            if record is not None:
                outcome.records[student] = store(course, lesson, record)
            else:
                outcome.faults[student] = fault
            progress(student, record)
    return outcome


def _pool(jobs: int) -> Executor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _results(tasks: dict) -> Iterator[tuple[str, Record | None, str]]:
    for task in as_completed(tasks):
        try:
            yield tasks[task], task.result(), ""
        except ProtectionMissing:
            for other in tasks:
                other.cancel()
            raise
        except Exception as error:  # a fault of ours with one submission: the class goes on, the fault is told
            yield tasks[task], None, f"{type(error).__name__}: {error}"


def _grade(path: Path, lesson: Lesson, student: str, secret: str, isolation: str, libraries: frozenset[str] = preload.ROOTS) -> Record:
    """One submission, in a worker: its engine is made at the first and kept."""
    engine = isolation, libraries
    if engine not in _here:
        _here[engine] = Engine(Warm(isolation, libraries=libraries))
    try:
        return _here[engine].grade(path, lesson, student, secret)
    except BaseException:
        _here.pop(engine).close()  # whatever it was, the next submission gets an engine that works
        raise
