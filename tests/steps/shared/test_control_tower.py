"""Control Tower on both sides, against the rehearsal: who is un-enrolled, who is enrolled, by which of four ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

from orgtools import assess, steps
from orgtools.aws.sessions.acting_as import ActingClient
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from orgtools.steps import ACCEPT, ENROLL, INVITE, PLACE, UNENROLL, Blocked, Do, Done, Status, Wait
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, RESIDENT, SOURCE, confirmed, do
from tests.said import says, tells

if TYPE_CHECKING:
    import orgtools
    from tests.rehearsed import Run

ONE, TWO, THREE = PLAIN
NAMELESS: Final = ("EnableBaseline", "ResetEnabledBaseline")
WITHOUT_RESOURCE: Final = ("EnableBaseline", "TerminateProvisionedProduct")
LATER: Final = timedelta(minutes=21)
ROWS: Final = f"account_id,ou\n{ONE},Workloads/Prod\n{TWO},Workloads/Prod\n{THREE},Workloads/Test\n"
REGISTERED: Final = ["Workloads", "Workloads/Prod"]
CHECKS: Final = (*rehearsed.DECIDING, "E17")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's rests, and those of following, do not last."""
    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", lambda _: None)


def begin(run: Run, *, source: dict[str, Any] | None = None, destination: dict[str, Any] | None = None) -> None:
    """The small scenario with landing zones; where the source has none, the accounts have arrived already."""
    given = rehearsed.scenario()
    old, new, _ = given["organizations"]
    given["invitations"] = []
    old["landing_zone"], new["landing_zone"] = source, destination
    if source is None:
        arriving = [table for table in old["accounts"] if table["id"] in PLAIN]
        old["accounts"] = [table for table in old["accounts"] if table["id"] not in PLAIN]
        role = {"name": "OrganizationAccountAccessRole", "trusts": [rehearsed.SOURCE_MANAGEMENT]}
        new["accounts"] += [{**table, "unit": "/", "joined": "INVITED", "roles": [role]} for table in arriving]
    run.rehearsal.reset(given)
    run.accounts(ROWS)
    run.settings(rehearsed.PROFILES + rehearsed.FAST)


def zone(run: Run, organization: str = DESTINATION) -> dict[str, Any]:
    """The truth of a landing zone."""
    found: dict[str, Any] = run.rehearsal.world()["organizations"][organization]["landing_zone"]
    return found


def decided(migration: orgtools.Migration, step: steps.Step) -> dict[str, steps.Decision]:
    """What a step would do with each account of the plan."""
    return dict(steps.preview(migration, step).by_account)


def in_place(run: Run, *accounts: str) -> orgtools.Migration:
    """A run whose arrived accounts somebody has put into their units."""
    for account_id in accounts:
        run.rehearsal.intervene(
            "move", account=account_id, unit="Workloads/Test" if account_id == THREE else "Workloads/Prod"
        )
    return run.open()


@pytest.mark.usefixtures("listed_or_asked")
def test_registering_the_unit_again_enrolls_all_that_are_in_it_and_names_them(run: Run) -> None:
    """One call for two accounts; neither is said to be enrolled before AWS lists it so."""
    begin(run, destination={"registered": REGISTERED})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    migration = in_place(run, ONE, TWO)
    found = decided(migration, ENROLL)
    first, second = found[ONE], found[TWO]
    assert isinstance(first, Do)
    assert first.calls[0].operation == "ResetEnabledBaseline"
    assert all(tells(first.why, account_id) for account_id in (ONE, TWO, RESIDENT))
    assert says(first.why, "enroll-not-by-itself")
    assert isinstance(second, Wait)
    assert tells(second.why, ONE)
    result = do(migration, ENROLL, (ONE, TWO))
    assert [outcome.status for outcome in result.outcomes] == [Status.UNCONFIRMED]
    assert says(result.outcomes[0].why, "tower-busy")
    run.rehearsal.advance(LATER)
    steps.follow(migration, ENROLL, [ONE, TWO])
    assert all(isinstance(decided(migration, ENROLL)[account_id], Done) for account_id in (ONE, TWO))
    assert [event.account_id for event in migration.ledger.events(Kind.CONFIRMED, step="enroll")] == [ONE]
    assert len(run.changing()) == 1


@pytest.mark.usefixtures("listed_or_asked")
def test_a_unit_that_holds_somebody_else_is_not_registered_unless_they_are_named(run: Run) -> None:
    """Nobody touches accounts that nobody named."""
    begin(run, destination={"registered": REGISTERED, "unenrolled": [RESIDENT]})
    decision = decided(in_place(run, ONE), ENROLL)[ONE]
    assert isinstance(decision, Blocked)
    assert tells(decision.why, RESIDENT)
    assert "also" in decision.next_step


def test_who_comes_into_the_unit_after_the_approval_stops_the_call(run: Run) -> None:
    """The last look is at the unit itself."""
    begin(run, destination={"registered": ["Workloads", "Workloads/Test"]})
    migration = in_place(run, THREE)
    precheck = ENROLL.precheck
    shown = steps.preview(migration, ENROLL, [THREE])

    def somebody_comes(*given: Any) -> None:
        run.rehearsal.intervene("move", account=RESIDENT, unit="Workloads/Test")
        precheck(*given)

    shown = replace(shown, step=replace(ENROLL, precheck=somebody_comes))
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert result.outcomes[0].status is Status.REFUSED
    assert RESIDENT in str(result.outcomes[0].why)
    assert run.changing() == []


def test_an_unregistered_unit_is_registered_once_its_parent_is(run: Run) -> None:
    """With the version that the other units have, and Identity Center's baseline."""
    begin(run, destination={"registered": []})
    migration = in_place(run, THREE)
    blocked = decided(migration, ENROLL)[THREE]
    assert isinstance(blocked, Blocked)
    assert "/Workloads" in blocked.next_step
    begin(run, destination={"registered": ["Workloads"]})
    migration = in_place(run, THREE)
    result = do(migration, ENROLL, (THREE,))
    assert result.outcomes[0].status is Status.UNCONFIRMED
    run.rehearsal.advance(LATER)
    assert isinstance(decided(migration, ENROLL)[THREE], Done)
    assert [call.operation for call in run.changing()] == ["EnableBaseline"]


def test_with_auto_enroll_moving_is_all_and_one_account_comes_into_a_unit_at_a_time(run: Run) -> None:
    """Placing says what follows; enrolling only looks on."""
    begin(run, destination={"registered": REGISTERED, "auto_enroll": True})
    migration = run.open()
    shown = steps.preview(migration, PLACE)
    assert [do.account_id for do in shown.to_do] == [ONE, THREE]
    assert says(shown.to_do[0].calls[0].words, "tower-enrolls-then")
    assert shown.to_do[1].calls[0].words.code == "place-call-move"
    confirmed(do(migration, PLACE))
    found = decided(migration, ENROLL)
    assert isinstance(found[ONE], Wait)
    assert isinstance(found[TWO], Wait)
    assert "60_place" in str(found[TWO].why)
    assert steps.preview(migration, PLACE).to_do == ()
    run.rehearsal.advance(LATER)
    followed = steps.follow(migration, ENROLL, [ONE])
    assert isinstance(followed.by_account[ONE], Done)
    confirmed(do(migration, PLACE))
    assert isinstance(decided(migration, ENROLL)[TWO], Wait)
    assert {call.operation for call in run.changing()} == {"MoveAccount"}


@pytest.mark.usefixtures("listed_or_asked")
def test_somebody_elses_account_at_work_in_the_unit_holds_the_next_back(run: Run) -> None:
    """Whoever moved it there, and whether the plan names it or not: one account comes into a unit at a time."""
    begin(run, destination={"registered": REGISTERED, "auto_enroll": True, "unenrolled": [RESIDENT]})
    run.rehearsal.intervene("move", account=RESIDENT, unit="/")
    destination = run.open().observe().destination
    (prod,) = destination.units_at("/Workloads/Prod")
    boto3.Session(profile_name="destination").client("organizations").move_account(
        AccountId=RESIDENT, SourceParentId=destination.root.id, DestinationParentId=prod.id
    )
    shown = steps.preview(run.open(), PLACE)
    assert [do.account_id for do in shown.to_do] == [THREE]
    assert says(shown.by_account[ONE].why, "place-one-at-a-time")


def test_without_auto_enroll_placing_says_that_the_unit_drifts(run: Run) -> None:
    """A plain move leaves the account un-enrolled."""
    begin(run, destination={"registered": REGISTERED})
    words = steps.preview(run.open(), PLACE, [ONE]).to_do[0].calls[0].words
    assert says(words, "tower-drifts-then")
    assert "70_enroll" in str(words)


def test_account_factory_needs_the_execution_role_and_sends_the_e_mail_address_that_nobody_keeps(run: Run) -> None:
    """It is neither in the preview nor in the ledger; AWS got it all the same, or would have refused."""
    begin(run, destination={"registered": REGISTERED, "unenrolled": [RESIDENT]})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\naccount_factory = ["{ONE}"]\n')
    migration = in_place(run, ONE)
    blocked = decided(migration, ENROLL)[ONE]
    assert isinstance(blocked, Blocked)
    assert "AWSControlTowerExecution" in str(blocked.why)
    given = rehearsed.scenario()
    begin_with_role(run)
    migration = in_place(run, ONE)
    shown = steps.preview(migration, ENROLL, [ONE])
    assert shown.to_do[0].calls[0].operation == "ProvisionProduct"
    result = do(migration, ENROLL, (ONE,))
    assert result.outcomes[0].status is Status.UNCONFIRMED
    run.rehearsal.advance(LATER)
    assert isinstance(decided(migration, ENROLL)[ONE], Done)
    assert RESIDENT not in zone(run)["enrolled"]
    email = given["organizations"][0]["accounts"][0]["email"]
    assert email not in str(shown.decisions)
    assert email.encode() not in (run.folder / "ledger.sqlite").read_bytes()


def begin_with_role(run: Run, landing_zone: dict[str, Any] | None = None, **more: Any) -> None:
    """As `begin`, and the first account lets the destination's Control Tower in."""
    given = rehearsed.scenario()
    old, new, _ = given["organizations"]
    given["invitations"] = []
    roles = [
        {"name": "OrganizationAccountAccessRole", "trusts": [rehearsed.SOURCE_MANAGEMENT]},
        {"name": "AWSControlTowerExecution", "trusts": [rehearsed.DESTINATION_MANAGEMENT]},
    ]
    table = {**old["accounts"].pop(0), "unit": "/", "joined": "INVITED", "roles": roles, **more}
    new["accounts"].append(table)
    new["landing_zone"] = landing_zone or {"registered": REGISTERED, "unenrolled": [RESIDENT]}
    run.rehearsal.reset(given)
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n")
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\naccount_factory = ["/Workloads/Prod"]\n')


def test_who_accepted_with_a_session_is_looked_into_by_the_destination(run: Run) -> None:
    """The source's Identity Center gives no session any more of an account that has left; the destination gets in."""
    trusted = [rehearsed.DESTINATION_MANAGEMENT]
    names = ("OrganizationAccountAccessRole", "AWSControlTowerExecution")
    begin_with_role(run, roles=[{"name": name, "trusts": trusted} for name in names])
    with (run.folder / "migration.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"[access.accounts]\n{ONE} = 'identity-center'\n[access.identity_center]\n")
        settings.write(f"profile = 'people'\npermission_set = 'Accept'\ncache = '{run.folder}'\n")
    shown = steps.preview(in_place(run, ONE), ENROLL, [ONE])
    assert [call.operation for do in shown.to_do for call in do.calls] == ["ProvisionProduct"]


def test_a_config_recorder_blocks_before_anything_is_called(run: Run) -> None:
    """Control Tower would refuse the account; what to delete is said."""
    begin_with_role(run, config_regions=["us-east-1"])
    decision = decided(in_place(run, ONE), ENROLL)[ONE]
    assert isinstance(decision, Blocked)
    assert "recorder default in us-east-1" in str(decision.why)
    assert "delete-configuration-recorder" in decision.next_step


def test_config_resources_that_aws_support_has_allowed_enroll_by_registering_a_unit_with_config_baseline(
    run: Run,
) -> None:
    """Blocked until migration.toml names the account; then the unit is registered again with the baseline it has."""
    landing_zone = {"version": "4.0", "registered": ["Workloads"], "config_baseline": ["Workloads/Prod"]}
    begin_with_role(run, landing_zone | {"config_allowed": [ONE]}, config_regions=["us-east-1"])
    assert isinstance(decided(in_place(run, ONE), ENROLL)[ONE], Blocked)
    named = f'[control_tower]\nalso = ["{RESIDENT}"]\nconfig_allowed = ["{ONE}"]\n'
    run.settings(rehearsed.PROFILES + rehearsed.FAST + named)
    migration = run.open()
    do(migration, ENROLL, (ONE,))
    run.rehearsal.advance(LATER)
    assert isinstance(decided(migration, ENROLL)[ONE], Done)
    assert [call.operation for call in run.changing()] == ["ResetEnabledBaseline"]
    assert zone(run)["baselines"][ONE] == "ConfigBaseline"


def test_a_failure_is_told_in_aws_words_and_its_product_is_cleaned_up_before_the_next_try(run: Run) -> None:
    """The recorder came while Account Factory worked."""
    begin_with_role(run)
    migration = in_place(run, ONE)
    do(migration, ENROLL)
    client = _recorder(migration, ONE)
    client.put_configuration_recorder(ConfigurationRecorder={"name": "late", "roleARN": "arn:aws:iam::1:role/x"})
    run.rehearsal.advance(LATER)
    decision = decided(migration, ENROLL)[ONE]
    assert isinstance(decision, Blocked)
    assert "AWS says: AWS Control Tower cannot enroll" in str(decision.why)
    client.delete_configuration_recorder(ConfigurationRecorderName="late")
    retry = decided(migration, ENROLL)[ONE]
    assert isinstance(retry, Do)
    assert retry.calls[0].operation == "TerminateProvisionedProduct"
    do(migration, ENROLL)
    run.rehearsal.advance(LATER)
    do(migration, ENROLL)
    run.rehearsal.advance(LATER)
    assert isinstance(decided(migration, ENROLL)[ONE], Done)
    assert zone(run)["products"] == {ONE: "AVAILABLE"}


def test_a_lost_answer_is_settled_by_what_aws_is_at_work_on(run: Run) -> None:
    """Nothing is called twice, and a new kernel goes on looking at the same operation."""
    begin(run, destination={"registered": ["Workloads", "Workloads/Test"]})
    in_place(run, THREE)
    run.rehearsal.script(Fault("ResetEnabledBaseline", "lost", calls=[1]))
    result = do(run.open(), ENROLL, (THREE,))
    assert result.outcomes[0].status is Status.UNCONFIRMED
    again = run.open()
    assert isinstance(decided(again, ENROLL)[THREE], Wait)
    settled = list(again.ledger.events(Kind.SETTLED, step="enroll"))
    assert [event.data["took_effect"] for event in settled] == [True]
    run.rehearsal.advance(LATER)
    steps.follow(again, ENROLL, [THREE])
    assert [event.account_id for event in again.ledger.events(Kind.CONFIRMED, step="enroll")] == [THREE]
    assert len(run.changing()) == 1


def _recorder(migration: orgtools.Migration, account_id: str) -> Any:
    """AWS Config inside an account: what a recorder there does to enrolling, its people may do at any time."""
    inside = migration.member(account_id)
    return ActingClient(inside.access.members_client("config", region="us-east-1"), inside.actor)


@pytest.mark.parametrize("way", ["registered again", "account factory"])
@pytest.mark.parametrize("again", [False, True], ids=["still blocked", "to be tried again"])
def test_a_lost_answer_whose_operation_failed_is_told_as_begun_and_failed(run: Run, way: str, *, again: bool) -> None:
    """AWS took the call, and gave up later: neither "took no effect" nor silence about why."""
    if way == "account factory":
        begin_with_role(run)
    else:
        begin(run, destination={"registered": REGISTERED, "unenrolled": [ONE]})
        run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    migration = in_place(run, ONE)
    operation = "ProvisionProduct" if way == "account factory" else "ResetEnabledBaseline"
    run.rehearsal.script(Fault(operation, "lost", calls=[1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orgtools.steps.core.rounds.Rounds._look", _died)
        with pytest.raises(KeyboardInterrupt):
            do(migration, ENROLL, (ONE,))
    client = _recorder(migration, ONE)
    client.put_configuration_recorder(ConfigurationRecorder={"name": "late", "roleARN": "arn:aws:iam::1:role/x"})
    run.rehearsal.advance(LATER)
    if again:
        run.rehearsal.world()  # the operation has ended by now
        client.delete_configuration_recorder(ConfigurationRecorderName="late")
    later = run.open()
    (decision,) = steps.preview(later, ENROLL, [ONE]).decisions
    assert isinstance(decision, Do if again else Blocked)
    assert decision.why.code == "tower-begun-and-failed"
    steps.apply(later, steps.preview(later, ENROLL, [ONE]), None)
    (settled,) = later.ledger.events(Kind.SETTLED, step="enroll")
    assert settled.data["took_effect"]
    assert "AWS Control Tower cannot enroll account" in str(Message.from_json(settled.data["observed"]))
    assert later.ledger.unsettled("enroll") == {}


def test_what_failed_before_the_lost_call_is_not_told_of_it(run: Run) -> None:
    """The last operation on the unit is an older one, of somebody else: the call itself did not reach AWS."""
    begin(run, destination={"registered": REGISTERED, "unenrolled": [ONE]})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    migration = in_place(run, ONE)
    client = _recorder(migration, ONE)
    desk: Any = migration.destination.access.client("controltower", changing=True)
    client.put_configuration_recorder(ConfigurationRecorder={"name": "late", "roleARN": "arn:aws:iam::1:role/x"})
    held = desk.list_enabled_baselines()["enabledBaselines"]
    (unit,) = (one["arn"] for one in held if one["targetIdentifier"].endswith(run.account(ONE)["parent"]))
    desk.reset_enabled_baseline(enabledBaselineIdentifier=unit)
    run.rehearsal.advance(LATER)
    client.delete_configuration_recorder(ConfigurationRecorderName="late")
    run.rehearsal.script(Fault("ResetEnabledBaseline", "cut", calls=[1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orgtools.steps.core.rounds.Rounds._look", _died)
        with pytest.raises(KeyboardInterrupt):
            do(migration, ENROLL, (ONE,))
    later = run.open()
    steps.apply(later, steps.preview(later, ENROLL, [ONE]), None)
    (settled,) = later.ledger.events(Kind.SETTLED, step="enroll")
    assert not settled.data["took_effect"]


def _died(_: Any) -> None:
    raise KeyboardInterrupt


def assessed(run: Run) -> orgtools.Migration:
    """A run whose accounts were assessed, Control Tower too."""
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    return migration


@pytest.mark.parametrize(
    ("table", "calls", "left_over"),
    [
        ({"registered": ["Legacy"]}, ["TerminateProvisionedProduct"], ""),
        ({"registered": ["Legacy"], "auto_enroll": True}, ["MoveAccount"], "TAINTED"),
        ({"config_baseline": ["Legacy"], "version": "4.0"}, ["MoveAccount", "DisableBaseline"], "AVAILABLE"),
        ({"config_baseline": ["Legacy"], "version": "4.0", "auto_enroll": True}, ["MoveAccount"], "TAINTED"),
    ],
    ids=["terminated", "moved to the root", "ConfigBaseline disabled", "ConfigBaseline left by a move"],
)
def test_un_enrolling_clears_the_way_for_the_invitation_one_account_at_a_time(
    run: Run, table: dict[str, Any], calls: list[str], left_over: str
) -> None:
    """By each way that the baseline and auto-enroll ask for; what is left over is cleaned up; E17 is clear then."""
    begin(run, source={**table, "products": list(PLAIN)})
    migration = assessed(run)
    assert not steps.preview(migration, INVITE).to_do
    assert says(decided(migration, INVITE)[ONE].why, "obstacle", check="E17")
    for account_id in (ONE, TWO):
        shown = steps.preview(migration, UNENROLL)
        assert [do.account_id for do in shown.to_do] == [account_id]
        assert [call.operation for call in shown.to_do[0].calls] == calls
        assert all(
            says(held.why, "unenroll-another-first", account=account_id)
            for held in shown.decisions
            if isinstance(held, Wait)
        )
        do(migration, UNENROLL)
        begun = steps.preview(migration, UNENROLL)
        assert not begun.to_do
        waiting = [held.why for held in begun.decisions if isinstance(held, Wait) and held.account_id != account_id]
        assert all(why == Message("unenroll-busy", account=account_id) for why in waiting)
        assert waiting or account_id == TWO
        run.rehearsal.advance(LATER)
        if left_over:
            left = steps.preview(migration, UNENROLL)
            assert left.to_do[0].why == Message("unenroll-product-left", state=left_over)
            do(migration, UNENROLL)
            run.rehearsal.advance(LATER)
        assert isinstance(decided(migration, UNENROLL)[account_id], Done)
    assert set(zone(run, SOURCE)["products"]) == {THREE}
    assert "OrganizationAccountAccessRole" in run.account(ONE)["roles"]
    assess.assess(migration, [ONE, TWO], checks=CHECKS)
    assert {do.account_id for do in steps.preview(migration, INVITE).to_do} == {ONE, TWO}
    do(migration, INVITE)
    confirmed(do(migration, ACCEPT, (ONE, TWO)))


def test_who_could_not_move_keeps_its_guard_rails(run: Run) -> None:
    """A block that un-enrolling does not clear comes first."""
    begin(run, source={"registered": ["Legacy"], "products": list(PLAIN)})
    run.rehearsal.intervene("delegate", account=ONE, service="guardduty.amazonaws.com")
    decision = decided(assessed(run), UNENROLL)[ONE]
    assert isinstance(decision, Blocked)
    assert decision.why.code == "unenroll-for-nothing"
    assert "E7" in str(decision.why)


def test_an_account_is_not_un_enrolled_whose_only_way_in_would_go(run: Run) -> None:
    """The execution role is taken away; entering by it would end."""
    begin(run, source={"registered": ["Legacy"], "products": list(PLAIN)})
    run.settings(rehearsed.PROFILES + rehearsed.FAST + '[access]\nrole = "AWSControlTowerExecution"\n')
    decision = decided(assessed(run), UNENROLL)[ONE]
    assert isinstance(decision, Blocked)
    assert "OrganizationAccountAccessRole" in decision.next_step


@pytest.mark.parametrize("auto", [False, True], ids=["terminated", "moved to the root"])
def test_an_account_that_nobody_could_enter_afterwards_is_not_un_enrolled(run: Run, *, auto: bool) -> None:
    """Its role exists and trusts nobody: only Control Tower's own role lets the source in, and that would go.

    It does not hold up the one behind it; and who takes the trust away when all is approved is seen at the last look.
    """
    run.accounts(ROWS)
    tables = rehearsed.scenario()
    old = tables["organizations"][0]
    tables["invitations"] = []
    role, trusted = "OrganizationAccountAccessRole", [rehearsed.SOURCE_MANAGEMENT]
    old["landing_zone"] = {"registered": ["Legacy"], "products": [ONE, TWO], "auto_enroll": auto}
    for table in old["accounts"][:2]:
        table["roles"] = [{"name": role, "trusts": trusted}]
    run.rehearsal.reset(tables)
    migration = assessed(run)
    run.rehearsal.intervene("trust", account=ONE, role=role, trusts=[])
    shown = steps.preview(migration, UNENROLL)
    blocked = shown.by_account[ONE]
    assert isinstance(blocked, Blocked)
    assert blocked.why.code == "unenroll-put-back-role-shut"
    assert "111111111111" in blocked.next_step
    assert [do.account_id for do in shown.to_do] == [TWO]
    run.rehearsal.intervene("trust", account=ONE, role=role, trusts=trusted)

    def taken_away(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
        run.rehearsal.intervene("trust", account=ONE, role=role, trusts=[])
        UNENROLL.precheck(holder, account_id, call)

    (outcome,) = do(migration, replace(UNENROLL, precheck=taken_away), (ONE,)).outcomes
    assert outcome.status is Status.REFUSED
    assert says(outcome.why, "unenroll-put-back-role-shut")
    assert run.changing() == []
    run.rehearsal.intervene("trust", account=ONE, role=role, trusts=trusted)
    assert do(migration, UNENROLL, (ONE,)).outcomes[0].status is Status.UNCONFIRMED


def test_the_way_back_of_an_un_enrolled_account_is_told(run: Run) -> None:
    """How it is enrolled again, and what does not come back."""
    begin(run, source={"registered": ["Legacy"], "products": list(PLAIN)})
    migration = assessed(run)
    do(migration, UNENROLL)
    run.rehearsal.advance(LATER)
    (way,) = steps.ways_back(migration, [ONE])
    assert way.stands.code == "stands-unenrolled"
    assert [told.code for told in way.undo] == ["back-reenroll"]
    assert [told.code for told in way.lost] == ["back-drift"]


def test_without_landing_zones_both_steps_have_nothing_to_do(run: Run) -> None:
    """And say so, after one look each."""
    run.accounts(ROWS)
    migration = run.open()
    for step in (UNENROLL, ENROLL):
        assert {type(decision) for decision in decided(migration, step).values()} == {Done}


def test_a_landing_zone_that_may_not_be_seen_is_not_none(run: Run) -> None:
    """What to grant is said."""
    run.accounts(ROWS)
    migration = run.open()
    run.rehearsal.script(Fault("ListLandingZones", "refuse", probability=1.0, code="AccessDeniedException"))
    for step in (UNENROLL, ENROLL):
        for decision in decided(migration, step).values():
            assert isinstance(decision, Blocked)
            assert "controltower:ListLandingZones" in decision.next_step
