"""What the law looks at: this checkout, and what git holds of it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def to_be_tracked() -> list[Path]:
    """The files that git tracks or would with `git add --all`, relative to the root: a fault is told before it is committed."""
    # An ordinary user may test a checkout that root owns, which git calls dubious.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this is no git checkout ({done.stderr.strip()}); clone the repository to hold the law on its files")
    return [Path(name) for name in sorted(set(done.stdout.split("\0"))) if name and (ROOT / name).is_file()]
