"""Security services that somebody else administers: D11."""

from __future__ import annotations

from typing import Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.findings import Verdict
from tests import values
from tests.assess.answering import DENIED, look

ADMIN: Final = "400000000009"
FOUND: Final[dict[str, dict[str, Any]]] = {
    "guardduty": {
        "guardduty:ListDetectors": {"DetectorIds": ["1" * 32]},
        "guardduty:GetAdministratorAccount": {"Administrator": {"AccountId": ADMIN, "RelationshipStatus": "Enabled"}},
    },
    "securityhub": {"securityhub:GetAdministratorAccount": {"Administrator": {"AccountId": ADMIN}}},
    "macie": {"macie2:GetAdministratorAccount": {"administrator": {"accountId": ADMIN}}},
    "inspector": {"inspector2:GetDelegatedAdminAccount": {"delegatedAdmin": {"accountId": ADMIN}}},
    "detective": {"detective:ListInvitations": {"Invitations": [{"AdministratorId": ADMIN, "Status": "ENABLED"}]}},
    "accessanalyzer": {
        "accessanalyzer:ListAnalyzers": {
            "analyzers": [
                {
                    "arn": "arn:aws:access-analyzer:us-east-1:1:analyzer/a",
                    "name": "a",
                    "type": "ORGANIZATION",
                    "createdAt": values.NOW,
                    "status": "ACTIVE",
                }
            ]
        }
    },
    "fms": {"fms:GetAdminAccount": {"AdminAccount": ADMIN, "RoleStatus": "READY"}},
}
OFF: Final[dict[str, dict[str, Any]]] = {
    "guardduty": {"guardduty:ListDetectors": {"DetectorIds": []}},
    "securityhub": {"securityhub:GetAdministratorAccount": "InvalidAccessException"},
    "macie": {"macie2:GetAdministratorAccount": "ResourceNotFoundException"},
    "inspector": {"inspector2:GetDelegatedAdminAccount": "ResourceNotFoundException"},
    "detective": {"detective:ListInvitations": {"Invitations": []}},
    "accessanalyzer": {"accessanalyzer:ListAnalyzers": {"analyzers": []}},
    "fms": {"fms:GetAdminAccount": "ResourceNotFoundException"},
}


def test_every_service_of_the_catalogue_is_tried_here() -> None:
    """D11: a new row needs its three answers."""
    assert {f"D11.{name}" for name in FOUND} == {name for name in CATALOGUE if name.startswith("D11.")}


@pytest.mark.parametrize("service", FOUND)
def test_an_administrator_that_loses_the_account_is_named(service: str) -> None:
    """D11: by its account id; the account itself where it administers."""
    (found,) = look(f"D11.{service}", FOUND[service])
    assert found.status is Verdict.WARN
    assert found.evidence.facts.get("account") == (None if service == "accessanalyzer" else ADMIN)


@pytest.mark.parametrize("service", OFF)
def test_a_service_that_is_off_or_has_no_administrator_is_fine(service: str) -> None:
    """D11: each service has its own word for it. Where a member is not shown everything, the words say so."""
    (found,) = look(f"D11.{service}", OFF[service], everything=False)
    hidden = service in ("accessanalyzer", "detective")
    assert found.status is (Verdict.INFO if hidden else Verdict.OK)
    assert found.evidence.code.endswith("-hidden") is hidden


def test_macie_tells_by_words_whether_it_is_off() -> None:
    """D11: its code for that is the one for a missing permission."""
    words = "AccessDeniedException: Macie is not enabled."
    (off,) = look("D11.macie", {"macie2:GetAdministratorAccount": words})
    assert off.status is Verdict.OK


@pytest.mark.parametrize("service", FOUND)
def test_a_service_that_refuses_is_unknown(service: str) -> None:
    """D11: also Macie, which says the same code where it is off, in other words."""
    (found,) = look(f"D11.{service}", dict.fromkeys(FOUND[service], DENIED), everything=False)
    assert found.status is Verdict.UNKNOWN
    assert found.remedy.startswith("Grant ")
