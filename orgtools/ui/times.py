"""Times for people: in their own zone with UTC beside it, and counted down while they wait."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from orgtools.messages import Message, render

if TYPE_CHECKING:
    from datetime import timedelta

# The page counts by itself: no kernel is needed, and a reopened notebook goes on counting. AWS's clock may be ahead of
# the page's (a rehearsal's can be moved), so the page is told how long it was, and when.
_COUNTDOWN: Final = """<span class="orgtools-countdown">{words}</span><script>
(() => {{
  const shown = document.currentScript?.previousElementSibling
    ?? [...document.querySelectorAll(".orgtools-countdown:not([data-counting])")].at(-1);
  if (!shown) return;
  shown.dataset.counting = "";
  const texts = {texts};
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {{
    const passed = Date.now() - {shown_at};
    const left = Math.max(0, Math.round(({left} - passed) / 1000));
    const days = Math.floor(left / 86400);
    const clock = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60].map(two).join(":");
    const text = !left ? texts.over : days ? texts.days : texts.clock;
    shown.textContent = text.replace("DAYS", days).replace("CLOCK", clock);
    if (left && (shown.isConnected || passed < 5000)) setTimeout(tick, 1000);
  }};
  tick();
}})();
</script>"""


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


def countdown(until: datetime, *, now: datetime, shown_at: datetime) -> str:
    """HTML that counts down to a time by itself; where scripts do not run it says how long it was when shown.

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
    return _COUNTDOWN.format(
        words=left(until - now),
        texts=json.dumps(texts, ensure_ascii=False).replace("</", "<\\/"),
        left=round((until - now).total_seconds() * 1000),
        shown_at=round(shown_at.timestamp() * 1000),
    )
