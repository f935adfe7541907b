"""The tables of migration.toml."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, field_validator, model_validator

from orgtools.aws.calls.rate_limits import PER_ACCOUNT
from orgtools.aws.sessions.credentials import Entrance, ProfileName, form
from orgtools.messages import Message
from orgtools.reading import closest
from orgtools.settings.values import (
    NOT_EMPTY,
    OWN,
    OWNER,
    AccountId,
    AccountIds,
    AccountOrUnit,
    Leaver,
    PermissionSetName,
    Region,
    RegionOrEmpty,
    RoleName,
    UnitPath,
    Via,
)
from orgtools.unmeant import UnmeantError, short

MOST_NOTES: Final = 1024
"""Characters; https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html"""
_SLOWEST: Final = 0.01
"""A hundredth: of a call a second, and of AWS's clock. Slower is a slip: a call would wait for minutes, or for ever."""
_PerSecond = Annotated[float, Field(ge=_SLOWEST, le=1_000_000)]
_Burst = Annotated[int, Field(ge=1, le=1_000_000)]


class SettingsTable(BaseModel):
    """A table: a key that it does not have is refused."""

    # strict: "yes" is no truth, 1e11 no count; inf and nan are TOML's floats and no number of ours.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class DestinationEntrance(Entrance):
    """``[destination]``: the management account of the organization that the accounts join.

    Attributes:
        landing_ou: the unit for accounts whose ``ou`` cell in accounts.csv is empty.
    """

    landing_ou: Annotated[UnitPath, NOT_EMPTY] = "/"


class IdentityCenterSettings(SettingsTable):
    """``[access.identity_center]``: sessions of IAM Identity Center, from the login that the AWS CLI keeps.

    Attributes:
        profile: a profile of the AWS config file with an ``sso_session``, which ``aws sso login`` signs in to.
        permission_set: the permission set that is assigned to you in the accounts.
        cache: the folder of cached logins, if not that of the AWS CLI; relative to the run folder.
    """

    profile: ProfileName
    permission_set: PermissionSetName
    cache: Annotated[str, NOT_EMPTY] = "~/.aws/sso/cache"


class AccessSettings(SettingsTable):
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
        named = OWN.fullmatch(self.of(account_id))
        if named is None:
            return None
        return Entrance(profile=named[2]) if named[1] == "profile" else Entrance(profile=profile, secret=named[2])


class HandoverSettings(SettingsTable):
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


class LeaveSettings(SettingsTable):
    """``[leave]``: who removes an account of the standalone path from its organization.

    Attributes:
        by: ``source`` calls RemoveAccountFromOrganization with the management account (on the way back, the
            destination's); ``member`` calls LeaveOrganization with the account itself. Without ``[source]`` the
            default is ``member``.
        otherwise: accounts that use the other one.
    """

    by: Leaver = "source"
    otherwise: AccountIds = ()

    def of(self, account_id: str) -> Leaver:
        """Who takes an account out."""
        if account_id not in self.otherwise:
            return self.by
        return "source" if self.by == "member" else "member"


class PlaceSettings(SettingsTable):
    """``[place]``: what the destination gets from the source for accounts to be placed.

    Attributes:
        carry_tags: set the exported tags of the source again in the destination; the plan's tags win.
        replicate_below: the existing unit of the destination below which 60_place creates the source's tree of units.
    """

    carry_tags: bool = True
    replicate_below: Annotated[UnitPath, form("(/.*)?", Message("no-path-or-empty"))] = ""


class WayBackSettings(SettingsTable):
    """``[way_back]``: who goes back to the source.

    Attributes:
        accounts: accounts of the plan that go back if the notebooks run unattended.
    """

    accounts: AccountIds = ()


class InvitationSettings(SettingsTable):
    """``[invitation]``: what the invitations contain.

    Attributes:
        notes: a text in the e-mail that AWS sends to the account's root address.
    """

    notes: str = Field(default="", max_length=MOST_NOTES)


class RateSettings(SettingsTable):
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


class QuotaSettings(SettingsTable):
    """``[quotas]``: only if orgtools has no access to Service Quotas.

    Attributes:
        accounts: how many accounts the destination can have.
    """

    accounts: int | None = Field(default=None, gt=0, le=1_000_000)


class EngineSettings(SettingsTable):
    """``[engine]``: how a step makes its calls.

    Attributes:
        breaker: a step stops after this many refusals of one kind.
        workers: parallel calls; the rates limit the pace.
        rounds: how often a step reads both organizations and calls again before it leaves the rest to the next run.
    """

    breaker: int = Field(default=5, ge=1, le=10_000)
    workers: int = Field(default=8, ge=1, le=64)
    rounds: int = Field(default=8, ge=1, le=1_000)


class AssessSettings(SettingsTable):
    """``[assess]``: how far an assessment goes.

    Attributes:
        regions: the Regions to assess; without it all enabled ones of each account.
        seconds: the limit for each account and Region; the rest is then unknown.
        others: also read policies in the source's other accounts that name the source organization, entered by the
            role of ``[access]`` through the source; orgtools only reads them.
        processes: how many processes of this machine share an assessment; 0 uses threads of one process. Set it if one
            process cannot use more than one processor core. It needs the extra dask. A script that assesses needs
            ``if __name__ == "__main__":``, because each process imports it.
    """

    regions: Annotated[tuple[Region, ...], Strict(strict=False)] = ()
    seconds: float = Field(default=300.0, gt=0, le=86_400)
    others: bool = False
    processes: int = Field(default=0, ge=0, le=64)


class RestoreSettings(SettingsTable):
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


class ControlTowerSettings(SettingsTable):
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
