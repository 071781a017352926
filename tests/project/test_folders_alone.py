"""The law of self-containment: a lesson's folder, copied elsewhere alone, runs on the locked packages, without this repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import course
from autograder.lesson_source import lesson_cells

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "exercises").glob("*/*.ipynb"))

# Runs the code cells of a notebook in its folder. Our packages are installed in this environment: here they are not to be found.
RUNNER = '''
import sys
sys.path.insert(0, "")
class NotHere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("autograder", "reference_impl", "benchmarks", "solutions", "tests", "book"):
            raise ModuleNotFoundError(f"No module named {name!r}: a lesson's folder must do without this repository")
sys.meta_path.insert(0, NotHere())

import json
import warnings
warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")
names = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
'''


def run_alone(folder: Path, answers: dict[str, str], place: Path) -> subprocess.CompletedProcess[str]:
    """Copies a lesson's folder to ``place``, writes the answers into its notebook by cell, and runs it there in a process of its own."""
    copy = place / "a folder of mine"
    shutil.copytree(folder, copy, ignore=lambda _, names: [name for name in names if name not in ("given", f"{folder.name}.ipynb") and not name.endswith(".py")])
    path = copy / f"{folder.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    nbformat.write(notebook, path)

    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {"MPLBACKEND": "agg"}
    return subprocess.run([sys.executable, "-I", "-c", RUNNER, path.name], cwd=copy, env=environment, capture_output=True, text=True, check=False)


def test_there_are_folders():
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_folder_copied_elsewhere_alone_runs(folder, tmp_path):
    answers = {cell.id: cell.solved for cell in lesson_cells(course.lesson(folder.name)) if cell.role == "answer"}
    done = run_alone(folder, answers, tmp_path)
    assert done.returncode == 0, f"exercises/{folder.name} does not run alone:\n{done.stderr[-3000:]}"


@pytest.mark.parametrize(("code", "said"), [
    ("import reference_impl", "must do without this repository"),
    ("from given.tones import sine", "No module named 'given'"),
    ("open('../../pyproject.toml')", "No such file"),
    ("assert False, 'the answer is wrong'", "the answer is wrong"),
])
def test_a_folder_that_needs_more_is_told(tmp_path, code, said):
    folder = tmp_path / "01_needy"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("0", id="f-answer")]), folder / "01_needy.ipynb")

    done = run_alone(folder, {"f-answer": code}, tmp_path / "elsewhere")

    assert done.returncode != 0 and said in done.stderr
