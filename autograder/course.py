"""Where things are: the lessons of this checkout, and the folders of an nbgrader course directory.

Paths are absolute or relative as they were given; nothing here follows a symbolic link of a learner's.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class UserError(Exception):
    """A mistake that whoever called us can mend: the message is the fact, then the next step; the exit code is 2."""


@dataclass(frozen=True)
class Lesson:
    """One lesson of the checkout at ``root``; ``given`` names the modules of reference_impl that its folder gets copies of."""

    name: str
    title: str
    given: tuple[str, ...]
    root: Path

    @property
    def source(self) -> Path:
        """The single source, in percent format."""
        return self.root / "solutions" / f"{self.name}.py"

    @property
    def source_notebook(self) -> Path:
        """nbgrader's source notebook, derived and not committed."""
        return self.root / "build" / "source" / self.name / f"{self.name}.ipynb"

    @property
    def exercise(self) -> Path:
        """The notebook that learners get, derived and committed."""
        return self.root / "exercises" / self.name / f"{self.name}.ipynb"

    @property
    def grader(self) -> Path:
        """The hidden grader."""
        return self.root / "tests" / "graders" / f"{self.name}.py"

    @property
    def misconceptions(self) -> Path:
        """The named wrong answers and the rightful alternatives."""
        return self.root / "tests" / "misconceptions" / f"{self.name}.py"


@dataclass(frozen=True)
class Course:
    """An nbgrader course directory."""

    root: Path

    @property
    def submitted(self) -> Path:
        """What learners handed in: ``<student>/<lesson>/<lesson>.ipynb``."""
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        """The rebuilt notebooks with their outputs, laid out as ``submitted``."""
        return self.root / "autograded"

    @property
    def feedback(self) -> Path:
        """One HTML page a submission."""
        return self.root / "feedback"

    @property
    def release(self) -> Path:
        """What learners get."""
        return self.root / "exercises"

    @property
    def records(self) -> Path:
        """One JSON a graded submission."""
        return self.root / "records"

    @property
    def reports(self) -> Path:
        """One HTML page a lesson."""
        return self.root / "reports"

    @property
    def grades(self) -> Path:
        """The table of points."""
        return self.root / "grades.csv"

    @property
    def gradebook(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def submission(self, student: str, lesson: Lesson) -> Path:
        """Where nbgrader puts a student's notebook, whether or not it is there."""
        return self.submitted / student / lesson.name / f"{lesson.name}.ipynb"

    def students(self, lesson: Lesson) -> list[str]:
        """Who handed in something for a lesson, sorted.

        An empty folder counts, and so does a symbolic link in place of a folder: each gets its verdict from ``rebuild``.
        """
        if not self.submitted.is_dir():
            return []
        return sorted(entry.name for entry in self.submitted.iterdir() if _handed_in(entry, lesson))


def _handed_in(entry: Path, lesson: Lesson) -> bool:
    if entry.name.startswith("."):
        return False
    folder = entry / lesson.name
    return entry.is_symlink() or folder.is_symlink() or folder.is_dir()


def repository() -> Path:
    """The root of this checkout, which holds solutions/, exercises/ and tests/."""
    return Path(__file__).resolve().parents[1]


def lessons() -> list[str]:
    """The names of all lessons, in order."""
    return sorted(path.stem for path in (repository() / "solutions").glob("*.py"))


def lesson(name: str) -> Lesson:
    """The lesson of that name.

    Raises UserError for a name that no lesson has, and for a source without a proper front matter.
    """
    if name not in lessons():
        raise UserError(f"There is no lesson {name!r}.{suggestion(name, lessons())} "
                        f"The lessons are: {', '.join(lessons()) or 'none yet; add one to solutions/'}.")

    root = repository()
    course = _front_matter(root / "solutions" / f"{name}.py")
    return Lesson(name, course["title"], tuple(course["given"]), root)


def suggestion(name: str, names: Iterable[str]) -> str:
    """`` Did you mean 'x'?``, or nothing where no name is near."""
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.4)
    return f" Did you mean {near[0]!r}?" if near else ""


def _front_matter(source: Path) -> dict:
    """What stands under ``jupyter: course:``, checked: ``title`` is a text, ``given`` a list of distinct module names."""
    header = _yaml_header(source)
    for key in ("jupyter", "course"):
        header = header.get(key) if isinstance(header, dict) else None
    course = header if isinstance(header, dict) else {}
    title, given = course.get("title"), course.get("given") or []
    where = f"{source.parent.name}/{source.name}"

    if not isinstance(title, str) or not title.strip():
        raise UserError(f"{where} has no title. Add `jupyter: course: title: …` to the comment it opens with.")
    if not isinstance(given, list) or not all(isinstance(name, str) and name.isidentifier() for name in given):
        raise UserError(f"{where}: given={given!r} is not a list of modules. Write `given: [name, name]`, without `.py`.")
    if len(set(given)) < len(given):
        raise UserError(f"{where}: given={given!r} names a module twice. Name each once.")

    return {"title": title, "given": given}


def _yaml_header(source: Path) -> Any:
    """What the YAML between the first two ``# ---`` lines says; None where there is none."""
    opening, *lines = source.read_text(encoding="utf-8").splitlines() or [""]
    if opening != "# ---" or "# ---" not in lines:
        return None

    text = "\n".join(line[2:] for line in lines[:lines.index("# ---")])
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UserError(f"{source.parent.name}/{source.name}: its front matter is no YAML: {error}") from None
