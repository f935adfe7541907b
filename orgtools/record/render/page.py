"""The record as one offline HTML page: no widget, no outside request, readable on paper and without colour."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from orgtools import html
from orgtools.messages import Message, language, next_step, told
from orgtools.record.model.cells import head_of
from orgtools.record.render import charts, sections, summary
from orgtools.record.render.labels import state_mark

if TYPE_CHECKING:
    from orgtools.record.model.run_data import Party, Picture
    from orgtools.record.redact.levels import Level


def render(picture: Picture, level: Level) -> str:
    """The whole page.

    The browser itself is told to refuse every request (``default-src 'none'``) and every script but the page's own.
    """
    head = head_of(picture.events)
    page = html.render(
        "record",
        language=language(),
        allowed=html.Markup(b64encode(hashlib.sha256(html.script().encode()).digest()).decode()),
        style=html.style(record=True),
        script=html.script(),
        texts=_texts(),
        events=len(picture.events),
        head=head,
        title=Message("record-title", name=picture.name),
        headline=summary.headline(picture),
        parties=_parties(picture),
        level=Message(f"record-level-{level}"),
        remarks=list(map(told, picture.remarks)),
        numbers=summary.numbers(picture),
        sentences=list(map(told, summary.sentences(picture))),
        unfinished=[
            (state_mark(state), why, next_step(why), _accounts(ids)) for state, why, ids in summary.unfinished(picture)
        ],
        sections=sections.NAMES,
        charts=[
            charts.states_over_time(picture.plan, picture.events, picture.outcomes, picture.taken_at),
            charts.budget(picture.budget),
            charts.trees(picture.units),
        ],
        tables=sections.tables(picture),
        unknown=list(map(told, picture.unknown)),
        in_order=Message("record-findings-about", count=len(picture.findings) - len(sections.remarkable(picture))),
        environment=Message("record-environment", names=[f"{name} {version}" for name, version in picture.versions]),
        plan_digest=Message("record-plan-digest", digest=picture.plan_digest),
        ledger=Message("record-head", count=len(picture.events), digest=head),
        chain=Message("record-chain-original")
        if head == picture.head
        else Message("record-chain-redacted", digest=picture.head),
    )
    return str(page)


def _texts() -> dict[str, str]:
    """What the page's script says of rows and accounts."""
    story = {
        "story": Message("record-story"),
        "events": Message("record-story-events"),
        "none": Message("record-story-no-events"),
        "findings": Message("record-story-findings"),
    }
    return html.texts() | {name: str(message) for name, message in story.items()}


def _parties(picture: Picture) -> Message:
    source = _party("record-source", picture.source)
    if not picture.source.organization_id:
        source = Message("record-source-not-seen")
    whys = [source, _party("record-destination", picture.destination)]
    return Message("record-parties", whys=whys, at=picture.taken_at)


def _party(code: str, party: Party) -> Message:
    return Message(code, organization=party.organization_id, management_account=party.management_account_id)


def _accounts(ids: tuple[str, ...], most: int = 12) -> Message:
    if len(ids) > most:
        return Message("record-accounts-and-more", accounts=ids[:most], more=len(ids) - most)
    return Message("record-accounts", accounts=ids)
