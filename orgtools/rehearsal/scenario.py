"""What a scenario file may say, and how it is read.

A scenario describes organizations, their trees, accounts, policies and pending invitations as they are
when the rehearsal begins. Times are given as ages ("created_days_ago"), so that a scenario never grows old.
"""

import difflib
import math
import os
import re
import stat
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from orgtools.messages import Message
from orgtools.rehearsal.errors import ToldError, WrongError
from orgtools.rehearsal.switches import Switches
from orgtools.rehearsal.telling import form, told

SHIPPED = Path(__file__).parent / "scenarios"

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
MOST_BYTES = 64 * 2**20
MOST_LEVELS = 32
QUOTED = re.compile(r""""(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?""")
DOTTED = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}}")
"""A dotted key that is too deep: the time of the TOML parser grows with its square."""
MOST_TOLD = 10
DEEPEST = 5
"""So many levels of organizational units may lie below the root (user guide, orgs_reference_limits)."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Line breaks and tabs may stand in notes and secrets; what becomes a name has no such thing either."""
OLDEST_AUTO_ENROLL = (3, 1)
"""User guide of Control Tower, account-auto-enrollment."""
OLDEST_CONFIG_BASELINE = (4, 0)
"""User guide of Control Tower, config-updates-v4."""


T = TypeVar("T", bound=BaseModel)


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


class ScenarioError(ToldError):
    """A scenario cannot be used; the message says where it is wrong."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Role(_Table):
    """An IAM role. `trusts` lists principals: account ids stand for the whole account."""

    name: Label
    trusts: list[Principal] = []
    trust: PolicyDocument | None = None
    """The trust policy itself, instead of `trusts`."""
    policy: PolicyDocument | None = None
    """The identity policy; without it the role may do everything."""


class Account(_Table):
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
    regions: list[Region] = ["us-east-1"]
    """Regions that are enabled in it, beside those of `config_regions` and of a landing zone. AWS enables 17 by
    default; so few keep a rehearsal quick."""
    config_regions: list[Region] = []
    """Regions in which it has a Config recorder and a delivery channel of its own."""
    operator_policy: PolicyDocument | None = None
    """For a management account: the identity policy of the operator behind the profile."""


class Policy(_Table):
    """A service control policy and the OU paths or account ids it is attached to."""

    name: Label
    content: PolicyDocument
    type: PolicyType = "SERVICE_CONTROL_POLICY"
    attach: list[str] = []


class Unit(_Table):
    """An OU given by parent path and name, for names that contain a slash or need a chosen id."""

    name: Label
    parent: str = "/"
    id: Annotated[str, StringConstraints(pattern=form(r"^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$", "no-unit-id"))] | None = (
        None
    )
    tags: Tags = {}


class LandingZone(_Table):
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
    def _auto_enroll_needs_a_version(self) -> "LandingZone":
        if self.auto_enroll and numbers(self.version) < OLDEST_AUTO_ENROLL:
            raise WrongError(Message("scenario-zone-too-old-to-enroll", version=self.version))
        return self

    @model_validator(mode="after")
    def _config_baseline_needs_a_version(self) -> "LandingZone":
        if self.config_baseline and numbers(self.version) < OLDEST_CONFIG_BASELINE:
            raise WrongError(Message("scenario-zone-too-old-for-baseline", version=self.version))
        both = {names(path) for path in self.registered} & {names(path) for path in self.config_baseline}
        if both:
            raise WrongError(Message("scenario-baselines-both", unit="/".join(min(both))))
        return self


class Portal(_Table):
    """The access portal of an organization's IAM Identity Center, and one person who has signed in to it."""

    profile: ProfileName
    """The profile of the AWS config file; its `sso_session` has the same name."""
    token: Token
    """What the cached login holds; made up."""
    login_hours: Annotated[float, Field(ge=-8_760, le=8_760)] = 8.0
    """How long the login lasts, by the clock of the machine; a negative one has expired."""
    assignments: dict[AccountId, list[str]] = {}
    """The person's permission sets in each account. They end when the account leaves the organization."""


class Organization(_Table):
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
        _once("unit-id", [entry.id for entry in self.units if isinstance(entry, Unit) and entry.id])
        _once("policy", [policy.name for policy in self.policies])
        listed = [(*names(one.parent), one.name) if isinstance(one, Unit) else names(one) for one in self.units]
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
    def _policies_name_what_is_there(self) -> "Organization":
        tree = self.tree()
        members = {account.id for account in self.accounts} | {self.management}
        for policy in self.policies:
            for target in policy.attach:
                if target not in members and names(target) not in tree:
                    raise WrongError(
                        Message("scenario-policy-target", policy=policy.name, given=target, organization=self.id)
                    )
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
    days_ago: Days = 0.0
    state: Literal["OPEN", "REQUESTED", "ACCEPTED", "DECLINED", "CANCELED"] = "OPEN"
    closed_days_ago: Days = 0.0
    by_email: bool = False
    notes: str | None = None
    tags: Tags = {}


class Secret(_Table):
    """A Secrets Manager secret, in an account and region."""

    account: AccountId
    name: Label
    value: str | None = None
    credentials_for: AccountId | None = None
    """Instead of `value`: credentials of that account's operator, as JSON."""
    region: Region = "us-east-1"


class Share(_Table):
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


class Owner(_Table):
    """Somebody who has an account, and answers an organization's invitation by hand, some time after it was sent."""

    account: AccountId
    organization: OrganizationId
    answer: Literal["accept", "decline"]
    after_hours: Annotated[float, Field(gt=0, le=360)]


class Answer(_Table):
    """What AWS answers to an operation in an account, for services that the rehearsal does not simulate."""

    account: AccountId
    service: str
    """The name that requests to it are signed with."""
    operation: str
    response: dict[str, Any]
    """As the service's model allows it; checked when the rehearsal begins."""
    region: Region | Literal[""] = ""
    """Where it is answered so; everywhere without it."""


class Failure(_Table):
    """Some calls of an operation that AWS refuses, counted from the first; see `orgtools.rehearsal.faults.Fault`."""

    operation: str
    calls: list[Annotated[int, Field(ge=1)]] = Field(min_length=1)
    code: str
    reason: str | None = None


class Scenario(_Table):
    """Everything a rehearsal begins with."""

    name: Label
    switches: Switches = Switches()
    organizations: list[Organization] = Field(min_length=1)
    accounts: list[Account] = []
    """Stand-alone accounts."""
    invitations: list[Invitation] = []
    secrets: list[Secret] = []
    shares: list[Share] = []
    owners: list[Owner] = []
    answers: list[Answer] = []
    failures: list[Failure] = []

    def members(self) -> "list[Account]":
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
        _once("account", [account.id for account in listed])
        _once("organization", [organization.id for organization in self.organizations])
        _once("root", [organization.root for organization in self.organizations])
        _once("management-account", [organization.management for organization in self.organizations])
        _once("invitation", [invitation.id for invitation in self.invitations if invitation.id])
        _once("secret", [f"{secret.account}/{secret.region}/{secret.name}" for secret in self.secrets])
        portals = [organization.portal.profile for organization in self.organizations if organization.portal]
        own = [account.profile for account in self.members() if account.profile]
        sides = (organization.profile for organization in self.organizations if organization.profile)
        profiles = [*sides, *portals, *own]
        if "default" in profiles:
            raise WrongError(Message("scenario-profile-reserved", profile="default"))
        _once("profile", profiles)
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


def _once(kind: str, given: list[str]) -> None:
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


def parse(document: Mapping[str, Any], file: Path | None = None) -> Scenario:
    """Checks a scenario's tables. Raises `ScenarioError` with the file and what is wrong for each mistake."""
    if file is None:
        return _checked(Scenario, document, "scenario-wrong")
    return _checked(Scenario, document, "scenario-file-wrong", path=str(file))


def parse_switches(document: Mapping[str, Any]) -> Switches:
    """Checks switches alone. Raises `ScenarioError`."""
    return _checked(Switches, document, "switches-wrong")


def _checked(kind: type[T], document: Mapping[str, Any], wrong: str, **facts: str) -> T:
    strange = _strange(document)
    if strange:
        raise ScenarioError(Message(wrong, findings=[strange], **facts))
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        found = told(kind, TABLES, error.errors(), document)
        if found[MOST_TOLD:]:
            found[MOST_TOLD:] = [Message("and-more", more=len(found) - MOST_TOLD)]
        raise ScenarioError(Message(wrong, findings=found, **facts)) from None


def _strange(document: object) -> Message | None:
    """What no table of a scenario may hold: values that JSON has not, control characters, and what lies too deep."""
    layer: list[tuple[str, object]] = [("", document)]
    for _ in range(MOST_LEVELS):
        for place, value in layer:
            wrong = _wrong(place, value)
            if wrong:
                return Message("setting-wrong", setting=f"{place.lstrip('.')!a}", why=wrong)
        layer = [
            (f"{place}.{key}"[:200], held)
            for place, value in layer
            if isinstance(value, Mapping | list)
            for key, held in (value.items() if isinstance(value, Mapping) else enumerate(value))
        ]
    return Message("scenario-nested", limit=MOST_LEVELS) if layer else None


def _wrong(place: str, value: object) -> Message | None:
    if isinstance(value, Mapping):
        return Message("scenario-control-key") if any(CONTROL.search(str(key)) for key in value) else None
    if isinstance(value, str):
        return Message("scenario-control-character") if CONTROL.search(value) else None
    if isinstance(value, float) and not math.isfinite(value):
        return Message("value-not-finite")
    if value is None or isinstance(value, list | bool | int | float):
        return None
    # AWS answers with times; everything else is written as JSON somewhere.
    return None if place.startswith(".answers.") else Message("scenario-value-kind", kind=type(value).__name__)


def folder_of(name: str | Path, also: tuple[str, ...] = ()) -> Path:
    """The folder of a scenario: a shipped one by name, or one by its path (folder or file).

    Raises `ScenarioError` with the names there are, and with those that the caller knows `also`.
    """
    path = Path(name)
    if isinstance(name, str) and "/" not in name and (SHIPPED / name / "scenario.toml").is_file():
        return SHIPPED / name
    if path.is_dir():
        return path
    if path.is_file():
        return path.parent
    shipped = sorted(child.name for child in SHIPPED.iterdir() if child.is_dir())
    near = difflib.get_close_matches(str(name)[:60], [*shipped, *also], n=1)
    choices = [*shipped, *also, "wave:N"]
    if near:
        raise ScenarioError(Message("scenario-unknown-near", given=str(name), keys=near, choices=choices))
    raise ScenarioError(Message("scenario-unknown", given=str(name), choices=choices))


def load(name: str | Path, also: tuple[str, ...] = ()) -> Scenario:
    """Reads a scenario file by name or path. Raises `ScenarioError`."""
    path = Path(name)
    file = path if path.is_file() else folder_of(name, also) / "scenario.toml"
    try:
        text = _text(file)
        if DOTTED.search(QUOTED.sub("quoted", text)):
            raise ScenarioError(Message("scenario-too-deep", path=str(file)))
        document = tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(Message("scenario-unread", path=str(file), words=error.strerror)) from None
    except UnicodeDecodeError:
        raise ScenarioError(Message("scenario-not-text", path=str(file))) from None
    except RecursionError:
        raise ScenarioError(Message("scenario-too-deep", path=str(file))) from None
    except ValueError as error:  # what is no TOML, or a number of 6,000 digits
        raise ScenarioError(Message("scenario-not-toml", path=str(file), words=str(error)[:200])) from None
    return parse(document, file)


def _text(file: Path) -> str:
    """What a regular file of a sensible size holds: a pipe is not waited for. Raises `ScenarioError`."""
    with open(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:  # noqa: PTH123 -- a descriptor
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ScenarioError(Message("scenario-not-regular", path=str(file)))
        held = stream.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise ScenarioError(Message("scenario-too-large", path=str(file), size=MOST_BYTES // 2**20))
    return held.decode("utf-8-sig")


TABLES: dict[str, type[BaseModel]] = {
    "switches": Switches,
    "organizations": Organization,
    "accounts": Account,
    "roles": Role,
    "units": Unit,
    "policies": Policy,
    "landing_zone": LandingZone,
    "portal": Portal,
    "invitations": Invitation,
    "secrets": Secret,
    "shares": Share,
    "owners": Owner,
    "answers": Answer,
    "failures": Failure,
}
"""What stands under each name, to find the key that was meant."""
