"""One registry of what the rehearsal serves: an operation is a function with `@operation`, and all else follows.

Who may call it, which resource policies are asked for, its rate, whether it changes something, and whether moto
answers it. Whatever nobody declared, moto answers, except of a service that the rehearsal simulates as a whole.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from orgtools.rehearsal.limits.rates import Limit
from orgtools.rehearsal.refusals import access_denied, not_in_use
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

Json = dict[str, Any]
ORGANIZATIONS = "organizations"
READING = (
    "List",
    "Get",
    "Describe",
    "AssumeRole",
    "BatchGet",
    "Search",
    "Simulate",
    "Head",
    "Lookup",
    "Query",
    "Scan",
    "Select",
    "Check",
    "Validate",
    "Decode",
)
"""How the names of operations begin that change nothing a migration cares about."""
T = TypeVar("T")
Asked = Callable[[World, Caller, Json], T] | Callable[[World, Caller, Json, str], T]
"""A function of a call: of world, caller and parameters, and of the region where it has a fourth parameter."""
F = TypeVar("F", bound=Asked[Json | None])
Question = tuple[World, Caller, Json, str]
"""World, caller, parameters and region of a call."""


class Who(Enum):
    """Whose account may call an operation at all, whatever policies say."""

    ANYONE = "any account, in an organization or not"
    MEMBER = "any account of an organization"
    DELEGATE = "the management account or a delegated administrator (user guide, orgs_delegate_policies)"
    MANAGEMENT = "the management account"


def anything(_world: World, _caller: Caller, _parameters: Json) -> str:
    """The resource of an operation that has no resources of its own."""
    return "*"


def nobody(_world: World, _parameters: Json) -> None:
    """The account that a call is about, where nothing says so."""


def no_others(_world: World, _caller: Caller, _parameters: Json) -> tuple[str, ...]:
    """The organizations in whose bucket a call counts beside the caller's own, where there are none."""
    return ()


def named(parameter: str) -> Asked[str]:
    """The resource whose ARN is a parameter; anything where a call has none."""

    def resource(_world: World, _caller: Caller, parameters: Json) -> str:
        return str(parameters.get(parameter) or "*")

    return resource


@dataclass(frozen=True)
class Service:
    """What holds for every operation of a service, by its signing name, also for those that moto answers."""

    name: str
    resource: Asked[str] = anything
    """The ARN that policies see as the resource of a call (Service Authorization Reference)."""
    concerns: Callable[[World, Json], str | None] = nobody
    """The account that a call is about, for the log, where its parameters do not name it by its id."""
    whole: bool = False
    """Whether nothing of it is left to moto and to the answers of a scenario unless it is declared."""


@dataclass(frozen=True)
class Operation:
    """One operation: what runs, and what has to be so before. See `operation` for what each part means."""

    service: str
    name: str
    run: Asked[Json | None] | None = None
    """None where moto answers; it also answers what this leaves to it."""
    who: Who = Who.ANYONE
    action: str = ""
    resource: Asked[str] | None = None
    asks_itself: bool = False
    rate: Limit | None = None
    counts_for: Asked[Iterable[str]] = no_others
    changing: bool = True

    @property
    def known_as(self) -> str:
        """The action that policies know it by."""
        return self.action or f"{self.service}:{self.name}"


SERVICES: dict[str, Service] = {}
OPERATIONS: dict[tuple[str, str], Operation] = {}
"""What is declared, by service and name."""


def service(held: Service) -> Service:
    """Declares what holds for a service."""
    if held.name in SERVICES:
        raise TypeError(f"the service {held.name} is declared twice")
    SERVICES[held.name] = held
    return held


def operation(
    service: str,
    name: str,
    *,
    who: Who | None = None,
    rate: Limit | None = None,
    counts_for: Asked[Iterable[str]] = no_others,
    resource: Asked[str] | None = None,
    action: str = "",
    asks_itself: bool = False,
    changing: bool | None = None,
) -> Callable[[F], F]:
    """Declares that a function answers an operation.

    The function takes world, caller and parameters, and the region if it has a fourth parameter. It returns the answer,
    or None to leave it to moto, or raises a `Refusal`.

    Args:
        service: the name that requests to the service are signed with.
        name: the operation, as the API spells it.
        who: whose account may call it; anyone, without it. Of Organizations each operation says so.
        rate: its token buckets, `rates.UNPUBLISHED` where AWS publishes none. Of Organizations each operation says so;
            other services have none here.
        counts_for: organizations in whose bucket a call counts, beside the caller's own.
        resource: the ARN that policies see; without it what the service's `Service` says.
        action: what policies know it by, where that is not ``service:name``.
        asks_itself: whether the function asks the policies itself, so that nobody asks before.
        changing: whether it asks for a change, where its name does not tell (`READING`).
    """

    def declare(function: F) -> F:
        _add(
            Operation(
                service,
                name,
                function,
                who=who or Who.ANYONE,
                rate=rate,
                counts_for=counts_for,
                resource=resource,
                action=action,
                asks_itself=asks_itself,
                changing=_asks_for_change(name) if changing is None else changing,
            ),
            who,
        )
        return function

    return declare


def by_moto(service: str, name: str, *, who: Who | None = None, rate: Limit | None = None, action: str = "") -> None:
    """Declares an operation that moto answers; see `operation`."""
    _add(
        Operation(service, name, who=who or Who.ANYONE, rate=rate, action=action, changing=_asks_for_change(name)),
        who,
    )


def _add(held: Operation, who: Who | None) -> None:
    place = f"the operation {held.service}:{held.name}"
    if (held.service, held.name) in OPERATIONS:
        raise TypeError(f"{place} is declared twice")
    if held.service == ORGANIZATIONS and (who is None or held.rate is None):
        raise TypeError(f"{place} does not say {'who may call it' if who is None else 'its rate, or UNPUBLISHED'}")
    OPERATIONS[held.service, held.name] = held


def served(service: str, name: str) -> Operation | None:
    """How an operation is served: as declared, else by moto; None where nobody serves it."""
    declared = OPERATIONS.get((service, name))
    return declared or (None if of_service(service).whole else Operation(service, name))


def is_changing(service: str, name: str) -> bool:
    """Whether an operation asks for a change."""
    declared = OPERATIONS.get((service, name))
    return declared.changing if declared else _asks_for_change(name)


def _asks_for_change(name: str) -> bool:
    return not name.startswith(READING)


def of_service(name: str) -> Service:
    """What holds for a service."""
    return SERVICES.get(name) or Service(name)


def of(service: str) -> Mapping[str, Operation]:
    """What is declared of a service, by name."""
    return {held.name: held for held in OPERATIONS.values() if held.service == service}


def ask(function: Asked[T], world: World, caller: Caller, parameters: Json, region: str) -> T:
    """Calls a function that is asked about a call, with the region if it wants it."""
    wanted: Callable[..., T] = function
    return wanted(*(world, caller, parameters, region)[: _count(function)])


@cache
def _count(function: Asked[Any]) -> int:
    return len(inspect.signature(function).parameters)


def require(world: World, caller: Caller, who: Who) -> None:
    """Refuses a caller whose account may not call the operation at all."""
    if who is Who.ANYONE:
        return
    organization = world.organization_of(caller.account.id)
    if organization is None:
        raise not_in_use()
    if who is Who.MEMBER or caller.account.id == organization.management:
        return
    if who is Who.DELEGATE and caller.account.id in organization.delegated:
        return
    raise access_denied()
