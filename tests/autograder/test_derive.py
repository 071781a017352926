"""Deriving exercises: what comes out, what is refused, and that nbgrader itself would write the same."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import course, derive
from autograder.course import Course, UserError
from autograder.derive import DeriveError

SAMPLES = Path(__file__).parent / "samples"
CODE_STUB = '    raise NotImplementedError("Write your answer here, in place of this line.")'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A repository of two lessons, of which the first is given two modules."""
    shutil.copytree(SAMPLES, tmp_path / "repository")
    monkeypatch.setattr(course, "repository", lambda: tmp_path / "repository")
    return tmp_path / "repository"


def edit(root, old, new, path="solutions/01_levels.py"):
    text = (root / path).read_text()
    assert old in text, f"the sample holds no {old!r}"
    (root / path).write_text(text.replace(old, new))


def everything(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def exercise(root):
    return nbformat.read(root / "exercises/01_levels/01_levels.ipynb", as_version=4)


# What comes out

def test_derive_writes_both_notebooks_with_given_modules_beside_them(root):
    changed = derive.derive()
    assert {str(path.relative_to(root)) for path in changed} == {
        f"{place}/{name}" for place in ("build/source", "exercises")
        for name in ("01_levels/01_levels.ipynb", "01_levels/given/__init__.py", "01_levels/given/tones.py",
                     "01_levels/given/units.py", "02_power/02_power.ipynb")}


def test_given_modules_are_verbatim_copies(root):
    derive.derive()
    assert (root / "exercises/01_levels/given/tones.py").read_bytes() == (root / "reference_impl/tones.py").read_bytes()


def test_a_second_run_changes_nothing(root):
    derive.derive()
    assert derive.derive() == []


def test_naming_a_lesson_derives_that_lesson_alone(root):
    derive.derive(["02_power"])
    assert [path.name for path in (root / "exercises").iterdir()] == ["02_power"]


def test_the_stub_stands_at_the_solutions_indentation(root):
    derive.derive()
    stub = next(cell.source for cell in exercise(root).cells if cell.id == "gain-answer")
    assert stub == f'def gain(y, factor):\n    """Returns y times factor."""\n{CODE_STUB}'


def test_a_reflection_keeps_its_question_and_loses_its_answer(root):
    derive.derive()
    cell = next(cell for cell in exercise(root).cells if cell.id == "why_peak")
    assert cell.source == "Why is the peak no measure of loudness?\n\n*Write your answer here, in place of this line.*"
    assert (cell.metadata.nbgrader.grade, cell.metadata.nbgrader.solution, cell.metadata.nbgrader.points) == (True, True, 2)


def test_cell_ids_name_the_cells(root):
    derive.derive()
    assert [cell.id for cell in exercise(root).cells] == [
        "prose-1", "given-1", "prose-2", "gain-answer", "gain", "prose-3", "given-2", "peak-answer", "peak", "given-3", "why_peak", "prose-4"]


def test_cell_ids_and_grade_ids_agree(root):
    derive.derive()
    assert all(cell.id == cell.metadata.nbgrader.grade_id for cell in exercise(root).cells)


def test_all_but_answers_is_locked(root):
    derive.derive()
    editable = [cell.id for cell in exercise(root).cells if cell.metadata.get("editable", True)]
    assert editable == ["gain-answer", "peak-answer", "why_peak"]


def test_the_notebook_is_format_4_5_without_traces_of_jupytext(root):
    derive.derive()
    notebook = exercise(root)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                                 "language_info": {"name": "python"}}
    assert all(set(cell.metadata) <= {"nbgrader", "editable", "deletable"} for cell in notebook.cells)


def test_the_file_ends_with_one_newline(root):
    derive.derive()
    content = (root / "exercises/01_levels/01_levels.ipynb").read_bytes()
    assert content.endswith(b"}\n") and not content.endswith(b"\n\n")


def test_our_stubs_are_those_that_nbgrader_makes(root):
    lesson = course.lesson("01_levels")
    cleared = {cell.id: cell.source for cell in derive.exercise_notebook(lesson).cells}
    assert {cell.id: cell.stub for cell in derive.lesson_cells(lesson)} == cleared


def test_the_source_notebook_is_made_without_writing_anything(root):
    before = everything(root)
    notebook = derive.source_notebook(course.lesson("01_levels"))
    assert "return factor * np.asarray(y)" in notebook.cells[3].source
    assert everything(root) == before


def test_a_changed_notebook_of_the_caller_does_not_change_the_next_ones(root):
    derive.source_notebook(course.lesson("01_levels")).cells.clear()
    assert derive.source_notebook(course.lesson("01_levels")).cells


def test_nbgrader_generate_assignment_writes_the_same_bytes(root):
    derive.derive()
    before = {path: content for path, content in everything(root).items() if path.startswith("exercises")}
    (root / "nbgrader_config.py").write_text(
        "from autograder.derive import CODE_STUB, TEXT_STUB\n"
        "c = get_config()\n"
        "c.CourseDirectory.source_directory, c.CourseDirectory.release_directory = 'build/source', 'exercises'\n"
        "c.ClearSolutions.code_stub, c.ClearSolutions.text_stub = {'python': CODE_STUB}, TEXT_STUB\n")
    scripts = Path(sys.executable).parent  # nbgrader calls alembic by name
    settings = {"HOME": str(root.parent), "PATH": f"{scripts}:{os.environ['PATH']}", "PYTHONPATH": str(Path(derive.__file__).parents[1])}

    run = subprocess.run([scripts / "nbgrader", "generate_assignment", "01_levels", "--force"], cwd=root,
                         env=os.environ | settings, capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    assert {path: content for path, content in everything(root).items() if path.startswith("exercises")} == before


def test_why_an_answer_is_right_is_in_no_notebook(root):
    derive.derive()
    before = everything(root)
    edit(root, GAIN_CHECK, '# %% [markdown] why="gain"\n# Multiplication scales.\n\n' + GAIN_CHECK)

    assert derive.derive() == []
    assert {path: text for path, text in everything(root).items() if path != "solutions/01_levels.py"} == {
        path: text for path, text in before.items() if path != "solutions/01_levels.py"}


# What differs, and what is in the way

def test_check_finds_nothing_after_derive(root):
    derive.derive()
    assert derive.check() == []


def test_check_writes_nothing(root):
    before = everything(root)
    assert len(derive.check()) == 5
    assert everything(root) == before


def test_check_names_a_file_that_differs(root):
    derive.derive()
    edit(root, "0.5", "0.25")
    assert derive.check() == ["exercises/01_levels/01_levels.ipynb differs from its source: run `python -m autograder derive`."]


def test_check_names_a_given_module_that_differs(root):
    derive.derive()
    edit(root, "One second", "A second", "reference_impl/tones.py")
    assert derive.check() == ["exercises/01_levels/given/tones.py differs from its source: run `python -m autograder derive`."]


@pytest.mark.parametrize("stray", ["00_old/00_old.ipynb", "notes.txt", "01_levels/tone.wav", "02_power/given/old.py"])
def test_a_stray_file_is_reported_then_removed(root, stray):
    derive.derive()
    path = root / "exercises" / stray
    path.parent.mkdir(exist_ok=True)
    path.write_text("stray")

    [sentence] = derive.check()
    derive.derive()

    assert "belongs to no lesson" in sentence
    assert not path.exists()
    assert derive.check() == []


def test_what_jupyter_leaves_behind_is_left_alone(root):
    derive.derive()
    checkpoint = root / "exercises/01_levels/.ipynb_checkpoints/01_levels-checkpoint.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text("{}")
    assert derive.check() == derive.derive() == []


def test_work_that_derive_replaces_is_kept(root):
    derive.derive()
    path = root / "exercises/01_levels/01_levels.ipynb"
    path.write_text("hours of work")
    derive.derive()
    assert (root / "build/replaced/exercises/01_levels/01_levels.ipynb").read_text() == "hours of work"
    assert json.loads(path.read_text())["cells"]


# What is refused

ANSWER = "    ### BEGIN SOLUTION\n    return factor * np.asarray(y)\n    ### END SOLUTION\n"
GAIN_CHECK = '# %% check="gain" points=2\nassert gain([1.0], 3.0)[0] == 3.0, "gain([1.0], 3.0) should be [3.0]; multiply y by factor"\n'
FAULTS = {
    "begin without end": ("    return factor * np.asarray(y)\n    ### END SOLUTION\n", "    return 1\n", "BEGIN SOLUTION has no END SOLUTION"),
    "end without begin": ("    ### BEGIN SOLUTION\n    return factor", "    return factor", "END SOLUTION has no BEGIN SOLUTION"),
    "nested": ("    return factor", "    ### BEGIN SOLUTION\n    return factor", "stands inside a solution"),
    "no markers": (ANSWER, "    return 1\n", "nothing is removed"),
    "nothing between the markers": ("    return factor * np.asarray(y)\n", "    # later\n\n", "nothing is removed"),
    "markers in a given cell": ("loud = tone(440.0, 8000)", "### BEGIN SOLUTION\nloud = 1\n### END SOLUTION", "in a cell that is no answer"),
    "markers in prose": ("# ## Peak", "# ### END SOLUTION", "in a cell that is no answer"),
    "hidden tests in the notebook": ("assert peak", "### BEGIN HIDDEN TESTS\nassert peak", "not used in this course"),
    "a why of a mistyped exercise": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="gian"\n# ## Peak', "it explains 'gian', which no cell asks for. Did you mean 'gain'?"),
    "a why above its exercise": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="peak"\n# ## Peak', "it stands above its exercise 'peak'"),
    "a second why": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="gain"\n# One.\n\n# %% [markdown] why="gain"\n# ## Peak', "Make it one why"),
    "an empty why": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="gain"\n\n# %% [markdown]\n# ## Peak', "it is empty"),
    "points on a why": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="gain" points=2\n# ## Peak', "stands on a cell that earns none"),
    "a why in code": ('# %% exercise="peak"', '# %% why="gain"\n1\n\n# %% exercise="peak"', "Make it a markdown cell"),
    "a marker in a why": ("# %% [markdown]\n# ## Peak", '# %% [markdown] why="gain"\n# ### END SOLUTION\n\n# %% [markdown]\n# ## Peak', "in a cell that is no answer"),
    "exercise without check": (GAIN_CHECK, "", "it has no check"),
    "check without exercise": ('# %% exercise="peak"', "# %%", "in a cell that is no answer"),
    "check of a mistyped exercise": ('check="peak"', 'check="peek"', "which no cell asks for. Did you mean 'peak'?"),
    "check without points": ('check="gain" points=2', 'check="gain"', "check has no points"),
    "reflection without points": ('reflection="why_peak" points=2', 'reflection="why_peak"', "reflection has no points"),
    "no points": ("points=1.5", "points=0", "points=0 is no positive number"),
    "negative points": ("points=1.5", "points=-1", "points=-1 is no positive number"),
    "points in quotes": ("points=1.5", 'points="3"', "points='3' is no positive number"),
    "boolean points": ("points=1.5", "points=true", "points=True is no positive number"),
    "infinite points": ("points=1.5", "points=Infinity", "points=inf is no positive number"),
    "points on an exercise": ('exercise="gain"', 'exercise="gain" points=2', "stands on a cell that earns none"),
    "points on prose": ("# %% [markdown]\n# ## Peak", "# %% [markdown] points=2\n# ## Peak", "stands on a cell that earns none"),
    "a duplicate id": ('# %% exercise="peak"\ndef peak(y)', '# %% exercise="gain"\ndef gain(y)', "the id 'gain' is taken"),
    "a reflection named like an exercise": ('reflection="why_peak"', 'reflection="peak"', "the id 'peak' is taken"),
    "an id that is no function": ("def gain(y, factor):", "def amplify(y, factor):", "defines no function 'gain'"),
    "a def inside the solution": (f'def gain(y, factor):\n    """Returns y times factor."""\n{ANSWER}',
                                  "### BEGIN SOLUTION\ndef gain(y, factor):\n    return y\n### END SOLUTION\n",
                                  "its stub defines no function 'gain'"),
    "an answer that is no Python": ("return factor * np", "return factor ** * np", "of its answer is no Python"),
    "a stub that is no Python": (ANSWER, "    return (\n" + ANSWER.replace("return", "").replace("(y)", "(y))"), "of its stub is no Python"),
    "an id with blanks": ('reflection="why_peak"', 'reflection="why peak"', "is no id"),
    "an unknown key": ('# %% exercise="peak"', '# %% exercise="peak" hint="x"', "the header's 'hint' is unknown"),
    "a mistyped key": ('exercise="peak"', 'exercize="peak"', "Did you mean 'exercise'?"),
    "two roles": ('check="peak"', 'exercise="peak" check="peak"', "holds exercise and check"),
    "an exercise in prose": ('# %% [markdown] reflection="why_peak" points=2', '# %% [markdown] exercise="why_peak"', "Make it a code cell"),
    "a raw cell": ("# %% [markdown]\n# ## Peak", "# %% [raw]\n# ## Peak", "it is a raw cell"),
    "a given module that is not named": ("given: [tones, units]", "given: [units]", "imports given.tones"),
    "a relative import that is not given": ("given: [tones, units]", "given: [tones]", "imports .units, which is not given"),
    "a given module that is not there": ("given: [tones, units]", "given: [tones, units, tonez]", "Did you mean 'tones'?"),
}


@pytest.mark.parametrize(("old", "new", "fact"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_source_is_refused_with_nothing_written(root, old, new, fact):
    derive.derive()
    edit(root, "2.0", "2.5", "solutions/02_power.py")  # a sound change, which must wait as well
    edit(root, old, new)
    before = everything(root)

    with pytest.raises(DeriveError) as refusal:
        derive.derive()

    assert fact in str(refusal.value)
    assert "solutions/01_levels.py" in str(refusal.value)
    assert everything(root) == before


def test_a_check_above_its_exercise_is_refused(root):
    edit(root, GAIN_CHECK, "")
    edit(root, '# %% exercise="gain"', GAIN_CHECK + '\n# %% exercise="gain"')
    with pytest.raises(DeriveError, match=r'cell 4 \(check="gain"\): it stands above its exercise'):
        derive.derive()


def test_a_refusal_names_the_cell(root):
    edit(root, "points=1.5", "points=0")
    with pytest.raises(DeriveError, match=r'solutions/01_levels.py, cell 9 \(check="peak"\): points=0'):
        derive.check()


@pytest.mark.parametrize("statement", ["from reference_impl.units import seconds", "import reference_impl"])
def test_a_given_module_that_needs_the_repository_is_refused(root, statement):
    edit(root, "from .units import seconds", statement, "reference_impl/tones.py")
    with pytest.raises(DeriveError, match="imports reference_impl by name"):
        derive.derive()


def test_a_module_imported_from_its_package_must_be_given_too(root):
    edit(root, "from .units import seconds", "from . import scales", "reference_impl/tones.py")
    with pytest.raises(DeriveError, match="imports .scales, which is not given"):
        derive.derive()


# Lessons and course directories

def test_lessons_are_listed_in_order(root):
    assert course.lessons() == ["01_levels", "02_power"]


def test_a_lesson_knows_its_title_and_what_it_is_given(root):
    lesson = course.lesson("01_levels")
    assert (lesson.title, lesson.given) == ("Levels", ("tones", "units"))


def test_a_mistyped_lesson_is_answered_with_the_nearest(root):
    with pytest.raises(UserError, match="Did you mean '01_levels'.*01_levels, 02_power"):
        course.lesson("01_level")


@pytest.mark.parametrize(("old", "new", "fact"), [
    ("    title: Levels\n", "", "has no title"),
    ("given: [tones, units]", "given: tones", "is not a list of modules"),
    ("given: [tones, units]", "given: [../tones]", "is not a list of modules"),
    ("given: [tones, units]", "given: [tones, tones]", "names a module twice"),
    ("title: Levels", "title: [", "is no YAML"),
])
def test_a_faulty_front_matter_is_refused(root, old, new, fact):
    edit(root, old, new)
    with pytest.raises(UserError, match=fact):
        course.lesson("01_levels")


def test_students_are_those_who_handed_in_something(root, tmp_path):
    lesson, directory = course.lesson("01_levels"), Course(tmp_path / "class")
    for student in ("zoe", "ada/01_levels", "ben/02_power", ".hidden/01_levels"):
        (directory.submitted / student).mkdir(parents=True)
    (directory.submitted / "eve").symlink_to(tmp_path)
    (directory.submitted / "notes.txt").write_text("not a student")
    assert directory.students(lesson) == ["ada", "eve"]


def test_a_course_without_submissions_has_no_students(root, tmp_path):
    assert Course(tmp_path).students(course.lesson("01_levels")) == []
