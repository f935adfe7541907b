"""What a scenario file may say, and how it is read.

A scenario describes organizations, their trees, accounts, policies and pending invitations as they are
when the rehearsal begins. Times are given as ages ("created_days_ago"), so that a scenario never grows old.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from orgtools.rehearsal.switches import Switches

SHIPPED = Path(__file__).parent / "scenarios"

AccountId = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
OrganizationId = Annotated[str, StringConstraints(pattern=r"^o-[a-z0-9]{10,32}$")]
RootId = Annotated[str, StringConstraints(pattern=r"^r-[0-9a-z]{4,32}$")]
HandshakeId = Annotated[str, StringConstraints(pattern=r"^h-[0-9a-z]{8,32}$")]
AccountState = Literal["PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"]
PolicyDocument = dict[str, Any]
OLDEST_AUTO_ENROLL = (3, 1)
"""User guide of Control Tower, account-auto-enrollment."""


T = TypeVar("T", bound=BaseModel)


class ScenarioError(Exception):
    """A scenario cannot be used; the message says where it is wrong."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Table):
    """An IAM role. `trusts` lists principals: account ids stand for the whole account."""

    name: str
    trusts: list[str] = []
    trust: PolicyDocument | None = None
    """The trust policy itself, instead of `trusts`."""
    policy: PolicyDocument | None = None
    """The identity policy; without it the role may do everything."""


class Account(_Table):
    """An account: where it is, how it came there, and what it has set up."""

    id: AccountId
    name: str = Field(min_length=1, max_length=50)
    email: str
    unit: str = "/"
    state: AccountState = "ACTIVE"
    joined: Literal["CREATED", "INVITED"] = "CREATED"
    created_days_ago: float = 400.0
    joined_days_ago: float | None = None
    tags: dict[str, str] = {}
    delegated: list[str] = []
    roles: list[Role] | None = None
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
    regions: list[str] = ["us-east-1"]
    """Regions that are enabled in it, beside those of `config_regions` and of a landing zone. AWS enables 17 by
    default; so few keep a rehearsal quick."""
    config_regions: list[str] = []
    """Regions in which it has a Config recorder and a delivery channel of its own."""
    operator_policy: PolicyDocument | None = None
    """For a management account: the identity policy of the operator behind the profile."""


class Policy(_Table):
    """A service control policy and the OU paths or account ids it is attached to."""

    name: str
    content: PolicyDocument
    type: Literal["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"] = "SERVICE_CONTROL_POLICY"
    attach: list[str] = []


class Unit(_Table):
    """An OU given by parent path and name, for names that contain a slash or need a chosen id."""

    name: str
    parent: str = "/"
    id: Annotated[str, StringConstraints(pattern=r"^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$")] | None = None
    tags: dict[str, str] = {}


class LandingZone(_Table):
    """A Control Tower landing zone. The accounts of registered OUs are enrolled, but for those that are named."""

    version: str = Field("3.3", pattern=r"^\d+\.\d+$")
    home_region: str = "us-east-1"
    governed_regions: list[str] = ["us-east-1"]
    auto_enroll: bool = False
    """Whether the remediation type INHERITANCE_DRIFT is on: moving an account then enrols it, or un-enrols it."""
    registered: list[str] = []
    """Paths of OUs."""
    unenrolled: list[AccountId] = []
    products: list[AccountId] = []
    """Accounts that came by Account Factory: each has a provisioned product."""
    tainted: list[AccountId] = []
    """Accounts with a provisioned product that an earlier attempt left behind."""
    identity_center: bool = True
    minutes: float = Field(20.0, gt=0)
    """How long an operation takes, by the virtual clock. AWS says minutes to hours."""

    @model_validator(mode="after")
    def _auto_enroll_needs_a_version(self) -> "LandingZone":
        if self.auto_enroll and tuple(map(int, self.version.split("."))) < OLDEST_AUTO_ENROLL:
            raise ValueError(f"landing zone {self.version} cannot enroll by itself: that takes 3.1 or newer")
        return self


class Portal(_Table):
    """The access portal of an organization's IAM Identity Center, and one person who has signed in to it."""

    profile: str
    """The profile of the AWS config file; its `sso_session` has the same name."""
    token: str
    """What the cached login holds; made up."""
    login_hours: float = 8.0
    """How long the login lasts, by the clock of the machine; a negative one has expired."""
    assignments: dict[AccountId, list[str]] = {}
    """The person's permission sets in each account. They end when the account leaves the organization."""


class Organization(_Table):
    """One organization. Its management account is listed in `accounts` like the others, or implied."""

    id: OrganizationId
    root: RootId
    management: AccountId
    profile: str
    name: str = "Management"
    email: str = "management@example.com"
    age_days: float = 900.0
    feature_set: Literal["ALL", "CONSOLIDATED_BILLING"] = "ALL"
    policy_types: list[str] = ["SERVICE_CONTROL_POLICY"]
    account_quota: int = 10
    email_verified: bool = True
    enabling_all_features: bool = False
    finalizing: bool = False
    seller: str = "AWS"
    trusted_services: list[str] = []
    portal: Portal | None = None
    units: list[str | Unit] = []
    policies: list[Policy] = []
    accounts: list[Account] = []
    landing_zone: LandingZone | None = None
    cost_tags: dict[str, Literal["Active", "Inactive"]] = {}
    """Cost allocation tag keys that its billing has seen."""

    @model_validator(mode="after")
    def _unit_paths_are_known(self) -> "Organization":
        tree = self.tree()
        for account in self.accounts:
            if names(account.unit) not in tree:
                raise ValueError(f"account {account.id} is in the OU {account.unit!r}, which {self.id} does not have")
        for path in self.landing_zone.registered if self.landing_zone else ():
            if not names(path) or names(path) not in tree:
                raise ValueError(f"the landing zone of {self.id} registers {path!r}, which is no OU of it")
        return self

    def tree(self) -> dict[tuple[str, ...], Unit]:
        """The root and every OU by its names from the top, parents before children; the root is `()`."""
        found: dict[tuple[str, ...], Unit] = {(): Unit(name="Root")}
        for entry in self.units:
            if isinstance(entry, Unit):
                found[(*names(entry.parent), entry.name)] = entry
                continue
            parts = names(entry)
            for depth in range(1, len(parts) + 1):
                found.setdefault(parts[:depth], Unit(name=parts[depth - 1]))
        return found


class Invitation(_Table):
    """A handshake that exists when the rehearsal begins."""

    organization: OrganizationId
    account: AccountId
    action: Literal["INVITE", "ENABLE_ALL_FEATURES", "TRANSFER_RESPONSIBILITY"] = "INVITE"
    """What it asks for. AWS sends a billing transfer to management accounts only, the other two to members."""
    id: HandshakeId | None = None
    days_ago: float = 0.0
    state: Literal["OPEN", "REQUESTED", "ACCEPTED", "DECLINED", "CANCELED"] = "OPEN"
    closed_days_ago: float = 0.0
    by_email: bool = False
    notes: str | None = None
    tags: dict[str, str] = {}


class Secret(_Table):
    """A Secrets Manager secret, in an account and region."""

    account: AccountId
    name: str
    value: str | None = None
    credentials_for: AccountId | None = None
    """Instead of `value`: credentials of that account's operator, as JSON."""
    region: str = "us-east-1"


class Share(_Table):
    """A resource share of AWS RAM with an account of the scenario. Its owner may be any account."""

    owner: AccountId
    account: AccountId
    name: str
    region: str = "us-east-1"
    resources: list[str] = []
    invited: bool = True
    """Whether the account was invited; without it, both are in one organization, and the share ends with that."""
    state: Literal["PENDING", "ACCEPTED"] = "PENDING"
    days_ago: float = 0.0


class Answer(_Table):
    """What AWS answers to an operation in an account, for services that the rehearsal does not simulate."""

    account: AccountId
    service: str
    """The name that requests to it are signed with."""
    operation: str
    response: dict[str, Any]
    """As the service's model allows it; checked when the rehearsal begins."""
    region: str = ""
    """Where it is answered so; everywhere without it."""


class Failure(_Table):
    """Some calls of an operation that AWS refuses, counted from the first; see `orgtools.rehearsal.faults.Fault`."""

    operation: str
    calls: list[int] = Field(min_length=1)
    code: str
    reason: str | None = None


class Scenario(_Table):
    """Everything a rehearsal begins with."""

    name: str
    switches: Switches = Switches()
    organizations: list[Organization] = Field(min_length=1)
    accounts: list[Account] = []
    """Stand-alone accounts."""
    invitations: list[Invitation] = []
    secrets: list[Secret] = []
    shares: list[Share] = []
    answers: list[Answer] = []
    failures: list[Failure] = []

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> "Scenario":
        seen: set[str] = set()
        for account in [*(a for o in self.organizations for a in o.accounts), *self.accounts]:
            if account.id in seen:
                raise ValueError(f"the account {account.id} is listed twice")
            seen.add(account.id)
        profiles = [organization.profile for organization in self.organizations]
        if len(set(profiles)) < len(profiles):
            raise ValueError("two organizations have the same profile")
        seen.update(organization.management for organization in self.organizations)
        organizations = {organization.id for organization in self.organizations}
        for invitation in self.invitations:
            if invitation.organization not in organizations or invitation.account not in seen:
                raise ValueError(
                    f"the invitation of {invitation.account} by {invitation.organization} names an unknown one"
                )
        return self


def names(path: str) -> tuple[str, ...]:
    """The names of an OU path, from the top; none for the root."""
    return tuple(part for part in path.split("/") if part)


def parse(document: Mapping[str, Any]) -> Scenario:
    """Checks a scenario's tables. Raises `ScenarioError` with a sentence for each mistake."""
    return _checked(Scenario, document, "The scenario")


def parse_switches(document: Mapping[str, Any]) -> Switches:
    """Checks switches alone. Raises `ScenarioError`."""
    return _checked(Switches, document, "The set of switches")


def _checked(kind: type[T], document: Mapping[str, Any], what: str) -> T:
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        sentences = []
        for problem in error.errors():
            place = ".".join(str(part) for part in problem["loc"])
            said = problem["msg"].removeprefix("Value error, ")
            sentences.append(f"{place}: {said}" if place else said)
        raise ScenarioError(f"{what} cannot be used: " + "; ".join(sentences) + ".") from None


def folder_of(name: str | Path) -> Path:
    """The folder of a scenario: a shipped one by name, or one by its path (folder or file)."""
    path = Path(name)
    if isinstance(name, str) and "/" not in name and (SHIPPED / name / "scenario.toml").is_file():
        return SHIPPED / name
    if path.is_dir():
        return path
    if path.is_file():
        return path.parent
    shipped = ", ".join(sorted(child.name for child in SHIPPED.iterdir() if child.is_dir()))
    raise ScenarioError(
        f"There is no scenario {str(name)!r}. Name a shipped one ({shipped}), 'wave:N' for N plain accounts, "
        "or the path of a scenario.toml."
    )


def load(name: str | Path) -> Scenario:
    """Reads a scenario file by name or path. Raises `ScenarioError`."""
    path = Path(name)
    file = path if path.is_file() else folder_of(name) / "scenario.toml"
    try:
        with file.open("rb") as stream:
            document = tomllib.load(stream)
    except OSError as error:
        raise ScenarioError(f"The scenario {file} cannot be read: {error.strerror}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"The scenario {file} is not valid TOML: {error}.") from None
    return parse(document)
