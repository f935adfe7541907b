"""assignments.csv: which permission set and principal of the destination replace those of the source."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.reading import listed, read_text, rows_of
from orgtools.unmeant import short

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Held
    from pathlib import Path

FILE: Final = "assignments.csv"
"""In the run folder."""
_COLUMNS: Final = ("permission_set", "principal", "to_permission_set", "to_principal")
_MOST_BYTES: Final = 16 * 2**20
_PRINCIPAL: Final = re.compile(r"(USER|GROUP) \S.*")
_PRINCIPAL_ID: Final = re.compile(
    r"(USER|GROUP) ([0-9a-f]{10}-)?[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}"
)
"""https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html, PrincipalId"""
_PERMISSION_SET: Final = re.compile(r"[A-Za-z0-9_+=,.@-]{1,32}")
"""https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html, Name"""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who may enter the account through Identity Center, and with which permission set.

    Attributes:
        permission_set: its name, which the destination's instance may have too.
        permission_set_arn: its ARN in the source's instance.
        principal_type: USER or GROUP.
        principal_id: the id in the source's identity store.
        principal: the user's or group's name there; empty where it could not be read.
    """

    permission_set: str
    permission_set_arn: str
    principal_type: str
    principal_id: str
    principal: str = ""


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
        if not os.path.lexists(path):
            return cls({})
        text = read_text(path, most=_MOST_BYTES, missing=Message("write-or-remove-it"))
        held, problems = rows_of(path, text, _COLUMNS, _COLUMNS)
        rows: dict[tuple[str, str], Target | None] = {}
        for number, row in held:
            source = row["permission_set"], row["principal"]
            kind, _, principal_id = row["to_principal"].partition(" ")
            wrong = _wrong(row)
            if wrong is None and source in rows:
                wrong = Message("assignment-twice", permission_set=source[0], given=source[1])
            if wrong is not None:
                problems.append(Message("row-wrong", row=number, why=wrong))
            name = row["to_permission_set"]
            rows[source] = Target(name, kind, principal_id) if name else None
        if problems:
            raise InputError(Message("file-wrong", path=path.name, findings=listed(problems)))
        return cls(rows)

    def missing(self, assignments: Iterable[Assignment]) -> tuple[str, ...]:
        """The rows that the file lacks, as they would begin."""
        keys = dict.fromkeys(_key(assignment) for assignment in assignments)
        return tuple(f"{name},{principal},," for name, principal in keys if (name, principal) not in self.rows)

    def targets(self, assignments: Iterable[Assignment]) -> tuple[Target, ...]:
        """The assignments of the destination, each once; every one of the source must be in the file."""
        return tuple(sorted({target for one in assignments if (target := self.rows[_key(one)]) is not None}))


def _wrong(row: Held[str, str]) -> Message | None:
    """What cannot be meant by a row; None where it can."""
    if not row["permission_set"]:
        return Message("permission-set-empty")
    for column in ("permission_set", "to_permission_set"):
        if row[column] and not _PERMISSION_SET.fullmatch(row[column]):
            return Message("permission-set-wrong", column=column, given=short(row[column]))
    if not _PRINCIPAL.fullmatch(row["principal"]):
        return Message("principal-wrong", given=short(row["principal"]))
    if row["to_principal"] and not row["to_permission_set"]:
        return Message("principal-without-permission-set")
    if row["to_permission_set"] and not _PRINCIPAL_ID.fullmatch(row["to_principal"]):
        return Message("principal-id-wrong", given=short(row["to_principal"]))
    return None


def _key(assignment: Assignment) -> tuple[str, str]:
    """How a row names it: by the principal's name, or by its id where the name could not be read."""
    return assignment.permission_set, f"{assignment.principal_type} {assignment.principal or assignment.principal_id}"
