"""Billing transfers: handshakes between management accounts that share the lists with invitations.

Nobody pays for anybody here: a transfer is asked for, answered and listed, and moves no account.
"""

from collections.abc import Iterable
from datetime import timedelta

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import home
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import PENDING, SimulatedHandshake, SimulatedOrganization, World

ACTION = "TRANSFER_RESPONSIBILITY"
STARTS_AFTER = timedelta(days=30)


def resources(handshake: SimulatedHandshake) -> list[Json]:
    """What a handshake of this action names. The types are those of the API's model; how they nest is ours."""
    sender = handshake.organization
    starts_at = (handshake.requested_at + STARTS_AFTER).isoformat()
    return [
        resource(
            "ORGANIZATION",
            sender.id,
            MANAGEMENT_ACCOUNT=sender.management,
            MANAGEMENT_EMAIL=sender.email,
            MANAGEMENT_NAME=sender.name,
        ),
        resource(
            "RESPONSIBILITY_TRANSFER", _id(handshake), TRANSFER_TYPE="BILLING", TRANSFER_START_TIMESTAMP=starts_at
        ),
    ]


def resource(kind: str, value: str, **of_it: str) -> Json:
    """A resource of a handshake, with those that it consists of, by their types."""
    return {"Type": kind, "Value": value, "Resources": [{"Type": name, "Value": of_it[name]} for name in of_it]}


@operation("organizations", "ListInboundResponsibilityTransfers", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def list_inbound_responsibility_transfers(world: World, caller: Caller, parameters: Json) -> Json:
    """Transfers that the caller's organization would pay for."""
    return _list(world, home(world, caller), "inbound", parameters)


@operation("organizations", "ListOutboundResponsibilityTransfers", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def list_outbound_responsibility_transfers(world: World, caller: Caller, parameters: Json) -> Json:
    """Transfers that others would pay for the caller's organization."""
    return _list(world, home(world, caller), "outbound", parameters)


def _list(world: World, own: SimulatedOrganization, direction: str, parameters: Json) -> Json:
    now = world.now()

    def entries(after: int) -> Iterable[tuple[int, Json]]:
        for handshake in world.handshakes.seen.values():
            paying = handshake.organization is own
            concerns = paying if direction == "inbound" else handshake.account.id == own.management
            if handshake.action == ACTION and concerns and handshake.number > after and handshake.listed_at(now):
                yield handshake.number, _json(handshake, own, direction, handshake.state_at(now))

    return page(world, "ResponsibilityTransfers", entries, parameters)


def _json(handshake: SimulatedHandshake, own: SimulatedOrganization, direction: str, state: str) -> Json:
    payer, transfer = handshake.organization, _id(handshake)
    return {
        "Arn": f"arn:aws:organizations::{own.management}:transfer/{own.id}/billing/{direction}/{transfer}",
        "Id": transfer,
        "Name": "billing",
        "Type": "BILLING",
        "Status": "REQUESTED" if state in PENDING else state,
        "Source": {"ManagementAccountId": handshake.account.id, "ManagementAccountEmail": handshake.account.email},
        "Target": {"ManagementAccountId": payer.management, "ManagementAccountEmail": payer.email},
        "StartTimestamp": (handshake.requested_at + STARTS_AFTER).timestamp(),
        "ActiveHandshakeId": handshake.id,
    }


def _id(handshake: SimulatedHandshake) -> str:
    return f"rt-{handshake.id.removeprefix('h-')}"
