"""The record as one offline HTML page: no widget, no outside request, readable on paper and without colour."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from orgtools.messages import told
from orgtools.record import sections, summary
from orgtools.record.cells import head_of
from orgtools.record.levels import WORDS
from orgtools.record.markup import Markup, code, element, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.record.levels import Level
    from orgtools.record.picture import Picture

_INLINE: Final = ("page.css", "page.js")


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
    title = text(f"Migration record: {picture.name}")
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="orgtools-events" content="{len(picture.events)}">\n'
        f'<meta name="orgtools-head" content="{head_of(picture.events)}">\n'
        f'<link rel="icon" href="data:,">\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n'
    )
    body = "\n".join(_sections(picture, level))
    return f"{head}<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"


def _sections(picture: Picture, level: Level) -> Iterator[Markup]:
    yield _top(picture, level)
    yield _navigation()
    yield from (section(picture) for section in sections.ALL)


def _top(picture: Picture, level: Level) -> Markup:
    source, destination = picture.source, picture.destination
    numbers = [
        element("div", element("dt", label), element("dd", number)) for number, label in summary.numbers(picture)
    ]
    reasons = [
        element(
            "li", why, *([" ", element("b", next_step)] if next_step else ()), element("div", _ids(ids), class_="quiet")
        )
        for why, next_step, ids in summary.unfinished(picture)
    ]
    return element(
        "header",
        element("h1", f"Migration record: {picture.name}"),
        element("p", summary.headline(picture), class_="headline"),
        element(
            "p",
            "From ",
            *(
                (code(source.organization_id), f" (management account {source.management_account_id})")
                if source.organization_id
                else ("an organization that is not ours and was not looked at,",)
            ),
            " to ",
            code(destination.organization_id),
            f" (management account {destination.management_account_id}). As AWS showed it on "
            f"{picture.taken_at:%Y-%m-%d at %H:%M} UTC.",
            class_="quiet",
        ),
        element("p", f"Shown for: {level}. {WORDS[level]}", class_="quiet"),
        *(element("p", told(remark), class_="remark") for remark in picture.remarks),
        element("dl", *numbers, class_="numbers"),
        element("ul", *(element("li", sentence) for sentence in summary.sentences(picture))),
        element("h3", "By wave"),
        _short_table(("Wave", "Planned", "In place", "On the way", "Not moved"), summary.waves(picture)),
        *((element("h3", "Not in place, and why"), element("ul", *reasons)) if reasons else ()),
        id="summary",
    )


def _ids(ids: tuple[str, ...], most: int = 12) -> str:
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return ", ".join(ids[:most]) + more


def _short_table(columns: tuple[str, ...], rows: list[summary.Row]) -> Markup:
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    return element("table", element("thead", head), element("tbody", *body), class_="short")


def _navigation() -> Markup:
    links = [element("a", title, href=f"#{name}") for name, title in sections.TITLES.items()]
    search = Markup(
        '<input type="search" placeholder="Find an account, request id, word" aria-label="Search all tables">'
    )
    return element("nav", *links, element("label", search))
