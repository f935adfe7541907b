"""The plugin by which other projects test against a rehearsal."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHERS = """
import boto3

def organizations(profile):
    return boto3.Session(profile_name=profile).client("organizations")

def test_it_begins_anew(rehearsal):
    one = organizations("rehearsal-destination")
    one.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": "012345678901"})
    assert [call.operation for call in rehearsal.calls()] == ["InviteAccountToOrganization"]

def test_and_again(rehearsal):
    assert rehearsal.calls() == []
    assert organizations("rehearsal-source").list_accounts()["Accounts"]
"""


@pytest.mark.usefixtures("local_servers")
def test_anothers_project_takes_the_fixture(tmp_path: Path) -> None:
    """With nothing but the plugin: each test has a world and a log of its own."""
    (tmp_path / "test_others.py").write_text(OTHERS, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in run.stdout, run.stdout + run.stderr


def test_installing_orgtools_is_enough() -> None:
    """pytest finds it by its entry point; orgtools itself does not import pytest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"orgtools-rehearsal": "orgtools.rehearsal.pytest_plugin"}
