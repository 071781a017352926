"""The processes beneath one, and what memory and deleted files they hold, read from Linux's /proc.

Only what belongs to the tree is read: the cost does not grow with the machine's other processes. Sizes are in bytes.
A process that ends while it is looked at counts as nothing.
"""

import os
import stat
from collections.abc import Iterable

import psutil


def descendants(pid: int) -> list[int]:
    """All processes beneath ``pid``, each after its parent; the dead that nobody has collected are among them."""
    found: list[int] = []
    pending = [pid]
    while pending:
        below = _children(pending.pop(0))
        found += below
        pending += below
    return found


def _children(pid: int) -> list[int]:
    try:
        children: list[int] = []
        for thread in os.listdir(f"/proc/{pid}/task"):
            children += map(int, _read(f"/proc/{pid}/task/{thread}/children").split())
        return children
    except (FileNotFoundError, ProcessLookupError):
        pass
    try:  # the kernel keeps no such lists, or the process has gone
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.NoSuchProcess:
        return []


def alive(processes: Iterable[int]) -> dict[int, int]:
    """Those of ``processes`` that have not ended, each with its resident memory."""
    found = {}
    for pid in processes:
        fields = _status(pid)
        if fields and fields["State"][0] not in "ZX":
            found[pid] = _own_memory(fields)
    return found


def resident(pid: int) -> int:
    """The memory of ``pid`` that is in use and not a copy of a file."""
    return _own_memory(_status(pid))


def proportional(pid: int) -> int:
    """As ``resident``, each page divided by the number of processes that share it; exact, and 50 times as costly."""
    try:
        fields = _fields(_read(f"/proc/{pid}/smaps_rollup"))
        return sum(_bytes(fields[name]) for name in ("Pss_Anon", "Pss_Shmem", "SwapPss"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    except (PermissionError, KeyError):  # not ours to look into, or an older kernel
        return resident(pid)


def unlinked(processes: Iterable[int]) -> int:
    """The disk space of files that ``processes`` hold open although no folder has them any more."""
    sizes: dict[tuple[int, int], int] = {}
    for pid in processes:
        try:
            names = os.listdir(f"/proc/{pid}/fd")
        except OSError:  # gone, or not ours to look into
            continue
        for name in names:
            try:
                file = os.stat(f"/proc/{pid}/fd/{name}")
            except OSError:
                continue
            if stat.S_ISREG(file.st_mode) and file.st_nlink == 0:
                sizes[file.st_dev, file.st_ino] = file.st_blocks * 512
    return sum(sizes.values())


def _status(pid: int) -> dict[str, str]:
    try:
        return _fields(_read(f"/proc/{pid}/status"))
    except (FileNotFoundError, ProcessLookupError):
        return {}


def _own_memory(status: dict[str, str]) -> int:
    return sum(_bytes(status.get(name, "0 kB")) for name in ("RssAnon", "RssShmem", "VmSwap"))


def _fields(text: str) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def _bytes(kilobytes: str) -> int:
    return int(kilobytes.split()[0]) * 1024


def _read(path: str) -> str:
    with open(path, errors="replace") as stream:  # a process may give itself any name
        return stream.read()
