"""Control policies: their grammar, and RCPs on the way into an account. `test_situations.py` has the limits."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.world import policy_documents

Make = Callable[..., Any]
SOURCE, DESTINATION, ONE = "rehearsal-source", "rehearsal-destination", "300000000001"
ROLE = f"arn:aws:iam::{ONE}:role/OrganizationAccountAccessRole"
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
DENY = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}


def _organization(organization: str, number: str, profile: str, **more: Any) -> dict[str, Any]:
    """An organization with the RCP of AWS's landing zone samples on its root: only our own people enter."""
    condition = {"StringNotEquals": {"aws:PrincipalOrgID": organization}}
    only = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole", "Resource": "*", "Condition": condition}
    content = {"Version": "2012-10-17", "Statement": [only]}
    rcp = {"name": "OnlyOurPeople", "type": RCP, "content": content, "attach": ["/"]}
    named = {"id": organization, "root": f"r-ctt{number}", "management": number * 12, "profile": profile}
    return {**named, "policy_types": [SCP, RCP], "policies": [rcp], **more}


@pytest.fixture
def guarded(rehearsal: Rehearsal) -> Rehearsal:
    """Two organizations whose RCPs let nobody else's people into their accounts."""
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": ["1" * 12, "2" * 12]}]
    account = {"id": ONE, "name": "one", "email": "one@example.com", "roles": roles}
    source = _organization("o-cttsource1", "1", SOURCE, accounts=[account])
    destination = _organization("o-cttdestin1", "2", DESTINATION)
    rehearsal.reset({"name": "guarded", "organizations": [source, destination]})
    return rehearsal


def enters(client: Make, profile: str) -> bool:
    """Whether the people behind a profile can assume the role in the account, which trusts both sides."""
    try:
        client(profile, "sts").assume_role(RoleArn=ROLE, RoleSessionName="in")
    except ClientError as error:
        return "explicit deny in a resource control policy" not in str(error)
    return True


def test_an_rcp_keeps_the_other_side_out_before_and_after_the_move(guarded: Rehearsal, client: Make) -> None:
    """The source's keeps the destination out; once the account is the destination's, its own keeps the source out."""
    assert (enters(client, SOURCE), enters(client, DESTINATION)) == (True, False)
    guarded.intervene("join", account=ONE, organization="o-cttdestin1")
    assert (enters(client, SOURCE), enters(client, DESTINATION)) == (False, True)


def test_an_rcp_says_nothing_where_its_type_is_off_or_permissions_are(guarded: Rehearsal, client: Make) -> None:
    """Disabling the type detaches it."""
    guarded.switch(permissions=False)
    assert enters(client, DESTINATION)
    guarded.switch(permissions=True)
    client(SOURCE).disable_policy_type(RootId="r-ctt1", PolicyType=RCP)
    assert enters(client, DESTINATION)


def _document(**change: Any) -> str:
    statement = {name: value for name, value in {**DENY, **change}.items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.parametrize(
    ("kind", "content", "right"),
    [
        (SCP, _document(), True),
        (SCP, _document(Effect="Allow", Condition={"Null": {"aws:TokenIssueTime": "true"}}), True),
        (SCP, _document(Principal="*"), False),
        (SCP, _document(Effect="allow"), False),
        (SCP, _document(Action=None), False),
        (SCP, _document(NotAction="s3:*"), False),
        (SCP, _document(Actions="s3:*"), False),
        (SCP, "[]", False),
        (SCP, '{"Version": "2027-01-01", "Statement": []}', False),
        (RCP, _document(Principal="*"), True),
        (RCP, _document(), False),
        (RCP, _document(Principal="*", Effect="Allow"), False),
        (RCP, _document(Principal="*", Action="*"), False),
        ("TAG_POLICY", '{"tags": {}}', True),
    ],
)
def test_a_document_follows_the_grammar_of_its_type(kind: str, content: str, right: bool) -> None:
    """User guide, the syntax of SCPs and of RCPs."""
    assert (policy_documents.wrong(kind, content) == "") is right
