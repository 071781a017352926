"""Handing results over to nbgrader: points, notebooks, feedback, the table of grades, and gradebooks that are not ours."""

import csv
import datetime
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine

from autograder import course as places
from autograder import gradebook
from autograder.course import Course, UserError
from autograder.grading import refused, store
from autograder.lesson_source import lesson_cells
from autograder.nbgrader_course import settings
from autograder.record import Exercise, Message, Record, Result, RunCell

SAMPLES = Path(__file__).parent / "samples"
LESSON = "01_levels"
REFLECTION = "Why is the peak no measure of loudness?\n\nBecause <b>energy</b> adds up. [More](javascript:alert(1)) ![](attachment:none)"


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    """A repository of two small lessons with our settings."""
    ours = places.repository() / "nbgrader_config.py"
    root = tmp_path / "repository"
    shutil.copytree(SAMPLES, root)
    shutil.copy(ours, root)
    monkeypatch.setattr(places, "repository", lambda: root)
    monkeypatch.setattr("nbgrader.api.get_alembic_version", lambda: "of no interest")  # a subprocess of a second
    monkeypatch.setattr(sys, "path", list(sys.path))  # which the settings change, and so they do
    monkeypatch.setenv("PATH", os.environ["PATH"])
    return root


@pytest.fixture
def lesson():
    return places.lesson(LESSON)


@pytest.fixture
def course(tmp_path):
    (tmp_path / "class").mkdir()
    return Course(tmp_path / "class")


def record(lesson, student, *, gain=2.0, peak=1.5, reflection=REFLECTION, outputs=()):
    """A graded submission with these points; ``outputs`` are those of each check."""
    exercises = [Exercise("gain", gain, 2.0, "passed" if gain == 2.0 else "failed", [] if gain == 2.0 else [Message("offset", "Multiply <y>.")]),
                 Exercise("peak", peak, 1.5, "passed" if peak == 1.5 else "failed")]
    cells = [RunCell(c.role, c.exercise, c.id, c.kind, reflection if c.role == "reflection" else c.stub, list(outputs) if c.role == "check" else [])
             for c in lesson_cells(lesson)]
    result = Result(lesson.name, student, "graded", None, ["landlock", "seccomp"], exercises, ["The check of gain was missing; it was put back."])
    return Record("key", result, cells)


def entered(course, student, lesson=LESSON, url=None):
    """By cell: (auto score, manual score, waits for a grader)."""
    with Gradebook(url or f"sqlite:///{course.gradebook}") as book:
        notebook = book.find_submission_notebook(lesson, lesson, student)
        return {grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade) for grade in notebook.grades}


def grade_by_hand(course, student, points, comment):
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        book.find_grade("gain", LESSON, LESSON, student).manual_score = points
        book.find_comment("gain-answer", LESSON, LESSON, student).manual_comment = comment
        book.db.commit()


def autograded(course, student):
    return nbformat.read(course.autograded / student / LESSON / f"{LESSON}.ipynb", as_version=4)


def everything(root):
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


# Points

@pytest.mark.parametrize("points", [0.0, 0.01, 0.1 + 0.2, 1.37, 2.0])
def test_a_score_is_entered_to_the_last_digit(course, lesson, points):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=points)})
    assert entered(course, "ada")["gain"] == (points, None, False)


@pytest.mark.parametrize("output", [
    {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {}, "execution_count": 1},
    {"output_type": "stream", "name": "stderr", "text": "UserWarning"},
    {"output_type": "error", "ename": "AssertionError", "evalue": "", "traceback": ["no"]},
], ids=["a result of its own", "a warning", "an error"])
def test_what_the_check_itself_puts_out_neither_earns_nor_costs_points(course, lesson, output):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=1.25, outputs=[output])})
    assert entered(course, "ada")["gain"] == (1.25, None, False)


def test_an_answered_reflection_waits_for_a_grader(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert entered(course, "ada")["why_peak"] == (None, None, True)


@pytest.mark.parametrize("status", ["unreadable", "missing"])
def test_what_could_not_be_read_is_a_zero_that_waits_for_nobody(course, lesson, status):
    gradebook.hand_over(course, lesson, {"ada": refused(lesson, "ada", status, "It is no JSON.")})
    assert entered(course, "ada") == dict.fromkeys(("gain", "peak", "why_peak"), (0.0, None, False))


def test_points_and_comments_given_by_hand_survive_grading_again(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=0.5)})
    grade_by_hand(course, "ada", 1.75, "Nearly.")
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=1.0)})
    assert entered(course, "ada")["gain"] == (1.0, 1.75, True)
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        assert book.find_comment("gain-answer", LESSON, LESSON, "ada").comment == "Nearly."


def test_a_late_submission_loses_what_the_course_says(course, lesson):
    (course.root / "nbgrader_config.py").write_text("c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    for student, day in (("ada", 1), ("bela", 3)):
        course.submission(student, lesson).parent.mkdir(parents=True)
        (course.submission(student, lesson).parent / "timestamp.txt").write_text(f"2025-01-0{day} 12:00:00 UTC")
    records = {student: record(lesson, student) for student in ("ada", "bela")}
    gradebook.hand_over(course, lesson, records)
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        book.find_assignment(LESSON).duedate = datetime.datetime(2025, 1, 2)
        book.db.commit()
    gradebook.hand_over(course, lesson, records)
    gradebook.export_csv(course, course.grades)
    assert {row["student_id"]: (row["raw_score"], row["late_submission_penalty"], row["score"]) for row in table(course)} == {
        "ada": ("3.5", "0.0", "3.5"), "bela": ("3.5", "3.5", "0.0")}


def test_the_gradebook_lies_where_the_course_says(course, lesson, tmp_path):
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    (course.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n")
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert entered(course, "ada", url=url)["gain"] == (2.0, None, False)
    assert not course.gradebook.exists()


# A lesson that changes during term

def test_new_prose_is_no_obstacle_after_the_first_submission(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    lesson.source.write_text(lesson.source.read_text() + "\n# %% [markdown]\n# One more remark.\n")
    gradebook.hand_over(course, lesson, {"bela": record(lesson, "bela", gain=1.0)})
    assert (entered(course, "ada")["gain"][0], entered(course, "bela")["gain"][0]) == (2.0, 1.0)


def test_another_exercise_is_refused_after_the_first_submission(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    lesson.source.write_text(lesson.source.read_text().replace('"why_peak"', '"why_not_peak"'))
    before = everything(course.root)
    with pytest.raises(UserError, match=r"exercises of 01_levels have changed .* \(why_not_peak, why_peak\).*nbgrader db assignment remove"):
        gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert everything(course.root) == before


# Notebooks

def test_the_autograded_folder_holds_the_notebook_and_two_notes(course, lesson):
    folder = course.submission("ada", lesson).parent
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2025-01-01 00:00:00 UTC")
    (folder / "submission_secret.txt").write_text("hers")
    (folder / "page.html").write_text("hers")
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    target = course.autograded / "ada" / LESSON
    assert {path.name for path in target.iterdir()} == {f"{LESSON}.ipynb", "timestamp.txt", "submission_secret.txt"}
    assert (target / "timestamp.txt").read_text() == "2025-01-01 00:00:00 UTC"
    assert (target / "submission_secret.txt").read_text() == "hers"


def test_links_to_and_in_a_submission_are_not_followed(course, lesson, tmp_path):
    outside = tmp_path / "outside" / LESSON
    outside.mkdir(parents=True)
    (outside / "timestamp.txt").write_text("2025-01-01 00:00:00 UTC")
    (outside / "submission_secret.txt").write_text("the teacher's own")
    course.submission("ada", lesson).parent.mkdir(parents=True)
    for name in ("timestamp.txt", "submission_secret.txt"):
        (course.submission("ada", lesson).parent / name).symlink_to(outside / name)
    (course.submitted / "bela").symlink_to(outside.parent)
    (course.submitted / "cyd").mkdir()
    (course.submitted / "cyd" / LESSON).symlink_to(outside)
    gradebook.hand_over(course, lesson, {student: record(lesson, student) for student in ("ada", "bela", "cyd")})
    for student in ("ada", "bela", "cyd"):
        target = course.autograded / student / LESSON
        assert (target / "timestamp.txt").read_text() == ""
        assert len((target / "submission_secret.txt").read_text()) == 128


def test_a_learners_prose_is_text_below_the_question(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    [cell] = [cell for cell in autograded(course, "ada").cells if cell.id == "why_peak"]
    question, answer = cell.source.split("\n\n")
    assert question == "Why is the peak no measure of loudness?"
    assert answer.startswith("<div") and "&lt;b&gt;energy" in answer and "\n" not in answer


def test_an_untouched_reflection_is_left_as_handed_out(course, lesson):
    [stub] = [cell.stub for cell in lesson_cells(lesson) if cell.role == "reflection"]
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", reflection=stub)})
    [cell] = [cell for cell in autograded(course, "ada").cells if cell.id == "why_peak"]
    assert cell.source == stub
    assert entered(course, "ada")["why_peak"] == (0.0, None, False)


def test_the_reason_stands_above_a_notebook_that_could_not_be_read(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": refused(lesson, "ada", "unreadable", "It is no <JSON>.")})
    assert "It is no &lt;JSON&gt;." in autograded(course, "ada").cells[0].source
    assert "return factor" not in nbformat.writes(autograded(course, "ada")), "the solution must not be shown"


# Feedback

def test_feedback_shows_verdict_hint_remark_and_the_grade_by_hand(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=0.5)})
    grade_by_hand(course, "ada", 1.75, "Nearly.")
    gradebook.generate_feedback(course, lesson, ["ada"])
    page = (course.feedback / "ada" / LESSON / f"{LESSON}.html").read_text()
    for text in ("Not right yet", "0.5 of 2 points by the autograder", "Multiply &lt;y&gt;.", "The check of gain was missing", "Score: 1.75 / 2.0", "Nearly."):
        assert text in page
    assert "javascript:alert" not in "".join(part.split(">")[0] for part in page.split("<a ")), "a learner's link must be text"


def test_feedback_passes_over_who_was_not_handed_over(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    gradebook.generate_feedback(course, lesson, ["ada", "bela"])
    assert [path.name for path in course.feedback.iterdir()] == ["ada"]


# The table of grades

def table(course):
    with course.grades.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_a_row_a_student_and_lesson(course, lesson):
    power = places.lesson("02_power")
    unread = store(course, lesson, refused(lesson, "bela", "unreadable", "It is no JSON."))
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=0.5), "bela": unread})
    gradebook.hand_over(course, power, {"ada": refused(power, "ada", "missing", "There is no notebook.")})
    gradebook.export_csv(course, course.grades)
    rows = {(row["assignment"], row["student_id"]): row for row in table(course)}
    assert {key: (row["status"], row["score"], row["max_score"], row["gain"]) for key, row in rows.items()} == {
        (LESSON, "ada"): ("graded", "2.0", "5.5", "0.5"), (LESSON, "bela"): ("unreadable", "0.0", "5.5", "0.0"),
        ("02_power", "ada"): ("graded", "0.0", rows["02_power", "ada"]["max_score"], ""), ("02_power", "bela"): ("missing", "0.0", rows["02_power", "ada"]["max_score"], "")}
    assert (rows[LESSON, "ada"]["needs_manual_grade"], rows[LESSON, "bela"]["needs_manual_grade"]) == ("yes", "no")


def test_the_table_counts_points_given_by_hand(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada", gain=0.5)})
    grade_by_hand(course, "ada", 1.75, "")
    gradebook.export_csv(course, course.grades)
    assert [(row["score"], row["gain"]) for row in table(course)] == [("3.25", "1.75")]


# Settings of the course directory

def test_a_course_without_settings_is_given_ours(course, lesson):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert settings(course).Autograde.exporter_class == "autograder.nbgrader_plugin.RebuildExporter"
    written = (course.root / "nbgrader_config.py").read_text()
    assert "load_subconfig" in written
    (places.repository() / "nbgrader_config.py").unlink()
    assert settings(course).Autograde.autograde_preprocessors == [], "a repository that moved: nothing may run"


def test_a_courses_own_settings_stay_as_they_are(course, lesson):
    own = "c = get_config()\nc.CourseDirectory.course_id = 'evening'\n"
    (course.root / "nbgrader_config.py").write_text(own)
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert (course.root / "nbgrader_config.py").read_text() == own
    assert settings(course).CourseDirectory.course_id == "evening"


# Gradebooks that are not ours

def other_course(course):
    with Gradebook(f"sqlite:///{course.gradebook}", "biology") as book:
        book.add_assignment("01_levels")


def other_assignments(course):
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        book.add_assignment("hw1")


def old_one(course):
    with closing(sqlite3.connect(course.gradebook)) as database:
        database.execute("CREATE TABLE assignment (id VARCHAR(32), name VARCHAR(128))")


@pytest.mark.parametrize(("make", "match"), [
    (other_course, "belongs to the course biology, and this is music_dsp.*Move it away"),
    (other_assignments, "belongs to another course: it knows hw1 and no lesson of this one.*Move it away"),
    (old_one, "no gradebook that this nbgrader can use .*nbgrader db upgrade"),
    (lambda course: course.gradebook.write_bytes(b"no database at all" * 100), "no gradebook that this nbgrader can use .*not a database"),
    (lambda course: course.gradebook.mkdir(), "no gradebook that this nbgrader can use .*unable to open"),
], ids=["another course", "other assignments", "an old one", "no database", "a folder"])
def test_a_gradebook_that_is_not_ours_is_refused_and_left_alone(course, lesson, make, match):
    make(course)
    before = everything(course.root)
    with pytest.raises(UserError, match=match):
        gradebook.check_gradebook(course)
    with pytest.raises(UserError, match=match):
        gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    assert everything(course.root) == before


def test_no_gradebook_yet_is_no_fault_and_none_is_made(course):
    gradebook.check_gradebook(course)
    assert everything(course.root) == {}


@pytest.mark.parametrize("make", [lambda course: course.gradebook.touch(), lambda course: Gradebook(f"sqlite:///{course.gradebook}").close()], ids=["an empty file", "an empty one"])
def test_an_empty_gradebook_is_ours(course, lesson, make):
    make(course)
    gradebook.check_gradebook(course)
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    gradebook.check_gradebook(course)
    assert entered(course, "ada")["gain"] == (2.0, None, False)


@pytest.mark.parametrize("student", ["ada", "bela"])
def test_a_gradebook_that_another_holds_is_named_with_the_next_step(course, lesson, monkeypatch, student):
    gradebook.hand_over(course, lesson, {"ada": record(lesson, "ada")})
    monkeypatch.setattr("nbgrader.api.create_engine", partial(create_engine, connect_args={"timeout": 0}))
    with closing(sqlite3.connect(course.gradebook)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match=r"database is locked.*run the same command again"):
            gradebook.hand_over(course, lesson, {student: record(lesson, student, gain=0.0)})


def test_progress_is_told_student_by_student(course, lesson):
    told = []
    gradebook.hand_over(course, lesson, {student: record(lesson, student) for student in ("bela", "ada")}, told.append)
    assert told == ["ada", "bela"]
