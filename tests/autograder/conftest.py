"""A grading engine for tests: in a process of its own, since pytest sessions do not nest, and kept for the whole session."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder import course, runner
from autograder.classroom import Maker
from autograder.record import Record

SECRET = "a secret of the tests"


@pytest.fixture(scope="session")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        yield executor


@pytest.fixture
def grade(pool: ProcessPoolExecutor, tmp_path: Path) -> Callable[..., Record]:
    """``grade(notebook, lesson)`` for a NotebookNode, a text or bytes: the record of one submission, fully isolated."""
    def run(notebook: NotebookNode | str | bytes, lesson: str = "01_sine", isolation: str = "full") -> Record:
        folder = tmp_path / "submitted" / "ada" / lesson
        folder.mkdir(parents=True, exist_ok=True)
        content = nbformat.writes(notebook) if isinstance(notebook, NotebookNode) else notebook
        (folder / f"{lesson}.ipynb").write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return pool.submit(runner._grade, folder / f"{lesson}.ipynb", course.lesson(lesson), "ada", SECRET, isolation).result()

    return run


@pytest.fixture
def solved() -> Callable[..., NotebookNode]:
    """``solved(lesson, extra="", **answers)``: a lesson's notebook with every exercise answered, some by the texts given."""
    def make(lesson: str = "01_sine", extra: str = "", **answers: str) -> NotebookNode:
        maker = Maker(course.lesson(lesson))
        return maker.notebook({**maker.answers, **answers}, extra)

    return make
