"""The law of files: nothing names the machine it was made on, every module says what it is."""

import ast
import re
from pathlib import Path

import pytest

# A home folder, or a drive of Windows; `/home/you` and the like are examples.
MACHINE_PATH = re.compile(r"(?<![\w.])(?:/home/(?!you\b|jovyan\b)\w+/|/Users/\w+/|[A-Z]:\\Users\\\w+)")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|(?:deb|archive)\.(?:debian|ubuntu)\.(?:org|com)|anaconda\.org|"
                      r"--(?:extra-)?index-url\b|find[-]links\b|--trusted[-]host\b")
PACKAGES = ("autograder", "reference_impl", "benchmarks")


def betrayals(text: str, root: Path) -> list[str]:
    """The machine's paths and the registry's names that a text gives away; ``root`` is where this checkout lies."""
    found = [match[0] for pattern in (MACHINE_PATH, REGISTRY) for match in pattern.finditer(text)]
    return found + [str(root)] * (str(root) in text)


def test_no_file_names_a_machine_or_a_registry(root, to_be_tracked):
    faults = []
    for path in to_be_tracked:
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, a sound
            continue
        faults += [f"{path} says {what}: a path relative to the repository, or no word of it, serves everybody." for what in betrayals(text, root)]
    assert to_be_tracked
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("text", [
    "made in /home/" + "ada/course", "/Users/" + "ada/x", r"C:\Users" + r"\ada", "see /srv/checkout/x",
    "https://pypi" + ".org/simple", "--index" + "-url https://x", "--find" + "-links dir", "registry.npmjs" + ".org",
])
def test_a_path_of_a_machine_is_told(text):
    assert len(betrayals(text, Path("/srv/checkout"))) == 1


@pytest.mark.parametrize("text", ["build/home/ada/", "/home/you/", "https://example.org/Users"])
def test_what_serves_everybody_passes(text):
    assert betrayals(text, Path("/srv/checkout")) == []


def test_every_module_says_what_it_is(root, to_be_tracked):
    modules = [path for path in to_be_tracked if path.suffix == ".py" and path.parts[0] in PACKAGES]

    mute = [f"{path} has no docstring: say in one line what it is, then its conventions." for path in modules
            if not ast.get_docstring(ast.parse((root / path).read_text(encoding="utf-8")))]

    assert modules
    assert not mute, "\n".join(mute)
