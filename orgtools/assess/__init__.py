"""Readiness: what must be true before an account can be moved, and what breaks when it moves."""

from orgtools.assess.catalogue import CATALOGUE, Check, Where
from orgtools.assess.checks import (
    access,  # noqa: F401 (importing registers their checks)
    arriving,  # noqa: F401 (importing registers their checks)
    billing,  # noqa: F401 (importing registers their checks)
    eligibility,  # noqa: F401 (importing registers their checks)
    entitlements,  # noqa: F401 (importing registers their checks)
    guardrails,  # noqa: F401 (importing registers their checks)
    identity_center,  # noqa: F401 (importing registers their checks)
    invitations,  # noqa: F401 (importing registers their checks)
    memberships,  # noqa: F401 (importing registers their checks)
    organizations,  # noqa: F401 (importing registers their checks)
    questions,  # noqa: F401 (importing registers their checks)
    quotas,  # noqa: F401 (importing registers their checks)
    recording,  # noqa: F401 (importing registers their checks)
    regions,  # noqa: F401 (importing registers their checks)
    sharing,  # noqa: F401 (importing registers their checks)
    stacksets,  # noqa: F401 (importing registers their checks)
)
from orgtools.assess.checks.questions import QUESTIONS, answer, answers_told, asked
from orgtools.assess.exporting.files import exported, exported_organization
from orgtools.assess.exporting.read import Exported, export
from orgtools.assess.permissions import actions
from orgtools.assess.policies import (
    listed_services,  # noqa: F401 (importing registers their checks)
    special_services,  # noqa: F401 (importing registers their checks)
)
from orgtools.assess.run import other_accounts  # noqa: F401 (importing registers their checks)
from orgtools.assess.run.priorities import ToDo, first, held, standings
from orgtools.assess.run.run import Assessment, FindingChange, assess, standing
from orgtools.assess.run.scheduler import AssessmentProgress
from orgtools.assess.waivers import waivable, waive

__all__ = [
    "CATALOGUE",
    "QUESTIONS",
    "Assessment",
    "AssessmentProgress",
    "Check",
    "Exported",
    "FindingChange",
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
