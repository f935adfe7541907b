"""Tags of an account object: what AWS allows, in a cell of accounts.csv and in Python."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_secrets
from orgtools.messages import Message
from orgtools.unmeant import UnmeantError, short

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TAGS: Final = 50
"""So many tags may an account object have."""
MAX_KEY: Final = 128
MAX_VALUE: Final = 256
"""So many characters; https://docs.aws.amazon.com/organizations/latest/APIReference/API_Tag.html"""
_TAG_SIGNS: Final = frozenset("_.:/=+-@")
"""What a tag may have beside letters, digits and spaces, by the model's pattern of TagKey and TagValue."""
_HIDDEN: Final = re.compile(r"(?<!\*)\*{3}(?!\*)|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}")
"""What a record has in the place of what it hides or nobody sees, see `mask_secrets`; no tag of AWS holds it."""
_PSEUDONYM: Final = re.compile(r"[a-z]+-[a-z2-7]{10}")
"""What a record for others has in the place of a whole key, see `orgtools.record`."""
_NEXT_TAG: Final = re.compile(r",\s*[^=,]+=")


def tags_in(text: str, *, masked: bool) -> tuple[tuple[str, str], ...]:
    """The tags that a cell of accounts.csv holds: ``key=value``, separated by semicolons.

    Args:
        text: the cell.
        masked: whether the cell is as a record holds it, see `tags_of`.

    Raises:
        UnmeantError: a part is no pair, or AWS does not allow the tags.
    """
    pairs = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        key, equals, value = part.partition("=")
        if not equals or not key.strip():
            raise UnmeantError(
                Message("tags-cell-wrong", given=short(text), why=Message("tag-no-pair", tag=short(part)))
            )
        pairs.append((key, value))
    try:
        return tags_of(pairs, masked=masked)
    except UnmeantError as error:
        raise UnmeantError(Message("tags-cell-wrong", given=short(text), why=error.message)) from None


def tags_of(given: Iterable[tuple[str, str]], *, masked: bool = False) -> tuple[tuple[str, str], ...]:
    """Tags of an account object, as sorted pairs without spaces around them.

    Args:
        given: keys and values.
        masked: whether they are as a record holds them. Then two keys may be one: what told them apart is hidden.

    Raises:
        UnmeantError: AWS does not allow one of them, or so many; or a record would have hidden what one holds.
    """
    pairs = list[tuple[str, str]]()
    keys = set[str]()
    for key, value in ((key.strip(), value.strip()) for key, value in given):
        _check_tag(key, value, masked=masked)
        if key in keys and not (masked and (_HIDDEN.search(key) or _PSEUDONYM.fullmatch(key))):
            raise UnmeantError(Message("tag-key-twice", tag=key))
        keys.add(key)
        pairs.append((key, value))
    if len(pairs) > MAX_TAGS:
        raise UnmeantError(Message("tags-too-many", count=len(pairs), limit=MAX_TAGS))
    return tuple(sorted(pairs))


def _check_tag(key: str, value: str, *, masked: bool) -> None:
    """Hold a tag against what AWS allows; of one in a record, what is left of it."""
    part = short(f"{key}={value}")
    if not key:
        raise UnmeantError(Message("tag-without-key", tag=part))
    if masked and (mask_secrets(key), mask_secrets(value)) != (key, value):
        raise UnmeantError(Message("tag-not-hidden", tag=short(mask_secrets(f"{key}={value}"))))
    key_left, value_left = (_HIDDEN.sub("", text) if masked else text for text in (key, value))
    if any(c not in _TAG_SIGNS and unicodedata.category(c)[0] not in "LNZ" for c in key_left + value_left):
        raise UnmeantError(Message("tag-with-comma" if _NEXT_TAG.search(value) else "tag-signs-wrong", tag=part))
    if len(key_left) > MAX_KEY or len(value_left) > MAX_VALUE:
        raise UnmeantError(
            Message("tag-too-long", tag=part, limit=MAX_KEY, quota=MAX_VALUE, count=len(key), total=len(value))
        )
    if key.lower().startswith("aws:"):
        raise UnmeantError(Message("tag-reserved"))
