"""Place, and verify, which asks the same question without calling anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest

from orgtools import assess, steps
from orgtools.assess.exporting.files import Contact, exported, keep
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.plan import Plan
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY, Blocked, Do, Done, Step, Wait, bystanders
from orgtools.steps.forward.place import Tags
from tests import rehearsed, values
from tests.rehearsed import confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from tests.rehearsed import Run

_ARRIVED = values.snapshot(values.source(), values.destination(values.member()))


def test_an_account_is_moved_from_the_root_to_its_unit() -> None:
    """AWS is told where it is: if it is not there any more, AWS refuses."""
    decision = PLACE.decide(values.planned(), _ARRIVED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("MoveAccount", "destination")
    assert call.parameters == {
        "AccountId": values.ACCOUNT,
        "SourceParentId": "r-dst1",
        "DestinationParentId": values.PROD,
    }
    assert str(call.words) == "move from / to /Workloads/Prod"


def test_an_account_in_its_unit_is_done() -> None:
    """However the plan names the unit."""
    there = replace(_ARRIVED, destination=values.destination(values.member(parent_id=values.PROD)))
    assert isinstance(PLACE.decide(values.planned(), there), Done)
    assert isinstance(PLACE.decide(values.planned(ou=values.PROD), there), Done)


def test_missing_tags_are_added_before_the_move_and_none_is_taken_away() -> None:
    """Only those that the plan names and that are missing or differ."""
    row = values.planned(tags=(("cost", "1"), ("owner", "jane@example.com"), ("team", "shop")))
    held = {values.ACCOUNT: {"team": "shop", "cost": "2", "other": "stays"}}
    decision = PLACE.decide(row, _ARRIVED.with_extra(Tags({values.ACCOUNT: {}}, held)))
    assert isinstance(decision, Do)
    assert [call.operation for call in decision.calls] == ["TagResource", "MoveAccount"]
    assert decision.calls[0].parameters == {
        "ResourceId": values.ACCOUNT,
        "Tags": [{"Key": "cost", "Value": "1"}, {"Key": "owner", "Value": "jane@example.com"}],
    }
    assert "jane@" not in str(decision.calls[0].words)


def test_tags_that_nobody_looked_at_count_as_missing() -> None:
    """Setting a tag again is harmless; taking it for there is not."""
    decision = PLACE.decide(values.planned(tags=(("team", "shop"),)), _ARRIVED)
    assert isinstance(decision, Do)
    assert decision.calls[0].operation == "TagResource"


def test_tags_of_the_source_are_carried_over_and_the_plan_wins() -> None:
    """What somebody has set in the destination stays; the preview says which come from the source."""
    row = values.planned(tags=(("team", "shop"),))
    carried = {values.ACCOUNT: {"team": "old", "cost": "1", "env": "prod"}}
    seen = _ARRIVED.with_extra(Tags(carried, {values.ACCOUNT: {"env": "live"}}))
    decision = PLACE.decide(row, seen)
    assert isinstance(decision, Do)
    tagging = decision.calls[0]
    given = [Message("place-call-tag", tags=["team=shop"]), Message("place-call-tag-carried", tags=["cost=1"])]
    assert tagging.words == Message("all-of", whys=given)
    assert tagging.parameters["Tags"] == [{"Key": "team", "Value": "shop"}, {"Key": "cost", "Value": "1"}]
    verified = VERIFY.decide(row, seen)
    assert isinstance(verified, Wait)
    assert verified.why.facts["changes"] == tuple(call.words for call in decision.calls)


def test_more_tags_than_aws_allows_are_not_begun() -> None:
    """With what to take out."""
    many = {values.ACCOUNT: {f"key-{number}": "x" for number in range(50)}}
    seen = _ARRIVED.with_extra(Tags(many, {values.ACCOUNT: {}}))
    decision = PLACE.decide(values.planned(tags=(("team", "shop"),)), seen)
    assert isinstance(decision, Blocked)
    assert says(decision.why, "place-too-many-tags", total=51)
    assert "carry_tags = false" in decision.next_step


@pytest.mark.parametrize("carry", [True, False])
def test_exported_tags_arrive_with_the_account(run: Run, *, carry: bool) -> None:
    """Against the rehearsal: AWS has deleted them, and they are there again unless migration.toml says otherwise."""
    tables = rehearsed.scenario()
    tables["organizations"][0]["accounts"][0]["tags"] = {"team": "old", "cost": "1"}
    run.rehearsal.reset(tables)
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[place]\ncarry_tags = {str(carry).lower()}\n")
    migration = run.assessed()
    assess.export(migration, rehearsed.PLAIN[:1])
    for step in (INVITE, ACCEPT, PLACE):
        confirmed(do(migration, step, rehearsed.PLAIN[:1]))
    expected = {"team": "shop", "owner": "jane@example.com"} | ({"cost": "1"} if carry else {})
    assert migration.destination.tags(rehearsed.PLAIN[0]) == expected
    assert isinstance(steps.preview(migration, VERIFY, rehearsed.PLAIN[:1]).decisions[0], Done)


def test_an_account_that_has_not_arrived_waits() -> None:
    """For 50_accept."""
    snapshot = values.snapshot(values.source(values.member()), values.destination())
    assert isinstance(PLACE.decide(values.planned(), snapshot), Wait)


@pytest.mark.parametrize("step", [PLACE, VERIFY], ids=lambda step: step.name)
def test_a_unit_that_is_gone_blocks(step: Step) -> None:
    """In words, not with a traceback."""
    decision = step.decide(values.planned(ou="/Gone"), _ARRIVED)
    assert isinstance(decision, Blocked)
    assert says(decision.why, "unit-missing", unit="/Gone")


def test_verify_never_calls_anything() -> None:
    """What is missing is named, with the notebook that does it."""
    decision = VERIFY.decide(values.planned(tags=(("team", "shop"),)), _ARRIVED)
    assert isinstance(decision, Wait)
    assert str(decision.why) == "is in /; missing: add tags team=shop; move from / to /Workloads/Prod"
    assert decision.next_step == "Open 60_place."


def test_verify_is_done_where_the_account_should_be() -> None:
    """As AWS shows it."""
    there = replace(_ARRIVED, destination=values.destination(values.member(parent_id=values.PROD)))
    assert isinstance(VERIFY.decide(values.planned(), there), Done)


def test_verify_says_why_an_account_has_not_arrived() -> None:
    """Not invited, invited, too young: it waits, each with what comes next; blocked is what somebody clears."""
    at_home = values.snapshot(values.source(values.member()), values.destination())
    to_invite = VERIFY.decide(values.planned(), at_home)
    assert isinstance(to_invite, Wait)
    assert to_invite.next_step == "Open 30_invite."
    invited = replace(at_home, destination=values.destination(handshakes=(values.invitation(),)))
    to_accept = VERIFY.decide(values.planned(), invited)
    assert isinstance(to_accept, Wait)
    assert to_accept.next_step == "Open 50_accept."
    young = values.snapshot(values.source(values.member(joined_at=values.NOW)), values.destination())
    assert isinstance(VERIFY.decide(values.planned(), young), Wait)
    lost = VERIFY.decide(values.planned(), values.snapshot(values.source(), values.destination()))
    assert isinstance(lost, Blocked)
    assert says(lost.why, "verify-in-neither")


def test_who_moved_without_being_planned_is_named() -> None:
    """Left, joined or moved inside; the planned account itself is left out."""
    baseline = {
        values.ACCOUNT: ("source", "/Legacy"),
        "111111111111": ("source", "/"),
        "222222222222": ("destination", "/"),
        "300000000003": ("source", "/Legacy"),
        "300000000004": ("destination", "/Workloads"),
    }
    moved = values.member("300000000004", parent_id=values.TEST)
    joined = values.member("300000000005")
    now = values.snapshot(values.source(), values.destination(values.member(), moved, joined))
    found = bystanders(Plan((values.planned(),)), baseline, now)

    def there(unit: str, side: str = "destination") -> Message:
        return Message(f"bystander-in-{side}", unit=unit)

    neither = Message("bystander-in-neither")
    assert [(finding.account_id, finding.evidence) for finding in found] == [
        ("300000000003", Message("bystander-moved", before=there("/Legacy", "source"), after=neither)),
        ("300000000004", Message("bystander-moved", before=there("/Workloads"), after=there("/Workloads/Test"))),
        ("300000000005", Message("bystander-moved", before=neither, after=there("/"))),
    ]
    assert {finding.status for finding in found} == {Verdict.WARN}
    assert isinstance(found[0], Finding)


def test_nobody_moved_is_no_finding() -> None:
    """Nothing to say is an empty list."""
    now = values.snapshot(values.source(), values.destination())
    baseline = {"111111111111": ("source", "/"), "222222222222": ("destination", "/")}
    # The source's root has the same path, whatever its id.
    now = replace(now, source=values.source(accounts={"111111111111": values.member("111111111111")}))
    assert bystanders(Plan(()), baseline, now) == []


# What arrived accounts should have kept.


def test_a_name_or_a_contact_that_differs_is_a_finding_and_no_contact_is_told(run: Run) -> None:
    """Compared with the export: unknown where nobody exported the account, and nothing before one has arrived."""
    first, second = rehearsed.PLAIN[:2]
    migration = run.assessed()
    assess.export(migration, (first,))
    (none,) = steps.kept(migration, migration.observe())
    assert (none.account_id, none.status) == ("", Verdict.INFO)
    for step in (INVITE, ACCEPT):
        confirmed(do(migration, step, (first,)))
    assert steps.kept(migration, migration.observe()) == []

    export = exported(run.folder, first)
    assert export is not None
    contact = Contact("Made Up", "Head of Bills", "bills@example.com", "+15550123")
    keep(run.folder, replace(export, name="before", alternate_contacts={"BILLING": contact}))
    found = steps.kept(migration, migration.observe())
    assert [(finding.account_id, finding.status) for finding in found] == [(first, Verdict.WARN)] * 2
    assert found[0].evidence == Message("kept-other-name", name="account-001", former="before")
    assert found[1].evidence == Message("kept-other-contact", kind="BILLING", account=first)
    assert "bills@" not in str(found)
    keep(run.folder, replace(export, alternate_contacts=None))
    (unknown,) = steps.kept(migration, migration.observe())
    assert unknown.status is Verdict.UNKNOWN
    keep(run.folder, replace(export, name=""))  # only the source could tell it
    (unnamed,) = steps.kept(migration, migration.observe())
    assert unnamed.status is Verdict.UNKNOWN
    assert unnamed.evidence == Message("kept-name-not-exported", name="account-001")
    keep(run.folder, export)
    run.rehearsal.intervene("trust", account=first, role="OrganizationAccountAccessRole", trusts=["555555555555"])
    (shut,) = steps.kept(run.open(), migration.observe())
    assert shut.status is Verdict.UNKNOWN
    assert "cannot be entered" in shut.remedy
    for step in (INVITE, ACCEPT):
        confirmed(do(migration, step, (second,)))
    *_, other = steps.kept(migration, migration.observe())
    assert (other.account_id, other.status) == (second, Verdict.UNKNOWN)
    assert says(other.evidence, "kept-not-exported")


@pytest.mark.parametrize("path", ["direct", "standalone"])
def test_contacts_that_the_source_wrote_move_with_the_account(run: Run, path: str) -> None:
    """They are attached to the account: nobody need export them before it goes, on either path."""
    account_id = rehearsed.PLAIN[0] if path == "direct" else rehearsed.STANDALONE
    source = boto3.Session(profile_name="source")
    source.client("organizations").enable_aws_service_access(ServicePrincipal="account.amazonaws.com")
    source.client("account").put_alternate_contact(
        AccountId=account_id,
        AlternateContactType="SECURITY",
        Name="Made Up",
        Title="Head of Locks",
        EmailAddress="locks@example.com",
        PhoneNumber="+15550123",
    )
    migration = run.assessed()
    assess.export(migration, (account_id,))
    export = exported(run.folder, account_id)
    assert export is not None
    assert export.alternate_contacts == {
        "SECURITY": Contact("Made Up", "Head of Locks", "locks@example.com", "+15550123")
    }
    for step in (INVITE, LEAVE, ACCEPT):
        do(migration, step, (account_id,))
    snapshot = migration.observe()
    assert account_id in snapshot.destination.accounts
    assert steps.kept(migration, snapshot) == []
