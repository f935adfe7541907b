"""Policies of an organization: what may be written in them, how many, what they are attached to; trusted services.

moto stores them. User guide, orgs_reference_limits, for the numbers; since May 2026 ten SCPs may be attached to one
root, OU or account, and one may have 10,240 characters.
"""

import json
from collections.abc import Sequence
from typing import Any

from moto.organizations.models import FakePolicy

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import home
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, by_moto, operation
from orgtools.rehearsal.operations.tags import check_tags
from orgtools.rehearsal.refusals import ServiceError, constraint, invalid
from orgtools.rehearsal.world import inheritance, policy_documents
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import SimulatedOrganization, World

SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
MOST_ATTACHED = {SCP: 10, RCP: 5, "TAG_POLICY": 10, "BACKUP_POLICY": 10, "AISERVICES_OPT_OUT_POLICY": 5}
LONGEST = {SCP: 10_240, RCP: 5120, "AISERVICES_OPT_OUT_POLICY": 2500}
MOST = {SCP: 10_000}
STORED = {SCP, RCP, "TAG_POLICY", "AISERVICES_OPT_OUT_POLICY"}
"""The types that moto can store."""
OTHERWISE_ATTACHED, OTHERWISE_LONG, OTHERWISE_MANY = 10, 10_000, 1000


def _paged(world: World, key: str, entries: Sequence[Any], parameters: Json) -> Json:
    return page(world, key, lambda after: list(enumerate(entries))[after + 1 :], parameters)


def _summary(policy: FakePolicy) -> Json:
    """The API's `PolicySummary`; policies of AWS's own belong to no organization, which moto does not know."""
    summary: Json = policy.describe()["Policy"]["PolicySummary"]
    if policy.aws_managed:
        summary["Arn"] = f"arn:aws:organizations::aws:policy/{policy.type.lower()}/{policy.id}"
    return summary


@operation("organizations", "ListPolicies", who=Who.DELEGATE, rate=rates.READ)
def list_policies(world: World, caller: Caller, parameters: Json) -> Json:
    """Every policy of a type."""
    policies = home(world, caller).backend.policies
    entries = [_summary(p) for p in policies if p.type == parameters["Filter"]]
    return _paged(world, "Policies", entries, parameters)


@operation("organizations", "ListPoliciesForTarget", who=Who.DELEGATE, rate=rates.READ)
def list_policies_for_target(world: World, caller: Caller, parameters: Json) -> Json:
    """The policies of a type attached directly to a root, OU or account."""
    attached = _target(home(world, caller), parameters["TargetId"]).attached_policies
    entries = [_summary(p) for p in attached if p.type == parameters["Filter"]]
    return _paged(world, "Policies", entries, parameters)


@operation("organizations", "ListTargetsForPolicy", who=Who.DELEGATE, rate=rates.READ)
def list_targets_for_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """What a policy is attached to."""
    policy = _policy(home(world, caller), parameters["PolicyId"])
    entries = [{"TargetId": t.id, "Arn": t.arn, "Name": t.name, "Type": t.type} for t in policy.attachments]
    return _paged(world, "Targets", entries, parameters)


@operation("organizations", "DescribeEffectivePolicy", who=Who.MEMBER, rate=rates.UNPUBLISHED)
def describe_effective_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """What the policies of a type come to in an account: any account asks for itself, the management account for all.

    Raises what AWS raises where the type is not enabled, or nothing of it reaches the account.
    """
    organization, kind = home(world, caller), parameters["PolicyType"]
    target = parameters.get("TargetId", caller.account.id)
    if not target.isdecimal():
        raise invalid("TARGET_NOT_SUPPORTED", "You can't perform the specified operation on that target entity.")
    if caller.account.id not in (target, organization.management):
        raise ServiceError("AccessDeniedException", "You don't have permissions to access this resource.")
    held = _target(organization, target)
    policies = [
        [_content(policy) for policy in level.attached_policies if policy.type == kind]
        for level in (*_above(organization, held), held)
    ]
    content = inheritance.effective(policies) if _enabled(organization, kind) else {}
    if not content:
        message = "The account doesn't have an effective policy of this type, or the type is not enabled."
        raise ServiceError("EffectivePolicyNotFoundException", message)
    return {
        "EffectivePolicy": {
            "PolicyContent": json.dumps(content, separators=(",", ":")),
            "LastUpdatedTimestamp": organization.created_at.timestamp(),
            "TargetId": target,
            "PolicyType": kind,
        }
    }


@operation("organizations", "CreatePolicy", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def create_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """Adds a policy, attached to nothing; names are unique in an organization."""
    organization, kind = home(world, caller), parameters["Type"]
    _available(organization, kind)
    _check(kind, parameters["Content"])
    _name_is_free(organization, parameters["Name"])
    if sum(policy.type == kind for policy in organization.backend.policies) >= MOST.get(kind, OTHERWISE_MANY):
        raise constraint("POLICY_NUMBER_LIMIT_EXCEEDED", "You attempted to exceed the number of policies you can have.")
    tags = check_tags(parameters.get("Tags") or [])
    policy = organization.backend.new_policy(parameters["Name"], kind, f"p-{world.new_id(10)}", {})
    policy.content, policy.description, policy.tags = parameters["Content"], parameters["Description"], tags
    return _described(policy)


@operation("organizations", "DescribePolicy", who=Who.DELEGATE, rate=rates.DESCRIBE)
def describe_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """One policy with its content."""
    return _described(_policy(home(world, caller), parameters["PolicyId"]))


@operation("organizations", "UpdatePolicy", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def update_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """Changes name, description or content; those of AWS's own stay as they are."""
    organization = home(world, caller)
    policy = _mutable(_policy(organization, parameters["PolicyId"]))
    if "Content" in parameters:
        _check(policy.type, parameters["Content"])
        policy.content = parameters["Content"]
    if parameters.get("Name", policy.name) != policy.name:
        _name_is_free(organization, parameters["Name"])
        policy.name = parameters["Name"]
    policy.description = parameters.get("Description", policy.description)
    return _described(policy)


@operation("organizations", "DeletePolicy", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def delete_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """Deletes a policy that is attached to nothing."""
    organization = home(world, caller)
    policy = _mutable(_policy(organization, parameters["PolicyId"]))
    if policy.attachments:
        message = "The policy is attached to one or more entities. Detach it from all of them, and try again."
        raise ServiceError("PolicyInUseException", message)
    organization.backend.policies.remove(policy)
    return {}


@operation("organizations", "AttachPolicy", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def attach_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """Attaches a policy to a root, OU or account, as long as there is room for one more of its type."""
    organization = home(world, caller)
    policy = _policy(organization, parameters["PolicyId"])
    target = _target(organization, parameters["TargetId"])
    if not _enabled(organization, policy.type):
        raise ServiceError("PolicyTypeNotEnabledException", "The policy type isn't enabled in the root.")
    if policy in target.attached_policies:
        message = "The policy is already attached to the target that you specified."
        raise ServiceError("DuplicatePolicyAttachmentException", message)
    if _attached(target, policy.type) >= MOST_ATTACHED.get(policy.type, OTHERWISE_ATTACHED):
        message = "You attempted to exceed the number of policies of a certain type that can be attached to an entity."
        raise constraint("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", message)
    organization.backend.attach(policy, target)
    return {}


@operation("organizations", "DetachPolicy", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def detach_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """Detaches a policy. One SCP must remain, and AWS's own RCP cannot be detached."""
    organization = home(world, caller)
    policy = _policy(organization, parameters["PolicyId"])
    target = _target(organization, parameters["TargetId"])
    if policy not in target.attached_policies:
        message = "The policy isn't attached to the target that you specified."
        raise ServiceError("PolicyNotAttachedException", message)
    if policy.type == RCP and policy.aws_managed:
        raise invalid("NON_DETACHABLE_POLICY", "You can't detach this policy of AWS's own.")
    if policy.type == SCP and _attached(target, SCP) == 1:
        message = "You attempted to detach a policy that would leave the entity with fewer policies than required: 1."
        raise constraint("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", message)
    organization.backend.detach(policy, target)
    return {}


@operation("organizations", "EnablePolicyType", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def enable_policy_type(world: World, caller: Caller, parameters: Json) -> Json:
    """Enables a type of policies in the root."""
    organization, kind = home(world, caller), parameters["PolicyType"]
    _root(organization, parameters["RootId"])
    _available(organization, kind)
    if _enabled(organization, kind):
        raise ServiceError("PolicyTypeAlreadyEnabledException", "The policy type is already enabled in the root.")
    organization.backend.root.add_policy_type(kind)
    return {"Root": organization.backend.root.describe()}


@operation("organizations", "DisablePolicyType", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def disable_policy_type(world: World, caller: Caller, parameters: Json) -> Json:
    """Disables a type: its policies are detached from everything (API: DisablePolicyType)."""
    organization, kind = home(world, caller), parameters["PolicyType"]
    _root(organization, parameters["RootId"])
    if not _enabled(organization, kind):
        raise ServiceError("PolicyTypeNotEnabledException", "The policy type isn't enabled in the root.")
    organization.backend.root.remove_policy_type(kind)
    for policy in organization.backend.policies:
        if policy.type == kind and not policy.aws_managed:
            for target in list(policy.attachments):
                organization.backend.detach(policy, target)
    return {"Root": organization.backend.root.describe()}


def _check(kind: str, content: str) -> None:
    if len(content) > LONGEST.get(kind, OTHERWISE_LONG):
        raise constraint("POLICY_CONTENT_LIMIT_EXCEEDED", "The policy's content is longer than its type allows.")
    wrong = policy_documents.wrong(kind, content)
    if wrong:
        raise ServiceError("MalformedPolicyDocumentException", f"The provided policy document is not valid: {wrong}.")


def _described(policy: FakePolicy) -> Json:
    return {"Policy": {"PolicySummary": _summary(policy), "Content": policy.content}}


def _policy(organization: SimulatedOrganization, policy_id: str) -> FakePolicy:
    for policy in organization.backend.policies:
        if policy.id == policy_id:
            return policy
    raise ServiceError("PolicyNotFoundException", "We can't find a policy with the PolicyId that you specified.")


def _mutable(policy: FakePolicy) -> FakePolicy:
    if policy.aws_managed:
        raise invalid("IMMUTABLE_POLICY", "You specified a policy that is managed by AWS and can't be modified.")
    return policy


def _target(organization: SimulatedOrganization, target_id: str) -> Any:
    try:
        return organization.backend.target(target_id)
    except KeyError:
        message = "We can't find a root, OU, account, or policy with the TargetId that you specified."
        raise ServiceError("TargetNotFoundException", message) from None


def _content(policy: FakePolicy) -> Json:
    """A management policy as it is merged: the keys of tag policies do not tell cases apart."""
    content: Json = json.loads(policy.content or "{}")
    if policy.type == "TAG_POLICY" and isinstance(content.get("tags"), dict):
        content["tags"] = {name.lower(): held for name, held in content["tags"].items()}
    return content


def _above(organization: SimulatedOrganization, account: Any) -> list[Any]:
    """The root and the OUs on an account's way, from the top."""
    found: list[Any] = [organization.backend.root]
    parent = account.parent_id
    while parent != organization.root:
        found.insert(1, organization.backend.target(parent))
        parent = organization.units[parent].parent_id or organization.root
    return found


def _root(organization: SimulatedOrganization, root: str) -> None:
    if root != organization.root:
        raise ServiceError("RootNotFoundException", "We can't find a root with the RootId that you specified.")


def _available(organization: SimulatedOrganization, kind: str) -> None:
    """Consolidated billing has no policies; of the newer types moto stores none (ours)."""
    if organization.feature_set != "ALL" or kind not in STORED:
        message = "You can't use the specified policy type with the feature set currently enabled for the organization."
        raise ServiceError("PolicyTypeNotAvailableForOrganizationException", message)


def _enabled(organization: SimulatedOrganization, kind: str) -> bool:
    return any(held["Type"] == kind for held in organization.backend.root.policy_types)


def _attached(target: Any, kind: str) -> int:
    return sum(policy.type == kind for policy in target.attached_policies)


def _name_is_free(organization: SimulatedOrganization, name: str) -> None:
    if any(policy.name == name for policy in organization.backend.policies):
        raise ServiceError("DuplicatePolicyException", "A policy with the same name already exists.")


@operation("organizations", "ListAWSServiceAccessForOrganization", who=Who.DELEGATE, rate=rates.SERVICES)
def list_aws_service_access_for_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """The services with trusted access."""
    return _paged(world, "EnabledServicePrincipals", home(world, caller).backend.services, parameters)


by_moto("organizations", "EnableAWSServiceAccess", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
by_moto("organizations", "DisableAWSServiceAccess", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
