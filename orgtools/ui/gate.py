"""The gate: what a person types becomes an approval of exactly what was shown, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from IPython.core.error import StdinNotImplementedError

from orgtools.exceptions import ApprovalError
from orgtools.messages import Message
from orgtools.steps import approve, approve_digest, resume, shown
from orgtools.ui.showing import say
from orgtools.ui.words import words

if TYPE_CHECKING:
    from orgtools.steps import Approval, Preview

_RESUME: Final = "resume"
"""What a person types to resume a wave that was approved before."""


def ask(preview: Preview, digest: str = "") -> Approval | None:
    """Ask for consent to a preview.

    Typing is the gate because "Run All" waits at it and what was typed is saved in the notebook. Where no person can
    type (papermill, nbconvert), only the digest of an earlier dry run opens it, never the phrase.

    Args:
        preview: what was shown. Of a wave that was approved before and interrupted, it is asked whether it goes on.
        digest: `Preview.digest` of what is approved, from a dry run; for runs without a person.

    Returns:
        The approval; None where nothing is to do, where something else was typed, or where there is nobody to ask.
        With None, `steps.apply` changes nothing.
    """
    if not preview.to_do:
        say(Message("ui-nothing-to-approve"))
        return None
    try:
        if digest.strip():
            approval = approve_digest(preview, digest)
        elif preview.approved:
            before = preview.approved
            asked = Message("ui-type-to-resume", choice=_RESUME, at=before.at, person=before.data["by"])
            typed = input(f"{words(asked)} ")
            approval = resume(preview) if typed.strip() == _RESUME else approve(preview, typed)
        else:
            approval = approve(preview, input(f"{words(Message('ui-type-to-approve', choice=preview.phrase))} "))
    except StdinNotImplementedError:
        say(Message("ui-nobody-to-ask", digest=preview.digest))
        return None
    except ApprovalError as error:
        say(error.message)
        return None
    small = shown(approval, preview.snapshot.taken_at) if digest.strip() else None
    say(Message("ui-approved", choice=preview.phrase, person=approval.by), small=small)
    return approval
