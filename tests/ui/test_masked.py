"""What people wrote as names and tags: nothing whole of it in outputs and widget state, which notebooks keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pytest

from orgtools.aws.read.accounts import Accounts
from orgtools.aws.read.reader import SideReader
from orgtools.cli.common import say
from orgtools.html import text
from orgtools.plan import Plan, PlannedAccount
from orgtools.ui import tables
from orgtools.ui.picker import selectable
from tests import planted, values

if TYPE_CHECKING:
    from tests.planted import Planted

_ANSWER: Final = {
    "Id": "300000000001",
    "Arn": "arn:aws:organizations::111111111111:account/o-source0001/300000000001",
    "Email": "jane.doe@corp.example",
    "State": "ACTIVE",
    "JoinedMethod": "CREATED",
    "JoinedTimestamp": values.NOW,
    "Paths": ["o-source0001/r-src1/300000000001/"],
}


@pytest.mark.parametrize("one", planted.SECRETS, ids=lambda one: ascii(one.text[:30]))
def test_no_name_and_no_tag_is_shown_whole(one: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    """Not by a table, the state of a table that rows are chosen in, a sentence, the repr of a plan, or the terminal."""
    account = PlannedAccount("300000000001", f"/W/{one.text}", tags=(("mail", one.text), (one.text, "x")))
    shown = tables.plan(Plan((account,)))
    held = selectable(shown.assign(name=one.text)).get_state()
    say(f"account {one.text}")
    said: list[Any] = [tables.html(shown), held, text(one.text), str(account), capsys.readouterr().out]
    assert [thing for thing in said if one.sought in json.dumps(thing, default=str, ensure_ascii=False)] == []
    assert "tags" not in repr(account)
    assert dict(account.tags)["mail"] == one.text  # the call that sets the tag has all of it


@pytest.mark.parametrize("name", ["jane.doe@corp.example", "AKIAIOSFODNN7EXAMPLE", "Pay\x1b[2J\u202eroll\n"], ids=ascii)
def test_a_name_is_masked_where_aws_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing that shows an account can forget it."""
    reader = object.__new__(SideReader)
    monkeypatch.setattr(SideReader, "pages", lambda *_: iter([_ANSWER | {"Name": name}]))
    (account,) = Accounts("source", reader, reader).listed()
    assert account.name.isprintable()
    assert name not in account.name
    assert account.email == "j***@corp.example"


@pytest.mark.parametrize("unseen", planted.UNSEEN, ids=ascii)
def test_no_terminal_and_no_output_gets_an_unseen_character(unseen: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stood in a name."""
    say(f"Pay{unseen}roll")
    html = tables.html(pd.DataFrame({"name": [f"Pay{unseen}roll"]}))
    assert unseen not in capsys.readouterr().out
    assert unseen not in html
