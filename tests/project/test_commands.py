"""The verbs of the Makefile, on a copy whose Python is a stand-in that writes down what it is asked to do."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = "".join(f"package{n}==1.0 \\\n    --hash=sha256:0\n" for n in range(45))

# Stands in for python3, for the Python in .venv, and for jupyter-book. FAIL names the call that fails.
STAND_IN = '''#!/bin/sh
case "$*" in
    "-c "*) exit 0 ;;
    --version) echo Python 3.12.9; exit 0 ;;
esac
echo "$*" >> "$CALLS"
case "$*" in
    "-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; cp "$0" "$4/bin/jupyter-book" ;;
    *--require-hashes*) for n in $(seq 45); do echo "Collecting package$n (from -r requirements.txt)"; done ;;
    *pytest*) echo "=== 7 passed in 0.1s ===" ;;
esac
case "$*" in *"${FAIL:-nothing fails}"*) echo "ERROR: $FAIL" >&2; exit 1 ;; esac
'''
VENV = "-m venv --clear .venv"
PIP = "-m pip install --disable-pip-version-check --no-input"
INSTALL = f"{PIP} --require-hashes -r requirements.txt"
OURSELVES = f"{PIP} --quiet --no-deps --no-build-isolation -e ."
CACHES = "-m autograder.sandbox.preload"


class Checkout:
    """A copy of the Makefile and its scripts in a folder with a space in its name."""

    def __init__(self, folder: Path):
        self.root, self.bin, self.log = folder / "my course", folder / "bin", folder / "calls"
        self.root.mkdir()
        shutil.copy(ROOT / "Makefile", self.root)
        for name in ("scripts", ".ci"):
            shutil.copytree(ROOT / name, self.root / name)
        (self.root / "requirements.txt").write_text(LOCK)
        (self.root / "pyproject.toml").write_text("[project]\n")
        self.bin.mkdir()
        self.stand_in("python3", STAND_IN)

    def stand_in(self, name: str, text: str) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def run(self, *command: str, umask: int = 0o022, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
        paths = {"PATH": f"{self.bin}:{os.environ['PATH']}", "CALLS": str(self.log)}
        return subprocess.run(command, cwd=self.root, env=inherited | paths | environment, umask=umask, capture_output=True, text=True, check=False)

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("make", *arguments, **environment)

    def calls(self) -> list[str]:
        """What the stand-in was asked since the last look."""
        asked = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return asked


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def made(checkout: Checkout) -> Checkout:
    """A checkout whose environment is made."""
    assert checkout.make(".venv").returncode == 0
    checkout.calls()
    return checkout


def test_the_environment_is_made_from_the_lock_then_ourselves_then_caches(checkout):
    done = checkout.make(".venv")

    assert done.returncode == 0, done.stderr
    assert checkout.calls() == [VENV, INSTALL, OURSELVES, CACHES]


def test_pip_is_seen_to_work_without_its_hundreds_of_lines(checkout):
    shown = checkout.make(".venv").stdout

    assert "20 of 45 packages" in shown and "40 of 45 packages" in shown
    assert "Collecting" not in shown and len(shown.splitlines()) < 8


def test_a_second_run_installs_nothing(made):
    os.utime(made.root / "requirements.txt")
    os.utime(made.root / "pyproject.toml")

    assert made.make(".venv").returncode == 0
    assert made.calls() == []


def test_a_changed_lock_makes_the_environment_anew(made):
    (made.root / "requirements.txt").write_text(LOCK.replace("1.0", "1.1"))

    made.make(".venv")
    assert made.calls() == [VENV, INSTALL, OURSELVES, CACHES]


def test_a_changed_project_file_installs_only_ourselves(made):
    (made.root / "pyproject.toml").write_text("[project]\nname = 'x'\n")

    made.make(".venv")
    assert made.calls() == [OURSELVES, CACHES]


def test_a_moved_checkout_makes_its_environment_anew(made):
    made.root = made.root.rename(made.root.with_name("moved"))

    made.make(".venv")
    assert made.calls() == [VENV, INSTALL, OURSELVES, CACHES]


@pytest.mark.parametrize(("fails", "asked_again"), [
    ("--require-hashes", [VENV, INSTALL, OURSELVES, CACHES]),
    ("--no-deps", [OURSELVES, CACHES]),
    ("preload", [OURSELVES, CACHES]),
])
def test_what_failed_is_told_then_done_again_by_the_next_run(checkout, fails, asked_again):
    failed = checkout.make(".venv", FAIL=fails)
    assert failed.returncode != 0 and f"ERROR: {fails}" in failed.stderr
    checkout.calls()

    assert checkout.make(".venv").returncode == 0
    assert checkout.calls() == asked_again


def test_others_may_read_the_environment_whatever_the_umask(checkout):
    assert checkout.run("make", ".venv", umask=0o077).returncode == 0

    assert stat.S_IMODE((checkout.root / ".venv").stat().st_mode) == 0o755


def test_a_machine_without_a_right_python_is_told(checkout):
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
        checkout.stand_in(name, "#!/bin/sh\nexit 1\n")

    done = checkout.make(".venv")

    assert done.returncode != 0 and "There is no Python 3.11, 3.12, 3.13 or 3.14 here. Install one" in done.stderr


def test_a_python_of_ones_choice_is_taken_if_it_serves(checkout):
    chosen = checkout.stand_in("mine", STAND_IN.replace("3.12.9", "3.13.1"))
    old = checkout.stand_in("old", "#!/bin/sh\nexit 1\n")

    assert "by Python 3.13.1" in checkout.make(".venv", f"PYTHON={chosen}").stdout
    refused = checkout.run("sh", "scripts/find-python.sh", PYTHON=str(old))
    assert refused.returncode != 0 and f"PYTHON={old} is no Python 3.11" in refused.stderr


def test_the_python_that_runs_this_test_serves(checkout):
    assert checkout.run("sh", "scripts/find-python.sh", PYTHON=sys.executable).stdout.strip() == sys.executable


def test_a_python_without_venv_is_told(checkout):
    done = checkout.make(".venv", FAIL="-m venv")

    assert done.returncode != 0 and "apt-get install python3-venv" in done.stderr


@pytest.mark.parametrize(("verb", "asked"), [
    (["demo"], ["-m autograder derive", "build book --config _config.yml --path-output book -W --keep-going", "-m autograder.demo"]),
    (["test"], ["-m pytest -n 2 --dist loadgroup"]),
    (["exercises"], ["-m autograder derive"]),
    (["grade", "LESSON=01_sine"], ["-m autograder grade 01_sine"]),
    (["check-exercise", "LESSON=01_sine", "EXERCISE=sine"], ["-m autograder new 01_sine sine"]),
    (["bench"], ["-m benchmarks"]),
    (["grade-the-graders"], ["-m autograder.mutants"]),
    (["grade-the-graders", "LESSON=01_sine"], ["-m autograder.mutants 01_sine"]),
    (["try-secrets"], ["-m autograder.many_secrets --secrets 200"]),
    (["try-secrets", "LESSON=01_sine", "SECRETS=3"], ["-m autograder.many_secrets 01_sine --secrets 3"]),
    (["tolerances"], ["-m autograder.tolerances"]),
])
def test_a_verb_asks_for_its_job(made, verb, asked):
    done = made.make(*verb)

    assert done.returncode == 0, done.stderr
    assert made.calls() == asked


def test_lab_opens_on_the_exercises_with_the_course_as_its_root(made):
    made.make("lab")

    (asked,) = made.calls()
    assert asked.startswith("-m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/exercises")
    assert ("--allow-root" in asked) == (os.getuid() == 0)


@pytest.mark.parametrize("verb", ["demo", "test", "grade LESSON=01_sine", "bench", "grade-the-graders", "try-secrets", "tolerances"])
def test_a_verb_fails_where_its_job_does(made, verb):
    assert made.make(*verb.split(), FAIL="-m").returncode != 0


@pytest.mark.parametrize(("verb", "said"), [
    (["grade"], "name the lesson: make grade LESSON=01_sine"),
    (["check-exercise", "LESSON=01_sine"], "name the exercise: make check-exercise LESSON=01_sine EXERCISE=sine"),
])
def test_a_verb_that_lacks_a_name_asks_for_it(made, verb, said):
    done = made.make(*verb)

    assert done.returncode != 0 and said in done.stderr
    assert made.calls() == []


def test_lock_compiles_one_course_for_all_pythons(checkout):
    checkout.stand_in("uv", STAND_IN)

    assert checkout.make("lock").returncode == 0
    (asked,) = checkout.calls()
    for option in ("--universal", "--fork-strategy fewest", "--generate-hashes", "--python-version 3.11", "pyproject.toml -o requirements.txt"):
        assert option in asked


def test_clean_leaves_environment_replaced_notebooks_submissions(made):
    kept = ["build/replaced/exercises/01_sine/01_sine.ipynb", "submitted/ada/01_sine/01_sine.ipynb", ".venv/lib/__pycache__/a.pyc"]
    gone = ["build/source/01_sine/01_sine.ipynb", "build/demo/grades.csv", "book/_build/html/index.html", "autograder/__pycache__/a.pyc"]
    for name in kept + gone:
        (made.root / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / name).touch()

    assert made.make("clean").returncode == 0
    assert [name for name in kept + gone if (made.root / name).exists()] == kept


def test_help_lists_every_verb(made):
    lines = made.make().stdout.splitlines()

    verbs = {line.split()[1] for line in lines}
    assert verbs == {"help", "demo", "test", "book", "links", "exercises", "grade", "lab", "bench", "lock", "check-exercise", "grade-the-graders", "try-secrets", "tolerances",
                     "clean"}
    assert all(len(line.split()) > 3 for line in lines)


def test_ci_ends_with_the_closing_line_of_pytest(made):
    made.stand_in("chromium", "#!/bin/sh\n")

    done = made.run("bash", ".ci/run")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "=== 7 passed in 0.1s ==="


def test_ci_fails_where_a_test_does(made):
    made.stand_in("chromium", "#!/bin/sh\n")

    assert made.run("bash", ".ci/run", FAIL="pytest").returncode != 0


@pytest.mark.parametrize(("tools", "said"), [
    ({}, "Chromium is not installed: there is no apt-get here."),
    ({"apt-get": "", "id": "echo 1000"}, "Chromium is not installed: that needs root."),
    ({"chromium": ""}, "Chromium is installed."),
    ({"apt-get": 'echo "$*" >> "$CALLS"', "id": "echo 0"}, "Installing Chromium."),
])
def test_chromium_is_installed_where_it_can_be(checkout, tools, said):
    for name, body in tools.items():
        checkout.stand_in(name, f"#!/bin/sh\n{body}\n")

    done = checkout.run("/bin/sh", "scripts/install-chromium.sh", PATH=str(checkout.bin))

    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert [call.split()[0] for call in checkout.calls()] == (["update", "install"] if said.startswith("Installing") else [])
