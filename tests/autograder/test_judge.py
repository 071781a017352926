"""The judge itself: what it keeps to itself."""

import numpy as np

from autograder.judge import Judge
from autograder.plugin import Stand


def test_a_graders_own_arithmetic_warns_nobody(monkeypatch, recwarn):
    """A hidden test may divide by what a wrong answer left at 0; a teacher's terminal is no place to say so."""
    judge = object.__new__(Judge)
    judge.stand, judge._caught = Stand(), []
    monkeypatch.setattr("autograder.judge.runtestprotocol", lambda item, log, nextitem: np.mean([]))

    class Test:
        item = None

    assert judge.run(Test, None, "secret").status == "passed"
    assert [str(warning.message) for warning in recwarn] == []
