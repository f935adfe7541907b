"""What leaves the house: everything planted wherever people write, and no file of a record that shows it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

import nbformat
import pandas as pd
import pytest

from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message, free
from orgtools.plan import Plan
from orgtools.record.bundle.notebooks import SHIPPED, shareable_notebook
from orgtools.record.model.run_data import UnitRow
from orgtools.record.redact.fields import chained
from orgtools.record.redact.levels import Level, Redactor
from tests import planted
from tests.record.bundles import files_of, unpacked
from tests.record.long_run import picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from orgtools.record.model.run_data import Picture
    from tests.planted import Planted

_SHARED: Final = (Level.PUBLIC, Level.PARTNER)
_FACTS: Final = ("account", "arn", "handshake", "name", "organization", "state", "unit", "until", "wave", "words")
"""A fact of each kind."""
_TEXTS: Final = [one.text for one in (*planted.ALL, planted.PLAIN_ID)]


def _outputs(said: str) -> list[dict[str, Any]]:
    """The same in every way in which a cell can show it."""
    shown = [
        {"text/html": f"<p title='x'>{said}</p>"},
        {"application/json": {said: [said]}, "text/plain": said},
        {"image/png": said, "image/svg+xml": f"<svg>{said}</svg>"},
    ]
    return [
        {"output_type": "stream", "name": "stdout", "text": said},
        {"output_type": "error", "ename": said, "evalue": said, "traceback": [f"\x1b[31m{said}\x1b[0m"]},
        *({"output_type": "display_data", "metadata": {"m": said}, "data": data} for data in shown),
    ]


def _notebook(path: Path, source: str, outputs: Sequence[Mapping[str, Any]], *others: Mapping[str, Any]) -> Path:
    cell = {"cell_type": "code", "id": "b", "metadata": {}, "source": source, "execution_count": 1, "outputs": outputs}
    held = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [*others, cell]}
    nbformat.write(nbformat.from_dict(held), path)
    return path


def _ours() -> str:
    """The source of a cell that orgtools ships."""
    held = nbformat.read(SHIPPED / "00_start.ipynb", as_version=4)
    return next(str(cell.source) for cell in held.cells if cell.cell_type == "code")


def _planted(told: Picture) -> Picture:
    """A run in which each text was written as a name, a tag, a unit, a note, AWS's words, a finding, a reason."""
    accounts = [
        replace(account, ou=f"/Workloads/{text}", tags=((text, text), ("mail", text)))
        for account, text in zip(told.plan.accounts, _TEXTS, strict=True)
    ]
    outcomes = tuple(
        replace(
            outcome,
            name=text,
            why=Message("refused", reason="ODD", words=text, next=f"Look at {text}."),
            planned=f"/W/{text}",
            now=Message("place", side="source", unit=f"/W/{text}"),
        )
        for outcome, text in zip(told.outcomes, _TEXTS, strict=True)
    )
    findings = tuple(
        Finding(account.account_id, "A1", Verdict.WARN, Message("all", **dict.fromkeys(_FACTS, text)))
        for account, text in zip(accounts, [planted.PLAIN_ID.sought, *_TEXTS[1:]], strict=True)
    )
    times = {"sent (UTC)": told.taken_at, "expires (UTC)": told.taken_at}
    handshakes = pd.DataFrame([dict.fromkeys(told.handshakes.columns, text) | times for text in _TEXTS])
    events = []
    for event, text in zip(told.events, cycle(_TEXTS), strict=False):
        data = {**event.data, "note": text, "message": text, "colour": {text: [text]}}
        for name in ("by", "caller", "typed", "handshake_id", "organization", "check", "until"):
            data[name] = text if event.kind not in {Kind.BASELINE, Kind.ASSESSED} else data.get(name, text)
        for name in ("words", "why", "observed", "summary"):
            data[name] = free(text, text).as_json()
        events.append(replace(event, data=data))
    return replace(
        told,
        name=_TEXTS[0],
        plan=Plan(tuple(accounts)),
        events=chained(events),
        outcomes=outcomes,
        findings=findings,
        bystanders=findings,
        handshakes=handshakes,
        units=tuple(UnitRow("source", f"/Legacy/{text}", 1, 1) for text in _TEXTS),
        unknown=tuple(map(free, _TEXTS)),
        remarks=tuple(map(free, _TEXTS)),
    )


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Level, str]:
    """All that the files of a record say, names of files included, at each level; its notebooks have every text."""
    folder = tmp_path_factory.mktemp("executed")
    said = "\n".join(_TEXTS)
    prose = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": said}
    _notebook(folder / "30_invite.ipynb", _ours(), _outputs(said))
    _notebook(folder / "mine.ipynb", said, _outputs(said), prose)
    told = _planted(picture(len(_TEXTS)))
    found = {}
    for level in Level:
        files = files_of(told, Redactor(level), folder)
        found[level] = unpacked("\n".join([*files, *files.values()]))
    return found


def test_at_least_200_texts_are_planted() -> None:
    """Ids in every grouping, telephone numbers, networks, addresses, passwords, keys."""
    assert len({one.text for one in planted.ALL}) >= 200


@pytest.mark.parametrize("one", planted.ALL, ids=lambda one: ascii(one.text[:30]))
def test_nothing_planted_leaves_the_house(records: Mapping[Level, str], one: Planted) -> None:
    """In names, tags, units, notes, errors, foreign cells: no file at public and partner level has any of it."""
    assert [level for level in _SHARED if one.sought in records[level]] == []


@pytest.mark.parametrize("one", planted.SECRETS, ids=lambda one: ascii(one.text[:30]))
def test_no_address_and_no_key_is_in_any_file(records: Mapping[Level, str], one: Planted) -> None:
    """Inside the house neither."""
    assert one.sought not in records[Level.INTERNAL]


def test_a_level_shows_what_it_promises(records: Mapping[Level, str]) -> None:
    """An id as AWS writes it is a pseudonym to everybody, and stands as it is for a partner."""
    assert {level: planted.PLAIN_ID.sought in said for level, said in records.items()} == {
        Level.PUBLIC: False,
        Level.PARTNER: True,
        Level.INTERNAL: True,
    }


@pytest.mark.parametrize("level", Level)
def test_what_a_cell_showed_stays_inside_the_house(tmp_path: Path, level: Level) -> None:
    """It is words, of which nobody can say what they tell; the cells that orgtools ships stay everywhere."""
    said = [{"output_type": "stream", "name": "stdout", "text": "5 accounts were refused"}]
    for source, ours in ((_ours(), True), ("print('x')", False)):
        text = shareable_notebook(_notebook(tmp_path / "n.ipynb", source, said), Redactor(level))
        assert ("5 accounts were refused" in text) is (level is Level.INTERNAL)
        assert (json.dumps(source)[1:-1] in text) is (ours or level is Level.INTERNAL)


@pytest.mark.parametrize("unseen", planted.UNSEEN, ids=ascii)
def test_no_page_and_no_table_has_an_unseen_character(unseen: str) -> None:
    """In a name: nothing that a terminal obeys, or that turns the direction of writing."""
    told = picture(1)
    told = replace(told, outcomes=tuple(replace(outcome, name=f"Pay{unseen}roll") for outcome in told.outcomes))
    files = files_of(told, Redactor(Level.INTERNAL))
    shown = [name for name, text in files.items() if unseen in text]
    assert shown == []
    assert all("Pay\\" in files[name] for name in ("outcomes.csv", "record.html"))
