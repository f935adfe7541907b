"""The steps of a migration: each observes, decides, asks, performs, and observes again.

preview = steps.preview(migration, steps.INVITE, wave=1)
approval = steps.approve(preview, typed="invite 12")
result = steps.apply(migration, preview, approval)
"""

from orgtools.steps.accept import ACCEPT
from orgtools.steps.alone import find_stand_alone, stand_alone
from orgtools.steps.approvals import LASTS, Approval, approve, approve_digest, shown
from orgtools.steps.cancel import CANCEL
from orgtools.steps.cost_tags import COST_TAGS
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.engine import apply
from orgtools.steps.enroll import ENROLL
from orgtools.steps.following import follow
from orgtools.steps.homeward import ACCEPT_BACK, INVITE_BACK, LEAVE_BACK, PLACE_BACK
from orgtools.steps.invite import INVITE
from orgtools.steps.keeping import kept
from orgtools.steps.leave import LEAVE
from orgtools.steps.notices import Answered, Notice, Pausing
from orgtools.steps.outcomes import Outcome, Result, Status
from orgtools.steps.overview import applying, overview
from orgtools.steps.owners import Page, ask_owners
from orgtools.steps.place import PLACE
from orgtools.steps.prepare import PREPARE
from orgtools.steps.previews import Preview, preview
from orgtools.steps.regain import ASSIGNMENTS, CONTACTS
from orgtools.steps.replicate import REPLICATE
from orgtools.steps.restore import RESTORE
from orgtools.steps.returning import BACK, next_back
from orgtools.steps.revoke import REVOKE
from orgtools.steps.shares import SHARES
from orgtools.steps.step import Step
from orgtools.steps.unenroll import UNENROLL
from orgtools.steps.verify import VERIFY, bystanders
from orgtools.steps.way_back import WayBack, ways_back

ALL = (UNENROLL, INVITE, PREPARE, LEAVE, ACCEPT, PLACE, ENROLL, VERIFY, REVOKE)
"""Every step of the way, in the order of the migration. Those of `BACK` are none: they lead back."""

REGAINING = (CONTACTS, ASSIGNMENTS, SHARES, COST_TAGS)
"""What arrived accounts may get back, each where migration.toml asks for it."""

__all__ = [
    "ACCEPT",
    "ACCEPT_BACK",
    "ALL",
    "ASSIGNMENTS",
    "BACK",
    "CANCEL",
    "CONTACTS",
    "COST_TAGS",
    "ENROLL",
    "INVITE",
    "INVITE_BACK",
    "LASTS",
    "LEAVE",
    "LEAVE_BACK",
    "PLACE",
    "PLACE_BACK",
    "PREPARE",
    "REGAINING",
    "REPLICATE",
    "RESTORE",
    "REVOKE",
    "SHARES",
    "UNENROLL",
    "VERIFY",
    "Answered",
    "Approval",
    "Blocked",
    "Call",
    "Decision",
    "Do",
    "Done",
    "Notice",
    "Outcome",
    "Page",
    "Pausing",
    "Preview",
    "Result",
    "Status",
    "Step",
    "Wait",
    "WayBack",
    "apply",
    "applying",
    "approve",
    "approve_digest",
    "ask_owners",
    "bystanders",
    "find_stand_alone",
    "follow",
    "kept",
    "next_back",
    "overview",
    "preview",
    "shown",
    "stand_alone",
    "ways_back",
]
