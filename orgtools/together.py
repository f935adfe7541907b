"""Doing at once what several threads ask for at the same time.

A commit takes about as long for ten lines as for one. So the thread whose turn it is does it for all who came while it
waited; each gets its own answer, when all of it is done.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


class Together(Generic[_Asked, _Answer]):
    """One function, called by one thread at a time with what all waiting threads ask for, in their order."""

    def __init__(self, do: Callable[[Sequence[_Asked]], Sequence[_Answer]]) -> None:
        """Name the function: one answer for each that is asked, or an error for all of them."""
        self._do = do
        self._turn = threading.Lock()
        self._waiting: deque[tuple[_Asked, Future[_Answer]]] = deque()

    def ask(self, asked: _Asked) -> _Answer:
        """Have it done, alone or with what others ask for, and wait for the answer.

        Raises:
            Exception: what the function raised.
        """
        if threading.current_thread() is threading.main_thread():
            # An interrupt comes to the main thread only, at any moment: it must not tear apart what others asked for.
            with self._turn:
                return self._do([asked])[0]
        answer: Future[_Answer] = Future()
        self._waiting.append((asked, answer))
        with self._turn:
            if not answer.done():
                self._serve()
        return answer.result()

    def at_rest(self, do: Callable[[], None]) -> None:
        """Do something else while nobody's asking is being done: what the function works with may be put away."""
        with self._turn:
            do()

    def _serve(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            answers = self._do([asked for asked, _ in batch])
        except BaseException as error:  # noqa: BLE001 (raised again by each who asked)
            for _, waiting in batch:
                waiting.set_exception(error)
        else:
            for (_, waiting), answer in zip(batch, answers, strict=True):
                waiting.set_result(answer)
