"""A progress bar for a step: how many accounts have come to their end, and the last that did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets
from IPython.display import display

if TYPE_CHECKING:
    from orgtools.steps import Outcome, Preview


class Progress:
    """Shows itself when made; call it with each outcome, as `steps.apply` does with ``watch``."""

    def __init__(self, preview: Preview) -> None:
        """Show an empty bar for the accounts that the preview would change; nothing where there are none."""
        self._bar = widgets.IntProgress(min=0, max=max(1, len(preview.to_do)), description=preview.step.name)
        self._line = widgets.Label(f"0 of {len(preview.to_do)}")
        self._total = len(preview.to_do)
        if preview.to_do:
            display(widgets.HBox([self._bar, self._line]))  # type: ignore[no-untyped-call]

    def __call__(self, outcome: Outcome) -> None:
        """Count one more account."""
        self._bar.value += 1
        self._line.value = f"{self._bar.value} of {self._total}: account {outcome.account_id} {outcome.status}"
