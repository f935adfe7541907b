"""The wave of the crash matrix: twenty accounts, as they begin and as they have become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.rehearsal import wave
from tests import rehearsed

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNTS: Final = 20
PLANNED: Final = tuple(wave.account_id(number) for number in range(1, ACCOUNTS + 1))
STANDALONE: Final = PLANNED[::2]
OUTSIDE: Final = wave.account_id(ACCOUNTS + 1)
TAGGED: Final = PLANNED[:3]
"""Planned with a tag, which somebody took off when they arrived: to place one takes two calls."""
UNITS: Final = ("Prod", "Test")
ONCE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "invite": {"InviteAccountToOrganization": PLANNED},
    "leave": {"RemoveAccountFromOrganization": STANDALONE},
    "accept": {"AcceptHandshake": PLANNED},
    "place": {"MoveAccount": PLANNED, "TagResource": TAGGED},
}
"""By step: each operation that must take effect, and the accounts for which it must do so once."""


def accounts_csv() -> str:
    """The plan: every second account on the stand-alone path, the first ones with a tag."""
    rows = (
        f"{who},{UNITS[number % 2]},1,"
        f"{'standalone' if who in STANDALONE else 'direct'},{'team=shop' if who in TAGGED else ''}"
        for number, who in enumerate(PLANNED)
    )
    return "\n".join(("account_id,ou,wave,path,tags", *rows, ""))


def document() -> dict[str, Any]:
    """`wave:20`, half of it on the stand-alone path, and two accounts that the plan does not name."""
    made = wave.document(ACCOUNTS)
    source, destination = made["organizations"]
    source["profile"], destination["profile"], destination["units"] = "source", "destination", list(UNITS)
    role = {"name": "OrganizationAccountAccessRole", "trusts": [wave.SOURCE]}
    alone = {"direct_transfer": False, "payment_method": True, "phone_verified": True, "agreement_accepted": True}
    for table in source["accounts"]:
        table |= {"roles": [role], **(alone if table["id"] in STANDALONE else {})}
    outside = {"id": OUTSIDE, "name": "outside", "email": "outside@example.com", "unit": "Legacy"}
    resident = {"id": rehearsed.RESIDENT, "name": "resident", "email": "resident@example.com", "unit": "Prod"}
    source["accounts"].append(outside)
    destination["accounts"] = [resident]
    made["invitations"] = [
        {"id": rehearsed.OUTSIDE_INVITATION, "organization": destination["id"], "account": outside["id"], "days_ago": 5}
    ]
    return made


def document_of(world: Mapping[str, Any], *, tags: bool) -> dict[str, Any]:
    """The wave as it has become; without ``tags``, somebody took them off those that have arrived."""
    made = document()
    source, destination = made["organizations"]
    tables, source["accounts"], made["accounts"] = source["accounts"], [], []
    for table in tables:
        held = world["accounts"][table["id"]]
        if held["organization"] is None:
            made["accounts"].append({name: value for name, value in table.items() if name not in ("unit", "tags")})
        elif held["organization"] == source["id"]:
            source["accounts"].append(table)
        else:
            arrived = {"joined": "INVITED", "joined_days_ago": 0, "tags": held["tags"] if tags else {}}
            destination["accounts"].append({**table, **arrived, "unit": held["unit"]})
    made["invitations"] += [
        {"id": sent_id, "organization": sent["organization"], "account": sent["account"], "state": sent["state"]}
        | {"tags": sent["tags"]}
        for sent_id, sent in world["handshakes"].items()
        if sent_id != rehearsed.OUTSIDE_INVITATION
    ]
    return made
