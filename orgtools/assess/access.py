"""Whether the run can enter the account: E15."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.assess.catalogue import Report, Scene, check
from orgtools.aws.refusals import is_passing
from orgtools.exceptions import CredentialsError

if TYPE_CHECKING:
    from orgtools.findings import Finding


@check(
    "E15",
    title="A role to accept with",
    subject="access",
    where=("member",),
    actions=("sts:AssumeRole",),
    remedy="Create the role in the account, let it trust the caller, or name another under [access] in migration.toml.",
    page="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
)
def can_enter(scene: Scene, report: Report) -> Finding:
    """The role is assumed exactly as the run would assume it."""
    if scene.account.account_id in scene.snapshot.destination.accounts:
        return report.ok("it has arrived: nothing is left to accept")
    if scene.member is None:
        return report.unknown("the account was not entered", "Assess again.")
    try:
        return report.ok(f"{scene.member.enter()} can be assumed")
    except CredentialsError as error:
        evidence = str(error).removesuffix(error.next_step or "").strip()
        if is_passing(error):
            return report.unknown(evidence, "Assess again: AWS gave no usable answer.")
        return report.block(evidence)
