"""nbgrader's view of a course directory: its settings, its gradebook, and whether that is ours.

Where the gradebook lies is ``c.CourseDirectory.db_url``, ``gradebook.db`` in the course directory by default.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import Assignment, Gradebook, InvalidEntry
from nbgrader.api import Course as GradebookCourse
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from traitlets.config import Config, PyFileConfigLoader

from . import course as places
from .course import Course, UserError

CONFIG = "nbgrader_config.py"
_ANY_COURSE = {"default_course", ""}  # what nbgrader's preprocessors enter beside the course's own id


def settings(course: Course) -> Config:
    """The repository's nbgrader_config.py, then the course directory's own."""
    config = Config()
    for folder in dict.fromkeys([places.repository(), course.root.resolve()]):
        if (folder / CONFIG).is_file():
            config.merge(PyFileConfigLoader(CONFIG, path=str(folder)).load_config())
    config.CourseDirectory.root = str(course.root.resolve())
    return config


def leave_settings(course: Course) -> None:
    """Gives a course directory without settings those of the repository: stock nbgrader would run learners' code there unprotected."""
    file = course.root / CONFIG
    if not file.exists():
        file.write_text(_SETTINGS.format(repository=str(places.repository())), encoding="utf-8")


_SETTINGS = '''# Written by `python -m autograder grade`, so that nbgrader's own commands and the formgrader do here as in the repository.
# What is to be different for this class goes below.
c = get_config()
c.Autograde.autograde_preprocessors = []  # should the repository have moved: nothing runs, rather than learners' code unprotected
load_subconfig("nbgrader_config.py", path={repository!r})
'''


def check_gradebook(course: Course) -> None:
    """Raises UserError where the gradebook is another course's, or none at all. A missing one is no fault; nothing is written."""
    directory = CourseDirectory(config=settings(course))
    url = make_url(directory.db_url)
    if url.get_backend_name() == "sqlite" and not os.path.exists(url.database or ""):
        return

    engine = create_engine(url)
    try:
        if not inspect(engine).get_table_names():
            return
        with Session(engine) as session:
            courses = set(session.scalars(select(GradebookCourse.id)))
            assignments = {a.name: a.course_id for a in session.scalars(select(Assignment))}
    except DatabaseError as error:
        if "locked" in str(error.orig):
            raise _out_of_reach(directory, error) from None
        raise UserError(f"{_where(directory)} is no gradebook that this nbgrader can use ({error.orig}). If it is an old one, back it up and run "
                        "`nbgrader db upgrade`; else move it away, or give --course the folder of another class.") from None
    finally:
        engine.dispose()

    _refuse_another_course(directory, courses | set(assignments.values()), set(assignments))


def _refuse_another_course(directory: CourseDirectory, courses: set[str], assignments: set[str]) -> None:
    others = courses - _ANY_COURSE - {directory.course_id}
    if others and directory.course_id not in courses:
        raise UserError(f"{_where(directory)} belongs to the course {', '.join(sorted(others))}, and this is {directory.course_id}. Move it away, "
                        f"give --course the folder of another class, or set c.CourseDirectory.course_id in that folder's {CONFIG}.")
    if assignments and not assignments & set(places.lessons()):
        raise UserError(f"{_where(directory)} belongs to another course: it knows {', '.join(sorted(assignments)[:3])} and no lesson of this one. "
                        "Move it away, or give --course the folder of another class.")


def _where(directory: CourseDirectory) -> str:
    url = make_url(directory.db_url)
    return url.database if url.get_backend_name() == "sqlite" and url.database else url.render_as_string(hide_password=True)


class OneTransaction(Gradebook):
    """A gradebook whose commits wait for ``save``."""

    def __init__(self, directory: CourseDirectory):
        super().__init__(directory.db_url, directory.course_id)
        self.save = self.db.commit
        self.db.commit = self.db.flush


@contextmanager
def opened(course: Course) -> Iterator[tuple[OneTransaction, Config, CourseDirectory]]:
    """A course's gradebook with its settings; raises UserError where it cannot be read or written."""
    config = settings(course)
    directory = CourseDirectory(config=config)
    try:
        with OneTransaction(directory) as gradebook:
            yield gradebook, config, directory
    except (OperationalError, InvalidEntry) as error:  # the second is what nbgrader makes of the first in places
        raise _out_of_reach(directory, error) from None


def _out_of_reach(directory: CourseDirectory, error: Exception) -> UserError:
    reason = str(error).splitlines()[0]
    return UserError(f"{_where(directory)} cannot be read or written: {reason}. See that its folder can be written and that nothing else writes "
                     "to it, then run the same command again: nothing graded is lost.")
