"""The accounts of an organization: all of them, or those that somebody asks about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls.answers import incomplete
from orgtools.aws.masking import fingerprint, mask_emails, mask_name
from orgtools.aws.model import Account
from orgtools.aws.partial import PartialMapping
from orgtools.aws.read.long_list import told
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.aws.read.reader import SideReader

_SIDE_BY_SIDE: Final = 8
"""So many accounts are described at once: the rate is AWS's, this only hides latency."""


class Accounts:
    """Reads the accounts of one organization; the methods raise `RefusedError` where AWS refuses."""

    def __init__(self, side: str, reader: SideReader, describing: SideReader) -> None:
        """Nothing is called yet.

        Args:
            side: the organization's part, for people.
            reader: lists.
            describing: describes: not everybody who lists needs it.
        """
        self._side = side
        self._reader = reader
        self._describing = describing

    def listed(self, expected: int | None = None) -> Iterator[Account]:
        """Every account of the organization, with the unit that holds it.

        Args:
            expected: about how many there are, where that is known.
        """
        answers = self._reader.pages("organizations", "ListAccounts", "Accounts")
        return map(self._account, told(answers, partial(self._progress, expected)))

    def _progress(self, expected: int | None, count: int) -> Message:
        if expected is None or expected < count:
            return Message("accounts-read", side=self._side, count=count)
        return Message("accounts-read-of", side=self._side, count=count, total=expected)

    def described(self, account_ids: Iterable[str]) -> PartialMapping[Account]:
        """These accounts, as far as they are members.

        Raises:
            RefusedError: AWS refuses to describe one of them.
        """
        asked = sorted(account_ids)
        with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="describe") as pool:
            described = told(pool.map(self._described, asked), partial(self._progress, len(asked)))
            return PartialMapping({account.id: account for account in described if account}, asked)

    def _described(self, account_id: str) -> Account | None:
        """An account; None where it is no member.

        https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html
        """
        absent = ("AccountNotFoundException",)
        answer = self._describing.ask("organizations", "DescribeAccount", absent=absent, AccountId=account_id)
        if answer is None:
            return None
        account = self._account(answer["Account"])
        if account.id != account_id:
            raise incomplete("Account", "DescribeAccount")
        return account

    def _account(self, answer: dict[str, Any]) -> Account:
        units = _units_on(answer)
        return Account(
            id=answer["Id"],
            arn=answer["Arn"],
            name=mask_name(answer.get("Name", "")),
            email=mask_emails(answer.get("Email", "")),
            state=answer["State"],
            joined_method=answer["JoinedMethod"],
            joined_at=answer["JoinedTimestamp"].astimezone(UTC),
            parent_id=units[-1] if units else self._parent_of(answer["Id"]),
            address=fingerprint(answer.get("Email", "")),
            units=units,
        )

    def _parent_of(self, account_id: str) -> str:
        return str(self._reader.first("organizations", "ListParents", "Parents", ChildId=account_id)["Id"])


def _units_on(answer: dict[str, Any]) -> tuple[str, ...]:
    """Ids of the units that ``Paths`` (``o-.../r-.../ou-.../ACCOUNT/``) leads through, the root first."""
    for path in answer.get("Paths", ()):
        steps = [step for step in path.split("/") if step and step != answer["Id"]]
        if steps:
            return tuple(step for step in steps if not step.startswith("o-")) or tuple(steps[-1:])
    return ()
