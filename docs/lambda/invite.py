"""A Lambda function: invites the account that its event names, and returns the handshake's id.

Event: {"account_id": "123456789012"}, and optionally {"tags": {"team": "shop"}}.
Environment: SECRET, the Secrets Manager secret with credentials of the new organization's management account.
Permissions: its own role has invite-policy.json; those credentials have `orgtools policies inviter`.
"""

import logging
import os
from typing import Any

import orgtools

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


def handler(event: dict[str, Any], context: object) -> dict[str, str | None]:
    """What Lambda calls. A pending invitation is returned again; a refusal fails the invocation."""
    account_id = str(event["account_id"])
    try:
        handshake = orgtools.invite(account_id, secret=os.environ["SECRET"], tags=event.get("tags"))
    except orgtools.RefusedError as error:
        log.warning("account %s: refused with %s (%s)", account_id, error.code, error.reason)
        raise
    log.info("account %s: handshake %s is %s", account_id, handshake.id, handshake.state)
    return {
        "account_id": account_id,
        "handshake_id": handshake.id,
        "expires_at": handshake.expires_at.isoformat() if handshake.expires_at else None,
    }
