"""Lists of policies and trusted services, on pages of 20. moto answers the other policy operations."""

from collections.abc import Sequence
from typing import Any

from moto.organizations.models import FakePolicy

from orgtools.rehearsal.identities import Caller
from orgtools.rehearsal.operations.accounts import home
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.refusals import Refusal
from orgtools.rehearsal.world import World


def _paged(world: World, key: str, entries: Sequence[Any], parameters: Json) -> Json:
    return page(world, key, lambda after: list(enumerate(entries))[after + 1 :], parameters)


def _summary(policy: FakePolicy) -> Json:
    """The API's `PolicySummary`; policies of AWS's own belong to no organization, which moto does not know."""
    summary: Json = policy.describe()["Policy"]["PolicySummary"]
    if policy.aws_managed:
        summary["Arn"] = f"arn:aws:organizations::aws:policy/{policy.type.lower()}/{policy.id}"
    return summary


def list_policies(world: World, caller: Caller, parameters: Json) -> Json:
    """Every policy of a type."""
    policies = home(world, caller).backend.policies
    entries = [_summary(p) for p in policies if p.type == parameters["Filter"]]
    return _paged(world, "Policies", entries, parameters)


def list_policies_for_target(world: World, caller: Caller, parameters: Json) -> Json:
    """The policies of a type attached directly to a root, OU or account."""
    backend = home(world, caller).backend
    try:
        target = backend.target(parameters["TargetId"])
    except KeyError:
        message = "We can't find a root, OU, account, or policy with the TargetId that you specified."
        raise Refusal("TargetNotFoundException", message) from None
    attached = target.attached_policies
    entries = [_summary(p) for p in attached if p.type == parameters["Filter"]]
    return _paged(world, "Policies", entries, parameters)


def list_targets_for_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """What a policy is attached to."""
    for policy in home(world, caller).backend.policies:
        if policy.id == parameters["PolicyId"]:
            entries = [{"TargetId": t.id, "Arn": t.arn, "Name": t.name, "Type": t.type} for t in policy.attachments]
            return _paged(world, "Targets", entries, parameters)
    raise Refusal("PolicyNotFoundException", "We can't find a policy with the PolicyId that you specified.")


def list_aws_service_access_for_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """The services with trusted access."""
    return _paged(world, "EnabledServicePrincipals", home(world, caller).backend.services, parameters)
