"""Secrets Manager: moto's, and the ARN that policies see."""

from moto.secretsmanager.models import secretsmanager_backends

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Service, service
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World


def _secret(_world: World, caller: Caller, parameters: Json, region: str) -> str:
    """The ARN of a secret that is named by its ARN or name."""
    if "SecretId" not in parameters:
        return "*"
    name: str = parameters["SecretId"]
    if name.startswith("arn:"):
        return name
    known = secretsmanager_backends[caller.account.id][region].secrets.get(name)
    return str(known.arn) if known else f"arn:aws:secretsmanager:{region}:{caller.account.id}:secret:{name}"


service(Service("secretsmanager", resource=_secret))
