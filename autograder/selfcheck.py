"""Graders are graded: the reference and every alternative must get full points, every misconception must lose some and be told its own hint."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from . import misconceptions
from .judge import Judge, with_judge
from .plugin import LocalSubject, reference_of
from .record import Exercise

POINTS = 100.0
SECRET = "graders are graded"


def variants(root: Path, lesson: str) -> list[tuple[str, str, bool]]:
    """(exercise, name, is it a rightful alternative) of every variant of a lesson."""
    return [(v.exercise, v.name, v.hint is None) for v in misconceptions.load(_variants_file(root, lesson))]


def grade_variants(root: Path, lesson: str, secret: str = SECRET) -> dict[tuple[str, str], Exercise]:
    """The verdict, out of 100 points, on each variant of a lesson and on the reference (under the name "reference").

    Runs in a process of its own: pytest sessions do not nest.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_grade, root, lesson, secret).result()


def _grade(root: Path, lesson: str, secret: str) -> dict[tuple[str, str], Exercise]:
    def work(judge: Judge) -> dict[tuple[str, str], Exercise]:
        reference = reference_of(judge.session.config)
        found = {(e, "reference"): judge.judge(LocalSubject(reference, variants=judge.variants), e, POINTS, secret, []) for e in judge.exercises()}
        for variant in judge.variants:
            subject = LocalSubject(reference, variant, f"{variant.exercise}/{variant.name}", judge.variants)
            found[variant.exercise, variant.name] = judge.judge(subject, variant.exercise, POINTS, secret, [])
        return found

    return with_judge(root, root / "tests" / "graders" / f"{lesson}.py", _variants_file(root, lesson), work)


def _variants_file(root: Path, lesson: str) -> Path:
    return root / "tests" / "misconceptions" / f"{lesson}.py"


def faults(verdicts: dict[tuple[str, str], Exercise], rightful: set[tuple[str, str]]) -> list[str]:
    """What is wrong with a lesson's graders, a sentence each: the fact, then the next step."""
    found = []
    for (exercise, name), verdict in verdicts.items():
        hints = [m.hint for m in verdict.messages]
        texts = "; ".join(m.text for m in verdict.messages)
        if (exercise, name) in rightful or name == "reference":
            if verdict.status != "passed":
                found.append(f"{exercise}/{name} is right and got {verdict.score:g} of 100 ({texts}): mend the grader's check or its tolerance.")
        elif verdict.status == "passed":
            found.append(f"{exercise}/{name} is wrong and got full points: add a hidden test that tells it from the reference.")
        elif hints != [name]:
            found.append(f"{exercise}/{name} was answered by {hints or 'no hint'} instead of its own ({texts}): separate the checks, or name the hint in @grades.")
    return found
