"""What holds for every test: this machine's loopback is all the network there is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.notebooks import nbval_rehearsal
from tests.offline import loopback

if TYPE_CHECKING:
    from collections.abc import Iterable

pytest_plugins = ["tests.rehearsed"]

# At import, before any other test module: collecting is covered, and so is every program started later.
_ENVIRONMENT = loopback.offline_environment(dict(os.environ))
os.environ.clear()
os.environ.update(_ENVIRONMENT)
loopback.block_the_network()


def pytest_configure(config: pytest.Config) -> None:
    """Give a rehearsal to the notebooks that nbval runs."""
    config.pluginmanager.register(nbval_rehearsal)


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """The tests of a file run in one worker and share its fixtures, unless they are long and each sets up its own."""
    for item in items:
        if not item.get_closest_marker("apart"):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
