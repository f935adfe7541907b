"""The source that is somebody else's: nobody of the run has its credentials, so nothing is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.aws.model import Identity, OrganizationalUnit, Side
from orgtools.aws.read.look import WHOLE, Look
from orgtools.aws.read.organization import Organization
from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from orgtools.aws.clock import Clock
    from orgtools.aws.sessions.pool import Access

NOT_OURS: Final = "NotOurs"
"""The code of the one refusal of an organization that nobody looks into."""
_ROOT: Final = OrganizationalUnit(id="", name="", path="/", parent_id=None)


def not_ours() -> RefusedError:
    """What whoever needs the source's credentials is told where migration.toml names none."""
    return RefusedError(Message("source-is-not-ours"), code=NOT_OURS)


class Unseen(Organization):
    """The organization that accounts come from, where it is not ours. Its `access` raises `not_ours`.

    No account is found in it, and "not found" says nothing: `Side.seen` tells the two apart.
    """

    def __init__(self, partition: str, clock: Clock) -> None:
        """Nothing is called.

        Args:
            partition: the destination's: accounts cannot move between partitions.
            clock: AWS's time.
        """
        self.name = "source"
        self._clock = clock
        self.identity = Identity("", "", partition, "", "")

    @property
    def seen(self) -> bool:
        """Nobody looks."""
        return False

    @property
    def access(self) -> Access:  # type: ignore[override] # there is none to be given another
        """Nobody's credentials.

        Raises:
            RefusedError: always.
        """
        raise not_ours()

    @property
    def _door(self) -> Access:  # type: ignore[override] # what every client comes through
        return self.access

    def forget_units(self) -> None:
        """Nobody has read any."""

    def observe(self, *, inviting: bool, look: Look = WHOLE) -> Side:  # noqa: ARG002 (the common signature)
        """Nothing, and why."""
        return Side(self.identity, {_ROOT.id: _ROOT}, {}, self._clock.now(), unknown=(not_ours().message,))
