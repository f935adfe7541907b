"""What an account loses is in the run folder before it goes: whole, private, never empty where nobody could look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import orgtools
from orgtools import assess, record
from orgtools.assess.exporting.files import Contact, Export, Gap, Share, keep
from orgtools.assess.exporting.identity_center import Directory
from orgtools.assess.exporting.read import _cost_tags, _shares
from orgtools.assess.permissions import EXPORTING
from orgtools.aws.read.read_only import ReadOnlyReader
from orgtools.ledger import Kind
from orgtools.mapping import Assignment
from orgtools.messages import Message, next_step
from orgtools.record.model.event_messages import tell
from orgtools.rehearsal.limits.faults import Fault
from tests import rehearsed, values
from tests.assess.answering import DENIED, Aws
from tests.rehearsed import DELEGATED, PLAIN
from tests.said import says

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rehearsed import Run

_BILLING: Final = Contact("Made Up", "Head of Bills", "bills@example.com", "+15550123")
_PRIMARY: Final = {
    "FullName": "Made Up",
    "AddressLine1": "2 Example Street",
    "City": "Example City",
    "PostalCode": "00000",
    "CountryCode": "US",
    "PhoneNumber": "+15550199",
}


def _in(account_id: str, service: str) -> Any:
    """A client in a member account, as its own people have one."""
    session = boto3.Session(profile_name="source")
    keys = session.client("sts").assume_role(
        RoleArn=f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole", RoleSessionName="resident"
    )["Credentials"]
    return session.client(  # type: ignore[call-overload]
        service,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def _furnish(account_id: str) -> Assignment:
    """Give an account contacts, a resource share and an assignment of Identity Center."""
    account = _in(account_id, "account")
    account.put_contact_information(ContactInformation=_PRIMARY)
    account.put_alternate_contact(
        AlternateContactType="BILLING",
        Name=_BILLING.name,
        Title=_BILLING.title,
        EmailAddress=_BILLING.email,
        PhoneNumber=_BILLING.phone,
    )
    _in(account_id, "ram").create_resource_share(
        name="network", principals=[DELEGATED], resourceArns=[f"arn:aws:ec2:us-east-1:{account_id}:subnet/subnet-1"]
    )
    session = boto3.Session(profile_name="source")
    center, store = session.client("sso-admin"), session.client("identitystore")
    (instance,) = center.list_instances()["Instances"]
    sets = {"InstanceArn": instance["InstanceArn"]}
    sets["PermissionSetArn"] = center.create_permission_set(**sets, Name="Administrators")["PermissionSet"][
        "PermissionSetArn"
    ]
    user = store.create_user(
        IdentityStoreId=instance["IdentityStoreId"],
        UserName="jane",
        DisplayName="Jane",
        Name={"GivenName": "Jane", "FamilyName": "Doe"},
    )["UserId"]
    center.create_account_assignment(
        **sets, TargetId=account_id, TargetType="AWS_ACCOUNT", PrincipalType="USER", PrincipalId=user
    )
    center.provision_permission_set(**sets, TargetType="ALL_PROVISIONED_ACCOUNTS")
    return Assignment("Administrators", sets["PermissionSetArn"], "USER", user, "jane")


def _export(migration: orgtools.Migration, account_id: str) -> Export:
    assess.export(migration, [account_id])
    found = assess.exported(migration.folder, account_id)
    assert found is not None
    return found


def test_what_an_account_loses_is_in_the_run_folder(run: Run) -> None:
    """Contacts whole, because masked ones restore nothing; and the look changes nothing."""
    assigned = _furnish(PLAIN[0])
    run.rehearsal.intervene("tag", account=PLAIN[0], tags={"owner": "jane@example.com"})
    before = len(run.changing())
    found = _export(run.open(), PLAIN[0])
    assert len(run.changing()) == before
    assert (found.name, found.path, found.organization_id) == ("account-001", "/Legacy", rehearsed.SOURCE)
    assert found.tags == {"owner": "jane@example.com"}
    assert found.contact == _PRIMARY
    assert found.alternate_contacts == {"BILLING": _BILLING}
    assert found.assignments == (assigned,)
    assert found.delegations == ()
    (shares,) = found.shares.values()
    assert shares is not None
    ((name, principals, resources),) = ((share.name, share.principals, share.resources) for share in shares)
    assert (name, principals) == ("network", (DELEGATED,))
    assert resources == (f"arn:aws:ec2:us-east-1:{PLAIN[0]}:subnet/subnet-1",)
    assert found.gaps == ()


def test_delegations_are_named_by_service(run: Run) -> None:
    """So that the destination can make it the administrator again."""
    assert _export(run.open(), DELEGATED).delegations == ("guardduty.amazonaws.com",)


def test_what_could_not_be_read_is_unknown_with_what_to_grant(run: Run) -> None:
    """Never empty: in the file, in what the caller gets, and told by the ledger."""
    names = (
        "ListTagsForResource",
        "GetContactInformation",
        "GetAlternateContact",
        "GetResourceShares",
        "ListInstances",
    )
    run.rehearsal.script(
        *(Fault(name, "refuse", probability=1.0, code=DENIED) for name in (*names, "ListDelegatedAdministrators"))
    )
    migration = run.open()
    found = _export(migration, PLAIN[0])
    fields = (found.tags, found.contact, found.alternate_contacts, found.assignments, found.delegations)
    assert fields == (None,) * 5
    assert list(found.shares.values()) == [None]
    granting = {gap.kind: gap.why for gap in found.gaps}
    tags, contact = granting["tags"], granting["contact"]
    assert says(tags, "grant-and-assess", action="organizations:ListTagsForResource")
    assert says(tags, "eyes-of-side", side="source")
    assert says(contact, "grant-and-assess", action="account:GetContactInformation")
    assert says(contact, "eyes-of-role")
    assert all(map(next_step, granting.values()))
    assert {"alternate_contacts", "assignments", "delegations", "shares"} <= set(granting)
    event = migration.ledger.last(Kind.EXPORTED)
    assert event is not None
    told = {Message.from_json(entry) for entry in event.data["unknown"]}
    assert told == {Message("export-gap", account=PLAIN[0], kind=gap.kind, why=gap.why) for gap in found.gaps}
    assert tell(event) == Message("record-event-exported-partly", count=1, missing=6)


def test_an_account_that_cannot_be_entered_keeps_what_others_see_of_it(run: Run) -> None:
    """Its tags are known; its contacts and shares are not."""
    run.rehearsal.intervene("trust", account=PLAIN[0], role="OrganizationAccountAccessRole", trusts=[])
    found = _export(run.open(), PLAIN[0])
    assert (found.tags, found.contact, found.alternate_contacts) == ({}, None, None)
    assert {gap.kind for gap in found.gaps} == {"shares", "contact", "alternate_contacts"}


def test_what_was_exported_stays_when_the_account_has_moved(run: Run) -> None:
    """Exporting again reads only what is still in the source: there is nothing left to read of the others."""
    migration = run.open()
    run.rehearsal.intervene("tag", account=PLAIN[0], tags={"team": "shop"})
    before = _export(migration, PLAIN[0])
    run.rehearsal.intervene("join", account=PLAIN[0], organization=rehearsed.DESTINATION)
    again = assess.export(run.open(), PLAIN[:2])
    assert again.kept == PLAIN[:1]
    assert [one.account_id for one in again.exports] == [PLAIN[1]]
    assert assess.exported(migration.folder, PLAIN[0]) == before


def test_only_its_owner_reads_an_export_and_no_version_control_takes_it(run: Run) -> None:
    """It holds what no other file of the run does."""
    migration = run.open()
    _export(migration, PLAIN[0])
    folder = migration.folder / "exports"
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.suffix == ".json"}
    assert modes == dict.fromkeys((f"{PLAIN[0]}.json", "organization.json"), 0o600)
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_no_record_and_no_ledger_takes_anything_from_an_export(run: Run) -> None:
    """Not a name, not an address, not a number; not even the record that shows the most."""
    _furnish(PLAIN[0])
    migration = run.open()
    assess.export(migration, PLAIN[:1])
    written = record.write(migration, level=record.Level.INTERNAL)
    texts = [path.read_bytes() for path in written.folder.rglob("*") if path.is_file()]
    assert len(texts) > 1
    texts.append((migration.folder / "ledger.sqlite").read_bytes())
    for private in ("bills@example.com", "Head of Bills", "+15550123", "2 Example Street", "+15550199", "Jane"):
        assert not any(private.encode() in text for text in texts), private


def test_a_spoilt_export_is_refused(tmp_path: Path) -> None:
    """Restoring from half a file would be worse than not restoring."""
    assert assess.exported(tmp_path, PLAIN[0]) is None
    whole = Export(
        PLAIN[0],
        rehearsed.SOURCE,
        values.NOW,
        "a",
        "/",
        {},
        {},
        {},
        (),
        (),
        {"": None},
        (Gap("a", Message("b", at=values.NOW, names=["c"])),),
    )
    path = keep(tmp_path, whole)
    assert assess.exported(tmp_path, PLAIN[0]) == whole
    held = json.loads(path.read_text(encoding="utf-8"))
    whole_again = dict(held)
    del held["tags"]
    for spoilt in (held, {**whole_again, "gaps": [{"kind": "a", "why": "refused"}]}):
        path.write_text(json.dumps(spoilt), encoding="utf-8")
        with pytest.raises(orgtools.InputError) as refusal:
            assess.exported(tmp_path, PLAIN[0])
        assert refusal.value.message == Message("export-altered", path=str(path), count=1)


def _view(answers: dict[str, Any], *actions: str) -> ReadOnlyReader:
    view = ReadOnlyReader(Aws(answers).client, PLAIN[0])
    view._allowed = frozenset(actions or EXPORTING["source"])
    return view


def test_received_shares_have_their_resources() -> None:
    """Whom else a share reaches, only its owner sees; one that is being deleted is no more to restore."""
    arn = f"arn:aws:ram:us-east-1:{DELEGATED}:resource-share/1"
    subnet = f"arn:aws:ec2:us-east-1:{DELEGATED}:subnet/subnet-1"
    share = {"resourceShareArn": arn, "name": "network", "owningAccountId": DELEGATED, "status": "ACTIVE"}
    view = _view(
        {
            "ram:GetResourceShares": {
                "resourceShares": [share, {**share, "resourceShareArn": "x", "status": "DELETING"}]
            },
            "ram:ListResources": {"resources": [{"arn": subnet, "resourceShareArn": arn}]},
        },
        *EXPORTING["member"],
    )
    assert list(_shares(view, "received")) == [Share(arn, "network", "received", DELEGATED, False, (subnet,), ())]


def test_active_cost_allocation_tags_are_those_of_the_organization() -> None:
    """An account's own tags count in the new organization only once these keys are active there."""
    tags = [{"TagKey": key, "Type": "UserDefined", "Status": "Active"} for key in ("team", "stage")]
    view = _view({"ce:ListCostAllocationTags": {"CostAllocationTags": tags}})
    assert _cost_tags(view) == {"UserDefined": ("stage", "team")}


_CENTER: Final[dict[str, Any]] = {
    "sso-admin:ListInstances": {
        "Instances": [
            {"InstanceArn": "arn:aws:sso:::instance/ssoins-0000000000000001", "IdentityStoreId": "d-0000000001"}
        ]
    },
    "sso-admin:ListPermissionSetsProvisionedToAccount": {
        "PermissionSets": ["arn:aws:sso:::permissionSet/ssoins-0000000000000001/ps-0000000000000001"]
    },
    "sso-admin:DescribePermissionSet": {"PermissionSet": {"Name": "Readers"}},
    "sso-admin:ListAccountAssignments": {
        "AccountAssignments": [
            {"PrincipalType": "GROUP", "PrincipalId": "00000000-0000-0000-0000-000000000001"},
            {"PrincipalType": "USER", "PrincipalId": "00000000-0000-0000-0000-000000000002"},
        ]
    },
    "identitystore:DescribeGroup": {
        "GroupArn": "arn:aws:identitystore:::group/00000000-0000-0000-0000-000000000001",
        "Revision": "1",
        "GroupId": "00000000-0000-0000-0000-000000000001",
        "IdentityStoreId": "d-0000000001",
        "DisplayName": "Everybody",
    },
    "identitystore:DescribeUser": "ResourceNotFoundException",
}


def test_assignments_of_groups_and_of_deleted_users_are_exported() -> None:
    """A deleted user has no name any more; AWS keeps the assignment."""
    found, unnamed = Directory([_view(_CENTER)]).assignments(PLAIN[0])
    assert [(one.permission_set, one.principal_type, one.principal) for one in found] == [
        ("Readers", "GROUP", "Everybody"),
        ("Readers", "USER", ""),
    ]
    assert unnamed is None


def test_names_that_are_hidden_do_not_hide_the_assignments() -> None:
    """They are told apart from deleted users."""
    found, unnamed = Directory([_view(_CENTER | {"identitystore:DescribeGroup": DENIED})]).assignments(PLAIN[0])
    assert len(found) == 2
    assert unnamed is not None
    assert "Grant identitystore:DescribeGroup" in str(unnamed)


def test_a_principal_that_is_neither_user_nor_group_is_exported_without_a_name() -> None:
    """AWS documents two types; a third one hides nothing of the others."""
    third = {"PrincipalType": "SERVICE", "PrincipalId": "00000000-0000-0000-0000-000000000003"}
    listed = "sso-admin:ListAccountAssignments"
    every = [*_CENTER[listed]["AccountAssignments"], third]
    found, unnamed = Directory([_view(_CENTER | {listed: {"AccountAssignments": every}})]).assignments(PLAIN[0])
    assert [(one.principal_type, one.principal) for one in found] == [
        ("GROUP", "Everybody"),
        ("SERVICE", ""),
        ("USER", ""),
    ]
    assert unnamed is not None
    assert unnamed.code == "OddAnswer"


def test_identity_center_elsewhere_is_not_taken_for_none() -> None:
    """Without an instance, only an organization that does not trust the service has no assignments."""
    answers: dict[str, Any] = {"sso-admin:ListInstances": {"Instances": []}}
    trusting = "organizations:ListAWSServiceAccessForOrganization"
    none = _view(answers | {trusting: {"EnabledServicePrincipals": []}})
    assert Directory([none]).assignments(PLAIN[0]) == ((), None)
    principals = [{"ServicePrincipal": "sso.amazonaws.com"}]
    elsewhere = _view(answers | {trusting: {"EnabledServicePrincipals": principals}})
    with pytest.raises(orgtools.OrganizationError) as unread:
        Directory([elsewhere])
    assert unread.value.message.code == "identity-center-of-source-elsewhere"
    assert "[assess] regions" in str(unread.value)
    with pytest.raises(orgtools.RefusedError) as denied:
        Directory([_view({"sso-admin:ListInstances": DENIED})])
    assert says(denied.value.message, "grant-and-assess", action="sso:ListInstances")
