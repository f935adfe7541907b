"""Reading calls by AWS's own names: one answer, or every entry of a list from all its pages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.calls.answers import incomplete
from orgtools.aws.calls.errors import understand
from orgtools.exceptions import RefusedError
from orgtools.messages import Message
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from botocore.model import OperationModel

    from orgtools.aws.sessions.borrowed_client import Lent
    from orgtools.aws.sessions.pool import Access

ACTIONS: Final[dict[tuple[str, str], str]] = {
    ("apigateway", "GetDomainNames"): "apigateway:GET",
    ("apigateway", "GetRestApis"): "apigateway:GET",
    ("budgets", "DescribeBudgets"): "budgets:ViewBudget",
    ("s3", "ListBuckets"): "s3:ListAllMyBuckets",
}
"""Operations whose IAM action has another name, by botocore's name of the service and the operation. See
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"""
_TOKENS: Final = {
    "LastEvaluatedStreamArn": "ExclusiveStartStreamArn",
    "NextPageToken": "PageToken",
    "NextToken": "NextToken",
    "nextToken": "nextToken",
}
"""Of lists that botocore cannot page: the member of an answer that says where to go on, and the parameter for it."""
_EMPTY_LISTS: Final = frozenset({"cloudformation", "config", "ec2", "organizations", "ram", "sso-admin"})
"""Services that send an empty list where there is nothing. Others may leave the list out, as Amazon SQS does:
https://github.com/boto/boto3/issues/1813"""


def action_of(model: OperationModel) -> str:
    """The IAM action that an operation needs."""
    service = model.service_model
    return ACTIONS.get((service.service_name, model.name), f"{service.signing_name}:{model.name}")


class Reader(ABC):
    """Whoever reads. What AWS refuses is a `RefusedError` that says what to grant."""

    _takes_no_list_for_empty: ClassVar[bool] = False
    """Whether an answer without the list has no entries, but of services that are known to send an empty one, and where
    AWS's model requires it; otherwise it is refused as incomplete."""

    @abstractmethod
    def _client(self, service: str) -> Any:
        """The client of a service, by botocore's name of it."""

    @abstractmethod
    def _refused(self, action: str, error: Exception, region: str) -> RefusedError:
        """The error for what AWS refuses, or does not answer, of a call in a region."""

    def ask(self, service: str, operation: str, /, *, absent: Iterable[str] = (), **parameters: Any) -> Any:
        """One answer; None where AWS answers with one of the ``absent`` error codes.

        Raises:
            RefusedError: AWS refuses, or does not answer.
        """
        client = self._client(service)
        try:
            return getattr(client, xform_name(operation))(**parameters)
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in set(absent):
                return None
            raise self._refused_call(client, operation, error) from error

    def pages(self, service: str, operation: str, key: str, /, **parameters: Any) -> Iterator[Any]:
        """Every entry of a list, from all its pages.

        Args:
            service: botocore's name of the service.
            operation: AWS's name, such as ``ListQueues``.
            key: the member of the answer that holds the entries; empty takes each page as it is.
            parameters: the call's parameters.

        Raises:
            RefusedError: AWS refuses, or does not answer.
        """
        client, method = self._client(service), xform_name(operation)
        try:
            if client.can_paginate(method):
                for page in client.get_paginator(method).paginate(**parameters):
                    yield from self._entries(client, operation, page, key)
                return
            while True:
                page = getattr(client, method)(**parameters)
                yield from self._entries(client, operation, page, key)
                token = next((name for name in _TOKENS if page.get(name)), None)
                if token is None:
                    return
                parameters[_TOKENS[token]] = page[token]
        except (BotoCoreError, ClientError) as error:
            raise self._refused_call(client, operation, error) from error

    def first(self, service: str, operation: str, key: str, /, **parameters: Any) -> Any:
        """The first entry of a list that is never empty.

        Raises:
            RefusedError: AWS refuses, does not answer, or lists nothing.
        """
        for entry in self.pages(service, operation, key, **parameters):
            return entry
        raise incomplete(key, operation)

    def region_of(self, service: str) -> str:
        """Where a service is called, by botocore's name of it."""
        region: str = self._client(service).meta.region_name
        return region

    def _entries(self, client: Any, operation: str, page: Any, key: str) -> Iterable[Any]:
        if not key:
            return (page,)
        model = client.meta.service_model
        sent = (
            model.service_name in _EMPTY_LISTS or key in model.operation_model(operation).output_shape.required_members
        )
        entries: Iterable[Any] = page.get(key, ()) if self._takes_no_list_for_empty and not sent else page[key]
        return entries

    def _refused_call(self, client: Any, operation: str, error: Exception) -> RefusedError:
        action = action_of(client.meta.service_model.operation_model(operation))
        return self._refused(action, error, client.meta.region_name)


class SideReader(Reader):
    """Reading calls of a side's management account."""

    def __init__(
        self, access: Access | Lent, region: str = "", *, roles: tuple[Role, ...] = (), then: tuple[Message, ...] = ()
    ) -> None:
        """Name the way in; nothing is called yet.

        Args:
            access: the side.
            region: where the services are called; empty for the region of the credentials.
            roles: whose templates hold what the caller needs; none for the side's operator.
            then: what to do once it is granted; none for looking again.
        """
        self._access = access
        self._region = region
        self._roles = roles
        self._then = then or (Message("look-again"),)

    def _client(self, service: str) -> Any:
        return self._access.client(service, region=self._region)

    def _refused(self, action: str, error: Exception, region: str) -> RefusedError:  # noqa: ARG002 (for other readers)
        refusal, side = understand(error), self._access.name
        granted = grant(action, "caller", *(self._roles or (Role(f"{side}-operator"),)))
        message = Message(
            "side-refused",
            side=side,
            caller=self._access.caller_arn,
            action=action,
            why=refusal.why,
            then=refusal.after_a_look(granted, *self._then),
        )
        return RefusedError(message, code=refusal.code, reason=refusal.reason)
