"""All that a record tells, gathered at one moment: from both organizations, and from the ledger."""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from orgtools import handshakes
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Status
from orgtools.ledger import Kind
from orgtools.ledger.events import broken_links
from orgtools.record.outcomes import AccountOutcome, State, outcomes
from orgtools.steps import ALL, PLACE, bystanders

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from orgtools.ledger import Event, Ledger
    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import Plan

_PACKAGES: Final = ("orgtools", "boto3", "botocore", "pandas", "jupyterlab", "ipywidgets")


@dataclass(frozen=True, eq=False)
class Picture:
    """What is to be recorded.

    Attributes:
        name: the run's name, from migration.toml.
        plan: accounts.csv as it is now.
        snapshot: both organizations now.
        events: the ledger, from its first event.
        outcomes: where each planned account stands, and accounts that left the plan after a call.
        findings: of the newest assessment, and about pending invitations.
        handshakes: those of the destination, as 35_review_handshakes shows them.
        bystanders: what moved although neither plan nor ledger names it.
        unknown: what could not be looked up, or is not settled; one sentence each.
        remarks: what a reader must know before believing the rest; one sentence each.
        versions: package or program and version, of the machine that wrote the record.
    """

    name: str
    plan: Plan
    snapshot: Snapshot
    events: tuple[Event, ...]
    outcomes: tuple[AccountOutcome, ...]
    findings: tuple[Finding, ...]
    handshakes: pd.DataFrame
    bystanders: tuple[Finding, ...]
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]

    def having(self, *states: State) -> tuple[AccountOutcome, ...]:
        """The outcomes that are in some states."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)


def gather(migration: Migration) -> Picture:
    """Observe both organizations and read the ledger. Changes nothing.

    Raises:
        RefusedError: one of the organizations cannot be observed.
        InputError: accounts.csv cannot be read.
        LedgerError: the ledger cannot be read.
    """
    plan = migration.read_plan()
    accounts, unknown = plan.accounts, list[str]()
    try:
        snapshot = PLACE.observe(migration, accounts)
    except RefusedError as error:
        # Without the right to read tags the rest is still worth recording; what was not compared must not look equal.
        snapshot = migration.observe()
        accounts = tuple(replace(account, tags=()) for account in accounts)
        unknown.append(f"Whether planned tags are set was not looked at: {error}")
    try:
        snapshot = replace(snapshot, landing_zones=migration.destination.landing_zones())
    except RefusedError as error:
        unknown.append(f"Whether accounts are to be enrolled in Control Tower was not looked at: {error}")
    baseline = migration.baseline()
    events = tuple(migration.ledger.events())
    found = outcomes(accounts, snapshot, baseline, events)
    touched = {outcome.account_id for outcome in found}
    findings = [finding for account_id in ("", *plan.by_id) for finding in snapshot.assessment.get(account_id, ())]
    return Picture(
        name=migration.settings.name,
        plan=plan,
        snapshot=snapshot,
        events=events,
        outcomes=tuple(found),
        findings=(*findings, *handshakes.findings(plan, snapshot.destination)),
        handshakes=handshakes.table(plan, snapshot.destination),
        bystanders=tuple(f for f in bystanders(plan, baseline, snapshot) if f.account_id not in touched),
        unknown=(*snapshot.unknown, *unknown, *_not_seen(findings), *_unsettled(migration.ledger)),
        remarks=tuple(_remarks(plan, events)),
        versions=(
            ("Python", platform.python_version()),
            ("operating system", f"{platform.system()} {platform.machine()}"),
            *((name, version(name)) for name in _PACKAGES),
        ),
    )


def _not_seen(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.status is Status.UNKNOWN:
            whom = f"Account {finding.account_id}" if finding.account_id else "The organizations"
            yield f"{whom}, check {finding.check}: {finding.evidence}. {finding.remedy}".rstrip()


def _unsettled(ledger: Ledger) -> Iterator[str]:
    for step in ALL:
        for account_id, event in ledger.unsettled(step.name).items():
            yield (
                f"Account {account_id}: whether {event.data.get('operation', 'the call')} of event {event.number} took "
                f"effect is not settled. Preview {step.name} again and apply it; it looks at AWS first."
            )


def _remarks(plan: Plan, events: tuple[Event, ...]) -> Iterator[str]:
    for break_ in broken_links(events):
        yield f"The ledger's chain of hashes is broken: {break_}."
    approvals = [event for event in events if event.kind is Kind.APPROVED]
    if approvals and approvals[-1].data.get("plan") != plan.digest:
        yield "accounts.csv has changed since the last approval: plan.csv is not what was approved then."
    for event in events:
        if event.kind is Kind.STOPPED:
            yield f"The step {event.step} stopped before its end: {str(event.data.get('why', '')).rstrip('.')}."
