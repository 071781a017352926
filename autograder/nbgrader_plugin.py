"""What nbgrader_config.py names: how nbgrader's own commands get their notebooks and points from us, and how they collect.

A submission's notebook is never read by nbgrader. It is rebuilt from the lesson's source, so nothing in it can break the batch, and
what its cells gave comes from the record.
"""

import errno
import glob
import os
import secrets
import stat
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import parse_utc

from . import course as places
from . import feedback
from .course import Course, Lesson
from .derive import exercise_notebook
from .rebuild import Cell, Rebuilt, to_notebook
from .record import Exercise, Message, Record

OVERVIEW_ID = "autograder-overview"
MAX_FILES = 2_000
MAX_DEPTH = 20
MAX_NOTE = 1_000  # bytes of timestamp.txt and submission_secret.txt


# autograde

def notebook_of(record: Record, lesson: Lesson) -> NotebookNode:
    """The rebuilt notebook with an overview above, its outputs, and in each check the verdict and the points.

    nbgrader reads the points off an ``execute_result``; what the check itself put out follows and counts no more.
    """
    cells = [Cell(cell.kind, cell.source, cell.role, cell.exercise, None, cell.cell_id) for cell in record.cells]
    notebook = to_notebook(Rebuilt(lesson, cells, {}, set(), set(), []))
    handed_out = {cell.id: cell.source for cell in exercise_notebook(lesson).cells}
    exercises = {exercise.id: exercise for exercise in record.result.exercises}

    for cell, ran in zip(notebook.cells, record.cells, strict=True):
        if ran.kind == "markdown" and ran.role in ("extra", "reflection"):
            cell.source = _harmless(cell.source, handed_out.get(cell.id, ""))
        elif ran.kind == "code":
            cell.outputs = [new_output(**output) for output in ran.outputs]
        if cell.metadata.get("nbgrader", {}).get("grade") and ran.role == "check":
            cell.outputs = _verdict(exercises[ran.exercise], record.result.error) + cell.outputs
    notebook.cells.insert(0, new_markdown_cell(feedback.overview_html(record.result), id=OVERVIEW_ID))
    return notebook


def _harmless(source: str, handed_out: str) -> str:
    """A learner's prose as text, below the lines that stand there as they were handed out."""
    if source == handed_out:
        return source
    lines, given = source.split("\n"), handed_out.split("\n")
    same = next((n for n, pair in enumerate(zip(lines, given, strict=False)) if pair[0] != pair[1]), min(len(lines), len(given)))
    kept, own = "\n".join(lines[:same]).rstrip(), "\n".join(lines[same:])
    return "\n\n".join(part for part in (kept, feedback.prose_html(own) if own.strip() else "") if part)


def _verdict(exercise: Exercise, error: str | None) -> list[NotebookNode]:
    if error:
        exercise = replace(exercise, messages=[Message(None, error)])
    score = float(min(exercise.score, exercise.points))  # more than all points would be an error to nbgrader
    return [new_output("display_data", {"text/html": feedback.exercise_html(exercise), "text/plain": feedback.exercise_text(exercise)}),
            new_output("execute_result", {"text/plain": repr(score)})]


def record_of(course: Course, lesson: Lesson, student: str) -> Record:
    """The record of a submission, graded now where there is none up to date."""
    from . import grading  # the engine, which collecting and releasing need not wait for
    return grading.record_of(course, lesson, student)


class RebuildExporter(NotebookExporter):
    """Gives nbgrader the rebuilt notebook in place of the submitted one, which it does not even open."""

    def from_filename(self, filename: str, resources: dict | None = None, **kw: Any) -> tuple[str, dict]:
        directory = self.parent.coursedir
        if Path(filename).is_relative_to(Path(directory.root) / directory.autograded_directory):
            return super().from_filename(filename, resources=resources, **kw)  # the second round, on what the first wrote

        names = resources["nbgrader"]
        lesson = places.lesson(names["assignment"])
        notebook = notebook_of(record_of(Course(Path(directory.root)), lesson, names["student"]), lesson)
        self.outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
        return self.from_notebook_node(notebook, resources=resources, **kw)


class Replay(NbGraderPreprocessor):
    """Puts the record's outputs where ``Execute`` would put a kernel's."""

    def preprocess_cell(self, cell: NotebookNode, resources: dict, index: int) -> tuple[NotebookNode, dict]:
        if cell.cell_type == "code":
            cell.outputs = self.parent.outputs.get(cell.get("id"), [])
        return cell, resources


# collect

class Refused(Exception):
    """A submission that is not collected: the message says what is wrong with it."""


class SafeCollect(ExchangeCollect):
    """Collects plain files only, opened so that no link is followed. A submission that cannot be had is named, and the others go on.

    It stays in the exchange, and the same learner's newest sound one is taken in its place. Nothing collected earlier is given up
    before all of the new one is there.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            return super()._path_to_record(path)
        except (ValueError, OverflowError, TypeError):  # no time that can be read: older than any, and refused below
            name = os.path.basename(path)
            return {"username": name.rsplit("+", 3)[0], "filename": name, "timestamp": datetime.min}

    def copy_files(self) -> None:
        newest, refused = self.src_records, []
        for record in newest:
            for candidate in self._candidates(record):
                try:
                    self._collect(candidate)
                    break
                except Exception as error:  # whatever a submission can bring about must not stop the others
                    refused.append(f"{candidate['filename']}: {error}")
                    self.log.error("Not collected: %s", refused[-1])
        if refused:
            self.log.error("%d not collected; still in %s:\n%s", len(refused), self.inbound_path, "\n".join(refused))

    def _candidates(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """A learner's newest submission, then the older ones."""
        pattern = f"{glob.escape(record['username'])}+{glob.escape(self.coursedir.assignment_id)}+*"
        found = (self._path_to_record(path) for path in glob.glob(os.path.join(glob.escape(self.inbound_path), pattern)))
        older = [other for other in found if other["timestamp"] < record["timestamp"]]
        return [record, *self._sort_by_timestamp(older)]

    def _collect(self, record: dict[str, Any]) -> None:
        if record["timestamp"] == datetime.min or record["username"] in ("", ".", ".."):
            raise Refused("its name is not one that nbgrader submit gives")
        with tempfile.TemporaryDirectory(prefix="collect-") as folder:
            self._safe = os.path.join(folder, "submission")
            for stray in copy_plainly(os.path.join(self.inbound_path, record["filename"]), self._safe, 1000 * self.coursedir.max_dir_size):
                self.log.warning("%s: left out %s, which is a link or no regular file", record["filename"], stray)
            _write_notes(Path(self._safe), record["timestamp"])
            self.src_records = [record]
            super().copy_files()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        super().do_copy(self._safe, dest)


def _write_notes(folder: Path, collected: datetime) -> None:
    """Replaces a time that cannot be read by that in the folder's name, and a missing secret: feedback could not be released else."""
    if time_of(folder) is None:
        (folder / "timestamp.txt").write_text(f"{collected:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
    if not note(folder, "submission_secret.txt"):
        (folder / "submission_secret.txt").write_text(new_secret(), encoding="utf-8")


def note(folder: Path, name: str) -> str:
    """What one of nbgrader's notes beside a submission says; empty where there is none that can be read."""
    try:
        with open_plainly(folder / name) as file:
            return file.read(MAX_NOTE).decode().strip()
    except (Refused, UnicodeDecodeError):
        return ""


def time_of(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC; None where its note does not tell."""
    try:
        return parse_utc(note(folder, "timestamp.txt"))
    except (ValueError, OverflowError, TypeError):
        return None


def new_secret() -> str:
    """What ``nbgrader submit`` makes so that only its owner can find the feedback."""
    return secrets.token_hex(64)


def copy_plainly(source: str, target: str, max_bytes: int) -> list[str]:
    """Copies the regular files of a folder and returns what it left out: links, hard links, pipes and the like.

    Raises Refused where the folder itself, a notebook or one of nbgrader's notes is such, where a file cannot be read, and beyond
    ``max_bytes``. Each step is taken from an open descriptor, so that nothing can be exchanged for a link on the way.
    """
    left_out: list[str] = []
    room = [max_bytes, MAX_FILES]

    def folder(descriptor: int, where: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Refused(f"{where} lies more than {MAX_DEPTH} folders deep")
        os.mkdir(os.path.join(target, where))
        for name in sorted(os.listdir(descriptor)):
            path = os.path.join(where, name)
            facts = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if stat.S_ISDIR(facts.st_mode):
                with _Descriptor(_open(name, os.O_DIRECTORY, descriptor)) as inner:
                    folder(inner, path, depth + 1)
            elif not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
                if not where and (name.endswith(".ipynb") or name in ("timestamp.txt", "submission_secret.txt")):
                    raise Refused(f"{name} is a link or no regular file")
                left_out.append(path)
            else:
                copy(name, path, descriptor)

    def copy(name: str, path: str, descriptor: int) -> None:
        with open_plainly(name, descriptor) as file, open(os.path.join(target, path), "wb") as new:
            room[1] -= 1
            while block := file.read(2**20):
                room[0] -= len(block)
                if min(room) < 0:
                    raise Refused(f"it is larger than {max_bytes / 1e6:g} MB or holds more than {MAX_FILES} files")
                new.write(block)

    with _Descriptor(_open(source, os.O_DIRECTORY)) as top:
        folder(top, "", 0)
    return left_out


def open_plainly(path: str | Path, folder: int | None = None) -> BinaryIO:
    """A regular file with one name, open for reading. Raises Refused for a link, a pipe or what cannot be read."""
    file = open(_open(path, os.O_NONBLOCK, folder), "rb")
    facts = os.fstat(file.fileno())
    if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
        file.close()
        raise Refused(f"{os.path.basename(path)} is a link or no regular file")
    return file


def _open(path: str | Path, flags: int, folder: int | None = None) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise Refused(f"{os.path.basename(path)} is a link or no regular file") from None
        raise Refused(f"{os.path.basename(path)} cannot be opened: {error.strerror}") from None


class _Descriptor:
    """Closes an open descriptor at the end of a ``with``."""

    def __init__(self, number: int):
        self._number = number

    def __enter__(self) -> int:
        return self._number

    def __exit__(self, *_exc: Any) -> None:
        os.close(self._number)
