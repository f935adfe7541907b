"""What somebody else may do to an account meanwhile: past AWS's rules, but nothing that AWS could not show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from orgtools.mapping import FILE
from tests import rehearsed
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, SOURCE, SOURCE_MANAGEMENT, STANDALONE, THIRD
from tests.steps.course import pending

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.steps.course import Course, Json
    from tests.steps.watching import Watch

_ROLE: Final = "OrganizationAccountAccessRole"
_DENIAL: Final = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "organizations:AcceptHandshake", "Resource": "*"}],
}


@dataclass(frozen=True)
class Standing:
    """How an account stands.

    Attributes:
        id: 12 digits.
        here: the organization it is in, or None.
        ours: a pending invitation of the destination, or empty.
        theirs: a pending invitation of the third organization, or empty.
        homeward: a pending invitation of the source, or empty.
        unit: its unit in the plan, or the root.
        trust: the trust policy of the role by which it is entered, or None where it has no such role.
        governed: a unit of the source that Control Tower governs, or empty.
        missing: a unit of the source's tree that the destination lacks, but for the one above it; or empty.
        unused: a unit of the destination that replicating has created and that is empty, or empty.
        fresh: a unit that the source does not have, or empty.
        due: users of the destination that the mapping gives a permission set, and whether each has it.
    """

    id: str
    here: str | None
    ours: str
    theirs: str
    homeward: str
    unit: str
    trust: dict[str, Any] | None
    governed: str = ""
    missing: str = ""
    unused: str = ""
    fresh: str = ""
    due: Mapping[str, bool] = field(default_factory=dict)

    def assigned(self, *, wanted: bool) -> Intervention | None:
        """Somebody assigns in it what it lacks, or takes away what it has."""
        users = [user for user, has_it in self.due.items() if has_it is not wanted]
        given = {"organization": DESTINATION, "account": self.id, "permission_set": "Admins", "region": "us-east-1"}
        return ("assign", {**given, "user": users[0], "assigned": wanted}) if users else None

    def trusting(self, *managements: str) -> Intervention | None:
        """Its role trusts these, and nobody else."""
        given = {"account": self.id, "role": _ROLE, "trusts": list(managements)}
        return ("trust", given) if self.trust else None

    @property
    def home(self) -> str:
        """Its unit in the plan, if it is in the destination, else the root."""
        return self.unit if self.here == DESTINATION else "/"


def _edited(trust: dict[str, Any]) -> dict[str, Any]:
    """With one more statement, which lets nobody of ours in."""
    service = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {**trust, "Statement": [*trust["Statement"], service]}


Intervention = tuple[str, dict[str, Any]]

ACTS: Final[dict[str, Callable[[Standing], Intervention | None]]] = {
    "cancel": lambda now: ("cancel", {"handshake": now.ours}) if now.ours else None,
    "decline": lambda now: ("decline", {"handshake": now.ours}) if now.ours else None,
    "accept by hand": lambda now: ("accept", {"handshake": now.ours}) if now.ours else None,
    "invite by hand": lambda now: (
        None if now.ours or now.here == DESTINATION else ("invite", {"organization": DESTINATION, "account": now.id})
    ),
    "court": lambda now: (
        None if now.theirs or now.here == THIRD else ("invite", {"organization": THIRD, "account": now.id})
    ),
    "defect": lambda now: ("accept", {"handshake": now.theirs}) if now.theirs else None,
    "reject": lambda now: ("decline", {"handshake": now.theirs}) if now.theirs else None,
    "move away": lambda now: (
        ("move", {"account": now.id, "unit": "Elsewhere"}) if now.here in (SOURCE, DESTINATION) else None
    ),
    "move home": lambda now: (
        ("move", {"account": now.id, "unit": now.home}) if now.here in (SOURCE, DESTINATION) else None
    ),
    "tag": lambda now: ("tag", {"account": now.id, "tags": {"team": "hand"}}) if now.here else None,
    "remove": lambda now: ("remove", {"account": now.id}) if now.here else None,
    "join the source": lambda now: (
        None if now.here == SOURCE else ("join", {"account": now.id, "organization": SOURCE})
    ),
    "join the destination": lambda now: (
        None if now.here == DESTINATION else ("join", {"account": now.id, "organization": DESTINATION})
    ),
    "suspend": lambda now: ("state", {"account": now.id, "state": "SUSPENDED"}),
    "reopen": lambda now: ("state", {"account": now.id, "state": "ACTIVE"}),
    "distrust": lambda now: now.trusting(),
    "trust": lambda now: now.trusting(SOURCE_MANAGEMENT),
    "delegate": lambda now: (
        ("delegate", {"account": now.id, "service": "guardduty.amazonaws.com"}) if now.here == SOURCE else None
    ),
    "deny": lambda now: (
        ("attach", {"organization": SOURCE, "target": now.id, "content": _DENIAL}) if now.here == SOURCE else None
    ),
    "fill the quota": lambda _: ("quota", {"organization": DESTINATION, "accounts": 2}),
    "raise the quota": lambda _: ("quota", {"organization": DESTINATION, "accounts": 40}),
    "cancel the invitation back": lambda now: ("cancel", {"handshake": now.homeward}) if now.homeward else None,
    "decline to go back": lambda now: ("decline", {"handshake": now.homeward}) if now.homeward else None,
    "invite back by hand": lambda now: (
        None if now.homeward or now.here == SOURCE else ("invite", {"organization": SOURCE, "account": now.id})
    ),
    "edit the trust policy": lambda now: (
        ("trust", {"account": now.id, "role": _ROLE, "document": _edited(now.trust)}) if now.trust else None
    ),
    "trust both": lambda now: now.trusting(SOURCE_MANAGEMENT, DESTINATION_MANAGEMENT),
    "govern again": lambda now: (
        ("move", {"account": now.id, "unit": now.governed}) if now.governed and now.here == SOURCE else None
    ),
    "grow": lambda now: ("grow", {"organization": DESTINATION, "unit": now.missing}) if now.missing else None,
    "prune": lambda now: ("prune", {"organization": DESTINATION, "unit": now.unused}) if now.unused else None,
    "grow the source": lambda now: ("grow", {"organization": SOURCE, "unit": now.fresh}) if now.fresh else None,
    "assign by hand": lambda now: now.assigned(wanted=True),
    "take the assignment away": lambda now: now.assigned(wanted=False),
    "enable all features": lambda _: ("enabling_all_features", {"organization": DESTINATION, "under_way": True}),
}
"""Each by its name: the rehearsal's intervention and what it is given, or None where it cannot be as things are."""
EDITS: Final[dict[str, Callable[[str], str]]] = {
    "map to what is not there": lambda mapping: mapping.replace(",Admins,USER new-", ",Gone,USER new-"),
    "map again": lambda mapping: mapping,
    "map no more": lambda mapping: mapping.splitlines(keepends=True)[0],
}
"""What somebody may make of assignments.csv, by its name, given what it should say."""


def _around(world: Json, course: Course, account_id: str) -> Json:
    """What else a `Standing` tells, where the course has units that come or go, and assignments."""
    if not course.below:
        return {}
    source, destination = (world["organizations"][name] for name in (SOURCE, DESTINATION))
    tree = [f"{course.below}/{path}".strip("/") for path in sorted(source["units"].values())]
    there = set(destination["units"].values())
    lived_in = {held["unit"] for held in world["accounts"].values() if held["organization"] == DESTINATION}
    above = {path.rpartition("/")[0] for path in there}
    due = {
        user: any(one.startswith(account_id) and one.endswith(f" {user}") for one in destination["assignments"])
        for user in course.users.get(account_id, ())
    }
    return {
        "governed": next(iter(source["landing_zone"]["registered"]), ""),
        "missing": next((path for path in tree if path not in there), ""),
        "unused": next((path for path in reversed(tree) if path in there - lived_in - above), ""),
        "fresh": "" if "Fresh" in source["units"].values() else "Fresh",
        "due": due if world["accounts"][account_id]["organization"] == DESTINATION else {},
    }


class Outside:
    """Somebody else, and what has to be remembered of what they did."""

    def __init__(self, watch: Watch, folder: Path) -> None:
        """Nobody has done anything yet, neither at AWS nor in the run folder."""
        self._watch = watch
        self._folder = folder
        self._denied: set[str] = set()
        self._meddled: set[str] = set()

    def act(self, what: str, account_id: str) -> None:
        """Do it, if it can be done as things are."""
        self._watch.look()
        world, course = self._watch.truth, self._watch.course
        if what in EDITS:
            self._edit(what)
            return
        ours, theirs, homeward = (pending(world, account_id, sender) for sender in (DESTINATION, THIRD, SOURCE))
        held = world["accounts"][account_id]
        now = Standing(
            account_id,
            held["organization"],
            "".join(ours[:1]),
            "".join(theirs[:1]),
            "".join(homeward[:1]),
            course.units.get(account_id, "/"),
            held["roles"].get(_ROLE),
            **_around(world, course, account_id),
        )
        intervention = ACTS[what](now)
        if intervention:
            action, given = intervention
            self._watch.intervene(action, **given)
            if action == "attach":
                self._denied.add(account_id)
            if what in course.meddling:
                self._meddled.add(account_id)

    def _edit(self, what: str) -> None:
        mapping = self._watch.course.mapping
        if mapping:
            (self._folder / FILE).write_text(EDITS[what](mapping), encoding="utf-8")

    def rest(self) -> None:
        """What concerns the whole destination, and the run folder, is put in order again."""
        self._watch.look()
        self._edit("map again")
        self._watch.intervene("quota", organization=DESTINATION, accounts=40)
        self._watch.intervene("enabling_all_features", organization=DESTINATION, under_way=False)

    def obstacle(self, account_id: str, *, left: bool) -> str:
        """Why an account may not arrive; empty where it must.

        Args:
            account_id: a planned account.
            left: whether the ledger says that the run took it out of an organization.
        """
        held = self._watch.truth["accounts"][account_id]
        if account_id in self._meddled:
            return "somebody meddled"
        if held["organization"] == DESTINATION:
            return ""
        if held["state"] != "ACTIVE":
            return "it is suspended"
        if held["delegated"]:
            return "it is a delegated administrator"
        enters = rehearsed.DESTINATION_MANAGEMENT if self._watch.course.theirs else rehearsed.SOURCE_MANAGEMENT
        if enters not in str(held["roles"].get(_ROLE, held["roles"])):
            return "it cannot be entered"
        if account_id in self._denied:
            return "a policy forbids it to accept"
        if held["organization"] == SOURCE or (left and held["organization"] is None and account_id == STANDALONE):
            return ""
        return "somebody moved it"
