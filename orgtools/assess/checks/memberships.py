"""Security services in which an account is a member of an administrator in the source organization: D11."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.aws.read.read_only import ReadOnlyReader
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

_DOCS: Final = "https://docs.aws.amazon.com/"

Administrators = Callable[[ReadOnlyReader], Iterator[str]]
"""Reads the ids of the accounts that administer a service for the account that is looked into."""
_HIDDEN: Final = {
    "accessanalyzer": Message("analyzers-hidden"),
    "detective": Message("behavior-graphs-hidden"),
}
"""What a service does not show to a member: then nothing seen is not nothing there."""


def _service(service: str, name: str, page: str, *actions: str) -> Callable[[Administrators], Administrators]:
    """Register a function that reads who administers a service, with the name that people know, as ``D11.service``."""

    def register(administrators: Administrators) -> Administrators:
        def read(context: CheckContext, reports: Reports) -> Iterator[Finding]:
            reader = context.readers["member"]
            report = reports.on(reader.account_id)
            found = sorted({account_id for account_id in administrators(reader) if account_id})
            for account_id in found:
                if account_id == reader.account_id:
                    yield report.warn(Message("administers-itself", service=name))
                else:
                    yield report.warn(Message("administered-by", service=name, account=account_id))
            if not found and service in _HIDDEN:
                yield report.info(_HIDDEN[service])

        reading(
            f"D11.{service}",
            subject="services",
            where=("member",),
            actions=actions,
            silent=True,
            page=_DOCS + page,
            severity=Verdict.WARN,
            regional=True,
        )(read)
        return administrators

    return register


def _named(administrator: Mapping[str, str] | None, key: str) -> Iterator[str]:
    """Where there is an administrator, AWS names it; where there is none, AWS leaves it out, or sends an empty one."""
    if administrator:
        yield administrator[key]


@_service(
    "guardduty",
    "GuardDuty",
    "guardduty/latest/APIReference/API_GetAdministratorAccount.html",
    "guardduty:GetAdministratorAccount",
    "guardduty:ListDetectors",
)
def _guardduty(reader: ReadOnlyReader) -> Iterator[str]:
    for detector in reader.pages("guardduty", "ListDetectors", "DetectorIds"):
        answer = reader.ask("guardduty", "GetAdministratorAccount", DetectorId=detector)
        yield from _named(answer.get("Administrator"), "AccountId")


@_service(
    "securityhub",
    "Security Hub",
    "securityhub/1.0/APIReference/API_GetAdministratorAccount.html",
    "securityhub:GetAdministratorAccount",
)
def _securityhub(reader: ReadOnlyReader) -> Iterator[str]:
    off = ("InvalidAccessException", "ResourceNotFoundException")
    answer = reader.ask("securityhub", "GetAdministratorAccount", absent=off) or {}
    yield from _named(answer.get("Administrator"), "AccountId")


@_service("macie", "Macie", "macie/latest/APIReference/administrator.html", "macie2:GetAdministratorAccount")
def _macie(reader: ReadOnlyReader) -> Iterator[str]:
    """Macie answers AccessDeniedException both where it is off and where a permission is missing; its words differ."""
    try:
        answer = reader.ask("macie2", "GetAdministratorAccount", absent=("ResourceNotFoundException",)) or {}
    except RefusedError as error:
        why = error.message.facts.get("why")
        if isinstance(why, Message) and "not enabled" in str(why.facts.get("words")):
            return
        raise
    yield from _named(answer.get("administrator"), "accountId")


@_service(
    "inspector",
    "Inspector",
    "inspector/v2/APIReference/API_GetDelegatedAdminAccount.html",
    "inspector2:GetDelegatedAdminAccount",
)
def _inspector(reader: ReadOnlyReader) -> Iterator[str]:
    answer = reader.ask("inspector2", "GetDelegatedAdminAccount", absent=("ResourceNotFoundException",)) or {}
    yield from _named(answer.get("delegatedAdmin"), "accountId")


@_service(
    "detective", "Detective", "detective/latest/APIReference/API_ListInvitations.html", "detective:ListInvitations"
)
def _detective(reader: ReadOnlyReader) -> Iterator[str]:
    for graph in reader.pages("detective", "ListInvitations", "Invitations"):
        if graph["Status"] == "ENABLED":
            yield graph["AdministratorId"]


@_service(
    "accessanalyzer",
    "IAM Access Analyzer",
    "access-analyzer/latest/APIReference/API_ListAnalyzers.html",
    "access-analyzer:ListAnalyzers",
)
def _access_analyzer(reader: ReadOnlyReader) -> Iterator[str]:
    for analyzer in reader.pages("accessanalyzer", "ListAnalyzers", "analyzers"):
        if analyzer["type"].startswith("ORGANIZATION"):
            yield reader.account_id


@_service("fms", "Firewall Manager", "fms/2018-01-01/APIReference/API_GetAdminAccount.html", "fms:GetAdminAccount")
def _firewall_manager(reader: ReadOnlyReader) -> Iterator[str]:
    yield from _named(reader.ask("fms", "GetAdminAccount", absent=("ResourceNotFoundException",)), "AdminAccount")
