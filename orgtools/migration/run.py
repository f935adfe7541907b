"""What a notebook holds: both organizations, the plan and the ledger of one run."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from orgtools.exceptions import InputError, OrgtoolsError
from orgtools.ledger import Ledger
from orgtools.messages import Message
from orgtools.migration.entering import Entered
from orgtools.migration.memory import Memory
from orgtools.migration.observing import observe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from orgtools.findings import Answer, Finding, Waiver
    from orgtools.settings import Settings
    from orgtools.snapshot import Snapshot


class Migration(Entered):
    """One run: source, destination, plan and ledger. Made by `orgtools.open`."""

    _latest: Snapshot | None = None
    _seen: Snapshot | None = None

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Read the plan, then open both sides and the ledger; `open_migration` checks that they fit."""
        super().__init__(folder, settings)
        try:
            self.ledger = Ledger(folder / "ledger.sqlite", self.clock.now)
        except BaseException:
            self.close()
            raise
        self._opened.callback(self.ledger.close)
        self._memory = Memory(self.ledger)
        self._latest_of: dict[str, Snapshot] = {}

    def observe(
        self,
        about: Iterable[str] | None = None,
        *,
        all_units: bool = False,
        asking: Iterable[str] = (),
        invitations: bool = True,
    ) -> Snapshot:
        """Look at both organizations; the four moves begin and end here.

        Args:
            about: ids of the accounts that a decision is about, in the plan or not. AWS is asked about these, or for
                the whole list, whichever takes less time at the published rates; of all other accounts, and of units
                that lie on no way of these, the snapshot tells nothing. None where the question is about the whole:
                all accounts and units are listed, which takes what the organizations are large.
            all_units: whether both trees are read whole, whatever the accounts.
            asking: planned accounts that are asked themselves where they are, as far as neither organization holds
                them; where both could be seen, each such account that the look is about is.
            invitations: whether the decision is about invitations; else nobody lists them, and the destination's
                handshakes and the budget tell nothing.

        Raises:
            RefusedError: one side's tree, accounts or handshakes cannot be read.
        """
        those = None if about is None else frozenset(about)
        self._latest = latest = observe(
            self, self._memory, about=those, all_units=all_units, asking=asking, invitations=invitations
        )
        if those is None:
            self._latest_of = {}
        else:
            self._latest_of |= dict.fromkeys(those, latest)
        # What is newer of some accounts makes what was seen of all of them old.
        self._seen = latest if invitations and latest.covers(self.plan.by_id) else None
        return latest

    @property
    def latest(self) -> Snapshot:
        """What `observe` saw last, whatever it was about; before the first look: the whole.

        Raises:
            RefusedError: as `observe`.
        """
        return self._latest or self.observe()

    def latest_of(self, account_id: str) -> Snapshot:
        """What `observe` saw last of an account, also where it has looked at others since, in any thread.

        Raises:
            RefusedError: as `observe`.
        """
        return self._latest_of.get(account_id) or self.latest

    @property
    def seen(self) -> Snapshot:
        """What was seen last of all accounts of the plan; good for names and for choosing, never for deciding.

        Raises:
            RefusedError: as `observe`, where nobody has looked yet.
        """
        if self._seen is None or not self._seen.covers(self.plan.by_id):
            self._seen = self.observe(self.plan.by_id)
        return self._seen

    def check_plan(self, snapshot: Snapshot) -> None:
        """Hold the plan against what AWS shows, as far as a look is about it.

        Raises:
            InputError: it names accounts or units that are not there; every row concerned is named.
            RefusedError: something is wrong, and the tree cannot be read, in which a name like that may be.
        """
        problems = self._problems(snapshot)
        if problems and snapshot.destination.parents is not None:  # a name like that may be anywhere in the tree
            problems = self._problems(self.observe(snapshot.about, all_units=True))
        if problems:
            raise InputError(Message("file-wrong", path="accounts.csv", findings=list(problems)))

    def _problems(self, snapshot: Snapshot) -> Sequence[Message]:
        return self.plan.problems(snapshot.source, snapshot.destination, snapshot.coming, snapshot.about)

    def assessment(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings of the newest assessment of each account, by account id; key "" for the organizations."""
        return self._memory.findings()

    def waivers(self) -> Mapping[tuple[str, str], Waiver]:
        """What somebody accepts although a check finds it, by account id and check; the newest word counts."""
        return self._memory.waivers()

    def answers(self) -> Mapping[tuple[str, str], Answer]:
        """What was answered to questions that no API answers, by account id and check; the newest word counts."""
        return self._memory.answers()

    def baseline(self) -> Mapping[str, tuple[str, str]]:
        """Where every account was when the run began: side ("source" or "destination") and path, by account id."""
        return self._memory.baseline()

    @contextmanager
    def exclusive(self, step: str) -> Iterator[None]:
        """Hold the run's lock of a step: two notebooks never perform the same step at once.

        Raises:
            OrgtoolsError: another notebook or command holds it.
        """
        lock = FileLock(self.folder / f".{step}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise OrgtoolsError(Message("step-is-performed", step=step)) from error
        except OSError as error:
            raise InputError(Message("lock-refused", path=str(self.folder), step=step, words=error.strerror)) from error
        try:
            yield
        finally:
            lock.release()

    def __enter__(self) -> Self:
        """Use as a context manager closes the run's files at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the run's files."""
        self.close()
