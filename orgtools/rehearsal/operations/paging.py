"""Pages as Organizations lists have them: at most 20 entries, sometimes none although more follow."""

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any

from orgtools.rehearsal.refusals import ServiceError, invalid
from orgtools.rehearsal.world.world import World

Json = dict[str, Any]
PAGE = 20


def page(world: World, key: str, entries: Callable[[int], Iterable[tuple[int, Json]]], parameters: Json) -> Json:
    """One page of `entries(after)`, as a list answer with `NextToken` where more follows.

    API reference, every List operation: MaxResults is 1 to 20, and an empty page with a token is possible.
    """
    size = parameters.get("MaxResults", PAGE)
    if size > PAGE:
        raise invalid("MAX_VALUE_EXCEEDED", f"You provided a value greater than the maximum of {PAGE}.")
    if size < 1:
        raise invalid("MIN_VALUE_EXCEEDED", "You provided a value less than the minimum of 1.")
    after, was_empty = _read(parameters.get("NextToken"))
    share = world.switches.empty_pages
    if share and not was_empty and world.luck.random() < share:
        return {key: [], "NextToken": _write(after, empty=True)}
    found: list[Json] = []
    last = after
    for place, entry in entries(after):
        if len(found) == size:
            return {key: found, "NextToken": _write(last, empty=False)}
        found.append(entry)
        last = place
    return {key: found}


def numbered(entries: list[Json], token: str | None, size: int, code: str) -> tuple[list[Json], str]:
    """One page of another service's list, and the token of the next one, or nothing; `code` refuses a wrong token."""
    if token is not None and not token.isdecimal():
        raise ServiceError(code, "The next token is not one of an earlier answer.")
    begin = int(token or 0)
    return entries[begin : begin + size], str(begin + size) if begin + size < len(entries) else ""


def _write(after: int, *, empty: bool) -> str:
    return base64.urlsafe_b64encode(f"after {after} {int(empty)}".encode()).decode()


def _read(token: str | None) -> tuple[int, bool]:
    if token is None:
        return -1, False
    try:
        word, after, empty = base64.urlsafe_b64decode(token.encode()).decode().split()
        if word == "after":
            return int(after), empty == "1"
    except (ValueError, binascii.Error):
        pass
    raise invalid("INVALID_NEXT_TOKEN", "Get the NextToken from the response of the previous call.")
