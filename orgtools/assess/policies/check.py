"""Everything whose policy can name the source organization: D7, one check for each service.

What a policy says is `naming`'s business. What cannot name an organization is left out: KMS grants and SSM documents
name principals and accounts only, Step Functions has no policies of resources, and what AWS RAM shares is D3's.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.assess.policies.rewrite import Both, namings
from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from orgtools.aws.read.read_only import ReadOnlyReader
    from orgtools.findings import Finding

Policy = str | dict[str, Any] | RefusedError | None
"""A policy; what kept us from reading it; or None where the resource has none."""
Carried = tuple[str, Policy]
"""A resource and its policy."""

_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"


@dataclass(frozen=True)
class Listed:
    """A list of resources: botocore's name of the service, the operation, and the member that holds the entries.

    Texts in braces are members of an entry (``{entry}``, where it is a text itself), ``{partition}``, ``{region}`` and
    ``{account}``.

    Attributes:
        resource: how a resource is named: its ARN, where it can be told.
        policy: the way to the policy in an entry, with dots; empty where it has to be asked for.
        only: parameters of the list.
    """

    service: str
    operation: str
    key: str
    resource: str
    policy: str = ""
    only: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The operation that reads one resource's policy.

    Attributes:
        policy: the way to the policy in the answer, with dots.
        of: the parameters; ``{resource}`` is the resource as the list names it.
        absent: the error codes that mean that it has none.
        sparse: whether AWS leaves out what holds the policy, too, where there is none.
    """

    operation: str
    policy: str
    of: Mapping[str, Any]
    absent: tuple[str, ...] = ()
    sparse: bool = False


def carried(context: CheckContext, listed: Listed, asked: Asked | None = None) -> Iterator[Carried]:
    """Every resource of one kind in the account, with its policy."""
    reader = context.readers["member"]
    partition, region = context.brief.source.partition, reader.region_of(listed.service)
    place = {"partition": partition, "region": region, "account": reader.account_id}
    for entry in reader.pages(listed.service, listed.operation, listed.key, **_filled(listed.only, place)):
        members = ChainMap({}, place, entry if isinstance(entry, dict) else {"entry": entry})
        resource = members["resource"] = listed.resource.format_map(members)
        if asked is None:
            yield resource, _within(entry, listed.policy)
        else:
            yield resource, ask(reader, listed.service, replace(asked, of=_filled(asked.of, members)))


def _filled(parameters: Mapping[str, Any], members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: held.format_map(members) if isinstance(held, str) else held for name, held in parameters.items()}


def ask(reader: ReadOnlyReader, service: str, asked: Asked) -> Policy:
    """The policy in an answer, or what kept us from reading it."""
    try:
        answer = reader.ask(service, asked.operation, absent=asked.absent, **asked.of)
        return None if answer is None else _within(answer, asked.policy, sparse=asked.sparse)
    except RefusedError as error:
        return error


def _within(held: Any, path: str, *, sparse: bool = False) -> Policy:
    """The policy; several services answer without one where a resource has none, and do not refuse."""
    *outer, last = path.split(".")
    for name in outer:
        held = held.get(name, {}) if sparse else held[name]
    policy: Policy = held.get(last)
    return policy


if TYPE_CHECKING:
    PolicyReader = Callable[[CheckContext], Iterator[Carried]]


def carrier(service: str, *actions: str, regional: bool = True) -> Callable[[PolicyReader], PolicyReader]:
    """Register a reader of a service's policies as the check ``D7.service``."""

    def register(read: PolicyReader) -> PolicyReader:
        def judged(context: CheckContext, reports: Reports) -> Iterator[Finding]:
            return _judge(read(context), context, reports)

        reading(
            f"D7.{service}",
            subject="naming",
            where=("member",),
            actions=actions,
            page=_PAGE,
            regional=regional,
        )(judged)
        return read

    return register


def _judge(carried: Iterator[Carried], context: CheckContext, reports: Reports) -> Iterator[Finding]:
    brief, report = context.brief, reports.on(context.accounts[0].account_id)
    if brief.alone:
        yield report.info(Message("policies-of-no-organization"))
        return
    brief.names_source("")  # which organization that is must be known
    both = Both(
        brief.source.organization_id, brief.source_root, brief.destination.organization_id, brief.destination_root
    )
    read, found, closed = 0, 0, list[tuple[str, Message]]()
    for resource, policy in carried:
        if isinstance(policy, RefusedError):
            closed.append((resource, policy.message))
            continue
        if not policy:
            continue
        read += 1
        try:
            named = namings(policy, both)
        except ValueError as error:
            closed.append((resource, Message("policy-not-json", words=str(error))))
            continue
        for naming in named:
            found += 1
            yield report.block(
                Message(
                    "policy-names-source" if naming.proposal else "policy-names-units",
                    resource=resource,
                    organization=both.source,
                    keys=list(naming.places),
                ),
                resource=resource,
                text="\n\n".join(filter(None, (naming.statement, naming.proposal))),
            )
    if closed:
        yield report.unknown(_unread(closed), text="\n".join(resource for resource, _ in closed))
    elif not found:
        clean = Message("policies-clean", count=read, organization=both.source)
        yield report.ok(clean if read else Message("policies-none"))


def _unread(closed: Sequence[tuple[str, Message]]) -> Message:
    """What could not be read: the first, and how many more."""
    resource, why = closed[0]
    if len(closed) > 1:
        return Message("policies-unread", resource=resource, why=why, more=len(closed) - 1)
    return Message("policy-unread", resource=resource, why=why)
