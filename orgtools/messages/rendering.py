"""From a message to words: the only place where a sentence is made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from orgtools.messages.facts import CHECKS, KINDS, FactKind
from orgtools.messages.languages import language
from orgtools.messages.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fluent.runtime import FluentBundle

    from orgtools.messages.message import Fact

    Moment: TypeAlias = Callable[[datetime], str]
    """How a time is written."""

_ENTRY: Final = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
"""Where a message of a Fluent file begins: at the left margin, with its code."""
_REFERENCE: Final = re.compile(r"\{ *(-?[A-Za-z][\w-]*)(?:\.\w+)? *\}")
"""Another message, or a term, that an entry uses."""
_UNITS: Final = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_NEXT: Final = "next"
"""The attribute that says what to do then."""


def written(at: datetime) -> str:
    """A time as messages write it where nobody asks otherwise: ``2026-03-01 12:00 UTC``."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def render(message: Message, *, moment: Moment = written) -> str:
    """What happened, as people read it: plain text, in the language of this process.

    A code that the catalogue does not have is written as it is, with its facts: an operator who has something to do
    must not be stopped by a missing sentence.

    Args:
        message: the message.
        moment: how its times are written, and those of the messages inside it.
    """
    return _formatted(message, None, moment) or _bare(message)


def next_step(message: Message, *, moment: Moment = written) -> str:
    """What the operator does then, one or more sentences; empty where there is nothing to do."""
    return _formatted(message, _NEXT, moment)


def sentence(message: Message, *, moment: Moment = written) -> str:
    """What happened as a whole sentence: as the catalogue writes it, or made of a clause."""
    text = render(message, moment=moment)
    return text if text.endswith((".", "!", "?")) else f"{text[:1].upper()}{text[1:]}."


def told(message: Message, *, moment: Moment = written) -> str:
    """What happened as a whole sentence, then what to do."""
    return f"{sentence(message, moment=moment)} {next_step(message, moment=moment)}".rstrip()


def _formatted(message: Message, attribute: str | None, moment: Moment = written) -> str:
    bundle = _bundle(language())
    if not _learn(bundle, message.code):
        return ""
    held = bundle.get_message(message.code)
    pattern = held.attributes.get(attribute) if attribute else held.value
    if pattern is None:
        return ""
    text, errors = bundle.format_pattern(pattern, _arguments(message, moment))
    return _bare(message) if errors else str(text).strip()


def _bare(message: Message) -> str:
    return " ".join((message.code, *(f"{name}={fact}" for name, fact in message.facts.items())))


def _arguments(message: Message, moment: Moment) -> dict[str, Any]:
    """Facts as Fluent takes them.

    Of a message inside, what to do then, too, ``$why`` and ``$why_next``; of a check what it is about, too: ``$check``
    is ``E7``, and ``$check_name`` is ``E7 (delegated administrator)``.
    """
    arguments = dict[str, Any]()
    for name, fact in message.facts.items():
        kind = KINDS[name]
        arguments[name] = _argument(fact, kind, moment)
        if name in CHECKS:
            named = [_named(str(check)) for check in (fact if isinstance(fact, tuple) else (fact,))]
            arguments[f"{name}_name"] = _joined(named, kind)
        if kind in (FactKind.CLAUSE, FactKind.SENTENCE):
            inner = fact if isinstance(fact, tuple) else (fact,)
            steps = (next_step(one, moment=moment) for one in inner if isinstance(one, Message))
            arguments[f"{name}_next"] = " ".join(dict.fromkeys(filter(None, steps)))
    return arguments


def _named(check: str) -> str:
    name = _formatted(Message(f"check-{check.replace('.', '-')}"), "name")
    return f"{check} ({name})" if name else check


def _argument(fact: Fact, kind: FactKind, moment: Moment) -> str | int:
    if isinstance(fact, tuple):
        return _joined([str(_argument(one, kind, moment)) for one in fact], kind)
    if fact is None:
        return ""
    if isinstance(fact, datetime):
        return moment(fact)
    if isinstance(fact, timedelta):
        return _lasting(fact)
    if isinstance(fact, int) and kind is FactKind.COUNT:
        return int(fact)
    text = render(fact, moment=moment) if isinstance(fact, Message) else str(fact)
    # A whole sentence that another one quotes ends where that one goes on.
    return text.removesuffix(".") if kind is FactKind.CLAUSE else text


def _joined(parts: Iterable[str], kind: FactKind) -> str:
    if kind is FactKind.CLAUSE:
        return "; ".join(parts)
    if kind is FactKind.SENTENCE:
        return " ".join(parts)
    from babel.lists import format_list  # noqa: PLC0415 (heavy, and most commands end without a sentence)

    return format_list(list(parts), locale=language())


def _lasting(span: timedelta) -> str:
    """In the largest unit that it fills, days at most, rounded down: what expires must not seem to have longer."""
    from babel.units import format_unit  # noqa: PLC0415 (heavy)

    name, unit = next((held for held in _UNITS.items() if span >= held[1]), ("second", timedelta(seconds=1)))
    return str(format_unit(span // unit, f"duration-{name}", locale=language()))


@cache
def _bundle(tongue: str) -> FluentBundle:
    from fluent.runtime import FluentBundle  # noqa: PLC0415 (heavy, and most commands end without a sentence)

    # Fluent's isolating marks are invisible characters, which nobody wants to copy with an account's id.
    return FluentBundle([tongue], use_isolating=False)


def _learn(bundle: FluentBundle, code: str) -> bool:
    """Let the bundle know a message, when it is said for the first time: the whole catalogue would take seconds."""
    if bundle.has_message(code):
        return True
    entry = _entries(bundle.locales[0]).get(code)
    if entry is None:
        return False
    from fluent.runtime import FluentResource  # noqa: PLC0415 (heavy)

    bundle.add_resource(FluentResource(entry))
    for named in _REFERENCE.findall(entry):
        _learn(bundle, named)
    return True


@cache
def _entries(tongue: str) -> dict[str, str]:
    """Every message of a language by its code, as its file has it."""
    from importlib.resources import files  # noqa: PLC0415 (`orgtools --help` says nothing from here)

    found = dict[str, str]()
    for file in sorted(files("orgtools.messages").joinpath(tongue).iterdir(), key=lambda held: held.name):
        text = file.read_text(encoding="utf-8")
        begins = [match.start() for match in _ENTRY.finditer(text)]
        for start, end in zip(begins, [*begins[1:], len(text)], strict=True):
            entry = text[start:end]
            found[entry.split("=", 1)[0].strip()] = entry
    return found
