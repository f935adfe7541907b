"""What never reaches a file: full e-mail addresses, credentials, and what looks like one."""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, Final

from orgtools.aws.model import mask_emails

HIDDEN: Final = "***"
"""What stands in the place of something that is not shown."""

_NAMES: Final = r"(?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)"
_NAME: Final = re.compile(_NAMES, re.IGNORECASE)
_NAMED: Final = re.compile(rf"({_NAMES}[\"']?\s*[:=]\s*[\"']?)[^\s\"',;]+", re.IGNORECASE)
_KEY_ID: Final = re.compile(r"(A[KS]IA)[A-Z0-9]{12,124}")
_JWT: Final = re.compile(r"eyJ[\w-]{6,}(?:\.[\w-]*){0,2}")
# Letters and digits thrown together: no name, path or role that people choose changes between small letters, capitals
# and digits so often. AWS's secret keys have 40 of them, its session tokens hundreds. Ids and hashes have no capitals.
_THROWN: Final = (
    (re.compile(r"(?<![\w/+])[A-Za-z0-9/+]{40}(?![\w/+=])"), 0.25),
    (re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{32,}={0,2}"), 0.4),
    (re.compile(r"(?<![\w-])(?!AWSReservedSSO_)[\w-]{32,}", re.ASCII), 0.4),
)
_KINDS: Final = str.maketrans(
    dict.fromkeys(ascii_lowercase, "a") | dict.fromkeys(ascii_uppercase, "A") | dict.fromkeys(digits, "0")
)
_SUSPECT: Final = re.compile(r"A[KS]IA|eyJ|secret|token|(?<![\w/+-])[\w/+-]{32}", re.IGNORECASE | re.ASCII)
"""What must stand in a text for anything but an e-mail address to be masked: the ledger masks every text it is told."""


def mask_secrets(text: str) -> str:
    """A text without full e-mail addresses and credentials.

    Access key ids, web tokens, long runs of letters and digits thrown together, and what stands beside a secret's name.
    """
    if not _SUSPECT.search(text):
        return mask_emails(text)
    for pattern, least in _THROWN:
        text = pattern.sub(lambda run, least=least: HIDDEN if _thrown(run[0], least) else run[0], text)  # type: ignore[misc]
    return _KEY_ID.sub(rf"\1{HIDDEN}", _JWT.sub(HIDDEN, _NAMED.sub(rf"\1{HIDDEN}", mask_emails(text))))


def mask_json(value: Any) -> Any:
    """JSON values with every text masked, keys included; what is held under a secret's name is hidden.

    Text by text, because inside JSON's escapes a mask breaks them.
    """
    if isinstance(value, str):
        return mask_secrets(value)
    if isinstance(value, dict):
        return {
            mask_secrets(key): HIDDEN if _NAME.fullmatch(key) and isinstance(held, str) else mask_json(held)
            for key, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [mask_json(held) for held in value]
    return value


def _thrown(run: str, least: float) -> bool:
    kinds = run.translate(_KINDS)
    if not {"a", "A", "0"} <= set(kinds):
        return False
    changes = sum(one != other and {one, other} <= {"a", "A", "0"} for one, other in pairwise(kinds))
    return changes >= least * len(run)
