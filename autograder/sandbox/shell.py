"""A notebook's kernel without a kernel: IPython in this process, with outputs captured as Jupyter would.

Runs on the learner's side of the wall. Outputs are plain nbformat-4 dicts, capped in size; the judge's side sanitises them.
"""

import builtins
import contextlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

MAX_CELL_BYTES = 2 * 2**20
MAX_STREAM = 50_000
NO_INPUT = "input() cannot be answered while your notebook is graded: nobody is there to type. Pass the value as an argument instead."


class CellTimeout(KeyboardInterrupt):
    """The cell ran longer than its budget."""


class Outputs:
    """The outputs of one cell, in order; adjoining texts of one stream are joined."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.size = 0

    def stream(self, name: str, text: str) -> None:
        text = text[:max(0, MAX_STREAM - self.size)]
        if not text:
            return
        self.size += len(text)
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["text"] += text
        else:
            self.items.append({"output_type": "stream", "name": name, "text": text})

    def data(self, kind: str, bundle: dict, metadata: dict | None = None, **extra) -> None:
        kept = {mime: value for mime, value in bundle.items() if isinstance(value, str | bytes) or mime == "text/plain"}
        kept = {mime: _base64(value) if isinstance(value, bytes) else value for mime, value in kept.items()}
        size = sum(map(len, kept.values()))
        if self.size + size > MAX_CELL_BYTES:
            self.stream("stderr", f"[an output of {size / 2**20:.1f} MB was left out]\n")
            return
        self.size += size
        self.items.append({"output_type": kind, "data": kept, "metadata": metadata or {}, **extra})

    def error(self, name: str, message: str, traceback: list[str]) -> None:
        self.items.append({"output_type": "error", "ename": name[:100], "evalue": message[:2000], "traceback": [line[:5000] for line in traceback[-30:]]})


def _base64(data: bytes) -> str:
    import base64
    return base64.b64encode(data).decode()


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    encoding = "utf-8"

    def __init__(self, shell: "NotebookShell", name: str, fd: int):
        self._shell, self._name, self._fd = shell, name, fd

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._fd

    def write(self, text: str) -> int:
        self._shell.outputs.stream(self._name, str(text))
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
        self.shell.outputs.data("display_data", data, metadata)

    def clear_output(self, wait=False):
        self.shell.outputs.items.clear()


class _Hook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.outputs.data("execute_result", format_dict, md_dict, execution_count=self.shell.execution_count)

    def finish_displayhook(self):
        pass


class NotebookShell(InteractiveShell):
    """IPython whose prints, figures, results and tracebacks are collected in ``outputs``."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **kwargs):
        self.outputs = Outputs()
        super().__init__(**kwargs)
        self.enable_matplotlib("inline")

    def enable_gui(self, gui=None):
        pass

    def ask_exit(self):
        self.outputs.stream("stderr", "exit() is ignored while your notebook is graded.\n")

    def _showtraceback(self, etype, evalue, stb):
        name = etype.__name__ if isinstance(etype, type) else str(etype)
        try:
            message = str(evalue)
        except Exception:  # a __str__ of the learner's own may fail
            message = ""
        self.outputs.error(name, message, [str(line) for line in stb])

    def system(self, cmd):
        """``!cmd``: no terminal here; what the command says goes to the cell's streams."""
        done = subprocess.run(["/bin/sh", "-c", self.var_expand(cmd, depth=1)], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False)
        self.outputs.stream("stdout", done.stdout)
        self.outputs.stream("stderr", done.stderr)
        self.user_ns["_exit_code"] = done.returncode

    system_raw = system_piped = system


def make_shell(folder: str) -> NotebookShell:
    """A shell with nothing of the user's own: no profile, no history, no start-up files. ``folder`` holds its throw-away profile."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    config.InteractiveShell.history_length = 0
    return NotebookShell.instance(config=config, ipython_dir=folder, user_ns={"__name__": "__main__"})


def no_input(*_args, **_kwargs):
    raise RuntimeError(NO_INPUT)


def prepare(shell: NotebookShell) -> None:
    """Makes this process a notebook's: streams captured, nobody at the keyboard."""
    builtins.input = no_input
    sys.stdin = open(os.devnull)
    sys.stdout, sys.stderr = _Stream(shell, "stdout", 1), _Stream(shell, "stderr", 2)
    shell.display_trap.set()


def run_cell(shell: NotebookShell, source: str, cpu_seconds: float, wall_seconds: float) -> tuple[list[dict[str, Any]], bool]:
    """Runs one cell: its outputs, and whether it was interrupted, as by the stop button, because its time was over."""
    shell.outputs = Outputs()
    with _budget(cpu_seconds, wall_seconds) as stops, _descriptors(shell):
        try:
            shell.run_cell(source, store_history=True)
        except BaseException as error:  # an odd exception of the learner's own must not end the notebook
            shell.outputs.error(type(error).__name__, str(error)[:500], [])
    return shell.outputs.items, bool(stops)


@contextlib.contextmanager
def _budget(cpu_seconds: float, wall_seconds: float) -> Iterator[list[int]]:
    """Interrupts this process when the time is over, again each second; yields the list of the signals that did."""
    stops: list[int] = []

    def stop(number, frame):
        stops.append(number)
        seconds = cpu_seconds if number == signal.SIGPROF else wall_seconds
        raise CellTimeout(f"this cell ran for more than {seconds:g} s and was stopped; is there a loop that never ends?")

    signal.signal(signal.SIGPROF, stop)
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds, 1.0)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds, 1.0)
    try:
        yield stops
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _descriptors(shell: NotebookShell) -> Iterator[None]:
    """Collects what is written to descriptors 1 and 2 past Python: by C code and by child processes."""
    path = f".stream-{os.getpid()}"
    with open(path, "w+b", buffering=0) as file:
        os.unlink(path)
        saved = os.dup(1), os.dup(2)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            for fd, old in zip((1, 2), saved, strict=True):
                os.dup2(old, fd)
                os.close(old)
            file.seek(0)
            shell.outputs.stream("stdout", file.read(MAX_STREAM).decode(errors="replace"))
