"""Processes that die by SIGKILL at a boundary: before, within or after a ledger commit or a changing call."""

from __future__ import annotations

import json
import os
import signal
import threading
import traceback
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from urllib3.connection import HTTPConnection

import orgtools
from orgtools.steps.core import perform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from orgtools.ledger import Event, Kind

AGAIN: Final = " again "
_PATIENCE: Final = 120
"""Seconds after which a child that hangs is ended: by SIGALRM, which is no death of the matrix."""


class Places:
    """Every boundary that this process comes to, by name, such as ``before outcome AcceptHandshake 300000000001``.

    Where an account is due several calls of one operation, those after the first have a number: ``... again 1``.
    """

    def __init__(self, deadly: str = "") -> None:
        """Name the place at which the process kills itself; none only notes them."""
        self.seen: list[str] = []
        self._deadly = deadly
        self._times: Counter[str] = Counter()
        self._inside = threading.local()

    def watch(self) -> None:
        """Put boundaries around every ledger commit and every changing call of this process, for the rest of its life.

        Within a commit is when the event is written and not committed; within a call, when the request is sent and
        nobody has read the answer.
        """
        append, append_each, insert = orgtools.Ledger.append, orgtools.Ledger.append_each, orgtools.Ledger._insert
        make = perform.make  # type: ignore[attr-defined]
        answer = HTTPConnection.getresponse

        def watched_append(ledger: orgtools.Ledger, kind: Kind, *, account_id: str = "", **data: Any) -> Event:
            self._inside.account = account_id  # a call follows its intention in the same thread
            with self._effects(_event(kind, account_id, data)):
                return append(ledger, kind, account_id=account_id, **data)

        def watched_append_each(
            ledger: orgtools.Ledger, kind: Kind, *, step: str, data: Mapping[str, Mapping[str, object]]
        ) -> tuple[Event, ...]:
            with self._effects(*(_event(kind, account_id, told) for account_id, told in data.items())):
                return append_each(ledger, kind, step=step, data=data)

        def watched_insert(ledger: orgtools.Ledger, *arguments: Any) -> Event:
            event = insert(ledger, *arguments)
            self._come_to("within", _event(event.kind, event.account_id, event.data))
            return event

        def watched_make(client: Any, operation: str, parameters: Mapping[str, Any]) -> Any:
            with self._effects(f"call {operation} {self._inside.account}"):
                return make(client, operation, parameters)

        def watched_answer(connection: HTTPConnection) -> Any:
            effect = getattr(self._inside, "effect", "")
            if effect.startswith("call"):
                self._come_to("within", effect)
            return answer(connection)

        orgtools.Ledger.append = watched_append  # type: ignore[method-assign,assignment]
        orgtools.Ledger.append_each = watched_append_each  # type: ignore[method-assign,assignment]
        orgtools.Ledger._insert = watched_insert  # type: ignore[method-assign,assignment]
        perform.make = watched_make  # type: ignore[attr-defined]
        HTTPConnection.getresponse = watched_answer  # type: ignore[method-assign,assignment]

    @contextmanager
    def _effects(self, *effects: str) -> Iterator[None]:
        """Several, where one commit writes several events."""
        for effect in effects:
            self._come_to("before", effect)
        self._inside.effect = effects[-1] if effects else ""
        yield
        self._inside.effect = ""
        for effect in effects:
            self._come_to("after", effect)

    def _come_to(self, when: str, effect: str) -> None:
        place, times = f"{when} {effect}", self._times[f"{when} {effect}"]
        self._times[place] += 1
        place += f"{AGAIN}{times}" if times else ""
        self.seen.append(place)
        if place == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)


def _event(kind: Kind, account_id: str, data: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (kind.value, data.get("operation"), account_id)))


def apart(work: Callable[[], Any]) -> Any:
    """Do something in a child of this process, which must have one thread only; returns what it found, as JSON has it.

    Returns None where the child was killed by SIGKILL.

    Raises:
        RuntimeError: the child failed or hung.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(_PATIENCE)
        try:
            os.write(writing, json.dumps({"found": work()}).encode())
        except BaseException:  # noqa: BLE001 -- nothing of the child may go on in its parent's code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if status:
        raise RuntimeError(f"A process of the matrix ended with status {status}; its words are on standard error.")
    return json.loads(said)["found"]
