"""Handshakes as a table, and what is remarkable about the pending ones."""

from __future__ import annotations

from datetime import timedelta

from orgtools import handshakes
from orgtools.findings import Status
from orgtools.plan import Plan
from tests import values

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
    table = handshakes.table(_PLAN, side, names={values.OTHER: "shop"})
    assert list(table.columns) == list(handshakes.COLUMNS)
    assert list(table.index) == [1, 2, 3]
    assert list(table["handshake"]) == ["h-000000old", "h-000000new", "h-00closed1"]
    assert list(table["planned"]) == ["no", "yes", "yes"]
    assert list(table["wave"]) == ["", "2", "2"]
    assert list(table["name"]) == ["shop", "", ""]
    assert list(table["age"]) == ["5 days", "a day", "a day"]
    assert list(table["expires in"]) == ["14 days", "14 days", ""]
    assert set(table["inviter"]) == {values.DESTINATION.management_account_id}
    assert str(table["expires (UTC)"].dt.tz) == "UTC"


def test_no_handshakes_are_an_empty_table() -> None:
    """With its columns, so that a notebook shows it all the same."""
    table = handshakes.table(_PLAN, values.destination())
    assert table.empty
    assert list(table.columns) == list(handshakes.COLUMNS)


def test_pending_and_not_planned_is_remarkable() -> None:
    """Also one to an address, whose account nobody knows; another action is none of our business."""
    sent = (
        values.invitation(values.OTHER),
        values.invitation(None, id="h-0000email1", target="a***@example.com"),  # type: ignore[arg-type]
        values.invitation(values.OTHER, state="CANCELED"),
        values.invitation(values.OTHER, action="TRANSFER_RESPONSIBILITY"),
    )
    found = handshakes.findings(_PLAN, values.destination(handshakes=sent))
    assert [(finding.check, finding.account_id, finding.status) for finding in found] == [
        ("H1", values.OTHER, Status.WARN),
        ("H1", "", Status.WARN),
    ]
    assert "leaves it alone" in found[0].remedy


def test_several_pending_ones_for_an_account_are_remarkable() -> None:
    """They are named, so that all but one can be cancelled."""
    sent = (values.invitation(id="h-000000one"), values.invitation(id="h-000000two"))
    (found,) = handshakes.findings(_PLAN, values.destination(handshakes=sent))
    assert found.check == "H2"
    assert {"h-000000one", "h-000000two"} <= set(found.evidence.replace(",", "").split())


def test_one_that_expires_soon_is_remarkable() -> None:
    """Within three days; not before."""
    soon = values.invitation(expires_at=values.NOW + 3 * _DAY - timedelta(seconds=1))
    later = values.invitation(expires_at=values.NOW + 3 * _DAY)
    (found,) = handshakes.findings(_PLAN, values.destination(handshakes=(soon,)))
    assert found.check == "H3"
    assert "expires in 2 days" in found.evidence
    assert handshakes.findings(_PLAN, values.destination(handshakes=(later,))) == []


def test_a_closed_one_that_was_not_sent_again_is_remarkable() -> None:
    """Unless the account has arrived."""
    closed = (values.invitation(state="EXPIRED"),)
    (found,) = handshakes.findings(_PLAN, values.destination(handshakes=closed))
    assert (found.check, found.account_id) == ("H4", values.ACCOUNT)
    assert "was expired" in found.evidence
    assert handshakes.findings(_PLAN, values.destination(values.member(), handshakes=closed)) == []
    again = (*closed, values.invitation(id="h-00000again"))
    assert handshakes.findings(_PLAN, values.destination(handshakes=again)) == []


def test_a_foreign_handshake_says_nothing_about_our_accounts() -> None:
    """Only our own invitations are waited for."""
    foreign = values.invitation(by=values.STRANGER, state="DECLINED")
    assert handshakes.findings(_PLAN, values.destination(handshakes=(foreign,))) == []


def test_lengths_of_time_are_words() -> None:
    """And never negative."""
    assert handshakes.span(timedelta(days=3)) == "3 days"
    assert handshakes.span(timedelta(hours=14)) == "14 hours"
    assert handshakes.span(timedelta(0)) == handshakes.span(-_DAY) == "now"
