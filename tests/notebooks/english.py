"""What an English sentence looks like beside Japanese ones."""

from __future__ import annotations

import re
from typing import Final

ENGLISH: Final = re.compile(r"\b(?!orgtools )[A-Za-z]?[a-z']+(?: [a-z']+){2,}")
"""Three words of a sentence; names of AWS, codes and files are no words of this form, commands begin with orgtools."""
