"""The law of lessons: one name in four places, every exercise complete, every learner's notebook clean."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from autograder import derive
from autograder.completeness import exercises_of, missing
from autograder.lesson_source import CODE_STUB, TEXT_STUB

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "solutions").glob("*.py"))
NOTEBOOKS = sorted((ROOT / "exercises").glob("*/*.ipynb"))
EXERCISES = [(source.stem, exercise) for source in SOURCES for exercise in exercises_of(source)]

NEXT_STEP = {
    "solutions": "write its source, or take the rest of the lesson away",
    "exercises": "run `make exercises`",
    "tests/graders": "`python -m autograder new` writes a stub",
    "tests/misconceptions": "`python -m autograder new` writes stubs",
}


def unpaired(root: Path) -> list[str]:
    """The lessons that one of the four places lacks."""
    names = {place: {path.stem for path in (root / place).glob("*") if not path.name.startswith(("_", "."))} for place in NEXT_STEP}
    return [f"{lesson} is not in {place}/: {NEXT_STEP[place]}." for place in NEXT_STEP
            for lesson in sorted(set().union(*names.values()) - names[place])]


def impurities(notebook: nbformat.NotebookNode, answers: list[str]) -> Iterator[str]:
    """What a learner's notebook must not hold; ``answers`` are the solution regions of its source."""
    for key in sorted(set(notebook.metadata) - {"kernelspec", "language_info"}):
        yield f"the notebook has metadata of {key!r}: run `make exercises`"
    for number, cell in enumerate(notebook.cells, 1):
        def fault(fact: str, next_step: str = "run `make exercises`", number: int = number) -> str:
            return f"cell {number} {fact}: {next_step}"

        if cell.get("outputs") or cell.get("execution_count"):
            yield fault("has been run")
        for key in sorted(set(cell.metadata) - {"nbgrader", "deletable", "editable"}):
            yield fault(f"has metadata of {key!r}")
        if re.search(r"(BEGIN|END) SOLUTION", cell.source):
            yield fault("has a marker of solutions")
        if cell.metadata.nbgrader.solution and CODE_STUB not in cell.source and TEXT_STUB not in cell.source:
            yield fault("is to be answered and has no stub")
        if any(answer in _squeezed(cell.source) for answer in answers):
            yield fault("shows an answer", "take it out of the source's prose, then run `make exercises`")


def solution_regions(source: str) -> list[str]:
    return [_squeezed(region) for region in re.findall(r"BEGIN SOLUTION *\n(.*?)\n *#+ *END SOLUTION", source, re.DOTALL)]


def _squeezed(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def test_there_are_lessons():
    assert SOURCES and NOTEBOOKS and EXERCISES


def test_every_lesson_has_source_notebook_grader_variants():
    faults = unpaired(ROOT)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("place", NEXT_STEP)
def test_a_lesson_that_one_place_lacks_is_told(tmp_path, place):
    for folder in NEXT_STEP:
        (tmp_path / folder).mkdir(parents=True)
        if folder != place:
            (tmp_path / folder / "01_sine.py").touch()

    assert unpaired(tmp_path) == [f"01_sine is not in {place}/: {NEXT_STEP[place]}."]


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_every_exercise_is_complete(lesson, exercise):
    faults = missing(ROOT, lesson, exercise)
    assert not faults, "\n".join(faults)


def test_committed_notebooks_are_what_their_sources_make():
    faults = derive.check()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_learners_notebooks_hold_no_answers_outputs_markers_foreign_metadata(path):
    answers = solution_regions((ROOT / "solutions" / f"{path.stem}.py").read_text(encoding="utf-8"))
    assert answers

    faults = [f"{path.relative_to(ROOT)}, {fault}." for fault in impurities(nbformat.read(path, as_version=4), answers)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda nb: nb.metadata.update(jupytext={}), "metadata of 'jupytext'"),
    (lambda nb: nb.cells[0].metadata.update(lines_to_next_cell=2), "metadata of 'lines_to_next_cell'"),
    (lambda nb: nb.cells[1].update(execution_count=1), "cell 2 has been run"),
    (lambda nb: nb.cells[1].update(outputs=[nbformat.v4.new_output("stream", text="7")]), "cell 2 has been run"),
    (lambda nb: nb.cells[1].update(source="### END SOLUTION\n" + CODE_STUB), "marker of solutions"),
    (lambda nb: nb.cells[1].update(source="def f(): ..."), "has no stub"),
    (lambda nb: nb.cells[0].update(source="`return 7`, as in\n    x = 1\n    return 7"), "cell 1 shows an answer"),
])
def test_an_impure_notebook_is_told(spoil: Callable[[nbformat.NotebookNode], None], said: str):
    role = {"grade": False, "solution": False}
    clean = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("Prose.", metadata={"nbgrader": role}),
        nbformat.v4.new_code_cell(f"def f():\n    {CODE_STUB}", metadata={"nbgrader": role | {"solution": True}}),
    ])
    answers = solution_regions("def f():\n    ### BEGIN SOLUTION\n    x = 1\n    return 7\n    ### END SOLUTION\n")
    assert list(impurities(clean, answers)) == []

    spoilt = copy.deepcopy(clean)
    spoil(spoilt)

    faults = list(impurities(spoilt, answers))
    assert len(faults) == 1 and said in faults[0]
