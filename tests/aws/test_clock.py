"""AWS's clock, heard from its answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from orgtools.aws.clock import Clock


def _answer(date: str | None) -> Any:
    return SimpleNamespace(headers={} if date is None else {"Date": date})


def _here() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def test_before_the_first_answer_it_is_this_machines() -> None:
    """Aware, UTC, to the second."""
    before = _here()
    now = Clock().now()
    assert before <= now <= _here()
    assert (now.tzinfo, now.microsecond) == (UTC, 0)


def test_an_answer_sets_it() -> None:
    """However far AWS's clock is from ours."""
    clock, before = Clock(), datetime.now(UTC)
    clock.heard(_answer("Tue, 01 Jan 2030 12:00:00 GMT"))
    since = clock.now() - datetime(2030, 1, 1, 12, tzinfo=UTC)
    assert timedelta() <= since <= datetime.now(UTC) - before


@pytest.mark.parametrize("date", [None, "", "yesterday", "Tue, 01 Jan 2030 12:00:00", "Tue, 99 Jan 2030 12:00:00 GMT"])
def test_an_odd_header_changes_nothing(date: str | None) -> None:
    """A call that took effect must not end in an error because of it."""
    clock = Clock()
    clock.heard(_answer(date))
    before = _here()
    assert before <= clock.now() <= _here()
