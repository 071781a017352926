"""Worked answers, read from the source of a lesson."""

import io
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from autograder import course
from autograder.console import show_solution
from autograder.course import UserError
from autograder.solution import Solution, solution, solutions

SAMPLES = Path(__file__).parent / "samples"
CHECK = '# %% check="gain"'


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """The first sample lesson, which says why of one of its two exercises, and gives a hint."""
    shutil.copytree(SAMPLES, tmp_path / "repository")
    monkeypatch.setattr(course, "repository", lambda: tmp_path / "repository")
    path = tmp_path / "repository" / "solutions" / "01_levels.py"
    text = path.read_text()
    assert text.count(CHECK) == 1
    path.write_text(text.replace(CHECK, '# %% [markdown] why="gain"\n# A gain *multiplies*.\n\n' + CHECK))
    return course.lesson("01_levels")


def test_every_exercise_and_reflection_has_its_answer(lesson):
    assert [(each.exercise, each.is_reflection) for each in solutions(lesson)] == [("gain", False), ("peak", False), ("why_peak", True)]


def test_an_answer_comes_with_its_contract_and_without_markers(lesson):
    assert solution(lesson, "gain").answer == 'def gain(y, factor):\n    """Returns y times factor."""\n    return factor * np.asarray(y)'


def test_an_answer_can_do_without_its_contract(lesson):
    assert solution(lesson, "gain").bare_answer == "def gain(y, factor):\n    return factor * np.asarray(y)"


def test_a_function_of_nothing_but_its_contract_keeps_it():
    text = 'def f():\n    """Does nothing."""'
    assert Solution("f", "", text, "", False).bare_answer == text


def test_the_reason_is_the_exercises_own(lesson):
    assert [each.why for each in solutions(lesson)] == ["A gain *multiplies*.", "", ""]


def test_the_task_is_the_prose_above(lesson):
    assert solution(lesson, "peak").task.startswith("## Peak")


def test_hints_are_no_task(lesson):
    text = lesson.source.read_text()
    lesson.source.write_text(text.replace('# %% exercise="peak"', '# %% [markdown]\n# <details><summary>Hint 1: where</summary>\n# </details>\n\n# %% exercise="peak"'))
    assert solution(lesson, "peak").task.startswith("## Peak")


def test_what_stands_above_an_earlier_exercise_is_not_its_task(lesson):
    text = lesson.source.read_text()
    lesson.source.write_text(text.replace("# %% [markdown]\n# ## Peak", "# %%\n# ## Peak"))
    assert solution(lesson, "peak").task == ""


def test_an_exercise_that_is_not_there_is_answered_by_the_nearest(lesson):
    with pytest.raises(UserError, match="01_levels has no exercise 'gian'. Did you mean 'gain'\\? Its exercises are: gain, peak, why_peak"):
        solution(lesson, "gian")


def shown(what, **settings):
    console = Console(file=io.StringIO(), width=60, **settings)
    show_solution(console, "01_levels", what)
    return console.file.getvalue()


def test_a_terminal_gets_colours_and_a_file_none(lesson):
    assert "\x1b[" in shown(solution(lesson, "gain"), force_terminal=True, color_system="standard")
    assert "\x1b" not in shown(solution(lesson, "gain"))


def test_code_is_neither_cut_nor_taken_for_markup():
    line = "    return [" + ", ".join(["red"] * 40) + "]"
    assert line in shown(Solution("f", "", f"def f():\n{line}", "", False))


def test_an_answer_without_a_reason_says_so(lesson):
    assert "does not say" in shown(solution(lesson, "peak"))


def test_of_a_reflection_the_model_answer_is_shown(lesson):
    printed = shown(solution(lesson, "why_peak"))
    assert "Why is the peak no measure of loudness?" in printed and "def " not in printed and "\nWhy\n" not in printed
