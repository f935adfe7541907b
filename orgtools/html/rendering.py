"""Templates become HTML here: whatever they show is masked and escaped, unless a template made it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from orgtools.aws.masking import mask_secrets
from orgtools.messages import Message, language

if TYPE_CHECKING:
    from collections.abc import Callable

_WHOLE: Final = re.compile(
    r"(\b(?:(?:h|o|ou|r)-[0-9a-z][0-9a-z-]{5,}|\d{12}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?)(?![\w-])[、。」)]?)"
)
"""What is not broken at a line's end: ids and times; nor does a line begin with what follows them."""
_RECORD: Final = "/* RECORD"
_PIECES: Final = "pieces.html.j2"


def _masked(value: object) -> object:
    """What a template shows, before it is escaped; HTML of a template stays as it is."""
    return value if hasattr(value, "__html__") else mask_secrets(str(value))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("orgtools.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_masked,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"language": language, "message": Message}
    return made


def render(template: str, **facts: object) -> Markup:
    """What a template makes of some facts.

    Args:
        template: its name in ``orgtools/html/templates``, without ``.html.j2``.
        facts: what it shows; one that it needs and that is missing is an error.
    """
    return Markup(_environment().get_template(f"{template}.html.j2").render(facts))  # noqa: S704 (escaped there)


@cache
def _macro(name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(_environment().get_template(_PIECES).module, name)
    return macro


def piece(name: str, *facts: object) -> Markup:
    """What one of the small macros of ``pieces.html.j2`` makes of some facts."""
    return _macro(name)(*facts)


def text(value: object) -> Markup:
    """A value as a template would show it."""
    return escape(_masked(value))


def whole(said: str) -> Markup:
    """A text in which no line ends within an id or a time."""
    parts = _WHOLE.split(mask_secrets(said))
    return escape(parts[0]) if len(parts) == 1 else piece("whole", [*map(escape, parts)])


@cache
def style(*, record: bool = False) -> Markup:
    """The style sheet of notebooks and record; without the rules for a whole page unless it is for a record."""
    whole_sheet = _own("style.css")
    return whole_sheet if record else Markup(whole_sheet.partition(_RECORD)[0])  # noqa: S704 (a file of ours)


@cache
def script() -> Markup:
    """The script of notebooks and record."""
    return _own("script.js")


def output(*parts: Markup, live: bool) -> str:
    """An output of a notebook, which stands for itself.

    Args:
        parts: what it shows.
        live: whether there is something for the script in it.
    """
    return str(render("notebook", style=style(), parts=parts, script=script() if live else ""))


def _own(name: str) -> Markup:
    return Markup(files("orgtools.html").joinpath(name).read_text(encoding="utf-8"))  # noqa: S704 (a file of ours)
