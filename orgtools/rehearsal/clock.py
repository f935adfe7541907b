"""The rehearsal's one clock: it runs at a chosen speed and can be moved forward."""

import time
from datetime import UTC, datetime, timedelta

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError

FASTEST = 1_000_000.0
FARTHEST = timedelta(days=36_500)
LAST_YEAR = 2300


def sensible_speed(speed: float) -> float:
    """The speed itself. Raises `WrongError` where no clock can run so fast."""
    if not 0 < speed <= FASTEST:  # false for NaN as well
        raise WrongError(Message("rehearsal-speed", limit=int(FASTEST)))
    return speed


class VirtualClock:
    """Virtual time. Everything in the rehearsal that has a time takes it from here.

    It starts at the real time, runs `speed` times as fast, and only ever goes forward.
    """

    def __init__(self, speed: float = 1.0, start: datetime | None = None) -> None:
        self.speed = sensible_speed(speed)
        self._base = start or datetime.now(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The virtual time, as an aware UTC datetime."""
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * self.speed)

    def advance(self, by: timedelta) -> datetime:
        """Moves the clock forward and returns the new time."""
        if by < timedelta(0):
            raise WrongError(Message("rehearsal-clock-forward"))
        if by > FARTHEST or (self.now() + by).year >= LAST_YEAR:
            raise WrongError(Message("rehearsal-clock-end", number=LAST_YEAR))
        self._base += by
        return self.now()

    def restart(self) -> None:
        """Back to the real time, at the same speed: for a new world."""
        self._base, self._since = datetime.now(UTC), time.monotonic()

    def set_speed(self, speed: float) -> None:
        """Changes how fast the clock runs from now on."""
        self.speed, self._base, self._since = sensible_speed(speed), self.now(), time.monotonic()

    def real_seconds(self, virtual: timedelta) -> float:
        """How long a stretch of virtual time lasts on the wall clock."""
        return virtual.total_seconds() / self.speed
