"""`show`: anything orgtools returns, as a notebook should display it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import singledispatch
from typing import TYPE_CHECKING, Final

import pandas as pd
from IPython.display import HTML, display

from orgtools.assess import CATALOGUE, Assessment, Exported
from orgtools.assess.exports import FOLDER
from orgtools.audit import Review
from orgtools.findings import Finding, obstacles
from orgtools.messages import next_step
from orgtools.migration import Migration
from orgtools.plan import Plan
from orgtools.steps import Page, Preview, Result, Wait
from orgtools.ui import assessing, tables
from orgtools.ui.assessing import BOTH, SIGNS
from orgtools.ui.escaping import escape
from orgtools.ui.times import countdown, moment, zoned
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDED_ABOVE: Final = 10


@singledispatch
def show(thing: object) -> None:
    """Display a preview, a result, an assessment, findings or a table; anything else as Jupyter would."""
    display(thing)  # type: ignore[no-untyped-call]


def say(sentence: str, *, small: str = "") -> None:
    """One sentence in bold, and a line of small print below it."""
    _html(f"<div class='orgtools-sentence'><strong>{escape(zoned(sentence))}</strong></div>{_small(small)}")


def note(words: str) -> None:
    """A line of small print."""
    _html(_small(words))


def _small(words: str) -> str:
    return f"<div style='opacity:.8;font-size:90%'>{escape(zoned(words))}</div>" if words else ""


def tell_held(held: Mapping[str, tuple[Finding, ...]]) -> None:
    """Who is out of the plan for now, and why; nothing where nobody is."""
    if not held:
        return
    why = {account_id: str(obstacles(found)) for account_id, found in held.items()}
    items = "".join(f"<li>{account_id}: {escape(words)}</li>" for account_id, words in why.items())
    unfolded = " open" if len(held) <= _FOLDED_ABOVE else ""
    _html(
        f"<details class='orgtools-held'{unfolded}><summary><strong>"
        f"{many(len(held), 'account')} {verb(len(held), 'are')} blocked "
        f"and out of the plan for now; each comes back when an assessment clears it.</strong></summary>"
        f"<ul style='margin:.3em 0'>{items}</ul></details>"
    )


def _html(text: str) -> None:
    display(HTML(text))  # type: ignore[no-untyped-call]


@show.register
def _(thing: pd.DataFrame) -> None:
    _html(tables.html(thing))


@show.register
def _(thing: Migration) -> None:
    say(
        f"{thing.settings.name}: {_size(thing.plan)}.",
        small=f"Run folder {thing.folder}. Plan {thing.plan.digest}.",
    )
    show(tables.sides(thing))


@show.register
def _(thing: Plan) -> None:
    say(f"{_size(thing).capitalize()}.", small=f"Digest of the plan: {thing.digest}")
    show(tables.plan(thing))


def _size(plan: Plan) -> str:
    accounts = many(len(plan.accounts), "account")
    return f"{accounts} in {many(len(plan.waves), 'wave')}" if plan.waves else accounts


@show.register
def _(thing: Preview) -> None:
    say(
        f"{thing.step.name}: {thing.summary()}.",
        small=f"Seen at {moment(thing.snapshot.taken_at)}, AWS's clock. Digest of what would be done: {thing.digest}",
    )
    _waiting(thing)
    for sentence in thing.snapshot.unknown:
        say(f"Could not look: {sentence}", small=next_step(sentence))
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
        waits = f"{many(len(times), 'account')} {verb(len(times), 'wait')}"
        _html(f"<div>{waits}; the first until {escape(moment(times[0]))}, {count}</div>")


@show.register
def _(thing: Result) -> None:
    say(str(thing.summary()))
    if thing.outcomes:
        before = thing.before
        show(tables.outcomes(thing.outcomes, before.snapshot.names, before.step.subject))


@show.register
def _(thing: Assessment) -> None:
    sentence, small = assessing.summary(thing)
    say(sentence, small=small)
    if thing.earlier:
        say(
            f"It went on where it had been stopped: {many(len(thing.earlier), 'account')} had been looked at by then.",
            small="To look at all again: assess(..., afresh=True).",
        )
    if thing.left:
        say(
            f"Interrupted: {many(len(thing.left), 'account')} {verb(len(thing.left), 'are')} left.",
            small="Assess the same again: it goes on with these.",
        )
    changed = thing.changes()
    if changed:
        say(f"Changed since the last assessment: {len(changed)}.")
        show(tables.changes(changed, lambda check: CATALOGUE[check].title))
    _html(assessing.html(thing))


@show.register
def _(thing: Exported) -> None:
    """Which accounts, and what is missing; what was exported stays in its private files."""
    kept = f"{many(len(thing.kept), 'account')} {verb(len(thing.kept), 'have')} left the source"
    say(
        f"{many(len(thing.exports), 'account').capitalize()} exported into {FOLDER}/ of the run folder.",
        small=f"{kept}: what was exported before stays." if thing.kept else "",
    )
    if thing.gaps:
        say(f"{many(len(thing.gaps), 'part')} could not be read: unknown in the files, not empty.")
        rows = [
            (account_id or BOTH, gap.kind, gap.region, str(gap.why), next_step(gap.why))
            for account_id, gap in thing.gaps
        ]
        show(pd.DataFrame(rows, columns=["account", "part", "region", "evidence", "next step"]))


@show.register
def _(thing: Page) -> None:
    """What an owner is sent, to be copied; the file holds the same."""
    until = f"until {moment(thing.until)}" if thing.until else "until a time that AWS does not give"
    say(
        f"The owner of account {thing.account_id} accepts {thing.handshake_id} {until}.", small=f"To send: {thing.file}"
    )
    _html(f"<details><summary>The page</summary><pre>{escape(thing.text)}</pre></details>")


@show.register
def _(thing: Review) -> None:
    say(f"{thing.summary()}.", small=f"Seen at {moment(thing.taken_at)}, AWS's clock.")
    if thing.findings:
        show(list(thing.findings))


@show.register
def _(thing: list) -> None:  # type: ignore[type-arg]
    """A list of findings; singledispatch knows no item types."""
    found = [finding for finding in thing if isinstance(finding, Finding)]
    if not found:
        say("Nothing remarkable.")
        return
    rows = [(f.account_id, SIGNS[f.status], f.evidence, f.remedy) for f in found]
    show(pd.DataFrame(rows, columns=["account", "status", "evidence", "remedy"]))
