"""When a wrong answer counts as a known one: outcomes that agree as far as two ways of writing the same mistake do."""

import numpy as np
import pytest

from autograder.diagnosis import distance
from autograder.judge import Trial
from autograder.learner import LearnerError, Outcome

TONE = np.sin(np.arange(100.0))
GREY = np.arange(0, 250, 10, dtype=np.uint8)


def trial(*values, where=(7,), status="failed"):
    return Trial(status, where=where, transcript=tuple(value if isinstance(value, LearnerError) else Outcome(value) for value in values))


@pytest.mark.parametrize(("one", "other"), [
    (TONE, TONE.astype(np.float32)), (TONE, TONE.tolist()), (GREY, GREY + np.uint8(1)), (GREY, GREY - (GREY > 5).astype(np.uint8)),
    (np.array([1.0, np.nan]), np.array([1.0, np.nan])), (TONE, tuple(TONE.tolist())), ((np.arange(9.0), TONE), [np.arange(9.0), TONE]), (np.zeros(3), np.full(3, 1e-17)), (["C", "D"], ["C", "D"]), (("C", 3.0), ("C", 3.0)), ({"a": 1.0}, {"a": 1.0 + 1e-5}),
    (LearnerError("ValueError", "too low"), LearnerError("ValueError", "in other words")),
])
def test_two_ways_of_the_same_mistake_match(one, other):
    assert distance(trial(one), trial(other)) is not None


@pytest.mark.parametrize(("one", "other"), [
    (TONE, 1.01 * TONE), (TONE, TONE[:-1]), (GREY, GREY + np.uint8(2)), (GREY.astype(int), GREY.astype(int) + 1), (2, 2.0), (np.array([1.0, np.nan]), np.array([1.0, 2.0])),
    (["C", "D"], ["C", "E"]), ((1000.0 * TONE, TONE), (1000.0 * TONE, 0.5 * TONE)), ((4410.0, 0.7), [4410.0, 0.5]), ([(1000.0, 0.1)], [(1000.0, 0.2)]), ({"a": 1.0}, {"b": 1.0}), (LearnerError("ValueError", "too low"), LearnerError("TypeError", "too low")), (LearnerError("ValueError", "too low"), TONE),
])
def test_other_outcomes_do_not_match(one, other):
    assert distance(trial(one), trial(other)) is None


@pytest.mark.parametrize("other", [trial(TONE, where=(8,)), trial(TONE, status="error"), trial(TONE, TONE)], ids=["another line", "another status", "one outcome more"])
def test_another_course_of_events_does_not_match(other):
    assert distance(trial(TONE), other) is None


def test_the_nearer_of_two_is_nearer():
    assert distance(trial(TONE), trial(TONE)) < distance(trial(TONE), trial(TONE + 1e-4))
