"""The law of documents: the README's map is the house, and every command and link in a document exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
_ENTRY = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
_CODE = re.compile(r"^```\w*\n(.*?)^```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def mapped(readme: str) -> list[str]:
    """The entries of the README's map, folders with a slash at their end."""
    _, _, section = readme.partition("\n## The map\n")
    return _ENTRY.findall(section.partition("\n## ")[0])


def unmapped(readme: str, tracked: list[Path]) -> list[str]:
    """What stands at the top of the repository and not in the map, and the other way round."""
    real = {path.parts[0] + ("/" if len(path.parts) > 1 else "") for path in tracked}
    shown = mapped(readme)
    return [f"{entry} is not in the README's map: add a line that says what it is." for entry in sorted(real - set(shown))] + [
        f"The README's map shows {entry}, which git does not track: add it to git or take the line out." for entry in shown if entry not in real]


def commands(document: str, opening: str) -> set[str]:
    """The words that follow ``opening`` at the beginning of a command in a document's code."""
    code = "\n".join(block or inline for block, inline in _CODE.findall(document))
    return set(re.findall(rf"^\s*(?:\S*/)?{opening} ([a-z-]+)", code, re.MULTILINE))


def verbs_of(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_map_is_the_house(to_be_tracked):
    faults = unmapped(read("README.md"), to_be_tracked)
    assert not faults, "\n".join(faults)


def test_what_differs_from_the_map_is_told():
    readme = "\n## The map\n\n| `book/` | chapters |\n| `gone.py` | nothing |\n\n## Licence\n| `else` | no entry |\n"

    assert unmapped(readme, [Path("book/a.md"), Path("new/b.py"), Path("LICENSE")]) == [
        "LICENSE is not in the README's map: add a line that says what it is.",
        "new/ is not in the README's map: add a line that says what it is.",
        "The README's map shows gone.py, which git does not track: add it to git or take the line out."]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_command_exists(document):
    named = commands(read(document), "make")

    assert named
    unknown = named - verbs_of(read("Makefile"))
    assert not unknown, f"{document} names make {', '.join(sorted(unknown))}: write the verb into the Makefile, or mend the document"


def test_every_autograder_command_exists():
    usage = subprocess.run([sys.executable, "-m", "autograder", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = set().union(*(commands(read(document), "python -m autograder") for document in DOCUMENTS))

    assert named
    unknown = named - set(re.findall(r"^    ([a-z]+) ", usage, re.MULTILINE))
    assert not unknown, f"no such command: python -m autograder {', '.join(sorted(unknown))}; mend the document"


def test_commands_are_found_in_code_only():
    document = "make sure of it\n```\nmake demo   # once\n.venv/bin/python -m autograder check x\n```\nand `make test`, `make`, `remake all`"

    assert commands(document, "make") == {"demo", "test"}
    assert commands(document, "python -m autograder") == {"check"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document):
    lost = [link for link in _LINK.findall(read(document)) if "://" not in link and not (ROOT / link).exists()]
    assert not lost, f"{document} links to {lost}, which is not there: mend the link"


def test_pictures_of_the_readme_are_small_and_say_what_they_show():
    pictures = _PICTURE.findall(read("README.md"))

    assert pictures
    for said, path in pictures:
        assert (ROOT / path).stat().st_size <= 60_000, f"{path} is over 60 kB: draw it smaller"
        assert re.search(r"\d", said), f"the alt text of {path} has no number: say its message and its numbers"
