"""Who is named in the ledger: somebody, on any machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgtools.person import person

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES = ("JUPYTERHUB_USER", "LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.fixture
def nameless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container whose user id has no name."""
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 54321)


@pytest.mark.usefixtures("nameless")
def test_a_user_id_without_a_name_is_told_by_its_number() -> None:
    """The machine's list of users does not hold it: the ledger says the number, and everything works."""
    assert person() == "uid 54321"


def _no_module(uid: int) -> object:
    raise OSError(uid)


def _no_entry(uid: int) -> object:
    raise KeyError(uid)


@pytest.mark.usefixtures("nameless")
@pytest.mark.parametrize("refuse", [_no_entry, _no_module])
def test_either_way_in_which_python_says_so(refuse: Callable[[int], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has changed which exception it raises for a user id without a name."""
    monkeypatch.setattr("pwd.getpwuid", refuse)
    assert person() == "uid 54321"


def test_a_hub_names_who_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the containers of a JupyterHub the login name is everybody's; the hub's name is the person's."""
    monkeypatch.setenv("LOGNAME", "jovyan")
    monkeypatch.setenv("JUPYTERHUB_USER", "jo")
    assert person() == "jo"


def test_elsewhere_it_is_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the machine calls the user that the process runs as."""
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "operator")
    assert person() == "operator"
