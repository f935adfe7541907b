"""One approved step on its way: performed, and AWS observed again, until it shows the effect.

A round performs each open call once, observes both organizations in bulk, and decides again. An account that is then
`Done` is confirmed; one whose call was refused for good drops out. Between two rounds lies a pause, because AWS may
show an effect late; then AWS is read again, and a call whose answer was lost or doubtful is repeated only because AWS,
just read, shows that it is still to do.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from random import uniform
from typing import TYPE_CHECKING, Final

from orgtools.aws.calls.error_table import ErrorKind
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.core.decisions import Blocked, Do, Done, Wait
from orgtools.steps.core.notices import Answered, Pausing
from orgtools.steps.core.outcomes import Outcome, Result, Status
from orgtools.steps.core.pauses import growing, rest
from orgtools.steps.core.perform import CallResult, Performer
from orgtools.steps.core.preview import Preview, look
from orgtools.steps.core.settling import confirm, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from orgtools.migration import Migration
    from orgtools.steps.core.decisions import Decision
    from orgtools.steps.core.notices import Notice

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0


class Rounds:
    """One approved step on its way, round after round."""

    def __init__(
        self,
        migration: Migration,
        approved: Preview,
        watch: Callable[[Notice], None] | None,
        performer: Performer | None = None,
    ) -> None:
        """Nothing is called yet.

        Args:
            migration: the run.
            approved: what is done; every `Do` of it is approved.
            watch: told what happens, see `apply`.
            performer: makes the calls; None: one of its own.
        """
        self._migration = migration
        self._approved = approved
        self._watch = watch
        self._after = approved
        self._halted = performer.breaker.halted if performer else None
        self._performer = performer or Performer(migration, approved.step, approved.digest)
        self._open: dict[str, Do] = {do.account_id: do for do in approved.to_do}
        self._next: dict[str, Do] = dict(self._open)
        self._answers: dict[str, CallResult] = {}
        self._outcomes: dict[str, Outcome] = {}

    def to_the_end(self) -> Result:
        """Rounds until no account is open, the rounds are used up, or the step stops."""
        settings, speed = self._migration.settings.engine, self._migration.settings.rates.speed
        pauses = growing(_FIRST_PAUSE / speed, _LONGEST_PAUSE / speed)
        self._round()
        for seconds in islice(pauses, settings.rounds - 1):
            if not self._open or self._performer.breaker.halted.is_set():
                break
            pause = seconds + uniform(0, _FIRST_PAUSE / speed)  # noqa: S311 (no secret: two notebooks shall not look at once)
            self._tell(Pausing(pause, len(self._open)))
            rest(pause, self._halted)
            self._round()
        for account_id in list(self._open):
            self._give_up(account_id)
        order = [do.account_id for do in self._approved.to_do]
        return Result(
            before=self._approved,
            after=self._after,
            outcomes=tuple(self._outcomes[account_id] for account_id in order),
            stopped=self._performer.breaker.stopped,
        )

    def _round(self) -> None:
        if self._answers:
            self._look()
        interrupted, called = False, set[str]()
        while not interrupted and (ready := self._ready(called)):
            called |= ready.keys()
            settle(self._migration, self._after, ready.keys())
            interrupted = self._performer.perform(ready.values(), self._answers, self._heard)
            self._look()
        if interrupted:
            raise KeyboardInterrupt

    def _ready(self, called: Collection[str]) -> dict[str, Do]:
        """Whose turn it is: once a round, and after what must be there first."""
        return {
            account_id: do
            for account_id, do in self._next.items()
            if account_id not in called and do.after not in self._open
        }

    def _heard(self, account_id: str, answer: CallResult) -> None:
        self._tell(Answered(account_id, answer.why))

    def _tell(self, notice: Notice) -> None:
        if self._watch:
            self._watch(notice)

    def _look(self) -> None:
        approved = self._approved
        self._after = look(self._migration, approved.step, approved.plan, approved.accounts)
        settle(self._migration, self._after, ())
        self._next = {}
        decisions = {account_id: self._after.by_account[account_id] for account_id in self._open}
        answered = [decision for account_id, decision in decisions.items() if account_id in self._answers]
        confirm(self._migration, approved.step, answered)
        for account_id, decision in decisions.items():
            self._judge(account_id, decision)

    def _judge(self, account_id: str, decision: Decision) -> None:
        """Where an account stands after a round: at its end, to repeat, or to look at again."""
        answer = self._answers.get(account_id)
        if isinstance(decision, Done):
            if answer is not None:
                handshake_id = answer.handshake_id or decision.handshake_id
                self._end(Outcome(account_id, Status.CONFIRMED, decision.why, handshake_id, answer.request_id))
            else:
                self._end(Outcome(account_id, Status.CONFIRMED, Message("confirmed-without-call", why=decision.why)))
        elif answer is None:
            self._next[account_id] = self._open[account_id]
        elif isinstance(decision, Do) and decision.failed and decision.failed != self._open[account_id].failed:
            self._fail(account_id, decision.failed, answer)
        elif answer.why is not None and not answer.may_repeat:
            self._end(Outcome(account_id, Status.REFUSED, answer.why, request_id=answer.request_id))
        elif isinstance(decision, Blocked) and decision.effective and answer.refusal is not None:
            refused = Outcome(account_id, Status.REFUSED, decision.why, request_id=answer.request_id)
            self._end(refused)
        elif isinstance(decision, Wait) and decision.effective and not decision.soon:
            self._end(_at_work(account_id, decision, answer))
        elif answer.refusal is None or not isinstance(decision, Do):
            return  # the call returned, or may have taken effect: AWS shows a state in between
        elif _within(decision, self._open[account_id]):
            self._next[account_id] = decision
        else:
            self._end(_changed(account_id, decision, answer))

    def _fail(self, account_id: str, failed: Message, answer: CallResult) -> None:
        """AWS took the call, worked on it, and could not do it: the ledger tells why, too."""
        ledger, step = self._migration.ledger, self._approved.step.name
        *_, intention = ledger.events(Kind.INTENDED, step=step, account_id=account_id)
        ledger.append(
            Kind.SETTLED,
            step=step,
            account_id=account_id,
            intention=intention.number,
            took_effect=False,
            observed=failed.as_json(),
            handshake_id="",
        )
        self._end(Outcome(account_id, Status.REFUSED, failed, request_id=answer.request_id))

    def _give_up(self, account_id: str) -> None:
        """The rounds are used up, or the step has stopped: say where the account stands, without guessing."""
        answer, decision = self._answers.get(account_id), self._after.by_account[account_id]
        if answer is None:
            outcome = Outcome(account_id, Status.NOT_STARTED, Message("not-started"))
        elif isinstance(decision, Wait) and decision.effective:
            outcome = _at_work(account_id, decision, answer)
        elif answer.refusal is None:
            unseen = Message("unconfirmed")
            outcome = Outcome(account_id, Status.UNCONFIRMED, unseen, answer.handshake_id, answer.request_id)
        elif not isinstance(decision, Do):
            outcome = _changed(account_id, decision, answer)
        else:
            passing = answer.refusal.kind is ErrorKind.RETRY
            why = Message("refused-again" if passing else "refused-each-time", why=answer.why)
            outcome = Outcome(account_id, Status.REFUSED, why, request_id=answer.request_id)
        self._end(outcome)

    def _end(self, outcome: Outcome) -> None:
        answer = self._answers.get(outcome.account_id)
        if outcome.status is Status.REFUSED and answer:
            outcome = replace(outcome, refusal=answer.refusal)
        self._open.pop(outcome.account_id, None)
        self._outcomes[outcome.account_id] = outcome
        self._tell(outcome)


def _changed(account_id: str, decision: Decision, answer: CallResult) -> Outcome:
    why = Message("changed-since-approved", why=decision.why)
    return Outcome(account_id, Status.CHANGED, why, request_id=answer.request_id)


def _at_work(account_id: str, decision: Wait, answer: CallResult) -> Outcome:
    """The call has begun something that takes longer than rounds: looking again in a minute would show nothing new."""
    why = Message("at-work", why=decision.why)
    return Outcome(account_id, Status.UNCONFIRMED, why, request_id=answer.request_id)


def _within(decision: Do, approved: Do) -> bool:
    """Whether all that is still to do was approved; calls that already took effect have dropped out."""
    return all(call in approved.calls for call in decision.calls)
