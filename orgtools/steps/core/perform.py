"""Changing calls, each between two ledger events, for several accounts side by side."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Literal

from orgtools.aws.calls.error_table import ErrorKind
from orgtools.aws.calls.errors import Refusal, is_passing
from orgtools.aws.changing_call import call as make
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.policies import Role, Whom, grant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from orgtools.migration import Migration
    from orgtools.steps.core.decisions import Call, Do
    from orgtools.steps.core.step import Step

_REPEATABLE: Final = (ErrorKind.RETRY, ErrorKind.RECONCILE)
_LOOK_AROUND: Final = 1.0
"""Seconds after which it is looked whether a call has ended whose end an interrupt kept from being heard."""
_THROUGH: Final[dict[str, Literal["source", "destination"] | None]] = {
    "member": None,
    "member-through-source": "source",
    "member-through-destination": "destination",
}
_ROLES: Final[dict[str, Role]] = {"source": Role.source_operator, "destination": Role.destination_operator}
_WHOM: Final[dict[str, Whom]] = {"source": "caller-in-source", "destination": "caller-in-destination"}
"""Whose policy allows a management account's calls; any other call is the member's."""


@dataclass(frozen=True, slots=True)
class CallResult:
    """What the last call for an account returned: a refusal, and what it means and asks for; or none."""

    refusal: Refusal | None = None
    why: Message | None = None
    handshake_id: str = ""
    request_id: str = ""

    @property
    def may_repeat(self) -> bool:
        """Whether the call may be made again once AWS, read anew, shows that it is still to do."""
        return self.refusal is not None and self.refusal.kind in _REPEATABLE


class Breaker:
    """The circuit breaker of one approval: many refusals of one kind have one cause, and more calls do not help.

    Attributes:
        halted: set where no new call begins, whatever the reason.
        stopped: why, for people; None where nobody stopped it.
    """

    def __init__(self, migration: Migration, step: str) -> None:
        """Nothing has been refused.

        Args:
            migration: the run, whose ledger is told.
            step: the name of the step that was approved.
        """
        self.halted = threading.Event()
        self.stopped: Message | None = None
        self._migration = migration
        self._step = step
        self._refusals: Counter[str] = Counter()
        self._lock = threading.Lock()

    def stop(self, why: Message) -> None:
        """No new call begins; calls in flight end."""
        self.halted.set()
        with self._lock:
            if self.stopped is None:
                self.stopped = why
                self._migration.ledger.append(Kind.STOPPED, step=self._step, why=why.as_json())

    def count(self, refusal: Refusal, why: Message) -> None:
        """Count a refusal that no repetition helps against, and stop at as many of one kind as ``[engine]`` allows."""
        if refusal.kind in _REPEATABLE:
            return
        with self._lock:
            self._refusals[refusal.name] += 1
            count = self._refusals[refusal.name]
        if count >= self._migration.settings.engine.breaker:
            self.stop(Message("stopped-by-refusals", count=count, reason=refusal.name, why=why))


class Performer:
    """Performs calls on a small pool of threads; the pacer sets the rate, the pool only hides latency."""

    def __init__(
        self,
        migration: Migration,
        step: Step,
        approval: str,
        breaker: Breaker | None = None,
        turn: AbstractContextManager[object] | None = None,
    ) -> None:
        """Perform for one step.

        Args:
            migration: the run.
            step: the step.
            approval: the digest of what was approved.
            breaker: of that approval; None: one of its own.
            turn: held while calls are made, where others make calls of the same rate.
        """
        self._turn = turn or nullcontext()
        self.breaker = breaker or Breaker(migration, step.name)
        self._migration = migration
        self._step = step
        self._approval = approval

    def perform(
        self, work: Iterable[Do], answers: dict[str, CallResult], heard: Callable[[str, CallResult], None] | None = None
    ) -> bool:
        """Make the calls of each `Do` once; the answers are put into ``answers`` by account id.

        Args:
            work: what is to be done.
            answers: filled.
            heard: called with each answer as it comes, from the calling thread.

        Returns:
            Whether it was interrupted: calls in flight were waited for, no new one began.

        Raises:
            LedgerError: the ledger cannot be written; nothing new begins.
        """
        interrupted = False
        ended: SimpleQueue[Future[CallResult | None]] = SimpleQueue()
        futures: dict[Future[CallResult | None], str] = {}
        workers = self._migration.settings.engine.workers
        with self._turn, ThreadPoolExecutor(workers, thread_name_prefix="orgtools") as pool:
            try:
                for do in work:
                    future = pool.submit(self._one, do)
                    futures[future] = do.account_id
                    future.add_done_callback(ended.put)
            except KeyboardInterrupt:
                interrupted = True
                self.breaker.stop(Message("stopped-by-operator"))
            # People press the stop button more than once: whatever is in flight is waited for all the same.
            waiting = set(futures)
            while waiting:
                try:
                    future = ended.get(timeout=_LOOK_AROUND)
                    waiting.discard(future)
                    answer = None if future.exception() else future.result()
                    if answer is not None and heard:
                        heard(futures[future], answer)
                except Empty:
                    waiting = {future for future in waiting if not future.done()}
                except KeyboardInterrupt:
                    interrupted = True
                    self.breaker.stop(Message("stopped-by-operator"))
                except BaseException:
                    self.breaker.halted.set()  # an observer that fails must not let the rest go on unobserved
                    raise
        for future, account_id in futures.items():
            answer = future.result()
            if answer is not None:
                answers[account_id] = answer
        return interrupted

    def _one(self, do: Do) -> CallResult | None:
        """The calls of one account, in order; None where the step stopped before the last of them."""
        answer = None
        for call in do.calls:
            if self.breaker.halted.is_set():
                return None
            try:
                answer = self._call(do.account_id, call)
            except BaseException:
                self.breaker.halted.set()  # here, not where it is waited for: the next account would begin meanwhile
                raise
            if answer.refusal is not None and answer.why is not None:
                self.breaker.count(answer.refusal, answer.why)
                return answer
        return answer

    def _call(self, account_id: str, call: Call) -> CallResult:
        ledger, step = self._migration.ledger, self._step.name
        told = {"operation": call.operation, "by": call.by}
        try:
            self._step.precheck(self._migration, account_id, call)
            client, caller = self._client(account_id, call)
            parameters = self._step.complete_parameters(self._migration, account_id, call)
        except (CredentialsError, RefusedError) as error:
            refusal = _own(error)
            why = Message("not-called", reason=refusal.name, why=error.message)
            noted = self._refused(refusal, why)
            ledger.append(Kind.OUTCOME, step=step, account_id=account_id, **told, called=False, **noted)
            return CallResult(refusal, why)
        told["caller"] = caller
        ledger.append(
            Kind.INTENDED,
            step=step,
            account_id=account_id,
            **told,
            parameters=call.parameters,
            **({"former": call.former} if call.former else {}),
            words=call.words.as_json(),
            approval=self._approval,
        )
        reply = make(client, call.operation, parameters)
        refused = _why(reply.refusal, call) if reply.refusal else None
        ledger.append(
            Kind.OUTCOME,
            step=step,
            account_id=account_id,
            **told,
            answered=reply.answered,
            **(
                self._refused(reply.refusal, refused)
                if reply.refusal and refused
                else {"request_id": reply.request_id, "handshake_id": reply.handshake_id}
            ),
            **({"operation_id": reply.operation_id} if reply.operation_id else {}),
        )
        return CallResult(reply.refusal, refused, reply.handshake_id, reply.request_id)

    def _refused(self, refusal: Refusal, why: Message) -> dict[str, Any]:
        until = self._migration.clock.now() + refusal.rest if refusal.rest else None
        return {
            "refused": refusal.name,
            "kind_of_refusal": refusal.kind.value,
            "why": why.as_json(),
            "request_id": refusal.request_id,
            "until": until.isoformat() if until else None,
        }

    def _client(self, account_id: str, call: Call) -> tuple[Any, str]:
        if call.by not in ("source", "destination"):
            member = self._migration.member(account_id, _THROUGH[call.by])
            return member.changing_client(call.service, call.region), member.role_arn
        self._step.ensure_planned(self._migration, account_id)  # no call for an account that the plan does not name
        side = self._migration.source if call.by == "source" else self._migration.destination
        if call.service == "organizations":
            return side.changing_client, side.identity.caller_arn
        return side.access.client(call.service, changing=True, region=call.region), side.identity.caller_arn


def _why(refusal: Refusal, call: Call) -> Message:
    """What a refusal means; with the action to grant, to whom and in which template, where that is missing."""
    if not refusal.denied:
        return refusal.why
    whom, role = _WHOM.get(call.by, "role-in-account"), _ROLES.get(call.by, Role.member_accept)
    return refusal.remedied(grant(refusal.denied, whom, role), Message("or-denied-by-policy")).why


def _own(error: CredentialsError | RefusedError) -> Refusal:
    """A refusal before the call was made: of a last look, or at the account's door."""
    code = error.code if isinstance(error, RefusedError) else "CannotEnterAccount"
    passing = code == "HandshakeNotFoundException" or is_passing(error)
    return Refusal(ErrorKind.RETRY if passing else ErrorKind.OPERATOR, code, None, error.message)
