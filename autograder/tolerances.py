"""The tolerances of the graders and the two figures that stand beside each: ``python -m autograder.tolerances [LESSON ...]`` prints the table.

A tolerance is ``atol=`` or ``rtol=`` of a call, or a float (a literal, or a constant of the module) that an assertion compares with by < or >.
Its figures are a sentence of a comment: the worst acceptable figure, a semicolon, the mildest wrong one, each followed by what it is of:

    SINE = 3e-3  # 2.4e-4 (float32); 7.8e-2 (linspace)
    # In Hz: 0.34 (largest bin of a padded spectrum, while a parabola errs by 0.086); 0.67 (padded too little)
    # 0 (all rightful ones); none (the others fail by their shape)

It stands at the tolerance's own line or above it in its function, above the function, beside the constant, or in the comment that opens the
exercise's part of the file (``# sine. Relative: …``). Tolerances of a million and more only ask for type and shape.
"""

import argparse
import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import course
from .course import UserError

NO_TOLERANCE = 1e6
ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_SENTENCE_END = re.compile(r"\.(?:\s|$)")


@dataclass(frozen=True)
class Figures:
    """What a comment says: the two figures and their unit as written; the ratio of mildest to worst where both are numbers above 0."""

    unit: str
    worst: str
    mildest: str

    @property
    def ratio(self) -> float | None:
        numbers = [_NUMBER.match(text) for text in (self.worst, self.mildest)]
        worst, mildest = (float(number[0].replace("−", "-")) if number else 0.0 for number in numbers)
        return mildest / worst if worst > 0 and mildest > 0 else None


@dataclass(frozen=True)
class Tolerance:
    """One tolerance of a grader: its line, function and text, and its figures where it has any."""

    line: int
    function: str
    text: str
    figures: Figures | None


def graders_of(root: Path) -> list[Path]:
    """The graders of a checkout, in order."""
    return sorted((root / "tests" / "graders").glob("[0-9]*.py"))


def bare(grader: Path) -> list[str]:
    """A line for each tolerance of a grader that has no figures."""
    return [f"{grader.name}:{one.line}: {one.text} in {one.function} has no figures beside it; "
            "write `# worst acceptable (of what); mildest wrong (of what)`" for one in tolerances(grader.read_text(encoding="utf-8")) if one.figures is None]


def figures(comment: str) -> Figures | None:
    """The figures in a comment's text, None where it has none of the agreed form."""
    for sentence in _SENTENCE_END.split(_without_brackets(comment)):
        before, semicolon, after = sentence.partition(";")
        unit, _, worst = before.rpartition(":")
        if semicolon and after.strip() and _NUMBER.match(worst.strip()):
            return Figures(unit.strip(), worst.strip(), after.partition(",")[0].strip())
    return None


def _without_brackets(text: str) -> str:
    shorter = re.sub(r"\s*\([^()]*\)", "", text)
    return text if shorter == text else _without_brackets(shorter)


def tolerances(source: str) -> list[Tolerance]:
    """The tolerances of a grader, in the order of its lines."""
    return _Grader(source).tolerances()


class _Grader:
    def __init__(self, source: str):
        self.tree = ast.parse(source)
        self.lines = source.splitlines()
        self.comments = {token.start[0]: token.string.lstrip("# ") for token in tokenize.generate_tokens(io.StringIO(source).readline)
                         if token.type == tokenize.COMMENT}
        self.alone = {line for line in self.comments if self.lines[line - 1].lstrip().startswith("#")}
        self.constants = {node.targets[0].id: node for node in self.tree.body if isinstance(node, ast.Assign)
                          and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()}

    def tolerances(self) -> list[Tolerance]:
        found = {}
        for function in (node for node in self.tree.body if isinstance(node, ast.FunctionDef)):
            for statement, value in self._values(function):
                found[value.lineno, value.col_offset] = Tolerance(value.lineno, function.name, ast.unparse(value),
                                                                  self._figures(function, statement, value))
        return [found[place] for place in sorted(found)]

    def _values(self, function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, ast.expr]]:
        """(the innermost statement, the expression) of each tolerance in a function."""
        parameters = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
        for statement in ast.walk(function):
            if not isinstance(statement, ast.stmt) or isinstance(statement, ast.FunctionDef):
                continue
            for node in _own_nodes(statement):
                if isinstance(node, ast.keyword) and node.arg in ("atol", "rtol") and not self._is_none(node.value, parameters):
                    yield statement, node.value
            for node in _own_nodes(statement.test) if isinstance(statement, ast.Assert) else ():
                if isinstance(node, ast.Compare) and isinstance(node.ops[0], ORDERS):
                    yield from ((statement, side) for side in (node.left, *node.comparators) if self._is_bound(side))

    def _is_none(self, value: ast.expr, parameters: set[str]) -> bool:
        passed_on = isinstance(value, ast.Name) and value.id in parameters
        return passed_on or (isinstance(value, ast.Constant) and not 0 < value.value < NO_TOLERANCE)

    def _is_bound(self, side: ast.expr) -> bool:
        """Whether one side of a comparison holds a float of ours other than 0 and 1, the ends of a scale, outside of calls."""
        pending, floats = [side], []
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                floats.append(node.value)
            if isinstance(node, ast.Name) and node.id in self.constants and any(
                    isinstance(part, ast.Constant) and isinstance(part.value, float) for part in ast.walk(self.constants[node.id].value)):
                floats.append(float("nan"))
            if isinstance(node, (ast.BinOp, ast.UnaryOp)):
                pending += ast.iter_child_nodes(node)
        return any(value not in (0.0, 1.0) for value in floats)

    def _figures(self, function: ast.FunctionDef, statement: ast.stmt, value: ast.expr) -> Figures | None:
        first = min(decorator.lineno for decorator in [*function.decorator_list, function])
        names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name) and node.id in self.constants]
        places = [range(statement.lineno, statement.end_lineno + 1), reversed(range(first, statement.lineno)), self._above(first)]
        places += [[*self._above(self.constants[name].lineno), self.constants[name].lineno] for name in names]
        places += [self._part(function)]
        for place in places:
            for block in self._blocks(list(place)):
                if found := figures(block):
                    return found
        return None

    def _blocks(self, lines: list[int]) -> Iterator[str]:
        """The comments on some lines, those on lines of their own joined with their neighbours, nearest first."""
        seen: set[int] = set()
        for line in lines:
            if line not in self.comments or line in seen:
                continue
            start = end = line
            while line in self.alone and start - 1 in self.alone:
                start -= 1
            while line in self.alone and end + 1 in self.alone:
                end += 1
            seen |= set(range(start, end + 1))
            yield " ".join(self.comments[number] for number in range(start, end + 1))

    def _above(self, line: int) -> list[int]:
        return [line - 1] if line - 1 in self.alone else []

    def _part(self, function: ast.FunctionDef) -> list[int]:
        """The comment that opens the part of the file on the exercise that a function grades: ``# <exercise>. …``."""
        exercises = [call.args[0].value for call in function.decorator_list if isinstance(call, ast.Call) and ast.unparse(call.func) == "grades"]
        before = [line for line in self.alone if line < function.lineno and self.lines[line - 1].startswith("#") and line - 1 not in self.alone]
        return [line for line in reversed(sorted(before)) if exercises and self.comments[line].startswith(f"{exercises[0]}.")]


def _own_nodes(root: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement or an expression without those of the statements in it."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)]


def main(argv: list[str] | None = None) -> int:
    """Prints the table of some lessons or of all; 1 where a tolerance has no figures."""
    parser = argparse.ArgumentParser(prog="python -m autograder.tolerances", description="Prints the graders' tolerances and their figures.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all")
    arguments = parser.parse_args(argv)
    try:
        graders = [course.lesson(name).grader for name in arguments.lessons] or graders_of(course.repository())
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    for grader in graders:
        _print_table(grader)
    faults = [line for grader in graders for line in bare(grader)]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


def _print_table(grader: Path) -> None:
    print(f"\n{grader.stem}\n{'line':>4}  {'tolerance':24} {'worst acceptable':40} {'mildest wrong':32} {'ratio':>9}  test")
    for one in tolerances(grader.read_text(encoding="utf-8")):
        if one.figures:
            unit = f"{one.figures.unit}: " if one.figures.unit else ""
            ratio = f"{one.figures.ratio:.2g}" if one.figures.ratio else "-"
            print(f"{one.line:4}  {one.text:24.24} {unit + one.figures.worst:40.40} {one.figures.mildest:32.32} {ratio:>9}  {one.function}")


if __name__ == "__main__":
    sys.exit(main())
