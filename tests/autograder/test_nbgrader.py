"""nbgrader's own commands with our nbgrader_config.py: a teacher and learners with homes of their own, on a copy of the course.

A helper process imports nbgrader once and forks for each command, which saves seconds a command. The flow runs once; each test looks at
one thing it left behind.
"""

import csv
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

from autograder import course as places
from autograder.classroom import make_class
from autograder.course import Course, Lesson
from autograder.grading import record_path
from autograder.record import Record, read_record

pytestmark = pytest.mark.xdist_group("nbgrader")
COPIED = ("autograder", "reference_impl", "solutions", "exercises", "tests/graders", "tests/misconceptions", "nbgrader_config.py", "pyproject.toml", "requirements.txt")
SECRET = "the teacher's own words"
EVIL = "<script>alert('learner')</script><img src=x onerror=alert('learner')>"
EVIL_CODE = f"""
from IPython.display import HTML, Javascript, Markdown, display
display(HTML({EVIL!r}), Javascript("alert('learner')"), Markdown({EVIL!r}))
print({EVIL!r})
"""
EVIL_PROSE = f"{EVIL}\n\n[here](javascript:alert('learner')) ![x](attachment:none)\n\n$x_0$"

FORKS = r"""
import json, os, runpy, sys, traceback
import jupytext, nbclient, nbgrader.apps.nbgraderapp, nbgrader.server_extensions.formgrader, jupyter_server.serverapp

def run(task):
    log = os.open(task["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, source in enumerate((os.open(os.devnull, os.O_RDONLY), log, log)):
        os.dup2(source, number)
    os.chdir(task["cwd"])
    os.environ.clear()
    os.environ.update(task["env"])
    sys.argv, sys.path[0] = task["argv"], task["cwd"]
    try:
        runpy.run_module(task["argv"][0], run_name="__main__", alter_sys=True)
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else end.code is not None
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()

for line in sys.stdin:
    task = json.loads(line)
    child = os.fork()
    if child == 0:
        os._exit(run(task))
    answer = child if task["stay"] else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(answer, flush=True)
"""


@dataclass
class School:
    """A course, its exchange and its people; ``log`` holds what each command printed, by "person command"."""

    root: Path
    lesson: Lesson
    helper: subprocess.Popen
    log: dict[str, str] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        return Course(self.root / "course")

    @property
    def inbound(self) -> Path:
        return self.root / "exchange" / "music_dsp" / "inbound"

    def home(self, person: str) -> Path:
        """A home with an nbgrader_config.py that says where course and exchange are; made at the first call."""
        home = self.root / "homes" / person
        if not home.exists():
            (home / ".jupyter").mkdir(parents=True)
            exchange = self.root / "exchange"
            exchange.mkdir(exist_ok=True)
            exchange.chmod(0o777)
            settings = f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\nc.CourseDirectory.course_id = 'music_dsp'\n"
            (home / ".jupyter" / "nbgrader_config.py").write_text(settings, encoding="utf-8")
        return home

    def run(self, person: str, *argv: str, module: str = "nbgrader", stay: bool = False) -> int:
        """One command of a person's, from the course directory or from their home; its exit code, or its process if it is to stay."""
        home = self.home(person)
        cwd = self.course.root if person == "teacher" else home
        log = self.root / f"{person}-{argv[0] if argv else module}.log"
        env = {"HOME": str(home), "PATH": os.environ["PATH"], "JUPYTER_PLATFORM_DIRS": "0", "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "LANG": "C.UTF-8"}
        self.helper.stdin.write(json.dumps({"argv": [module, *argv], "cwd": str(cwd), "env": env, "log": str(log), "stay": stay}) + "\n")
        self.helper.stdin.flush()
        answer = int(self.helper.stdout.readline())
        if not stay:
            self.log[f"{person} {argv[0]}"] = log.read_text(encoding="utf-8")
            self.codes[f"{person} {argv[0]}"] = answer
        return answer

    def record(self, student: str) -> Record:
        return read_record(record_path(self.course, self.lesson, student))


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The whole flow, once: ada is right and hostile, bela wrong in a named way, cyd hands in a link, dan no notebook."""
    root = tmp_path_factory.mktemp("school")
    repository = places.repository()
    for part in COPIED:
        source, target = repository / part, root / "course" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    with subprocess.Popen([sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as helper:
        school = School(root, places.lesson("01_sine"), helper)
        _term(school)
        yield school
        helper.stdin.close()


def _term(school: School) -> None:
    name = school.lesson.name
    ready_made = make_class(school.lesson)
    right = next(s for s in ready_made if s.kind == "right").content
    wrong = next(s for s in ready_made if ": " in s.kind and "passed" not in s.exercises[s.kind.split(":")[0]].statuses).content

    school.run("teacher", "derive", module="autograder")
    school.before = _files(school.course.release)
    school.run("teacher", "generate_assignment", name, "--force")
    school.run("teacher", "release_assignment", name)
    for learner, content in (("ada", _hostile(right)), ("bela", wrong), ("dan", '{"cells": [')):
        school.run(learner, "fetch_assignment", name)
        (school.home(learner) / name / f"{name}.ipynb").write_text(content, encoding="utf-8")
        school.run(learner, "submit", name, "--student", learner)
    (school.home("ada") / name / f"{name}.ipynb").write_text(right, encoding="utf-8")
    school.run("ada", "validate", f"{name}/{name}.ipynb")

    (school.root / "secret.ipynb").write_text(SECRET, encoding="utf-8")
    linked = school.inbound / f"cyd+{name}+2030-01-01 00:00:00 UTC+x"
    linked.mkdir()
    (linked / f"{name}.ipynb").symlink_to(school.root / "secret.ipynb")
    school.run("teacher", "collect", name)
    school.run("teacher", "autograde", name)
    school.run("teacher", "generate_feedback", name)
    school.run("teacher", "release_feedback", name)
    school.run("teacher", "export")
    for learner in ("ada", "bela", "dan"):
        school.run(learner, "fetch_feedback", name)


def _hostile(content: str) -> str:
    notebook = nbformat.reads(content, as_version=4)
    notebook.metadata = {"kernelspec": {"name": "evil", "display_name": EVIL}, "title": EVIL}
    check = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    notebook.cells += [new_code_cell(EVIL_CODE), new_markdown_cell(EVIL_PROSE), check]
    for cell in notebook.cells:
        cell.metadata["tags"] = [EVIL]
    return json.dumps(notebook)


def _files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


@pytest.fixture(scope="module")
def pages(school):
    """The feedback that came home, by learner."""
    def page(learner: str) -> BeautifulSoup:
        [file] = school.home(learner).glob(f"{school.lesson.name}/feedback/*/{school.lesson.name}.html")
        return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    return {learner: page(learner) for learner in ("ada", "bela", "dan")}


def test_every_command_does_its_work(school):
    assert len(school.codes) == 18
    assert {name: school.log[name] for name, code in school.codes.items() if code} == {}


def test_generate_assignment_leaves_the_committed_exercises_as_they_are(school):
    assert school.before and _files(school.course.release) == school.before


def test_auto_score_equals_the_records_score(school):
    compared = 0
    with Gradebook(f"sqlite:///{school.course.gradebook}") as gradebook:
        for student in ("ada", "bela", "dan"):
            for exercise in school.record(student).result.exercises:
                grade = gradebook.find_grade(exercise.id, school.lesson.name, school.lesson.name, student)
                assert (grade.auto_score, grade.max_score, grade.needs_manual_grade) == (exercise.score, exercise.points, False)
                compared += 1
    assert compared == 3 * len(school.record("ada").result.exercises) > 0


def test_right_answers_get_full_points_whatever_else_the_notebook_holds(school):
    result = school.record("ada").result
    assert {e.id: (e.status, [m.text for m in e.messages]) for e in result.exercises if e.status != "passed"} == {}


def test_an_unreadable_notebook_is_a_zero_with_its_reason_in_the_feedback(school, pages):
    result = school.record("dan").result
    assert (result.status, result.score) == ("unreadable", 0.0)
    overview = pages["dan"].select_one('[aria-label="Autograder"]').text
    assert "could not be graded" in overview and result.error in overview


def test_feedback_shows_each_verdict_and_hint(school, pages):
    for learner in ("ada", "bela"):
        shown = [box.text for box in pages[learner].select('[aria-label^="Verdict on"]')]
        exercises = school.record(learner).result.exercises
        assert len(shown) == len(exercises)
        for text, exercise in zip(shown, exercises, strict=True):
            assert f"{exercise.score:g} of {exercise.points:g} points" in text
            assert all(message.text.split("\n")[0] in text for message in exercise.messages)
    assert any(message.hint for exercise in school.record("bela").result.exercises for message in exercise.messages)


def test_feedback_does_not_show_the_hidden_tests(school, pages):
    shown = "".join(page.text for page in pages.values())
    tests = [line.split("(")[0].removeprefix("def ") for line in school.lesson.grader.read_text(encoding="utf-8").splitlines() if line.startswith("def test_")]
    assert tests and not [name for name in tests if name in shown]


def test_nothing_of_the_learners_acts_on_who_reads_the_feedback(pages):
    assert "alert('learner')" in pages["ada"].text, "the hostile cells are not shown as text"
    assert _acting(pages["ada"]) == []


def _acting(page: BeautifulSoup) -> list:
    """Elements of the learner's that a browser would run or follow."""
    scripts = [tag for tag in page.find_all(["script", "style", "iframe"]) if "learner" in tag.text]
    return scripts + [tag for tag in page.find_all(True) if "alert('learner')" in "".join(map(str, tag.attrs.values()))]


def test_collect_refuses_a_link_by_name_and_goes_on(school):
    assert not any(SECRET in path.read_text(errors="replace") for path in school.course.submitted.rglob("*") if path.is_file())
    assert not (school.course.submitted / "cyd").exists()
    assert "Not collected: cyd+" in school.log["teacher collect"] and f"{school.lesson.name}.ipynb is a link" in school.log["teacher collect"]
    assert {"ada", "bela", "dan"} <= {path.name for path in school.course.submitted.iterdir()}
    assert list(school.inbound.glob("cyd+*")), "what was refused stays in the exchange"


def test_export_writes_the_scores(school):
    with (school.course.root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == school.lesson.name}
    assert rows == {student: school.record(student).result.score for student in ("ada", "bela", "dan")}


def test_validate_passes_a_right_notebook(school):
    assert "Success" in school.log["ada validate"]


def test_our_own_way_into_the_gradebook_gives_what_nbgrader_autograde_gives(school, tmp_path):
    from autograder import gradebook
    ours = Course(tmp_path)
    shutil.copytree(school.course.submitted, ours.submitted)
    records = {student: school.record(student) for student in ("ada", "bela", "dan")}
    gradebook.hand_over(ours, school.lesson, records)
    for student in records:
        name = f"{student}/{school.lesson.name}/{school.lesson.name}.ipynb"
        stock, own = (nbformat.read(c.autograded / name, as_version=4) for c in (school.course, ours))
        assert own == stock
    assert _entered(ours, school.lesson) == _entered(school.course, school.lesson)


def _entered(course: Course, lesson: Lesson) -> list[dict]:
    """Everything the gradebook holds of a lesson but its random ids."""
    with Gradebook(f"sqlite:///{course.gradebook}") as gradebook:
        submissions = sorted(gradebook.assignment_submissions(lesson.name), key=lambda s: s.student_id)
        entries = [entry.to_dict() for s in submissions for n in s.notebooks for entry in [n, *n.grades, *n.comments]]
        entries += [{"timestamp": s.timestamp, "student": s.student_id} for s in submissions]
        entries += [cell.to_dict() for cell in gradebook.find_notebook(lesson.name, lesson.name).source_cells]
    return sorted(({key: value for key, value in entry.items() if key != "id"} for entry in entries), key=repr)


def test_the_formgrader_shows_class_and_submission(school):
    server = school.run("teacher", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--IdentityProvider.token=t", module="jupyter_server", stay=True)
    try:
        base = _address(school)
        for page in ("manage_assignments", "manage_students", "gradebook", f"gradebook/{school.lesson.name}"):
            assert "nbgrader formgrade" in _get(f"{base}formgrader/{page}")
        [submitted] = [a["num_submissions"] for a in json.loads(_get(f"{base}formgrader/api/assignments")) if a["name"] == school.lesson.name]
        assert submitted == 3
        submissions = json.loads(_get(f"{base}formgrader/api/submitted_notebooks/{school.lesson.name}/{school.lesson.name}"))
        assert {s["student"]: s["score"] for s in submissions} == {s: school.record(s).result.score for s in ("ada", "bela", "dan")}
        # Each has written a reflection; the notebook that nobody can read has none.
        assert {s["student"]: s["needs_manual_grade"] for s in submissions} == {"ada": True, "bela": True, "dan": False}
        [ada] = [s["id"] for s in submissions if s["student"] == "ada"]
        page = BeautifulSoup(_get(f"{base}formgrader/submissions/{ada}/"), "html.parser")
        assert len(page.select('[aria-label^="Verdict on"]')) == len(school.record("ada").result.exercises)
        assert _acting(page) == []
        graded = json.loads(_get(f"{base}formgrader/api/submission/{school.lesson.name}/bela/autograde", b""))
        assert graded["success"], graded
    finally:
        os.kill(server, signal.SIGKILL)


def _address(school: School) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for file in (school.home("teacher") / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, ConnectionError, urllib.error.URLError):  # half written, or not listening yet
                url = json.loads(file.read_text(encoding="utf-8"))["url"]
                _get(f"{url}api")
                return url
        time.sleep(0.1)
    raise AssertionError((school.root / "teacher---no-browser.log").read_text(encoding="utf-8"))


def _get(url: str, data: bytes | None = None) -> str:
    request = urllib.request.Request(url, data, {"Authorization": "token t"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()
