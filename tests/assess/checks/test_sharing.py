"""Resource shares that end when an account changes its organization: D3."""

from __future__ import annotations

from typing import Any, Final

import pytest

from orgtools.findings import Verdict
from orgtools.messages import Message
from tests import values
from tests.assess.answering import DENIED, look

RECEIVED: Final = "arn:aws:ram:us-east-1:400000000001:resource-share/r"
OWN: Final = f"arn:aws:ram:us-east-1:{values.ACCOUNT}:resource-share/o"
SUBNET: Final = "arn:aws:ec2:us-east-1:400000000001:subnet/subnet-1"
UNIT: Final = f"arn:aws:organizations::111111111111:ou/{values.SOURCE.organization_id}/ou-src1-11111111"


def _share(arn: str, *, external: bool = False, retain: bool = False) -> dict[str, Any]:
    return {
        "resourceShareArn": arn,
        "name": "subnets",
        "owningAccountId": arn.split(":")[4],
        "allowExternalPrincipals": external,
        "status": "ACTIVE",
        "resourceShareConfiguration": {"retainSharingOnAccountLeaveOrganization": retain},
    }


def _answers(received: list[Any], own: list[Any], *principals: str) -> dict[str, Any]:
    def shares(asked: dict[str, Any]) -> Any:
        return {"resourceShares": own if asked["resourceOwner"] == "SELF" else received}

    return {
        "ram:GetResourceShares": shares,
        "ram:ListResources": {"resources": [{"arn": SUBNET, "resourceShareArn": RECEIVED}]},
        "ram:GetResourceShareAssociations": {
            "resourceShareAssociations": [
                {"resourceShareArn": OWN, "associatedEntity": name, "status": "ASSOCIATED"} for name in principals
            ]
        },
    }


@pytest.mark.parametrize(
    ("share", "status", "code"),
    [
        (_share(RECEIVED), Verdict.BLOCK, "share-received-internal"),
        (_share(RECEIVED, external=True), Verdict.WARN, "share-received-external"),
        (_share(RECEIVED, retain=True), Verdict.INFO, "share-received-retained"),
    ],
)
def test_what_others_share_with_the_account(share: dict[str, Any], status: Verdict, code: str) -> None:
    """D3: with its owner and its resources."""
    (found,) = look("D3", _answers([share], []), everything=False)
    assert (found.status, found.resource, found.text) == (status, RECEIVED, SUBNET)
    assert found.evidence == Message(code, account="400000000001", name="subnets", count=1)


@pytest.mark.parametrize(
    ("share", "principal", "status", "code"),
    [
        (_share(OWN), UNIT, Verdict.WARN, "share-owned-organization"),
        (_share(OWN), "400000000001", Verdict.WARN, "share-owned-internal"),
        (_share(OWN, external=True), "400000000001", Verdict.INFO, "share-owned-external"),
        (_share(OWN, retain=True), UNIT, Verdict.INFO, "share-owned-retained"),
    ],
)
def test_what_the_account_shares_itself(share: dict[str, Any], principal: str, status: Verdict, code: str) -> None:
    """D3: others lose it, which the move of this account does not wait for."""
    (found,) = look("D3", _answers([], [share], principal), everything=False)
    assert (found.status, found.resource, found.text) == (status, OWN, principal)
    assert (found.evidence.code, found.evidence.facts.get("count", 1)) == (code, 1)


def test_nothing_shared_is_fine_and_a_closed_door_is_unknown() -> None:
    """D3: shares that are over do not count."""
    over = _share(RECEIVED) | {"status": "DELETED"}
    (fine,) = look("D3", _answers([over], []), everything=False)
    assert fine.status is Verdict.OK
    (closed,) = look("D3", {"ram:GetResourceShares": DENIED}, everything=False)
    assert closed.status is Verdict.UNKNOWN
    assert "Grant ram:GetResourceShares" in closed.remedy


def test_both_directions_are_read() -> None:
    """D3: one look calls all that it declares."""
    received, own = look("D3", _answers([_share(RECEIVED)], [_share(OWN)], UNIT))
    assert (received.status, own.status) == (Verdict.BLOCK, Verdict.WARN)
