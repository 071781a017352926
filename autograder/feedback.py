"""What the autograder says about a submission, as small pieces of HTML and as plain text.

For nbgrader's feedback pages and the formgrader, which show HTML as it is: everything that comes from learners, or may hold words of
theirs, is text here and escaped. A piece is one line, so that Markdown takes it for a whole.
"""

from collections.abc import Iterable
from html import escape

from .record import Exercise, Result

WORDS = {
    "passed": "Passed", "failed": "Not right yet", "error": "Stopped by an error", "timeout": "Took too long",
    "killed": "Ended its process", "not_attempted": "Not attempted",
}
NEXT_STEP = "Write your answer in its cell, then run the check below it."
_MARKS = {"passed": "✓", "not_attempted": "○"}  # a cross for all else
_COLOURS = {"passed": "#1a6b3c", "not_attempted": "#575f6b"}  # dark red for all else; each at least 5:1 on white
_CELL = 'style="text-align: left; padding: 0.2em 1em 0.2em 0"'
_BOX = "border-left: 4px solid {colour}; padding: 0.2em 0.8em; margin: 0.3em 0; font-family: sans-serif"


def exercise_html(exercise: Exercise) -> str:
    """The verdict on one exercise, its points and its messages."""
    items = "".join(f"<li>{_lines(text)}</li>" for text in _advice(exercise))
    advice = f'<ul style="margin: 0.3em 0">{items}</ul>' if items else ""
    colour = _COLOURS.get(exercise.status, "#9b1c1c")
    return (f'<div role="group" aria-label="Verdict on {escape(exercise.id)}" style="{_BOX.format(colour=colour)}">'
            f'<p style="margin: 0">{_verdict(exercise)}: {_points(exercise)}</p>{advice}</div>')


def exercise_text(exercise: Exercise) -> str:
    """The same in plain text: a line for the verdict, then a line for each message."""
    return "\n".join([f"{WORDS[exercise.status]}: {_points(exercise)}", *(f"- {text}" for text in _advice(exercise))])


def overview_html(result: Result) -> str:
    """What stands above the notebook: a table of the exercises, or why there is nothing to grade; remarks; the protection."""
    if result.status != "graded":
        body = f'<p style="margin: 0"><strong>This submission could not be graded.</strong> {_lines(result.error or "")}</p>'
        return f'<div role="group" aria-label="Autograder" style="{_BOX.format(colour="#9b1c1c")}">{body}</div>'

    rows = "".join(f'<tr><th scope="row" {_CELL}><a href="#{escape(e.id)}">{escape(e.id)}</a></th>'
                   f"<td {_CELL}>{_verdict(e)}</td><td {_CELL}>{e.score:g} / {e.points:g}</td></tr>" for e in result.exercises)
    head = "".join(f'<th scope="col" {_CELL}>{title}</th>' for title in ("exercise", "verdict", "points"))
    table = (f'<table><caption style="color: #333">What the autograder found</caption><thead><tr>{head}</tr></thead>'
             f"<tbody>{rows}</tbody></table>")
    remarks = "".join(f"<li>{_lines(remark)}</li>" for remark in result.remarks)
    remarks = f"<p>Remarks:</p><ul>{remarks}</ul>" if remarks else ""
    return (f'<div role="group" aria-label="Autograder" style="font-family: sans-serif">{table}{remarks}'
            f"<p><small>{_lines(_protection(result))}</small></p></div>")


def overview_text(result: Result) -> str:
    """The same in plain text, a line each."""
    if result.status != "graded":
        return f"This submission could not be graded. {result.error or ''}".rstrip()
    exercises = [f"{e.id}: {WORDS[e.status]}, {_points(e)}" for e in result.exercises]
    return "\n".join([*exercises, *result.remarks, _protection(result)])


def prose_html(text: str) -> str:
    """A learner's prose, shown as it was typed: Markdown would let its links and HTML act on whoever reads it."""
    return f'<div style="white-space: pre-wrap">{_lines(text, "&#10;")}</div>'


def _verdict(exercise: Exercise) -> str:
    colour = _COLOURS.get(exercise.status, "#9b1c1c")
    return f'<span aria-hidden="true">{_MARKS.get(exercise.status, "✗")}</span> <strong style="color: {colour}">{WORDS[exercise.status]}</strong>'


def _points(exercise: Exercise) -> str:
    return f"{exercise.score:g} of {exercise.points:g} points by the autograder"


def _advice(exercise: Exercise) -> Iterable[str]:
    texts = [message.text for message in exercise.messages]
    return texts or ([NEXT_STEP] if exercise.status == "not_attempted" else [])


def _protection(result: Result) -> str:
    if {"landlock", "seccomp"} <= set(result.isolation):
        return f"The notebook ran behind {', '.join(result.isolation)}."
    return "The notebook ran without protection."


def _lines(text: str, end: str = "<br>") -> str:
    return end.join(escape(line) for line in text.splitlines())
