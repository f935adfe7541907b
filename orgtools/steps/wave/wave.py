"""The step that is a whole wave: it has no calls of its own, and leads accounts through all of the others."""

from __future__ import annotations

from typing import Final

from orgtools.steps.core.step import Step
from orgtools.steps.wave.lanes import perform
from orgtools.steps.wave.way import PARTS, apply_limits, decide, observe

WAVE: Final = Step(
    name="wave",
    notebook="45_wave",
    decide=decide,
    observe=observe,
    apply_limits=apply_limits,
    parts=PARTS,
    runner=perform,
)
"""The step; see `orgtools.steps.wave.way` for what it shows and `orgtools.steps.wave.lanes` for how it goes."""
