"""Replicate: units of the source's tree are created below a unit of the destination, and nothing else happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from typer.testing import CliRunner

import orgtools
from orgtools import steps
from orgtools.aws import changing_call
from orgtools.cli import app
from orgtools.exceptions import ApprovalError, InputError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from orgtools.replica import MOST, PlannedUnit
from orgtools.steps import ACCEPT, INVITE, PLACE, REPLICATE, VERIFY, Blocked, Do, Done, Status, Wait
from orgtools.steps.core import perform
from tests import rehearsed, values
from tests.rehearsed import PLAIN, confirmed, do
from tests.said import says
from tests.steps.dying import dying

if TYPE_CHECKING:
    from tests.rehearsed import Run

NAMELESS: Final = ("CreateOrganizationalUnit",)
BELOW: Final = '[place]\nreplicate_below = "/Landing"\n'
MISSING: Final = (
    "/Landing/Elsewhere",
    "/Landing/Legacy/Online",
    "/Landing/Legacy/Online/Shop",
    "/Landing/Legacy/Prod",
)
ROWS: Final = f"""\
account_id,ou,wave
{PLAIN[0]},Landing/Legacy/Online/Shop,1
{PLAIN[1]},Landing/Legacy/Online,2
{PLAIN[2]},Workloads/Prod,1
"""


def _summed_up(missing: int, there: int) -> Message:
    parts = [Message("do-replicate", count=missing), Message("done-replicate", count=there)]
    return Message("summary", whys=parts)


def _trees() -> dict[str, Any]:
    tables = rehearsed.scenario()
    source, destination = tables["organizations"][:2]
    source["units"] = ["Legacy/Online/Shop", "Legacy/Prod", "Elsewhere"]
    destination["units"] = ["Landing/Legacy", "Workloads/Prod"]
    return tables


@pytest.fixture
def growing(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A source with six units, one of which the destination has; two accounts go where no unit is yet."""
    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", lambda _: None)
    run.rehearsal.reset(_trees())
    run.settings(rehearsed.PROFILES + rehearsed.FAST + BELOW)
    run.accounts(ROWS)
    return run


def _units(run: Run) -> Counter[str]:
    """Paths of the destination's units, as AWS has them."""
    with orgtools.open(run.folder) as migration:
        return Counter(unit.path for unit in migration.destination.observe(inviting=True).units.values())


def _whole(run: Run) -> None:
    """Every missing unit is there once; only CreateOrganizationalUnit changed anything; the ledger tells each."""
    held = _units(run)
    assert {path: held[path] for path in MISSING} == dict.fromkeys(MISSING, 1)
    assert len(held) == 1 + 4 + len(MISSING)
    changes = Counter((call.operation, call.code) for call in run.changing())
    assert changes[("CreateOrganizationalUnit", None)] == len(MISSING)
    assert {operation for operation, _ in changes} == {"CreateOrganizationalUnit"}
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []
        assert ledger.unsettled(REPLICATE.name) == {}
        assert ledger.unconfirmed(REPLICATE.name) == frozenset()
        assert {event.account_id for event in ledger.events(Kind.CONFIRMED, step=REPLICATE.name)} == set(MISSING)


def test_the_preview_names_what_is_missing_and_who_needs_it(growing: Run) -> None:
    """The whole tree of the source, parents first; nothing is changed."""
    shown = steps.preview(growing.open(), REPLICATE)
    assert [do.account_id for do in shown.to_do] == list(MISSING)
    assert shown.summary() == _summed_up(4, 1)
    assert shown.phrase == "replicate 4"
    assert isinstance(shown.by_account["/Landing/Legacy"], Done)
    missing, idle = Message("replicate-missing"), Message("replicate-not-needed")
    assert [do.why.facts["whys"] for do in shown.to_do] == [
        (missing, idle),
        (missing, Message("replicate-needed", count=2, wave=1)),
        (missing, Message("replicate-needed", count=1, wave=1)),
        (missing, idle),
    ]
    assert [do.calls[0].words for do in shown.to_do] == [
        Message("replicate-call", name="Elsewhere", parent="/Landing"),
        Message("replicate-call", name="Online", parent="/Landing/Legacy"),
        Message("replicate-call-after-parent", name="Shop", parent="/Landing/Legacy/Online"),
        Message("replicate-call", name="Prod", parent="/Landing/Legacy"),
    ]
    assert growing.changing() == []


def test_what_was_approved_is_created_parents_first_and_told_unit_by_unit(growing: Run) -> None:
    """One intention, one outcome and one confirmation for each unit; afterwards there is nothing to do."""
    with orgtools.open(growing.folder) as migration:
        assert confirmed(do(migration, REPLICATE)) == set(MISSING)
        told = [
            (event.kind, event.account_id)
            for event in migration.ledger.events(Kind.INTENDED, Kind.OUTCOME, step=REPLICATE.name)
        ]
        assert Counter(told) == Counter({(kind, path): 1 for kind in (Kind.INTENDED, Kind.OUTCOME) for path in MISSING})
        assert told.index((Kind.OUTCOME, MISSING[1])) < told.index((Kind.INTENDED, MISSING[2]))
        assert steps.preview(migration, REPLICATE).summary() == _summed_up(0, 5)
        assert steps.apply(migration, steps.preview(migration, REPLICATE), None).is_dry_run
    _whole(growing)


def test_without_an_approval_nothing_is_created(growing: Run) -> None:
    """And an approval of units approves no account's step."""
    migration = growing.open()
    shown = steps.preview(migration, REPLICATE)
    assert steps.apply(migration, shown, None).is_dry_run
    with pytest.raises(ApprovalError):
        steps.apply(migration, steps.preview(migration, PLACE), steps.approve(shown, "replicate 4"))
    assert growing.changing() == []


def test_an_account_waits_for_its_unit_and_is_placed_once_it_is_there(growing: Run) -> None:
    """It is planned into it, moves and arrives before; verifying says where to go on."""
    migration = growing.assessed()
    for step in (INVITE, ACCEPT):
        confirmed(do(migration, step, PLAIN[:1]))
    waiting = steps.preview(migration, PLACE, PLAIN[:1]).decisions[0]
    assert isinstance(waiting, Wait)
    assert waiting.why == Message("unit-create-first", unit="/Landing/Legacy/Online/Shop")
    missing = steps.preview(migration, VERIFY, PLAIN[:1]).decisions[0]
    assert isinstance(missing, Wait)
    assert missing.next_step == "Open 60_place."
    confirmed(do(migration, REPLICATE))
    assert confirmed(do(migration, PLACE, PLAIN[:1])) == set(PLAIN[:1])
    assert growing.account(PLAIN[0])["unit"] == "Landing/Legacy/Online/Shop"


def test_without_the_setting_no_unit_is_named_and_the_plan_may_not_hope_for_one(growing: Run) -> None:
    """The path of accounts.csv is as unknown as any other."""
    growing.accounts(f"account_id,ou\n{PLAIN[2]},Workloads/Prod\n")
    growing.settings(rehearsed.PROFILES + rehearsed.FAST)
    migration = growing.open()
    assert steps.preview(migration, REPLICATE).decisions == ()
    with pytest.raises(InputError) as refusal:
        steps.preview(migration, REPLICATE, MISSING[:1])
    assert refusal.value.message == Message("replicate-not-asked", unit=MISSING[0])
    growing.accounts(ROWS)
    with pytest.raises(InputError) as refusal:
        steps.preview(growing.open(), PLACE)
    assert says(refusal.value.message, "unit-missing-near", unit="/Landing/Legacy/Online")


def test_a_path_that_no_unit_of_the_source_has_is_still_refused(growing: Run) -> None:
    """A slip of the pen below the chosen unit creates nothing."""
    growing.accounts(f"account_id,ou\n{PLAIN[0]},Landing/Legacy/Onlin\n")
    with pytest.raises(InputError) as refusal:
        growing.open()
    assert says(refusal.value.message, "unit-missing-near", unit="/Landing/Legacy/Onlin")


def test_a_unit_that_is_not_there_cannot_be_replicated_below(growing: Run) -> None:
    """With the line of migration.toml that says so."""
    growing.accounts(f"account_id,ou\n{PLAIN[2]},Workloads/Prod\n")
    growing.settings(rehearsed.PROFILES + rehearsed.FAST + BELOW.replace("Landing", "Landed"))
    with pytest.raises(InputError) as refusal:
        steps.preview(growing.open(), REPLICATE)
    assert refusal.value.message == Message("replicate-below-missing", unit="/Landed")
    assert "replicate_below" in str(refusal.value)


def test_only_the_units_of_a_wave_or_some_named_ones_can_be_asked_for(growing: Run) -> None:
    """Nothing of the rest is created."""
    migration = growing.open()
    assert [do.account_id for do in steps.preview(migration, REPLICATE, wave=2).to_do] == ["/Landing/Legacy/Online"]
    assert confirmed(do(migration, REPLICATE, wave=2)) == {"/Landing/Legacy/Online"}
    named = steps.preview(migration, REPLICATE, ["/Landing/Elsewhere"])
    assert [do.account_id for do in named.to_do] == ["/Landing/Elsewhere"]
    with pytest.raises(InputError) as refusal:
        steps.preview(migration, REPLICATE, wave=9)
    assert says(refusal.value.message, "plan-wave-unknown", wave=9)


def test_a_unit_that_somebody_created_since_the_preview_ends_the_approval(growing: Run) -> None:
    """What would be done is not what was shown; the message names the unit."""
    migration = growing.open()
    shown = steps.preview(migration, REPLICATE)
    _create("Elsewhere")
    with pytest.raises(ApprovalError, match="/Landing/Elsewhere: approved: "):
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert [call.operation for call in growing.changing()] == ["CreateOrganizationalUnit"]


def test_a_unit_that_somebody_creates_in_the_same_moment_is_what_was_wanted(
    growing: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWS says DuplicateOrganizationalUnitException, and shows it: confirmed, and not there twice."""

    def make(client: Any, operation: str, parameters: dict[str, Any]) -> changing_call.Reply:
        if parameters["Name"] == "Elsewhere":
            _create("Elsewhere")
        return changing_call.call(client, operation, parameters)

    monkeypatch.setattr(perform, "make", make)
    assert confirmed(do(growing.open(), REPLICATE)) == set(MISSING)
    assert "DuplicateOrganizationalUnitException" in {call.code for call in growing.changing()}
    assert _units(growing)["/Landing/Elsewhere"] == 1


def test_a_duplicate_that_aws_does_not_show_yet_is_looked_for_again(growing: Run) -> None:
    """The refusal is no end: AWS is read anew, and what is then missing is created."""
    refusal = Fault("CreateOrganizationalUnit", "refuse", calls=[1], code="DuplicateOrganizationalUnitException")
    growing.rehearsal.script(refusal)
    assert confirmed(do(growing.open(), REPLICATE)) == set(MISSING)


def test_below_a_unit_that_aws_refuses_nothing_is_tried(growing: Run) -> None:
    """Its siblings are created; whoever stands below it is told what is missing above."""
    growing.settings(rehearsed.PROFILES + rehearsed.FAST + BELOW + "[engine]\nworkers = 1\n")
    growing.rehearsal.script(Fault("CreateOrganizationalUnit", "refuse", calls=[2], code="AccessDeniedException"))
    result = do(growing.open(), REPLICATE)
    found = {outcome.account_id: outcome for outcome in result.outcomes}
    refused = {path for path, outcome in found.items() if outcome.status is Status.REFUSED}
    assert refused == {MISSING[1], MISSING[2]}
    assert says(found[MISSING[2]].why, "replicate-parent-missing", parent="/Landing/Legacy/Online")
    assert "/Landing/Legacy/Online" in found[MISSING[2]].next_step
    assert len(growing.changing()) == 3
    confirmed(do(growing.open(), REPLICATE))


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, len(MISSING) + 1))
def test_a_process_that_dies_at_a_call_is_gone_on_from(growing: Run, at: int, *, before: bool) -> None:
    """A new kernel settles the intention by looking and creates what is left, each once."""
    growing.settings(rehearsed.PROFILES + rehearsed.FAST + BELOW + "[engine]\nworkers = 1\n")
    with orgtools.open(growing.folder) as migration, dying(at, before=before):
        do(migration, REPLICATE)
    with orgtools.open(growing.folder) as migration:
        do(migration, REPLICATE)
    _whole(growing)


@pytest.mark.parametrize("kind", ["lost", "cut", "throttle", "concurrent_modification"])
def test_a_doubtful_answer_is_settled_by_looking(growing: Run, kind: Any) -> None:
    """Whether the unit is there is read from AWS before it is created again."""
    growing.rehearsal.script(Fault("CreateOrganizationalUnit", kind, calls=[1, 2, 4]))
    with orgtools.open(growing.folder) as migration:
        assert confirmed(do(migration, REPLICATE)) == set(MISSING)
    _whole(growing)


def _empty() -> Any:
    return values.snapshot(values.source(), values.destination())


def test_what_would_lie_too_deep_is_blocked_with_what_to_change() -> None:
    """AWS allows five levels below the root."""
    fifth = ("Platform", "a", "b", "c", "d")
    assert isinstance(REPLICATE.decide(PlannedUnit(fifth), _empty()), Do)
    decision = REPLICATE.decide(PlannedUnit((*fifth, "e")), _empty())
    assert isinstance(decision, Blocked)
    assert says(decision.why, "replicate-too-deep", count=6, quota=5)
    assert "replicate_below" in decision.next_step


def test_a_name_with_a_slash_is_left_to_a_person() -> None:
    """Its path would be that of another unit."""
    decision = REPLICATE.decide(PlannedUnit(("Workloads/Prod",)), _empty())
    assert isinstance(decision, Blocked)
    assert says(decision.why, "replicate-slash", name="Workloads/Prod")


def test_no_more_units_are_begun_than_an_organization_may_have() -> None:
    """Counted with those that are there, the root left out; held back from the end."""
    many = {f"ou-{number}": values.unit(f"/Many-{number}", f"ou-{number}") for number in range(MOST - 2)}
    full = replace(_empty(), destination=replace(values.destination(), units=values.units() | many))
    wanted = [REPLICATE.decide(PlannedUnit((name,)), full) for name in ("a", "b", "c")]
    limited = REPLICATE.apply_limits(wanted, full)
    assert [type(decision) for decision in limited] == [Do, Do, Blocked]
    assert says(limited[-1].why, "replicate-quota-full", quota=2000)


def test_the_command_line_previews_and_does_exactly_that(growing: Run) -> None:
    """With the digest that it printed, also for one wave."""
    runner = CliRunner()
    first = runner.invoke(app, ["run", "replicate", "--wave", "2", "--folder", str(growing.folder)])
    assert f"replicate: {_summed_up(1, 1)}" in first.output
    again = first.output.rpartition("orgtools ")[2].split()
    second = runner.invoke(app, [*again, "--folder", str(growing.folder)])
    assert second.exit_code == 0, second.output
    assert _units(growing)["/Landing/Legacy/Online"] == 1


def _create(name: str) -> None:
    """Somebody else creates a unit below /Landing."""
    client = boto3.Session(profile_name="destination").client("organizations", region_name="us-east-1")
    root = client.list_roots()["Roots"][0]["Id"]
    units = client.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"]
    (landing,) = [unit["Id"] for unit in units if unit["Name"] == "Landing"]
    client.create_organizational_unit(ParentId=landing, Name=name)
