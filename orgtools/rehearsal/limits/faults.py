"""Faults on demand: which calls fail, and how. The same script and seed fail the same calls again."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.limits.rates import too_many_requests
from orgtools.rehearsal.refusals import ServiceError

Kind = Literal["throttle", "server_error", "concurrent_modification", "refuse", "slow", "cut", "lost"]


@dataclass(frozen=True)
class Fault:
    """One rule: some calls of an operation fail in one way.

    `operation` is a name as in the API, or "*". Of the matching calls those fail whose number, counted from 1
    since the script began, is in `calls`, or each with `probability`; `times` ends it after so many.

    Kinds: `throttle` (TooManyRequestsException), `server_error` (ServiceException, HTTP 500),
    `concurrent_modification`, `refuse` (with `code` and `reason`), `slow` (answers after `seconds` of virtual
    time), `cut` (the connection closes before the call took effect), `lost` (it closes after the call took
    effect, so the answer is lost).
    """

    operation: str
    kind: Kind
    calls: Sequence[int] = ()
    probability: float = 0.0
    times: int | None = None
    seconds: float = 0.0
    code: str = ""
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise WrongError(Message("rehearsal-fault-unknown", given=str(self.kind), choices=get_args(Kind)))
        if not self.calls and not self.probability:
            raise WrongError(Message("rehearsal-fault-of-nothing", operation=self.operation))
        if self.kind == "refuse" and not self.code:
            raise WrongError(Message("rehearsal-fault-without-code", operation=self.operation))

    def as_json(self) -> dict[str, Any]:
        """For the admin route."""
        return {**asdict(self), "calls": list(self.calls)}


class Script:
    """The faults in force and how far each has come."""

    def __init__(self, faults: Iterable[Fault] = (), seed: int = 0) -> None:
        self._faults = [(fault, random.Random(f"{seed}/{place}")) for place, fault in enumerate(faults)]  # noqa: S311
        self._matched = [0] * len(self._faults)
        self._done = [0] * len(self._faults)

    def next(self, operation: str) -> Fault | None:
        """The fault that the next call of an operation meets, if any; the first rule that fires wins."""
        fired: Fault | None = None
        for place, (fault, chance) in enumerate(self._faults):
            if fault.operation not in ("*", operation):
                continue
            self._matched[place] += 1
            # Every rule draws for every matching call, so that one rule does not shift another's luck.
            hit = self._matched[place] in fault.calls or chance.random() < fault.probability
            if hit and fired is None and (fault.times is None or self._done[place] < fault.times):
                self._done[place] += 1
                fired = fault
        return fired


def refusal(fault: Fault) -> ServiceError | None:
    """The error that a fault answers before the call takes effect, or None for the other kinds."""
    if fault.kind == "throttle":
        return too_many_requests()
    if fault.kind == "server_error":
        message = "Organizations can't complete your request because of an internal service error. Try again later."
        return ServiceError("ServiceException", message, status=500)
    if fault.kind == "concurrent_modification":
        message = "The target of the operation is currently being modified by a different request. Try again later."
        return ServiceError("ConcurrentModificationException", message)
    if fault.kind == "refuse":
        return ServiceError(fault.code, "The rehearsal's script refuses this call.", reason=fault.reason)
    return None
