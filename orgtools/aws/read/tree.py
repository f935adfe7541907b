"""The units of an organization, read as far as somebody asks: one call tells what is directly below one unit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from orgtools.aws.model import OrganizationalUnit, leads_to
from orgtools.aws.read.long_list import told
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any


class Tree:
    """Roots and organizational units as they were read; kept until they are forgotten.

    A tree takes a call for each unit and hardly ever changes. The root never does.
    """

    def __init__(self, side: str, read_root: Callable[[], Any], read_below: Callable[[str], Iterable[Any]]) -> None:
        """Nothing is read yet.

        Args:
            side: the organization's part, for people.
            read_root: gives ListRoots' one entry.
            read_below: gives ListOrganizationalUnitsForParent's entries, by the id of the unit above.
        """
        self.units: dict[str, OrganizationalUnit] = {}
        self.children: dict[str, list[OrganizationalUnit]] = {}
        self._side = side
        self._read_root = read_root
        self._read_below = read_below

    @property
    def root(self) -> OrganizationalUnit:
        """The root."""
        if not self.units:
            told = self._read_root()
            self.units[told["Id"]] = OrganizationalUnit(id=told["Id"], name=told["Name"], path="/", parent_id=None)
        return next(iter(self.units.values()))

    @property
    def is_whole(self) -> bool:
        """Whether all of it was read."""
        return bool(self.units) and len(self.children) == len(self.units)

    def forget(self) -> None:
        """Read all but the root anew at the next look."""
        self.children.clear()
        self.units = {unit.id: unit for unit in self.units.values() if unit.parent_id is None}

    def read_all(self) -> None:
        """Read every unit that was not read yet, parents before children."""
        for _ in told(self._down(), lambda count: Message("units-read", side=self._side, count=count)):
            pass

    def _down(self) -> Iterator[OrganizationalUnit]:
        waiting = [self.root]
        while waiting:
            unit = waiting.pop(0)
            waiting += self._below(unit)
            yield unit

    def read_ways(self, paths: Iterable[str], known_paths: Mapping[str, str]) -> None:
        """Read the root, and the ways to some units, which are named by their paths or ids.

        A unit of an id is looked for where it was some time ago; the whole tree is read where it is not there.
        """
        _ = self.root
        for named in sorted(paths):
            if named.startswith("/"):
                self.read_along(named)
                continue
            if named not in self.units and named in known_paths:
                self.read_along(known_paths[named])
            if named not in self.units:
                self.read_all()

    def read_along(self, path: str) -> None:
        """Read the units on the way to a path: all that may lead to it, because a name may hold a slash."""
        waiting = [self.root]
        while waiting:
            unit = waiting.pop()
            if leads_to(unit, path) and unit.path != path:
                waiting += self._below(unit)

    def read_down(self, way: Sequence[str]) -> None:
        """Read the units on a way of ids, from the root, as far as they are there; anew where one has come since."""
        for above, unit_id in pairwise(way):
            if unit_id not in self.units and above in self.units:
                self.children.pop(above, None)
                self._below(self.units[above])

    def _below(self, unit: OrganizationalUnit) -> list[OrganizationalUnit]:
        if unit.id not in self.children:
            prefix = unit.path.rstrip("/")
            below = [
                OrganizationalUnit(told["Id"], told["Name"], f"{prefix}/{told['Name']}", unit.id)
                for told in self._read_below(unit.id)
            ]
            self.units |= {child.id: child for child in below}
            self.children[unit.id] = below
        return self.children[unit.id]
