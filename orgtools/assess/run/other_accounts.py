"""The source's other accounts: their policies that admit a planned account by its organization admit it no more.

They are not in the plan, so they are looked into only where ``[assess] others`` in migration.toml asks for it: with the
same readers as the planned accounts, entered by the same role through the source.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CATALOGUE, Report, SnapshotContext, check
from orgtools.assess.run.tasks import CLOSED
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.plan import PlannedAccount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.assess.catalogue import Check
    from orgtools.snapshot import Snapshot

OTHERS: Final = "D7.others"


@check(
    OTHERS,
    subject="naming",
    where=("source",),
    actions=(),
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    concerns="organization",
)
def not_asked_for(context: SnapshotContext, report: Report) -> Finding:
    """What is said where nobody asked for the look."""
    staying = len(staying_accounts(context.snapshot, [account.account_id for account in context.wave]))
    return report.info(Message("others-unseen", count=staying)) if staying else report.ok(Message("others-none"))


def staying_accounts(snapshot: Snapshot, moving: Iterable[str]) -> tuple[PlannedAccount, ...]:
    """The active accounts of the source that are not among these, as if they were planned to stay at the root."""
    left = set(moving)
    found = (held for held in snapshot.source.accounts.values() if held.state == "ACTIVE" and held.id not in left)
    return tuple(PlannedAccount(held.id, "/") for held in found)


def naming_checks() -> tuple[Check, ...]:
    """The checks that are made in an account that stays."""
    return tuple(held for held in CATALOGUE.values() if held.subject == "naming" and held.read is not None)


def told_elsewhere(account_id: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found in an account that stays, as findings about the organizations; only what is not fine."""
    found, closed = list[Finding](), dict[Message, list[Finding]]()
    for finding in findings:
        words = Message("in-account", account=account_id, why=finding.evidence)
        if finding.status is Verdict.UNKNOWN:
            closed.setdefault(finding.evidence, []).append(finding)
        elif finding.status is not Verdict.OK:
            found.append(replace(finding, account_id="", check=OTHERS, evidence=words))
    for evidence, same in closed.items():
        why = Message("other-account-closed") if evidence.facts.get("why") == CLOSED.message else evidence
        words = Message("in-account", account=account_id, why=why)
        if len(same) > 1:
            words = Message("in-account-for", account=account_id, why=why, checks=[one.check for one in same])
        found.append(replace(same[0], account_id="", check=OTHERS, evidence=words))
    return tuple(found)


def nothing_found(staying: Sequence[PlannedAccount], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is said where every account that stays was looked into and nothing names the source."""
    if not staying or any(finding.check == OTHERS for finding in findings):
        return ()
    return (Finding("", OTHERS, Verdict.OK, Message("others-clean", count=len(staying))),)
