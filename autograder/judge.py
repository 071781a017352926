"""The judge: runs a lesson's graders for one subject after another within one pytest session, and words the verdicts.

A failed test is diagnosed: it runs again with each misconception of its exercise in the learner's place and the same
``rng``; the one that fails at the same line after the same outcomes supplies the hint.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from _pytest.runner import runtestprotocol  # the protocol of one item, as pytest-rerunfailures uses it

from . import misconceptions
from .diagnosis import distance
from .learner import LearnerError, Stopped
from .misconceptions import Variant
from .plugin import STAND, LocalSubject, Subject, reference_of
from .record import Exercise, Message

Answer = TypeVar("Answer")
MAX_MESSAGES = 3
GRAVITY = ("failed", "error", "timeout", "killed")


@dataclass(frozen=True)
class Trial:
    """One test of one subject: how it went, where in the grader it stopped, and all that came across until then."""

    status: str
    message: str = ""
    where: tuple[int, ...] = ()
    transcript: tuple[Any, ...] = ()
    not_implemented: bool = False


@dataclass(frozen=True)
class Test:
    """A hidden test as collected."""

    item: pytest.Item
    exercise: str
    weight: float
    hint: str | None


class GraderError(Exception):
    """A grader that cannot be collected: a fault of ours, never of a submission."""


@dataclass
class Judge:
    """A running pytest session with one lesson's hidden tests collected."""

    session: pytest.Session
    variants: list[Variant]
    _caught: list[pytest.ExceptionInfo] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tests = [_as_test(item) for item in self.session.items]
        self.stand = self.session.config.stash[STAND]
        self.session.config.pluginmanager.register(self)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> pytest.TestReport:
        """Keeps the exception itself; pytest's own report, with a traceback that nobody reads, takes longer than the test."""
        if call.excinfo is not None:
            self._caught.append(call.excinfo)
        return pytest.TestReport(item.nodeid, item.location, {}, "failed" if call.excinfo else "passed", None, call.when)

    def exercises(self) -> list[str]:
        """Ids of the exercises that have tests, in the grader's order."""
        return list(dict.fromkeys(test.exercise for test in self.tests))

    def judge(self, subject: Subject, exercise: str, points: float, secret: str, remarks: list[str]) -> Exercise:
        """The verdict on one exercise of one subject."""
        tests = [t for t in self.tests if t.exercise == exercise]
        if not tests:
            raise GraderError(f"no hidden test grades {exercise!r}; add one to tests/graders with @grades({exercise!r})")
        trials = [self._try(test, subject, secret, remarks) for test in tests]
        if all(trial.not_implemented for trial in trials):
            return Exercise(exercise, 0.0, points, "not_attempted", [])
        won = sum(test.weight for test, trial in zip(tests, trials, strict=True) if trial.status == "passed")
        score = round(points * won / sum(test.weight for test in tests), 2)
        failed = [(test, trial) for test, trial in zip(tests, trials, strict=True) if trial.status != "passed"]
        if not failed:
            return Exercise(exercise, points, points, "passed", [])
        status = max((trial.status for _, trial in failed), key=GRAVITY.index)
        messages = self.diagnose(failed, subject, secret)
        return Exercise(exercise, min(score, points), points, status, messages)

    def _try(self, test: Test, subject: Subject, secret: str, remarks: list[str]) -> Trial:
        trial = self.run(test, subject, secret, remarks)
        return self.run(test, subject, secret, remarks) if trial.status != "passed" and subject.renew() else trial

    def run(self, test: Test, subject: Subject, secret: str, remarks: list[str] | None = None) -> Trial:
        """Runs one test for one subject."""
        self._caught.clear()
        self.stand.subject, self.stand.secret, self.stand.transcript = subject, secret, []
        self.stand.remarks = [] if remarks is None else remarks
        with warnings.catch_warnings():  # a test that divides by what a wrong answer left at 0 warns nobody who could do anything about it
            warnings.simplefilter("ignore")
            runtestprotocol(test.item, log=False, nextitem=None)
        transcript = tuple(self.stand.transcript)
        if not self._caught:
            return Trial("passed", transcript=transcript)
        return _verdict(self._caught[0], test, transcript)

    def diagnose(self, failed: Sequence[tuple[Test, Trial]], subject: Subject, secret: str) -> list[Message]:
        """The messages for the failed tests of one exercise: the fewest misconceptions that explain the most of them."""
        reference = reference_of(self.session.config)
        known = [v for v in self.variants if v.exercise == failed[0][0].exercise and v.hint is not None]
        explained: dict[str, dict[int, float]] = {v.name: {} for v in known}
        for i, (test, trial) in enumerate(failed):
            if trial.status not in ("failed", "error"):
                continue
            for variant in known:
                other = self.run(test, LocalSubject(reference, variant, subject.answers_hash, self.variants), secret)
                gap = distance(trial, other)
                if gap is not None:
                    explained[variant.name][i] = gap
        chosen, open_tests = [], set(range(len(failed)))
        while True:
            name = min(explained, key=lambda n: (-len(explained[n].keys() & open_tests), sum(explained[n].values())), default=None)
            covered = explained[name].keys() & open_tests if name else set()
            if not covered:
                break
            chosen.append((min(covered), name))
            open_tests -= covered
        by_name = {v.name: v for v in known}
        if not chosen:
            test, trial = failed[0]  # a later test's own hint would be about an answer that is wrong in another way
            chosen = [(0, test.hint)] if test.hint and trial.status == "failed" else []
        if chosen:
            return [_message(failed[i][1], by_name[name]) for i, name in sorted(chosen)]
        texts: dict[str, str] = {}
        for _, trial in failed:  # that it never ends is said once
            texts.setdefault(trial.status if trial.status in ("timeout", "killed") else trial.message, trial.message)
        return [Message(None, text) for text in list(texts.values())[:MAX_MESSAGES]]


def _message(trial: Trial, variant: Variant) -> Message:
    return Message(variant.name, f"{trial.message}. {variant.hint}" if trial.message else variant.hint)


def _as_test(item: pytest.Item) -> Test:
    mark = item.get_closest_marker("grades")
    if mark is None:
        raise GraderError(f"{item.nodeid} grades no exercise; decorate it with @grades(\"exercise\")")
    return Test(item, mark.kwargs["exercise"], mark.kwargs["weight"], mark.kwargs["hint"])


def _verdict(caught: pytest.ExceptionInfo, test: Test, transcript: tuple[Any, ...]) -> Trial:
    error = caught.value
    where = tuple(entry.lineno for entry in caught.traceback if Path(str(entry.path)) == test.item.path)
    if isinstance(error, Stopped):
        return Trial(error.kind, str(error), where, transcript)
    if isinstance(error, LearnerError):
        if error.is_a("MemoryError"):
            return Trial("killed", f"{error.call} ran out of memory", where, transcript)
        return Trial("error", str(error), where, transcript, error.is_a("NotImplementedError"))
    if isinstance(error, AssertionError):
        return Trial("failed", str(error) or f"the check \"{_sentence(test.item)}\" failed", where, transcript)
    return Trial("failed", f"the check \"{_sentence(test.item)}\" could not use what came back ({type(error).__name__})", where, transcript)


def _sentence(item: pytest.Item) -> str:
    return item.name.partition("[")[0].removeprefix("test_").replace("_", " ")


class _Session:
    """Puts ``work`` in the place of pytest's own loop over the tests."""

    def __init__(self, work: Callable[[Judge], Answer], variants: list[Variant]):
        self.work, self.variants, self.answer, self.problems = work, variants, None, []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not self.problems:
            self.answer = self.work(Judge(session, self.variants))
        return True


def with_judge(root: Path, grader: Path, variants_file: Path, work: Callable[[Judge], Answer]) -> Answer:
    """Collects one grader in a pytest session of its own and calls ``work`` with its Judge. Raises GraderError.

    ``root`` is the folder whose ``pyproject.toml`` names the reference. One session a process at a time.
    """
    session = _Session(work, misconceptions.load(variants_file))
    quiet = ["--disable-plugin-autoload", "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:warnings", "-p", "no:logging", "--capture=no"]
    code = pytest.main([str(grader), f"--rootdir={root}", f"--config-file={root / 'pyproject.toml'}", "-o", "addopts=", "-p", "autograder.plugin",
                        "--import-mode=importlib", "--assert=plain", *quiet], plugins=[session])
    if session.problems or code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise GraderError(f"{grader} cannot be collected:\n" + ("\n".join(session.problems) or f"pytest ended with {code!r}"))
    return session.answer
