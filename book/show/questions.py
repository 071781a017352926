"""Questions with immediate feedback. Each choice unfolds to what it says about the one who chose it.

They are HTML's own `details`: no script, nothing to load, and every browser brings the keyboard and the screen reader's words.
The library jupyterquiz was tried instead (2.9.6): it leaves its container open, draws random names, so that no two builds are equal, writes to
the console, keeps its feedback from screen readers, and may fetch MathJax from a foreign server.
"""

from html import escape
from itertools import count
from typing import NamedTuple

from IPython.display import HTML, display

_numbers = count(1)  # a chapter runs in a process of its own: the first question of each is number 1


class Choice(NamedTuple):
    """One answer to a question."""

    text: str
    right: bool
    feedback: str


def ask(question, choices):
    """Show a question with its choices.

    Parameters
    ----------
    question : str
        Plain text.
    choices : sequence of (text, right, feedback)
        At least two, one of them right; the feedback of a wrong one says what the choice rests on.

    Raises
    ------
    ValueError
        If there are fewer than two choices, not exactly one right one, or a choice without feedback.
    """
    choices = [Choice(*choice) for choice in choices]
    if len(choices) < 2:
        raise ValueError(f"{question!r} has {len(choices)} choices; a question needs two or more")
    if sum(choice.right for choice in choices) != 1:
        raise ValueError(f"{question!r} has {sum(choice.right for choice in choices)} right choices; one must be right")
    for choice in choices:
        if not choice.feedback:
            raise ValueError(f"{choice.text!r} has no feedback; say what the choice rests on")

    number = next(_numbers)
    name = f"question-{number}"
    display(HTML(
        f'<div class="question" role="group" aria-labelledby="{name}">'
        f'<p id="{name}"><span class="question-number">Question {number}</span> {escape(question)}</p>'
        + "".join(_unfolding(choice) for choice in choices)
        + "</div>"
    ))


def _unfolding(choice):
    verdict = "Right." if choice.right else "Not this one."
    return (
        f'<details class="choice choice-{"right" if choice.right else "wrong"}"><summary>{escape(choice.text)}</summary>'
        f"<p><strong>{verdict}</strong> {escape(choice.feedback)}</p></details>"
    )
