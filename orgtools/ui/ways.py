"""Where each account of a wave is on its way, while it runs: a row for each; of many accounts, counts for each step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.messages import Message, things
from orgtools.steps import Do, Status
from orgtools.ui.words import SIGNS, Calling, Mark, Passing, heading, label, word, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.steps import Decision, Preview

MANY: Final = 100
"""Of more accounts only the counts are shown: a browser draws this again and again, and nobody reads as many rows."""

Stage = Calling | Passing | Status
"""Where an account is."""
STAGES: Final[tuple[Stage, ...]] = (
    Passing.PASSED,
    Passing.HERE,
    Calling.REFUSED,
    *(status for status in Status if status is not Status.CONFIRMED),
    Passing.AHEAD,
)
"""What an account can be on a step, in the order in which it is counted."""


@dataclass(frozen=True, slots=True)
class WaveTable:
    """What is drawn.

    Attributes:
        headings: of the columns: the first, then a step each.
        rows: whom a row is about, and for each step what its cell says, what that means, and its class.
        legend: what the signs mean; empty where the rows say so.
    """

    headings: list[str]
    rows: list[tuple[str, list[tuple[str, str, str]]]]
    legend: str


class Ways:
    """The ways that a preview shows, and how far each account has come."""

    def __init__(self, preview: Preview) -> None:
        """Nobody has set out yet."""
        self._order = {step.name: number for number, step in enumerate(preview.step.parts)}
        self._ways = {
            decision.account_id: set(_called(decision)) | set(_waited_for(decision.why)) for decision in preview.going
        }
        self._names = preview.snapshot.names
        self._at = dict[str, str]()

    def reach(self, account_id: str, step: str) -> None:
        """An account has come to a step; also to one that is on its way without a call."""
        self._at[account_id] = step
        self._ways[account_id].add(step)

    def has_begun(self, account_id: str) -> bool:
        """Whether an account has come to a step."""
        return account_id in self._at

    def drawn(self, stages: Mapping[str, Stage]) -> WaveTable:
        """The picture.

        Args:
            stages: where each account is: what its cell says of the step that it is at.
        """
        taken = set().union(*self._ways.values())
        steps = sorted(taken, key=self._order.__getitem__)
        cells = {
            account_id: [self._cell(account_id, step, stage) for step in steps] for account_id, stage in stages.items()
        }
        if len(cells) > MANY:
            return WaveTable([words(Message("ui-wave-counts")), *steps], self._counted(cells), "")
        known = {cell for row in cells.values() for cell in row if cell}
        legend = things(label(stage) for stage in STAGES if stage in known)
        rows = [
            (f"{account_id} {self._names.get(account_id, '')}".strip(), [_sign(cell) for cell in row])
            for account_id, row in cells.items()
        ]
        return WaveTable([heading("account"), *steps], rows, legend)

    def _cell(self, account_id: str, step: str, stage: Stage) -> Stage | None:
        """What an account is on a step; None where that is not on its way."""
        if step not in self._ways[account_id]:
            return None
        if stage is Status.CONFIRMED:
            return Passing.PASSED
        at = self._at.get(account_id)
        if at is None or self._order[at] < self._order[step]:
            return Passing.AHEAD
        return stage if at == step else Passing.PASSED

    @staticmethod
    def _counted(cells: Mapping[str, list[Stage | None]]) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """How many accounts are what on each step."""
        counts = [Counter(column) for column in zip(*cells.values(), strict=True)]
        return [
            (label(stage), [(str(count[stage] or ""), "", _class(stage) if count[stage] else "") for count in counts])
            for stage in STAGES
            if any(count[stage] for count in counts)
        ]


def _called(decision: Decision) -> Iterator[str]:
    """The steps of a way that have a call."""
    if isinstance(decision, Do):
        yield from (call.step for call in decision.calls)


def _waited_for(why: Message) -> Iterator[str]:
    """The steps of a way that have no call, because AWS or somebody else does them."""
    if why.code == "wave-waits":
        yield str(why.facts["step"])
    several = why.facts.get("whys")
    for one in several if isinstance(several, tuple) else ():
        if isinstance(one, Message):
            yield from _waited_for(one)


def _sign(cell: Stage | None) -> tuple[str, str, str]:
    return (SIGNS[cell], words(word(cell)), _class(cell)) if cell else ("", words(word(Mark.NONE)), "")


def _class(stage: Stage) -> str:
    """The style sheet's name of what catches the eye."""
    if stage in (Passing.PASSED, Passing.AHEAD):
        return ""
    return "here" if stage is Passing.HERE else "held"
