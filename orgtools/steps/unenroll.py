"""Un-enroll: the source's Control Tower lets each account go, one at a time, before it is invited.

By moving it to the root where the landing zone enrolls by itself, else by terminating its provisioned product, or,
where the account has ConfigBaseline, by moving it to the root and disabling that; the
account itself stays open. What an account's governance leaves behind, a tainted product, is cleaned up after. Without a
landing zone there is nothing to do. See
https://docs.aws.amazon.com/controltower/latest/userguide/unmanage-account.html
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from orgtools.assess import standing
from orgtools.aws.controltower import CONFIG
from orgtools.aws.member import Member
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.findings import Status, obstacles
from orgtools.messages import Message, free
from orgtools.policies import EXECUTION_ROLE, PUT_BACK, Role, grant
from orgtools.steps import towers
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.aws.controltower import EnabledBaseline, Product, Tower
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_OF_ENROLMENT: Final = ("E14", "E14.rcp", "E15", "E16", "E17", "D10")
"""Checks that find something because the account is enrolled: its roles, its policies, its Config recorder."""


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, what `look` adds, and which accounts nobody could enter if they were let go."""
    snapshot = look(migration, accounts, migration.observe())
    tower = snapshot.towers.get("source")
    if tower is None or tower.zone is None:
        return snapshot
    return towers.with_tower(snapshot, "source", replace(tower, shut=_shut(migration, accounts, snapshot)))


def _shut(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Up to the first account that may go: one is let go at a time, and none that may not holds up those behind it."""
    decisions = [decide(account, snapshot) for account in accounts]
    found: dict[str, tuple[str, str]] = {}
    for decision in () if _busy(decisions, snapshot) else decisions:
        if not isinstance(decision, Do):
            continue
        account_id = decision.account_id
        try:
            guard(migration, account_id, decision.calls[0])
        except (CredentialsError, RefusedError) as error:
            words = error.what.removesuffix(".")
            found[account_id] = (words.removeprefix(f"Account {account_id}: "), error.next_step or "")
        else:
            break
    return found


def look(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the source's Control Tower, and how far what was begun has come."""
    snapshot = towers.look(migration, snapshot, "source")
    tower = snapshot.towers.get("source")
    if tower is None or tower.zone is None:
        return snapshot
    try:
        begun = towers.begun(migration, "unenroll", "source", tower, accounts)
    except RefusedError as error:
        blind = {account.account_id: str(error) for account in accounts}
        return towers.with_tower(snapshot, "source", replace(tower, unknown=blind))
    return towers.with_tower(snapshot, "source", replace(tower, progress=begun))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Nothing where Control Tower does not govern the account and nothing is left over; otherwise one call."""
    account_id, tower = account.account_id, snapshot.towers.get("source")
    held = snapshot.source.accounts.get(account_id)
    if not snapshot.source.seen and account_id not in snapshot.destination.accounts:
        return Wait(
            account_id, free("whether Control Tower of the source governs it only whoever owns the source can tell")
        )
    if held is None:
        return Done(account_id, free("is not in the source"))
    if tower is None:
        return Blocked(
            account_id,
            free(
                "could not look whether the source has a landing zone",
                f"{grant('controltower:ListLandingZones', 'caller-in-source', Role.source_operator)} "
                "Then preview again.",
            ),
        )
    if tower.zone is None:
        return Done(account_id, free("the source has no Control Tower landing zone here: nothing to un-enroll"))
    enabled, product = tower.enabled.get(account_id), tower.products.get(account_id)
    under_way = _under_way(account_id, tower) if enabled or product else None
    if under_way:
        return under_way
    if account_id in tower.unknown and (enabled or product):
        return Blocked(account_id, free("could not look how far it has come", tower.unknown[account_id]))
    decision: Decision | None = None
    if enabled:
        decision = (
            _moved_out(account_id, tower, snapshot)
            or _against(account, snapshot)
            or (Blocked(account_id, free(*tower.shut[account_id])) if account_id in tower.shut else None)
            or _way(account_id, enabled, product, tower, snapshot)
        )
    elif product:
        why = f"Control Tower does not govern it any more, and left its product behind, {product.status}"
        decision = _terminate(account_id, why + _failed(account_id, tower), product, tower, left_over=True)
    return towers.told_news(decision, tower) if decision else Done(account_id, free("Control Tower does not govern it"))


def _under_way(account_id: str, tower: Tower) -> Wait | None:
    enabled, product, told = (
        tower.enabled.get(account_id),
        tower.products.get(account_id),
        tower.progress.get(account_id),
    )
    if told and told.status == "IN_PROGRESS":
        what = f"{told.id} is in progress"
    elif product and product.status == "UNDER_CHANGE":
        what = f"its provisioned product {product.id} is under change"
    elif enabled and enabled.status == "UNDER_CHANGE":
        what = f"{enabled.operation or enabled.arn} is in progress"
    else:
        return None
    return Wait(account_id, free(f"AWS is at work: {what}; it takes minutes to hours"), effective=True)


def _moved_out(account_id: str, tower: Tower, snapshot: Snapshot) -> Wait | None:
    """It lies where Control Tower governs nothing, and that enrolls and un-enrolls by itself: it will see."""
    if not (tower.zone and tower.zone.auto_enroll) or snapshot.source.accounts[account_id].parent_id in tower.enabled:
        return None
    why = f"is in {snapshot.source.path_of(account_id)}: landing zone {tower.zone.version} un-enrolls it by itself"
    return Wait(account_id, free(f"{why}; it takes minutes to hours"), effective=True)


def _against(account: PlannedAccount, snapshot: Snapshot) -> Blocked | None:
    """Who could not move would lose its guard rails for nothing; who could not be entered afterwards is kept."""
    account_id = account.account_id
    if account_id not in snapshot.assessment:
        return Blocked(account_id, Message("not-assessed"))
    blocking = [finding for finding in standing(account, snapshot) if finding.status is Status.BLOCK]
    found = [finding for finding in blocking if finding.check not in _OF_ENROLMENT]
    if found:
        return Blocked(account_id, Message("unenroll-for-nothing", why=obstacles(found)))
    if snapshot.access_role.rsplit("/", 1)[-1] == EXECUTION_ROLE:
        return Blocked(
            account_id,
            free(
                f"migration.toml enters accounts by {EXECUTION_ROLE}, which goes when the account is un-enrolled",
                "Name a role under [access] that stays, or the one that comes in its place: OrganizationAccountAccessRole.",
            ),
        )
    return None


def _way(
    account_id: str, enabled: EnabledBaseline, product: Product | None, tower: Tower, snapshot: Snapshot
) -> Decision:
    version, failed = tower.zone.version if tower.zone else "", _failed(account_id, tower)
    if tower.zone and tower.zone.auto_enroll:
        why = f"Control Tower governs it, and landing zone {version} enrolls and un-enrolls by itself"
        return Do(
            account_id, free(f"{why}{failed}"), (_to_root(account_id, snapshot, "Control Tower then un-enrolls it"),)
        )
    if enabled.name == CONFIG:
        return _disable(account_id, enabled, tower, snapshot, failed)
    if product is None:
        why = f"landing zone {version} does not un-enroll by itself, and Account Factory has no product of it"
        return Blocked(
            account_id,
            free(
                f"Control Tower governs it; {why}",
                "Choose Unmanage for the account in the Control Tower console, then preview again.",
            ),
        )
    return _terminate(account_id, f"Control Tower governs it{failed}", product, tower, left_over=False)


def _to_root(account_id: str, snapshot: Snapshot, then: str) -> Call:
    parent = snapshot.source.accounts[account_id].parent_id
    parameters = {"AccountId": account_id, "SourceParentId": parent, "DestinationParentId": snapshot.source.root.id}
    words = f"move from {snapshot.source.path_of(account_id)} to /: {then}"
    return Call("MoveAccount", "source", parameters, free(words))


def _disable(account_id: str, enabled: EnabledBaseline, tower: Tower, snapshot: Snapshot, failed: str) -> Do:
    """Out of the unit that hands the baseline down, then disabled on the account itself; the unit keeps its own.

    https://docs.aws.amazon.com/controltower/latest/userguide/types-of-baselines.html
    """
    parameters = {"enabledBaselineIdentifier": enabled.arn}
    words = f"disable {enabled.name} on the account; its unit and the accounts there keep it"
    call = Call("DisableBaseline", "source", parameters, free(words), "controltower", region=tower.region)
    at_root = snapshot.source.accounts[account_id].parent_id == snapshot.source.root.id
    first = () if at_root else (_to_root(account_id, snapshot, f"{enabled.name} is then disabled on it"),)
    return Do(account_id, free(f"Control Tower governs it by {enabled.name}{failed}"), (*first, call))


def _failed(account_id: str, tower: Tower) -> str:
    told = tower.progress.get(account_id)
    return f"; the last try failed, AWS says: {told.words}" if told and told.status == "FAILED" else ""


def _terminate(account_id: str, why: str, product: Product, tower: Tower, *, left_over: bool) -> Do:
    parameters = {
        "ProvisionedProductId": product.id,
        "TerminateToken": f"unenroll-{product.record or product.id}",
        **({"IgnoreErrors": True} if left_over else {}),
    }
    words = f"terminate the provisioned product {product.id}; " + (
        "the account stays as it is" if left_over else "the account stays open, and comes to the root"
    )
    call = Call("TerminateProvisionedProduct", "source", parameters, free(words), "servicecatalog", region=tower.region)
    return Do(account_id, free(why), (call,))


def ration(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """One account at a time, also counting what somebody else has begun."""
    busy, rationed = _busy(decisions, snapshot), list[Decision]()
    before = f"AWS is at work on {busy}: preview again when it is through" if busy else ""
    for decision in decisions:
        if isinstance(decision, Do) and before:
            rationed.append(Wait(decision.account_id, free(f"one account is un-enrolled at a time, and {before}")))
            continue
        if isinstance(decision, Do):
            who = decision.account_id
            before = f"{who} goes first: preview again when it is through, or choose without it if AWS refuses it"
        rationed.append(decision)
    return rationed


def _busy(decisions: Sequence[Decision], snapshot: Snapshot) -> str:
    """The account that AWS is at work on, or empty."""
    tower = snapshot.towers.get("source")
    ours = (decision.account_id for decision in decisions if isinstance(decision, Wait) and decision.effective)
    others = (target for target, held in (tower.enabled if tower else {}).items() if held.status == "UNDER_CHANGE")
    return next(chain(ours, others), "")


def guard(migration: Migration, account_id: str, call: Call) -> None:
    """A last look: the account can be entered without Control Tower's own role, which AWS takes away.

    AWS puts OrganizationAccountAccessRole in its place; one that is there already may stay as it is.

    Raises:
        RefusedError: nobody could enter it afterwards, or that cannot be looked at.
        CredentialsError: AWS does not answer whether a role can be assumed.
    """
    if call.parameters.get("IgnoreErrors"):
        return  # what is left over is cleaned up, and the account stays as it is
    entered = migration.member(account_id, "source")
    if entered.can_enter() or migration.member(account_id).can_enter():
        return
    role, inside = migration.settings.access.role, Member(migration.source.access, account_id, EXECUTION_ROLE)
    if role == PUT_BACK and inside.can_enter() and not inside.has_role(role):
        return
    missing = ""
    if role == PUT_BACK:
        asked = grant("sts:AssumeRole", "caller-in-source", Role.source_operator, on=EXECUTION_ROLE)
        missing = f" If the account has no such role: {asked} orgtools sees it then."
    raise RefusedError(
        f"Account {account_id}: {entered.role_arn} cannot be assumed, and {EXECUTION_ROLE} goes when the account is "
        "un-enrolled: nobody could enter it then.",
        code="NobodyCouldEnter",
        account_id=account_id,
        next_step=f"Let {role} trust account {migration.source.identity.management_account_id}.{missing} "
        "Then preview again.",
    )


UNENROLL: Final = Step(
    name="unenroll",
    notebook="25_unenroll",
    decide=decide,
    observe=observe,
    ration=ration,
    guard=guard,
)
"""The step; see the module."""
