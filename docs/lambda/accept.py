"""A Lambda function: accepts, as the member account, the invitation that its event names.

Event: what invite.py returned, {"account_id": "123456789012", "handshake_id": "h-..."}.
Environment: ORGANIZATION and MANAGEMENT_ACCOUNT, the only organization whose invitation it accepts; ROLE, the name of
the role in the member that is assumed. Without ROLE the function runs in the member, with its own role.
Permissions: its own role has accept-policy.json; the role in the member has `orgtools policies accepter`.
"""

import logging
import os
from typing import Any

import orgtools

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


def handler(event: dict[str, Any], context: Any) -> dict[str, str]:
    """What Lambda calls. An accepted invitation is returned again; a refusal fails the invocation."""
    account_id, role = str(event["account_id"]), os.environ.get("ROLE")
    partition = context.invoked_function_arn.split(":")[1]
    try:
        handshake = orgtools.accept(
            event["handshake_id"],
            organization=os.environ["ORGANIZATION"],
            management_account=os.environ["MANAGEMENT_ACCOUNT"],
            role_arn=f"arn:{partition}:iam::{account_id}:role/{role}" if role else None,
        )
    except orgtools.RefusedError as error:
        log.warning("account %s: refused with %s (%s)", account_id, error.code, error.reason)
        raise
    log.info("account %s: handshake %s is %s", account_id, handshake.id, handshake.state)
    return {"account_id": account_id, "handshake_id": handshake.id, "state": handshake.state}
