"""The main job on a fresh clone: three classes of 24, graded end to end through nbgrader, and compared with what they were made to be.

``make demo`` builds exercises and book before it calls this. Everything lands in build/demo, an nbgrader course directory.
"""

import shutil
import sys
import time

from rich.console import Console
from rich.progress import Progress

from . import course as places
from . import gradebook, report
from .classroom import hand_in, make_class
from .console import show_class
from .course import Course, Lesson
from .runner import Outcome, grade_class

LESSONS = ("01_sine", "02_wav", "07_silence_or_sound")  # one for each kind of answer: functions and arrays, files, fitted models


def main() -> int:
    """Runs the demo; 1 if anything came out otherwise than the class was made to."""
    console, started = Console(), time.monotonic()
    course = Course(places.repository() / "build" / "demo")
    if course.root.exists():
        shutil.rmtree(course.root)
    course.root.mkdir(parents=True)
    surprises: list[str] = []
    for name in LESSONS:
        surprises += _lesson(console, course, places.lesson(name))
    gradebook.export_csv(course, course.grades)
    console.rule("where to look")
    for what, path in (("the book", places.repository() / "book" / "_build" / "html" / "index.html"), ("learners' notebooks", places.repository() / "exercises"),
                       ("grades", course.grades), ("class reports", course.reports), ("feedback", course.feedback), ("gradebook", course.gradebook)):
        console.print(f"{what:20} {path}", highlight=False, soft_wrap=True)
    if surprises:
        console.print("Otherwise than the class was made to:", style="red")
        for surprise in surprises:
            console.print(surprise, markup=False)
        return 1
    console.print(f"Everything came out as the class was made to, in {time.monotonic() - started:.0f} s.", style="green")
    return 0


def _lesson(console: Console, course: Course, lesson: Lesson) -> list[str]:
    submissions = make_class(lesson)
    hand_in(course, lesson, submissions)
    students = [s.student for s in submissions]
    with Progress(console=console) as bar:
        grading = bar.add_task(f"{lesson.name}: grading", total=len(students))
        outcome = grade_class(course, lesson, students, progress=lambda *_: bar.advance(grading))
        writing = bar.add_task(f"{lesson.name}: gradebook", total=len(outcome.records))
        gradebook.hand_over(course, lesson, outcome.records, lambda *_: bar.advance(writing))
        feedback = bar.add_task(f"{lesson.name}: feedback", total=1)
        gradebook.generate_feedback(course, lesson, students)
        bar.advance(feedback)
    results = {student: record.result for student, record in outcome.records.items()}
    show_class(console, results)
    report.write_report(course, lesson, list(results.values()))
    return _surprises(submissions, outcome)


def _surprises(submissions: list, outcome: Outcome) -> list[str]:
    found = [f"{student}: {fault}" for student, fault in outcome.faults.items()]
    for submission in submissions:
        if submission.student in outcome.records:
            found += submission.differences(outcome.records[submission.student].result)
    return found


if __name__ == "__main__":
    sys.exit(main())
