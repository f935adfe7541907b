"""All that a record tells, gathered at one moment: from both organizations, and from the ledger."""

from __future__ import annotations

import platform
from collections import Counter
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from orgtools import audit, invitations
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Status
from orgtools.ledger import Kind
from orgtools.ledger.events import broken_links
from orgtools.messages import next_step
from orgtools.record.cells import head_of
from orgtools.record.outcomes import AccountOutcome, State, outcomes
from orgtools.steps import ALL, PLACE, REPLICATE, bystanders, towers
from orgtools.wording import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import pandas as pd

    from orgtools.aws.model import Identity
    from orgtools.budget import Budget
    from orgtools.ledger import Event, Ledger
    from orgtools.messages import Message
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot

_SIDES: Final = ("source", "destination")
_SIGNED: Final = (Kind.OPENED, Kind.APPROVED, Kind.WAIVED, Kind.ANSWERED)
"""Events that name who did it."""
_PACKAGES: Final = ("orgtools", "boto3", "botocore", "pandas", "jupyterlab", "ipywidgets")


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two organizations: its id, and its management account's."""

    organization_id: str
    management_account_id: str


@dataclass(frozen=True, slots=True)
class Unit:
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
        outcomes: where each planned account stands, and accounts that left the plan after a call.
        findings: of the newest assessment, and about pending invitations.
        handshakes: of both sides, and as accounts that are to come see them; as 35_review_handshakes shows them.
        bystanders: what moved although neither plan nor ledger names it.
        unknown: what could not be looked up, or is not settled; one sentence each.
        remarks: what a reader must know before believing the rest; one sentence each.
        versions: package or program and version, of the machine that wrote the record.
        names: what people named, and what kind of thing it is; for whoever redacts this, in no file.
    """

    name: str
    plan: Plan
    plan_digest: str
    source: Party
    destination: Party
    taken_at: datetime
    units: tuple[Unit, ...]
    budget: Budget
    events: tuple[Event, ...]
    head: str
    outcomes: tuple[AccountOutcome, ...]
    findings: tuple[Finding, ...]
    handshakes: pd.DataFrame
    bystanders: tuple[Finding, ...]
    unknown: tuple[str, ...]
    remarks: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    names: Mapping[str, str] = field(default_factory=dict)

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
    tower = snapshot.towers.get("destination")
    if tower is None:
        unknown.append("Whether accounts are to be enrolled in Control Tower was not looked at.")
    elif tower.zone:
        snapshot = towers.look(migration, snapshot, "destination")
    # What those that have arrived received is in the destination's own list; a member takes two calls.
    to_come = [account.account_id for account in accounts if account.account_id not in snapshot.destination.accounts]
    evidence, unseen = audit.seen(migration, snapshot, to_come)
    unknown += [f"{capital(str(finding.evidence))}. {finding.remedy}".rstrip() for finding in unseen]
    baseline = migration.baseline()
    events = tuple(migration.ledger.events())
    found = outcomes(accounts, snapshot, baseline, events)
    touched = {outcome.account_id for outcome in found}
    findings = [finding for account_id in ("", *plan.by_id) for finding in snapshot.assessment.get(account_id, ())]
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
        unknown=(*map(_whole, snapshot.unknown), *unknown, *_not_seen(findings), *_unsettled(migration.ledger)),
        remarks=tuple(_remarks(plan, events)),
        versions=(
            ("Python", platform.python_version()),
            ("operating system", f"{platform.system()} {platform.machine()}"),
            *((name, version(name)) for name in _PACKAGES),
        ),
        names=_names(migration.settings.name, plan, snapshot, baseline, events),
    )


def _party(identity: Identity) -> Party:
    return Party(identity.organization_id, identity.management_account_id)


def units(snapshot: Snapshot, baseline: Mapping[str, tuple[str, str]]) -> Iterator[Unit]:
    """Both trees, the source's first, by path; also units that are gone and held accounts when the run began."""
    began = Counter(baseline.values())
    for name, side in (("source", snapshot.source), ("destination", snapshot.destination)):
        if not side.seen:
            continue
        now = Counter(side.path_of(account_id) for account_id in side.accounts)
        paths = {unit.path for unit in side.units.values()} | {path for where, path in began if where == name}
        for path in sorted(paths, key=lambda path: path.split("/")):
            yield Unit(name, path, began[name, path], now[path])


def _names(
    run: str,
    plan: Plan,
    snapshot: Snapshot,
    baseline: Mapping[str, tuple[str, str]],
    events: tuple[Event, ...],
) -> dict[str, str]:
    """Everything that people named, as far as one can tell; a later kind wins where one name stands for two things."""
    sides = (snapshot.source, snapshot.destination)
    tags = [pair for account in plan.accounts for pair in account.tags]
    tags += [pair for held in snapshot.tags.values() for pair in held.items()]
    paths = [unit.path for side in sides for unit in side.units.values()]
    paths += [account.ou for account in plan.accounts] + [path for _, path in baseline.values()]
    callers = [
        str(event.data[side].get("caller", "")) for event in events if event.kind is Kind.OPENED for side in _SIDES
    ]
    people = {str(event.data.get("by", "")) for event in events if event.kind in _SIGNED}
    return {
        **{value: "tag" for pair in tags for value in pair},
        **{part: "unit" for path in paths for part in path.split("/")},
        **{unit.name: "unit" for side in sides for unit in side.units.values() if unit.parent_id is not None},
        **dict.fromkeys(snapshot.names.values(), "name"),
        **{caller.rsplit("/", 1)[-1]: "person" for caller in callers},
        **dict.fromkeys(people, "person"),
        snapshot.notes: "notes",
        run: "run",
    }


def _whole(message: Message) -> str:
    """What happened, and what to do."""
    return f"{message} {next_step(message)}".rstrip()


def _not_seen(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.status is Status.UNKNOWN:
            whom = f"Account {finding.account_id}" if finding.account_id else "The organizations"
            yield f"{whom}, check {finding.check}: {finding.evidence}. {finding.remedy}".rstrip()


def _unsettled(ledger: Ledger) -> Iterator[str]:
    for step in (REPLICATE, *ALL):
        for account_id, event in ledger.unsettled(step.name).items():
            yield (
                f"{step.subject.capitalize()} {account_id}: whether {event.data.get('operation', 'the call')} of event "
                f"{event.number} took effect is not settled. Preview {step.name} again and apply it; it looks at AWS "
                "first."
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
