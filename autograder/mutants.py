"""Grades the graders by mutants: each exercise's answer with one small thing changed is judged by its hidden tests, and must lose points.

``python -m autograder.mutants [LESSON ...]`` writes a table a lesson, with the source of every survivor, to build/graded-graders/. A mutant
is judged as a learner's answer is: in a sandbox, by the same tests, without hints. A survivor that no test of the contract could tell from
the answer is listed with its reason in tests/equivalent_mutants/<lesson>.toml:

    [[sine]]
    diff = '''
    - the answer's line
    + the mutant's line
    '''
    reason = "why nobody can tell"

Where hidden data are few, luck may kill one all the same: ``by_chance = true`` says so. Exit code 1 when too few of the others are killed, or
when a listed one is none.
"""

import argparse
import os
import sys
import time
import tomllib
from collections.abc import Container, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from . import course
from .answered import answers, handed_in
from .course import Lesson, UserError
from .judge import GraderError, Judge, with_judge
from .mutation import Mutant, mutants
from .sandbox.preload import set_environment

LEAST_OVERALL, LEAST_OF_AN_EXERCISE = 0.97, 0.90
SECRET = "graders are graded by mutants"


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant."""

    exercise: str
    diff: str
    killed: bool

    @property
    def key(self) -> tuple[str, str]:
        return key(self.exercise, self.diff)


@dataclass(frozen=True)
class Listed:
    """Why a mutant is equivalent, or as good as that: then luck may kill it."""

    reason: str
    by_chance: bool = False


@dataclass(frozen=True)
class Row:
    """An exercise in the table; ``survivors`` are those that are not listed as equivalent."""

    exercise: str
    n_mutants: int
    n_equivalent: int
    survivors: tuple[str, ...]

    @property
    def n_judged(self) -> int:
        return self.n_mutants - self.n_equivalent

    @property
    def killed(self) -> float:
        """The share of killed ones among those that are not equivalent."""
        return 1 - len(self.survivors) / self.n_judged if self.n_judged else 1.0


def mutants_of(lesson: Lesson) -> list[tuple[str, Mutant]]:
    """All (exercise, mutant) of a lesson."""
    return [(exercise, mutant) for exercise, answer in answers(lesson).items() for mutant in mutants(answer)]


def key(exercise: str, diff: str) -> tuple[str, str]:
    """What identifies a mutant: quotes play no part, for each Python writes texts within f-strings with others."""
    return exercise, diff.strip().replace("'", '"')


def equivalents(lesson: Lesson) -> dict[tuple[str, str], Listed]:
    """The mutants of a lesson that are listed as equivalent, by their keys."""
    path = lesson.root / "tests" / "equivalent_mutants" / f"{lesson.name}.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {key(exercise, entry.pop("diff")): Listed(**entry) for exercise, entries in listed.items() for entry in entries}


def examine(lesson: Lesson, chosen: Iterable[tuple[str, Mutant]]) -> list[Verdict]:
    """Judges mutants one after another; one call a process at a time. Raises UserError where an answer itself does not pass."""
    def work(judge: Judge) -> list[Verdict] | str:
        sound, verdicts = set(), []
        for exercise, mutant in chosen:
            if exercise not in sound and _loses_points(judge, lesson, exercise, answers(lesson)[exercise]):
                return exercise
            sound.add(exercise)
            verdicts.append(Verdict(exercise, mutant.diff, _loses_points(judge, lesson, exercise, mutant.source)))
        return verdicts

    verdicts = with_judge(lesson.root, lesson.grader, lesson.misconceptions, work)
    if isinstance(verdicts, str):
        raise UserError(f"{lesson.name}: the answer to {verdicts} itself loses points. Mend that first; `make grade-the-graders` comes after `make test`.")
    return verdicts


def _loses_points(judge: Judge, lesson: Lesson, exercise: str, answer: str) -> bool:
    with handed_in(lesson, **{exercise: answer}) as subject:
        return any(judge.run(test, subject, SECRET).status != "passed" for test in judge.tests if test.exercise == exercise)


def rows_of(verdicts: list[Verdict], listed: Container[tuple[str, str]]) -> list[Row]:
    """The table of a lesson, an exercise a row."""
    rows = []
    for exercise in dict.fromkeys(verdict.exercise for verdict in verdicts):
        mine = [v for v in verdicts if v.exercise == exercise]
        alive = [v for v in mine if not v.killed]
        unlisted = tuple(v.diff for v in alive if v.key not in listed)
        rows.append(Row(exercise, len(mine), len(alive) - len(unlisted), unlisted))
    return rows


def stale(verdicts: list[Verdict], listed: dict[tuple[str, str], Listed]) -> list[str]:
    """The listed equivalents that are none, a sentence each."""
    killed = {verdict.key: verdict.killed for verdict in verdicts}
    found = []
    for (exercise, diff), entry in listed.items():
        if (exercise, diff) not in killed:
            found.append(f"{exercise}: listed as equivalent, but no mutant of the answer is it; take the entry out:\n{diff}")
        elif killed[exercise, diff] and not entry.by_chance:
            found.append(f"{exercise}: listed as equivalent, but a test kills it; take the entry out:\n{diff}")
    return found


def faults(rows: list[Row]) -> list[str]:
    """Where too few mutants are killed."""
    found = [f"{row.exercise}: {row.killed:.1%} killed, at least {LEAST_OF_AN_EXERCISE:.0%} are asked; sharpen its hidden tests, "
             "or list what is equivalent" for row in rows if row.killed < LEAST_OF_AN_EXERCISE]
    judged, survivors = sum(row.n_judged for row in rows), sum(len(row.survivors) for row in rows)
    if survivors > (1 - LEAST_OVERALL) * judged:
        found.append(f"over all, {1 - survivors / judged:.1%} are killed; at least {LEAST_OVERALL:.0%} are asked")
    return found


def table(lesson: str, rows: list[Row]) -> str:
    """The lesson's page, in Markdown."""
    lines = [f"# {lesson}: mutants", "", "| exercise | mutants | equivalent | killed | % |", "|---|---|---|---|---|"]
    lines += [f"| {r.exercise} | {r.n_mutants} | {r.n_equivalent} | {r.n_judged - len(r.survivors)} | {100 * r.killed:.1f} |" for r in rows]
    for row in rows:
        lines += [f"\n## {row.exercise}: survivors"] * bool(row.survivors)
        lines += [f"\n```diff\n{diff}\n```" for diff in row.survivors]
    return "\n".join(lines) + "\n"


def main(argv: list[str] | None = None) -> int:
    """Judges the mutants of some lessons or of all, with a line for each exercise that is done."""
    parser = argparse.ArgumentParser(prog="python -m autograder.mutants", description="Grades the hidden graders by mutants of the answers.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N", help="how many processes (default: %(default)s)")
    arguments = parser.parse_args(argv)
    set_environment()
    started = time.monotonic()
    try:
        lessons = [course.lesson(name) for name in arguments.lessons or course.lessons()]
        verdicts = _judged(lessons, arguments.jobs)
    except (UserError, GraderError) as error:
        print(error, file=sys.stderr)
        return 2
    problems = _told(lessons, verdicts)
    print(f"{time.monotonic() - started:.0f} s")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _judged(lessons: list[Lesson], jobs: int) -> dict[str, list[Verdict]]:
    """The verdicts on all mutants by lesson, in the order of its exercises; an exercise a task."""
    found: dict[str, dict[str, list[Verdict]]] = {lesson.name: dict.fromkeys(answers(lesson), []) for lesson in lessons}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks = {pool.submit(examine, lesson, [(exercise, mutant) for mutant in mutants(answer)]): (lesson.name, exercise)
                 for lesson in lessons for exercise, answer in answers(lesson).items()}
        try:
            for number, task in enumerate(as_completed(tasks), 1):
                name, exercise = tasks[task]
                found[name][exercise] = task.result()
                print(f"[{number}/{len(tasks)}] {name} {exercise}: {sum(v.killed for v in task.result())} of {len(task.result())} killed", flush=True)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return {name: [verdict for verdicts in by_exercise.values() for verdict in verdicts] for name, by_exercise in found.items()}


def _told(lessons: list[Lesson], verdicts: dict[str, list[Verdict]]) -> list[str]:
    """Writes the pages, prints the summary, and returns what is wrong."""
    folder = course.repository() / "build" / "graded-graders"
    folder.mkdir(parents=True, exist_ok=True)
    every_row: list[Row] = []
    problems: list[str] = []
    print(f"\n{'lesson':24} mutants  equivalent  killed      %")
    for lesson in lessons:
        listed = equivalents(lesson)
        rows = rows_of(verdicts[lesson.name], listed)
        (folder / f"{lesson.name}.md").write_text(table(lesson.name, rows), encoding="utf-8")
        print(_line(lesson.name, rows))
        every_row += rows
        problems += stale(verdicts[lesson.name], listed)
    print(_line("all", every_row))
    print("The survivors stand in build/graded-graders/.")
    return problems + faults(every_row)


def _line(name: str, rows: list[Row]) -> str:
    judged, survivors = sum(row.n_judged for row in rows), sum(len(row.survivors) for row in rows)
    killed = 1 - survivors / max(judged, 1)
    return f"{name:24} {sum(r.n_mutants for r in rows):7} {sum(r.n_equivalent for r in rows):11} {judged - survivors:7} {100 * killed:6.1f}"


if __name__ == "__main__":
    sys.exit(main())
