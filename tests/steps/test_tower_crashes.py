"""Control Tower's steps when a process dies or an answer is doubtful: done once, told rightly, nobody locked out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.exceptions import ClientError

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.rehearsal import Fault
from orgtools.steps import ENROLL, UNENROLL, Done
from tests.rehearsed import DESTINATION, SOURCE, do
from tests.steps.dying import dying
from tests.steps.shared.test_control_tower import CHECKS, LATER, ONE, begin, begin_with_role, in_place, zone

if TYPE_CHECKING:
    from tests.rehearsed import Run

ROLES: Final = ("OrganizationAccountAccessRole", "AWSControlTowerExecution")
PRODUCT: Final = "TerminateProvisionedProduct"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's rests, and those of following, do not last."""
    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", lambda _: None)


def _unenroll(run: Run, *, auto: bool) -> tuple[steps.Step, str, tuple[str, ...]]:
    begin(run, source={"registered": ["Legacy"], "products": [ONE], "auto_enroll": auto})
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n")
    with orgtools.open(run.folder) as migration:
        assess.assess(migration, checks=CHECKS)
    return UNENROLL, SOURCE, ("MoveAccount", PRODUCT) if auto else (PRODUCT,)


def _register(run: Run) -> tuple[steps.Step, str, tuple[str, ...]]:
    begin(run, destination={"registered": ["Workloads", "Workloads/Test"]})
    run.accounts(f"account_id,ou\n{ONE},Workloads/Test\n")
    run.rehearsal.intervene("move", account=ONE, unit="Workloads/Test")
    return ENROLL, DESTINATION, ("ResetEnabledBaseline",)


def _factory(run: Run) -> tuple[steps.Step, str, tuple[str, ...]]:
    begin_with_role(run)
    in_place(run, ONE).close()
    return ENROLL, DESTINATION, ("ProvisionProduct",)


WAYS: Final = {
    "terminated": lambda run: _unenroll(run, auto=False),
    "moved out": lambda run: _unenroll(run, auto=True),
    "registered again": _register,
    "account factory": _factory,
}


def _somebody_enters() -> bool:
    """Whether either management account can assume either role in the account just now."""
    for side in ("source", "destination"):
        client = boto3.Session(profile_name=side).client("sts")
        for role in ROLES:
            try:
                client.assume_role(RoleArn=f"arn:aws:iam::{ONE}:role/{role}", RoleSessionName="watch")
            except ClientError:
                continue
            return True
    return False


def _to_the_end(run: Run, step: steps.Step) -> None:
    """New kernels, one after another, until there is nothing more to do."""
    for _ in range(4):
        with orgtools.open(run.folder) as migration:
            do(migration, step)
            assert _somebody_enters()
            run.rehearsal.advance(LATER)
            followed = steps.follow(migration, step)
            assert _somebody_enters()
            if isinstance(followed.by_account[ONE], Done):
                return
    pytest.fail(f"never done: {followed.by_account[ONE]}")


def _check(run: Run, step: steps.Step, organization: str, operations: tuple[str, ...]) -> None:
    """Each call took effect once; the ledger is whole and says of each intention what came of it; AWS has it so."""
    effective = Counter(call.operation for call in run.changing() if call.code is None and call.status == 200)
    assert effective == Counter(operations)
    assert (ONE in zone(run, organization)["enrolled"]) == (step is ENROLL)
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []
        assert ledger.unsettled(step.name) == {}
        assert [event.account_id for event in ledger.events(Kind.CONFIRMED, step=step.name)][-1:] == [ONE]
        assert "account-001@" not in str([event.data for event in ledger.events()])


@pytest.fixture(params=WAYS)
def way(run: Run, request: pytest.FixtureRequest) -> tuple[steps.Step, str, tuple[str, ...]]:
    """An account before the step, by each way: the step, whose Control Tower, and the calls that it takes."""
    return WAYS[request.param](run)


@pytest.mark.parametrize("before", [True, False], ids=["before the call", "after the call"])
def test_a_process_that_dies_at_the_call_is_gone_on_from(
    run: Run, way: tuple[steps.Step, str, tuple[str, ...]], *, before: bool
) -> None:
    """By a new kernel that reads AWS and the ledger; what was begun is never begun again."""
    with orgtools.open(run.folder) as migration, dying(before=before):
        do(migration, way[0])
    _to_the_end(run, way[0])
    _check(run, *way)


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_is_settled_by_looking(
    run: Run, way: tuple[steps.Step, str, tuple[str, ...]], kind: Any
) -> None:
    """Whether the call took effect is read from AWS before it is made again."""
    run.rehearsal.script(Fault(way[2][0], kind, calls=[1]))
    _to_the_end(run, way[0])
    _check(run, *way)
