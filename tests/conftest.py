"""What holds for every test: this machine's loopback is all the network there is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import hypothesis

from tests.notebooks import nbval_rehearsal
from tests.offline import loopback

if TYPE_CHECKING:
    import pytest

pytest_plugins = ["tests.tiers", "tests.rehearsed"]

# At import, before any other test module: collecting is covered, and so is every program started later.
_ENVIRONMENT = loopback.offline_environment(dict(os.environ))
_ENVIRONMENT.pop("ORGTOOLS_LANGUAGE", None)  # what tests read is English, where they do not ask for another language
os.environ.clear()
os.environ.update(_ENVIRONMENT)
loopback.block_the_network()

# The same tree is tested with the same examples everywhere, however long a busy machine takes for one.
hypothesis.settings.register_profile("orgtools", derandomize=True, deadline=None)
hypothesis.settings.load_profile("orgtools")
# With --hypothesis-seed: other examples, and more of them.
hypothesis.settings.register_profile("exhaustive", deadline=None, max_examples=1000, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    """Give a rehearsal to the notebooks that nbval runs."""
    config.pluginmanager.register(nbval_rehearsal)
