"""A whole wave by many threads at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.config import Config

from orgtools.rehearsal import Fault, Rehearsal
from orgtools.rehearsal.scenario.plain_wave import account_id

Make = Callable[..., Any]
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"
PATIENT = Config(retries={"total_max_attempts": 8, "mode": "standard"}, max_pool_connections=16)


def test_a_wave_by_many_threads_ends_as_one_by_one(
    rehearsal: Rehearsal, client: Make, member: Make, sessions: dict[str, Any]
) -> None:
    """Forty accounts, eight threads, throttling and server errors: every account arrives exactly once."""
    rehearsal.reset("wave:40")
    rehearsal.script(
        Fault("InviteAccountToOrganization", "throttle", probability=0.2),
        Fault("MoveAccount", "server_error", probability=0.2),
        seed=7,
    )
    client(DESTINATION)
    client(SOURCE, "sts")
    destination = sessions[DESTINATION].client("organizations", config=PATIENT)
    unit = next(iter(rehearsal.world()["organizations"]["o-destinatn01"]["units"]))
    insiders = {account_id(number): member(account_id(number)) for number in range(1, 41)}

    def move(account: str) -> None:
        target = {"Type": "ACCOUNT", "Id": account}
        handshake = destination.invite_account_to_organization(Target=target)["Handshake"]["Id"]
        insiders[account].accept_handshake(HandshakeId=handshake)
        destination.move_account(AccountId=account, SourceParentId="r-dst1", DestinationParentId=unit)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(move, insiders))
    destination.close()
    world = rehearsal.world()
    assert {world["accounts"][account]["parent"] for account in insiders} == {unit}
    assert Counter(handshake["state"] for handshake in world["handshakes"].values()) == {"ACCEPTED": 40}
    calls = rehearsal.calls()
    assert [call.number for call in calls] == list(range(1, len(calls) + 1))
