"""A box: one learner's process and its children, what they may use, and the names of what protects others from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

NAMESPACES = ("pid-namespace", "network-namespace", "ipc-namespace", "user-namespace")
PROTECTIONS = frozenset({"landlock", "seccomp", "rlimits", "uid-drop", *NAMESPACES})
REQUIRED = ("landlock", "seccomp", "rlimits")
MB = 2**20


class ProtectionMissing(Exception):
    """``name`` cannot be had on this machine; ``advice`` says what to install or which flag accepts the risk."""

    def __init__(self, name: str, advice: str):
        super().__init__(f"protection {name} is missing: {advice}")
        self.name = name
        self.advice = advice

    def __reduce__(self):
        return type(self), (self.name, self.advice)  # it crosses from the workers of a pool


@dataclass(frozen=True)
class Box:
    """The limits of a box; a submission gets the default ones. Sizes are in bytes, times in seconds.

    ``work`` is the only folder it may write; it holds copies, not links, because it is handed over to the box's user.
    ``readable`` are further folders it may read (caches). ``memory`` is counted beyond what the process holds at its
    start, for each process (as address space) and for all together. ``cpu`` and ``file_size`` hold for each process
    and file; the other limits for the box as a whole.

    ``isolation``: "full" takes every protection there is and raises ProtectionMissing without the required ones;
    "available" takes what there is; "none" keeps the limits only. ``allowed`` takes protections away as if the machine
    lacked them: the tests of what happens without them.
    """

    work: Path
    readable: tuple[Path, ...] = ()
    isolation: Literal["full", "available", "none"] = "full"
    memory: int = 1024 * MB
    cpu: int = 300
    wall: float = 900.0
    disk: int = 128 * MB
    file_size: int = 64 * MB
    files: int = 2000
    open_files: int = 256
    processes: int = 64
    allowed: frozenset[str] = PROTECTIONS

    def allows(self, name: str) -> bool:
        """Whether protection ``name`` is to be taken if the machine has it."""
        return name in self.allowed and (self.isolation != "none" or name == "rlimits")
