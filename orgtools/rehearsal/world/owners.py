"""People who have an account answer invitations by hand, each at its time, whoever looks meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta

from orgtools.rehearsal.scenario.scenario import Owner
from orgtools.rehearsal.world.world import INVITE, PENDING, SimulatedHandshake, World


class Owners:
    """The owners of a world. Each answers once: the first invitation of the organization that waits long enough."""

    def __init__(self, world: World, owners: list[Owner]) -> None:
        self._world = world
        self._waiting = list(owners)

    def settle(self, now: datetime) -> None:
        """Let everybody answer whose time has come; what was answered is answered at that time, not now."""
        for owner in tuple(self._waiting):
            found = self._found(owner, now)
            if found:
                self._waiting.remove(owner)
                self._answer(owner, *found)

    def _found(self, owner: Owner, now: datetime) -> tuple[SimulatedHandshake, datetime] | None:
        for handshake_id in self._world.addressed[owner.account]:
            held = self._world.handshakes.truth[handshake_id]
            at = held.requested_at + timedelta(hours=owner.after_hours)
            ours = held.organization.id == owner.organization and held.action == INVITE
            if ours and at <= now and held.state_at(at) in PENDING:
                return held, at
        return None

    def _answer(self, owner: Owner, held: SimulatedHandshake, at: datetime) -> None:
        if owner.answer == "accept":
            sender = held.organization
            self._world.join(held.account, sender, parent=sender.root, method="INVITED", at=at, tags=held.tags)
        state = "ACCEPTED" if owner.answer == "accept" else "DECLINED"
        self._world.put_handshake(replace(held, state=state, closed_at=at))
