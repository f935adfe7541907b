"""What holds for every test: this machine's loopback is all the network there is."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.notebooks import nbval_rehearsal
from tests.offline import loopback

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["tests.rehearsed"]

# At import, before any other test module: collecting is covered, and so is every program started later.
_ENVIRONMENT = loopback.offline_environment(dict(os.environ))
os.environ.clear()
os.environ.update(_ENVIRONMENT)
loopback.block_the_network()

# The same tree is tested with the same examples everywhere, however long a busy machine takes for one.
hypothesis.settings.register_profile("orgtools", derandomize=True, deadline=None)
hypothesis.settings.load_profile("orgtools")


def pytest_configure(config: pytest.Config) -> None:
    """Give a rehearsal to the notebooks that nbval runs."""
    config.pluginmanager.register(nbval_rehearsal)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The file that may take longest begins first, so that at the end no worker waits for another one's long file."""
    patience: Counter[Path] = Counter()
    for item in items:
        marker = item.get_closest_marker("timeout")
        patience[item.path] += marker.args[0] if marker else 1
    items.sort(key=lambda item: -patience[item.path])
