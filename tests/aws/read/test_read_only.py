"""Eyes that can read and nothing else, and what they are allowed to ask."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import boto3
import botocore.session
import pytest
from botocore.exceptions import NoCredentialsError
from moto.iam.aws_managed_policies import aws_managed_policies_data
from typer.testing import CliRunner

from orgtools import assess
from orgtools.assess.permissions import EXPORTING, OBSERVING
from orgtools.aws.read.read_only import READING, ForbiddenCallError, ReadOnlyReader
from orgtools.aws.read.reader import ACTIONS, action_of
from orgtools.aws.sessions.acting_as import acting_account
from orgtools.cli import app
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.messages import Message
from tests.rehearsed import PLAIN, SUSPENDED

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from tests.rehearsed import Run

_ACTIONS: Final = sorted(
    {action for check in assess.CATALOGUE.values() for action in check.actions}
    | {action for known in (OBSERVING, EXPORTING) for actions in known.values() for action in actions}
)
_NAMED_BY_IAM: Final = {"apigateway:GET", "s3:ListAllMyBuckets", "sts:AssumeRole"}
"""Actions that IAM calls otherwise than botocore calls the operation, and the one that enters."""


def _client(service: str) -> BaseClient:
    client: BaseClient = boto3.client(  # type: ignore[call-overload]
        service,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        endpoint_url="http://127.0.0.1:9",
    )
    return client


@pytest.mark.parametrize(
    ("service", "operation", "parameters"),
    [
        ("s3", "DeleteBucket", {"Bucket": "thing"}),
        ("s3", "PutBucketPolicy", {"Bucket": "thing", "Policy": "{}"}),
        ("iam", "CreateRole", {"RoleName": "x", "AssumeRolePolicyDocument": "{}"}),
        ("organizations", "AcceptHandshake", {"HandshakeId": "h-0000000001"}),
        ("organizations", "LeaveOrganization", {}),
        ("sqs", "PurgeQueue", {"QueueUrl": "http://127.0.0.1:9/q"}),
    ],
)
def test_what_may_change_something_is_refused_before_it_is_sent(
    service: str, operation: str, parameters: dict[str, str]
) -> None:
    """Even if a check had declared it: nobody listens at that address, so nothing can have been sent."""
    view = ReadOnlyReader(_client, PLAIN[0])
    model = botocore.session.get_session().get_service_model(service).operation_model(operation)
    with view.only([action_of(model)]), pytest.raises(ForbiddenCallError, match="looking changes nothing"):
        view.ask(service, operation, **parameters)


def test_what_a_check_did_not_declare_is_refused() -> None:
    """So the policy that is printed is all that the checks need."""
    view = ReadOnlyReader(_client, PLAIN[0])
    with view.only(["sqs:ListQueues"]), pytest.raises(ForbiddenCallError, match="sns:ListTopics is not among"):
        list(view.pages("sns", "ListTopics", "Topics"))
    with pytest.raises(ForbiddenCallError, match="sqs:ListQueues is not among"):
        list(view.pages("sqs", "ListQueues", "QueueUrls"))


def test_no_more_is_sent_when_the_time_is_up() -> None:
    """A task that has run out of time stops at its next call."""
    view = ReadOnlyReader(_client, PLAIN[0], seconds=0.0)
    with (
        view.only(["sqs:ListQueues"]),
        pytest.raises(RefusedError) as raised,
    ):
        list(view.pages("sqs", "ListQueues", "QueueUrls"))
    assert raised.value.message == Message("look-overdue", action="sqs:ListQueues", span=timedelta(0))
    assert raised.value.next_step


def test_eyes_in_a_member_see_that_member_and_close_behind_them(run: Run) -> None:
    """Shared clients sign for the account that the thread is in, and for none outside."""
    migration = run.open()
    for account_id in PLAIN[:2]:
        with migration.inside(account_id).opened(seconds=30) as view, view.only(["iam:ListRoles"]):
            arns = {role["Arn"] for role in view.pages("iam", "ListRoles", "Roles")}
        assert {arn.split(":")[4] for arn in arns} == {account_id}
    with pytest.raises(NoCredentialsError):
        acting_account()


def test_a_thread_is_in_one_account_at_a_time(run: Run) -> None:
    """Nobody looks into one account and reports on another."""
    migration = run.open()
    first, second = (migration.inside(account_id) for account_id in PLAIN[:2])
    with (
        first.opened(seconds=30),
        pytest.raises(RuntimeError, match="into another account already"),
        second.opened(seconds=30),
    ):
        pass


def test_an_account_that_cannot_be_entered_is_not_looked_into(run: Run) -> None:
    """The refusal names the role."""
    vantage = run.open().inside(SUSPENDED)
    with pytest.raises(CredentialsError, match=SUSPENDED), vantage.opened(seconds=30):
        pass


def test_every_declared_action_is_an_operation_that_reads() -> None:
    """By botocore's models: each action belongs to an operation whose name begins like a reading one."""
    known = _operations()
    for action in _ACTIONS:
        if action != "sts:AssumeRole":
            assert action in known, action
            assert known[action].startswith(READING)


def test_every_declared_action_has_a_prefix_that_iam_knows() -> None:
    """By the policies that AWS itself publishes; botocore's signing names are not always IAM's prefixes."""
    published = set(re.findall(r'"([a-z0-9-]+):[A-Za-z*]+"', aws_managed_policies_data))
    assert {action.partition(":")[0] for action in _ACTIONS} <= published
    assert set(_ACTIONS) >= _NAMED_BY_IAM


@cache
def _operations() -> dict[str, str]:
    """Every IAM action that botocore's operations need, as far as its prefix is one of ours, with the operation."""
    session = botocore.session.get_session()
    prefixes = {action.partition(":")[0] for action in _ACTIONS}
    found: dict[str, str] = {}
    for service in session.get_available_services():
        model = session.get_service_model(service)
        if model.signing_name in prefixes:
            operations = (model.operation_model(name) for name in model.operation_names)
            found.update((action_of(operation), operation.name) for operation in operations)
    return found


@pytest.mark.parametrize("side", ["source", "member", "destination"])
def test_the_policy_of_a_side_holds_what_its_checks_declare_and_no_more(side: assess.Where) -> None:
    """As it is printed for the operator."""
    printed = CliRunner().invoke(app, ["policies", f"assess-{side}", "--member-role", "Mover"])
    assert printed.exit_code == 0, printed.output
    look, *enter = json.loads(printed.output)["Statement"]
    declared = {a for check in assess.CATALOGUE.values() if side in check.where for a in check.actions}
    assert set(look["Action"]) == (declared | {*OBSERVING[side], *EXPORTING[side]}) - {"sts:AssumeRole"}
    assert [statement["Resource"] for statement in enter] == ([] if side == "member" else ["arn:*:iam::*:role/Mover"])


def test_an_assessment_calls_nothing_that_the_policies_do_not_allow(run: Run) -> None:
    """As the server saw it, by caller."""
    migration = run.open()
    before = len(run.rehearsal.calls())
    assess.assess(migration, PLAIN)
    allowed = {name.partition(":")[2] for side in OBSERVING for name in assess.actions(side)}
    renamed = {name for _, name in ACTIONS} | {"AssumeRole"}
    called = {call.operation for call in run.rehearsal.calls()[before:]}
    assert called <= allowed | renamed
