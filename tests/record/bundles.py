"""Reading a record as whoever is given one would, the packed tables of its page included."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_PACKED: Final = re.compile(r"(<script type=\"text/plain\"[^>]*>)([A-Za-z0-9+/=]+)</script>")


def text_of(path: Path) -> str:
    """A file's text; what the page packs is unpacked."""
    text = path.read_text(encoding="utf-8")
    return _PACKED.sub(lambda packed: zlib.decompress(b64decode(packed[2])).decode(), text)
