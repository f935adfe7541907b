"""A process that dies at one of its changing calls, as far as orgtools can tell: by what nothing catches."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from orgtools.aws import changing_call
from orgtools.steps.core import perform

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Killed(BaseException):
    """The process dies."""


@contextmanager
def dying(at: int = 1, *, before: bool = False, operation: str = "") -> Iterator[None]:
    """What is done meanwhile dies at the changing call of that number: after AWS has answered it, or before it.

    Args:
        at: its number, counted from 1.
        before: whether it has not left.
        operation: the calls that count; empty counts all.
    """
    numbers = count(1)

    def make(*given: Any) -> changing_call.Reply:
        last = operation in ("", given[1]) and next(numbers) == at
        if last and before:
            raise _Killed
        reply = changing_call.call(*given)
        if last:
            raise _Killed
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(perform, "make", make)
        with pytest.raises(_Killed):
            yield
