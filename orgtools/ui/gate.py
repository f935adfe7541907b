"""The gate: what a person types becomes an approval of exactly what was shown, or nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython.core.error import StdinNotImplementedError

from orgtools.exceptions import ApprovalError
from orgtools.steps import approve
from orgtools.ui.showing import say

if TYPE_CHECKING:
    from orgtools.steps import Approval, Preview


def ask(preview: Preview, approve_digest: str = "") -> Approval | None:
    """Ask for consent to a preview.

    Typing is the gate because "Run All" waits at it and what was typed is saved in the notebook. Where no person can
    type (papermill, nbconvert), only the digest of an earlier dry run opens it.

    Args:
        preview: what was shown.
        approve_digest: `Preview.digest` of what is approved; for runs without a person.

    Returns:
        The approval; None where nothing is to do, where something else was typed, or where there is nobody to ask.
        With None, `steps.apply` changes nothing.
    """
    if not preview.to_do:
        say("Nothing to approve.")
        return None
    typed = approve_digest.strip()
    if not typed:
        try:
            typed = input(f"Type   {preview.phrase}   to do this; anything else does nothing: ")
        except StdinNotImplementedError:
            say(
                "Nobody is here to type: a dry run.",
                small=f'To approve exactly this, run with approve = "{preview.digest}".',
            )
            return None
    try:
        approval = approve(preview, typed)
    except ApprovalError as error:
        say(str(error))
        return None
    say(f"Approved: {preview.phrase}, by {approval.by}.")
    return approval
