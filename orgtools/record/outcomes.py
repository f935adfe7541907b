"""Where each planned account stands, in words: what the steps decide about it, and what the ledger adds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.ledger import Kind
from orgtools.steps import ACCEPT, ENROLL, INVITE, LEAVE, LEAVE_BACK, REPLICATE, VERIFY, Blocked, Do, Done, Wait
from orgtools.steps.alone import going_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.ledger import Event
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps import Decision

ELSEWHERE: Final = "not by this run"
"""How an account arrived that was not in the destination when the run began, and for which the run accepted nothing."""

_NOWHERE: Final = "neither organization"
_NOT_THERE: Final = "not the destination"
"""Where the source is not ours."""
BY_ITS_OWNER: Final = "by its owner"


class State(StrEnum):
    """Where an account stands on its way, in a word or two."""

    IN_PLACE = "in place"
    """In the destination, in its planned unit, with its planned tags."""
    ARRIVED = "arrived, not in place"
    """In the destination, but something is missing."""
    BETWEEN = "between organizations"
    """Taken out of the source, not yet in the destination."""
    INVITED = "invited"
    """Its invitation waits for an answer."""
    OPEN = "not invited"
    """Nothing stands against inviting it."""
    WAITS = "waits"
    """It may go later."""
    BLOCKED = "blocked"
    """Somebody must do something first."""
    UNPLANNED = "not planned any more"
    """This run made a call for it, but accounts.csv does not name it now."""


ON_THE_WAY = (State.ARRIVED, State.BETWEEN, State.INVITED)
"""States in which the move has begun and has not ended."""
NOT_MOVED = (State.OPEN, State.WAITS, State.BLOCKED)
"""States in which nothing has happened to the account."""


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """One account at the time of the record; all texts.

    Attributes:
        account_id: 12 digits.
        name: the account's name as AWS shows it, or empty.
        wave: the number of its wave, or empty.
        state: one of `State`.
        words: why it stands there, a sentence.
        next_step: what the operator does, or empty.
        planned: the planned organizational unit, or empty.
        path: ``direct`` or ``standalone``, or empty.
        at_start: where it was when the run began.
        now: where AWS shows it.
        arrival: whether it came to the destination by this run; empty where it is not there.
        handshake_id: its newest invitation, or empty.
        request_id: AWS's id of the last call made for it, as CloudTrail shows it, or empty.
    """

    account_id: str
    name: str
    wave: str
    state: str
    words: str
    next_step: str
    planned: str
    path: str
    at_start: str
    now: str
    arrival: str
    handshake_id: str
    request_id: str


def outcomes(
    accounts: Sequence[PlannedAccount],
    snapshot: Snapshot,
    baseline: Mapping[str, tuple[str, str]],
    events: Iterable[Event],
) -> list[AccountOutcome]:
    """The outcome of each planned account, in the order of the plan, then of accounts that left the plan.

    Args:
        accounts: the planned accounts.
        snapshot: both organizations, with what PLACE and ENROLL look up where it could be looked up.
        baseline: where every account was when the run began, from `Migration.baseline`.
        events: the ledger.
    """
    calls = [event for event in events if event.kind in (Kind.OUTCOME, Kind.SETTLED) and event.step != REPLICATE.name]
    facts = _Facts(
        snapshot,
        baseline,
        handshakes={event.account_id: event.data["handshake_id"] for event in calls if event.data.get("handshake_id")},
        requests={event.account_id: event.data["request_id"] for event in calls if event.data.get("request_id")},
        accepted=frozenset(event.account_id for event in calls if event.step == "accept" and event.took_effect),
        asked=frozenset(event.account_id for event in events if event.kind is Kind.ASKED),
    )
    found = []
    invitations = INVITE.ration([INVITE.decide(account, snapshot) for account in accounts], snapshot)
    for account, invitation in zip(accounts, invitations, strict=True):
        state, words, next_step = _standing(account, snapshot, invitation)
        found.append(facts.outcome(account.account_id, account, state, words, next_step))
    strangers = {event.account_id for event in calls if event.data.get("called", True)}
    for account_id in sorted(strangers - {account.account_id for account in accounts}):
        words = "this run made calls for it, and accounts.csv does not name it any more"
        next_step = "Find out who took it out of accounts.csv, and why."
        found.append(facts.outcome(account_id, None, State.UNPLANNED, words, next_step))
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What AWS and the ledger say about accounts, before anything is decided."""

    snapshot: Snapshot
    baseline: Mapping[str, tuple[str, str]]
    handshakes: Mapping[str, str]
    requests: Mapping[str, str]
    accepted: frozenset[str]
    asked: frozenset[str]

    def outcome(
        self, account_id: str, planned: PlannedAccount | None, state: State, words: str, next_step: str
    ) -> AccountOutcome:
        destination, source = self.snapshot.destination, self.snapshot.source
        held = destination.accounts.get(account_id) or source.accounts.get(account_id)
        invitation = next((sent.id for sent in destination.invitations_to(account_id)), "")
        began = self.baseline.get(account_id)
        return AccountOutcome(
            account_id=account_id,
            name=held.name if held else "",
            wave=str(planned.wave) if planned else "",
            state=state.value,
            words=words,
            next_step=next_step,
            planned=planned.ou if planned else "",
            path=planned.path if planned else "",
            at_start=f"{began[0]} {began[1]}" if began else self._nowhere,
            now=self._now(account_id),
            arrival=self._arrival(account_id),
            handshake_id=invitation or self.handshakes.get(account_id, ""),
            request_id=self.requests.get(account_id, ""),
        )

    def _now(self, account_id: str) -> str:
        for name, side in (("destination", self.snapshot.destination), ("source", self.snapshot.source)):
            held = side.accounts.get(account_id)
            if held:
                return f"{name} {side.path_of(account_id)}" + (f" ({held.state})" if held.state != "ACTIVE" else "")
        return self._nowhere

    @property
    def _nowhere(self) -> str:
        return _NOWHERE if self.snapshot.source.seen else _NOT_THERE

    def _arrival(self, account_id: str) -> str:
        if account_id not in self.snapshot.destination.accounts:
            return ""
        if account_id in self.accepted:
            return "by this run"
        if account_id in self.asked and self.baseline.get(account_id, ("", ""))[0] != "destination":
            return BY_ITS_OWNER
        began = self.baseline.get(account_id, ("", ""))[0]
        return "before this run" if began == "destination" else ELSEWHERE


def _standing(account: PlannedAccount, snapshot: Snapshot, invitation: Decision) -> tuple[State, str, str]:
    account_id, destination = account.account_id, snapshot.destination
    verified = VERIFY.decide(account, snapshot)
    if isinstance(verified, Done):
        enrolled = ENROLL.decide(account, snapshot)
        if "destination" in snapshot.towers and not isinstance(enrolled, Done):
            return State.IN_PLACE, f"{verified.why}; {enrolled.why}", _next(enrolled) or "Open 70_enroll."
        return State.IN_PLACE, str(verified.why), ""
    if account_id in destination.accounts:
        return State.ARRIVED, str(verified.why), _next(verified)
    acceptance = ACCEPT.decide(account, snapshot)
    if account_id not in snapshot.source.accounts and account_id in snapshot.left:
        if account_id in snapshot.returning:
            return State.BETWEEN, str(LEAVE_BACK.decide(account, snapshot).why), str(going_back(account_id, snapshot))
        why = LEAVE.decide(account, snapshot).why if account.path == "standalone" else acceptance.why
        onward = _next(acceptance) or ("Open 50_accept." if isinstance(acceptance, Do) else "Open 30_invite.")
        back = (
            "let the source take it back: open 87_way_back" if snapshot.source.seen else "ask the source to invite it"
        )
        return State.BETWEEN, str(why), f"{onward} Or {back}."
    if destination.pending_invitation_to(account_id):
        return State.INVITED, f"{invitation.why}; not accepted yet", _next(acceptance) or "Open 50_accept."
    if isinstance(invitation, Wait):
        return State.WAITS, str(invitation.why), "Open 30_invite again then."
    if isinstance(invitation, Blocked):
        return State.BLOCKED, str(invitation.why), invitation.next_step
    return State.OPEN, str(invitation.why), "Open 30_invite."


def _next(decision: Decision) -> str:
    return decision.next_step if isinstance(decision, Blocked) else ""
