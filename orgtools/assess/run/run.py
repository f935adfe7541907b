"""Running checks: all of them with their calls, or only those that cost no call."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CATALOGUE, Check, SnapshotContext
from orgtools.assess.checks.access import ENTRANCE
from orgtools.assess.checks.regions import ABOVE, REGIONS
from orgtools.assess.run.other_accounts import OTHERS
from orgtools.assess.run.scheduler import AssessmentProgress, Portion, Work
from orgtools.assess.run.task_factory import TaskFactory
from orgtools.assess.run.tasks import look
from orgtools.assess.run.workers import workers
from orgtools.assess.waivers import waived
from orgtools.aws.sessions.handles import entered
from orgtools.exceptions import InputError
from orgtools.findings import Finding, Verdict, worst
from orgtools.ledger import Kind
from orgtools.ledger.events import digest
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from concurrent.futures import Executor
    from datetime import datetime

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_OF_THE_WHOLE: Final = frozenset({"E8", "E9", OTHERS})
"""What no account waits for: whether there is room for all of a wave, because inviting gives out what there is, account
by account; and what is said of the accounts that stay."""
_GOES_ON: Final = timedelta(days=1)
"""An assessment that was stopped longer ago begins anew: its findings are old."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What a check says of an account now and did not say the last time.

    Attributes:
        account_id: the account, or empty for the organizations.
        check: the check's id.
        before: its worst status the last time.
        now: its worst status now.
        evidence: what was seen now.
    """

    account_id: str
    check: str
    before: Verdict
    now: Verdict
    evidence: Message


@dataclass(frozen=True)
class Assessment:
    """The findings of one assessment.

    Attributes:
        accounts: the accounts that were assessed.
        findings: what was found; an empty ``account_id`` is about the organizations.
        taken_at: AWS's clock, UTC.
        before: the findings of these accounts that the run's ledger held until then.
        left: ids of accounts that somebody's interruption left over; assessing the same again goes on with these.
        earlier: ids of accounts that had been looked at when an assessment of the same was stopped; their findings are
            those of then.
    """

    accounts: tuple[PlannedAccount, ...]
    findings: tuple[Finding, ...]
    taken_at: datetime
    before: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    def of(self, account_id: str) -> tuple[Finding, ...]:
        """The findings of one account, or with "" those of the organizations."""
        return tuple(finding for finding in self.findings if finding.account_id == account_id)

    def worst(self) -> Mapping[str, Verdict]:
        """The worst status of each account."""
        return {account.account_id: worst(self.of(account.account_id)) for account in self.accounts}

    def changes(self) -> tuple[FindingChange, ...]:
        """What changed since the last assessment, by account and check; nothing for what is checked the first time."""
        earlier, now = _by_check(self.before), _by_check(self.findings)
        return tuple(
            FindingChange(
                *key,
                worst(earlier[key]),
                worst(found),
                Message("findings-now", findings=[finding.evidence for finding in found]),
            )
            for key, found in now.items()
            if key in earlier and worst(earlier[key]) is not worst(found)
        )


def _anew(check: Check, context: SnapshotContext, recorded: Iterable[Finding]) -> Finding:
    """What a check that needs no call finds now; where it would ask the account, what that said last holds."""
    finding = look(check, context)
    if check.needs_member and finding.status is Verdict.UNKNOWN:
        return next(
            (held for held in recorded if (held.check, held.account_id) == (check.id, finding.account_id)), finding
        )
    return finding


def _by_check(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.account_id, finding.check), []).append(finding)
    return found


def standing(account: PlannedAccount, snapshot: Snapshot) -> tuple[Finding, ...]:
    """How an account stands now: the checks that need no call, made anew, and the others from the newest assessment.

    What the organizations as a whole stand in the way of stands in the way of each account, and is among its findings;
    somebody may waive it for the account. What else was found about them, unknown too, is not the account's.

    A pure function: steps decide with it.
    """
    anew, context = _free(), SnapshotContext(account, snapshot)
    recorded = (*snapshot.assessed.findings.get("", ()), *snapshot.assessed.findings.get(account.account_id, ()))
    found = (
        *(_anew(check, context, recorded) for check in anew.values()),
        *(finding for finding in recorded if finding.check not in CATALOGUE or not CATALOGUE[finding.check].is_free),
    )
    mine = (
        finding if finding.account_id else replace(finding, account_id=account.account_id)
        for finding in found
        if finding.account_id or finding.status is Verdict.BLOCK
    )
    return tuple(waived(mine, snapshot))


@cache
def _free() -> Mapping[str, Check]:
    """The checks that need no call and may bear on an account, by their ids; see `standing`."""
    return {
        name: check
        for name, check in CATALOGUE.items()
        if check.is_free
        and name not in _OF_THE_WHOLE
        and (check.concerns == "account" or check.severity is Verdict.BLOCK)
    }


def assess(
    migration: Migration,
    accounts: Iterable[str] | None = None,
    *,
    checks: Iterable[str] | None = None,
    executor: Executor | None = None,
    width: int | None = None,
    watch: Callable[[AssessmentProgress], None] | None = None,
    afresh: bool = False,
) -> Assessment:
    """Run checks of the catalogue for some accounts, and note the findings in the ledger. Changes nothing at AWS.

    Interrupting it keeps what was found: the accounts that were looked at to the end are noted, `Assessment.left` names
    the others. Asked the same again within a day, it goes on with those, also after a kernel was killed.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; None takes the whole plan.
        checks: ids of checks; None takes the whole catalogue. E15 is always made: it is the way in for others; E19,
            where one of them is regional: it says in which regions.
        executor: where tasks inside the accounts run: threads, processes, or a cluster's (``Client.get_executor()``);
            None takes what ``[assess]`` names, or else ``[engine] workers`` threads. Workers on other machines need
            orgtools, and the profiles that migration.toml names.
        width: how many tasks the executor is given at once; None takes twice ``[engine] workers``.
        watch: told after each task how far it is.
        afresh: look at all accounts, also where an assessment that was stopped could go on.

    Raises:
        InputError: an account is not in the plan, the catalogue has no such check, or the workers that ``[assess]``
            names cannot be had.
        RefusedError: one of the organizations cannot be listed at all.
    """
    catalogue = _chosen(checks)
    plan = migration.plan = migration.read_files()
    chosen = plan.accounts if accounts is None else plan.select(accounts)
    asked = digest(*sorted(account.account_id for account in chosen), *(check.id for check in catalogue))
    held = migration.assessment()
    snapshot = migration.observe(asking=(account.account_id for account in chosen))
    earlier = frozenset[str]() if afresh else _looked_at(migration, asked, snapshot.taken_at)

    def note(portion: Portion) -> None:
        told: dict[str, Any] = {
            "accounts": [account.account_id for account in portion.accounts],
            "findings": [finding.as_json() for finding in _in_order(portion.findings, chosen)],
            "asked": asked,
            "left": portion.left,
        }
        if checks is not None:
            told["checks"] = [check.id for check in catalogue]
        migration.ledger.append(Kind.ASSESSED, **told)

    rest = [account for account in chosen if account.account_id not in earlier]
    width = width or 2 * migration.settings.engine.workers
    work = Work(TaskFactory(migration, catalogue, rest, chosen, snapshot), note, watch, width)
    asking = nullcontext(executor) if executor else workers(migration.settings, len(rest))
    with asking as given, entered(migration.ways):
        work.to_the_end(given)
    note(work.portion(last=True))
    return _assessment(work, chosen, earlier, held, migration.assessment())


def _assessment(
    work: Work,
    chosen: Iterable[PlannedAccount],
    earlier: Container[str],
    held: Mapping[str, Sequence[Finding]],
    now: Mapping[str, Sequence[Finding]],
) -> Assessment:
    """What was found, with what an earlier assessment had found that this one went on from."""
    finished = {account.account_id for account in work.finished}
    done = tuple(a for a in chosen if a.account_id in finished or a.account_id in earlier)
    ids = [account.account_id for account in done]
    made = {check.id for check in work.tasks.catalogue}
    gone_on = (f for a in done if a.account_id in earlier for f in now.get(a.account_id, ()) if f.check in made)
    return Assessment(
        accounts=done,
        findings=_in_order((*work.findings, *gone_on), done),
        taken_at=work.tasks.snapshot.taken_at,
        before=tuple(finding for account_id in ("", *ids) for finding in held.get(account_id, ())),
        left=tuple(a.account_id for a in chosen if not (a.account_id in finished or a.account_id in earlier)),
        earlier=tuple(account_id for account_id in ids if account_id in earlier),
    )


def _in_order(findings: Iterable[Finding], accounts: Iterable[PlannedAccount]) -> tuple[Finding, ...]:
    """By account as planned, the organizations first, and by check as in the catalogue."""
    order = {account_id: place for place, account_id in enumerate(["", *(a.account_id for a in accounts)])}
    places = {name: place for place, name in enumerate(CATALOGUE)}
    return tuple(sorted(findings, key=lambda f: (order[f.account_id], places[f.check], f.region, f.resource)))


def _looked_at(migration: Migration, asked: str, now: datetime) -> frozenset[str]:
    """The accounts that the last assessment of the same looked at, if it was stopped not long ago."""
    done: frozenset[str] = frozenset()
    for event in migration.ledger.events(Kind.ASSESSED):
        if event.data.get("asked") == asked and now - event.at < _GOES_ON:
            done = done | set(event.data["accounts"]) if event.data["left"] else frozenset()
    return done


def _chosen(checks: Iterable[str] | None) -> tuple[Check, ...]:
    if checks is None:
        return tuple(CATALOGUE.values())
    wanted = {ENTRANCE, *checks}
    regional = [known for known in CATALOGUE.values() if known.id in wanted and known.regional]
    wanted |= {REGIONS if known.needs_member else ABOVE for known in regional}
    strangers = sorted(wanted - CATALOGUE.keys())
    if strangers:
        raise InputError(Message("checks-unknown", count=len(strangers), checks=strangers, keys=list(CATALOGUE)))
    return tuple(check for check in CATALOGUE.values() if check.id in wanted)
