"""A scenario's tables as a world has become since: so that many tests begin where one has come to."""

from __future__ import annotations

from typing import Any, Final

Json = dict[str, Any]
_RESTED: Final = 2
"""Days since an account has arrived: in the new world AWS lets it change its organization again."""


def become(tables: Json, world: Json) -> Json:
    """The same scenario with the units that there are now, and every account where it is, with what it has.

    Args:
        tables: the scenario that the world was made of.
        world: the truth, as `Rehearsal.world` tells it.
    """
    accounts = [table for side in tables["organizations"] for table in side.get("accounts", ())]
    now = [_account(table, world) for table in (*accounts, *tables.get("accounts", ()))]
    return {
        **tables,
        "organizations": [_organization(side, now, world) for side in tables["organizations"]],
        "accounts": [
            {name: value for name, value in table.items() if name not in ("unit", "tags")}
            for table in now
            if world["accounts"][table["id"]]["organization"] is None
        ],
        "invitations": [
            {"id": sent_id, **{name: sent[name] for name in ("organization", "account", "state", "tags")}}
            for sent_id, sent in world["handshakes"].items()
        ],
    }


def _account(table: Json, world: Json) -> Json:
    held = world["accounts"][table["id"]]
    joined = {"joined": "INVITED", "joined_days_ago": _RESTED} if held["joined_method"] == "INVITED" else {}
    roles = [{"name": name, "trust": trust} for name, trust in held["roles"].items()]
    return {**table, **joined, "roles": roles, "unit": held["unit"] or "/", "tags": held["tags"]}


def _unit(unit_id: str, path: str) -> Json:
    parent, _, name = path.rpartition("/")
    return {"id": unit_id, "parent": parent, "name": name}


def _organization(side: Json, accounts: list[Json], world: Json) -> Json:
    members = [table for table in accounts if world["accounts"][table["id"]]["organization"] == side["id"]]
    units = world["organizations"][side["id"]]["units"]
    made = {**side, "accounts": members, "units": [_unit(*held) for held in units.items()]}
    zone = world["organizations"][side["id"]]["landing_zone"]
    if zone is not None:
        made["landing_zone"] = {
            **side["landing_zone"],
            "registered": list(zone["registered"]),
            "unenrolled": [table["id"] for table in members if table["id"] not in zone["enrolled"]],
            "products": [account_id for account_id, status in zone["products"].items() if status == "AVAILABLE"],
            "tainted": [account_id for account_id, status in zone["products"].items() if status != "AVAILABLE"],
        }
    return made
