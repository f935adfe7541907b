"""The table of refusals, held against the service model that botocore ships: nothing AWS may say is unclassified."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from orgtools import steps
from orgtools.aws.calls.error_table import BY_NAME, NOT_OURS, RESTS, ErrorKind, remedy
from orgtools.aws.calls.errors import understand
from orgtools.aws.calls.rate_limits import PER_ACCOUNT
from orgtools.messages import Message
from orgtools.policies.permissions import READING

_MODEL = botocore.session.Session().get_service_model("organizations")
_IAM = botocore.session.Session().get_service_model("iam")
_OF_ROLES = sorted(
    {
        error.metadata["error"]["code"]
        for operation in ("GetRole", "UpdateAssumeRolePolicy")
        for error in _IAM.operation_model(operation).error_shapes
    }
)
_ERRORS: dict[str, Any] = {
    error.name: error for operation in PER_ACCOUNT for error in _MODEL.operation_model(operation).error_shapes
}
_REASONS = sorted(
    (error.name, reason)
    for error in _ERRORS.values()
    if "Reason" in error.members
    for reason in error.members["Reason"].metadata["enum"]
)


def _refused(code: str, reason: str | None = None, status: int = 400) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": "AWS's words"},
        "ResponseMetadata": {"RequestId": "request-1", "HTTPStatusCode": status},
    }
    return ClientError(response | ({"Reason": reason} if reason else {}), "AcceptHandshake")


@pytest.mark.parametrize("name", sorted(_ERRORS))
def test_every_error_of_our_operations_is_classified(name: str) -> None:
    """A new error class in botocore's model fails here instead of at an operator's."""
    assert name in BY_NAME


@pytest.mark.parametrize("code", _OF_ROLES)
def test_every_error_of_iam_for_our_two_calls_is_classified(code: str) -> None:
    """IAM answers with codes that differ from the names of its error classes."""
    assert code in BY_NAME
    assert understand(_refused(code)).next_step.endswith(".")


def _changing() -> set[tuple[str, str]]:
    """Prefix and name of every action that a step says it needs to change something; IAM's are above."""
    actions = {action for step in steps.EVERY for one in step.needs for action in one.actions}
    pairs = {(prefix, name) for prefix, _, name in (action.partition(":") for action in actions)}
    return {(prefix, name) for prefix, name in pairs if prefix not in ("iam", "sts") and not name.startswith(READING)}


@pytest.mark.parametrize(("prefix", "operation"), sorted(_changing()))
def test_every_error_of_a_steps_calls_is_classified(prefix: str, operation: str) -> None:
    """By the names in the models of botocore."""
    model = botocore.session.Session().get_service_model({"sso": "sso-admin"}.get(prefix, prefix))
    assert {error.name for error in model.operation_model(operation).error_shapes} <= BY_NAME.keys()


@pytest.mark.parametrize(("name", "reason"), [pair for pair in _REASONS if pair[0] != "InvalidInputException"])
def test_every_reason_of_our_operations_is_classified(name: str, reason: str) -> None:
    """Or said, by its whole name, to belong to operations that orgtools never calls."""
    assert (reason in BY_NAME) != (reason in NOT_OURS)


def test_every_error_of_the_table_has_a_remedy_in_the_catalogue_and_no_other_has_one() -> None:
    """The table says what follows, the catalogue what to do; neither knows a name that the other does not."""
    file = files("orgtools.messages").joinpath("en", "aws.ftl")
    said = re.findall(r"^aws-(\w+) = ", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(said) == sorted(BY_NAME)
    assert all(str(remedy(name)).endswith(".") for name in BY_NAME)


def test_nothing_is_listed_that_aws_does_not_say() -> None:
    """A misspelt or retired reason would never be found."""
    reasons = {reason for _, reason in _REASONS}
    assert reasons >= NOT_OURS
    assert {name for name in BY_NAME if name.isupper()} <= reasons


def test_invalid_input_is_never_repeated() -> None:
    """All its reasons say that the call itself is wrong."""
    kinds = {understand(_refused(name, reason)).kind for name, reason in _REASONS if name == "InvalidInputException"}
    assert kinds == {ErrorKind.NEVER}


@pytest.mark.parametrize(("name", "reason"), _REASONS)
def test_every_refusal_says_what_to_do(name: str, reason: str) -> None:
    """A sentence for the operator, also for reasons that are not ours; those are the operator's."""
    refusal = understand(_refused(name, reason))
    assert refusal.next_step.endswith(".")
    assert refusal.name == reason
    if reason in NOT_OURS and name != "InvalidInputException":
        assert refusal.kind is ErrorKind.OPERATOR


@pytest.mark.parametrize("code", ["ConstraintViolationException", "HandshakeConstraintViolationException"])
def test_an_unknown_reason_is_the_operators(code: str) -> None:
    """Never ignored, never repeated: its name is shown."""
    refusal = understand(_refused(code, "SOMETHING_NEW"))
    assert refusal.kind is ErrorKind.OPERATOR
    assert refusal.then == (Message("reason-unknown", reason="SOMETHING_NEW"),)
    assert "SOMETHING_NEW" in refusal.next_step


def test_an_unknown_error_is_the_operators() -> None:
    """With AWS's words and request id."""
    refusal = understand(_refused("SomethingNewException"))
    assert (refusal.kind, refusal.request_id) == (ErrorKind.OPERATOR, "request-1")
    assert str(refusal) == "SomethingNewException: AWS's words"
    assert refusal.then == (Message("error-unknown"),)


def test_words_of_aws_are_kept_to_the_letter() -> None:
    """Also the full stop, which a sentence around them leaves out."""
    words = "You are not authorized. Ask."
    refusal = understand(ClientError({"Error": {"Code": "AccessDeniedException", "Message": words}}, "ListRoots"))
    assert refusal.words == refusal.why.facts["words"] == words
    assert str(refusal) == "AccessDeniedException: You are not authorized. Ask"


def test_an_unknown_server_error_is_repeated() -> None:
    """HTTP 5xx: AWS's fault, after reading the state."""
    assert understand(_refused("Whatever", status=503)).kind is ErrorKind.RETRY


def test_the_reason_counts_before_the_class() -> None:
    """Both constraint classes share reasons, and their class says nothing."""
    refusal = understand(_refused("ConstraintViolationException", "WAIT_PERIOD_ACTIVE"))
    assert (refusal.kind, refusal.code, refusal.reason) == (
        ErrorKind.WAIT,
        "ConstraintViolationException",
        "WAIT_PERIOD_ACTIVE",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("TooManyRequestsException", ErrorKind.RETRY),
        ("ServiceException", ErrorKind.RETRY),
        ("ConcurrentModificationException", ErrorKind.RETRY),
        ("HandshakeNotFoundException", ErrorKind.RETRY),
        ("WAIT_PERIOD_ACTIVE", ErrorKind.WAIT),
        ("HANDSHAKE_RATE_LIMIT_EXCEEDED", ErrorKind.WAIT),
        ("ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED", ErrorKind.WAIT),
        ("DuplicateHandshakeException", ErrorKind.RECONCILE),
        ("HandshakeAlreadyInStateException", ErrorKind.RECONCILE),
        ("InvalidHandshakeTransitionException", ErrorKind.RECONCILE),
        ("ALREADY_IN_AN_ORGANIZATION", ErrorKind.RECONCILE),
        ("AccountNotFoundException", ErrorKind.RECONCILE),
        ("DuplicateAccountException", ErrorKind.RECONCILE),
        ("SourceParentNotFoundException", ErrorKind.RECONCILE),
        ("AccessDeniedException", ErrorKind.OPERATOR),
        ("ACCOUNT_NUMBER_LIMIT_EXCEEDED", ErrorKind.OPERATOR),
        ("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", ErrorKind.OPERATOR),
        ("TAG_POLICY_VIOLATION", ErrorKind.OPERATOR),
        ("MasterCannotLeaveOrganizationException", ErrorKind.NEVER),
        ("ACCOUNT_CANNOT_LEAVE_ORGANIZATION", ErrorKind.NEVER),
        ("ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD", ErrorKind.NEVER),
    ],
)
def test_what_follows_from_the_ones_that_matter(name: str, kind: ErrorKind) -> None:
    """Repeating what an operator must do, or giving up what clears by itself, would both be wrong."""
    assert BY_NAME[name] is kind


def test_what_time_clears_has_a_time() -> None:
    """Each, and nothing else: a decision to wait names when it ends."""
    assert RESTS.keys() == {name for name, kind in BY_NAME.items() if kind is ErrorKind.WAIT}
    for name in BY_NAME:
        refusal = understand(_refused(name))
        assert (refusal.rest is not None) == (refusal.kind is ErrorKind.WAIT)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionClosedError(endpoint_url="https://organizations"),
        ReadTimeoutError(endpoint_url="https://organizations"),
        EndpointConnectionError(endpoint_url="https://organizations"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_lost_answer_is_looked_into(error: Exception) -> None:
    """The call may have taken effect: AWS is read before anything is repeated."""
    refusal = understand(error)
    assert (refusal.kind, refusal.request_id) == (ErrorKind.RETRY, None)
    assert refusal.why == Message("no-answer", reason=type(error).__name__, then=Message("later"))
    assert refusal.next_step


def test_missing_credentials_are_the_operators() -> None:
    """No call was made; the library's own words name what is missing."""
    assert understand(NoCredentialsError()).kind is ErrorKind.OPERATOR


def test_our_own_mistakes_are_not_taken_for_refusals() -> None:
    """A defect must not look like an answer of AWS."""
    with pytest.raises(TypeError):
        understand(ValueError("a defect"))
