"""The graders kill mutants: a sample here, all of them by `make grade-the-graders`."""

import random
from concurrent.futures import ProcessPoolExecutor

import pytest

from autograder import course, mutants
from autograder.course import UserError
from autograder.mutants import Listed, Verdict
from autograder.mutation import Mutant

SAMPLE = 3  # a lesson
LESSONS = course.lessons()
FILES = sorted((course.repository() / "tests" / "equivalent_mutants").iterdir())


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group("mutants")) for name in LESSONS])
def test_a_sample_of_mutants_is_killed(pool: ProcessPoolExecutor, name: str):
    lesson = course.lesson(name)
    chosen = random.Random(name).sample(mutants.mutants_of(lesson), SAMPLE)

    verdicts = pool.submit(mutants.examine, lesson, chosen).result()

    survivors = [v.diff for v in verdicts if not v.killed and v.key not in mutants.equivalents(lesson)]
    assert not survivors, "sharpen the hidden tests, or list what is equivalent in tests/equivalent_mutants:\n\n" + "\n\n".join(survivors)


@pytest.mark.xdist_group("mutants")
def test_an_answer_that_does_not_pass_is_no_measure(pool: ProcessPoolExecutor):
    lesson = course.lesson("01_sine")
    with pytest.raises(UserError, match="the answer to mix itself loses points"):
        pool.submit(examine_a_wrong_answer, lesson).result()


def examine_a_wrong_answer(lesson):
    right = mutants.answers
    mutants.answers = lambda lesson: right(lesson) | {"mix": "def mix(signals, gains):\n    return 0"}
    try:
        return mutants.examine(lesson, [("mix", Mutant("", ""))])
    finally:
        mutants.answers = right


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_listed_equivalent_is_a_mutant_and_has_its_reason(path):
    lesson = course.lesson(path.stem)
    alive = [Verdict(exercise, mutant.diff, killed=False) for exercise, mutant in mutants.mutants_of(lesson)]

    assert mutants.stale(alive, mutants.equivalents(lesson)) == []
    assert all(len(entry.reason.split()) > 3 for entry in mutants.equivalents(lesson).values())


VERDICTS = [Verdict("sine", "- a\n+ b", True), Verdict("sine", "- a\n+ c", False), Verdict("mix", "- d\n+ e", False)]


def test_a_row_counts_survivors_that_are_not_listed():
    sine, mix = mutants.rows_of(VERDICTS, {("mix", "- d\n+ e")})

    assert (sine.n_judged, sine.survivors, sine.killed) == (2, ("- a\n+ c",), 0.5)
    assert (mix.n_judged, mix.n_equivalent, mix.survivors, mix.killed) == (0, 1, (), 1.0)


def test_a_survivor_stands_in_the_table_with_its_source():
    page = mutants.table("01_sine", mutants.rows_of(VERDICTS, {("mix", "- d\n+ e")}))

    assert "| sine | 2 | 0 | 1 | 50.0 |\n| mix | 1 | 1 | 0 | 100.0 |" in page
    assert "## sine: survivors\n\n```diff\n- a\n+ c\n```" in page and "## mix" not in page


def test_too_few_killed_are_a_fault():
    few = mutants.faults(mutants.rows_of(VERDICTS, ()))
    assert [fault.partition(":")[0].partition(",")[0] for fault in few] == ["sine", "mix", "over all"]

    enough = [Verdict("sine", str(i), i > 3) for i in range(200)]
    assert mutants.faults(mutants.rows_of(enough, ())) == []


def test_nine_in_ten_of_each_exercise_are_asked():
    verdicts = [Verdict("sine", str(i), True) for i in range(1000)] + [Verdict("mix", str(i), i > 1) for i in range(10)]
    assert [fault[:16] for fault in mutants.faults(mutants.rows_of(verdicts, ()))] == ["mix: 80.0% kille"]


def test_a_listed_equivalent_that_is_none_is_told():
    listed = {("sine", "- a\n+ b"): Listed("a reason"), ("sine", "- x\n+ y"): Listed("a reason"), ("mix", "- d\n+ e"): Listed("a reason")}
    killed, unknown = mutants.stale(VERDICTS, listed)

    assert "a test kills it" in killed and "no mutant of the answer is it" in unknown


def test_luck_may_kill_what_is_listed_so():
    assert mutants.stale(VERDICTS, {("sine", "- a\n+ b"): Listed("a reason", by_chance=True)}) == []


def test_quotes_play_no_part():
    assert mutants.key("sine", "- f'{x[\"a\"]}'\n") == mutants.key("sine", '- f"{x[\'a\']}"')
