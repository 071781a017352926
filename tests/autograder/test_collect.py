"""Collecting from an exchange where every learner may put anything."""

import io
import logging
import os
import shutil
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from autograder.collect import SafeCollect

SECRET = "the teacher's own words"


@pytest.fixture
def exchange(tmp_path, monkeypatch):
    monkeypatch.setattr("nbgrader.api.get_alembic_version", lambda: "of no interest")  # a subprocess of a second
    return Exchange(tmp_path)


class Exchange:
    """Submissions handed in, and a course that collects them; ``collect`` returns what was logged."""

    def __init__(self, root: Path):
        self.inbound, self.submitted, self.outside = root / "exchange" / "c" / "inbound", root / "course" / "submitted", root / "outside"
        for folder in (self.inbound, root / "course", self.outside):
            folder.mkdir(parents=True)
        (self.outside / "secret").write_text(SECRET, encoding="utf-8")

    def hand_in(self, student: str, second: int = 0, time: str = "2025-01-01 00:00:{:02}.0 UTC", **files: str) -> Path:
        folder = self.inbound / f"{student}+01_sine+{time.format(second)}+x"
        folder.mkdir()
        for name, content in {"01_sine.ipynb": student, "timestamp.txt": time.format(second), "submission_secret.txt": "s", **files}.items():
            (folder / name).write_text(content, encoding="utf-8")
        return folder

    def collect(self, **options: bool) -> str:
        logger = logging.Logger("collect")
        logger.addHandler(logging.StreamHandler(stream := io.StringIO()))
        directory = CourseDirectory(root=str(self.submitted.parent), course_id="c", assignment_id="01_sine", max_dir_size=1000)
        collect = SafeCollect(coursedir=directory, log=logger, **options)
        collect.root = str(self.inbound.parents[1])
        collect.start()
        return stream.getvalue()

    def collected(self, student: str) -> dict[str, str]:
        folder = self.submitted / student / "01_sine"
        return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if not path.is_dir()}


def replace_by_link(path: Path, target: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


def test_a_plain_submission_is_collected_as_it_is(exchange):
    exchange.hand_in("ada", **{"helper.py": "x = 1"})
    exchange.collect()
    assert exchange.collected("ada") == {"01_sine.ipynb": "ada", "helper.py": "x = 1", "timestamp.txt": "2025-01-01 00:00:00.0 UTC", "submission_secret.txt": "s"}


@pytest.mark.parametrize("name", ["01_sine.ipynb", "timestamp.txt", "submission_secret.txt", "."])
def test_a_link_in_place_of_what_is_needed_is_refused_while_others_are_collected(exchange, name):
    replace_by_link(exchange.hand_in("mallory") / name, exchange.outside / ("" if name == "." else "secret"))
    exchange.hand_in("ada")
    log = exchange.collect()
    assert exchange.collected("mallory") == {}
    assert exchange.collected("ada")["01_sine.ipynb"] == "ada"
    assert "Not collected: mallory+01_sine+" in log and "is a link or no regular file" in log


@pytest.mark.parametrize("make", [lambda path, outside: path.symlink_to(outside / "secret"), lambda path, outside: path.symlink_to(outside),
                                  lambda path, outside: os.link(outside / "secret", path), lambda path, outside: os.mkfifo(path)],
                         ids=["a link to a file", "a link to a folder", "a hard link", "a pipe"])
def test_a_stray_link_is_left_out_by_name_and_the_rest_is_collected(exchange, make):
    make(exchange.hand_in("ada") / "stray", exchange.outside)
    log = exchange.collect()
    assert set(exchange.collected("ada")) == {"01_sine.ipynb", "timestamp.txt", "submission_secret.txt"}
    assert "left out stray" in log


def test_the_newest_sound_submission_is_taken_where_the_newest_is_refused(exchange):
    exchange.hand_in("ada", second=1, **{"01_sine.ipynb": "first"})
    exchange.hand_in("ada", second=2, **{"01_sine.ipynb": "second"})
    replace_by_link(exchange.hand_in("ada", second=3) / "01_sine.ipynb", exchange.outside / "secret")
    exchange.collect()
    assert exchange.collected("ada")["01_sine.ipynb"] == "second"


def test_what_was_collected_earlier_is_kept_where_its_update_is_refused(exchange):
    exchange.hand_in("ada", second=1)
    exchange.collect()
    exchange.hand_in("ada", second=2, **{"large": "x" * 2_000_000})
    log = exchange.collect(update=True)
    assert exchange.collected("ada")["01_sine.ipynb"] == "ada"
    assert "larger than 1 MB" in log


def test_an_update_is_collected(exchange):
    exchange.hand_in("ada", second=1)
    exchange.collect()
    exchange.hand_in("ada", second=2, **{"01_sine.ipynb": "better"})
    exchange.collect(update=True)
    assert exchange.collected("ada")["01_sine.ipynb"] == "better"


@pytest.mark.parametrize(("student", "time"), [("mallory", "no time"), ("", "2025-01-01 00:00:{:02}.0 UTC"), ("mallory", "99999999999999999999-01-01")])
def test_a_name_that_submit_would_not_give_is_refused_while_others_are_collected(exchange, student, time):
    exchange.hand_in(student, time=time)
    exchange.hand_in("ada")
    log = exchange.collect()
    assert [path.name for path in exchange.submitted.iterdir()] == ["ada"]
    assert "not one that nbgrader submit gives" in log


def test_notes_that_release_feedback_would_stumble_over_are_replaced(exchange):
    (exchange.hand_in("ada", **{"timestamp.txt": "yesterday, I think"}) / "submission_secret.txt").unlink()
    exchange.collect()
    collected = exchange.collected("ada")
    assert collected["timestamp.txt"].startswith("2025-01-01 00:00:00") and len(collected["submission_secret.txt"]) == 128


def test_a_file_that_cannot_be_opened_is_named_and_others_are_collected(exchange, monkeypatch):
    exchange.hand_in("ada")
    exchange.hand_in("bela")
    opened = os.open

    def denied(path, *args, **kwargs):
        if str(path) == "01_sine.ipynb" and not denied.once.append(1) and len(denied.once) == 1:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    denied.once = []
    monkeypatch.setattr(os, "open", denied)
    log = exchange.collect()
    assert "01_sine.ipynb cannot be opened: Permission denied" in log
    assert sorted(bool(exchange.collected(student)) for student in ("ada", "bela")) == [False, True]
