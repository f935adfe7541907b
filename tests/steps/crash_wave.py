"""The waves of the crash matrix: who takes a step, how they came to it, and what AWS must have done in the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import boto3

from orgtools import assess, steps
from orgtools.rehearsal.scenario import plain_wave
from tests import rehearsed
from tests.steps import own

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import orgtools
    from orgtools.rehearsal import Rehearsal

MANY: Final = tuple(plain_wave.account_id(number) for number in range(1, 21))
KINDS: Final = MANY[:4]
"""One of each kind: removed by the source, accepted for by a person, leaving by itself, and plain."""
STANDALONE: Final = MANY[::2]
THEMSELVES: Final = MANY[2::4]
"""Of the stand-alone path: they leave by themselves, the others are removed by the source."""
PERSON: Final = MANY[1]
"""Accepts with a session of Identity Center."""
TAGGED: Final = MANY[:3]
"""Planned with a tag, which somebody took off when they arrived: to place one takes two calls."""
FEW: Final = MANY[:2]
ONE: Final = MANY[:1]
ALONE: Final = MANY[2]
"""In an organizational unit of its own, and enrolled through Account Factory."""
OUTSIDE: Final = plain_wave.account_id(len(MANY) + 1)
UNITS: Final = ("Prod", "Test")
HANDOVER: Final = "[handover]\nprepare = true\nrevoke = true\n"
_CONTACT: Final = {"Title": "Head", "EmailAddress": "bills@example.com", "PhoneNumber": "+15550123"}
_ASSIGNMENTS: Final = "permission_set,principal,to_permission_set,to_principal\n" + "".join(
    f"Admins,USER {who},Admins,USER {rehearsed.there(who)}\n" for who in rehearsed.USERS
)


def nobody(_: Rehearsal) -> None:
    """Nobody does anything."""


@dataclass(frozen=True)
class Wave:
    """Accounts before a step.

    Attributes:
        step: what is killed.
        once: by operation: the accounts for which it must take effect once; who stands there twice, twice.
        earlier: the steps by which they come to it.
        planned: their ids.
        settings: more of migration.toml.
        zones: landing zones, by the number of the organization: 0 is the source.
        meanwhile: what somebody does to those who have come so far.
        furnish: what the organizations have besides what a scenario may say; nobody's step.
        begin: the first move in the new run.
        minutes: how long AWS works on what a call has begun.
        alone: those on the stand-alone path.
        tagged: those planned with a tag.
        theirs: whether the source is somebody else's: the destination enters accounts, which leave by themselves.
        asked: whether AWS is asked about each account, as in large organizations, or lists them.
    """

    step: steps.Step
    once: Mapping[str, tuple[str, ...]]
    earlier: tuple[steps.Step, ...] = ()
    planned: tuple[str, ...] = FEW
    settings: str = HANDOVER
    zones: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    meanwhile: Callable[[Rehearsal], None] = nobody
    furnish: Callable[[Rehearsal], None] = nobody
    begin: Callable[[orgtools.Migration], object] = lambda migration: assess.assess(
        migration, checks=rehearsed.DECIDING
    )
    minutes: float = 0.0
    alone: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    theirs: bool = False
    asked: bool = False

    def accounts_csv(self) -> str:
        """The plan."""
        rows = (
            f"{who},{_unit(who)},1,{self.path(who)},{'team=shop' if who in self.tagged else ''}" for who in self.planned
        )
        return "\n".join(("account_id,ou,wave,path,tags", *rows, ""))

    def path(self, who: str) -> str:
        """The path of an account in the plan."""
        return "standalone" if who in self.alone else "direct"

    def document(self) -> dict[str, Any]:
        """The accounts in the source, and two that the plan does not name."""
        made = plain_wave.document(len(self.planned))
        source, destination = made["organizations"]
        source["profile"], destination["profile"] = "source", "destination"
        source["units"] = ["Legacy", "Legacy/Online"]
        destination["units"] = sorted({_unit(who) for who in self.planned})
        alone = {"direct_transfer": False, "payment_method": True, "phone_verified": True, "agreement_accepted": True}
        for table in source["accounts"]:
            roles = [
                _role("OrganizationAccountAccessRole", plain_wave.DESTINATION if self.theirs else plain_wave.SOURCE)
            ]
            if table["id"] == ALONE:
                roles.append(_role("AWSControlTowerExecution", plain_wave.DESTINATION))
            table |= {"roles": roles, **(alone if self.path(table["id"]) == "standalone" else {})}
        source["portal"] = {"profile": "people", "token": "made-up", "assignments": {PERSON: ["Accept"]}}
        outside = {"id": OUTSIDE, "name": "outside", "email": "outside@example.com", "unit": "Legacy"}
        resident = {"id": rehearsed.RESIDENT, "name": "resident", "email": "resident@example.com", "unit": "Prod"}
        source["accounts"].append(outside)
        destination["accounts"] = [resident]
        for number, zone in self.zones.items():
            made["organizations"][number]["landing_zone"] = dict(zone)
        for side in made["organizations"]:
            side["trusted_services"] = ["account.amazonaws.com"]
        made["switches"] = {"membership_change_hours": 0.0}
        made["invitations"] = [
            {"id": rehearsed.OUTSIDE_INVITATION, "organization": destination["id"], "account": OUTSIDE, "days_ago": 5}
        ]
        return made


def _role(name: str, trusts: str) -> dict[str, Any]:
    return {"name": name, "trusts": [trusts]}


def _unit(who: str) -> str:
    return "Alone" if who == ALONE else UNITS[MANY.index(who) % 2]


def _untagged(rehearsal: Rehearsal) -> None:
    for who in TAGGED:
        rehearsal.intervene("tag", account=who, tags={})


def _home_by_hand(rehearsal: Rehearsal) -> None:
    """The first one; it gets back what both edits replaced."""
    rehearsal.intervene("join", account=FEW[0], organization=rehearsed.SOURCE, unit="Legacy")


def _centers(_: Rehearsal) -> None:
    """A permission set in the destination; moto makes up the same ids every time."""
    rehearsed.permission_set("destination")


def _exported_contacts(migration: orgtools.Migration) -> None:
    """With two contacts each, which nobody has any more when the world is made anew."""
    held: Any = boto3.Session(profile_name="source").client("account")
    for who in ONE:
        for kind in ("BILLING", "SECURITY"):
            held.put_alternate_contact(AccountId=who, AlternateContactType=kind, Name=f"Made Up {kind}", **_CONTACT)
    exported(migration)


def _exported_assignments(migration: orgtools.Migration) -> None:
    """With two assignments each, and the file that maps them."""
    made = rehearsed.permission_set("source")
    for who in ONE:
        rehearsed.assigned(who, rehearsed.USERS, *made)
    (migration.folder / "assignments.csv").write_text(_ASSIGNMENTS, encoding="utf-8")
    exported(migration)


def exported(migration: orgtools.Migration) -> None:
    """The first move of a run that has what the accounts lose, and has assessed them."""
    assess.export(migration, ONE)
    assess.assess(migration, checks=rehearsed.DECIDING)


_WAY: Final = (steps.INVITE, steps.LEAVE, steps.ACCEPT, steps.PLACE)
_HANDED: Final = (steps.INVITE, steps.PREPARE, steps.ACCEPT, steps.PLACE)
_REVOKED: Final = (*_HANDED, steps.REVOKE)
_UPDATE: Final = "UpdateAssumeRolePolicy"
_TERMINATE: Final = "TerminateProvisionedProduct"
_ENROLLING: Final = f"[control_tower]\naccount_factory = ['{ALONE}']\nalso = ['{rehearsed.RESIDENT}']\n"


def _way(planned: tuple[str, ...]) -> dict[str, Wave]:
    """The four steps that move accounts: every second one on the stand-alone path, the first ones with a tag."""
    alone, tagged = (tuple(who for who in kind if who in planned) for kind in (STANDALONE, TAGGED))
    themselves = tuple(who for who in THEMSELVES if who in planned)
    person = f"[access.accounts]\n{PERSON} = 'identity-center'\n"
    settings = f"[leave]\notherwise = {list(themselves)}\n{person}"
    removed = tuple(who for who in alone if who not in themselves)

    def before(step: steps.Step, once: Mapping[str, tuple[str, ...]], **more: Any) -> Wave:
        earlier = _WAY[: _WAY.index(step)]
        return Wave(step, once, earlier, planned, settings, alone=alone, tagged=tagged, **more)

    return {
        "invite": before(steps.INVITE, {"InviteAccountToOrganization": planned}),
        "leave": before(steps.LEAVE, {"RemoveAccountFromOrganization": removed, "LeaveOrganization": themselves}),
        "accept": before(steps.ACCEPT, {"AcceptHandshake": planned}),
        "place": before(steps.PLACE, {"MoveAccount": planned, "TagResource": tagged}, meanwhile=_untagged),
    }


EACH_KIND: Final = _way(KINDS)
"""The way of four accounts, no two of which are alike."""
MANY_ALIKE: Final = {f"{name} of many": made for name, made in _way(MANY).items()}
"""The way of twenty."""

ROUND: Final = {
    "prepare": Wave(steps.PREPARE, {_UPDATE: FEW}, _HANDED[:1]),
    "revoke": Wave(steps.REVOKE, {_UPDATE: ONE}, _HANDED, ONE),
    "restore-trust": Wave(steps.RESTORE, {_UPDATE: (*FEW, FEW[0])}, _REVOKED, meanwhile=_home_by_hand),
    "invite-back": Wave(steps.INVITE_BACK, {"InviteAccountToOrganization": ONE}, (*_REVOKED, steps.RESTORE), ONE),
    "leave-back": Wave(
        steps.LEAVE_BACK,
        {"RemoveAccountFromOrganization": FEW[:1], "LeaveOrganization": FEW[1:]},
        (*_HANDED[:2], steps.LEAVE, *_HANDED[2:], steps.REVOKE, steps.RESTORE, steps.INVITE_BACK),
        settings=f"{HANDOVER}[leave]\notherwise = {list(FEW[1:])}\n",
        alone=FEW,
    ),
    "accept-back": Wave(
        steps.ACCEPT_BACK, {"AcceptHandshake": ONE}, (*_REVOKED, steps.RESTORE, steps.INVITE_BACK), ONE
    ),
    "place-back": Wave(
        steps.PLACE_BACK,
        {"MoveAccount": ONE},
        (*_REVOKED, steps.RESTORE, steps.INVITE_BACK, steps.ACCEPT_BACK),
        ONE,
    ),
}
"""Handing over, and the way back."""

AROUND: Final = {
    "unenroll": Wave(
        steps.UNENROLL,
        {_TERMINATE: FEW},
        zones={0: {"registered": ["Legacy"], "products": FEW, "unenrolled": [OUTSIDE]}},
        minutes=21.0,
    ),
    "unenroll by moving": Wave(
        steps.UNENROLL,
        {"MoveAccount": ONE, _TERMINATE: ONE},
        planned=ONE,
        zones={0: {"registered": ["Legacy"], "products": ONE, "unenrolled": [OUTSIDE], "auto_enroll": True}},
        minutes=21.0,
    ),
    "enroll": Wave(
        steps.ENROLL,
        {
            "ResetEnabledBaseline": FEW[:1],
            "EnableBaseline": FEW[1:2],
            _TERMINATE: (ALONE,),
            "ProvisionProduct": (ALONE,),
        },
        (steps.INVITE, steps.ACCEPT, steps.PLACE),
        (*FEW, ALONE),
        _ENROLLING,
        zones={1: {"registered": ["Prod", "Alone"], "unenrolled": (*FEW, ALONE), "tainted": (ALONE,)}},
        minutes=21.0,
    ),
    "replicate": Wave(
        steps.REPLICATE,
        {"CreateOrganizationalUnit": ("/Prod/Legacy", "/Prod/Legacy/Online")},
        planned=ONE,
        settings="[place]\nreplicate_below = '/Prod'\n",
    ),
    "contacts": Wave(
        steps.CONTACTS,
        {"PutAlternateContact": ONE * 2},
        (steps.INVITE, steps.ACCEPT),
        ONE,
        "[restore]\ncontacts = true\n",
        begin=_exported_contacts,
    ),
    "assignments": Wave(
        steps.ASSIGNMENTS,
        {"CreateAccountAssignment": ONE * 2},
        (steps.INVITE, steps.ACCEPT),
        ONE,
        "[restore]\nassignments = true\n",
        begin=_exported_assignments,
        furnish=_centers,
    ),
}
"""Control Tower on both sides, the tree of units, contacts and assignments."""

_THEIRS: Final[dict[str, Any]] = {"settings": "", "alone": ONE, "theirs": True}
THEIRS: Final = {
    "invite, not the source's": Wave(steps.INVITE, {"InviteAccountToOrganization": FEW}, **_THEIRS),
    "leave by itself": Wave(steps.LEAVE, {"LeaveOrganization": ONE}, _WAY[:1], **_THEIRS),
    "accept, not the source's": Wave(steps.ACCEPT, {"AcceptHandshake": FEW}, _WAY[:2], **_THEIRS),
}
"""The way where nobody of the run has the source's credentials: one account leaves first, one moves directly."""


@cache
def waves() -> dict[str, Wave]:
    """Every wave, by its name: that of its step, or one that begins with it."""
    listed = {**EACH_KIND, **MANY_ALIKE, **ROUND, **AROUND, **THEIRS, **own.waves()}
    asked = {f"{name}, asked": replace(listed[name], asked=True) for name in (*EACH_KIND, "wave")}
    return {**listed, **asked}


def first_ones() -> list[str]:
    """The names of one wave for each step, which is named as the step is; any other goes another way to it."""
    return [name for name, wave in waves().items() if name == wave.step.name]


def long_ones() -> list[str]:
    """The names of those that take minutes: with many accounts, or a whole wave through Control Tower."""
    return [
        name for name, wave in waves().items() if len(wave.planned) > len(KINDS) or (wave.step.parts and wave.minutes)
    ]
