"""What schedules are played on: the steps, the accounts, their world, and what is so in truth when a step is done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, REPLICATE, WAVE, Step
from tests import rehearsed
from tests.rehearsed import COURTED, DESTINATION, DESTINATION_MANAGEMENT, OUTSIDE, PLAIN, SOURCE, STANDALONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import orgtools
    from orgtools.rehearsal import Rehearsal

Json = dict[str, Any]
PENDING: Final = ("OPEN", "REQUESTED")


@dataclass(frozen=True)
class Course:
    """The way, its accounts, and what counts as done.

    Attributes:
        steps: every step that a schedule may take, in the order of the way.
        onward: what the quiet pass takes, in this order.
        back: the same, where the quiet pass leads back; empty where it never does.
        units: the organizational unit of each planned account.
        tags: its tags in the plan.
        scenario: the world before everything.
        settings: more of migration.toml.
        effects: by step and operation, what is so when a call has taken effect.
        claims: by step, what the ledger claims when it calls an account confirmed.
        calls: operations that may fail.
        reads: the same, of those that change nothing.
        acts: what somebody else may do.
        meddling: after these an account need not get where it should.
        moving: what a migration changes of an account.
        inviting: the organizations whose invitations are ours.
        through: what else is so of an account that has gone the whole way.
        whole: what is so of an account that has come back.
        begins: steps whose calls only begin something.
        prepare: what is done besides assessing before everything.
        starts: a schedule begins after the steps of one of these, each of which goes on from the one before.
        told_apart: as `effects`, of calls that an account is due more than one of: by their parameters.
        below: the unit of the destination below which the source's tree is to stand; empty where no unit comes or goes.
        by_itself: whether Control Tower works on whatever account is moved.
        assessed_after: steps that change what the assessment has found.
        mapping: assignments.csv; empty where there is none.
        users: of the destination's Identity Center, who get a permission set back, by account.
        furnish: what the organizations have besides what a scenario may say.
        theirs: whether the source is somebody else's, and migration.toml names none.
        refusals: what AWS may answer besides what it may answer everywhere: class and reason.
    """

    steps: tuple[Step, ...]
    onward: tuple[Step, ...]
    units: Mapping[str, str]
    tags: Mapping[str, Mapping[str, str]]
    scenario: Callable[[], Json]
    settings: str
    effects: Mapping[tuple[str, str], Callable[[Json, str], bool]]
    claims: Mapping[str, Callable[[Json, str], bool]]
    calls: tuple[str, ...]
    reads: tuple[str, ...]
    acts: tuple[str, ...]
    meddling: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset({"organization", "unit", "parent", "tags", "joined_method", "joined_at"})
    inviting: tuple[str, ...] = (DESTINATION,)
    through: Callable[[Json, str], bool] = field(default=lambda *_: True)
    whole: Callable[[Json, str], bool] = field(default=lambda *_: False)
    begins: frozenset[str] = frozenset()
    back: tuple[Step, ...] = ()
    prepare: Callable[[orgtools.Migration, Rehearsal], object] = field(default=lambda *_: None)
    starts: tuple[tuple[Step, ...], ...] = ((),)
    told_apart: Mapping[tuple[str, str], Callable[[Json, Mapping[str, Any]], bool]] = field(default_factory=dict)
    below: str = ""
    by_itself: bool = False
    assessed_after: tuple[Step, ...] = ()
    mapping: str = ""
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    furnish: Callable[[], object] = field(default=lambda: None)
    theirs: bool = False
    refusals: tuple[tuple[str, str | None], ...] = ()

    @property
    def hands_over(self) -> bool:
        """Whether access is handed over."""
        return "[handover]" in self.settings

    @property
    def planned(self) -> tuple[str, ...]:
        """The accounts of the plan."""
        return tuple(self.units)

    @property
    def everybody(self) -> tuple[str, ...]:
        """They, and one that the plan does not name."""
        return (*self.planned, OUTSIDE)

    def subjects(self, step: Step) -> tuple[str, ...]:
        """What a step decides about: the accounts of the plan, or the units that they go into."""
        return tuple(f"/{unit}" for unit in self.units.values()) if step is REPLICATE else self.planned

    def may_touch(self, subject: str, world: Json) -> bool:
        """Whether a call may concern something: an account of the plan, or a unit of the source's tree."""
        tree = world["organizations"][SOURCE]["units"].values() if self.below else ()
        return subject in self.planned or subject in {f"{self.below}/{path}" for path in tree}

    def next_after(self, start: int) -> int:
        """The place of the step that comes after those of a start."""
        taken = self.starts[start]
        return self.steps.index(taken[-1]) + 1 if taken else 0

    @property
    def accounts_csv(self) -> str:
        """The plan."""
        rows = (
            f"{account_id},{unit},{'standalone' if account_id == STANDALONE else 'direct'},"
            f"{';'.join(f'{key}={value}' for key, value in self.tags.get(account_id, {}).items())}\n"
            for account_id, unit in self.units.items()
        )
        return "account_id,ou,path,tags\n" + "".join(rows)

    def tagged(self, world: Json, account_id: str) -> bool:
        """Whether an account of the destination has the tags of the plan."""
        held = world["accounts"][account_id]["tags"]
        return member_of(world, account_id, DESTINATION) and self.tags.get(account_id, {}).items() <= held.items()

    def at_home(self, world: Json, account_id: str) -> bool:
        """Whether an account lies in the destination's unit of the plan."""
        unit = world["accounts"][account_id]["unit"]
        return member_of(world, account_id, DESTINATION) and bool(unit == self.units[account_id])


def member_of(world: Json, account_id: str, organization: str) -> bool:
    """Whether an account is in an organization."""
    return bool(world["accounts"][account_id]["organization"] == organization)


def pending(world: Json, account_id: str, organization: str = DESTINATION) -> list[str]:
    """The invitations of an organization that an account can still accept."""
    return [
        handshake_id
        for handshake_id, held in world["handshakes"].items()
        if (held["account"], held["organization"]) == (account_id, organization) and held["state"] in PENDING
    ]


def invited(organization: str) -> Callable[[Json, str], bool]:
    """Whether an organization has an account, or a pending invitation to it."""
    return lambda world, account_id: (
        member_of(world, account_id, organization) or bool(pending(world, account_id, organization))
    )


def in_it(organization: str) -> Callable[[Json, str], bool]:
    """Whether an account is in an organization."""
    return lambda world, account_id: member_of(world, account_id, organization)


def out_of(organization: str) -> Callable[[Json, str], bool]:
    """Whether an account has left an organization."""
    return lambda world, account_id: not member_of(world, account_id, organization)


out_of_the_source: Final = out_of(SOURCE)


def small(planned: tuple[str, ...], source_units: list[str], units: list[str]) -> Json:
    """As small as it can be: the planned accounts in the source's root, one that is not planned, and a third sender."""
    made = rehearsed.scenario()
    source, destination, third = made["organizations"]
    kept = (*planned, OUTSIDE)
    source |= {
        "units": source_units,
        "accounts": [{**account, "unit": "/"} for account in source["accounts"] if account["id"] in kept],
    }
    destination |= {"units": units, "accounts": []}
    third["units"] = []
    made["invitations"] = [sent for sent in made["invitations"] if sent["account"] in kept]
    return made


_UNITS: Final = {PLAIN[0]: "Prod", COURTED: "Prod", STANDALONE: "/"}
_TAGS: Final = {PLAIN[0]: {"team": "shop"}, STANDALONE: {"team": "shop", "tier": "1"}}


def _at_home(world: Json, account_id: str) -> bool:
    return DIRECT.at_home(world, account_id)


def _tagged(world: Json, account_id: str) -> bool:
    return DIRECT.tagged(world, account_id)


_WAY: Final = (INVITE, LEAVE, ACCEPT, PLACE)
DIRECT: Final = Course(
    steps=_WAY,
    onward=_WAY,
    units=_UNITS,
    tags=_TAGS,
    scenario=lambda: small(tuple(_UNITS), ["Elsewhere"], ["Prod", "Elsewhere"]),
    settings="",
    effects={
        ("invite", "InviteAccountToOrganization"): invited(DESTINATION),
        ("leave", "RemoveAccountFromOrganization"): out_of_the_source,
        ("accept", "AcceptHandshake"): in_it(DESTINATION),
        ("place", "MoveAccount"): _at_home,
        ("place", "TagResource"): _tagged,
    },
    claims={
        "invite": invited(DESTINATION),
        "leave": out_of_the_source,
        "accept": in_it(DESTINATION),
        "place": lambda world, account_id: _at_home(world, account_id) and _tagged(world, account_id),
    },
    calls=(
        "InviteAccountToOrganization",
        "RemoveAccountFromOrganization",
        "AcceptHandshake",
        "MoveAccount",
        "TagResource",
    ),
    reads=(
        "ListAccounts",
        "ListHandshakesForOrganization",
        "ListHandshakesForAccount",
        "ListDelegatedAdministrators",
        "ListTagsForResource",
        "AssumeRole",
    ),
    acts=(
        "cancel",
        "decline",
        "accept by hand",
        "invite by hand",
        "court",
        "defect",
        "reject",
        "move away",
        "move home",
        "tag",
        "remove",
        "join the source",
        "join the destination",
        "suspend",
        "reopen",
        "distrust",
        "trust",
        "delegate",
        "deny",
        "fill the quota",
        "raise the quota",
        "enable all features",
    ),
)
"""The four steps that move an account."""


IN_ONE_GO: Final = replace(
    DIRECT,
    steps=(WAVE, INVITE, LEAVE, WAVE, ACCEPT, PLACE, WAVE),
    onward=(WAVE,),
    claims={**DIRECT.claims, "wave": DIRECT.claims["place"]},
)
"""The same in waves that go the whole way, with single steps in between; the quiet pass is one wave."""


def _entered_by_the_destination() -> Json:
    made = small(tuple(_UNITS), ["Elsewhere"], ["Prod", "Elsewhere"])
    for account in made["organizations"][0]["accounts"]:
        account["roles"] = [{"name": "OrganizationAccountAccessRole", "trusts": [DESTINATION_MANAGEMENT]}]
    return made


THEIRS: Final = replace(
    DIRECT,
    scenario=_entered_by_the_destination,
    theirs=True,
    effects={
        **{key: held for key, held in DIRECT.effects.items() if key[0] != "leave"},
        ("leave", "LeaveOrganization"): out_of_the_source,
    },
    calls=tuple(name.replace("RemoveAccountFrom", "Leave") for name in DIRECT.calls),
    acts=(*DIRECT.acts, "trust both"),
)
"""The same where nobody of the run has the source's credentials: the destination enters accounts, one leaves itself."""
