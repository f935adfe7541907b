"""Readiness: what must be true before an account may go, and what breaks when it goes."""

from orgtools.assess import (  # noqa: F401 (importing registers their checks)
    access,
    billing,
    carriers,
    eligibility,
    entitlements,
    guardrails,
    identity_center,
    invitations,
    memberships,
    organizations,
    quotas,
    recording,
    sharing,
    stacksets,
)
from orgtools.assess.catalogue import CATALOGUE, Check, Where, actions
from orgtools.assess.exporting import Exported, export
from orgtools.assess.exports import exported, exported_organization
from orgtools.assess.run import Assessment, Change, Progress, assess, standing
from orgtools.assess.waivers import waive

__all__ = [
    "CATALOGUE",
    "Assessment",
    "Change",
    "Check",
    "Exported",
    "Progress",
    "Where",
    "actions",
    "assess",
    "export",
    "exported",
    "exported_organization",
    "standing",
    "waive",
]
