"""Resource shares of AWS RAM between accounts: who shares what with whom, and whether it had to be accepted.

RAM user guide: within an organization nobody is asked, and the share ends when the account leaves; anybody else gets an
invitation, which expires after seven days.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from orgtools.rehearsal.world.world import World

LIFE = timedelta(days=7)
PENDING, ACCEPTED, EXPIRED = "PENDING", "ACCEPTED", "EXPIRED"


@dataclass(eq=False)
class SimulatedShare:
    """One share with one account. Without an invitation it holds while both are in the same organization."""

    arn: str
    name: str
    owner: str
    receiver: str
    region: str
    resources: tuple[str, ...]
    at: datetime
    invitation: str = ""
    state: str = PENDING
    """Of the invitation: what was done to it; expiry follows from the time."""

    def state_at(self, now: datetime) -> str:
        """The invitation's status as AWS tells it."""
        return EXPIRED if self.state == PENDING and now >= self.at + LIFE else self.state

    def is_received(self, world: World) -> bool:
        """Whether the account has what is shared."""
        if self.invitation:
            return self.state == ACCEPTED
        organization = world.organization_of(self.receiver)
        return organization is not None and organization is world.organization_of(self.owner)


class Shares(list[SimulatedShare]):
    """The resource shares of a world, in the order in which they were made."""


def share(
    world: World,
    owner: str,
    receiver: str,
    name: str,
    *,
    region: str,
    resources: tuple[str, ...] = (),
    invited: bool = True,
    state: str = PENDING,
    at: datetime,
) -> SimulatedShare:
    """Somebody shares with an account. The same owner's share of the same name keeps its ARN."""
    where = f"arn:aws:ram:{region}:{owner}"
    invitation = uuid.uuid5(uuid.NAMESPACE_URL, f"{where}/{name}/{receiver}/{len(world.part(Shares))}")
    made = SimulatedShare(
        arn=f"{where}:resource-share/{uuid.uuid5(uuid.NAMESPACE_URL, f'{where}/{name}')}",
        name=name,
        owner=owner,
        receiver=receiver,
        region=region,
        resources=resources,
        at=at,
        invitation=f"{where}:resource-share-invitation/{invitation}" if invited else "",
        state=state,
    )
    world.part(Shares).append(made)
    return made
