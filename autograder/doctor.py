"""Proves by trying which protections hold on this machine: each promise of the sandbox, attacked from inside a real one."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import course
from .learner import Learner, LearnerError, Stopped
from .sandbox import linux
from .sandbox.box import REQUIRED, ProtectionMissing
from .sandbox.client import Warm

_NOTEBOOK = """
import os, signal, socket, subprocess
def opens(path):
    open(path, "rb").read(1)
def writes(path):
    open(path, "wb").write(b"x")
def connects():
    socket.socket(socket.AF_INET)
def local_socket():
    socket.socket(socket.AF_UNIX)
def signals(pid):
    os.kill(pid, 0)
def forks():
    while True:
        os.fork()
def loops():
    while True:
        pass
def eats():
    return [bytearray(2 ** 26) for _ in range(2 ** 20)]
def fills():
    for i in range(10 ** 6):
        open(f"file-{i}", "wb").write(bytes(2 ** 24))
def lists_processes():
    return os.listdir("/proc")
"""


@dataclass(frozen=True)
class Attack:
    """What a learner's code tries, by which function, with which arguments; it must fail."""

    promise: str
    function: str
    args: tuple = ()


def attacks(secret: Path) -> list[Attack]:
    """The attacks, a few for each promise; ``secret`` is a file outside the sandbox that this process can read."""
    root = course.repository()
    grader = next((root / "tests" / "graders").glob("*.py"), root / "tests")
    return [
        Attack("reads no hidden grader", "opens", (str(grader),)), Attack("reads no reference", "opens", (str(root / "reference_impl" / "__init__.py"),)),
        Attack("reads no other file of yours", "opens", (str(secret),)), Attack("reads no passwords", "opens", ("/etc/passwd",)),
        Attack("sees no other process", "lists_processes"), Attack("writes nowhere else", "writes", (str(secret.parent / "left-behind"),)),
        Attack("writes not into the course", "writes", (str(root / "gradebook.db-attack"),)),
        Attack("has no network", "connects"), Attack("has no local sockets", "local_socket"), Attack("signals no other process", "signals", (os.getpid(),)),
        Attack("starts no processes without end", "forks"), Attack("loops only as long as its time", "loops"),
        Attack("eats only as much memory as its share", "eats"), Attack("fills only its own share of the disk", "fills"),
    ]


def examine(console: Console | None = None) -> bool:
    """Prints what holds; True if a required protection is missing or an attack came through."""
    console = console or Console()
    failed = _protections(console)
    with tempfile.TemporaryDirectory(prefix="doctor-") as name:
        secret = Path(name) / "secret.txt"
        secret.write_text("not for learners")
        secret.chmod(0o644)
        try:
            failed |= _promises(console, secret)
        except ProtectionMissing as missing:
            console.print(str(missing), style="red", markup=False)
            failed = True
    console.print("Grading others' work is not safe here." if failed else "Others' work can be graded here.", style="red" if failed else "green")
    return failed


def _protections(console: Console) -> bool:
    table = Table(title="protections", title_justify="left")
    table.add_column("name")
    table.add_column("holds")
    found = linux.probe()
    for name, answer in found.items():
        table.add_row(name, "[green]yes[/]" if answer is True else f"[{'red' if name in REQUIRED else 'yellow'}]no[/] ({answer})")
    console.print(table)
    return any(found.get(name) is not True for name in REQUIRED)


def _promises(console: Console, secret: Path) -> bool:
    table = Table(title="promises, each tried from inside a sandbox", title_justify="left")
    table.add_column("the learner's code")
    table.add_column("kept")
    table.add_column("what it met", overflow="fold")
    failed = False
    with Warm("full") as warm, tempfile.TemporaryDirectory(prefix="doctor-work-") as folder:
        for number, attack in enumerate(attacks(secret)):
            work = Path(folder) / str(number)
            work.mkdir()
            met = _try(warm, work, attack)
            failed |= met is None
            table.add_row(attack.promise, "[red]no[/]" if met is None else "[green]yes[/]", met or "nothing: it came through")
    console.print(table)
    return failed


def _try(warm: Warm, work: Path, attack: Attack) -> str | None:
    """What the attack met; None if it came through."""
    with warm.open(work) as sandbox:
        sandbox.run(_NOTEBOOK)
        case = sandbox.case()
        case.allow(2.0)
        try:
            getattr(Learner(case), attack.function)(*attack.args)
        except LearnerError as error:
            return f"{error.type}: {error.message}"
        except Stopped as stopped:
            return str(stopped).removeprefix(f"{attack.function}() ")
    return None
