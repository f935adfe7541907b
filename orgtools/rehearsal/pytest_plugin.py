"""A pytest plugin: the fixture `rehearsal`, for projects that test against two AWS organizations.

It comes with `pip install ".[rehearsal]"`. A test that takes the fixture gets the two organizations as they
begin, and finds them by profile; `rehearsal.reset(tables)` makes others. A project's own fixture of the name wins.
"""

import os
from collections.abc import Iterator

import pytest

from orgtools.rehearsal import Rehearsal


@pytest.fixture(scope="session")
def rehearsal_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """One running rehearsal for the session; tests take `rehearsal` instead."""
    with Rehearsal.start(tmp_path_factory.mktemp("rehearsal")) as running:
        yield running


@pytest.fixture
def rehearsal(rehearsal_server: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """The shipped scenario `two-waves`, made new, and an environment in which boto3 finds its profiles."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in rehearsal_server.environment().items():
        monkeypatch.setenv(name, value)
    rehearsal_server.set_speed(1.0)
    rehearsal_server.reset("two-waves")
    return rehearsal_server
