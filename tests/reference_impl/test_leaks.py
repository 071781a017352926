"""Tests of leaks. The oracle runs the pipelines: what is fitted before the split changes when the test rows change."""

import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from reference_impl import find_the_leak

SPLIT = "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=0)"
FIT = "model = GaussianNB().fit(X_train, y_train)"
SCORE = "score = model.score(X_test, y_test)"
SCALE, CHOOSE = "X = StandardScaler().fit_transform(X)", "X = SelectKBest().fit_transform(X, y)"
BEST = "models = [GaussianNB(var_smoothing=v).fit(X_train, y_train) for v in (1e-9, 1e-3, 1.0)]\nscore = max(m.score(X_test, y_test) for m in models)"
VALIDATED = ("X_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, test_size=0.3, random_state=0)\n"
             "models = [GaussianNB(var_smoothing=v).fit(X_fit, y_fit) for v in (1e-9, 1.0)]\n"
             "model = max(models, key=lambda m: m.score(X_val, y_val))")
NAMES = {"train_test_split": train_test_split, "StandardScaler": StandardScaler, "SelectKBest": SelectKBest, "GaussianNB": GaussianNB,
         "make_pipeline": make_pipeline}


def pipeline(*lines, y=None):
    rng = np.random.default_rng(20180401)
    return {"source": "\n".join(lines), "X": rng.standard_normal((40, 12)), "y": np.tile([0, 1, 1, 0], 10) if y is None else y}


def run(plan, X):
    names = {**NAMES, "X": X, "y": plan["y"]}
    exec(plan["source"], names)
    return names


def training_depends_on_the_test(plan):
    """Whether a fitted model sees other training rows when only test rows are changed."""
    _, test = train_test_split(np.arange(40), test_size=0.3, random_state=0)
    other = plan["X"].copy()
    other[test] += 5 * np.random.default_rng(1).standard_normal((len(test), 12)) + 10 * plan["y"][test, np.newaxis] * (np.arange(12) > 6)
    return not np.array_equal(run(plan, plan["X"])["X_train"], run(plan, other)["X_train"])


@pytest.mark.parametrize(("lines", "leak"), [
    ((SCALE, SPLIT, FIT, SCORE), "scaler"),
    ((CHOOSE, SPLIT, FIT, SCORE), "selection"),
    ((SPLIT, FIT, SCORE), "none"),
    ((SPLIT, "X_train = StandardScaler().fit_transform(X_train)", FIT, SCORE), "none"),
    ((SPLIT, "X_train = SelectKBest(k=12).fit_transform(X_train, y_train)", FIT, SCORE), "none"),
    (("model = make_pipeline(StandardScaler(), SelectKBest(), GaussianNB())", SPLIT, "model.fit(X_train, y_train)", SCORE), "none"),
])
def test_what_is_fitted_before_the_split_is_a_leak(lines, leak):
    plan = pipeline(*lines)
    assert find_the_leak(plan) == leak
    assert training_depends_on_the_test(plan) == (leak != "none")


def test_the_best_of_the_test_is_a_leak():
    plan = pipeline(SPLIT, BEST)
    assert find_the_leak(plan) == "tuned on test"
    assert run(plan, plan["X"])["score"] == max(m.score(*[run(plan, plan["X"])[k] for k in ("X_test", "y_test")]) for m in run(plan, plan["X"])["models"])


def test_the_best_of_the_validation_is_none():
    plan = pipeline(SPLIT, VALIDATED, SCORE)
    assert 0 <= run(plan, plan["X"])["score"] <= 1
    assert find_the_leak(plan) == "none"


@pytest.mark.parametrize(("i", "k"), [(0, 1), (0, 39), (20, 7)])
def test_equal_rows_are_a_leak_wherever_they_stand(i, k):
    plan = pipeline(SPLIT, FIT, SCORE)
    plan["X"][i] = plan["X"][k]
    assert find_the_leak(plan) == "duplicates"
    plan["X"][i, 3] += 1  # equal in all values but one
    assert find_the_leak(plan) == "none"


@pytest.mark.parametrize(("split", "y", "leak"), [
    (SPLIT.replace("random_state=0", "shuffle=False"), np.repeat([0, 1, 5], [20, 19, 1]), "order"),
    (SPLIT.replace("random_state=0", "shuffle=False"), np.zeros(40, dtype=int), "order"),
    (SPLIT.replace("random_state=0", "shuffle=False"), np.append(np.repeat([0, 1], [20, 19]), 0), "none"),
    (SPLIT.replace("random_state=0", "shuffle=False"), np.repeat([1, 0], 20), "none"),
    (SPLIT, np.repeat([0, 1], 20), "none"),
])
def test_sorted_rows_that_are_cut_are_a_leak(split, y, leak):
    assert find_the_leak(pipeline(split, FIT, SCORE, y=y)) == leak


@pytest.mark.parametrize(("change", "said"), [
    ({"source": "score = 1.0"}, "never calls train_test_split"),
    ({"X": np.zeros(40)}, r"X has shape \(40,\) and y \(40,\)"),
    ({"y": np.zeros(39)}, r"y \(39,\)"),
])
def test_bad_input_is_refused_with_value_rule_cause(change, said):
    with pytest.raises(ValueError, match=said):
        find_the_leak(pipeline(SPLIT, FIT, SCORE) | change)
