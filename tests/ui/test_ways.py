"""A wave in one go: what is shown of it before, and the board of accounts x steps while it runs."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from IPython.utils.capture import capture_output

from orgtools import steps, ui
from orgtools.cli.common import print_decisions
from orgtools.messages import LANGUAGES, Message, free, render
from orgtools.plan import Plan
from orgtools.steps.core.decisions import UNSENT
from orgtools.ui import showing, tables
from orgtools.ui.ways import MANY
from tests import values

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNT, OTHER, THIRD = values.ACCOUNT, values.OTHER, "300000000003"
WAY = ("invite", "accept", "place")
WORDS = {
    "accept": Message("accept-call", handshake=UNSENT, organization="o-destinatn01"),
    "leave": free("remove from o-sourceorg001"),
}


def _do(account_id: str, way: Sequence[str] = WAY) -> steps.Do:
    calls = tuple(steps.Call(step, "destination", {}, WORDS.get(step, free(f"{step} it")), step=step) for step in way)
    return steps.Do(account_id, free("is not invited"), calls)


def _preview(*decisions: steps.Decision) -> steps.Preview:
    planned = tuple(values.planned(decision.account_id) for decision in decisions)
    seen = values.snapshot(
        values.source(*(values.member(one.account_id, name=f"name-{one.account_id[-1]}") for one in planned)),
        values.destination(),
    )
    return steps.Preview(steps.WAVE, planned, decisions, seen, Plan(planned))


def _progress(*decisions: steps.Decision, tick: float = 1.0) -> ui.Progress:
    ticks = count(step=tick)
    with capture_output():
        return ui.Progress(_preview(*decisions), clock=lambda: float(next(ticks)))


def _row(progress: ui.Progress, name: str) -> list[str]:
    """What the cells of a row say: of an account, or of a state."""
    (row,) = re.findall(rf'<tr><th scope="row">{re.escape(name)}</th>(.*?)</tr>', progress.html)
    return re.findall(r"<td[^>]*>([^<]*)</td>", row)


@pytest.fixture
def progress() -> ui.Progress:
    """Of three accounts: one has to leave first, one is invited already."""
    return _progress(_do(ACCOUNT), _do(OTHER, ("invite", "leave", "accept", "place")), _do(THIRD, WAY[1:]))


def test_all_ways_are_there_before_anybody_sets_out(progress: ui.Progress) -> None:
    """In the order of the steps; what is not on an account's way is empty."""
    assert re.findall(r'<th scope="col">([^<]*)', progress.html) == ["account", "invite", "leave", "accept", "place"]
    assert _row(progress, f"{ACCOUNT} name-1") == ["·", "", "·", "·"]
    assert _row(progress, f"{OTHER} name-2") == ["·", "·", "·", "·"]
    assert _row(progress, f"{THIRD} name-3") == ["", "", "·", "·"]
    assert "0 of 3 accounts in place" in progress.html
    assert "Interrupting (■) is safe" in progress.html


def test_each_account_is_where_it_has_come_to(progress: ui.Progress) -> None:
    """What lies behind it is passed; at the end all of it is."""
    for account in (ACCOUNT, OTHER, THIRD):
        progress(steps.Reached(account, "accept"))
    progress(steps.Answered(ACCOUNT))
    progress(steps.Reached(ACCOUNT, "place"))
    progress(steps.Outcome(THIRD, steps.Status.CONFIRMED, free("is in /Workloads/Prod")))
    assert _row(progress, f"{ACCOUNT} name-1") == ["✓", "", "✓", "→"]
    assert _row(progress, f"{OTHER} name-2") == ["✓", "✓", "→", "·"]
    assert _row(progress, f"{THIRD} name-3") == ["", "", "✓", "✓"]
    assert "1 of 3 accounts in place" in progress.html
    assert "2 → in progress" in progress.html
    assert "✓ passed, → in progress, · not reached" in progress.html


def test_a_step_without_a_call_is_a_column_as_soon_as_somebody_waits_there(progress: ui.Progress) -> None:
    """AWS Control Tower enrolls some accounts with no call of ours."""
    progress(steps.Reached(ACCOUNT, "enroll"))
    assert _row(progress, f"{ACCOUNT} name-1") == ["✓", "", "✓", "✓", "→"]
    assert _row(progress, f"{THIRD} name-3") == ["", "", "·", "·", ""]


def test_a_step_that_somebody_else_does_is_a_column_from_the_beginning() -> None:
    """The preview says that the way waits there."""
    waits = Message("wave-waits", step="enroll", why=free("AWS enrolls it"))
    progress = _progress(
        steps.Do(ACCOUNT, Message("all-of", whys=[free("is not invited"), waits]), _do(ACCOUNT).calls),
        steps.Do(OTHER, Message("wave-waits", step="unenroll", why=free("AWS un-enrolls it")), _do(OTHER).calls),
    )
    assert _row(progress, f"{ACCOUNT} name-1") == ["", "·", "·", "·", "·"]
    assert _row(progress, f"{OTHER} name-2") == ["·", "·", "·", "·", ""]


def test_a_refusal_is_at_its_step_and_told_with_what_to_do(progress: ui.Progress) -> None:
    """Taken back where the account goes on; where its way ends, what comes after it stays unreached."""
    progress(steps.Reached(ACCOUNT, "accept"))
    progress(steps.Answered(ACCOUNT, free("Throttling: slow down", "Nothing to do.")))
    assert _row(progress, f"{ACCOUNT} name-1") == ["✓", "", "!", "·"]
    assert "<strong>Nothing to do.</strong>" in progress.html
    assert "1 ! refused so far" in progress.html
    progress(steps.Reached(ACCOUNT, "place"))
    assert "Throttling" not in progress.html
    ended = Message("wave-ended-at", step="place", why=free("MoveAccount is refused", "Grant it."))
    progress(steps.Outcome(ACCOUNT, steps.Status.REFUSED, ended))
    assert _row(progress, f"{ACCOUNT} name-1") == ["✓", "", "✓", "✗"]
    assert "Stopped at the place step: MoveAccount is refused. <strong>Grant it.</strong>" in progress.html
    progress(steps.Reached(OTHER, "leave"))
    progress(steps.Outcome(OTHER, steps.Status.CHANGED, Message("wave-differs", step="leave", why=free("is gone"))))
    assert _row(progress, f"{OTHER} name-2") == ["✓", "≠", "·", "·"]


def test_who_waits_for_aws_is_counted_while_others_go_on(progress: ui.Progress) -> None:
    """For hours, perhaps: that interrupting is safe stays beside it."""
    progress(steps.Pausing(15.0, 2))
    assert "2 accounts wait for AWS. orgtools checks again in 15 seconds." in progress.html
    assert "Interrupting (■) is safe" in progress.html
    progress(steps.Reached(ACCOUNT, "invite"))
    assert "checks again" not in progress.html


def test_what_aws_is_at_work_on_and_how_long_the_queue_takes_is_told(progress: ui.Progress) -> None:
    """By account, in AWS's words; a guess only from what the ones before took."""
    busy = Message("tower-busy", why=Message("tower-operation-running", operation_id="op-1"))
    progress(steps.Pausing(15.0, 2, {ACCOUNT: busy}, timedelta(minutes=50)))
    assert "At this pace, the accounts in this queue take about 50 minutes more." in progress.html
    assert f"{ACCOUNT}: AWS is working on the account" in progress.html


def test_whom_aws_is_at_work_on_is_on_the_board_from_the_beginning() -> None:
    """A wave that is resumed leads them to the end, too, without a call."""
    waits = Message("wave-waits", step="enroll", why=free("AWS is working"))
    progress = _progress(_do(ACCOUNT), steps.Wait(OTHER, waits, effective=True))
    assert _row(progress, f"{OTHER} name-2") == ["", "", "", "·"]
    progress(steps.Reached(OTHER, "enroll"))
    assert _row(progress, f"{OTHER} name-2") == ["", "", "", "→"]
    progress(steps.Outcome(OTHER, steps.Status.CONFIRMED, free("is enrolled")))
    assert "1 of 2 accounts in place" in progress.html


def test_of_many_accounts_only_counts_are_shown() -> None:
    """A thousand rows, drawn several times a second, would keep a browser from everything else."""
    many = [f"3{number:011}" for number in range(1000)]
    progress = _progress(*map(_do, many), tick=0.001)
    for number, account in enumerate(many[:800]):
        progress(steps.Reached(account, "invite"))
        if number < 600:
            progress(steps.Reached(account, "accept"))
        if number < 10:
            progress(steps.Answered(account, free(f"refused in its own way: {number}", "Wait.")))
    progress(steps.Pausing(15.0, 1))  # is drawn at once
    assert re.findall(r'<th scope="col">([^<]*)', progress.html) == ["accounts", *WAY]
    assert _row(progress, "✓ passed") == ["600", "", ""]
    assert _row(progress, "→ in progress") == ["200", "590", ""]
    assert _row(progress, "! refused so far") == ["", "10", ""]
    assert _row(progress, "· not reached") == ["200", "400", "1000"]
    assert many[700] not in progress.html
    assert len(progress.html) < 6_000


@pytest.mark.parametrize(("count", "rows"), [(MANY, MANY), (MANY + 1, 1)])
def test_a_row_each_as_long_as_somebody_reads_them(count: int, rows: int) -> None:
    """Small enough for a browser, too."""
    progress = _progress(*(_do(f"3{number:011}") for number in range(count)))
    assert progress.html.count("<tr><th") == 1 + rows
    assert len(progress.html) < 40_000


def test_every_call_is_shown_with_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each; the invitation that is still to be sent has no id to be shown."""
    shown: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: shown.append(thing.data))
    preview = _preview(_do(ACCOUNT), steps.Blocked(OTHER, free("cannot move", "Fix it.")))
    ui.show(preview)
    page = "".join(shown)
    assert "invite: invite it<div>accept: accept the invitation and join <span>o-destinatn01</span></div>" in page
    assert "<div>place: place it</div>" in page
    assert "Fix it." in page
    assert 'class="orgtools-table wide ways"' in page
    assert str(tables.decisions(preview)["what follows"][0]).splitlines()[2] == "place: place it"


def test_the_command_line_shows_the_whole_way_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever approves by digest has seen each call; of a step alone the line of the account says all."""
    print_decisions(_preview(_do(ACCOUNT), steps.Wait(OTHER, free("is young"))))
    first, *calls, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{ACCOUNT}  name-1")
    assert [line.strip() for line in calls] == [
        "invite: invite it",
        "accept: accept the invitation and join o-destinatn01",
        "place: place it",
    ]
    assert last.startswith(OTHER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["accept-call", "accept-by-owner"])
def test_what_stands_for_an_invitation_is_not_shown(code: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id of one that was sent is."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", language)
    facts: dict[str, Any] = (
        {"organization": "o-destinatn01"} if code == "accept-call" else {"why": free("it is pending")}
    )
    assert UNSENT not in render(Message(code, handshake=UNSENT, **facts))
    assert "h-0123456789" in render(Message(code, handshake="h-0123456789", **facts))
