"""The class report: one HTML page a lesson, complete in itself; made from results, so it can be written anew at any time."""

import io
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean, median

from jinja2 import Environment, PackageLoader, StrictUndefined

from .course import Course, Lesson
from .grading import PUBLIC_SECRET, course_secret
from .record import Result

STATUSES = ("passed", "failed", "error", "timeout", "killed", "not_attempted")
# Okabe and Ito's colours, told apart by colour-blind readers too; from full points to nothing
COLOURS = ("#009E73", "#E69F00", "#D55E00", "#CC79A7", "#7b3f61", "#c9ced6")


def write_report(course: Course, lesson: Lesson, results: list[Result]) -> Path:
    """Writes ``reports/<lesson>.html`` and returns its path. ``results`` holds at least one."""
    page = render(lesson, results, public=course_secret(course) == PUBLIC_SECRET)
    path = course.reports / f"{lesson.name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


def render(lesson: Lesson, results: list[Result], public: bool = False) -> str:
    """The page. Everything that came from learners is escaped."""
    graded = [r for r in results if r.status == "graded"]
    environment = Environment(loader=PackageLoader("autograder", "templates"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("report.html").render(
        lesson=lesson, results=sorted(results, key=lambda r: r.submission), graded=graded, public=public,
        problems=[r for r in results if r.status != "graded"],
        scores=[r.score for r in graded], mean=mean(r.score for r in graded) if graded else 0.0, median=median(r.score for r in graded) if graded else 0.0,
        exercises=by_exercise(graded), hints=by_hint(graded), plot=plot(graded) if graded else "", isolation=sorted({name for r in graded for name in r.isolation}))


def by_exercise(results: list[Result]) -> list[dict]:
    """A row an exercise: its points, the mean share of them, how many have each status."""
    rows: dict[str, dict] = {}
    for result in results:
        for exercise in result.exercises:
            row = rows.setdefault(exercise.id, {"id": exercise.id, "points": exercise.points, "shares": [], "statuses": Counter()})
            row["shares"].append(exercise.score / exercise.points)
            row["statuses"][exercise.status] += 1
    return [{**row, "share": mean(row["shares"])} for row in rows.values()]


def by_hint(results: list[Result]) -> list[dict]:
    """A row a misconception met: its exercise, name, text and who met it, the most frequent first."""
    met: dict[tuple[str, str], dict] = defaultdict(lambda: {"students": [], "text": ""})
    for result in results:
        for exercise in result.exercises:
            for message in exercise.messages:
                if message.hint:
                    row = met[exercise.id, message.hint]
                    row["students"].append(result.submission)
                    row["text"] = message.text
    rows = [{"exercise": exercise, "hint": hint, **row} for (exercise, hint), row in met.items()]
    return sorted(rows, key=lambda row: (-len(row["students"]), row["exercise"], row["hint"]))


def plot(results: list[Result]) -> str:
    """Two panels as SVG: how many reached which score, and what became of each exercise."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    rows = by_exercise(results)
    figure = Figure(figsize=(9, 1.4 + 0.36 * max(len(rows), 5)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(2, 3))
    top = max(r.max_score for r in results)
    left.hist([r.score for r in results], bins=10, range=(0, top), color="#0072B2", edgecolor="white")
    left.set(xlabel=f"score (of {top:g})", ylabel="submissions", title="Scores")
    left.yaxis.get_major_locator().set_params(integer=True)
    start = [0] * len(rows)
    for status, colour in zip(STATUSES, COLOURS, strict=True):
        counts = [row["statuses"][status] for row in rows]
        if any(counts):
            right.barh([row["id"] for row in rows], counts, left=start, color=colour, label=status.replace("_", " "))
            start = [a + b for a, b in zip(start, counts, strict=True)]
    right.invert_yaxis()
    right.set(xlabel="submissions", title="By exercise")
    right.xaxis.get_major_locator().set_params(integer=True)
    right.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize="small")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": "report"}):  # the same results, the same page
        figure.savefig(buffer, format="svg", metadata={"Date": None}, transparent=True)
    text = buffer.getvalue()
    return text[text.index("<svg"):]
