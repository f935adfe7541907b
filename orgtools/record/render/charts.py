"""Charts of the record: states over time, the budget, both trees."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_secrets
from orgtools.messages import Message
from orgtools.record.render.drawing import WIDTH, Area, Bar, Label, drawn, place, shortened, width_of
from orgtools.record.render.history import Stage, history

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from orgtools.budget import Budget
    from orgtools.html import Markup
    from orgtools.ledger import Event
    from orgtools.plan import Plan
    from orgtools.record.model.account_status import AccountOutcome
    from orgtools.record.model.run_data import UnitRow

_PARTS: Final = ("used", "pending", "left")
"""The parts of a bar of the budget."""
_TICKS: Final = 5
_STEPS: Final = (1, 2, 5)
"""What lies between two figures of an axis, times a power of ten."""
_GAP: Final = 10.0
"""Between a label and its bar."""
_ROOM: Final = 300.0
"""The most that the labels of bars may take."""
_PADDING: Final = 8.0
_MOST_UNITS: Final = 40
"""Units in the drawing of both trees; the table beside it has all."""


def states_over_time(
    plan: Plan, events: Sequence[Event], outcomes: Sequence[AccountOutcome], taken_at: datetime
) -> Markup:
    """How many planned accounts were at which stage of their way, from the first event to the record."""
    times, counts = history(plan, events, outcomes, taken_at)
    left, right, top, bottom = 60.0, WIDTH - 30.0, 26.0, 220.0
    most = max(sum(counts[0].values()), 1)
    first, span = times[0], (times[-1] - times[0]).total_seconds()

    def across(time: datetime) -> float:
        return place(left + (right - left) * ((time - first).total_seconds() / span if span else 0))

    def up(count: float) -> float:
        return place(bottom - (bottom - top) * count / most)

    shown = [stage for stage in Stage if any(count[stage] for count in counts)]
    areas, base = [], [0] * len(times)
    for stage in shown:
        tops = [low + count[stage] for low, count in zip(base, counts, strict=True)]
        areas.append(Area(stage, _steps([across(time) for time in times], list(map(up, base)), list(map(up, tops)))))
        base = tops
    ticks = [(across(time), words) for time, words in _ticks(times[0], times[-1])]
    figures = [(up(count), f"{count:,}") for count in _figures(most)]
    marks = [f"M{x} {bottom}v5" for x, _ in ticks] + [f"M{left} {y}h-5" for y, _ in figures]
    labels = [Label(words, x, bottom + 19, "middle") for x, words in ticks]
    labels += [Label(words, left - 9, place(y + 4), "end") for y, words in figures]
    labels.append(Label(Message("record-axis-time"), (left + right) / 2, bottom + 38, "middle"))
    labels.append(Label(Message("record-axis-accounts"), 0, 12.0))
    end = [Message(f"record-end-{stage}", count=counts[-1][stage]) for stage in Stage if counts[-1][stage]]
    words = Message("record-chart-end", whys=end) if end else Message("record-chart-no-accounts")
    return drawn(
        "states-over-time",
        Message("record-chart-states"),
        [words],
        bottom + 46,
        legend=[(stage, stage.label) for stage in reversed(shown)],
        areas=areas,
        lines=[f"M{left} {top}V{bottom}H{right}", *marks],
        labels=labels,
    )


def _steps(times: Sequence[float], base: Sequence[float], tops: Sequence[float]) -> str:
    """The outline between two lines; each keeps its height until the next time."""
    there = "".join(f"H{x}V{y}" for x, y in zip(times, tops, strict=True))
    back = "".join(f"V{y}H{x}" for x, y in reversed(list(zip(times, base, strict=True))))
    return f"M{times[0]} {base[0]}{there}{back}Z"


def budget(held: Budget) -> Markup:
    """How much of the destination's account quota and of the invitations of 24 hours is used."""
    most = held.attempts + held.attempts_left
    rows = [(Message("record-bar-invitations"), (held.attempts, 0, held.attempts_left))]
    words = [Message("record-budget-invitations", count=held.attempts, total=most)]
    if held.account_quota is None:
        words.insert(0, Message("record-budget-unknown"))
    else:
        rows.insert(0, (Message("record-bar-quota"), (held.members, held.pending, held.room or 0)))
        taken = held.members + held.pending
        quota = {"count": taken, "quota": held.account_quota}
        words.insert(0, Message("record-budget-accounts", members=held.members, pending=held.pending, **quota))
    start = min(max(width_of(str(label)) for label, _ in rows), _ROOM) + _GAP
    bars, labels = list[Bar](), list[Label]()
    for number, (label, parts) in enumerate(rows):
        y, x = 6.0 + 42 * number, start
        labels.append(Label(label, start - _GAP, y + 18, "end"))
        for part, name in zip(parts, _PARTS, strict=True):
            width = (WIDTH - start) * part / max(sum(parts), 1)
            said = Message(f"record-part-{name}", count=part)
            if part:
                bars.append(Bar(name, place(x), y, place(max(width - 1, 1)), 28))
            if width > width_of(str(said)) + _PADDING:  # otherwise its figure is in the caption alone
                labels.append(Label(said, place(x + width / 2), y + 18, "middle", "inside"))
            x += width
    return drawn(
        "quota-and-invitation-budget",
        Message("record-chart-budget"),
        words,
        42 * len(rows),
        bars=bars,
        labels=labels,
    )


def trees(units: Sequence[UnitRow]) -> Markup:
    """Both organizations' units, with how many accounts lay right in each when the run began, and how many do now."""
    sides = {side: _branch(units, side) for side in ("source", "destination")}
    rows = [(side, unit) for side, branch in sides.items() for unit in branch]
    seen = {unit.side for unit in units}
    words = [
        Message("record-tree", side=side, began=sum(u.at_start for u in branch), count=sum(u.now for u in branch))
        if side in seen
        else Message("record-tree-not-seen", side=side)
        for side, branch in sides.items()
    ]
    words.append(Message("record-tree-changed", count=sum(unit.at_start != unit.now for _, unit in rows)))
    if len(rows) > _MOST_UNITS:
        words.append(Message("record-tree-more", more=len(rows) - _MOST_UNITS))
    # Those that changed are what one wants to see.
    keep = sorted(range(len(rows)), key=lambda place: rows[place][1].at_start == rows[place][1].now)[:_MOST_UNITS]
    rows = [rows[place] for place in sorted(keep)]
    most = max((max(unit.at_start, unit.now) for _, unit in rows), default=1) or 1
    named = [(14.0 * _depth(unit), _name(side, unit)) for side, unit in rows]  # units are indented below theirs
    start = min(max((indent + width_of(name) for indent, name in named), default=0.0), _ROOM) + _GAP
    room = WIDTH - start - 110
    bars, labels = list[Bar](), list[Label]()
    for number, ((side, unit), (indent, name)) in enumerate(zip(rows, named, strict=True)):
        y = 4.0 + 26 * number
        labels.append(Label(shortened(name, start - _GAP - indent), indent, y + 14))
        for look, count, down in (("start", unit.at_start, 0.0), (side, unit.now, 9.0)):
            if count:
                bars.append(Bar(look, place(start), y + down, place(room * count / most), 8))
        said = f"{unit.at_start:,}" if unit.at_start == unit.now else f"{unit.at_start:,} \u2192 {unit.now:,}"
        labels.append(Label(said, place(start + room * max(unit.at_start, unit.now) / most + 6), y + 13))
    return drawn(
        "units-before-and-after",
        Message("record-chart-trees"),
        words,
        26 * len(rows) + 8,
        bars=bars,
        labels=labels,
    )


def _branch(units: Sequence[UnitRow], side: str) -> list[UnitRow]:
    """The units of a side that held or hold accounts, and those above them, in the order of the tree."""
    held = [unit for unit in units if unit.side == side and (unit.at_start or unit.now)]
    above = {unit.path.rstrip("/") for unit in held}
    return [
        unit
        for unit in units
        if unit.side == side and any(f"{path}/".startswith(f"{unit.path.rstrip('/')}/") for path in above)
    ]


def _depth(unit: UnitRow) -> int:
    return len([part for part in unit.path.split("/") if part])


def _name(side: str, unit: UnitRow) -> str:
    """A unit's name; the root has the side's."""
    if not _depth(unit):
        return str(Message("record-root", side=side))
    return mask_secrets(unit.path.rsplit("/", 1)[-1])


def _figures(most: int) -> list[int]:
    """Which figures stand at an axis that begins at 0: a few round ones."""
    least = most / _TICKS
    power = 10 ** max(0, math.floor(math.log10(least))) if least > 1 else 1
    step = next((step * power for step in _STEPS if step * power >= least), 10 * power)
    return list(range(0, most + 1, step))


def _ticks(first: datetime, last: datetime) -> list[tuple[datetime, str]]:
    """Where times are written below the chart."""
    ticks = [first + (last - first) * part / _TICKS for part in range(_TICKS + 1)] if last > first else [first]
    written = "%Y-%m-%d" if last - first > timedelta(days=_TICKS) else "%m-%d %H:%M"
    if last - first < timedelta(minutes=2 * _TICKS):
        written = "%H:%M:%S"
    return [(tick, f"{tick:{written}}") for tick in ticks]
