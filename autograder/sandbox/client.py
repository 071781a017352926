"""The judge's side of the sandbox: starts the warm process, opens sandboxes, asks what is inside, and trusts nothing of it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import wire
from ..learner import Stopped
from . import preload, work_folder
from .box import ProtectionMissing

SYSTEM = "linux" if sys.platform == "linux" else "bare"
START_SECONDS = 120.0
GRACE_SECONDS = 5.0
END_SECONDS = 20.0
LEAST_CELL_SECONDS = 1.0


@dataclass(frozen=True)
class Limits:
    """The time that one submission's cells and cases may take; what else it may use are the defaults of Box."""

    cell_cpu_seconds: float = 8.0
    cell_wall_seconds: float = 30.0
    case_wall_factor: float = 3.0


class Warm:
    """A warm process. ``isolation`` is "full" (fail closed), "available" (what this machine has) or "none".

    ``libraries`` are the top-level packages it imports before it forks.
    """

    def __init__(self, isolation: str = "full", limits: Limits = Limits(), libraries: Iterable[str] = preload.ROOTS):
        self.isolation, self.limits = isolation, limits
        ours, theirs = socket.socketpair()
        environ = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "USER": "learner", "HOME": os.devnull,
                   "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
        preload.set_environment(environ)
        environ |= {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "TMPDIR", "NUMBA_CACHE_DIR") if name in os.environ}
        self._process = subprocess.Popen([sys.executable, "-m", "autograder.sandbox.warm", str(theirs.fileno()), ",".join(sorted(libraries)), SYSTEM], env=environ, cwd="/",
                                         pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._sock = ours
        self._ready = False

    def wait(self) -> None:
        """Waits until the libraries are imported."""
        if not self._ready:
            self._sock.settimeout(START_SECONDS)
            try:
                wire.receive(self._sock)
            except wire.Closed:
                raise RuntimeError("the warm process ended while starting; its own message stands above. Is the environment complete (make .venv)?") from None
            self._sock.settimeout(None)
            self._ready = True

    def open(self, folder: Path) -> "Sandbox":
        """A new sandbox whose work folder is ``folder``. Raises ProtectionMissing."""
        self.wait()
        ours, agent = socket.socketpair()
        control, supervisor = socket.socketpair()
        box = {"work": str(folder), "isolation": self.isolation}
        wire.send(self._sock, wire.pack({"box": box}, wire.Encoder()))
        socket.send_fds(self._sock, [b"f"], [agent.fileno(), supervisor.fileno()])
        agent.close()
        supervisor.close()
        return Sandbox(self, ours, control)

    def close(self) -> None:
        self._sock.close()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> "Warm":
        return self

    def __exit__(self, *_exc) -> None:
        self.close()


class Sandbox:
    """One learner's process and all its children. After ``Stopped`` it may be gone: ask ``alive``."""

    def __init__(self, warm: Warm, sock: socket.socket, control: socket.socket):
        self.warm, self._sock, self._control = warm, sock, control
        self._heard, self._last_word = b"", {}
        self.alive, self._patience = True, 1.0
        first = self._supervisor_says(START_SECONDS)
        if first.get("event") != "started":
            self._sock.close()
            self._control.close()
            if first.get("event") == "missing":
                raise ProtectionMissing(*first["missing"])
            raise RuntimeError(f"the sandbox did not start: {first.get('what', 'its supervisor ended')}")
        self.isolation: list[str] = first["protections"]

    def run(self, source: str) -> list[Any]:
        """Runs one cell and returns its outputs, untrusted. Raises Stopped when the process dies of it or does not come back.

        After a cell that had to be interrupted the next ones get half the time each.
        """
        limits = self.warm.limits
        cpu, wall = (max(seconds * self._patience, LEAST_CELL_SECONDS) for seconds in (limits.cell_cpu_seconds, limits.cell_wall_seconds))
        self._say({"op": "run", "source": source, "cpu_seconds": cpu, "wall_seconds": wall})
        event = self._event(wall + GRACE_SECONDS)
        if event.get("interrupted"):
            self._patience /= 2
        outputs = event.get("outputs")
        return outputs if isinstance(outputs, list) else []

    def case(self) -> "Case":
        """A forked process for hidden tests; call ``allow`` before each of them."""
        ours, theirs = socket.socketpair()
        self._say({"op": "case"})
        try:
            socket.send_fds(self._sock, [b"f"], [theirs.fileno()])
        except OSError:
            self._gone()
        finally:
            theirs.close()
        return Case(self, ours)

    def interrupt_case(self) -> None:
        with contextlib.suppress(OSError):
            self._control.sendall(b"interrupt-case\n")

    def close(self) -> None:
        """Ends the sandbox; when this returns, nothing of it is left."""
        self.alive = False
        self._sock.close()
        with contextlib.suppress(OSError):
            self._control.sendall(b"kill\n")
        self._report()
        self._control.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_exc) -> None:
        self.close()

    def _say(self, message: dict) -> None:
        try:
            wire.send(self._sock, wire.pack(message, wire.Encoder()))
        except wire.Closed:
            self._gone()

    def _event(self, seconds: float) -> dict:
        self._sock.settimeout(seconds)
        try:
            return wire.receive(self._sock)[0]
        except wire.Closed:
            self._gone()
        except TimeoutError:
            self._abandon("timeout", "did not come back within its time and was ended")
        except wire.WireError as error:
            self._abandon("killed", f"sent {error}")

    def _gone(self) -> None:
        """The sandboxed process has ended by itself or by its supervisor: says why."""
        report = self._report()
        self.alive = False
        raise Stopped(*_why(report))

    def _abandon(self, kind: str, what: str) -> None:
        self.close()
        raise Stopped(kind, what)

    def _report(self) -> dict:
        """The supervisor's last word; it speaks when everything is dead."""
        while self._last_word.get("event") != "exit":
            said = self._supervisor_says(END_SECONDS)
            if not said:
                break
            self._last_word = said
        return self._last_word

    def _supervisor_says(self, seconds: float) -> dict:
        """The supervisor's next line; empty when it says nothing more."""
        self._control.settimeout(seconds)
        try:
            while b"\n" not in self._heard:
                chunk = self._control.recv(4096)
                if not chunk:
                    return {}
                self._heard += chunk
        except OSError:
            return {}
        line, self._heard = self._heard.split(b"\n", 1)
        return json.loads(line)


class Case:
    """The transport of hidden tests."""

    def __init__(self, sandbox: Sandbox, sock: socket.socket):
        self._sandbox, self._sock = sandbox, sock
        self._cpu_seconds = self._deadline = 0.0
        self.alive, self.stopped = True, ""
        self._fresh: Case | None = None
        self._others = contextlib.ExitStack()  # the fresh case and its sandbox

    def allow(self, cpu_seconds: float) -> None:
        """Starts the budget of one test."""
        self._cpu_seconds = cpu_seconds
        self._deadline = time.monotonic() + cpu_seconds * self._sandbox.warm.limits.case_wall_factor
        with contextlib.suppress(wire.Closed):  # the first question will find it gone and say why
            wire.send(self._sock, wire.pack({"op": "budget", "cpu_seconds": cpu_seconds}, wire.Encoder()))

    def ask(self, frame: bytes) -> tuple[dict, list[bytes]]:
        try:
            self._sock.settimeout(max(0.01, self._deadline - time.monotonic()))
            wire.send(self._sock, frame)
            return wire.receive(self._sock)
        except TimeoutError:
            self._sandbox.interrupt_case()
            self.end()
            stopped = Stopped("timeout", f"did not answer within {self._cpu_seconds:g} s; is there a loop that never ends?")
        except wire.Closed:
            stopped = Stopped(*_why({"status": self.end()}, self._cpu_seconds))
        self.stopped = stopped.kind
        raise stopped

    def end(self) -> int:
        """Hangs up and waits for the forked process; its exit code, negative for a signal."""
        if not self.alive:
            return 0
        self.alive = False
        self._sock.close()
        self._others.close()
        if not self._sandbox.alive:
            return 0
        deadline = time.monotonic() + GRACE_SECONDS
        self._sandbox._sock.settimeout(GRACE_SECONDS)
        while True:
            try:
                event, _ = wire.receive(self._sandbox._sock)
            except TimeoutError:
                if time.monotonic() > deadline + GRACE_SECONDS:
                    self._sandbox._abandon("timeout", "could not be stopped and was ended")
                self._sandbox.interrupt_case()
                continue
            except wire.Closed:
                self._sandbox._gone()
            except wire.WireError as error:
                self._sandbox._abandon("killed", f"sent {error}")
            if event.get("event") == "case-ended":
                status = event.get("status")
                return status if isinstance(status, int) else 0

    @contextlib.contextmanager
    def fresh(self) -> Iterator["Case"]:
        """A case in another sandbox, which never saw the learner's code. As long as it lives, it serves all that this case loads."""
        if self._fresh is None or not self._fresh.alive:
            self._others.close()
            self._fresh = self._others.enter_context(_another(self._sandbox.warm)).case()
            self._others.callback(self._fresh.end)
        self._fresh.allow(self._cpu_seconds)
        yield self._fresh


@contextlib.contextmanager
def _another(warm: Warm) -> Iterator[Sandbox]:
    """A sandbox in an empty folder of its own, which is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fresh-"))
    try:
        with warm.open(folder) as sandbox:
            yield sandbox
    finally:
        work_folder.remove(folder)


def _why(report: dict, cpu_seconds: float | None = None) -> tuple[str, str]:
    """(kind, predicate) for a process that ended: by a limit, by a signal, or on its own account."""
    reason, status = report.get("reason"), report.get("status")
    if reason in ("wall", "cpu") or status == -signal.SIGXCPU:
        return "timeout", f"ran for more than {f'{cpu_seconds:g} s' if cpu_seconds else 'its time'} and was ended; is there a loop that never ends?"
    limits = {"memory": "used more memory than it may", "disk": "wrote more to its folder than it may", "processes": "started more processes than it may"}
    if reason in limits:
        return "killed", f"{limits[reason]} and was ended"
    if isinstance(status, int) and status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
        return "killed", f"was ended by {name}, as by a crash in compiled code or for want of memory"
    return "killed", "ended its own process; is there an os._exit() in it?"
