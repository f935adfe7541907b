"""Who may be invited, join, move and leave: each refusal with AWS's class and reason."""

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
Tables = dict[str, Any]
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"
ONE, TWO, ALONE = "300000000001", "300000000002", "600000000001"
READY_TO_STAND_ALONE = {"payment_method": True, "phone_verified": True, "agreement_accepted": True}

PLAIN: Tables = {
    "name": "plain",
    "organizations": [
        {
            "id": "o-sourceorg001",
            "root": "r-src1",
            "management": "111111111111",
            "profile": SOURCE,
            "units": ["Legacy"],
            "accounts": [
                {"id": ONE, "name": "one", "email": "one@example.com", "unit": "Legacy"},
                {"id": TWO, "name": "two", "email": "two@example.com", "unit": "Legacy"},
            ],
        },
        {
            "id": "o-destinatn01",
            "root": "r-dst1",
            "management": "222222222222",
            "profile": DESTINATION,
            "account_quota": 40,
            "units": ["Workloads/Prod", "Workloads/Test"],
        },
    ],
    "accounts": [{"id": ALONE, "name": "alone", "email": "alone@example.com", **READY_TO_STAND_ALONE, "roles": []}],
}


@pytest.fixture
def tables() -> Tables:
    """Two organizations, two members of the source, and one stand-alone account, to be changed."""
    return copy.deepcopy(PLAIN)


def one(tables: Tables) -> Tables:
    """The first member of the source."""
    account: Tables = tables["organizations"][0]["accounts"][0]
    return account


def test_a_delegated_administrator_cannot_leave_in_any_way(
    rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make, client: Make
) -> None:
    """API: LeaveOrganization, RemoveAccountFromOrganization."""
    one(tables).update(READY_TO_STAND_ALONE, delegated=["guardduty.amazonaws.com"])
    rehearsal.reset(tables)
    expected = ("ConstraintViolationException", "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")
    assert refused(member(ONE).accept_handshake, HandshakeId=invite(ONE)) == expected
    assert refused(member(ONE).leave_organization) == expected
    assert refused(client(SOURCE).remove_account_from_organization, AccountId=ONE) == expected


def test_a_created_account_waits_four_days(rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make) -> None:
    """API: LeaveOrganization; then the same invitation can be accepted."""
    one(tables)["created_days_ago"] = 2
    rehearsal.reset(tables)
    handshake = invite(ONE)
    refusal = refused(member(ONE).accept_handshake, HandshakeId=handshake)
    assert refusal == ("ConstraintViolationException", "WAIT_PERIOD_ACTIVE")
    assert refused(member(ONE).leave_organization) == refusal
    rehearsal.advance(timedelta(days=2, hours=1))
    assert member(ONE).accept_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"


def test_an_invited_account_need_not_wait(rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make) -> None:
    """API: LeaveOrganization, "Invited accounts aren't subject to this waiting period"."""
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": ["111111111111"]}]
    one(tables).update(created_days_ago=2, joined="INVITED", joined_days_ago=1, roles=roles)
    rehearsal.reset(tables)
    assert member(ONE).accept_handshake(HandshakeId=invite(ONE))["Handshake"]["State"] == "ACCEPTED"


def test_a_management_account_can_be_invited_but_not_join(rehearsal: Rehearsal, tables: Tables, client: Make) -> None:
    """API: AcceptHandshake raises MasterCannotLeaveOrganizationException since direct transfers exist."""
    rehearsal.reset(tables)
    target = {"Type": "ACCOUNT", "Id": "111111111111"}
    handshake = client().invite_account_to_organization(Target=target)["Handshake"]["Id"]
    expected = ("MasterCannotLeaveOrganizationException", None)
    assert refused(client(SOURCE).accept_handshake, HandshakeId=handshake) == expected
    assert refused(client(SOURCE).leave_organization) == expected
    removal = client(SOURCE).remove_account_from_organization
    assert refused(removal, AccountId="111111111111") == expected


def test_a_member_cannot_be_invited_again(rehearsal: Rehearsal, tables: Tables, client: Make) -> None:
    """API: HandshakeConstraintViolationException."""
    rehearsal.reset(tables)
    refusal = refused(client(SOURCE).invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE})
    assert refusal == ("HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION")


def test_an_account_that_cannot_transfer_takes_the_stand_alone_path(
    rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make, client: Make
) -> None:
    """Removed by the source, it accepts the same invitation as a stand-alone account."""
    one(tables).update(READY_TO_STAND_ALONE, direct_transfer=False)
    rehearsal.reset(tables)
    handshake = invite(ONE)
    refusal = refused(member(ONE).accept_handshake, HandshakeId=handshake)
    assert refusal == ("HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION")
    client(SOURCE).remove_account_from_organization(AccountId=ONE)
    assert refused(member(ONE).describe_organization) == ("AWSOrganizationsNotInUseException", None)
    assert member(ONE).accept_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"


def test_an_account_that_cannot_transfer_does_not_transfer_back_either(
    rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make, client: Make
) -> None:
    """The destination lets it go by the same rules; then it accepts the source's invitation."""
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": ["111111111111"]}]
    arrived = {**one(tables), **READY_TO_STAND_ALONE, "unit": "/", "direct_transfer": False, "joined": "INVITED"}
    tables["organizations"][1]["accounts"] = [{**arrived, "roles": roles}]
    del tables["organizations"][0]["accounts"][0]
    rehearsal.reset(tables)
    handshake = invite(ONE, profile=SOURCE)
    refusal = refused(member(ONE).accept_handshake, HandshakeId=handshake)
    assert refusal == ("HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION")
    removal = client(DESTINATION).remove_account_from_organization
    assert refused(client(SOURCE).remove_account_from_organization, AccountId=ONE) == ("AccountNotFoundException", None)
    rehearsal.intervene("delegate", account=ONE, service="guardduty.amazonaws.com")
    delegated = ("ConstraintViolationException", "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")
    assert refused(removal, AccountId=ONE) == refused(member(ONE).leave_organization) == delegated
    client(DESTINATION).deregister_delegated_administrator(AccountId=ONE, ServicePrincipal="guardduty.amazonaws.com")
    removal(AccountId=ONE)
    assert member(ONE).accept_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"


@pytest.mark.parametrize(
    "missing_and_reason",
    [
        ("agreement_accepted", "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"),
        ("phone_verified", "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"),
        ("payment_method", "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
    ],
)
def test_leaving_needs_what_a_stand_alone_account_needs(
    missing_and_reason: tuple[str, str], rehearsal: Rehearsal, tables: Tables, member: Make, client: Make
) -> None:
    """API: LeaveOrganization and RemoveAccountFromOrganization."""
    missing, reason = missing_and_reason
    one(tables).update(READY_TO_STAND_ALONE, **{missing: False})
    rehearsal.reset(tables)
    expected = ("ConstraintViolationException", reason)
    assert refused(member(ONE).leave_organization) == expected
    assert refused(client(SOURCE).remove_account_from_organization, AccountId=ONE) == expected


def test_an_account_that_lacks_everything_hears_of_the_payment_method_first(
    rehearsal: Rehearsal, tables: Tables, member: Make
) -> None:
    """In the order and the words that AWS was seen to answer."""
    rehearsal.reset(tables)
    seen = "The member account must be configured with a valid payment method, such as a credit card."
    leave = member(ONE).leave_organization
    assert refused(leave) == ("ConstraintViolationException", "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED")
    with pytest.raises(ClientError, match=seen):
        leave()


def test_a_stand_alone_account_joins_only_with_a_payment_method(
    rehearsal: Rehearsal, tables: Tables, invite: Make, member: Make
) -> None:
    """API: HandshakeConstraintViolationException, PAYMENT_INSTRUMENT_REQUIRED."""
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": ["222222222222"]}]
    tables["accounts"][0].update(payment_method=False, roles=roles)
    rehearsal.reset(tables)
    refusal = refused(member(ALONE, profile=DESTINATION).accept_handshake, HandshakeId=invite(ALONE))
    assert refusal == ("HandshakeConstraintViolationException", "PAYMENT_INSTRUMENT_REQUIRED")


def test_leaving_deletes_the_tags_of_the_account_object(rehearsal: Rehearsal, tables: Tables, member: Make) -> None:
    """API: LeaveOrganization; accounts outside of an organization have no tags."""
    one(tables).update(READY_TO_STAND_ALONE, tags={"team": "shop"})
    rehearsal.reset(tables)
    member(ONE).leave_organization()
    account = rehearsal.world()["accounts"][ONE]
    assert (account["organization"], account["tags"]) == (None, {})


def test_the_other_seller_of_record_is_refused(rehearsal: Rehearsal, tables: Tables, client: Make) -> None:
    """User guide, orgs_account_migration; when it is checked is ours."""
    one(tables)["seller"] = "AWS EMEA SARL"
    rehearsal.reset(tables)
    refusal = refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE})
    assert refusal == ("HandshakeConstraintViolationException", "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD")


def test_a_young_destination_receives_stand_alone_accounts_only(
    rehearsal: Rehearsal, tables: Tables, client: Make, invite: Make
) -> None:
    """User guide, orgs_account_migration: a direct transfer needs a destination of at least seven days."""
    tables["organizations"][1]["age_days"] = 5
    rehearsal.reset(tables)
    refusal = refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE})
    assert refusal == ("ConstraintViolationException", "WAIT_PERIOD_ACTIVE")
    assert invite(ALONE)
    rehearsal.advance(timedelta(days=2, hours=1))
    assert invite(ONE)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"email_verified": False}, ("AccountOwnerNotVerifiedException", None)),
        ({"finalizing": True}, ("FinalizingOrganizationException", None)),
        (
            {"enabling_all_features": True},
            ("HandshakeConstraintViolationException", "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES"),
        ),
        ({"account_quota": 1}, ("HandshakeConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED")),
        ({"age_days": 0.01}, ("HandshakeConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED")),
    ],
)
def test_the_senders_own_state_can_forbid_inviting(
    setting: Tables, expected: object, rehearsal: Rehearsal, tables: Tables, client: Make
) -> None:
    """API: InviteAccountToOrganization."""
    tables["organizations"][1].update(setting)
    rehearsal.reset(tables)
    assert refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ALONE}) == expected


def test_pending_invitations_count_against_the_account_quota(
    rehearsal: Rehearsal, tables: Tables, client: Make, invite: Make
) -> None:
    """User guide, orgs_reference_limits; canceling and expiry give the place back."""
    tables["organizations"][1]["account_quota"] = 2
    rehearsal.reset(tables)
    first = invite(ONE)
    target = {"Type": "ACCOUNT", "Id": TWO}
    full = ("HandshakeConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
    assert refused(client().invite_account_to_organization, Target=target) == full
    client().cancel_handshake(HandshakeId=first)
    invite(TWO)
    assert refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE}) == full
    rehearsal.advance(timedelta(days=15, minutes=1))
    assert invite(ONE)


def test_a_closed_account_counts_for_ninety_days(
    rehearsal: Rehearsal, tables: Tables, client: Make, invite: Make
) -> None:
    """User guide, orgs_reference_limits."""
    tables["organizations"][1].update(
        account_quota=2, accounts=[{"id": "400000000001", "name": "old", "email": "old@example.com"}]
    )
    rehearsal.reset(tables)
    client().close_account(AccountId="400000000001")
    refusal = refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE})
    assert refusal == ("HandshakeConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
    rehearsal.advance(timedelta(days=90, minutes=1))
    assert invite(ONE)


def test_twenty_attempts_in_a_day_and_canceled_ones_count(
    rehearsal: Rehearsal, tables: Tables, client: Make, invite: Make, member: Make
) -> None:
    """The larger of 20 and the quota; accepted invitations do not count; after a day there is room again."""
    tables["organizations"][1]["account_quota"] = 5
    rehearsal.reset(tables)
    member(TWO).accept_handshake(HandshakeId=invite(TWO))
    for _ in range(20):
        client().cancel_handshake(HandshakeId=invite(ONE))
    refusal = refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": ONE})
    assert refusal == ("HandshakeConstraintViolationException", "HANDSHAKE_RATE_LIMIT_EXCEEDED")
    rehearsal.advance(timedelta(hours=24))
    assert invite(ONE)


def test_an_account_does_not_move_on_at_once(
    rehearsal: Rehearsal, tables: Tables, client: Make, invite: Make, member: Make
) -> None:
    """The way back is refused for a time that AWS does not publish; here a day."""
    rehearsal.reset(tables)
    member(ONE).accept_handshake(HandshakeId=invite(ONE))
    back = invite(ONE, profile=SOURCE)
    refusal = refused(member(ONE).accept_handshake, HandshakeId=back)
    assert refusal == ("HandshakeConstraintViolationException", "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED")
    rehearsal.advance(timedelta(hours=24, minutes=1))
    assert member(ONE).accept_handshake(HandshakeId=back)["Handshake"]["State"] == "ACCEPTED"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({"Type": "ACCOUNT", "Id": "12345"}, "INVALID_PATTERN_TARGET_ID"),
        ({"Type": "ACCOUNT", "Id": "999999999999"}, "INVALID_PARTY_TYPE_TARGET"),
        ({"Type": "EMAIL", "Id": "nobody"}, "INVALID_EMAIL_ADDRESS_TARGET"),
        ({"Type": "ORGANIZATION", "Id": "o-sourceorg001"}, "INVALID_PARTY_TYPE_TARGET"),
    ],
)
def test_a_wrong_target_is_invalid_input(target: Tables, reason: str, client: Make) -> None:
    """API: InvalidInputException."""
    refusal = refused(client().invite_account_to_organization, Target=target)
    assert refusal == ("InvalidInputException", reason)


def test_long_notes_and_wrong_tags_are_invalid_input(client: Make) -> None:
    """Notes have 1,024 characters at most; tag keys are unique and not AWS's own; there are 50 at most."""
    call = client().invite_account_to_organization
    target = {"Type": "ACCOUNT", "Id": ONE}

    def tags(*keys: str) -> list[dict[str, str]]:
        return [{"Key": key, "Value": ""} for key in keys]

    target["Id"] = "300000000002"
    assert refused(call, Target=target, Tags=tags("a", "a"))[1] == "DUPLICATE_TAG_KEY"
    assert refused(call, Target=target, Tags=tags("aws:x"))[1] == "INVALID_SYSTEM_TAGS_PARAMETER"
    many = tags(*(str(number) for number in range(51)))
    assert refused(call, Target=target, Tags=many) == ("ConstraintViolationException", "MAX_TAG_LIMIT_EXCEEDED")
    assert refused(call, Target=target, Notes="x" * 1025)[1] == "MAX_LENGTH_EXCEEDED"


def test_members_may_not_manage(member: Make) -> None:
    """Inviting, removing and moving are the management account's."""
    inside = member("300000000002")
    target = {"Type": "ACCOUNT", "Id": "300000000003"}
    assert refused(inside.invite_account_to_organization, Target=target)[0] == "AccessDeniedException"
    assert refused(inside.remove_account_from_organization, AccountId="300000000003")[0] == "AccessDeniedException"
    assert refused(inside.list_accounts)[0] == "AccessDeniedException"


def test_nobody_calls_from_a_suspended_account(rehearsal: Rehearsal, member: Make) -> None:
    """Sessions opened before the suspension are of no use either."""
    inside = member("300000000002")
    rehearsal.intervene("state", account="300000000002", state="SUSPENDED")
    assert refused(inside.list_handshakes_for_account)[0] == "AccessDeniedException"
