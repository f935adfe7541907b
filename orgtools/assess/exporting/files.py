"""What an account loses or may need again after the move, as the run folder keeps it: one private file an account.

The files hold whole e-mail addresses and telephone numbers, because contacts cannot be restored from masked ones. So
they are the one place that does: readable by their owner only, in a folder that version control ignores, and no ledger,
log or record takes anything from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError

from orgtools.exceptions import InputError
from orgtools.mapping import Assignment  # noqa: TC001 (likewise)
from orgtools.messages import Message
from orgtools.private import private_folder, write_private

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "exports"
"""The folder of the exports, in the run folder."""
_ORGANIZATION: Final = "organization"
_WHAT = TypeVar("_WHAT")


def _message(held: Any) -> Message:
    """A message as the file holds it; pydantic makes a problem of a `ValueError` only."""
    try:
        return Message.from_json(held)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError from error


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be read: it is unknown, not empty.

    Attributes:
        kind: the field of the export that it is missing from.
        why: why, and in its next step what to grant or do.
        region: where; empty for what is global.
    """

    kind: str
    why: Annotated[Message, PlainValidator(_message), PlainSerializer(Message.as_json)]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An alternate contact, in AWS's words."""

    name: str
    title: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Share:
    """A resource share of AWS RAM.

    Attributes:
        arn: its ARN.
        name: its name.
        direction: "owned" by the account, or "received" from another.
        owner: the owning account.
        external: whether it allows principals outside its owner's organization.
        resources: ARNs of the resources, as far as this account may see them.
        principals: accounts, ARNs of organizations or units; of received shares AWS shows none but the account itself.
    """

    arn: str
    name: str
    direction: Literal["owned", "received"]
    owner: str
    external: bool
    resources: tuple[str, ...]
    principals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """One account as it was in the source. A field is None where it could not be read; `gaps` says why.

    Attributes:
        account_id: the account.
        organization_id: the organization that it was in.
        taken_at: AWS's clock, UTC.
        name: the account's name.
        path: its organizational unit, by names.
        tags: the tags of the account object, which AWS deletes when the account leaves.
        contact: the primary contact, in AWS's own field names (``FullName``, ``PhoneNumber``, ...).
        alternate_contacts: by AWS's type, BILLING, OPERATIONS or SECURITY; a type that is missing was not set.
        delegations: service principals that it is a delegated administrator of.
        assignments: of Identity Center.
        shares: of AWS RAM, by region; None for a region that could not be read.
        gaps: what could not be read.
    """

    account_id: str
    organization_id: str
    taken_at: datetime
    name: str
    path: str
    tags: dict[str, str] | None
    contact: dict[str, str] | None
    alternate_contacts: dict[str, Contact] | None
    delegations: tuple[str, ...] | None
    assignments: tuple[Assignment, ...] | None
    shares: dict[str, tuple[Share, ...] | None]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationExport:
    """What the source as a whole has, and its accounts make use of.

    Attributes:
        organization_id: the source.
        taken_at: AWS's clock, UTC.
        cost_tags: keys of the active cost allocation tags, by AWS's type (UserDefined, AWSGenerated); None where they
            could not be read.
        gaps: what could not be read.
    """

    organization_id: str
    taken_at: datetime
    cost_tags: dict[str, tuple[str, ...]] | None
    gaps: tuple[Gap, ...] = ()


# Made once: to make one takes longer than to read a hundred files.
_OF_ACCOUNT: Final = TypeAdapter(Export)
_OF_SOURCE: Final = TypeAdapter(OrganizationExport)


def exported(folder: Path, account_id: str) -> Export | None:
    """What was exported of an account, or None where nothing was.

    Args:
        folder: the run folder.
        account_id: the account.

    Raises:
        InputError: the file is not what was written.
    """
    return _read(folder, account_id, _OF_ACCOUNT)


def exported_organization(folder: Path) -> OrganizationExport | None:
    """What was exported of the source as a whole, or None where nothing was.

    Raises:
        InputError: the file is not what was written.
    """
    return _read(folder, _ORGANIZATION, _OF_SOURCE)


def keep(folder: Path, export: Export | OrganizationExport) -> Path:
    """Write an export; a half-written file never replaces a whole one, and nobody but the owner can read either."""
    place = private_folder(folder / FOLDER)
    write_private(place / ".gitignore", b"*\n")
    if isinstance(export, Export):
        name, content = export.account_id, _OF_ACCOUNT.dump_json(export, indent=1)
    else:
        name, content = _ORGANIZATION, _OF_SOURCE.dump_json(export, indent=1)
    path = place / f"{name}.json"
    fresh = path.with_suffix(".new")
    write_private(fresh, content + b"\n")
    return fresh.replace(path)


def _read(folder: Path, name: str, form: TypeAdapter[_WHAT]) -> _WHAT | None:
    path = folder / FOLDER / f"{name}.json"
    try:
        return form.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise InputError(Message("export-altered", path=str(path), count=error.error_count())) from error
