"""Counts in sentences: one of a thing, several, none."""

from __future__ import annotations

import pytest

from orgtools.wording import many, noun, verb


@pytest.mark.parametrize(
    ("count", "thing", "words"),
    [
        (0, "account", "no accounts"),
        (1, "account", "1 account"),
        (2, "pending invitation", "2 pending invitations"),
        (5000, "account", "5,000 accounts"),
        (1, "policy", "1 policy"),
        (3, "policy", "3 policies"),
    ],
)
def test_a_thing_is_said_as_there_are_many(count: int, thing: str, words: str) -> None:
    """None of them is "no", and thousands have their comma."""
    assert many(count, thing) == words


@pytest.mark.parametrize(("count", "thing"), [(0, "accounts"), (1, "account"), (2, "accounts")])
def test_a_count_that_stands_apart_has_its_noun(count: int, thing: str) -> None:
    """As in "0 of 1 account"."""
    assert noun(count, "account") == thing


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("wait", "waits"), ("lose", "loses"), ("go", "goes"), ("have", "has"), ("are", "is"), ("were", "was")],
)
def test_a_verb_agrees_with_its_count(plural: str, singular: str) -> None:
    """With one of a thing; none are several."""
    assert [verb(count, plural) for count in (0, 1, 2)] == [plural, singular, plural]
