"""Accept one invitation, as the account that it is to: without a run, with the account's own credentials.

See https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from orgtools.aws import visiting
from orgtools.aws.calling import call
from orgtools.aws.model import Identity
from orgtools.exceptions import InputError, RefusedError
from orgtools.inviting import ACCOUNT, MEMBER, PAUSES, repeatable, understood
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.steps.accept import received

if TYPE_CHECKING:
    from orgtools.aws.member import Member
    from orgtools.aws.model import Handshake
    from orgtools.aws.refusals import Refusal

_HANDSHAKE: Final = re.compile(r"h-[0-9a-z]{8,32}")
_ORGANIZATION: Final = re.compile(r"o-[a-z0-9]{10,32}")
_NOT_SEEN: Final = "HandshakeNotFoundException"


def accept(
    handshake_id: str,
    *,
    organization: str,
    management_account: str,
    profile: str | None = None,
    role_arn: str | None = None,
    secret: str | None = None,
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

    Raises:
        InputError: an id is none; nothing was called.
        CredentialsError: the credentials are missing, wrong or expired.
        RefusedError: the account does not see the invitation, it is of somebody else, or AWS refuses.
    """
    _check(handshake_id, _HANDSHAKE, Message("handshake-id-malformed", given=handshake_id))
    _check(organization, _ORGANIZATION, Message("organization-id-malformed", given=organization))
    _check(management_account, ACCOUNT, Message("account-id-malformed", given=management_account))
    with visiting.member(visiting.entrance(profile, role_arn, secret)) as member:
        partition = member.role_arn.split(":")[1]
        return _accepted(member, handshake_id, Identity(organization, management_account, partition, "", ""))


def _check(given: str, form: re.Pattern[str], otherwise: Message) -> None:
    if not form.fullmatch(given):
        raise InputError(otherwise)


def _accepted(member: Member, handshake_id: str, inviter: Identity) -> Handshake:
    refusal: Refusal | None = None
    taken = False
    for pause in (0.0, *PAUSES):
        time.sleep(pause)
        try:
            found = received(member, handshake_id, inviter)
        except RefusedError as error:
            if error.code != _NOT_SEEN or pause == PAUSES[-1]:
                raise
            continue
        if found.state == "ACCEPTED":
            return found
        if pause == PAUSES[-1] or taken:
            continue  # the last look; or AWS has taken the call, and does not show it yet
        if not found.is_pending:
            raise RefusedError(
                _over(member.account_id, found, inviter),
                code="InvalidHandshakeTransitionException",
                account_id=member.account_id,
                handshake_id=handshake_id,
            )
        reply = call(member.changing_client("organizations"), "AcceptHandshake", {"HandshakeId": handshake_id})
        refusal, taken = reply.refusal, reply.refusal is None
        if taken and reply.handshake and reply.handshake.state == "ACCEPTED" and reply.handshake_id == handshake_id:
            return reply.handshake
        if refusal and reply.answered and (not repeatable(refusal) or refusal.name == MEMBER):
            break
    raise _not_accepted(member.account_id, handshake_id, inviter, refusal)


def _over(account_id: str, found: Handshake, inviter: Identity) -> Message:
    facts = {"account": account_id, "handshake": found.id, "organization": inviter.organization_id}
    if not found.state:
        return Message("accept-of-unknown-state", **facts)
    return Message("accept-too-late", **facts, state=found.state)


def _not_accepted(account_id: str, handshake_id: str, inviter: Identity, refusal: Refusal | None) -> RefusedError:
    message = Message("accept-not-shown", account=account_id, handshake=handshake_id)
    if refusal:
        why = understood(refusal, inviter, Role.accepter)
        message = Message("accept-refused", account=account_id, handshake=handshake_id, why=why)
    return RefusedError(
        message,
        code=refusal.code if refusal else "NotShown",
        reason=refusal.reason if refusal else None,
        account_id=account_id,
        handshake_id=handshake_id,
    )
