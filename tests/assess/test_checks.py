"""Each readiness check: ok, info, warn, block and unknown, with evidence and remedy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from orgtools.assess import CATALOGUE, QUESTIONS, Assessment, standing
from orgtools.assess.catalogue import Report, Reports, SnapshotContext
from orgtools.assess.checks.access import not_entered
from orgtools.assess.run.tasks import Task, _RunningTask, look
from orgtools.budget import Budget
from orgtools.exceptions import CredentialsError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free
from tests import values
from tests.assess import answering

if TYPE_CHECKING:
    from orgtools.aws.model import Account, Handshake
    from orgtools.snapshot import Snapshot


def _look(check: str, snapshot: Snapshot, **changes: Any) -> Finding:
    return look(CATALOGUE[check], SnapshotContext(values.planned(), snapshot, **changes))


def _seen(*members: Account, **changes: Any) -> Snapshot:
    return values.snapshot(values.source(*members, **changes), values.destination())


HOME = _seen(values.member())
GONE = _seen()
ARRIVED = values.snapshot(values.source(), values.destination(values.member()))


def test_every_check_of_the_catalogue_is_complete() -> None:
    """Each with its page, and the actions that it needs; one way to look. Its words: tests/messages/test_checks.py."""
    assert set(CATALOGUE) >= {"E1", "E2", "E4", "E5", "E7", "E8", "E9", "E10", "E11", "E15"}
    for name, check in CATALOGUE.items():
        assert check.id == name
        assert check.page.startswith("https://docs.aws.amazon.com/")
        assert check.where or name in QUESTIONS
        assert (check.look is None) is not (check.read is None)
        assert check.severity in (Verdict.INFO, Verdict.WARN, Verdict.BLOCK)
        for action in check.actions:
            assert action.count(":") == 1, action


@pytest.mark.parametrize("name", [name for name, check in CATALOGUE.items() if check.read and name != "E15"])
def test_a_check_that_is_refused_every_read_is_unknown(name: str) -> None:
    """Never fine, and never a traceback. E15 reads nothing itself; what it says is tested below."""
    refused = defaultdict[str, Any](lambda: answering.DENIED)
    seen = values.snapshot(values.source(values.member()), values.destination())
    found = answering.look(name, refused, seen=seen, everything=False)
    assert {one.status for one in found} == {Verdict.UNKNOWN}, found


def test_a_check_that_may_only_warn_cannot_block() -> None:
    """Its severity is a promise."""
    with pytest.raises(ValueError, match="D14 may say warn at the worst"):
        Report("D14", values.ACCOUNT, Verdict.WARN).block(Message("tags-none"))


@pytest.mark.parametrize("state", ["SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"])
def test_only_an_active_account_goes(state: str) -> None:
    """E1: whatever else its state is, it is named."""
    found = _look("E1", _seen(values.member(state=state)))
    assert found.status is Verdict.BLOCK
    assert found.evidence.facts == {"state": state}
    assert _look("E1", HOME).status is Verdict.OK
    assert _look("E1", GONE).status is Verdict.INFO


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(days=4), Verdict.OK),
        (timedelta(days=4) - timedelta(seconds=1), Verdict.BLOCK),
        (timedelta(0), Verdict.BLOCK),
    ],
)
def test_a_created_account_rests_four_days(age: timedelta, status: Verdict) -> None:
    """E2: to the second, with the time at which it clears."""
    born = values.NOW - age
    found = _look("E2", _seen(values.member(joined_at=born)))
    assert found.status is status
    if status is Verdict.BLOCK:
        assert found.until is not None
        assert datetime.fromisoformat(found.until) == born + timedelta(days=4)


def test_an_invited_account_need_not_rest() -> None:
    """E2: it was created elsewhere."""
    assert _look("E2", _seen(values.member(joined_at=values.NOW, joined_method="INVITED"))).status is Verdict.OK
    assert _look("E2", GONE).status is Verdict.INFO


def test_a_management_account_does_not_go() -> None:
    """E4: of whichever organization; asked of the account itself, for no list of ours shows a third one's."""

    def asked(answer: Any) -> Finding:
        (found,) = answering.look("E4", {"organizations:DescribeOrganization": answer})
        return found

    def managed_by(account_id: str) -> dict[str, Any]:
        return {"Organization": {"Id": "o-stranger001", "MasterAccountId": account_id}}

    found = asked(managed_by(values.ACCOUNT))
    assert (found.status, found.evidence) == (Verdict.BLOCK, Message("account-manages", organization="o-stranger001"))
    assert asked(managed_by(values.OTHER)).status is Verdict.OK
    assert asked("AWSOrganizationsNotInUseException").evidence == Message("account-stand-alone")
    assert asked(answering.DENIED).status is Verdict.UNKNOWN


def test_only_accounts_of_the_source_are_ours_to_move() -> None:
    """E5: arrived ones are fine, those that this run took out too, all others are blocked."""
    assert _look("E5", HOME).status is Verdict.OK
    assert _look("E5", ARRIVED).status is Verdict.INFO
    assert _look("E5", values.changed(GONE, left=frozenset({values.ACCOUNT}))).status is Verdict.INFO
    assert _look("E5", GONE).status is Verdict.BLOCK


def test_a_delegated_administrator_does_not_go() -> None:
    """E7: and could not look is unknown, with what to grant."""
    assert _look("E7", HOME).status is Verdict.OK
    found = _look("E7", _seen(values.member(), delegated_administrators=frozenset({values.ACCOUNT})))
    assert found.status is Verdict.BLOCK
    assert "Deregister" in found.remedy
    refused = Message("refused", reason="AccessDeniedException", words="no", next="")
    unknown = _look("E7", _seen(values.member(), delegated_administrators=None, unknown=(refused,)))
    assert unknown.status is Verdict.UNKNOWN
    assert unknown.evidence == Message("delegated-administrators-unread-why", why=refused)
    assert "Grant organizations:ListDelegatedAdministrators" in unknown.remedy


def _wave(*ids: str) -> tuple[Any, ...]:
    return tuple(values.planned(account_id) for account_id in ids)


def test_the_account_quota_counts_members_invitations_and_the_plan() -> None:
    """E8: with figures; arrived and invited accounts of the plan are counted once."""
    side = values.destination(
        values.member(values.OTHER), handshakes=(values.invitation("300000000003"),), account_quota=4
    )
    snapshot = values.snapshot(values.source(values.member()), side)
    fits = _look("E8", snapshot, wave=_wave(values.ACCOUNT, values.OTHER, "300000000003"))
    assert fits.status is Verdict.OK
    assert fits.account_id == ""
    assert fits.evidence == Message("account-quota", members=2, pending=1, more=1, total=4, quota=4)
    full = _look("E8", snapshot, wave=_wave(values.ACCOUNT, "300000000004"))
    assert full.status is Verdict.BLOCK
    assert (full.evidence.code, full.evidence.facts["total"]) == ("account-quota-exceeded", 5)


def test_an_unknown_account_quota_is_unknown() -> None:
    """E8: with what to grant, or what to set."""
    snapshot = values.snapshot(values.source(), values.destination(account_quota=None))
    why = Message("refused", reason="AccessDenied", words="no", next="")
    for unknown in ((), (why,)):
        found = _look("E8", replace(snapshot, destination=replace(snapshot.destination, unknown=unknown)))
        assert found.status is Verdict.UNKNOWN
        assert found.evidence.facts.get("why") == (why if unknown else None)
        assert "Grant servicequotas:ListServiceQuotas" in found.remedy
        assert "[quotas] accounts" in found.remedy


def test_the_window_of_24_hours_is_counted() -> None:
    """E9: with the time at which the next one frees up."""
    frees = values.NOW + timedelta(hours=2)
    snapshot = replace(HOME, budget=Budget(1, 0, 20, 19, frees))
    assert _look("E9", snapshot, wave=_wave(values.ACCOUNT)).status is Verdict.OK
    found = _look("E9", snapshot, wave=_wave(values.ACCOUNT, values.OTHER))
    assert found.status is Verdict.BLOCK
    assert found.until == frees.isoformat()
    assert (found.evidence.code, found.evidence.facts["until"]) == ("invitations-short-until", frees)


def test_our_pending_invitation_is_information() -> None:
    """E10: it will be adopted."""
    assert _look("E10", HOME).status is Verdict.OK
    invited = values.snapshot(values.source(values.member()), values.destination(handshakes=(values.invitation(),)))
    found = _look("E10", invited)
    assert found.status is Verdict.INFO
    assert (found.evidence.code, found.evidence.facts["handshake"]) == ("invitation-ours", "h-0000000001")
    undated = values.destination(handshakes=(values.invitation(expires_at=None),))
    found = _look("E10", values.snapshot(values.source(values.member()), undated))
    assert found.evidence == Message("invitation-ours-undated", handshake="h-0000000001")


def _received(handshake: Handshake) -> dict[str, Any]:
    """A handshake as the account that it invites sees it."""
    return {
        "Id": handshake.id,
        "Arn": handshake.arn,
        "Action": handshake.action,
        "State": handshake.state,
        "Parties": [{"Type": "ACCOUNT", "Id": handshake.account_id}],
        "RequestedTimestamp": handshake.requested_at,
        "ExpirationTimestamp": handshake.expires_at,
    }


def test_somebody_elses_pending_invitation_is_a_warning() -> None:
    """E11: it is named and never answered; ours, closed ones and other actions are no strangers."""
    stranger = values.invitation(by=values.STRANGER, id="h-00stranger")
    others = (
        values.invitation(),
        values.invitation(by=values.STRANGER, state="EXPIRED"),
        values.invitation(by=values.STRANGER, action="TRANSFER_RESPONSIBILITY"),
    )

    def foreign(*received: Handshake) -> Finding:
        answer = {"Handshakes": [_received(handshake) for handshake in received]}
        (found,) = answering.look("E11", {"organizations:ListHandshakesForAccount": answer})
        return found

    found = foreign(stranger, *others)
    assert found.status is Verdict.WARN
    why = Message("invitation-foreign", handshake="h-00stranger", organization="o-stranger001", account="555555555555")
    assert found.evidence == Message("invitations-foreign", whys=[why])
    assert found.remedy == CATALOGUE["E11"].remedy
    nameless = foreign(replace(stranger, arn="arn:aws:organizations")).evidence
    unnamed = Message("invitation-foreign-unnamed", handshake="h-00stranger", arn="arn:aws:organizations")
    assert nameless == Message("invitations-foreign", whys=[unnamed])
    assert foreign(*others).status is Verdict.OK
    (closed,) = answering.look("E11", {"organizations:ListHandshakesForAccount": answering.DENIED})
    assert closed.status is Verdict.UNKNOWN


def _closed(cause: Exception) -> Finding:
    error = CredentialsError(free("Account 300000000001 cannot be entered.", "Let the role trust somebody."))
    error.__cause__ = cause
    return not_entered(Reports(CATALOGUE["E15"]).on(values.ACCOUNT), error)


def test_the_role_must_be_assumed_to_be_proven() -> None:
    """E15: refused is blocked, with AWS's words."""
    (found,) = answering.look("E15", {}, everything=False)
    assert found.status is Verdict.OK
    role = "arn:aws:iam::300000000001:role/OrganizationAccountAccessRole"
    assert found.evidence == Message("entrance-role", arn=role)
    found = _closed(ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "AssumeRole"))
    assert found.status is Verdict.BLOCK
    told = (str(found.evidence), found.remedy)
    assert told == ("Account 300000000001 cannot be entered", "Let the role trust somebody.")


def test_a_silent_sts_is_unknown_rather_than_a_missing_role() -> None:
    """E15: nobody has to change a trust policy because the network was down."""
    assert _closed(EndpointConnectionError(endpoint_url="https://sts")).status is Verdict.UNKNOWN


def test_standing_makes_free_checks_anew_and_keeps_the_others() -> None:
    """A finding of yesterday's lists is not believed; one that only the member could see is."""
    recorded = (
        Finding(values.ACCOUNT, "E7", Verdict.BLOCK, free("was a delegated administrator yesterday")),
        Finding(values.ACCOUNT, "E11", Verdict.WARN, free("somebody else invited it")),
    )
    found = {
        finding.check: finding
        for finding in standing(values.planned(), values.changed(HOME, findings={values.ACCOUNT: recorded}))
    }
    assert found["E7"].status is Verdict.OK
    assert found["E11"].status is Verdict.WARN
    of_accounts = {name for name, check in CATALOGUE.items() if check.is_free and check.concerns == "account"}
    assert set(found) == of_accounts | {"E11"}


def test_an_assessment_sorts_its_findings() -> None:
    """By account; who has no finding is unknown."""
    bad, general = Finding(values.ACCOUNT, "E1", Verdict.BLOCK, free("")), Finding("", "E8", Verdict.OK, free(""))
    assessment = Assessment((values.planned(), values.planned(values.OTHER)), (bad, general), values.NOW)
    assert assessment.of(values.ACCOUNT) == (bad,)
    assert assessment.of("") == (general,)
    assert assessment.worst() == {values.ACCOUNT: Verdict.BLOCK, values.OTHER: Verdict.UNKNOWN}


def test_what_has_not_ended_in_time_is_unknown() -> None:
    """Each of a task's checks that nobody could wait for; what had come to its end by then counts."""
    accesses: Any = (("member", None),)
    looking = _RunningTask(Task((values.planned(),), accesses, ("E15", "D7.sqs"), answering.BRIEF, 7, "us-east-1"))
    looking.found["E15"] = values.FINE
    assert [(found.check, found.status) for found in looking.result()] == [
        ("E15", Verdict.OK),
        ("D7.sqs", Verdict.UNKNOWN),
    ]
    overdue = Message("looking-overdue", span=timedelta(seconds=7))
    assert looking.result()[1].evidence == Message("look-prevented", why=overdue)
