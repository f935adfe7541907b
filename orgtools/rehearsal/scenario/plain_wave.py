"""Scenarios made by number: N plain accounts that all move directly, for tests and benchmarks."""

from typing import Any

from orgtools.messages import Message
from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.loader import parse
from orgtools.rehearsal.scenario.scenario import Scenario

SOURCE = "111111111111"
DESTINATION = "222222222222"
MOST = 50_000
UNITS = ("Workloads/Prod", "Workloads/Test", "Platform/Shared")


def account_id(number: int) -> str:
    """The id of the account with this number, counted from 1."""
    return f"{300000000000 + number:012d}"


def document(count: int) -> dict[str, Any]:
    """The scenario's tables, to be changed by a test before it parses them."""
    if not 1 <= count <= MOST:
        raise ScenarioError(Message("scenario-wave-size", limit=MOST))
    return {
        "name": f"wave-{count}",
        "organizations": [
            {
                "id": "o-sourceorg001",
                "root": "r-src1",
                "management": SOURCE,
                "profile": "rehearsal-source",
                "email": "source@example.com",
                "account_quota": count + 10,
                "units": ["Legacy"],
                "accounts": [
                    {
                        "id": account_id(number),
                        "name": f"workload-{number:05d}",
                        "email": f"workload-{number:05d}@example.com",
                        "unit": "Legacy",
                        "tags": {"number": str(number)},
                    }
                    for number in range(1, count + 1)
                ],
            },
            {
                "id": "o-destinatn01",
                "root": "r-dst1",
                "management": DESTINATION,
                "profile": "rehearsal-destination",
                "email": "destination@example.com",
                "account_quota": count + 10,
                "units": list(UNITS),
            },
        ],
    }


def scenario(name: str) -> Scenario:
    """The scenario of a name like `wave:500`. Raises `ScenarioError`."""
    _, _, number = name.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST))):
        raise ScenarioError(Message("scenario-wave-wrong", given=name))
    return parse(document(int(number)))


def accounts_csv(count: int) -> str:
    """The plan that moves every account of the wave, a third to each OU."""
    rows = (f"{account_id(number)},{UNITS[number % len(UNITS)]},1,direct," for number in range(1, count + 1))
    lines = ["account_id,ou,wave,path,tags", *rows]
    return "\n".join(lines) + "\n"
