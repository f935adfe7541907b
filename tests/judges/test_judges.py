"""Programs of others, unmodified: all they are told is the profile. `make judges` installs them."""

import json
import subprocess
from pathlib import Path

import pytest

from orgtools.rehearsal import Rehearsal
from tests.tiers import JUDGES

pytestmark = pytest.mark.exhaustive
SHOP = "012345678901"
JAVASCRIPT = """
import * as o from "@aws-sdk/client-organizations";
import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials, fromIni } from "@aws-sdk/credential-providers";
const destination = new o.OrganizationsClient({ profile: "rehearsal-destination" });
const invited = await destination.send(
  new o.InviteAccountToOrganizationCommand({ Target: { Id: SHOP, Type: "ACCOUNT" } }));
const credentials = fromTemporaryCredentials({
  masterCredentials: fromIni({ profile: "rehearsal-source" }),
  params: { RoleArn: `arn:aws:iam::${SHOP}:role/OrganizationAccountAccessRole`, RoleSessionName: "judge" },
});
const inside = await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}));
const member = new o.OrganizationsClient({ credentials });
await member.send(new o.AcceptHandshakeCommand({ HandshakeId: invited.Handshake.Id }));
const ids = [];
for await (const page of o.paginateListAccounts({ client: destination }, {})) ids.push(...page.Accounts.map(a => a.Id));
console.log(JSON.stringify({ inside: inside.Account, ids }));
"""
POLICY = {
    "policies": [
        {
            "name": "tag",
            "resource": "aws.org-account",
            "filters": [{"type": "value", "key": "Id", "value": SHOP}],
            "actions": [{"type": "tag", "tags": {"judged": "custodian"}}],
        }
    ]
}


def ran(*command: str | Path) -> str:
    """What a program printed. The fixture `rehearsal` has set the environment."""
    done = subprocess.run(command, cwd=JUDGES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_javascript_sdk_moves_an_account(rehearsal: Rehearsal) -> None:
    """It invites, enters the member by AssumeRole, accepts and lists page by page."""
    script = f'const SHOP = "{SHOP}";' + JAVASCRIPT
    told = json.loads(ran("node", "--input-type=module", "--eval", script))
    assert told["inside"] == SHOP
    assert SHOP in told["ids"]
    assert rehearsal.world()["accounts"][SHOP]["organization"] == "o-exampledst1"


def test_cloud_custodian_tags_an_account(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """It finds accounts with Organizations, and tags them with the tagging API of Resource Groups."""
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps(POLICY))
    at = ("--profile", "rehearsal-source", "--region", "us-east-1")
    ran(JUDGES / "python" / "bin" / "custodian", "run", "-s", tmp_path / "out", *at, policy)
    assert rehearsal.world()["accounts"][SHOP]["tags"]["judged"] == "custodian"


def test_org_formation_describes_the_organization(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """It reads units, accounts and policies, makes a bucket, and keeps its state there."""
    template = tmp_path / "organization.yml"
    at = ("--profile", "rehearsal-source", "--region", "us-east-1")
    ran("node", JUDGES / "node_modules" / ".bin" / "org-formation", "init", template, *at)
    said = template.read_text()
    assert f"AccountId: '{SHOP}'" in said
    assert {(call.service, call.operation, call.status) for call in rehearsal.calls()} >= {("s3", "PutObject", 200)}
