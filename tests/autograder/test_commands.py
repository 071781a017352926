"""The commands, run as a teacher or learner would, with their exit codes and files."""

import csv
import errno
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pyseccomp
import pytest

from autograder import course as places
from autograder.classroom import Maker, hand_in, make_class
from autograder.course import Course
from autograder.lesson_source import lesson_cells

pytestmark = pytest.mark.xdist_group("commands")
ROOT = places.repository()
STATUSES = {"passed", "failed", "not_attempted", "error", "timeout", "killed"}


def run(*arguments, env=None, preexec_fn=None):
    """A finished command: its exit code and all that it printed."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, preexec_fn=preexec_fn, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def maker():
    return Maker(places.lesson("01_sine"))


@pytest.fixture
def notebook(maker, tmp_path):
    path = tmp_path / "my tones.ipynb"
    nbformat.write(maker.notebook({**maker.answers, "sine": "def sine(freq, duration, sr, amp=1.0, phase=0.0):\n    return amp * np.cos(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"}), path)
    return path


def test_check_prints_points_and_hints_and_writes_json(notebook, tmp_path):
    code, printed = run("check", notebook, "--json", tmp_path / "out.json")
    result = json.loads((tmp_path / "out.json").read_text())
    assert code == 0 and "sandboxed by" in printed and "sine" in printed
    assert set(result) == {"assignment", "submission", "status", "error", "score", "max_score", "isolation", "exercises", "remarks"}
    assert (result["assignment"], result["submission"], result["status"], result["error"]) == ("01_sine", "my tones", "graded", None)
    for exercise in result["exercises"]:
        assert set(exercise) == {"id", "score", "points", "status", "messages"} and exercise["status"] in STATUSES
        assert (exercise["status"] == "passed") == (exercise["score"] == exercise["points"])
    assert result["max_score"] == sum(e["points"] for e in result["exercises"]) and result["score"] == pytest.approx(sum(e["score"] for e in result["exercises"]), abs=0.01)
    sine = next(e for e in result["exercises"] if e["id"] == "sine")
    assert [m["hint"] for m in sine["messages"]] == ["cosine"]


def test_check_without_protection_says_so(notebook):
    code, printed = run("check", notebook, "--isolation", "none")
    assert code == 0 and "not sandboxed: your own notebook only" in printed


def test_check_of_a_notebook_that_is_not_there_names_the_nearest(notebook):
    code, printed = run("check", notebook.with_name("my tone.ipynb"))
    assert code == 2 and "my tones.ipynb" in printed and "Traceback" not in printed


def test_check_of_what_is_no_notebook_is_a_clear_verdict(tmp_path):
    path = tmp_path / "01_sine.ipynb"
    path.write_text("{")
    code, printed = run("check", path)
    assert code == 1 and "Traceback" not in printed and "01_sine" in printed


def test_a_notebook_of_no_lesson_is_refused(tmp_path):
    path = tmp_path / "shopping.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("milk = 2")]), path)
    code, printed = run("check", path)
    assert code == 2 and "belongs to no lesson" in printed


@pytest.mark.parametrize("verb", ["grade", "report"])
def test_a_misspelt_lesson_is_answered_by_the_nearest(verb, tmp_path):
    code, printed = run(verb, "01_sin", "--course", tmp_path)
    assert code == 2 and "01_sine" in printed and list(tmp_path.iterdir()) == []


def test_an_empty_class_is_told_and_nothing_written(tmp_path):
    code, printed = run("grade", "01_sine", "--course", tmp_path)
    assert code == 2 and "no submission" in printed and list(tmp_path.iterdir()) == []


def test_a_course_that_is_not_there_is_told(tmp_path):
    code, printed = run("grade", "01_sine", "--course", tmp_path / "nowhere")
    assert code == 2 and "nowhere" in printed


def test_a_report_without_records_names_the_next_step(tmp_path):
    code, printed = run("report", "01_sine", "--course", tmp_path)
    assert code == 2 and "grade 01_sine" in printed


def test_a_solution_is_shown_with_contract_and_reason_and_no_line_of_code_is_cut():
    code, printed = run("solution", "04_spectrogram", "stft")
    assert code == 0 and "\x1b" not in printed
    for part in ("04_spectrogram: stft", "A spectrum of each frame", "exp(-2j * pi * k * m / n_fft), with the window", "np.fft.rfft(window[:, np.newaxis] * frame(y, n_fft, hop), axis=0)", "periodic"):
        assert part in printed
    assert "SOLUTION" not in printed and printed.index("np.fft.rfft(") < printed.index("\nWhy\n")


@pytest.mark.parametrize(("lesson", "exercise", "said"), [("04_spectogram", "stft", "Did you mean '04_spectrogram'?"), ("04_spectrogram", "sfft", "Did you mean 'stft'?")])
def test_a_solution_of_nothing_is_answered_by_the_nearest(lesson, exercise, said):
    code, printed = run("solution", lesson, exercise)
    assert code == 2 and said in printed and "Traceback" not in printed


@pytest.mark.parametrize("arguments", [["grade"], ["nonsense"], ["check"], ["solution", "01_sine"], ["grade", "01_sine", "--jobs", "0"], ["grade", "01_sine", "--isolation", "some"]])
def test_wrong_usage_is_exit_code_two(arguments):
    assert run(*arguments)[0] == 2


def test_a_gradebook_of_another_course_stops_everything(maker, tmp_path):
    hand_in(Course(tmp_path), maker.lesson, [maker.solved("ada")])
    (tmp_path / "gradebook.db").write_bytes(b"this is no database, but somebody's letter" * 100)
    before = (tmp_path / "gradebook.db").read_bytes()
    code, printed = run("grade", "01_sine", "--course", tmp_path)
    assert code == 2 and "gradebook" in printed and "Traceback" not in printed
    assert (tmp_path / "gradebook.db").read_bytes() == before and not (tmp_path / "records").exists()


@pytest.fixture(scope="module")
def graded(maker, tmp_path_factory):
    """A class with everything that can be wrong with a submission, graded: the course, exit code, what was printed."""
    course = Course(tmp_path_factory.mktemp("course"))
    submissions = [s for s in make_class(maker.lesson) if s.kind in ("right", "half done", "untouched", "broken file", "crashed")]
    hand_in(course, maker.lesson, submissions)
    other = Maker(places.lesson("02_wav"))
    for student, content in (("empty", None), ("huge", "x" * 30_000_000), ("other", other.solved("other").content), ("listed", "[1, 2]"), ("texted", "dear teacher, my dog")):
        path = course.submission(student, maker.lesson)
        path.parent.mkdir(parents=True)
        if content is not None:
            path.write_text(content)
    code, printed = run("grade", "01_sine", "--course", course.root, "--json", course.root / "all.json")
    return course, code, printed, submissions


def test_a_class_is_graded_to_the_end_and_the_bad_ones_are_listed(graded):
    course, code, printed, submissions = graded
    results = {r["submission"]: r for r in json.loads((course.root / "all.json").read_text())}
    assert code == 1 and "Traceback" not in printed
    assert {r["status"] for s, r in results.items() if s in ("huge", "other", "listed", "texted", "ines")} == {"unreadable"}
    assert results["empty"]["status"] == "missing" and "02_wav" in results["other"]["error"]
    assert results["ada"]["score"] == results["ada"]["max_score"] and len(results) == len(submissions) + 5
    for student in ("empty", "huge", "other", "listed", "texted"):
        assert student in printed and results[student]["score"] == 0.0 and results[student]["error"]


def test_everybody_stands_in_the_gradebook_with_the_records_points(graded):
    from nbgrader.api import Gradebook
    course, *_ = graded
    results = {r["submission"]: r for r in json.loads((course.root / "all.json").read_text())}
    with Gradebook(f"sqlite:///{course.gradebook}") as gradebook:
        for student, result in results.items():
            notebook = gradebook.find_submission_notebook("01_sine", "01_sine", student)
            scores = {grade.name: grade.auto_score for grade in notebook.grades if grade.cell.cell_type == "code"}
            assert scores == {e["id"]: e["score"] for e in result["exercises"]}


def test_records_grades_and_report_are_written(graded):
    course, *_ = graded
    records = {p.stem for p in (course.records / "01_sine").glob("*.json")}
    assert {"ada", "empty", "huge"} <= records
    with course.grades.open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    by_hand = sum(cell.points for cell in lesson_cells(places.lesson("01_sine")) if cell.role == "reflection")
    assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) - by_hand > 0 and float(rows["huge"]["score"]) == 0.0
    page = (course.reports / "01_sine.html").read_text()
    assert "<svg" in page and "Could not be graded" in page and "COURSE_SECRET" in page and "<script" not in page


def test_a_report_is_written_anew_from_the_records(graded):
    course, *_ = graded
    page = course.reports / "01_sine.html"
    before = page.read_text()
    page.unlink()
    code, _ = run("report", "01_sine", "--course", course.root)
    assert code == 0 and page.read_text() == before


def without_landlock():
    """Makes this process and its children a machine whose kernel has no Landlock."""
    filters = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    filters.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "landlock_create_ruleset")
    filters.load()


def test_without_a_protection_a_class_is_not_graded(maker, tmp_path):
    hand_in(Course(tmp_path), maker.lesson, [maker.solved("ada"), maker.solved("bela")])
    code, printed = run("grade", "01_sine", "--course", tmp_path, preexec_fn=without_landlock)
    assert code == 3 and "landlock" in printed and "--isolation none" in printed and "Traceback" not in printed
    assert {p.name for p in tmp_path.iterdir()} == {"submitted"}


def test_without_a_protection_who_accepts_the_risk_is_graded(maker, tmp_path):
    hand_in(Course(tmp_path), maker.lesson, [maker.solved("ada")])
    code, printed = run("grade", "01_sine", "--course", tmp_path, "--isolation", "none", preexec_fn=without_landlock)
    assert code == 0 and "20/20" in printed


def test_without_a_protection_ones_own_notebook_is_checked_and_told(notebook):
    code, printed = run("check", notebook, preexec_fn=without_landlock)
    assert code == 0 and "not sandboxed: your own notebook only" in printed
    assert run("check", notebook, "--isolation", "full", preexec_fn=without_landlock)[0] == 3


def test_the_doctor_sees_a_missing_protection():
    code, printed = run("doctor", preexec_fn=without_landlock)
    assert code == 3 and "not safe here" in printed


def test_derive_check_agrees_with_what_is_committed():
    code, printed = run("derive", "--check")
    assert code == 0, printed


def test_the_doctor_tries_every_promise():
    code, printed = run("doctor")
    assert code in (0, 3) and printed.count("yes") + printed.count("no") > 14
    assert (code == 0) == ("can be graded here" in printed)


def test_the_secret_decides_the_hidden_inputs(notebook, tmp_path):
    import os
    results = []
    for secret in ("one", "one", "two"):
        run("check", notebook, "--json", tmp_path / "r.json", env={**os.environ, "COURSE_SECRET": secret})
        results.append(next(e for e in json.loads((tmp_path / "r.json").read_text())["exercises"] if e["id"] == "sine")["messages"])
    assert results[0] == results[1]


def test_the_module_lists_the_fixed_commands():
    _, printed = run("--help")
    for verb in ("derive", "new", "check", "solution", "grade", "report", "doctor"):
        assert verb in printed

