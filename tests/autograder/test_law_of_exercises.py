"""The law of exercises, through the whole engine: handed out they are unsolved, solved by their source they get full points."""

import pytest

from autograder import course
from autograder.grading import points_of

LESSONS = [pytest.param(name, marks=pytest.mark.xdist_group("engine")) for name in course.lessons()]


def test_there_are_lessons():
    assert LESSONS


@pytest.mark.parametrize("name", LESSONS)
def test_an_exercise_notebook_as_handed_out_is_not_attempted(name, grade):
    result = grade(course.lesson(name).exercise.read_text(encoding="utf-8"), name).result
    solved = [e.id for e in result.exercises if e.status != "not_attempted"]
    assert result.status == "graded" and not solved, f"{name}: {solved} are no longer untouched. Put the answer between the solution markers and derive again."
    assert result.score == 0.0 and [e.id for e in result.exercises] == list(points_of(course.lesson(name)))


@pytest.mark.parametrize("name", LESSONS)
def test_the_solution_gets_full_points(name, grade, solved):
    result = grade(solved(name), name).result
    lost = [f"{e.id} {e.status}: {'; '.join(m.text for m in e.messages)}" for e in result.exercises if e.status != "passed"]
    assert not lost, f"the answers of solutions/{name}.py lose points: {lost}. Mend the answer or the grader."
    assert result.score == result.max_score == sum(points_of(course.lesson(name)).values())


@pytest.mark.parametrize("name", LESSONS)
def test_the_solved_notebook_runs_without_an_error(name, grade, solved):
    errors = [(cell.source.split("\n")[0], output["evalue"]) for cell in grade(solved(name), name).cells for output in cell.outputs if output["output_type"] == "error"]
    assert not errors, f"{name}: with every answer right these cells still fail: {errors}. Mend the visible check."


@pytest.mark.parametrize("name", LESSONS)
def test_in_the_unsolved_notebook_only_checks_fail(name, grade):
    text = course.lesson(name).exercise.read_text(encoding="utf-8")
    record = grade(text, name)
    errors = [(cell.role, cell.source.split("\n")[0]) for cell in record.cells for output in cell.outputs if output["output_type"] == "error" and cell.role != "check"]
    assert not errors, f"{name}: unsolved, these cells fail, which are no checks: {errors}. Let them tolerate an unwritten answer."
