"""The registry of operations: what its decorator wants, and by name whatever somebody forgot."""

from __future__ import annotations

import importlib
import re
from dataclasses import astuple
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from moto.core.responses import BaseResponse

from orgtools.assess.catalogue import Where
from orgtools.assess.permissions import actions
from orgtools.aws.calls.rate_limits import PER_ACCOUNT, PER_ORGANIZATION
from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations import registry, unused
from orgtools.rehearsal.operations.registry import Who, by_moto, operation
from orgtools.rehearsal.scenario.loader import load
from orgtools.rehearsal.server import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.rehearsal import Rehearsal
    from orgtools.rehearsal.world.identities import Caller
    from orgtools.rehearsal.world.world import World

Json = dict[str, Any]
PACKAGES: Final = {"dynamodb": ("dynamodb", "dynamodbstreams"), "lambda": ("awslambda",), "s3": ("s3", "s3control")}
"""moto's packages of a service, where they do not have botocore's name of it."""
CONDITIONS: Final = {"iam:AWSServiceName"}
"""What stands in the policies like an action, and is a condition's key."""
NOT_REACHED: Final = {"codeartifact:GetRepositoryPermissionsPolicy", "s3tables:GetTablePolicy"}
"""What is asked for each item of a list that is empty here, so that nobody need serve it."""


def answer(_world: World, _caller: Caller, _parameters: Json) -> Json:
    """Answers nothing."""
    return {}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry forgets what a test declares."""
    monkeypatch.setattr(registry, "OPERATIONS", dict(registry.OPERATIONS))


def test_aws_knows_every_operation_that_is_declared() -> None:
    """One that botocore's model does not know is never asked for; `wire.MODELS` has the services of other names."""
    unknown = [f"{service}:{name}" for service, name in registry.OPERATIONS if wire.operation(service, name) is None]
    assert unknown == []


def test_aws_knows_every_service_that_is_declared() -> None:
    """By the name that its requests are signed with."""
    assert [name for name in registry.SERVICES if wire.model(name) is None] == []


def _needed() -> set[str]:
    """The actions that the toolkit's policies name, and those of its checks and exports."""
    texts = [file.read_text() for file in files("orgtools.policies").iterdir() if file.name.endswith(".json")]
    named = {found for text in texts for found in re.findall(r'"([a-z0-9-]+:[A-Z][A-Za-z]+)"', text)}
    return {*named, *(action for side in get_args(Where) for action in actions(side))} - CONDITIONS


def _by_moto(action: str) -> bool:
    service, _, name = action.partition(":")
    found = list[Any]()
    for package in PACKAGES.get(service, (wire.MODELS.get(service, service).replace("-", ""),)):
        try:
            found += vars(importlib.import_module(f"moto.{package}.responses")).values()
        except ModuleNotFoundError:
            continue
    classes = [held for held in found if isinstance(held, type) and issubclass(held, BaseResponse)]
    return any(hasattr(held, xform_name(name)) for held in classes)


def test_the_toolkit_keeps_the_rate_of_every_operation_that_it_may_call() -> None:
    """Both read AWS's page, each for itself: what is paced wrongly, or not at all, would be throttled."""
    held = {
        name: declared.rate
        for (service, name), declared in registry.OPERATIONS.items()
        if service == "organizations" and f"organizations:{name}" in _needed() and declared.rate != rates.UNPUBLISHED
    }
    tables = (PER_ACCOUNT, PER_ORGANIZATION)
    kept = {name: rates.Limit(*(astuple(table[name]) if name in table else None for table in tables)) for name in held}
    assert kept == held


def test_somebody_serves_every_operation_that_the_toolkit_may_call() -> None:
    """The rehearsal, the shipped scenario's answers, or moto; of what nobody serves the reason is known."""
    told = {f"{table.service}:{table.operation}" for table in load("two-waves").answers}
    served = {held.known_as for held in registry.OPERATIONS.values()} | told
    assert {action for action in _needed() - served if not _by_moto(action)} == NOT_REACHED


@pytest.mark.parametrize(("service", "name"), [*unused.EMPTY, *unused.SAME])
def test_what_every_account_is_answered_is_what_the_model_has(service: str, name: str) -> None:
    """Members have the names that they have on the wire."""
    given = {unused.EMPTY[service, name]: []} if (service, name) in unused.EMPTY else unused.SAME[service, name]
    model = wire.operation(service, name)
    members = model.output_shape.members.items() if model and model.output_shape else ()
    assert set(given) <= {member.serialization.get("name", known) for known, member in members}


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("service", "name", "said", "missing"),
    [
        ("organizations", "ListRoots", {"who": Who.MEMBER, "rate": rates.UNPUBLISHED}, "ListRoots is declared twice"),
        ("organizations", "New", {"rate": rates.UNPUBLISHED}, "New .* who may call it"),
        ("organizations", "New", {"who": Who.MEMBER}, "New does not say its rate"),
    ],
)
def test_what_a_declaration_forgets_it_is_told_at_once(
    service: str, name: str, said: dict[str, Any], missing: str
) -> None:
    """Whoever answers the operation: nothing is loaded until it says so."""
    for declare in (lambda: operation(service, name, **said)(answer), lambda: by_moto(service, name, **said)):
        with pytest.raises(TypeError, match=missing):
            declare()


@pytest.mark.usefixtures("registered")
def test_what_is_not_said_follows_from_service_and_name() -> None:
    """Anyone may call it, policies know it by its name, and the name tells whether it changes something."""
    operation("example", "ListThings")(answer)
    operation("example", "RunQuery", changing=False, action="example:Ask", who=Who.MEMBER)(answer)
    listed, run = registry.of("example").values()
    assert (listed.who, listed.known_as, listed.changing) == (Who.ANYONE, "example:ListThings", False)
    assert (run.who, run.known_as, run.changing) == (Who.MEMBER, "example:Ask", False)
    assert registry.is_changing("example", "RunOther")


def test_of_a_service_that_is_simulated_as_a_whole_nobody_serves_the_rest(
    rehearsal: Rehearsal, client: Callable[..., Any]
) -> None:
    """Of any other service moto answers what nobody declared."""
    assert registry.served("organizations", "PutResourcePolicy") is None
    assert registry.served("kms", "ListKeys")
    with pytest.raises(ClientError, match="does not simulate organizations:PutResourcePolicy"):
        client("rehearsal-source").put_resource_policy(Content="{}")
    assert rehearsal.calls()[-1].code == "UnknownOperationException"
