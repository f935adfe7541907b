"""moto's Identity Center, with ids as AWS's model has them: moto names stores and permission sets against it."""

from functools import cache
from typing import Any

from moto.moto_api._internal import mock_random


@cache
def backends() -> Any:
    """moto's backends by account and region. moto's models take their time, and few rehearsals need them."""
    from moto.ssoadmin import models  # noqa: PLC0415 -- see above

    instance: Any = models.Instance
    permission_set: Any = models.PermissionSet
    make = instance.__init__

    def made(self: Any, account_id: str, region: str) -> None:
        make(self, account_id, region)
        self.identity_store_id = f"d-{mock_random.get_random_hex(10)}"

    def named(instance_arn: str) -> str:
        return f"{instance_arn.replace(':instance/', ':permissionSet/')}/ps-{mock_random.get_random_hex(16)}"

    instance.__init__ = made
    permission_set.generate_id = staticmethod(named)
    return models.ssoadmin_backends
