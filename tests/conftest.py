"""What holds for every test: this machine's loopback is all the network there is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.notebooks import nbval_rehearsal
from tests.offline import loopback

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["tests.rehearsed"]

# At import, before any other test module: collecting is covered, and so is every program started later.
_ENVIRONMENT = loopback.offline_environment(dict(os.environ))
os.environ.clear()
os.environ.update(_ENVIRONMENT)
loopback.block_the_network()


def pytest_configure(config: pytest.Config) -> None:
    """Give a rehearsal to the notebooks that nbval runs."""
    config.pluginmanager.register(nbval_rehearsal)
