"""The desk: answers a judge's requests on a namespace of functions.

The same desk serves the learner's namespace inside the sandbox and, in the judge's own process, the reference and the
misconceptions, so that both are asked and answered in exactly the same way. A request names an ``op``; the answer holds
either ``value`` or ``error``, and what the call printed and warned.
"""

import contextlib
import importlib
import io
import linecache
import os
import pickle
import stat
import traceback
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from . import wire

MAX_FILE = 32 * 2**20
MAX_PRINTED = 10_000


class Desk:
    """Serves ``namespace``. ``is_own(filename)`` tells the learner's own code from libraries in tracebacks."""

    def __init__(self, namespace: dict[str, Any], is_own: Callable[[str], bool] = lambda filename: False):
        self.namespace = namespace
        self.is_own = is_own
        self.kept: list[Any] = []

    def answer(self, request: dict, blobs: list[bytes]) -> bytes:
        """The frame that answers one request. Whatever the code behind it does short of ending the process is an answer."""
        printed = _Capped()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                try:
                    result = self._serve(request, blobs)
                    encoder = wire.Encoder(self._keep)
                    message = {key: encoder.encode(value) for key, value in result.items()}
                except BaseException as error:  # the learner's code may raise anything, SystemExit and KeyboardInterrupt too
                    encoder = wire.Encoder()
                    message = {"error": describe_error(error, self.is_own)}
        message["warnings"] = [[w.category.__name__, str(w.message)[:500]] for w in caught[:50]]
        message["printed"] = printed.getvalue()
        return wire.pack(message, encoder)

    def _serve(self, request: dict, blobs: list[bytes]) -> dict[str, Any]:
        def value(key):
            return wire.decode(request[key], blobs, self._resolve)

        match request["op"]:
            case "call":
                return self._call(self._named(request["name"]), value("args"), value("kwargs"), request.get("after"))
            case "method":
                return self._call(getattr(value("of"), request["name"]), value("args"), value("kwargs"), request.get("after"))
            case "get":
                return {"value": getattr(value("of"), request["name"])}
            case "new":
                return {"value": _import(request["name"])(*value("args"), **value("kwargs"))}
            case "probe":
                scope = {**self.namespace, **value("data")}
                exec(compile(request["source"], "<probe>", "exec"), scope)  # the judge's source, run on the learner's side
                return {"value": scope["answer"]}
            case "read":
                return {"value": read_regular(request["name"])}
            case "write":
                return {"value": _write(request["name"], value("data"))}
            case "list":
                return {"value": _list(request["name"])}
            case "unpickle":
                return {"value": pickle.loads(value("data"))}
        raise wire.WireError(f"unknown request {request['op']!r}")

    def _named(self, name: str) -> Any:
        try:
            return self.namespace[name]
        except KeyError:
            raise NameError(f"name '{name}' is not defined: run your notebook from the top and look for the cell that defines it") from None

    @staticmethod
    def _call(function, args, kwargs, after) -> dict[str, Any]:
        value = function(*args, **kwargs)
        return {"value": value, "args": args, "kwargs": kwargs} if after else {"value": value}

    def _keep(self, thing: Any) -> wire.Ref:
        self.kept.append(thing)
        kind = type(thing)
        return wire.Ref(len(self.kept) - 1, f"{kind.__module__}.{kind.__qualname__}")

    def _resolve(self, ref: wire.Ref) -> Any:
        return self.kept[ref.id]


class _Capped(io.StringIO):
    """A text stream that keeps the first MAX_PRINTED characters and swallows the rest."""

    def write(self, text: str) -> int:
        room = MAX_PRINTED - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


def describe_error(error: BaseException, is_own: Callable[[str], bool]) -> dict[str, Any]:
    """An exception as data: type, its bases, message, and the learner's own lines it passed through, innermost last."""
    try:
        message = str(error)[:2000]
    except Exception:  # a __str__ of the learner's own may fail
        message = ""
    frames: Iterable = traceback.walk_tb(error.__traceback__)
    lines = [linecache.getline(frame.f_code.co_filename, line).strip()[:300] for frame, line in frames if is_own(frame.f_code.co_filename)]
    return {"type": type(error).__name__, "bases": [k.__name__ for k in type(error).__mro__], "message": message, "lines": lines[-5:]}


def read_regular(path: str) -> bytes:
    """The bytes of a regular file, links not followed at the last step. Raises FileNotFoundError or ValueError."""
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(fd, "rb") as file:
        info = os.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            raise ValueError(f"{path} is no regular file")
        if info.st_size > MAX_FILE:
            raise ValueError(f"{path} has {info.st_size / 2**20:.0f} MB; at most {MAX_FILE // 2**20} MB are read")
        return file.read(MAX_FILE)


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def _list(folder: str) -> list[str]:
    found = []
    for root, _, files in os.walk(folder):
        found += [os.path.relpath(os.path.join(root, name), folder) for name in files]
        if len(found) > 10_000:
            raise ValueError(f"{folder} holds more than 10000 files")
    return sorted(found)


def _import(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)
