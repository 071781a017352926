"""Landlock: which files a process may touch. Also TCP, abstract sockets and signals, where the kernel knows how to.

The kernel's version of Landlock ("ABI") decides what can be denied; everything it knows is denied, then paths are opened
again one by one. Source: the kernel's Documentation/userspace-api/landlock.rst.
"""

import ctypes
import functools
import mimetypes
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from . import kernel

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same number on every machine
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV  # a rule on a file may hold no other right
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # ABI: how many of the rights, counted from bit 0, it knows

_SHARED_PREFIXES = (Path("/usr"), Path("/usr/local"))  # other programs keep their things there too
_SYSTEM = [
    "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/bin", "/bin",
    *(f"/usr/share/{name}" for name in ("zoneinfo", "fonts", "fontconfig", "locale", "i18n", "terminfo", "mime")),
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/var/cache/fontconfig",
    "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
]


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _fields_ = [("allowed", ctypes.c_uint64), ("fd", ctypes.c_int32)]


@functools.cache
def abi() -> int:
    """The kernel's Landlock ABI, 0 where there is none."""
    if sys.platform != "linux":
        return 0
    try:
        return kernel.call("syscall", _CREATE, None, 0, 1)
    except OSError:
        return 0


def scopes_signals() -> bool:
    """Whether Landlock keeps signals inside the box."""
    return abi() >= 6


@functools.cache
def python_paths() -> tuple[Path, ...]:
    """What Python and its libraries need to be read: parts of the two prefixes, never a prefix itself.

    A prefix may hold the repository or be ``/usr``, and a virtual environment mostly lies inside the repository.
    """
    own, shared = ("bin", "lib", "lib64", "share", "pyvenv.cfg"), ("bin", "lib", "lib64")
    prefixes = sorted({Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)})
    paths = [prefix / part for prefix in prefixes for part in (shared if prefix in _SHARED_PREFIXES else own)]
    return tuple(path for path in paths if path.exists())


def ruleset(work: Path, readable: Iterable[Path] = ()) -> int:
    """The descriptor of a ruleset: full rights on ``work``, read and execute on Python, the system's libraries and
    programs, and ``readable``, nothing else. Paths that do not exist are left out."""
    version = abi()
    handled = (1 << _FILE_RIGHTS[min(version, 5)]) - 1
    attributes = _Ruleset(handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    rules = kernel.call("syscall", _CREATE, ctypes.byref(attributes), ctypes.sizeof(attributes), 0)
    _allow(rules, work, handled & ~(_MAKE_CHAR | _MAKE_BLOCK | _IOCTL_DEV))
    _allow(rules, "/dev/null", handled & (_READ_FILE | _WRITE_FILE | _TRUNCATE))
    for path in (*_SYSTEM, *mimetypes.knownfiles, *python_paths(), *readable):
        _allow(rules, path, _READ)
    return rules


def restrict(rules: int) -> None:
    """Put this process and its children to come under ``rules``, for ever. Needs NO_NEW_PRIVS."""
    kernel.call("syscall", _RESTRICT, rules, 0)
    os.close(rules)


def _allow(rules: int, path: str | Path, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _ON_FILES
        kernel.call("syscall", _ADD, rules, 1, ctypes.byref(_PathBeneath(rights, fd)), 0)
    finally:
        os.close(fd)
