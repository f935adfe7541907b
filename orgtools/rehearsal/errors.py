"""What can go wrong with a rehearsal itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.messages import ended, next_step, sentences

if TYPE_CHECKING:
    from orgtools.messages import Message


class ToldError(Exception):
    """Base of what is told to whoever works with a rehearsal.

    Attributes:
        message: what is wrong, and what to do.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return sentences((ended(self.message), next_step(self.message)))


class RehearsalError(ToldError):
    """The rehearsal cannot be started, reached or changed as asked; the message says why and what to do."""


class WrongError(ToldError, ValueError):
    """A value that cannot be used."""


class ScenarioError(ToldError):
    """A scenario cannot be used; the message says where it is wrong."""
