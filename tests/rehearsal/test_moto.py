"""moto's internals that the rehearsal uses: a release without one of them fails here, by its name."""

import importlib
from importlib.metadata import version

import pytest

INTERNALS = (
    "moto.backend_index:backend_url_patterns",
    "moto.core.base_backend:BackendDict._instances",
    "moto.core.common_models:CloudFormationModel.create_from_cloudformation_json",
    "moto.core.model_instances:reset_model_data",
    "moto.core.parse:PROTOCOL_PARSERS",
    "moto.core.serialize:get_serializer_class",
    "moto.core.utils:get_service_model",
    "moto.iam.aws_managed_policies:aws_managed_policies_data",
    "moto.iam.models:AWSManagedPolicy.from_data",
    "moto.iam.models:IAMBackend.attach_role_policy",
    "moto.iam.models:IAMBackend.get_groups_for_user",
    "moto.iam.models:Role.create_from_cloudformation_json",
    "moto.iam.models:Role.update_from_cloudformation_json",
    "moto.iam.models:iam_backends",
    "moto.moto_api._internal:mock_random",
    "moto.moto_server.werkzeug_app:DomainDispatcherApplication.infer_service_region_host",
    "moto.moto_server.werkzeug_app:create_backend_app",
    "moto.organizations.models:FakeAccount",
    "moto.organizations.models:FakeOrganization",
    "moto.organizations.models:FakeOrganizationalUnit",
    "moto.organizations.models:FakePolicy.describe",
    "moto.organizations.models:FakeRoot.add_policy_type",
    "moto.organizations.models:OrganizationsBackend._get_root_by_id",
    "moto.organizations.models:organizations_backends.master_accounts",
    "moto.organizations.utils:DEFAULT_RCP_POLICY_ID",
    "moto.s3.models:s3_backends.bucket_accounts",
    "moto.secretsmanager.models:secretsmanager_backends",
    "moto.ssoadmin.models:Instance",
    "moto.ssoadmin.models:PermissionSet.generate_id",
    "moto.ssoadmin.models:ssoadmin_backends",
    "moto.config.models:config_backends",
    "moto.account.models:account_backends",
)


@pytest.mark.parametrize("internal", INTERNALS)
def test_moto_still_has_it(internal: str) -> None:
    """Each is used beyond what moto promises, hence the pin to its minor release."""
    module, _, path = internal.partition(":")
    found = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    assert found is not None


def test_moto_is_of_the_minor_release_that_these_are_of() -> None:
    """The next one may have moved them."""
    assert version("moto").split(".")[:2] == ["5", "2"]
