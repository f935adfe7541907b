"""Handles of the two sides: frozen values that can be sent to any thread or process and are opened there."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.aws.calls.rate_limits import Pacer, Rate
from orgtools.aws.clock import Clock
from orgtools.aws.sessions.pool import Access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from orgtools.aws.sessions.credentials import Entrance


@dataclass(frozen=True)
class AccessHandle:
    """How one side is entered, as values only: any process can open it.

    Attributes:
        side: "source" or "destination".
        entrance: what migration.toml says.
        run: the run's name, which role sessions carry.
        folder: the run's folder: what was entered for one run is never taken for another of the same name.
        organization_id: the side's organization; its published rates are shared.
        speed: how fast the endpoint's clock runs.
        rates: rates per account that replace the published ones.
    """

    side: str
    entrance: Entrance
    run: str
    folder: Path
    organization_id: str
    speed: float = 1.0
    rates: tuple[tuple[str, Rate], ...] = ()

    def open(self) -> Access:
        """Enter the side; in this process it is entered once. Processes on other machines do not share the rates."""
        with _LOCK:
            if self not in _OPEN:
                access = Access(
                    self.side,
                    self.entrance,
                    run=self.run,
                    pacer=Pacer(speed=self.speed, overrides=dict(self.rates)),
                    clock=Clock(),
                )
                access.organization_id = self.organization_id
                _OPEN[self] = access
            return _OPEN[self]


_LOCK: Final = threading.Lock()
_OPEN: Final[dict[AccessHandle, Access]] = {}


@contextmanager
def entered(already: Mapping[AccessHandle, Access]) -> Iterator[None]:
    """While this lasts, these handles open sides that are open already in this process."""
    with _LOCK:
        before = {handle: _OPEN[handle] for handle in already if handle in _OPEN}
        _OPEN.update(already)
    try:
        yield
    finally:
        with _LOCK:
            for handle in already:
                _OPEN.pop(handle, None)
            _OPEN.update(before)
