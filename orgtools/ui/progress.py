"""A step while it runs: every account's state, how fast it goes, what AWS refused and what to do about it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import humanize
import ipywidgets as widgets
from IPython.display import display

from orgtools.messages import next_step
from orgtools.steps import Answered, Outcome, Pausing, Status
from orgtools.ui.escaping import escape
from orgtools.ui.times import zoned
from orgtools.wording import some

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.steps import Notice, Preview

_EVERY: Final = 0.2
"""Seconds between two pictures: a browser that draws a thousand accounts for each call is busy with nothing else."""
_NAMED: Final = 5
"""How many accounts are named beside a refusal: they fit in a line."""
_REASONS: Final = 8
"""How many different refusals are listed; the table below the step names all."""

_SIGNS: Final = {
    "not called yet": "·",
    "called": "→",
    "refused so far": "!",
    Status.CONFIRMED.value: "✓",
    Status.UNCONFIRMED.value: "?",
    Status.REFUSED.value: "✗",
    Status.CHANGED.value: "≠",
    Status.NOT_STARTED.value: "-",
}
"""A state as one character, which needs no colour."""
_SAFE: Final = "Interrupting (■) is safe: calls under way end and are noted, no new one begins, a later run goes on."
_GRID: Final = "font-family:monospace;letter-spacing:.15em;line-height:1.3;overflow-wrap:anywhere"


class Progress:
    """Shows itself when made; give it to `steps.apply` as ``watch``."""

    def __init__(self, preview: Preview, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Show every account that the preview would change; nothing where there are none.

        Args:
            preview: what is about to be done.
            clock: seconds; for tests.
        """
        self._step = preview.step.name
        self._accounts = [do.account_id for do in preview.to_do]
        self._clock = clock
        self._began = clock()
        self._drawn = self._began - _EVERY
        self._called: set[str] = set()
        self._refused: dict[str, tuple[str, str]] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._pause = ""
        self._widget = widgets.HTML()
        self._widget.add_class("orgtools-progress")
        if self._accounts:
            self._draw()
            display(self._widget)  # type: ignore[no-untyped-call]

    @property
    def html(self) -> str:
        """What is shown now."""
        return str(self._widget.value)

    def __call__(self, notice: Notice) -> None:
        """Take in what `steps.apply` tells."""
        self._pause = ""
        if isinstance(notice, Answered):
            self._called.add(notice.account_id)
            self._refused.pop(notice.account_id, None)
            if notice.refused:
                self._refused[notice.account_id] = (str(notice.refused), next_step(notice.refused))
        elif isinstance(notice, Pausing):
            self._pause = f"AWS may show an effect late: it is looked at again in {_duration(notice.seconds)}."
        else:
            self._outcomes[notice.account_id] = notice
            self._refused.pop(notice.account_id, None)
            if notice.next_step:
                self._refused[notice.account_id] = (str(notice.why), notice.next_step)
        last = len(self._outcomes) == len(self._accounts)
        if last or self._pause or self._clock() - self._drawn >= _EVERY:
            self._draw()

    def _state(self, account_id: str) -> str:
        outcome = self._outcomes.get(account_id)
        if outcome:
            return outcome.status.value
        if account_id in self._refused:
            return "refused so far"
        return "called" if account_id in self._called else "not called yet"

    def _draw(self) -> None:
        self._drawn = self._clock()
        states = {account_id: self._state(account_id) for account_id in self._accounts}
        counts = Counter(states.values())
        known = ", ".join(f"{counts[state]} {_SIGNS[state]} {state}" for state in _SIGNS if counts[state])
        cells = "".join(
            f"<span title='{account_id} {state}'>{_SIGNS[state]}</span>" for account_id, state in states.items()
        )
        self._widget.value = (
            f"<div><strong>{self._step}: {len(self._called)} of {len(self._accounts)} called.</strong> "
            f"{escape(self._pace())}</div><div>{known}</div>"
            f"<div style='{_GRID}'>{cells}</div>"
            f"{self._errors()}<div style='opacity:.8;font-size:90%'>{escape(self._pause or self._small())}</div>"
        )

    def _pace(self) -> str:
        """How fast it goes and how long the rest takes at that pace."""
        called, total, passed = len(self._called), len(self._accounts), self._clock() - self._began
        if not called or passed <= 0:
            return ""
        per_second = called / passed
        if called == total:
            return f"{per_second:.1f} a second."
        return f"{per_second:.1f} a second, about {_duration((total - called) / per_second)} left."

    def _small(self) -> str:
        return "" if len(self._outcomes) == len(self._accounts) else _SAFE

    def _errors(self) -> str:
        """What went wrong so far, the same words once, with the accounts and the next step."""
        reasons: dict[tuple[str, str], list[str]] = {}
        for account_id, said in self._refused.items():
            reasons.setdefault(said, []).append(account_id)
        lines = [
            f"<li>{escape(zoned(words.rstrip('.')))}. <strong>{escape(zoned(then))}</strong> "
            f"({escape(some(accounts, _NAMED))})</li>"
            for (words, then), accounts in list(reasons.items())[:_REASONS]
        ]
        if len(reasons) > _REASONS:
            lines.append(f"<li>and {len(reasons) - _REASONS} more, in the table below when the step has ended</li>")
        return f"<ul style='margin:.3em 0'>{''.join(lines)}</ul>" if lines else ""


def _duration(seconds: float) -> str:
    """A length of time in words, ``2 seconds``; a fraction of a second is ``a moment``."""
    return humanize.naturaldelta(timedelta(seconds=seconds))
