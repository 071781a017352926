"""Tolerances are found, and the figures beside them are read."""

import pytest

from autograder import tolerances
from autograder.tolerances import Figures

FIGURES = Figures("", "2e-7", "0.3")


@pytest.mark.parametrize(("comment", "expected"), [
    ("2e-7 (float32); 0.3 (rounded)", FIGURES),
    ("2e-7 (float32; less otherwise); 0.3 (rounded (badly); more)", FIGURES),
    ("Why it matters. 2e-7 (float32); 0.3 (rounded), 5 (others). More.", FIGURES),
    ("sine. In Hz: 2e-7 (float32); 0.3 (rounded)", Figures("In Hz", "2e-7", "0.3")),
    ("-70.1 to -49.8 (chance); none (NaN)", Figures("", "-70.1 to -49.8", "none")),
    ("float32 errs by 2e-7, rounding by 0.3", None),
    ("2e-7 (float32)", None),
    ("Silence; then 3 tones", None),
])
def test_figures_are_read(comment, expected):
    assert tolerances.figures(comment) == expected


@pytest.mark.parametrize(("figures", "ratio"), [(Figures("", "2e-3 dB", "0.5"), 250.0), (Figures("", "0", "0.5"), None), (Figures("", "1", "none"), None)])
def test_the_ratio_is_that_of_two_numbers_above_0(figures, ratio):
    assert figures.ratio == (None if ratio is None else pytest.approx(ratio, rel=1e-12))


def found(body: str, above: str = "", constants: str = "") -> list[tuple[str, Figures | None]]:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    source = f'{constants}\n\n{above}\n\n@grades("sine")\ndef test_it(learner):\n{lines}\n'
    return [(one.text, one.figures) for one in tolerances.tolerances(source)]


@pytest.mark.parametrize(("body", "texts"), [
    ("compare(learner, 3, atol=1e-3)", ["0.001"]),
    ("compare(learner, 3, atol=0.1 / sr, rtol=1e-5)", ["0.1 / sr", "1e-05"]),
    ("assert off <= 0.5, f'{off < 0.7}'", ["0.5"]),
    ("assert -1e-6 < low and high < 1 + 1e-6", ["-1e-06", "1 + 1e-06"]),
    ("assert 0.0 < came <= 1.0", []),
    ("assert len(files) > 3 and came == 0.5", []),
    ("compare(learner, 3, atol=1e9)", []),
    ("compare(learner, 3, rtol=0)", []),
    ("assert off <= reach(0.5)", []),
])
def test_tolerances_are_found(body, texts):
    assert [text for text, _ in found(body)] == texts


def test_a_tolerance_that_is_passed_on_is_its_callers():
    assert tolerances.tolerances("def agree_with(came, atol):\n    agree(came, 3, atol=atol)\n") == []


@pytest.mark.parametrize("body", [
    "assert off <= 0.5  # 2e-7 (float32); 0.3 (rounded)",
    "# 2e-7 (float32); 0.3 (rounded)\nassert off <= 0.5",
    "# Two lines: first words,\n# then more. 2e-7 (float32);\n# 0.3 (rounded)\noff = 3\nassert off <= 0.5",
    "# 1 (far above); 2\nassert on <= 0.7\n# 2e-7 (float32); 0.3 (rounded)\nassert off <= 0.5",
])
def test_the_nearest_comment_above_holds_the_figures(body):
    assert found(body)[-1] == ("0.5", FIGURES)


def test_a_comment_above_the_test_holds_the_figures():
    source = '# 2e-7 (float32); 0.3 (rounded)\n@grades("sine")\ndef test_it(learner):\n    assert off <= 0.5\n'
    assert tolerances.tolerances(source)[0].figures == FIGURES


@pytest.mark.parametrize("constants", ["SINE = 3e-3  # 2e-7 (float32); 0.3 (rounded)", "# 2e-7 (float32); 0.3 (rounded)\nSINE = 3e-3"])
def test_a_constant_holds_the_figures(constants):
    assert found("compare(learner, 3, atol=SINE)\nassert off <= 2 * SINE", constants=constants) == [("SINE", FIGURES), ("2 * SINE", FIGURES)]


def test_the_comment_of_the_exercise_holds_the_figures_of_all_its_tests():
    assert found("assert off <= 0.5", above="# sine. 2e-7 (float32); 0.3 (rounded)") == [("0.5", FIGURES)]
    assert found("assert off <= 0.5", above="# cosine. 2e-7 (float32); 0.3 (rounded)") == [("0.5", None)]


def test_what_is_bare_is_told(tmp_path):
    grader = tmp_path / "01_sine.py"
    grader.write_text("def test_it():\n    assert off <= 0.5\n")
    (fault,) = tolerances.bare(grader)
    assert fault.startswith("01_sine.py:2: 0.5 in test_it has no figures")
