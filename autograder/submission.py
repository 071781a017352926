"""Reads a learner's notebook file and trusts nothing in it: a regular file of bounded size, plain text cells out.

Only text and the marks that tell whose cell it is are taken; tags, other metadata, outputs and attachments are dropped.
Formats 3 and 4.0 to 4.5 are read.
"""

import errno
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

MAX_BYTES = 20_000_000
MAX_CODE = 2_000_000  # characters of code in all; the longest honest notebooks have a hundredth
MAX_CELLS = 2_000


class Unreadable(Exception):
    """A submission that cannot be graded: the message is a sentence for teacher and learner, with the next step."""


class Missing(Unreadable):
    """There is no notebook at all."""


@dataclass(frozen=True)
class SubmittedCell:
    """One cell as handed in, at ``index`` of the notebook; line ends are ``\\n``."""

    index: int
    kind: Literal["markdown", "code", "raw"]
    source: str
    grade_id: str | None
    id: str | None


def read_submission(path: Path) -> list[SubmittedCell]:
    """The cells of a notebook file. Raises Unreadable where there are none to be had."""
    path = Path(os.path.abspath(path))  # not resolve(): links are to be seen
    _refuse_links(path)
    notebook = _parsed(_content(path), path.name)
    nodes = _nodes(notebook, path.name)
    cells = [_cell(index, node) for index, node in enumerate(nodes) if isinstance(node, dict)]

    if not cells:
        raise Unreadable(f"{path.name} holds no cells. Start again from the lesson's exercise notebook.")
    if len(cells) > MAX_CELLS or sum(len(cell.source) for cell in cells if cell.kind == "code") > MAX_CODE:
        raise Unreadable(f"{path.name} holds more code than any lesson asks for: {len(cells)} cells. Delete what you do not need.")

    return cells


def _refuse_links(path: Path) -> None:
    """A link would be read with the teacher's rights; parents count below submitted/, where learners' folders are put."""
    lesson, student, course = path.parents[0], path.parents[1:2], path.parents[2:3]
    below = [lesson, *student] if course and course[0].name == "submitted" else []
    for place in [path, *below]:
        if place.is_symlink():
            raise Unreadable(f"{place.name} is a symbolic link, which is not followed. Hand in the file itself.")


def _content(path: Path) -> bytes:
    """The bytes of a regular file; opened so that neither a link nor a pipe put there in the meantime does harm."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise Missing(f"There is no {path.name}.{_neighbours(path)}") from None
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}.") from None

    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable(f"{path.name} is no regular file. Hand in the notebook itself.")
        if facts.st_size > MAX_BYTES:
            raise Unreadable(f"{path.name} is too large: {facts.st_size / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB are read at most. "
                             "Clear its outputs and save it again.")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES)
    finally:
        os.close(descriptor)


def _neighbours(path: Path) -> str:
    """Where the file is missing: what is there instead, or what to do."""
    others = sorted(other.name for other in path.parent.glob("*.ipynb"))[:3]
    if others:
        return f" The folder holds {', '.join(others)}: hand the notebook in under its own name."
    return " Hand in the lesson's notebook under the name it had."


def _parsed(content: bytes, name: str) -> Any:
    if not content.strip():
        raise Unreadable(f"{name} is empty. Save the notebook again, then hand it in.")
    try:
        return json.loads(content)  # bytes: a byte order mark and UTF-16 are understood
    except RecursionError:
        raise Unreadable(f"{name} is nested too deeply to be a notebook. Start again from the lesson's exercise notebook.") from None
    except ValueError:
        raise Unreadable(f"{name} is no JSON, as every notebook is: it was cut off or is another kind of file. "
                         "Open it in Jupyter to see, save it again and hand that in.") from None


def _nodes(notebook: Any, name: str) -> list[Any]:
    """The cells as they stand in the JSON; in format 3 they lie in worksheets."""
    if isinstance(notebook, dict):
        sheets = notebook.get("worksheets")
        if isinstance(notebook.get("cells"), list):
            return notebook["cells"]
        if isinstance(sheets, list):
            return [node for sheet in sheets if isinstance(sheet, dict) for node in _list(sheet.get("cells"))]
    raise Unreadable(f"{name} is JSON, but not a notebook. Hand in the notebook that Jupyter saved.")


def _cell(index: int, node: dict) -> SubmittedCell:
    kind = {"code": "code", "markdown": "markdown", "heading": "markdown"}.get(_text(node.get("cell_type")), "raw")
    metadata = node.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    source = _text(node.get("source", node.get("input")))  # format 3 calls a code cell's text its input
    return SubmittedCell(index, kind, source, _text(grade_id) or None, _text(node.get("id")) or None)


def _text(value: Any) -> str:
    """A string or a list of lines as one text that can be written as UTF-8; empty for all else."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    return value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []
