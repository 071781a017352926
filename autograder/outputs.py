"""Outputs of learners' cells, made safe: what is not plain text, a PNG or JPEG picture or a player's WAV is left out.

nbgrader puts a notebook's HTML into feedback and formgrader as it is; a learner's HTML must therefore never get there.
"""

import base64
import binascii
import re
from typing import Any

MAX_TEXT = 100_000
MAX_DATA = 3 * 2**20
_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_PLAYER = re.compile(r'\s*<audio\b[^<>]*>\s*<source src="data:audio/(?:x-)?wav;base64,([A-Za-z0-9+/=\s]+)" type="audio/(?:x-)?wav" />[^<>]*</audio>\s*')


def sanitise(outputs: Any) -> list[dict[str, Any]]:
    """nbformat-4 outputs that hold only what is safe to show, from whatever came out of the sandbox."""
    clean = (_one(output) for output in (outputs if isinstance(outputs, list) else [])[:200])
    return [output for output in clean if output is not None]


def _one(output: Any) -> dict[str, Any] | None:
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        return {"output_type": "stream", "name": "stderr" if output.get("name") == "stderr" else "stdout", "text": _text(output.get("text"))}
    if kind == "error":
        trace = output.get("traceback")
        lines = [_text(line) for line in trace[:50]] if isinstance(trace, list) else []
        return {"output_type": "error", "ename": _text(output.get("ename"))[:200], "evalue": _text(output.get("evalue"))[:2000], "traceback": lines}
    if kind in ("display_data", "execute_result"):
        data = _bundle(output.get("data"))
        if not data:
            return None
        clean = {"output_type": kind, "data": data, "metadata": {}}
        if kind == "execute_result":
            number = output.get("execution_count")
            clean["execution_count"] = number if isinstance(number, int) and not isinstance(number, bool) else None
        return clean
    return None


def _bundle(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    clean = {}
    if isinstance(data.get("text/plain"), str):
        clean["text/plain"] = _text(data["text/plain"])
    for mime, magic in _PICTURES.items():
        picture = _base64(data.get(mime))
        if picture and picture.startswith(magic):
            clean[mime] = base64.b64encode(picture).decode()
    html = data.get("text/html")
    player = _PLAYER.fullmatch(html) if isinstance(html, str) and len(html) <= MAX_DATA else None
    sound = _base64(player.group(1)) if player else None
    if sound and sound.startswith(b"RIFF"):
        clean["text/html"] = f'<audio controls="controls"><source src="data:audio/wav;base64,{base64.b64encode(sound).decode()}" type="audio/wav"></audio>'
    return clean


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written to a file
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "\n[shortened]"


def _base64(value: Any) -> bytes | None:
    if not isinstance(value, str) or len(value) > MAX_DATA:
        return None
    try:
        return base64.b64decode(value, validate=False)
    except (binascii.Error, ValueError):
        return None
