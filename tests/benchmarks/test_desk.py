"""How soon an operator's tables of 5,000 accounts can be used, in JupyterLab in Chromium."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import nbformat
import pytest
from nbformat import v4

from tests.benchmarks.waves import say
from tests.browser.chromium import find_chromium
from tests.browser.lab import start_lab
from tests.rehearsed import DECIDING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.benchmarks.waves import Waves
    from tests.browser.lab import Lab

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

ACCOUNTS: Final = 5000
FREE: Final = ACCOUNTS - ACCOUNTS // 3
"""Every third is blocked, and left out."""
PICKER_S: Final = 2.0
FILTER_S: Final = 0.15
REVIEW_S: Final = 2.0
ROUNDS: Final = 5
PATIENCE_MS: Final = 60_000

# The plan's own accounts, assessed and invited, as values: five thousand invitations would only measure the rehearsal.
_MADE: Final = f"""
from dataclasses import replace
from datetime import timedelta

import orgtools
from orgtools import ui, steps
from orgtools.aws.model import Handshake
from orgtools.findings import Finding, Verdict
from orgtools.invitations import Evidence, listed, table
from orgtools.ledger import Kind
from orgtools.messages import Message, free

migration = orgtools.open()
ids = list(migration.plan.by_id)
verdicts = (Verdict.OK, Verdict.WARN, Verdict.BLOCK)
findings = [
    Finding(account_id, check, verdicts[number % 3], free("what was seen")).as_json()
    for number, account_id in enumerate(ids) for check in {DECIDING!r}
]
migration.ledger.append(Kind.ASSESSED, accounts=ids, findings=findings)
seen = migration.observe()
owner, now = seen.destination.identity, seen.taken_at
arn = f"arn:aws:organizations::{{owner.management_account_id}}:handshake/{{owner.organization_id}}/invite/"
sent = [
    Handshake(
        f"h-{{number:012d}}", f"{{arn}}h-{{number:012d}}", "INVITE", "OPEN", account_id, account_id,
        now - timedelta(minutes=number), now + timedelta(days=15, minutes=-number),
    )
    for number, account_id in enumerate(ids)
]
caller = {{handshake.id: owner.caller_arn for handshake in sent}}
runs = {{
    handshake.id: (Message("handshake-done", step="invite", event=number),) for number, handshake in enumerate(sent)
}}
evidence = Evidence(callers=caller, runs=runs, names=seen.names)
handshakes = table(listed(migration.plan, replace(seen.destination, handshakes=tuple(sent)), evidence))
"""
_PICKER: Final = "picker = ui.Picker(migration, steps.INVITE)"
_REVIEW: Final = "ui.show_handshakes(handshakes)"
_CLEAR: Final = "() => window.jupyterapp.shell.currentWidget.content.widgets[1].outputArea.model.clear()"
"""Takes the picker out of the page, so that the next one is not taken for it."""


@pytest.fixture
def lab(waves: Waves, tmp_path: Path) -> Iterator[Lab]:
    """A notebook over a run of 5,000 accounts, opened and its data made."""
    waves.new_world(ACCOUNTS)
    run = waves.new_run(ACCOUNTS)
    cells = [v4.new_code_cell(source) for source in (_MADE, _PICKER, _REVIEW)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    folder, place = tmp_path / "notebook", tmp_path / "lab"
    folder.mkdir()
    place.mkdir()
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / "desk.ipynb")
    environment = waves.rehearsal.environment() | {"ORGTOOLS_RUN": str(run)}
    with start_lab(folder, chromium=find_chromium(), scratch=place, env=environment) as lab:
        lab.page.set_viewport_size({"width": 1280, "height": 900})
        lab.page.set_default_timeout(PATIENCE_MS)
        lab.open("desk.ipynb")
        lab.run(0, 0)
        lab.wait_until_done()
        assert lab.cell_outputs()[0] == ""
        yield lab


def test_the_tables_of_5000_accounts_can_soon_be_used(lab: Lab) -> None:
    """The picker within 2 s of running its cell, a filter within 0.15 s, in each of five runs; the review in 2 s."""
    picker, chosen = lab.widget("orgtools-accounts"), lab.widget("orgtools-chosen")
    ready, filters = list[float](), list[float]()
    for _ in range(ROUNDS):
        ready.append(seconds(lab, 1, picker.get_by_role("cell", name="300000000001")))
        assert chosen.inner_text().startswith(f"{FREE:,} accounts chosen")
        for words, found in (("300000004", "1,000"), ("block workload-0499", "3"), ("workload", "5,000")):
            began = time.perf_counter()
            picker.get_by_role("searchbox").fill(words)
            picker.locator(".dt-info", has_text=f"of {found}").wait_for()
            filters.append(time.perf_counter() - began)
        lab.page.evaluate(_CLEAR)
        picker.wait_for(state="detached")
    review = seconds(lab, 2, lab.cell(2).get_by_role("cell", name="h-000000004999"))
    began = time.perf_counter()
    lab.cell(2).get_by_role("searchbox").fill("300000000042")
    lab.cell(2).get_by_text("Rows shown: 1 of 1").wait_for()
    filters.append(time.perf_counter() - began)
    say(
        f"desk, {ACCOUNTS:,} accounts: picker ready {min(ready):.2f} to {max(ready):.2f} s after running its cell in "
        f"{ROUNDS} runs (bound {PICKER_S:.0f}), review of handshakes {review:.2f} s (bound {REVIEW_S:.0f}), filters "
        f"answer within {max(filters):.2f} s (bound {FILTER_S})"
    )
    assert max(ready) <= PICKER_S
    assert review <= REVIEW_S
    assert max(filters) <= FILTER_S


def seconds(lab: Lab, cell: int, ready: Locator) -> float:
    """From running a cell until something of it can be seen and the page answers."""
    began = time.perf_counter()
    lab.run(cell, cell)
    ready.first.wait_for()
    lab.page.evaluate("() => new Promise(requestAnimationFrame)")
    return time.perf_counter() - began
