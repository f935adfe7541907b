"""Security services in which an account is a member of an administrator in the source organization: D11."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.aws.read.read_only import Eyes
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

_DOCS: Final = "https://docs.aws.amazon.com/"

Administrators = Callable[[Eyes], Iterator[str]]
"""Reads the ids of the accounts that administer a service for the account that the eyes are in."""


def _named(administrator: Mapping[str, str] | None, key: str) -> Iterator[str]:
    """Where there is an administrator, AWS names it; where there is none, AWS leaves it out, or sends an empty one."""
    if administrator:
        yield administrator[key]


def _guardduty(eyes: Eyes) -> Iterator[str]:
    for detector in eyes.pages("guardduty", "ListDetectors", "DetectorIds"):
        answer = eyes.ask("guardduty", "GetAdministratorAccount", DetectorId=detector)
        yield from _named(answer.get("Administrator"), "AccountId")


def _securityhub(eyes: Eyes) -> Iterator[str]:
    off = ("InvalidAccessException", "ResourceNotFoundException")
    answer = eyes.ask("securityhub", "GetAdministratorAccount", absent=off) or {}
    yield from _named(answer.get("Administrator"), "AccountId")


def _macie(eyes: Eyes) -> Iterator[str]:
    """Macie answers AccessDeniedException both where it is off and where a permission is missing; its words differ."""
    try:
        answer = eyes.ask("macie2", "GetAdministratorAccount", absent=("ResourceNotFoundException",)) or {}
    except RefusedError as error:
        why = error.message.facts.get("why")
        if isinstance(why, Message) and "not enabled" in str(why.facts.get("words")):
            return
        raise
    yield from _named(answer.get("administrator"), "accountId")


def _inspector(eyes: Eyes) -> Iterator[str]:
    answer = eyes.ask("inspector2", "GetDelegatedAdminAccount", absent=("ResourceNotFoundException",)) or {}
    yield from _named(answer.get("delegatedAdmin"), "accountId")


def _detective(eyes: Eyes) -> Iterator[str]:
    for graph in eyes.pages("detective", "ListInvitations", "Invitations"):
        if graph["Status"] == "ENABLED":
            yield graph["AdministratorId"]


def _access_analyzer(eyes: Eyes) -> Iterator[str]:
    for analyzer in eyes.pages("accessanalyzer", "ListAnalyzers", "analyzers"):
        if analyzer["type"].startswith("ORGANIZATION"):
            yield eyes.account_id


def _firewall_manager(eyes: Eyes) -> Iterator[str]:
    yield from _named(eyes.ask("fms", "GetAdminAccount", absent=("ResourceNotFoundException",)), "AdminAccount")


_HIDDEN: Final = {
    "accessanalyzer": Message("analyzers-hidden"),
    "detective": Message("behavior-graphs-hidden"),
}
"""What a service does not show to a member: then nothing seen is not nothing there."""


def _register(service: str, name: str, actions: tuple[str, ...], page: str, administrators: Administrators) -> None:
    def read(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
        eyes = desk.eyes["member"]
        report = reports.on(eyes.account_id)
        found = sorted({account_id for account_id in administrators(eyes) if account_id})
        for account_id in found:
            if account_id == eyes.account_id:
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


for _row in (
    (
        "guardduty",
        "GuardDuty",
        ("guardduty:GetAdministratorAccount", "guardduty:ListDetectors"),
        "guardduty/latest/APIReference/API_GetAdministratorAccount.html",
        _guardduty,
    ),
    (
        "securityhub",
        "Security Hub",
        ("securityhub:GetAdministratorAccount",),
        "securityhub/1.0/APIReference/API_GetAdministratorAccount.html",
        _securityhub,
    ),
    (
        "macie",
        "Macie",
        ("macie2:GetAdministratorAccount",),
        "macie/latest/APIReference/administrator.html",
        _macie,
    ),
    (
        "inspector",
        "Inspector",
        ("inspector2:GetDelegatedAdminAccount",),
        "inspector/v2/APIReference/API_GetDelegatedAdminAccount.html",
        _inspector,
    ),
    (
        "detective",
        "Detective",
        ("detective:ListInvitations",),
        "detective/latest/APIReference/API_ListInvitations.html",
        _detective,
    ),
    (
        "accessanalyzer",
        "IAM Access Analyzer",
        ("access-analyzer:ListAnalyzers",),
        "access-analyzer/latest/APIReference/API_ListAnalyzers.html",
        _access_analyzer,
    ),
    (
        "fms",
        "Firewall Manager",
        ("fms:GetAdminAccount",),
        "fms/2018-01-01/APIReference/API_GetAdminAccount.html",
        _firewall_manager,
    ),
):
    _register(*_row)
