"""Who a box is: its namespaces, its user id, its capabilities.

Started as root, each box gets an unprivileged user id that no one else on the machine has at that time: it owns nothing,
can signal no one, and its processes are counted and ended by that id. Started as an ordinary user, a box keeps the id and
gets a user namespace, where that is allowed.
"""

import contextlib
import ctypes
import functools
import os
import random
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

from . import kernel
from .box import ProtectionMissing

_FLAGS = {"user-namespace": 0x10000000, "pid-namespace": 0x20000000, "network-namespace": 0x40000000, "ipc-namespace": 0x8000000}
_CHOWN, _DAC_OVERRIDE, _DAC_READ_SEARCH, _KILL, _SETGID, _SETUID, _SETPCAP, _SYS_ADMIN = 0, 1, 2, 5, 6, 7, 8, 21
_USER_IDS = range(61184, 65520)  # systemd's range for users that live as long as a service


@functools.cache
def is_root() -> bool:
    """Whether this process may give its children another user id."""
    return sys.platform == "linux" and _has(_CHOWN, _KILL, _SETGID, _SETUID) and _maps(_USER_IDS)


# ---- namespaces

@functools.cache
def namespaces() -> tuple[frozenset[str], str]:
    """The namespaces that a box can get here, all or none, and, where none, what the system answered. Tried in a fork."""
    if sys.platform != "linux":
        return frozenset(), f"{sys.platform} has none"
    names = frozenset(_FLAGS) - ({"user-namespace"} if _has(_SYS_ADMIN) else set())
    answer = in_fork(lambda: _try_namespaces(names))
    return (frozenset(), answer) if answer else (names, "")


def _try_namespaces(names: frozenset[str]) -> str:
    isolate(names)
    child = os.fork()
    if child == 0:
        os._exit(0 if os.getpid() == 1 else 1)
    return "" if os.waitpid(child, 0)[1] == 0 else "no process 1"


def isolate(names: Iterable[str]) -> None:
    """Put the children of this process into new namespaces (itself too, but for the pid namespace).

    In a user namespace the own ids are kept. The process must have one thread. Raises OSError; then this process may
    be left half isolated, of no further use.
    """
    uid, gid = os.getuid(), os.getgid()
    kernel.call("unshare", sum(_FLAGS[name] for name in names))
    if "user-namespace" in names:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


# ---- user id

def claim_user() -> tuple[int, socket.socket]:
    """A user id that nobody has now, and the lock on it: hold the socket as long as the id is in use."""
    first = random.randrange(len(_USER_IDS))
    running = _running_users()
    for uid in (*_USER_IDS[first:], *_USER_IDS[:first]):
        if uid in running or os.path.exists(f"/run/systemd/dynamic-uid/{uid}"):
            continue
        lock = socket.socket(socket.AF_UNIX)
        try:
            lock.bind(f"\0autograder-box-{uid}")  # gone with its holder, leaves no file
            return uid, lock
        except OSError:
            lock.close()
    raise ProtectionMissing("uid-drop", f"none of the user ids {_USER_IDS.start} to {_USER_IDS.stop - 1} is free")


def _running_users() -> set[int]:
    users = set()
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            users.add(os.stat(f"/proc/{name}").st_uid)
    return users


def reading_capability(paths: Iterable[Path]) -> int | None:
    """The one capability that a user id of its own must keep so that it can read ``paths``; None where it needs none.

    Python often lives in a home folder that nobody else may enter. Landlock still confines what is read.
    Raises ProtectionMissing("uid-drop", ...) where root itself lacks the capability.
    """
    closed = next((path for path in paths if path.exists() and not _open_to_all(path)), None)
    if closed is None:
        return None
    for capability in (_DAC_READ_SEARCH, _DAC_OVERRIDE):
        if _has(capability):
            return capability
    raise ProtectionMissing("uid-drop", f"other users cannot read {closed}, and root lacks CAP_DAC_READ_SEARCH here: make it and "
                                        "the folders above it readable (`chmod o+rx`), or start as an ordinary user")


@functools.lru_cache
def _open_to_all(path: Path) -> bool:
    path = path.resolve()
    wanted = 0o5 if path.is_dir() else 0o4
    return path.stat().st_mode & wanted == wanted and all(above.stat().st_mode & 0o1 for above in path.parents)


def drop(uid: int | None, capability: int | None = None) -> None:
    """Become user and group ``uid`` (None: stay) with no capability but ``capability``, for ever.

    Call NO_NEW_PRIVS afterwards, so that no program gives any back.
    """
    if _has(_SETPCAP):
        for each in range(64):
            try:
                if each != capability:
                    kernel.prctl(kernel.PR_CAPBSET_DROP, each)
            except OSError:  # past the last one that the kernel knows
                break
    if uid is not None:
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    _set_capabilities(0 if capability is None else 1 << capability)
    if capability is not None:
        kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_RAISE, capability)  # for the programs it starts


# ---- capabilities

class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def _set_capabilities(mask: int) -> None:
    low, high = mask & 0xFFFFFFFF, mask >> 32
    kernel.call("capset", ctypes.byref(_Header(0x20080522, 0)), (_Sets * 2)(_Sets(low, low, low), _Sets(high, high, high)))


def _has(*capabilities: int) -> bool:
    sets = (_Sets * 2)()
    kernel.call("capget", ctypes.byref(_Header(0x20080522, 0)), sets)
    effective = sets[0].effective | sets[1].effective << 32
    return all(effective >> capability & 1 for capability in capabilities)


def _maps(ids: range) -> bool:
    """Whether these user ids exist in this process's user namespace."""
    lines = [list(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    return any(inside <= ids.start and ids.stop <= inside + count for inside, _, count in lines)


# ---- trying

def in_fork(attempt) -> str:
    """What ``attempt()`` returns when a child process calls it, or the error it raises, as text."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = attempt()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(child, 0)
    return answer
