"""What programs of others ask for beside Organizations: the tagging API of Resource Groups, and uploads to S3."""

from collections.abc import Callable
from typing import Any

import pytest

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
