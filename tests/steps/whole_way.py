"""The course of the whole way: Control Tower on both sides, access handed over, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import boto3

from orgtools import assess
from orgtools.steps import (
    ACCEPT,
    ACCEPT_BACK,
    CANCEL,
    CONTACTS,
    COST_TAGS,
    ENROLL,
    INVITE,
    INVITE_BACK,
    LEAVE,
    LEAVE_BACK,
    PLACE,
    PLACE_BACK,
    PREPARE,
    RESTORE,
    REVOKE,
    SHARES,
    UNENROLL,
    WAVE,
)
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, OUTSIDE, PLAIN, SOURCE, SOURCE_MANAGEMENT, STANDALONE
from tests.steps.course import Course, Json, in_it, invited, member_of, out_of, out_of_the_source, pending, small

if TYPE_CHECKING:
    import orgtools
    from orgtools.rehearsal import Rehearsal

GOVERNED, SIGNED_IN = PLAIN[:2]
"""In the source's Control Tower; and one that a person accepts for, whom the destination enrolls by Account Factory."""
ROLE: Final = "OrganizationAccountAccessRole"
_UNITS: Final = {GOVERNED: "Prod", SIGNED_IN: "Alone", STANDALONE: "Test"}
_KINDS: Final = ("BILLING", "SECURITY")
_CONTACT: Final = {"Name": "Made Up", "Title": "Head", "EmailAddress": "bills@example.com", "PhoneNumber": "+15550123"}
_SETTINGS: Final = (
    "[handover]\nprepare = true\nrevoke = true\n"
    "[restore]\ncontacts = true\nshares = true\ncost_tags = true\n"
    f"[leave]\nby = 'member'\n[control_tower]\naccount_factory = ['{SIGNED_IN}']\n"
    f"[access.accounts]\n{SIGNED_IN} = 'identity-center'\n"
    "[access.identity_center]\nprofile = 'people'\npermission_set = 'Accept'\n"
)


def _scenario() -> Json:
    made = small(tuple(_UNITS), ["Legacy"], ["Prod", "Test", "Alone", "Elsewhere"])
    source, destination, _ = made["organizations"]
    for side in (source, destination):
        side["trusted_services"] = ["account.amazonaws.com"]
    source["units"].append("Elsewhere")
    source["landing_zone"] = {"registered": ["Legacy"], "products": [GOVERNED]}
    source["portal"] = {"profile": "people", "token": "made-up", "assignments": {SIGNED_IN: ["Accept"]}}
    destination["landing_zone"] = {"registered": ["Prod", "Alone"]}
    source["cost_tags"], destination["cost_tags"] = {"team": "Active"}, {"team": "Inactive"}
    before = {"owner": OUTSIDE, "account": GOVERNED, "name": "network", "state": "ACCEPTED", "days_ago": 200}
    made["shares"] = [before, {"owner": OUTSIDE, "account": GOVERNED, "name": "rules"}]
    for table in source["accounts"]:
        table["roles"] = [{"name": ROLE, "trusts": [SOURCE_MANAGEMENT]}]
        if table["id"] == GOVERNED:
            table["unit"] = "Legacy"
        if table["id"] == SIGNED_IN:
            table["roles"].append({"name": "AWSControlTowerExecution", "trusts": [DESTINATION_MANAGEMENT]})
    return made


def _exported(migration: orgtools.Migration, _: Rehearsal) -> None:
    """With contacts, which are gone when the world is made anew."""
    held: Any = boto3.Session(profile_name="source").client("account")
    for kind in _KINDS:
        held.put_alternate_contact(AccountId=GOVERNED, AlternateContactType=kind, **_CONTACT)
    assess.export(migration, [GOVERNED])


def _zone(world: Json, organization: str) -> Json:
    found: Json = world["organizations"][organization]["landing_zone"]
    return found


def _trusts(management: str, *, wanted: bool = True) -> Any:
    return lambda world, account_id: (management in str(world["accounts"][account_id]["roles"][ROLE])) is wanted


def _shared(world: Json, account_id: str) -> bool:
    """With what its former owner offers anew, if it offers something."""
    return account_id != GOVERNED or "rules" in world["accounts"][account_id]["shares"]


def _allocated(world: Json, _: str) -> bool:
    return bool(world["organizations"][DESTINATION]["cost_tags"]["team"] == "Active")


def _untouched(world: Json, account_id: str) -> bool:
    """Neither governed any more nor left over, or gone."""
    zone = _zone(world, SOURCE)
    free = account_id not in zone["enrolled"] and account_id not in zone["products"]
    return free or out_of_the_source(world, account_id)


def _let_go(world: Json, account_id: str) -> bool:
    """Whether Account Factory has begun to let it go."""
    return _zone(world, SOURCE)["products"].get(account_id) not in ("AVAILABLE", "TAINTED") or _untouched(
        world, account_id
    )


def _cleaned(world: Json, account_id: str) -> bool:
    return _zone(world, DESTINATION)["products"].get(account_id) not in ("AVAILABLE", "TAINTED", "ERROR")


def _provided(world: Json, account_id: str) -> bool:
    return account_id in _zone(world, DESTINATION)["products"] or _enrolled(world, account_id)


def _registered(world: Json, account_id: str) -> bool:
    """Whether Control Tower knows the account: it does as soon as it has begun to register its unit."""
    return account_id in _zone(world, DESTINATION)["enrolled"]


def _enrolled(world: Json, account_id: str) -> bool:
    return bool(_zone(world, DESTINATION)["enrolled"].get(account_id) == "SUCCEEDED")


def _at_home(world: Json, account_id: str) -> bool:
    return WHOLE.at_home(world, account_id)


def _tagged(world: Json, account_id: str) -> bool:
    return WHOLE.tagged(world, account_id)


def _through(world: Json, account_id: str) -> bool:
    """Arrived, enrolled, and the source's access gone; with its contacts, if it had any."""
    held = world["accounts"][account_id]
    kinds = set(_KINDS) if account_id == GOVERNED else set()
    return (
        _enrolled(world, account_id)
        and held["entered_by"] == [DESTINATION_MANAGEMENT]
        and kinds <= held["contacts"].keys()
    )


def _back(world: Json, account_id: str) -> bool:
    """Where it was; what Control Tower governed in the source it does not govern any more."""
    unit = world["accounts"][account_id]["unit"]
    return member_of(world, account_id, SOURCE) and unit == ("Legacy" if account_id == GOVERNED else "/")


def _whole(world: Json, account_id: str) -> bool:
    """There, and entered as it was: through the source, and by nobody else whom the run let in."""
    held = world["accounts"][account_id]["roles"][ROLE]
    return _back(world, account_id) and SOURCE_MANAGEMENT in str(held) and DESTINATION_MANAGEMENT not in str(held)


_ONWARD: Final = (UNENROLL, INVITE, PREPARE, LEAVE, ACCEPT, PLACE, ENROLL, CONTACTS, SHARES, COST_TAGS, REVOKE)
_UPDATE: Final = "UpdateAssumeRolePolicy"
WHOLE: Final = Course(
    steps=(*_ONWARD, CANCEL, RESTORE, INVITE_BACK, LEAVE_BACK, ACCEPT_BACK, PLACE_BACK),
    onward=_ONWARD,
    back=(CANCEL, RESTORE, INVITE_BACK, LEAVE_BACK, ACCEPT_BACK, RESTORE, PLACE_BACK),
    starts=(
        (),
        (UNENROLL, INVITE, PREPARE),
        (LEAVE, ACCEPT, PLACE),
        (ENROLL, REVOKE),
        (RESTORE, INVITE_BACK),
    ),
    units=_UNITS,
    tags={GOVERNED: {"team": "shop"}},
    scenario=_scenario,
    settings=_SETTINGS,
    prepare=_exported,
    effects={
        ("unenroll", "TerminateProvisionedProduct"): _let_go,
        ("invite", "InviteAccountToOrganization"): invited(DESTINATION),
        ("prepare", _UPDATE): _trusts(DESTINATION_MANAGEMENT),
        ("leave", "LeaveOrganization"): out_of_the_source,
        ("accept", "AcceptHandshake"): in_it(DESTINATION),
        ("place", "MoveAccount"): _at_home,
        ("place", "TagResource"): _tagged,
        ("enroll", "EnableBaseline"): _registered,
        ("enroll", "ResetEnabledBaseline"): _registered,
        ("enroll", "ProvisionProduct"): _provided,
        ("enroll", "TerminateProvisionedProduct"): _cleaned,
        ("contacts", "PutAlternateContact"): lambda world, account_id: bool(world["accounts"][account_id]["contacts"]),
        ("shares", "AcceptResourceShareInvitation"): _shared,
        ("cost-tags", "UpdateCostAllocationTagsStatus"): _allocated,
        ("revoke", _UPDATE): _trusts(SOURCE_MANAGEMENT, wanted=False),
        ("cancel", "CancelHandshake"): lambda world, account_id: not pending(world, account_id),
        ("restore-trust", _UPDATE): _trusts(SOURCE_MANAGEMENT),
        ("invite-back", "InviteAccountToOrganization"): invited(SOURCE),
        ("leave-back", "LeaveOrganization"): out_of(DESTINATION),
        ("accept-back", "AcceptHandshake"): in_it(SOURCE),
        ("place-back", "MoveAccount"): _back,
    },
    claims={
        "unenroll": _untouched,
        "invite": invited(DESTINATION),
        "prepare": _trusts(DESTINATION_MANAGEMENT),
        "leave": out_of_the_source,
        "accept": in_it(DESTINATION),
        "place": lambda world, account_id: _at_home(world, account_id) and _tagged(world, account_id),
        "enroll": _enrolled,
        "contacts": lambda world, account_id: set(_KINDS) <= world["accounts"][account_id]["contacts"].keys(),
        "shares": _shared,
        "cost-tags": _allocated,
        "revoke": _trusts(SOURCE_MANAGEMENT, wanted=False),
        "cancel": lambda world, account_id: not pending(world, account_id),
        "restore-trust": _trusts(SOURCE_MANAGEMENT),
        "invite-back": invited(SOURCE),
        "leave-back": out_of(DESTINATION),
        "accept-back": in_it(SOURCE),
        "place-back": _back,
    },
    through=_through,
    whole=_whole,
    begins=frozenset({"unenroll", "enroll"}),
    moving=frozenset(
        {
            *("organization", "unit", "parent", "tags", "joined_method", "joined_at"),
            *("roles", "entered_by", "contacts", "shares"),
        }
    ),
    inviting=(DESTINATION, SOURCE),
    calls=(
        "TerminateProvisionedProduct",
        "InviteAccountToOrganization",
        _UPDATE,
        "LeaveOrganization",
        "AcceptHandshake",
        "MoveAccount",
        "EnableBaseline",
        "ResetEnabledBaseline",
        "ProvisionProduct",
        "PutAlternateContact",
        "AcceptResourceShareInvitation",
        "UpdateCostAllocationTagsStatus",
        "CancelHandshake",
    ),
    reads=(
        "ListAccounts",
        "ListHandshakesForOrganization",
        "ListEnabledBaselines",
        "GetBaselineOperation",
        "DescribeRecord",
        "SearchProvisionedProducts",
        "GetRole",
        "AssumeRole",
        "GetRoleCredentials",
        "GetAlternateContact",
        "GetResourceShareInvitations",
        "ListCostAllocationTags",
    ),
    acts=(
        *("cancel", "decline", "accept by hand", "invite by hand", "court", "reject", "move away", "move home", "tag"),
        *("remove", "join the source", "join the destination", "suspend", "reopen", "distrust", "trust", "trust both"),
        *("cancel the invitation back", "decline to go back", "invite back by hand", "edit the trust policy"),
        *("fill the quota", "raise the quota"),
    ),
    meddling=frozenset(
        {
            *("accept by hand", "move away", "remove", "join the source", "join the destination", "suspend"),
            *("distrust", "trust", "trust both", "edit the trust policy"),
        }
    ),
)
"""Every step that has calls of its own, from wherever accounts stand."""

WHOLE_IN_ONE_GO: Final = replace(
    WHOLE,
    steps=(WAVE, UNENROLL, INVITE, WAVE, PREPARE, LEAVE, WAVE, ACCEPT, PLACE, WAVE, ENROLL, REVOKE),
    onward=(WAVE, CONTACTS, SHARES, COST_TAGS, REVOKE),
    back=(),
    starts=((), (UNENROLL, INVITE, PREPARE), (LEAVE, ACCEPT, PLACE)),
    claims={
        **WHOLE.claims,
        "wave": lambda world, account_id: _enrolled(world, account_id) and _tagged(world, account_id),
    },
    begins=WHOLE.begins | {"wave"},
)
"""The same way in waves that go the whole of it, with single steps in between; nobody goes back."""
