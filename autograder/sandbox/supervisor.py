"""The supervisor: watches a box from outside, counts what all its processes use together, and ends all of them.

It runs in a process of its own, the parent of the box's first process, and listens on one descriptor (a socket) to the
side that is trusted. Commands come as lines: ``kill`` ends the box, ``interrupt-case`` ends all processes of the box but
the first one; end of file means ``kill``. Reports go back as one line of JSON each:
``{"event": "interrupted", "killed": 2}`` and, last, when nothing of the box is alive any more,
``{"event": "exit", "reason": "exit", "status": 0}``.

``reason`` is "exit" or "signal" when the first process ended by itself, "cpu", "wall", "memory", "disk" or "processes"
when a limit was passed, "killed" when it was told to. ``status`` is the exit code, or minus the signal's number.
"""

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from . import process_tree, work_folder
from .box import Box

LOOK_SECONDS = 0.05
PAUSE_FACTOR, LONGEST_PAUSE = 10, 0.5  # a look that took t seconds is followed by a pause of 10 t, but of no more than 0.5 s
INTERRUPT_SECONDS = 5.0  # far more than a busy machine needs to end a hundred processes


class Report(NamedTuple):
    """Why a box ended and with what exit code, or minus the signal's number; see the module."""

    reason: str
    status: int


@dataclass
class Supervised:
    """A running box. ``pid`` is its first process, a child of this one; ``uid`` its own user id, held by ``lock``."""

    box: Box
    pid: int
    protections: list[str]
    uid: int | None = None
    lock: socket.socket | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def has_pid_namespace(self) -> bool:
        """Whether the kernel ends all processes of the box with the first one."""
        return "pid-namespace" in self.protections


def supervise(child: Supervised, control: int) -> Report:
    """Watch ``child`` until it ends or must be ended; report on ``control``. Afterwards nothing of the box is alive."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C ends the trusted side, and with it the control socket
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    reason = "killed"
    try:
        reason = _watch(child, control)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        report = _end(child, reason)
        _tell(control, {"event": "exit", **report._asdict()})
    return report


def _watch(child: Supervised, control: int) -> str:
    usage = _Usage(child)
    ended = os.pidfd_open(child.pid)
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(ended, select.POLLIN)
    heard = b""
    look = child.started + LOOK_SECONDS
    try:
        while True:
            ready = dict(poll.poll(max(0.0, look - time.monotonic()) * 1000))
            if ended in ready:
                return "exit"
            if control in ready:
                new = _read(control)
                *commands, heard = (heard + new).split(b"\n")
                if not new or b"kill" in commands:
                    return "killed"
                for _ in range(commands.count(b"interrupt-case")):
                    killed = _interrupt(child)
                    if killed is None:
                        return "processes"
                    _tell(control, {"event": "interrupted", "killed": killed})
            if (now := time.monotonic()) >= look:
                if passed := usage.passed(now):
                    return passed
                after = time.monotonic()
                look = after + max(LOOK_SECONDS, min(LONGEST_PAUSE, PAUSE_FACTOR * (after - now)))
    finally:
        os.close(ended)


class _Usage:
    """What the processes of one box use together."""

    def __init__(self, child: Supervised):
        self.child = child
        self.start = process_tree.resident(child.pid)  # inherited from the process it was forked from

    def passed(self, now: float) -> str | None:
        """The limit that is passed, None if none is."""
        box = self.child.box
        if now - self.child.started > box.wall:
            return "wall"
        running = process_tree.alive(process_tree.descendants(os.getpid()))
        if len(running) > box.processes:
            return "processes"
        # Pages that processes share count once for each in the cheap sum, so only the exact one condemns.
        most = self.start + box.memory
        if sum(running.values()) > most and sum(map(process_tree.proportional, running)) > most:
            return "memory"
        if not work_folder.fits(box.work, process_tree.unlinked(running), box.disk, box.files):
            return "disk"
        return None


# ---- ending

def _interrupt(child: Supervised) -> int | None:
    """End all processes of the box but the first; their number, or None if they outran us."""
    until = time.monotonic() + INTERRUPT_SECONDS
    os.kill(child.pid, signal.SIGSTOP)  # so that it starts no new ones, and collects none: the dead count against its limit
    try:
        ended: set[int] = set()
        while found := _freeze(child.pid, until):
            ended |= found
            _signal_all(found, signal.SIGKILL)
            if time.monotonic() > until:
                return None
            time.sleep(0.001)
        _collect(ended)
        return len(ended)
    finally:
        os.kill(child.pid, signal.SIGCONT)


def _end(child: Supervised, reason: str) -> Report:
    """End the whole box and collect its dead."""
    if reason != "exit":
        os.kill(child.pid, signal.SIGKILL)
    _, status, usage = os.wait4(child.pid, 0)  # with a pid namespace, all are dead now
    while not child.has_pid_namespace and _collect([-1]):
        if child.uid is not None:
            _kill_user(child.uid)
        else:
            _signal_all(_freeze(0, time.monotonic() + INTERRUPT_SECONDS), signal.SIGKILL)
        time.sleep(0.001)
    if child.lock is not None:
        child.lock.close()
    code = os.waitstatus_to_exitcode(status)
    if reason == "exit" and code < 0:
        spent = usage.ru_utime + usage.ru_stime
        over = -code == signal.SIGXCPU or (-code == signal.SIGKILL and spent >= child.box.cpu)
        reason = "cpu" if over else "signal"
    return Report(reason, code)


def _freeze(first: int, until: float) -> set[int]:
    """Stop all processes of the box but ``first``, again until no running one is found. Stopped ones cannot fork, and the
    dead are not collected meanwhile and so count against RLIMIT_NPROC: a box runs out of processes before we do of turns."""
    frozen: set[int] = set()
    while time.monotonic() < until:
        found = set(process_tree.alive(process_tree.descendants(os.getpid()))) - {first}
        if found <= frozen:
            break
        _signal_all(found - frozen, signal.SIGSTOP)
        frozen |= found
    return frozen


def _signal_all(processes: set[int], number: int) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _kill_user(uid: int) -> None:
    """End every process of user ``uid`` at once: the kernel lets none of them fork in between."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            os.setresuid(uid, uid, uid)
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(child, 0)


def _collect(processes: Iterable[int]) -> bool:
    """Collect those of ``processes`` (-1: all) that are dead and our children; whether any of our children is left."""
    left = False
    for process in processes:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(process, os.WNOHANG)[0]:
                pass
            left = True
    return left


# ---- talking

def _read(control: int) -> bytes:
    try:
        return os.read(control, 4096)
    except ConnectionError:
        return b""


def _tell(control: int, report: dict) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more; the box is ended all the same
        os.write(control, json.dumps(report).encode() + b"\n")
