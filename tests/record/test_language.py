"""A record in another language: other sentences on its page, and the same files of data, facts and verdicts."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import messages, record
from orgtools.findings import Verdict
from orgtools.messages import LANGUAGES, Message, heading, known, language, rendering
from orgtools.record.bundle.compare import Compared
from orgtools.record.bundle.contents import WORDS, contents
from orgtools.record.bundle.files import FINDINGS, OUTCOMES, PAGE
from orgtools.record.model.account_status import Arrival, State
from orgtools.record.redact.levels import Level
from orgtools.record.render import sections
from orgtools.record.render.history import Stage
from orgtools.record.render.labels import COLUMNS
from tests.record.bundles import unpacked, write_small
from tests.record.long_run import begun, picture

if TYPE_CHECKING:
    from pathlib import Path

_LABELS: Final = {
    "changed": ("came", "went", "differs"),
    "organizations": ("came", "went", "differs"),
    "arrival": [one for one in Arrival if one],
    "end": Stage,
    "found": Verdict,
    "level": Level,
    "section": sections.NAMES,
    "stage": Stage,
    "state": State,
    "what": Compared,
}
"""Codes that are put together: how they begin, and how they end."""


def _scrambled(message: Message, attribute: str | None, *_: object) -> str:
    """What a catalogue would say in which somebody has broken every sentence."""
    return f"xyzzy {len(message.code)}" if attribute is None else "plugh!"


def _speak_otherwise(patch: pytest.MonkeyPatch, tongue: str) -> None:
    if tongue in LANGUAGES:
        patch.setenv("ORGTOOLS_LANGUAGE", tongue)
    else:
        patch.setattr(rendering, "_formatted", _scrambled)


_OTHERS: Final = pytest.mark.parametrize("tongue", [*LANGUAGES[1:], "scrambled"])


@_OTHERS
def test_files_of_data_are_the_same_in_every_language(monkeypatch: pytest.MonkeyPatch, tongue: str) -> None:
    """Codes and facts; sentences are on the page, which names their language, and in the column for words."""
    ours = contents(picture(3), Level.INTERNAL)
    _speak_otherwise(monkeypatch, tongue)
    theirs = contents(picture(3), Level.INTERNAL)
    assert {name for name in ours if ours[name] != theirs[name]} == {PAGE, OUTCOMES, FINDINGS}
    for name in (OUTCOMES, FINDINGS):
        first, second = (
            [
                {column: cell for column, cell in row.items() if column != WORDS}
                for row in csv.DictReader(StringIO(held))
            ]
            for held in (ours[name], theirs[name])
        )
        assert first == second
    assert '<html lang="en"' in ours[PAGE]
    assert f'<html lang="{language()}"' in theirs[PAGE]


@_OTHERS
def test_a_record_is_verified_and_compared_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    """One that was written in another language is untouched, and what moved since is the same."""
    before, after = (write_small(tmp_path / name, told=told(3)) for name, told in (("a", begun), ("b", picture)))
    ours = record.compare(before, after)
    _speak_otherwise(monkeypatch, tongue)
    later = write_small(tmp_path / "c", told=picture(3))
    assert record.verify(before) == record.verify(later) == []
    theirs = record.compare(before, later)
    assert (theirs.accounts, theirs.findings, theirs.remarks) == (ours.accounts, ours.findings, ours.remarks)
    assert theirs.messages()[0] == ours.messages()[0]


@_OTHERS
def test_what_was_altered_is_the_same_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    """What is wrong is a code and facts."""
    folder = write_small(tmp_path / "record")
    (folder / "plan.csv").write_text("account_id,ou\n", encoding="utf-8")
    ours = record.verify(folder)
    _speak_otherwise(monkeypatch, tongue)
    assert record.verify(folder) == ours != []


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("level", Level)
def test_a_page_says_everything_in_sentences(level: Level, tongue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No code of the catalogue is left on it."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", tongue)
    told = unpacked(contents(picture(3), level)[PAGE])
    body = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", told, flags=re.DOTALL)
    assert re.findall(r"record-[a-z]+-[a-z-]+", body) == []


@pytest.mark.parametrize(
    "code",
    [f"record-{beginning}-{end}" for beginning, ends in _LABELS.items() for end in ends],
)
def test_every_label_is_in_the_catalogue(code: str) -> None:
    """Also one that no test's record shows."""
    assert rendering._entries("en").keys() >= {code}


def test_every_column_has_a_heading() -> None:
    """Its own, or the one that it has in tables elsewhere; and no heading of its own is left over."""
    columns = {name for names in COLUMNS.values() for name in names}
    own = {f"record-column-{column}" for column in columns if not known(heading(column).code)}
    given = {code for code in rendering._entries("en") if code.startswith("record-column-")}
    assert own <= given <= {f"record-column-{column}" for column in columns}


def test_cells_of_messages_are_their_json() -> None:
    """So that a program reads them without a language; who opens the table reads a sentence beside them."""
    rows = list(csv.DictReader(StringIO(contents(picture(3), Level.INTERNAL)["outcomes.csv"])))
    whys = [Message.from_json(json.loads(row["why"])) for row in rows]
    assert whys
    assert [row[WORDS] for row in rows] == list(map(messages.told, whys))
