"""The stubs of a new exercise, and what is said to be missing from one."""

import re
from pathlib import Path

import pytest

from autograder import misconceptions
from autograder.completeness import missing, remarks
from autograder.course import Lesson, UserError
from autograder.lesson_source import lesson_cells
from autograder.new import new

LESSON, EXERCISE = "03_fourier", "bin_to_hz"
SOURCE, GRADER, VARIANTS = (f"{folder}/{LESSON}.py" for folder in ("solutions", "tests/graders", "tests/misconceptions"))

COMPLETE = {
    SOURCE: '''\
# ---
# jupyter:
#   course:
#     title: Fourier
# ---

# %% exercise="bin_to_hz"
def bin_to_hz(k, n_fft, sr):
    """Give the frequency of a bin.

    Parameters
    ----------
    k, n_fft, sr : int
        Bin, length of the frame in samples, rate in Hz.

    Returns
    -------
    float
        k * sr / n_fft in Hz.

    Examples
    --------
    >>> bin_to_hz(1, 8, 8000)
    1000.0
    """
    ### BEGIN SOLUTION
    return k * sr / n_fft
    ### END SOLUTION

# %% [markdown] why="bin_to_hz"
# Bins are even steps.

# %% check="bin_to_hz" points=1
assert bin_to_hz(1, 8, 8000) == 1000, "one eighth of the rate is 1000 Hz; divide by n_fft"

# %% [markdown]
# <details><summary>Hint 1: where</summary>
# </details>
# <details><summary>Hint 2: what</summary>
# </details>
# <details><summary>Hint 3: how</summary>
# </details>
''',
    GRADER: '''\
from autograder import compare, grades

@grades("bin_to_hz", weight=2)
def test_bins_are_evenly_spaced(learner, reference): ...
''',
    VARIANTS: "from autograder import alternative, misconception\n" + "".join(
        f'\n@{kind}("bin_to_hz", "{kind}{i}"{hint})\ndef bin_to_hz(k, n_fft, sr): ...\n'
        for kind, hint in (("misconception", ', "Fact. Step."'), ("alternative", "")) for i in range(3)),
    "reference_impl/bins.py": "def bin_to_hz(k, n_fft, sr): ...\n",
    "reference_impl/__init__.py": "from .bins import bin_to_hz\n",
    "tests/reference_impl/test_bins.py": "from reference_impl import bin_to_hz\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one complete exercise."""
    for path, text in COMPLETE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def files(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*.py")}


def test_nothing_is_missing_from_a_complete_exercise(root):
    assert missing(root, LESSON, EXERCISE) == []
    assert "is complete" in str(new(root, LESSON, EXERCISE))


@pytest.mark.parametrize(("path", "old", "gone", "said"), [
    (SOURCE, 'exercise="bin_to_hz"', "", "solutions/03_fourier.py does not ask for `bin_to_hz`: add a cell"),
    (SOURCE, "def bin_to_hz", "def other", "defines no such function"),
    (SOURCE, '"""Give', 'f"""Give', "`bin_to_hz` has no docstring"),
    (SOURCE, "k, n_fft, sr : int", "k, n_fft : int", "does not say what `sr` is"),
    (SOURCE, "    Returns\n", "    Gives\n", "does not say what comes back"),
    (SOURCE, ">>> bin", "bin", "has no example"),
    (SOURCE, "Hint 2", "Hint 1", "gives no hint 2 to `bin_to_hz`"),
    (SOURCE, 'check="bin_to_hz"', "", "has no visible check of `bin_to_hz`"),
    (SOURCE, "assert ", "print, ", "asserts nothing"),
    (SOURCE, ' why="bin_to_hz"', "", "does not say why the answer of `bin_to_hz` is right"),
    (SOURCE, "# Bins are even steps.\n", "", "does not say why the answer of `bin_to_hz` is right"),
    (SOURCE, ', "one eighth', '; "one eighth', "has no message"),
    (GRADER, '"bin_to_hz"', '"hz_to_bin"', "has no hidden test of `bin_to_hz`"),
    (VARIANTS, '@misconception("bin_to_hz"', '@misconception("hz_to_bin"', "has 0 misconceptions of `bin_to_hz`"),
    (VARIANTS, '@alternative("bin_to_hz", "alternative0"', '@alternative("hz_to_bin", "alternative0"', "has 2 rightful alternatives"),
    ("reference_impl/bins.py", "bin_to_hz", "hz_to_bin", "reference_impl has no function `bin_to_hz`"),
    ("reference_impl/__init__.py", "import bin_to_hz", "import hz_to_bin", "reference_impl does not export `bin_to_hz`"),
    ("tests/reference_impl/test_bins.py", "bin_to_hz", "hz_to_bin", "tests/reference_impl has no test of `bin_to_hz`"),
    (GRADER, "weight=2", "weight=2)  # <<which weight>>\n@grades(\"x\"", "tests/graders/03_fourier.py has 1 place left to fill in, the first in line 3: <<which weight>>"),
])
def test_each_gap_is_told_with_its_next_step(root, path, old, gone, said):
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, gone))

    faults = missing(root, LESSON, EXERCISE)

    assert len(faults) == 1 and said in faults[0]


def test_two_misconceptions_are_enough_where_a_third_would_be_invented(root):
    path = root / VARIANTS
    path.write_text(path.read_text().replace('@misconception("bin_to_hz", "misconception0"', '@misconception("hz_to_bin", "misconception0"'))

    assert missing(root, LESSON, EXERCISE) == []
    assert "add a third" in remarks(root, LESSON, EXERCISE)[0]


def test_hints_of_the_next_exercise_are_not_counted(root):
    path = root / SOURCE
    text = path.read_text()
    hints = text.index("# %% [markdown]")
    path.write_text(text[:hints] + '# %% exercise="hz_to_bin"\ndef hz_to_bin(): ...\n\n' + text[hints:])

    assert [re.search(r"no hint (\d) to `bin_to_hz`", fault)[1] for fault in missing(root, LESSON, EXERCISE)] == ["1", "2", "3"]


def test_a_complete_exercise_is_left_as_it_is(root):
    before = files(root)

    assert new(root, LESSON, EXERCISE).written == ()
    assert files(root) == before


def test_stubs_go_behind_what_is_there(root):
    before = files(root)

    report = new(root, LESSON, "alias_frequency")

    assert report.written == (SOURCE, GRADER, VARIANTS)
    assert all(files(root)[path].startswith(text.rstrip("\n")) for path, text in before.items())
    assert missing(root, LESSON, EXERCISE) != [], "the lesson's files have places to fill in"
    assert not any(f"`{EXERCISE}`" in fault for fault in missing(root, LESSON, EXERCISE))


def test_only_absent_stubs_are_written_and_they_take_the_signature_of_the_source(root):
    (root / VARIANTS).unlink()
    before = files(root)

    assert new(root, LESSON, EXERCISE).written == (VARIANTS,)
    assert files(root)[VARIANTS].count("def bin_to_hz(k, n_fft, sr):") == 6
    assert {path: text for path, text in files(root).items() if path != VARIANTS} == before


def test_a_second_run_writes_nothing(root):
    new(root, LESSON, "alias_frequency")
    before = files(root)

    assert new(root, LESSON, "alias_frequency").written == ()
    assert files(root) == before


def test_a_new_lesson_gets_all_its_files(tmp_path):
    report = new(tmp_path, "05_musical_sound", "cents")

    assert sorted(report.written) == sorted(files(tmp_path)) and len(report.written) == 3
    assert "title: Musical sound\n" in files(tmp_path)["solutions/05_musical_sound.py"]


def test_stubs_are_incomplete_until_they_are_filled_in(tmp_path):
    faults = new(tmp_path, "05_musical_sound", "cents").missing

    unfilled = [fault.partition(" has")[0] for fault in faults if "left to fill in" in fault]
    assert unfilled == [f"{folder}/05_musical_sound.py" for folder in ("solutions", "tests/graders", "tests/misconceptions")]
    assert any("reference_impl has no function `cents`" in fault for fault in faults)


@pytest.mark.parametrize("exercise", ["cents", "q1"])
def test_a_stub_makes_a_notebook(tmp_path, exercise):
    new(tmp_path, "05_musical_sound", exercise)

    cells = lesson_cells(Lesson("05_musical_sound", "Musical sound", (), tmp_path))

    assert [cell.id for cell in cells if cell.exercise] == [f"{exercise}-answer", exercise]


def test_stubs_of_variants_are_told_apart(tmp_path):
    new(tmp_path, "05_musical_sound", "cents")

    loaded = misconceptions.load(tmp_path / "tests" / "misconceptions" / "05_musical_sound.py")

    assert [variant.hint is None for variant in loaded] == [False] * 3 + [True] * 3


def test_a_question_needs_neither_hints_nor_reference(root):
    new(root, LESSON, "q1")
    for path, text in files(root).items():
        (root / path).write_text(re.sub(r"<<(.*?)>>", r"\1", text))

    assert missing(root, LESSON, "q1") == []
    loaded = [v for v in misconceptions.load(root / VARIANTS) if v.exercise == "q1"]
    assert [variant.hint is None for variant in loaded] == [False] * 3 + [True]


def test_every_lesson_may_have_its_question_1(root):
    new(root, LESSON, "q1")

    assert len(new(root, "04_spectrogram", "q1").written) == 3


def test_a_name_like_an_existing_one_is_asked_about(root):
    report = new(root, LESSON, "bin_to_hzz")

    assert "Did you mean 'bin_to_hz'?" in str(report)


@pytest.mark.parametrize(("lesson", "exercise", "said"), [
    ("fourier", "dft", "'fourier' is no name of a lesson"),
    ("../03_fourier", "dft", "is no name of a lesson"),
    ("03_furier", "dft", "Lesson 03 is '03_fourier'"),
    (LESSON, "Bin-to-Hz", "'Bin-to-Hz' is no name of an exercise"),
    (LESSON, "lambda", "'lambda' is no name of an exercise"),
    ("04_spectrogram", EXERCISE, "'bin_to_hz' is an exercise of 03_fourier"),
])
def test_names_that_cannot_be_are_refused_with_nothing_written(root, lesson, exercise, said):
    before = files(root)

    with pytest.raises(UserError, match=re.escape(said)):
        new(root, lesson, exercise)
    assert files(root) == before
