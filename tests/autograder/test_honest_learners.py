"""Honest learners keep their points: what people really do to a notebook, and its full score all the same."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import course
from autograder.classroom import Maker

pytestmark = pytest.mark.xdist_group("engine")

SINE_HEAD = "def sine(freq, duration, sr, amp=1.0, phase=0.0):\n"
AXIS_HEAD = "def time_axis(duration, sr):\n"

WRITINGS = {
    "a loop": {"sine": "import math\n" + SINE_HEAD + "    out = []\n    for n in range(round(duration * sr)):\n        out.append(amp * math.sin(2 * math.pi * freq * n / sr + phase))\n    return np.array(out)"},
    "float32": {"sine": SINE_HEAD + "    t = (np.arange(round(duration * sr)) / sr).astype(np.float32)\n    return (amp * np.sin(2 * np.pi * freq * t + phase)).astype(np.float32)"},
    "a list": {"time_axis": AXIS_HEAD + "    return [n / sr for n in range(round(duration * sr))]", "sine": SINE_HEAD + "    return list(amp * np.sin(2 * np.pi * freq * np.array(time_axis(duration, sr)) + phase))"},
    "a tuple": {"time_axis": AXIS_HEAD + "    return tuple(n / sr for n in range(round(duration * sr)))", "sine": SINE_HEAD + "    return tuple(amp * np.sin(2 * np.pi * freq * np.array(time_axis(duration, sr)) + phase))"},
    "numpy scalars": {"periods_and_samples": "def periods_and_samples(freq, sr, ms):\n    return np.float64(freq) * ms / 1000, np.float32(sr * ms / 1000)"},
    "zero-dimensional arrays": {"periods_and_samples": "def periods_and_samples(freq, sr, ms):\n    return np.array(freq * ms / 1000), np.array(sr * ms / 1000)"},
    "a list for a pair": {"periods_and_samples": "def periods_and_samples(freq, sr, ms):\n    return [freq * ms / 1000, sr * ms / 1000]"},
    "an import inside the function": {"sine": SINE_HEAD + "    from numpy import pi, sin, arange\n    return amp * sin(2 * pi * freq * arange(round(duration * sr)) / sr + phase)"},
    "other local names": {"sine": SINE_HEAD + "    zeit = np.arange(round(duration * sr)) / sr\n    größe = 2 * np.pi * freq * zeit + phase\n    return amp * np.sin(größe)"},
    "a lambda": {"sine": "sine = lambda freq, duration, sr, amp=1.0, phase=0.0: amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"},
    "type hints": {"sine": "def sine(freq: float, duration: float, sr: int, amp: float = 1.0, phase: float = 0.0) -> np.ndarray:\n    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"},
    "a leftover print": {"sine": SINE_HEAD + "    print('called with', freq)\n    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)\nprint(sine(440, 0.01, 8000))"},
    "a warning": {"sine": "import warnings, sys\n" + SINE_HEAD + "    warnings.warn('careful')\n    print('oh', file=sys.stderr)\n    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"},
    "a plot in the answer cell": {"sine": SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)\nimport matplotlib.pyplot as plt\nplt.plot(sine(440, 0.01, 8000))\nplt.show()"},
    "a plot in the function": {"sine": "import matplotlib.pyplot as plt\n" + SINE_HEAD + "    y = amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)\n    plt.plot(y[:10])\n    return y"},
    "%%time": {"sine": "%%time\n" + SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"},
    "%timeit and %matplotlib": {"sine": "%matplotlib inline\n" + SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)\n%timeit -n1 -r1 sine(440, 0.01, 8000)"},
    "!ls": {"sine": "!ls\nfiles = !pwd\n" + SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"},
    "Windows line ends": {"sine": (SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)").replace("\n", "\r\n")},
    "a result left standing at the end": {"sine": SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)\nsine(440, 0.001, 8000)"},
}


def full(record):
    result = record.result
    assert result.status == "graded", result.error
    lost = [(e.id, e.status, [m.text for m in e.messages]) for e in result.exercises if e.status != "passed"]
    assert not lost
    assert result.score == result.max_score > 0
    return result


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_keeps_full_points(writing, solved, grade):
    full(grade(solved(**WRITINGS[writing])))


EXTRAS = {
    "a helper before": "import numpy as np\ndef helper(x):\n    return x",
    "an exception in a scratch cell": "1 / 0",
    "a syntax error in a scratch cell": "def broken(:\n",
    "exit() in a scratch cell": "exit()",
    "sys.exit in a scratch cell": "import sys; sys.exit(0)",
    "an unknown magic": "%pylab_of_old\n",
    "an import that is not there": "import pandas_of_my_own",
    "input in a scratch cell": "name = input('your name?')",
    "a seed": "import numpy as np\nnp.random.seed(0)",
    "a style that is gone": "import matplotlib.pyplot as plt\nplt.style.use('seaborn-muted')",
    "a widget backend": "%matplotlib widget",
    "a file of one's own": "open('notes.txt', 'w').write('my notes'); import os; os.mkdir('sounds')",
    "an await": "import asyncio\nawait asyncio.sleep(0.01)",
    "a thread": "import threading; threading.Thread(target=lambda: None).start()",
    "a process": "import subprocess; print(subprocess.run(['ls'], capture_output=True).stdout)",
    "a bash cell": "%%bash\necho hello",
    "closed figures and changed options": "import numpy as np, matplotlib.pyplot as plt\nnp.set_printoptions(precision=2)\nplt.rcParams['figure.figsize'] = (12, 4)\nplt.close('all')",
    "errors made strict": "import numpy as np, warnings\nwarnings.simplefilter('ignore')",
}


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_cell_costs_nothing(extra, solved, grade):
    full(grade(solved(extra=EXTRAS[extra])))


def test_a_helper_in_a_cell_of_its_own_is_found(solved, grade):
    full(grade(solved(extra="import numpy as np\ndef axis(n, sr):\n    return np.arange(n) / sr",
                      sine=SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * axis(round(duration * sr), sr) + phase)")))


def cell_of(notebook, grade_id):
    return next(i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def test_an_answer_split_over_two_cells_counts(solved, grade):
    notebook = solved(sine="def phase_of(freq, t, phase):\n    return 2 * np.pi * freq * t + phase")
    rest = SINE_HEAD + "    return amp * np.sin(phase_of(freq, np.arange(round(duration * sr)) / sr, phase))"
    notebook.cells.insert(cell_of(notebook, "sine-answer") + 1, new_code_cell(rest))
    full(grade(notebook))


def test_deleted_check_cells_come_back(solved, grade):
    notebook = solved()
    for exercise in ("sine", "mix"):
        del notebook.cells[cell_of(notebook, exercise)]
    full(grade(notebook))


def test_a_duplicated_answer_cell_counts_by_its_last(solved, grade):
    notebook = solved()
    place = cell_of(notebook, "sine-answer")
    wrong = notebook.cells[place].copy() | {"source": SINE_HEAD + "    return None", "id": "copied"}
    notebook.cells.insert(place, nbformat.from_dict(wrong))
    assert any("sine" in remark for remark in full(grade(notebook)).remarks)


def test_a_duplicated_check_cell_costs_nothing(solved, grade):
    notebook = solved()
    place = cell_of(notebook, "sine")
    notebook.cells.insert(place, nbformat.from_dict(notebook.cells[place].copy() | {"id": "copied"}))
    full(grade(notebook))


def test_cells_moved_about_keep_their_points(solved, grade):
    notebook = solved()
    notebook.cells.reverse()
    full(grade(notebook))


def test_an_edited_check_cell_is_replaced_by_the_source(solved, grade):
    notebook = solved()
    notebook.cells[cell_of(notebook, "sine")].source = "assert False"
    full(grade(notebook))


def test_a_changed_kernelspec_costs_nothing(solved, grade):
    notebook = solved()
    notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    full(grade(notebook))


def test_lost_metadata_and_ids_cost_nothing(solved, grade):
    notebook = json.loads(nbformat.writes(solved()))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    full(grade(json.dumps(notebook | {"metadata": {}, "nbformat_minor": 4})))


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_of_format_four_is_read(minor, solved, grade):
    notebook = json.loads(nbformat.writes(solved())) | {"nbformat_minor": minor}
    if minor < 5:
        for cell in notebook["cells"]:
            cell.pop("id")
    full(grade(json.dumps(notebook)))


def test_sources_as_texts_and_a_byte_order_mark_are_read(solved, grade):
    notebook = json.loads(nbformat.writes(solved()))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    full(grade("\ufeff" + json.dumps(notebook, ensure_ascii=False)))


def test_a_file_full_of_windows_line_ends_is_read(solved, grade):
    full(grade(nbformat.writes(solved()).replace("\n", "\r\n")))


def test_a_link_and_files_beside_the_notebook_cost_nothing(solved, grade, tmp_path):
    folder = tmp_path / "submitted" / "ada" / "01_sine"
    folder.mkdir(parents=True)
    (folder / "secret.txt").symlink_to("/etc/hostname")
    (folder / "my_tones.py").write_text("def double(x):\n    return 2 * x\n")
    (folder / "fünf.txt").write_text("5")
    full(grade(solved(extra="from my_tones import double\nassert double(2) == 4\nimport os\nassert not os.path.exists('secret.txt')")))


def test_scratch_notes_and_markdown_cost_nothing(solved, grade):
    notebook = solved()
    notebook.cells.insert(3, new_markdown_cell("# Meine Notizen: ∑ é 你好"))
    notebook.cells.append(new_code_cell(""))
    full(grade(notebook))


def test_input_in_an_answer_is_answered_by_a_clear_message(solved, grade):
    result = grade(solved(periods_and_samples="def periods_and_samples(freq, sr, ms):\n    sr = float(input('rate?'))\n    return freq * ms / 1000, sr * ms / 1000")).result
    verdict = next(e for e in result.exercises if e.id == "periods_and_samples")
    assert verdict.status == "error" and "nobody is there to type" in verdict.messages[0].text
    assert all(e.status == "passed" for e in result.exercises if e.id != "periods_and_samples")


def test_a_wrong_answer_is_told_its_misconception(solved, grade):
    result = grade(solved(sine=SINE_HEAD + "    return amp * np.cos(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)")).result
    verdict = next(e for e in result.exercises if e.id == "sine")
    assert verdict.status == "failed" and verdict.score < verdict.points
    assert [m.hint for m in verdict.messages] == ["cosine"]


def test_one_exercise_that_dies_loops_or_hungers_leaves_the_others_alone(solved, grade):
    result = grade(solved(time_axis=AXIS_HEAD + "    return np.arange(round(duration * sr)) / sr", periods_and_samples="def periods_and_samples(freq, sr, ms):\n    import os\n    os._exit(0)",
                          mix="def mix(signals, gains):\n    while True:\n        pass", add_fades="def add_fades(y, sr, fade_ms=10.0):\n    return [bytearray(2 ** 28) for _ in range(2 ** 20)]")).result
    statuses = {e.id: e.status for e in result.exercises}
    assert statuses == {"time_axis": "passed", "sine": "passed", "periods_and_samples": "killed", "tone_then_silence": "passed", "tone_sequence": "passed", "add_fades": "killed", "mix": "timeout"}


def test_an_answer_that_breaks_its_process_costs_the_others_nothing(solved, grade):
    """The answer itself is right; but whoever runs after it in the same process finds no sine."""
    breaks = AXIS_HEAD + "    import os\n    if os.getpid() != notebook:\n        np.sin = None\n    return np.arange(round(duration * sr)) / sr\nimport os\nnotebook = os.getpid()"
    alone = SINE_HEAD + "    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr + phase)"
    full(grade(solved(time_axis=breaks, sine=alone, **INDEPENDENT)))


@pytest.mark.parametrize(("wrong", "processes"), [({}, 3), ({"sine": "def sine(freq, duration, sr, amp=1.0, phase=0.0):\n    return np.zeros(round(duration * sr))"}, 5)])
def test_exercises_that_pass_share_a_process_and_one_that_fails_gets_its_own(solved, grade, wrong, processes):
    """The notebook's own, that of those who pass, one for `mix`, which fails to tell; and where `sine` fails, one for it and one for those after it."""
    answers = Maker(course.lesson("01_sine")).answers | INDEPENDENT | wrong
    tell = "\n_{0} = {0}\ndef {0}(*args, **kwargs):\n    import os\n    open('processes', 'a').write(f'{{os.getpid()}}\\n')\n    return _{0}(*args, **kwargs)"
    answers = {name: text + tell.format(name) for name, text in answers.items()}
    answers["mix"] = "def mix(signals, gains):\n    import os\n    raise RuntimeError(f'{len({*open(\"processes\").read().split(), str(os.getpid())})} processes')"
    result = grade(solved(**answers)).result
    assert [e.id for e in result.exercises if e.status != "passed"] == [*wrong, "mix"]
    assert f"RuntimeError: {processes} processes" in result.exercises[-1].messages[0].text


def test_pickles_are_loaded_where_the_notebook_is_unknown(solved, grade):
    """A model of a class of the notebook's own is of no use to anybody else, so the file does not hold what was asked for; and no other exercise suffers."""
    own = "import pickle\n\n\nclass Model:\n    pass\n\n\ndef save_classifier(path, model):\n    with open(path, 'wb') as file:\n        pickle.dump(Model(), file)"
    result = grade(solved("07_silence_or_sound", save_classifier=own), "07_silence_or_sound").result
    assert [e.id for e in result.exercises if e.status != "passed"] == ["save_classifier"]
    assert "in a fresh process raised AttributeError" in result.exercises[-1].messages[0].text


def test_a_cell_that_ends_its_process_is_left_out_and_told(solved, grade):
    result = full(grade(solved(extra="import os\nos._exit(7)")))
    assert any("ended its own process" in remark for remark in result.remarks)


def test_an_exercise_that_ends_the_whole_sandbox_costs_the_others_nothing(solved, grade):
    """Its every test fills the disk, and the notebook starts anew for the next."""
    fills = "def sine(freq, duration, sr, amp=1.0, phase=0.0):\n    for i in range(10 ** 6):\n        open(f'f{i}', 'wb').write(bytes(2 ** 24))"
    result = grade(solved(sine=fills, tone_then_silence=INDEPENDENT["tone_then_silence"], tone_sequence=INDEPENDENT["tone_sequence"])).result
    assert {e.id: e.status for e in result.exercises if e.status != "passed"} == {"sine": "killed"}


@pytest.mark.parametrize(("cell", "fits"), [
    ("for i in range(6):\n    open(f'f{i}', 'wb').write(bytes(2 ** 24))", True), ("for i in range(10):\n    open(f'f{i}', 'wb').write(bytes(2 ** 24))", False),
    ("kept = bytearray(2 ** 29)", True), ("kept = bytearray(5 * 2 ** 28)", False),
], ids=["96 MB of files", "160 MB of files", "0.5 GB of memory", "1.25 GB of memory"])
def test_a_submission_has_room_for_its_work_and_no_more(solved, grade, cell, fits):
    """128 MB of files, 1 GB of memory. Whoever goes beyond does not come to the cell's last line."""
    record = grade(solved(extra=f"{cell}\nimport time\ntime.sleep(1)\nprint('came', 'through')"))
    full(record)
    assert ("came through" in str([run.outputs for run in record.cells])) == fits


def test_a_notebook_of_cells_that_all_end_it_is_a_verdict(solved, grade):
    notebook = solved()
    notebook.cells[:0] = [new_code_cell("import os\nos._exit(1)") for _ in range(14)]
    result = grade(notebook).result
    assert {e.status for e in result.exercises} == {"killed"} and result.score == 0.0


INDEPENDENT = {
    "tone_then_silence": "def tone_then_silence(freq, sr, amp=1.0):\n    return np.concatenate([amp * np.sin(2 * np.pi * freq * np.arange(sr) / sr), np.zeros(sr)])",
    "tone_sequence": "def tone_sequence(freqs, sr):\n    return np.concatenate([np.concatenate([np.sin(2 * np.pi * f * np.arange(sr) / sr), np.zeros(sr)]) for f in freqs])",
}
