"""A box's work folder, seen from outside: handed over before, measured meanwhile, removed afterwards.

Nothing in it is trusted: links are not followed, names may be of any length and depth, folders may be closed.
"""

import contextlib
import os
import secrets
import stat
from pathlib import Path


def hand_over(folder: Path, uid: int) -> None:
    """Make user and group ``uid`` the owner of ``folder`` and of what was put in there: copies, not hard links."""
    os.chown(folder, uid, uid)
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            os.chown(os.path.join(place, name), uid, uid, follow_symlinks=False)


def fits(folder: Path, used: int, most_bytes: int, most_files: int) -> bool:
    """Whether what lies in ``folder`` takes no more than ``most_bytes`` of disk, ``used`` ones included, and no more than
    ``most_files`` files and folders. Stops counting there. What cannot be looked into does not fit."""
    count = 0
    pending = [os.fspath(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError):  # removed while we look
                        used += entry.stat(follow_symlinks=False).st_blocks * 512
                        if entry.is_dir(follow_symlinks=False):
                            pending.append(entry.path)
                    count += 1
                    if count > most_files or used > most_bytes:
                        return False
        except FileNotFoundError:
            continue
        except OSError:  # closed to us, or nested deeper than a path can say
            return False
    return used <= most_bytes


def remove(folder: Path) -> None:
    """Remove ``folder`` once its box has ended. What lies deeper is moved to the top until nothing does."""
    while True:
        inner = []
        for entry in _entries(folder):
            if entry.is_dir(follow_symlinks=False):
                inner.append(entry.path)
            else:
                os.unlink(entry.path)
        if not inner:
            break
        for path in inner:
            for entry in _entries(path):
                if entry.is_dir(follow_symlinks=False):
                    os.chmod(entry.path, stat.S_IRWXU)  # a closed folder cannot be moved
                os.rename(entry.path, os.path.join(folder, secrets.token_hex(16)))
            os.rmdir(path)
    os.rmdir(folder)


def _entries(folder: str | Path) -> list[os.DirEntry]:
    os.chmod(folder, stat.S_IRWXU)
    with os.scandir(folder) as entries:
        return list(entries)
