"""A class of realistic submissions, made from a lesson's source and its misconceptions, with what must come of each.

Some are right, some right in another way, half done, wrong in a named way, untouched, crashed, looping, hungry for memory;
one is no notebook at all. The demo and the tests grade it and compare.
"""

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from . import misconceptions
from .course import Course, Lesson
from .derive import exercise_notebook
from .lesson_source import lesson_cells
from .misconceptions import Variant
from .record import Result

NAMES = ("ada", "bela", "chidi", "dara", "emeka", "farah", "goran", "hana", "ines", "jun", "kofi", "lena", "mila", "nils", "oyuki", "petra",
         "quim", "rosa", "sami", "tove", "uma", "vito", "wanda", "yusuf")
ANY = frozenset({"passed", "failed", "error", "timeout", "killed", "not_attempted"})
WRONG = ANY - {"passed", "not_attempted"}
REFLECTION = "I listened twice. At first I heard only that something had changed; the figure told me what, and then I heard it as well."


@dataclass(frozen=True)
class Expected:
    """What must come of one exercise: one of ``statuses``, and the hint if it is not None."""

    statuses: frozenset[str]
    hint: str | None = None


@dataclass
class Submission:
    """One learner's file and what must come of it; ``status`` is the whole submission's."""

    student: str
    kind: str
    content: str
    exercises: dict[str, Expected] = field(default_factory=dict)
    status: str = "graded"

    def differences(self, result: Result) -> list[str]:
        """Where a result is otherwise than this submission was made to be."""
        if result.status != self.status:
            return [f"{self.student} ({self.kind}): {result.status} instead of {self.status}"]
        found = []
        for exercise in result.exercises:
            expected = self.exercises.get(exercise.id)
            if expected is None:
                continue
            hints = [message.hint for message in exercise.messages]
            if exercise.status not in expected.statuses or (expected.hint is not None and expected.hint not in hints):
                found.append(f"{self.student} ({self.kind}), {exercise.id}: {exercise.status} {hints} instead of {'/'.join(sorted(expected.statuses))} {expected.hint or ''}")
        return found


def make_class(lesson: Lesson) -> list[Submission]:
    """24 submissions to a lesson."""
    maker = Maker(lesson)
    wrong, right = maker.variants(wrong=True), maker.variants(wrong=False)
    last, lonely = maker.ids[-1], maker.lonely
    kinds: list[tuple[str, Callable[[str], Submission]]] = [
        ("right", maker.solved), ("right, with a helper cell and a print", maker.chatty), ("right, in a notebook without metadata", maker.bare),
        ("right, another way", lambda s: maker.varied(s, _spread(right, maker.ids, 0))), ("right, yet another way", lambda s: maker.varied(s, _spread(right, maker.ids, 1))),
        ("half done", maker.half), ("first exercise only", lambda s: maker.half(s, 1)),
        ("untouched", maker.untouched), ("broken file", maker.broken),
        ("crashed", lambda s: maker.replaced(s, last, "import os\nos._exit(1)", "killed")),
        ("looping for ever", lambda s: maker.replaced(s, lonely, "while True:\n    pass", "timeout")),
        ("memory-hungry", lambda s: maker.replaced(s, last, "return [bytearray(2 ** 28) for _ in range(2 ** 20)]", "killed")),
        ("does not compile", maker.misspelt),
    ]
    names = iter(NAMES)
    made = [make(next(names)) for _, make in kinds]
    for submission, (kind, _) in zip(made, kinds, strict=True):
        submission.kind = kind
    for number, student in enumerate(names):
        # every exercise in turn, each time another of its misconceptions
        of_exercise = [v for v in wrong if v.exercise == maker.ids[number % len(maker.ids)]] or wrong
        made.append(maker.varied(student, [of_exercise[number // len(maker.ids) % len(of_exercise)]]))
    return made


def hand_in(course: Course, lesson: Lesson, submissions: list[Submission]) -> None:
    """Writes the submissions where nbgrader's collect would put them."""
    for submission in submissions:
        path = course.submission(submission.student, lesson)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(submission.content, encoding="utf-8")


def _spread(variants: list[Variant], ids: list[str], turn: int) -> list[Variant]:
    """One variant an exercise, the next at each turn."""
    by_exercise = {i: [v for v in variants if v.exercise == i] for i in ids}
    return [own[turn % len(own)] for own in by_exercise.values() if own]


class Maker:
    """Fills a lesson's exercise notebook with answers."""

    def __init__(self, lesson: Lesson):
        self.lesson = lesson
        self.answers = {c.exercise: c.solved for c in lesson_cells(lesson) if c.role == "answer"}
        self.stubs = {c.exercise: c.stub for c in lesson_cells(lesson) if c.role == "answer"}
        self.ids = list(self.answers)
        self._file = _VariantsFile(lesson.misconceptions)

    @property
    def lonely(self) -> str:
        """The last exercise but one of those that no other answer calls: where it loops for ever, the others' tests do not wait for it."""
        return [i for i in self.ids if self._dependents({i}) == {i}][-2]

    def variants(self, wrong: bool) -> list[Variant]:
        """The lesson's variants that stand on their own in a notebook."""
        return [v for v in self._file.variants if (v.hint is not None) == wrong and self._file.text(v) is not None]

    def solved(self, student: str, changed: dict[str, str] | None = None, extra: str = "") -> Submission:
        changed = changed or {}
        notebook = self.notebook({**self.answers, **changed}, extra)
        affected = self._dependents(changed)
        expected = {i: Expected(ANY if i in affected else frozenset({"passed"})) for i in self.ids}
        return Submission(student, "right", nbformat.writes(notebook), expected)

    def varied(self, student: str, variants: list[Variant]) -> Submission:
        texts = {v.exercise: self._file.text(v) for v in variants}
        made = self.solved(student, texts, self._file.prelude)
        for v in variants:
            made.exercises[v.exercise] = Expected(frozenset({"passed"})) if v.hint is None else Expected(WRONG, v.name)
        if all(v.hint is None for v in variants):
            made.exercises = {i: Expected(frozenset({"passed"})) for i in self.ids}
        made.kind = ", ".join(f"{v.exercise}: {v.name}" for v in variants)
        return made

    def replaced(self, student: str, exercise: str, body: str, status: str) -> Submission:
        """An answer whose body is ``body`` under the exercise's own signature."""
        node = next(n for n in ast.parse(self.answers[exercise]).body if isinstance(n, ast.FunctionDef) and n.name == exercise)
        text = f"def {exercise}({ast.unparse(node.args)}):\n" + "\n".join("    " + line for line in body.splitlines())
        made = self.solved(student, {exercise: text})
        made.exercises[exercise] = Expected(frozenset({status}))
        return made

    def half(self, student: str, n: int | None = None) -> Submission:
        done = self.ids[:n or len(self.ids) // 2]
        notebook = self.notebook({i: self.answers[i] if i in done else self.stubs[i] for i in self.ids})
        return Submission(student, "", nbformat.writes(notebook), {i: Expected(frozenset({"passed" if i in done else "not_attempted"})) for i in self.ids})

    def untouched(self, student: str) -> Submission:
        return Submission(student, "", nbformat.writes(self.notebook(self.stubs)), {i: Expected(frozenset({"not_attempted"})) for i in self.ids})

    def misspelt(self, student: str) -> Submission:
        first = self.ids[0]
        made = self.solved(student, {first: self.answers[first].replace("return", "retrun the", 1)})
        made.exercises[first] = Expected(frozenset({"error"}))
        return made

    def chatty(self, student: str) -> Submission:
        texts = {i: text + f"\nprint('{i} is defined')\nimport warnings; warnings.warn('a leftover warning')" for i, text in self.answers.items()}
        notebook = self.notebook(texts, "%matplotlib inline\nimport numpy as np\nnp.linspace(0, 1, 3)")
        return Submission(student, "", nbformat.writes(notebook), {i: Expected(frozenset({"passed"})) for i in self.ids})

    def bare(self, student: str) -> Submission:
        notebook = json.loads(nbformat.writes(self.notebook(self.answers)))
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            cell.pop("id")
        notebook |= {"metadata": {}, "nbformat_minor": 4}
        return Submission(student, "", json.dumps(notebook), {i: Expected(frozenset({"passed"})) for i in self.ids})

    def broken(self, student: str) -> Submission:
        text = nbformat.writes(self.notebook(self.answers))
        return Submission(student, "", text[:len(text) // 2], status="unreadable")

    def notebook(self, answers: dict[str, str], extra: str = "") -> NotebookNode:
        """The exercise notebook with these answers, and with words of the learner's own where a text is asked for and anything was answered."""
        notebook = exercise_notebook(self.lesson)
        begun = any(answers[i] != self.stubs[i] for i in self.ids)
        for cell in notebook.cells:
            role = cell.metadata.get("nbgrader", {})
            exercise = role.get("grade_id", "").removesuffix("-answer")
            if role.get("solution") and exercise in answers:
                cell.source = answers[exercise]
            elif role.get("solution") and cell.cell_type == "markdown" and begun:
                cell.source = REFLECTION
        if extra:
            notebook.cells.insert(1, new_code_cell(extra, id="my-helpers"))
        return notebook

    def _dependents(self, changed: dict[str, str]) -> set[str]:
        """Exercises whose answer calls a changed one, directly or through another."""
        uses = {i: {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)} & set(self.ids) for i, text in self.answers.items()}
        reached = set(changed)
        while grown := {i for i in self.ids if uses[i] & reached} - reached:
            reached |= grown
        return reached


class _VariantsFile:
    """The text of a lesson's variants, and of what else their module holds."""

    def __init__(self, path: Path):
        self.variants = misconceptions.load(path)
        self._text = path.read_text(encoding="utf-8") if path.exists() else ""
        tree = ast.parse(self._text)
        self._ours = {alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import) for alias in node.names if _is_ours(node)}
        self._functions = {node.lineno: node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list}
        helpers = [node for node in tree.body[1:] if node not in self._functions.values() and not _is_ours(node)]
        self._missing, alone = set(self._ours), helpers
        while leaning := [node for node in alone if self._names(node) & self._missing]:  # on the reference, or on a helper that does
            self._missing |= {name for node in leaning for name in _bound(node)}
            alone = [node for node in alone if node not in leaning]
        self.prelude = "\n".join(ast.get_source_segment(self._text, node) for node in alone)

    def text(self, variant: Variant) -> str | None:
        """The variant as an answer cell; None where it leans on the reference, which a learner does not have."""
        code = variant.function.__code__
        node = next((n for n in self._functions.values() if n.decorator_list[0].lineno == code.co_firstlineno), None)
        if node is None or self._names(node) & self._missing:
            return None
        return ast.get_source_segment(self._text, node)

    @staticmethod
    def _names(node: ast.AST) -> set[str]:
        return {n.id for child in ([*node.body, node.args] if isinstance(node, ast.FunctionDef) else [node]) for n in ast.walk(child) if isinstance(n, ast.Name)}


def _is_ours(node: ast.AST) -> bool:
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else []
    return any(m.split(".")[0] in ("autograder", "reference_impl") for m in modules)


def _bound(node: ast.AST) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
