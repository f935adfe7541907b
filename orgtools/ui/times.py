"""Times for people: in their own zone with UTC beside it, and counted down while they wait."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orgtools.html import piece
from orgtools.messages import Message, render

if TYPE_CHECKING:
    from datetime import timedelta

    from orgtools.html import Markup


def moment(at: datetime) -> str:
    """A time in this machine's zone with UTC beside it: ``2026-03-01 13:00 CET (12:00 UTC)``."""
    utc = datetime.fromtimestamp(at.timestamp(), UTC)  # pandas' times know no zone of this machine
    here = utc.astimezone()
    if here.utcoffset() == utc.utcoffset():
        return f"{utc:%Y-%m-%d %H:%M} UTC"
    day = "" if here.date() == utc.date() else f"{utc:%Y-%m-%d} "
    return f"{here:%Y-%m-%d %H:%M %Z} ({day}{utc:%H:%M} UTC)"


def left(span: timedelta) -> str:
    """What is left of a span, in words."""
    return render(Message("ui-in", span=span) if span.total_seconds() > 0 else Message("ui-in-nothing"))


def countdown(until: datetime, *, now: datetime, shown_at: datetime) -> Markup:
    """HTML that the script of `orgtools.html` counts down; where scripts do not run it says how long it was when shown.

    Args:
        until: the time, UTC.
        now: AWS's clock when this is shown, UTC.
        shown_at: this machine's clock at the same moment, UTC.
    """
    texts = {
        "over": render(Message("ui-in-nothing")),
        "days": render(Message("ui-in-days", count="DAYS", span="CLOCK")),
        "clock": render(Message("ui-in", span="CLOCK")),
    }
    how_long, when = round((until - now).total_seconds() * 1000), round(shown_at.timestamp() * 1000)
    return piece("countdown", left(until - now), texts, how_long, when)
