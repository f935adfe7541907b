"""Answers of AWS for services that the rehearsal does not simulate, held against botocore's service models."""

from __future__ import annotations

import copy
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.exceptions import ParamValidationError
from botocore.validate import validate_parameters

from orgtools.assess import CATALOGUE
from orgtools.assess.catalogue import Brief, CheckContext
from orgtools.assess.run.tasks import read
from orgtools.aws.read.read_only import ReadOnlyReader
from orgtools.aws.read.reader import action_of
from tests import values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from orgtools.findings import Finding
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

Answer = Any
"""What AWS answers: a dictionary, an error code (``: `` and words after it), or a function that returns either."""

_SESSION: Final = boto3.Session("testing", "testing", region_name="us-east-1")
DENIED: Final = "AccessDeniedException"
BRIEF: Final = Brief(
    values.SOURCE, values.DESTINATION, "r-src1", "r-dst1", "OrganizationAccountAccessRole", taken_at=values.NOW
)


class Aws:
    """Clients that answer as told. A call that nobody told anything about fails the test."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        """Take answers by "service:Operation", in botocore's names."""
        self.answers = answers
        self.called: set[str] = set()

    def client(self, service: str) -> BaseClient:
        """A real client of botocore, answered before anything is sent."""
        client: BaseClient = _SESSION.client(service)  # type: ignore[call-overload]
        # The parameters are those that the model's validation let through.
        client.meta.events.register("provide-client-params", self._note)
        client.meta.events.register("before-call", self._answer)  # type: ignore[arg-type]  # an answer is allowed
        return client

    def _note(self, params: dict[str, Any], **_: object) -> None:
        self._parameters = params

    def _answer(self, model: OperationModel, **_: object) -> tuple[Any, dict[str, Any]]:
        self.called.add(action_of(model))
        answer = self.answers[f"{model.service_model.service_name}:{model.name}"]
        if callable(answer):
            answer = answer(self._parameters)
        answer = copy.deepcopy(answer)  # botocore decodes in place
        if isinstance(answer, str):
            code, words = answer.split(": ", 1) if ": " in answer else (answer, "said the test")
            return SimpleNamespace(status_code=400), {"Error": {"Code": code, "Message": words}, "ResponseMetadata": {}}
        if model.output_shape is not None:
            try:
                validate_parameters(answer, model.output_shape)
            except ParamValidationError as error:
                message = f"the test's answer is none that AWS could give: {error}"
                raise AssertionError(message) from error
        return SimpleNamespace(status_code=200), {**answer, "ResponseMetadata": {}}


def details(role: dict[str, Any]) -> dict[str, Any]:
    """What IAM lists of an account that has one role: AWS sends the other lists empty."""
    return {
        "RoleDetailList": [role],
        "UserDetailList": [],
        "GroupDetailList": [],
        "Policies": [],
        "IsTruncated": False,
    }


def look(
    check: str,
    answers: Mapping[str, Answer],
    *accounts: PlannedAccount,
    seen: Snapshot | None = None,
    destination: Mapping[str, Answer] | None = None,
    everything: bool = True,
    regions: tuple[str, ...] = (),
) -> list[Finding]:
    """What a check finds. With `everything` it must have called each action that it declares, no less.

    Args:
        check: its id.
        answers: of the account, or of the source.
        accounts: the planned accounts; one, where none is named.
        seen: both organizations, for checks with the management accounts' credentials.
        destination: answers of the destination; those of the source where none are given.
        regions: those that migration.toml narrows the look to.
        everything: whether these answers lead the check through all that it declares.
    """
    known = CATALOGUE[check]
    worlds = {
        "member": Aws(answers),
        "source": Aws(answers),
        "destination": Aws(answers if destination is None else destination),
    }
    region = "us-east-1" if known.regional else ""
    readers = {name: ReadOnlyReader(worlds[name].client, values.ACCOUNT, region=region) for name in known.where}
    context = CheckContext(accounts or (values.planned(),), replace(BRIEF, regions=regions), readers, region, seen)
    found = read(known, context)
    called = set[str]().union(*(world.called for world in worlds.values()))
    assert called <= set(known.actions)
    if everything:
        assert called == set(known.actions), found
    assert {finding.check for finding in found} == {check}
    return found
