"""assignments.csv: which permission set and principal of the destination stand for those of the source."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Held
    from pathlib import Path

    from orgtools.assess.exports import Assignment

FILE: Final = "assignments.csv"
"""In the run folder."""
_COLUMNS: Final = ("permission_set", "principal", "to_permission_set", "to_principal")
_KINDS: Final = ("USER", "GROUP")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """An assignment of the destination: the name of a permission set, USER or GROUP, and an id of its store."""

    permission_set: str
    kind: str
    principal_id: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """The rows of the file, by permission set and principal of the source; None for one that is not brought back."""

    rows: Held[tuple[str, str], Target | None]

    @classmethod
    def read(cls, path: Path) -> Mapping:
        """Read the file; where there is none, it says nothing.

        Raises:
            InputError: it says what cannot be meant; each row concerned is named.
        """
        if not path.exists():
            return cls({})
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise InputError(
                f"{path.name} has the columns {', '.join(reader.fieldnames or ())}.",
                next_step=f"Its columns are {','.join(_COLUMNS)}.",
            )
        rows: dict[tuple[str, str], Target | None] = {}
        problems: list[str] = []
        for number, row in enumerate(reader, 2):
            source, principal, name, to = ((row[column] or "").strip() for column in _COLUMNS)
            kind, _, principal_id = to.partition(" ")
            if (source, principal) in rows:
                problems.append(f"row {number} names {source} and {principal} a second time")
            elif name and (kind not in _KINDS or not principal_id):
                problems.append(f"row {number}: to_principal is {to!r}, not USER or GROUP, a space, and an id")
            rows[source, principal] = Target(name, kind, principal_id) if name else None
        if problems:
            raise InputError(f"{path.name}: {'; '.join(problems)}.", next_step="Correct it there; nothing was done.")
        return cls(rows)

    def missing(self, assignments: Iterable[Assignment]) -> tuple[str, ...]:
        """The rows that the file lacks, as they would begin."""
        keys = dict.fromkeys(_key(assignment) for assignment in assignments)
        return tuple(f"{name},{principal},," for name, principal in keys if (name, principal) not in self.rows)

    def targets(self, assignments: Iterable[Assignment]) -> tuple[Target, ...]:
        """The assignments of the destination, each once; every one of the source must be in the file."""
        return tuple(sorted({target for one in assignments if (target := self.rows[_key(one)]) is not None}))


def _key(assignment: Assignment) -> tuple[str, str]:
    """How a row names it: by the principal's name, or by its id where the name could not be read."""
    return assignment.permission_set, f"{assignment.principal_type} {assignment.principal or assignment.principal_id}"
