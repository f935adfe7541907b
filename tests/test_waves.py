"""Proposed waves: whatever the plan is, every account is in one wave and none has more than it may hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtools.budget import Budget
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.plan import Plan, PlannedAccount
from orgtools.waves import propose
from tests import values

if TYPE_CHECKING:
    from orgtools.waves import By

_UNITS: Final = ("/Prod", "/Test", "/Platform/Shared", "/")
_ways = st.sampled_from(("size", "ou", "quota"))
_budgets = st.builds(
    Budget,
    members=st.integers(0, 30),
    pending=st.integers(0, 5),
    account_quota=st.none() | st.integers(10, 40),
    attempts=st.integers(0, 45),
    frees_at=st.just(values.NOW),
)


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    """Up to eighty accounts in four units, in waves already."""
    rows = draw(st.lists(st.tuples(st.sampled_from(_UNITS), st.integers(1, 3)), max_size=80))
    return Plan(tuple(PlannedAccount(f"3{number:011}", ou, wave) for number, (ou, wave) in enumerate(rows)))


def _plan(*units: tuple[str, int], wave: int = 1) -> Plan:
    """So many accounts of each unit, in turn."""
    ous = [ou for ou, count in units for _ in range(count)]
    return Plan(tuple(PlannedAccount(f"3{number:011}", ou, wave) for number, ou in enumerate(ous)))


def _sizes(plan: Plan) -> list[int]:
    return [len(plan.wave(number)) for number in plan.waves]


class TestWhateverThePlan:
    """Properties of every proposal."""

    @given(_plans(), _ways, st.integers(1, 30), _budgets)
    def test_every_account_is_in_one_wave_and_nothing_else_of_it_changes(
        self, plan: Plan, by: By, size: int, budget: Budget
    ) -> None:
        """The same rows in the same order; only the number of the wave may differ."""
        proposed = propose(plan, by, size=size, budget=budget).plan
        assert [replace(account, wave=1) for account in proposed.accounts] == [
            replace(account, wave=1) for account in plan.accounts
        ]
        assert proposed.waves == tuple(range(1, len(proposed.waves) + 1))

    @given(_plans(), _ways, st.integers(1, 30), _budgets)
    def test_no_wave_holds_more_than_it_may(self, plan: Plan, by: By, size: int, budget: Budget) -> None:
        """Neither more than the size, nor, by quota, than the invitations of its day."""
        sizes = _sizes(propose(plan, by, size=size, budget=budget).plan)
        assert all(count <= size for count in sizes)
        if by == "quota" and sizes:
            assert sizes[0] <= (budget.attempts_left or budget.attempts_daily)
            assert all(count <= budget.attempts_daily for count in sizes)

    @given(_plans(), st.sampled_from(("size", "ou")), st.integers(1, 30))
    def test_a_unit_that_fits_into_a_wave_is_not_divided(self, plan: Plan, by: By, size: int) -> None:
        """And by unit no wave holds two of them; those that were divided are named."""
        proposal = propose(plan, by, size=size)
        waves_of = {ou: {a.wave for a in proposal.plan.accounts if a.ou == ou} for ou in _UNITS}
        for ou, count in Counter(account.ou for account in plan.accounts).items():
            assert len(waves_of[ou]) == -(-count // size)
        assert proposal.split == tuple(sorted(ou for ou, waves in waves_of.items() if len(waves) > 1))
        if by == "ou":
            assert all(len({a.ou for a in proposal.plan.wave(n)}) == 1 for n in proposal.plan.waves)

    @given(_plans(), _ways, st.integers(1, 30), _budgets)
    def test_proposing_again_changes_nothing(self, plan: Plan, by: By, size: int, budget: Budget) -> None:
        """The order of the plan decides; nothing depends on the waves that it had."""
        once = propose(plan, by, size=size, budget=budget)
        again = propose(once.plan, by, size=size, budget=budget)
        assert again.plan == once.plan
        assert (again.changed, again.replaced) == ((), ())

    @given(_plans(), st.integers(1, 3), st.integers(1, 30), st.data())
    def test_what_is_kept_and_what_is_not_asked_for_stays(
        self, plan: Plan, wave: int, size: int, data: st.DataObject
    ) -> None:
        """Accounts that are invited keep their wave, other waves are left alone, and none of either gets company."""
        if wave not in plan.waves:
            return
        keep = data.draw(st.sets(st.sampled_from([a.account_id for a in plan.accounts])))
        proposed = propose(plan, "size", size=size, wave=wave, keep=keep).plan
        stay = [a for a in plan.accounts if a.account_id in keep or a.wave != wave]
        assert [proposed.by_id[a.account_id] for a in stay] == stay
        theirs = {a.wave for a in stay}
        assert all(a in stay or a.wave not in theirs for a in proposed.accounts)


def test_units_fill_waves_in_the_order_of_the_plan() -> None:
    """A small unit goes where there is room for all of it, before a new wave is made."""
    plan = _plan(("/Prod", 3), ("/Test", 3), ("/Platform", 2))
    proposal = propose(plan, "size", size=5)
    assert [sorted({a.ou for a in proposal.plan.wave(n)}) for n in proposal.plan.waves] == [
        ["/Platform", "/Prod"],
        ["/Test"],
    ]


def test_the_first_wave_by_quota_has_what_is_left_of_today() -> None:
    """Ten of twenty-five invitations are used: fifteen, then twenty-five a day."""
    budget = Budget(members=0, pending=0, account_quota=25, attempts=10, frees_at=values.NOW)
    proposal = propose(_plan(("/Prod", 50)), "quota", budget=budget)
    assert _sizes(proposal.plan) == [15, 25, 10]
    assert proposal.remarks == (Message("proposal-quota-lacks", quota=25, missing=25),)


def test_by_quota_the_first_wave_waits_where_nothing_is_left_of_today() -> None:
    """It has a whole day's invitations, and it is said when the first may be sent."""
    budget = Budget(members=0, pending=0, account_quota=100, attempts=100, frees_at=values.NOW)
    proposal = propose(_plan(("/Prod", 101)), "quota", budget=budget)
    assert _sizes(proposal.plan) == [100, 1]
    assert proposal.remarks[-1] == Message("proposal-invitations-used-up", until=values.NOW)


def test_an_unknown_quota_is_said() -> None:
    """AWS's least number of invitations is taken for granted, and no more."""
    budget = Budget(members=0, pending=0, account_quota=None, attempts=0, frees_at=None)
    proposal = propose(_plan(("/Prod", 21)), "quota", budget=budget)
    assert _sizes(proposal.plan) == [20, 1]
    assert proposal.remarks == (Message("proposal-quota-unread", limit=20),)


def test_a_plan_of_one_wave_was_not_divided_by_anybody_and_one_of_several_was() -> None:
    """Only the latter is something that a proposal would replace."""
    plan = _plan(("/Prod", 4))
    assert propose(plan, "size", size=2).replaced == ()
    made = plan.assign([plan.accounts[0].account_id], ou="/Prod", wave=2)
    assert propose(made, "size", size=4).replaced == (2,)


@pytest.mark.parametrize(
    ("how", "wrong"),
    [
        ({"by": "size"}, Message("proposal-without-size")),
        ({"by": "ou", "size": 0}, Message("proposal-without-size")),
        ({"by": "quota"}, Message("proposal-without-budget")),
        ({"by": "moon"}, Message("proposal-way-unknown", given="moon", keys=["size", "ou", "quota"])),
        ({"by": "ou", "wave": 7}, Message("proposal-wave-unknown", wave=7, waves=[1])),
    ],
)
def test_what_cannot_be_meant_is_refused(how: dict[str, object], wrong: Message) -> None:
    """With what to do instead."""
    with pytest.raises(InputError) as refused:
        propose(_plan(("/Prod", 2)), **how)  # type: ignore[arg-type]
    assert refused.value.message == wrong
    assert refused.value.next_step


def test_more_waves_than_the_file_may_hold_are_refused() -> None:
    """accounts.csv counts to 9999."""
    with pytest.raises(InputError) as refused:
        propose(_plan(("/Prod", 10_000)), "size", size=1)
    assert refused.value.message == Message("proposal-too-many-waves", number=9999)
