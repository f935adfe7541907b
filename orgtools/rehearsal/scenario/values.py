"""The values of a scenario, each with the form that it must have, and how they are written and compared."""

from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.scenario.mistakes import form

AccountId = Annotated[str, StringConstraints(pattern=form(r"^[0-9]{12}$", "no-account-id"))]
OrganizationId = Annotated[str, StringConstraints(pattern=form(r"^o-[a-z0-9]{10,32}$", "no-organization-id"))]
RootId = Annotated[str, StringConstraints(pattern=form(r"^r-[0-9a-z]{4,32}$", "no-root-id"))]
HandshakeId = Annotated[str, StringConstraints(pattern=form(r"^h-[0-9a-z]{8,32}$", "no-handshake-id"))]
AccountState = Literal["PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"]
PolicyType = Literal[
    "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY"
]
PolicyDocument = dict[str, Any]
Principal = Annotated[
    str, StringConstraints(pattern=form(r"^([0-9]{12}|arn:aws[a-z-]*:[^\s]{1,2000}|\*)$", "no-principal"))
]
ProfileName = Annotated[str, StringConstraints(pattern=form(r"^[A-Za-z0-9_.@+-]{1,64}$", "no-profile-name"))]
"""It is written into an AWS config file as the name of a section."""
Token = Annotated[str, StringConstraints(pattern=form(r"^[!-~]{1,4096}$", "no-token"))]
Email = Annotated[
    str,
    StringConstraints(
        pattern=form(r"^[^\s@\x00-\x1f\x7f]{1,64}@[^\s@\x00-\x1f\x7f]{1,128}$", "no-email-address"),
    ),
]
Region = Annotated[str, StringConstraints(pattern=form(r"^[a-z]{2}(-[a-z]+)+-[0-9]$", "no-region-code"))]
Label = Annotated[str, StringConstraints(pattern=form(r"^[^\x00-\x1f\x7f]{1,128}$", "no-label"))]
"""A name on one line."""
Days = Annotated[float, Field(ge=0, le=36_500)]


def _tags(tags: dict[str, str]) -> dict[str, str]:
    if any(key.lower().startswith("aws:") for key in tags):
        raise WrongError(Message("tag-reserved"))
    return tags


Tags = Annotated[
    dict[
        Annotated[str, StringConstraints(min_length=1, max_length=128)],
        Annotated[str, StringConstraints(max_length=256)],
    ],
    Field(max_length=50),
    AfterValidator(_tags),
]
"""API reference of Organizations, Tag; at most 50 of them."""


class TomlTable(BaseModel):
    """A table of a scenario: what it says, and nothing else, as TOML types it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def once(kind: str, given: list[str]) -> None:
    """Raises `WrongError` for what is there twice."""
    twice = [one for one, times in Counter(given).items() if times > 1]
    if twice:
        raise WrongError(Message("scenario-twice", kind=kind, name=twice[0]))


def numbers(version: str) -> tuple[int, ...]:
    """A landing zone's version, to compare."""
    return tuple(map(int, version.split(".")))


def names(path: str) -> tuple[str, ...]:
    """The names of an OU path, from the top; none for the root."""
    return tuple(part for part in path.split("/") if part)
