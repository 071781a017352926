"""A learner's process without any of Linux's protections: for one's own notebook, on another system.

The same two functions as in ``linux``. The process is a group of its own and ends when its time is over or the judge hangs up;
nothing else is promised.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .box import Box, ProtectionMissing

LOOK_SECONDS = 0.05


@dataclass
class Running:
    """A running process: its box, its id, and that nothing protects from it."""

    box: Box
    pid: int
    protections: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)


def prepare() -> None:
    """Nothing is to be prepared here."""


def spawn(box: Box, target: Callable[[], int | None], keep_fds: Iterable[int] = ()) -> Running:
    """Starts ``target()`` in a process of its own. Raises ProtectionMissing where the box asks for protection."""
    if box.isolation == "full":
        raise ProtectionMissing("landlock", f"{sys.platform} has no such thing: grade others' work on Linux, or accept the risk with `--isolation none`")
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.setsid()
            os.chdir(box.work)
            status = target() or 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status & 0xFF)
    return Running(box, pid)


def supervise(child: Running, control: int) -> None:
    """Watches ``child`` to its end; the last line on ``control`` says why it ended."""
    reason, status, heard = "exit", None, b""
    while status is None:
        if time.monotonic() - child.started > child.box.wall:
            reason = "wall"
        elif select.select([control], [], [], LOOK_SECONDS)[0]:
            new = os.read(control, 4096)
            *commands, heard = (heard + new).split(b"\n")
            if b"interrupt-case" in commands:
                _end_children(child.pid)
            if not new or b"kill" in commands:
                reason = "killed"
        if reason != "exit":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        ended, code = os.waitpid(child.pid, 0 if reason != "exit" else os.WNOHANG)
        status = os.waitstatus_to_exitcode(code) if ended else None
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)  # what it started and left behind
    with contextlib.suppress(OSError):
        os.write(control, json.dumps({"event": "exit", "reason": "signal" if reason == "exit" and status < 0 else reason, "status": status}).encode() + b"\n")


def _end_children(pid: int) -> None:
    import psutil
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                process.kill()
