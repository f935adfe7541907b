"""Where each planned account is: what the steps decide about it, and what the ledger adds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.snapshot import NotLooked
from orgtools.steps import ACCEPT, ENROLL, INVITE, LEAVE, LEAVE_BACK, REPLICATE, VERIFY, Blocked, Do, Done, Wait
from orgtools.steps.board.stand_alone import going_back
from orgtools.steps.forward.enroll import Enrolling
from orgtools.steps.forward.place import Tags
from orgtools.steps.shared.account_access import Entries
from orgtools.steps.shared.control_tower import DestinationControlTower

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.ledger import Event
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps import Decision


class Arrival(StrEnum):
    """How an account came to the destination; ``record-arrival-...`` of the catalogue has the labels."""

    NOT_THERE = ""
    BY_THIS_RUN = "this-run"
    BY_ITS_OWNER = "owner"
    BEFORE = "before"
    ELSEWHERE = "elsewhere"
    """It was not there when the run began, and the run accepted nothing for it."""


class State(StrEnum):
    """Where an account is on its way; ``record-state-...`` of the catalogue has the labels."""

    IN_PLACE = "in-place"
    """In the destination, in its planned unit, with its planned tags."""
    ARRIVED = "arrived"
    """In the destination, but something is missing."""
    BETWEEN = "between"
    """Taken out of the source, not yet in the destination."""
    INVITED = "invited"
    """Its invitation waits for an answer."""
    OPEN = "open"
    """Nothing prevents inviting it."""
    WAITS = "waits"
    """It may go later."""
    BLOCKED = "blocked"
    """Somebody must do something first."""
    UNPLANNED = "unplanned"
    """This run made a call for it, but accounts.csv does not name it now."""


ON_THE_WAY = (State.ARRIVED, State.BETWEEN, State.INVITED)
"""States in which the move has begun and has not ended."""
NOT_MOVED = (State.OPEN, State.WAITS, State.BLOCKED)
"""States in which nothing has happened to the account."""


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """One account at the time of the record.

    Attributes:
        account_id: 12 digits.
        name: the account's name as AWS shows it, or empty.
        wave: the number of its wave, or empty.
        state: one of `State`.
        why: why it is in that state, and in its next step what the operator does.
        planned: the planned organizational unit, or empty.
        path: ``direct`` or ``standalone``, or empty.
        at_start: where it was when the run began.
        now: where AWS shows it.
        arrival: how it came to the destination, one of `Arrival`; empty where it is not there.
        handshake_id: its newest invitation, or empty.
        request_id: AWS's id of the last call made for it, as CloudTrail shows it, or empty.
    """

    account_id: str
    name: str
    wave: str
    state: str
    why: Message
    planned: str
    path: str
    at_start: Message
    now: Message
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
        snapshot: both organizations, with what PLACE and ENROLL look up where somebody did and could; without it,
            planned tags count as missing, and whether an account is enrolled is not told.
        baseline: where every account was when the run began, from `Migration.baseline`.
        events: the ledger.
    """
    snapshot = snapshot.without_looking(Tags, DestinationControlTower, Enrolling, Entries)
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
    invitations = INVITE.apply_limits([INVITE.decide(account, snapshot) for account in accounts], snapshot)
    for account, invitation in zip(accounts, invitations, strict=True):
        state, why = _standing(account, snapshot, invitation)
        found.append(facts.outcome(account.account_id, account, state, why))
    strangers = {event.account_id for event in calls if event.data.get("called", True)}
    left = sorted(strangers - {account.account_id for account in accounts})
    return found + [
        facts.outcome(account_id, None, State.UNPLANNED, Message("account-left-the-plan")) for account_id in left
    ]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What AWS and the ledger say about accounts, before anything is decided."""

    snapshot: Snapshot
    baseline: Mapping[str, tuple[str, str]]
    handshakes: Mapping[str, str]
    requests: Mapping[str, str]
    accepted: frozenset[str]
    asked: frozenset[str]

    def outcome(self, account_id: str, planned: PlannedAccount | None, state: State, why: Message) -> AccountOutcome:
        destination, source = self.snapshot.destination, self.snapshot.source
        held = destination.accounts.get(account_id) or source.accounts.get(account_id)
        invitation = next((sent.id for sent in destination.invitations_to(account_id)), "")
        began = self.baseline.get(account_id)
        return AccountOutcome(
            account_id=account_id,
            name=held.name if held else "",
            wave=str(planned.wave) if planned else "",
            state=state.value,
            why=why,
            planned=planned.ou if planned else "",
            path=planned.path if planned else "",
            at_start=Message("place", side=began[0], unit=began[1]) if began else self._nowhere,
            now=self._now(account_id),
            arrival=self._arrival(account_id),
            handshake_id=invitation or self.handshakes.get(account_id, ""),
            request_id=self.requests.get(account_id, ""),
        )

    def _now(self, account_id: str) -> Message:
        for name, side in (("destination", self.snapshot.destination), ("source", self.snapshot.source)):
            held = side.accounts.get(account_id)
            if held:
                path = side.path_of(account_id)
                if held.state == "ACTIVE":
                    return Message("place", side=name, unit=path)
                return Message("place-not-active", side=name, unit=path, state=held.state)
        return self._nowhere

    @property
    def _nowhere(self) -> Message:
        return Message("place-neither" if self.snapshot.source.seen else "place-not-the-destination")

    def _arrival(self, account_id: str) -> Arrival:
        if account_id not in self.snapshot.destination.accounts:
            return Arrival.NOT_THERE
        if account_id in self.accepted:
            return Arrival.BY_THIS_RUN
        if self.baseline.get(account_id, ("", ""))[0] == "destination":
            return Arrival.BEFORE
        return Arrival.BY_ITS_OWNER if account_id in self.asked else Arrival.ELSEWHERE


def _standing(account: PlannedAccount, snapshot: Snapshot, invitation: Decision) -> tuple[State, Message]:
    account_id, destination = account.account_id, snapshot.destination
    verified = VERIFY.decide(account, snapshot)
    if isinstance(verified, Done):
        enrolled = None if isinstance(snapshot.looked(Enrolling), NotLooked) else ENROLL.decide(account, snapshot)
        if enrolled and not isinstance(enrolled, Done):
            whys = [verified.why, enrolled.why]
            blocked = isinstance(enrolled, Blocked)
            return State.IN_PLACE, Message("in-place-not-enrolled" if blocked else "in-place-to-enroll", whys=whys)
        return State.IN_PLACE, verified.why
    if account_id in destination.accounts:
        return State.ARRIVED, verified.why
    acceptance = ACCEPT.decide(account, snapshot)
    if account_id not in snapshot.source.accounts and account_id in snapshot.history.left:
        return State.BETWEEN, _between(account, snapshot, acceptance)
    if destination.pending_invitation_to(account_id):
        if isinstance(acceptance, Blocked):
            return State.INVITED, Message("invited-not-accepted", why=invitation.why, then=acceptance.why)
        return State.INVITED, Message("invited-to-accept", why=invitation.why)
    if isinstance(invitation, Wait):
        return State.WAITS, Message("to-invite-later", why=invitation.why)
    if isinstance(invitation, Blocked):
        return State.BLOCKED, invitation.why
    return State.OPEN, Message("to-invite", why=invitation.why)


def _between(account: PlannedAccount, snapshot: Snapshot, acceptance: Decision) -> Message:
    """It is in no organization: it can go on, or back."""
    account_id = account.account_id
    if account_id in snapshot.history.returning:
        why = LEAVE_BACK.decide(account, snapshot).why
        return Message("between-going-back", why=why, then=going_back(account_id, snapshot))
    why = LEAVE.decide(account, snapshot).why if account.path == "standalone" else acceptance.why
    onward = "accept" if isinstance(acceptance, Do) else "invite"
    if isinstance(acceptance, Blocked):
        onward = "blocked"
    back = "ours" if snapshot.source.seen else "theirs"
    return Message("between", why=why, then=acceptance.why, onward=onward, back=back)
