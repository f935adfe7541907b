"""Somebody who watches a schedule: holds every call against the ledger, and the ledger against the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.ledger import Kind
from orgtools.steps import Outcome, Status
from tests import rehearsed
from tests.rehearsed import COURTED, DESTINATION, PLAIN, SOURCE, STANDALONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgtools.ledger import Event
    from orgtools.rehearsal import Call, Rehearsal
    from orgtools.steps import Do, Notice

Json = dict[str, Any]

PLANNED: Final = (PLAIN[0], COURTED, STANDALONE)
TAGS: Final = {PLAIN[0]: {"team": "shop"}, COURTED: {}, STANDALONE: {"team": "shop", "tier": "1"}}
UNITS: Final = {PLAIN[0]: "Prod", COURTED: "Prod", STANDALONE: "/"}
STEP_OF: Final = {
    "InviteAccountToOrganization": "invite",
    "RemoveAccountFromOrganization": "leave",
    "AcceptHandshake": "accept",
    "MoveAccount": "place",
    "TagResource": "place",
}
"""Every change that orgtools may ask AWS for, and the step that asks."""
NEEDLESS: Final = {
    "DuplicateHandshakeException",
    "HandshakeAlreadyInStateException",
    "InvalidHandshakeTransitionException",
    "DuplicateAccountException",
    "AccountNotFoundException",
    "SourceParentNotFoundException",
    "ALREADY_IN_AN_ORGANIZATION",
}
"""What AWS answers to who calls without having looked."""
PENDING: Final = ("OPEN", "REQUESTED")
MOVING: Final = {"organization", "unit", "parent", "tags", "joined_method", "joined_at"}
"""What a migration changes of an account; neither its roles nor its state."""
_MOMENT: Final = timedelta(seconds=0.4)


def member_of(world: Json, account_id: str, organization: str) -> bool:
    """Whether an account is in an organization."""
    return bool(world["accounts"][account_id]["organization"] == organization)


def pending(world: Json, account_id: str, organization: str = DESTINATION) -> list[str]:
    """The invitations of an organization that an account can still accept."""
    return [
        handshake_id
        for handshake_id, held in world["handshakes"].items()
        if (held["account"], held["organization"]) == (account_id, organization) and held["state"] in PENDING
    ]


def tagged(world: Json, account_id: str) -> bool:
    """Whether an account of the destination has the tags of the plan."""
    held = world["accounts"][account_id]["tags"]
    return member_of(world, account_id, DESTINATION) and TAGS[account_id].items() <= held.items()


def at_home(world: Json, account_id: str) -> bool:
    """Whether an account lies in the destination's unit of the plan."""
    unit = world["accounts"][account_id]["unit"]
    return member_of(world, account_id, DESTINATION) and bool(unit == UNITS[account_id])


EFFECTS: Final[dict[str, Callable[[Json, str], bool]]] = {
    "InviteAccountToOrganization": lambda world, account_id: (
        member_of(world, account_id, DESTINATION) or bool(pending(world, account_id))
    ),
    "RemoveAccountFromOrganization": lambda world, account_id: not member_of(world, account_id, SOURCE),
    "AcceptHandshake": lambda world, account_id: member_of(world, account_id, DESTINATION),
    "MoveAccount": at_home,
    "TagResource": tagged,
}
"""What is so in truth when a call has taken effect."""
CLAIMS: Final[dict[str, Callable[[Json, str], bool]]] = {
    "invite": EFFECTS["InviteAccountToOrganization"],
    "leave": EFFECTS["RemoveAccountFromOrganization"],
    "accept": EFFECTS["AcceptHandshake"],
    "place": lambda world, account_id: at_home(world, account_id) and tagged(world, account_id),
}
"""What the ledger claims when it calls a step confirmed."""


@dataclass
class Intention:
    """An intention of the ledger that AWS has not answered yet, and the call that followed."""

    operation: str
    call: Call | None = None


class Watch:
    """Knows the truth before and after, every call, and what somebody else did; whatever is not explained fails."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        """Begin with the world as it is."""
        self.rehearsal = rehearsal
        self.truth = rehearsal.world()
        self.lag = 0.0
        self.settled = {True: 0, False: 0}
        self._approved: list[tuple[str, str, Json]] = []
        self._lag_now = 0.0
        self._shown_from: dict[tuple[str, str], datetime] = {}
        self._past: list[tuple[datetime, Json]] = []
        self._unsettled: dict[tuple[str, str], Intention] = {}
        self._last: dict[tuple[str, str], int] = {}
        self._effective: list[Call] = []
        self._heard = len(rehearsal.calls())
        self._looked = self._disturbed = 0

    # What changes besides our calls.

    def lags(self, seconds: float) -> None:
        """Reads lag from now on; what was hidden before may stay hidden as long as it would have."""
        self.rehearsal.switch(lag_seconds=seconds)
        self.lag, self._lag_now = max(self.lag, seconds), seconds

    def all_is_shown(self) -> None:
        """So much time has passed that reads show the truth, and from now on they do so at once."""
        self.lag = self._lag_now = 0.0
        self._past = []

    def intervene(self, action: str, **given: Any) -> None:
        """Somebody else does something; whoever lets them has looked."""
        self.rehearsal.intervene(action, **given)
        self._past.append((datetime.fromisoformat(self.truth["now"]), self.truth))
        self.truth = self.rehearsal.world()
        self._disturbed = self._heard

    # What we did.

    def approved(self, decisions: Iterable[Do]) -> None:
        """These calls were shown to the operator and approved, and no others."""
        self._approved = [
            (decision.account_id, call.operation, call.parameters) for decision in decisions for call in decision.calls
        ]

    def look(self) -> None:
        """Everything that is otherwise than before was done by a call of ours that may do it."""
        before, now, effective = self.truth, self._now(), self._effective
        self.truth, self._effective = now, []
        reached = {_account(call) for call in effective}
        for account_id, held in now["accounts"].items():
            changed = {key for key, value in held.items() if value != before["accounts"][account_id][key]}
            assert changed <= MOVING, f"{account_id}: {changed} changed"
            assert not changed or (account_id in reached and account_id in PLANNED), f"{account_id} was touched"
        accepted = {call.handshake for call in effective if call.operation == "AcceptHandshake"}
        invited = {call.account for call in effective if call.operation == "InviteAccountToOrganization"}
        for handshake_id, held in now["handshakes"].items():
            ours = held["organization"] == DESTINATION and held["account"] in PLANNED
            assert ours or handshake_id not in accepted, f"{handshake_id} is foreign and was accepted"
            known = before["handshakes"].get(handshake_id)
            if known is None:
                assert ours, f"{handshake_id} was sent to an account outside the plan"
                assert held["account"] in invited, f"{handshake_id} was sent without a call"
            elif known["state"] != held["state"]:
                expired = held["state"] == "EXPIRED" and known["state"] in PENDING
                assert expired or (held["state"], handshake_id in accepted) == ("ACCEPTED", True), handshake_id
        for account_id in PLANNED:
            assert len(pending(now, account_id)) <= 1, f"{account_id} has two pending invitations"

    def noted(self, event: Event) -> None:
        """An event of the ledger has reached the disk."""
        if event.kind in (Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED):
            self._listen()
        key = event.step, event.account_id
        if event.kind is Kind.INTENDED:
            assert key not in self._unsettled, f"{key} is called again before it is settled"
            meant = event.account_id, event.data["operation"], event.data["parameters"]
            assert meant in self._approved, f"{meant} was not approved"
            self._unsettled[key] = Intention(event.data["operation"])
            if event.data["operation"] == "RemoveAccountFromOrganization":
                assert event.account_id == STANDALONE, "a direct transfer leaves nothing"
                assert self._was(lambda world: bool(pending(world, event.account_id))), "it would be left outside"
        elif event.kind is Kind.OUTCOME and event.data.get("called", True):
            call = self._unsettled[key].call
            assert call is not None, f"{key} has an outcome without a call"
            assert ("refused" in event.data) == (call.status != 200 or call.fault == "lost"), event
            if event.data["answered"]:
                assert event.data["request_id"] == call.request_id
                del self._unsettled[key]
        elif event.kind is Kind.SETTLED:
            intention = self._unsettled.pop(key)
            took_effect: bool = event.data["took_effect"]
            self.settled[took_effect] += 1
            effect = EFFECTS[intention.operation]
            if took_effect:
                assert self._was(lambda world: effect(world, event.account_id)), f"{event}: AWS says otherwise"
            elif not self._excused():
                assert not effect(self._now(), event.account_id), f"{event}: AWS says otherwise"
        elif event.kind is Kind.CONFIRMED:
            self._claimed(event.step, event.account_id)

    def told(self, step: str, outcome: Notice) -> None:
        """The operator is told what came of an account; what else is told on the way claims nothing."""
        if not isinstance(outcome, Outcome):
            return
        assert outcome.words
        if outcome.status is Status.CONFIRMED:
            self._claimed(step, outcome.account_id)
        else:
            assert outcome.next_step, f"{outcome} leaves the operator alone"

    def nothing_is_open(self) -> None:
        """Every intention has an outcome, or was settled."""
        self._listen()
        assert self._unsettled == {}

    # How.

    def _now(self) -> Json:
        self._listen()
        return self.rehearsal.world()

    def _listen(self) -> None:
        for call in self.rehearsal.calls(self._heard):
            self._heard = call.number
            self._hear(call)

    def _hear(self, call: Call) -> None:
        """Each changing call follows an intention of its own, and a look since the last call of its kind."""
        if not call.changing:
            shown = call.status == 200 and call.fault in (None, "slow")
            if shown and (call.operation, call.caller_account) == ("ListAccounts", rehearsed.DESTINATION_MANAGEMENT):
                self._looked = call.number
            return
        account_id, operation = _account(call), call.operation
        intention = self._unsettled.get((STEP_OF.get(operation, ""), account_id))
        assert intention is not None, f"{call} was not intended"
        assert (intention.operation, intention.call) == (operation, None), f"{call} was not intended"
        assert account_id in PLANNED, f"{call} touches an account outside the plan"
        intention.call = call
        assert self._last.get((operation, account_id), -1) < self._looked, f"{call} is repeated without looking"
        self._last[operation, account_id] = call.number
        if call.fault in (None, "slow", "lost"):
            assert self._excused() or not {call.code, call.reason} & NEEDLESS, f"{call} was needless"
            if call.status == 200:
                self._effective.append(call)
                self._shown_from[STEP_OF[operation], account_id] = call.at + timedelta(seconds=self._lag_now)

    def _excused(self) -> bool:
        """Whether AWS may have shown something else than the truth, or the truth changed after the last look."""
        return self.lag > 0 or self._disturbed >= self._looked

    def _claimed(self, step: str, account_id: str) -> None:
        """Done means that AWS shows it: that it is so, or was so a moment ago, and that reads show it already."""
        claim = CLAIMS[step]
        assert self._was(lambda world: claim(world, account_id)), f"{step} {account_id}: done, but AWS says otherwise"
        shown_from = self._shown_from.get((step, account_id))
        if shown_from and not self._disturbed:
            assert shown_from <= self.rehearsal.now(), f"{step} {account_id}: done, but AWS does not show it yet"

    def _was(self, true: Callable[[Json], bool]) -> bool:
        """Whether something is true, or was so recently that reads may still show it."""
        now = self._now()
        since = datetime.fromisoformat(now["now"]) - timedelta(seconds=self.lag) - _MOMENT
        return true(now) or any(true(world) for at, world in self._past if at >= since)


def _account(call: Call) -> str:
    """Whom a call concerns: who accepts names only the handshake."""
    return call.account or call.caller_account or ""
