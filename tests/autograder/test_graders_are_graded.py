"""Every grader is graded: by its reference, by rightful alternatives, by named wrong answers."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from autograder import selfcheck

ROOT = Path(__file__).parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "tests" / "graders").glob("[0-9]*.py"))
CASES = [pytest.param(lesson, exercise, name, right, id=f"{lesson}-{exercise}-{name}", marks=pytest.mark.xdist_group(lesson))
         for lesson in LESSONS for exercise, name, right in selfcheck.variants(ROOT, lesson)]
QUESTION = re.compile(r"q\d+")
grade = cache(selfcheck.grade_variants)


def test_there_are_lessons_with_variants():
    assert LESSONS and CASES


@pytest.mark.parametrize("lesson", [pytest.param(lesson, marks=pytest.mark.xdist_group(lesson)) for lesson in LESSONS])
def test_the_reference_gets_full_points_in_every_exercise(lesson):
    verdicts = {key: v for key, v in grade(ROOT, lesson).items() if key[1] == "reference"}
    assert verdicts and selfcheck.faults(verdicts, set()) == []


@pytest.mark.parametrize(("lesson", "exercise", "name", "right"), CASES)
def test_each_variant_is_told_what_it_is(lesson, exercise, name, right):
    verdict = grade(ROOT, lesson)[exercise, name]
    assert selfcheck.faults({(exercise, name): verdict}, {(exercise, name)} if right else set()) == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_exercise_has_three_misconceptions_and_three_alternatives(lesson):
    """A question, whose answer is one of few, has as many misconceptions as wrong choices."""
    counted = Counter((exercise, right) for exercise, _, right in selfcheck.variants(ROOT, lesson))
    exercises = {exercise for exercise, _ in counted}
    few = [f"{e}: {counted[e, True]} alternatives, {counted[e, False]} misconceptions" for e in sorted(exercises)
           if counted[e, True] < (1 if QUESTION.fullmatch(e) else 3) or counted[e, False] < 2]
    assert not few, f"{lesson} needs three of each, or two misconceptions where a third would be invented: {few}"
