"""A world in which nobody of the run has the source's credentials: only the destination is ours."""

from __future__ import annotations

from typing import Any, Final

from tests.rehearsed import DESTINATION_MANAGEMENT, FAST, PLAIN, SOURCE_MANAGEMENT, STANDALONE, YOUNG, scenario

ROLE, OWNED, KEYED = PLAIN
"""Accounts of somebody else's organization: entered by the destination, by its owner only, by keys of its own."""
LEAVING: Final = STANDALONE
"""One that cannot be transferred directly, and leaves by itself."""
ALONE: Final = "300000000020"
"""In no organization."""
SHUT: Final = YOUNG
"""One that nobody can enter, although a way in is named."""

PROFILES: Final = f"""\
[destination]
profile = "destination"
[access.accounts]
{OWNED} = "owner"
{KEYED} = "profile:keyed"
"""
ACCOUNTS: Final = f"""\
account_id,ou,wave,path,tags
{ROLE},Workloads/Prod,1,direct,team=shop
{OWNED},Workloads/Test,1,direct,
{KEYED},Platform/Shared,1,direct,
{LEAVING},Workloads/Prod,1,standalone,
{ALONE},Workloads/Test,1,direct,
{SHUT},Workloads/Prod,2,direct,
"""
SETTINGS: Final = PROFILES + FAST


def tables() -> dict[str, Any]:
    """The small scenario, where roles trust the destination and one account stands alone."""
    made = scenario()
    role = {"name": "OrganizationAccountAccessRole", "trusts": [DESTINATION_MANAGEMENT]}
    for account in made["organizations"][0]["accounts"]:
        if account["id"] in (ROLE, LEAVING):
            account["roles"] = [role]
        if account["id"] == KEYED:
            account |= {"profile": "keyed", "roles": []}
        if account["id"] in (OWNED, SHUT):
            account |= {"roles": [{**role, "trusts": [SOURCE_MANAGEMENT]}], "service_linked_role": False}
    alone: dict[str, Any] = {"id": ALONE, "name": "account-020", "email": "account-020@example.com", "roles": [role]}
    alone |= {"payment_method": True, "phone_verified": True, "agreement_accepted": True}
    made["accounts"] = [alone]
    return made
