"""Doing at once what several threads ask for: nobody waits twice, nobody gets another's answer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from orgtools.together import Together

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Slow:
    """A function that begins to work when it may, and notes what it was asked for each time."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.may_go_on = threading.Event()
        self.asked: list[list[int]] = []

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.asked.append(list(numbers))
        self.began.set()
        assert self.may_go_on.wait(30)
        if 13 in numbers:
            raise ValueError
        return [-number for number in numbers]


def _others(together: Together[int, int], slow: _Slow, numbers: Sequence[int]) -> list[int | str]:
    """What each of several threads gets that ask while another one's turn lasts."""
    with ThreadPoolExecutor(len(numbers) + 1) as pool:
        first = pool.submit(together.ask, 0)
        assert slow.began.wait(30)
        asking = [pool.submit(together.ask, number) for number in numbers]
        while len(together._waiting) < len(numbers):
            pass
        slow.may_go_on.set()
        assert first.result() == 0
        return [type(one.exception()).__name__ if one.exception() else one.result() for one in asking]


def test_who_asks_meanwhile_shares_one_turn() -> None:
    """Three wait while one works; then all three are done at once, each with its own answer."""
    slow = _Slow()
    assert _others(Together(slow), slow, [1, 2, 3]) == [-1, -2, -3]
    assert [sorted(numbers) for numbers in slow.asked] == [[0], [1, 2, 3]]


def test_an_error_reaches_everybody_who_asked() -> None:
    """What was not done for one was done for none of them."""
    slow = _Slow()
    assert _others(Together(slow), slow, [1, 13]) == ["ValueError", "ValueError"]


def test_the_next_turn_is_not_harmed_by_an_error() -> None:
    """An error is answered once."""
    slow = _Slow()
    slow.may_go_on.set()
    together = Together(slow)
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(ValueError, match=r"^$"):
            pool.submit(together.ask, 13).result()
        assert pool.submit(together.ask, 7).result() == -7


def test_the_main_thread_does_only_what_it_asked_for_itself() -> None:
    """An interrupt comes to it at any moment; the others' part stays with the others."""
    slow = _Slow()
    together = Together(slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(together.ask, 1)
        assert slow.began.wait(30)
        second = pool.submit(together.ask, 2)
        while not together._waiting:
            pass
        slow.may_go_on.set()
        assert together.ask(3) == -3
        assert (first.result(), second.result()) == (-1, -2)
    assert [3] in slow.asked
