"""Control Tower in one organization: which OUs are registered, which accounts are enrolled, what is under way.

User guide of Control Tower: account-auto-enrollment, unmanage-account, enroll-account, types-of-baselines,
existing-config-resources, key-changes-lz-v4.
Operations take virtual minutes; their effects come when the clock gets there, not before.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from orgtools.rehearsal.scenario.organization import LandingZoneSpec
from orgtools.rehearsal.world.baselines import BASELINE, BASELINES, IDENTITY_CENTER, version_of
from orgtools.rehearsal.world.control_tower_accounts import EXECUTION_ROLE, add_role, hand_back, has_config
from orgtools.rehearsal.world.control_tower_records import (
    FAILED,
    IN_PROGRESS,
    SUCCEEDED,
    UNDER_CHANGE,
    ControlTowerOperation,
    Enabled,
    SimulatedProduct,
)
from orgtools.rehearsal.world.world import Membership, SimulatedAccount, SimulatedOrganization, World

AT_ONCE = 5
"""User guide, account-factory-considerations: five account operations at once."""
MOST_IN_UNIT = 1000


class SimulatedControlTower:
    """The landing zone of one organization."""

    def __init__(
        self, world: World, organization: SimulatedOrganization, table: LandingZoneSpec, units: Mapping[str, str]
    ) -> None:
        self.world = world
        self.organization = organization
        self.table = table
        self.enabled: dict[str, Enabled] = {}
        """By OU or account id: what governs it; by "shared": Identity Center's baseline."""
        self.operations: dict[str, ControlTowerOperation] = {}
        self.products: dict[str, SimulatedProduct] = {}
        self.arn = f"arn:aws:controltower:{table.home_region}:{organization.management}:landingzone/{self._id()}"
        self.product_id, self.artifact_id = f"prod-{world.new_id(13)}", f"pa-{world.new_id(13)}"
        if table.identity_center:
            self.enabled["shared"] = self._new(organization.management, None, IDENTITY_CENTER)
        for unit, baseline in units.items():
            self.enabled[unit] = self._new(unit, None, baseline)
        for account in self._members():
            if self._unit_of(account) in self.enabled and account.id not in table.unenrolled:
                self._govern(account)
        for account_id in (*table.products, *table.tainted):
            self.new_product(world.accounts[account_id], f"Enroll-Account-{account_id}")
        for account_id in table.tainted:
            self.products_of(account_id)[0].status = "TAINTED"
        world.settlers.append(self.settle)
        world.watchers.append(self.watch)

    def version_of(self, baseline: str) -> str:
        """The version of a baseline that fits the landing zone."""
        return version_of(baseline, self.table.version)

    def is_registered(self, unit: str) -> bool:
        """Whether an OU has a baseline, whatever it is going through."""
        return unit in self.enabled

    def is_linked(self, held: Enabled) -> bool:
        """Whether what an account has is inherited: the account lies in the OU that hands it down."""
        membership = self.world.memberships.truth.get(held.target)
        unit = self.enabled.get(membership.parent) if membership else None
        return unit is not None and unit.arn == held.parent

    def account_ids(self, unit: str) -> list[str]:
        """Accounts directly in an OU; the management account is never enrolled."""
        return [account.id for account in self._members() if self._unit_of(account) == unit]

    def busy(self, *targets: str) -> bool:
        """Whether an operation is under way on one of these."""
        return any(set(operation.targets) & set(targets) for operation in self.open())

    def open(self) -> list[ControlTowerOperation]:
        """What is under way."""
        return [operation for operation in self.operations.values() if operation.status == IN_PROGRESS]

    def is_drifted(self, held: Enabled) -> bool:
        """Inheritance drift: of an account that does not have what its OU has, and of an OU with such an account."""
        if held.target not in self.organization.units:
            return held.drifted
        children = [self.enabled.get(account_id) for account_id in self.account_ids(held.target)]
        return any(
            child is None or child.status == FAILED or child.drifted or child.parent != held.arn for child in children
        )

    def settle(self, now: datetime) -> None:
        """Ends every operation whose time has come."""
        for operation in self.open():
            if operation.ends <= now and operation.status == IN_PROGRESS:
                operation.status = SUCCEEDED  # before the effect: it may ask for the time
                operation.message = operation.effect()
                operation.status = FAILED if operation.message else SUCCEEDED

    def start(self, kind: str, targets: Iterable[str], effect: Callable[[], str]) -> ControlTowerOperation:
        """Begins something; its targets are under change until it ends."""
        digits = "".join(self.world.random.choices("0123456789abcdef", k=32))
        operation_id = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        now = self.world.clock.now()
        ends = now + timedelta(minutes=self.table.minutes)
        operation = ControlTowerOperation(operation_id, kind, tuple(targets), now, ends, effect)
        self.operations[operation_id] = operation
        for target in operation.targets:
            if target in self.enabled:
                self.enabled[target].status, self.enabled[target].operation = UNDER_CHANGE, operation_id
        return operation

    def register(self, unit: str, kind: str, baseline: str = BASELINE) -> ControlTowerOperation:
        """Enables a baseline on an OU, or the one it has again: all its accounts come to be enrolled.

        This is the way of accounts with Config resources that AWS Support has allowed (existing-config-resources).
        """
        if unit not in self.enabled:
            self.enabled[unit] = self._new(unit, None, baseline)

        def effect() -> str:
            ids, allowed = self.account_ids(unit), self.table.config_allowed
            failed = [why for one in ids if (why := self._enrol(one, unit, with_config=one in allowed))]
            self.enabled[unit].status = FAILED if failed else SUCCEEDED
            return " ".join(failed)

        accounts = self.account_ids(unit)
        for account_id in accounts:
            self._expect(account_id, unit)
        return self.start(kind, (unit, *accounts), effect)

    def enrol(
        self, account_id: str, unit: str, kind: str, then: Callable[[str], None] | None = None
    ) -> ControlTowerOperation:
        """Enrolls one account in the OU that it is in, or is moved to."""

        def effect() -> str:
            why = self._enrol(account_id, unit)
            if then:
                then(why)
            return why

        self._expect(account_id, unit)
        return self.start(kind, (account_id,), effect)

    def unenrol(self, account_id: str, kind: str, then: Callable[[str], None] | None = None) -> ControlTowerOperation:
        """Takes an account out of governance: it comes to the root, and its execution role goes."""

        def effect() -> str:
            held = self.enabled.pop(account_id, None)
            membership = self.world.memberships.truth.get(account_id)
            if membership and membership.organization is self.organization:
                if held and held.baseline == BASELINE:
                    hand_back(membership.account, self.organization.management)
                if membership.parent != self.organization.root:
                    self.world.change(membership, parent=self.organization.root)
            if then:
                then("")
            return ""

        return self.start(kind, (account_id,), effect)

    def disable(self, held: Enabled) -> ControlTowerOperation:
        """Takes a baseline off an OU and the accounts that inherit it, or off an account; nobody is moved."""
        children = [one for one in self.enabled.values() if one.parent == held.arn and self.is_linked(one)]

        def effect() -> str:
            for one in (held, *children):
                self.enabled.pop(one.target, None)
                membership = self.world.memberships.truth.get(one.target)
                if membership and one.baseline == BASELINE:
                    hand_back(membership.account, self.organization.management)
            return ""

        return self.start("DISABLE_BASELINE", [one.target for one in (held, *children)], effect)

    def watch(self, account: SimulatedAccount, before: Membership | None, after: Membership | None) -> None:
        """What Control Tower makes of a move: it remediates it, or finds drift."""
        own = after if after and after.organization is self.organization else None
        if own is None:
            self.enabled.pop(account.id, None)
            return
        if account.id == self.organization.management or (
            (before and before.organization is own.organization) and (before.parent == own.parent)
        ):
            return
        held = self.enabled.get(account.id)
        if own.parent in self.enabled:
            if self.table.auto_enroll and not self._moving_into(own.parent):
                self.enrol(account.id, own.parent, "AUTO_ENROLL")
            elif held:
                # "One move per OU at a time": what comes meanwhile is not enrolled (ours).
                held.drifted = True
        elif held and self.table.auto_enroll:
            self.unenrol(account.id, "AUTO_UNENROLL", lambda _: self._taint(account.id))
        elif held:
            held.drifted = True

    def new_product(self, account: SimulatedAccount, name: str) -> SimulatedProduct:
        """A provisioned product of Account Factory for an account."""
        product = SimulatedProduct(f"pp-{self.world.new_id(13)}", name, account.id, self.world.clock.now())
        self.products[product.id] = product
        return product

    def products_of(self, account_id: str) -> list[SimulatedProduct]:
        """The provisioned products of an account."""
        return [product for product in self.products.values() if product.account == account_id]

    def describe(self) -> dict[str, Any]:
        """The truth, for tests: status by OU path and by account, and the products."""
        names = self.organization.names_of
        return {
            "registered": {names(held.target): held.status for held in self._on(self.organization.units)},
            "drifted": [names(held.target) for held in self._on(self.organization.units) if self.is_drifted(held)],
            "enrolled": {held.target: held.status for held in self._on(self.world.accounts) if held.parent},
            "baselines": {
                held.target: BASELINES[held.baseline].name for held in self._on(self.world.accounts) if held.parent
            },
            "products": {product.account: product.status for product in self.products.values()},
            "under_way": len(self.open()),
        }

    def _on(self, targets: Iterable[str]) -> list[Enabled]:
        return [held for held in self.enabled.values() if held.target in targets]

    def _moving_into(self, unit: str) -> bool:
        parent = self.enabled[unit].arn
        moving = {held.target for held in self.enabled.values() if held.parent == parent}
        return self.busy(unit, *moving)

    def _taint(self, account_id: str) -> None:
        for product in self.products_of(account_id):
            product.status, product.message = "TAINTED", "The account is not governed any more."

    def _expect(self, account_id: str, unit: str) -> None:
        held, parent = self.enabled.get(account_id), self.enabled[unit]
        if held is None:
            self.enabled[account_id] = self._new(account_id, parent.arn, parent.baseline)
        else:
            held.parent, held.baseline, held.version = parent.arn, parent.baseline, parent.version

    def _enrol(self, account_id: str, unit: str, *, with_config: bool = False) -> str:
        """Enrolls an account now; returns why it cannot be."""
        held = self.enabled.get(account_id)
        membership = self.world.memberships.truth.get(account_id)
        if held is None or membership is None or membership.organization is not self.organization:
            return f"Account {account_id} is not in the organization."
        regions = [region for region in self.table.governed_regions if has_config(account_id, region)]
        if regions and not with_config:
            held.status, held.drifted = FAILED, True
            return (
                f"AWS Control Tower cannot enroll account {account_id}: it has an AWS Config configuration recorder, "
                f"delivery channel or aggregation authorization in {', '.join(regions)}. Delete them, then try again."
            )
        held.status, held.drifted, held.parent = SUCCEEDED, False, self.enabled[unit].arn
        self._let_in(membership.account, held)
        return ""

    def _govern(self, account: SimulatedAccount) -> None:
        """An account that was enrolled before the rehearsal began."""
        unit = self._unit_of(account)
        parent = self.enabled[unit]
        held = self.enabled[account.id] = self._new(account.id, parent.arn, parent.baseline)
        if held.baseline == BASELINE and account.traits.roles is None and account.created_by_organization:
            account.roles = []  # Account Factory makes no OrganizationAccountAccessRole
        self._let_in(account, held)

    def _let_in(self, account: SimulatedAccount, held: Enabled) -> None:
        """ConfigBaseline brings AWS Config's resources only: Control Tower works by its service-linked role there."""
        if held.baseline == BASELINE:
            add_role(account, EXECUTION_ROLE, self.organization.management)

    def _members(self) -> list[SimulatedAccount]:
        ids = self.world.members[self.organization.id]
        return [self.world.accounts[account_id] for account_id in ids if account_id != self.organization.management]

    def _unit_of(self, account: SimulatedAccount) -> str:
        return self.world.memberships.truth[account.id].parent

    def _new(self, target: str, parent: str | None, baseline: str) -> Enabled:
        region, management = self.table.home_region, self.organization.management
        arn = f"arn:aws:controltower:{region}:{management}:enabledbaseline/X{self._id()}"
        operation = self.start("SET_UP", (), lambda: "")
        operation.status = SUCCEEDED
        return Enabled(arn, target, self.version_of(baseline), parent, operation.id, baseline=baseline)

    def _id(self) -> str:
        return self.world.new_id(16).upper()


class ControlTowers(dict[str, SimulatedControlTower]):
    """The landing zones of a world, by organization."""
