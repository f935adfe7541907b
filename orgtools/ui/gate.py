"""The gate: what a person types becomes an approval of exactly what was shown, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython.core.error import StdinNotImplementedError

from orgtools.exceptions import ApprovalError
from orgtools.steps import approve, approve_digest, shown
from orgtools.ui.showing import say

if TYPE_CHECKING:
    from orgtools.steps import Approval, Preview


def ask(preview: Preview, digest: str = "") -> Approval | None:
    """Ask for consent to a preview.

    Typing is the gate because "Run All" waits at it and what was typed is saved in the notebook. Where no person can
    type (papermill, nbconvert), only the digest of an earlier dry run opens it, never the phrase.

    Args:
        preview: what was shown.
        digest: `Preview.digest` of what is approved, from a dry run; for runs without a person.

    Returns:
        The approval; None where nothing is to do, where something else was typed, or where there is nobody to ask.
        With None, `steps.apply` changes nothing.
    """
    if not preview.to_do:
        say("Nothing to approve.")
        return None
    try:
        if digest.strip():
            approval = approve_digest(preview, digest)
        else:
            approval = approve(preview, input(f"Type   {preview.phrase}   to do this; anything else does nothing: "))
    except StdinNotImplementedError:
        say(
            "Nobody is here to type: a dry run.",
            small=f'To approve exactly this, run with approve = "{preview.digest}".',
        )
        return None
    except ApprovalError as error:
        say(str(error))
        return None
    small = str(shown(approval, preview.snapshot.taken_at)) if digest.strip() else ""
    say(f"Approved: {preview.phrase}, by {approval.by}.", small=small)
    return approval
