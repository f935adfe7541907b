"""Approvals: what must be typed or given, what is bound to it, and how long it lasts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner

from orgtools import steps
from orgtools.cli import app
from orgtools.exceptions import ApprovalError
from orgtools.ledger import Kind
from orgtools.messages import Message, free
from orgtools.plan import Plan
from orgtools.steps import INVITE, LASTS, Call, Do, Done, Preview, approve, approve_digest
from tests import values
from tests.rehearsed import PLAIN, Run

if TYPE_CHECKING:
    from pathlib import Path

_PLAN = Plan((values.planned(),))
_SEEN = values.snapshot(values.source(values.member()), values.destination())
_DO = Do(
    values.ACCOUNT,
    free("is not invited yet"),
    (Call("InviteAccountToOrganization", "destination", {}, free("invite")),),
)
_SHOWN = Preview(INVITE, _PLAN.accounts, (_DO,), _SEEN, _PLAN, "a-run", values.NOW - timedelta(hours=3))


@pytest.mark.parametrize("typed", ["invite 1", "  invite 1\n"])
def test_the_phrase_approves_what_was_just_shown(typed: str) -> None:
    """A person types it below the preview."""
    approval = approve(_SHOWN, typed)
    assert (approval.digest, approval.step, approval.count) == (_SHOWN.digest, "invite", 1)
    assert (approval.typed, approval.shown_at) == ("invite 1", values.NOW)
    assert approval.by
    assert approval.at.tzinfo is UTC
    assert approval.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "typed",
    ["", "yes", "y", "invite", "invite 2", "Invite 1", "invite  1", "accept 1", _SHOWN.digest[:12], _SHOWN.digest],
)
def test_anything_else_does_not(typed: str) -> None:
    """Whoever types another number has not read this preview; the message says what was expected."""
    with pytest.raises(ApprovalError) as refusal:
        approve(_SHOWN, typed)
    assert refusal.value.message == Message("approval-phrase-wrong", given=typed, step="invite", number=1)
    assert refusal.value.next_step is not None


def test_the_digest_of_a_dry_run_approves_what_it_showed() -> None:
    """The approval says when that was."""
    approval = approve_digest(_SHOWN, f" {_SHOWN.digest}\n")
    assert (approval.digest, approval.typed) == (_SHOWN.digest, _SHOWN.digest)
    assert approval.shown_at == values.NOW - timedelta(hours=3)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("invite 1", "approval-phrase-for-digest"),
        (_SHOWN.digest[:12], "approval-digest-wrong"),
        (replace(_SHOWN, run="another-run").digest, "approval-digest-wrong"),
        ("yes", "approval-digest-wrong"),
    ],
)
def test_without_a_person_nothing_but_the_whole_digest_does(given: str, code: str) -> None:
    """The phrase says how many accounts and not which; the digest of another run is of another run."""
    with pytest.raises(ApprovalError) as refusal:
        approve_digest(_SHOWN, given)
    assert (refusal.value.message.code, refusal.value.message.facts["given"]) == (code, given)
    assert refusal.value.next_step is not None


def test_a_digest_that_no_dry_run_has_shown_approves_nothing() -> None:
    """Somebody may compute it; nobody has seen it."""
    with pytest.raises(ApprovalError) as refusal:
        approve_digest(replace(_SHOWN, noted_at=None), _SHOWN.digest)
    assert refusal.value.message.code == "approval-never-shown"


@pytest.mark.parametrize(("age", "holds"), [(LASTS, True), (LASTS + timedelta(seconds=1), False)])
def test_a_digest_lasts_for_hours(age: timedelta, *, holds: bool) -> None:
    """The message says how old it is."""
    shown = replace(_SHOWN, noted_at=values.NOW - age)
    if holds:
        assert approve_digest(shown, shown.digest).shown_at == shown.noted_at
    else:
        with pytest.raises(ApprovalError) as refusal:
            approve_digest(shown, shown.digest)
        assert refusal.value.message == Message("approval-expired", age=age, at=shown.noted_at, span=LASTS)


def test_nothing_to_do_is_nothing_to_approve() -> None:
    """Not even by its phrase or digest."""
    nothing = replace(_SHOWN, decisions=(Done(values.ACCOUNT, free("is a member")),))
    for approving, typed in ((approve, nothing.phrase), (approve_digest, nothing.digest)):
        with pytest.raises(ApprovalError) as refusal:
            approving(nothing, typed)
        assert refusal.value.message == Message("approval-of-nothing")


ROWS: Final = "account_id,ou,wave\n{},Workloads/Prod,1\n{},Workloads/Prod,2\n"


def _orgtools(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


def _dry(run: Run, folder: Path) -> str:
    """The digest that a dry run of the first wave's invitations prints."""
    ended = _orgtools("run", "invite", "--folder", str(folder), "--wave", "1")
    assert ended.exit_code == 0, ended.output
    assert "--approve " in ended.output
    assert run.changing() == []
    return str(ended.output.split("--approve ")[1]).strip()


def _invite(folder: Path, given: str) -> Any:
    return _orgtools("run", "invite", "--folder", str(folder), "--wave", "1", "--approve", given)


def test_the_command_line_takes_the_digest_and_not_the_phrase(run: Run) -> None:
    """Two rows swap their waves after the dry run: one account is still one account, and another one."""
    run.accounts(ROWS.format(*PLAIN[:2]))
    run.assessed()
    digest = _dry(run, run.folder)
    run.accounts(ROWS.format(*reversed(PLAIN[:2])))
    for given in ("invite 1", digest):
        ended = _invite(run.folder, given)
        assert (ended.exit_code, run.changing()) == (2, []), ended.output
        assert "Not approved" in ended.output
    run.accounts(ROWS.format(*PLAIN[:2]))
    ended = _invite(run.folder, digest)
    assert ended.exit_code == 0, ended.output
    assert re.search(r"\d+ (seconds?|minutes?) ago, at ", ended.output)
    assert [call.account for call in run.changing()] == [PLAIN[0]]


def test_where_nothing_is_to_do_only_the_digest_of_something_else_is_a_mistake(run: Run) -> None:
    """A scheduler may start the approved command again; who gives another digest believes that something is done."""
    run.accounts(ROWS.format(*PLAIN[:2]))
    run.assessed()
    digest = _dry(run, run.folder)
    assert _invite(run.folder, digest).exit_code == 0
    again, other = _invite(run.folder, digest), _invite(run.folder, digest[::-1])
    assert (again.exit_code, other.exit_code) == (0, 2), again.output + other.output
    assert str(Message("approval-of-something-else", given=digest[::-1], step="invite")) in other.output
    assert len(run.changing()) == 1


def test_a_digest_counts_in_the_run_that_showed_it(run: Run, tmp_path: Path) -> None:
    """Between the same organizations, with the same plan, even where that run has made a dry run of its own."""
    run.assessed()
    other = Run(tmp_path / "other", run.rehearsal)
    other.assessed()
    digest = _dry(run, run.folder)
    _dry(other, other.folder)
    ended = _invite(other.folder, digest)
    other.close()
    assert (ended.exit_code, run.changing()) == (2, []), ended.output
    assert str(Message("approval-digest-wrong", given=digest, step="invite")) in ended.output


def test_a_digest_of_long_ago_counts_no_more(run: Run) -> None:
    """By AWS's clock; another dry run shows it again."""
    migration = run.assessed()
    digest = _dry(run, run.folder)
    shown = migration.ledger.last(Kind.PREVIEWED)
    assert shown is not None
    run.rehearsal.advance(timedelta(days=16))
    ended = _invite(run.folder, digest)
    assert (ended.exit_code, run.changing()) == (2, []), ended.output
    expired = Message("approval-expired", age=timedelta(days=16), at=shown.at, span=LASTS)
    assert str(expired) in ended.output


def test_a_preview_that_stood_open_for_days_is_not_performed(run: Run) -> None:
    """A kernel was left alone overnight, and somebody typed the phrase below what it had shown the day before."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, PLAIN[:1])
    approval = approve(shown, shown.phrase)
    run.rehearsal.advance(timedelta(hours=25))
    migration.observe()  # hears AWS's time
    with pytest.raises(ApprovalError) as refusal:
        steps.apply(migration, shown, approval)
    assert refusal.value.message.code == "approval-preview-old"
    assert run.changing() == []


def test_the_ledger_says_what_dry_runs_showed_and_how_old_it_was(run: Run) -> None:
    """An auditor sees when the one who approved had seen it."""
    migration = run.assessed()
    digest = _dry(run, run.folder)
    assert steps.preview(migration, INVITE, PLAIN[:1]).noted_at is None, "it showed the whole wave, not this"
    run.rehearsal.advance(timedelta(hours=5))
    assert "Shown 5 hours ago" in _invite(run.folder, digest).output
    (previewed,) = migration.ledger.events(Kind.PREVIEWED)
    (approved,) = migration.ledger.events(Kind.APPROVED)
    assert previewed.data["digest"] == approved.data["digest"] == digest
    assert approved.data["shown_at"] == previewed.at.isoformat(timespec="seconds")
