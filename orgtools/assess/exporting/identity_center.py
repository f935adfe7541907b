"""The source's Identity Center: who may enter an account with which permission set, with names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from orgtools.assess.checks.arriving import trusted_services
from orgtools.assess.checks.identity_center import assignments, is_primary
from orgtools.aws.calls import answers
from orgtools.exceptions import OrganizationError, RefusedError
from orgtools.mapping import Assignment
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.aws.read.read_only import ReadOnlyReader

_PRINCIPAL: Final = "sso.amazonaws.com"
_DESCRIBE: Final = {
    "USER": ("DescribeUser", "UserId", "UserName"),
    "GROUP": ("DescribeGroup", "GroupId", "DisplayName"),
}


class Directory:
    """Identity Center as the management account sees it; names are asked for once. Any number of threads may use it."""

    def __init__(self, readers: Iterable[ReadOnlyReader]) -> None:
        """Find the instance, which lives in one region.

        Args:
            readers: of the source's management account, one for each region.

        Raises:
            RefusedError: no instance was found, and not every region could be looked into.
            OrganizationError: none was found, although the organization trusts Identity Center.
        """
        every, refused = tuple(readers), list[RefusedError]()
        self._instances: list[tuple[ReadOnlyReader, str, str]] = []
        for reader in every:
            try:
                self._instances += [
                    (reader, found["InstanceArn"], found["IdentityStoreId"])
                    for found in reader.pages("sso-admin", "ListInstances", "Instances")
                    if is_primary(found, reader.region_of("sso-admin"))
                ]
            except RefusedError as error:
                refused.append(error)
        if not self._instances and refused:
            raise refused[0]
        # No instance is none only where the organization does not trust the service either.
        if not self._instances and _PRINCIPAL in trusted_services(every[0]):
            raise OrganizationError(Message("identity-center-of-source-elsewhere"))

    def assignments(self, account_id: str) -> tuple[tuple[Assignment, ...], RefusedError | None]:
        """The assignments of an account, and what kept a principal's name from being read, if anything did.

        Raises:
            RefusedError: AWS does not show the assignments.
        """
        found, unnamed = list[Assignment](), None
        for reader, instance, store in self._instances:
            for held in assignments(reader, instance, account_id):
                named, of = held, (reader, store, held.principal_type, held.principal_id)
                try:
                    named = replace(held, principal=reader.once(*of[1:], read=partial(_principal, *of)))
                except RefusedError as error:
                    unnamed = error
                found.append(named)
        found.sort(key=lambda one: (one.permission_set, one.principal_type, one.principal_id))
        return tuple(found), unnamed


def _principal(reader: ReadOnlyReader, store: str, kind: str, principal: str) -> str:
    """The name of a user or group; empty where it was deleted and its assignments were left.

    Raises:
        RefusedError: AWS does not show it, or it is neither.
    """
    if kind not in _DESCRIBE:
        raise answers.odd("PrincipalType", "AccountAssignment")
    operation, id_field, name_field = _DESCRIBE[kind]
    asked = {"IdentityStoreId": store, id_field: principal}
    answer = reader.ask("identitystore", operation, absent=("ResourceNotFoundException",), **asked)
    return str(answer[name_field]) if answer else ""
