"""What an exercise still lacks: its source, its hidden tests, its variants, its reference. Files are read, never run.

Each sentence is the fact, then the next step. A question (``q1``, ``q2``, …) is an exercise that returns the letter of a choice: it has
neither hints nor a reference, and one right answer. A place that a stub leaves for its author to fill in is written ``<<what belongs here>>``.
"""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jupytext
from nbformat import NotebookNode

VARIANTS = 3  # misconceptions and alternatives that an exercise has
HINTS = 3
_QUESTION = re.compile(r"q\d+")
_TO_FILL_IN = re.compile(r"<<\w[^<>\n]*>>")
_HINT = re.compile(r"<summary>\s*Hint (\d)\b")


def missing(root: Path, lesson: str, exercise: str) -> list[str]:
    """What the exercise of the checkout at ``root`` lacks before it may be given to learners; none if it is complete."""
    source, grader, variants = lesson_files(root, lesson)
    return [*_in_source(root, source, exercise), *_in_grader(root, grader, exercise), *_in_variants(root, variants, exercise),
            *_in_reference(root, exercise), *(fault for path in (source, grader, variants) for fault in _left_to_fill_in(root, path))]


def remarks(root: Path, lesson: str, exercise: str) -> list[str]:
    """What an author may have good reason to leave as it is."""
    if decorated(lesson_files(root, lesson)[2], "misconception", exercise) == VARIANTS - 1:
        return [f"`{exercise}` has {VARIANTS - 1} misconceptions: add a third, unless it would be an invented one."]
    return []


def is_question(exercise: str) -> bool:
    """Whether an exercise is a question, by its name."""
    return _QUESTION.fullmatch(exercise) is not None


def alternatives(exercise: str) -> int:
    """How many rightful alternatives an exercise has."""
    return 1 if is_question(exercise) else VARIANTS


def lesson_files(root: Path, lesson: str) -> tuple[Path, Path, Path]:
    """A lesson's source, hidden grader and variants, whether or not they are there."""
    return root / "solutions" / f"{lesson}.py", root / "tests" / "graders" / f"{lesson}.py", root / "tests" / "misconceptions" / f"{lesson}.py"


def exercises_of(source: Path) -> list[str]:
    """The exercises that a lesson's source asks for, in order."""
    return [cell.metadata["exercise"] for cell in _cells(source) if "exercise" in cell.metadata]


def definition(source: Path, exercise: str) -> ast.FunctionDef | None:
    """The function of an exercise's answer cell, None where there is none to be read."""
    for cell in _cells(source):
        if cell.metadata.get("exercise") == exercise:
            return next((node for node in _functions(_tree(cell.source)) if node.name == exercise), None)
    return None


def decorated(path: Path, decorator: str, exercise: str) -> int:
    """How many functions of a file carry ``@decorator("exercise", …)``."""
    def names_it(node: ast.expr) -> bool:
        return (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == decorator
                and bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == exercise)

    return sum(any(map(names_it, function.decorator_list)) for function in _functions(_tree(_text(path))))


def _in_source(root: Path, source: Path, exercise: str) -> Iterator[str]:
    place, cells = source.relative_to(root), _cells(source)
    at = next((i for i, cell in enumerate(cells) if cell.metadata.get("exercise") == exercise), None)
    if at is None:
        yield f'{place} does not ask for `{exercise}`: add a cell `# %% exercise="{exercise}"`.'
        return

    yield from _in_contract(place, definition(source, exercise), exercise)
    if not is_question(exercise):
        yield from _in_hints(place, cells[at + 1:], exercise)
    yield from _in_check(place, [cell for cell in cells if cell.metadata.get("check") == exercise], exercise)
    if not any(cell.metadata.get("why") == exercise and cell.source.strip() for cell in cells):
        yield f'{place} does not say why the answer of `{exercise}` is right: add a cell `# %% [markdown] why="{exercise}"` below its answer.'


def _in_contract(place: Path, function: ast.FunctionDef | None, exercise: str) -> Iterator[str]:
    if function is None:
        yield f"{place}: the answer cell of `{exercise}` defines no such function: write `def {exercise}(…):` outside the solution region."
        return
    contract = ast.get_docstring(function)
    if not contract:
        yield f"{place}: `{exercise}` has no docstring: write the contract, from which alone a stranger could answer."
        return
    if is_question(exercise):
        return
    parameters = re.split(r"^(?:Returns|Yields|Raises|Examples)$", contract, maxsplit=1, flags=re.MULTILINE)[0]
    for argument in (node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)):
        if not re.search(rf"\b{argument}\b", parameters):
            yield f"{place}: the contract of `{exercise}` does not say what `{argument}` is: add it under Parameters, with shape and unit."
    answers = any(isinstance(node, ast.Return | ast.Yield) and node.value for node in ast.walk(function))
    if answers and not re.search(r"^(Returns|Yields)$", contract, re.MULTILINE):
        yield f"{place}: the contract of `{exercise}` does not say what comes back: add a section Returns, with type, shape and unit."
    if ">>>" not in contract:
        yield f"{place}: the contract of `{exercise}` has no example: add a section Examples."


def _in_hints(place: Path, after: list[NotebookNode], exercise: str) -> Iterator[str]:
    end = next((i for i, cell in enumerate(after) if "exercise" in cell.metadata), len(after))
    hints = {int(n) for cell in after[:end] if cell.cell_type == "markdown" for n in _HINT.findall(cell.source)}
    for number in sorted(set(range(1, HINTS + 1)) - hints):
        yield f"{place} gives no hint {number} to `{exercise}`: add `<details><summary>Hint {number}: …</summary>` below its check."


def _in_check(place: Path, checks: list[NotebookNode], exercise: str) -> Iterator[str]:
    if not checks:
        yield f'{place} has no visible check of `{exercise}`: add a cell `# %% check="{exercise}" points=…`.'
        return
    asserts = [node for node in ast.walk(_tree(checks[0].source)) if isinstance(node, ast.Assert)]
    if not asserts:
        yield f"{place}: the visible check of `{exercise}` asserts nothing: assert type, shape and one worked value."
    if any(node.msg is None for node in asserts):
        yield f"{place}: an assert in the visible check of `{exercise}` has no message: say the fact, then the next step."


def _in_grader(root: Path, grader: Path, exercise: str) -> Iterator[str]:
    if not decorated(grader, "grades", exercise):
        yield f'{grader.relative_to(root)} has no hidden test of `{exercise}`: add a test marked `@grades("{exercise}")`.'


def _in_variants(root: Path, path: Path, exercise: str) -> Iterator[str]:
    place = path.relative_to(root)
    wrong, right = decorated(path, "misconception", exercise), decorated(path, "alternative", exercise)
    if wrong < VARIANTS - 1:
        yield f"{place} has {wrong} misconceptions of `{exercise}`: write {VARIANTS}, each with its hint."
    if right < alternatives(exercise):
        yield f"{place} has {right} rightful alternatives of `{exercise}`: write {alternatives(exercise)}, really different."


def _in_reference(root: Path, exercise: str) -> Iterator[str]:
    if is_question(exercise):
        return
    folder = root / "reference_impl"
    topics = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    if not any(function.name == exercise for path in topics for function in _functions(_tree(_text(path)))):
        yield f"reference_impl has no function `{exercise}`: write it into the module of its topic."
    elif exercise not in _names(_tree(_text(folder / "__init__.py"))):
        yield f"reference_impl does not export `{exercise}`: import it in reference_impl/__init__.py."
    if not any(exercise in _names(_tree(_text(path))) for path in (root / "tests" / "reference_impl").glob("test_*.py")):
        yield f"tests/reference_impl has no test of `{exercise}`: add laws and one number worked by hand."


def _left_to_fill_in(root: Path, path: Path) -> Iterator[str]:
    found = [(number, place) for number, line in enumerate(_text(path).splitlines(), 1) for place in _TO_FILL_IN.findall(line)]
    if found:
        number, place = found[0]
        count = "1 place" if len(found) == 1 else f"{len(found)} places"
        yield f"{path.relative_to(root)} has {count} left to fill in, the first in line {number}: {place}. Replace every <<…>>."


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _cells(source: Path) -> list[NotebookNode]:
    return _cells_of(_text(source))


@lru_cache
def _cells_of(text: str) -> list[NotebookNode]:
    return jupytext.reads(text, fmt="py:percent").cells if text else []


def _tree(text: str) -> ast.Module:
    """The syntax tree; an empty one for text that is no Python, which then lacks everything."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _names(tree: ast.Module) -> set[str]:
    """Every name that is used, imported or asked of a module."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
    return found
