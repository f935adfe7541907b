"""Tasks: checks to be made in one account and region, as values that any executor can run anywhere."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgtools.assess.catalogue import CATALOGUE, Brief, Check, Desk, Reports, Scene, Where
from orgtools.aws.looking import ForbiddenCallError
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.aws.looking import Vantage, View
    from orgtools.migration import Snapshot
    from orgtools.plan import PlannedAccount


@dataclass(frozen=True)
class Task:
    """Some checks in one account and one region. It carries no live client and no credentials.

    Attributes:
        accounts: the planned accounts that are looked at.
        vantages: whose eyes: "member", or "source" and "destination".
        checks: ids of the checks, in their order.
        brief: the two organizations in short.
        seconds: how long it may take; what was not looked at by then is unknown.
        region: empty for global checks.
        seen: both organizations, where the checks look with the management accounts' eyes.
    """

    accounts: tuple[PlannedAccount, ...]
    vantages: tuple[tuple[Where, Vantage], ...]
    checks: tuple[str, ...]
    brief: Brief
    seconds: float
    region: str = ""
    seen: Snapshot | None = None


def perform(task: Task) -> tuple[Finding, ...]:
    """Make the checks of a task, one after the other, wherever this runs."""
    with ExitStack() as opened:
        try:
            eyes = {name: opened.enter_context(vantage.opened(seconds=task.seconds)) for name, vantage in task.vantages}
        except OrgtoolsError as error:
            return could_not(task, error)
        desk = Desk(task.accounts, task.brief, eyes, task.region, task.seen)
        return tuple(finding for name in task.checks for finding in read(CATALOGUE[name], desk, eyes))


def could_not(task: Task, error: BaseException) -> tuple[Finding, ...]:
    """Every check of a task that did not come to its end is unknown, for every account that it concerns."""
    return tuple(
        unknown(CATALOGUE[name], account_id, error, task.region)
        for name in task.checks
        for account_id in concerned(CATALOGUE[name], task.accounts)
    )


def concerned(check: Check, accounts: Iterable[PlannedAccount]) -> tuple[str, ...]:
    """The ids of the accounts that a check's findings are about; "" for the organizations."""
    return tuple(account.account_id for account in accounts) if check.concerns == "account" else ("",)


def unknown(check: Check, account_id: str, error: BaseException, region: str = "") -> Finding:
    """What prevented the look becomes an unknown, with what to grant."""
    if isinstance(error, OrgtoolsError):
        words = str(error).removesuffix(error.next_step or "").strip()
        remedy = error.next_step or f"Grant {', '.join(check.actions)}, then assess again."
    else:
        words = f"the check did not come to its end: {type(error).__name__}: {error}".strip(": ")
        remedy = f"Assess again; if it stays so, look by hand ({', '.join(check.actions)})."
    return Finding(account_id, check.id, Status.UNKNOWN, words, remedy, region=region)


def look(check: Check, scene: Scene) -> Finding:
    """One check that needs only what was seen in bulk, and perhaps the account from inside."""
    if check.look is None:
        message = f"{check.id} reads from AWS itself"
        raise TypeError(message)
    try:
        return check.look(scene)
    except OrgtoolsError as error:
        return unknown(check, scene.account.account_id if check.concerns == "account" else "", error)


def read(check: Check, desk: Desk, eyes: Mapping[Where, View]) -> list[Finding]:
    """One check that reads from AWS itself; what it found before it had to stop is kept, beside the unknown."""
    if check.read is None:
        message = f"{check.id} reads nothing from AWS itself"
        raise TypeError(message)
    found: list[Finding] = []
    with ExitStack() as narrowed:
        for view in eyes.values():
            narrowed.enter_context(view.only(check.actions))
        try:
            for finding in check.read(desk, Reports(check, desk.region)):
                found.append(finding)  # noqa: PERF402 (what was found before an error counts)
        except ForbiddenCallError:
            raise
        except Exception as error:  # noqa: BLE001 (one odd answer in one account must not end the look at all others)
            found.extend(
                unknown(check, account_id, error, desk.region) for account_id in concerned(check, desk.accounts)
            )
    return found
