"""The log of every API call, for counting and for telling what changed something."""

import re
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

ACCOUNT_ID = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One API call as the server saw it.

    `changing` says that the operation asks for a change, whatever came of it, while
    `status` and `code` say whether it was refused. `account` and `handshake` are what the parameters name.
    `actions` are the IAM actions that the policies were asked for, in that order; none where none is needed.
    """

    number: int
    at: datetime
    service: str
    operation: str
    caller_account: str | None
    caller_arn: str | None
    changing: bool
    status: int
    code: str | None
    reason: str | None
    account: str | None
    handshake: str | None
    request_id: str
    fault: str | None = None
    actions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For the admin route."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "LoggedCall":
        """From the admin route."""
        return cls(**{**document, "at": datetime.fromisoformat(document["at"]), "actions": tuple(document["actions"])})


class Log:
    """The latest calls, in their order; of a rehearsal that runs for days the oldest are forgotten."""

    KEPT = 100_000

    def __init__(self) -> None:
        self._kept: deque[LoggedCall] = deque(maxlen=self.KEPT)
        self.total = 0
        """How many there were."""

    def add(self, call: LoggedCall) -> None:
        """One more, whose number is `total + 1`."""
        self.total += 1
        self._kept.append(call)

    def after(self, number: int) -> list[LoggedCall]:
        """The calls after a number, as far as they are kept."""
        first = self.total - len(self._kept)
        return list(islice(self._kept, max(0, number - first), None))


def targets(parameters: dict[str, Any]) -> tuple[str | None, str | None]:
    """The account and the handshake that a call's parameters name."""
    account = parameters.get("AccountId")
    target = parameters.get("Target")
    if account is None and isinstance(target, dict):
        account = target.get("Id")
    if account is None:
        named = (parameters.get(name) for name in ("ResourceId", "RoleArn", "TargetId"))
        resource = str(next(filter(None, named), ""))
        digits = "".join(resource.split(":")[4:5]) if resource.startswith("arn:") else resource
        account = digits if ACCOUNT_ID.fullmatch(digits) else None
    return account, parameters.get("HandshakeId")
