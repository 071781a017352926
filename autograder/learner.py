"""The learner, as graders see one: a proxy whose calls run on the other side of the wall and come back as plain data.

A ``Transport`` carries requests to a desk: behind the sandbox's wall for a submission, in this process for the reference and
the misconceptions. Whatever comes back is untrusted data; nothing of it is executed or unpickled here.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from . import wire
from .desk import Desk


class LearnerError(Exception):
    """An exception of the learner's code: its ``type`` by name, its ``message``, the learner's own ``lines`` it passed."""

    def __init__(self, type: str, message: str, lines: tuple[str, ...] = (), bases: tuple[str, ...] = (), call: str = ""):
        self.type, self.message, self.lines, self.bases, self.call = type, message, lines, bases, call
        super().__init__(f"{call or 'the call'} raised {type}: {message}" + (f" (at your line `{lines[-1]}`)" if lines else ""))

    def is_a(self, *names: str) -> bool:
        """Whether the exception is of one of these types or of a subclass."""
        return any(name == self.type or name in self.bases for name in names)


class Stopped(Exception):
    """The learner's process is gone: ``kind`` is "timeout" or "killed", the message a predicate ("used more memory than it may")."""

    def __init__(self, kind: str, message: str):
        self.kind = kind
        super().__init__(message)


class Transport(Protocol):
    """Carries one request to a desk and its answer back."""

    def ask(self, frame: bytes) -> tuple[dict, list[bytes]]: ...
    def fresh(self) -> contextlib.AbstractContextManager["Transport"]: ...


@dataclass(frozen=True)
class Outcome:
    """What a call did: its value, its arguments as they are after the call, warnings as (category, message), printed text."""

    value: Any
    args: tuple = ()
    kwargs: dict = field(default_factory=dict)
    warnings: tuple[tuple[str, str], ...] = ()
    printed: str = ""


class Handle:
    """An object that stayed on the learner's side. ``handle.method(...)`` calls it there, ``handle.get(name)`` reads an attribute."""

    def __init__(self, learner: "Learner", ref: wire.Ref, transport: Transport):
        self._learner, self._transport, self.__wire_ref__ = learner, transport, ref

    @property
    def type_name(self) -> str:
        """The type's dotted name, as the learner's side tells it."""
        return self.__wire_ref__.type_name

    def get(self, name: str) -> Any:
        return self._learner._ask(self._transport, f"reading .{name}", op="get", of=self, name=name).value

    def call(self, name: str, *args, **kwargs) -> Outcome:
        return self._learner._ask(self._transport, f".{name}({describe(args, kwargs)})", op="method", of=self, name=name, args=args, kwargs=kwargs, after=True)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._learner._ask(
            self._transport, f".{name}({describe(args, kwargs)})", op="method", of=self, name=name, args=args, kwargs=kwargs).value

    def __repr__(self) -> str:
        return f"<{self.type_name}>"


class Learner:
    """The proxy. ``learner.sine(440.0, 1.0, 8000)`` calls the learner's ``sine`` and returns plain data or a Handle.

    ``transcript`` lists what came of every request so far, for the diagnosis.
    """

    def __init__(self, transport: Transport, sources: dict[str, str] | None = None, remarks: list[str] | None = None):
        self._transport = transport
        self._sources = sources or {}
        self._remarks = [] if remarks is None else remarks
        self._open = contextlib.ExitStack()
        self.transcript: list[Any] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(name, args, kwargs).value

    def call(self, name: str, *args, **kwargs) -> Outcome:
        """Calls the learner's function; the Outcome also tells the arguments after the call, warnings and printed text."""
        return self._call(name, args, kwargs, after=True)

    def new(self, path: str, *args, **kwargs) -> Any:
        """Makes a library object on the learner's side, by import path."""
        return self._ask(self._transport, path, op="new", name=path, args=args, kwargs=kwargs).value

    def probe(self, source: str, **data) -> Any:
        """Runs the judge's source beside the learner's code; the value of its variable ``answer`` comes back, untrusted."""
        return self._ask(self._transport, "the probe", op="probe", source=source, data=data).value

    def read_bytes(self, path: str) -> bytes:
        """The content of a regular file in the learner's work folder."""
        value = self._ask(self._transport, f"reading the file {path}", op="read", name=str(path)).value
        return value if isinstance(value, bytes) else b""

    def write_bytes(self, path: str, data: bytes) -> None:
        """Puts a file into the learner's work folder."""
        self._ask(self._transport, f"writing the file {path}", op="write", name=str(path), data=data)

    def list_files(self, folder: str = ".") -> list[str]:
        """Relative paths of the files below a folder of the learner's work folder, sorted."""
        value = self._ask(self._transport, f"listing {folder}", op="list", name=str(folder)).value
        return [str(v) for v in value] if isinstance(value, list) else []

    def load_pickle(self, path: str) -> Any:
        """Loads a pickle the learner wrote, in a fresh sandboxed process that never saw the learner's code."""
        data = self.read_bytes(path)
        fresh = self._open.enter_context(self._transport.fresh())
        return self._ask(fresh, f"loading {path} in a fresh process", op="unpickle", data=data).value

    def source(self, name: str) -> str:
        """The text of the learner's answer to an exercise; empty where there is none (as for the reference)."""
        return self._sources.get(name, "")

    def remark(self, text: str) -> None:
        """Adds a remark to the result; it costs no point."""
        if text not in self._remarks:
            self._remarks.append(text)

    def close(self) -> None:
        self._open.close()

    def _call(self, name, args, kwargs, after=False) -> Outcome:
        return self._ask(self._transport, f"{name}({describe(args, kwargs)})", op="call", name=name, args=args, kwargs=kwargs, after=after)

    def _ask(self, transport: Transport, call: str, op: str, **fields) -> Outcome:
        encoder = wire.Encoder()
        plain = ("name", "source", "after")
        frame = wire.pack({"op": op, **{k: v if k in plain else encoder.encode(v) for k, v in fields.items()}}, encoder)
        try:
            outcome = self._read(transport, call, *transport.ask(frame))
        except wire.WireError as error:
            outcome = LearnerError("OversizeAnswer", str(error), call=call)
        except Stopped as stopped:
            raise Stopped(stopped.kind, f"{call} {stopped}") from None
        if op != "write":
            self.transcript.append(outcome)
        if isinstance(outcome, LearnerError):
            raise outcome
        return outcome

    def _read(self, transport: Transport, call: str, message: dict, blobs: list[bytes]) -> Outcome:
        def value(key, default=None):
            return wire.decode(message.get(key, default), blobs, lambda ref: Handle(self, ref, transport))

        try:
            if "error" in message:
                error = message["error"]
                kind = "OversizeAnswer" if error["type"] == "WireError" else str(error["type"])[:100]
                return LearnerError(kind, str(error["message"])[:2000], tuple(str(s)[:300] for s in error["lines"])[-5:],
                                    tuple(str(b) for b in error["bases"])[:20], call)
            notes = tuple((str(category)[:100], str(text)[:500]) for category, text in message.get("warnings", [])[:50])
            args, kwargs = value("args", []), value("kwargs", {"$": "dict", "v": []})
            return Outcome(value("value"), tuple(args), dict(kwargs), notes, str(message.get("printed", ""))[:10_000])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise wire.WireError(f"an answer that is none ({type(error).__name__})") from None


class LocalTransport:
    """Asks a desk in this process: for the reference and for misconceptions, which are ours. Calls run in ``folder``."""

    def __init__(self, namespace: dict[str, Any], folder: Path, is_own: Callable[[str], bool] = lambda filename: False):
        self.desk = Desk(namespace, is_own)
        self.folder = folder

    def ask(self, frame: bytes) -> tuple[dict, list[bytes]]:
        head, body = _split(frame)
        with contextlib.chdir(self.folder):
            answer = self.desk.answer(*wire.unpack(head, body))
        return wire.unpack(*_split(answer))

    @contextlib.contextmanager
    def fresh(self) -> Iterator["LocalTransport"]:
        with TemporaryDirectory(prefix="fresh-") as folder:
            yield LocalTransport({}, Path(folder))


def _split(frame: bytes) -> tuple[bytes, bytes]:
    n_head, _ = wire._HEADER.unpack_from(frame)
    start = wire._HEADER.size
    return frame[start:start + n_head], frame[start + n_head:]


def describe(args: tuple, kwargs: dict[str, Any] | None = None) -> str:
    """The arguments of a call in short, as a learner may see them: arrays by their shape, never by their values."""
    parts = [_short(a) for a in args] + [f"{k}={_short(v)}" for k, v in (kwargs or {}).items()]
    return ", ".join(parts)


def _short(value: Any) -> str:
    if isinstance(value, Handle):
        return repr(value)
    if hasattr(value, "shape") and getattr(value, "shape", ()) != ():
        return f"<array {value.shape}>"
    if isinstance(value, float):
        return f"{value:.6g}" if not value.is_integer() or abs(value) >= 1e6 else f"{value:.1f}"
    if isinstance(value, list | tuple | dict | bytes) and len(value) > 6:
        return f"<{type(value).__name__} of {len(value)}>"
    if isinstance(value, list | tuple):
        inner = ", ".join(_short(v) for v in value)
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if type(value).__name__ == "Generator":
        return "rng"
    text = os.fspath(value) if isinstance(value, os.PathLike) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
