"""Derives what learners get from a lesson's single source.

``solutions/NN.py`` → ``build/source/NN/NN.ipynb`` (nbgrader's source notebook) → ``exercises/NN/NN.ipynb``, each with the lesson's
given modules beside it. The second step runs the preprocessors of ``nbgrader generate_assignment``, so that this command and that one
write the same bytes; for it ``nbgrader_config.py`` needs ``c.ClearSolutions.code_stub = {"python": CODE_STUB}`` and
``c.ClearSolutions.text_stub = TEXT_STUB``.
"""

import ast
import shutil
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from . import course
from .course import Lesson, suggestion
from .lesson_source import CODE_STUB, TEXT_STUB, DeriveError, SourceCell, lesson_cells

__all__ = ["CODE_STUB", "TEXT_STUB", "DeriveError", "check", "derive", "exercise_notebook", "source_notebook"]

NEXT_STEP = "run `python -m autograder derive`"
_NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_GIVEN_INIT = "# Copied from reference_impl by `python -m autograder derive`: change it there.\n"
_NOT_OURS = (".ipynb_checkpoints", "__pycache__")  # what Jupyter and Python leave behind; nbgrader ignores them as well


def derive(lessons: Iterable[str] | None = None) -> list[Path]:
    """Writes the derived files of the named lessons (all by default) and returns the paths it changed or removed.

    Everything is made before anything is written, so an error leaves all as it was. What is replaced or removed in exercises/ is kept in
    build/replaced/, since someone may have worked there. Raises DeriveError where a source makes no exercise.
    """
    named = [course.lesson(name) for name in (course.lessons() if lessons is None else lessons)]
    wanted = {path: content for lesson in named for path, content in _files(lesson).items()}

    changed = [path for path, content in wanted.items() if not _holds(path, content)]
    stale = _stale(named, wanted)

    for path in stale:
        _set_aside(path)
        _remove(path)
    for path in changed:
        _replace(path, wanted[path])
    return changed + stale


def check() -> list[str]:
    """What differs between exercises/ and what ``derive`` would write there; a sentence each, none if all is well."""
    root = course.repository()
    named = [course.lesson(name) for name in course.lessons()]
    wanted = {path: content for lesson in named for path, content in _files(lesson).items()
              if path.is_relative_to(root / "exercises")}

    def differences() -> Iterator[str]:
        for path, content in wanted.items():
            if not _holds(path, content):
                fact = "differs from its source" if path.exists() else "is missing"
                yield f"{path.relative_to(root)} {fact}: {NEXT_STEP}."
        for path in _stale(named, wanted):
            yield f"{path.relative_to(root)} belongs to no lesson: {NEXT_STEP} to remove it."

    return list(differences())


def source_notebook(lesson: Lesson) -> NotebookNode:
    """nbgrader's source notebook, answers included, made in memory. The caller owns the copy."""
    return deepcopy(_source_notebook(lesson_cells(lesson)))


def exercise_notebook(lesson: Lesson) -> NotebookNode:
    """The learner's notebook: answers cleared, cells locked, checksums set. The caller owns the copy."""
    return deepcopy(_exercise_notebook(lesson_cells(lesson)))


@lru_cache
def _source_notebook(cells: tuple[SourceCell, ...]) -> NotebookNode:
    return new_notebook(cells=[_node(cell) for cell in cells], metadata=deepcopy(_NOTEBOOK_METADATA), nbformat_minor=5)


@lru_cache
def _exercise_notebook(cells: tuple[SourceCell, ...]) -> NotebookNode:
    # Imported here because it takes a second that grading a notebook of one's own need not wait for.
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells
    from traitlets.config import Config

    settings = Config(ClearSolutions={"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB})
    notebook, resources = deepcopy(_source_notebook(cells)), {}
    for preprocessor in GenerateAssignment().preprocessors:
        if preprocessor is not SaveCells:  # it writes to the gradebook and leaves the notebook alone
            notebook, resources = preprocessor(config=settings).preprocess(notebook, resources)
    return notebook


def _node(cell: SourceCell) -> NotebookNode:
    nbgrader = {
        "grade": cell.points is not None,
        "grade_id": cell.id,
        "locked": cell.role in ("prose", "given", "check"),
        "schema_version": 3,
        "solution": cell.role in ("answer", "reflection"),
        "task": False,
    }
    if cell.points is not None:
        nbgrader["points"] = cell.points
    make = new_code_cell if cell.kind == "code" else new_markdown_cell
    return make(cell.source, id=cell.id, metadata={"nbgrader": nbgrader})


def _files(lesson: Lesson) -> dict[Path, bytes]:
    """Every derived file of a lesson by its path."""
    files = {lesson.source_notebook: _written(source_notebook(lesson)), lesson.exercise: _written(exercise_notebook(lesson))}
    for name, content in _given(lesson).items():
        for notebook in (lesson.source_notebook, lesson.exercise):
            files[notebook.parent / "given" / name] = content
    return files


def _written(notebook: NotebookNode) -> bytes:
    return (nbformat.writes(notebook, version=4) + "\n").encode()


def _given(lesson: Lesson) -> dict[str, bytes]:
    """The files of a lesson's given/ folder: copies of reference_impl's modules, complete in themselves."""
    folder = lesson.root / "reference_impl"
    where = f"solutions/{lesson.name}.py"
    for cell in lesson_cells(lesson):
        for module in _modules_of("given", cell.source if cell.kind == "code" else "") - set(lesson.given):
            raise DeriveError(f"{where} imports given.{module}, which its front matter does not name. "
                              f"Write `given: [{', '.join([*lesson.given, module])}]` there.")

    files = {"__init__.py": _GIVEN_INIT.encode()} if lesson.given else {}
    for module in lesson.given:
        path = folder / f"{module}.py"
        if not path.is_file():
            raise DeriveError(f"{where} is given {module!r}, but there is no reference_impl/{module}.py."
                              f"{suggestion(module, [p.stem for p in folder.glob('*.py')])} Mend `given` in its front matter.")
        _check_stands_alone(lesson, module, path.read_text(encoding="utf-8"))
        files[f"{module}.py"] = path.read_bytes()
    return files


def _check_stands_alone(lesson: Lesson, module: str, text: str) -> None:
    where = f"solutions/{lesson.name}.py is given {module!r}: reference_impl/{module}.py"
    if any(name.split(".")[0] == "reference_impl" for name in _imported(text)):
        raise DeriveError(f"{where} imports reference_impl by name, which learners have not. Import relatively: `from .x import y`.")
    for missing in sorted(_modules_of("", text) - set(lesson.given)):
        raise DeriveError(f"{where} imports .{missing}, which is not given. "
                          f"Write `given: [{', '.join([*lesson.given, missing])}]` in the front matter.")


def _modules_of(package: str, text: str) -> set[str]:
    """The modules of ``package`` that a text imports; of the text's own package, relatively, where ``package`` is empty."""
    dotted = [name.split(".") for name in _imported(text)]
    return {parts[1] for parts in dotted if parts[0] == package and any(parts[1:2])}


def _imported(text: str) -> set[str]:
    """The dotted names of all that a text imports; relative ones begin with a dot."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:  # a cell with magics
        return set()
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    origins = [("." * node.level + (node.module or ""), node.names) for node in nodes if isinstance(node, ast.ImportFrom)]
    return plain | {f"{origin.rstrip('.')}.{alias.name}" for origin, names in origins for alias in names}


def _stale(lessons: list[Lesson], wanted: dict[Path, bytes]) -> list[Path]:
    """What exercises/ holds of no lesson, and what the given lessons' folders hold that is not derived."""
    names = course.lessons()
    folders = [path for path in (course.repository() / "exercises").glob("*") if path.name not in names]
    within = [path for lesson in lessons for path in lesson.exercise.parent.rglob("*")
              if (path.is_symlink() or path.is_file()) and path not in wanted]
    return sorted(path for path in folders + within if not set(path.parts) & set(_NOT_OURS))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _replace(path: Path, content: bytes) -> None:
    if path.is_relative_to(course.repository() / "exercises") and path.exists():
        _set_aside(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _set_aside(path: Path) -> None:
    """Keeps a copy of a file or folder of exercises/ in build/replaced/, in place of the one kept there before."""
    root = course.repository()
    kept = root / "build" / "replaced" / path.relative_to(root)
    if kept.is_dir():
        shutil.rmtree(kept)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, kept, symlinks=True)
    else:
        shutil.copy2(path, kept, follow_symlinks=False)
