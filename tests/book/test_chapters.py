"""The laws of chapters, read from their sources."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
LINE = 76  # characters of code that fit beside the two sidebars
HEADINGS = ("What goes wrong", "Questions", "Take away", "Now you")  # the end of each chapter, in this order

MUSEUM = re.compile(r":::\{admonition\} From the museum.*?^:::$", re.DOTALL | re.MULTILINE)
NOT_PROSE = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|(?:\{[\w:]+\})?`[^`]*`|\]\([^)]*\)|<[^>]*>", re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


def cells(chapter, kind):
    return [cell for cell in chapter.cells if cell.cell_type == kind]


def code(chapter):
    return "\n".join(cell.source for cell in cells(chapter, "code"))


def prose(chapter):
    return "\n".join(cell.source for cell in cells(chapter, "markdown"))


def calls(chapter, function):
    """The calls of a function in a chapter's code."""
    return [node for node in ast.walk(ast.parse(code(chapter))) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function]


def literals(text):
    """The numbers that stand in Python code."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {float(ast.literal_eval(token.string)) for token in tokens if token.type == tokenize.NUMBER}


def typed_numbers(text, known):
    """The numbers of a prose that look computed and are not: of three digits or with a decimal point, and in no cell."""
    text = NOT_PROSE.sub("", MUSEUM.sub("", text))  # a museum's box quotes
    found = [number.replace(",", "") for number in NUMBER.findall(text)]
    return [number for number in found if (len(number.partition(".")[0]) > 2 or "." in number) and float(number) not in known]


def test_every_file_is_in_the_table_of_contents(toc):
    listed = {toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])}
    assert listed == {path.stem for path in BOOK.glob("*.md")}


def test_every_chapter_is_a_lesson_with_exercises(name):
    assert (ROOT / "solutions" / f"{name}.py").is_file(), f"book/{name}.md has no lesson of this name in solutions/: name both alike"


def test_lessons_stand_in_their_order(toc):
    lessons = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"] if chapter["file"][:2].isdigit()]
    assert lessons and lessons == sorted(lessons)


def test_a_chapter_is_not_too_short_and_not_too_long(chapter):
    assert 1000 <= len(prose(chapter).split()) <= 3000


def test_a_chapter_opens_with_objectives_and_ends_with_the_way_to_the_exercises(chapter, name):
    text = prose(chapter)
    assert re.search(r"^# \d\d .*\n\n:::\{admonition\} After this chapter you can\n- ", text, re.MULTILINE)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE)[-4:] == list(HEADINGS)
    assert text.rstrip().endswith("```{exercises}\n```")


def test_something_is_heard_or_seen_before_the_first_heading(chapter):
    first = next(i for i, cell in enumerate(chapter.cells) if cell.cell_type == "markdown" and "\n## " in f"\n{cell.source}")
    before = "\n".join(cell.source for cell in chapter.cells[:first] if cell.cell_type == "code")
    assert "sound(" in before or "figure(" in before


def test_a_box_says_what_goes_wrong(chapter):
    section = prose(chapter).partition("## What goes wrong")[2].partition("## Questions")[0]
    assert ":class: warning" in section and section.count("- **") >= 3


def test_a_chapter_defines_no_function(chapter):
    defined = [node for node in ast.walk(ast.parse(code(chapter))) if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef))]
    assert not defined, "a chapter calls reference_impl: what is worth a function belongs there, or into book/show"


def test_a_chapter_calls_the_reference(chapter):
    imported = {alias.name for node in ast.walk(ast.parse(code(chapter))) if isinstance(node, ast.ImportFrom) and node.module == "reference_impl" for alias in node.names}
    assert len(imported) >= 5
    assert all(calls(chapter, function) for function in imported), "what is imported is called"


def test_at_least_four_questions_are_asked(chapter):
    assert len(calls(chapter, "ask")) >= 4


def test_figures_and_sounds_come_with_words(chapter):
    text = code(chapter)
    assert not re.search(r"plt\.|\.show\(|Audio\(|display\(", text), "use figure() and sound(): they ask for the words"
    assert not re.search(r"!\[\s*\]\(", prose(chapter)), "a picture has no text: ![what it shows](file)"


def test_numbers_of_the_prose_come_from_cells(chapter):
    typed = typed_numbers(prose(chapter), literals(code(chapter)))
    assert not typed, f"{typed} stand in the text and in no cell: compute them, say(name=...), and write {{glue:text}}`name:.1f`"


@pytest.mark.parametrize(("text", "typed"), [
    ("It is 6.02 dB at 440 Hz.", ["6.02"]),
    ("There are 96,000 numbers.", ["96000"]),
    ("Two of 12, $x = 3.5$, `1.25`, {glue:text}`level:.1f` dB.", []),
    (":::{admonition} From the museum of errors\n41100 samples\n:::\n411", ["411"]),
])
def test_a_typed_number_is_told(text, typed):
    assert typed_numbers(text, {440.0}) == typed


def test_every_number_kept_is_said(chapter):
    kept = {keyword.arg for call in calls(chapter, "say") for keyword in call.keywords}
    said = set(re.findall(r"\{glue:text\}`(\w+):", prose(chapter)))
    assert kept == said


def test_code_that_is_shown_fits_the_page(chapter):
    shown = [cell for cell in cells(chapter, "code") if not cell.metadata.get("tags")]
    long = [line for cell in shown for line in cell.source.splitlines() if len(line) > LINE]
    assert shown and not long, f"longer than {LINE} characters: {long}"


def test_nothing_is_called_simple(chapter):
    assert not re.findall(r"\b(?:simply|obviously|of course|trivial\w*|just)\b", prose(chapter), re.IGNORECASE)


def test_sources_are_cited_and_listed(chapter):
    cited = {key for keys in re.findall(r"\{cite:[pt]\}`([^`]+)`", prose(chapter)) for key in keys.split(",")}
    listed = set(re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
    assert cited and cited <= listed


def test_every_source_is_cited_somewhere():
    listed = re.findall(r"^@\w+\{(\w+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE)
    text = "\n".join(path.read_text(encoding="utf-8") for path in BOOK.glob("*.md"))
    assert listed and all(re.search(rf"\{{cite:[pt]\}}`[^`]*{key}", text) for key in listed)


def test_the_original_is_credited():
    assert "Sebastián García Valencia" in (BOOK / "index.md").read_text(encoding="utf-8")


def test_warnings_of_cells_are_errors_and_nothing_runs_twice():
    execute = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["execute"]
    assert execute["stderr_output"] == "error" and not execute["allow_errors"] and execute["execute_notebooks"] == "cache"


# Contrast: WCAG 2.2, 1.4.3 (letters, 4.5) and 1.4.11 (lines of figures, 3).

def palette(theme):
    css = (BOOK / "_static" / "book.css").read_text(encoding="utf-8")
    block = re.search(rf'^html\[data-theme="{theme}"\] \{{(.*?)^\}}', css, re.DOTALL | re.MULTILINE)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    assert abs(contrast("#ffffff", "#767676") - 4.54) < 0.01  # the well-known limit of grey on white


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("letters", ["pst-color-text-base", "pst-color-text-muted", "pst-color-primary", "pst-color-secondary", "pst-color-inline-code", "book-right", "book-wrong", "drawing-ink"])
def test_letters_stand_out(theme, letters):
    colours = palette(theme)
    for ground in ("pst-color-background", "pst-color-on-background", "pst-color-surface"):
        assert contrast(colours[letters], colours[ground]) >= 4.5, f"{letters} on {ground}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("line", ["drawing-faint", "drawing-first", "drawing-second", "drawing-third"])
def test_lines_of_figures_stand_out(theme, line):
    colours = palette(theme)
    assert contrast(colours[line], colours["pst-color-background"]) >= 3
