"""Account Factory: the way to enroll an account that migration.toml asks for, by a provisioned product of its own.

See https://docs.aws.amazon.com/controltower/latest/userguide/automated-provisioning-walkthrough.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import mask_emails
from orgtools.messages import Message
from orgtools.steps.core.decisions import Blocked, Call, Do, all_of

if TYPE_CHECKING:
    from orgtools.aws.model import OrganizationalUnit
    from orgtools.aws.read.control_tower import ControlTower, EnrolmentProgress
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Decision

_EMAILS: Final = ("AccountEmail", "SSOUserEmail")
_TERMINATE: Final = "TerminateProvisionedProduct"


def is_asked(account: PlannedAccount, snapshot: Snapshot) -> bool:
    """Whether migration.toml asks for an account, or its unit, to be enrolled in this way."""
    asked = {name.strip("/") for name in snapshot.settings.control_tower.account_factory}
    return account.account_id in asked or account.ou.strip("/") in asked


def decide(
    account_id: str,
    unit: OrganizationalUnit,
    tower: ControlTower,
    snapshot: Snapshot,
    *,
    told: EnrolmentProgress | None,
    failed: tuple[Message, ...],
) -> Decision:
    """Clean up a product that is left over, else provision one: one call.

    Args:
        account_id: the account, which lies in its unit.
        unit: the unit.
        tower: what the destination has of Control Tower.
        snapshot: both organizations.
        told: how far this run's last operation for the account has come; None where there is none.
        failed: what AWS said of the last try.
    """
    product = tower.products.get(account_id)
    if product:
        # Of whatever status: a product that stands although the account is not enrolled is left over.
        parameters: dict[str, Any] = {
            "ProvisionedProductId": product.id,
            "TerminateToken": f"clean-{product.id}",
            "IgnoreErrors": True,
        }
        words = Message("enroll-call-terminate", product=product.id)
        why = all_of([Message("enroll-product-left", state=product.status), *failed])
        return Do(account_id, why, (_call(tower, _TERMINATE, parameters, words),))
    if unit.id not in tower.enabled:
        return Blocked(account_id, Message("enroll-factory-unit-not-registered", unit=unit.path))
    if tower.factory is None:
        return Blocked(account_id, Message("enroll-factory-not-shown"))
    why = all_of([Message("enroll-factory-asked"), *failed])
    return Do(account_id, why, (_provision(account_id, unit, tower, told, snapshot),))


def _provision(
    account_id: str, unit: OrganizationalUnit, tower: ControlTower, told: EnrolmentProgress | None, snapshot: Snapshot
) -> Call:
    product_id, artifact_id, path_id = tower.factory or ("", "", "")
    held, settings = snapshot.destination.accounts[account_id], snapshot.settings.control_tower
    values = {
        "AccountEmail": held.email,
        "AccountName": held.name,
        "ManagedOrganizationalUnit": f"{unit.name} ({unit.id})",
        "SSOUserEmail": held.email,
        "SSOUserFirstName": settings.sso_first_name,
        "SSOUserLastName": settings.sso_last_name,
    }
    parameters: dict[str, Any] = {
        "ProductId": product_id,
        "ProvisioningArtifactId": artifact_id,
        **({"PathId": path_id} if path_id else {}),
        "ProvisionedProductName": f"Enroll-Account-{account_id}",
        # The same for a call whose answer was lost, another one after a failure: AWS answers the first to the first.
        "ProvisionToken": f"{account_id}-{told.id if told else 'first'}",
        "ProvisioningParameters": [{"Key": key, "Value": value} for key, value in values.items()],
    }
    words = Message("enroll-call-provision", account=account_id, unit=unit.path, address=mask_emails(held.email))
    return _call(tower, "ProvisionProduct", parameters, words)


def _call(tower: ControlTower, operation: str, parameters: dict[str, Any], words: Message) -> Call:
    return Call(operation, "destination", parameters, words, "servicecatalog", region=tower.region)


def complete_parameters(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:
    """Account Factory wants the account's full e-mail address: it is read now, sent, and kept nowhere.

    Raises:
        RefusedError: AWS refuses to tell it.
    """
    if call.operation != "ProvisionProduct":
        return call.parameters
    email = migration.destination.email(account_id)
    given = [
        {"Key": one["Key"], "Value": email if one["Key"] in _EMAILS else one["Value"]}
        for one in call.parameters["ProvisioningParameters"]
    ]
    return {**call.parameters, "ProvisioningParameters": given}
