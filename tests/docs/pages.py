"""The pages that follow from the code, and their place in docs/: ``make pages``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from orgtools.messages import speak
from tests.docs import api_page, checks_page, map_page, messages_page, settings_page

DOCS: Final = Path(__file__).parents[2] / "docs"
_MAP: Final = re.compile(r"(?<=<!-- map: written by make pages -->\n\n).*(?=\n\n<!-- end of the map -->)", re.DOTALL)


def generated() -> dict[Path, str]:
    """Every page, or the page that a part of is generated, as it has to be."""
    speak("en")
    architecture = DOCS / "architecture.md"
    drawn = map_page.write()
    held = architecture.read_text(encoding="utf-8")
    if not _MAP.search(held):
        raise ValueError(f"{architecture.name} has no place for the map")
    return {
        architecture: _MAP.sub(lambda _: drawn, held),
        DOCS / "reference" / "settings.md": settings_page.write(),
        DOCS / "reference" / "checks.md": checks_page.write(),
        DOCS / "reference" / "what-to-do.md": messages_page.write(),
        **{
            DOCS / "reference" / "api" / f"{package}.md": api_page.write(package) for package in api_page.PACKAGES
        },
    }


def main() -> int:
    """Write them; with ``--check`` only say which of them are not as they have to be."""
    pages = generated()
    stale = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], encoding="utf-8")
        print(path.relative_to(DOCS.parent))  # noqa: T201 (it tells whoever called make)
    return int("--check" in sys.argv[1:] and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
