"""What a look at an organization is to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an organization is to tell.

    Attributes:
        accounts: ids of the accounts that it is about, beside the management account; None: all, and the whole tree.
        listing: whether those are found by listing all, which may be the cheaper way.
        paths: paths or ids of units that are to be found.
        known_paths: paths of units by id, as they were some time ago: good for the names of others.
        expected: about how many accounts a list has, where that is known.
        all_units: whether the whole tree is read, whatever the accounts.
        invitations: whether the handshakes that it has sent are listed, where it is the one that invites.
    """

    accounts: frozenset[str] | None = None
    listing: bool = True
    paths: frozenset[str] = frozenset()
    known_paths: Mapping[str, str] = field(default_factory=dict, repr=False)
    expected: int | None = None
    all_units: bool = False
    invitations: bool = True


WHOLE: Final = Look()
"""All accounts and the whole tree."""
