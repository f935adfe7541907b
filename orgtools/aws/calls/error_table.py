"""What follows from each error of AWS: facts, by the name that AWS gives it; what to do then is in the catalogue.

The rows follow the reference text in botocore's service model and
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_troubleshoot_general.html . Look at the reason
first: the two constraint classes share reason names. An error that is not in the table is the operator's.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

from orgtools.messages import Message


class ErrorKind(StrEnum):
    """What follows from a refusal."""

    RETRY = "retry"
    """Nothing is wrong with the call: read the state, then try again after a pause."""
    WAIT = "wait"
    """It will be allowed later."""
    RECONCILE = "reconcile"
    """The state is not what we thought: read AWS again; what was asked may already be so."""
    OPERATOR = "operator"
    """Somebody must do something first."""
    NEVER = "never"
    """This account cannot be moved this way."""


_NAMES: Final[dict[ErrorKind, str]] = {
    ErrorKind.RETRY: (
        "TooManyRequestsException ThrottlingException Throttling ServiceException ServiceFailure "
        "InternalFailure InternalServerError ServiceUnavailable InternalServerException "
        "ConcurrentModificationException LimitExceededException ServerInternalException "
        "ServiceUnavailableException HandshakeNotFoundException"
    ),
    ErrorKind.WAIT: (
        "FinalizingOrganizationException WAIT_PERIOD_ACTIVE HANDSHAKE_RATE_LIMIT_EXCEEDED "
        "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED "
        "ServiceQuotaExceededException"
    ),
    ErrorKind.RECONCILE: (
        "ConflictException DuplicateResourceException ResourceNotFoundException "
        "ResourceShareInvitationAlreadyAcceptedException DuplicateHandshakeException "
        "HandshakeAlreadyInStateException InvalidHandshakeTransitionException ALREADY_IN_AN_ORGANIZATION "
        "AccountNotFoundException DuplicateOrganizationalUnitException DuplicateAccountException "
        "SourceParentNotFoundException AWSOrganizationsNotInUseException NoSuchEntity "
        "AccountNotRegisteredException"
    ),
    ErrorKind.OPERATOR: (
        "AccessDeniedException AccessDenied AccessDeniedForDependencyException "
        "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE AccountOwnerNotVerifiedException "
        "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED ExpiredToken ExpiredTokenException RequestExpired "
        "InvalidClientTokenId UnrecognizedClientException UnsupportedAPIEndpointException "
        "ConstraintViolationException HandshakeConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED "
        "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG PAYMENT_INSTRUMENT_REQUIRED "
        "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED "
        "INVALID_PAYMENT_INSTRUMENT ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA "
        "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE "
        "MASTER_ACCOUNT_MISSING_CONTACT_INFO MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED "
        "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE UnmodifiableEntity LimitExceeded TAG_POLICY_VIOLATION "
        "MAX_TAG_LIMIT_EXCEEDED ORGANIZATION_NOT_IN_ALL_FEATURES_MODE DestinationParentNotFoundException "
        "OU_NUMBER_LIMIT_EXCEEDED OU_DEPTH_LIMIT_EXCEEDED ParentNotFoundException ChildNotFoundException "
        "TargetNotFoundException PolicyNotFoundException ACCOUNT_CREATION_NOT_COMPLETE UNSUPPORTED_PRICING "
        "UNMET_BILLING_PREREQUISITE PAST_DUE_INVOICE UNUSED_PREPAYMENT_BALANCE "
        "LEGACY_PERMISSIONS_STILL_IN_USE TARGET_ACCOUNT_VALIDATION_FAILURE "
        "ResourceShareInvitationAlreadyRejectedException ResourceShareInvitationArnNotFoundException "
        "ResourceShareInvitationExpiredException OperationNotPermittedException InvalidParametersException "
        "MalformedPolicyDocument"
    ),
    ErrorKind.NEVER: (
        "MasterCannotLeaveOrganizationException ACCOUNT_CANNOT_LEAVE_ORGANIZATION "
        "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD SOURCE_AND_TARGET_CANNOT_MATCH InvalidInputException "
        "IdempotentParameterMismatchException InvalidClientTokenException MalformedArnException "
        "ValidationException"
    ),
}

BY_NAME: Final[dict[str, ErrorKind]] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
"""What follows, by ``Reason`` or by error class; `remedy` is what the operator does."""


def remedy(name: str) -> Message:
    """What the operator does about an error of the table: a sentence."""
    return Message(f"aws-{name}")


RESTS: Final[dict[str, timedelta]] = {
    "FinalizingOrganizationException": timedelta(minutes=15),
    "WAIT_PERIOD_ACTIVE": timedelta(hours=6),
    "HANDSHAKE_RATE_LIMIT_EXCEEDED": timedelta(hours=1),
    "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES": timedelta(minutes=15),
    "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED": timedelta(hours=24),
    "ServiceQuotaExceededException": timedelta(minutes=10),
}
"""How long a step leaves an account alone after a refusal that time alone clears, by name.

AWS names no such time. Where the end can be known (4 days of age, 24 hours of invitations) the step computes it from
what AWS shows; these are for what it cannot know, short enough that nobody waits much longer than needed.
"""

NOT_OURS: Final = frozenset(
    {
        # Enabling all features, which orgtools does not do.
        "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
        "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
        "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED",
        # Policies, which orgtools does not change.
        "POLICY_NUMBER_LIMIT_EXCEEDED",
        "POLICY_CONTENT_LIMIT_EXCEEDED",
        "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE",
        # Registering delegated administrators, which orgtools does not do.
        "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED",
        "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
        "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        # Trusted access, which orgtools does not change.
        "SERVICE_ACCESS_NOT_ENABLED",
        # Closing accounts, which orgtools does not do.
        "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
        "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
        "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED",
        # Creating accounts, which orgtools does not do.
        "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED",
        # Creating organizations, which orgtools does not do.
        "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION",
        # Changing e-mail addresses, which orgtools does not do.
        "EMAIL_VERIFICATION_CODE_EXPIRED",
        # Billing transfer, which orgtools does not do.
        "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS",
        "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION",
        "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION",
        "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION",
        "RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION",
        "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS",
        "TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS",
        "TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS",
        "TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED",
        "ACCOUNT_NOT_ACTIVE_FOR_TRANSFER_RESPONSIBILITY",
    }
)
"""Reasons of the shared error classes that belong to operations orgtools never calls; one that comes all the same is
the operator's. Whole names, so that a new one of AWS is noticed."""
