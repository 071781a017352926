"""The law of the lock: one course for every Python, every file known by its hash, every import an intent."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
ONE_FOR_ALL = ("numpy", "scipy", "scikit-learn", "librosa", "numba", "matplotlib")
OURS = {"autograder", "reference_impl", "benchmarks", "show", "book_build", "given"}  # show and book_build are the book's, given a lesson's own folder
FOLDERS = {"autograder", "reference_impl", "benchmarks", "book", "tests", "scripts"}


def pins(lock: str) -> dict[str, list[str]]:
    """The requirements of a lock, each with the lines that belong to it, by the package's name."""
    found: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=[a-z])", lock):
        if match := re.match(r"([a-z0-9-]+)==", block):
            found.setdefault(match[1], []).append(block)
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def intents() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonical(re.match(r"[\w.-]+", requirement)[0]) for requirement in project["dependencies"]}


@pytest.mark.parametrize("package", ONE_FOR_ALL)
def test_every_python_gets_the_same_numbers(package):
    blocks = pins(LOCK).get(package, [])

    assert len(blocks) == 1, f"{package} is locked {len(blocks)} times: mend its intent in pyproject.toml, then run `make lock`"
    assert ";" not in blocks[0].splitlines()[0], f"{package} is locked for some systems only: run `make lock`"


def test_every_package_is_known_by_its_hash():
    bare = [name for name, blocks in pins(LOCK).items() for block in blocks if "--hash=sha256:" not in block]
    assert pins(LOCK) and not bare, f"{bare} have no hash: run `make lock`, change nothing by hand"


def test_every_intent_is_locked():
    assert not intents() - pins(LOCK).keys(), "pyproject.toml has intents that the lock lacks: run `make lock`"


def test_a_second_pin_is_seen():
    lock = "numpy==2.4.6 ; python_version < '3.12' \\\n    --hash=sha256:0\n    # via librosa\nnumpy==2.5.0 \\\n    --hash=sha256:1\n"
    assert [len(blocks) for blocks in pins(lock).values()] == [2]


def test_everything_imported_is_an_intent(to_be_tracked):
    distributions = packages_distributions()
    undeclared = {}
    for path in to_be_tracked:
        if path.suffix != ".py" or path.parts[0] not in FOLDERS or path.parts[:2] == ("tests", "submissions"):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {name.partition(".")[0] for name in names} - OURS - sys.stdlib_module_names:
                if not {canonical(name) for name in distributions.get(top, [])} & intents():
                    undeclared.setdefault(top, str(path))

    assert not undeclared, f"imported and no intent of pyproject.toml: {undeclared}; add them to its dependencies and run `make lock`"
