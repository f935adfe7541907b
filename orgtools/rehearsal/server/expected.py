"""How a shipped scenario ends when its plan is carried out: where each account is then, and who is enrolled."""

import csv
from pathlib import Path
from typing import Any, Final

from orgtools.messages import Message
from orgtools.rehearsal.scenario.loader import SHIPPED, folder_of

FILE = "expected.csv"
FIRST = "two-waves"


def shipped() -> list[str]:
    """The names of the shipped scenarios; the one that tells the whole story comes first."""
    names = sorted(folder.name for folder in SHIPPED.iterdir() if (folder / "scenario.toml").is_file())
    return sorted(names, key=lambda name: name != FIRST)


_CODES: Final = {
    "organization": "expected-organization",
    "unit": "expected-unit",
    "enrolled": "expected-enrolled",
    "shares": "expected-shares",
}
"""What is said of a column of `expected.csv` that an account does not fit."""


def differences(name: str, world: dict[str, Any]) -> list[Message]:
    """What is not as the scenario's `expected.csv` says; nothing where there is no such file.

    Raises `ScenarioError` for an unknown scenario.
    """
    file = None if name.startswith("wave:") else Path(folder_of(name)) / FILE
    if file is None or not file.is_file():
        return []
    enrolled = {account_id for found in _enrolled(world).values() for account_id in found}
    told = []
    with file.open(newline="") as stream:
        for row in csv.DictReader(stream):
            account = world["accounts"][row["account_id"]]
            found = {
                "organization": account["organization"],
                "unit": account["unit"],
                "enrolled": "yes" if row["account_id"] in enrolled else "no",
                "shares": " ".join(account["shares"]),
            }
            wrong = [
                Message(_CODES[what], before=row[what], after=so)
                for what, so in found.items()
                if what in row and so != row[what]
            ]
            if wrong:
                told.append(Message("expected-of-account", account=row["account_id"], findings=wrong))
    return told


def governed(world: dict[str, Any]) -> list[Message]:
    """Whom Control Tower governs, for each landing zone."""
    return [
        Message("rehearsal-governs", organization=organization_id, accounts=found)
        if found
        else Message("rehearsal-governs-nobody", organization=organization_id)
        for organization_id, found in _enrolled(world).items()
    ]


def _enrolled(world: dict[str, Any]) -> dict[str, list[str]]:
    return {
        organization_id: sorted(who for who, status in zone["enrolled"].items() if status == "SUCCEEDED")
        for organization_id, organization in world["organizations"].items()
        if (zone := organization["landing_zone"])
    }
