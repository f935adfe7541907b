"""Handshakes as a table, and what is remarkable about the pending ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools import invitations
from orgtools.aws.read.cloudtrail import DEPARTED, JOINED, TrailEvent
from orgtools.budget import Budget
from orgtools.findings import Verdict
from orgtools.ledger import Event, Kind
from orgtools.messages import Message
from orgtools.plan import Plan
from tests import values

if TYPE_CHECKING:
    from orgtools.aws.model import Side
    from orgtools.findings import Finding

_PLAN = Plan((values.planned(wave=2),))
_DAY = timedelta(days=1)


def test_one_row_for_each_handshake_pending_first() -> None:
    """The oldest pending one on top: it expires first."""
    side = values.destination(
        handshakes=(
            values.invitation(state="DECLINED", id="h-00closed1"),
            values.invitation(id="h-000000new", requested_at=values.NOW - _DAY),
            values.invitation(values.OTHER, id="h-000000old", requested_at=values.NOW - 5 * _DAY),
        )
    )
    table = invitations.table(invitations.listed(_PLAN, side, invitations.Evidence(names={values.OTHER: "shop"})))
    assert list(table.columns) == list(invitations.COLUMNS)
    assert list(table.index) == [1, 2, 3]
    assert list(table["handshake"]) == ["h-000000old", "h-000000new", "h-00closed1"]
    assert list(table["planned"]) == ["no", "yes", "yes"]
    assert list(table["wave"]) == ["", "2", "2"]
    assert list(table["name"]) == ["shop", "", ""]
    assert list(table["age"]) == [5 * _DAY, _DAY, _DAY]
    assert list(table["expires in"])[:2] == [14 * _DAY, 14 * _DAY]
    assert table["expires in"].isna()[3]
    assert set(table["inviter"]) == {values.DESTINATION.management_account_id}
    assert str(table["expires (UTC)"].dt.tz) == "UTC"


def test_no_handshakes_are_an_empty_table() -> None:
    """With its columns and their types, so that a notebook shows it all the same."""
    table = invitations.table(invitations.listed(_PLAN, values.destination()))
    assert table.empty
    assert list(table.columns) == list(invitations.COLUMNS)
    full = invitations.table(invitations.listed(_PLAN, values.destination(handshakes=(values.invitation(),))))
    assert dict(table.dtypes) == dict(full.dtypes)


def test_a_table_holds_facts_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes and lengths of time; a table of a Japanese process is the one of an English one."""
    sent = values.invitation(), values.invitation(values.OTHER, id="h-000000old", expires_at=None, requested_at=None)
    done = (Message("handshake-done", step="invite", event=12),)
    evidence = invitations.Evidence(runs={sent[0].id: done}, callers={sent[0].id: Message("caller-not-in-trail")})
    rows = invitations.listed(_PLAN, values.destination(handshakes=sent), evidence)
    known, unknown = sorted(rows, key=lambda row: row["handshake"])
    assert (known["run"], known["caller"], known["seen by"]) == (
        done,
        Message("caller-not-in-trail"),
        ("destination",),
    )
    assert (unknown["age"], unknown["expires in"], unknown["sent (UTC)"]) == (None, None, None)
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")
    assert invitations.listed(_PLAN, values.destination(handshakes=sent), evidence) == rows
    assert [str(invitations.rest(row)) for row in (known, unknown)] == ["14 日", "不明"]


def test_pending_and_not_planned_is_remarkable() -> None:
    """Also one to an address, whose account nobody knows; another action is none of our business."""
    sent = (
        values.invitation(values.OTHER),
        values.invitation(None, id="h-0000email1", target="a***@example.com"),  # type: ignore[arg-type]
        values.invitation(values.OTHER, state="CANCELED"),
        values.invitation(values.OTHER, action="TRANSFER_RESPONSIBILITY"),
    )
    found = invitations.findings(_PLAN, values.destination(handshakes=sent))
    assert [(finding.check, finding.account_id, finding.status) for finding in found] == [
        ("H1", values.OTHER, Verdict.WARN),
        ("H1", "", Verdict.WARN),
    ]
    assert [finding.evidence for finding in found] == [
        Message("invitation-unplanned", handshake="h-0000000001"),
        Message("invitation-unplanned-address", handshake="h-0000email1", name="a***@example.com"),
    ]
    assert found[0].remedy


def test_several_pending_ones_for_an_account_are_remarkable() -> None:
    """They are named, so that all but one can be cancelled."""
    sent = (values.invitation(id="h-000000one"), values.invitation(id="h-000000two"))
    (found,) = invitations.findings(_PLAN, values.destination(handshakes=sent))
    assert found.check == "H2"
    sender = Message("sender", organization="o-destinatn01")
    whys = [Message("invitation-from", handshake=one.id, sender=sender) for one in sent]
    assert found.evidence == Message("invitations-several", whys=whys)


def test_one_that_expires_soon_is_remarkable() -> None:
    """Within three days; not before."""
    soon = values.invitation(expires_at=values.NOW + 3 * _DAY - timedelta(seconds=1))
    later = values.invitation(expires_at=values.NOW + 3 * _DAY)
    (found,) = invitations.findings(_PLAN, values.destination(handshakes=(soon,)))
    assert found.check == "H3"
    left = 3 * _DAY - timedelta(seconds=1)
    assert found.evidence == Message("invitation-expires-soon", handshake=soon.id, span=left, until=soon.expires_at)
    assert invitations.findings(_PLAN, values.destination(handshakes=(later,))) == []


def test_a_closed_one_that_was_not_sent_again_is_remarkable() -> None:
    """Unless the account has arrived."""
    closed = (values.invitation(state="EXPIRED"),)
    (found,) = invitations.findings(_PLAN, values.destination(handshakes=closed))
    assert (found.check, found.account_id) == ("H4", values.ACCOUNT)
    assert found.evidence == Message("invitation-ended-unreplaced", handshake="h-0000000001", state="EXPIRED")
    assert invitations.findings(_PLAN, values.destination(values.member(), handshakes=closed)) == []
    again = (*closed, values.invitation(id="h-00000again"))
    assert invitations.findings(_PLAN, values.destination(handshakes=again)) == []


def test_a_foreign_handshake_says_nothing_about_our_accounts() -> None:
    """Only our own invitations are waited for."""
    foreign = values.invitation(by=values.STRANGER, state="DECLINED")
    assert invitations.findings(_PLAN, values.destination(handshakes=(foreign,))) == []


@pytest.mark.parametrize("state", ["DECLINED", "CANCELED"])
def test_declined_and_cancelled_count_as_closed(state: str) -> None:
    """Somebody said no, or took it back: the plan still says that the account comes."""
    (found,) = invitations.findings(_PLAN, values.destination(handshakes=(values.invitation(state=state),)))
    assert found.check == "H4"
    assert found.evidence == Message("invitation-ended-unreplaced", handshake="h-0000000001", state=state)


def test_a_handshake_that_several_show_stands_in_the_table_once() -> None:
    """With everybody who shows it, and each sender under its own name."""
    ours, back = values.invitation(), values.invitation(by=values.SOURCE, id="h-0000000back")
    foreign = values.invitation(by=values.STRANGER, id="h-00foreign1")
    evidence = invitations.Evidence(
        source=values.source(handshakes=(back,)), received={values.ACCOUNT: (ours, back, foreign)}
    )
    table = invitations.table(invitations.listed(_PLAN, values.destination(handshakes=(ours,)), evidence))
    told = {row["handshake"]: (row["invited by"], row["seen by"]) for row in table.to_dict("records")}
    assert told == {
        ours.id: ("destination", ("destination", "member")),
        back.id: ("source", ("source", "member")),
        foreign.id: ("somebody else", ("member",)),
    }


@pytest.mark.parametrize("half", [("222222222222", "o-stranger001"), ("555555555555", "o-destinatn01")])
def test_half_an_arn_of_ours_is_a_foreign_invitation(half: tuple[str, str]) -> None:
    """Management account and organization must both be ours."""
    arn = f"arn:aws:organizations::{half[0]}:handshake/{half[1]}/invite/h-0000000001"
    evidence = invitations.Evidence(received={values.ACCOUNT: (values.invitation(arn=arn),)})
    (row,) = invitations.listed(_PLAN, values.destination(), evidence)
    assert row["invited by"] == "somebody else"
    (found,) = invitations.findings(_PLAN, values.destination(), evidence)
    assert (found.check, found.status) == ("H5", Verdict.WARN)


@pytest.mark.parametrize(
    ("state", "status"),
    [("OPEN", Verdict.WARN), ("ACCEPTED", Verdict.BLOCK), ("DECLINED", None), ("CANCELED", None), ("EXPIRED", None)],
)
def test_a_foreign_invitation_is_remarkable_while_it_can_be_accepted_or_was(state: str, status: Verdict | None) -> None:
    """One that somebody refused is history."""
    foreign = values.invitation(by=values.STRANGER, state=state)
    found = invitations.findings(
        _PLAN, values.destination(), invitations.Evidence(received={values.ACCOUNT: (foreign,)})
    )
    assert [finding.status for finding in found if finding.check == "H5"] == ([status] if status else [])


def test_invitations_of_several_organizations_to_an_account_are_several() -> None:
    """AWS lets an organization send one at a time; two organizations can each send theirs."""
    foreign = values.invitation(by=values.STRANGER, id="h-00foreign1")
    found = invitations.findings(
        _PLAN,
        values.destination(handshakes=(values.invitation(),)),
        invitations.Evidence(received={values.ACCOUNT: (foreign,)}),
    )
    assert [finding.check for finding in found] == ["H2", "H5"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (values.source(values.member()), "invitation-accepted-in-source"),
        (values.source(), "invitation-accepted-nowhere"),
        (None, "invitation-accepted-not-arrived"),
    ],
)
def test_accepted_but_not_arrived_is_the_worst(source: Side | None, code: str) -> None:
    """Somebody accepted, and the account is somewhere else."""
    side = values.destination(handshakes=(values.invitation(state="ACCEPTED"),))
    (found,) = invitations.findings(_PLAN, side, invitations.Evidence(source=source))
    assert (found.check, found.status) == ("H6", Verdict.BLOCK)
    assert found.evidence.code == code


def test_accepted_and_in_its_unit_is_not_remarkable() -> None:
    """In another unit it is."""
    accepted = (values.invitation(state="ACCEPTED"),)
    there = values.destination(values.member(parent_id=values.PROD), handshakes=accepted)
    assert invitations.findings(_PLAN, there) == []
    elsewhere = values.destination(values.member(parent_id=values.TEST), handshakes=accepted)
    (found,) = invitations.findings(_PLAN, elsewhere)
    assert (found.check, found.status) == ("H6", Verdict.WARN)
    assert found.evidence == Message("account-misplaced", place="/Workloads/Test", unit="/Workloads/Prod")
    assert found.remedy


def test_a_budget_that_pending_invitations_use_up_is_remarkable_while_somebody_waits() -> None:
    """Both limits; with nobody left to invite neither matters."""
    pending = tuple(values.invitation(f"{number:012d}", id=f"h-{number:010d}") for number in range(20))
    side = values.destination(handshakes=pending, account_quota=21)

    def used_up(plan: Plan, quota: int) -> list[Finding]:
        found = invitations.findings(plan, side, budget=Budget.of(side, quota))
        return [finding for finding in found if finding.check == "H9"]

    (full,) = used_up(_PLAN, 21)
    assert full.evidence == Message(
        "account-quota-used-up", quota=21, members=1, pending=20, unplanned=20, count=len(_PLAN.accounts)
    )
    assert used_up(_PLAN, 22) == []
    assert used_up(Plan((values.planned(pending[0].target),)), 21) == []
    today = tuple(replace(sent, requested_at=values.NOW, state="CANCELED") for sent in pending[1:])
    tried = values.destination(handshakes=(replace(pending[0], requested_at=values.NOW), *today), account_quota=20)
    (found,) = (f for f in invitations.findings(_PLAN, tried, budget=Budget.of(tried)) if f.check == "H9")
    assert (found.check, found.until) == ("H9", (values.NOW + _DAY).isoformat())
    assert found.evidence == Message("invitations-used-up", count=1, until=values.NOW + _DAY)


def _told(account_id: str = values.ACCOUNT, name: str = JOINED, minutes: float = 0, how: str = "INVITED") -> TrailEvent:
    return TrailEvent("event-1", name, values.NOW + timedelta(minutes=minutes), "", account_id, "", how)


def _meant(step: str = "accept", account_id: str = values.ACCOUNT) -> Event:
    return Event(1, values.NOW, Kind.INTENDED, step, account_id, {}, "", "")


@pytest.mark.parametrize(
    ("side", "event", "intention", "explained"),
    [
        pytest.param("destination", _told(), _meant(), True, id="joined-by-accept"),
        pytest.param("source", _told(name=DEPARTED, how="LEFT"), _meant(), True, id="left-by-accept"),
        pytest.param("source", _told(name=DEPARTED, how="REMOVED"), _meant("leave"), True, id="left-by-leave"),
        pytest.param("destination", _told(), _meant("leave"), False, id="leaving-is-not-joining"),
        pytest.param("destination", _told(), _meant("invite"), False, id="inviting-is-not-joining"),
        pytest.param("destination", _told(values.OTHER), _meant(), False, id="another-account"),
        pytest.param("destination", _told(minutes=16), _meant(), False, id="another-time"),
        pytest.param("destination", _told(name=DEPARTED, how="LEFT"), _meant(), False, id="left-the-destination"),
        pytest.param("source", _told(), _meant(), False, id="joined-the-source"),
        pytest.param("source", _told(), _meant("accept-back"), True, id="back-by-accept"),
        pytest.param("destination", _told(name=DEPARTED, how="LEFT"), _meant("accept-back"), True, id="gone-by-accept"),
        pytest.param(
            "destination", _told(name=DEPARTED, how="REMOVED"), _meant("leave-back"), True, id="gone-by-leave"
        ),
        pytest.param("source", _told(name=DEPARTED, how="REMOVED"), _meant("leave-back"), False, id="not-its-leaving"),
    ],
)
def test_a_move_is_explained_by_this_runs_own_call_alone(
    side: str, event: TrailEvent, intention: Event, explained: bool
) -> None:
    """The same account, the same direction, the same moment."""
    found = invitations.moves({side: [event]}, [intention])
    assert [(finding.check, finding.status) for finding in found] == ([] if explained else [("H8", Verdict.WARN)])


def test_a_new_account_is_worth_a_word_and_no_alarm() -> None:
    """Organizations create accounts every day."""
    (found,) = invitations.moves({"source": [_told(how="CREATED")]}, [])
    assert (found.check, found.status) == ("H8", Verdict.INFO)


def test_lengths_of_time_are_words() -> None:
    """And never negative."""
    assert str(invitations.span(timedelta(days=3))) == "3 days"
    assert str(invitations.span(timedelta(hours=14))) == "14 hours"
    assert invitations.span(timedelta(0)) == invitations.span(-_DAY) == Message("span-over")
    assert invitations.span(None) == Message("not-given")
