"""Answers that a scenario gives by itself, for services that nobody here simulates, in each service's own protocol."""

import copy
from typing import Any

from botocore.exceptions import ParamValidationError
from botocore.model import OperationModel
from botocore.validate import validate_parameters
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model

from orgtools.messages import Message
from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.scenario import AnswerSpec as AnswerTable
from orgtools.rehearsal.server import wire
from orgtools.rehearsal.server.wire import HttpAnswer, ServiceCall

Answers = dict[tuple[str, str, str], list[AnswerTable]]
"""By account, service (its signing name) and operation."""


def checked(tables: list[AnswerTable]) -> Answers:
    """The answers of a scenario. Raises `ScenarioError` for one that the service's model does not allow."""
    known: Answers = {}
    for table in tables:
        operation = wire.operation(table.service, table.operation)
        if operation is None:
            raise ScenarioError(Message("scenario-answer-unknown", service=table.service, operation=table.operation))
        shape = operation.output_shape
        if shape is None:
            raise ScenarioError(Message("scenario-answer-needless", service=table.service, operation=table.operation))
        try:
            validate_parameters(table.response, shape)
        except ParamValidationError as error:
            message = Message(
                "scenario-answer-wrong",
                service=table.service,
                operation=table.operation,
                words=" ".join(str(error).split()),
            )
            raise ScenarioError(message) from None
        known.setdefault((table.account, table.service, table.operation), []).append(table)
    return known


def answer(answers: Answers, account: str, call: ServiceCall) -> HttpAnswer | None:
    """What the scenario says to a call from an account, or None."""
    for table in answers.get((account, call.service, call.operation), ()):
        if table.region in ("", call.region):
            operation = wire.operation(call.service, call.operation)
            if operation is not None:
                return _written(operation, table.response)
    return None


def _written(operation: OperationModel, response: dict[str, Any]) -> HttpAnswer:
    # moto serializes what its own simulations return in the same way, by its own reading of the same models.
    service = get_service_model(operation.service_model.service_name)
    serializer = get_serializer_class(service.service_name, operation.service_model.resolved_protocol)
    made = serializer(service.operation_model(operation.name)).serialize(copy.deepcopy(response))
    body = made["body"]
    return HttpAnswer(made["status_code"], body if isinstance(body, bytes) else body.encode(), dict(made["headers"]))
