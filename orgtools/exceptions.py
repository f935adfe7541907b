"""Everything orgtools raises on purpose, in one tree.

    OrgtoolsError
    ├── InputError            migration.toml or accounts.csv says something that cannot be meant
    ├── CredentialsError      a side or a member account cannot be entered with what was configured
    ├── OrganizationError     the two organizations do not fit the migration
    ├── RefusedError          AWS refused a call
    ├── ApprovalError         a change was asked for without an approval of exactly that change
    ├── LedgerError           the ledger cannot be read, or its chain is broken
    └── RecordError           a record cannot be written or is not what it claims to be
        └── AlteredError      it cannot be read as one at all

The message of each is written for the operator: what is wrong, for which account, and what to do next.
"""

from __future__ import annotations

from orgtools.messages import Message, ended, next_step, sentences


class OrgtoolsError(Exception):
    """Base of all errors that an operator may see; its text is what happened, then what to do.

    Attributes:
        message: what happened, as a code and facts.
        account_id: the account concerned, 12 digits, or None.
        handshake_id: the handshake concerned (``h-...``), or None.
    """

    def __init__(
        self,
        message: Message,
        *,
        account_id: str | None = None,
        handshake_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.account_id = account_id
        self.handshake_id = handshake_id

    @property
    def what(self) -> str:
        """What happened, with its full stop, without what to do."""
        return ended(self.message)

    @property
    def next_step(self) -> str | None:
        """What the operator does now, a sentence, or None."""
        return next_step(self.message) or None

    def __str__(self) -> str:
        """What happened, then what to do."""
        return sentences([self.what, self.next_step or ""])

    def _render_traceback_(self) -> list[str]:
        """In a notebook: one paragraph instead of a traceback (IPython calls this hook)."""
        return [f"{type(self).__name__}: {self}"]


class InputError(OrgtoolsError):
    """A file of the operator says something that cannot be meant; nothing was changed."""


class CredentialsError(OrgtoolsError):
    """Credentials are missing, expired, or not allowed to enter an account."""


class OrganizationError(OrgtoolsError):
    """The two organizations, as AWS describes them, do not fit the migration."""


class RefusedError(OrgtoolsError):
    """AWS refused a call, or orgtools refused to make it.

    Attributes:
        code: the error class that AWS named, such as ``ConstraintViolationException``.
        reason: the ``Reason`` inside it, or None.
    """

    def __init__(
        self,
        message: Message,
        *,
        code: str,
        reason: str | None = None,
        account_id: str | None = None,
        handshake_id: str | None = None,
    ) -> None:
        self.code = code
        self.reason = reason
        super().__init__(message, account_id=account_id, handshake_id=handshake_id)


class ApprovalError(OrgtoolsError):
    """A change was asked for without an approval, or what was approved is not what would happen now.

    Attributes:
        changes: each difference between what was approved and what is.
    """

    def __init__(self, message: Message, *, changes: tuple[Message, ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes

    @property
    def what(self) -> str:
        """What happened, and every difference on a line of its own."""
        return "\n  - ".join((super().what, *map(str, self.changes)))

    def __str__(self) -> str:
        """What happened, every difference, then what to do."""
        return f"{self.what}\n{self.next_step or ''}".rstrip() if self.changes else super().__str__()


class LedgerError(OrgtoolsError):
    """The ledger cannot be opened, or its chain does not hold."""


class RecordError(OrgtoolsError):
    """A record cannot be written, or it is not what its manifest says."""


class AlteredError(RecordError):
    """A record cannot be read as one: it is not what orgtools writes."""
