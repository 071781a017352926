"""``nbgrader collect`` without its trust: what learners may put into the exchange is copied as plain files, never followed.

The exchange is writable for every learner, and ``collect`` reads it with the teacher's rights.
"""

import errno
import glob
import os
import secrets
import stat
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

MAX_FILES = 2_000
MAX_DEPTH = 20
MAX_NOTE = 1_000  # bytes of timestamp.txt and submission_secret.txt


class Refused(Exception):
    """A submission that is not collected: the message says what is wrong with it."""


class SafeCollect(ExchangeCollect):
    """Collects plain files only, opened so that no link is followed. A submission that cannot be had is named, and the others go on.

    It stays in the exchange, and the same learner's newest sound one is taken in its place. Nothing collected earlier is given up
    before all of the new one is there.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            return super()._path_to_record(path)
        except (ValueError, OverflowError, TypeError):  # no time that can be read: older than any, and refused below
            name = os.path.basename(path)
            return {"username": name.rsplit("+", 3)[0], "filename": name, "timestamp": datetime.min}

    def copy_files(self) -> None:
        newest, refused = self.src_records, []
        for record in newest:
            for candidate in self._candidates(record):
                try:
                    self._collect(candidate)
                    break
                except Exception as error:  # whatever a submission can bring about must not stop the others
                    refused.append(f"{candidate['filename']}: {error}")
                    self.log.error("Not collected: %s", refused[-1])
        if refused:
            self.log.error("%d not collected; still in %s:\n%s", len(refused), self.inbound_path, "\n".join(refused))

    def _candidates(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """A learner's newest submission, then the older ones."""
        pattern = f"{glob.escape(record['username'])}+{glob.escape(self.coursedir.assignment_id)}+*"
        found = (self._path_to_record(path) for path in glob.glob(os.path.join(glob.escape(self.inbound_path), pattern)))
        older = [other for other in found if other["timestamp"] < record["timestamp"]]
        return [record, *self._sort_by_timestamp(older)]

    def _collect(self, record: dict[str, Any]) -> None:
        if record["timestamp"] == datetime.min or not record["username"]:
            raise Refused("its name is not one that nbgrader submit gives")
        with tempfile.TemporaryDirectory(prefix="collect-") as folder:
            self._safe = os.path.join(folder, "submission")
            for stray in copy_plainly(os.path.join(self.inbound_path, record["filename"]), self._safe, 1000 * self.coursedir.max_dir_size):
                self.log.warning("%s: left out %s, which is a link or no regular file", record["filename"], stray)
            _write_notes(Path(self._safe), record["timestamp"])
            self.src_records = [record]
            super().copy_files()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        super().do_copy(self._safe, dest)


def _write_notes(folder: Path, collected: datetime) -> None:
    """Replaces a time that cannot be read by that in the folder's name, and a missing secret: feedback could not be released else."""
    if time_of(folder) is None:
        (folder / "timestamp.txt").write_text(f"{collected:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
    if not note(folder, "submission_secret.txt"):
        (folder / "submission_secret.txt").write_text(new_secret(), encoding="utf-8")


def note(folder: Path, name: str) -> str:
    """What one of nbgrader's notes beside a submission says; empty where there is none that can be read."""
    try:
        with open_plainly(folder / name) as file:
            return file.read(MAX_NOTE).decode().strip()
    except (Refused, UnicodeDecodeError):
        return ""


def time_of(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC; None where its note does not tell."""
    try:
        return parse_utc(note(folder, "timestamp.txt"))
    except (ValueError, OverflowError, TypeError):
        return None


def new_secret() -> str:
    """What ``nbgrader submit`` makes so that only its owner can find the feedback."""
    return secrets.token_hex(64)


def copy_plainly(source: str, target: str, max_bytes: int) -> list[str]:
    """Copies the regular files of a folder and returns what it left out: links, hard links, pipes and the like.

    Raises Refused where the folder itself, a notebook or one of nbgrader's notes is such, where a file cannot be read, and beyond
    ``max_bytes``. Each step is taken from an open descriptor, so that nothing can be exchanged for a link on the way.
    """
    left_out: list[str] = []
    room = [max_bytes, MAX_FILES]

    def folder(descriptor: int, where: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Refused(f"{where} lies more than {MAX_DEPTH} folders deep")
        os.mkdir(os.path.join(target, where))
        for name in sorted(os.listdir(descriptor)):
            path = os.path.join(where, name)
            facts = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if stat.S_ISDIR(facts.st_mode):
                with _Descriptor(_open(name, os.O_DIRECTORY, descriptor)) as inner:
                    folder(inner, path, depth + 1)
            elif not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
                if not where and (name.endswith(".ipynb") or name in ("timestamp.txt", "submission_secret.txt")):
                    raise Refused(f"{name} is a link or no regular file")
                left_out.append(path)
            else:
                copy(name, path, descriptor)

    def copy(name: str, path: str, descriptor: int) -> None:
        with open_plainly(name, descriptor) as file, open(os.path.join(target, path), "wb") as new:
            room[1] -= 1
            while block := file.read(2**20):
                room[0] -= len(block)
                if min(room) < 0:
                    raise Refused(f"it is larger than {max_bytes / 1e6:g} MB or holds more than {MAX_FILES} files")
                new.write(block)

    with _Descriptor(_open(source, os.O_DIRECTORY)) as top:
        folder(top, "", 0)
    return left_out


def open_plainly(path: str | Path, folder: int | None = None) -> BinaryIO:
    """A regular file with one name, open for reading. Raises Refused for a link, a pipe or what cannot be read."""
    file = open(_open(path, os.O_NONBLOCK, folder), "rb")
    facts = os.fstat(file.fileno())
    if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
        file.close()
        raise Refused(f"{os.path.basename(path)} is a link or no regular file")
    return file


def _open(path: str | Path, flags: int, folder: int | None = None) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise Refused(f"{os.path.basename(path)} is a link or no regular file") from None
        raise Refused(f"{os.path.basename(path)} cannot be opened: {error.strerror}") from None


class _Descriptor:
    """Closes an open descriptor at the end of a ``with``."""

    def __init__(self, number: int):
        self._number = number

    def __enter__(self) -> int:
        return self._number

    def __exit__(self, *_exc: Any) -> None:
        os.close(self._number)
