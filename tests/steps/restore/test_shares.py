"""Shares that arrived accounts accept again: of their former owners, in every region, and never a stranger's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.rehearsal import Fault
from orgtools.steps import SHARES, Blocked, Do, Done, Wait
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, confirmed, do
from tests.said import says
from tests.steps import crash_wave
from tests.steps.crash_wave import Wave
from tests.steps.dying import dying

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

ACCOUNT, OWNER, _ = PLAIN
ONE: Final = (ACCOUNT,)
STRANGER: Final = "777777777777"
REGIONS: Final = ("us-east-1", "eu-central-1")
ASKING: Final = rehearsed.PROFILES + rehearsed.FAST + "[restore]\nshares = true\n"
ASKED: Final = {SHARES.name: ("restore", "shares = true\n")}
EVERYWHERE: Final = ASKING + '[assess]\nregions = ["us-east-1", "eu-central-1"]\n'


def _shared(rehearsal: Rehearsal) -> None:
    """Two shares of another account of the source: once the account has moved, invitations to it."""
    for name in ("network", "rules"):
        rehearsal.intervene("share", owner=crash_wave.OUTSIDE, account=crash_wave.FEW[0], name=name)


WAVES: Final = {
    SHARES.name: Wave(
        SHARES,
        {"AcceptResourceShareInvitation": crash_wave.ONE * 2},
        (steps.INVITE, steps.ACCEPT),
        crash_wave.ONE,
        "[restore]\nshares = true\n",
        begin=crash_wave.exported,
        furnish=_shared,
    )
}


def _arrived(run: Run, settings: str = ASKING, regions: tuple[str, ...] = REGIONS[:1]) -> orgtools.Migration:
    """A run whose first account had a share of another one in these regions, was exported, and has moved."""
    for region in regions:
        run.rehearsal.intervene("share", owner=OWNER, account=ACCOUNT, name="network", region=region)
    run.settings(settings)
    migration = run.open()
    assess.export(migration, ONE)
    run.rehearsal.intervene("join", account=ACCOUNT, organization=DESTINATION, unit="Workloads/Prod")
    return migration


def _invite(run: Run, owner: str = OWNER, **given: Any) -> str:
    made = run.rehearsal.intervene("share", owner=owner, account=ACCOUNT, **{"name": "network", **given})
    return str(made["invitation"])


def _status() -> dict[str, str]:
    """What became of each invitation in the first region, by its ARN."""
    found = rehearsed.inside(ACCOUNT, "ram").get_resource_share_invitations()["resourceShareInvitations"]
    return {one["resourceShareInvitationArn"]: one["status"] for one in found}


def _decision(migration: orgtools.Migration) -> steps.Decision:
    (decision,) = steps.preview(migration, SHARES, ONE).decisions
    return decision


def _accepting(run: Run) -> int:
    return len([call for call in run.changing() if call.operation == "AcceptResourceShareInvitation"])


def test_the_owners_invitation_is_accepted_once_and_a_strangers_is_left_alone(run: Run) -> None:
    """The stranger's is told of."""
    migration = _arrived(run)
    ours, strange = _invite(run), _invite(run, STRANGER)
    assert confirmed(do(migration, SHARES, ONE)) == {ACCOUNT}
    assert _status() == {ours: "ACCEPTED", strange: "PENDING"}
    decision = _decision(run.open())
    assert isinstance(decision, Done)
    assert says(decision.why, "regain-shares-left-alone", accounts=(STRANGER,))


def test_what_the_owner_has_not_shared_again_is_waited_for(run: Run) -> None:
    """With the owner's id: nobody else can do it."""
    decision = _decision(_arrived(run))
    assert isinstance(decision, Wait)
    assert says(decision.why, "regain-share-gone-in", account=OWNER, name="network")


def test_every_region_has_invitations_of_its_own(run: Run) -> None:
    """Each is accepted where it is; both are one decision."""
    migration = _arrived(run, EVERYWHERE, REGIONS)
    for region in REGIONS:
        _invite(run, region=region)
    decision = _decision(migration)
    assert isinstance(decision, Do)
    assert [call.region for call in decision.calls] == list(REGIONS)
    assert confirmed(do(migration, SHARES, ONE)) == {ACCOUNT}
    assert _accepting(run) == 2


def test_an_owner_that_migration_toml_names_needs_no_export(run: Run) -> None:
    """And without both, nothing is accepted and nothing is looked at."""
    run.settings(ASKING)
    run.rehearsal.intervene("join", account=ACCOUNT, organization=DESTINATION, unit="Workloads/Prod")
    invitation = _invite(run, STRANGER)
    assert isinstance(_decision(run.open()), Blocked)
    run.settings(f'{ASKING}share_owners = ["{STRANGER}"]\n')
    assert confirmed(do(run.open(), SHARES, ONE)) == {ACCOUNT}
    assert _status() == {invitation: "ACCEPTED"}


def test_shares_that_could_not_be_exported_block_and_say_what_to_name(run: Run) -> None:
    """An owner that nobody knows is a stranger."""
    _arrived(run, EVERYWHERE.replace("eu-central-1", "xx-nowhere-1"))
    path = run.folder / "exports" / f"{ACCOUNT}.json"
    path.write_text(path.read_text().replace('"xx-nowhere-1": []', '"xx-nowhere-1": null'))
    assert '"xx-nowhere-1": null' in path.read_text()
    decision = _decision(run.open())
    assert isinstance(decision, Blocked)
    assert says(decision.why, "regain-shares-not-exported-in", regions=("xx-nowhere-1",))
    assert "share_owners" in decision.next_step


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_is_settled_by_looking(run: Run, kind: Any) -> None:
    """What took effect is not done again."""
    migration = _arrived(run)
    _invite(run)
    run.rehearsal.script(Fault("AcceptResourceShareInvitation", kind, calls=[1]))
    assert confirmed(do(migration, SHARES, ONE)) == {ACCOUNT}
    assert _accepting(run) == 1 + (kind == "cut")
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]


@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_died_goes_on(run: Run, before: bool) -> None:
    """Before its call it is made by the next kernel, after it only confirmed."""
    migration = _arrived(run)
    _invite(run)

    with dying(before=before):
        do(migration, SHARES, ONE)
    with orgtools.open(run.folder) as again:
        do(again, SHARES, ONE)
        assert again.ledger.last(Kind.CONFIRMED, step="shares") is not None
        assert not again.ledger.unsettled("shares")
    assert _accepting(run) == 1


def test_an_invitation_that_expired_meanwhile_says_whom_to_ask(run: Run) -> None:
    """AWS's refusal, and the owner."""
    migration = _arrived(run)
    _invite(run)
    run.rehearsal.script(
        Fault("AcceptResourceShareInvitation", "refuse", calls=[1], code="ResourceShareInvitationExpiredException")
    )
    (outcome,) = do(migration, SHARES, ONE).outcomes
    assert outcome.status is steps.Status.REFUSED
    assert says(outcome.why, "aws-ResourceShareInvitationExpiredException")
    assert outcome.next_step
