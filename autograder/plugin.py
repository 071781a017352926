"""The pytest plug-in that makes a grader an ordinary pytest file.

Fixtures: ``learner`` (a proxy of whoever is judged), ``reference`` (the module the ini option ``grader_reference`` names), ``rng``
(a secret generator, another for every answer and test). Run by plain ``pytest tests/graders``, the one who is judged is the reference.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Protocol

import numpy as np
import pytest

from .learner import Learner, LocalTransport, Transport
from .misconceptions import Variant, load

DEFAULT_SECONDS = 3.0


def grades(exercise: str, weight: float = 1.0, hint: str | None = None, seconds: float = DEFAULT_SECONDS) -> pytest.MarkDecorator:
    """Marks a test with the exercise it grades, its weight within it, its hint where outcomes are random, its CPU budget."""
    return pytest.mark.grades(exercise=exercise, weight=weight, hint=hint, seconds=seconds)


class Subject(Protocol):
    """Whoever is judged."""

    answers_hash: str
    sources: dict[str, str]

    def open(self, exercise: str, seconds: float) -> AbstractContextManager[Transport]:
        """A transport for one test of an exercise, with a CPU budget of ``seconds``."""

    def renew(self) -> bool:
        """Called when a test failed; whether it is to run again, in a process that no other exercise has used."""


class LocalSubject:
    """The reference, with one function of it replaced by a variant; runs in this process.

    What the reference does not have, such as the answer to a question, is taken from the lesson's first rightful alternative.
    """

    sources: dict[str, str] = {}

    def __init__(self, reference: ModuleType, variant: Variant | None = None, answers_hash: str = "reference", variants: Sequence[Variant] = ()):
        right = {v.exercise: v.function for v in reversed(variants) if v.hint is None}
        self.namespace = right | {name: getattr(reference, name) for name in dir(reference) if not name.startswith("_")}
        self.answers_hash = answers_hash
        self.file = ""
        if variant:
            self.namespace[variant.exercise] = variant.function
            self.file = variant.function.__code__.co_filename

    @contextmanager
    def open(self, exercise: str, seconds: float) -> Iterator[Transport]:
        with TemporaryDirectory(prefix="local-") as folder:
            yield LocalTransport(dict(self.namespace), Path(folder), lambda filename: filename == self.file)

    def renew(self) -> bool:
        return False


@dataclass
class Stand:
    """What the fixtures of the running test need to know; one a pytest session."""

    subject: Subject | None = None
    secret: str = "public"
    remarks: list[str] = field(default_factory=list)
    transcript: list[Any] = field(default_factory=list)


STAND = pytest.StashKey[Stand]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("grader_reference", "the module whose functions graders compare with", default="")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "grades(exercise, weight, hint, seconds): the exercise that a hidden test grades")
    config.stash[STAND] = Stand()


def reference_of(config: pytest.Config) -> ModuleType:
    """The reference's module, named by the ini option ``grader_reference``."""
    return import_module(config.getini("grader_reference"))


@pytest.fixture(scope="session")
def reference(pytestconfig: pytest.Config) -> ModuleType:
    return reference_of(pytestconfig)


@pytest.fixture
def learner(request: pytest.FixtureRequest, reference: ModuleType) -> Iterator[Learner]:
    stand = request.config.stash[STAND]
    subject = stand.subject or LocalSubject(reference, variants=load(request.path.parents[1] / "misconceptions" / request.path.name))
    mark = request.node.get_closest_marker("grades")
    exercise, seconds = (mark.kwargs["exercise"], mark.kwargs["seconds"]) if mark else ("", DEFAULT_SECONDS)
    with subject.open(exercise, seconds) as transport:
        proxy = Learner(transport, subject.sources, stand.remarks)
        stand.transcript = proxy.transcript
        yield proxy
        proxy.close()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    stand = request.config.stash[STAND]
    answers_hash = stand.subject.answers_hash if stand.subject else "reference"
    return draw(stand.secret, request.path.stem, answers_hash, request.node.name)


def draw(secret: str, lesson: str, answers_hash: str, test: str) -> np.random.Generator:
    """The generator of one test of one submission, by HMAC-SHA256 of what it belongs to."""
    digest = hmac.new(secret.encode(), "\0".join((lesson, answers_hash, test)).encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
