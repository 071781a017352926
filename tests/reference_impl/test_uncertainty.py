"""Tests of uncertainty: exact binomial percentiles and scipy as oracles, and coverage."""

import numpy as np
import pytest
from scipy import stats

from reference_impl import bootstrap_ci


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def answers(n_right, n):
    return np.arange(n) < n_right


def test_five_answers_can_be_reckoned(rng):
    # Of the binomial n = 5, p = 1/5: P(at most 2) = 94.2 %, P(at most 3) = 99.3 %, P(none) = 32.8 %.
    assert bootstrap_ci(answers(1, 5), rng) == pytest.approx((0.0, 0.6), abs=1e-12)  # rounding


def test_ends_are_percentiles_of_the_binomial(rng):
    ends = np.mean([bootstrap_ci(answers(300, 400), rng) for _ in range(50)], axis=0)
    # A percentile of 1000 resamples errs by 0.085 standard errors (0.0018), the mean of 50 by 0.0003; the steps are 0.0025.
    np.testing.assert_allclose(ends, stats.binom.ppf([0.025, 0.975], 400, 0.75) / 400, atol=0.003)


def test_intervals_agree_with_scipys_bootstrap(rng):
    correct = answers(170, 200).astype(float)
    expected = stats.bootstrap((correct,), np.mean, n_resamples=20_000, method="percentile", rng=rng).confidence_interval
    ends = np.mean([bootstrap_ci(correct, rng) for _ in range(30)], axis=0)
    np.testing.assert_allclose(ends, expected, atol=0.005)  # one of 200 answers, the step of an accuracy


def test_19_of_20_intervals_hold_the_truth(rng):
    intervals = np.array([bootstrap_ci(rng.random(200) < 0.7, rng) for _ in range(400)])
    covered = np.mean((intervals[:, 0] <= 0.7) & (intervals[:, 1] >= 0.7))
    assert 0.9 < covered < 0.99  # four standard deviations (1.1 %) around 94.5 %


@pytest.mark.parametrize("right", [True, False])
def test_answers_that_are_all_alike_leave_no_doubt(rng, right):
    assert bootstrap_ci([right] * 9, rng) == (float(right), float(right))


def test_what_is_right_and_what_is_wrong_are_mirror_images(rng):
    lo, hi = np.mean([bootstrap_ci(answers(30, 100), rng) for _ in range(50)], axis=0)
    mirrored = 1 - np.mean([bootstrap_ci(answers(70, 100), rng) for _ in range(50)], axis=0)
    np.testing.assert_allclose([lo, hi], mirrored[::-1], atol=0.005)  # half an answer; a mean of 50 errs by 0.0006


def test_an_equal_generator_gives_an_equal_interval():
    assert bootstrap_ci(answers(50, 80), np.random.default_rng(3)) == bootstrap_ci(answers(50, 80), np.random.default_rng(3))


@pytest.mark.parametrize(("correct", "generator", "said"), [
    (0.8, np.random.default_rng(0), r"correct has shape \(\).*accuracy itself"),
    ([], np.random.default_rng(0), r"correct has shape \(0,\)"),
    ([[1, 0]], np.random.default_rng(0), r"correct has shape \(1, 2\)"),
    ([1, 2], np.random.default_rng(0), "correct holds 2; it must be 0 or 1"),
    ([1.0, np.nan], np.random.default_rng(0), "correct holds nan"),
    ([1, 0], 5, "rng=5 must be a numpy.random.Generator"),
])
def test_bad_input_is_refused_with_value_rule_cause(correct, generator, said):
    with pytest.raises(ValueError, match=said):
        bootstrap_ci(correct, generator)
