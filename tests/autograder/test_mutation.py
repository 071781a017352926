"""Mutants: each operator makes what it says, and nothing outside the solution changes."""

import ast

import pytest

from autograder import course
from autograder.answered import answers
from autograder.mutation import mutants


def bodies(solution: str, signature: str = "f(x, y, n)") -> set[str]:
    """The bodies of the mutants of a function whose solution is given, line breaks as ``; ``."""
    lines = "\n".join(f"    {line}" for line in solution.splitlines())
    answer = f'def {signature}:\n    """1 + 1"""\n    ### BEGIN SOLUTION\n{lines}\n    ### END SOLUTION\n'
    return {"; ".join(ast.unparse(s).replace("\n   ", "") for s in ast.parse(mutant.source).body[0].body[1:]) for mutant in mutants(answer)}


@pytest.mark.parametrize(("solution", "expected"), [
    ("return x + y", {"return x - y"}),
    ("return x / y", {"return x * y", "return x // y"}),
    ("return x // y", {"return x / y", "return x * y"}),
    ("return x ** y", {"return x * y"}),
    ("return x % y", {"return x // y"}),
    ("return x @ y", {"return x * y"}),
    ("return x & y", {"return x | y"}),
    ("return x and y", {"return x or y"}),
    ("return -x", {"return x"}),
    ("return not x", {"return x"}),
    ("return x < y", {"return x <= y", "return x >= y"}),
    ("return x >= y", {"return x > y", "return x < y"}),
    ("return x == y", {"return x != y"}),
    ("return x is y", {"return x is not y"}),
    ("return x in y", {"return x not in y"}),
    ("return x, y", {"return (y, x)"}),
    ("return x(y, n)", {"return x(n, y)", "return y"}),
    ("return x(y, key=n)", {"return x(y)", "return y"}),
    ("return x.copy()", {"return x"}),
    ("return x[y]", {"return x[y + 1]", "return x[y - 1]"}),
    ("return x[y, n:]", {"return x[y + 1, n:]", "return x[y - 1, n:]", "return x[y, n + 1:]", "return x[y, n - 1:]", "return x[n:, y]"}),
    ("return range(n)", {"return range(n + 1)", "return range(n - 1)", "return n"}),
    ("return len(x)", {"return len(x) + 1", "return len(x) - 1"}),
    ("return 3", {"return 4", "return 2", "return 6", "return 0", "return 1"}),
    ("return 0.5", {"return 1.5", "return -0.5", "return 1.0", "return 0.0"}),
    ("return 2j", {"return 4j", "return 0j", "return 2.0"}),
    ("return True", {"return False"}),
    ("return 'same'", {"return ''", "return 'XXsame'", "return 'full'"}),
    ("return f'{x}.png'", {"return f'{x}'", "return f'{x}XX.png'"}),
    ("return x if y else n", {"return x if not y else n", "return x if True else n", "return x if False else n"}),
    ("return [x for x in y if n]", {"return [x for x in y if not n]", "return [x for x in y if True]", "return [x for x in y if False]"}),
])
def test_an_expression_becomes(solution, expected):
    assert bodies(solution) - {"pass"} == expected


@pytest.mark.parametrize(("solution", "expected"), [
    ("x += y", {"pass", "x = y", "x -= y"}),
    ("x.sort()", {"pass", "x"}),
    ("return x", {"pass"}),
    ("if x:\n    return y", {"pass", "if True: return y", "if False: return y", "if not x: return y", "if x: pass"}),
    ("if x < y:\n    return n", {"pass", "if True: return n", "if False: return n", "if x <= y: return n", "if x >= y: return n", "if x < y: pass"}),
    ("while x:\n    x.pop()", {"pass", "while False: x.pop()", "while not x: x.pop()", "while x: pass", "while x: x"}),
    ("for x in y:\n    break", {"pass", "for x in y: pass", "for x in y: continue"}),
    ("raise ValueError(f'{x + 1} is wrong')", {"pass"}),
    ("import numpy", set()),
])
def test_a_statement_becomes(solution, expected):
    assert {" ".join(body.split()) for body in bodies(solution)} == expected


@pytest.mark.parametrize("solution", ["return min(x, y)", "return np.array_equal(x, y)"])
def test_the_order_of_equals_is_left_alone(solution):
    assert not any("(y, x)" in body for body in bodies(solution))


@pytest.mark.parametrize("solution", ["return float(x)", "return np.asarray(x)"])
def test_a_call_that_shows_nowhere_is_left_alone(solution):
    assert bodies(solution) == {"pass"}


def test_only_the_solution_changes():
    answer = "LIMIT = 3\n\ndef f(x=1):\n    '''2'''\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\ndef g():\n    return 4\n"
    (mutant,) = mutants(answer)
    assert mutant.source == ast.unparse(ast.parse(answer.replace("return x", "pass")))


def test_a_diff_shows_the_lines_that_differ():
    diffs = [mutant.diff for mutant in mutants("def f(x):\n    ### BEGIN SOLUTION\n    y = x\n    return y * x\n    ### END SOLUTION\n")]
    assert diffs == ["- y = x\n+ pass", "- return y * x\n+ pass", "- return y * x\n+ return y / x"]


@pytest.mark.parametrize("lesson", course.lessons())
def test_mutants_of_the_answers_differ_from_all_others_and_compile(lesson):
    for exercise, answer in answers(course.lesson(lesson)).items():
        sources = [mutant.source for mutant in mutants(answer)]
        assert sources, f"{exercise} has no mutants"
        assert len({*sources, ast.unparse(ast.parse(answer))}) == len(sources) + 1, f"{exercise}: two mutants are one"
        for source in sources:
            compile(source, exercise, "exec")
