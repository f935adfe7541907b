"""The catalogue of readiness checks: what each looks at, where, with which permissions, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from orgtools.findings import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.aws.member import Member
    from orgtools.migration import Snapshot
    from orgtools.plan import PlannedAccount

Where = Literal["source", "member", "destination"]


@dataclass(frozen=True)
class Scene:
    """What a check may look at.

    Attributes:
        account: the planned account; for a check of the organization, any of them.
        snapshot: both organizations, and the budget.
        member: the account from inside; None where a check must do without.
        wave: the accounts that are assessed together, for arithmetic over all of them.
    """

    account: PlannedAccount
    snapshot: Snapshot
    member: Member | None = None
    wave: tuple[PlannedAccount, ...] = ()


@dataclass(frozen=True)
class Check:
    """One readiness check.

    Attributes:
        id: its id, ``E7``.
        title: what it asks, for people.
        subject: the group it belongs to: eligibility, quotas, invitations, access.
        where: whose credentials it looks with.
        actions: the IAM actions it needs.
        remedy: what the operator does about a finding.
        page: the AWS page or API that the rule comes from.
        look: returns the finding; may raise `OrgtoolsError` where it could not look.
        concerns: each account, or the organization as a whole.
    """

    id: str
    title: str
    subject: str
    where: tuple[Where, ...]
    actions: tuple[str, ...]
    remedy: str
    page: str
    look: Callable[[Scene], Finding] = field(repr=False)
    concerns: Literal["account", "organization"] = "account"

    @property
    def needs_member(self) -> bool:
        """Whether it has to enter the account; the others look at the snapshot only and cost no call."""
        return "member" in self.where


CATALOGUE: Final[dict[str, Check]] = {}
"""Every check by its id, in the order of the catalogue."""

GUIDE: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/"


@dataclass(frozen=True)
class Report:
    """Makes the findings of one check for one account, so that a check says only what it saw."""

    check: str
    account_id: str
    remedy: str

    def ok(self, evidence: str) -> Finding:
        """Nothing stands against it."""
        return Finding(self.account_id, self.check, Status.OK, evidence)

    def info(self, evidence: str) -> Finding:
        """Good to know."""
        return Finding(self.account_id, self.check, Status.INFO, evidence)

    def warn(self, evidence: str) -> Finding:
        """It will not stop the move, but somebody should look."""
        return Finding(self.account_id, self.check, Status.WARN, evidence, self.remedy)

    def unknown(self, evidence: str, grant: str = "") -> Finding:
        """Could not look; never fine."""
        return Finding(self.account_id, self.check, Status.UNKNOWN, evidence, grant or self.remedy)

    def block(self, evidence: str, until: str | None = None) -> Finding:
        """The account may not go, or not yet."""
        return Finding(self.account_id, self.check, Status.BLOCK, evidence, self.remedy, until)


def check(
    id: str,  # noqa: A002 (the catalogue's own word)
    *,
    title: str,
    subject: str,
    where: tuple[Where, ...],
    actions: tuple[str, ...],
    remedy: str,
    page: str,
    concerns: Literal["account", "organization"] = "account",
) -> Callable[[Callable[[Scene, Report], Finding]], Callable[[Scene, Report], Finding]]:
    """Register a function as the check with that id."""

    def register(function: Callable[[Scene, Report], Finding]) -> Callable[[Scene, Report], Finding]:
        def look(scene: Scene) -> Finding:
            account_id = scene.account.account_id if concerns == "account" else ""
            return function(scene, Report(id, account_id, remedy))

        CATALOGUE[id] = Check(id, title, subject, where, actions, remedy, page, look, concerns)
        return function

    return register
