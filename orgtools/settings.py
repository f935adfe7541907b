"""migration.toml: the two sides, the way into member accounts, rates and limits."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orgtools.aws.credentials import Entrance
from orgtools.aws.pacing import PER_ACCOUNT
from orgtools.exceptions import InputError

if TYPE_CHECKING:
    from pathlib import Path


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DestinationEntrance(Entrance):
    """``[destination]``: how it is entered, and where an account goes whose ``ou`` cell is empty."""

    landing_ou: str = "/"


Via = Literal["source", "destination", "identity-center"]


class IdentityCenterSettings(_Table):
    """``[access.identity_center]``: sessions of IAM Identity Center, from the login that the AWS CLI keeps.

    Attributes:
        profile: a profile of the AWS config file that ``aws sso login`` signs in to.
        permission_set: the permission set that is assigned in the accounts.
        cache: the folder of cached logins, if not that of the AWS CLI; relative to the run folder.
    """

    profile: str
    permission_set: str
    cache: str = "~/.aws/sso/cache"


class AccessSettings(_Table):
    """``[access]``: the role in each member account, and whose credentials enter it to accept and to leave.

    Attributes:
        role: the role's name.
        via: the side whose credentials assume the role; or Identity Center, whose sessions need no role of ours.
        accounts: accounts that are entered another way than ``via`` says.
        identity_center: which login, where an account is entered by one.
    """

    role: str = "OrganizationAccountAccessRole"
    via: Via = "source"
    accounts: dict[Annotated[str, Field(pattern=r"^\d{12}$")], Via] = Field(default_factory=dict)
    identity_center: IdentityCenterSettings | None = None

    @model_validator(mode="after")
    def _login_is_named(self) -> Self:
        if "identity-center" in (self.via, *self.accounts.values()) and self.identity_center is None:
            message = "identity-center needs a table [access.identity_center] with profile and permission_set"
            raise ValueError(message)
        return self

    def of(self, account_id: str) -> Via:
        """How an account is entered."""
        return self.accounts.get(account_id, self.via)

    def side_of(self, account_id: str) -> Literal["source", "destination"]:
        """The side whose credentials look into an account: checks look with the role, also where a person accepts."""
        return "destination" if self.of(account_id) == "destination" else "source"


class HandoverSettings(_Table):
    """``[handover]``: make the role trust the destination before accepting, and not the source after arriving."""

    prepare: bool = False
    revoke: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.revoke and not self.prepare:
            message = "revoke needs prepare = true: the destination's access comes first"
            raise ValueError(message)
        return self


class LeaveSettings(_Table):
    """``[leave]``: who takes an account of the stand-alone path out of the source: its management account, or itself.

    On the way back it is the destination's management account, or itself.

    Attributes:
        by: "source" calls RemoveAccountFromOrganization, "member" LeaveOrganization.
        otherwise: accounts for which it is the other one.
    """

    by: Literal["source", "member"] = "source"
    otherwise: tuple[Annotated[str, Field(pattern=r"^\d{12}$")], ...] = ()

    def of(self, account_id: str) -> Literal["source", "member"]:
        """Who takes an account out."""
        if account_id not in self.otherwise:
            return self.by
        return "source" if self.by == "member" else "member"


class PlaceSettings(_Table):
    """``[place]``: what the destination gets from the source for accounts to be placed.

    Attributes:
        carry_tags: whether the tags that an account had in the source are set again in the destination.
        replicate_below: the unit of the destination below which the source's tree of units is to stand; empty: none.
    """

    carry_tags: bool = True
    replicate_below: Annotated[str, Field(pattern=r"^(/.*)?$")] = ""


class WayBackSettings(_Table):
    """``[way_back]``: accounts of the plan that go back to the source, once it was decided that they do."""

    accounts: tuple[Annotated[str, Field(pattern=r"^\d{12}$")], ...] = ()


class InvitationSettings(_Table):
    """``[invitation]``: the text in the e-mail that AWS sends to the account's root address."""

    notes: str = Field(default="", max_length=1024)


class RateSettings(_Table):
    """``[rates]``: the endpoint's clock speed, and rates per account that differ from the published ones."""

    speed: float = Field(default=1.0, gt=0)
    operations: dict[str, tuple[Annotated[float, Field(gt=0)], Annotated[int, Field(ge=1)]]] = Field(
        default_factory=dict
    )


class QuotaSettings(_Table):
    """``[quotas]``: the destination's account quota, where Service Quotas cannot be asked."""

    accounts: int | None = Field(default=None, gt=0)


class EngineSettings(_Table):
    """``[engine]``: how many refusals of one kind stop a step, and how many calls run side by side."""

    breaker: int = Field(default=5, ge=1)
    workers: int = Field(default=8, ge=1, le=64)
    rounds: int = Field(default=8, ge=1)


class AssessSettings(_Table):
    """``[assess]``: the regions that are looked into (none: all that are enabled), seconds for each task, others.

    ``others``: whether the source's accounts that are not assessed are looked into as well, for policies that name the
    source organization (D7); they are only read, entered by the role of ``[access]`` through the source.
    """

    regions: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")], ...] = ()
    seconds: float = Field(default=300.0, gt=0)
    others: bool = False


class RestoreSettings(_Table):
    """``[restore]``: what arrived accounts get back from their exports.

    Attributes:
        contacts: alternate contacts.
        assignments: of Identity Center, as assignments.csv maps them.
        shares: invitations to resource shares, of owners that the export names, are accepted.
        share_owners: ids of accounts whose invitations are accepted as well.
        cost_tags: cost allocation tags that are active in the source are activated in the destination.
    """

    contacts: bool = False
    assignments: bool = False
    shares: bool = False
    share_owners: tuple[Annotated[str, Field(pattern=r"^\d{12}$")], ...] = ()
    cost_tags: bool = False


class ControlTowerSettings(_Table):
    """``[control_tower]``: home regions of the landing zones, and how accounts are enrolled where there is a choice.

    Attributes:
        source_region: the home region of the source's landing zone; empty takes that of the credentials.
        destination_region: likewise, of the destination's.
        account_factory: ids of accounts, and paths of organizational units, that are enrolled through Account Factory.
        config_allowed: ids of accounts that AWS Support has allowed to enroll with the AWS Config resources that they
            have; each is enrolled by registering its unit.
        also: ids of accounts outside the plan that a call for their organizational unit may enroll, too.
        sso_first_name: the name of the Identity Center user that Account Factory asks for.
        sso_last_name: likewise.
    """

    source_region: str = ""
    destination_region: str = ""
    account_factory: tuple[str, ...] = ()
    config_allowed: tuple[Annotated[str, Field(pattern=r"^\d{12}$")], ...] = ()
    also: tuple[Annotated[str, Field(pattern=r"^\d{12}$")], ...] = ()
    sso_first_name: str = Field(default="Account", min_length=1)
    sso_last_name: str = Field(default="Owner", min_length=1)


class Settings(_Table):
    """migration.toml."""

    name: str = Field(default="migration", pattern=r"^[A-Za-z0-9_.@=,-]{2,40}$")
    source: Entrance
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

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read migration.toml.

        Raises:
            InputError: the file is missing, is not TOML, or says what cannot be meant; every problem is named.
        """
        try:
            held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError as error:
            raise InputError(
                f"{path} is missing.",
                next_step="Name the run folder: the one that holds migration.toml and accounts.csv.",
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path.name} is not TOML: {error}.", next_step="Correct it there.") from error
        try:
            settings = cls.model_validate(held)
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}" for problem in error.errors()
            )
            raise InputError(
                f"{path.name}: {problems}.", next_step="Correct it; README lists every setting."
            ) from error
        unknown = sorted(settings.rates.operations.keys() - PER_ACCOUNT.keys())
        if unknown:
            raise InputError(
                f"{path.name}: rates.operations names {', '.join(unknown)}, which orgtools does not pace.",
                next_step=f"It paces {', '.join(sorted(PER_ACCOUNT))}.",
            )
        return settings
