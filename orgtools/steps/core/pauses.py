"""Rests between two looks at AWS: each longer than the one before, up to a longest."""

from __future__ import annotations

from itertools import count
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event


def growing(first: float, longest: float) -> Iterator[float]:
    """Seconds of one rest after the other: twice as long each time."""
    return (min(longest, first * 2**doublings) for doublings in count())


def rest(seconds: float, halted: Event | None = None) -> None:
    """Sleep; an interrupt wakes whoever sleeps, and so does what halts."""
    if halted is None:
        sleep(seconds)
    else:
        halted.wait(seconds)
