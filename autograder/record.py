"""Results and records: what grading one submission gives, as JSON (its form is fixed, see the design)."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Message:
    """One remark on a wrong answer: the misconception's name, or None, and the text for the learner."""

    hint: str | None
    text: str


@dataclass
class Exercise:
    """The verdict on one exercise; status is passed, failed, not_attempted, error, timeout or killed."""

    id: str
    score: float
    points: float
    status: str
    messages: list[Message] = field(default_factory=list)


@dataclass
class Result:
    """The verdict on one submission; status is graded, unreadable or missing."""

    assignment: str
    submission: str
    status: str
    error: str | None
    isolation: list[str]
    exercises: list[Exercise]
    remarks: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return round(sum(e.score for e in self.exercises), 2)

    @property
    def max_score(self) -> float:
        return round(sum(e.points for e in self.exercises), 2)

    def to_json(self) -> dict[str, Any]:
        """The object that ``check --json`` writes."""
        return {"assignment": self.assignment, "submission": self.submission, "status": self.status, "error": self.error,
                "score": self.score, "max_score": self.max_score, "isolation": self.isolation,
                "exercises": [asdict(e) for e in self.exercises], "remarks": self.remarks}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Result":
        exercises = [Exercise(e["id"], e["score"], e["points"], e["status"], [Message(**m) for m in e["messages"]]) for e in data["exercises"]]
        return cls(data["assignment"], data["submission"], data["status"], data["error"], data["isolation"], exercises, data["remarks"])


@dataclass
class RunCell:
    """A cell of the rebuilt notebook with its outputs, sanitised; Markdown cells have none."""

    role: str
    exercise: str | None
    cell_id: str | None
    kind: str
    source: str
    outputs: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Record:
    """All that grading one submission gave. ``key`` is the hash of everything it depends on."""

    key: str
    result: Result
    cells: list[RunCell]

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "result": self.result.to_json(), "cells": [asdict(cell) for cell in self.cells]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Record":
        return cls(data["key"], Result.from_json(data["result"]), [RunCell(**cell) for cell in data["cells"]])


def write_json(path: Path, data: Any) -> None:
    """Writes a JSON file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def read_record(path: Path) -> Record | None:
    """A stored record; None where there is none or it is of another make."""
    try:
        return Record.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
