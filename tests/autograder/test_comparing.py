"""Rightful answers pass whatever their type; wrong ones are told what came and what was expected, in the order of the diagnosis."""

import numpy as np
import pytest

from autograder.comparing import agree

RAMP = np.linspace(-1.0, 1.0, 5)


@pytest.mark.parametrize(("came", "expected"), [
    (RAMP.astype(np.float32), RAMP), (list(RAMP), RAMP), (tuple(RAMP), RAMP), (np.array([1, 2]), np.array([1.0, 2.0])), ([1, 2], np.array([1.0, 2.0])),
    (3, 3.0), (np.array(3.0), 3.0), (3, np.int64(3)), ((1.0, 2), (1.0, 2.0)), ([1.0, 2.0], (1.0, 2.0)), ({"a": 1}, {"a": 1.0}), (True, True), ("C", "C"),
    (np.array([np.nan, 1.0]), np.array([np.nan, 1.0])), ([[1, 2], [3, 4]], np.array([[1.0, 2.0], [3.0, 4.0]])), ([], np.zeros(0)), (np.array([True, False]), np.array([1, 0])),
])
def test_rightful_answers_pass(came, expected):
    agree(came, expected, "f()", atol=1e-6)


@pytest.mark.parametrize(("came", "expected", "message"), [
    (None, RAMP, "is the return missing"), ("x", RAMP, "an array was expected"), (RAMP[:4], RAMP, r"shape \(4,\); \(5,\) was expected"), (RAMP.reshape(5, 1), RAMP, "shape"),
    (np.where(RAMP == 0, np.nan, RAMP), RAMP, "nan at index 2; finite"), (RAMP + 1j, RAMP, "complex"), (RAMP + 0.5, RAMP, "5 of 5 values are off, by up to 0.5"),
    ([[1], [2, 3]], RAMP, "rows differ in length"), (3.0, 3, "whole number"), (True, 1, "whole number"), (4, 3, "returned 4; 3"), (1, True, "True or False"), (2.5, 3.0, "off by 0.5"), ("3", 3.0, "a number"),
    ((1.0,), (1.0, 2.0), "1 values; 2"), ({"b": 1}, {"a": 1.0}, "keys"), ([1.0, 3.0], (1.0, 2.0), r"\[1\]"), ("D", "C", "'D'"),
])
def test_a_wrong_answer_is_told_what_came(came, expected, message):
    with pytest.raises(AssertionError, match=message):
        agree(came, expected, "f()", atol=1e-6)


def test_the_hidden_array_never_shows():
    hidden = np.array([0.123456789, 0.987654321])
    with pytest.raises(AssertionError) as told:
        agree(np.zeros(2), hidden, "f()")
    assert "0.1234" not in str(told.value)
