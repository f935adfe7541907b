"""Billing: who sells to an account, and who shares its discounts."""

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import by_moto, operation
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

by_moto("budgets", "DescribeBudgets", action="budgets:ViewBudget")


@operation("invoicing", "BatchGetInvoiceProfile")
def batch_get_invoice_profile(world: World, caller: Caller, parameters: Json) -> Json:
    """The seller of record of every account that is known."""
    del caller
    known = [world.accounts[name] for name in parameters.get("AccountIds", ()) if name in world.accounts]
    return {
        "Profiles": [
            {
                "AccountId": account.id,
                "Issuer": "Amazon Web Services, Inc." if account.traits.seller == "AWS" else account.traits.seller,
            }
            for account in known
        ]
    }


@operation("billing", "GetBillingPreferences")
def get_billing_preferences(world: World, caller: Caller, parameters: Json) -> Json:
    """Which accounts of the caller's organization share its reservations and Savings Plans."""
    del parameters
    own = world.organization_of(caller.account.id)
    members = [account for account in world.accounts.values() if own and world.organization_of(account.id) is own]
    return {
        "billingPreferences": [
            {
                "feature": "RI_SHARING",
                "key": "RI_SHARING",
                "value": "ENABLED" if account.traits.shares_discounts else "DISABLED",
                "accountId": account.id,
            }
            for account in members
        ]
    }
