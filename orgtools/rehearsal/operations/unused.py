"""Services that the accounts of the rehearsal do not use: empty lists, and what is the same for every account."""

import sys
from typing import Final

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import by_moto, operation
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

EMPTY: Final = {
    ("access-analyzer", "ListAnalyzers"): "analyzers",
    ("artifact", "ListCustomerAgreements"): "customerAgreements",
    ("bcm-data-exports", "ListExports"): "Exports",
    ("ce", "ListCostCategoryDefinitions"): "CostCategoryReferences",
    ("codeartifact", "ListDomains"): "domains",
    ("codeartifact", "ListRepositories"): "repositories",
    ("config", "DescribeConformancePacks"): "ConformancePackDetails",
    ("cur", "DescribeReportDefinitions"): "ReportDefinitions",
    ("detective", "ListInvitations"): "Invitations",
    ("ec2", "DescribeIpamPools"): "ipamPoolSet",
    ("ec2", "DescribeReservedInstances"): "reservedInstancesSet",
    ("ec2", "DescribeVpcEndpointServiceConfigurations"): "serviceConfigurationSet",
    ("elasticache", "DescribeReservedCacheNodes"): "ReservedCacheNodes",
    ("es", "DescribeReservedInstances"): "ReservedInstances",
    ("glue", "GetResourcePolicies"): "GetResourcePoliciesResponseList",
    ("license-manager", "ListReceivedLicenses"): "Licenses",
    ("memorydb", "DescribeReservedNodes"): "ReservedNodes",
    ("oam", "ListSinks"): "Items",
    ("rds", "DescribeReservedDBInstances"): "ReservedDBInstances",
    ("redshift", "DescribeReservedNodes"): "ReservedNodes",
    ("savingsplans", "DescribeSavingsPlans"): "savingsPlans",
    ("schemas", "ListRegistries"): "Registries",
    ("servicecatalog", "ListAcceptedPortfolioShares"): "PortfolioDetails",
    ("servicequotas", "ListRequestedServiceQuotaChangeHistory"): "RequestedQuotas",
    ("ses", "ListEmailIdentities"): "EmailIdentities",
    ("xray", "ListResourcePolicies"): "ResourcePolicies",
}
"""The list that is empty in the answer to an operation, by service and operation."""
SAME: Final[dict[tuple[str, str], Json]] = {
    ("backup", "DescribeGlobalSettings"): {"GlobalSettings": {"isCrossAccountBackupEnabled": "false"}},
    ("iam", "ListOrganizationsFeatures"): {"EnabledFeatures": ["RootCredentialsManagement"]},
    ("tax", "GetTaxInheritance"): {"heritageStatus": "OptIn"},
}
"""What every account is answered."""
ABSENT: Final = {
    ("fms", "GetAdminAccount"): ("ResourceNotFoundException", "No administrator account is set."),
    ("inspector2", "GetDelegatedAdminAccount"): (
        "ResourceNotFoundException",
        "The organization has no delegated administrator for Inspector.",
    ),
    ("support", "DescribeSeverityLevels"): (
        "SubscriptionRequiredException",
        "Amazon Web Services Premium Support Subscription is required.",
    ),
}
"""The code and the message of what every account is refused."""

by_moto("s3", "ListBuckets", action="s3:ListAllMyBuckets")


def _always(service: str, name: str, answer: Json) -> None:
    @operation(service, name)
    def same(_world: World, _caller: Caller, _parameters: Json) -> Json:
        return answer


def _never(service: str, name: str, code: str, message: str) -> None:
    @operation(service, name)
    def absent(_world: World, _caller: Caller, _parameters: Json) -> Json:
        raise ServiceError(code, message, status=404)


for (_service, _name), _list in EMPTY.items():
    _always(_service, _name, {_list: []})
for (_service, _name), _answer in SAME.items():
    _always(_service, _name, _answer)
for (_service, _name), _refused in ABSENT.items():
    _never(_service, _name, *_refused)


@operation("apigateway", "GetDomainNames")
@operation("apigateway", "GetRestApis", action="apigateway:GET")
def get_rest_apis(_world: World, _caller: Caller, _parameters: Json) -> Json | None:
    """No API before moto's API Gateway was loaded, which takes it seconds; from then on moto answers."""
    return None if "moto.apigateway.models" in sys.modules else {"item": []}
