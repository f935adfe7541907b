"""What a scenario answers by itself, for services that nobody here simulates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.parsers import create_parser

from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.loader import load
from orgtools.rehearsal.scenario.scenario import AnswerSpec
from orgtools.rehearsal.server import answers, wire
from tests.rehearsed import SOURCE_MANAGEMENT, scenario
from tests.said import says

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal

SHIPPED: Final = load("two-waves").answers


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: f"{table.service}-{table.operation}-{table.account[0]}")
def test_botocore_reads_what_the_scenario_says(table: AnswerSpec) -> None:
    """In each service's own protocol, nothing added and nothing lost."""
    operation = wire.operation(table.service, table.operation)
    assert operation is not None
    written = answers.answer(
        answers.checked([table]),
        table.account,
        wire.ServiceCall("", table.region or "us-east-1", table.service, table.operation, wire.JSON, {}),
    )
    assert written is not None
    assert operation.output_shape is not None
    answer = {"status_code": written.status, "headers": written.headers, "body": written.body}
    assert operation.output_shape is not None
    parsed = create_parser(operation.service_model.resolved_protocol).parse(answer, operation.output_shape)
    assert {name: held for name, held in parsed.items() if name != "ResponseMetadata"} == table.response


@pytest.mark.parametrize(
    ("service", "operation", "response", "code"),
    [
        ("sqs", "ListQueues", {"Queues": []}, "scenario-answer-wrong"),
        ("sqs", "ListThings", {}, "scenario-answer-unknown"),
        ("nosuch", "ListThings", {}, "scenario-answer-unknown"),
    ],
)
def test_an_answer_that_aws_could_not_give_is_refused(
    service: str, operation: str, response: dict[str, Any], code: str
) -> None:
    """When the rehearsal begins, naming the operation."""
    table = AnswerSpec(account="300000000001", service=service, operation=operation, response=response)
    with pytest.raises(ScenarioError) as refusal:
        answers.checked([table])
    assert says(refusal.value.message, code, service=service, operation=operation)
    assert ("Unknown parameter" in str(refusal.value)) == bool(response)


def test_an_answer_is_given_to_its_account_and_region_only(rehearsal: Rehearsal) -> None:
    """Others get what they got before."""
    response = {"ConfigRules": [{"ConfigRuleName": "ours", "Source": {"Owner": "AWS"}}]}
    place = {"account": SOURCE_MANAGEMENT, "service": "config", "region": "eu-west-1"}
    answer = {**place, "operation": "DescribeConfigRules", "response": response}
    rehearsal.reset(scenario() | {"answers": [answer]})

    def rules(profile: str, region: str) -> list[str]:
        client = boto3.Session(profile_name=profile).client("config", region_name=region)
        return [rule["ConfigRuleName"] for rule in client.describe_config_rules()["ConfigRules"]]

    assert rules("source", "eu-west-1") == ["ours"]
    assert rules("source", "us-east-1") == []
    assert rules("destination", "eu-west-1") == []
