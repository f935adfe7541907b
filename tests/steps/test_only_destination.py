"""The whole way with the destination's credentials alone: accounts come from somebody else's organization."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from typer.testing import CliRunner

from orgtools import assess, audit, record, steps
from orgtools.assess import CATALOGUE
from orgtools.cli import app
from orgtools.exceptions import ApprovalError, LedgerError, RefusedError
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message, clauses
from orgtools.steps import ACCEPT, CANCEL, INVITE, LEAVE, PLACE, UNENROLL, VERIFY, Blocked, Do, Done, Wait
from orgtools.ui import tables
from orgtools.ui.words import Mark
from tests.rehearsed import (
    DESTINATION,
    DESTINATION_MANAGEMENT,
    FAST,
    SOURCE,
    SOURCE_MANAGEMENT,
    Run,
    confirmed,
    do,
    rehearse,
)
from tests.rehearsed import PROFILES as BOTH
from tests.said import says, tells
from tests.steps import only
from tests.steps.only import ALONE, KEYED, LEAVING, OWNED, ROLE, SHUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgtools.migration import Migration
    from orgtools.steps import Page

NARROW = '[assess]\nregions = ["us-east-1"]\n'
COMING = {ROLE, OWNED, KEYED, LEAVING, ALONE}
DECIDING = ("E1", "E2", "E5", "E7", "E15")


@pytest.fixture
def run(local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A run folder without a source, not opened yet."""
    made = Run(tmp_path / "run", rehearse(monkeypatch, only.tables()))
    made.settings(only.SETTINGS + NARROW)
    made.accounts(only.ACCOUNTS)
    yield made
    made.close()


@pytest.fixture
def migration(run: Run) -> Migration:
    """The run, opened; whether accounts may go was assessed."""
    opened = run.open()
    assess.assess(opened, checks=DECIDING)
    return opened


def test_status_asks_accounts_that_nobody_sees_where_they_are(run: Run) -> None:
    """Whoever is in no organization comes first; an account whose owner accepts is not entered."""
    ended = CliRunner().invoke(app, ["status", "--folder", str(run.folder)])
    assert ended.exit_code == 1, ended.output
    first = [line.split()[0] for line in ended.stdout.splitlines() if str(Message("alone-as-it-reports")) in line]
    assert first == [ALONE]
    assert ended.stdout.startswith(f"{ALONE}  {Message('alone-as-it-reports')}")
    assert not [call for call in run.rehearsal.calls() if call.operation == "AssumeRole" and call.account == OWNED]


def test_the_whole_way(run: Run) -> None:
    """Invited, accepted by a role, by keys of its own and by its owner, placed, verified, reviewed and recorded."""
    migration = run.open()
    found = assess.assess(migration)
    _what_only_the_source_could_tell_is_unknown(migration, found)
    exported = assess.export(migration)
    assert {gap.kind for _, gap in exported.gaps} >= {"tags", "assignments", "cost_tags"}
    assert {one.account_id for one in exported.exports if one.contact} == {ROLE, KEYED, LEAVING, ALONE}
    shown = steps.preview(migration, INVITE).by_account[ROLE]
    assert isinstance(shown, Do)
    assert says(shown.why, "invite-unchecked-source")
    assert confirmed(do(migration, INVITE)) == COMING
    assert confirmed(do(migration, LEAVE)) == {LEAVING}
    assert run.account(LEAVING)["organization"] is None
    assert confirmed(do(migration, ACCEPT)) == COMING - {OWNED}
    waiting = steps.preview(migration, ACCEPT).by_account[OWNED]
    assert isinstance(waiting, Wait)
    assert waiting.effective
    (page,) = steps.ask_owners(migration)
    run.rehearsal.intervene("accept", handshake=page.handshake_id)
    assert steps.follow(migration, ACCEPT, [OWNED]).summary() == Message(
        "summary", whys=[Message("do-accept", count=0), Message("done-accept", count=1)]
    )
    assert steps.ask_owners(migration) == ()
    assert not page.file.exists(), "nobody is sent it any more"
    assert confirmed(do(migration, PLACE)) == COMING
    verified = steps.preview(migration, VERIFY)
    assert {name for name, seen in verified.by_account.items() if isinstance(seen, Done)} == COMING
    assert isinstance(verified.by_account[SHUT], Blocked)
    for account_id in COMING:
        assert run.account(account_id)["organization"] == DESTINATION
    _told_everywhere(migration, verified)
    assert SOURCE_MANAGEMENT not in {call.caller_account for call in run.rehearsal.calls()}
    assert run.account(SHUT) == run.account(SHUT) | {"organization": SOURCE, "unit": "Legacy"}


def test_units_are_previewed_without_the_source(migration: Migration) -> None:
    """As the notebook does that places accounts: the source's tree is nobody's to read."""
    assert not steps.preview(migration, steps.REPLICATE).to_do


def test_a_wave_in_one_go_leads_everybody_as_far_as_this_run_may(migration: Migration, run: Run) -> None:
    """Whose owner accepts is invited, and placed by the next wave; what nobody of the run sees keeps nobody back."""
    outcomes = {outcome.account_id: outcome for outcome in do(migration, steps.WAVE).outcomes}
    assert {name for name, one in outcomes.items() if one.status == "confirmed"} == COMING - {OWNED}
    assert outcomes[OWNED].status == "unconfirmed"
    assert says(outcomes[OWNED].why, "wave-still-waits")
    assert outcomes[OWNED].next_step
    (page,) = steps.ask_owners(migration)
    run.rehearsal.intervene("accept", handshake=page.handshake_id)
    assert confirmed(do(migration, steps.WAVE)) == {OWNED}
    assert {run.account(name)["organization"] for name in COMING} == {DESTINATION}


def test_a_review_says_once_that_owners_let_nobody_in(migration: Migration) -> None:
    """And still looks into the others, although the first of them cannot be entered."""
    told = [one for one in audit.review(migration).findings if one.check == "H10"]
    (theirs,) = [one for one in told if one.evidence.code == "review-members-by-owner"]
    assert (theirs.account_id, theirs.evidence.facts["accounts"]) == (OWNED, (OWNED,))
    assert "owner-accepts" not in {one.evidence.facts["why"].code for one in told if "why" in one.evidence.facts}


def _what_only_the_source_could_tell_is_unknown(migration: Migration, found: assess.Assessment) -> None:
    """Every check that needs its eyes, of every account; never fine, and never left out."""
    told = {(one.account_id, one.check): one for one in found.findings}
    blind = [check for check in CATALOGUE.values() if check.needs_source]
    assert len(blind) > 15
    for check in blind:
        for account_id in migration.plan.by_id if check.concerns == "account" else [""]:
            finding = told[account_id, check.id]
            assert finding.status is Verdict.UNKNOWN, finding
            assert says(finding.evidence, "source-is-not-ours")
            assert finding.remedy
    evidence = told[ROLE, "E2"].evidence
    assert (evidence.code, evidence.facts["checks"]) == ("not-seen-but-asked", ("E2.member",))
    assert told[ROLE, "E2.member"].status is Verdict.OK
    assert told[ROLE, "E5"].status is Verdict.OK
    assert tells(told[ROLE, "E5"].evidence, SOURCE)
    assert told[ALONE, "E5"].status is Verdict.INFO
    assert {told[OWNED, "E5"].status, told[SHUT, "E5"].status} == {Verdict.UNKNOWN}
    assert told[SHUT, "E15"].status is Verdict.BLOCK
    assert (told[OWNED, "E15"].status, told[KEYED, "E15"].status) == (Verdict.INFO, Verdict.OK)
    inside = [check.id for check in CATALOGUE.values() if check.read and check.needs_member and check.id != "E15"]
    assert {told[OWNED, name].status for name in inside} == {Verdict.UNKNOWN}
    assert all((account_id, name) in told for account_id in migration.plan.by_id for name in inside)
    assert all((account_id, "E16.rcp") in told for account_id in migration.plan.by_id), "the destination was looked at"


def _told_everywhere(migration: Migration, verified: steps.Preview) -> None:
    """The record, the review, the bystanders, the way back and the sides say that nobody looked at the source."""
    (bystander,) = steps.bystanders(migration.plan, migration.baseline(), verified.snapshot)
    assert (bystander.status, bystander.account_id) == (Verdict.UNKNOWN, "")
    review = audit.review(migration)
    unseen = [one.evidence.code for one in review.findings if one.check == "H10"]
    assert unseen.count("review-without-source") == 1
    assert not {"review-unread", "review-source-unread", "review-trail-unread"} & set(unseen)
    (joined,) = [one for one in review.findings if one.check == "H8" and one.account_id == OWNED]
    assert (joined.status, joined.evidence.code) == (Verdict.INFO, "membership-joined-as-asked")
    back = {way.account_id: way for way in steps.ways_back(migration)}
    assert [told.code for told in back[ROLE].undo] == ["back-by-its-source", "back-was-alone-perhaps"]
    assert back[SHUT].stands.code == "stands-not-in-destination"
    shown = steps.next_back(migration, [ROLE])
    assert shown.to_do == ()
    assert "back-not-ours" in {decision.why.code for decision in shown.decisions if isinstance(decision, Blocked)}
    assert tables.sides(migration)["organization"].tolist() == [Message("ui-side-without-access"), DESTINATION]
    record.write(migration)
    page = (migration.folder / "record" / "record.html").read_text(encoding="utf-8")
    ours = Message("record-destination", organization=DESTINATION, management_account=DESTINATION_MANAGEMENT)
    assert clauses(map(str, [Message("record-source-not-seen"), ours])) in page
    assert str(Message("record-arrival-owner")) in page
    assert [event.account_id for event in migration.ledger.events(Kind.ASKED)] == [OWNED]


def test_the_run_stays_what_it_was(run: Run, migration: Migration) -> None:
    """A source that comes later, or goes, is another run: where everything was when it began would be missing."""
    migration.close()
    run.settings(BOTH + FAST)
    with pytest.raises(LedgerError) as refused:
        run.open()
    assert refused.value.message.code == "ledger-of-another-start"
    assert refused.value.message.facts["why"] == Message("from-elsewhere-to", organizations=[DESTINATION])


def test_who_cannot_be_seen_is_neither_fine_nor_touched(run: Run, migration: Migration) -> None:
    """An account that a way in is named for, and that nobody can enter: not invited, not left, not accepted."""
    for step in (INVITE, LEAVE, ACCEPT):
        (decision,) = steps.preview(migration, step, [SHUT]).decisions
        assert isinstance(decision, Blocked if step is INVITE else (Wait, Done))
    assert run.changing() == []


def test_whom_nobody_sees_is_not_said_to_wait(migration: Migration) -> None:
    """Nothing will come that says whether the source's Control Tower governs it."""
    shown = steps.preview(migration, UNENROLL)
    assert shown.unseen == len(shown.accounts) == 6
    assert Message("not-looked-at", count=6) in shown.summary().facts["whys"]
    assert set(tables.decisions(shown)["decision"]) == {Mark.UNSEEN}
    assert steps.preview(migration, LEAVE).unseen == 0


def test_an_invitation_is_taken_back_and_sent_again(run: Run, migration: Migration) -> None:
    """Cancelled by the run, declined by its owner, expired: each is invited anew by a new approval."""
    whom = (OWNED,)
    do(migration, INVITE, whom)
    assert confirmed(do(migration, CANCEL, whom)) == {OWNED}
    assert steps.ask_owners(migration) == ()
    do(migration, INVITE, whom)
    (page,) = steps.ask_owners(migration)
    run.rehearsal.intervene("decline", handshake=page.handshake_id)
    (decision,) = steps.preview(migration, INVITE, whom).decisions
    assert says(decision.why, "invitation-ended", state="DECLINED")
    do(migration, INVITE, whom)
    run.rehearsal.advance(timedelta(days=16))
    (decision,) = steps.preview(migration, VERIFY, whom).decisions
    assert isinstance(decision, Wait)
    assert says(decision.why, "invitation-ended", state="EXPIRED")
    assert confirmed(do(migration, INVITE, whom)) == {OWNED}


def test_an_account_leaves_exactly_the_organization_that_was_shown(run: Run, migration: Migration) -> None:
    """Nobody here sees where it is: the account says so, when it is shown and just before it leaves."""
    do(migration, INVITE, (LEAVING,))
    shown = steps.preview(migration, LEAVE, (LEAVING,))
    (call,) = shown.to_do[0].calls
    assert (call.operation, call.by, call.former) == ("LeaveOrganization", "member", SOURCE)
    (held,) = steps.preview(migration, ACCEPT, (LEAVING,)).decisions
    assert isinstance(held, Wait)
    assert says(held.why, "accept-leave-first-unseen")
    run.rehearsal.intervene("join", account=LEAVING, organization="o-stranger001")
    with pytest.raises(ApprovalError) as outdated:
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert outdated.value.message.code == "approval-outdated"
    with pytest.raises(RefusedError) as refused:
        LEAVE.precheck(migration, LEAVING, call)
    assert refused.value.message.code == "leave-not-there"
    assert run.account(LEAVING)["organization"] == "o-stranger001"


@pytest.fixture
def page(migration: Migration) -> Page:
    """What the owner of an invited account is sent."""
    do(migration, INVITE, (OWNED,))
    (made,) = steps.ask_owners(migration)
    return made


def test_the_page_says_what_to_do_with_which_permissions_until_when(run: Run, page: Page) -> None:
    """Neither short nor wide: with exactly that policy its commands work, and each of its actions is needed by one."""
    assert page.file.read_text(encoding="utf-8") == page.text
    assert page.file.stat().st_mode & 0o077 == 0
    assert page.until is not None
    for words in (OWNED, page.handshake_id, f"{page.until:%Y-%m-%d %H:%M} UTC", DESTINATION, "v2/home/invitations"):
        assert words in page.text
    policy = json.loads(page.text[page.text.index("{") : page.text.rindex("}") + 1])
    run.rehearsal.intervene("permit", account=OWNED, role="OrganizationAccountAccessRole", document=policy)
    run.rehearsal.switch(accept_needs_leave=True)  # as one page of AWS has it
    owner = _inside(OWNED)
    before = len(run.rehearsal.calls())
    (arn,) = [sent["Arn"] for sent in owner.list_handshakes_for_account()["Handshakes"]]
    assert arn in page.text
    assert owner.describe_handshake(HandshakeId=page.handshake_id)["Handshake"]["Arn"] == arn
    assert owner.describe_organization()["Organization"]["Id"] == SOURCE
    owner.accept_handshake(HandshakeId=page.handshake_id)
    assert run.account(OWNED)["organization"] == DESTINATION
    asked = {action for call in run.rehearsal.calls(before) for action in call.actions}
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert allowed - asked == {"organizations:DeclineHandshake"}, "to decline instead"
    assert asked <= allowed


def test_no_page_is_written_where_nobody_waits_for_an_owner(run: Run, migration: Migration) -> None:
    """Nor a folder, nor an event."""
    do(migration, INVITE, (ROLE,))
    assert steps.ask_owners(migration, [ROLE, KEYED]) == ()
    assert not (run.folder / "owners").exists()
    assert list(migration.ledger.events(Kind.ASKED)) == []


def test_the_owner_of_an_account_of_the_stand_alone_path_leaves_first(run: Run, migration: Migration) -> None:
    """The page says so; here nobody sees whether it has."""
    run.accounts(f"account_id,ou,path\n{OWNED},/,standalone\n{KEYED},/,direct\n")
    do(migration, INVITE, (OWNED,))
    (decision,) = steps.preview(migration, LEAVE, (OWNED,)).decisions
    assert isinstance(decision, Wait)
    (made,) = steps.ask_owners(migration)
    assert made.text.index("leave-organization") < made.text.index("accept-handshake")


def _inside(account_id: str) -> Any:
    """Organizations as the account's own people call it."""
    source = boto3.Session(profile_name="source")
    keys = source.client("sts").assume_role(
        RoleArn=f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole", RoleSessionName="owner"
    )["Credentials"]
    return source.client(
        "organizations",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def test_a_stand_alone_account_moves_where_both_sides_are_ours_too(run: Run) -> None:
    """It says itself that it is in no organization; one that is in a third is not touched."""
    run.settings(f'{BOTH}[access.accounts]\n{ALONE} = "destination"\n{FAST}{NARROW}')
    run.accounts(f"account_id,ou,path\n{ALONE},Workloads/Test,standalone\n")
    migration = run.open()
    found = assess.assess(migration)
    told = {one.check: one.status for one in found.of(ALONE)}
    assert told["E5"] is Verdict.INFO
    assert Verdict.BLOCK not in told.values()
    assert {name for name, check in CATALOGUE.items() if check.concerns == "account" and not check.answers} == set(told)
    assert confirmed(do(migration, INVITE)) == {ALONE}
    assert isinstance(steps.preview(migration, LEAVE).decisions[0], Done), "it has left"
    run.rehearsal.intervene("join", account=ALONE, organization="o-stranger001")
    (decision,) = steps.preview(migration, ACCEPT).decisions
    assert isinstance(decision, Blocked)
    run.rehearsal.intervene("remove", account=ALONE)
    assert confirmed(do(migration, ACCEPT)) == confirmed(do(migration, PLACE)) == {ALONE}
    assert isinstance(steps.preview(migration, VERIFY).decisions[0], Done)
