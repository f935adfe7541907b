"""What a look at something found, and what people said about it: readiness checks and the review of handshakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from orgtools.messages import Message, next_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Verdict(StrEnum):
    """How a finding stands, from good to bad; `unknown` is never good."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    UNKNOWN = "unknown"
    BLOCK = "block"


_TOLD: Final = 3
"""So many findings of an account are told where there is room for a line."""

_ORDER: Final = {status: rank for rank, status in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One look at one account, or at an organization.

    Attributes:
        account_id: the account, or empty where the finding is about a whole organization.
        check: the id of the check in the catalogue, such as ``E7``.
        status: ok, info, warn, unknown ("could not look", never fine) or block.
        evidence: what was seen, and in its next step what the operator does about it.
        until: ISO time (UTC) at which the finding clears by itself, or None.
        resource: the ARN or id of the resource concerned; empty where it is the account or organization itself.
        region: where it was seen; empty for what is global.
        text: the offending text, and what to write instead where there is a proposal; may have several lines.
    """

    account_id: str
    check: str
    status: Verdict
    evidence: Message
    until: str | None = None
    resource: str = ""
    region: str = ""
    text: str = ""

    @property
    def remedy(self) -> str:
        """What the operator does; empty where nothing is to do."""
        return next_step(self.evidence)

    def as_json(self) -> dict[str, Any]:
        """As the ledger and the record hold it."""
        held = {name: getattr(self, name) for name in self.__slots__}
        return held | {"status": self.status.value, "evidence": self.evidence.as_json()}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Finding:
        """What `as_json` wrote."""
        return cls(**{**held, "status": Verdict(held["status"]), "evidence": Message.from_json(held["evidence"])})


def worst(findings: Iterable[Finding]) -> Verdict:
    """The worst status among findings; `unknown` where there is none, because nobody looked."""
    return max((finding.status for finding in findings), key=_ORDER.__getitem__, default=Verdict.UNKNOWN)


def obstacles(findings: Iterable[Finding]) -> Message:
    """What findings of an assessment stand for, and what to do about it; of many the first few.

    A screen shows one line for an account: the rest is counted, by what its checks are about, and named in 10_assess.
    """
    found = {one.evidence: one.check for one in findings}
    told = [Message("obstacle", why=why, check=check) for why, check in list(found.items())[:_TOLD]]
    rest = [check.partition(".")[0] for check in list(found.values())[_TOLD:]]
    if rest:
        return Message("obstacles-and-more", findings=told, more=len(rest), checks=list(dict.fromkeys(rest)))
    return Message("obstacles", findings=told)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A risk that somebody accepted: until when, who, and why."""

    until: datetime
    by: str
    reason: str

    @classmethod
    def told(cls, data: Mapping[str, Any]) -> Waiver:
        """What an event of the ledger tells."""
        return cls(datetime.fromisoformat(data["until"]), data["by"], data["reason"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question that no API answers, who, and when."""

    answer: str
    by: str
    at: datetime
