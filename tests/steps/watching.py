"""Somebody who watches a schedule: holds every call against the ledger, and the ledger against the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from orgtools.ledger import Kind
from orgtools.steps import LEAVE_BACK, UNENROLL, Outcome, Status
from tests import rehearsed
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, SOURCE, SOURCE_MANAGEMENT, STANDALONE
from tests.steps import own
from tests.steps.course import PENDING, Json, pending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgtools.ledger import Event
    from orgtools.rehearsal import LoggedCall, Rehearsal
    from orgtools.steps import Call, Do, Notice
    from tests.steps.course import Course

NEEDLESS: Final = {
    "DuplicateHandshakeException",
    "HandshakeAlreadyInStateException",
    "InvalidHandshakeTransitionException",
    "DuplicateAccountException",
    "AccountNotFoundException",
    "SourceParentNotFoundException",
    "ALREADY_IN_AN_ORGANIZATION",
    "DuplicateOrganizationalUnitException",
    "ConflictException",
}
"""What AWS answers to who calls without having looked."""
LEAVING: Final = ("RemoveAccountFromOrganization", "LeaveOrganization")
WORKED_ON: Final = {"unit", "parent", "roles", "entered_by"}
"""What Control Tower changes of an account, later than a call has begun it."""
_MANAGEMENT: Final = {SOURCE: SOURCE_MANAGEMENT, DESTINATION: DESTINATION_MANAGEMENT}
_SESSION: Final = "identity-center"
_ROLE: Final = "OrganizationAccountAccessRole"
_MOMENT: Final = timedelta(seconds=0.4)


@dataclass
class Intention:
    """An intention of the ledger that AWS has not answered yet, and the call that followed."""

    operation: str
    parameters: Json
    call: LoggedCall | None = None


class Watch:
    """Knows the truth before and after, every call, and what somebody else did; whatever is not explained fails."""

    def __init__(self, rehearsal: Rehearsal, course: Course) -> None:
        """Begin with the world as it is."""
        self.rehearsal = rehearsal
        self.course = course
        self.truth = rehearsal.world()
        self.lag = 0.0
        self.settled = {True: 0, False: 0}
        self._approved: list[tuple[str, str, Json]] = []
        self._ever: list[tuple[str, str, Json]] = []
        self._lag_now = 0.0
        self._shown_from: dict[tuple[str, str], datetime] = {}
        self._past: list[tuple[datetime, Json]] = []
        self._unsettled: dict[tuple[str, str], Intention] = {}
        self._meanings: dict[int, Intention] = {}
        self._last: dict[tuple[str, ...], int] = {}
        self._effective: list[tuple[str, LoggedCall]] = []
        self._worked_on: set[str] = set(course.everybody) if course.by_itself else set()
        self._assigned: set[str] = set()
        self._robbed: set[str] = set()
        self._distrusted: dict[str, int] = {}
        self._tried: dict[str, int] = {}
        self._locked = self._locked_out(self.truth)
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
        before = self.truth
        self.rehearsal.intervene(action, **given)
        self._past.append((datetime.fromisoformat(before["now"]), before))
        self.truth = self.rehearsal.world()
        self._disturbed = self._heard
        self._robbed |= {
            account_id
            for account_id, held in self.truth["accounts"].items()
            if set(before["accounts"][account_id]["entered_by"]) - set(held["entered_by"])
        }
        if action == "trust":
            self._distrusted.pop(given["account"], None)
            if self._trusts_nobody(self.truth, given["account"]):
                self._distrusted[given["account"]] = self._heard
        self._locked = self._locked_out(self.truth)

    # What we did.

    def approved(self, decisions: Iterable[Do]) -> None:
        """These calls were shown to the operator and approved, and no others."""
        self._approved = [_call(one, call.operation, call.parameters) for one, call in _each(decisions)]
        self._ever += self._approved

    def approved_before(self, decisions: Iterable[Do]) -> None:
        """An earlier approval is said to cover these calls: somebody has seen each, if not its handshake."""
        for one, call in _each(decisions):
            assert _call(one, call.operation, call.parameters) in self._ever, f"nobody has ever approved {call}"

    def look(self) -> None:
        """Everything that is otherwise than before was done by a call of ours that may do it."""
        before, now, effective = self.truth, self._now(), self._effective
        self.truth, self._effective = now, []
        self.nobody_is_locked_out()
        reached = {account_id for account_id, _ in effective}
        if any(call.service in ("controltower", "servicecatalog") for _, call in effective):
            self._worked_on.update(self.course.planned)
        for account_id, held in now["accounts"].items():
            changed = {key for key, value in held.items() if value != before["accounts"][account_id][key]}
            assert changed <= self.course.moving, f"{account_id}: {changed} changed"
            worked_on = account_id in self._worked_on and changed <= WORKED_ON
            ours = account_id in reached and account_id in self.course.planned
            assert not changed or worked_on or ours, f"{account_id} was touched: {changed}"
        self._around(before, now, effective)
        closed = {
            call.handshake: state
            for _, call in effective
            for state in [{"AcceptHandshake": "ACCEPTED", "CancelHandshake": "CANCELED"}.get(call.operation)]
            if state
        }
        sent = {account_id for account_id, call in effective if call.operation == "InviteAccountToOrganization"}
        for handshake_id, held in now["handshakes"].items():
            ours = held["organization"] in self.course.inviting and held["account"] in self.course.planned
            assert ours or handshake_id not in closed, f"{handshake_id} is foreign and was {held['state']}"
            known = before["handshakes"].get(handshake_id)
            if known is None:
                assert ours, f"{handshake_id} was sent to an account outside the plan"
                assert held["account"] in sent, f"{handshake_id} was sent without a call"
            elif known["state"] != held["state"]:
                expired = held["state"] == "EXPIRED" and known["state"] in PENDING
                assert expired or held["state"] == closed.get(handshake_id), handshake_id
        for account_id in self.course.planned:
            for sender in self.course.inviting:
                assert len(pending(now, account_id, sender)) <= 1, f"{account_id} has two pending invitations"

    def _around(self, before: Json, now: Json, effective: list[tuple[str, LoggedCall]]) -> None:
        """Units come by our calls only, and none goes; assignments likewise, but with an account that leaves."""
        called = {subject for subject, call in effective if call.operation == "CreateOrganizationalUnit"}
        self._assigned |= {subject for subject, call in effective if call.operation == "CreateAccountAssignment"}
        for organization_id, held in now["organizations"].items():
            was, ours = before["organizations"][organization_id], organization_id == DESTINATION
            assert was["units"].items() <= held["units"].items(), f"units of {organization_id} have changed"
            come = {f"/{path}" for unit_id, path in held["units"].items() if unit_id not in was["units"]}
            assert come <= (called if ours else set()), f"{come} came to {organization_id}"
            more = set(held["assignments"]) - set(was["assignments"])
            assert {one.split()[0] for one in more} <= (self._assigned if ours else set()), f"{more} was assigned"
            assert len(held["assignments"]) == len(set(held["assignments"])), "somebody is assigned twice"
            for one in set(was["assignments"]) - set(held["assignments"]):
                gone = now["accounts"][one.split()[0]]["organization"] != organization_id
                assert gone, f"{one} is not assigned any more"

    def noted(self, event: Event) -> None:
        """An event of the ledger has reached the disk."""
        if event.kind in (Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED):
            self._listen()
        key = event.step, event.account_id
        if event.kind is Kind.INTENDED:
            self._intended(key, event)
        elif event.kind is Kind.OUTCOME:
            if event.data.get("called", True):
                self._answered(key, event)
            self.nobody_is_locked_out()
        elif event.kind is Kind.SETTLED:
            self._settled(key, event)
        elif event.kind is Kind.CONFIRMED:
            self._claimed(*key)

    def _intended(self, key: tuple[str, str], event: Event) -> None:
        assert key not in self._unsettled, f"{key} is called again before it is settled"
        meant = _call(event.account_id, event.data["operation"], event.data["parameters"])
        assert meant in self._approved, f"{meant} was not approved"
        self._unsettled[key] = Intention(event.data["operation"], event.data["parameters"])
        self._meanings[event.number] = self._unsettled[key]
        if event.data["operation"] in LEAVING:
            assert event.account_id == STANDALONE, "a direct transfer leaves nothing"
            host = SOURCE if event.step == LEAVE_BACK.name else DESTINATION
            assert self._was(lambda world: bool(pending(world, event.account_id, host))), "it would be left outside"

    def _answered(self, key: tuple[str, str], event: Event) -> None:
        call = self._unsettled[key].call
        assert call is not None, f"{key} has an outcome without a call"
        assert ("refused" in event.data) == (call.status != HTTPStatus.OK or call.fault == "lost"), event
        if event.data["answered"]:
            assert event.data["request_id"] == call.request_id
            del self._unsettled[key]

    def _settled(self, key: tuple[str, str], event: Event) -> None:
        """Of an intention that is open; or AWS has taken the call, worked on it, and could not do it."""
        intention, took_effect = self._meanings[event.data["intention"]], event.data["took_effect"]
        assert self._unsettled.pop(key, intention) is intention
        self.settled[took_effect] += 1
        named = event.step, intention.operation

        def effect(world: Json) -> bool:
            told_apart = self.course.told_apart.get(named)
            if told_apart:
                return told_apart(world, intention.parameters)
            return self.course.effects[named](world, event.account_id)

        if took_effect:
            assert self._was(effect), f"{event}: AWS says otherwise"
        elif not self._excused():
            assert not effect(self._now()), f"{event}: AWS says otherwise"

    def told(self, step: str, outcome: Notice) -> None:
        """The operator is told what came of an account; what else is told on the way claims nothing."""
        if not isinstance(outcome, Outcome):
            return
        assert str(outcome.why)
        if outcome.status is Status.CONFIRMED:
            self._claimed(step, outcome.account_id)
        else:
            assert outcome.next_step, f"{outcome} leaves the operator alone"

    def nobody_is_locked_out(self) -> None:
        """Above all: who could be entered before can still be, unless somebody else saw to that."""
        locked = self._locked_out(self._now())
        assert locked <= self._locked, f"nobody can get into {', '.join(sorted(locked - self._locked))} any more"
        self._locked = locked

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

    def _hear(self, call: LoggedCall) -> None:
        """Each changing call follows an intention of its own, and a look since the last call of its kind."""
        if not call.changing:
            shown = call.status == 200 and call.fault in (None, "slow")
            looks = call.operation in ("ListAccounts", "DescribeAccount")
            if shown and looks and call.caller_account == rehearsed.DESTINATION_MANAGEMENT:
                self._looked = call.number
            if call.operation == "AssumeRole" and call.account:
                self._tried[call.account] = call.number
            return
        key = self._meant(call)
        assert key is not None, f"{call} was not intended"
        account_id, intention = key[1], self._unsettled[key]
        assert self.course.may_touch(account_id, self.truth), f"{call} touches what is not in the plan"
        intention.call = call
        asked = (call.operation, account_id, json.dumps(intention.parameters))
        assert self._last.get(asked, -1) < self._looked, f"{call} is repeated without looking"
        self._last[asked] = call.number
        if call.fault in (None, "slow", "lost"):
            assert self._excused() or not {call.code, call.reason} & NEEDLESS, f"{call} was needless"
            if call.status == 200:
                self._effective.append((account_id, call))
                self._keeps_a_door(key, intention)
                if (
                    call.service == "organizations"
                    and call.operation not in own.nameless()
                    and key[0] not in self.course.begins
                ):
                    self._shown_from[key] = call.at + timedelta(seconds=self._lag_now)

    def _keeps_a_door(self, key: tuple[str, str], intention: Intention) -> None:
        """Control Tower lets no account go that nobody has just tried to enter, or whose other role trusts nobody."""
        step, account_id = key
        if step == UNENROLL.name and not intention.parameters.get("IgnoreErrors"):
            tried = self._tried.get(account_id, 0)
            assert tried > self._looked, f"nobody has looked whether {account_id} can be entered then"
            assert tried <= self._distrusted.get(account_id, tried), f"nobody could enter {account_id} then"

    def _meant(self, call: LoggedCall) -> tuple[str, str] | None:
        """Step and account of the intention that a call follows; who accepts or cancels names only the handshake."""
        named = call.account or call.caller_account
        for (step, account_id), intention in reversed(self._unsettled.items()):
            whose = (
                account_id == named
                or call.operation in own.nameless()
                or call.handshake in intention.parameters.values()
            )
            if intention.call is None and intention.operation == call.operation and whose:
                return step, account_id
        return None

    def _locked_out(self, world: Json) -> set[str]:
        """Accounts of the plan that nobody can enter, by their trust policies as they really are.

        Where access is handed over, the organization that an account is in must get in itself, unless somebody else has
        taken access away; otherwise either side will do.
        """
        return {account_id for account_id in self.course.planned if self._is_locked_out(world, account_id)}

    def _is_locked_out(self, world: Json, account_id: str) -> bool:
        if account_id in self._distrusted and self._trusts_nobody(world, account_id):
            return False  # somebody has left Control Tower's own role only, which may be on its way out
        held = world["accounts"][account_id]
        home = _MANAGEMENT.get(held["organization"])
        doors = set(held["entered_by"])
        if home and self.course.hands_over and account_id not in self._robbed:
            return not doors & {home, _SESSION}
        return not doors & {*_MANAGEMENT.values(), _SESSION}

    def _trusts_nobody(self, world: Json, account_id: str) -> bool:
        trust = str(world["accounts"][account_id]["roles"].get(_ROLE))
        return not any(management in trust for management in _MANAGEMENT.values())

    def _excused(self) -> bool:
        """Whether AWS may have shown something else than the truth, or the truth changed after the last look."""
        return self.lag > 0 or self._disturbed >= self._looked

    def _claimed(self, step: str, account_id: str) -> None:
        """Done means that AWS shows it: that it is so, or was so a moment ago, and that reads show it already."""
        claim = self.course.claims[step]
        assert self._was(lambda world: claim(world, account_id)), f"{step} {account_id}: done, but AWS says otherwise"
        shown_from = self._shown_from.get((step, account_id))
        if shown_from and not self._disturbed:
            assert shown_from <= self.rehearsal.now(), f"{step} {account_id}: done, but AWS does not show it yet"

    def _was(self, true: Callable[[Json], bool]) -> bool:
        """Whether something is true, or was so recently that reads may still show it."""
        now = self._now()
        since = datetime.fromisoformat(now["now"]) - timedelta(seconds=self.lag) - _MOMENT
        return true(now) or any(true(world) for at, world in self._past if at >= since)


def _each(decisions: Iterable[Do]) -> Iterator[tuple[str, Call]]:
    return ((decision.account_id, call) for decision in decisions for call in decision.calls)


def _call(account_id: str, operation: str, parameters: Json) -> tuple[str, str, Json]:
    """What was shown and what is made, without the id of an invitation: AWS makes it after a wave was shown."""
    if operation == "AcceptHandshake":
        parameters = {**parameters, "HandshakeId": ""}
    return account_id, operation, parameters
