"""What messages say, by their codes and facts: a test that looks for a sentence breaks when somebody mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def says(messages: Message | Iterable[Message], code: str, /, **facts: Any) -> bool:
    """Whether one of some messages, or one inside them, has this code and these facts."""
    return any(
        one.code == code and all(name in one.facts and one.facts[name] == fact for name, fact in facts.items())
        for message in ((messages,) if isinstance(messages, Message) else messages)
        for one in _every(message)
    )


def tells(message: Message, thing: object) -> bool:
    """Whether a fact of a message, or of one inside it, is this, or a list that holds it."""
    facts = [fact for one in _every(message) for fact in one.facts.values()]
    return any(thing == fact or (isinstance(fact, tuple) and thing in fact) for fact in facts)


def _every(message: Message) -> Iterator[Message]:
    yield message
    for fact in message.facts.values():
        for inner in fact if isinstance(fact, tuple) else (fact,):
            if isinstance(inner, Message):
                yield from _every(inner)
