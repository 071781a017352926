"""The law of imports: one direction, read from the text of every file.

numpy, scipy ← reference_impl ← book, tests. autograder knows neither reference_impl nor any lesson; nothing imports solutions.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import autograder

ROOT = Path(__file__).parents[2]
SCIENCE = {"numpy", "scipy", "librosa", "sklearn", "matplotlib", "PIL", "soundfile", "joblib"}
LESSONS = {"reference_impl", "solutions", "exercises", "tests", "book", "given"}

# What the files of each place may import beside the standard library.
MAY = {
    "reference_impl/**/*.py": SCIENCE | {"reference_impl"},
    "solutions/*.py": SCIENCE | {"IPython", "given"},
    "tests/graders/*.py": SCIENCE | {"pytest", "reference_impl", "autograder"},
    "tests/misconceptions/*.py": SCIENCE | {"reference_impl", "autograder"},
    "book/*.md": SCIENCE | {"IPython", "show", "reference_impl"},
    "book/show/*.py": SCIENCE | {"IPython", "myst_nb", "reference_impl"},
}
# What the files of each place may not import, whatever else they do.
MAY_NOT = {
    "autograder/**/*.py": LESSONS,
    "benchmarks/**/*.py": {"solutions", "exercises"},
    "tests/**/*.py": {"solutions", "exercises"},
}
PUBLIC_ONLY = ("tests/graders/*.py", "tests/misconceptions/*.py")

_CODE_CELL = re.compile(r"^(`{3,})\{code-cell\}[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)
_OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?::[^\n]*\n)+)", re.MULTILINE | re.DOTALL)


def imports(text: str) -> Iterator[tuple[str, str]]:
    """The (module, name) pairs that a text imports; the name is "" for a whole module. Relative ones stay in their own package."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, "") for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield from ((module, alias.name) for alias in names)
            case ast.Call(func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_]):
                yield module, ""


def code_of(path: Path) -> str:
    """The Python of a file; of a chapter, that of its code cells."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = (_OPTIONS.sub("", cell) for _, cell in _CODE_CELL.findall(text))
    return "\n".join(re.sub(r"^[%!].*$", "", cell, flags=re.MULTILINE) for cell in cells)


def trespasses(root: Path, place: str) -> list[str]:
    """The imports of the files of a place that the law forbids."""
    return [f"{path.relative_to(root)} imports {fault}" for path in sorted(root.glob(place)) for fault in _trespasses(code_of(path), place)]


def _trespasses(text: str, place: str) -> Iterator[str]:
    for module, name in imports(text):
        top = module.partition(".")[0]
        if place in MAY and top not in MAY[place] | sys.stdlib_module_names:
            yield f"{module}: {place} may import only the standard library, {', '.join(sorted(MAY[place]))}. Say it with those."
        if place in MAY_NOT and top in MAY_NOT[place]:
            yield f"{module}: {place} must not know {', '.join(sorted(MAY_NOT[place]))}. Hand it in from outside, as an argument or a setting."
        if place in PUBLIC_ONLY and top == "autograder" and (module != "autograder" or name not in autograder.__all__):
            yield f"{module} {name}".rstrip() + f": only {', '.join(autograder.__all__)} are public. Import these `from autograder`."


@pytest.mark.parametrize("place", [*MAY, *MAY_NOT])
def test_imports_go_one_way(place):
    faults = trespasses(ROOT, place)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("place", [*MAY, *MAY_NOT])
def test_the_law_has_files_to_look_at(place):
    assert list(ROOT.glob(place)), f"no file is {place}: mend the pattern, or take the rule out"


@pytest.mark.parametrize(("place", "path", "text", "said"), [
    ("autograder/**/*.py", "autograder/judge.py", "from reference_impl import sine", "imports reference_impl: autograder/**/*.py must not know"),
    ("autograder/**/*.py", "autograder/sandbox/warm.py", "def f():\n    import solutions.x", "imports solutions.x"),
    ("autograder/**/*.py", "autograder/judge.py", "import_module('reference_impl.tones')", "imports reference_impl.tones"),
    ("reference_impl/**/*.py", "reference_impl/tones.py", "import numpy\nimport pandas.io", "imports pandas.io"),
    ("reference_impl/**/*.py", "reference_impl/tones.py", "from autograder import compare", "imports autograder"),
    ("solutions/*.py", "solutions/01_sine.py", "# %%\nfrom reference_impl import sine", "imports reference_impl"),
    ("tests/graders/*.py", "tests/graders/01_sine.py", "from autograder.judge import Judge", "imports autograder.judge Judge: only grades"),
    ("tests/graders/*.py", "tests/graders/01_sine.py", "import autograder", "imports autograder: only grades"),
    ("tests/misconceptions/*.py", "tests/misconceptions/01_sine.py", "import pytest", "imports pytest"),
    ("tests/**/*.py", "tests/graders/01_sine.py", "import solutions", "imports solutions: tests/**/*.py must not know"),
    ("book/*.md", "book/01.md", "```{code-cell} python\n:tags: [hide-input]\n%matplotlib inline\nimport autograder\n```\n", "imports autograder"),
    ("book/*.md", "book/01.md", "````{code-cell}\n---\ntags: [a]\n---\nimport given.tones\n````\n", "imports given.tones"),
])
def test_an_import_against_the_law_is_told(tmp_path, place, path, text, said):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)

    faults = trespasses(tmp_path, place)

    assert len(faults) == 1 and said in faults[0]


@pytest.mark.parametrize(("place", "path", "text"), [
    ("reference_impl/**/*.py", "reference_impl/__init__.py", "from .tones import sine\nimport wave, sklearn.svm\nfrom reference_impl.wav import read_wav"),
    ("solutions/*.py", "solutions/02_wav.py", "from given.tones import sine\nfrom IPython.display import Audio"),
    ("tests/graders/*.py", "tests/graders/01_sine.py", "from autograder import compare, grades\nfrom reference_impl import sine"),
    ("book/*.md", "book/01.md", "Not code: import autograder\n```python\nimport autograder\n```\n```{code-cell}\nfrom reference_impl import sine\n```\n"),
])
def test_an_import_within_the_law_passes(tmp_path, place, path, text):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)

    assert trespasses(tmp_path, place) == []
