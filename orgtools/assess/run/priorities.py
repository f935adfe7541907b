"""What to do first about the findings of an assessment, and which accounts they keep out of the plan for now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.assess.run.run import standing
from orgtools.findings import Finding, Verdict
from orgtools.messages import KINDS, FactKind, Message

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot

_ORDER: Final = (Verdict.BLOCK, Verdict.UNKNOWN, Verdict.WARN)


@dataclass(frozen=True)
class ToDo:
    """One thing to do.

    Attributes:
        status: what it clears: block, unknown or warn.
        checks: ids of the checks that ask for it.
        accounts: ids of the accounts that it helps; "" for the organizations.
        findings: what was found.
    """

    status: Verdict
    checks: tuple[str, ...]
    accounts: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def remedy(self) -> str:
        """What to do, as the first of its findings says it."""
        return self.findings[0].remedy


def first(findings: Iterable[Finding]) -> tuple[ToDo, ...]:
    """What to do, in order: blocks by how many accounts they hold up, then what to grant, then warnings.

    What the organizations as a whole stand in the way of holds up every account, so it comes first of its kind.
    """
    grouped: dict[tuple[Verdict, Hashable], list[Finding]] = {}
    for finding in findings:
        if finding.status in _ORDER:
            grouped.setdefault((finding.status, _step(finding.evidence)), []).append(finding)
    todo = [
        ToDo(
            status,
            tuple(dict.fromkeys(finding.check for finding in found)),
            tuple(dict.fromkeys(finding.account_id for finding in found)),
            tuple(found),
        )
        for (status, _), found in grouped.items()
    ]
    return tuple(sorted(todo, key=lambda one: (_ORDER.index(one.status), "" not in one.accounts, -len(one.accounts))))


def _step(evidence: Message) -> Hashable:
    """What tells one thing to do from another: the next step that a message carries, or else what it says.

    Which account, resource or time it says that of makes no other step of it.
    """
    for name in ("then", "next"):
        if name in evidence.facts:
            held: Hashable = evidence.facts[name]
            return held
    return evidence.code, tuple(dict.fromkeys(_step(inner) for inner in _clauses(evidence)))


def _clauses(message: Message) -> Iterator[Message]:
    for name, fact in message.facts.items():
        if KINDS[name] is FactKind.CLAUSE:
            yield from (one for one in (fact if isinstance(fact, tuple) else (fact,)) if isinstance(one, Message))


def standings(plan: Plan, snapshot: Snapshot) -> Mapping[str, tuple[Finding, ...]]:
    """How each planned account stands now, by its id, in the order of the plan; see `standing`."""
    return {account.account_id: standing(account, snapshot) for account in plan.accounts}


def held(stand: Mapping[str, tuple[Finding, ...]], snapshot: Snapshot) -> Mapping[str, tuple[Finding, ...]]:
    """The planned accounts that are out of the plan for now, with what blocks them; they come back when that clears.

    Nobody takes them out and nobody puts them back: the newest assessment, the checks that need no call and the
    waivers decide each time anew. An account that has been invited or has arrived is held no more.

    Args:
        stand: how each of them stands; see `standings`.
        snapshot: both organizations.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    for account_id, findings in stand.items():
        blocking = tuple(one for one in findings if one.status is Verdict.BLOCK)
        destination = snapshot.destination
        if blocking and account_id not in destination.accounts and not destination.pending_invitation_to(account_id):
            found[account_id] = blocking
    return found
