"""What follows from each error of AWS, and what to do about it: facts, by the name that AWS gives it.

The rows follow the reference text in botocore's service model and
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_troubleshoot_general.html . Look at the reason
first: the two constraint classes share reason names. An error that is not in the table is the operator's.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
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


SUPPORT: Final = "Contact AWS Support with the request id from the ledger."
"""What is left where only AWS can tell more."""
_SIGN_IN: Final = "The credentials are wrong or have expired: sign in again, then run again."
LATER: Final = "Nothing to do: orgtools reads the state and tries again after a pause."
"""What is said of all that passes by itself."""

BY_NAME: Final[dict[str, tuple[Kind, str]]] = {
    # Busy: try again.
    "TooManyRequestsException": (Kind.RETRY, LATER),
    "ThrottlingException": (Kind.RETRY, LATER),
    "Throttling": (Kind.RETRY, LATER),
    "ServiceException": (Kind.RETRY, LATER),
    "ServiceFailure": (Kind.RETRY, LATER),
    "InternalFailure": (Kind.RETRY, LATER),
    "InternalServerError": (Kind.RETRY, LATER),
    "ServiceUnavailable": (Kind.RETRY, LATER),
    "InternalServerException": (Kind.RETRY, LATER),
    "ConcurrentModificationException": (Kind.RETRY, LATER),
    "LimitExceededException": (Kind.RETRY, LATER),
    "ServerInternalException": (Kind.RETRY, LATER),
    "ServiceUnavailableException": (Kind.RETRY, LATER),
    "HandshakeNotFoundException": (
        Kind.RETRY,
        "A new invitation may take seconds to be visible everywhere; orgtools reads the state and tries again.",
    ),
    # Later, by itself.
    "FinalizingOrganizationException": (
        Kind.WAIT,
        "The organization is still being set up; AWS asks to wait up to an hour. Run the step again then.",
    ),
    "WAIT_PERIOD_ACTIVE": (
        Kind.WAIT,
        "An account created in an organization may move 4 days after its creation. Run the step again then.",
    ),
    "HANDSHAKE_RATE_LIMIT_EXCEEDED": (
        Kind.WAIT,
        "The invitations of the last 24 hours are used up. Run the step again when the oldest is 24 hours old.",
    ),
    "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES": (
        Kind.WAIT,
        "The destination is enabling all features. Finish or cancel that in its console, then run the step again.",
    ),
    "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED": (
        Kind.WAIT,
        (
            "The account changed its organization too often; AWS does not publish for how long it must rest. "
            "Try again tomorrow."
        ),
    ),
    "ServiceQuotaExceededException": (
        Kind.WAIT,
        "AWS allows no more at once (Control Tower: five operations). Run the step again when one of them has ended.",
    ),
    # The state is another one than we thought.
    "ConflictException": (
        Kind.RECONCILE,
        "AWS is at work on that target already; orgtools looks. Run the step again when it has ended.",
    ),
    "DuplicateResourceException": (
        Kind.RECONCILE,
        "Account Factory has a product of that name already; orgtools looks.",
    ),
    "ResourceNotFoundException": (Kind.RECONCILE, "It is not there any more; orgtools looks."),
    "ResourceShareInvitationAlreadyAcceptedException": (Kind.RECONCILE, "It was accepted already; orgtools looks."),
    "DuplicateHandshakeException": (Kind.RECONCILE, "An invitation is already there; orgtools looks which."),
    "HandshakeAlreadyInStateException": (Kind.RECONCILE, "The handshake already has that state; orgtools looks."),
    "InvalidHandshakeTransitionException": (
        Kind.RECONCILE,
        "That handshake is over. Open 30_invite: it invites again.",
    ),
    "ALREADY_IN_AN_ORGANIZATION": (
        Kind.RECONCILE,
        (
            "orgtools looks which organization the account is in. If it is the one that invited, it has arrived; "
            "if it is still the other, AWS does not transfer it directly: write standalone as its path in accounts.csv."
        ),
    ),
    "AccountNotFoundException": (Kind.RECONCILE, "The account is not in that organization any more; orgtools looks."),
    "DuplicateOrganizationalUnitException": (
        Kind.RECONCILE,
        "A unit of that name is there already; orgtools looks. Where it does not see it, compare upper and lower case.",
    ),
    "DuplicateAccountException": (Kind.RECONCILE, "The account is already there; orgtools looks."),
    "SourceParentNotFoundException": (Kind.RECONCILE, "The account was moved meanwhile; run the step again."),
    "AWSOrganizationsNotInUseException": (
        Kind.RECONCILE,
        "The caller's account is in no organization. If it is the member, it is stand-alone: invite and accept.",
    ),
    "NoSuchEntity": (Kind.RECONCILE, "The role is not there any more; orgtools looks."),
    "AccountNotRegisteredException": (Kind.RECONCILE, "The account is no delegated administrator; orgtools looks."),
    # Somebody must act.
    "AccessDeniedException": (
        Kind.OPERATOR,
        "Grant the action to the caller, or look for a service control policy that denies it, and run again.",
    ),
    "AccessDenied": (
        Kind.OPERATOR,
        "Grant the action to the caller, or let the role trust the caller, and run again.",
    ),
    "AccessDeniedForDependencyException": (
        Kind.OPERATOR,
        "Grant iam:CreateServiceLinkedRole for organizations.amazonaws.com to the accepting role, and run again.",
    ),
    "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE": (
        Kind.OPERATOR,
        "Grant iam:CreateServiceLinkedRole for organizations.amazonaws.com to the accepting role, and run again.",
    ),
    "AccountOwnerNotVerifiedException": (
        Kind.OPERATOR,
        "Verify the e-mail address of the destination's management account, then run again.",
    ),
    "MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED": (
        Kind.OPERATOR,
        "Verify the e-mail address of the destination's management account, then run again.",
    ),
    "ExpiredToken": (Kind.OPERATOR, _SIGN_IN),
    "ExpiredTokenException": (Kind.OPERATOR, _SIGN_IN),
    "RequestExpired": (Kind.OPERATOR, _SIGN_IN),
    "InvalidClientTokenId": (Kind.OPERATOR, _SIGN_IN),
    "UnrecognizedClientException": (Kind.OPERATOR, _SIGN_IN),
    "UnsupportedAPIEndpointException": (
        Kind.OPERATOR,
        "That endpoint of AWS Organizations does not take the call; correct the region of the profile.",
    ),
    "ConstraintViolationException": (Kind.OPERATOR, "AWS named no reason; do what its words say, then run again."),
    "HandshakeConstraintViolationException": (
        Kind.OPERATOR,
        "AWS named no reason; do what its words say, then run again.",
    ),
    "ACCOUNT_NUMBER_LIMIT_EXCEEDED": (
        Kind.OPERATOR,
        (
            "Cancel pending invitations that nobody needs, or ask for a higher account quota in Service Quotas "
            "(Organizations). If the destination is under an hour old, wait."
        ),
    ),
    "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG": (
        Kind.OPERATOR,
        "Deregister the account as delegated administrator in its present organization, then run 10_assess again.",
    ),
    "PAYMENT_INSTRUMENT_REQUIRED": (
        Kind.OPERATOR,
        "Add a valid payment method to the account that AWS names, then run again.",
    ),
    "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED": (
        Kind.OPERATOR,
        "Add a payment method to the member account (sign in as its root user), then run again.",
    ),
    "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED": (
        Kind.OPERATOR,
        "Add a payment method to the management account, then run again.",
    ),
    "INVALID_PAYMENT_INSTRUMENT": (Kind.OPERATOR, "Replace the account's payment method, then run again."),
    "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA": (
        Kind.OPERATOR,
        "Sign in to the member account as its root user and accept the customer agreement, then run again.",
    ),
    "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION": (
        Kind.OPERATOR,
        "Sign in to the member account as its root user and verify its phone number, then run again.",
    ),
    "MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE": (
        Kind.OPERATOR,
        "The management account's address must lie in the marketplace's country; correct it, then run again.",
    ),
    "MASTER_ACCOUNT_MISSING_CONTACT_INFO": (
        Kind.OPERATOR,
        "Complete the management account's contact data and verify its phone, then run again.",
    ),
    "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED": (Kind.OPERATOR, "Enable the management account for AWS GovCloud (US)."),
    "MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE": (
        Kind.OPERATOR,
        "Add the business licence to the management account (China), then run again.",
    ),
    "UnmodifiableEntity": (Kind.OPERATOR, "AWS itself keeps that role; name another under [access]."),
    "LimitExceeded": (Kind.OPERATOR, "The trust policy would be too long for IAM: shorten it in the account."),
    "TAG_POLICY_VIOLATION": (
        Kind.OPERATOR,
        "Correct the account's tags in accounts.csv so that they follow the destination's tag policy.",
    ),
    "MAX_TAG_LIMIT_EXCEEDED": (Kind.OPERATOR, "Leave tags out of accounts.csv: AWS allows 50 on an account."),
    "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE": (Kind.OPERATOR, "Enable all features in the organization first."),
    "DestinationParentNotFoundException": (
        Kind.OPERATOR,
        "The destination organizational unit is gone; correct accounts.csv and preview again.",
    ),
    "OU_NUMBER_LIMIT_EXCEEDED": (
        Kind.OPERATOR,
        "The destination has as many organizational units as AWS allows: delete some that nobody needs.",
    ),
    "OU_DEPTH_LIMIT_EXCEEDED": (
        Kind.OPERATOR,
        "AWS allows five levels of organizational units: set [place] replicate_below to a unit nearer to the root.",
    ),
    "ParentNotFoundException": (Kind.OPERATOR, "That organizational unit is gone; preview again."),
    "ChildNotFoundException": (Kind.OPERATOR, "That account or organizational unit is gone; preview again."),
    "TargetNotFoundException": (Kind.OPERATOR, "That account or organizational unit is gone; preview again."),
    "PolicyNotFoundException": (Kind.OPERATOR, "That policy is gone; assess again."),
    "ACCOUNT_CREATION_NOT_COMPLETE": (Kind.OPERATOR, "Wait until the account's creation is complete."),
    "UNSUPPORTED_PRICING": (Kind.OPERATOR, SUPPORT),
    "UNMET_BILLING_PREREQUISITE": (Kind.OPERATOR, SUPPORT),
    "PAST_DUE_INVOICE": (Kind.OPERATOR, "Pay your organization's overdue invoice, then run again."),
    "UNUSED_PREPAYMENT_BALANCE": (
        Kind.OPERATOR,
        "Use up or refund your organization's prepaid balance, then run again.",
    ),
    "LEGACY_PERMISSIONS_STILL_IN_USE": (
        Kind.OPERATOR,
        "Move your organization's policies from legacy billing permissions to the fine-grained ones, then run again.",
    ),
    "TARGET_ACCOUNT_VALIDATION_FAILURE": (Kind.OPERATOR, SUPPORT),
    **dict.fromkeys(
        (
            "ResourceShareInvitationAlreadyRejectedException",
            "ResourceShareInvitationArnNotFoundException",
            "ResourceShareInvitationExpiredException",
        ),
        (Kind.OPERATOR, "Ask the owner to share with the account again, then run the step again."),
    ),
    "OperationNotPermittedException": (Kind.OPERATOR, "AWS RAM does not allow it: do what its words say."),
    "InvalidParametersException": (Kind.OPERATOR, "Account Factory refuses a parameter: do what its words say."),
    # Not this way.
    "MasterCannotLeaveOrganizationException": (
        Kind.NEVER,
        "A management account cannot move; take it out of accounts.csv.",
    ),
    "ACCOUNT_CANNOT_LEAVE_ORGANIZATION": (
        Kind.NEVER,
        "This account was set up so that it cannot leave; take it out of accounts.csv and ask AWS Support.",
    ),
    "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD": (
        Kind.NEVER,
        "The two organizations buy from different AWS sellers of record; ask AWS Support, leave the account out.",
    ),
    "SOURCE_AND_TARGET_CANNOT_MATCH": (Kind.NEVER, "Source and target are the same account; correct accounts.csv."),
    "InvalidInputException": (Kind.NEVER, "AWS did not understand the call; correct what it names."),
    **dict.fromkeys(
        ("IdempotentParameterMismatchException", "InvalidClientTokenException", "MalformedArnException"),
        (Kind.NEVER, "AWS did not understand the call; correct what it names."),
    ),
    "MalformedPolicyDocument": (Kind.OPERATOR, "The trust policy may name a principal that is gone; correct it there."),
    "ValidationException": (Kind.NEVER, "AWS did not understand the call; correct what it names."),
}
"""What to do, by ``Reason`` or by error class."""

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

_POLICIES = "policies, which orgtools does not change"
_DELEGATION = "registering delegated administrators, which orgtools does not do"
_CLOSING = "closing accounts, which orgtools does not do"
_FEATURES = "enabling all features, which orgtools does not do"
_BILLING = "billing transfer, which orgtools does not do"

NOT_OURS: Final[dict[str, str]] = {
    "ORGANIZATION_ALREADY_HAS_ALL_FEATURES": _FEATURES,
    "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION": _FEATURES,
    "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED": _FEATURES,
    "POLICY_NUMBER_LIMIT_EXCEEDED": _POLICIES,
    "POLICY_CONTENT_LIMIT_EXCEEDED": _POLICIES,
    "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED": _POLICIES,
    "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED": _POLICIES,
    "POLICY_TYPE_ENABLED_FOR_THIS_SERVICE": _POLICIES,
    "MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED": _DELEGATION,
    "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR": _DELEGATION,
    "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR": _DELEGATION,
    "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE": _DELEGATION,
    "SERVICE_ACCESS_NOT_ENABLED": "trusted access, which orgtools does not change",
    "CANNOT_CLOSE_MANAGEMENT_ACCOUNT": _CLOSING,
    "CLOSE_ACCOUNT_QUOTA_EXCEEDED": _CLOSING,
    "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED": _CLOSING,
    "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED": "creating accounts, which orgtools does not do",
    "CREATE_ORGANIZATION_IN_BILLING_MODE_UNSUPPORTED_REGION": "creating organizations, which orgtools does not do",
    "EMAIL_VERIFICATION_CODE_EXPIRED": "changing e-mail addresses, which orgtools does not do",
    "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS": _BILLING,
    "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION": _BILLING,
    "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION": _BILLING,
    "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION": _BILLING,
    "RESPONSIBILITY_TRANSFER_MAX_TRANSFERS_QUOTA_VIOLATION": _BILLING,
    "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS": _BILLING,
    "TRANSFER_RESPONSIBILITY_TARGET_DELETION_IN_PROGRESS": _BILLING,
    "TRANSFER_RESPONSIBILITY_SOURCE_DELETION_IN_PROGRESS": _BILLING,
    "TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED": _BILLING,
    "ACCOUNT_NOT_ACTIVE_FOR_TRANSFER_RESPONSIBILITY": _BILLING,
}
"""Reasons of the shared error classes that belong to operations orgtools never calls; one that comes all the same is
the operator's. Whole names, so that a new one of AWS is noticed."""
