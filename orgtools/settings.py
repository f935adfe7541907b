"""migration.toml: the two sides, the way into member accounts, rates and limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    field_validator,
    model_validator,
)

from orgtools.aws.calls.rate_limits import PER_ACCOUNT
from orgtools.aws.masking import mask_secrets
from orgtools.aws.sessions.credentials import Entrance, ProfileName, form
from orgtools.exceptions import InputError
from orgtools.messages import LANGUAGES, Message, speak
from orgtools.reading import check_language, closest, listed, read_toml
from orgtools.unmeant import UnmeantError, short, told, wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


AccountId = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
"""ASCII digits only: of other scripts' digits AWS knows no account."""
AccountIds = Annotated[tuple[AccountId, ...], Strict(strict=False)]


class _Table(BaseModel):
    # strict: "yes" is no truth, 1e11 no count; inf and nan are TOML's floats and no number of ours.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


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


MOST_NOTES: Final = 1024
"""Characters; https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html"""
_MOST_BYTES: Final = 2**20
"""A list of the 50,000 accounts that an organization may have is 0.8 MB long."""
_LINES: Final = re.compile(r"[\x00-\x1f\x7f]")
_NOT_EMPTY: Final = form(r"(?s).+", Message("value-empty"))
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


class DestinationEntrance(Entrance):
    """``[destination]``: the management account of the organization that the accounts join.

    Attributes:
        landing_ou: the unit for accounts whose ``ou`` cell in accounts.csv is empty.
    """

    landing_ou: Annotated[UnitPath, _NOT_EMPTY] = "/"


OWNER: Final = "owner"
"""``[access]``: the account's owner accepts by hand, and nobody of the run enters it."""
_WAYS_IN: Final = ("source", "destination", "identity-center", OWNER)
_OWN: Final = re.compile(r"(profile|secret):(.+)", re.DOTALL)


def _way_in(via: str) -> str:
    """How an account is entered: by one of a few names, or by credentials of its own."""
    own = _OWN.fullmatch(via)
    if own:
        Entrance.model_validate({own[1]: own[2]})
    elif via not in _WAYS_IN:
        raise UnmeantError(Message("no-way-in", keys=[*_WAYS_IN, "profile:NAME", "secret:NAME"]))
    return via


Via = Annotated[str, AfterValidator(_way_in)]
"""A side, identity-center or owner; or ``profile:NAME`` or ``secret:NAME``: credentials of the account, or of somebody
who may assume its role."""


class IdentityCenterSettings(_Table):
    """``[access.identity_center]``: sessions of IAM Identity Center, from the login that the AWS CLI keeps.

    Attributes:
        profile: a profile of the AWS config file with an ``sso_session``, which ``aws sso login`` signs in to.
        permission_set: the permission set that is assigned to you in the accounts.
        cache: the folder of cached logins, if not that of the AWS CLI; relative to the run folder.
    """

    profile: ProfileName
    permission_set: PermissionSetName
    cache: Annotated[str, _NOT_EMPTY] = "~/.aws/sso/cache"


class AccessSettings(_Table):
    """``[access]``: the role in each member account, and whose credentials enter it to accept and to leave.

    Attributes:
        role: the name of the role in each account, with its path if it has one.
        via: who assumes the role: ``source`` or ``destination``; ``identity-center``, whose sessions need no role;
            ``profile:NAME`` or ``secret:NAME``, the account's own credentials, or those of somebody who can assume the
            role; or ``owner``: the account's owner accepts by hand. Without ``[source]`` the default is
            ``destination``.
        accounts: accounts that are entered in another way than ``via``.
        identity_center: the login for accounts that Identity Center enters.
    """

    role: RoleName = "OrganizationAccountAccessRole"
    via: Via = "source"
    accounts: dict[AccountId, Via] = Field(default_factory=dict)
    identity_center: IdentityCenterSettings | None = None

    @model_validator(mode="after")
    def _login_is_named(self) -> Self:
        if "identity-center" in (self.via, *self.accounts.values()) and self.identity_center is None:
            raise UnmeantError(Message("identity-center-not-named"))
        return self

    def of(self, account_id: str) -> Via:
        """How an account is entered."""
        return self.accounts.get(account_id, self.via)

    def by_the_destination(self, account_id: str) -> bool:
        """Whether the destination's own credentials enter an account."""
        return self.of(account_id) == "destination"

    def by_its_owner(self, account_id: str) -> bool:
        """Whether nobody of the run enters an account: its owner accepts."""
        return self.of(account_id) == OWNER

    def own(self, account_id: str, profile: str | None) -> Entrance | None:
        """The credentials that are named for an account; None where a side or a login enters it, or its owner accepts.

        Args:
            account_id: the account.
            profile: whose credentials read a secret.
        """
        named = _OWN.fullmatch(self.of(account_id))
        if named is None:
            return None
        return Entrance(profile=named[2]) if named[1] == "profile" else Entrance(profile=profile, secret=named[2])


class HandoverSettings(_Table):
    """``[handover]``: the trust policy of the role that ``[access]`` names.

    Attributes:
        prepare: add the destination's management account before the account accepts.
        revoke: remove the source's management account after 80_verify passes; requires ``prepare``.
    """

    prepare: bool = False
    revoke: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.revoke and not self.prepare:
            raise UnmeantError(Message("revoke-without-prepare"))
        return self


_LEAVERS: Final = ("source", "member")


def _leaver(by: Any) -> Any:
    if by not in _LEAVERS:
        raise UnmeantError(Message("no-way-in", keys=list(_LEAVERS)))
    return by


class LeaveSettings(_Table):
    """``[leave]``: who removes an account of the standalone path from its organization.

    Attributes:
        by: ``source`` calls RemoveAccountFromOrganization with the management account (on the way back, the
            destination's); ``member`` calls LeaveOrganization with the account itself. Without ``[source]`` the
            default is ``member``.
        otherwise: accounts that use the other one.
    """

    by: Annotated[Literal["source", "member"], BeforeValidator(_leaver)] = "source"
    otherwise: AccountIds = ()

    def of(self, account_id: str) -> Literal["source", "member"]:
        """Who takes an account out."""
        if account_id not in self.otherwise:
            return self.by
        return "source" if self.by == "member" else "member"


class PlaceSettings(_Table):
    """``[place]``: what the destination gets from the source for accounts to be placed.

    Attributes:
        carry_tags: set the exported tags of the source again in the destination; the plan's tags win.
        replicate_below: the existing unit of the destination below which 60_place creates the source's tree of units.
    """

    carry_tags: bool = True
    replicate_below: Annotated[UnitPath, form("(/.*)?", Message("no-path-or-empty"))] = ""


class WayBackSettings(_Table):
    """``[way_back]``: who goes back to the source.

    Attributes:
        accounts: accounts of the plan that go back if the notebooks run unattended.
    """

    accounts: AccountIds = ()


class InvitationSettings(_Table):
    """``[invitation]``: what the invitations contain.

    Attributes:
        notes: a text in the e-mail that AWS sends to the account's root address.
    """

    notes: str = Field(default="", max_length=MOST_NOTES)


_SLOWEST: Final = 0.01
"""A hundredth: of a call a second, and of AWS's clock. Slower is a slip: a call would wait for minutes, or for ever."""
_PerSecond = Annotated[float, Field(ge=_SLOWEST, le=1_000_000)]
_Burst = Annotated[int, Field(ge=1, le=1_000_000)]


class RateSettings(_Table):
    """``[rates]``: only if AWS gave you other rates than the published ones.

    Attributes:
        speed: how much faster than AWS's clock the clock of the endpoint runs; only a rehearsal has another one.
        operations: calls a second and burst, by the name of an operation of AWS Organizations.
    """

    speed: float = Field(default=1.0, ge=_SLOWEST, le=1_000_000)
    operations: dict[str, Annotated[tuple[_PerSecond, _Burst], Strict(strict=False)]] = Field(default_factory=dict)

    @field_validator("operations")
    @classmethod
    def _paced(cls, operations: dict[str, tuple[float, int]]) -> dict[str, tuple[float, int]]:
        unknown = [name for name in operations if name not in PER_ACCOUNT]
        if unknown:
            findings = [_unpaced(name) for name in unknown[:3]]
            raise UnmeantError(Message("operations-not-paced", findings=findings, operations=sorted(PER_ACCOUNT)))
        return operations


def _unpaced(name: str) -> Message:
    near = closest(name, PER_ACCOUNT)
    if near:
        return Message("operation-unknown-near", operation=short(name), operations=[near])
    return Message("operation-unknown", operation=short(name))


class QuotaSettings(_Table):
    """``[quotas]``: only if orgtools has no access to Service Quotas.

    Attributes:
        accounts: how many accounts the destination can have.
    """

    accounts: int | None = Field(default=None, gt=0, le=1_000_000)


class EngineSettings(_Table):
    """``[engine]``: how a step makes its calls.

    Attributes:
        breaker: a step stops after this many refusals of one kind.
        workers: parallel calls; the rates limit the pace.
        rounds: how often a step reads both organizations and calls again before it leaves the rest to the next run.
    """

    breaker: int = Field(default=5, ge=1, le=10_000)
    workers: int = Field(default=8, ge=1, le=64)
    rounds: int = Field(default=8, ge=1, le=1_000)


class AssessSettings(_Table):
    """``[assess]``: how far an assessment goes.

    Attributes:
        regions: the Regions to assess; without it all enabled ones of each account.
        seconds: the limit for each account and Region; the rest is then unknown.
        others: also read policies in the source's other accounts that name the source organization, entered by the
            role of ``[access]`` through the source; orgtools only reads them.
    """

    regions: Annotated[tuple[Region, ...], Strict(strict=False)] = ()
    seconds: float = Field(default=300.0, gt=0, le=86_400)
    others: bool = False


class RestoreSettings(_Table):
    """``[restore]``: what moved accounts get back from their exports (83_restore).

    Attributes:
        contacts: alternate contacts.
        assignments: assignments of Identity Center, as assignments.csv maps them.
        shares: accept invitations to AWS RAM resource shares, only from owners that the export names.
        share_owners: ids of additional owners whose invitations to accept.
        cost_tags: activate cost allocation tags that were active in the source; for the whole destination.
    """

    contacts: bool = False
    assignments: bool = False
    shares: bool = False
    share_owners: AccountIds = ()
    cost_tags: bool = False


class ControlTowerSettings(_Table):
    """``[control_tower]``: home Regions of the landing zones, and how accounts enroll where there is a choice.

    Attributes:
        source_region: the home Region of the source's landing zone; without it the Region of the credentials.
        destination_region: the home Region of the destination's landing zone; without it the Region of the
            credentials.
        account_factory: ids of accounts, and paths of units, to enroll through Account Factory.
        config_allowed: ids of accounts that AWS Support lets enroll with their AWS Config resources; registering
            their unit enrolls them.
        also: ids of accounts outside the plan that registering their unit may affect.
        sso_first_name: the first name of the Identity Center user that Account Factory asks for.
        sso_last_name: the last name of that user.
    """

    source_region: RegionOrEmpty = ""
    destination_region: RegionOrEmpty = ""
    account_factory: Annotated[tuple[AccountOrUnit, ...], Strict(strict=False)] = ()
    config_allowed: AccountIds = ()
    also: AccountIds = ()
    sso_first_name: str = Field(default="Account", min_length=1)
    sso_last_name: str = Field(default="Owner", min_length=1)


class Settings(_Table):
    """migration.toml.

    Attributes:
        name: the name of the run; part of role session names, so CloudTrail shows which run acted.
        language: the language of messages and notebooks, ``en`` or ``ja``; ORGTOOLS_LANGUAGE overrides it.
    """

    name: RunName = "migration"
    language: Annotated[str, AfterValidator(_language)] = ""
    source: Entrance | None = None
    destination: DestinationEntrance
    access: AccessSettings = AccessSettings()
    handover: HandoverSettings = HandoverSettings()
    leave: LeaveSettings = LeaveSettings()
    place: PlaceSettings = PlaceSettings()
    way_back: WayBackSettings = WayBackSettings()
    invitation: InvitationSettings = InvitationSettings()
    rates: RateSettings = RateSettings()
    quotas: QuotaSettings = QuotaSettings()
    engine: EngineSettings = EngineSettings()
    assess: AssessSettings = AssessSettings()
    restore: RestoreSettings = RestoreSettings()
    control_tower: ControlTowerSettings = ControlTowerSettings()

    @model_validator(mode="before")
    @classmethod
    def _by_the_destination(cls, held: Any) -> Any:
        """Without a source, what it would do by default the destination and the members do."""
        if not isinstance(held, dict) or "source" in held:
            return held
        filled = dict(held)
        for table, key, value in (("access", "via", "destination"), ("leave", "by", "member")):
            given = filled.get(table, {})
            filled[table] = {key: value, **given} if isinstance(given, dict) else given
        return filled

    @model_validator(mode="after")
    def _needs_no_source(self) -> Self:
        """What only the source's credentials can do is not asked for where there are none."""
        if self.source is not None:
            return self
        access, leave = self.access, self.leave
        asked = {
            "access.via": access.via == "source",
            "access.accounts": "source" in access.accounts.values(),
            "handover.prepare": self.handover.prepare,
            "leave.by": leave.by == "source",
            "leave.otherwise": bool(leave.otherwise),
            "place.replicate_below": bool(self.place.replicate_below),
            "way_back.accounts": bool(self.way_back.accounts),
            "assess.others": self.assess.others,
            "restore.assignments": self.restore.assignments,
            "restore.cost_tags": self.restore.cost_tags,
        }
        named = [key for key, needs in asked.items() if needs]
        if named:
            raise UnmeantError(Message("settings-need-source", keys=named))
        return self

    def unplanned(self, planned: Collection[str]) -> tuple[Message, ...]:
        """Accounts that migration.toml says something of and that no plan names: one message for each.

        Nothing would be done as it says there: they are misspelt, or their row is missing.
        """
        named = {
            "access.accounts": self.access.accounts,
            "leave.otherwise": self.leave.otherwise,
            "way_back.accounts": self.way_back.accounts,
            "control_tower.account_factory": [one for one in self.control_tower.account_factory if one[0] != "/"],
        }
        return tuple(
            Message("setting-names-unplanned", setting=key, account=account_id)
            for key, ids in named.items()
            for account_id in ids
            if account_id not in planned
        )

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read migration.toml, and speak the language that it names from then on.

        Raises:
            InputError: the file is missing, is not TOML, or says what cannot be meant, and every problem is named; or
                ORGTOOLS_LANGUAGE names no language of ours.
        """
        check_language()
        held = read_toml(
            path,
            most=_MOST_BYTES,
            missing=Message("name-the-run-folder"),
        )
        speak(held.get("language"))  # now, because what is wrong with the file is to be read in it as well
        try:
            settings = cls.model_validate(held)
        except ValidationError as error:
            problems = listed([_told({**problem}) for problem in error.errors()])
            raise InputError(Message("settings-wrong", path=path.name, findings=problems)) from error
        return settings


def _told(problem: Mapping[str, Any]) -> Message:
    """One problem, with the setting's place in the file; no value is repeated that might be a secret."""
    parts = [part for part in problem["loc"] if part != "[key]"]
    place = ".".join(short(part) for part in parts if isinstance(part, str))
    number = parts[-1] if parts else None
    if isinstance(number, int):
        if place in _NO_SECRETS:
            given = mask_secrets(told(problem["input"]))
            why = _wrong(problem)
            return Message("setting-entry-given-wrong", number=number + 1, setting=place, given=given, why=why)
        return Message("setting-entry-wrong", number=number + 1, setting=place, why=_wrong(problem))
    if problem["type"] == "extra_forbidden":
        *tables, key = problem["loc"]
        kind: type[BaseModel] = Settings
        for table in tables:
            kind = _TABLES[str(table)]
        near = closest(str(key), kind.model_fields)
        if _masks(place):
            return Message("secret-setting-unknown", setting=place)
        if near:
            return Message("setting-unknown-near", setting=place, keys=[near])
        return Message("setting-unknown", setting=place)
    if not place:
        return wrong(problem)
    code = "secret-setting-wrong" if _masks(place) else "setting-wrong"
    return Message(code, setting=place, why=_wrong(problem))


def _masks(place: str) -> bool:
    """Whether what stands behind a setting's name and a colon is taken for a secret, and hidden."""
    said = f"{place}: it"
    return mask_secrets(said) != said


def _wrong(problem: Mapping[str, Any]) -> Message:
    # Accounts' ids alone have a pattern.
    return Message("no-account-id") if problem["type"] == "string_pattern_mismatch" else wrong(problem)


_NO_SECRETS: Final = frozenset(
    {
        "assess.regions",
        "control_tower.account_factory",
        "control_tower.also",
        "control_tower.config_allowed",
        "leave.otherwise",
        "restore.share_owners",
        "way_back.accounts",
    }
)
"""Lists whose wrong entries are repeated: Regions, ids of accounts, paths of units."""


_TABLES: Final[dict[str, type[BaseModel]]] = {
    **{
        name: kind
        for name, field in Settings.model_fields.items()
        if isinstance(kind := field.annotation, type) and issubclass(kind, BaseModel)
    },
    "source": Entrance,
    "identity_center": IdentityCenterSettings,
}
"""The tables of the file, by name."""
