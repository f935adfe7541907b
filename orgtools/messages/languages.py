"""Which language this process speaks."""

from __future__ import annotations

import os
from typing import Final

LANGUAGES: Final = ("en", "ja")
"""Languages that have a catalogue; the first is spoken where none is chosen."""
VARIABLE: Final = "ORGTOOLS_LANGUAGE"
"""The environment variable that chooses a language, whatever migration.toml says."""

_chosen = ""


def language() -> str:
    """The language of ``ORGTOOLS_LANGUAGE``, else the one that was chosen by `speak`, else English."""
    return next((asked for asked in (os.environ.get(VARIABLE), _chosen) if asked in LANGUAGES), LANGUAGES[0])


def unknown() -> str:
    """What ``ORGTOOLS_LANGUAGE`` asks for, where there is no catalogue of it; empty otherwise."""
    asked = os.environ.get(VARIABLE, "")
    return "" if asked in LANGUAGES else asked


def speak(chosen: object) -> None:
    """Speak a language from now on, in this process, unless ``ORGTOOLS_LANGUAGE`` asks for one.

    What is no language of ours chooses none.
    """
    global _chosen  # noqa: PLW0603 (a process speaks one language, whoever renders)
    _chosen = str(chosen) if chosen in LANGUAGES else ""
