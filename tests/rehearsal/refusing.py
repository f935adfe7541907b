"""Calls that AWS refuses, checked against the service model."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(method: Callable[..., Any], **parameters: Any) -> tuple[str, str | None]:
    """Calls a client's method that must be refused; returns code and reason.

    The operation must model the code, and the code's `Reason` enum must have the reason.
    """
    with pytest.raises(ClientError) as caught:
        method(**parameters)
    response: dict[str, Any] = dict(caught.value.response)
    code, reason = response["Error"]["Code"], response.get("Reason")
    assert response["Error"]["Message"]
    model = method.__self__.meta.service_model  # type: ignore[attr-defined]
    errors = {error.name: error for error in model.operation_model(caught.value.operation_name).error_shapes}
    assert code in errors, f"{caught.value.operation_name} does not model {code}"
    members = errors[code].members
    assert reason in (members["Reason"].enum if "Reason" in members else [None])
    return code, reason
