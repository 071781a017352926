"""Writes the stubs of a new exercise and says what it still lacks. What is there is never changed: stubs are added at a file's end.

A stub names what belongs in each place as ``<<what belongs here>>``; while one is left, the exercise counts as incomplete.
"""

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .completeness import VARIANTS, alternatives, decorated, definition, exercises_of, is_question, lesson_files, missing, remarks
from .course import UserError, suggestion

_LESSON = re.compile(r"\d\d_[a-z][a-z0-9_]*")
_EXERCISE = re.compile(r"[a-z][a-z0-9_]{0,49}")

_NEW_SOURCE = '''\
# ---
# jupyter:
#   course:
#     title: {title}
#     given: []
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # {title}
#
# <<the question that a sound or a picture raises>>
#
# **Afterwards you can**
# - <<an objective>>
#
# **You need** <<what comes from before>>. **Time**: <<how long>>.
#
# **Not in this lesson**: <<what is out of scope>>.

# %%
import numpy as np
'''
_SOURCE = '''\
# %% [markdown]
# ## {number}. <<a title>>
#
# <<why one wants it, in a few sentences>>

# %% exercise="{exercise}"
def {exercise}(x):
    """<<what it does, in one line>>

    Parameters
    ----------
    x : <<type and shape>>
        <<what it is, with its unit>>

    Returns
    -------
    <<type and shape>>
        <<the formula, with its unit>>

    Examples
    --------
    >>> {exercise}(0)
    <<what comes>>
    """
    ### BEGIN SOLUTION
    raise NotImplementedError("<<the simplest answer>>")
    ### END SOLUTION


# %% [markdown] why="{exercise}"
# <<why this writing is right, and what the nearest wrong one does, in two to five sentences>>

# %% check="{exercise}" points=1
answer = {exercise}(0)
assert answer == 0, f"{exercise}(0) gave {{answer}}; <<the next step>>"

# %% [markdown]
# <details><summary>Hint 1: where to look</summary>
#
# <<where to look>>
#
# </details>
# <details><summary>Hint 2: which tool</summary>
#
# <<which tool>>
#
# </details>
# <details><summary>Hint 3: the shape of the line</summary>
#
# <<the shape of the line>>
#
# </details>
'''
_QUESTION = '''\
# %% [markdown]
# **Question {number}** (lesson <<which>>). <<the question>>
# - "a": <<a choice>>
# - "b": <<a choice>>
# - "c": <<a choice>>
# - "d": <<a choice>>

# %% exercise="{exercise}"
def {exercise}():
    """Return the letter of your answer: "a", "b", "c" or "d"."""
    ### BEGIN SOLUTION
    return "<<the right letter>>"
    ### END SOLUTION


# %% [markdown] why="{exercise}"
# <<why this choice is right, in a sentence or two>>

# %% check="{exercise}" points=1
assert {exercise}() in ("a", "b", "c", "d"), f"your answer is {{{exercise}()!r}}; return one of the letters, in quotes"
'''
_NEW_GRADER = '''\
"""Hidden grader of {lesson}. <<the conventions: units, shapes, what stands beside a tolerance>>"""

from autograder import compare, grades
'''
_GRADER = '''\
@grades("{exercise}")
def test_{exercise}_agrees_with_the_reference(learner, reference, rng):
    # <<one property a test; beside atol the worst right and the mildest wrong error, measured>>
    compare(learner, reference, "{exercise}"{values})
'''
_NEW_VARIANTS = '''\
"""Wrong answers to {lesson} with their hints, and rightful alternatives."""

from autograder import alternative, misconception
'''
_MISCONCEPTION = '''\
@misconception("{exercise}", "<<name of mistake {number}>>",
    "<<the fact>>. <<The next step>>.")
def {exercise}({arguments}):
    raise NotImplementedError("<<the mistake as code>>")
'''
_ALTERNATIVE = '''\
@alternative("{exercise}", "<<name of way {number}>>")
def {exercise}({arguments}):
    raise NotImplementedError("<<a really different right answer>>")
'''


@dataclass(frozen=True)
class Report:
    """What ``new`` wrote and what is still missing; reads as text."""

    exercise: str
    written: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        lines = []
        if self.written:
            lines += [f"Wrote stubs of `{self.exercise}` at the end of:", *(f"  {path}" for path in self.written)]
        if self.missing:
            lines += ["Still missing:", *(f"- {fault}" for fault in self.missing)]
        else:
            lines += [f"`{self.exercise}` is complete. Next: `make exercises`, then `make test`."]
        return "\n".join([*lines, *self.remarks])


def new(root: Path, lesson: str, exercise: str) -> Report:
    """Adds to the checkout at ``root`` what the exercise has nothing of, and reports what is missing.

    Raises UserError, with nothing written, for names that no lesson or exercise can have or that are taken elsewhere.
    """
    _check_names(root, lesson, exercise)
    asked = exercises_of(lesson_files(root, lesson)[0])

    written = []
    for path, text in stubs(root, lesson, exercise):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(str(path.relative_to(root)))

    notes = remarks(root, lesson, exercise)
    near = suggestion(exercise, asked)
    if exercise not in asked and near:
        notes.append(f"`{exercise}` is new in {lesson}.{near} Then take these stubs out again.")
    return Report(exercise, tuple(written), tuple(missing(root, lesson, exercise)), tuple(notes))


def stubs(root: Path, lesson: str, exercise: str) -> Iterator[tuple[Path, str]]:
    """The files that lack the exercise, each with its text as it will be."""
    source, grader, variants = lesson_files(root, lesson)
    function = definition(source, exercise)
    names = {"lesson": lesson, "exercise": exercise, "title": lesson[3:].replace("_", " ").capitalize(),
             "arguments": ast.unparse(function.args) if function else "" if is_question(exercise) else "x",
             "values": "" if is_question(exercise) else ", rng.uniform(-1, 1), atol=0.0"}

    asked = exercises_of(source)
    if exercise not in asked:
        stub = _QUESTION if is_question(exercise) else _SOURCE
        number = 1 + sum(is_question(other) == is_question(exercise) for other in asked)
        yield source, _appended(source, _NEW_SOURCE.format(**names), [stub.format(**names, number=number)], gap=1)
    if not decorated(grader, "grades", exercise):
        yield grader, _appended(grader, _NEW_GRADER.format(**names), [_GRADER.format(**names)], gap=2)
    added = [stub.format(**names, number=number)
             for decorator, stub, count in (("misconception", _MISCONCEPTION, VARIANTS), ("alternative", _ALTERNATIVE, alternatives(exercise)))
             if not decorated(variants, decorator, exercise) for number in range(1, count + 1)]
    if added:
        yield variants, _appended(variants, _NEW_VARIANTS.format(**names), added, gap=2)


def _appended(path: Path, opening: str, sections: list[str], gap: int) -> str:
    """The text of a file, or ``opening`` where there is none, and the sections behind it, ``gap`` blank lines apart."""
    before = path.read_text(encoding="utf-8") if path.exists() else opening
    return ("\n" * (gap + 1)).join([before.rstrip("\n"), *(section.rstrip("\n") for section in sections)]) + "\n"


def _check_names(root: Path, lesson: str, exercise: str) -> None:
    lessons = sorted(path.stem for path in (root / "solutions").glob("*.py"))
    if not _LESSON.fullmatch(lesson):
        raise UserError(f"{lesson!r} is no name of a lesson. Write two digits, _ and small letters, as in 05_musical_sound."
                        f"{suggestion(lesson, lessons)}")
    if not _EXERCISE.fullmatch(exercise) or keyword.iskeyword(exercise):
        raise UserError(f"{exercise!r} is no name of an exercise. Write the name of a function in small letters, 50 at most, as in spectral_centroid.")
    for other in lessons:
        if other != lesson and other[:3] == lesson[:3]:
            raise UserError(f"Lesson {other[:2]} is {other!r}. Give that name, or another number.")
        if other != lesson and not is_question(exercise) and exercise in exercises_of(root / "solutions" / f"{other}.py"):
            raise UserError(f"{exercise!r} is an exercise of {other}. Give that lesson, or another name: a name serves one exercise of the course.")
