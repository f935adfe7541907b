"""Which language this process speaks."""

from __future__ import annotations

import os
from typing import Final

LANGUAGES: Final = ("en",)
"""Languages that have a catalogue; the first is spoken where none is chosen."""
VARIABLE: Final = "ORGTOOLS_LANGUAGE"

_chosen = ""


def language() -> str:
    """The language that was chosen: by `speak`, or else by ``ORGTOOLS_LANGUAGE``; English otherwise."""
    asked = _chosen or os.environ.get(VARIABLE, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def speak(chosen: str) -> None:
    """Speak a language from now on, in this process.

    Raises:
        ValueError: there is no catalogue of it.
    """
    global _chosen  # noqa: PLW0603 (a process speaks one language, whoever renders)
    if chosen not in LANGUAGES:
        raise ValueError(chosen)
    _chosen = chosen
