"""Which account goes to which organizational unit, in which wave, with which tags."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TextIO

from orgtools.aws.masking import mask_secrets
from orgtools.aws.partial import found
from orgtools.exceptions import InputError
from orgtools.ledger.events import canonical
from orgtools.messages import Message
from orgtools.reading import closest, listed, read_text, rows_of
from orgtools.spreadsheets import harmless, meant
from orgtools.tags import tags_in
from orgtools.unmeant import UnmeantError, short

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from orgtools.aws.model import OrganizationalUnit, Side

COLUMNS: Final = ("account_id", "ou", "wave", "path", "tags")
"""The columns of accounts.csv; only account_id and ou must be there."""

Path_ = Literal["direct", "standalone"]
MOST: Final = 50_000
"""So many accounts has an organization at the most."""
_MOST_BYTES: Final = 32 * 2**20
"""So many accounts with ten tags each are a third of this."""
_WIDTH: Final = 12


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """One row of accounts.csv.

    Attributes:
        account_id: 12 digits.
        ou: the destination's path, ``/Workloads/Prod``; ``/`` is the root.
        wave: 1, 2, 3, ...
        path: ``direct`` (accept while a member of the source) or ``standalone`` (leave first).
        tags: tags of the account object in the destination, as sorted pairs.
    """

    account_id: str
    ou: str
    wave: int = 1
    path: Path_ = "direct"
    tags: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def as_message(self) -> Message:
        """The row, addresses and credentials in it masked."""
        held: dict[str, Any] = {
            "account": self.account_id,
            "unit": mask_secrets(self.ou),
            "wave": self.wave,
            "kind": self.path,
        }
        if not self.tags:
            return Message("planned", **held)
        return Message("planned-with-tags", **held, tags=[mask_secrets(f"{key}={value}") for key, value in self.tags])

    def __str__(self) -> str:
        return str(self.as_message())


@dataclass(frozen=True)
class Plan:
    """All rows, in the order of the file. Immutable: another file is another plan."""

    accounts: tuple[PlannedAccount, ...] = field(default=())

    @cached_property
    def by_id(self) -> Mapping[str, PlannedAccount]:
        """The rows by account id."""
        return {account.account_id: account for account in self.accounts}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form: independent of the order of rows and of spaces."""
        rows = sorted([a.account_id, a.ou, a.wave, a.path, [list(pair) for pair in a.tags]] for a in self.accounts)
        return hashlib.sha256(canonical(rows).encode()).hexdigest()

    @property
    def waves(self) -> tuple[int, ...]:
        """The numbers of the waves, ascending."""
        return tuple(sorted({account.wave for account in self.accounts}))

    def wave(self, number: int) -> tuple[PlannedAccount, ...]:
        """The accounts of one wave."""
        return tuple(account for account in self.accounts if account.wave == number)

    def select(self, account_ids: Iterable[str]) -> tuple[PlannedAccount, ...]:
        """The rows of some accounts.

        Raises:
            InputError: an id is not in the plan: orgtools touches no account that the plan does not name.
        """
        wanted = set(account_ids)
        strangers = sorted(wanted - self.by_id.keys())
        if strangers:
            message = Message("accounts-not-planned", accounts=strangers, count=len(strangers))
            raise InputError(message, account_id=strangers[0])
        return tuple(account for account in self.accounts if account.account_id in wanted)

    def assign(self, account_ids: Iterable[str], *, ou: str, wave: int, standalone: bool = False) -> Plan:
        """The plan with some accounts put into a unit and a wave; tags of accounts that were planned stay."""
        path: Path_ = "standalone" if standalone else "direct"
        rows = dict(self.by_id)
        for account_id in account_ids:
            tags = rows[account_id].tags if account_id in rows else ()
            rows[account_id] = PlannedAccount(account_id, ou, wave, path, tags)
        return Plan(tuple(rows.values()))

    def without(self, account_ids: Iterable[str]) -> Plan:
        """The plan without some accounts."""
        out = set(account_ids)
        return Plan(tuple(account for account in self.accounts if account.account_id not in out))

    def difference(self, other: Plan) -> tuple[Message, ...]:
        """What another plan says differently, one message for each account."""
        changes = []
        for account_id in sorted(self.by_id.keys() | other.by_id.keys()):
            before, after = self.by_id.get(account_id), other.by_id.get(account_id)
            if before is None and after is not None:
                changes.append(Message("plan-added", why=after.as_message()))
            elif before is not None and after is None:
                changes.append(Message("plan-removed", why=before.as_message()))
            elif before is not None and after is not None and before != after:
                changes.append(Message("plan-changed", why=before.as_message(), change=after.as_message()))
        return tuple(changes)

    @classmethod
    def read(cls, path: Path, landing_ou: str = "/", *, masked: bool = False) -> Self:
        """Read accounts.csv (UTF-8, comma-separated, header row).

        Args:
            path: the file.
            landing_ou: where an account goes whose ``ou`` cell is empty.
            masked: whether it is the plan of a record, whose tags hold three asterisks in the place of what is hidden,
                and nothing that a record hides.

        Raises:
            InputError: the file is missing, a column is unknown, there are more rows than an organization has
                accounts, or rows say what cannot be meant; every bad row is named, not only the first.
        """
        text = read_text(
            path,
            most=_MOST_BYTES,
            missing=Message("write-the-plan", columns=list(COLUMNS)),
        )
        rows, problems = rows_of(path, text, COLUMNS, COLUMNS[:2])
        if len(rows) > MOST:
            raise InputError(Message("accounts-too-many", path=path.name, count=len(rows), limit=MOST))
        accounts = []
        for number, cells in rows:
            values, wrong = _row(cells, landing_ou, masked=masked)
            if wrong:
                problems.append(Message("row-wrong", row=number, why=wrong))
            else:
                accounts.append(PlannedAccount(**values))
        times = Counter(account.account_id for account in accounts)
        problems.extend(
            Message("account-listed-again", account=account_id, count=count)
            for account_id, count in times.items()
            if count > 1
        )
        if problems:
            raise InputError(Message("file-wrong", path=path.name, findings=listed(problems)))
        return cls(tuple(accounts))

    def write(self, path: Path) -> None:
        """Write accounts.csv, the same file that `read` reads; a half-written file never replaces a whole one."""
        temporary = path.with_suffix(".csv.new")
        with temporary.open("w", encoding="utf-8", newline="") as file:
            self.write_to(file)
        temporary.replace(path)

    def write_to(self, file: TextIO) -> None:
        """Write the rows as CSV into an open text file."""
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for account in self.accounts:
            tags = ";".join(f"{key}={value}" for key, value in account.tags)
            writer.writerow((account.account_id, account.ou, account.wave, account.path, harmless(tags)))

    def problems(
        self,
        source: Side,
        destination: Side,
        coming: Collection[str] = (),
        about: Collection[str] | None = None,
    ) -> tuple[Message, ...]:
        """What AWS says against the plan: one message for each row that cannot be meant.

        Management accounts, and destination paths that do not exist or could be several.

        Args:
            source: the organization that the accounts come from.
            destination: the organization that they go to.
            coming: paths that may be missing, because they are still to be created.
            about: ids of the accounts whose rows are checked; None: all.
        """
        wrong = []
        for account in self.accounts:
            if about is not None and account.account_id not in about:
                continue
            for side, name in ((source, "source"), (destination, "destination")):
                if account.account_id == side.identity.management_account_id:
                    wrong.append(Message("management-account-planned", account=account.account_id, side=name))
            try:
                resolve(account.ou, destination)
            except UnmeantError as error:
                if account.ou in coming:
                    continue
                wrong.append(Message("account-wrong", account=account.account_id, why=error.message))
        return tuple(wrong)


def resolve(path: str, side: Side) -> OrganizationalUnit:
    """The organizational unit that a path of accounts.csv names; an id (``ou-...`` or ``r-...``) does too.

    Raises:
        UnmeantError: no unit has that path, or more than one has.
        NotAskedError: nobody read the units on the way.
    """
    matches = side.units_at(path)
    if len(matches) == 1:
        return matches[0]
    if matches:
        ids = sorted(unit.id for unit in matches)
        raise UnmeantError(Message("unit-path-twice", unit=path, units=ids, count=len(ids)))
    units = found(side.units).values()
    similar = sorted({unit.path for unit in units if _loose(unit.path).endswith(_loose(path))})
    if len(similar) > 1:
        raise UnmeantError(Message("unit-path-ambiguous", unit=path, units=similar))
    near = similar[0] if similar else closest(path, (unit.path for unit in units))
    if near:
        raise UnmeantError(Message("unit-missing-near", unit=short(path), units=[near]))
    raise UnmeantError(Message("unit-missing", unit=short(path)))


def _loose(path: str) -> str:
    """A path without what people write differently: case, accents, spaces, the word Root at its beginning."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", path.casefold()) if not unicodedata.combining(c))
    names = plain.replace(" ", "").strip("/").split("/")
    return "/" + "/".join(names[1:] if names[0] == "root" else names)


def _row(cells: Mapping[str, str], landing_ou: str, *, masked: bool) -> tuple[dict[str, Any], list[Message]]:
    """What the cells mean, by column, and what is wrong with those that mean nothing."""
    readers: dict[str, Callable[[], Any]] = {
        "account_id": lambda: _account_id(cells["account_id"]),
        "ou": lambda: _ou(cells["ou"] or landing_ou),
        "wave": lambda: _wave(cells.get("wave") or "1"),
        "path": lambda: _path(cells.get("path") or "direct"),
        "tags": lambda: tags_in(meant(cells.get("tags") or ""), masked=masked),
    }
    values, wrong = dict[str, Any](), list[Message]()
    for column, read in readers.items():
        try:
            values[column] = read()
        except UnmeantError as error:
            wrong.append(error.message)
    return values, wrong


def _account_id(text: str) -> str:
    if re.fullmatch(r"\d{12}", text, re.ASCII):
        return text
    if re.fullmatch(r"\d{1,11}", text, re.ASCII):
        raise UnmeantError(Message("account-id-short", given=text, count=len(text), account=text.zfill(_WIDTH)))
    if re.fullmatch(r"[\d.,]+E\+?\d+", text, re.IGNORECASE | re.ASCII):
        raise UnmeantError(Message("account-id-rounded", given=short(text)))
    digits = re.sub(r"[-.,'\"=\s]", "", re.sub(r"\.0+$", "", text))
    if re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise UnmeantError(Message("account-id-not-bare", given=short(text), account=digits))
    raise UnmeantError(Message("account-id-wrong", given=short(text)))


def _ou(text: str) -> str:
    if text.startswith(("ou-", "r-")):
        return text
    names = text.strip("/").split("/") if text.strip("/") else []
    if any(name in {".", ".."} or name != name.strip() or not name for name in names):
        raise UnmeantError(Message("unit-cell-wrong", given=short(text)))
    return "/" + "/".join(names)


def _wave(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII):
        raise UnmeantError(Message("wave-cell-wrong", given=short(text)))
    return int(text)


def _path(text: str) -> Path_:
    if text == "direct":
        return "direct"
    if text == "standalone":
        return "standalone"
    raise UnmeantError(Message("path-cell-wrong", given=short(text)))
