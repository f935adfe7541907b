"""The steps of a migration: each observes, decides, asks, performs, and observes again.

preview = steps.preview(migration, steps.INVITE, wave=1)
approval = steps.approve(preview, typed="invite 12")
result = steps.apply(migration, preview, approval)
"""

from orgtools.steps.back.next_step import BACK, next_back
from orgtools.steps.back.options import WayBack, ways_back
from orgtools.steps.back.restore_trust import RESTORE
from orgtools.steps.back.return_home import ACCEPT_BACK, INVITE_BACK, LEAVE_BACK, PLACE_BACK
from orgtools.steps.board.overview import applying, overview
from orgtools.steps.board.stand_alone import find_stand_alone, stand_alone
from orgtools.steps.core.apply import apply
from orgtools.steps.core.approval import LASTS, Approval, approve, approve_digest, resume, shown
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.follow import follow
from orgtools.steps.core.notices import Answered, Notice, Pausing, Reached
from orgtools.steps.core.outcomes import Outcome, Result, Status
from orgtools.steps.core.preview import Preview, preview
from orgtools.steps.core.step import Step
from orgtools.steps.forward.accept import ACCEPT
from orgtools.steps.forward.cancel_invitation import CANCEL
from orgtools.steps.forward.create_units import REPLICATE
from orgtools.steps.forward.enroll import ENROLL
from orgtools.steps.forward.invite import INVITE
from orgtools.steps.forward.leave import LEAVE
from orgtools.steps.forward.owner_pages import Page, ask_owners
from orgtools.steps.forward.place import PLACE
from orgtools.steps.forward.prepare_access import PREPARE
from orgtools.steps.forward.revoke_access import REVOKE
from orgtools.steps.forward.unenroll import UNENROLL
from orgtools.steps.forward.verify import VERIFY, bystanders
from orgtools.steps.forward.verify_kept import kept
from orgtools.steps.restore.contacts_and_assignments import ASSIGNMENTS, CONTACTS
from orgtools.steps.restore.cost_tags import COST_TAGS
from orgtools.steps.restore.shares import SHARES
from orgtools.steps.wave.wave import WAVE

ALL = (*WAVE.parts, VERIFY, REVOKE)
"""Every step of the way, in the order of the migration: wave by wave up to `VERIFY`, the others after all waves. Those
of `BACK` are none: they lead back."""

REGAINING = (CONTACTS, ASSIGNMENTS, SHARES, COST_TAGS)
"""What arrived accounts may get back, each where migration.toml asks for it."""

EVERY = (*ALL, WAVE, REPLICATE, *REGAINING, *BACK)
"""Every step there is."""

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
    "EVERY",
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
    "WAVE",
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
    "Reached",
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
    "resume",
    "shown",
    "stand_alone",
    "ways_back",
]
