"""What a rehearsal begins with: organizations, stand-alone accounts, and what is between them.

Times are given as ages ("created_days_ago"), so that a scenario never grows old.
"""

# ruff: noqa: RUF012 -- pydantic copies defaults; ruff does not see in another module that `TomlTable` is its model

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.scenario.organization import (
    AccountSpec,
    LandingZoneSpec,
    OrganizationSpec,
    Policy,
    PortalSpec,
    RoleSpec,
    UnitSpec,
)
from orgtools.rehearsal.scenario.switches import Switches
from orgtools.rehearsal.scenario.values import (
    AccountId,
    Days,
    HandshakeId,
    Label,
    OrganizationId,
    Region,
    Tags,
    TomlTable,
    once,
)


class Invitation(TomlTable):
    """A handshake that exists when the rehearsal begins."""

    organization: OrganizationId
    account: AccountId
    action: Literal["INVITE", "ENABLE_ALL_FEATURES", "TRANSFER_RESPONSIBILITY"] = "INVITE"
    """What it asks for. AWS sends a billing transfer to management accounts only, the other two to members."""
    id: HandshakeId | None = None
    days_ago: Days = 0.0
    state: Literal["OPEN", "REQUESTED", "ACCEPTED", "DECLINED", "CANCELED"] = "OPEN"
    closed_days_ago: Days = 0.0
    by_email: bool = False
    notes: str | None = None
    tags: Tags = {}


class Secret(TomlTable):
    """A Secrets Manager secret, in an account and region."""

    account: AccountId
    name: Label
    value: str | None = None
    credentials_for: AccountId | None = None
    """Instead of `value`: credentials of that account's operator, as JSON."""
    region: Region = "us-east-1"


class ShareSpec(TomlTable):
    """A resource share of AWS RAM with an account of the scenario. Its owner may be any account."""

    owner: AccountId
    account: AccountId
    name: Label
    region: Region = "us-east-1"
    resources: list[str] = []
    invited: bool = True
    """Whether the account was invited; without it, both are in one organization, and the share ends with that."""
    state: Literal["PENDING", "ACCEPTED"] = "PENDING"
    days_ago: Days = 0.0


class Owner(TomlTable):
    """Somebody who has an account, and answers an organization's invitation by hand, some time after it was sent."""

    account: AccountId
    organization: OrganizationId
    answer: Literal["accept", "decline"]
    after_hours: Annotated[float, Field(gt=0, le=360)]


class AnswerSpec(TomlTable):
    """What AWS answers to an operation in an account, for services that the rehearsal does not simulate."""

    account: AccountId
    service: str
    """The name that requests to it are signed with."""
    operation: str
    response: dict[str, Any]
    """As the service's model allows it; checked when the rehearsal begins."""
    region: Region | Literal[""] = ""
    """Where it is answered so; everywhere without it."""


class Failure(TomlTable):
    """Some calls of an operation that AWS refuses, counted from the first; see `orgtools.rehearsal.Fault`."""

    operation: str
    calls: list[Annotated[int, Field(ge=1)]] = Field(min_length=1)
    code: str
    reason: str | None = None


class Scenario(TomlTable):
    """Everything a rehearsal begins with."""

    name: Label
    switches: Switches = Switches()
    organizations: list[OrganizationSpec] = Field(min_length=1)
    accounts: list[AccountSpec] = []
    """Stand-alone accounts."""
    invitations: list[Invitation] = []
    secrets: list[Secret] = []
    shares: list[ShareSpec] = []
    owners: list[Owner] = []
    answers: list[AnswerSpec] = []
    failures: list[Failure] = []

    def members(self) -> "list[AccountSpec]":
        """Every account that manages no organization, those in none too."""
        return [*(account for side in self.organizations for account in side.accounts), *self.accounts]

    @model_validator(mode="after")
    def _landing_zones_name_accounts(self) -> "Scenario":
        """Of any organization: some come only later."""
        known = {account.id for account in self.members()}
        for organization in self.organizations:
            zone = organization.landing_zone
            for account_id in (*zone.unenrolled, *zone.products, *zone.tainted, *zone.config_allowed) if zone else ():
                if account_id not in known | {organization.management}:
                    raise WrongError(Message("scenario-zone-account", organization=organization.id, account=account_id))
        return self

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> "Scenario":
        listed = [*(a for o in self.organizations for a in o.accounts), *self.accounts]
        once("account", [account.id for account in listed])
        once("organization", [organization.id for organization in self.organizations])
        once("root", [organization.root for organization in self.organizations])
        once("management-account", [organization.management for organization in self.organizations])
        once("invitation", [invitation.id for invitation in self.invitations if invitation.id])
        once("secret", [f"{secret.account}/{secret.region}/{secret.name}" for secret in self.secrets])
        portals = [organization.portal.profile for organization in self.organizations if organization.portal]
        own = [account.profile for account in self.members() if account.profile]
        sides = (organization.profile for organization in self.organizations if organization.profile)
        profiles = [*sides, *portals, *own]
        if "default" in profiles:
            raise WrongError(Message("scenario-profile-reserved", profile="default"))
        once("profile", profiles)
        for organization in self.organizations:
            elsewhere = {account.id for account in listed} - {account.id for account in organization.accounts}
            if organization.management in elsewhere:
                raise WrongError(
                    Message("scenario-manager-elsewhere", account=organization.management, organization=organization.id)
                )
        seen = {account.id for account in listed} | {organization.management for organization in self.organizations}
        for what, account_id in (
            *(("secret", secret.account) for secret in self.secrets),
            *(("share", share.account) for share in self.shares),
            *(("owner", owner.account) for owner in self.owners),
            *(("answer", answer.account) for answer in self.answers),
        ):
            if account_id not in seen:
                raise WrongError(Message("scenario-account-unknown", kind=what, account=account_id))
        organizations = {organization.id for organization in self.organizations}
        for owner in self.owners:
            if owner.organization not in organizations:
                raise WrongError(
                    Message("scenario-owner-organization", account=owner.account, organization=owner.organization)
                )
        for invitation in self.invitations:
            if invitation.organization not in organizations or invitation.account not in seen:
                raise WrongError(
                    Message(
                        "scenario-invitation-unknown",
                        account=invitation.account,
                        organization=invitation.organization,
                    )
                )
        return self

    @model_validator(mode="after")
    def _could_be_so(self) -> "Scenario":
        """AWS has one root user for each address, and an organization has no more accounts than its quota."""
        addressed: dict[str, str] = {}
        for account in self.members():
            other = addressed.setdefault(account.email.casefold(), account.id)
            if other != account.id:
                raise WrongError(Message("scenario-address-twice", accounts=[other, account.id]))
            if account.joined_days_ago is not None and account.joined_days_ago > account.created_days_ago:
                raise WrongError(Message("scenario-joined-before-created", account=account.id))
        for organization in self.organizations:
            count = len({organization.management, *(account.id for account in organization.accounts)})
            if count > organization.account_quota:
                raise WrongError(
                    Message(
                        "scenario-over-quota",
                        organization=organization.id,
                        count=count,
                        quota=organization.account_quota,
                    )
                )
        return self


TABLES: dict[str, type[BaseModel]] = {
    "switches": Switches,
    "organizations": OrganizationSpec,
    "accounts": AccountSpec,
    "roles": RoleSpec,
    "units": UnitSpec,
    "policies": Policy,
    "landing_zone": LandingZoneSpec,
    "portal": PortalSpec,
    "invitations": Invitation,
    "secrets": Secret,
    "shares": ShareSpec,
    "owners": Owner,
    "answers": AnswerSpec,
    "failures": Failure,
}
"""What stands under each name, to find the key that was meant."""
