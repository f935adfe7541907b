"""What a scenario says of one organization: its accounts, units, policies, landing zone and access portal."""

# ruff: noqa: RUF012 -- pydantic copies defaults; ruff does not see in another module that `TomlTable` is its model

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.scenario.mistakes import form
from orgtools.rehearsal.scenario.values import (
    AccountId,
    AccountState,
    Days,
    Email,
    Label,
    OrganizationId,
    PolicyDocument,
    PolicyType,
    Principal,
    ProfileName,
    Region,
    RootId,
    Tags,
    Token,
    TomlTable,
    names,
    numbers,
    once,
)

DEEPEST = 5
"""So many levels of organizational units may lie below the root (user guide, orgs_reference_limits)."""
OLDEST_AUTO_ENROLL = (3, 1)
"""User guide of Control Tower, account-auto-enrollment."""
OLDEST_CONFIG_BASELINE = (4, 0)
"""User guide of Control Tower, config-updates-v4."""


class RoleSpec(TomlTable):
    """An IAM role. `trusts` lists principals: account ids stand for the whole account."""

    name: Label
    trusts: list[Principal] = []
    trust: PolicyDocument | None = None
    """The trust policy itself, instead of `trusts`."""
    policy: PolicyDocument | None = None
    """The identity policy; without it the role may do everything."""


class AccountSpec(TomlTable):
    """An account: where it is, how it came there, and what it has set up."""

    id: AccountId
    name: Label = Field(max_length=50)
    email: Email
    unit: str = "/"
    state: AccountState = "ACTIVE"
    joined: Literal["CREATED", "INVITED"] = "CREATED"
    created_days_ago: Days = 400.0
    joined_days_ago: Days | None = None
    tags: Tags = {}
    delegated: list[str] = []
    profile: ProfileName | None = None
    """A profile of the AWS config file that has credentials of the account itself."""
    roles: list[RoleSpec] | None = None
    """Without it: OrganizationAccountAccessRole, trusting the management account, if it was created here."""
    policies: list[str] = []
    service_linked_role: bool = True
    """Whether AWSServiceRoleForOrganizations exists."""
    direct_transfer: bool = True
    """Whether AWS lets the account accept an invitation while it is a member of another organization."""
    payment_method: bool = False
    phone_verified: bool = False
    agreement_accepted: bool = False
    seller: str = "AWS"
    shares_discounts: bool = False
    """Whether its organization shares reservations and Savings Plans with it."""
    regions: list[Region] = ["us-east-1"]
    """Regions that are enabled in it, beside those of `config_regions` and of a landing zone. AWS enables 17 by
    default; so few keep a rehearsal quick."""
    config_regions: list[Region] = []
    """Regions in which it has a Config recorder and a delivery channel of its own."""
    operator_policy: PolicyDocument | None = None
    """For a management account: the identity policy of the operator behind the profile."""

    @model_validator(mode="after")
    def _roles_have_names_of_their_own(self) -> "AccountSpec":
        once("role", [role.name for role in self.roles or ()])
        return self


class Policy(TomlTable):
    """A service control policy and the OU paths or account ids it is attached to."""

    name: Label
    content: PolicyDocument
    type: PolicyType = "SERVICE_CONTROL_POLICY"
    attach: list[str] = []


class UnitSpec(TomlTable):
    """An OU given by parent path and name, for names that contain a slash or need a chosen id."""

    name: Label
    parent: str = "/"
    id: Annotated[str, StringConstraints(pattern=form(r"^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$", "no-unit-id"))] | None = (
        None
    )
    tags: Tags = {}


class LandingZoneSpec(TomlTable):
    """A Control Tower landing zone. The accounts of registered OUs are enrolled, but for those that are named."""

    version: str = Field("3.3", pattern=form(r"^[0-9]{1,4}\.[0-9]{1,4}$", "no-version"))
    home_region: Region = "us-east-1"
    governed_regions: list[Region] = ["us-east-1"]
    auto_enroll: bool = False
    """Whether the remediation type INHERITANCE_DRIFT is on: moving an account then enrols it, or un-enrols it."""
    registered: list[str] = []
    """Paths of OUs with AWSControlTowerBaseline."""
    config_baseline: list[str] = []
    """Paths of OUs with ConfigBaseline instead, which landing zones have since 4.0."""
    config_allowed: list[AccountId] = []
    """Accounts whose own Config resources AWS Support has allowed: they enroll by registering their OU."""
    unenrolled: list[AccountId] = []
    products: list[AccountId] = []
    """Accounts that came by Account Factory: each has a provisioned product."""
    tainted: list[AccountId] = []
    """Accounts with a provisioned product that an earlier attempt left behind."""
    identity_center: bool = True
    minutes: float = Field(20.0, gt=0, le=100_000)
    """How long an operation takes, by the virtual clock. AWS says minutes to hours."""

    @model_validator(mode="after")
    def _auto_enroll_needs_a_version(self) -> "LandingZoneSpec":
        if self.auto_enroll and numbers(self.version) < OLDEST_AUTO_ENROLL:
            raise WrongError(Message("scenario-zone-too-old-to-enroll", version=self.version))
        return self

    @model_validator(mode="after")
    def _config_baseline_needs_a_version(self) -> "LandingZoneSpec":
        if self.config_baseline and numbers(self.version) < OLDEST_CONFIG_BASELINE:
            raise WrongError(Message("scenario-zone-too-old-for-baseline", version=self.version))
        both = {names(path) for path in self.registered} & {names(path) for path in self.config_baseline}
        if both:
            raise WrongError(Message("scenario-baselines-both", unit="/".join(min(both))))
        return self


class PortalSpec(TomlTable):
    """The access portal of an organization's IAM Identity Center, and one person who has signed in to it."""

    profile: ProfileName
    """The profile of the AWS config file; its `sso_session` has the same name."""
    token: Token
    """What the cached login holds; made up."""
    login_hours: Annotated[float, Field(ge=-8_760, le=8_760)] = 8.0
    """How long the login lasts, by the clock of the machine; a negative one has expired."""
    assignments: dict[AccountId, list[str]] = {}
    """The person's permission sets in each account. They end when the account leaves the organization."""


class OrganizationSpec(TomlTable):
    """One organization. Its management account is listed in `accounts` like the others, or implied."""

    id: OrganizationId
    root: RootId
    management: AccountId
    profile: ProfileName | None = None
    """The profile of its management account; without it nobody here has its credentials."""
    name: Label = "Management"
    email: Email = "management@example.com"
    age_days: Days = 900.0
    feature_set: Literal["ALL", "CONSOLIDATED_BILLING"] = "ALL"
    policy_types: list[PolicyType] = ["SERVICE_CONTROL_POLICY"]
    account_quota: int = Field(10, ge=1, le=1_000_000)
    email_verified: bool = True
    enabling_all_features: bool = False
    finalizing: bool = False
    seller: str = "AWS"
    trusted_services: list[str] = []
    portal: PortalSpec | None = None
    units: list[str | UnitSpec] = []
    policies: list[Policy] = []
    accounts: list[AccountSpec] = []
    landing_zone: LandingZoneSpec | None = None
    cost_tags: dict[str, Literal["Active", "Inactive"]] = {}
    """Cost allocation tag keys that its billing has seen."""

    @model_validator(mode="after")
    def _unit_paths_are_known(self) -> "OrganizationSpec":
        tree = self.tree()
        once("unit-id", [entry.id for entry in self.units if isinstance(entry, UnitSpec) and entry.id])
        once("policy", [policy.name for policy in self.policies])
        listed = [(*names(one.parent), one.name) if isinstance(one, UnitSpec) else names(one) for one in self.units]
        twice = next((unit for unit, times in Counter(listed).items() if times > 1), None)
        if twice is not None:
            raise WrongError(Message("scenario-unit-twice", unit="/".join(twice)))
        for unit in tree:
            if len(unit) > DEEPEST:
                raise WrongError(Message("scenario-unit-too-deep", unit="/".join(unit), limit=DEEPEST))
            if unit and unit[:-1] not in tree:
                raise WrongError(
                    Message("scenario-unit-alone", unit=unit[-1], organization=self.id, parent="/".join(unit[:-1]))
                )
        for account in self.accounts:
            if names(account.unit) not in tree:
                raise WrongError(
                    Message("scenario-account-unit", account=account.id, unit=account.unit, organization=self.id)
                )
        zone = self.landing_zone
        for path in (*zone.registered, *zone.config_baseline) if zone else ():
            if not names(path) or names(path) not in tree:
                raise WrongError(Message("scenario-zone-unit", organization=self.id, unit=path))
        return self

    @model_validator(mode="after")
    def _policies_name_what_is_there(self) -> "OrganizationSpec":
        tree = self.tree()
        members = {account.id for account in self.accounts} | {self.management}
        for policy in self.policies:
            for target in policy.attach:
                if target not in members and names(target) not in tree:
                    raise WrongError(
                        Message("scenario-policy-target", policy=policy.name, given=target, organization=self.id)
                    )
        return self

    def tree(self) -> dict[tuple[str, ...], UnitSpec]:
        """The root and every OU by its names from the top, parents before children; the root is `()`."""
        found: dict[tuple[str, ...], UnitSpec] = {(): UnitSpec(name="Root")}
        for entry in self.units:
            if isinstance(entry, UnitSpec):
                found[(*names(entry.parent), entry.name)] = entry
                continue
            parts = names(entry)
            for depth in range(1, len(parts) + 1):
                found.setdefault(parts[:depth], UnitSpec(name=parts[depth - 1]))
        return found
