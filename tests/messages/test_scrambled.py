"""Whatever the catalogue says: digests, ledger and control flow are made of codes and facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

from orgtools import assess, steps
from orgtools.messages import rendering
from orgtools.steps import ACCEPT, INVITE, PLACE, VERIFY
from orgtools.ui.tables import decisions
from tests import rehearsed
from tests.rehearsed import PLAIN, STANDALONE, confirmed, do

if TYPE_CHECKING:
    from orgtools.messages import Message
    from tests.rehearsed import Run

_SCRAMBLED: Final = "xyzzy plugh"


def _scrambled(message: Message, attribute: str | None, *_: object) -> str:
    """What a catalogue would say in which somebody has broken every sentence."""
    return f"{_SCRAMBLED} {len(message.code)}" if attribute is None else f"{_SCRAMBLED}!"


def test_a_whole_way_does_not_depend_on_any_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A digest that was shown in other words approves; accounts move; no word of the catalogue is in the ledger."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, PLAIN)
    steps.apply(migration, shown, None)
    monkeypatch.setattr(rendering, "_formatted", _scrambled)
    scrambled = steps.preview(migration, INVITE, PLAIN)
    assert _SCRAMBLED in " ".join(map(str, decisions(scrambled)["because"]))
    approval = steps.approve_digest(scrambled, shown.digest)
    for outcome in steps.apply(migration, scrambled, approval).outcomes:
        assert outcome.status is steps.Status.CONFIRMED
    for step in (ACCEPT, PLACE):
        confirmed(do(migration, step, PLAIN))
    assert all(isinstance(decision, steps.Done) for decision in steps.preview(migration, VERIFY, PLAIN).decisions)
    told = [json.dumps(event.data) for event in migration.ledger.events()]
    assert [data for data in told if _SCRAMBLED in data] == []


def test_nothing_that_decides_reads_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assessing, exporting, every step of the way there and the first of the way back: the catalogue is not asked."""

    def asked(message: Message, *_: object) -> NoReturn:
        pytest.fail(f"a sentence is asked for while nobody reads: {message.code}")

    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[handover]\nprepare = true\nrevoke = true\n")
    migration = run.open()
    monkeypatch.setattr(rendering, "_formatted", asked)
    assess.assess(migration)
    assess.export(migration)
    whom = (*PLAIN, STANDALONE)
    for step in steps.ALL:
        do(migration, step, whom)
    assert {type(one) for one in steps.preview(migration, VERIFY, whom).decisions} == {steps.Done}
    do(migration, steps.RESTORE, PLAIN)
    do(migration, steps.INVITE_BACK, PLAIN)
