"""Without Linux: a learner's own notebook is checked all the same, and what ends its process is told. Forced here."""

import tempfile
import time
from pathlib import Path

import psutil
import pytest

from autograder.learner import Learner, Stopped
from autograder.sandbox import client
from autograder.sandbox.box import ProtectionMissing

pytestmark = pytest.mark.xdist_group("bare")
NOTEBOOK = """
import os, subprocess, time
def double(x): return 2 * x
def die(): os._exit(3)
def sleep(): time.sleep(60)
child = subprocess.Popen(["sleep", "300"]).pid
"""


@pytest.fixture
def warm(monkeypatch):
    monkeypatch.setattr(client, "SYSTEM", "bare")
    with client.Warm("available", libraries={"IPython", "matplotlib", "numpy"}) as process:
        yield process


def test_questions_are_answered_and_ends_are_told(warm, tmp_path):
    with warm.open(tmp_path) as sandbox:
        assert sandbox.isolation == []
        sandbox.run(NOTEBOOK)
        child = sandbox.run("child")[-1]["data"]["text/plain"]
        for name, args, expected in (("double", (21,), 42), ("die", (), "killed"), ("double", (1,), 2), ("sleep", (), "timeout"), ("double", (2,), 4)):
            case = sandbox.case()
            case.allow(0.5)
            try:
                assert getattr(Learner(case), name)(*args) == expected
            except Stopped as stopped:
                assert stopped.kind == expected
            case.end()
    deadline = time.monotonic() + 5
    while psutil.pid_exists(int(child)) and psutil.Process(int(child)).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "what the notebook started outlived it"
        time.sleep(0.05)


def test_a_notebook_that_ends_its_process_is_told(warm, tmp_path):
    with warm.open(tmp_path) as sandbox, pytest.raises(Stopped, match="ended its own process"):
        sandbox.run("import os; os._exit(1)")


def test_full_isolation_is_refused(monkeypatch):
    monkeypatch.setattr(client, "SYSTEM", "bare")
    with client.Warm("full", libraries={"IPython", "matplotlib", "numpy"}) as process, tempfile.TemporaryDirectory() as folder, pytest.raises(ProtectionMissing, match="Linux"):
        process.open(Path(folder))
