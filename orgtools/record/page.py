"""The record as one offline HTML page: no widget, no outside request, readable on paper and without colour."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from orgtools.messages import Message, language, next_step, told
from orgtools.record import sections, summary
from orgtools.record.cells import head_of
from orgtools.record.labels import columns, state_mark
from orgtools.record.markup import Markup, element, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgtools.record.levels import Level
    from orgtools.record.picture import Party, Picture

_INLINE: Final = ("page.css", "page.js")
_SEARCH: Final = Message("record-search")
_SEARCH_LABEL: Final = Message("record-search-label")
_SAID: Final = {
    "found": Message("record-rows-found", given="{0}", number="{1}"),
    "shown": Message("record-rows-shown", given="{0}", number="{1}"),
    "more": Message("record-rows-more", number="{0}"),
    "all": Message("record-rows-all"),
    "story": Message("record-story"),
    "events": Message("record-story-events"),
    "none": Message("record-story-no-events"),
    "findings": Message("record-story-findings"),
}
"""What the page's script says; it puts numbers in the places of ``{0}`` and ``{1}``."""


def render(picture: Picture, level: Level) -> str:
    """The whole page.

    The browser itself is told to refuse every request (``default-src 'none'``) and every script but the page's own.
    """
    style, script = (files("orgtools.record").joinpath(name).read_text(encoding="utf-8") for name in _INLINE)
    allowed = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="orgtools-events" content="{len(picture.events)}">\n'
        f'<meta name="orgtools-head" content="{head_of(picture.events)}">\n'
        f'<link rel="icon" href="data:,">\n{element("title", _title(picture))}\n<style>\n{style}</style>\n</head>\n'
    )
    body = "\n".join(_sections(picture, level))
    return f"{head}<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"


def _title(picture: Picture) -> Message:
    return Message("record-title", name=picture.name)


def _sections(picture: Picture, level: Level) -> Iterator[Markup]:
    yield _top(picture, level)
    yield _navigation()
    yield from (section(picture) for section in sections.ALL)


def _top(picture: Picture, level: Level) -> Markup:
    numbers = [
        element("div", element("dt", label), element("dd", number)) for number, label in summary.numbers(picture)
    ]
    reasons = [
        element(
            "li",
            state_mark(state),
            " ",
            why,
            *([" ", element("b", next_step(why))] if next_step(why) else ()),
            element("div", _accounts(ids), class_="quiet"),
        )
        for state, why, ids in summary.unfinished(picture)
    ]
    return element(
        "header",
        element("h1", _title(picture)),
        element("p", summary.headline(picture), class_="headline"),
        element("p", _parties(picture), class_="quiet"),
        element("p", Message(f"record-level-{level}"), class_="quiet"),
        *(
            element("p", element("b", Message("record-note")), " ", told(remark), class_="remark")
            for remark in picture.remarks
        ),
        element("dl", *numbers, class_="numbers"),
        element("ul", *(element("li", told(sentence)) for sentence in summary.sentences(picture))),
        element("h3", Message("record-waves")),
        _short_table(columns("waves"), summary.waves(picture)),
        *((element("h3", Message("record-unfinished")), element("ul", *reasons)) if reasons else ()),
        id="summary",
    )


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


def _short_table(heads: Sequence[str], rows: list[summary.Row]) -> Markup:
    head = element("tr", *(element("th", column, scope="col") for column in heads))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    return element("table", element("thead", head), element("tbody", *body), class_="short")


def _navigation() -> Markup:
    """Links to the sections and the search; what the page's script says of rows and accounts is in its attributes."""
    links = [element("a", sections.title(name), href=f"#{name}") for name in sections.NAMES]
    search = f'<input type="search" placeholder="{text(_SEARCH)}" aria-label="{text(_SEARCH_LABEL)}">'
    said = {f"data_{name}": str(message) for name, message in _SAID.items()}
    return element("nav", *links, element("label", Markup(search)), **said)
