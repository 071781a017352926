"""The warm process: imports everything once, holds no secret, and forks one sandbox after another.

Started by exec with a clean environment. It is asked over its socket: a message with the box's limits, two descriptors
behind it: the agent's socket and the supervisor's control socket. It never runs a learner's code itself.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import sys
import tempfile
from pathlib import Path

from .. import wire
from . import agent, bare, linux, preload, shell
from .box import Box, ProtectionMissing

SYSTEMS = {"linux": linux, "bare": bare}


def main(sock: socket.socket, roots: list[str], system) -> None:
    preload.preload(roots)
    with tempfile.TemporaryDirectory(prefix="warm-") as profile:
        kernel = shell.make_shell(profile)
        _forget_the_repository()
        system.prepare()
        gc.collect()
        gc.freeze()  # what is there now stays; a collection in a fork would copy all its pages
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended sandboxes leave no zombies
        with contextlib.suppress(wire.Closed):  # the judge has hung up
            wire.send(sock, wire.pack({"event": "warm"}, wire.Encoder()))
            while True:
                message, _ = wire.receive(sock)
                _, fds, _, _ = socket.recv_fds(sock, 1, 2)
                if os.fork() == 0:
                    sock.close()
                    try:
                        _sandbox(system, message["box"], kernel, *fds)
                    finally:
                        os._exit(0)
                for fd in fds:
                    os.close(fd)


def _sandbox(system, box: dict, kernel: shell.NotebookShell, agent_fd: int, control_fd: int) -> None:
    """The supervisor's process: starts the box, tells the judge what protects it, watches it to its end."""
    try:
        child = system.spawn(Box(**{**box, "work": Path(box["work"])}), lambda: agent.main(socket.socket(fileno=agent_fd), kernel), keep_fds=(agent_fd,))
    except ProtectionMissing as missing:
        return _tell(control_fd, {"event": "missing", "missing": [missing.name, missing.advice]})
    except (RuntimeError, OSError) as error:
        return _tell(control_fd, {"event": "failed", "what": str(error)})
    _tell(control_fd, {"event": "started", "protections": child.protections})
    os.close(agent_fd)
    system.supervise(child, control_fd)


def _tell(control_fd: int, message: dict) -> None:
    os.write(control_fd, json.dumps(message).encode() + b"\n")


def _forget_the_repository() -> None:
    """Takes the course's own checkout off the import path: the learner's `import reference_impl` finds nothing."""
    root = str(Path(__file__).parents[2])
    sys.path[:] = [p for p in sys.path if p and Path(p).resolve() != Path(root)]
    sys.meta_path[:] = [finder for finder in sys.meta_path if not getattr(finder, "__module__", "").startswith("__editable__")]
    sys.path_hooks[:] = [hook for hook in sys.path_hooks if not getattr(hook, "__module__", "").startswith("__editable__")]
    sys.path_importer_cache.clear()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2].split(","), SYSTEMS[sys.argv[3]])
    os._exit(0)  # nothing is left to do; taking the libraries down would take a second
