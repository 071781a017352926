"""The commands. Exit codes: 0 done, 1 some submissions could not be graded or ``derive --check`` differs, 2 usage, 3 protection missing."""

import argparse
import sys
from pathlib import Path

from . import course as places
from .course import Course, Lesson, UserError
from .sandbox.preload import set_environment

# nbformat imports jsonschema, which at import builds a parser for IRIs where it finds this package: a second for nothing here.
sys.modules.setdefault("rfc3987_syntax", None)

DONE, SOME_FAILED, USAGE, UNPROTECTED = 0, 1, 2, 3


def main(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    set_environment()
    from .sandbox.box import ProtectionMissing
    try:
        return arguments.run(arguments)
    except UserError as error:
        print(error, file=sys.stderr)
        return USAGE
    except ProtectionMissing as error:
        print(f"{error}\nNothing was graded.", file=sys.stderr)
        return UNPROTECTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder", description="Derives exercises, checks and grades notebooks.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    derive = verbs.add_parser("derive", help="make exercises/ from solutions/")
    derive.add_argument("--check", action="store_true", help="only tell whether the committed notebooks differ (exit code 1)")
    derive.set_defaults(run=_derive)

    new = verbs.add_parser("new", help="write the stubs of a new exercise, say what is still missing")
    new.add_argument("lesson", metavar="NN_name")
    new.add_argument("exercise", metavar="EXERCISE")
    new.set_defaults(run=_new)

    check = verbs.add_parser("check", help="grade your own notebook: points and hints")
    check.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    check.add_argument("--json", type=Path, metavar="FILE", help="also write the result as JSON")
    check.add_argument("--isolation", choices=("full", "none"), help="full: refuse without protection; none: no sandbox; default: what this machine has")
    check.set_defaults(run=_check)

    solution = verbs.add_parser("solution", help="show the worked answer of an exercise, and why it is right")
    solution.add_argument("lesson", metavar="LESSON")
    solution.add_argument("exercise", metavar="EXERCISE")
    solution.set_defaults(run=_solution)

    grade = verbs.add_parser("grade", help="grade a class's submissions of a lesson")
    grade.add_argument("lesson", metavar="LESSON")
    _add_course(grade)
    grade.add_argument("--jobs", type=_positive, metavar="N", help="how many at a time (default: one a core)")
    grade.add_argument("--json", type=Path, metavar="FILE", help="also write all results as JSON")
    grade.add_argument("--isolation", choices=("full", "none"), default="full", help="none accepts the risk of unprotected grading")
    grade.set_defaults(run=_grade)

    report = verbs.add_parser("report", help="write a lesson's class report from its records")
    report.add_argument("lesson", metavar="LESSON")
    _add_course(report)
    report.set_defaults(run=_report)

    doctor = verbs.add_parser("doctor", help="prove by trying which protections hold on this machine")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--course", type=Path, metavar="DIR", help="an nbgrader course directory (default: the repository)")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes; give 1 or more")
    return number


def _course(arguments: argparse.Namespace) -> Course:
    root = arguments.course or places.repository()
    if not root.is_dir():
        raise UserError(f"There is no folder {root}. Give --course the folder that holds submitted/.")
    return Course(root.resolve())


def _derive(arguments: argparse.Namespace) -> int:
    from .derive import check, derive
    if arguments.check:
        differences = check()
        print("\n".join(differences) or "exercises/ is what solutions/ make.")
        return SOME_FAILED if differences else DONE
    for path in derive():
        print(path)
    return DONE


def _new(arguments: argparse.Namespace) -> int:
    from .new import new
    report = new(places.repository(), arguments.lesson, arguments.exercise)
    print(report)
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    from .sandbox.client import Warm
    from .sandbox.preload import mentioned

    path = arguments.notebook
    if not path.is_file():
        nearby = [p.name for p in path.parent.glob("*.ipynb")] if path.parent.is_dir() else []
        raise UserError(f"There is no notebook {path}.{places.suggestion(path.name, nearby)}")
    # It imports the libraries while this process imports the rest.
    warm = Warm(arguments.isolation or "available", libraries=mentioned([path], (path.parent / "given").glob("*.py")))

    from rich.console import Console
    from rich.markup import escape

    from .console import show_result
    from .grading import Engine, course_secret
    from .record import write_json

    with Engine(warm) as engine:
        record = engine.grade(path, _lesson_of(path), path.stem, course_secret(Course(places.repository())))
    console = Console()
    result = record.result
    show_result(console, result)
    if result.status == "graded":
        protected = "landlock" in result.isolation and "seccomp" in result.isolation
        console.print(escape(f"sandboxed by {', '.join(result.isolation)}" if protected else "not sandboxed: your own notebook only"), style="dim" if protected else "yellow")
    if arguments.json:
        write_json(arguments.json, result.to_json())
    return DONE if result.status == "graded" else SOME_FAILED


def _solution(arguments: argparse.Namespace) -> int:
    from rich.console import Console

    from .console import show_solution
    from .solution import solution

    lesson = places.lesson(arguments.lesson)
    show_solution(Console(), lesson.name, solution(lesson, arguments.exercise))
    return DONE


def _lesson_of(path: Path) -> Lesson:
    from .rebuild import Unreadable, lesson_of
    try:
        name = lesson_of(path)
    except Unreadable:
        name = next((n for n in places.lessons() if n in (path.stem, path.resolve().parent.name)), None)
        if name is None:
            raise UserError(f"{path} cannot be read as a notebook, and its name tells no lesson. Take a fresh copy from exercises/.") from None
    if name is None:
        raise UserError(f"{path} belongs to no lesson of this course. The lessons are: {', '.join(places.lessons())}.")
    return places.lesson(name)


def _grade(arguments: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from . import gradebook, report
    from .console import show_class
    from .record import write_json
    from .runner import grade_class

    lesson, course = places.lesson(arguments.lesson), _course(arguments)
    students = course.students(lesson)
    if not students:
        raise UserError(f"{course.submitted} holds no submission of {lesson.name}. Collect first (nbgrader collect {lesson.name}), or give --course.")
    gradebook.check_gradebook(course)
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        grading = bar.add_task(f"grading {lesson.name}", total=len(students))
        outcome = grade_class(course, lesson, students, arguments.jobs, arguments.isolation, lambda *_: bar.advance(grading))
        writing = bar.add_task("into the gradebook", total=len(outcome.records))
        gradebook.hand_over(course, lesson, outcome.records, lambda *_: bar.advance(writing))
    gradebook.export_csv(course, course.grades)
    results = {student: record.result for student, record in outcome.records.items()}
    page = report.write_report(course, lesson, list(results.values()))
    if arguments.json:
        write_json(arguments.json, [results[s].to_json() for s in sorted(results)])
    show_class(console, results)
    console.print(f"records {course.records / lesson.name}\ngrades  {course.grades}\nreport  {page}", highlight=False, markup=False, soft_wrap=True)
    for student, reason in sorted(outcome.problems().items()):
        console.print(f"could not be graded: {student}: {reason}", markup=False, highlight=False, soft_wrap=True)
    return SOME_FAILED if outcome.problems() else DONE


def _report(arguments: argparse.Namespace) -> int:
    from . import report
    from .record import read_record
    lesson, course = places.lesson(arguments.lesson), _course(arguments)
    records = [read_record(path) for path in sorted((course.records / lesson.name).glob("*.json"))]
    results = [record.result for record in records if record is not None]
    if not results:
        raise UserError(f"{course.records / lesson.name} holds no records. Grade first: python -m autograder grade {lesson.name}.")
    print(report.write_report(course, lesson, results))
    return DONE


def _doctor(_arguments: argparse.Namespace) -> int:
    from .doctor import examine
    return UNPROTECTED if examine() else DONE
