"""Reads Python out of notebook cells without running it: which names a cell binds, whether two cells say the same.

The text may be a learner's: broken, full of IPython magics, or made to break a parser.
"""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator

MAX_PARSED = 200_000  # characters; a syntax tree takes about a hundred times its text

# What ast.parse and ast.dump raise on hostile text; the last three by expressions nested some thousand levels deep.
_UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError, SystemError)
_PYTHON_CELL_MAGIC = re.compile(r"\A\s*%%(?:time|timeit|capture|prun)\b.*")
_MAGIC_LINE = re.compile(r"^([ \t]*)(?:[%!?].*|[\w.]+\?\??[ \t]*)$", re.MULTILINE)
_MAGIC_VALUE = re.compile(r"^([ \t]*\w+[ \t]*=)[ \t]*[%!].*$", re.MULTILINE)
_DEFINITION = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^(\w+)[ \t]*=(?!=)", re.MULTILINE)
_LOCAL_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def functions(source: str) -> set[str]:
    """The functions that a cell defines at its top level, by ``def`` or as a named lambda."""
    tree = _parsed(source)
    if tree is None:
        return set(_DEFINITION.findall(source))
    return set(_functions(tree.body))


def bound_names(source: str) -> set[str]:
    """Every name that a cell binds at its top level, be it by definition, assignment or import."""
    tree = _parsed(source)
    if tree is None:
        return set(_DEFINITION.findall(source)) | set(_ASSIGNMENT.findall(source))
    try:
        return set(_bound([tree]))
    except RecursionError:
        return set(_functions(tree.body))


def same_code(one: str, other: str) -> bool:
    """Whether two cells say the same apart from comments and blank lines."""
    if bare_lines(one) == bare_lines(other):
        return True
    trees = _parsed(one), _parsed(other)
    try:
        return None not in trees and ast.dump(trees[0]) == ast.dump(trees[1])
    except _UNPARSABLE:
        return False


def bare_lines(source: str) -> list[str]:
    """The lines that are neither blank nor a comment alone, without white space at their ends."""
    return [line.rstrip() for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _parsed(source: str) -> ast.Module | None:
    """The syntax tree, with magics blanked where they are in the way; None where there is none to be had."""
    if len(source) > MAX_PARSED:
        return None
    for text in (source, _without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # invalid escapes in a learner's strings
                return ast.parse(text)
        except _UNPARSABLE:
            continue
    return None


def _without_magics(source: str) -> str:
    source = _PYTHON_CELL_MAGIC.sub("", source)
    return _MAGIC_VALUE.sub(r"\1 None", _MAGIC_LINE.sub(r"\1pass", source))


def _functions(statements: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield statement.name
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif not isinstance(node, _LOCAL_SCOPES):
            yield from _bound(ast.iter_child_nodes(node))
