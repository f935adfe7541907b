"""What somebody consented to, and no more: whatever others do meanwhile, and however often a wave is resumed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from IPython.utils.capture import capture_output

from orgtools import assess, steps, ui
from orgtools.exceptions import ApprovalError
from orgtools.rehearsal import Fault
from orgtools.steps import WAVE, Pausing, Reached, Status
from orgtools.ui import tables
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, RESIDENT, SOURCE, STANDALONE, confirmed
from tests.said import says
from tests.steps.shared.test_control_tower import CHECKS, REGISTERED, begin, zone
from tests.steps.wave.test_through_landing_zones import Looking

if TYPE_CHECKING:
    from collections.abc import Callable

    import orgtools
    from orgtools.steps import Notice
    from tests.rehearsed import Run

ONE, TWO, THREE = PLAIN


def _approved(shown: steps.Preview) -> steps.Approval:
    return steps.approve(shown, shown.phrase)


def _at(account_id: str, step: str, act: Callable[[], object]) -> Callable[[Notice], None]:
    """Somebody acts when an account has come to a step."""

    def watch(notice: Notice) -> None:
        if isinstance(notice, Reached) and (notice.account_id, notice.step) == (account_id, step):
            act()

    return watch


def _press() -> None:
    raise KeyboardInterrupt


def _interrupted(migration: orgtools.Migration, shown: steps.Preview, watch: Callable[[Notice], None]) -> None:
    with pytest.raises(KeyboardInterrupt):
        steps.apply(migration, shown, _approved(shown), watch=watch)


def _organizations() -> Any:
    return boto3.Session(profile_name="destination").client("organizations")


def _invited_and_cancelled() -> None:
    """By the destination's own people, by hand."""
    client = _organizations()
    sent = client.invite_account_to_organization(Target={"Id": ONE, "Type": "ACCOUNT"})["Handshake"]
    client.cancel_handshake(HandshakeId=sent["Id"])


def _towers(run: Run) -> orgtools.Migration:
    """One account that the source's Control Tower governs, and that goes first."""
    run.rehearsal.set_speed(rehearsed.STILL)
    begin(run, source={"registered": ["Legacy"], "products": [ONE], "unenrolled": [TWO, THREE]})
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n")
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    return migration


def _is_asked_again(migration: orgtools.Migration, digest: str, accounts: list[str] | None = None) -> None:
    again = steps.preview(migration, WAVE, accounts)
    assert again.to_do
    assert again.approved is None
    with pytest.raises(ApprovalError):
        steps.approve_digest(again, digest)


def test_who_was_moved_out_of_its_unit_again_is_not_moved_back_under_the_old_consent(run: Run) -> None:
    """A call uses up the consent to it."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])
    confirmed(steps.apply(migration, shown, _approved(shown)))
    run.rehearsal.intervene("move", account=ONE, unit="/")
    _is_asked_again(migration, shown.digest, [ONE, TWO])


def test_who_was_brought_home_does_not_go_again_under_the_old_consent(run: Run) -> None:
    """Another step of this run took it back: that is an objection."""
    migration = _towers(run)
    shown = steps.preview(migration, WAVE)
    confirmed(steps.apply(migration, shown, _approved(shown), watch=Looking(run)))
    for _ in range(4):
        run.rehearsal.advance(timedelta(days=1, hours=1))
        back = steps.next_back(migration, [ONE])
        if not back.to_do:
            break
        steps.apply(migration, back, _approved(back))
    run.rehearsal.advance(timedelta(days=1, hours=1))
    assert run.account(ONE)["organization"] == SOURCE
    _is_asked_again(migration, shown.digest)


def test_a_second_invitation_is_another_consent_also_after_another_step(run: Run) -> None:
    """Un-enrolled, invited, and the invitation cancelled: what is left began before."""
    migration, looking = _towers(run), Looking(run)
    shown = steps.preview(migration, WAVE)

    def watch(notice: Notice) -> None:
        looking(notice)
        _at(ONE, "accept", lambda: run.rehearsal.intervene("cancel", handshake=next(iter(run.handshakes(ONE)))))(notice)

    steps.apply(migration, shown, _approved(shown), watch=watch)
    _is_asked_again(migration, shown.digest)


def test_an_invitation_that_somebody_cancelled_before_its_turn_is_not_sent(run: Run) -> None:
    """Not while the wave runs, and not when it is resumed."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])
    result = steps.apply(migration, shown, _approved(shown), watch=_at(ONE, "invite", _invited_and_cancelled))
    assert {one.account_id: one.status for one in result.outcomes} == {ONE: Status.CHANGED, TWO: Status.CONFIRMED}
    assert run.account(ONE)["organization"] == SOURCE
    _is_asked_again(migration, shown.digest, [ONE, TWO])


def test_an_invitation_that_somebody_cancelled_before_a_restart_is_not_sent(run: Run) -> None:
    """Nobody of this run had invited the account yet."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE])
    _interrupted(migration, shown, _at(ONE, "invite", _press))
    assert steps.preview(migration, WAVE, [ONE]).approved
    _invited_and_cancelled()
    _is_asked_again(migration, shown.digest, [ONE])


@pytest.mark.parametrize("more", ["", '[access]\nrole = "Other"\n'], ids=["handover", "access"])
def test_other_settings_are_approved_anew(run: Run, more: str) -> None:
    """Who was to be let in first, and by which role accounts are entered, was part of what was shown."""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[handover]\nprepare = true\n")
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE])
    _interrupted(migration, shown, _at(ONE, "prepare", _press))
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}{more}")
    again = steps.preview(run.open(), WAVE, [ONE])
    assert again.approved is None


def test_enrolling_binds_every_account_of_the_unit(run: Run) -> None:
    """Somebody's account comes into the unit after it was shown whom registering it again concerns."""
    run.rehearsal.set_speed(rehearsed.STILL)
    begin(run, destination={"registered": REGISTERED})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    run.accounts(f"account_id,ou,wave\n{ONE},Workloads/Prod,1\n{TWO},Workloads/Prod,2\n")
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    shown = steps.preview(migration, WAVE, wave=1)
    assert RESIDENT in str(shown.to_do[0].why), "who is concerned is shown"
    run.rehearsal.intervene("move", account=TWO, unit="Workloads/Prod")
    assert steps.preview(migration, WAVE, wave=1).digest != shown.digest
    with pytest.raises(ApprovalError):
        steps.apply(migration, shown, _approved(shown))


def test_who_comes_into_the_unit_while_the_wave_runs_is_not_enrolled_with_it(run: Run) -> None:
    """The account of the wave stops before it is enrolled."""
    run.rehearsal.set_speed(rehearsed.STILL)
    begin(run, destination={"registered": REGISTERED})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    run.accounts(f"account_id,ou,wave\n{ONE},Workloads/Prod,1\n{TWO},Workloads/Prod,2\n")
    migration, looking = run.open(), Looking(run)
    assess.assess(migration, checks=CHECKS)
    shown = steps.preview(migration, WAVE, wave=1)

    def watch(notice: Notice) -> None:
        looking(notice)
        _at(ONE, "enroll", lambda: run.rehearsal.intervene("move", account=TWO, unit="Workloads/Prod"))(notice)

    result = steps.apply(migration, shown, _approved(shown), watch=watch)
    assert [one.status for one in result.outcomes] == [Status.CHANGED]
    assert not {ONE, TWO} & set(zone(run)["enrolled"])


def test_a_unit_that_took_another_name_meanwhile_is_not_the_planned_one(run: Run) -> None:
    """Looked at before the move, and before anything is called confirmed."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE])

    def renamed() -> None:
        client = _organizations()
        (top,) = (unit for unit in _below(client, "r-dst1") if unit["Name"] == "Workloads")
        (held,) = (unit for unit in _below(client, top["Id"]) if unit["Name"] == "Prod")
        client.update_organizational_unit(OrganizationalUnitId=held["Id"], Name="Quarantine")
        client.create_organizational_unit(ParentId=top["Id"], Name="Prod")

    (outcome,) = steps.apply(migration, shown, _approved(shown), watch=_at(ONE, "place", renamed)).outcomes
    assert outcome.status is Status.CHANGED
    assert run.account(ONE)["unit"] != "Workloads/Quarantine"


def _below(client: Any, parent: str) -> Any:
    return client.list_organizational_units_for_parent(ParentId=parent)["OrganizationalUnits"]


def test_a_row_that_was_taken_out_of_the_plan_ends_the_way_of_its_account(run: Run) -> None:
    """While the wave runs: an account that the plan does not name is not touched."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])
    rows = [row for row in rehearsed.ACCOUNTS.splitlines() if not row.startswith(ONE)]
    result = steps.apply(
        migration, shown, _approved(shown), watch=_at(ONE, "accept", lambda: run.accounts("\n".join((*rows, ""))))
    )
    assert {one.account_id: one.status for one in result.outcomes} == {ONE: Status.CHANGED, TWO: Status.CONFIRMED}
    assert says(result.outcomes[0].why, "wave-row-changed", step="accept")
    assert run.account(ONE)["organization"] == SOURCE


def test_a_plan_that_cannot_be_found_stops_the_wave_in_words(run: Run) -> None:
    """An editor that writes a file anew takes it away for a moment; what is left goes on when it is there again."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])
    file, aside = run.folder / "accounts.csv", run.folder / "aside.csv"
    result = steps.apply(migration, shown, _approved(shown), watch=_at(ONE, "accept", lambda: file.rename(aside)))
    assert result.stopped
    assert result.stopped.code == "file-missing"
    assert {one.account_id for one in result.outcomes} == {ONE, TWO}
    aside.rename(file)
    again = steps.preview(migration, WAVE, [ONE, TWO])
    confirmed(steps.apply(migration, again, steps.resume(again)))


def test_who_says_that_it_is_in_a_third_organization_is_not_said_to_be_in_none(run: Run) -> None:
    """Somebody else took it in while it stood alone."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [STANDALONE])
    joins = _at(
        STANDALONE, "accept", lambda: run.rehearsal.intervene("join", account=STANDALONE, organization=rehearsed.THIRD)
    )
    (outcome,) = steps.apply(migration, shown, _approved(shown), watch=joins).outcomes
    assert outcome.status is Status.REFUSED
    assert says(outcome.why, "accept-in-third-organization", organization=rehearsed.THIRD)
    assert not says(outcome.why, "wave-left-alone")
    assert outcome.next_step


def test_one_move_into_a_unit_at_a_time_also_after_a_restart(run: Run) -> None:
    """Who was moved before the interrupt is not enrolled yet, whatever AWS shows of that: the next one waits."""
    run.rehearsal.set_speed(rehearsed.STILL)
    begin(run, destination={"registered": REGISTERED, "auto_enroll": True})
    run.accounts("account_id,ou\n" + "".join(f"{one},Workloads/Prod\n" for one in PLAIN))
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    shown = steps.preview(migration, WAVE)
    _interrupted(migration, shown, _at(ONE, "enroll", _press))
    again = steps.preview(migration, WAVE)
    looking = Looking(run)
    with capture_output():
        board = ui.Progress(again)

    def watch(notice: Notice) -> None:
        board(notice)
        looking(notice)

    result = steps.apply(migration, again, steps.resume(again), watch=watch)
    assert "3 of 3 accounts in place" in board.html
    assert len(tables.outcomes(result.outcomes, again.snapshot.names)) == len(PLAIN)
    assert confirmed(result) == set(PLAIN), "also who only waited for Control Tower is told of"
    moves = [call.at for call in run.changing() if call.operation == "MoveAccount"]
    assert min(later - earlier for earlier, later in pairwise(moves)) >= timedelta(minutes=20)
    assert looking.most[DESTINATION] == 1


def test_aws_may_go_on_between_the_preview_and_the_word_resume(run: Run) -> None:
    """The calls that are left are the same; only what AWS is at work on is not."""
    run.rehearsal.set_speed(rehearsed.STILL)
    begin(run, source={"registered": ["Legacy"], "products": [ONE, TWO], "unenrolled": [THREE]})
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n{TWO},Workloads/Prod\n")
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    shown = steps.preview(migration, WAVE)
    _interrupted(migration, shown, lambda notice: _press() if isinstance(notice, Pausing) else None)
    again = steps.preview(migration, WAVE)
    approval = steps.resume(again)
    run.rehearsal.advance(timedelta(minutes=21))
    assert confirmed(steps.apply(migration, again, approval, watch=Looking(run))) == {ONE, TWO}


def test_who_is_in_no_organization_when_the_wave_stops_comes_first(run: Run) -> None:
    """With what to do about it; and it is not said that it was not started."""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[engine]\nbreaker = 1\nworkers = 1\n")
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, STANDALONE])

    def refused() -> None:
        run.rehearsal.script(Fault("AcceptHandshake", "refuse", probability=1.0, code="AccessDeniedException"))

    result = steps.apply(migration, shown, _approved(shown), watch=_at(STANDALONE, "leave", refused))
    alone = [one for one in result.outcomes if run.account(one.account_id)["organization"] is None]
    if alone:  # whether it left before the breaker stopped the wave is chance
        assert result.outcomes[0].account_id == STANDALONE
        assert says(result.outcomes[0].why, "wave-left-alone")
    assert Status.NOT_STARTED not in {one.status for one in result.outcomes}
    assert all(one.next_step for one in result.outcomes)


def test_what_passes_does_not_end_a_wave(run: Run) -> None:
    """AWS does not show its lists for a while, and then does: told while it lasts, by account and in AWS's words."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE)
    pauses: list[Pausing] = []

    def silent() -> None:
        run.rehearsal.script(Fault("ListHandshakesForOrganization", "server_error", probability=1.0, times=12))

    def watch(notice: Notice) -> None:
        _at(ONE, "accept", silent)(notice)
        if isinstance(notice, Pausing):
            pauses.append(notice)

    result = steps.apply(migration, shown, _approved(shown), watch=watch)
    assert not result.stopped
    assert {one.status for one in result.outcomes} <= {Status.CONFIRMED, Status.UNCONFIRMED}
    assert any("ListHandshakesForOrganization" in str(why) for pause in pauses for why in pause.working.values())
    again = steps.preview(migration, WAVE)
    if again.to_do:
        confirmed(steps.apply(migration, again, steps.resume(again)))


def test_what_aws_does_not_show_when_the_wave_has_stopped_is_said(run: Run) -> None:
    """What was done is told all the same, and nobody is told that nothing was changed."""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[engine]\nbreaker = 1\nworkers = 1\n")
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])

    def refused() -> None:
        run.rehearsal.script(
            Fault("AcceptHandshake", "refuse", probability=1.0, code="AccessDeniedException"),
            Fault("ListAccounts", "refuse", probability=1.0, code="AccessDeniedException"),
        )

    result = steps.apply(
        migration,
        shown,
        _approved(shown),
        watch=lambda notice: refused() if isinstance(notice, Reached) and notice.step == "accept" else None,
    )
    assert result.stopped
    assert {one.account_id for one in result.outcomes} == {ONE, TWO}
    assert Status.CONFIRMED not in {one.status for one in result.outcomes}
    assert all(one.next_step for one in result.outcomes)
    assert len([call for call in run.changing() if call.operation == "InviteAccountToOrganization"]) == 2
