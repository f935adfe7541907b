"""The source's tree of organizational units, as it should be below a chosen unit of the destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.aws.partial import found
from orgtools.plan import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from orgtools.aws.model import OrganizationalUnit, Side
    from orgtools.plan import Plan

DEEPEST: Final = 5
"""So many levels of organizational units may lie below the root."""
MOST: Final = 2000
"""So many organizational units may an organization have.
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"""


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One unit of the source's tree, where it is to stand in the destination.

    Attributes:
        names: its name and those of the units above it, from the root of the destination.
        needed_by: how many accounts of the plan go into it, or into a unit below it.
        wave: the first wave with such an account; 0 where there is none.
    """

    names: tuple[str, ...]
    needed_by: int = 0
    wave: int = 0

    @property
    def path(self) -> str:
        """Its path in the destination, as accounts.csv names it."""
        return path_of(self.names)

    @property
    def account_id(self) -> str:
        """What decisions and the ledger call it by, where an account has its id."""
        return self.path


def path_of(names: tuple[str, ...]) -> str:
    """The path of a unit; of the root, where there are no names."""
    return f"/{'/'.join(names)}"


def names_of(path: str) -> tuple[str, ...]:
    """The names in a path, from the root; none for the root."""
    return tuple(filter(None, path.split("/")))


def is_below(path: str, above: str) -> bool:
    """Whether a path leads to somewhere below another one."""
    inside, outside = names_of(path), names_of(above)
    return len(inside) > len(outside) and inside[: len(outside)] == outside


def replica(plan: Plan, source: Side, destination: Side, below: str) -> tuple[PlannedUnit, ...]:
    """The tree of the source below a unit of the destination, whether it is there already or not.

    As far as the source's tree was read.

    Args:
        plan: says which of the units are needed.
        source: whose tree it is.
        destination: where it is to stand.
        below: the path of a unit of the destination, or ``/``; empty where nothing is to be replicated.

    Returns:
        Parents before children; nothing where the destination has no such unit.
    """
    base = names_of(below)
    if not below or destination.unit_at(base) is None:
        return ()
    needed: dict[tuple[str, ...], list[int]] = {}
    for account in plan.accounts:
        inside = names_of(account.ou)
        for depth in range(len(base) + 1, len(inside) + 1):
            needed.setdefault(inside[:depth], []).append(account.wave)
    return tuple(
        PlannedUnit(names, len(needed.get(names, ())), min(needed.get(names, (0,))))
        for names in sorted((*base, *names) for names in _branches(source))
    )


def _branches(side: Side) -> Iterator[tuple[str, ...]]:
    """Each unit but the root, by the names from the top: a name may hold a slash, so its path does not tell them."""
    for unit in found(side.units).values():
        names, above = list[str](), unit
        while above.parent_id is not None:
            names.append(above.name)
            above = side.units[above.parent_id]
        if names:
            yield tuple(reversed(names))


def landing(path: str, side: Side, coming: Collection[str]) -> OrganizationalUnit:
    """The unit that a path of accounts.csv names; where it is still to be created, the lowest above it that is there.

    What applies to that one will apply to a new unit in it.

    Args:
        path: of accounts.csv.
        side: the destination.
        coming: paths of units that are to be created.

    Raises:
        UnmeantError: no unit or more than one has that path, and it is not to be created.
    """
    if path not in coming:
        return resolve(path, side)
    names = names_of(path)
    return next(filter(None, (side.unit_at(names[:depth]) for depth in range(len(names), -1, -1))))
