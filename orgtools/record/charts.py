"""Charts of the record: states over time, the budget, both trees."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from orgtools.aws.masking import mask_secrets
from orgtools.kernels.importing import silently
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.record.outcomes import State
from orgtools.record.svg import PAPER, drawn, style

with silently("matplotlib"):  # a home directory may be none that can be written
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from matplotlib.axes import Axes

    from orgtools.budget import Budget
    from orgtools.ledger import Event
    from orgtools.plan import Plan
    from orgtools.record.markup import Markup
    from orgtools.record.outcomes import AccountOutcome
    from orgtools.record.picture import Unit


class Charted(Protocol):
    """What charts are drawn of: as much of a `Picture` as they look at."""

    @property
    def plan(self) -> Plan:
        """accounts.csv."""

    @property
    def taken_at(self) -> datetime:
        """When both sides were looked at, UTC."""

    @property
    def units(self) -> tuple[Unit, ...]:
        """Both trees, the source's first, by path."""

    @property
    def budget(self) -> Budget:
        """The destination's room."""

    @property
    def events(self) -> tuple[Event, ...]:
        """The ledger."""

    @property
    def outcomes(self) -> tuple[AccountOutcome, ...]:
        """Where each planned account is."""


class Stage(StrEnum):
    """The stages of an account's way; ``record-stage-...`` of the catalogue has the labels."""

    NOT_INVITED = "not-invited"
    INVITED = "invited"
    BETWEEN = "between"
    ARRIVED = "arrived"
    IN_PLACE = "in-place"

    @property
    def label(self) -> Message:
        """Its name in the chart."""
        return Message(f"record-stage-{self}")


_STAGES: Final[Mapping[Stage, str]] = {
    Stage.NOT_INVITED: "#aaaa01",
    Stage.INVITED: "#aaaa02",
    Stage.BETWEEN: "#aaaa03",
    Stage.ARRIVED: "#aaaa04",
    Stage.IN_PLACE: "#aaaa05",
}
"""Each stage's colour, which the page's style sheet replaces."""
_AFTER: Final = {
    "invite": Stage.INVITED,
    "leave": Stage.BETWEEN,
    "accept": Stage.ARRIVED,
    "place": Stage.IN_PLACE,
    "leave-back": Stage.BETWEEN,
    "accept-back": Stage.NOT_INVITED,
}
_NOW: Final = {
    State.IN_PLACE: Stage.IN_PLACE,
    State.ARRIVED: Stage.ARRIVED,
    State.BETWEEN: Stage.BETWEEN,
    State.INVITED: Stage.INVITED,
}
_PARTS: Final = {"used": "#aaaa05", "pending": "#aaaa02", "left": "#aaaa01"}
"""The parts of a bar of the budget, each with its colour."""
_TICKS: Final = 5
_NARROW: Final = 9.0
"""Percent of a bar below which its figure is in the caption alone."""
_MOST_POINTS: Final = 400
_MOST_UNITS: Final = 40
"""Units in the drawing of both trees; the table beside it has all."""


def states_over_time(picture: Charted) -> Markup:
    """How many planned accounts were at which stage of their way, from the first event to the record."""
    times, counts = _history(picture)
    with style():
        figure = Figure(figsize=(8.6, 2.9), layout="constrained")
        axes = figure.subplots()
        shown = [stage for stage in _STAGES if any(count[stage] for count in counts)]
        if shown:
            heights = [[count[stage] for count in counts] for stage in shown]
            _stack(axes, times, heights, shown)
        ticks = _ticks(times[0], times[-1])
        axes.set_xticks(list(ticks), list(ticks.values()))
        axes.set_ylabel(str(Message("record-axis-accounts")))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.margins(x=0, y=0)
        axes.set_xlabel(str(Message("record-axis-time")))
        end = [Message(f"record-end-{stage}", count=counts[-1][stage]) for stage in _STAGES if counts[-1][stage]]
        words = Message("record-chart-end", whys=end) if end else Message("record-chart-no-accounts")
        return drawn(figure, "states-over-time", Message("record-chart-states"), words)


def budget(picture: Charted) -> Markup:
    """How much of the destination's account quota and of the invitations of 24 hours is used."""
    held = picture.budget
    most = held.attempts + held.attempts_left
    bars = [(Message("record-bar-invitations"), (held.attempts, 0, held.attempts_left))]
    words = [Message("record-budget-invitations", count=held.attempts, total=most)]
    if held.account_quota is None:
        words.insert(0, Message("record-budget-unknown"))
    else:
        bars.append((Message("record-bar-quota"), (held.members, held.pending, held.room or 0)))
        taken = held.members + held.pending
        quota = {"count": taken, "quota": held.account_quota}
        words.insert(0, Message("record-budget-accounts", members=held.members, pending=held.pending, **quota))
    with style():
        figure = Figure(figsize=(8.6, 0.2 + 0.42 * len(bars)), layout="constrained")
        axes = figure.subplots()
        for place, (_, parts) in enumerate(bars):
            whole, left = max(sum(parts), 1), 0.0
            for part, (said, colour) in zip(parts, _PARTS.items(), strict=True):
                width = 100 * part / whole
                axes.barh(place, width, left=left, color=colour, edgecolor=PAPER, height=0.62)
                if width > _NARROW:
                    axes.annotate(
                        str(Message(f"record-part-{said}", count=part)),
                        (left + width / 2, place),
                        ha="center",
                        va="center",
                        color=PAPER,
                        fontsize=8.5,
                    )
                left += width
        axes.set_yticks(range(len(bars)), [str(label) for label, _ in bars])
        axes.set_xticks([])
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.tick_params(length=0)
        axes.margins(x=0)
        return drawn(figure, "quota-and-invitation-budget", Message("record-chart-budget"), *words)


def trees(picture: Charted) -> Markup:
    """Both organizations' units, with how many accounts lay right in each when the run began, and how many do now."""
    sides = {side: _branch(picture.units, side) for side in ("source", "destination")}
    rows = [(side, unit) for side, units in sides.items() for unit in units]
    seen = {unit.side for unit in picture.units}
    words = [
        Message("record-tree", side=side, began=sum(u.at_start for u in units), count=sum(u.now for u in units))
        if side in seen
        else Message("record-tree-not-seen", side=side)
        for side, units in sides.items()
    ]
    words.append(Message("record-tree-changed", count=sum(unit.at_start != unit.now for _, unit in rows)))
    if len(rows) > _MOST_UNITS:
        words.append(Message("record-tree-more", more=len(rows) - _MOST_UNITS))
    # Those that changed are what one wants to see.
    keep = sorted(range(len(rows)), key=lambda place: rows[place][1].at_start == rows[place][1].now)[:_MOST_UNITS]
    rows = [rows[place] for place in sorted(keep)]
    most = max((max(unit.at_start, unit.now) for _, unit in rows), default=1) or 1
    with style():
        figure = Figure(figsize=(8.6, 0.4 + 0.25 * len(rows)), layout="constrained")
        axes = figure.subplots()
        for place, (side, unit) in enumerate(rows):
            axes.barh(place - 0.2, unit.at_start, height=0.28, color="#aaaa01")
            axes.barh(place + 0.12, unit.now, height=0.36, color="#aaaa04" if side == "source" else "#aaaa05")
            said = f"{unit.at_start:,}" if unit.at_start == unit.now else f"{unit.at_start:,} \u2192 {unit.now:,}"
            axes.annotate(f" {said}", (max(unit.at_start, unit.now), place), va="center", fontsize=8.5)
        axes.set_yticks(range(len(rows)), [_label(side, unit) for side, unit in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, most * 1.15)
        axes.set_xticks([])
        axes.spines[["bottom", "left"]].set_visible(False)
        axes.tick_params(length=0)
        return drawn(figure, "units-before-and-after", Message("record-chart-trees"), *words)


def _branch(units: Sequence[Unit], side: str) -> list[Unit]:
    """The units of a side that held or hold accounts, and those above them, in the order of the tree."""
    held = [unit for unit in units if unit.side == side and (unit.at_start or unit.now)]
    above = {unit.path.rstrip("/") for unit in held}
    return [
        unit
        for unit in units
        if unit.side == side and any(f"{path}/".startswith(f"{unit.path.rstrip('/')}/") for path in above)
    ]


def _label(side: str, unit: Unit) -> str:
    """A unit's name, indented as deep as it lies; the root has the side's name."""
    depth = len([part for part in unit.path.split("/") if part])
    if not depth:
        return str(Message("record-root", side=side))
    return mask_secrets("\u2003" * depth + unit.path.rsplit("/", 1)[-1])


def _history(picture: Charted) -> tuple[list[datetime], list[dict[Stage, int]]]:
    """When anything changed, and how many planned accounts were at each stage from then on."""
    planned = {account.account_id for account in picture.plan.accounts}
    began = dict.fromkeys((account.account_id for account in picture.plan.accounts), Stage.NOT_INVITED)
    for event in picture.events:
        if event.kind is Kind.BASELINE:
            for account_id, place in event.data["accounts"].items():
                if account_id in planned and place[0] == "destination":
                    began[account_id] = Stage.ARRIVED
            break
    counts = dict.fromkeys(_STAGES, 0)
    for stage in began.values():
        counts[stage] += 1
    first = picture.events[0].at if picture.events else picture.taken_at
    times, history = [first], [dict(counts)]
    for at, account_id, stage in _changes(picture, planned):
        if began[account_id] == stage:
            continue
        counts[began[account_id]] -= 1
        counts[stage] += 1
        began[account_id] = stage
        if at == times[-1]:
            history[-1] = dict(counts)
        else:
            times.append(at)
            history.append(dict(counts))
    if picture.taken_at > times[-1]:  # nothing has changed since
        times.append(picture.taken_at)
        history.append(dict(counts))
    every = max(1, len(times) // _MOST_POINTS)
    keep = [place for place in range(len(times)) if place % every == 0 or place == len(times) - 1]
    return [times[place] for place in keep], [history[place] for place in keep]


def _changes(picture: Charted, planned: set[str]) -> Iterator[tuple[datetime, str, Stage]]:
    """Each time an account is known to have come to a stage; at the end, where AWS shows it."""
    for event in picture.events:
        known = event.kind is Kind.CONFIRMED or (event.kind is Kind.SETTLED and event.took_effect)
        if known and event.account_id in planned and event.step in _AFTER:
            yield event.at, event.account_id, _AFTER[event.step]
    for outcome in picture.outcomes:
        if outcome.account_id in planned:
            yield picture.taken_at, outcome.account_id, _NOW.get(State(outcome.state), Stage.NOT_INVITED)


def _stack(axes: Axes, times: Sequence[datetime], heights: Sequence[Sequence[int]], shown: Sequence[Stage]) -> None:
    places, base = [time.timestamp() for time in times], [0] * len(times)
    for stage, height in zip(shown, heights, strict=True):
        top = [low + more for low, more in zip(base, height, strict=True)]
        axes.fill_between(places, base, top, step="post", color=_STAGES[stage], linewidth=0, label=str(stage.label))
        base = top
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, 1.2), ncols=len(shown), frameon=False, handlelength=1, reverse=True
    )


def _ticks(first: datetime, last: datetime) -> dict[float, str]:
    """Where times are written below the chart: matplotlib's own choice fails for a run of some seconds."""
    ticks = [first + (last - first) * part / _TICKS for part in range(_TICKS + 1)] if last > first else [first]
    written = "%Y-%m-%d" if last - first > timedelta(days=_TICKS) else "%m-%d %H:%M"
    if last - first < timedelta(minutes=2 * _TICKS):
        written = "%H:%M:%S"
    return {tick.timestamp(): f"{tick:{written}}" for tick in ticks}
