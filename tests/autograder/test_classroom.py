"""The class of the demo is what it says it is, and a result that is otherwise is noticed."""

import json

import pytest

from autograder import course, demo
from autograder.classroom import _VariantsFile, make_class
from autograder.grading import points_of
from autograder.record import Exercise, Message, Record, Result
from autograder.runner import Outcome

LESSONS = course.lessons()


@pytest.fixture(scope="module")
def submissions():
    return make_class(course.lesson("01_sine"))


def result_as_made(submission):
    """What the grader must say of a submission, as far as it was made to be something."""
    lesson = course.lesson("01_sine")
    if submission.status != "graded":
        return Result(lesson.name, submission.student, submission.status, "cut off", [], [])
    exercises = []
    for exercise, points in points_of(lesson).items():
        expected = submission.exercises[exercise]
        status = sorted(expected.statuses)[0]
        exercises.append(Exercise(exercise, points if status == "passed" else 0.0, points, status, [Message(expected.hint, "…")] if expected.hint else []))
    return Result(lesson.name, submission.student, "graded", None, [], exercises)


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_has_a_class_of_24_of_every_kind(name):
    made = make_class(course.lesson(name))
    kinds = {s.kind for s in made}
    assert len({s.student for s in made}) == len(made) == 24
    assert {"right", "half done", "untouched", "broken file", "crashed", "looping for ever", "memory-hungry", "does not compile"} <= kinds
    hints = {(exercise, e.hint) for s in made for exercise, e in s.exercises.items() if e.hint}
    assert len(hints) >= 8, f"{name}: the class holds only {sorted(hints)}; let more misconceptions stand without the reference"


def test_a_variant_stands_unless_a_helper_of_its_helpers_leans_on_the_reference(tmp_path):
    (tmp_path / "variants.py").write_text('''
from autograder import misconception
from reference_impl import sine


def tone(n):
    return sine(440.0, n / 8000, 8000)


def tones(n):
    return [tone(n), tone(n)]


def zeros(n):
    return [0.0] * n


@misconception("f", "leans", "It calls what calls the reference.")
def f(n):
    return tones(n)


@misconception("f", "stands", "It calls nothing of the reference's.")
def f(n):
    return zeros(n)
''')
    file = _VariantsFile(tmp_path / "variants.py")
    assert [v.name for v in file.variants if file.text(v)] == ["stands"]
    assert "def zeros" in file.prelude and "tone" not in file.prelude


def test_broken_files_are_no_notebooks_and_the_others_are(submissions):
    for submission in submissions:
        try:
            json.loads(submission.content)
            readable = True
        except ValueError:
            readable = False
        assert readable == (submission.status == "graded")


def test_what_comes_out_as_made_is_no_surprise(submissions):
    outcome = Outcome({s.student: Record("", result_as_made(s), []) for s in submissions})
    assert demo._surprises(submissions, outcome) == []


def test_a_lost_point_a_lost_hint_and_a_lost_submission_are_surprises(submissions):
    outcome = Outcome({s.student: Record("", result_as_made(s), []) for s in submissions})
    right = outcome.records["ada"].result
    right.exercises[0] = Exercise(right.exercises[0].id, 0.0, right.exercises[0].points, "failed")
    hinted = next(s for s in submissions if any(e.hint for e in s.exercises.values()))
    for exercise in outcome.records[hinted.student].result.exercises:
        exercise.messages.clear()
    outcome.records["ines"].result.status = "graded"
    outcome.faults["hana"] = "RuntimeError: ours"
    told = "\n".join(demo._surprises(submissions, outcome))
    assert all(name in told for name in ("ada", hinted.student, "ines", "hana"))
