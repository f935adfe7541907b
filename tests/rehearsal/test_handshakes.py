"""Invitations: sent, read, answered, closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SHOP = "012345678901"
SOURCE, DESTINATION, THIRD = "rehearsal-source", "rehearsal-destination", "rehearsal-third"

TRANSFER = "h-billtransfer1"
SOURCE_MANAGEMENT = "111111111111"


def states(client: Any) -> dict[str, str]:
    """The state of every handshake an organization sent, by id."""
    pages = client.get_paginator("list_handshakes_for_organization").paginate()
    return {handshake["Id"]: handshake["State"] for page in pages for handshake in page["Handshakes"]}


def test_an_invitation_names_sender_target_and_both_in_its_arn(client: Make) -> None:
    """The handshake carries what an account needs to check before it accepts."""
    answer = client().invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": SHOP}, Notes="Hello")
    handshake = answer["Handshake"]
    assert handshake["Arn"] == f"arn:aws:organizations::222222222222:handshake/o-exampledst1/invite/{handshake['Id']}"
    assert {(party["Type"], party["Id"]) for party in handshake["Parties"]} == {
        ("ORGANIZATION", "o-exampledst1"),
        ("ACCOUNT", SHOP),
    }
    assert handshake["State"] == "OPEN"
    assert handshake["ExpirationTimestamp"] - handshake["RequestedTimestamp"] == timedelta(days=15)
    kinds = [resource["Type"] for resource in handshake["Resources"]]
    assert kinds == ["ORGANIZATION", "ACCOUNT", "NOTES"]


def test_the_order_of_parties_is_not_fixed(invite: Make, client: Make) -> None:
    """A client that takes the first party for the organization fails here instead of in production."""
    first = {
        client().describe_handshake(HandshakeId=invite(account))["Handshake"]["Parties"][0]["Type"]
        for account in (SHOP, "300000000002")
    }
    assert first == {"ORGANIZATION", "ACCOUNT"}


def test_accepting_as_a_member_moves_directly(rehearsal: Rehearsal, invite: Make, member: Make, client: Make) -> None:
    """A direct transfer ends in the destination's root, with the invitation's tags and without the old ones."""
    handshake = invite(SHOP, Tags=[{"Key": "wave", "Value": "1"}])
    before = rehearsal.now().replace(microsecond=0)
    accepted = member(SHOP).accept_handshake(HandshakeId=handshake)["Handshake"]
    assert accepted["State"] == "ACCEPTED"
    arrived = client().describe_account(AccountId=SHOP)["Account"]
    assert arrived["JoinedMethod"] == "INVITED"
    assert before <= arrived["JoinedTimestamp"] <= rehearsal.now()
    assert client().list_parents(ChildId=SHOP)["Parents"] == [{"Id": "r-dst1", "Type": "ROOT"}]
    assert client().list_tags_for_resource(ResourceId=SHOP)["Tags"] == [{"Key": "wave", "Value": "1"}]
    assert rehearsal.world()["accounts"][SHOP]["organization"] == "o-exampledst1"


def test_the_source_no_longer_knows_a_moved_account(invite: Make, member: Make, client: Make) -> None:
    """The old management account cannot describe an account that has left."""
    member(SHOP).accept_handshake(HandshakeId=invite(SHOP))
    assert refused(client(SOURCE).describe_account, AccountId=SHOP) == ("AccountNotFoundException", None)


def test_a_session_goes_on_after_the_move(invite: Make, member: Make) -> None:
    """The role still trusts the old management account, and its sessions last."""
    inside = member(SHOP)
    inside.accept_handshake(HandshakeId=invite(SHOP))
    assert inside.describe_organization()["Organization"]["Id"] == "o-exampledst1"
    assert member(SHOP).describe_organization()["Organization"]["Id"] == "o-exampledst1"


def test_an_account_can_decline(invite: Make, member: Make, client: Make) -> None:
    """The recipient closes the invitation; it stays listed as declined."""
    handshake = invite(SHOP)
    assert member(SHOP).decline_handshake(HandshakeId=handshake)["Handshake"]["State"] == "DECLINED"
    assert states(client())[handshake] == "DECLINED"


def test_the_sender_can_cancel(invite: Make, client: Make) -> None:
    """The sender closes the invitation; it stays listed as canceled."""
    handshake = invite(SHOP)
    assert client().cancel_handshake(HandshakeId=handshake)["Handshake"]["State"] == "CANCELED"
    assert states(client())[handshake] == "CANCELED"


@pytest.mark.parametrize("how", ["accept", "decline"])
def test_a_canceled_invitation_cannot_be_answered(how: str, invite: Make, client: Make, member: Make) -> None:
    """What is over stays over."""
    handshake = invite(SHOP)
    client().cancel_handshake(HandshakeId=handshake)
    answer = getattr(member(SHOP), f"{how}_handshake")
    assert refused(answer, HandshakeId=handshake) == ("InvalidHandshakeTransitionException", None)


@pytest.mark.parametrize("how", ["accept", "decline"])
def test_answering_twice_says_already_in_state(how: str, invite: Make, member: Make) -> None:
    """A lost answer turns the second try into this error although the first one worked."""
    handshake, inside = invite(SHOP), member(SHOP)
    answer = getattr(inside, f"{how}_handshake")
    answer(HandshakeId=handshake)
    assert refused(answer, HandshakeId=handshake) == ("HandshakeAlreadyInStateException", None)


def test_canceling_twice_says_already_in_state(invite: Make, client: Make) -> None:
    """The same for the sender."""
    handshake = invite(SHOP)
    client().cancel_handshake(HandshakeId=handshake)
    refusal = refused(client().cancel_handshake, HandshakeId=handshake)
    assert refusal == ("HandshakeAlreadyInStateException", None)


def test_an_accepted_invitation_cannot_be_canceled(invite: Make, client: Make, member: Make) -> None:
    """API: InvalidHandshakeTransitionException, its own example."""
    handshake = invite(SHOP)
    member(SHOP).accept_handshake(HandshakeId=handshake)
    refusal = refused(client().cancel_handshake, HandshakeId=handshake)
    assert refusal == ("InvalidHandshakeTransitionException", None)


def test_a_second_invitation_is_a_duplicate_until_the_first_is_closed(invite: Make, client: Make) -> None:
    """One pending invitation for each account and organization."""
    handshake = invite(SHOP)
    target = {"Type": "ACCOUNT", "Id": SHOP}
    refusal = refused(client().invite_account_to_organization, Target=target)
    assert refusal == ("DuplicateHandshakeException", None)
    client().cancel_handshake(HandshakeId=handshake)
    assert invite(SHOP) != handshake


def test_only_the_parties_may_answer(invite: Make, client: Make, member: Make) -> None:
    """The sender cannot accept or decline, the recipient cannot cancel, others cannot find it."""
    handshake = invite(SHOP)
    assert refused(client().accept_handshake, HandshakeId=handshake)[0] == "AccessDeniedException"
    assert refused(client().decline_handshake, HandshakeId=handshake)[0] == "AccessDeniedException"
    assert refused(member(SHOP).cancel_handshake, HandshakeId=handshake)[0] == "AccessDeniedException"
    other = member("300000000002")
    for method in (other.accept_handshake, other.describe_handshake, client(THIRD).cancel_handshake):
        assert refused(method, HandshakeId=handshake) == ("HandshakeNotFoundException", None)


def test_both_parties_can_describe(invite: Make, client: Make, member: Make) -> None:
    """The same handshake from either side."""
    handshake = invite(SHOP)
    for side in (client(), member(SHOP)):
        assert side.describe_handshake(HandshakeId=handshake)["Handshake"]["Id"] == handshake


def test_a_member_sees_what_it_received_and_no_more(invite: Make, member: Make) -> None:
    """ListHandshakesForAccount answers the caller's own invitations."""
    handshake = invite(SHOP)
    invite("300000000002")
    assert [found["Id"] for found in member(SHOP).list_handshakes_for_account()["Handshakes"]] == [handshake]


def test_members_cannot_list_what_the_organization_sent(member: Make) -> None:
    """Only the management account or a delegated administrator may."""
    assert refused(member(SHOP).list_handshakes_for_organization)[0] == "AccessDeniedException"


def test_a_delegated_administrator_lists_what_the_organization_sent(member: Make) -> None:
    """The audit account is one in the shipped scenario."""
    assert member("300000000008").list_handshakes_for_organization()["Handshakes"] == []


def test_a_management_account_sees_no_invitation_to_itself(rehearsal: Rehearsal, client: Make) -> None:
    """User guide, orgs_manage_accounts_invites."""
    rehearsal.intervene("invite", organization="o-examplethrd1", account="111111111111")
    listed = client(SOURCE).list_handshakes_for_account()["Handshakes"]
    assert [held["Id"] for held in listed] == [TRANSFER]  # a billing transfer, which nobody else could accept


def test_an_invitation_by_email_shows_no_account_id(client: Make, member: Make) -> None:
    """Only an invitation by ACCOUNT can be matched to an account id."""
    target = {"Type": "EMAIL", "Id": "Shop-Prod@example.com"}
    handshake = client().invite_account_to_organization(Target=target)["Handshake"]
    assert SHOP not in str(handshake)
    assert member(SHOP).accept_handshake(HandshakeId=handshake["Id"])["Handshake"]["State"] == "ACCEPTED"


def test_filters_take_one_member(client: Make) -> None:
    """Each action lists its own; two members are refused."""
    listed = client().list_handshakes_for_organization
    ids = {
        action: [held["Id"] for held in listed(Filter={"ActionType": action})["Handshakes"]]
        for action in ("INVITE", "TRANSFER_RESPONSIBILITY", "ENABLE_ALL_FEATURES")
    }
    assert ids == {
        "INVITE": ["h-byhandplan001", "h-outsideplan01"],
        "TRANSFER_RESPONSIBILITY": [TRANSFER],
        "ENABLE_ALL_FEATURES": [],
    }
    assert [held["Id"] for held in listed()["Handshakes"]] == ["h-byhandplan001", "h-outsideplan01", TRANSFER]
    both = {"ActionType": "INVITE", "ParentHandshakeId": "h-outsideplan01"}
    refusal = refused(listed, Filter=both)
    assert refusal == ("InvalidInputException", "MAX_LIMIT_EXCEEDED_FILTER")


def test_an_invitation_expires_after_fifteen_days(rehearsal: Rehearsal, invite: Make, client: Make) -> None:
    """The clock decides; nobody has to do anything."""
    handshake = invite(SHOP)
    rehearsal.advance(timedelta(days=14, hours=23))
    assert states(client())[handshake] == "OPEN"
    rehearsal.advance(timedelta(hours=2))
    assert states(client())[handshake] == "EXPIRED"


def test_an_expired_invitation_cannot_be_accepted_but_sent_again(
    rehearsal: Rehearsal, invite: Make, member: Make
) -> None:
    """Expiry is a transition like the others."""
    handshake = invite(SHOP)
    rehearsal.advance(timedelta(days=16))
    refusal = refused(member(SHOP).accept_handshake, HandshakeId=handshake)
    assert refusal == ("InvalidHandshakeTransitionException", None)
    assert invite(SHOP) != handshake


def test_a_closed_handshake_stays_listed_for_thirty_days(rehearsal: Rehearsal, invite: Make, client: Make) -> None:
    """Then nobody can find it any more."""
    handshake = invite(SHOP)
    client().cancel_handshake(HandshakeId=handshake)
    rehearsal.advance(timedelta(days=29))
    assert handshake in states(client())
    rehearsal.advance(timedelta(days=2))
    assert handshake not in states(client())
    assert refused(client().describe_handshake, HandshakeId=handshake) == ("HandshakeNotFoundException", None)


def test_new_invitations_may_be_called_requested(rehearsal: Rehearsal, invite: Make, client: Make) -> None:
    """AWS's prose says REQUESTED, its examples OPEN: the switch has both."""
    rehearsal.switch(invitation_state="REQUESTED")
    handshake = invite(SHOP)
    assert states(client())[handshake] == "REQUESTED"


def test_a_billing_transfer_names_what_the_api_has_types_for(client: Make) -> None:
    """Who would pay, from when, and for what; the ARN names the action."""
    shown = client().describe_handshake(HandshakeId=TRANSFER)["Handshake"]
    assert (shown["Action"], shown["State"]) == ("TRANSFER_RESPONSIBILITY", "OPEN")
    assert shown["Arn"].endswith(f"/transfer_responsibility/{TRANSFER}")
    assert {party["Id"] for party in shown["Parties"]} == {"o-exampledst1", SOURCE_MANAGEMENT}
    held = {resource["Type"]: resource for resource in shown["Resources"]}
    assert set(held) == {"ORGANIZATION", "RESPONSIBILITY_TRANSFER", "ACCOUNT", "NOTES"}
    assert {inner["Type"] for inner in held["ORGANIZATION"]["Resources"]} == {
        "MANAGEMENT_ACCOUNT",
        "MANAGEMENT_EMAIL",
        "MANAGEMENT_NAME",
    }
    transfer = {inner["Type"]: inner["Value"] for inner in held["RESPONSIBILITY_TRANSFER"]["Resources"]}
    assert transfer["TRANSFER_TYPE"] == "BILLING"
    assert "TRANSFER_START_TIMESTAMP" in transfer


def test_the_one_who_would_be_paid_for_sees_it_accepts_it_and_moves_nowhere(
    rehearsal: Rehearsal, client: Make, member: Make
) -> None:
    """A management account sees billing transfers to itself; accepting one joins no organization."""
    recipient = client(SOURCE)
    assert [held["Id"] for held in recipient.list_handshakes_for_account()["Handshakes"]] == [TRANSFER]
    before = rehearsal.world()["accounts"]
    assert recipient.accept_handshake(HandshakeId=TRANSFER)["Handshake"]["State"] == "ACCEPTED"
    assert rehearsal.world()["accounts"] == before
    assert refused(client().cancel_handshake, HandshakeId=TRANSFER) == ("InvalidHandshakeTransitionException", None)


def test_a_billing_transfer_is_among_the_transfers_of_both_sides(client: Make) -> None:
    """Inbound where it would be paid, outbound where it would be paid for."""
    payer, paid = client(), client(SOURCE)
    (inbound,) = payer.list_inbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"]
    (outbound,) = paid.list_outbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"]
    assert inbound["Id"] == outbound["Id"]
    assert (inbound["Status"], inbound["ActiveHandshakeId"]) == ("REQUESTED", TRANSFER)
    assert outbound["Source"]["ManagementAccountId"] == SOURCE_MANAGEMENT
    assert payer.list_outbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"] == []
    assert paid.list_inbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"] == []


def test_other_actions_take_nothing_of_the_quotas_of_invitations(
    rehearsal: Rehearsal, client: Make, invite: Make
) -> None:
    """Neither a place, nor an attempt, nor the account's one invitation."""
    members = len(rehearsal.world()["organizations"]["o-exampledst1"]["members"])
    rehearsal.intervene("quota", organization="o-exampledst1", accounts=members + 3)  # two invitations are pending
    for _ in range(25):
        rehearsal.intervene("invite", organization="o-exampledst1", account=SHOP, kind="ENABLE_ALL_FEATURES")
    sent = invite(SHOP)
    assert states(client())[sent] == "OPEN"
