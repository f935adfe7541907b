"""Accept one invitation, as the account that it is to: without a run, with the account's own credentials.

See https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws import one_account
from orgtools.aws.changing_call import call
from orgtools.aws.model import Identity
from orgtools.exceptions import RefusedError
from orgtools.inviting import ACCOUNT, PAUSES, check_id, refused_for_good, understood
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.reading import check_language
from orgtools.steps.forward.accept import FOREIGN, seen_by

if TYPE_CHECKING:
    from orgtools.aws.calls.errors import Refusal
    from orgtools.aws.changing_call import Reply
    from orgtools.aws.model import Handshake
    from orgtools.aws.read.member import Accepter

_HANDSHAKE: Final = re.compile(r"h-[0-9a-z]{8,32}")
_ORGANIZATION: Final = re.compile(r"o-[a-z0-9]{10,32}")
_NOT_SEEN: Final = "HandshakeNotFoundException"
_TOO_LATE: Final = "InvalidHandshakeTransitionException"


def accept(
    handshake_id: str,
    *,
    organization: str,
    management_account: str,
    profile: str | None = None,
    role_arn: str | None = None,
    secret: str | None = None,
    client: Any = None,
) -> Handshake:
    """Accept an invitation, as the account that it is to; only one of exactly the organization that is named.

    Idempotent: one that is accepted already is returned. Both are read from the handshake's ARN, as the account sees
    it: the organization, and its management account.

    Args:
        handshake_id: what `invite` returned.
        organization: the id of the organization that invites, ``o-...``.
        management_account: its management account, 12 digits.
        profile: a profile whose credentials are the account's own; they may also come from the next two.
        role_arn: a role in the account.
        secret: as of `invite`.
        client: instead of these three, a boto3 client for Organizations with the account's credentials.

    Raises:
        InputError: an id is none, what is named is empty or does not go together, or ORGTOOLS_LANGUAGE names no
            language of ours; nothing was called.
        CredentialsError: the credentials are missing, wrong or expired.
        RefusedError: the account does not see the invitation, it is of somebody else than was named, or AWS refuses.
    """
    check_language()
    check_id(handshake_id, _HANDSHAKE, "handshake-id-malformed")
    check_id(organization, _ORGANIZATION, "organization-id-malformed")
    check_id(management_account, ACCOUNT, "account-id-malformed")
    with one_account.accepter(profile, role_arn, secret, client) as member:
        inviter = Identity(organization, management_account, member.partition, "", "")
        return _accepted(member, handshake_id, inviter)


def _accepted(member: Accepter, handshake_id: str, inviter: Identity) -> Handshake:
    """Look and call in turns, with a pause after each; the last thing is a look."""
    reply: Reply | None = None
    for pause in PAUSES:
        found = _seen(member, handshake_id, inviter)
        if found and found.state == "ACCEPTED":
            return found
        if found and (reply is None or reply.refusal):  # otherwise AWS has taken the call, and does not show it yet
            if not found.is_pending:
                raise _refused(_over(member.called, found, inviter), _TOO_LATE, member, handshake_id)
            reply = call(member.changing_client("organizations"), "AcceptHandshake", {"HandshakeId": handshake_id})
            if refused_for_good(reply):
                raise _not_accepted(member, handshake_id, inviter, reply.refusal)
            made = None if reply.refusal else reply.handshake
            if made and (made.id, made.state) == (handshake_id, "ACCEPTED"):
                return made
        time.sleep(pause)
    found = _received(member, handshake_id, inviter)
    if found.state == "ACCEPTED":
        return found
    raise _not_accepted(member, handshake_id, inviter, reply.refusal if reply else None)


def _seen(member: Accepter, handshake_id: str, inviter: Identity) -> Handshake | None:
    """The invitation as the account sees it; None where it does not see it yet."""
    try:
        return _received(member, handshake_id, inviter)
    except RefusedError as error:
        if error.code != _NOT_SEEN:
            raise
        return None


def _received(member: Accepter, handshake_id: str, inviter: Identity) -> Handshake:
    """The invitation as the account sees it, if it is of exactly whom somebody named."""
    found = seen_by(member, handshake_id)
    if not found.is_invitation_of(inviter):
        whys = _differences(found, inviter)
        message = Message("accept-not-as-named", account=member.called, handshake=handshake_id, whys=whys)
        raise _refused(message, FOREIGN, member, handshake_id)
    return found


def _differences(found: Handshake, named: Identity) -> list[Message]:
    told = list[Message]()
    if found.organization_id and found.organization_id != named.organization_id:
        typed = [named.organization_id]
        told.append(Message("inviter-other-organization", organization=found.organization_id, organizations=typed))
    if found.inviter and found.inviter != named.management_account_id:
        typed = [named.management_account_id]
        told.append(Message("inviter-other-account", management_account=found.inviter, accounts=typed))
    if found.action != "INVITE":
        told.append(Message("handshake-no-invitation", action=found.action))
    return told or [Message("handshake-arn-strange", arn=found.arn)]


def _over(account: str, found: Handshake, inviter: Identity) -> Message:
    facts = {"account": account, "handshake": found.id, "organization": inviter.organization_id}
    if not found.state:
        return Message("accept-of-unknown-state", **facts)
    return Message("accept-too-late", **facts, state=found.state)


def _not_accepted(member: Accepter, handshake_id: str, inviter: Identity, refusal: Refusal | None) -> RefusedError:
    message = Message("accept-not-shown", account=member.called, handshake=handshake_id)
    if refusal:
        why = understood(refusal, inviter, Role.accepter)
        message = Message("accept-refused", account=member.called, handshake=handshake_id, why=why)
        return _refused(message, refusal.code, member, handshake_id, refusal.reason)
    return _refused(message, "NotShown", member, handshake_id)


def _refused(
    message: Message, code: str, member: Accepter, handshake_id: str, reason: str | None = None
) -> RefusedError:
    whose = member.account_id or None
    return RefusedError(message, code=code, reason=reason, account_id=whose, handshake_id=handshake_id)
