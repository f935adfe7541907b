"""What a message says, and that nothing else about it depends on the words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from orgtools.messages import Message, free, next_step, render, told

_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_a_message_says_what_happened_and_what_to_do() -> None:
    """Apart, so that no caller has to cut a sentence."""
    message = Message("not-assessed")
    assert "assess" in render(message)
    assert next_step(message).startswith("Open 10_assess")


def test_a_message_inside_brings_what_to_do_along() -> None:
    """A sentence around another one may pass its next step on."""
    inner = Message("not-assessed")
    outer = Message("in-account", account="300000000001", why=inner)
    assert render(outer) == f"account 300000000001: {render(inner)}"
    assert next_step(outer) == next_step(inner)


def test_a_whole_sentence_is_a_clause_inside_another_one() -> None:
    """Errors are whole sentences, and may be why a check could not look: no full stop stands in the middle."""
    why = Message("assessment-interrupted")
    assert render(why).endswith(".")
    assert render(Message("in-account", account="300000000001", why=why)) == f"account 300000000001: {render(why)[:-1]}"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=15) - timedelta(seconds=1), "14 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(seconds=30), "30 seconds"),
    ],
)
def test_a_length_of_time_is_not_rounded_up(span: timedelta, words: str) -> None:
    """An invitation that expires in 11 days would seem to have two weeks."""
    assert render(Message("span", span=span)) == words


def test_who_renders_says_how_times_are_written() -> None:
    """Also those of messages inside, and of what to do."""
    wait = Message("refused-until", at=_AT, reason="X", why=free("busy", "Wait."))
    outer = Message("in-account", account="300000000001", why=wait)
    assert "at 2026-03-01 12:00 UTC:" in render(outer)
    assert "at noon:" in render(outer, moment=lambda _: "noon")
    assert next_step(Message("invite-waits", account="300000000001", why=wait, until=_AT), moment=lambda _: "noon") == (
        "Run this again after noon."
    )
    assert told(outer, moment=lambda _: "noon").startswith("Account 300000000001: AWS refused the call at noon: X.")


def test_a_message_comes_back_from_json_as_it_went() -> None:
    """Times and lengths of time, lists and messages inside included."""
    inner = Message("found", checks=["E7", "E9"], until=_AT, span=timedelta(hours=2), count=3)
    message = Message("outer", findings=[inner, free("words", "Do this.")], at=None)
    assert Message.from_json(message.as_json()) == message
    assert hash(Message.from_json(message.as_json())) == hash(message)


def test_equality_is_of_codes_and_facts() -> None:
    """Whatever the catalogue says about them."""
    assert Message("a", count=1) != Message("a", count=2)
    assert Message("a", count=1) != Message("b", count=1)
    assert Message("a", names=["x"]) == Message("a", names=("x",))


def test_a_fact_without_a_kind_is_refused() -> None:
    """Its kind decides who may see it."""
    with pytest.raises(TypeError, match="no kind of fact is named colour"):
        Message("a", colour="red")


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    """An operator who has something to do must not be stopped by it."""
    assert render(Message("no-such-code", account="300000000001")) == "no-such-code account=300000000001"
    assert next_step(Message("no-such-code")) == ""
