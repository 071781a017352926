"""What the commands print: tables of points and hints, worked answers; in colour on a terminal."""

from rich.console import Console
from rich.table import Table

from .record import Exercise, Result
from .solution import Solution

STYLES = {"passed": "green", "failed": "yellow", "error": "red", "timeout": "red", "killed": "red", "not_attempted": "dim"}
WORDS = {"not_attempted": "not attempted"}


def show_result(console: Console, result: Result) -> None:
    """One learner's own result: a row an exercise with points and hints, remarks, the sum."""
    if result.status != "graded":
        console.print(f"[red]{result.submission}: {result.status}.[/red] ", end="")
        console.print(result.error, markup=False)
        return
    table = Table(title=f"{result.assignment}: {result.score:g} of {result.max_score:g} points", title_justify="left", show_lines=True)
    table.add_column("exercise", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what to do next", overflow="fold")
    for exercise in result.exercises:
        table.add_row(exercise.id, f"{exercise.score:g} / {exercise.points:g}", f"[{STYLES[exercise.status]}]{WORDS.get(exercise.status, exercise.status)}[/]", _advice(exercise))
    console.print(table)
    for remark in result.remarks:
        console.print(f"· {remark}", markup=False, highlight=False)


def _advice(exercise: Exercise):
    from rich.text import Text
    if exercise.status == "not_attempted":
        return Text("Write your answer in its cell, then run the cell below it.", style="dim")
    return Text("\n".join(message.text for message in exercise.messages))


def show_solution(console: Console, lesson: str, solution: Solution) -> None:
    """A worked answer: what was asked, the code with its contract, why it is right."""
    from rich.markdown import Markdown
    from rich.syntax import Syntax

    console.print(f"{lesson}: {solution.exercise}\n", style="bold", markup=False, highlight=False)
    if solution.task:
        console.print(Markdown(solution.task), "")
    if solution.is_reflection:
        console.print(Markdown(solution.answer))
        return
    code = Syntax("", "python", theme="ansi_dark").highlight(solution.answer)
    console.print(code, soft_wrap=True)  # no line of code is cut or folded
    console.print("Why\n", style="bold")
    console.print(Markdown(solution.why or "*The lesson does not say.*"))


def show_class(console: Console, results: dict[str, Result]) -> None:
    """A class: a row a student, points by exercise."""
    graded = next((r for r in results.values() if r.exercises), None)
    if graded is None:
        return
    table = Table(title=f"{graded.assignment}: {len(results)} submissions", title_justify="left")
    table.add_column("student", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("sum", justify="right", no_wrap=True)
    for exercise in graded.exercises:
        table.add_column(exercise.id, justify="right", overflow="fold")
    for student, result in sorted(results.items()):
        points = [f"[{STYLES[e.status]}]{e.score:g}[/]" for e in result.exercises]
        table.add_row(student, result.status, f"{result.score:g}/{result.max_score:g}", *points)
    console.print(table)
