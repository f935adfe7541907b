"""The pages that follow from the code, and their place in docs/: ``make pages``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from orgtools.messages import speak
from tests.docs import api_page, checks_page, map_page, messages_page, notebooks_page, settings_page

DOCS: Final = Path(__file__).parents[2] / "docs"


def generated() -> dict[Path, str]:
    """Every page as it has to be."""
    speak("en")
    return {
        DOCS / "reference" / "settings.md": settings_page.write(),
        DOCS / "reference" / "map.md": map_page.write(),
        DOCS / "reference" / "checks.md": checks_page.write(),
        DOCS / "reference" / "what-to-do.md": messages_page.write(),
        **notebooks_page.write(),
        **{DOCS / "reference" / "api" / f"{package}.md": api_page.write(package) for package in api_page.PACKAGES},
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
