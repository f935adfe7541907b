"""Control Tower of one organization, as its management account sees it: landing zone, enabled baselines, products.

Regional: asked in the landing zone's home region. See
https://docs.aws.amazon.com/controltower/latest/APIReference/API_ListEnabledBaselines.html and
https://docs.aws.amazon.com/controltower/latest/userguide/enroll-account.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls.answers import odd
from orgtools.aws.masking import mask_secrets
from orgtools.aws.read.reader import SideReader
from orgtools.exceptions import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from orgtools.aws.sessions.pool import Access

AT_ONCE: Final = 5
"""So many operations may be under way in one landing zone.
https://docs.aws.amazon.com/controltower/latest/userguide/provision-and-manage-accounts.html"""
ACCOUNT: Final = "CONTROL_TOWER_ACCOUNT"
"""The type of Account Factory's provisioned products; their PhysicalId is the account."""
_FACTORY: Final = "AWS Control Tower Account Factory"
_BASELINE: Final = "AWSControlTowerBaseline"
CONFIG: Final = "ConfigBaseline"
"""Since landing zone 4.0: a unit has this one or AWSControlTowerBaseline, never both.
https://docs.aws.amazon.com/controltower/latest/userguide/types-of-baselines.html"""
GOVERNING: Final = (_BASELINE, CONFIG)
"""The baselines that govern units and accounts; the others are enabled on the landing zone's shared accounts."""
_CENTER: Final = "IdentityCenterBaseline"
_VERSIONS: Final = (((4, 0), "5.0"), ((3, 2), "4.0"), ((3, 0), "3.0"), ((2, 8), "2.0"), ((2, 0), "1.0"))
"""From which landing zone on which version of the baseline fits, where no registered unit shows it.
https://docs.aws.amazon.com/controltower/latest/userguide/table-of-baselines.html"""


@dataclass(frozen=True, slots=True)
class EnabledBaseline:
    """AWSControlTowerBaseline or ConfigBaseline on an organizational unit or an account.

    Attributes:
        arn: of the enabled baseline.
        target: the unit's or the account's id.
        version: the baseline's.
        status: SUCCEEDED, FAILED or UNDER_CHANGE.
        drifted: whether its inheritance is not IN_SYNC.
        operation: the id of the last operation that concerned it, or empty.
        name: which of the two it is.
    """

    arn: str
    target: str
    version: str
    status: str
    drifted: bool
    operation: str = ""
    name: str = _BASELINE

    @property
    def is_right(self) -> bool:
        """Whether AWS says that it is enabled, and as its unit has it."""
        return self.status == "SUCCEEDED" and not self.drifted


@dataclass(frozen=True, slots=True)
class Product:
    """A provisioned product of Account Factory: its status is AVAILABLE, UNDER_CHANGE, TAINTED or ERROR."""

    id: str
    status: str
    words: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentProgress:
    """How far an operation or a record has come.

    Attributes:
        id: of the operation or record.
        status: IN_PROGRESS, SUCCEEDED or FAILED.
        words: AWS's, of a failure.
        started: when AWS began it, UTC; None where AWS does not say.
        unheard: whether a call of this run began it whose answer nobody has heard.
    """

    id: str
    status: str
    words: str = ""
    started: datetime | None = None
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class LandingZone:
    """The landing zone.

    Attributes:
        arn: its ARN.
        version: such as ``3.3``.
        status: ACTIVE, PROCESSING or FAILED.
        auto_enroll: whether its remediation types have INHERITANCE_DRIFT and its version is 3.1 or newer.
        regions: the regions that it governs.
    """

    arn: str
    version: str
    status: str
    auto_enroll: bool
    regions: tuple[str, ...]


@dataclass(frozen=True)
class ControlTower:
    """What an organization has of Control Tower.

    Attributes:
        region: where it was looked for; calls go there.
        zone: the landing zone, or None where there is none.
        baseline: ARN of AWSControlTowerBaseline.
        center: ARN of Identity Center's enabled baseline, or empty.
        enabled: AWSControlTowerBaseline or ConfigBaseline, by unit and account id.
        products: provisioned products of Account Factory by account id.
        factory: Account Factory's product, artifact and path, or None where the caller is not shown it.
    """

    region: str = ""
    zone: LandingZone | None = None
    baseline: str = ""
    center: str = ""
    enabled: Mapping[str, EnabledBaseline] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    factory: tuple[str, str, str] | None = None

    @property
    def version(self) -> str:
        """The version of AWSControlTowerBaseline that a unit is registered with: that of the units that are."""
        units = (held for held in self.enabled.values() if held.target.startswith("ou-"))
        found = {held.version for held in units if held.name == _BASELINE}
        if found:
            return max(found, key=_numbers)
        numbers = _numbers(self.zone.version if self.zone else "")
        return next((fits for since, fits in _VERSIONS if numbers >= since), "")

    def enrolls_by_itself(self, unit_id: str) -> bool:
        """Whether an account that is moved into a unit is enrolled without a call."""
        return bool(self.zone and self.zone.auto_enroll and unit_id in self.enabled)


def read(access: Access, region: str, *, deep: bool = True) -> ControlTower:
    """Look with a management account.

    Args:
        access: the side.
        region: the home region; empty takes that of the credentials.
        deep: whether Account Factory and the baselines' names are looked at, too.

    Raises:
        RefusedError: AWS refuses; it names the action to grant.
    """
    reader, arns = SideReader(access, region), landing_zones(access, region)
    if not arns:
        return ControlTower(region)
    told = reader.ask("controltower", "GetLandingZone", landingZoneIdentifier=arns[0])["landingZone"]
    zone = LandingZone(
        arn=arns[0],
        version=told["version"],
        status=told["status"],
        auto_enroll="INHERITANCE_DRIFT" in told.get("remediationTypes", ()) and _numbers(told["version"]) >= (3, 1),
        regions=_governed(told["manifest"]) or (arns[0].split(":")[3],),
    )
    names = {held["name"]: held["arn"] for held in reader.pages("controltower", "ListBaselines", "baselines")}
    baseline, center = names.get(_BASELINE, ""), names.get(_CENTER, "")
    shown = list(reader.pages("controltower", "ListEnabledBaselines", "enabledBaselines", includeChildren=True))
    governing = {names[name]: name for name in GOVERNING if name in names}
    enabled = [_enabled(held, governing) for held in shown if held["baselineIdentifier"] in governing]
    tower = ControlTower(
        region=region,
        zone=zone,
        baseline=baseline,
        center=next((held["arn"] for held in shown if held["baselineIdentifier"] == center), ""),
        enabled={held.target: held for held in enabled},
    )
    if not deep:
        return tower
    found = reader.pages("servicecatalog", "SearchProvisionedProducts", "ProvisionedProducts", **_SEARCH)
    products = {held["PhysicalId"]: _product(held) for held in found if held["Type"] == ACCOUNT}
    return ControlTower(**{**vars(tower), "products": products, "factory": _account_factory(reader)})


def landing_zones(access: Access, region: str) -> tuple[str, ...]:
    """ARNs of the landing zones in a region: none, or one.

    Raises:
        RefusedError: AWS refuses to list them.
    """
    found = SideReader(access, region).pages("controltower", "ListLandingZones", "landingZones")
    return tuple(zone["arn"] for zone in found)


def _governed(manifest: Any) -> tuple[str, ...]:
    """The regions in a manifest, which may leave them out; it is any JSON to AWS's model: its kind is seen to here."""
    if not isinstance(manifest, dict):
        raise odd("manifest", "LandingZoneDetail")
    regions = manifest.get("governedRegions", [])
    if not isinstance(regions, list) or not all(isinstance(region, str) for region in regions):
        raise odd("governedRegions", "manifest")
    return tuple(regions)


_SEARCH: Final = {
    "AccessLevelFilter": {"Key": "Account", "Value": "self"},
    "Filters": {"SearchQuery": [f"type:{ACCOUNT}"]},
}


def progress(access: Access, region: str, operation_id: str, *, record: bool) -> EnrolmentProgress | None:
    """How far an operation has come (``record``: a record of Service Catalog); None where AWS knows none of that id.

    Raises:
        RefusedError: AWS refuses.
    """
    reader = SideReader(access, region)
    try:
        if record:
            told = reader.ask("servicecatalog", "DescribeRecord", Id=operation_id)["RecordDetail"]
            # Only a record that failed has errors.
            words = " ".join(error.get("Description", "") for error in told.get("RecordErrors", ()))
            status = told["Status"] if told["Status"] in ("SUCCEEDED", "FAILED") else "IN_PROGRESS"
            return EnrolmentProgress(operation_id, status, mask_secrets(words), told.get("CreatedTime"))
        told = reader.ask("controltower", "GetBaselineOperation", operationIdentifier=operation_id)["baselineOperation"]
    except RefusedError as error:
        if error.code == "ResourceNotFoundException":
            return None
        raise
    words = mask_secrets(told.get("statusMessage", ""))
    return EnrolmentProgress(operation_id, told["status"], words, told.get("startTime"))


def _enabled(held: Mapping[str, Any], names: Mapping[str, str]) -> EnabledBaseline:
    # AWS tells no drift of what it does not watch for it.
    drift = held.get("driftStatusSummary", {}).get("types", {}).get("inheritance", {}).get("status", "IN_SYNC")
    return EnabledBaseline(
        arn=held["arn"],
        target=held["targetIdentifier"].rsplit("/", 1)[-1],
        version=held.get("baselineVersion", ""),
        status=held["statusSummary"].get("status", ""),
        drifted=drift != "IN_SYNC",
        operation=held["statusSummary"].get("lastOperationIdentifier", ""),
        name=names[held["baselineIdentifier"]],
    )


def _product(held: Mapping[str, Any]) -> Product:
    words = mask_secrets(held.get("StatusMessage", ""))
    return Product(held["Id"], held["Status"], words, held.get("LastRecordId", ""))


def _account_factory(reader: SideReader) -> tuple[str, str, str] | None:
    wanted = {"FullTextSearch": [_FACTORY]}
    views = reader.pages("servicecatalog", "SearchProducts", "ProductViewSummaries", Filters=wanted)
    product = next((view["ProductId"] for view in views if view["Name"] == _FACTORY), None)
    if product is None:
        return None
    told = reader.ask("servicecatalog", "DescribeProduct", Id=product)
    artifacts = [held for held in told["ProvisioningArtifacts"] if held.get("Guidance", "DEFAULT") == "DEFAULT"]
    paths = told.get("LaunchPaths", ())  # without any, AWS chooses, or refuses to provision
    return (product, artifacts[-1]["Id"], paths[0]["Id"] if paths else "") if artifacts else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
