"""AWS's clock, heard from its answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from orgtools.aws.clock import Clock


def _answer(date: str | None) -> Any:
    return SimpleNamespace(headers={} if date is None else {"Date": date})


def test_before_the_first_answer_it_is_this_machines() -> None:
    """Aware, UTC, to the second."""
    now = Clock().now()
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
    assert (now.tzinfo, now.microsecond) == (UTC, 0)


def test_an_answer_sets_it() -> None:
    """However far AWS's clock is from ours."""
    clock = Clock()
    clock._heard(_answer("Tue, 01 Jan 2030 12:00:00 GMT"))
    assert abs(clock.now() - datetime(2030, 1, 1, 12, tzinfo=UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("date", [None, "", "yesterday", "Tue, 01 Jan 2030 12:00:00", "Tue, 99 Jan 2030 12:00:00 GMT"])
def test_an_odd_header_changes_nothing(date: str | None) -> None:
    """A call that took effect must not end in an error because of it."""
    clock = Clock()
    clock._heard(_answer(date))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
