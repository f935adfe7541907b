"""Calls for each account, counted at the server."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, steps
from orgtools.rehearsal.scenario.plain_wave import DESTINATION, SOURCE
from tests.benchmarks.waves import say
from tests.rehearsed import DECIDING, confirmed, do

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.rehearsal import LoggedCall
    from tests.benchmarks.waves import Waves

pytestmark = pytest.mark.benchmark

ACCOUNTS: Final = 40
STEPS: Final = (steps.INVITE, steps.ACCEPT, steps.PLACE)
ONCE: Final = dict.fromkeys(("InviteAccountToOrganization", "AssumeRole", "AcceptHandshake", "MoveAccount"), 1)
OWN_LIST: Final = "ListHandshakesForAccount"
"""Only the member sees it: once when it is assessed (E11), once right before it accepts."""


def test_an_account_is_called_for_once_by_each_operation(waves: Waves) -> None:
    """A direct transfer in one kernel: one invite, one assume-role, one accept, one move, and two lists of its own."""
    waves.new_world(ACCOUNTS)
    migration = waves.open(waves.new_run(ACCOUNTS))
    assess.assess(migration, checks=DECIDING)
    for step in STEPS:
        assert len(confirmed(do(migration, step))) == ACCOUNTS
    calls = waves.rehearsal.calls()
    most, shared = _most(calls), sum(_account(call) is None for call in calls)
    say(f"calls for an account: {', '.join(f'{most[name]} {name}' for name in ONCE)}")
    say(f"  and of its own list pages {most[OWN_LIST]}; shared by all {ACCOUNTS} of the wave: {shared} calls")
    assert most == ONCE | {OWN_LIST: 2}


def test_a_kernel_for_each_notebook_enters_each_account_once_more(waves: Waves) -> None:
    """Credentials are never written: those that one kernel was given are gone with it."""
    waves.new_world(ACCOUNTS)
    folder = waves.new_run(ACCOUNTS)
    assess.assess(waves.open(folder), checks=DECIDING)
    for step in STEPS:
        assert len(confirmed(do(waves.open(folder), step))) == ACCOUNTS
    most = _most(waves.rehearsal.calls())
    say(f"  with a kernel for each notebook: {most['AssumeRole']} AssumeRole (10_assess and 50_accept)")
    assert most == ONCE | {"AssumeRole": 2, OWN_LIST: 2}


def _most(calls: Iterable[LoggedCall]) -> dict[str, int]:
    """By operation, the most calls that any one account needed."""
    counted = Counter((account, call.operation) for call in calls if (account := _account(call)))
    most: dict[str, int] = {}
    for (_, operation), count in counted.items():
        most[operation] = max(count, most.get(operation, 0))
    return most


def _account(call: LoggedCall) -> str | None:
    """The member account that a call is for: the one that calls, or the one that is named; None for a shared list."""
    return call.account if call.caller_account in {SOURCE, DESTINATION} else call.caller_account
