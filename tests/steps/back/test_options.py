"""The way back: what can be undone from where an account stands, and trust policies put back from the ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

import pytest

from orgtools.aws.model import Entry
from orgtools.aws.read import trust_policy
from orgtools.aws.read.control_tower import ControlTower, EnabledBaseline, LandingZone
from orgtools.messages import Message, free
from orgtools.settings import LeaveSettings
from orgtools.steps import RESTORE, Blocked, Decision, Do, Done
from orgtools.steps.back.options import way_back
from orgtools.steps.back.restore_trust import Edit, Edits
from orgtools.steps.shared.account_access import Entries
from orgtools.steps.shared.control_tower import DestinationControlTower
from tests import values
from tests.said import says

BASELINE: Final = {values.ACCOUNT: ("source", "/Legacy")}
ROLE_ARN: Final = f"arn:aws:iam::{values.ACCOUNT}:role/Access"
FIRST: Final = json.dumps({"Version": "2012-10-17", "Statement": [trust_policy.statement_for("111111111111", "aws")]})
BOTH: Final = trust_policy.trusting(FIRST, "222222222222", "aws")
LAST: Final = trust_policy.without(BOTH, "111111111111")
PREPARED: Final = Edit("prepare", FIRST, BOTH)
REVOKED: Final = Edit("revoke", BOTH, LAST)

_HOME: Final = values.snapshot(values.source(values.member()), values.destination())
_INVITED: Final = replace(_HOME, destination=values.destination(handshakes=(values.invitation(),)))
_ARRIVED: Final = values.snapshot(values.source(), values.destination(values.member(parent_id=values.PROD)))
_ALONE: Final = values.changed(_INVITED, source=values.source(), left=frozenset({values.ACCOUNT}))


@pytest.mark.parametrize(
    ("seen", "stands", "undo", "lost"),
    [
        (_HOME, Message("stands-in-source", unit="/"), Message("back-uninvited"), ""),
        (
            _INVITED,
            Message("stands-invited", why=Message("stands-in-source", unit="/"), handshake="h-0000000001"),
            Message(
                "back-cancel-until",
                management_account="222222222222",
                handshake="h-0000000001",
                until=values.invitation().expires_at,
            ),
            "back-invitation-sent",
        ),
        (
            replace(_HOME, destination=values.destination(handshakes=(values.invitation(state="EXPIRED"),))),
            Message("stands-invited-before", why=Message("stands-in-source", unit="/")),
            Message("back-invitation-over", handshake="h-0000000001", state="EXPIRED"),
            "",
        ),
        (_ALONE, Message("stands-alone"), Message("back-or-on", handshake="h-0000000001"), "back-rate"),
        (
            replace(_ALONE, destination=values.destination()),
            Message("stands-alone"),
            Message("back-or-invite"),
            "back-gone",
        ),
        (
            _ARRIVED,
            Message("stands-in-destination", unit="/Workloads/Prod"),
            Message("back-by-source", management_account="111111111111"),
            "back-rate",
        ),
        (
            _ARRIVED,
            Message("stands-in-destination", unit="/Workloads/Prod"),
            Message("back-joins", place="/Legacy"),
            "back-gone",
        ),
        (replace(_HOME, source=values.source()), Message("stands-in-neither"), Message("back-unknown-mover"), ""),
    ],
)
def test_each_state_has_its_way_back(seen: Any, stands: Message, undo: Message, lost: str) -> None:
    """Where it is, how it gets back, and what does not come back and why."""
    way = way_back(values.planned(), seen, BASELINE)
    assert way.stands == stands
    assert undo in way.undo
    assert says(way.lost, lost) == bool(lost) == bool(way.lost)


@pytest.mark.parametrize(
    ("tower", "lost"),
    [
        (None, "back-tower-unseen"),
        (ControlTower(), ""),
        (ControlTower(zone=LandingZone("arn", "4.0", "ACTIVE", auto_enroll=True, regions=())), ""),
        (
            ControlTower(zone=LandingZone("arn", "4.0", "ACTIVE", auto_enroll=True, regions=())),
            "back-enrolled-auto",
        ),
        (ControlTower(zone=LandingZone("arn", "3.0", "ACTIVE", auto_enroll=False, regions=())), "back-enrolled"),
    ],
)
def test_what_the_destinations_control_tower_leaves_behind_is_told_before_anybody_goes_back(
    tower: ControlTower | None, lost: str
) -> None:
    """And how the account is un-enrolled there first; nothing of it where nothing governs the account."""
    if tower and lost:
        tower = replace(
            tower, enabled={values.ACCOUNT: EnabledBaseline("arn", values.ACCOUNT, "5.0", "SUCCEEDED", False)}
        )
    seen = _ARRIVED if tower is None else _ARRIVED.with_extra(DestinationControlTower(tower))
    way = way_back(values.planned(), seen, BASELINE)
    assert [one.code for one in way.lost][:-2] == ([lost, *(() if tower else ("grant", "look-again"))] if lost else [])
    granted = says(way.lost, "grant", action="controltower:ListLandingZones", whom="caller-in-destination")
    assert granted == (tower is None)


@pytest.mark.parametrize(
    ("by", "leaves"),
    [
        ("source", Message("back-removed", management_account="222222222222")),
        ("member", Message("back-leaves")),
    ],
)
def test_the_gap_of_the_stand_alone_path_is_told_before_anybody_goes_back(by: Any, leaves: Message) -> None:
    """Who makes it, and how it ends; a direct transfer has none, nor has who is out already."""
    planned = values.planned(path="standalone")
    seen = values.changed(_ARRIVED, leave=LeaveSettings(by=by))
    undo = way_back(planned, seen, BASELINE).undo
    assert undo[undo.index(leaves) + 1].code == "back-joins"
    out = values.changed(_ALONE, returning=_ALONE.history.left)
    assert leaves not in way_back(values.planned(), seen, BASELINE).undo
    assert leaves not in way_back(planned, out, BASELINE).undo
    assert Message("back-or-on-again", handshake="h-0000000001") in way_back(planned, out, BASELINE).undo


@pytest.mark.parametrize(
    ("former", "undo"),
    [
        ("/Workloads/Prod", Message("back-unmoved")),
        ("/Workloads", Message("back-moved", management_account="222222222222", place="/Workloads")),
    ],
)
def test_an_account_that_was_there_all_along_only_moves_within(former: str, undo: Message) -> None:
    """No invitation by the source for an account that never was its own."""
    way = way_back(values.planned(), _ARRIVED, {values.ACCOUNT: ("destination", former)})
    assert way.undo == (undo,)


def test_an_account_that_was_in_neither_organization_is_made_stand_alone_again() -> None:
    """Nobody owned it whom the source could ask: what is undone is its membership."""
    way = way_back(values.planned(), _ARRIVED, {})
    assert [told.code for told in way.undo] == ["back-was-alone"]


@pytest.mark.parametrize(
    ("seen", "undo"),
    [
        (_HOME, ["back-reenroll"]),
        (_INVITED, ["back-cancel-until", "back-untrust", "back-reenroll"]),
    ],
    ids=["not invited", "invited"],
)
def test_an_account_that_was_un_enrolled_is_enrolled_again(seen: Any, undo: list[str]) -> None:
    """After its invitation is taken back, where there is one; nobody reads beside it that there is nothing to undo."""
    way = way_back(values.planned(), values.changed(seen, unenrolled=frozenset({values.ACCOUNT})), BASELINE)
    assert way.stands.code == "stands-unenrolled"
    assert [told.code for told in way.undo] == undo
    assert way.lost[-1].code == "back-drift"


def _decide(seen: Any, text: str | None, *edits: Edit, source: bool = True, destination: bool = True) -> Decision:
    entry = Entry(ROLE_ARN, source, destination, text, free("Sign in again.") if text is None else None)
    held = {values.ACCOUNT: edits} if edits else {}
    return RESTORE.decide(values.planned(), values.changed(seen, Entries({values.ACCOUNT: entry}), Edits(held)))


def test_the_source_is_let_in_again_through_the_destination() -> None:
    """The text that revoking replaced, not one that is made anew."""
    decision = _decide(_ARRIVED, LAST, PREPARED, REVOKED, source=False)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert call.by == "member-through-destination"
    assert call.parameters == {"RoleName": "Access", "PolicyDocument": BOTH}
    assert call.former == LAST


def test_the_destination_is_let_out_through_the_source_when_the_account_is_home_again() -> None:
    """Then the policy is what it was before the run."""
    decision = _decide(_HOME, BOTH, PREPARED, REVOKED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.by, call.parameters["PolicyDocument"]) == ("member-through-source", FIRST)


def test_an_account_that_came_home_by_another_way_is_restored_in_one_go() -> None:
    """The source first, through the destination; then the destination, by the source that has just got in."""
    decision = _decide(_HOME, LAST, PREPARED, REVOKED, source=False)
    assert isinstance(decision, Do)
    assert [(call.by, call.former, call.parameters["PolicyDocument"]) for call in decision.calls] == [
        ("member-through-destination", LAST, BOTH),
        ("member-through-source", BOTH, FIRST),
    ]


@pytest.mark.parametrize("seen", [_INVITED, _ARRIVED, _ALONE], ids=["invited", "arrived", "standalone"])
def test_the_destination_keeps_its_access_while_the_account_may_be_its_own(seen: Any) -> None:
    """Both sides can enter, and neither is let out."""
    assert isinstance(_decide(seen, BOTH, PREPARED, REVOKED), Done)


def test_a_source_that_is_named_again_but_not_let_in_yet_is_waited_for() -> None:
    """The call has taken effect; its proof is missing."""
    decision = _decide(_ARRIVED, BOTH, PREPARED, REVOKED, source=False)
    assert isinstance(decision, Blocked)
    assert decision.effective


@pytest.mark.parametrize(
    ("text", "edits"), [(FIRST, (PREPARED, REVOKED)), (FIRST, ())], ids=["as before", "never edited"]
)
def test_what_is_as_it_was_is_done(text: str, edits: tuple[Edit, ...]) -> None:
    """Also where the run has edited nothing."""
    assert isinstance(_decide(_HOME, text, *edits), Done)


def test_an_edit_of_somebody_else_is_not_overwritten() -> None:
    """The run's own text is not there any more."""
    decision = _decide(_ARRIVED, trust_policy.trusting(LAST, "333333333333", "aws"), PREPARED, REVOKED)
    assert isinstance(decision, Blocked)
    assert decision.why.code == "restore-edited-since"


def test_a_text_that_the_ledger_masks_is_not_put_back() -> None:
    """A session named after its person: the mask would let in nobody, and IAM would refuse it."""
    masked = Edit("prepare", FIRST.replace(":root", ":user/j***@example.com"), BOTH)
    decision = _decide(_HOME, BOTH, masked)
    assert isinstance(decision, Blocked)
    assert decision.why.code == "restore-masked"


def test_a_policy_that_nobody_could_read_is_not_replaced() -> None:
    """Whoever cannot look does not write."""
    decision = _decide(_ARRIVED, None, PREPARED, REVOKED)
    assert isinstance(decision, Blocked)
    assert decision.next_step == "Sign in again."
