"""Security services in which an account is a member of an administrator in the source organization: D11."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from orgtools.assess.catalogue import Desk, Reports, reading
from orgtools.aws.looking import Eyes
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Status

_DOCS: Final = "https://docs.aws.amazon.com/"

Administrators = Callable[[Eyes], Iterator[str]]
"""Reads the ids of the accounts that administer a service for the account that the eyes are in."""


def _guardduty(eyes: Eyes) -> Iterator[str]:
    for detector in eyes.pages("guardduty", "ListDetectors", "DetectorIds"):
        answer = eyes.ask("guardduty", "GetAdministratorAccount", DetectorId=detector)
        yield (answer.get("Administrator") or {}).get("AccountId", "")


def _securityhub(eyes: Eyes) -> Iterator[str]:
    off = ("InvalidAccessException", "ResourceNotFoundException")
    answer = eyes.ask("securityhub", "GetAdministratorAccount", absent=off) or {}
    yield (answer.get("Administrator") or {}).get("AccountId", "")


def _macie(eyes: Eyes) -> Iterator[str]:
    """Macie answers AccessDeniedException both where it is off and where a permission is missing; its words differ."""
    try:
        answer = eyes.ask("macie2", "GetAdministratorAccount", absent=("ResourceNotFoundException",)) or {}
    except RefusedError as error:
        if "not enabled" in str(error):
            return
        raise
    yield (answer.get("administrator") or {}).get("accountId", "")


def _inspector(eyes: Eyes) -> Iterator[str]:
    answer = eyes.ask("inspector2", "GetDelegatedAdminAccount", absent=("ResourceNotFoundException",)) or {}
    yield (answer.get("delegatedAdmin") or {}).get("accountId", "")


def _detective(eyes: Eyes) -> Iterator[str]:
    for graph in eyes.pages("detective", "ListInvitations", "Invitations"):
        if graph.get("Status") == "ENABLED":
            yield graph.get("AdministratorId", "")


def _access_analyzer(eyes: Eyes) -> Iterator[str]:
    for analyzer in eyes.pages("accessanalyzer", "ListAnalyzers", "analyzers"):
        if analyzer["type"].startswith("ORGANIZATION"):
            yield eyes.account_id


def _firewall_manager(eyes: Eyes) -> Iterator[str]:
    answer = eyes.ask("fms", "GetAdminAccount", absent=("ResourceNotFoundException",)) or {}
    yield answer.get("AdminAccount", "")


_HIDDEN: Final = {
    "detective": "no behavior graph invited it; the organization's own takes accounts without an invitation, and shows "
    "them only to its administrator",
    "accessanalyzer": "it holds no analyzer of the organization; those of other accounts are not shown to members",
}
"""What a service does not show to a member: then nothing seen is not nothing there."""


def _register(service: str, title: str, actions: tuple[str, ...], page: str, administrators: Administrators) -> None:
    def read(desk: Desk, reports: Reports) -> Iterator[Finding]:
        eyes = desk.eyes["member"]
        report = reports.on(eyes.account_id)
        found = sorted({account_id for account_id in administrators(eyes) if account_id})
        for account_id in found:
            who = "it administers" if account_id == eyes.account_id else f"account {account_id} administers"
            yield report.warn(f"{who} {title} for it: that ends with the move")
        if not found and service in _HIDDEN:
            yield report.info(_HIDDEN[service])

    reading(
        f"D11.{service}",
        subject="services",
        where=("member",),
        actions=actions,
        silent=True,
        page=_DOCS + page,
        severity=Status.WARN,
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
