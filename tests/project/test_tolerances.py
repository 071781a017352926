"""The law of tolerances: beside each stand the worst acceptable and the mildest wrong figure."""

from pathlib import Path

import pytest

from autograder import tolerances

ROOT = Path(__file__).parents[2]
GRADERS = tolerances.graders_of(ROOT)


def test_there_are_graders():
    assert GRADERS


@pytest.mark.parametrize("grader", GRADERS, ids=lambda path: path.stem)
def test_every_tolerance_has_its_two_figures(grader):
    faults = tolerances.bare(grader)
    assert not faults, "\n".join(faults)
