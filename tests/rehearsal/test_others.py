"""What programs of others ask for beside Organizations: the tagging API of Resource Groups, and uploads to S3."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal

SOURCE, SHOP = "rehearsal-source", "012345678901"
ARN = f"arn:aws:organizations::111111111111:account/o-examplesrc1/{SHOP}"


def test_the_tagging_api_tags_an_account(rehearsal: Rehearsal, client: Callable[..., Any]) -> None:
    """What Organizations then says of it has the tag beside the others; an unknown account is told by itself."""
    unknown = ARN.replace(SHOP, "999999999999")
    tagging = client(SOURCE, "resourcegroupstaggingapi")
    failed = tagging.tag_resources(ResourceARNList=[ARN, unknown], Tags={"judged": "yes"})["FailedResourcesMap"]
    assert {arn: told["ErrorCode"] for arn, told in failed.items()} == {unknown: "TargetNotFoundException"}
    tags = {tag["Key"]: tag["Value"] for tag in client(SOURCE).list_tags_for_resource(ResourceId=SHOP)["Tags"]}
    assert tags["judged"] == "yes"
    assert tags["team"] == "shop"


def test_a_member_tags_no_account_through_it(rehearsal: Rehearsal, member: Callable[..., Any]) -> None:
    """Organizations lets the management account tag, whichever API is asked."""
    tagging = member(SHOP, "resourcegroupstaggingapi")
    failed = tagging.tag_resources(ResourceARNList=[ARN], Tags={"judged": "yes"})["FailedResourcesMap"]
    assert failed[ARN]["ErrorCode"] == "AccessDeniedException"
    assert "judged" not in rehearsal.world()["accounts"][SHOP]["tags"]


def test_the_tagging_api_refuses_what_its_model_does_not_allow(client: Callable[..., Any]) -> None:
    """A key of 129 characters, which Organizations would refuse as well."""
    tagging = client(SOURCE, "resourcegroupstaggingapi")
    with pytest.raises(ClientError, match="length less than or equal to 128") as refused:
        tagging.tag_resources(ResourceARNList=[ARN], Tags={"k" * 129: "v"})
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"


def _tags(client: Callable[..., Any]) -> list[dict[str, str]]:
    tags: list[dict[str, str]] = client(SOURCE).list_tags_for_resource(ResourceId=SHOP)["Tags"]
    return tags


def test_the_tagging_api_takes_tags_away(client: Callable[..., Any], member: Callable[..., Any]) -> None:
    """Organizations has them no more; a key that is not there is no error, and a member takes nothing away."""
    given = {"ResourceARNList": [ARN], "TagKeys": ["team", "missing"]}
    refused = member(SHOP, "resourcegroupstaggingapi").untag_resources(**given)["FailedResourcesMap"]
    assert refused[ARN]["ErrorCode"] == "AccessDeniedException"
    assert [tag["Key"] for tag in _tags(client)] == ["team", "cost-center"]
    assert client(SOURCE, "resourcegroupstaggingapi").untag_resources(**given)["FailedResourcesMap"] == {}
    assert [tag["Key"] for tag in _tags(client)] == ["cost-center"]


def test_the_tagging_api_lists_tagged_accounts(client: Callable[..., Any], member: Callable[..., Any]) -> None:
    """By type, by ARN and by tag; a member has no accounts to list."""
    tagging, mapped = client(SOURCE, "resourcegroupstaggingapi"), "ResourceTagMappingList"
    shop = {"ResourceARN": ARN, "Tags": _tags(client)}
    by_team = [{"Key": "team", "Values": ["shop"]}]
    found = tagging.get_resources(ResourceTypeFilters=["organizations:account"], TagFilters=by_team)[mapped]
    assert shop in found
    pages = tagging.get_paginator("get_resources").paginate(
        ResourceTypeFilters=["organizations:account"], TagFilters=by_team, ResourcesPerPage=1
    )
    assert [one for held in pages for one in held[mapped]] == found
    assert tagging.get_resources(ResourceARNList=[ARN])[mapped] == [shop]
    wrong = [{"Key": "team", "Values": ["other"]}]
    assert tagging.get_resources(ResourceTypeFilters=["organizations"], TagFilters=wrong)[mapped] == []
    assert tagging.get_resources(ResourceTypeFilters=["organizations:policy"], TagFilters=by_team)[mapped] == []
    within = member(SHOP, "resourcegroupstaggingapi")
    assert within.get_resources(ResourceTypeFilters=["organizations:account"])[mapped] == []
    assert within.get_tag_keys()["TagKeys"] == []


def test_a_list_that_would_leave_accounts_out_is_refused(client: Callable[..., Any]) -> None:
    """What moto holds and what the rehearsal holds are not in one list; each by itself is."""
    tagging = client(SOURCE, "resourcegroupstaggingapi")
    for ask, given in (
        (tagging.get_resources, {}),
        (tagging.get_resources, {"ResourceTypeFilters": ["organizations:account", "s3"]}),
        (tagging.get_tag_keys, {}),
        (tagging.get_tag_values, {"Key": "team"}),
    ):
        with pytest.raises(ClientError, match="does not list tags of an organization and of other services together"):
            ask(**given)
    assert tagging.get_resources(ResourceTypeFilters=["s3"])["ResourceTagMappingList"] == []


@pytest.mark.parametrize("body", [b"{}", b"<a/>", b""])
def test_an_upload_is_no_copy(body: bytes, rehearsal: Rehearsal, client: Callable[..., Any]) -> None:
    """PutObject and CopyObject share method and path; the log and the content are those of what was asked."""
    bucket = client(SOURCE, "s3")
    bucket.create_bucket(Bucket="judged")
    bucket.put_object(Bucket="judged", Key="one", Body=body)
    assert rehearsal.calls()[-1].operation == "PutObject"
    bucket.copy_object(Bucket="judged", Key="two", CopySource="judged/one")
    assert rehearsal.calls()[-1].operation == "CopyObject"
    assert bucket.get_object(Bucket="judged", Key="two")["Body"].read() == body
