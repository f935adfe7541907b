"""A rehearsal to measure with, under the real boto3: nothing about its pauses is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.waves import Waves

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def waves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Waves]:
    """A running rehearsal without a world yet."""
    made = Waves(tmp_path_factory.mktemp("waves"))
    made.environment(monkeypatch)
    yield made
    made.stop()
