"""Starting a box: the protections of the other modules put together, and what happens when one cannot be had.

A warm process (libraries imported, no secret, one thread) calls ``prepare()`` once and forks for each learner. The fork calls
``spawn`` and then ``supervisor.supervise``: it stays outside the box as its supervisor. ``spawn`` forks the box's first
process, which takes on every protection, for ever, before the given function runs in it.
"""

import contextlib
import json
import os
import signal
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from . import identity, kernel, landlock, limits, syscalls
from .box import PROTECTIONS, REQUIRED, Box, ProtectionMissing
from .supervisor import Report, Supervised, supervise

__all__ = ["PROTECTIONS", "REQUIRED", "Box", "ProtectionMissing", "Report", "Supervised",
           "enter", "prepare", "probe", "spawn", "supervise"]

_ADVICE = {
    "landlock": "this kernel has no Landlock (Linux 5.13 or later, with `landlock` in its `lsm=` list); use a machine "
                "that has it, or accept the risk with `--isolation none`",
    "seccomp": "install libseccomp (`apt install libseccomp2`), or accept the risk with `--isolation none`",
    "rlimits": "the system refuses to set resource limits; grade on Linux",
}


def prepare() -> None:
    """Do once, before forking, what takes time and is the same for every box."""
    identity.namespaces()
    landlock.python_paths()
    with contextlib.suppress(ProtectionMissing):  # told when a box needs it
        syscalls.program()


def spawn(box: Box, target: Callable[[], int | None], keep_fds: Iterable[int] = ()) -> Supervised:
    """Start ``target()`` as the first process of ``box``; its result is the exit code. Call ``supervise`` on what returns.

    The calling process must have one thread and is of no use afterwards but as the supervisor. ``keep_fds`` stay open in
    the box, all others are closed; of 0, 1 and 2 those that are not kept read and write nothing.
    Raises ProtectionMissing when the box asks for more than there is; then nothing of it runs.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C ends the trusted side, and then its end of the control socket
    signal.signal(signal.SIGTERM, lambda *_: exit_now())
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    uid, lock = identity.claim_user() if box.allows("uid-drop") and identity.is_root() else (None, None)
    if uid is not None:
        _hand_over(box.work, uid)
    wanted = identity.namespaces()[0]
    wanted = wanted if all(map(box.allows, wanted)) else frozenset()
    identity.isolate(wanted)
    ...
