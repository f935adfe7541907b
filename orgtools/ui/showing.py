"""`show`: anything orgtools returns, as a notebook should display it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import singledispatch
from typing import TYPE_CHECKING, Final

import pandas as pd
from IPython.display import HTML, display

from orgtools.assess import Assessment, Exported
from orgtools.assess.exporting.files import FOLDER
from orgtools.audit import Review
from orgtools.findings import Finding, obstacles
from orgtools.html import piece, script
from orgtools.messages import Message
from orgtools.migration import Migration
from orgtools.plan import Plan
from orgtools.steps import Page, Preview, Result, Wait
from orgtools.ui import assessing, tables
from orgtools.ui.times import countdown
from orgtools.ui.words import Then, sentence, then, told, whom, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.snapshot import Snapshot

_FOLDED_ABOVE: Final = 10

NOTHING_TO_ASSESS: Final = Message("ui-nothing-to-assess")
"""What 25_unenroll shows where it un-enrolled nothing."""
NO_OWNER: Final = Message("ui-owner-none")
"""What 50_accept shows where no owner accepts by hand."""


@singledispatch
def show(thing: object) -> None:
    """Display a preview, a result, an assessment, findings, a table or a message; anything else as Jupyter would."""
    display(thing)  # type: ignore[no-untyped-call]


def say(message: Message, *, small: Message | None = None) -> None:
    """A message as a sentence in bold; below it in small print what to do then, or another message."""
    below = told(small) if small else then(message)
    _html(piece("say", sentence(message), below))


def note(words: str) -> None:
    """A line of small print."""
    _html(piece("small", words))


def tell_held(held: Mapping[str, tuple[Finding, ...]]) -> None:
    """Who is out of the plan for now, and why; nothing where nobody is."""
    if not held:
        return
    why = [(account_id, words(obstacles(found))) for account_id, found in held.items()]
    _html(piece("held", len(held) <= _FOLDED_ABOVE, words(Message("ui-on-hold", count=len(held))), why))


def _html(text: str) -> None:
    display(HTML(str(text)))  # type: ignore[no-untyped-call]


@show.register
def _(thing: Message) -> None:
    say(thing)


@show.register
def _(thing: pd.DataFrame) -> None:
    _html(tables.html(thing))


@show.register
def _(thing: Migration) -> None:
    say(
        Message("ui-run", name=thing.settings.name, count=len(thing.plan.accounts), total=len(thing.plan.waves)),
        small=Message("ui-run-folder", path=str(thing.folder), digest=thing.plan.digest),
    )
    show(tables.sides(thing))


@show.register
def _(thing: Plan) -> None:
    size = Message("ui-plan", count=len(thing.accounts), total=len(thing.waves))
    say(size, small=Message("ui-plan-digest", digest=thing.digest))
    show(tables.plan(thing))


@show.register
def _(thing: Preview) -> None:
    say(thing.summary(), small=Message("ui-seen-with-digest", at=thing.snapshot.taken_at, digest=thing.digest))
    _waiting(thing)
    tell_unknown(thing.snapshot)
    if thing.accounts:
        _html(tables.html(tables.decisions(thing), look="ways" if thing.step.parts else ""))


def tell_unknown(snapshot: Snapshot) -> None:
    """What could not be looked up, and what to grant."""
    for why in snapshot.unknown:
        say(Message("ui-could-not-check", why=why))


def _waiting(preview: Preview) -> None:
    """Who waits for a known time, and a countdown to the first of those times."""
    times = sorted(
        decision.until for decision in preview.decisions if isinstance(decision, Wait) and decision.until is not None
    )
    if times:
        count = countdown(times[0], now=preview.snapshot.taken_at, shown_at=datetime.now(UTC))
        waits = words(Message("ui-waiting", count=len(times), until=times[0]))
        _html(piece("waiting", waits, count, script()))


@show.register
def _(thing: Result) -> None:
    say(thing.summary())
    if thing.outcomes:
        before = thing.before
        show(tables.outcomes(thing.outcomes, before.snapshot.names, before.step.subject))


@show.register
def _(thing: Assessment) -> None:
    say(assessing.summary(thing), small=Message("ui-seen", at=thing.taken_at))
    if thing.earlier:
        say(Message("ui-assessment-resumed", count=len(thing.earlier)))
    if thing.left:
        say(Message("ui-assessment-interrupted", count=len(thing.left)))
    changed = thing.changes()
    if changed:
        say(Message("ui-assessment-changed", count=len(changed)))
        show(tables.changes(changed))
    _html(assessing.html(thing))


@show.register
def _(thing: Exported) -> None:
    """Which accounts, and what is missing; what was exported stays in its private files."""
    say(
        Message("ui-exported", count=len(thing.exports), path=f"{FOLDER}/"),
        small=Message("ui-exported-before", count=len(thing.kept)) if thing.kept else None,
    )
    if thing.gaps:
        say(Message("ui-export-gaps", count=len(thing.gaps)))
        rows = [(whom(account_id), gap.kind, gap.region, gap.why, Then(gap.why)) for account_id, gap in thing.gaps]
        show(pd.DataFrame(rows, columns=["account", "part", "region", "evidence", "next step"]))


@show.register
def _(thing: Page) -> None:
    """What an owner is sent, to be copied; the file holds the same."""
    accepts = Message("ui-owner", account=thing.account_id, handshake=thing.handshake_id)
    if thing.until:
        accepts = Message("ui-owner-until", account=thing.account_id, handshake=thing.handshake_id, until=thing.until)
    say(accepts, small=Message("ui-owner-send", path=str(thing.file)))
    _html(piece("page", words(Message("ui-owner-page")), thing.text))


@show.register
def _(thing: Review) -> None:
    say(thing.summary(), small=Message("ui-seen", at=thing.taken_at))
    if thing.findings:
        show(list(thing.findings))


@show.register
def _(thing: list) -> None:  # type: ignore[type-arg]
    """A list of findings; singledispatch knows no item types."""
    found = [finding for finding in thing if isinstance(finding, Finding)]
    if not found:
        say(Message("ui-nothing-unexpected"))
        return
    rows = [(one.account_id, one.status, one.evidence, Then(one.evidence)) for one in found]
    show(pd.DataFrame(rows, columns=["account", "status", "evidence", "remedy"]))
