"""All that a record tells, gathered at one moment: from both organizations, and from the ledger."""

from __future__ import annotations

import platform
from collections import Counter
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from orgtools import audit, invitations
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.ledger.events import broken_links
from orgtools.messages import Message
from orgtools.record.model.account_status import AccountOutcome, State, outcomes
from orgtools.record.model.cells import head_of
from orgtools.snapshot import NotLooked
from orgtools.steps import ALL, REPLICATE, bystanders
from orgtools.steps.forward import enroll, place
from orgtools.steps.shared.control_tower import DestinationControlTower, of_destination

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import pandas as pd

    from orgtools.aws.model import Identity
    from orgtools.budget import Budget
    from orgtools.ledger import Event, Ledger
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot

_PACKAGES: Final = ("orgtools", "boto3", "botocore", "pandas", "jupyterlab", "ipywidgets")


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two organizations: its id, and its management account's."""

    organization_id: str
    management_account_id: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One root or organizational unit, and how many accounts lie right in it.

    Attributes:
        side: ``source`` or ``destination``.
        path: made of names; ``/`` is the root.
        at_start: accounts when the run began.
        now: accounts when the record was written.
    """

    side: str
    path: str
    at_start: int
    now: int


@dataclass(frozen=True, eq=False)
class Picture:
    """What is to be recorded.

    Attributes:
        name: the run's name, from migration.toml.
        plan: accounts.csv as it is now.
        plan_digest: the digest that approvals name the plan by.
        source: the organization that the accounts come from.
        destination: the organization that they go to.
        taken_at: when both were looked at; AWS's clock, UTC.
        units: both trees, the source's first, by path.
        budget: how much room the destination has.
        events: the ledger, from its first event.
        head: the hash of the last of them in the run's own ledger.
        outcomes: where each planned account is, and accounts that left the plan after a call.
        findings: of the newest assessment, and about pending invitations.
        handshakes: of both sides, and as accounts that are to come see them; as 35_review_handshakes shows them.
        bystanders: what moved although neither plan nor ledger names it.
        unknown: what could not be looked up, or is not settled.
        remarks: what a reader must know before believing the rest.
        versions: package or program and version, of the machine that wrote the record.
    """

    name: str
    plan: Plan
    plan_digest: str
    source: Party
    destination: Party
    taken_at: datetime
    units: tuple[UnitRow, ...]
    budget: Budget
    events: tuple[Event, ...]
    head: str
    outcomes: tuple[AccountOutcome, ...]
    findings: tuple[Finding, ...]
    handshakes: pd.DataFrame
    bystanders: tuple[Finding, ...]
    unknown: tuple[Message, ...]
    remarks: tuple[Message, ...]
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
    accounts, unknown = plan.accounts, list[Message]()
    snapshot = migration.observe()
    try:
        snapshot = place.look(migration, accounts, snapshot)
    except RefusedError as error:
        # Without the right to read tags the rest is still worth recording; what was not compared must not look equal.
        snapshot = snapshot.without_looking(DestinationControlTower)
        accounts = tuple(replace(account, tags=()) for account in accounts)
        unknown.append(Message("tags-not-looked-at", why=error.message))
    tower = of_destination(snapshot)
    if isinstance(tower, NotLooked):
        unknown.append(Message("control-tower-not-looked-at"))
    elif tower.zone:
        snapshot = enroll.with_control_tower(migration, snapshot)
    # What those that have arrived received is in the destination's own list; a member takes two calls.
    to_come = [account.account_id for account in accounts if account.account_id not in snapshot.destination.accounts]
    evidence, unseen = audit.seen(migration, snapshot, to_come)
    unknown += [
        Message("in-account", account=one.account_id, why=one.evidence) if one.account_id else one.evidence
        for one in unseen
    ]
    baseline = migration.baseline()
    events = tuple(migration.ledger.events())
    found = outcomes(accounts, snapshot, baseline, events)
    touched = {outcome.account_id for outcome in found}
    findings = [
        finding for account_id in ("", *plan.by_id) for finding in snapshot.assessed.findings.get(account_id, ())
    ]
    return Picture(
        name=migration.settings.name,
        plan=plan,
        plan_digest=plan.digest,
        source=_party(snapshot.source.identity),
        destination=_party(snapshot.destination.identity),
        taken_at=snapshot.taken_at,
        units=tuple(units(snapshot, baseline)),
        budget=snapshot.budget,
        events=events,
        head=head_of(events),
        outcomes=tuple(found),
        findings=(*findings, *invitations.findings(plan, snapshot.destination, evidence)),
        handshakes=invitations.table(invitations.listed(plan, snapshot.destination, evidence)),
        bystanders=tuple(f for f in bystanders(plan, baseline, snapshot) if f.account_id not in touched),
        unknown=(*snapshot.unknown, *unknown, *_not_seen(findings), *_unsettled(migration.ledger)),
        remarks=tuple(_remarks(plan, events)),
        versions=(
            ("Python", platform.python_version()),
            (platform.system(), platform.machine()),
            *((name, version(name)) for name in _PACKAGES),
        ),
    )


def _party(identity: Identity) -> Party:
    return Party(identity.organization_id, identity.management_account_id)


def units(snapshot: Snapshot, baseline: Mapping[str, tuple[str, str]]) -> Iterator[UnitRow]:
    """Both trees, the source's first, by path; also units that are gone and held accounts when the run began."""
    began = Counter(baseline.values())
    for name, side in (("source", snapshot.source), ("destination", snapshot.destination)):
        if not side.seen:
            continue
        now = Counter(side.path_of(account_id) for account_id in side.accounts)
        paths = {unit.path for unit in side.units.values()} | {path for where, path in began if where == name}
        for path in sorted(paths, key=lambda path: path.split("/")):
            yield UnitRow(name, path, began[name, path], now[path])


def _not_seen(findings: list[Finding]) -> Iterator[Message]:
    for finding in findings:
        if finding.status is Verdict.UNKNOWN and finding.account_id:
            yield Message("account-unknown", account=finding.account_id, check=finding.check, why=finding.evidence)
        elif finding.status is Verdict.UNKNOWN:
            yield Message("organizations-unknown", check=finding.check, why=finding.evidence)


def _unsettled(ledger: Ledger) -> Iterator[Message]:
    for step in (REPLICATE, *ALL):
        for account_id, event in ledger.unsettled(step.name).items():
            yield Message(
                "call-not-settled",
                account=account_id,
                operation=event.data["operation"],
                event=event.number,
                step=step.name,
            )


def _remarks(plan: Plan, events: tuple[Event, ...]) -> Iterator[Message]:
    for broken in broken_links(events):
        yield Message("ledger-broken", why=broken)
    approvals = [event for event in events if event.kind is Kind.APPROVED]
    if approvals and approvals[-1].data.get("plan") != plan.digest:
        yield Message("plan-changed-since-approved")
    for event in events:
        if event.kind is Kind.STOPPED:
            yield Message("step-stopped", step=event.step, why=Message.from_json(event.data["why"]))
