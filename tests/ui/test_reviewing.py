"""The review of handshakes as a notebook shows it, and the choice below it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from IPython.utils.capture import capture_output

from orgtools import invitations, steps, ui
from orgtools.audit import Review
from orgtools.exceptions import InputError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free, render
from orgtools.plan import Plan
from orgtools.ui import reviewing, showing
from tests import values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.aws.model import Handshake

_PLAN: Final = Plan((values.planned(), values.planned(values.OTHER, wave=2)))
_OUTSIDE: Final = "300000000009"
_SENT: Final = (
    values.invitation(),
    values.invitation(values.OTHER, id="h-0000closed", state="DECLINED"),
    values.invitation(_OUTSIDE, id="h-000outside"),
    values.invitation(id="h-00transfer", action="TRANSFER_RESPONSIBILITY"),
)
_FOREIGN: Final = values.invitation(by=values.STRANGER, id="h-000foreign")


def _review(*sent: Handshake, findings: tuple[Finding, ...] = ()) -> Review:
    evidence = invitations.Evidence(
        received={values.ACCOUNT: (_FOREIGN,)},
        callers={_SENT[0].id: "arn:aws:sts::222222222222:assumed-role/Migration/spring"},
        runs={_SENT[0].id: (Message("handshake-done", step="invite", event=12),)},
        names={values.ACCOUNT: "<b>shop</b>"},
    )
    rows = invitations.listed(_PLAN, values.destination(handshakes=sent or _SENT), evidence)
    return Review(values.NOW, tuple(rows), findings)


def _pick(action: str = "cancel", accounts: Iterable[str] = ()) -> ui.InvitationPicker:
    migration: Any = SimpleNamespace(plan=_PLAN)
    with capture_output():
        return ui.InvitationPicker(migration, _review(), action=action, accounts=accounts)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of everything that is displayed during the test."""
    pieces: list[str] = []
    for module in (showing, reviewing):
        monkeypatch.setattr(module, "display", lambda thing: pieces.append(thing.data))
    return pieces


def test_the_glance_has_who_when_and_which_run_with_utc_beside_the_words(shown: list[str]) -> None:
    """And an account's name is text, never HTML."""
    ui.show_handshakes(_review().invitations)
    html = "".join(shown).replace("<span>", "").replace("</span>", "")
    assert "1 day ago, 2026-02-28 12:00 UTC" in html
    assert "pending, expires in 14 days, 2026-03-15 12:00 UTC" in html
    assert "assumed-role/Migration/spring" in html
    assert "wave 1, invite #12" in html
    assert "another organization: o-stranger001 of 555555555555" in html
    assert "not planned" in html
    assert "&lt;b&gt;shop" in html
    assert "h-00transfer" not in html


def test_other_actions_are_shown_apart_by_their_name(shown: list[str]) -> None:
    """None of them is said, too."""
    ui.show_handshakes(_review().others)
    assert "TRANSFER_RESPONSIBILITY: pending" in "".join(shown)
    shown.clear()
    ui.show_handshakes(_review(_SENT[0]).others)
    assert render(Message("ui-handshakes-none")) in "".join(shown)


def test_a_review_says_in_numbers_what_was_found(shown: list[str]) -> None:
    """Then the findings, in their order."""
    found = (
        Finding("", "H10", Verdict.UNKNOWN, free("unknown")),
        Finding("", "H8", Verdict.INFO, free("new")),
    )
    ui.show(_review(findings=found))
    html = "".join(shown)
    assert "3 invitations are pending, 1 closed; 2 findings: 1 unknown; 1 info." in html
    assert html.index("? unknown") < html.index("i info")


def test_nothing_is_chosen_until_somebody_does() -> None:
    """So that Run All and runs without a person do nothing."""
    picker = _pick()
    assert picker.value == ()
    assert "cancel: no account chosen" in picker._line.value


def test_only_invitations_of_ours_to_planned_accounts_are_offered() -> None:
    """Neither a stranger's, nor one outside the plan, nor another action."""
    table: Any = _pick()._table.df
    assert set(table["handshake"]) == {_SENT[0].id, _SENT[1].id}


def test_a_chosen_row_is_its_account_and_the_action_its_step() -> None:
    """Both are told below the table."""
    picker = _pick()
    picker._table.selected_rows = [1]
    assert picker.value == (values.OTHER,)
    assert picker.step is steps.CANCEL
    picker._action.value = "invite"
    assert picker.step is steps.INVITE
    assert f"invite: 1 account chosen</b>: {values.OTHER}" in picker._line.value


def test_parameters_choose_without_a_person() -> None:
    """Also an account whose invitation is not listed any more: it is invited again."""
    assert _pick(accounts=[values.ACCOUNT]).value == (values.ACCOUNT,)
    migration: Any = SimpleNamespace(plan=_PLAN)
    with capture_output():
        picker = ui.InvitationPicker(migration, _review(_SENT[0]), action="invite", accounts=[values.OTHER])
    assert (picker.value, picker.step) == ((values.OTHER,), steps.INVITE)


def test_what_cannot_be_meant_is_refused() -> None:
    """Another action, or an account outside the plan."""
    with pytest.raises(InputError, match="accept"):
        _pick(action="accept")
    with pytest.raises(InputError, match=_OUTSIDE):
        _pick(accounts=[_OUTSIDE])


def test_an_empty_review_can_be_chosen_from() -> None:
    """Nobody was invited: an empty table, and no choice."""
    migration: Any = SimpleNamespace(plan=_PLAN)
    review = Review(values.NOW + timedelta(0), (), ())
    with capture_output():
        assert ui.InvitationPicker(migration, review).value == ()
