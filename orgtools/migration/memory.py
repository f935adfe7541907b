"""What the ledger of a run tells of its accounts: assessments, people's words, where all began, what was done."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from orgtools.findings import Answer, Finding, Waiver
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.snapshot import Assessed, History

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.ledger import Ledger

_ACCEPT: Final = "accept"
_INVITED_ALREADY: Final = "DuplicateHandshakeException"
_LOST: Final = ("tags", "assignments")
"""Parts of an export that AWS keeps nowhere once an account has gone: the organization held them for the account.

Contacts are attached to the account itself, whoever wrote them, and a share stays with its owner.
"""


class Memory:
    """A ledger, read with these questions."""

    def __init__(self, ledger: Ledger) -> None:
        """Read nothing yet."""
        self._ledger = ledger
        self._beginning: Mapping[str, Any] = {}
        self._read: tuple[int, dict[str, tuple[Finding, ...]]] = (0, {})
        self._assessed: dict[str, int] = {}

    def assessed(self) -> Assessed:
        """What is known of obstacles, and what people said about them."""
        return Assessed(self.findings(), self.waivers(), self.answers())

    def history(self) -> History:
        """What this run has done with accounts."""
        onward, homeward = self._meant("leave"), self._meant("leave-back")
        return History(
            left=frozenset(onward | homeward),
            returning=frozenset(who for who, number in homeward.items() if number > onward.get(who, 0)),
            unenrolled=frozenset(self._meant("unenroll")),
            unassessed=self._unassessed(),
            exported=self._exported(),
        )

    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings of the newest assessment of each account, by account id; key "" for the organizations."""
        read, newest = self._read  # a step looks several times, and findings are many
        for event in self._ledger.events(Kind.ASSESSED, after=read):
            found: dict[str, list[Finding]] = {account_id: [] for account_id in event.data["accounts"]}
            for held in event.data["findings"]:
                finding = Finding.from_json(held)
                found.setdefault(finding.account_id, []).append(finding)
            made = event.data.get("checks")  # not all were made: what the others found last still counts
            self._assessed |= dict.fromkeys(event.data["accounts"], event.number)
            for account_id, findings in found.items():
                kept = () if made is None else (f for f in newest.get(account_id, ()) if f.check not in made)
                newest = newest | {account_id: (*kept, *findings)}
            read = event.number
        self._read = read, newest
        return MappingProxyType(newest)

    def waivers(self) -> dict[tuple[str, str], Waiver]:
        """What somebody accepts although a check finds it, by account id and check; the newest word counts."""
        told = self._ledger.events(Kind.WAIVED)
        return {(event.account_id, event.data["check"]): Waiver.told(event.data) for event in told}

    def answers(self) -> dict[tuple[str, str], Answer]:
        """What was answered to questions that no API answers, by account id and check; the newest word counts."""
        return {
            (event.account_id, event.data["check"]): Answer(event.data["answer"], event.data["by"], event.at)
            for event in self._ledger.events(Kind.ANSWERED)
        }

    def baseline(self) -> Mapping[str, tuple[str, str]]:
        """Where every account was when the run began: side ("source" or "destination") and path, by account id."""
        return {account_id: (where[0], where[1]) for account_id, where in self._began.get("accounts", {}).items()}

    @property
    def _began(self) -> Mapping[str, Any]:
        """How all was when the run began; empty before that."""
        if not self._beginning:
            event = next(self._ledger.events(Kind.BASELINE), None)  # two notebooks may have begun at once
            self._beginning = event.data if event else {}
        return self._beginning

    def known_paths(self, side: str) -> Mapping[str, str]:
        """The paths that a side's units had when the run began, by id; empty where its ledger does not tell."""
        paths: dict[str, str] = self._began.get("units", {}).get(side, {})
        return paths

    def size(self, side: str) -> int | None:
        """How many accounts a side has, as this run knows: those of the beginning, and those that it has brought since.

        None before the beginning.
        """
        if not self._began:
            return None
        began = self.baseline()
        held = sum(where == side for where, _ in began.values())
        if side != "destination":
            return held
        arrived = {event.account_id for event in self._ledger.events(Kind.CONFIRMED, step=_ACCEPT)}
        return held + sum(began.get(account_id, ("", ""))[0] != side for account_id in arrived)

    def invited_already(self) -> list[str]:
        """Accounts of which AWS said, when this run last invited them, that they are invited."""
        answers = {event.account_id: event.data for event in self._ledger.events(Kind.OUTCOME, step="invite")}
        return [account_id for account_id, answer in answers.items() if answer.get("refused") == _INVITED_ALREADY]

    def _meant(self, step: str) -> dict[str, int]:
        """Accounts for which this run made a step's call, or meant to, and the number of the newest such event."""
        return {event.account_id: event.number for event in self._ledger.events(Kind.INTENDED, step=step)}

    def _unassessed(self) -> frozenset[str]:
        """Accounts that have been un-enrolled since they were assessed, or nobody has noted yet that they are."""
        meant = self._meant("unenroll")
        if not meant:
            return frozenset()
        self.findings()
        shown = {event.account_id: event.number for event in self._ledger.events(Kind.CONFIRMED, step="unenroll")}
        return frozenset(
            account_id
            for account_id, number in meant.items()
            if not number < shown.get(account_id, 0) < self._assessed.get(account_id, 0)
        )

    def _exported(self) -> frozenset[str]:
        """The accounts of which the newest export has what they lose, without a gap."""
        found = set[str]()
        for event in self._ledger.events(Kind.EXPORTED):
            unread = [Message.from_json(gap).facts for gap in event.data["unknown"]]
            gaps = {str(facts.get("account")) for facts in unread if facts["kind"] in _LOST}
            found = (found - gaps) | (set(event.data["accounts"]) - gaps)
        return frozenset(found)
