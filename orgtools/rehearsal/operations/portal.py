"""The access portal of IAM Identity Center: credentials for somebody who has signed in.

Its call is not signed: a token says who asks. See
https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
"""

from datetime import timedelta

from moto.iam.models import Role as MotoRole

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.scenario.organization import PortalSpec
from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.identities import find_role, make_roles, open_session
from orgtools.rehearsal.world.world import SimulatedAccount, World

LIFE = timedelta(hours=1)
PERSON = "person"
"""How the person's sessions are named."""
ROLE_PATH = "/aws-reserved/sso.amazonaws.com/"


def get_role_credentials(world: World, portals: dict[str, PortalSpec], parameters: Json) -> Json:
    """Opens a session of the role that stands for a permission set.

    Args:
        world: the world.
        portals: by the id of their organization.
        parameters: of the call.
    """
    account_id, wanted = parameters["accountId"], parameters["roleName"]
    if not account_id or not wanted:
        raise ServiceError("InvalidRequestException", "Account id and role name are required.")
    signed_in = [(name, portal) for name, portal in portals.items() if portal.token == parameters["accessToken"]]
    if not signed_in:
        raise ServiceError("UnauthorizedException", "Session token not found or invalid", status=401)
    organization_id, portal = signed_in[0]
    account, home = world.accounts.get(account_id), world.organization_of(account_id)
    assigned = wanted in portal.assignments.get(account_id, ())
    if account is None or home is None or home.id != organization_id or not assigned:
        raise ServiceError("ResourceNotFoundException", "No access", status=404)
    role = _role(account, wanted)
    expires = world.clock.now() + LIFE
    caller = open_session(world, account, role, PERSON, expires=expires, policy=None)
    return {
        "roleCredentials": {
            "accessKeyId": caller.key,
            "secretAccessKey": f"made-up-for-the-rehearsal-{account_id}",
            "sessionToken": f"made-up-for-the-rehearsal-{caller.key}",
            "expiration": int(expires.timestamp() * 1000),
        }
    }


def _role(account: SimulatedAccount, permission_set: str) -> MotoRole:
    """The role that Identity Center keeps in the account for a permission set; people cannot assume it by STS."""
    name = f"AWSReservedSSO_{permission_set}_0123456789abcdef"
    make_roles(account)
    found = find_role(account, name)
    if found is None:
        provider = f"arn:aws:iam::{account.id}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"
        statement = {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": "sts:AssumeRoleWithSAML"}
        trust = {"Version": "2012-10-17", "Statement": [statement]}
        mirror.make_role(account.id, name, trust, mirror.ALLOW_ALL, ROLE_PATH)
        found = find_role(account, name)
    if found is None:
        message = f"moto has lost the role {name}"
        raise RuntimeError(message)
    return found
