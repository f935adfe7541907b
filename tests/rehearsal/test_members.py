"""Accounts and OUs of an organization: pages, paths, moves, tags, delegated administrators."""

from collections.abc import Callable
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SHOP = "012345678901"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


def unit(rehearsal: Rehearsal, organization: str, path: str) -> str:
    """The id of an OU by its path of names."""
    units: dict[str, str] = rehearsal.world()["organizations"][organization]["units"]
    return next(found for found, names in units.items() if names == path)


def test_accounts_come_on_pages_of_twenty(client: Make) -> None:
    """The source has 22 accounts: two pages, nothing twice."""
    pages = list(client(SOURCE).get_paginator("list_accounts").paginate())
    assert [len(page["Accounts"]) for page in pages] == [20, 2]
    ids = [account["Id"] for page in pages for account in page["Accounts"]]
    assert len(set(ids)) == 22


def test_more_than_twenty_a_page_is_refused(client: Make) -> None:
    """API: MaxResults is 1 to 20."""
    assert refused(client(SOURCE).list_accounts, MaxResults=21) == ("InvalidInputException", "MAX_VALUE_EXCEEDED")


def test_a_wrong_token_is_refused(client: Make) -> None:
    """API: INVALID_NEXT_TOKEN."""
    refusal = refused(client(SOURCE).list_accounts, NextToken="nonsense")
    assert refusal == ("InvalidInputException", "INVALID_NEXT_TOKEN")


def test_pages_skip_nothing_while_accounts_leave(rehearsal: Rehearsal, client: Make) -> None:
    """A page's token stays good when an account of an earlier page goes."""
    first = client(SOURCE).list_accounts(MaxResults=5)
    rehearsal.intervene("remove", account=first["Accounts"][1]["Id"])
    second = client(SOURCE).list_accounts(MaxResults=20, NextToken=first["NextToken"])
    assert len(first["Accounts"]) + len(second["Accounts"]) == 22


def test_accounts_have_state_and_paths_but_no_status(rehearsal: Rehearsal, client: Make) -> None:
    """`Status` was retired; `Paths` goes by ids, and a switch leaves it out as older answers did."""
    account = client(SOURCE).describe_account(AccountId=SHOP)["Account"]
    parent = unit(rehearsal, "o-examplesrc1", "Legacy/Online")
    above = unit(rehearsal, "o-examplesrc1", "Legacy")
    assert account["Paths"] == [f"o-examplesrc1/r-src1/{above}/{parent}/{SHOP}/"]
    assert account["State"] == "ACTIVE"
    assert "Status" not in account
    rehearsal.switch(paths=False, account_status=True)
    older = client(SOURCE).describe_account(AccountId=SHOP)["Account"]
    assert "Paths" not in older
    assert older["Status"] == "ACTIVE"


@pytest.mark.parametrize("account_status", [False, True])
def test_delegated_administrators_keep_their_status(rehearsal: Rehearsal, client: Make, account_status: bool) -> None:
    """It was not retired with that of accounts; a scanner that reads it must see who is suspended."""
    rehearsal.switch(account_status=account_status)
    ask = client(SOURCE).list_delegated_administrators
    assert {one["Status"] for one in ask()["DelegatedAdministrators"]} == {"ACTIVE"}
    rehearsal.intervene("state", account="300000000008", state="CLOSED")
    found = {one["Id"]: (one["Status"], one["State"]) for one in ask()["DelegatedAdministrators"]}
    assert found["300000000008"] == ("SUSPENDED", "CLOSED")


def test_the_same_name_lives_in_two_branches(client: Make) -> None:
    """`Prod` is an OU of Workloads and of Research: names alone do not identify an OU."""
    organizations = client()
    root = organizations.list_roots()["Roots"][0]["Id"]
    top = organizations.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"]
    below = {
        parent["Name"]: [
            child["Name"]
            for child in organizations.list_organizational_units_for_parent(ParentId=parent["Id"])[
                "OrganizationalUnits"
            ]
        ]
        for parent in top
    }
    assert below["Workloads"] == ["Prod", "Test"]
    assert below["Research"] == ["Prod"]
    assert all(parent["Path"].startswith("o-exampledst1/r-dst1/ou-dst1-") for parent in top)


def test_moving_needs_the_true_source_and_a_known_destination(rehearsal: Rehearsal, client: Make) -> None:
    """Each way to be wrong has its own error; having moved already is DuplicateAccountException."""
    online, batch = (unit(rehearsal, "o-examplesrc1", f"Legacy/{name}") for name in ("Online", "Batch"))
    move = client(SOURCE).move_account

    def attempt(account: str, source: str, destination: str) -> str:
        return str(refused(move, AccountId=account, SourceParentId=source, DestinationParentId=destination)[0])

    assert attempt(SHOP, "r-src1", batch) == "SourceParentNotFoundException"
    assert attempt(SHOP, online, "ou-src1-00000000") == "DestinationParentNotFoundException"
    assert attempt(SHOP, online, online) == "DuplicateAccountException"
    assert attempt("999999999999", online, batch) == "AccountNotFoundException"
    move(AccountId=SHOP, SourceParentId=online, DestinationParentId=batch)
    assert rehearsal.world()["accounts"][SHOP]["unit"] == "Legacy/Batch"
    assert attempt(SHOP, online, batch) == "DuplicateAccountException"


def test_a_moved_account_is_listed_under_its_new_parent(rehearsal: Rehearsal, client: Make) -> None:
    """ListAccountsForParent and ListChildren follow."""
    online, labs = unit(rehearsal, "o-examplesrc1", "Legacy/Online"), unit(rehearsal, "o-examplesrc1", "Labs")
    organizations = client(SOURCE)
    organizations.move_account(AccountId=SHOP, SourceParentId=online, DestinationParentId=labs)
    assert SHOP in {found["Id"] for found in organizations.list_accounts_for_parent(ParentId=labs)["Accounts"]}
    assert {"Id": SHOP, "Type": "ACCOUNT"} in organizations.list_children(ParentId=labs, ChildType="ACCOUNT")[
        "Children"
    ]
    assert SHOP not in {found["Id"] for found in organizations.list_accounts_for_parent(ParentId=online)["Accounts"]}


def test_tags_can_be_added_changed_and_removed(client: Make) -> None:
    """Of accounts and OUs alike."""
    organizations = client(SOURCE)
    organizations.tag_resource(ResourceId=SHOP, Tags=[{"Key": "team", "Value": "new"}, {"Key": "x", "Value": "y"}])
    organizations.untag_resource(ResourceId=SHOP, TagKeys=["cost-center", "absent"])
    tags = organizations.list_tags_for_resource(ResourceId=SHOP)["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "new", "x": "y"}
    organizations.tag_resource(ResourceId="r-src1", Tags=[{"Key": "a", "Value": "b"}])
    assert organizations.list_tags_for_resource(ResourceId="r-src1")["Tags"] == [{"Key": "a", "Value": "b"}]
    refusal = refused(organizations.list_tags_for_resource, ResourceId="400000000001")
    assert refusal == ("TargetNotFoundException", None)


def test_delegated_administrators_are_listed_with_their_services(client: Make) -> None:
    """The shipped scenario has one; deregistering ends it."""
    organizations = client(SOURCE)
    audit = "300000000008"
    listed = organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert [found["Id"] for found in listed] == [audit]
    services = organizations.list_delegated_services_for_account(AccountId=audit)["DelegatedServices"]
    assert [found["ServicePrincipal"] for found in services] == ["guardduty.amazonaws.com"]
    organizations.deregister_delegated_administrator(AccountId=audit, ServicePrincipal="guardduty.amazonaws.com")
    refusal = refused(organizations.list_delegated_services_for_account, AccountId=audit)
    assert refusal == ("AccountNotRegisteredException", None)


def test_ous_can_be_created_renamed_and_deleted(rehearsal: Rehearsal, client: Make) -> None:
    """Names are unique within a parent, and only an empty OU goes."""
    organizations = client()
    made = organizations.create_organizational_unit(ParentId="r-dst1", Name="New")["OrganizationalUnit"]
    again = refused(organizations.create_organizational_unit, ParentId="r-dst1", Name="New")
    assert again == ("DuplicateOrganizationalUnitException", None)
    organizations.update_organizational_unit(OrganizationalUnitId=made["Id"], Name="Renamed")
    found = organizations.describe_organizational_unit(OrganizationalUnitId=made["Id"])["OrganizationalUnit"]
    assert found["Name"] == "Renamed"
    organizations.delete_organizational_unit(OrganizationalUnitId=made["Id"])
    security = unit(rehearsal, "o-exampledst1", "Security")
    refusal = refused(organizations.delete_organizational_unit, OrganizationalUnitId=security)
    assert refusal == ("OrganizationalUnitNotEmptyException", None)


def test_policies_of_moto_apply_to_the_same_accounts(client: Make) -> None:
    """moto stores policies; attaching one shows on the account and in the policy's targets."""
    organizations = client(SOURCE)
    content = '{"Version": "2012-10-17", "Statement": []}'
    policy = organizations.create_policy(Name="P", Description="", Type="SERVICE_CONTROL_POLICY", Content=content)[
        "Policy"
    ]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=policy, TargetId=SHOP)
    attached = organizations.list_policies_for_target(TargetId=SHOP, Filter="SERVICE_CONTROL_POLICY")["Policies"]
    assert {found["Name"] for found in attached} == {"FullAWSAccess", "P"}
    assert organizations.list_targets_for_policy(PolicyId=policy)["Targets"][0]["TargetId"] == SHOP
    assert organizations.describe_policy(PolicyId=policy)["Policy"]["Content"] == content


@pytest.mark.parametrize(("profile", "value"), [(SOURCE, 60.0), (DESTINATION, 40.0)])
def test_the_account_quota_is_found_by_listing(profile: str, value: float, client: Make) -> None:
    """Service Quotas answers the scenario's quota of the caller's organization."""
    quotas = client(profile, "service-quotas").list_service_quotas(ServiceCode="organizations")["Quotas"]
    assert [(quota["QuotaCode"], quota["Value"]) for quota in quotas] == [("L-29A0C5DF", value)]


def test_the_management_account_sees_when_a_member_was_created(rehearsal: Rehearsal, client: Make) -> None:
    """Account Management answers for members where trusted access is on."""
    about = client(SOURCE, "account").get_account_information(AccountId="300000000015")
    assert (rehearsal.now() - about["AccountCreatedDate"]).days == 2


def test_an_account_has_a_contact_and_may_write_it_anew(client: Make, member: Make) -> None:
    """What is left out is gone; the management account reads and writes it too, where trusted access is on."""
    written = {
        "FullName": "Made Up",
        "AddressLine1": "2 Example Street",
        "City": "Example City",
        "PostalCode": "00000",
        "CountryCode": "US",
        "PhoneNumber": "+15550199",
    }
    account, above = member(SHOP, "account"), client(SOURCE, "account")
    assert account.get_contact_information()["ContactInformation"]["PhoneNumber"] == "+15550100"
    above.put_contact_information(AccountId=SHOP, ContactInformation=written)
    assert account.get_contact_information()["ContactInformation"] == written
    refusal = refused(account.get_contact_information, AccountId="300000000002")
    assert refusal[0] == "AccessDeniedException"


def test_no_landing_zone(client: Make) -> None:
    """Control Tower answers an empty list, not an error."""
    assert client(DESTINATION, "controltower").list_landing_zones()["landingZones"] == []
