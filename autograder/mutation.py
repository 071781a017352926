"""Mutants of an answer: its solution with one small thing changed, by syntax tree.

Changed are operators, comparisons, conditions, constants, counts and indices by one, the order of arguments, a call's keywords, the calls
around a value, and whole statements. Only what stands between the solution's markers is touched, and no text of an error message.
The ready-made libraries (mutmut, cosmic-ray, mutatest, poodle) change files and run a test suite on each; here a judge takes functions.
"""

import ast
import copy
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .lesson_source import BEGIN, END

OPERATORS = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult, ast.FloorDiv), ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitAnd,), ast.LShift: (ast.RShift,), ast.RShift: (ast.LShift,),
}
# First what differs at the boundary, then the opposite.
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}
# Another choice of the same kind: a text that is no choice at all is told by the library, whatever the grader.
CHOICES = {"same": "full", "hann": "hamming", "wb": "ab", "w": "a", "L": "RGB", "time": "s", "mel": "linear"}
COUNTS = {"len", "round"}  # calls that tell how many
COUNTED = {"range", "arange", "zeros", "ones", "empty", "full"}  # calls that are told how many
SYMMETRIC = {"min", "max", "minimum", "maximum", "array_equal"}  # the order of their arguments plays no part
# These calls show nowhere: what crosses the wall to the judge is normalised, and lists pass where arrays are meant.
NORMALISED = {"float", "bool", "array", "asarray", "list", "tuple"}


@dataclass(frozen=True)
class Mutant:
    """One changed answer: the whole cell's ``source``, and the lines that differ, each after ``- `` or ``+ ``."""

    source: str
    diff: str


def mutants(answer: str) -> list[Mutant]:
    """The distinct mutants of an answer cell, in the order of its lines; comments and layout are lost. Each one compiles."""
    tree, inside = ast.parse(answer), _lines_of_solution(answer)
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for old, new in _changes(tree, inside):
        changed = ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree, {id(old): new})))
        if changed != original and changed not in found and _compiles(changed):
            found[changed] = Mutant(changed, _diff(original, changed))
    return list(found.values())


def _lines_of_solution(answer: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(answer.splitlines(), 1):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside:
            lines.add(number)
    return lines


def _changes(tree: ast.Module, inside: set[int]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """(node, what to put in its place), statements before what stands in them."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        placed = node.target if isinstance(node, ast.comprehension) else node
        if getattr(placed, "lineno", 0) in inside:
            yield from ((node, new) for new in _statement(node))
            yield from ((node, new) for new in _expression(node))
            yield from _parts(node)
        if not isinstance(node, ast.Raise):
            pending.extend(reversed(list(ast.iter_child_nodes(node))))


def _statement(node: ast.AST) -> Iterator[ast.stmt]:
    """Dropped; for ``break`` and ``continue`` the other one, for ``y += x`` a plain assignment."""
    if isinstance(node, ast.stmt) and not isinstance(node, (ast.Pass, ast.FunctionDef, ast.Import, ast.ImportFrom)):
        yield ast.Pass()
    match node:
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.Assign([target], value)
            yield from (ast.AugAssign(target, other(), value) for other in OPERATORS.get(type(op), ()))


def _expression(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            yield from (ast.BinOp(left, other(), right) for other in OPERATORS.get(type(op), ()))
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.Compare(left=left, ops=[op], comparators=right):
            yield from (ast.Compare(left, [other()], right) for other in COMPARISONS[type(op)])
        case ast.Constant(value=value):
            yield from (ast.Constant(other) for other in _other_values(value))
        case ast.Call():
            yield from _calls(node)
        case ast.Tuple(elts=elements, ctx=ast.Load()):
            yield from (ast.Tuple(list(swapped), ast.Load()) for swapped in _swapped(elements))


def _calls(call: ast.Call) -> Iterator[ast.expr]:
    """Two neighbouring arguments swapped, a keyword left out, the first argument or the object of a method alone."""
    plain = not any(isinstance(argument, ast.Starred) for argument in call.args)
    if plain and _name(call) not in SYMMETRIC:
        yield from (ast.Call(call.func, list(swapped), call.keywords) for swapped in _swapped(call.args))
    for keyword in call.keywords:
        yield ast.Call(call.func, call.args, [other for other in call.keywords if other is not keyword])
    if plain and call.args and _name(call) not in NORMALISED | {"len"}:
        yield call.args[0]
    if isinstance(call.func, ast.Attribute) and not call.args:
        yield call.func.value


def _parts(node: ast.AST) -> Iterator[tuple[ast.AST, ast.expr]]:
    """Changes of a part that depend on where it stands: counts and indices by one, conditions forced or negated."""
    match node:
        case ast.Subscript(slice=ast.Tuple(elts=places)):
            yield from _off_by_one(places)
        case ast.Subscript(slice=place):
            yield from _off_by_one([place])
        case ast.Call(args=arguments) if _name(node) in COUNTED | COUNTS:
            yield from _off_by_one([node] if _name(node) in COUNTS else arguments)
    for condition in [node.test] if isinstance(node, (ast.If, ast.IfExp, ast.While)) else getattr(node, "ifs", []):
        if not isinstance(condition, ast.Compare):  # of those, the opposite is among its comparisons
            yield condition, ast.UnaryOp(ast.Not(), condition)
        yield from ((condition, ast.Constant(forced)) for forced in ((False,) if isinstance(node, ast.While) else (True, False)))


def _off_by_one(places: Iterable[ast.expr]) -> Iterator[tuple[ast.expr, ast.expr]]:
    for place in places:
        if isinstance(place, ast.Slice):
            yield from _off_by_one(bound for bound in (place.lower, place.upper) if bound is not None)
        elif isinstance(place, (ast.Name, ast.BinOp, ast.Call, ast.Attribute)):  # a constant has neighbours of its own
            yield from ((place, ast.BinOp(place, operator, ast.Constant(1))) for operator in (ast.Add(), ast.Sub()))


def _other_values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield from (value + 1, value - 1, 2 * value, type(value)(0), type(value)(1))
    elif isinstance(value, complex):
        yield from (2 * value, 0j, value.imag)
    elif isinstance(value, str):
        yield from ("", "XX" + value)
        if value in CHOICES:
            yield CHOICES[value]


def _swapped(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for i in range(len(items) - 1):
        yield [*items[:i], items[i + 1], items[i], *items[i + 2:]]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _diff(original: str, changed: str) -> str:
    lines = difflib.unified_diff(original.splitlines(), changed.splitlines(), n=0, lineterm="")
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in list(lines)[2:] if not line.startswith("@@"))
