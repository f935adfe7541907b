"""The baselines of Control Tower that the rehearsal knows, and which a landing zone has, in which version.

User guide of Control Tower: types-of-baselines, table-of-baselines, key-changes-lz-v4, config-updates-v4.
"""

from typing import NamedTuple

from orgtools.rehearsal.scenario.organization import OLDEST_CONFIG_BASELINE
from orgtools.rehearsal.scenario.values import numbers

BASELINE = "17BSJV3IGJ2QSGA2"
CONFIG_BASELINE = "CONFIGBASELINE00"
IDENTITY_CENTER = "LN25R72TTG6IGPTQ"
GOVERNING = (BASELINE, CONFIG_BASELINE)
"""An OU has one of them, never both, and its accounts inherit it. The others stand on shared accounts."""


class Baseline(NamedTuple):
    """What AWS offers to landing zones from one version on, and before another."""

    name: str
    description: str
    since: tuple[int, ...] = (0, 0)
    before: tuple[int, ...] = (99, 0)


BASELINES = {
    BASELINE: Baseline("AWSControlTowerBaseline", "Sets up resources and mandatory controls for members of an OU."),
    CONFIG_BASELINE: Baseline(
        "ConfigBaseline", "Sets up AWS Config for members of an OU.", since=OLDEST_CONFIG_BASELINE
    ),
    IDENTITY_CENTER: Baseline("IdentityCenterBaseline", "Sets up shared resources for AWS Identity Center."),
    "J8HX46AHS5MIKQPD": Baseline("LogArchiveBaseline", "Sets up a central repository for logs of API activities."),
    "4T4HA1KMO10S6311": Baseline("AuditBaseline", "Sets up resources to monitor accounts.", before=(4, 0)),
    "CENTRALCONFIG000": Baseline("CentralConfigBaseline", "Sets up central resources of AWS Config.", since=(4, 0)),
    "CENTRALSECROLES0": Baseline("CentralSecurityRolesBaseline", "Sets up security monitoring.", since=(4, 0)),
}
"""By id. The ids of those that came with landing zone 4.0 are made up: AWS's are not published."""
VERSIONS = (((4, 0), "5.0"), ((3, 2), "4.0"), ((3, 0), "3.0"), ((2, 8), "2.0"), ((2, 0), "1.0"))
"""From which landing zone on which version of AWSControlTowerBaseline fits (user guide, table-of-baselines)."""


def offered(landing_zone: str) -> dict[str, Baseline]:
    """The baselines that a version of the landing zone has, by id."""
    version = numbers(landing_zone)
    return {held: told for held, told in BASELINES.items() if told.since <= version < told.before}


def version_of(baseline: str, landing_zone: str) -> str:
    """The version of a baseline that fits: only AWSControlTowerBaseline's are published, the others are at 1.0 here."""
    if baseline != BASELINE:
        return "1.0"
    return next(fits for since, fits in VERSIONS if numbers(landing_zone) >= since)
