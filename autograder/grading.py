"""Grading one submission: rebuild, run in a sandbox, judge apart, record.

An ``Engine`` holds what is worth keeping between submissions: a warm process to fork sandboxes from, and one pytest session
a lesson. Everything that can go wrong with a submission ends in its own Record.
"""

import contextlib
import hashlib
import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from . import outputs
from .course import Course, Lesson, repository
from .judge import GRAVITY, Judge, with_judge
from .learner import Stopped, Transport
from .lesson_source import lesson_cells
from .rebuild import Missing, Rebuilt, Unreadable, rebuild
from .record import Exercise, Message, Record, Result, RunCell, read_record, write_json
from .sandbox import work_folder
from .sandbox.client import Case, Sandbox, Warm

Answer = TypeVar("Answer")
PUBLIC_SECRET = "public"
MAX_FATAL_CELLS = 12
LEAST_SECONDS = 0.5
MAX_OWN_BYTES = 32 * 2**20
MAX_OWN_FILES = 200


def course_secret(course: Course) -> str:
    """The secret that hidden inputs are drawn from: COURSE_SECRET, else course_secret.txt, else a public default."""
    if os.environ.get("COURSE_SECRET"):
        return os.environ["COURSE_SECRET"]
    file = course.root / "course_secret.txt"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else PUBLIC_SECRET


class Engine:
    """Grades submissions one after another, each in a sandbox forked from ``warm``, which it closes at the end."""

    def __init__(self, warm: Warm):
        self._warm = warm
        self._benches: dict[str, _Bench] = {}

    def grade(self, path: Path, lesson: Lesson, submission: str, secret: str) -> Record:
        """The record of one submission; raises for nothing that is wrong with the submission itself."""
        try:
            rebuilt = rebuild(path, lesson)
        except Unreadable as reason:
            return refused(lesson, submission, "missing" if isinstance(reason, Missing) else "unreadable", str(reason))
        key = record_key(rebuilt, path.parent, secret)
        bench = self._bench(lesson)  # collects the graders while the notebook runs
        with Subject(self._warm, rebuilt, path.parent) as subject:
            try:
                subject.run_notebook()
                exercises, remarks = bench.ask(lambda judge: _judge(judge, subject, rebuilt, secret))
            except Stopped as stopped:
                exercises = [Exercise(e, 0.0, p, stopped.kind, [Message(None, f"The notebook {stopped}.")]) for e, p in points_of(lesson).items()]
                remarks = []
            result = Result(lesson.name, submission, "graded", None, subject.isolation, exercises, [*rebuilt.remarks, *subject.remarks, *remarks])
            return Record(key, result, subject.run_cells())

    def _bench(self, lesson: Lesson) -> "_Bench":
        if lesson.name not in self._benches:
            self._benches[lesson.name] = _Bench(lesson)
        return self._benches[lesson.name]

    def close(self) -> None:
        for bench in self._benches.values():
            bench.close()
        self._warm.close()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_exc) -> None:
        self.close()


class _Bench:
    """A lesson's pytest session, kept open in a thread of its own; ``ask`` runs a piece of work with its Judge."""

    def __init__(self, lesson: Lesson):
        self._work: queue.SimpleQueue = queue.SimpleQueue()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, args=(lesson,), daemon=True)
        self._thread.start()

    def ask(self, work: Callable[[Judge], Answer]) -> Answer:
        future: Future = Future()
        self._work.put((work, future))
        while True:
            try:
                return future.result(timeout=0.2 if self._thread.is_alive() else 0)
            except TimeoutError:
                if not self._thread.is_alive() and not future.done():
                    raise self._failed or RuntimeError("the graders' session ended") from None

    def _serve(self, lesson: Lesson) -> None:
        try:
            with_judge(lesson.root, lesson.grader, lesson.misconceptions, self._loop)
        except BaseException as error:  # handed to whoever asks
            self._failed = error

    def _loop(self, judge: Judge) -> None:
        while (task := self._work.get()) is not None:
            work, future = task
            try:
                future.set_result(work(judge))
            except BaseException as error:  # handed to whoever asked
                future.set_exception(error)

    def close(self) -> None:
        self._work.put(None)
        self._thread.join()


class Subject:
    """A submission that is judged: its notebook has run in a sandbox, which is forked for the hidden tests."""

    def __init__(self, warm: Warm, rebuilt: Rebuilt, folder: Path):
        self._warm, self._rebuilt, self._submitted = warm, rebuilt, folder
        self._sandbox: Sandbox | None = None
        self._folder: Path | None = None
        self._fatal: dict[int, Stopped] = {}
        self._outputs: dict[int, list[Any]] = {}
        self._case: Case | None = None
        self._case_of = ""
        self._case_served_others = self._case_is_spent = False
        self._patience = 1.0
        self.answers_hash = rebuilt.answers_hash()
        self.sources = rebuilt.answers
        self.isolation: list[str] = []
        self.remarks: list[str] = []

    def run_notebook(self) -> None:
        """Runs every cell. One that ends the process is marked and left out, and the notebook starts again without it."""
        while not self._start():
            pass

    def _start(self) -> bool:
        self._stop()
        if len(self._fatal) > MAX_FATAL_CELLS:
            raise Stopped("killed", f"holds more than {MAX_FATAL_CELLS} cells that end its process")
        self._folder = _work_folder(self._rebuilt.lesson, self._submitted)
        self._sandbox = self._warm.open(self._folder)
        self.isolation = self._sandbox.isolation
        for i, cell in enumerate(self._rebuilt.cells):
            if cell.kind != "code" or i in self._fatal:
                continue
            try:
                self._outputs[i] = self._sandbox.run(cell.source)
            except Stopped as stopped:
                self._fatal[i] = stopped
                self._outputs[i] = [{"output_type": "error", "ename": stopped.kind, "evalue": f"This cell {stopped}.", "traceback": [f"This cell {stopped}."]}]
                self.remarks.append(f"The cell that begins `{_first_line(cell.source)}` {stopped}; the others ran without it.")
                return False
        return True

    @contextlib.contextmanager
    def open(self, exercise: str, seconds: float) -> Iterator[Transport]:
        """One test's transport. A process serves one exercise after another as long as each passes; see ``renew``.

        After a timeout the exercise's next tests get half the time each: a loop that never ends shall not hold up the class,
        and a right answer takes milliseconds.
        """
        if self._sandbox is None or not self._sandbox.alive:
            self.run_notebook()
        if self._case_of != exercise:
            if self._case_is_spent:
                self._end_case()
            self._case_of, self._patience = exercise, 1.0
            self._case_served_others, self._case_is_spent = self._case is not None, False
        elif self._case is not None and self._case.stopped == "timeout":
            self._patience /= 2
        if self._case is None or not self._case.alive:
            self._case, self._case_served_others = self._sandbox.case(), False
        self._case.allow(max(seconds * self._patience, LEAST_SECONDS))
        yield self._case

    def renew(self) -> bool:
        """A test failed: its process serves no other exercise. Whether it served others before, so that the test is to run again in a new one.

        So what one exercise breaks, it breaks for itself; and a process is forked for each exercise that fails, not for each that there is.
        """
        self._case_is_spent = True
        if self._case_served_others:
            self._end_case()
            self._case_served_others, self._patience = False, 1.0
            return True
        return False

    def _end_case(self) -> None:
        if self._case is not None:
            self._case.end()
            self._case = None

    def verdict_of_cell(self, exercise: str) -> Exercise | Message | None:
        """What the exercise's own answer cell did: ended the process (kind, message), or raised."""
        for i, cell in enumerate(self._rebuilt.cells):
            if cell.role == "answer" and cell.exercise == exercise and i in self._fatal:
                return Exercise(exercise, 0.0, 0.0, self._fatal[i].kind, [Message(None, f"The cell of {exercise} {self._fatal[i]}.")])
        for i, cell in enumerate(self._rebuilt.cells):
            if cell.role == "answer" and cell.exercise == exercise:
                for output in outputs.sanitise(self._outputs.get(i)):
                    if output["output_type"] == "error":
                        return Message(None, f"Your cell of {exercise} raised {output['ename']}: {output['evalue']}")
        return None

    def run_cells(self) -> list[RunCell]:
        return [RunCell(c.role, c.exercise, c.id, c.kind, c.source, outputs.sanitise(self._outputs.get(i))) for i, c in enumerate(self._rebuilt.cells)]

    def _stop(self) -> None:
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None
        self._end_case()
        if self._folder is not None:
            work_folder.remove(self._folder)
            self._folder = None

    def __enter__(self) -> "Subject":
        return self

    def __exit__(self, *_exc) -> None:
        self._stop()


def _judge(judge: Judge, subject: Subject, rebuilt: Rebuilt, secret: str) -> tuple[list[Exercise], list[str]]:
    remarks: list[str] = []
    found = []
    for exercise, points in points_of(rebuilt.lesson).items():
        if exercise in rebuilt.missing or exercise in rebuilt.untouched:
            found.append(Exercise(exercise, 0.0, points, "not_attempted"))
            continue
        verdict = judge.judge(subject, exercise, points, secret, remarks)
        cell = subject.verdict_of_cell(exercise)
        if verdict.status not in ("passed", "not_attempted") and cell is not None:
            if isinstance(cell, Exercise):
                verdict.status = max(verdict.status, cell.status, key=GRAVITY.index)
                verdict.messages = cell.messages
            elif not any(m.hint for m in verdict.messages):
                verdict.messages = [cell]
        found.append(verdict)
    return found, remarks


def points_of(lesson: Lesson) -> dict[str, float]:
    """Points of each autograded exercise, in notebook order."""
    return {cell.exercise: float(cell.points) for cell in lesson_cells(lesson) if cell.role == "check"}


def refused(lesson: Lesson, submission: str, status: str, reason: str) -> Record:
    """The record of a submission that could not be read: zero points, and the sentence that says why."""
    exercises = [Exercise(exercise, 0.0, points, "not_attempted") for exercise, points in points_of(lesson).items()]
    cells = [RunCell(cell.role, cell.exercise, cell.id, cell.kind, cell.stub) for cell in lesson_cells(lesson)]
    return Record(hashlib.sha256(reason.encode()).hexdigest(), Result(lesson.name, submission, status, reason, [], exercises), cells)


def record_key(rebuilt: Rebuilt, folder: Path, secret: str) -> str:
    """SHA-256 over everything a record depends on."""
    digest = hashlib.sha256()
    for part in (rebuilt.lesson.name, rebuilt.answers_hash(), secret, _fingerprint(rebuilt.lesson)):
        digest.update(part.encode() + b"\0")
    for file in _own_files(folder):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _fingerprint(lesson: Lesson) -> str:
    """The state of grader, misconceptions, lesson, reference, engine and locked environment."""
    root = lesson.root
    files = [lesson.grader, lesson.misconceptions, lesson.source, root / "requirements.txt",
             *sorted((root / "reference_impl").rglob("*.py")), *sorted((root / "autograder").rglob("*.py"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(root)).encode() + b"\0" + (file.read_bytes() if file.exists() else b"") + b"\0")
    return digest.hexdigest()


def record_path(course: Course, lesson: Lesson, student: str) -> Path:
    return course.records / lesson.name / f"{student}.json"


def record_of(course: Course, lesson: Lesson, student: str) -> Record:
    """The stored record if it is of this very submission, else a fresh one, graded in this process and stored."""
    path = course.submission(student, lesson)
    secret = course_secret(course)
    stored = read_record(record_path(course, lesson, student))
    try:
        key = record_key(rebuild(path, lesson), path.parent, secret)
    except Unreadable as reason:
        return store(course, lesson, refused(lesson, student, "missing" if isinstance(reason, Missing) else "unreadable", str(reason)))
    if stored is not None and stored.key == key:
        return stored
    return store(course, lesson, _engine().grade(path, lesson, student, secret))


def store(course: Course, lesson: Lesson, record: Record) -> Record:
    write_json(record_path(course, lesson, record.result.submission), record.to_json())
    return record


@cache
def _engine() -> Engine:
    """This process's engine for grading on demand; its warm process ends with this one."""
    return Engine(Warm())


def _work_folder(lesson: Lesson, submitted: Path) -> Path:
    """A new folder with what lies beside the learner's notebook: the lesson's given modules, and the learner's own regular files."""
    folder = Path(tempfile.mkdtemp(prefix="work-"))
    given = lesson.exercise.parent / "given"
    if given.is_dir():
        shutil.copytree(given, folder / "given")
    for file in _own_files(submitted):
        shutil.copyfile(file, folder / file.name, follow_symlinks=False)
    return folder


def _own_files(submitted: Path) -> list[Path]:
    """Regular files beside the notebook, such as a module of the learner's own; links, folders and what is too large stay out."""
    room, found = MAX_OWN_BYTES, []
    for path in sorted(submitted.iterdir())[:MAX_OWN_FILES]:
        if path.is_symlink() or not path.is_file() or path.suffix == ".ipynb" or path.stat().st_size > room:
            continue
        room -= path.stat().st_size
        found.append(path)
    return found


def _first_line(source: str) -> str:
    return next((line.strip()[:60] for line in source.splitlines() if line.strip()), "")


__all__ = ["Engine", "course_secret", "points_of", "record_of", "refused", "repository", "store"]
