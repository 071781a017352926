"""Rebuilding submissions: whose cell is whose, in which order they run, and which files are no submission at all."""

import json
import os
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import course, sourcecode, submission
from autograder.derive import exercise_notebook
from autograder.rebuild import Missing, Unreadable, lesson_of, rebuild, to_notebook

SAMPLES = Path(__file__).parent / "samples"
GAIN = "def gain(y, factor):\n    return [factor * v for v in y]"
PEAK = "def peak(y):\n    return max(abs(v) for v in y)"
LOUDNESS = "Why is the peak no measure of loudness?\n\nOne sample is not the whole sound."


@pytest.fixture(autouse=True)
def repository(monkeypatch):
    monkeypatch.setattr(course, "repository", lambda: SAMPLES)


@pytest.fixture
def lesson():
    return course.lesson("01_levels")


@pytest.fixture
def untouched(lesson):
    """The notebook as handed out."""
    return exercise_notebook(lesson)


@pytest.fixture
def solved(untouched):
    """A notebook with every answer in its cell."""
    cell(untouched, "gain-answer").source = GAIN
    cell(untouched, "peak-answer").source = PEAK
    cell(untouched, "why_peak").source = LOUDNESS
    return untouched


@pytest.fixture
def again(tmp_path, lesson):
    """Writes a notebook and rebuilds it."""
    def save_and_rebuild(notebook):
        return rebuild(saved(tmp_path / "01_levels.ipynb", notebook), lesson)
    return save_and_rebuild


def saved(path, notebook, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, **options), encoding="utf-8")
    return path


def cell(notebook, id):
    return next(cell for cell in notebook.cells if cell.id == id)


def place(notebook, id):
    return notebook.cells.index(cell(notebook, id))


def insert_after(notebook, id, *new):
    at = place(notebook, id) + 1
    notebook.cells[at:at] = new


def strip(notebook, metadata=True, ids=True):
    """What hosted notebooks do."""
    for one in notebook.cells:
        if metadata:
            one.metadata = {}
        if ids:
            del one["id"]
    if ids:
        notebook.nbformat_minor = 4
    return notebook


def ids(rebuilt):
    return [cell.id or cell.source for cell in rebuilt.cells]


AS_HANDED_OUT = ["prose-1", "given-1", "prose-2", "gain-answer", "gain", "prose-3", "given-2", "peak-answer", "peak", "given-3",
                 "why_peak", "prose-4"]


# Answers

def test_answers_are_taken_and_the_rest_comes_from_the_source(solved, again, lesson):
    rebuilt = again(solved)
    assert ids(rebuilt) == AS_HANDED_OUT
    assert rebuilt.answers == {"gain": GAIN, "peak": PEAK}
    assert (rebuilt.untouched, rebuilt.missing, rebuilt.remarks) == (set(), set(), [])


def test_cells_know_their_role_exercise_and_place(solved, again):
    answer, check = again(solved).cells[3:5]
    assert (answer.kind, answer.role, answer.exercise, answer.index) == ("code", "answer", "gain", 3)
    assert (check.kind, check.role, check.exercise, check.index) == ("code", "check", "gain", 4)


def test_a_reflection_is_taken(solved, again):
    reflection = again(solved).cells[10]
    assert (reflection.kind, reflection.role, reflection.exercise, reflection.source) == ("markdown", "reflection", "why_peak", LOUDNESS)


def test_an_untouched_notebook_is_untouched(untouched, again):
    rebuilt = again(untouched)
    assert (rebuilt.untouched, rebuilt.missing) == ({"gain", "peak"}, set())


def test_comments_and_blank_lines_leave_a_stub_untouched(untouched, again):
    stub = cell(untouched, "gain-answer")
    stub.source = "# mine\n\n" + stub.source.replace("\n", "\n\n    # here?\n") + "\n\n"
    assert again(untouched).untouched == {"gain", "peak"}


def test_a_stub_with_a_broken_line_is_touched(untouched, again):
    cell(untouched, "gain-answer").source += "\n    return ("
    assert again(untouched).untouched == {"peak"}


def test_a_stub_is_not_untouched_if_another_cell_defines_the_name(untouched, again):
    insert_after(untouched, "gain-answer", new_code_cell(GAIN))
    assert again(untouched).untouched == {"peak"}


def test_a_name_bound_by_assignment_counts_as_defined(untouched, again):
    insert_after(untouched, "gain-answer", new_code_cell("gain = np.multiply"))
    assert again(untouched).untouched == {"peak"}


def test_a_name_that_is_only_used_does_not_count_as_defined(untouched, again):
    insert_after(untouched, "gain-answer", new_code_cell("[gain(y, 2) for peak in ([1], [2])]"))
    assert again(untouched).untouched == {"gain", "peak"}


def test_a_deleted_answer_is_missing(solved, again):
    del solved.cells[place(solved, "gain-answer")]
    rebuilt = again(solved)
    assert rebuilt.missing == {"gain"}
    assert "No cell answers gain: the notebook defines no such name." in rebuilt.remarks
    assert set(rebuilt.answers) == {"peak"}


def test_a_missing_answers_stub_is_put_back(solved, again):
    del solved.cells[place(solved, "gain-answer")]
    rebuilt = again(solved)
    assert ids(rebuilt) == AS_HANDED_OUT
    assert "NotImplementedError" in rebuilt.cells[3].source
    assert rebuilt.cells[3].index is None


def test_an_emptied_answer_cell_is_missing(solved, again):
    cell(solved, "gain-answer").source = "# I give up\n"
    assert again(solved).missing == {"gain"}


def test_a_deleted_answer_is_not_missing_if_its_name_is_bound_elsewhere(solved, again):
    del solved.cells[place(solved, "gain-answer")]
    insert_after(solved, "given-1", new_code_cell("if True:\n    from numpy import multiply as gain"))
    rebuilt = again(solved)
    assert rebuilt.missing == set()
    assert "gain-answer" not in ids(rebuilt)


def test_an_answer_written_into_the_cell_of_another_is_found(solved, again):
    cell(solved, "gain-answer").source = f"{GAIN}\n\n{PEAK}"
    del solved.cells[place(solved, "peak-answer")]
    rebuilt = again(solved)
    assert rebuilt.answers["peak"] == f"{GAIN}\n\n{PEAK}"
    assert rebuilt.missing == set()


def test_magics_in_an_answer_do_not_hide_its_function(solved, again):
    cell(solved, "gain-answer").source = f"%%time\n%matplotlib inline\nfiles = !ls\n{GAIN}\ngain?"
    strip(solved)
    rebuilt = again(solved)
    assert rebuilt.answers["gain"].startswith("%%time")
    assert rebuilt.cells[3].role == "answer"


def test_an_answer_that_is_no_python_is_found_by_its_def_line(solved, again):
    cell(solved, "gain-answer").source = "def gain(y, factor):\n    return ("
    assert again(strip(solved)).answers["gain"] == "def gain(y, factor):\n    return ("


def test_an_answer_turned_into_prose_still_counts(solved, again):
    solved.cells[3] = new_markdown_cell(GAIN, id="gain-answer", metadata=solved.cells[3].metadata)
    rebuilt = again(solved)
    assert (rebuilt.cells[3].kind, rebuilt.answers["gain"]) == ("code", GAIN)
    assert rebuilt.remarks == ["The answer of gain was no code cell any more; it ran as one."]


def test_duplicated_answers_run_in_order_with_a_remark(solved, again):
    first = deepcopy(cell(solved, "gain-answer"))
    first.source, first.id = "def gain(y, factor):\n    return y", "copied"
    solved.cells.insert(3, first)
    rebuilt = again(solved)
    assert [cell.source for cell in rebuilt.cells if cell.exercise == "gain" and cell.role == "answer"] == [first.source, GAIN]
    assert rebuilt.answers["gain"] == f"{first.source}\n\n{GAIN}"
    assert rebuilt.remarks == ["There are 2 answer cells of gain; they ran in order, and the last definition counts."]


def test_a_duplicate_of_the_stub_does_not_make_an_answer_untouched(solved, untouched, again):
    solved.cells.insert(3, deepcopy(cell(solved, "gain-answer")))
    solved.cells[3].source = "def gain(y, factor):\n    raise NotImplementedError"
    assert again(solved).untouched == set()


def test_an_answer_split_over_new_cells_keeps_its_order(solved, again):
    cell(solved, "gain-answer").source = "def gain(y, factor):\n    return scaled(y, factor)"
    insert_after(solved, "gain-answer", new_code_cell("def scaled(y, factor):\n    return y"))
    assert ids(again(solved))[3:6] == ["gain-answer", "def scaled(y, factor):\n    return y", "gain"]


# The learner's own cells

def test_helper_cells_keep_their_place_without_tags_outputs_or_metadata(solved, again):
    helper = new_code_cell("def helper(): ...", metadata={"tags": ["hide"]}, outputs=[nbformat.v4.new_output("stream", text="x")])
    insert_after(solved, "given-1", helper, new_markdown_cell("my notes", attachments={"a.png": {"image/png": ""}}))
    code, prose = again(solved).cells[2:4]
    assert (code.role, code.kind, code.source, code.index, code.exercise) == ("extra", "code", "def helper(): ...", 2, None)
    assert (prose.role, prose.kind, prose.source) == ("extra", "markdown", "my notes")


def test_a_raw_cell_is_shown_but_not_run(solved, again):
    insert_after(solved, "given-1", nbformat.v4.new_raw_cell("import os"))
    assert (again(solved).cells[2].kind, again(solved).cells[2].role) == ("markdown", "extra")


def test_a_second_copy_of_a_given_cell_is_the_learners_own(solved, again):
    insert_after(solved, "gain", new_code_cell(cell(solved, "given-1").source))
    assert again(solved).cells[5].role == "extra"


def test_an_import_added_to_a_given_cell_runs_after_it(solved, again):
    given = cell(solved, "given-1")
    original = given.source
    given.source += "\nimport math"
    rebuilt = again(solved)
    assert [cell.source for cell in rebuilt.cells[1:3]] == [original, original + "\nimport math"]
    assert rebuilt.remarks == ["The given cell given-1 was changed; it ran as it was handed out, then as you wrote it."]


# Checks, prose and given cells

def test_an_edited_check_runs_as_handed_out(solved, again):
    original = cell(solved, "gain").source
    cell(solved, "gain").source = "assert True"
    rebuilt = again(solved)
    assert rebuilt.cells[4].source == original
    assert rebuilt.remarks == ["The check of gain was changed; it ran as it was handed out."]


def test_a_deleted_check_is_put_back_below_its_answer(solved, again):
    del solved.cells[place(solved, "gain")]
    rebuilt = again(solved)
    assert ids(rebuilt) == AS_HANDED_OUT
    assert rebuilt.cells[4].index is None
    assert rebuilt.remarks == ["The check of gain was missing; it was put back."]


def test_a_check_put_back_follows_the_cells_that_go_on_with_the_answer(solved, again):
    del solved.cells[place(solved, "gain")]
    insert_after(solved, "gain-answer", new_code_cell("gain = gain"))
    assert ids(again(solved))[3:6] == ["gain-answer", "gain = gain", "gain"]


@pytest.mark.parametrize("with_marks", [True, False])
def test_a_duplicated_check_runs_once(solved, again, with_marks):
    copy = deepcopy(cell(solved, "gain")) if with_marks else new_code_cell(cell(solved, "gain").source)
    insert_after(solved, "peak", copy)
    rebuilt = again(solved)
    assert ids(rebuilt) == AS_HANDED_OUT
    assert rebuilt.remarks == ["The check of gain stands there 2 times; it ran once."]


def test_edited_prose_comes_from_the_source_without_a_remark(solved, again):
    cell(solved, "prose-2").source = "## Mine"
    rebuilt = again(solved)
    assert rebuilt.cells[2].source == "## Gain"
    assert rebuilt.remarks == []


def test_code_written_into_a_prose_cell_is_kept(solved, again):
    solved.cells[2] = new_code_cell("import math", id="prose-2", metadata=solved.cells[2].metadata)
    assert [cell.source for cell in again(solved).cells[2:4]] == ["## Gain", "import math"]


def test_all_that_was_deleted_is_put_back_in_the_sources_order(solved, again):
    solved.cells = [cell for cell in solved.cells if cell.id.endswith("-answer")]
    rebuilt = again(solved)
    assert ids(rebuilt) == AS_HANDED_OUT
    assert {cell.id for cell in rebuilt.cells if cell.index is not None} == {"gain-answer", "peak-answer"}


def test_reflections_that_were_deleted_are_put_back_unanswered(solved, again):
    del solved.cells[place(solved, "why_peak")]
    assert "Write your answer here" in again(solved).cells[10].source


# Order

def test_answers_run_in_the_submissions_order(solved, again):
    solved.cells.insert(2, solved.cells.pop(place(solved, "peak-answer")))
    order = ids(again(solved))
    assert order.index("peak-answer") < order.index("gain-answer")


def test_moved_imports_still_run_first(solved, again):
    solved.cells.append(solved.cells.pop(place(solved, "given-1")))
    order = ids(again(solved))
    assert order.index("given-1") < order.index("gain-answer")


def test_a_given_cell_between_two_answers_is_not_moved_before_the_first(solved, again):
    solved.cells.append(solved.cells.pop(place(solved, "given-2")))
    order = ids(again(solved))
    assert order.index("gain-answer") < order.index("given-2") < order.index("peak-answer")


def test_moved_prose_does_not_pull_given_cells_with_it(solved, again):
    solved.cells.insert(0, solved.cells.pop(place(solved, "prose-4")))
    assert ids(again(solved)) == ["prose-4", *AS_HANDED_OUT[:-1]]


def test_a_given_cell_stays_behind_an_answer_it_may_need(solved, again):
    solved.cells.insert(0, solved.cells.pop(place(solved, "peak-answer")))
    order = ids(again(solved))
    assert order.index("gain-answer") < order.index("given-2")  # not pulled before gain although peak now comes first


def test_cells_in_any_order_lose_no_cell(solved, again):
    solved.cells.reverse()
    rebuilt = again(solved)
    assert sorted(ids(rebuilt)) == sorted(AS_HANDED_OUT)
    assert rebuilt.answers == {"gain": GAIN, "peak": PEAK}


# Lost marks and other formats

@pytest.mark.parametrize("lost", [{"ids": False}, {"metadata": False}, {}], ids=["metadata", "ids", "both"])
def test_lost_marks_change_nothing(solved, again, lost):
    whole = again(solved)
    assert again(strip(solved, **lost)) == whole


@pytest.mark.parametrize("mark", ["grade_id", "id"])
def test_one_mark_is_enough_for_an_answer_that_defines_nothing(solved, again, mark):
    answer = cell(solved, "gain-answer")
    answer.source = "I give up"
    if mark == "id":
        answer.metadata = {}
    else:
        answer.id = "another"
    assert again(solved).answers["gain"] == "I give up"


def test_a_second_copy_of_a_given_cell_without_marks_is_the_learners_own(solved, again):
    insert_after(solved, "gain", new_code_cell(cell(solved, "given-1").source))
    assert [cell.role for cell in again(strip(solved)).cells if "given.tones" in cell.source] == ["given", "extra"]


def test_an_untouched_notebook_without_marks_is_untouched(untouched, again):
    rebuilt = again(strip(untouched))
    assert ids(rebuilt) == AS_HANDED_OUT
    assert rebuilt.untouched == {"gain", "peak"}


@pytest.mark.parametrize("minor", range(5))
def test_older_formats_give_the_same(solved, again, minor):
    whole = again(solved)
    strip(solved, metadata=False).nbformat_minor = minor
    assert again(solved).cells == whole.cells


def test_format_3_gives_the_same_answers(solved, tmp_path, lesson):
    for one in solved.cells:
        one.pop("attachments", None)
    old = nbformat.convert(strip(solved), 3)
    assert rebuild(saved(tmp_path / "01_levels.ipynb", old), lesson).answers == {"gain": GAIN, "peak": PEAK}


def test_sources_as_lists_of_lines_give_the_same(solved, tmp_path, lesson, again):
    whole = again(solved)
    path = tmp_path / "01_levels.ipynb"
    path.write_text(nbformat.writes(solved))  # nbformat writes lists
    assert rebuild(path, lesson).cells == whole.cells


def test_windows_line_ends_give_the_same(solved, tmp_path, lesson, again):
    whole = again(solved)
    for one in solved.cells:
        one.source = one.source.replace("\n", "\r\n")
    path = saved(tmp_path / "01_levels.ipynb", solved, indent=1)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rebuild(path, lesson) == whole


def test_a_byte_order_mark_gives_the_same(solved, tmp_path, lesson, again):
    whole = again(solved)
    path = saved(tmp_path / "01_levels.ipynb", solved)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert rebuild(path, lesson) == whole


def test_another_kernel_gives_the_same(solved, again):
    whole = again(solved)
    solved.metadata = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    assert again(solved) == whole


def test_names_beyond_ascii_survive(solved, tmp_path, lesson):
    cell(solved, "gain-answer").source = "def gain(y, factor):\n    größe = '♪'\n    return y"
    rebuilt = rebuild(saved(tmp_path / "submitted" / "Åsa Öberg" / "01_levels" / "01_levels.ipynb", solved, ensure_ascii=False), lesson)
    assert "größe = '♪'" in rebuilt.answers["gain"]


def test_half_a_character_does_not_stop_the_grading(solved, again):
    cell(solved, "gain-answer").source = GAIN + "  # \ud83c"
    assert again(solved).answers["gain"].encode().endswith(b"# ?")


def test_odd_cells_are_passed_over(solved, again):
    solved.cells += [None, 3, {}, {"cell_type": ["code"], "source": 7, "metadata": [], "id": {}},
                     {"cell_type": "code", "metadata": {"nbgrader": 1}}]
    assert again(solved).answers == {"gain": GAIN, "peak": PEAK}


def test_a_reflection_rewritten_without_its_marks_is_the_learners_own_prose(solved, again):
    cell(solved, "why_peak").source = "Because."
    rebuilt = again(strip(solved))
    assert [cell.source for cell in rebuilt.cells if cell.role == "extra"] == ["Because."]


# The hash

@pytest.mark.parametrize("change", [
    lambda nb: cell(nb, "gain-answer").metadata.update(tags=["x"], collapsed=True),
    lambda nb: cell(nb, "gain-answer").outputs.append(nbformat.v4.new_output("stream", text="x")),
    lambda nb: cell(nb, "gain-answer").update(source=GAIN.replace("\n", "\r\n")),
    lambda nb: strip(nb, metadata=False),
    lambda nb: strip(nb, ids=False),
    lambda nb: nb.cells.insert(0, nb.cells.pop()),
    lambda nb: cell(nb, "gain").update(source="assert True"),
    lambda nb: nb.cells.insert(2, new_code_cell("# nothing\n")),
    lambda nb: nb.cells.pop(place(nb, "gain")),
], ids=["metadata", "outputs", "line ends", "cell ids", "nbgrader's marks", "moved prose", "an edited check", "an empty cell", "a deleted check"])
def test_the_hash_does_not_change_by(solved, again, change):
    before = again(solved).answers_hash()
    change(solved)
    assert again(solved).answers_hash() == before


@pytest.mark.parametrize("change", [
    lambda nb: cell(nb, "gain-answer").update(source=GAIN + " "),
    lambda nb: nb.cells.insert(2, new_code_cell("x = 1")),
    lambda nb: nb.cells.insert(0, nb.cells.pop(place(nb, "peak-answer"))),
    lambda nb: cell(nb, "why_peak").update(source="Because."),
], ids=["an answer", "a helper", "the order of answers", "a reflection"])
def test_the_hash_changes_by(solved, again, change):
    before = again(solved).answers_hash()
    change(solved)
    assert again(solved).answers_hash() != before


# Files that are no submission

def refused(path, lesson):
    with pytest.raises(Unreadable) as refusal:
        rebuild(path, lesson)
    return str(refusal.value)


def test_a_missing_file_is_named(tmp_path, lesson):
    with pytest.raises(Missing, match="There is no 01_levels.ipynb. Hand in the lesson's notebook under the name it had."):
        rebuild(tmp_path / "01_levels.ipynb", lesson)


def test_a_missing_file_is_told_from_one_of_another_name(tmp_path, lesson):
    (tmp_path / "Untitled.ipynb").write_text("{}")
    with pytest.raises(Missing, match="The folder holds Untitled.ipynb"):
        rebuild(tmp_path / "01_levels.ipynb", lesson)


@pytest.mark.parametrize(("content", "fact"), [
    (b"", "is empty"),
    (b"\xff\xfe\x00\x01\x02", "is no JSON"),
    (b'{"cells": [', "is no JSON, as every notebook is: it was cut off"),
    (b"PK\x03\x04", "is no JSON"),
    (b'{"a": ' + b"9" * 5000 + b"}", "is no JSON"),
    (b"[" * 200_000, "nested too deeply"),
    (b'"text"', "not a notebook"),
    (b'[{"cells": []}]', "not a notebook"),
    (b'{"cells": 3}', "not a notebook"),
    (b'{"cells": []}', "holds no cells"),
    (b'{"cells": [1, null]}', "holds no cells"),
    (b'{"worksheets": [{"cells": []}, 3]}', "holds no cells"),
], ids=lambda value: repr(value[:12]))
def test_a_file_that_is_no_notebook_is_refused(tmp_path, lesson, content, fact):
    path = tmp_path / "01_levels.ipynb"
    path.write_bytes(content)
    assert fact in refused(path, lesson)


def test_a_deeply_nested_output_does_not_stop_the_class(solved, tmp_path, lesson):
    path = saved(tmp_path / "01_levels.ipynb", solved)
    path.write_text(path.read_text().replace('"outputs": []', '"outputs": ' + "[" * 100_000 + "]" * 100_000, 1))
    assert "nested too deeply" in refused(path, lesson)


def test_a_file_of_200_mb_is_refused_unread(tmp_path, lesson):
    path = tmp_path / "01_levels.ipynb"
    path.touch()
    os.truncate(path, 200_000_000)
    assert refused(path, lesson) == ("01_levels.ipynb is too large: 200 MB, and 20 MB are read at most. "
                                     "Clear its outputs and save it again.")


@pytest.mark.parametrize("source", ["x = 1\n" * 500_000, "x"], ids=["too much code", "too many cells"])
def test_more_code_than_a_lesson_asks_for_is_refused(solved, tmp_path, lesson, source):
    count = 1 if len(source) > 1 else submission.MAX_CELLS
    solved.cells += [new_code_cell(source)] * count
    assert "more code than any lesson asks for" in refused(saved(tmp_path / "01_levels.ipynb", solved), lesson)


def test_a_notebook_of_another_lesson_is_told_by_its_marks(tmp_path, lesson):
    other = exercise_notebook(course.lesson("02_power"))
    assert refused(saved(tmp_path / "01_levels.ipynb", other), lesson).startswith("This is a notebook of 02_power, not of 01_levels.")


@pytest.mark.parametrize("lost", [{"ids": False}, {"metadata": False}, {}], ids=["metadata", "ids", "both"])
def test_a_notebook_of_another_lesson_is_told_without_some_marks(tmp_path, lesson, lost):
    other = strip(exercise_notebook(course.lesson("02_power")), **lost)
    assert "notebook of 02_power" in refused(saved(tmp_path / "01_levels.ipynb", other), lesson)


def test_a_helper_named_like_another_lessons_exercise_is_no_harm(solved, again):
    insert_after(solved, "given-1", new_code_cell("def power(y): ..."))
    assert again(solved).answers["gain"] == GAIN


def test_an_own_helper_does_not_make_another_lessons_notebook_ours(tmp_path, lesson):
    other = exercise_notebook(course.lesson("02_power"))
    insert_after(other, "prose-1", new_code_cell(GAIN))
    assert "notebook of 02_power" in refused(saved(tmp_path / "01_levels.ipynb", other), lesson)


@pytest.mark.parametrize("linked", ["01_levels.ipynb", "01_levels", "eve"])
def test_symbolic_links_are_not_followed(solved, tmp_path, lesson, linked):
    real = saved(tmp_path / "elsewhere" / "eve" / "01_levels" / "01_levels.ipynb", solved)
    path = tmp_path / "submitted" / "eve" / "01_levels" / "01_levels.ipynb"
    link = next(place for place in (path, *path.parents) if place.name == linked)
    link.parent.mkdir(parents=True)
    link.symlink_to(next(place for place in (real, *real.parents) if place.name == linked))
    assert refused(path, lesson) == f"{linked} is a symbolic link, which is not followed. Hand in the file itself."


def test_links_above_submitted_are_the_teachers_affair(solved, tmp_path, lesson):
    saved(tmp_path / "real" / "submitted" / "ada" / "01_levels" / "01_levels.ipynb", solved)
    (tmp_path / "course").symlink_to(tmp_path / "real")
    assert rebuild(tmp_path / "course" / "submitted" / "ada" / "01_levels" / "01_levels.ipynb", lesson).answers


def test_a_stray_link_beside_the_notebook_is_no_harm(solved, tmp_path, lesson):
    (tmp_path / "stray").symlink_to("/etc/passwd")
    assert rebuild(saved(tmp_path / "01_levels.ipynb", solved), lesson).answers


def test_a_folder_in_place_of_the_notebook_is_refused(tmp_path, lesson):
    (tmp_path / "01_levels.ipynb").mkdir()
    assert "is no regular file" in refused(tmp_path / "01_levels.ipynb", lesson)


def test_a_pipe_in_place_of_the_notebook_is_refused_without_waiting(tmp_path, lesson):
    os.mkfifo(tmp_path / "01_levels.ipynb")
    assert "is no regular file" in refused(tmp_path / "01_levels.ipynb", lesson)


# Which lesson

@pytest.mark.parametrize("lost", [{"ids": False}, {"metadata": False}, {}], ids=["metadata", "ids", "both"])
def test_the_lesson_is_told_by_its_cells_whatever_the_files_name(solved, tmp_path, lost):
    assert lesson_of(saved(tmp_path / "02_power.ipynb", strip(solved, **lost))) == "01_levels"


def test_the_lesson_is_told_by_the_files_name_where_cells_say_nothing(tmp_path):
    blank = nbformat.v4.new_notebook(cells=[new_code_cell("x = 1")])
    assert lesson_of(saved(tmp_path / "01_levels (2).ipynb", blank)) == "01_levels"
    assert lesson_of(saved(tmp_path / "Untitled.ipynb", blank)) is None


# As a notebook

def test_the_notebook_has_the_sources_metadata_and_the_learners_text(solved, again, untouched, lesson):
    cell(solved, "gain").metadata.nbgrader.points = 100
    cell(solved, "gain-answer").metadata = {"nbgrader": {"grade_id": "gain-answer", "locked": True}}
    notebook = to_notebook(again(solved))
    nbformat.validate(notebook)
    assert [one.metadata for one in notebook.cells] == [one.metadata for one in exercise_notebook(lesson).cells]
    assert cell(notebook, "gain-answer").source == GAIN
    assert cell(notebook, "why_peak").source == LOUDNESS


def test_the_learners_own_cells_carry_no_metadata_in_the_notebook(solved, again):
    hacked = new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "hacked", "points": 9}})
    insert_after(solved, "given-1", hacked, new_markdown_cell("note"))
    notebook = to_notebook(again(solved))
    assert [(one.id, one.metadata, one.source) for one in notebook.cells[2:4]] == [("extra-2", {}, "x = 1"), ("extra-3", {}, "note")]


def test_only_the_last_of_two_answers_carries_the_grade_id(solved, again):
    solved.cells.insert(3, deepcopy(cell(solved, "gain-answer")))
    notebook = to_notebook(again(solved))
    nbformat.validate(notebook)
    assert [one.metadata.get("nbgrader", {}).get("grade_id") for one in notebook.cells[3:5]] == [None, "gain-answer"]


def test_the_notebook_has_a_cell_for_each_rebuilt_cell(solved, again):
    solved.cells = [one for one in solved.cells if one.id != "gain"] + [new_code_cell("x = 1")]
    rebuilt = again(solved)
    assert [one.source for one in to_notebook(rebuilt).cells] == [one.source for one in rebuilt.cells]


# Text made to break a parser

@pytest.mark.parametrize("source", [
    "-" * 5000 + "1", "a" + ".b" * 100_000, "1" + "+1" * 100_000, "(" * 1000, "lambda:" * 100_000 + "1",
    "if 1:\n pass\n" + "elif 1:\n pass\n" * 5000, "x = '\0'", "'\\d'", "x = 1\n" * 50_000,
], ids=["signs", "attributes", "sums", "brackets", "lambdas", "branches", "null", "escape", "length"])
def test_no_text_breaks_the_reading_of_code(source):
    text = f"{source}\ndef gain(y): ...\n"
    assert "gain" in sourcecode.functions(text)
    assert "gain" in sourcecode.bound_names(text)
    assert sourcecode.same_code(text, text)
    assert not sourcecode.same_code(text, "def gain(y): ...")


@pytest.mark.parametrize("source", ["%matplotlib inline", "%%time", "files = !ls", "x?", "x = '\\d'"])
def test_magics_and_odd_escapes_hide_no_names(source):
    assert "gain" in sourcecode.bound_names(f"{source}\nif True:\n    from numpy import multiply as gain")


def test_a_very_long_cell_is_read_by_its_lines_alone():
    assert sourcecode.bound_names("x = 1\n" * 50_000 + "if True:\n    y = 2") == {"x"}
