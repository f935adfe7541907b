"""What a step decides for one account: `Do`, `Done`, `Wait` or `Blocked`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from orgtools.ledger.events import canonical
from orgtools.messages import Message, next_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

UNSENT: Final = "h-notsentyet"
"""What stands for the id of an invitation that is still to be sent: AWS makes the id."""
By = Literal["source", "destination", "member", "member-through-source", "member-through-destination"]
"""Whose credentials: a management account's, or those of the role in the member account, which is entered as
``[access]`` says or through the side that is named."""


@dataclass(frozen=True, slots=True)
class Call:
    """One changing call, exactly as it will be made.

    Attributes:
        operation: AWS's name, such as ``MoveAccount``.
        by: whose credentials make it.
        parameters: its parameters, JSON values only.
        words: what it does, for people.
        service: botocore's name of the service.
        former: what the call replaces, where AWS keeps no copy: the ledger does, for the way back.
        region: where it is made, if not in the region of the credentials.
        step: the step that makes it, where several are shown as one.
        why: for what reason it is approved, where for another one it is not; see `Step.reasoned`.
        touches: ids of the accounts that it is about, where it is not about one alone.
    """

    operation: str
    by: By
    parameters: dict[str, Any] = field(hash=False)
    words: Message = field(compare=False)
    service: str = "organizations"
    former: str = ""
    region: str = ""
    step: str = ""
    why: Message | None = field(default=None, compare=False)
    touches: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Decided:
    """What every decision says: for which account (or what else the step is about), and why.

    With ``effective`` AWS shows that it has taken the step's call, whatever came of it: it works on it, it has done it
    and the proof is missing that this does what it should, or it has failed. An intention without an outcome is settled
    by that.
    """

    account_id: str
    why: Message
    effective: bool = field(default=False, kw_only=True)

    @property
    def next_step(self) -> str:
        """What the operator does then, a sentence; empty where there is nothing to do."""
        return next_step(self.why)


@dataclass(frozen=True, slots=True)
class Do(Decided):
    """These calls are to be made, in this order; and not before those for ``after``, where that is still to do.

    ``failed`` is what AWS said of an earlier try that it took, and of which nothing has come: where that is news, the
    step ends with it instead of looking on.
    """

    calls: tuple[Call, ...]
    after: str = ""
    failed: Message | None = None


@dataclass(frozen=True, slots=True)
class Done(Decided):
    """AWS shows that it is already so."""

    handshake_id: str = ""
    effective: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Wait(Decided):
    """It will be possible later: at ``until`` (UTC), or, where that is None, after what ``why`` says.

    With ``effective`` there is nothing to do but to look on; with ``soon`` that takes seconds, so that the step itself
    looks on. With ``unseen`` nobody of this run can see whether there is anything to do at all.
    """

    until: datetime | None = None
    soon: bool = False
    unseen: bool = False

    @property
    def at_work(self) -> bool:
        """Whether AWS is at work, and nobody has to do anything."""
        return self.effective and self.until is None


@dataclass(frozen=True, slots=True)
class Blocked(Decided):
    """Somebody must do something first; the message's next step says what."""


Decision = Do | Done | Wait | Blocked
"""What a step decides about one account."""


def all_of(whys: Sequence[Message]) -> Message:
    """Several reasons as one; a single one as it is."""
    return whys[0] if len(whys) == 1 else Message("all-of", whys=[*whys])


def digest(scope: Iterable[str], decisions: Iterable[Decision]) -> str:
    """SHA-256 over exactly the `Do` decisions, within a scope (step, organizations, plan).

    The order of accounts does not matter; every parameter of every call does, and so does why it is made: who
    consented to a first invitation did not consent to a second one after somebody cancelled the first.
    """
    calls = sorted(
        [decision.account_id, decision.why.as_json(), [_exactly(call) for call in decision.calls]]
        for decision in decisions
        if isinstance(decision, Do)
    )
    return hashlib.sha256(canonical([list(scope), calls]).encode()).hexdigest()


def fingerprint(call: Call) -> str:
    """What tells a call from every other one, in few letters."""
    return hashlib.sha256(canonical(_exactly(replace(call, touches=()))).encode()).hexdigest()[:32]


def parts_of(why: Message) -> list[Message]:
    """What `all_of` made one."""
    return [*why.facts["whys"]] if why.code == "all-of" else [why]


def reason(why: Message) -> Message:
    """The first of several reasons; the others tell more of it."""
    return parts_of(why)[0]


def as_shown(call: Call) -> Iterator[Call]:
    """A call as it may have been shown: as it is, and as it was before AWS had made the invitation's id."""
    yield call
    if "HandshakeId" in call.parameters:
        yield replace(call, parameters={**call.parameters, "HandshakeId": UNSENT})


def _exactly(call: Call) -> list[object]:
    return [call.service, call.operation, call.by, call.parameters, call.former, call.region, call.step, *call.touches]
