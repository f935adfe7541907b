"""The state board against the rehearsal: its columns, and the notebook that it sends to next."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools import assess, policies, ui
from orgtools.steps import ACCEPT, ENROLL, INVITE, PLACE, PREPARE, REPLICATE, REVOKE, UNENROLL
from orgtools.ui import showing
from tests import rehearsed
from tests.rehearsed import PLAIN, do

if TYPE_CHECKING:
    from tests.rehearsed import Run

ROW = f"account_id,ou\n{PLAIN[0]},Workloads/Prod\n"
HANDOVER = "[handover]\nprepare = true\nrevoke = true\n"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of everything that is displayed during the test."""
    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    return pieces


def test_the_board_leads_through_the_hand_over(run: Run, shown: list[str]) -> None:
    """In the order of the notebooks, and after its end to the record."""
    run.accounts(ROW)
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER)
    migration = run.assessed()
    led = []
    for step in (INVITE, PREPARE, ACCEPT, PLACE, REVOKE):
        shown.clear()
        ui.board(migration)
        led.append(f"Next: open {step.notebook};" in "".join(shown))
        do(migration, step)
    assert led == [True] * 5
    shown.clear()
    ui.board(migration)
    page = "".join(shown)
    assert "Next: open 80_verify, then 90_record." in page
    assert ">prepare<" in page
    assert ">revoke<" in page


def test_without_a_hand_over_the_board_does_not_speak_of_it(run: Run, shown: list[str]) -> None:
    """No column, and nothing to wait for."""
    run.accounts(ROW)
    migration = run.assessed()
    do(migration, INVITE)
    ui.board(migration)
    page = "".join(shown)
    assert "Next: open 50_accept;" in page
    assert ">prepare<" not in page
    assert ">revoke<" not in page


def test_with_landing_zones_the_board_leads_out_of_one_and_into_the_other(run: Run, shown: list[str]) -> None:
    """A column for each; while AWS is at work, it says where to wait."""
    tables = rehearsed.scenario()
    source, destination = tables["organizations"][:2]
    source["landing_zone"] = {"registered": ["Legacy"], "products": [PLAIN[0]]}
    destination["landing_zone"] = {"registered": ["Workloads", "Workloads/Test"]}
    run.rehearsal.reset(tables)
    run.accounts(f"account_id,ou\n{PLAIN[0]},Workloads/Test\n")
    migration, checks = run.open(), (*rehearsed.DECIDING, "E17")

    def page() -> str:
        shown.clear()
        ui.board(migration)
        return "".join(shown)

    assess.assess(migration, checks=checks)
    told = page()
    assert "Next: open 25_unenroll; 1 account due there." in told
    assert all(f">{step.name}<" in told for step in (UNENROLL, INVITE, ACCEPT, PLACE, ENROLL))
    do(migration, UNENROLL)
    assert "Next: open 25_unenroll and wait for AWS; it is working on 1 account." in page()
    run.rehearsal.advance(timedelta(minutes=21))
    assess.assess(migration, checks=checks)
    for step in (INVITE, ACCEPT, PLACE, ENROLL):
        assert f"Next: open {step.notebook}; 1 account due there." in page()
        do(migration, step)
    assert "Next: open 70_enroll and wait for AWS; it is working on 1 account." in page()
    run.rehearsal.advance(timedelta(minutes=21))
    assert "Next: open 80_verify, then 90_record." in page()


def test_without_a_landing_zone_the_board_does_not_speak_of_control_tower(run: Run, shown: list[str]) -> None:
    """Neither a column nor a remark."""
    run.accounts(ROW)
    ui.board(run.assessed())
    page = "".join(shown)
    assert ">unenroll<" not in page
    assert ">enroll<" not in page
    assert "Could not check" not in page


def test_a_board_that_could_not_look_for_a_landing_zone_says_so(run: Run, shown: list[str]) -> None:
    """With the action to grant; a column that is missing is not fine."""
    run.accounts(ROW)
    migration = run.assessed()
    allowed = json.loads(
        policies.render(
            policies.Role.destination_operator,
            organization=rehearsed.DESTINATION,
            management_account=rehearsed.DESTINATION_MANAGEMENT,
            member_role="*",
        )
    )
    allowed["Statement"][0]["Action"].remove("controltower:ListLandingZones")
    tables = rehearsed.scenario()
    manager = {"id": rehearsed.DESTINATION_MANAGEMENT, "name": "m", "email": "destination@example.com"}
    tables["organizations"][1]["accounts"].append({**manager, "joined": "INVITED", "operator_policy": allowed})
    run.rehearsal.reset(tables)
    ui.board(migration)
    page = "".join(shown)
    assert "Could not check: [destination]" in page
    assert page.count("Grant controltower:ListLandingZones") == 1


def test_the_board_sends_an_arrived_account_to_where_its_unit_is_created(run: Run, shown: list[str]) -> None:
    """Its row says what it waits for, and 60_place is next although no account can be moved yet."""
    run.accounts(f"account_id,ou\n{PLAIN[0]},Workloads/Legacy\n")
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[place]\nreplicate_below = "/Workloads"\n')
    migration = run.assessed()
    for step in (INVITE, ACCEPT):
        do(migration, step)
    ui.board(migration)
    page = "".join(shown)
    assert "Next: open 60_place; 1 account due there." in page
    assert "its unit /Workloads/Legacy does not exist yet; create it first (60_place)" in page
    for step in (REPLICATE, PLACE):
        do(migration, step)
    shown.clear()
    ui.board(migration)
    assert "Next: open 80_verify" in "".join(shown)
