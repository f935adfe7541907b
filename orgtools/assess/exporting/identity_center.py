"""The source's Identity Center: who may enter an account with which permission set, with names."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.checks.identity_center import is_primary
from orgtools.assess.exporting.files import Assignment
from orgtools.exceptions import OrganizationError, RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.aws.read.read_only import View

_PRINCIPAL: Final = "sso.amazonaws.com"
_DESCRIBE: Final = {
    "USER": ("DescribeUser", "UserId", "UserName"),
    "GROUP": ("DescribeGroup", "GroupId", "DisplayName"),
}


class Directory:
    """Identity Center as the management account sees it; names are asked for once. Any number of threads may use it."""

    def __init__(self, eyes: Iterable[View]) -> None:
        """Find the instance, which lives in one region.

        Raises:
            RefusedError: no instance was found, and not every region could be looked into.
            OrganizationError: none was found, although the organization trusts Identity Center.
        """
        views, refused = tuple(eyes), list[RefusedError]()
        self._instances: list[tuple[View, str, str]] = []
        for view in views:
            try:
                self._instances += [
                    (view, found["InstanceArn"], found["IdentityStoreId"])
                    for found in view.pages("sso-admin", "ListInstances", "Instances")
                    if is_primary(found, view.region_of("sso-admin"))
                ]
            except RefusedError as error:
                refused.append(error)
        if not self._instances:
            if refused:
                raise refused[0]
            self._explain(views)
        self._names: dict[tuple[str, ...], str] = {}
        self._lock = threading.Lock()

    def _explain(self, views: tuple[View, ...]) -> None:
        """No instance is none only where the organization does not trust the service either."""
        trusted = views[0].pages("organizations", "ListAWSServiceAccessForOrganization", "EnabledServicePrincipals")
        if any(entry["ServicePrincipal"] == _PRINCIPAL for entry in trusted):
            raise OrganizationError(Message("identity-center-of-source-elsewhere"))

    def assignments(self, account_id: str) -> tuple[tuple[Assignment, ...], RefusedError | None]:
        """The assignments of an account, and what kept a principal's name from being read, if anything did.

        Raises:
            RefusedError: AWS does not show the assignments.
        """
        found, unnamed = list[Assignment](), None
        for view, instance, store in self._instances:
            where: dict[str, Any] = {"InstanceArn": instance, "AccountId": account_id}
            for arn in view.pages("sso-admin", "ListPermissionSetsProvisionedToAccount", "PermissionSets", **where):
                name = self._permission_set(view, instance, arn)
                for held in view.pages(
                    "sso-admin", "ListAccountAssignments", "AccountAssignments", **where, PermissionSetArn=arn
                ):
                    kind, principal, called = held["PrincipalType"], held["PrincipalId"], ""
                    try:
                        called = self._principal(view, store, kind, principal)
                    except RefusedError as error:
                        unnamed = error
                    found.append(Assignment(name, arn, kind, principal, called))
        found.sort(key=lambda one: (one.permission_set, one.principal_type, one.principal_id))
        return tuple(found), unnamed

    def _permission_set(self, view: View, instance: str, arn: str) -> str:
        with self._lock:
            if (arn,) not in self._names:
                answer = view.ask("sso-admin", "DescribePermissionSet", InstanceArn=instance, PermissionSetArn=arn)
                self._names[arn,] = answer["PermissionSet"]["Name"]
            return self._names[arn,]

    def _principal(self, view: View, store: str, kind: str, principal: str) -> str:
        """The name of a user or group; empty where it was deleted and its assignments were left."""
        operation, id_field, name_field = _DESCRIBE[kind]
        with self._lock:
            if (store, principal) not in self._names:
                asked = {"IdentityStoreId": store, id_field: principal}
                answer = view.ask("identitystore", operation, absent=("ResourceNotFoundException",), **asked)
                self._names[store, principal] = answer[name_field] if answer else ""
            return self._names[store, principal]
