"""What the rehearsal answers itself, as one table: operation, who may call it, on which resource."""

from collections.abc import Callable
from dataclasses import dataclass

from moto.secretsmanager.models import secretsmanager_backends

from orgtools.rehearsal.identities import Caller, find_role
from orgtools.rehearsal.operations import (
    accounts,
    administrators,
    assignments,
    controltower,
    cost_tags,
    founding,
    handshakes,
    neighbours,
    policies,
    servicecatalog,
    sharing,
    simulation,
    tagging,
    tags,
    trail,
    transfers,
    units,
)
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.refusals import access_denied, not_in_use
from orgtools.rehearsal.wire import Call
from orgtools.rehearsal.world import World

Run = Callable[[World, Caller, Json], Json]

ANYONE = "anyone"
"""Any account, in an organization or not."""
MEMBER = "member"
"""Any account of an organization."""
READER = "reader"
"""The management account or a delegated administrator (user guide, orgs_delegate_policies)."""
MANAGEMENT = "management"
"""The management account only."""


@dataclass(frozen=True)
class Operation:
    """One row: what runs, who may call it, and the ARN that policies see as its resource."""

    run: Run
    who: str
    resource: Callable[[World, Caller, Json], str] = lambda _world, _caller, _parameters: "*"


def _handshake_arn(world: World, caller: Caller, parameters: Json) -> str:
    handshake_id = parameters["HandshakeId"]
    handshake = world.handshakes.truth.get(handshake_id)
    return (
        handshake.arn
        if handshake
        else f"arn:aws:organizations::{caller.account.id}:handshake/o-unknown/invite/{handshake_id}"
    )


def _account_arn(world: World, caller: Caller, account_id: str) -> str:
    organization = world.organization_of(caller.account.id)
    return accounts.account_arn(organization, account_id) if organization else "*"


def _account(world: World, caller: Caller, parameters: Json) -> str:
    return _account_arn(world, caller, parameters["AccountId"])


def _tagged(world: World, caller: Caller, parameters: Json) -> str:
    resource_id = parameters["ResourceId"]
    return _account_arn(world, caller, resource_id) if accounts.ACCOUNT_ID.match(resource_id) else "*"


def _parent(world: World, caller: Caller, parameters: Json) -> str:
    organization, parent = world.organization_of(caller.account.id), parameters["ParentId"]
    kind = "root" if parent.startswith("r-") else "ou"
    return f"{organization.arn_owner}:{kind}/{organization.id}/{parent}" if organization else "*"


def _target(world: World, caller: Caller, parameters: Json) -> str:
    target = parameters["Target"]
    return _account_arn(world, caller, target["Id"] if target["Type"] == "ACCOUNT" else "*")


ORGANIZATIONS: dict[str, Operation] = {
    "InviteAccountToOrganization": Operation(handshakes.invite_account_to_organization, MANAGEMENT, _target),
    "AcceptHandshake": Operation(handshakes.accept_handshake, ANYONE, _handshake_arn),
    "DeclineHandshake": Operation(handshakes.decline_handshake, ANYONE, _handshake_arn),
    "CancelHandshake": Operation(handshakes.cancel_handshake, ANYONE, _handshake_arn),
    "DescribeHandshake": Operation(handshakes.describe_handshake, ANYONE, _handshake_arn),
    "ListHandshakesForOrganization": Operation(handshakes.list_handshakes_for_organization, READER),
    "ListHandshakesForAccount": Operation(handshakes.list_handshakes_for_account, ANYONE),
    "CreateOrganization": Operation(founding.create_organization, ANYONE),
    "DeleteOrganization": Operation(founding.delete_organization, MANAGEMENT),
    "EnableAllFeatures": Operation(founding.enable_all_features, MANAGEMENT),
    "CreateAccount": Operation(founding.create_account, MANAGEMENT),
    "DescribeCreateAccountStatus": Operation(founding.describe_create_account_status, READER),
    "ListCreateAccountStatus": Operation(founding.list_create_account_status, READER),
    "LeaveOrganization": Operation(accounts.leave_organization, MEMBER),
    "RemoveAccountFromOrganization": Operation(accounts.remove_account_from_organization, MANAGEMENT, _account),
    "MoveAccount": Operation(accounts.move_account, MANAGEMENT, _account),
    "CloseAccount": Operation(accounts.close_account, MANAGEMENT, _account),
    "DescribeOrganization": Operation(accounts.describe_organization, ANYONE),
    "DescribeAccount": Operation(accounts.describe_account, READER, _account),
    "ListAccounts": Operation(accounts.list_accounts, READER),
    "ListAccountsForParent": Operation(accounts.list_accounts_for_parent, READER),
    "ListParents": Operation(units.list_parents, READER),
    "ListChildren": Operation(units.list_children, READER),
    "ListRoots": Operation(units.list_roots, READER),
    "ListOrganizationalUnitsForParent": Operation(units.list_organizational_units_for_parent, READER),
    "DescribeOrganizationalUnit": Operation(units.describe_organizational_unit, READER),
    "CreateOrganizationalUnit": Operation(units.create_organizational_unit, MANAGEMENT, _parent),
    "UpdateOrganizationalUnit": Operation(units.update_organizational_unit, MANAGEMENT),
    "DeleteOrganizationalUnit": Operation(units.delete_organizational_unit, MANAGEMENT),
    "TagResource": Operation(tags.tag_resource, MANAGEMENT, _tagged),
    "UntagResource": Operation(tags.untag_resource, MANAGEMENT, _tagged),
    "ListTagsForResource": Operation(tags.list_tags_for_resource, READER, _tagged),
    "ListDelegatedAdministrators": Operation(administrators.list_delegated_administrators, READER),
    "ListDelegatedServicesForAccount": Operation(administrators.list_delegated_services_for_account, READER),
    "RegisterDelegatedAdministrator": Operation(administrators.register_delegated_administrator, MANAGEMENT),
    "DeregisterDelegatedAdministrator": Operation(administrators.deregister_delegated_administrator, MANAGEMENT),
    "ListPolicies": Operation(policies.list_policies, READER),
    "ListPoliciesForTarget": Operation(policies.list_policies_for_target, READER),
    "ListTargetsForPolicy": Operation(policies.list_targets_for_policy, READER),
    "CreatePolicy": Operation(policies.create_policy, MANAGEMENT),
    "DescribePolicy": Operation(policies.describe_policy, READER),
    "DescribeEffectivePolicy": Operation(policies.describe_effective_policy, MEMBER),
    "UpdatePolicy": Operation(policies.update_policy, MANAGEMENT),
    "DeletePolicy": Operation(policies.delete_policy, MANAGEMENT),
    "AttachPolicy": Operation(policies.attach_policy, MANAGEMENT),
    "DetachPolicy": Operation(policies.detach_policy, MANAGEMENT),
    "EnablePolicyType": Operation(policies.enable_policy_type, MANAGEMENT),
    "DisablePolicyType": Operation(policies.disable_policy_type, MANAGEMENT),
    "ListAWSServiceAccessForOrganization": Operation(policies.list_aws_service_access_for_organization, READER),
    "ListInboundResponsibilityTransfers": Operation(transfers.list_responsibility_transfers("inbound"), MANAGEMENT),
    "ListOutboundResponsibilityTransfers": Operation(transfers.list_responsibility_transfers("outbound"), MANAGEMENT),
}

STORED_BY_MOTO: dict[str, str] = {
    "EnableAWSServiceAccess": MANAGEMENT,
    "DisableAWSServiceAccess": MANAGEMENT,
}
"""Operations of Organizations that moto's backend answers, on behalf of the management account."""

NEIGHBOURS: dict[tuple[str, str], Callable[[World, Caller, Json], Json | None]] = {
    ("tagging", "TagResources"): tagging.tag_resources,
    ("tagging", "UntagResources"): tagging.untag_resources,
    ("tagging", "GetResources"): tagging.get_resources,
    ("tagging", "GetTagKeys"): tagging.get_tag_names,
    ("tagging", "GetTagValues"): tagging.get_tag_names,
    ("servicequotas", "ListServiceQuotas"): neighbours.list_service_quotas,
    ("servicequotas", "ListAWSDefaultServiceQuotas"): neighbours.list_aws_default_service_quotas,
    ("servicequotas", "GetServiceQuota"): neighbours.get_service_quota,
    ("account", "GetAccountInformation"): neighbours.get_account_information,
    ("account", "ListRegions"): neighbours.list_regions,
    ("account", "GetAlternateContact"): neighbours.alternate_contact("GetAlternateContact"),
    ("account", "PutAlternateContact"): neighbours.alternate_contact("PutAlternateContact"),
    ("account", "GetContactInformation"): neighbours.get_contact_information,
    ("account", "PutContactInformation"): neighbours.put_contact_information,
    ("iam", "ListOrganizationsFeatures"): neighbours.always({"EnabledFeatures": ["RootCredentialsManagement"]}),
    ("iam", "SimulatePrincipalPolicy"): simulation.simulate_principal_policy,
    ("cloudtrail", "LookupEvents"): trail.lookup_events,
    ("access-analyzer", "ListAnalyzers"): neighbours.nothing("analyzers"),
    ("apigateway", "GetDomainNames"): neighbours.get_rest_apis,
    ("apigateway", "GetRestApis"): neighbours.get_rest_apis,
    ("artifact", "ListCustomerAgreements"): neighbours.nothing("customerAgreements"),
    ("backup", "DescribeGlobalSettings"): neighbours.always(
        {"GlobalSettings": {"isCrossAccountBackupEnabled": "false"}}
    ),
    ("bcm-data-exports", "ListExports"): neighbours.nothing("Exports"),
    ("billing", "GetBillingPreferences"): neighbours.get_billing_preferences,
    ("ce", "ListCostAllocationTags"): cost_tags.list_cost_allocation_tags,
    ("ce", "UpdateCostAllocationTagsStatus"): cost_tags.update_cost_allocation_tags_status,
    ("ce", "ListCostCategoryDefinitions"): neighbours.nothing("CostCategoryReferences"),
    ("cur", "DescribeReportDefinitions"): neighbours.nothing("ReportDefinitions"),
    ("ec2", "DescribeIpamPools"): neighbours.nothing("ipamPoolSet"),
    ("ec2", "DescribeReservedInstances"): neighbours.nothing("reservedInstancesSet"),
    ("ec2", "DescribeVpcEndpointServiceConfigurations"): neighbours.nothing("serviceConfigurationSet"),
    ("elasticache", "DescribeReservedCacheNodes"): neighbours.nothing("ReservedCacheNodes"),
    ("es", "DescribeReservedInstances"): neighbours.nothing("ReservedInstances"),
    ("memorydb", "DescribeReservedNodes"): neighbours.nothing("ReservedNodes"),
    ("rds", "DescribeReservedDBInstances"): neighbours.nothing("ReservedDBInstances"),
    ("redshift", "DescribeReservedNodes"): neighbours.nothing("ReservedNodes"),
    ("invoicing", "BatchGetInvoiceProfile"): neighbours.batch_get_invoice_profile,
    ("license-manager", "ListReceivedLicenses"): neighbours.nothing("Licenses"),
    ("savingsplans", "DescribeSavingsPlans"): neighbours.nothing("savingsPlans"),
    ("servicecatalog", "ListAcceptedPortfolioShares"): neighbours.nothing("PortfolioDetails"),
    ("servicequotas", "ListRequestedServiceQuotaChangeHistory"): neighbours.nothing("RequestedQuotas"),
    ("support", "DescribeSeverityLevels"): neighbours.absent(
        "SubscriptionRequiredException", "Amazon Web Services Premium Support Subscription is required."
    ),
    ("tax", "GetTaxInheritance"): neighbours.always({"heritageStatus": "OptIn"}),
    ("config", "DescribeConformancePacks"): neighbours.nothing("ConformancePackDetails"),
    ("detective", "ListInvitations"): neighbours.nothing("Invitations"),
    ("fms", "GetAdminAccount"): neighbours.absent("ResourceNotFoundException", "No administrator account is set."),
    ("inspector2", "GetDelegatedAdminAccount"): neighbours.absent(
        "ResourceNotFoundException", "The organization has no delegated administrator for Inspector."
    ),
    ("codeartifact", "ListDomains"): neighbours.nothing("domains"),
    ("codeartifact", "ListRepositories"): neighbours.nothing("repositories"),
    ("glue", "GetResourcePolicies"): neighbours.nothing("GetResourcePoliciesResponseList"),
    ("oam", "ListSinks"): neighbours.nothing("Items"),
    ("schemas", "ListRegistries"): neighbours.nothing("Registries"),
    ("ses", "ListEmailIdentities"): neighbours.nothing("EmailIdentities"),
    ("xray", "ListResourcePolicies"): neighbours.nothing("ResourcePolicies"),
}


REGIONAL: dict[tuple[str, str], Callable[[World, Caller, Json, str], Json | None]] = {
    **{("controltower", name): answer for name, answer in controltower.OPERATIONS.items()},
    **{("ram", name): answer for name, answer in sharing.OPERATIONS.items()},
    **{("servicecatalog", name): answer for name, answer in servicecatalog.OPERATIONS.items()},
    **{("sso", name): answer for name, answer in assignments.OPERATIONS.items()},
}
"""Operations whose answer depends on the region that is asked."""


NAMED = {"sso": "InstanceArn", "controltower": "enabledBaselineIdentifier", "ram": "resourceShareInvitationArn"}
"""The parameter that is the ARN of what a call is about, by service."""


def neighbour_resource(world: World, call: Call, caller: Caller) -> str:
    """The ARN that policies see as the resource of a call outside Organizations (Service Authorization Reference).

    For IAM the role that it names, for Secrets Manager the secret, for Account Management the member, for Identity
    Center the instance, for Control Tower the enabled baseline, for Service Catalog the product that is provisioned;
    else ``*``.
    """
    service, parameters = call.service, call.parameters
    named = parameters.get(NAMED.get(service, ""))
    if named:
        return str(named)
    if service == "account":
        organization = world.organization_of(caller.account.id)
        member = parameters.get("AccountId")
        return (
            accounts.account_arn(organization, member).replace(":organizations:", ":account:")
            if (organization and member)
            else f"arn:aws:account::{caller.account.id}:account"
        )
    if service == "iam" and "RoleName" in parameters:
        role = find_role(caller.account, parameters["RoleName"])
        return str(role.arn) if role else f"arn:aws:iam::{caller.account.id}:role/{parameters['RoleName']}"
    if service == "secretsmanager" and "SecretId" in parameters:
        return _secret(call.region, caller.account.id, parameters["SecretId"])
    if call.operation == "ProvisionProduct":
        return f"arn:aws:catalog:{call.region}:{caller.account.id}:product/{parameters['ProductId']}"
    return "*"


def _secret(region: str, account_id: str, secret_id: str) -> str:
    """The ARN of a secret that is named by its ARN or name."""
    if secret_id.startswith("arn:"):
        return secret_id
    known = secretsmanager_backends[account_id][region].secrets.get(secret_id)
    return str(known.arn) if known else f"arn:aws:secretsmanager:{region}:{account_id}:secret:{secret_id}"


def require(world: World, caller: Caller, who: str) -> None:
    """Refuses a caller whose account may not call the operation at all."""
    if who == ANYONE:
        return
    organization = world.organization_of(caller.account.id)
    if organization is None:
        raise not_in_use()
    if who == MEMBER or caller.account.id == organization.management:
        return
    if who == READER and caller.account.id in organization.delegated:
        return
    raise access_denied()
