"""CloudFormation StackSets that take their stacks away when an account goes, and those that bring theirs: D1, D2."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CheckContext, Reports, no_unit, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.replica import landing
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.aws.read.read_only import ReadOnlyReader

_PAGE: Final = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html"
)
_stacksets = partial(reading, subject="stacksets", page=_PAGE, regional=True)


@_stacksets(
    "D1", where=("source",), actions=("cloudformation:ListStackInstances", "cloudformation:ListStackSets"), silent=True
)
def stacks_stay(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A service-managed StackSet that deploys automatically and does not retain deletes its stacks in who leaves.

    What it cannot see: StackSets that a delegated administrator of CloudFormation keeps in its own account.
    """
    reader = context.readers["source"]
    held: dict[str, list[tuple[dict[str, Any], str]]] = {account.account_id: [] for account in context.accounts}
    for stackset in _active(reader):
        name = stackset["StackSetName"]
        for stack in reader.pages("cloudformation", "ListStackInstances", "Summaries", StackSetName=name):
            if stack["Account"] in held:
                held[stack["Account"]].append((stackset, f"{stack['Region']}: {stack.get('StackId', '-')}"))
    for account_id, found in held.items():
        yield from _stacks_of(account_id, found, reports)


def _stacks_of(account_id: str, held: list[tuple[dict[str, Any], str]], reports: Reports) -> Iterator[Finding]:
    report = reports.on(account_id)
    for stackset in {entry["StackSetId"]: entry for entry, _ in held}.values():
        stacks = [stack for entry, stack in held if entry is stackset]
        seen = {"resource": stackset["StackSetId"], "text": "\n".join(stacks)}
        name, count = stackset["StackSetName"], len(stacks)
        if stackset["PermissionModel"] != "SERVICE_MANAGED":
            yield report.info(Message("stackset-continues", name=name, count=count), **seen)
        elif not _deploys(stackset):
            yield report.info(Message("stackset-does-not-deploy", name=name, count=count), **seen)
        elif stackset["AutoDeployment"].get("RetainStacksOnAccountRemoval"):  # absent: it does not
            yield report.info(Message("stackset-retains", name=name, count=count), **seen)
        else:
            yield report.block(Message("stackset-deletes", name=name, count=count), **seen)


@_stacksets(
    "D2",
    where=("destination",),
    actions=("cloudformation:ListStackSetAutoDeploymentTargets", "cloudformation:ListStackSets"),
    severity=Verdict.WARN,
)
def stacks_come(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Service-managed StackSets of the destination that deploy to the planned unit, or to one above it.

    What it cannot see: StackSets of a delegated administrator, and accounts that a target leaves out by a filter.
    """
    reader, units = context.readers["destination"], context.snapshot.destination.units
    deploying: list[tuple[dict[str, Any], dict[str, list[str]]]] = []
    for stackset in _active(reader):
        if stackset["PermissionModel"] == "SERVICE_MANAGED" and _deploys(stackset):
            name = stackset["StackSetName"]
            listed = reader.pages("cloudformation", "ListStackSetAutoDeploymentTargets", "Summaries", StackSetName=name)
            deploying.append((stackset, {at["OrganizationalUnitId"]: at.get("Regions", []) for at in listed}))
    for account in context.accounts:
        report, found = reports.on(account.account_id), False
        try:
            above: str | None = landing(account.ou, context.snapshot.destination, context.snapshot.coming).id
        except UnmeantError as error:
            yield report.unknown(no_unit(error))
            continue
        while above is not None:
            for stackset, targets in deploying:
                if above in targets:
                    found = True
                    yield report.warn(
                        Message(
                            "stackset-deploys",
                            name=stackset["StackSetName"],
                            unit=units[above].path,
                            count=len(targets[above]),
                            regions=targets[above],
                        ),
                        resource=stackset["StackSetId"],
                    )
            above = units[above].parent_id
        if not found:
            yield report.ok(Message("stackset-none-deploys", unit=account.ou))


def _active(reader: ReadOnlyReader) -> Iterator[dict[str, Any]]:
    yield from reader.pages("cloudformation", "ListStackSets", "Summaries", Status="ACTIVE")


def _deploys(stackset: dict[str, Any]) -> bool:
    """Whether a service-managed StackSet deploys by itself; AWS says that of each of them, and of no other."""
    return bool(stackset["AutoDeployment"]["Enabled"])
