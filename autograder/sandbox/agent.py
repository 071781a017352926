"""The agent: lives in the sandbox, runs the notebook's cells, then answers the judge's questions on what they defined.

Everything in this process may be the learner's doing by now: nothing it says is believed. It reads messages from its
socket (``run`` one cell, ``case`` hidden tests) and answers with events. A case is a forked child: what an answer breaks there is
gone with it, and the notebook's own process stays as its cells left it. A case's socket comes with the message; when the judge hangs up,
the case ends.
"""

import contextlib
import math
import os
import resource
import socket
import sys
import tempfile
from pathlib import Path

from .. import wire
from ..desk import Desk
from . import shell as notebook

CELL_FILE = "<ipython-input-"


def main(sock: socket.socket, shell: notebook.NotebookShell) -> None:
    """Serves until the judge hangs up. Called in the sandboxed process, in its work folder."""
    notebook.prepare(shell)
    os.environ["HOME"] = os.environ["TMPDIR"] = os.getcwd()
    tempfile.tempdir = None  # was found out before the fork
    sys.path.insert(0, os.getcwd())  # `from given.wav import …` finds the folder beside the notebook
    while True:
        try:
            message, _ = wire.receive(sock)
        except wire.Closed:
            return
        _collect_orphans()
        match message["op"]:
            case "run":
                outputs, interrupted = notebook.run_cell(shell, message["source"], message["cpu_seconds"], message["wall_seconds"])
                _say(sock, {"event": "cell", "outputs": outputs, "interrupted": interrupted})
            case "case":
                _case(sock, shell)


def _say(sock: socket.socket, message: dict) -> None:
    wire.send(sock, wire.pack(message, wire.Encoder()))


def _case(sock: socket.socket, shell: notebook.NotebookShell) -> None:
    _, fds, _, _ = socket.recv_fds(sock, 1, 1)
    case = socket.socket(fileno=fds[0])
    pid = os.fork()
    if pid == 0:
        sock.close()
        try:
            _answer(case, shell)
        finally:
            os._exit(0)
    case.close()
    _say(sock, {"event": "case-ended", "status": _wait(pid)})


def _wait(pid: int) -> int:
    """Waits for ``pid`` and, as the first process of its namespace, for every orphan on the way."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == pid:
            return os.waitstatus_to_exitcode(status)


def _collect_orphans() -> None:
    """Ended children that nobody waits for count against the number of processes."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(case: socket.socket, shell: notebook.NotebookShell) -> None:
    desk = Desk(shell.user_ns, lambda filename: filename.startswith(CELL_FILE) or Path(filename).parent == Path.cwd())
    while True:
        try:
            request, blobs = wire.receive(case)
        except wire.Closed:
            return
        if request["op"] == "budget":
            _allow(request["cpu_seconds"])
        else:
            wire.send(case, desk.answer(request, blobs))


def _allow(cpu_seconds: float) -> None:
    """Gives this process so much CPU time from now on; beyond it the kernel ends it with SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + cpu_seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
