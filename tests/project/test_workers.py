"""Tests that share something dear (a built book, a warm engine) share a worker as well."""

import subprocess
import sys

SAMPLE = """
import os
import pytest

@pytest.mark.xdist_group("{group}")
@pytest.mark.parametrize("number", range(8))
def test_where(number):
    with open("{group}", "a") as file:
        print(os.environ["PYTEST_XDIST_WORKER"], file=file)
"""


def test_a_group_of_tests_stays_together(tmp_path):
    for group in ("book", "engine", "nbgrader"):
        (tmp_path / f"test_{group}.py").write_text(SAMPLE.format(group=group))

    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    workers = {group: (tmp_path / group).read_text().split() for group in ("book", "engine", "nbgrader")}
    assert all(len(used) == 8 and len(set(used)) == 1 for used in workers.values()), f"xdist does not heed its groups; does it work with this pytest? {workers}"
