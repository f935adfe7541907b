"""Invite one account, and list what was sent: without a run, with one organization's credentials.

The rules are those of the steps; with ``run`` it is the step itself that invites. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws import one_account
from orgtools.aws.calls.error_table import ErrorKind
from orgtools.aws.changing_call import call
from orgtools.aws.model import Identity, Side
from orgtools.exceptions import InputError, RefusedError
from orgtools.invitations import SENT, listed, sent
from orgtools.messages import Message
from orgtools.migration import open_migration
from orgtools.plan import Plan
from orgtools.policies import Role, grant
from orgtools.reading import check_language
from orgtools.settings import MOST_NOTES
from orgtools.steps import INVITE, Blocked, Decision, Done, Status, Wait, apply, approve_digest, preview
from orgtools.steps.forward.invite import OPERATION, asked, sent_already
from orgtools.tags import tags_of
from orgtools.unmeant import UnmeantError, told

if TYPE_CHECKING:
    import os

    import pandas as pd

    from orgtools.aws.calls.errors import Refusal
    from orgtools.aws.changing_call import Reply
    from orgtools.aws.model import Handshake
    from orgtools.aws.read.organization import Inviter

ACCOUNT: Final = re.compile(r"[0-9]{12}")
"""An account id."""
PAUSES: Final = (0.5, 1.0, 2.0, 4.0)
"""Seconds between a call whose answer is doubtful and the next look; after as many calls it is given up."""
MEMBER: Final = "ALREADY_IN_AN_ORGANIZATION"
_INVITED: Final = "DuplicateHandshakeException"
_CODES: Final[dict[type[Decision], str]] = {Done: "AlreadyThere", Wait: "NotYet", Blocked: "Blocked"}
"""The code of a refusal by a rule of ours."""


def invite(
    account_id: str,
    *,
    profile: str | None = None,
    role_arn: str | None = None,
    secret: str | None = None,
    client: Any = None,
    notes: str = "",
    tags: Mapping[str, str] | None = None,
    run: str | os.PathLike[str] | None = None,
) -> Handshake:
    """Invite an account into the organization whose management account the credentials are of.

    Three calls: who the organization is, what it has sent, and the invitation. An invitation of exactly this
    organization to this account that is pending is returned as it is; those of others are left alone. After an answer
    that does not come, AWS is read before anything is repeated.

    Args:
        account_id: 12 digits.
        profile: a profile of the AWS config file; with neither of the next two, it is the management account's.
        role_arn: a role that is assumed first.
        secret: the name or ARN of a Secrets Manager secret that holds the credentials, see `Entrance`.
        client: instead of these three, a boto3 client for Organizations.
        notes: for the account's owner, in AWS's e-mail.
        tags: of the account, once it has joined.
        run: a run folder. The call is in its ledger, and the rules of its plan hold: an account that is not in it, was
            not assessed or is blocked is refused. Credentials, notes and tags are the run's. Naming one account is
            consent to exactly what the step would do with it now.

    Returns:
        The handshake. Its ``id`` is what the account accepts with; times are UTC.

    Raises:
        InputError: the account id is not 12 digits, AWS does not allow the notes or the tags, what is named is empty or
            does not go together, or ORGTOOLS_LANGUAGE names no language of ours; nothing was called.
        CredentialsError: the credentials are missing, wrong or expired.
        OrganizationError: they are not of a management account.
        RefusedError: AWS, or a rule of orgtools, refuses; with code, reason and next step.
    """
    check_language()
    check_id(account_id, ACCOUNT, "account-id-malformed")
    if not isinstance(notes, str):
        raise InputError(Message("argument-not-text", key="notes", given=told(notes)))
    if run is not None:
        if any(way is not None for way in (profile, role_arn, secret, client)) or notes or tags:
            raise InputError(Message("invite-run-and-more"))
        if run == "":
            raise InputError(Message("argument-empty", key="run"))
        return _invited_by_run(account_id, run)
    if len(notes) > MOST_NOTES:
        raise InputError(Message("invite-notes-long", count=len(notes), limit=MOST_NOTES))
    pairs = _pairs(tags or {})
    with one_account.inviter(profile, role_arn, secret, client) as organization:
        return _invited(organization, account_id, asked(account_id, notes, pairs))


def _pairs(tags: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(tags, Mapping) or not all(isinstance(text, str) for pair in tags.items() for text in pair):
        raise InputError(Message("invite-tags-no-texts"))
    try:
        return tags_of(tags.items())
    except UnmeantError as error:
        raise InputError(Message("invite-tags-wrong", why=error.message)) from None


def handshakes(
    *, profile: str | None = None, role_arn: str | None = None, secret: str | None = None, client: Any = None
) -> pd.DataFrame:
    """The handshakes that an organization sent: pending ones, the oldest first, and those closed in the last 30 days.

    Args:
        profile: as of `invite`.
        role_arn: likewise.
        secret: likewise.
        client: likewise.

    Returns:
        A row for each, indexed from 1. ``handshake`` (``h-...``), ``account`` (12 digits; a masked e-mail address where
        the invitation names one), ``state``, ``action``, ``inviter`` and ``organization`` (both from the handshake's
        ARN) are ``str``, "unknown" where AWS leaves them out; ``sent (UTC)`` and ``expires (UTC)`` are
        ``datetime64[us, UTC]``. Needs pandas, which the extra ``notebooks`` brings.

    Raises:
        InputError: what is named is empty or does not go together, or ORGTOOLS_LANGUAGE names no language of ours.
        CredentialsError: as of `invite`.
        OrganizationError: likewise.
        RefusedError: AWS refuses to list them.
    """
    return sent(rows(profile=profile, role_arn=role_arn, secret=secret, client=client))


def rows(
    *, profile: str | None = None, role_arn: str | None = None, secret: str | None = None, client: Any = None
) -> list[dict[str, Any]]:
    """What `handshakes` tells, without pandas: what `SENT` names, for each handshake; times are aware UTC, or None.

    Raises:
        InputError: what is named is empty or does not go together, or ORGTOOLS_LANGUAGE names no language of ours.
        CredentialsError: as of `invite`.
        OrganizationError: likewise.
        RefusedError: AWS refuses to list them.
    """
    check_language()
    with one_account.inviter(profile, role_arn, secret, client) as organization:
        seen = listed(Plan(), _seen(organization))
    return [{name: row[name] for name in SENT} for row in seen]


def check_id(given: object, form: re.Pattern[str], otherwise: str) -> None:
    """Hold what is given as an id against its form; a number is none, since it has lost its leading zeros.

    Raises:
        InputError: it is no text of this form.
    """
    if not (isinstance(given, str) and form.fullmatch(given)):
        raise InputError(Message(otherwise, given=told(given)))


def _invited_by_run(account_id: str, run: str | os.PathLike[str]) -> Handshake:
    with open_migration(run) as migration:
        shown = preview(migration, INVITE, [account_id])
        apply(migration, shown, None)  # notes what would be done, and settles what a process that died left open
        if not shown.to_do:
            (decision,) = shown.decisions
            found = shown.snapshot.destination.pending_invitation_to(account_id)
            if isinstance(decision, Done) and found:
                return found
            raise _held(account_id, decision)
        approval = approve_digest(replace(shown, noted_at=shown.snapshot.taken_at), shown.digest)
        result = apply(migration, shown, approval)
        (outcome,) = result.outcomes
        after = result.after.snapshot.destination if result.after else None
        found = after.pending_invitation_to(account_id) if after else None
        if outcome.status is Status.CONFIRMED and found:
            return found
        refusal = outcome.refusal
        raise RefusedError(
            Message("invite-unconfirmed", account=account_id, why=outcome.why),
            code=refusal.code if refusal else outcome.status.value,
            reason=refusal.reason if refusal else None,
            account_id=account_id,
            handshake_id=outcome.handshake_id or None,
        )


def _held(account_id: str, decision: Decision) -> RefusedError:
    """For what a rule of ours holds back."""
    match decision:
        case Wait(until=until) if until:
            message = Message("invite-waits", account=account_id, why=decision.why, until=until)
        case Blocked():
            message = Message("invite-blocked", account=account_id, why=decision.why)
        case _:
            message = Message("invite-not-due", account=account_id, why=decision.why)
    return RefusedError(message, code=_CODES[type(decision)], account_id=account_id)


def _invited(organization: Inviter, account_id: str, parameters: dict[str, Any]) -> Handshake:
    """Look and call in turns, with a pause after each call; the last thing is a look."""
    reply: Reply | None = None
    for pause in PAUSES:
        found = _sent(organization, account_id, reply)
        if found:
            return found
        if reply is None or reply.refusal:  # otherwise AWS has taken the call, and does not show it yet
            reply = call(organization.changing_client, OPERATION, parameters)
            if refused_for_good(reply):
                raise _refused(account_id, organization.identity, reply)
            made = None if reply.refusal else reply.handshake
            if made and made.account_id == account_id and made.is_invitation_of(organization.identity):
                return made
        time.sleep(pause)
    found = _sent(organization, account_id, reply)
    if found:
        return found
    raise _refused(account_id, organization.identity, reply)


def _sent(organization: Inviter, account_id: str, reply: Reply | None) -> Handshake | None:
    """The pending invitation of exactly this organization, as AWS lists it now; None where there is none."""
    side = _seen(organization)
    twice = reply is not None and reply.refusal is not None and reply.refusal.code == _INVITED
    known = sent_already(account_id, side, somehow=twice and bool(side.unmatched))
    if known is None:
        return None
    found = side.pending_invitation_to(account_id)
    if found is None:
        raise _held(account_id, known)
    return found


def repeatable(refusal: Refusal) -> bool:
    """Whether the state, read anew, may say that the call is to be made again."""
    return refusal.kind in (ErrorKind.RETRY, ErrorKind.RECONCILE)


def refused_for_good(reply: Reply) -> bool:
    """Whether AWS has answered, and has refused so that no later look can find the call done."""
    refusal = reply.refusal
    return bool(refusal and reply.answered and (not repeatable(refusal) or refusal.name == MEMBER))


def _refused(account_id: str, identity: Identity, reply: Reply | None) -> RefusedError:
    refusal = reply.refusal if reply else None
    if refusal is None:
        message = Message("invite-not-shown", account=account_id, organization=identity.organization_id)
        return RefusedError(message, code="NotShown", account_id=account_id)
    why = understood(refusal, identity, Role.inviter)
    message = Message("invite-refused", account=account_id, organization=identity.organization_id, why=why)
    return RefusedError(message, code=refusal.code, reason=refusal.reason, account_id=account_id)


def understood(refusal: Refusal, inviter: Identity, role: Role) -> Message:
    """What AWS refuses, with what whoever has no run does about it."""
    if refusal.denied:
        whom: Final = "role-in-account" if role is Role.accepter else "caller"
        return refusal.remedied(grant(refusal.denied, whom, role), Message("or-denied-by-policy")).why
    if refusal.name == MEMBER:
        return refusal.remedied(Message("invite-from-elsewhere", organization=inviter.organization_id)).why
    return refusal.remedied(Message("invite-again")).why if repeatable(refusal) else refusal.why


def _seen(organization: Inviter) -> Side:
    """The organization with the handshakes that it sent, and nothing else: nobody looked at its accounts."""
    found = tuple(organization.sent_handshakes())
    return Side(organization.identity, {}, {}, organization.now(), found)
