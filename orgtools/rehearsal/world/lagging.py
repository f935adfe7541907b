"""What is true, what reads see of it a little later, and listings with stable pages.

Organizations is eventually consistent (user guide, "Organizations tutorials and API": "changes might
take time to become visible"): writes decide on the truth, reads answer from what has become visible.
"""

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Generic, TypeVar

V = TypeVar("V")


class Lagging(Generic[V]):
    """Values by key, in two states: `truth`, and `seen` by reads after a lag."""

    def __init__(self, on_visible: Callable[[str, V | None, V | None], None]) -> None:
        self.truth: dict[str, V] = {}
        self.seen: dict[str, V] = {}
        self._waiting: deque[tuple[datetime, str, V | None]] = deque()
        self._on_visible = on_visible

    def put(self, key: str, value: V | None, now: datetime, lag: timedelta) -> None:
        """Makes `value` true now (None removes the key); reads see it after `lag`, in order."""
        if value is None:
            self.truth.pop(key, None)
        else:
            self.truth[key] = value
        if not lag and not self._waiting:
            self._show(key, value)
            return
        visible_at = now + lag
        if self._waiting:
            visible_at = max(visible_at, self._waiting[-1][0])
        self._waiting.append((visible_at, key, value))

    def settle(self, now: datetime) -> None:
        """Lets everything become visible whose time has come."""
        while self._waiting and self._waiting[0][0] <= now:
            _, key, value = self._waiting.popleft()
            self._show(key, value)

    def _show(self, key: str, value: V | None) -> None:
        old = self.seen.pop(key, None) if value is None else self.seen.get(key)
        if value is not None:
            self.seen[key] = value
        self._on_visible(key, old, value)


class OrderedKeys:
    """Keys in a fixed order, read in pages that neither skip nor repeat while keys come and go."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._keys: dict[int, str] = {}

    def add(self, place: int, key: str) -> None:
        """Puts `key` at `place`; the same place twice changes nothing."""
        if place not in self._keys:
            insort(self._places, place)
            self._keys[place] = key

    def remove(self, place: int) -> None:
        """Takes away what is at `place`, if anything."""
        if self._keys.pop(place, None) is not None:
            del self._places[bisect_right(self._places, place) - 1]

    def after(self, place: int) -> Iterator[tuple[int, str]]:
        """Places and keys behind `place`, in order."""
        for at in self._places[bisect_right(self._places, place) :]:
            yield at, self._keys[at]

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return (self._keys[place] for place in self._places)
