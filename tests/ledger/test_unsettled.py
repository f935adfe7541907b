"""Which intentions have to be settled by looking at AWS, and which effects to be confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from orgtools.ledger import Kind, Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNT = "011111111101"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with one intention to invite."""
    with Ledger(tmp_path / "ledger.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as opened:
        opened.append(Kind.INTENDED, step="invite", account_id=ACCOUNT, operation="InviteAccountToOrganization")
        yield opened


def test_an_intention_without_an_outcome_is_unsettled(ledger: Ledger) -> None:
    """The process died between the two."""
    assert {account_id: event.number for account_id, event in ledger.unsettled("invite").items()} == {ACCOUNT: 1}


def test_an_outcome_settles_it(ledger: Ledger) -> None:
    """AWS answered, whatever it said."""
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=True, refused="ConcurrentModification")
    assert ledger.unsettled("invite") == {}


def test_an_outcome_without_an_answer_does_not_settle_it(ledger: Ledger) -> None:
    """The connection broke: AWS may have done it."""
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=False)
    assert ledger.unsettled("invite").keys() == {ACCOUNT}


def test_looking_at_aws_settles_it(ledger: Ledger) -> None:
    """What was observed is the outcome."""
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=False)
    ledger.append(Kind.SETTLED, step="invite", account_id=ACCOUNT, took_effect=True)
    assert ledger.unsettled("invite") == {}


def test_a_later_intention_is_unsettled_again(ledger: Ledger) -> None:
    """Each call stands for itself."""
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=True)
    ledger.append(Kind.INTENDED, step="invite", account_id=ACCOUNT)
    assert ledger.unsettled("invite")[ACCOUNT].number == 3


def test_steps_and_accounts_do_not_settle_one_another(ledger: Ledger) -> None:
    """Only the same step of the same account counts."""
    ledger.append(Kind.OUTCOME, step="accept", account_id=ACCOUNT, answered=True)
    ledger.append(Kind.OUTCOME, step="invite", account_id="022222222202", answered=True)
    assert ledger.unsettled("invite").keys() == {ACCOUNT}
    assert ledger.unsettled("accept") == {}


def test_what_took_effect_is_unconfirmed_until_it_is_seen(ledger: Ledger) -> None:
    """AWS took the call; where the account is, nobody has looked yet."""
    assert ledger.unconfirmed("invite") == frozenset()
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=True)
    assert ledger.unconfirmed("invite") == {ACCOUNT}
    assert ledger.unconfirmed("accept") == frozenset()
    ledger.append(Kind.CONFIRMED, step="invite", account_id=ACCOUNT)
    assert ledger.unconfirmed("invite") == frozenset()


@pytest.mark.parametrize("took_effect", [True, False])
def test_what_was_settled_is_unconfirmed_if_it_took_effect(ledger: Ledger, *, took_effect: bool) -> None:
    """The effect of one call is not yet the end of a step."""
    ledger.append(Kind.SETTLED, step="invite", account_id=ACCOUNT, took_effect=took_effect)
    assert ledger.unconfirmed("invite") == ({ACCOUNT} if took_effect else set())


def test_a_refusal_is_nothing_to_confirm(ledger: Ledger) -> None:
    """AWS did not take the call."""
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=True, refused="AccessDeniedException")
    ledger.append(Kind.OUTCOME, step="invite", account_id=ACCOUNT, answered=False, refused="ReadTimeoutError")
    assert ledger.unconfirmed("invite") == frozenset()
