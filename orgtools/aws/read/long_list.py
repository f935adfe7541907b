"""A list that takes long tells how far it has come."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgtools.messages import Message

T = TypeVar("T")
EVERY: Final = 10.0
"""So many seconds after the beginning, and again after as many more, it is told."""
_LOG: Final = logging.getLogger(__name__)


def told(entries: Iterable[T], progress: Callable[[int], Message]) -> Iterator[T]:
    """The same entries; in a log that notebooks and terminals show, how many have come.

    Args:
        entries: what is listed.
        progress: the sentence, of how many have come.
    """
    last = time.monotonic()
    for count, entry in enumerate(entries, 1):
        yield entry
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            _LOG.warning("%s", progress(count))
