"""Programs written for AWS, unchanged, as processes of their own: the `aws` command line and boto3 scripts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal

SHOP = "012345678901"
ROLE_ARN = f"arn:aws:iam::{SHOP}:role/OrganizationAccountAccessRole"
AWS = shutil.which("aws", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
NO_TRACE = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"}


def environment(rehearsal: Rehearsal, tmp_path: Path, **more: str) -> dict[str, str]:
    """What an operator's shell has after the two exports, with an empty home directory."""
    kept = {name: value for name, value in os.environ.items() if name not in NO_TRACE}
    return {**kept, "HOME": str(tmp_path), **rehearsal.environment(), **more}


def aws(rehearsal: Rehearsal, tmp_path: Path, *arguments: str, **more: str) -> Any:
    """Runs the `aws` command line and returns its JSON output."""
    assert AWS, "aws is not installed: 'make setup' brings it with the other tools of the tests"
    run = subprocess.run(
        [AWS, *arguments],
        env=environment(rehearsal, tmp_path, AWS_PAGER="", **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout) if run.stdout.strip() else None


def test_the_aws_command_line_moves_an_account(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """Invite, list, describe, accept with the member's credentials, move."""
    at = {"AWS_PROFILE": "rehearsal-destination"}
    target = f"Id={SHOP},Type=ACCOUNT"
    invited = aws(
        rehearsal, tmp_path, "organizations", "invite-account-to-organization", "--target", target, "--notes", "N", **at
    )["Handshake"]["Id"]
    listed = aws(rehearsal, tmp_path, "organizations", "list-handshakes-for-organization", **at)["Handshakes"]
    assert invited in {handshake["Id"] for handshake in listed}
    session = aws(
        rehearsal,
        tmp_path,
        *("sts", "assume-role", "--role-arn", ROLE_ARN, "--role-session-name", "cli"),
        AWS_PROFILE="rehearsal-source",
    )["Credentials"]
    inside = {
        "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }
    accepted = aws(rehearsal, tmp_path, "organizations", "accept-handshake", "--handshake-id", invited, **inside)[
        "Handshake"
    ]
    assert accepted["State"] == "ACCEPTED"
    units = rehearsal.world()["organizations"]["o-exampledst1"]["units"]
    unit = next(found for found, names in units.items() if names == "Workloads/Prod")
    move = ("--account-id", SHOP, "--source-parent-id", "r-dst1", "--destination-parent-id", unit)
    aws(rehearsal, tmp_path, "organizations", "move-account", *move, **at)
    accounts = aws(rehearsal, tmp_path, "organizations", "list-accounts", **at)["Accounts"]
    assert SHOP in {account["Id"] for account in accounts}
    assert rehearsal.world()["accounts"][SHOP]["unit"] == "Workloads/Prod"


SCRIPTS = {
    "invite, list with a paginator, describe, cancel": """
        handshake = destination.invite_account_to_organization(Target={"Id": SHOP, "Type": "ACCOUNT"})["Handshake"]
        pages = destination.get_paginator("list_handshakes_for_organization").paginate()
        found = [h for page in pages for h in page["Handshakes"] if h["Id"] == handshake["Id"]]
        assert found[0]["State"] in ("OPEN", "REQUESTED")
        destination.cancel_handshake(HandshakeId=handshake["Id"])
        assert destination.describe_handshake(HandshakeId=handshake["Id"])["Handshake"]["State"] == "CANCELED"
    """,
    "decline": """
        handshake = destination.invite_account_to_organization(Target={"Id": SHOP, "Type": "ACCOUNT"})["Handshake"]
        member = inside(SHOP)
        member.decline_handshake(HandshakeId=handshake["Id"])
        try:
            member.accept_handshake(HandshakeId=handshake["Id"])
        except member.exceptions.InvalidHandshakeTransitionException:
            pass
        else:
            raise AssertionError
    """,
    "remove, then accept": """
        source.remove_account_from_organization(AccountId=READY)
        handshake = destination.invite_account_to_organization(Target={"Id": READY, "Type": "ACCOUNT"})["Handshake"]
        inside(READY).accept_handshake(HandshakeId=handshake["Id"])
        assert destination.describe_account(AccountId=READY)["Account"]["State"] == "ACTIVE"
    """,
    "leave, then accept": """
        member = inside(READY)
        member.leave_organization()
        try:
            member.describe_organization()
        except member.exceptions.AWSOrganizationsNotInUseException:
            pass
        else:
            raise AssertionError
        handshake = destination.invite_account_to_organization(Target={"Id": READY, "Type": "ACCOUNT"})["Handshake"]
        member.accept_handshake(HandshakeId=handshake["Id"])
    """,
    "move": """
        root = source.list_roots()["Roots"][0]["Id"]
        labs = [u for u in source.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"]
                if u["Name"] == "Labs"][0]["Id"]
        parent = source.list_parents(ChildId=SHOP)["Parents"][0]["Id"]
        source.move_account(AccountId=SHOP, SourceParentId=parent, DestinationParentId=labs)
        pages = source.get_paginator("list_accounts_for_parent").paginate(ParentId=labs)
        assert SHOP in [a["Id"] for page in pages for a in page["Accounts"]]
    """,
    "an account id by the environment": """
        assert inside(SHOP, "sts").get_caller_identity()["Account"] == SHOP
    """,
}
PREAMBLE = f"""
import boto3
SHOP, READY = {SHOP!r}, "300000000014"
source = boto3.Session(profile_name="rehearsal-source").client("organizations")
destination = boto3.Session(profile_name="rehearsal-destination").client("organizations")
def inside(account, service="organizations"):
    sts = boto3.Session(profile_name="rehearsal-source").client("sts")
    role = "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"
    keys = sts.assume_role(RoleArn=role, RoleSessionName="script")["Credentials"]
    return boto3.Session(
        aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    ).client(service)
"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_plain_boto3_script_runs_unchanged(name: str, rehearsal: Rehearsal, tmp_path: Path) -> None:
    """It names profiles, and nothing else; sessions made from keys find the endpoint in the default profile."""
    lines = SCRIPTS[name].splitlines()
    script = PREAMBLE + "\n".join(line[8:] for line in lines)
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(rehearsal, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_a_profile_that_assumes_a_role_works(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """botocore's own `role_arn` profiles, as operators write them."""
    config = tmp_path / "config"
    config.write_text(
        rehearsal.config_file.read_text()
        + f"\n[profile shop]\nrole_arn = {ROLE_ARN}\nsource_profile = rehearsal-source\nregion = us-east-1\n"
        + f"endpoint_url = {rehearsal.address}\n"
    )
    script = (
        "import boto3; print(boto3.Session(profile_name='shop').client('organizations')"
        ".describe_organization()['Organization']['Id'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(rehearsal, tmp_path, AWS_CONFIG_FILE=str(config)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "o-examplesrc1", run.stderr
