"""Luck has no say: a sample of secrets here, 200 by `make try-secrets`."""

from types import SimpleNamespace

import pytest

from autograder import course, many_secrets
from autograder.judge import Trial
from autograder.record import Exercise, Message

FIRST, SECOND = (SimpleNamespace(item=SimpleNamespace(name=name)) for name in ("test_first", "test_second"))
TRIED = many_secrets.secrets(3)


class StandIn:
    """A judge whose trials and hints are told: the pairs of (test, secret) that fail."""

    def __init__(self, *failing, hint=None):
        self.failing, self.hint, self.asked = failing, hint, []

    def run(self, test, subject, secret):
        self.asked.append((test.item.name, secret))
        return Trial("failed", "it is 3") if (test.item.name, secret) in self.failing else Trial("passed")

    def judge(self, subject, exercise, points, secret, remarks):
        return Exercise(exercise, 0.0, points, "failed", [Message(self.hint, "it is 3")])


@pytest.mark.parametrize("exercise", ["sine", "mix"])
def test_a_sample_of_secrets_has_no_surprises(pool, exercise):
    assert pool.submit(many_secrets.surprises, course.lesson("01_sine"), exercise, TRIED, 1).result() == []


def test_a_right_answer_that_loses_points_is_told():
    judge = StandIn(("test_second", "secret 1"))
    assert list(many_secrets._lost_points(judge, [FIRST, SECOND], None, TRIED)) == ["[secret 1] loses points at test_second: it is 3"]
    assert len(judge.asked) == 6


def test_a_misconception_that_gets_full_points_is_told():
    judge = StandIn(("test_first", "secret 0"), ("test_second", "secret 2"))
    assert list(many_secrets._full_points(judge, [FIRST, SECOND], None, TRIED)) == ["[secret 1] gets full points"]


def test_the_test_that_failed_last_is_tried_first():
    judge = StandIn(*(("test_second", secret) for secret in TRIED))
    assert list(many_secrets._full_points(judge, [FIRST, SECOND], None, TRIED)) == []
    assert judge.asked == [("test_first", "secret 0"), ("test_second", "secret 0"), ("test_second", "secret 1"), ("test_second", "secret 2")]


def test_a_misconception_with_another_hint_is_told():
    assert list(many_secrets._other_hints(StandIn(hint="own"), "sine", "own", None, TRIED)) == []
    other = list(many_secrets._other_hints(StandIn(hint="other"), "sine", "own", None, TRIED[:1]))
    assert other == ["[secret 0] is answered by ['other'] instead of its own hint"]
