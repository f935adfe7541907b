"""From a message to words: the only place where a sentence is made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from orgtools.messages.facts import CHECKS, KINDS, FactKind
from orgtools.messages.languages import LANGUAGES, language
from orgtools.messages.message import FREE, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from fluent.runtime import FluentBundle

    from orgtools.messages.message import Fact

    Moment: TypeAlias = Callable[[datetime], str]
    """How a time is written."""

_ENTRY: Final = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
"""Where a message of a Fluent file begins: at the left margin, with its code."""
_REFERENCE: Final = re.compile(r"\{ *(-?[A-Za-z][\w-]*)(?:\.\w+)? *\}")
"""Another message, or a term, that an entry uses."""
_UNITS: Final[Mapping[Literal["day", "hour", "minute"], timedelta]] = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
_WORDS: Final = "words"
"""The fact that holds what AWS or somebody else said, to the letter: perhaps with a full stop."""
_HELP: Final = "help.ftl"
"""The file that `plain` reads."""
_NEXT: Final = "next"
"""The attribute that says what to do then."""
_WORD: Final = re.compile(r"(?!orgtools\b)[a-z]+(-[a-z]+)*(?=[ ,:;]|$)")
"""What begins an English line with a capital letter: a word, and no name such as accounts.csv."""
_CLAUSES: Final = {"en": "; ", "ja": "。"}
"""What stands between clauses."""
_THINGS: Final = {"en": ", ", "ja": "、"}
"""What stands between things of a cell."""
_STOPS: Final = {"en": ".", "ja": "。"}
"""How a sentence ends."""
_WIDE: Final = "。"
"""After it a sentence follows without a space."""
_ENDS: Final = (".", "!", "?", _WIDE)
_LONGEST: Final = 2000
"""Characters of a fact that Fluent takes; of one with 2,500 it makes no sentence."""
_PLACE: Final = "\x00{}\x00"
"""Stands for a longer one until the sentence is made."""
_PLACED: Final = re.compile(r"\x00(\d+)\x00")


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other, as this language writes them; empty ones are left out."""
    text = ""
    for part in filter(None, parts):
        text += part if not text or text.endswith(_WIDE) else f" {part}"
    return text


def clauses(parts: Iterable[str]) -> str:
    """Clauses in one sentence, as this language joins them; in Japanese a question needs no full stop after it."""
    mark = _CLAUSES[language()]
    return mark.join(parts).replace(f"?{_WIDE}", "? ") if mark == _WIDE else mark.join(parts)


def things(parts: Iterable[str]) -> str:
    """Several things of one cell, as this language lists them."""
    return _THINGS[language()].join(parts)


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
    text = _formatted(message, None, moment)
    return _bare(message) if text is None else text


def known(code: str) -> bool:
    """Whether the catalogue has a message."""
    return code in _entries(LANGUAGES[0])


def plain(code: str) -> str:
    """The words of a message of ``help.ftl``, which has neither facts nor braces.

    Fluent is not loaded for them: that takes longer than all else that `orgtools --help` does.
    """
    entry = _entries_of(language(), _HELP).get(code)
    if entry is None:
        return code
    _, _, value = entry.partition("=")
    return cleandoc("\n".join(line for line in value.splitlines() if not line.startswith("#")))


def next_step(message: Message, *, moment: Moment = written) -> str:
    """What the operator does then, one or more sentences; empty where there is nothing to do."""
    return _formatted(message, _NEXT, moment) or ""


def sentence(message: Message, *, moment: Moment = written) -> str:
    """What happened as a whole sentence."""
    return _ended(capital(message, moment=moment))


def ended(message: Message) -> str:
    """What happened with its full stop; it begins as it is, perhaps with the name of a program."""
    return _ended(render(message))


def capital(message: Message, *, moment: Moment = written) -> str:
    """What a message says where a line begins: in English with a capital letter."""
    text = render(message, moment=moment)
    if language() == LANGUAGES[0] and _WORD.match(text):
        text = f"{text[:1].upper()}{text[1:]}"
    return text


def _ended(text: str) -> str:
    """A sentence with its full stop; a question has its own sign."""
    return text if text.endswith(_ENDS) else f"{text}{_STOPS[language()]}"


def told(message: Message, *, moment: Moment = written) -> str:
    """What happened as a whole sentence, then what to do."""
    return sentences([sentence(message, moment=moment), next_step(message, moment=moment)])


def _formatted(message: Message, attribute: str | None, moment: Moment = written) -> str | None:
    """What the catalogue says, perhaps nothing; None where it does not have it."""
    if not _learned(language(), message.code):
        return None
    bundle = _bundle(language())
    held = bundle.get_message(message.code)
    pattern = held.attributes.get(attribute) if attribute else held.value
    if pattern is None:
        return None
    arguments = _arguments(message, moment)
    long = [fact for fact in arguments.values() if isinstance(fact, str) and len(fact) > _LONGEST]
    text, errors = bundle.format_pattern(
        pattern, {name: _PLACE.format(long.index(fact)) if fact in long else fact for name, fact in arguments.items()}
    )
    if errors:
        return _bare(message)
    text = _PLACED.sub(lambda place: long[int(place[1])], str(text)) if long else str(text)
    return text.strip()


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
        if kind is FactKind.SENTENCE:
            arguments[name] = _spaced(arguments[name])
        if name == _WORDS and message.code != FREE:
            arguments[name] = _unended(arguments[name])
        if name in CHECKS:
            named = [_named(str(check)) for check in (fact if isinstance(fact, tuple) else (fact,))]
            arguments[f"{name}_name"] = _joined(named, kind)
        if kind in (FactKind.CLAUSE, FactKind.SENTENCE):
            inner = fact if isinstance(fact, tuple) else (fact,)
            steps = (next_step(one, moment=moment) for one in inner if isinstance(one, Message))
            arguments[f"{name}_next"] = sentences(dict.fromkeys(steps))
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
    if kind is FactKind.SENTENCE:
        return _ended(text) if text else text
    return _unended(text) if kind is FactKind.CLAUSE else text


def _spaced(text: str) -> str:
    """A sentence before another one: where the language writes no space between them, a question needs one."""
    return f"{text} " if _STOPS[language()] == _WIDE and text.endswith("?") else text


def _unended(text: str) -> str:
    """A whole sentence that another one quotes, of ours or of AWS: it ends where that one goes on."""
    return text.removesuffix(".").removesuffix(_WIDE)


def _joined(parts: Iterable[str], kind: FactKind) -> str:
    if kind is FactKind.CLAUSE:
        return clauses(parts)
    if kind is FactKind.SENTENCE:
        return sentences(parts)
    from babel.lists import format_list  # noqa: PLC0415 (heavy, and most commands end without a sentence)

    return format_list(list(parts), locale=language())


def _lasting(span: timedelta) -> str:
    """In the largest unit that it fills, days at most, rounded down: what expires must not seem to have longer."""
    from babel.dates import format_timedelta  # noqa: PLC0415 (heavy)

    largest = next((held for held in _UNITS.items() if span >= held[1]), None)
    name, unit = largest or ("second", timedelta(seconds=1))
    # Not format_unit: babel 2.18 does not know a length of time in Japanese, and would write "3 duration-day".
    return format_timedelta(span // unit * unit, granularity=name, threshold=inf, locale=language())


@cache
def _bundle(tongue: str) -> FluentBundle:
    from fluent.runtime import FluentBundle  # noqa: PLC0415 (heavy, and most commands end without a sentence)

    # Fluent's isolating marks are invisible characters, which nobody wants to copy with an account's id.
    return FluentBundle([tongue], use_isolating=False)


@cache
def _learned(tongue: str, code: str) -> bool:
    """Whether a language has a message; its bundle knows it then: the whole catalogue would take seconds.

    Known is what has been learned with all that it refers to: another thread may be in the middle of that.
    """
    from fluent.runtime import FluentResource  # noqa: PLC0415 (heavy)

    entries = _entries(tongue)
    needed = [code] if code in entries else []
    for named in needed:
        needed += [one for one in _REFERENCE.findall(entries[named]) if one in entries and one not in needed]
    for named in needed:
        _bundle(tongue).add_resource(FluentResource(entries[named]))
    return bool(needed)


@cache
def _entries(tongue: str) -> dict[str, str]:
    """Every message of a language by its code, as its file has it."""
    folder = files("orgtools.messages").joinpath(tongue)
    return {code: entry for file in folder.iterdir() for code, entry in _entries_of(tongue, file.name).items()}


@cache
def _entries_of(tongue: str, name: str) -> dict[str, str]:
    """The messages of one file."""
    text = files("orgtools.messages").joinpath(tongue, name).read_text(encoding="utf-8")
    begins = [match.start() for match in _ENTRY.finditer(text)]
    entries = [text[start:end] for start, end in zip(begins, [*begins[1:], len(text)], strict=True)]
    return {entry.split("=", 1)[0].strip(): entry for entry in entries}
