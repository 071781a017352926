"""Values on the wire: the only things that cross the wall between the judge and the learner's code.

A message is JSON with numbered binary blobs beside it. Data crosses as data: None, bool, int, float, complex, str, bytes,
list, tuple, dict, set, ndarray (as ``.npy``, never objects) and random generators (by their state). Everything else stays
where it is and is named by a handle. Decoding builds plain Python and numpy objects and nothing else; it never unpickles.

Frame: big-endian ``!IQ`` (bytes of JSON, bytes of blobs), the JSON, the blobs one behind the other; their lengths stand in
the JSON under ``"blobs"``.
"""

import enum
import io
import json
import math
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 40
_HEADER = struct.Struct("!IQ")
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class WireError(ValueError):
    """A message that is too large, too deep or malformed."""


class Closed(ConnectionError):
    """The other side is gone."""


@dataclass(frozen=True)
class Ref:
    """The name of an object that stayed behind the wall."""

    id: int
    type_name: str


class Encoder:
    """Turns values into JSON nodes and blobs. ``keep`` is asked for a Ref for what is not data; without it that is a TypeError."""

    def __init__(self, keep: Callable[[Any], Ref] | None = None):
        self.keep = keep
        self.blobs: list[bytes] = []
        self.size = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise WireError(f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(value, np.ndarray):
            return self._array(np.asarray(value))
        if isinstance(value, np.generic):
            return self._scalar(value, depth)
        if isinstance(value, enum.Enum):
            return self.encode(value.value, depth + 1)
        if value is None or isinstance(value, bool | float):
            return value if value is None or isinstance(value, bool) else float(value)
        if isinstance(value, int):
            if abs(value) >> 4096:
                raise WireError("an integer of more than 4096 bits")
            return int(value)
        if isinstance(value, str):
            self._grow(len(value))
            return str(value)
        if isinstance(value, bytes | bytearray | memoryview):
            return {"$": "bytes", "b": self._blob(bytes(value))}
        if isinstance(value, complex):
            return {"$": "complex", "v": [value.real, value.imag]}
        if isinstance(value, list):
            return self._items(value, depth)
        if isinstance(value, tuple):
            return {"$": "tuple", "v": self._items(value, depth)}
        if isinstance(value, set | frozenset):
            return {"$": "set", "v": self._items(value, depth)}
        if isinstance(value, range) and len(value) <= 10**6:
            return self._items(value, depth)
        if isinstance(value, dict):
            return {"$": "dict", "v": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]}
        if isinstance(value, os.PathLike):
            return self.encode(os.fspath(value), depth + 1)
        if isinstance(value, np.random.Generator):
            state = value.bit_generator.state
            return {"$": "rng", "v": self.encode(state, depth + 1)}
        if isinstance(value, Ref):
            return {"$": "ref", "id": value.id, "type": value.type_name}
        ref = getattr(value, "__wire_ref__", None)
        if isinstance(ref, Ref):
            return self.encode(ref, depth)
        if self.keep is None:
            raise TypeError(f"{type(value).__name__} is not data and cannot cross to the learner's code")
        return self.encode(self.keep(value), depth)

    def _items(self, values, depth: int) -> list:
        self._grow(8 * len(values))
        return [self.encode(v, depth + 1) for v in values]

    def _scalar(self, value: np.generic, depth: int) -> Any:
        plain = float(value) if isinstance(value, np.floating) else value.item()
        if isinstance(plain, np.generic) or plain is None:
            raise WireError(f"numpy scalar of type {value.dtype}")
        if not isinstance(plain, bool | int | float | complex | str | bytes):
            plain = str(plain)
        return self.encode(plain, depth + 1)

    def _array(self, value: np.ndarray) -> Any:
        if value.dtype.hasobject or value.dtype.names:
            if self.keep is None:
                raise TypeError(f"an array of dtype {value.dtype} is not data")
            return self.encode(self.keep(value))
        if value.nbytes > MAX_BYTES:
            raise WireError(f"an array of {value.nbytes / 2**20:.0f} MB")
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, value, allow_pickle=False)
        return {"$": "npy", "b": self._blob(buffer.getvalue())}

    def _blob(self, data: bytes) -> int:
        self._grow(len(data))
        self.blobs.append(data)
        return len(self.blobs) - 1

    def _grow(self, n: int) -> None:
        self.size += n
        if self.size > MAX_BYTES:
            raise WireError(f"more than {MAX_BYTES // 2**20} MB")


def decode(node: Any, blobs: list[bytes], resolve: Callable[[Ref], Any] = lambda ref: ref, depth: int = 0) -> Any:
    """The value of a JSON node; ``resolve`` turns handles into objects. Raises WireError on anything unknown."""
    if depth > 2 * MAX_DEPTH:
        raise WireError("nested too deep")
    if node is None or isinstance(node, bool | int | float | str):
        return node
    if isinstance(node, list):
        return [decode(v, blobs, resolve, depth + 1) for v in node]
    try:
        kind = node["$"]
        if kind == "npy":
            return _read_array(_pick(blobs, node["b"]))
        if kind == "bytes":
            return _pick(blobs, node["b"])
        if kind == "complex":
            real, imag = node["v"]
            return complex(float(real), float(imag))
        if kind == "tuple":
            return tuple(decode(v, blobs, resolve, depth + 1) for v in node["v"])
        if kind == "set":
            return {decode(v, blobs, resolve, depth + 1) for v in node["v"]}
        if kind == "dict":
            return {decode(k, blobs, resolve, depth + 1): decode(v, blobs, resolve, depth + 1) for k, v in node["v"]}
        if kind == "rng":
            return _read_generator(decode(node["v"], blobs, resolve, depth + 1))
        if kind == "ref":
            return resolve(Ref(int(node["id"]), str(node["type"])[:200]))
    except WireError:
        raise
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise WireError(f"malformed value: {error}") from None
    raise WireError(f"unknown kind of value {str(kind)[:40]!r}")


def _pick(blobs: list[bytes], index: Any) -> bytes:
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(blobs):
        raise WireError("a blob that is not there")
    return blobs[index]


def _read_array(data: bytes) -> np.ndarray:
    """An ndarray from ``.npy`` bytes. The header is believed only where the number of bytes agrees with it."""
    stream = io.BytesIO(data)
    version = np.lib.format.read_magic(stream)
    if version != (1, 0):
        raise WireError(f".npy version {version}")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.hasobject or dtype.kind not in "biufcSUmM":
        raise WireError(f"array of dtype {dtype}")
    if any(n < 0 for n in shape) or len(shape) > 32:
        raise WireError(f"array of shape {shape}")
    payload = data[stream.tell():]
    if math.prod(shape) * dtype.itemsize != len(payload):
        raise WireError("an array whose size is not what its header says")
    if dtype.itemsize == 0:
        return np.zeros(shape, dtype) if math.prod(shape) <= MAX_BYTES else _refuse_empty()
    flat = np.frombuffer(payload, dtype)
    return flat.reshape(shape, order="F" if fortran else "C").copy()


def _refuse_empty():
    raise WireError("an array of too many empty items")


def _read_generator(state: dict) -> np.random.Generator:
    name = state.get("bit_generator")
    if name not in _BIT_GENERATORS:
        raise WireError(f"unknown bit generator {str(name)[:40]!r}")
    bits = getattr(np.random, name)()
    bits.state = state
    return np.random.Generator(bits)


def pack(message: dict, encoder: Encoder) -> bytes:
    """The frame of a message whose values were encoded by ``encoder``."""
    head = json.dumps({**message, "blobs": [len(b) for b in encoder.blobs]}).encode()
    body = b"".join(encoder.blobs)
    if len(head) + len(body) > 2 * MAX_BYTES:
        raise WireError(f"more than {2 * MAX_BYTES // 2**20} MB")
    return _HEADER.pack(len(head), len(body)) + head + body


def unpack(head: bytes, body: bytes) -> tuple[dict, list[bytes]]:
    try:
        message = json.loads(head)
        lengths = message.pop("blobs")
        if not all(isinstance(n, int) and n >= 0 for n in lengths) or sum(lengths) != len(body):
            raise WireError("blobs that do not fit their lengths")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireError(f"malformed message: {type(error).__name__}") from None
    blobs, start = [], 0
    for n in lengths:
        blobs.append(body[start:start + n])
        start += n
    return message, blobs


def send(sock, frame: bytes) -> None:
    """Sends one frame; Closed when the other side is gone."""
    try:
        sock.sendall(frame)
    except TimeoutError:
        raise
    except OSError as error:
        raise Closed(str(error)) from None


def receive(sock, limit: int = 2 * MAX_BYTES) -> tuple[dict, list[bytes]]:
    """Receives one message. Raises Closed at the end of the stream, WireError for a frame beyond ``limit`` bytes."""
    n_head, n_body = _HEADER.unpack(_exactly(sock, _HEADER.size))
    if n_head + n_body > limit:
        raise WireError(f"a message of {(n_head + n_body) / 2**20:.0f} MB; at most {limit // 2**20} MB may cross")
    return unpack(_exactly(sock, n_head), _exactly(sock, n_body))


def _exactly(sock, n: int) -> bytes:
    chunks, missing = [], n
    while missing:
        try:
            chunk = sock.recv(min(missing, 2**20))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from None
        if not chunk:
            raise Closed("end of stream")
        chunks.append(chunk)
        missing -= len(chunk)
    return b"".join(chunks)
