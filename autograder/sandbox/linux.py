"""Starting a box: the protections of the other modules put together, and what happens when one cannot be had.

A warm process (libraries imported, no secret, one thread) calls ``prepare()`` once and forks for each learner. The fork calls
``spawn`` and then ``supervisor.supervise``: it stays outside the box as its supervisor. ``spawn`` forks the box's first
process, which takes on every protection, for ever, before the given function runs in it.
"""

import contextlib
import json
import os
import signal
import socket
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from . import identity, kernel, landlock, limits, syscalls, work_folder
from .box import MB, NAMESPACES, PROTECTIONS, REQUIRED, Box, ProtectionMissing
from .supervisor import Report, Supervised, supervise

__all__ = ["PROTECTIONS", "REQUIRED", "Box", "ProtectionMissing", "Report", "Supervised",
           "enter", "prepare", "probe", "spawn", "supervise"]

_ACCEPT = "or accept the risk with `--isolation none`"
_ADVICE = {
    "landlock": "use a machine whose kernel has Landlock (Linux 5.13 or later, `landlock` among the modules of `lsm=`), " + _ACCEPT,
    "seccomp": "install libseccomp (`apt install libseccomp2`), " + _ACCEPT,
    "rlimits": "use a machine that sets resource limits, " + _ACCEPT,
}


def prepare() -> None:
    """Do once, before forking, what takes time and is the same for every box. ``spawn`` does what was not done."""
    identity.namespaces()
    with contextlib.suppress(ProtectionMissing):  # told when a box needs it
        identity.reading_capability(landlock.python_paths())
    with contextlib.suppress(ProtectionMissing):
        syscalls.program()


def spawn(box: Box, target: Callable[[], int | None], keep_fds: Iterable[int] = ()) -> Supervised:
    """Start ``target()`` as the first process of ``box``; its result is the exit code. Then call ``supervise`` at once.

    The calling process must have one thread and is of no use afterwards but as the supervisor. ``keep_fds`` stay open in
    the box, all others are closed; 0 is empty, 1 and 2 lead nowhere unless they are kept. Keep no descriptor that the
    trusted side writes to as well: its position and flags would be the box's too.
    Raises ProtectionMissing when the box asks for more than there is, RuntimeError when it cannot start (no work folder);
    then ``target`` did not run.
    """
    prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    uid, lock = None, None
    namespaces = identity.namespaces()[0]
    if not all(map(box.allows, namespaces)):
        namespaces = frozenset()
    try:
        if box.allows("uid-drop") and identity.is_root():
            uid, lock = identity.claim_user()
            work_folder.hand_over(box.work, uid)
        identity.isolate(namespaces)
    except OSError as error:
        raise RuntimeError(f"the box did not start: {error}") from error

    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _first_process(box, target, tuple(keep_fds), writing, uid, namespaces)
    os.close(writing)
    with open(reading, "rb") as stream:
        answer = json.loads(stream.read() or b'{"error": "ended while it was set up"}')
    if "protections" in answer:
        return Supervised(box, pid, answer["protections"], uid, lock)
    os.waitpid(pid, 0)
    if "missing" in answer:
        raise ProtectionMissing(*answer["missing"])
    raise RuntimeError(f"the box did not start: {answer['error']}")


def _first_process(box, target, keep_fds, writing, uid, namespaces) -> None:
    """What the forked process does; never returns."""
    try:
        answer = {"protections": enter(box, (*keep_fds, writing), uid, namespaces)}
    except ProtectionMissing as missing:
        answer = {"missing": [missing.name, missing.advice]}
    except BaseException as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    status = 1
    try:
        os.write(writing, json.dumps(answer).encode())
        os.close(writing)
        if "protections" in answer:
            status = target() or 0
    except SystemExit as request:
        status = request.code if isinstance(request.code, int) else int(request.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status & 0xFF)


def enter(box: Box, keep_fds: Iterable[int] = (), uid: int | None = None, namespaces: Iterable[str] = ()) -> list[str]:
    """Take on every protection of ``box``, for ever; the names of those in force. Called by ``spawn`` in the new process.

    ``uid`` is the user id to become, ``namespaces`` those the process is in already. The protections that the box
    requires and that cannot be had raise ProtectionMissing; then the process must end.
    """
    files = None
    if box.allows("landlock") and landlock.abi():
        with _or_missing("landlock", box):
            files = landlock.ruleset(box.work, box.readable)
    needed = [*landlock.python_paths(), *box.readable, box.work.parent] if uid is not None else []
    capability = identity.reading_capability(needed)
    in_force = {*namespaces} | ({"uid-drop"} if uid is not None else set())

    os.setsid()
    os.umask(0o077)
    os.chdir(box.work)
    _close_all_but({*keep_fds, *([files] if files is not None else [])})
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # if the machine itself runs out of memory, the box goes first
    if box.allows("rlimits"):
        with _or_missing("rlimits", box):
            limits.apply(box, counts_apart=uid is not None or "user-namespace" in namespaces)
            in_force.add("rlimits")
    if box.isolation != "none":
        identity.drop(uid, capability)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)  # without its supervisor it ends

    if files is not None:
        with _or_missing("landlock", box):
            landlock.restrict(files)
            in_force.add("landlock")
    if box.allows("seccomp"):
        signals_stay_in = "pid-namespace" in in_force or uid is not None or ("landlock" in in_force and landlock.scopes_signals())
        with _or_missing("seccomp", box):
            syscalls.install(signals_to_itself=not signals_stay_in)
            in_force.add("seccomp")
    for name in REQUIRED if box.isolation == "full" else ():
        if name not in in_force:
            raise ProtectionMissing(name, _ADVICE[name])
    return sorted(in_force)


@contextlib.contextmanager
def _or_missing(name: str, box: Box):
    """What goes wrong inside means that protection ``name`` is missing, which only full isolation minds."""
    try:
        yield
    except (OSError, ValueError) as error:
        if box.isolation == "full":
            raise ProtectionMissing(name, f"{error}; {_ADVICE[name]}") from error
    except ProtectionMissing:
        if box.isolation == "full":
            raise


def _close_all_but(kept: set[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in {0, 1, 2} - kept:
        os.dup2(nothing, standard)
    for fd in map(int, os.listdir("/proc/self/fd")):
        if fd > 2 and fd not in kept:
            with contextlib.suppress(OSError):  # the one that listed them
                os.close(fd)


# ---- for `doctor`

def probe() -> dict[str, bool | str]:
    """Each protection by name: True if it holds here, else why not. Each is really tried, in a fork."""
    names, why_not = identity.namespaces()
    found: dict[str, bool | str] = {name: name in names or why_not for name in NAMESPACES}
    if names and "user-namespace" not in names:
        found["user-namespace"] = "not needed when started as root"
    for name, attempt in (("landlock", _try_landlock), ("seccomp", _try_seccomp), ("rlimits", _try_rlimits), ("uid-drop", _try_user)):
        found[name] = identity.in_fork(attempt) or True
    return found


def _try_landlock() -> str:
    if not landlock.abi():
        return _ADVICE["landlock"]
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(landlock.ruleset(Path(os.devnull)))
    with contextlib.suppress(PermissionError):
        os.listdir("/")
        return "it lets everything through"
    return ""


def _try_seccomp() -> str:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    syscalls.install()
    with contextlib.suppress(PermissionError):
        socket.socket().close()
        return "it lets everything through"
    return ""


def _try_rlimits() -> str:
    limits.apply(Box(Path(tempfile.gettempdir()), memory=64 * MB), counts_apart=True)
    with contextlib.suppress(MemoryError):
        bytearray(256 * MB)
        return "the system does not hold them"
    return ""


def _try_user() -> str:
    if not identity.is_root():
        return "started as an ordinary user, whose id boxes keep"
    identity.drop(identity.claim_user()[0])
    with contextlib.suppress(PermissionError):
        os.setuid(0)
        return "it can be taken back"
    return ""
