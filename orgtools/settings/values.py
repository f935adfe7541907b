"""What a value of migration.toml must look like."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict

from orgtools.aws.sessions.credentials import Entrance, form
from orgtools.messages import LANGUAGES, Message
from orgtools.unmeant import UnmeantError

AccountId = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
"""ASCII digits only: of other scripts' digits AWS knows no account."""
AccountIds = Annotated[tuple[AccountId, ...], Strict(strict=False)]


def _unit_path(path: str) -> str:
    """A path of organizational units, or an id of one."""
    names = path.strip("/").split("/") if path.strip("/") else []
    if any(name in {"", ".", ".."} or name != name.strip() for name in names) or _LINES.search(path):
        raise UnmeantError(Message("no-unit-path"))
    return path


def _account_or_unit(name: str) -> str:
    """An account's id, or a path of organizational units from the root."""
    if name.startswith("/"):
        return _unit_path(name)
    if not re.fullmatch(r"[0-9]{12}", name):
        raise UnmeantError(Message("no-account-or-unit"))
    return name


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise UnmeantError(Message("language-unknown", choices=LANGUAGES))
    return code


def _leaver(by: Any) -> Any:
    if by not in _LEAVERS:
        raise UnmeantError(Message("no-way-in", keys=list(_LEAVERS)))
    return by


def _way_in(via: str) -> str:
    """How an account is entered: by one of a few names, or by credentials of its own."""
    own = OWN.fullmatch(via)
    if own:
        Entrance.model_validate({own[1]: own[2]})
    elif via not in _WAYS_IN:
        raise UnmeantError(Message("no-way-in", keys=[*_WAYS_IN, "profile:NAME", "secret:NAME"]))
    return via


OWNER: Final = "owner"
"""``[access]``: the account's owner accepts by hand, and nobody of the run enters it."""
OWN: Final = re.compile(r"(profile|secret):(.+)", re.DOTALL)
"""``[access]``: credentials of the account's own."""
_WAYS_IN: Final = ("source", "destination", "identity-center", OWNER)
_LEAVERS: Final = ("source", "member")
_LINES: Final = re.compile(r"[\x00-\x1f\x7f]")
NOT_EMPTY: Final = form(r"(?s).+", Message("value-empty"))
UnitPath = Annotated[str, AfterValidator(_unit_path)]
AccountOrUnit = Annotated[str, AfterValidator(_account_or_unit)]
_REGION: Final = r"[a-z]{2}(-[a-z]+)+-[0-9]"
"""It becomes part of a host name: nothing else may be there."""
Region = Annotated[str, form(_REGION, Message("no-region-code"))]
RegionOrEmpty = Annotated[str, form(f"({_REGION})?", Message("no-region-code-or-empty"))]
RunName = Annotated[str, form(r"[A-Za-z0-9_.@=,-]{2,40}", Message("no-run-name"))]
RoleName = Annotated[
    str,
    form(
        r"(?!(.*/)?\.{1,2}(/|$))([A-Za-z0-9_+=,.@-]{1,64}/){0,8}[A-Za-z0-9_+=,.@-]{1,64}",
        Message("no-role-name"),
    ),
]
PermissionSetName = Annotated[str, form(r"[A-Za-z0-9_+=,.@-]{1,32}", Message("no-permission-set-name"))]
Language = Annotated[str, AfterValidator(_language)]
Leaver = Annotated[Literal["source", "member"], BeforeValidator(_leaver)]
Via = Annotated[str, AfterValidator(_way_in)]
"""A side, identity-center or owner; or ``profile:NAME`` or ``secret:NAME``: credentials of the account, or of somebody
who may assume its role."""
