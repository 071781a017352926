"""No lucky and no unlucky secrets: every answer and alternative passes, every misconception fails, whatever the hidden data.

``python -m autograder.many_secrets [LESSON ...] [--secrets 200] [--hints 10]`` tries them all under so many course secrets, and prints each
exercise, name and secret that went wrong. A misconception needs but to fail, so it stops at its first failed test, and the test that failed
last is tried first; whether its own hint answers it takes ten times as long, and is tried under fewer secrets.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from . import course, selfcheck
from .answered import answers, handed_in
from .course import Lesson, UserError
from .judge import GraderError, Judge, Test, with_judge
from .plugin import LocalSubject, Subject, reference_of
from .record import Exercise
from .sandbox.preload import set_environment


A_BOX = 20  # secrets are tried in one sandbox: the files that tests leave there add up, and a grading knows one secret


def batched(items: list[str], n: int) -> Iterator[list[str]]:
    """The items in their order, n at a time."""
    return (items[start:start + n] for start in range(0, len(items), n))


def secrets(n: int) -> list[str]:
    """The course secrets, always the same."""
    return [f"secret {i}" for i in range(n)]


def surprises(lesson: Lesson, exercise: str, tried: list[str], hints: int) -> list[str]:
    """What went otherwise than it should with one exercise, a line each; hints are looked at under the first ``hints`` secrets."""
    def work(judge: Judge) -> list[str]:
        tests = [test for test in judge.tests if test.exercise == exercise]
        reference = reference_of(judge.session.config)
        found = []
        for few in batched(tried, A_BOX):
            with handed_in(lesson) as subject:
                found += [f"{exercise} solution {fault}" for fault in _lost_points(judge, tests, subject, few)]
        for variant in judge.variants:
            if variant.exercise != exercise:
                continue
            subject = LocalSubject(reference, variant, f"{exercise}/{variant.name}", judge.variants)
            if variant.hint is None:
                faults = _lost_points(judge, tests, subject, tried)
            else:
                faults = [*_full_points(judge, tests, subject, tried), *_other_hints(judge, exercise, variant.name, subject, tried[:hints])]
            found += [f"{exercise} {variant.name} {fault}" for fault in faults]
        return found

    return with_judge(lesson.root, lesson.grader, lesson.misconceptions, work)


def _lost_points(judge: Judge, tests: list[Test], subject: Subject, tried: Iterable[str]) -> Iterator[str]:
    for secret in tried:
        for test in tests:
            trial = judge.run(test, subject, secret)
            if trial.status != "passed":
                yield f"[{secret}] loses points at {test.item.name}: {trial.message}"


def _full_points(judge: Judge, tests: list[Test], subject: Subject, tried: Iterable[str]) -> Iterator[str]:
    likely = list(tests)
    for secret in tried:
        for test in likely:
            if judge.run(test, subject, secret).status != "passed":
                likely.remove(test)
                likely.insert(0, test)
                break
        else:
            yield f"[{secret}] gets full points"


def _other_hints(judge: Judge, exercise: str, name: str, subject: Subject, tried: Iterable[str]) -> Iterator[str]:
    for secret in tried:
        verdict: Exercise = judge.judge(subject, exercise, selfcheck.POINTS, secret, [])
        hints = [message.hint for message in verdict.messages]
        if verdict.status != "passed" and hints != [name]:
            yield f"[{secret}] is answered by {hints} instead of its own hint"


def main(argv: list[str] | None = None) -> int:
    """Tries some lessons or all, with a line for each exercise that is done; 1 if anything went otherwise than it should."""
    parser = argparse.ArgumentParser(prog="python -m autograder.many_secrets", description="Tries answers and variants under many course secrets.")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="default: all")
    parser.add_argument("--secrets", type=int, default=200, metavar="N", help="how many secrets (default: %(default)s)")
    parser.add_argument("--hints", type=int, default=10, metavar="N", help="under how many of them to look at the hints (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N", help="how many processes (default: %(default)s)")
    arguments = parser.parse_args(argv)
    set_environment()
    started, n_surprises = time.monotonic(), 0
    try:
        lessons = [course.lesson(name) for name in arguments.lessons or course.lessons()]
        for number, of, name, found in _tried(lessons, secrets(arguments.secrets), arguments.hints, arguments.jobs):
            n_surprises += len(found)
            print(f"[{number}/{of}, {time.monotonic() - started:.0f} s] {name}: {len(found) or 'no'} surprises", *found, sep="\n    ", flush=True)
    except (UserError, GraderError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{n_surprises or 'No'} surprises under {arguments.secrets} secrets, in {time.monotonic() - started:.0f} s")
    return 1 if n_surprises else 0


def _tried(lessons: list[Lesson], tried: list[str], hints: int, jobs: int) -> Iterator[tuple[int, int, str, list[str]]]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks = {pool.submit(surprises, lesson, exercise, tried, hints): f"{lesson.name} {exercise}" for lesson in lessons for exercise in answers(lesson)}
        for number, task in enumerate(as_completed(tasks), 1):
            yield number, len(tasks), tasks[task], task.result()


if __name__ == "__main__":
    sys.exit(main())
