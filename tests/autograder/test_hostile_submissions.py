"""Hostile submissions earn nothing, harm nobody, and the judge does not notice that anybody tried.

Each file of tests/submissions/hostile is put into a notebook without answers (it must get 0 points) and into a solved one (the
verdicts on the answers it does not spoil stay; the sandbox ends, and nothing is left of it).
"""

import time
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell

from autograder import course
from autograder.classroom import Maker

pytestmark = pytest.mark.xdist_group("engine")
HOSTILE = sorted((Path(__file__).parents[1] / "submissions" / "hostile").glob("*.py"))


def test_there_are_hostile_submissions():
    assert len(HOSTILE) > 10


@pytest.fixture
def untouched():
    maker = Maker(course.lesson("01_sine"))
    return maker.notebook(maker.stubs)


def attacks(path):
    return new_code_cell(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p.stem)
def test_an_attack_without_answers_earns_nothing(path, untouched, grade):
    untouched.cells.append(attacks(path))
    result = grade(untouched).result
    assert result.status == "graded" and result.score == 0.0
    assert "landlock" in result.isolation and "seccomp" in result.isolation


@pytest.mark.parametrize("path", HOSTILE, ids=lambda p: p.stem)
def test_an_attack_above_right_answers_changes_no_others_verdict(path, solved, grade):
    before = set(psutil.pids())
    result = grade(solved(extra=path.read_text(encoding="utf-8"))).result
    assert result.status == "graded" and 0.0 <= result.score <= result.max_score
    assert grade(solved()).result.score == result.max_score  # the next one, by the same engine
    deadline = time.monotonic() + 5
    while left := [p for p in set(psutil.pids()) - before if _is_an_orphan_of_a_sandbox(p)]:
        assert time.monotonic() < deadline, f"processes {left} outlived their sandbox"
        time.sleep(0.1)


def _is_an_orphan_of_a_sandbox(pid: int) -> bool:
    """A sandbox's processes look like the warm process they were forked from; those that run have a supervisor above them."""
    try:
        process = psutil.Process(pid)
        return "autograder.sandbox.warm" in process.cmdline() and process.ppid() == 1
    except psutil.Error:
        return False


@pytest.mark.parametrize("path", [p for p in HOSTILE if p.stem == "forged_outputs"], ids=lambda p: p.stem)
def test_no_active_output_gets_past_the_wall(path, untouched, grade):
    untouched.cells.append(attacks(path))
    shown = str([cell.outputs for cell in grade(untouched).cells])
    assert "<script" not in shown and "alert(" not in shown
