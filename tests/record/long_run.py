"""A run of thousands of accounts as a record sees it, made without a server: what a page must carry."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools import invitations
from orgtools.assess import CATALOGUE
from orgtools.findings import Finding, Verdict
from orgtools.ledger import Event, Kind
from orgtools.messages import Message, free
from orgtools.plan import Plan, PlannedAccount
from orgtools.record.model.account_status import outcomes
from orgtools.record.model.run_data import Party, Picture, UnitRow
from orgtools.record.redact.fields import chained
from tests import values

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUTE: Final = timedelta(minutes=1)
_ROOM: Final = 10


def picture(count: int) -> Picture:
    """Every account but each fiftieth invited, accepted and placed, each by a call; a record was written before."""
    planned = [
        PlannedAccount(
            f"{300000000000 + number:012d}", ("/Workloads/Prod", "/Workloads/Test")[number % 2], 1 + number % 5
        )
        for number in range(count)
    ]
    moved = [account for number, account in enumerate(planned) if number % 50]
    targets = {"/Workloads/Prod": values.PROD, "/Workloads/Test": values.TEST}
    sent = {account.account_id: f"h-{number:012d}" for number, account in enumerate(planned)}
    destination = values.destination(
        *(_member(account.account_id, parent_id=targets[account.ou]) for account in moved),
        handshakes=tuple(
            values.invitation(account.account_id, state="ACCEPTED", id=sent[account.account_id]) for account in moved
        ),
        account_quota=count + _ROOM,
    )
    left = planned[::50]
    source = values.source(*(_member(account.account_id) for account in left))
    plan = Plan(tuple(planned))
    events = chained(_events(plan, moved, sent))
    findings = tuple(
        Finding(
            account.account_id,
            check,
            Verdict.WARN if number % 25 == 0 else Verdict.OK,
            free("what was seen of it", "Look."),
        )
        for number, account in enumerate(planned)
        for check in sorted(CATALOGUE)[:4]
    )
    assessment = {found.account_id: (replace(found, status=Verdict.OK),) for found in findings}
    snapshot = values.snapshot(source, destination, findings=assessment)
    baseline = {account.account_id: ("source", "/Legacy") for account in planned}
    return Picture(
        name="long-run",
        plan=plan,
        plan_digest=plan.digest,
        source=Party(values.SOURCE.organization_id, values.SOURCE.management_account_id),
        destination=Party(values.DESTINATION.organization_id, values.DESTINATION.management_account_id),
        taken_at=events[-1].at + _MINUTE,
        units=(
            UnitRow("source", "/Legacy", count, len(left)),
            *(UnitRow("destination", path, 0, sum(account.ou == path for account in moved)) for path in targets),
        ),
        budget=snapshot.budget,
        events=events,
        head=events[-1].hash,
        outcomes=tuple(outcomes(planned, snapshot, baseline, events)),
        findings=findings,
        handshakes=invitations.table(invitations.listed(plan, destination)),
        bystanders=(),
        unknown=(),
        remarks=(),
        versions=(("Python", "3.13"), ("orgtools", "0.1.0")),
    )


def begun(count: int) -> Picture:
    """The same run when it had only been opened: nothing moved yet."""
    later = picture(count)
    events = later.events[:2]
    accounts = later.plan.accounts
    source = values.source(*(_member(account.account_id) for account in accounts))
    destination = values.destination(account_quota=count + _ROOM)
    assessment = {account.account_id: values.FINE for account in accounts}
    snapshot = values.snapshot(source, destination, findings=assessment)
    baseline = {account.account_id: ("source", "/Legacy") for account in accounts}
    return replace(
        later,
        taken_at=later.events[2].at,  # the record that the third event tells of
        events=events,
        head=events[-1].hash,
        outcomes=tuple(outcomes(accounts, snapshot, baseline, events)),
        handshakes=invitations.table(invitations.listed(later.plan, destination)),
    )


def _member(account_id: str, **changes: Any) -> Any:
    return values.member(account_id, name=f"workload-{account_id[-5:]}", **changes)


def _events(plan: Plan, moved: list[PlannedAccount], sent: dict[str, str]) -> Iterator[Event]:
    number, at = 0, values.NOW
    ids = [account.account_id for account in plan.accounts]

    def event(kind: Kind, step: str = "", account_id: str = "", **data: Any) -> Event:
        nonlocal number, at
        number, at = number + 1, at + timedelta(seconds=0.5)
        return Event(number, at.replace(microsecond=0), kind, step, account_id, data, "", "")

    yield event(Kind.BASELINE, accounts={account_id: ["source", "/Legacy"] for account_id in ids})
    versions = {"python": "3.13", "orgtools": "0.1.0"}
    sides: dict[str, Any] = {
        name: {"organization": side.organization_id, "caller": side.caller_arn}
        for name, side in (("source", values.SOURCE), ("destination", values.DESTINATION))
    }
    yield event(Kind.OPENED, by="operator", plan=plan.digest, versions=versions, **sides)
    yield event(Kind.SEALED, events=2, level="internal", plan=plan.digest, files={})
    calls = (
        ("invite", "InviteAccountToOrganization", "invite into o-destinatn01", "invitation {} is pending"),
        ("accept", "AcceptHandshake", "accept {} and join o-destinatn01", "is a member of the destination"),
        ("place", "MoveAccount", "move from / to /Workloads/Prod", "is in /Workloads/Prod"),
    )
    for step, operation, words, seen in calls:
        digest = f"{number:064x}"
        approved: dict[str, Any] = {
            "digest": digest,
            "count": len(moved),
            "typed": f"{step} {len(moved)}",
            "by": "operator",
        }
        summary = Message("summary", whys=[Message(f"do-{step}", count=len(moved))]).as_json()
        yield event(Kind.APPROVED, step, plan=plan.digest, summary=summary, **approved)
        for account in moved:
            account_id, invitation = account.account_id, sent[account.account_id]
            told = {"operation": operation, "by": "destination", "caller": values.DESTINATION.caller_arn}
            meant = free(words.format(invitation)).as_json()
            yield event(Kind.INTENDED, step, account_id, **told, words=meant, approval=digest)
            # Like AWS's, no two request ids have anything in common; and every run of this makes the same.
            request = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{step}{account_id}"))
            answer = {"answered": True, "request_id": request, "handshake_id": invitation if step != "place" else ""}
            yield event(Kind.OUTCOME, step, account_id, **told, **answer)
            yield event(Kind.CONFIRMED, step, account_id, observed=free(seen.format(invitation)).as_json())
