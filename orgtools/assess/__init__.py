"""Readiness: what must be true before an account can be moved, and what breaks when it moves."""

from orgtools.assess import (  # noqa: F401 (importing registers their checks)
    access,
    arriving,
    billing,
    carrier_readers,
    carrier_rows,
    eligibility,
    entitlements,
    guardrails,
    identity_center,
    invitations,
    memberships,
    organizations,
    others,
    questions,
    quotas,
    recording,
    regions,
    sharing,
    stacksets,
)
from orgtools.assess.catalogue import CATALOGUE, Check, Where, actions
from orgtools.assess.exporting import Exported, export
from orgtools.assess.exports import exported, exported_organization
from orgtools.assess.first import ToDo, first, held, standings
from orgtools.assess.questions import QUESTIONS, answer, answers_told, asked
from orgtools.assess.run import Assessment, Change, assess, standing
from orgtools.assess.waivers import waivable, waive
from orgtools.assess.work import Progress

__all__ = [
    "CATALOGUE",
    "QUESTIONS",
    "Assessment",
    "Change",
    "Check",
    "Exported",
    "Progress",
    "ToDo",
    "Where",
    "actions",
    "answer",
    "answers_told",
    "asked",
    "assess",
    "export",
    "exported",
    "exported_organization",
    "first",
    "held",
    "standing",
    "standings",
    "waivable",
    "waive",
]
