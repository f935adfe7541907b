"""`show`: anything orgtools returns, as a notebook should display it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import singledispatch
from html import escape
from typing import Final

import pandas as pd
from IPython.display import HTML, display

from orgtools.assess import CATALOGUE, Assessment
from orgtools.audit import Review
from orgtools.findings import Finding, Status
from orgtools.migration import Migration
from orgtools.plan import Plan
from orgtools.steps import Preview, Result, Wait
from orgtools.ui import tables
from orgtools.ui.times import countdown, moment, zoned

SIGNS: Final = {
    Status.OK: "✓ ok",
    Status.INFO: "i info",
    Status.WARN: "! warn",
    Status.UNKNOWN: "? unknown",
    Status.BLOCK: "✗ block",
}
"""A status in one word, with a sign that does not need colour."""


@singledispatch
def show(thing: object) -> None:
    """Display a preview, a result, an assessment, findings or a table; anything else as Jupyter would."""
    display(thing)  # type: ignore[no-untyped-call]


def say(sentence: str, *, small: str = "") -> None:
    """One sentence in bold, and a line of small print below it."""
    note = f"<div style='opacity:.8;font-size:90%'>{escape(zoned(small))}</div>" if small else ""
    _html(f"<div class='orgtools-sentence'><strong>{escape(zoned(sentence))}</strong></div>{note}")


def _html(text: str) -> None:
    display(HTML(text))  # type: ignore[no-untyped-call]


@show.register
def _(thing: pd.DataFrame) -> None:
    _html(tables.html(thing))


@show.register
def _(thing: Migration) -> None:
    say(
        f"{thing.settings.name}: {len(thing.plan.accounts)} accounts in {len(thing.plan.waves)} waves.",
        small=f"Run folder {thing.folder}. Plan {thing.plan.digest}.",
    )
    show(tables.sides(thing))


@show.register
def _(thing: Plan) -> None:
    say(f"{len(thing.accounts)} accounts in {len(thing.waves)} waves.", small=f"Digest of the plan: {thing.digest}")
    show(tables.plan(thing))


@show.register
def _(thing: Preview) -> None:
    say(
        f"{thing.step.name}: {thing.summary()}.",
        small=f"Seen at {moment(thing.snapshot.taken_at)}, AWS's clock. Digest of what would be done: {thing.digest}",
    )
    _waiting(thing)
    for sentence in thing.snapshot.unknown:
        say(f"Could not look: {sentence}")
    if thing.accounts:
        show(tables.decisions(thing))


def _waiting(preview: Preview) -> None:
    """Who waits for a known time, and a countdown to the first of those times."""
    times = sorted(
        decision.until for decision in preview.decisions if isinstance(decision, Wait) and decision.until is not None
    )
    if times:
        now = preview.snapshot.taken_at
        count = countdown(times[0], now=now, shown_at=datetime.now(UTC))
        accounts = "account waits" if len(times) == 1 else "accounts wait"
        _html(f"<div>{len(times)} {accounts}; the first until {escape(moment(times[0]))}, {count}</div>")


@show.register
def _(thing: Result) -> None:
    say(thing.summary())
    if thing.outcomes:
        show(tables.outcomes(thing.outcomes, thing.before.snapshot.names))


@show.register
def _(thing: Assessment) -> None:
    worst = thing.worst()
    counts = {status: sum(found == status for found in worst.values()) for status in Status}
    words = ", ".join(f"{count} {SIGNS[status]}" for status, count in counts.items() if count)
    say(f"{len(thing.accounts)} accounts: {words}.", small=f"Seen at {moment(thing.taken_at)}.")
    subjects = list(dict.fromkeys(check.subject for check in CATALOGUE.values() if check.concerns == "account"))
    rows = [
        (
            account.account_id,
            account.ou,
            account.wave,
            *(_cell(thing, account.account_id, subject) for subject in subjects),
        )
        for account in thing.accounts
    ]
    show(pd.DataFrame(rows, columns=["account", "to", "wave", *subjects]))
    changed = thing.changes()
    if changed:
        say(f"Changed since the last assessment: {len(changed)}.")
        show(tables.changes(changed, lambda check: CATALOGUE[check].title))
    show(tables.findings(thing, lambda check: CATALOGUE[check].title))
    if thing.left:
        say(
            f"Interrupted: {len(thing.left)} accounts are left.",
            small=f"To go on: assess(migration, {list(thing.left)}).",
        )


@show.register
def _(thing: Review) -> None:
    say(f"{thing.summary()}.", small=f"Seen at {moment(thing.taken_at)}, AWS's clock.")
    if thing.findings:
        show(list(thing.findings))


def _cell(assessment: Assessment, account_id: str, subject: str) -> str:
    statuses = [f.status for f in assessment.of(account_id) if CATALOGUE[f.check].subject == subject]
    return SIGNS[max(statuses, key=list(Status).index)] if statuses else "-"


@show.register
def _(thing: list) -> None:  # type: ignore[type-arg]
    """A list of findings; singledispatch knows no item types."""
    found = [finding for finding in thing if isinstance(finding, Finding)]
    if not found:
        say("Nothing remarkable.")
        return
    rows = [(f.account_id, SIGNS[f.status], f.evidence, f.remedy) for f in found]
    show(pd.DataFrame(rows, columns=["account", "status", "evidence", "remedy"]))
