"""STS, the access portal and Organizations lie: no account outside the plan is touched, nothing untrue is confirmed.

Each lie is put into the answers that orgtools is given. A run is opened, previewed, approved and performed against them
to its end; then the server's own log says who was touched, and its world what is so. What orgtools refuses on purpose
is as good as what it does right.
"""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import boto3
import botocore.endpoint
import pytest
from botocore.client import BaseClient

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.messages import free
from tests import rehearsed
from tests.rehearsed import (
    COURTED,
    DESTINATION,
    OUTSIDE,
    SOURCE,
    STANDALONE,
    THIRD,
    USERS,
    Run,
    assigned,
    permission_set,
)
from tests.tiers import examples, seed_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence

Json = dict[str, Any]
ONE: Final = rehearsed.PLAIN[0]
NEIGHBOUR: Final = rehearsed.PLAIN[1]
"""In the source as the planned ones are, with the same role and the same trust; not planned."""
PLANNED: Final = (ONE, STANDALONE)
INVITED: Final = {ONE: "h-plannedinv01", STANDALONE: "h-plannedinv02"}
CANCELED: Final = "h-canceledinv1"
ROLE: Final = "OrganizationAccountAccessRole"
MANAGEMENT: Final = (rehearsed.SOURCE_MANAGEMENT, rehearsed.DESTINATION_MANAGEMENT)
TOKEN: Final = "made-up-login-of-a-person"
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
_HANDOVER: Final = "[handover]\nprepare = true\nrevoke = true\n"
_PORTAL: Final = (
    f"[access.accounts]\n{ONE} = 'identity-center'\n"
    "[access.identity_center]\nprofile = 'people'\npermission_set = 'Accept'\ncache = '{cache}'\n"
)


@dataclass(frozen=True)
class Lie:
    """One lie.

    Attributes:
        of: the operation whose answers are lies.
        tell: makes a lie of an honest answer, of the call's parameters, and with a way to ask honestly.
        unsent: the call never reaches AWS: `tell` is given an empty answer.
        times: how many answers are lies; the others are honest.
    """

    of: str
    tell: Callable[[Json, Json, Callable[[str, Json], Json]], Json | None]
    unsent: bool = False
    times: int = 1_000_000


def _put(path: str, value: Any) -> Callable[..., Json]:
    """The answer with another value somewhere; a number in the path is a place in a list, ``*`` each of them."""

    def tell(answer: Json, *_: Any) -> Json:
        places: list[Any] = [answer]
        *way, last = path.split(".")
        for name in way:
            places = [
                one
                for held in places
                for one in (held if name == "*" else [held[int(name)] if name.isdigit() else held.get(name, {})])
            ]
        for held in places:
            held[last] = value(held) if callable(value) else value
        return answer

    return tell


def _without(*names: str) -> Callable[..., Json]:
    def tell(answer: Json, *_: Any) -> Json:
        return {name: value for name, value in answer.items() if name not in names}

    return tell


def _renamed(**ids: str) -> Callable[..., Json]:
    """The answer with some texts in place of others, wherever they stand: ``a_300000000001`` becomes its value."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(held) for name, held in value.items()}
        if isinstance(value, list):
            return [told(held) for held in value]
        if isinstance(value, str):
            for old, new in ids.items():
                value = value.replace(old.removeprefix("a_"), new)
        return value

    return lambda answer, *_: told(answer)


def _session_of(account_id: str) -> Callable[..., Json]:
    """A real session of another account than the one that was asked for."""

    def tell(_: Json, asked: Json, ask: Callable[[str, Json], Json]) -> Json:
        arn = f"arn:aws:iam::{account_id}:role/{ROLE}"
        return ask("AssumeRole", {**asked, "RoleArn": arn})

    return tell


def _session_arn(arn: str) -> Callable[..., Json]:
    return _put("AssumedRoleUser.Arn", arn)


def _list(key: str, change: Callable[[list[Json]], list[Json]]) -> Callable[..., Json]:
    def tell(answer: Json, *_: Any) -> Json:
        return {**answer, key: change(answer[key])}

    return tell


def _handshake(of: str, **changes: Any) -> Callable[..., Json]:
    """A list of handshakes in which one is otherwise."""
    return _list("Handshakes", lambda held: [one | changes if one["Id"] == of else one for one in held])


def _to(account_id: str) -> list[Json]:
    return [{"Id": DESTINATION[2:], "Type": "ORGANIZATION"}, {"Id": account_id, "Type": "ACCOUNT"}]


def _done(**answer: Any) -> Callable[..., Json]:
    return lambda *_: answer


def _sent(account_id: str, handshake_id: str = "h-neversent001", state: str = "OPEN") -> Json:
    arn = f"arn:aws:organizations::222222222222:handshake/{DESTINATION}/invite/{handshake_id}"
    return {"Id": handshake_id, "Arn": arn, "State": state, "Action": "INVITE", "Parties": _to(account_id)}


def _member(account_id: str) -> Json:
    return {
        "Id": account_id,
        "Arn": f"arn:aws:organizations::222222222222:account/{DESTINATION}/{account_id}",
        "Name": "made up",
        "Email": "made-up@example.com",
        "State": "ACTIVE",
        "JoinedMethod": "INVITED",
        "JoinedTimestamp": LONG_AGO,
    }


_STS: Final = {
    "the neighbour's session": Lie("AssumeRole", _session_of(NEIGHBOUR)),
    "the session of an account outside": Lie("AssumeRole", _session_of(OUTSIDE)),
    "another planned account's session": Lie("AssumeRole", _session_of(STANDALONE)),
    "the first session only is the neighbour's": Lie("AssumeRole", _session_of(NEIGHBOUR), times=1),
    "keeps whose session it is to itself": Lie("AssumeRole", _without("AssumedRoleUser")),
    "says nobody's session": Lie("AssumeRole", _session_arn("")),
    "says something": Lie("AssumeRole", _session_arn("a session")),
    "says the management account's": Lie("AssumeRole", _session_arn("arn:aws:sts::111111111111:assumed-role/Admin/x")),
    "says the root user's": Lie("AssumeRole", _session_arn(f"arn:aws:iam::{ONE}:root")),
    "says another role's": Lie("AssumeRole", _session_arn(f"arn:aws:sts::{ONE}:assumed-role/Another/x")),
    "says a user's": Lie("AssumeRole", _session_arn(f"arn:aws:iam::{ONE}:user/{ROLE}")),
    "says the neighbour's in other digits": Lie(
        "AssumeRole", _session_arn(f"arn:aws:sts::\uff13{ONE[1:]}:assumed-role/{ROLE}/x")
    ),
}
_IDENTITY: Final = {
    "the caller is of an account outside": Lie("GetCallerIdentity", _put("Account", OUTSIDE)),
    "the caller is of a planned account": Lie("GetCallerIdentity", _put("Account", ONE)),
    "the caller is nobody": Lie("GetCallerIdentity", _without("Account", "Arn")),
    "the caller is of another account in its ARN only": Lie(
        "GetCallerIdentity", _renamed(**{"::111111111111:": "::333333333333:"})
    ),
    "the caller is in another partition": Lie("GetCallerIdentity", _renamed(**{"arn:aws:": "arn:aws-cn:"}), times=1),
    "the organization is a third": Lie("DescribeOrganization", _put("Organization.Id", THIRD)),
    "both organizations are one": Lie("DescribeOrganization", _put("Organization.Id", SOURCE)),
    "the organizations are exchanged": Lie(
        "DescribeOrganization", _renamed(**{SOURCE: "o-x", DESTINATION: SOURCE, "o-x": DESTINATION})
    ),
    "the management account is outside": Lie("DescribeOrganization", _put("Organization.MasterAccountId", OUTSIDE)),
    "the management account is planned": Lie("DescribeOrganization", _put("Organization.MasterAccountId", ONE)),
}
_LISTS: Final = {
    "a planned account has an id outside": Lie("ListAccounts", _renamed(**{f"a_{ONE}": OUTSIDE})),
    "the neighbour is called by the planned id": Lie("ListAccounts", _renamed(**{f"a_{NEIGHBOUR}": ONE})),
    "nobody is anywhere": Lie("ListAccounts", _list("Accounts", lambda _: [])),
    "an account outside is a member": Lie("ListAccounts", _list("Accounts", lambda held: [*held, _member(OUTSIDE)])),
    "both have a planned account": Lie("ListAccounts", _list("Accounts", lambda held: [*held, _member(ONE)])),
    "everybody is suspended": Lie("ListAccounts", _put("Accounts.*.State", "SUSPENDED")),
    "no handshake was sent": Lie("ListHandshakesForOrganization", _list("Handshakes", lambda _: [])),
    "the planned account's invitation is for one outside": Lie(
        "ListHandshakesForOrganization", _handshake(INVITED[ONE], Parties=_to(OUTSIDE))
    ),
    "an invitation outside is for the planned account": Lie(
        "ListHandshakesForOrganization",
        _list(
            "Handshakes",
            lambda held: [
                one | {"Parties": _to(ONE)} for one in held if one["Id"] in (rehearsed.OUTSIDE_INVITATION, CANCELED)
            ],
        ),
    ),
    "its ARN is of a third organization": Lie(
        "ListHandshakesForOrganization",
        _handshake(INVITED[ONE], Arn=f"arn:aws:organizations::555555555555:handshake/{THIRD}/invite/{INVITED[ONE]}"),
    ),
    "a canceled invitation is open": Lie("ListHandshakesForOrganization", _handshake(CANCELED, State="OPEN")),
    "a pending invitation is canceled": Lie("ListHandshakesForOrganization", _put("Handshakes.*.State", "CANCELED")),
    "a pending invitation was accepted": Lie("ListHandshakesForOrganization", _put("Handshakes.*.State", "ACCEPTED")),
    "a pending invitation has expired": Lie(
        "ListHandshakesForOrganization", _put("Handshakes.*.ExpirationTimestamp", LONG_AGO)
    ),
}
_DESCRIBED: Final = {
    "a neighbour is described": Lie("DescribeAccount", _renamed(**{f"a_{ONE}": NEIGHBOUR})),
    "an account outside is described": Lie("DescribeAccount", _renamed(**{f"a_{ONE}": OUTSIDE})),
    "whoever is asked about is described as suspended": Lie("DescribeAccount", _put("Account.State", "SUSPENDED")),
    "whoever is asked about is described as planned": Lie("DescribeAccount", _put("Account.Id", ONE)),
    "nobody lies in a unit": Lie("DescribeAccount", _put("Account.Paths", [])),
    "everybody lies in a unit of nobody": Lie("DescribeAccount", _put("Account.Paths", ["o-x/r-x/ou-x/"])),
}
"""AWS is asked about each account, as in large organizations."""
_MEMBERS: Final = {
    "the member sees nothing": Lie("ListHandshakesForAccount", _list("Handshakes", lambda _: [])),
    "the member sees a third organization's invitation": Lie(
        "ListHandshakesForAccount",
        _handshake(INVITED[ONE], Arn=f"arn:aws:organizations::555555555555:handshake/{THIRD}/invite/{INVITED[ONE]}"),
    ),
    "the member sees another id": Lie("ListHandshakesForAccount", _put("Handshakes.*.Id", "h-somethingels")),
    "the member is in a third organization": Lie("DescribeOrganization", _put("Organization.Id", THIRD)),
}
_ACCEPTING: Final = {
    "accepted, and never was": Lie(
        "AcceptHandshake", _done(Handshake=_sent(ONE, INVITED[ONE], "ACCEPTED"), ResponseMetadata={}), unsent=True
    ),
    "accepted once, and never was": Lie(
        "AcceptHandshake",
        _done(Handshake=_sent(ONE, INVITED[ONE], "ACCEPTED"), ResponseMetadata={}),
        unsent=True,
        times=1,
    ),
    "accepted another": Lie("AcceptHandshake", _put("Handshake.Id", rehearsed.OUTSIDE_INVITATION)),
    "accepted for another": Lie("AcceptHandshake", _put("Handshake.Parties", _to(OUTSIDE))),
    "accepted nothing": Lie("AcceptHandshake", _without("Handshake")),
}
_INVITING: Final = {
    "invited, and never did": Lie(
        "InviteAccountToOrganization", _done(Handshake=_sent(ONE), ResponseMetadata={}), unsent=True
    ),
    "invited an account outside": Lie("InviteAccountToOrganization", _put("Handshake.Parties", _to(OUTSIDE))),
    "invited by another handshake": Lie(
        "InviteAccountToOrganization", _put("Handshake.Id", rehearsed.OUTSIDE_INVITATION)
    ),
    "invited and accepted at once": Lie("InviteAccountToOrganization", _put("Handshake.State", "ACCEPTED")),
    "invited, and says nothing": Lie("InviteAccountToOrganization", _without("Handshake")),
}
_REMOVED: Final = Lie("RemoveAccountFromOrganization", _done(ResponseMetadata={}), unsent=True)
_MOVED: Final = Lie("MoveAccount", _done(ResponseMetadata={}), unsent=True)
_EDITED: Final = Lie("UpdateAssumeRolePolicy", _done(ResponseMetadata={}), unsent=True)


def _of_members(tell: Callable[..., Json]) -> Callable[..., Json]:
    """The lie is of sessions in accounts only: the sides' own callers are told the truth."""
    return lambda answer, *rest: answer if answer["Account"] in MANAGEMENT else tell(answer, *rest)


_SIGNED_IN: Final = {
    "the portal gives the neighbour's session": Lie(
        "GetRoleCredentials", lambda answer, *_: answer | {"roleCredentials": _neighbours_keys()}
    ),
    "the portal's session is of an account outside": Lie("GetCallerIdentity", _of_members(_put("Account", OUTSIDE))),
    "the portal's session is of nobody": Lie("GetCallerIdentity", _of_members(_without("Account", "Arn"))),
    "the portal's session is of another in its ARN only": Lie(
        "GetCallerIdentity", _of_members(_put("Arn", f"arn:aws:sts::{NEIGHBOUR}:assumed-role/Accept/x"))
    ),
}
LIES: Final[dict[tuple[str, str], Lie]] = {
    **{("open", name): lie for name, lie in _IDENTITY.items()},
    **{("invite", name): lie for name, lie in (_INVITING | dict(list(_LISTS.items())[:6])).items()},
    **{(place, name): lie for place in ("invite", "accept", "place") for name, lie in _DESCRIBED.items()},
    **{("prepare", name): lie for name, lie in _STS.items()},
    ("prepare", "edited, and never did"): _EDITED,
    ("leave", "removed, and never did"): _REMOVED,
    ("leave", "no handshake was sent"): _LISTS["no handshake was sent"],
    **{("accept", name): lie for name, lie in (_MEMBERS | _ACCEPTING | dict(list(_LISTS.items())[6:])).items()},
    ("accept", "the neighbour's session"): _STS["the neighbour's session"],
    ("place", "moved, and never did"): _MOVED,
    ("place", "a planned account has an id outside"): _LISTS["a planned account has an id outside"],
    ("revoke", "edited, and never did"): _EDITED,
    ("revoke", "the neighbour's session"): _STS["the neighbour's session"],
    **{("portal", name): lie for name, lie in _SIGNED_IN.items()},
}
"""By where the run stands, and what the lie is."""
_STEPS: Final = {
    "open": steps.INVITE,
    "invite": steps.INVITE,
    "prepare": steps.PREPARE,
    "leave": steps.LEAVE,
    "accept": steps.ACCEPT,
    "place": steps.PLACE,
    "revoke": steps.REVOKE,
    "portal": steps.ACCEPT,
}


def _neighbours_keys() -> Json:
    session = boto3.Session(profile_name="source").client("sts")
    keys = session.assume_role(RoleArn=f"arn:aws:iam::{NEIGHBOUR}:role/{ROLE}", RoleSessionName="x")["Credentials"]
    return {
        "accessKeyId": keys["AccessKeyId"],
        "secretAccessKey": keys["SecretAccessKey"],
        "sessionToken": keys["SessionToken"],
        "expiration": int(keys["Expiration"].timestamp() * 1000),
    }


def _tables(place: str) -> Json:
    """The world in which a run stands there."""
    tables = rehearsed.scenario()
    source, destination, *_ = tables["organizations"]
    if place not in ("open", "invite"):
        sent = [{"id": sent, "organization": DESTINATION, "account": who} for who, sent in INVITED.items()]
        canceled = {"id": CANCELED, "organization": DESTINATION, "account": COURTED, "state": "CANCELED"}
        tables["invitations"] += [*sent, canceled]
    planned = next(account for account in source["accounts"] if account["id"] == ONE)
    both = [{"name": ROLE, "trusts": list(MANAGEMENT)}]
    if place in ("place", "revoke"):
        source["accounts"].remove(planned)
        unit = {"unit": "Workloads/Prod"} if place == "revoke" else {}
        arrived = {name: value for name, value in planned.items() if name != "unit"}
        destination["accounts"].append({**arrived, **unit, "joined": "INVITED", "roles": both})
    if place == "portal":
        planned["roles"] = [{"name": ROLE, "trusts": [rehearsed.DESTINATION_MANAGEMENT]}]
        source["portal"] = {"profile": "people", "token": TOKEN, "assignments": {ONE: ["Accept"]}}
    return tables


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Lie]]:
    """Lies that stand in the answers of every client from now on."""
    told: list[Lie] = []
    counts: dict[int, int] = {}
    honest = BaseClient._make_api_call  # type: ignore[attr-defined]

    def answer(client: BaseClient, operation: str, parameters: Json) -> Json:
        for lie in told:
            if lie.of == operation and counts.setdefault(id(lie), 0) < lie.times:
                counts[id(lie)] += 1
                given = {} if lie.unsent else copy.deepcopy(honest(client, operation, parameters))
                return lie.tell(given, parameters, lambda name, asked: honest(client, name, asked)) or given
        found: Json = honest(client, operation, parameters)
        return found

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
    yield told
    told.clear()


def _ready(run: Run, place: str) -> None:
    """A run folder of two planned accounts, assessed, where the world is as it is there."""
    run.rehearsal.reset(_tables(place))
    portal = _PORTAL.format(cache=run.rehearsal.folder / "sso-cache") if place == "portal" else ""
    handover = _HANDOVER if place in ("prepare", "revoke") else ""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}{handover}{portal}[engine]\nrounds = 3\n")
    run.accounts(f"account_id,ou,path\n{ONE},Workloads/Prod,direct\n{STANDALONE},Workloads/Prod,standalone\n")
    with orgtools.open(run.folder) as migration:
        fine = [orgtools.Finding(who, "E15", orgtools.Verdict.OK, free("fine")).as_json() for who in PLANNED]
        migration.ledger.append(Kind.ASSESSED, accounts=list(PLANNED), findings=fine, left=0)


def _anew(run: Run, place: str) -> int:
    """The same with nothing of an earlier run; how many changing calls there have been."""
    run.close()
    for file in run.folder.glob("*.sqlite*"):
        file.unlink()
    _ready(run, place)
    return len(run.changing())


def _perform(run: Run, step: steps.Step, lie_of: str = "") -> set[str]:
    """The whole way of a step against whatever answers come; whom it called confirmed."""
    try:
        with orgtools.open(run.folder) as migration, pytest.MonkeyPatch.context() as patched:
            if lie_of == "DescribeAccount":
                rehearsed.ask_singly(patched)
            result = rehearsed.do(migration, step)
            return {one.account_id for one in result.outcomes if one.status is steps.Status.CONFIRMED}
    except orgtools.OrgtoolsError:
        return set()


def _true(run: Run, place: str, account_id: str) -> bool:
    """Whether what a step is for is so, as the world has it."""
    account = run.account(account_id)
    trusted = str(account["roles"].get(ROLE, ""))
    so: dict[str, bool] = {
        "open": "OPEN" in run.handshakes(account_id).values(),
        "invite": "OPEN" in run.handshakes(account_id).values(),
        "prepare": rehearsed.DESTINATION_MANAGEMENT in trusted,
        "leave": account["organization"] is None or account_id == ONE,
        "accept": account["organization"] == DESTINATION,
        "portal": account["organization"] == DESTINATION,
        "place": account["organization"] == DESTINATION and account["unit"] == "Workloads/Prod",
        "revoke": rehearsed.SOURCE_MANAGEMENT not in trusted,
    }
    return so[place]


def _strangers(run: Run) -> list[str]:
    """Changing calls that name an account outside the plan, or are made in one, or are about its handshake."""
    handshakes = run.rehearsal.world()["handshakes"]
    found = []
    for call in run.changing():
        about = {call.account} if call.account else set()
        if call.caller_account not in MANAGEMENT:
            about.add(str(call.caller_account))
        if call.handshake in handshakes:
            about.add(handshakes[call.handshake]["account"])
        if not about or not about <= set(PLANNED):
            found.append(f"{call.operation} by {call.caller_arn} about {sorted(map(str, about))}")
    return found


@pytest.mark.parametrize("place", dict.fromkeys(place for place, _ in LIES))
def test_where_nobody_lies_each_step_is_done(run: Run, place: str) -> None:
    """Else what lies are told below would prove nothing: nobody would be touched or confirmed anyway."""
    _ready(run, place)
    assert _perform(run, _STEPS[place])
    assert _strangers(run) == []


@pytest.mark.parametrize("place", dict.fromkeys(place for place, _ in LIES))
def test_no_lie_touches_an_account_outside_the_plan_or_confirms_what_is_not(
    run: Run, lying: list[Lie], place: str, tried: Counter[str]
) -> None:
    """Every lie that is told where a run stands there; a world that was changed is made anew before the next one."""
    step, wrong, changed = _STEPS[place], list[str](), True
    for (where, name), lie in LIES.items():
        if where != place:
            continue
        if changed:
            lying.clear()
            before = _anew(run, place)
        lying[:] = [lie]
        confirmed = _perform(run, step, lie.of)
        lying.clear()
        wrong += [f"{name}: {stranger}" for stranger in _strangers(run)]
        wrong += [f"{name}: {who} is not" for who in confirmed if not _true(run, place, who)]
        with orgtools.Ledger(run.folder / "ledger.sqlite", lambda: LONG_AGO) as ledger:
            told = {event.account_id for event in ledger.events(Kind.CONFIRMED, step=step.name)}
        wrong += [f"{name}: {who} is noted and is not" for who in told if not _true(run, place, who)]
        changed = len(run.changing()) > before
        tried["AWS answers"] += 1
    assert wrong == []


class Garbler:
    """Spoils one operation's answers as they come over the wire, each at a place that a seed chooses."""

    _SCALARS: Final[tuple[Any, ...]] = (
        0,
        -1,
        True,
        None,
        "",
        "x" * 5_000,
        OUTSIDE,
        "o-aaaaaaaaaa",
        "h-0000000000",
        "\u202e",
        [],
        {},
    )

    def __init__(self, seed: int, among: Sequence[str]) -> None:
        """Choose which operation is spoiled, and from which of its answers on: the first ones may be honest."""
        self._random = random.Random(seed)  # noqa: S311 (no secret)
        self.operation = self._random.choice(among)
        self._honest = self._random.randrange(3)

    def spoil(self, body: bytes) -> bytes:
        """The body of an answer, with one thing gone or otherwise."""
        if self._honest > 0:
            self._honest -= 1
            return body
        if body.lstrip().startswith(b"<"):
            return self._of_xml(body)
        answer = json.loads(body)
        places = list(self._places(answer))
        if places:
            held, key = self._random.choice(places)
            value = held[key]
            if isinstance(held, dict) and self._random.random() < 0.5:
                del held[key]
            elif isinstance(value, list) and self._random.random() < 0.7:
                held[key] = self._random.choice(([], value * 2, value[1:]))
            else:
                held[key] = self._random.choice(self._SCALARS)
        return json.dumps(answer).encode()

    def _of_xml(self, body: bytes) -> bytes:
        whole = ET.fromstring(body)  # noqa: S314 (from our own server)
        parent = self._random.choice([element for element in whole.iter() if len(element)])
        child = self._random.choice(list(parent))
        if self._random.random() < 0.5:
            parent.remove(child)
        else:
            child.text = str(self._random.choice(self._SCALARS))
        return ET.tostring(whole)

    def _places(self, held: Any) -> Iterator[tuple[Any, Any]]:
        """Each value inside: what holds it, and its key there."""
        pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
        for key, value in pairs:
            yield held, key
            yield from self._places(value)


GARBLED: Final = (
    "AcceptHandshake",
    "AssumeRole",
    "DescribeAccount",
    "DescribeHandshake",
    "DescribeOrganization",
    "GetCallerIdentity",
    "GetRole",
    "InviteAccountToOrganization",
    "ListAccounts",
    "ListAccountsForParent",
    "ListHandshakesForAccount",
    "ListHandshakesForOrganization",
    "ListOrganizationalUnitsForParent",
    "ListParents",
    "ListRoots",
    "ListTagsForResource",
    "MoveAccount",
    "RemoveAccountFromOrganization",
    "UpdateAssumeRolePolicy",
)
READ: Final = {
    "unenroll": (
        "GetLandingZone",
        "ListBaselines",
        "ListEnabledBaselines",
        "ListLandingZones",
        "SearchProducts",
        "SearchProvisionedProducts",
    ),
    "export": (
        "GetContactInformation",
        "GetResourceShares",
        "ListAccountAssignments",
        "ListInstances",
        "ListPermissionSetsProvisionedToAccount",
        "ListRegions",
        "ListTagsForResource",
    ),
}
"""What is read before anything is done, by what reads it. What checks read is spoiled in tests/assess."""


@pytest.fixture
def garbled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Garbler]]:
    """Who spoils answers from now on."""
    told: list[Garbler] = []
    honest = botocore.endpoint.convert_to_response_dict

    def convert(response: Any, model: Any) -> Json:
        held: Json = honest(response, model)
        for garbler in told:
            if garbler.operation == model.name and held["status_code"] == HTTPStatus.OK and held["body"]:
                held["body"] = garbler.spoil(held["body"])
        return held

    monkeypatch.setattr(botocore.endpoint, "convert_to_response_dict", convert)
    yield told
    told.clear()


@pytest.mark.hypothesis  # make exhaustive tries more
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("place", dict.fromkeys(place for place, _ in LIES if place not in ("open", "portal")))
def test_no_garbled_answer_touches_an_account_outside_the_plan_or_confirms_what_is_not(
    run: Run, garbled: list[Garbler], place: str, tried: Counter[str], pytestconfig: pytest.Config
) -> None:
    """Whatever is missing, empty, twice or of another kind: what orgtools cannot read it refuses in a sentence."""
    step, wrong, changed, before = _STEPS[place], list[str](), True, 0
    seed = seed_of(pytestconfig)
    for number in range(seed, seed + examples(7)):
        if changed:
            garbled.clear()
            before = _anew(run, place)
        garbler = Garbler(number, GARBLED)
        name = f"{garbler.operation} by seed {number}"
        garbled[:] = [garbler]
        confirmed = set[str]()
        try:
            confirmed = _perform(run, step, garbler.operation)
        except Exception as error:  # noqa: BLE001 (whatever an operator would see as a traceback)
            wrong.append(f"{name}: {error!r}")
        garbled.clear()
        wrong += [f"{name}: {stranger}" for stranger in _strangers(run)]
        wrong += [f"{name}: {who} is not" for who in confirmed if not _true(run, place, who)]
        changed = len(run.changing()) > before
        tried["AWS answers"] += 1
    assert wrong == []


@pytest.mark.hypothesis  # make exhaustive tries more
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("reader", READ)
def test_no_garbled_answer_ends_a_reader_without_a_sentence(
    run: Run, garbled: list[Garbler], reader: str, tried: Counter[str], pytestconfig: pytest.Config
) -> None:
    """Control Tower before an account is taken out of it, and what is exported of an account: nothing is changed."""
    tables = _tables("leave")
    tables["organizations"][0]["landing_zone"] = {"registered": ["Legacy"], "products": [ONE]}
    run.rehearsal.reset(tables)
    assigned(ONE, USERS[:1], *permission_set("source"))
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}")
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n")
    before, wrong, seed = len(run.changing()), list[str](), seed_of(pytestconfig)
    with orgtools.open(run.folder) as migration:
        for number in range(seed, seed + examples(14)):
            garbled[:] = [garbler := Garbler(number, READ[reader])]
            try:
                if reader == "export":
                    assess.export(migration, [ONE])
                else:
                    steps.preview(migration, steps.UNENROLL, (ONE,))
            except orgtools.OrgtoolsError:
                pass  # in words
            except Exception as error:  # noqa: BLE001 (whatever an operator would see as a traceback)
                wrong.append(f"{garbler.operation} by seed {number}: {error!r}")
            garbled.clear()
            tried["AWS answers"] += 1
    assert wrong == []
    assert len(run.changing()) == before


def test_there_are_forty_lies_at_least() -> None:
    """Of every kind: whose session, which organization, who is where, what was sent, what was done."""
    assert len({id(lie) for lie in LIES.values()}) >= 40
    assert {lie.of for lie in LIES.values()} >= {"AssumeRole", "GetRoleCredentials", "GetCallerIdentity"}
