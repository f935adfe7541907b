"""The first two moves of a step: observe and decide. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.core.decisions import Blocked, Decision, Do, Done, Wait, digest
from orgtools.steps.core.resuming import earlier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.step import Step, Subject


@dataclass(frozen=True)
class Preview:
    """What a step would do now, for some accounts.

    Attributes:
        step: the step.
        accounts: the accounts that were looked at, in the order of the plan; of some steps, what else it is about.
        decisions: one for each of them.
        snapshot: what was observed.
        plan: the plan that was decided with.
        run: which run it is a preview of, see `Ledger.run`.
        noted_at: when a dry run of this run last showed exactly this, by AWS's clock, UTC; None: none did.
        approved: the approval of this run that covers all that is left of several steps, as its ledger tells; None
            where there is none.
    """

    step: Step
    accounts: tuple[Subject, ...]
    decisions: tuple[Decision, ...]
    snapshot: Snapshot
    plan: Plan
    run: str = ""
    noted_at: datetime | None = None
    approved: Event | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 that binds an approval to exactly the calls shown, the run, both organizations and the plan."""
        scope = (
            self.run,
            self.step.name,
            self.snapshot.source.identity.organization_id,
            self.snapshot.destination.identity.organization_id,
            self.plan.digest,
        )
        return digest(scope, self.decisions)

    @cached_property
    def by_account(self) -> Mapping[str, Decision]:
        """The decisions by account id."""
        return {decision.account_id: decision for decision in self.decisions}

    @property
    def to_do(self) -> tuple[Do, ...]:
        """The accounts for which calls would be made."""
        return tuple(decision for decision in self.decisions if isinstance(decision, Do))

    @property
    def going(self) -> tuple[Decision, ...]:
        """Whom `apply` leads to the end: those to do, and of several steps also those that AWS is at work on.

        For these others may have to wait, whoever began it.
        """
        several = bool(self.step.parts)
        return tuple(
            decision
            for decision in self.decisions
            if isinstance(decision, Do) or (several and isinstance(decision, Wait) and decision.at_work)
        )

    @property
    def phrase(self) -> str:
        """What a person types to approve: the step and the number of accounts, ``invite 12``."""
        return f"{self.step.name} {len(self.to_do)}"

    @property
    def unseen(self) -> int:
        """Of how many accounts nobody of this run can see whether there is anything to do."""
        return sum(isinstance(decision, Wait) and decision.unseen for decision in self.decisions)

    def summary(self) -> Message:
        """In numbers what would happen: how many accounts need the step's call, are done, wait or are blocked."""
        kinds = Counter(type(decision) for decision in self.decisions)
        waiting = kinds[Wait] - self.unseen
        times = [decision.until for decision in self.decisions if isinstance(decision, Wait) and decision.until]
        parts = [Message(f"do-{self.step.name}", count=kinds[Do])]
        if kinds[Done]:
            parts.append(Message(f"done-{self.step.name}", count=kinds[Done]))
        if waiting and times:
            parts.append(Message("waiting-until", count=waiting, until=min(times)))
        elif waiting:
            parts.append(Message("waiting", count=waiting))
        if self.unseen:
            parts.append(Message("not-looked-at", count=self.unseen))
        if kinds[Blocked]:
            parts.append(Message("blocked", count=kinds[Blocked]))
        return Message("summary", whys=parts)

    def difference(self, other: Preview) -> tuple[Message, ...]:
        """What another preview would do differently, a message for each account."""
        return tuple(
            Message("preview-differs", place=account, before=_told(before), after=_told(after))
            for account in dict.fromkeys((*self.by_account, *other.by_account))
            for before, after in [(self.by_account.get(account), other.by_account.get(account))]
            if _shown(before) != _shown(after)
        )


def preview(
    migration: Migration, step: Step, accounts: Iterable[str] | None = None, *, wave: int | None = None
) -> Preview:
    """Observe both organizations and decide for each account what the step would do. Nothing is changed.

    Args:
        migration: the run.
        step: one of `orgtools.steps.ALL`.
        accounts: ids of accounts in the plan, or what else `Step.select` knows; None takes the wave, or the whole plan.
        wave: the number of a wave; None takes all waves.

    Raises:
        InputError: an account or wave is not in the plan, or accounts.csv says what cannot be meant.
        RefusedError: AWS refuses to show one of the organizations.
    """
    plan = migration.plan = migration.read_plan()
    migration.destination.forget_units()  # whoever looks, looks at the tree as it is now
    seen = look(migration, step, plan, step.select(migration, accounts, wave))
    migration.check_plan(seen.snapshot)
    events = migration.ledger.events(Kind.PREVIEWED, step=step.name)
    noted = [event.at for event in events if event.data["digest"] == seen.digest]
    before = None
    if step.parts:
        now, settings = seen.snapshot.taken_at, seen.snapshot.settings
        before = earlier(migration.ledger, step, plan.digest, seen.to_do, settings=settings, now=now)
    return replace(seen, noted_at=max(noted, default=None), approved=before)


def note(migration: Migration, shown: Preview) -> None:
    """Note in the ledger that a preview was shown: its digest approves it from now on, for some hours."""
    if shown.to_do:
        migration.ledger.append(
            Kind.PREVIEWED,
            step=shown.step.name,
            digest=shown.digest,
            count=len(shown.to_do),
            summary=shown.summary().as_json(),
        )


def look(migration: Migration, step: Step, plan: Plan, accounts: tuple[Subject, ...]) -> Preview:
    """Observe and decide with a plan that was read before: the engine looks so between its rounds.

    Raises:
        RefusedError: AWS refuses to show one of the organizations.
    """
    snapshot = step.observe(migration, accounts)
    answers = {event.account_id: event for event in migration.ledger.events(Kind.OUTCOME, step=step.name)}
    decided = [_rested(step.decide(account, snapshot), answers, snapshot.taken_at) for account in accounts]
    decisions = step.apply_limits(decided, snapshot)
    run = migration.ledger.run
    return Preview(step=step, accounts=accounts, decisions=tuple(decisions), snapshot=snapshot, plan=plan, run=run)


def _rested(decision: Decision, answers: Mapping[str, Event], now: datetime) -> Decision:
    """A call that AWS refused until later waits until then, also in a later run: the ledger remembers."""
    answer = answers.get(decision.account_id)
    until = answer.data.get("until") if answer else None
    if answer is None or until is None or not isinstance(decision, Do) or datetime.fromisoformat(until) <= now:
        return decision
    refused = Message.from_json(answer.data["why"])
    why = Message("refused-until", at=answer.at, reason=answer.data["refused"], why=refused)
    return Wait(decision.account_id, why, datetime.fromisoformat(until))


def _shown(decision: Decision | None) -> object:
    return (decision.why, decision.calls) if isinstance(decision, Do) else None


def _told(decision: Decision | None) -> Message:
    if isinstance(decision, Do):
        changes = [
            Message("call-of-step", step=call.step, change=call.words) if call.step else call.words
            for call in decision.calls
        ]
        return Message("decided-calls", changes=changes, why=decision.why)
    return Message("decided-nothing", why=decision.why) if decision else Message("decided-unseen")
