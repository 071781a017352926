"""What runs on the repository's host: it runs our own verbs, needs no more rights than it says, and changes nothing by itself."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
VERBS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def read(path: Path) -> dict:
    """A workflow; YAML reads the key ``on`` as True."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return workflow | {"on": workflow.pop(True)}


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_steps_run_what_a_person_would(path):
    commands = [step["run"] for step in steps(read(path)) if "run" in step]
    assert commands
    for command in commands:
        verb = re.match(r"make ([a-z-]+)", command)
        assert (verb and verb[1] in VERBS) or command == ".ci/run" or command.startswith(("git diff", "sudo sysctl")), command


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_step_hides_its_failure(path):
    text = path.read_text(encoding="utf-8")
    assert "|| true" not in text and "continue-on-error" not in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_those_to_read_and_of_publishing_only(path):
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    granted = {right for job in workflow["jobs"].values() for right in job.get("permissions", {})}
    assert granted <= {"pages", "id-token"}


def test_only_what_landed_and_passed_is_published():
    publish = read(ROOT / ".github" / "workflows" / "book.yml")["jobs"]["publish"]
    assert publish["needs"] == "test" and "push" in publish["if"]
    assert read(ROOT / ".github" / "workflows" / "book.yml")["on"]["push"] == {"branches": ["main"]}


def test_once_a_week_the_newest_versions_are_tried():
    workflow = read(ROOT / ".github" / "workflows" / "weekly.yml")
    commands = [step.get("run") for step in workflow["jobs"]["newest"]["steps"]]
    assert len(workflow["on"]["schedule"][0]["cron"].split()) == 5
    assert commands.index("make lock") < commands.index(".ci/run")
    assert "make links" in [step.get("run") for step in workflow["jobs"]["links"]["steps"]]


def test_binder_gets_the_lock():
    binder = ROOT / ".binder"
    assert (binder / "requirements.txt").read_text() == "-r ../requirements.txt\n"
    assert re.fullmatch(r"python-3\.1[1-4]\n", (binder / "runtime.txt").read_text())
    assert (binder / "postBuild").stat().st_mode & 0o111
