"""A step while it runs: every account's state, how fast it goes, what AWS refused and what to do about it.

Of a wave in one go, also the step that each account is at.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
from IPython.display import display

from orgtools.html import render
from orgtools.messages import Message
from orgtools.steps import Answered, Outcome, Pausing, Reached, Status
from orgtools.ui.ways import STAGES, Ways
from orgtools.ui.words import SIGNS, Calling, Passing, counted, sentence, some, then, word, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.steps import Notice, Preview
    from orgtools.ui.ways import Stage

_EVERY: Final = 0.2
"""Seconds between two pictures: a browser that draws a thousand accounts for each call is busy with nothing else."""
_NAMED: Final = 5
"""How many accounts are named beside a refusal: they fit in a line."""
_REASONS: Final = 8
"""How many different refusals are listed; the table below the step names all."""

_WORKING: Final = 5
"""So many accounts that AWS is at work on are named: Control Tower enrolls no more at once."""
_STATES: Final = (*Calling, *Status)
_INTERRUPTING: Final = Message("ui-interrupting")


class Progress:
    """Shows itself when made; give it to `steps.apply` as ``watch``."""

    def __init__(self, preview: Preview, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Show every account that the preview would change; nothing where there are none.

        Args:
            preview: what is about to be done.
            clock: seconds; for tests.
        """
        self._step = preview.step.name
        self._accounts = [decision.account_id for decision in preview.going]
        self._clock = clock
        self._began = clock()
        self._drawn = self._began - _EVERY
        self._called: set[str] = set()
        self._refused: dict[str, Message] = {}
        self._outcomes: dict[str, Outcome] = {}
        several = any(call.step for do in preview.to_do for call in do.calls)
        self._ways = Ways(preview) if several else None
        self._pause: Message | None = None
        self._widget = widgets.HTML().add_class("orgtools-progress")
        if self._accounts:
            self._draw()
            display(self._widget)  # type: ignore[no-untyped-call]

    @property
    def html(self) -> str:
        """What is shown now."""
        return str(self._widget.value)

    def __call__(self, notice: Notice) -> None:
        """Take in what `steps.apply` tells."""
        self._pause = None
        if isinstance(notice, Answered):
            self._called.add(notice.account_id)
            self._refused.pop(notice.account_id, None)
            if notice.refused:
                self._refused[notice.account_id] = notice.refused
        elif isinstance(notice, Pausing):
            self._pause = self._pausing(notice)
        elif isinstance(notice, Reached):
            self._refused.pop(notice.account_id, None)
            if self._ways:
                self._ways.reach(notice.account_id, notice.step)
        else:
            self._outcomes[notice.account_id] = notice
            self._refused.pop(notice.account_id, None)
            if then(notice.why):
                self._refused[notice.account_id] = notice.why
        last = len(self._outcomes) == len(self._accounts)
        if last or self._pause or self._clock() - self._drawn >= _EVERY:
            self._draw()

    def _state(self, account_id: str) -> Calling | Status:
        outcome = self._outcomes.get(account_id)
        if outcome:
            return outcome.status
        if account_id in self._refused:
            return Calling.REFUSED
        return Calling.CALLED if account_id in self._called else Calling.NOT_YET

    def _draw(self) -> None:
        self._drawn = self._clock()
        drawn = self._of_a_wave(self._ways) if self._ways else self._of_a_step()
        reasons, more = self._errors()
        small = self._small()
        self._widget.value = str(
            render("progress", **drawn, reasons=reasons, more=more, small=sentence(small) if small else "")
        )

    def _of_a_step(self) -> dict[str, object]:
        """Every account as a sign."""
        states = {account_id: self._state(account_id) for account_id in self._accounts}
        counts = Counter(states.values())
        said = {state: words(word(state)) for state in counts}
        called = Message("ui-called", step=self._step, count=len(self._called), total=len(self._accounts))
        return {
            "called": words(called),
            "pace": self._pace(),
            "known": words(counted((state, counts[state]) for state in _STATES if counts[state])),
            "accounts": [(account_id, said[state], SIGNS[state]) for account_id, state in states.items()],
            "ways": None,
        }

    def _of_a_wave(self, ways: Ways) -> dict[str, object]:
        """Every account and every step. How long it takes, nobody knows: AWS may need hours for one of them."""
        stages: dict[str, Stage] = {}
        for account_id in self._accounts:
            state = self._state(account_id)
            begun = Passing.HERE if ways.has_begun(account_id) else Passing.AHEAD
            stages[account_id] = begun if state in (Calling.NOT_YET, Calling.CALLED) else state
        counts = Counter(stages.values())
        arrived = Message("ui-wave-arrived", count=counts[Status.CONFIRMED], total=len(stages))
        left = [stage for stage in STAGES if counts[stage]]
        return {
            "called": words(arrived),
            "pace": "",
            "known": words(counted((stage, counts[stage]) for stage in left)) if left else "",
            "ways": ways.drawn(stages),
        }

    def _pace(self) -> str:
        """How fast it goes and how long the rest takes at that pace."""
        called, total, passed = len(self._called), len(self._accounts), self._clock() - self._began
        if not called or passed <= 0:
            return ""
        per_second = called / passed
        if called == total:
            return words(Message("ui-pace", number=f"{per_second:.1f}"))
        left = _span((total - called) / per_second)
        return words(Message("ui-pace-and-left", number=f"{per_second:.1f}", span=left))

    def _small(self) -> Message | None:
        """Why nothing moves; otherwise that interrupting is safe, while that matters."""
        if len(self._outcomes) == len(self._accounts):
            return self._pause
        if self._pause and self._ways:  # for hours, perhaps
            return Message("ui-sentences", then=[self._pause, _INTERRUPTING])
        return self._pause or _INTERRUPTING

    def _pausing(self, notice: Pausing) -> Message:
        """Why nothing moves: of a wave, only for those accounts."""
        span = _span(notice.seconds)
        if not self._ways:
            return Message("ui-pausing", span=span)
        told = [Message("ui-wave-pausing", count=notice.accounts, span=span)]
        if notice.left:
            told.append(Message("ui-wave-left", span=notice.left))
        working = list(notice.working.items())[:_WORKING]
        if working:
            each = [Message("ui-wave-working-on", account=account_id, why=why) for account_id, why in working]
            told.append(Message("ui-wave-working", whys=each))
        return Message("ui-sentences", then=told)

    def _errors(self) -> tuple[list[tuple[str, str, str]], str]:
        """What went wrong so far, the same words once, the next step, and the accounts; and how many more there are."""
        reasons: dict[tuple[str, str], list[str]] = {}
        for account_id, why in self._refused.items():
            reasons.setdefault((sentence(why), then(why)), []).append(account_id)
        listed = [(*said, some(accounts, _NAMED)) for said, accounts in list(reasons.items())[:_REASONS]]
        rest = len(reasons) - _REASONS
        return listed, words(Message("ui-refusals-more", more=rest)) if rest > 0 else ""


def _span(seconds: float) -> timedelta:
    """A length of time, a second at least."""
    return timedelta(seconds=max(1.0, seconds))
