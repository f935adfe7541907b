"""Who may join, leave and be invited: one function for each of AWS's rules, with the page it comes from.

Where AWS says nothing, the rule takes the stricter reading and says "ours".
"""

from datetime import datetime, timedelta

from orgtools.rehearsal.refusals import ServiceError, constraint, handshake_constraint
from orgtools.rehearsal.world.world import (
    PENDING,
    Membership,
    SimulatedAccount,
    SimulatedHandshake,
    SimulatedOrganization,
    World,
)

WAIT_AFTER_CREATION = timedelta(days=4)
YOUNG_ORGANIZATION = timedelta(days=7)
NEW_ORGANIZATION = timedelta(hours=1)
CLOSED_COUNTS_FOR = timedelta(days=90)
ATTEMPT_WINDOW = timedelta(hours=24)
LEAST_ATTEMPTS = 20


def not_a_management_account(membership: Membership) -> None:
    """API: MasterCannotLeaveOrganizationException, of LeaveOrganization, RemoveAccount... and AcceptHandshake."""
    if membership.account.id == membership.organization.management:
        message = (
            "You can't remove a management account from an organization. If you want the management account to become "
            "a member account in another organization, you must first delete the current organization."
        )
        raise ServiceError("MasterCannotLeaveOrganizationException", message)


def not_a_delegated_administrator(membership: Membership) -> None:
    """API: LeaveOrganization ("must not be a delegated administrator account")."""
    if membership.account.id in membership.organization.delegated:
        message = "You cannot remove the account: it is registered as a delegated administrator for an AWS service."
        raise constraint("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG", message)


def waited_after_creation(world: World, account: SimulatedAccount) -> None:
    """API: LeaveOrganization ("at least four days after the account was created"); invited accounts are exempt."""
    if account.created_by_organization and world.clock.now() < account.created_at + WAIT_AFTER_CREATION:
        message = "You must wait until four days after the account was created before it can leave its organization."
        raise constraint("WAIT_PERIOD_ACTIVE", message)


def may_depart(world: World, membership: Membership) -> None:
    """What every way out of an organization requires."""
    not_a_management_account(membership)
    not_a_delegated_administrator(membership)
    waited_after_creation(world, membership.account)


def can_stand_alone(account: SimulatedAccount) -> None:
    """API: LeaveOrganization ("information required to operate as a standalone account").

    An account that lacks everything was seen to answer the payment method first, in these words; the order of the
    other two, and their words, are ours.
    """
    if not account.traits.payment_method:
        message = "The member account must be configured with a valid payment method, such as a credit card."
        raise constraint("MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED", message)
    if not account.traits.agreement_accepted:
        message = "You must accept the customer agreement before the account can operate as a standalone account."
        raise constraint("ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA", message)
    if not account.traits.phone_verified:
        message = "You must complete phone verification before the account can operate as a standalone account."
        raise constraint("ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION", message)


def has_payment_method(account: SimulatedAccount) -> None:
    """API: HandshakeConstraintViolationException, PAYMENT_INSTRUMENT_REQUIRED; for accounts that stand alone."""
    if not account.traits.payment_method:
        message = "You can't complete the operation with an account that doesn't have a payment method."
        raise handshake_constraint("PAYMENT_INSTRUMENT_REQUIRED", message)


def same_seller(account: SimulatedAccount, organization: SimulatedOrganization) -> None:
    """User guide, orgs_account_migration (same seller of record).

    That it is checked at the invitation and at the acceptance, and with this reason, is ours.
    """
    if account.traits.seller != organization.settings.seller:
        message = "You can only join an organization with the same seller of record as your account."
        raise handshake_constraint("ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD", message)


def old_enough_for_transfers(world: World, organization: SimulatedOrganization) -> None:
    """User guide, orgs_account_migration (the destination is at least 7 days old). Class and reason are ours."""
    if world.clock.now() < organization.created_at + YOUNG_ORGANIZATION:
        message = "The organization must be at least seven days old before members of another one can join it."
        raise constraint("WAIT_PERIOD_ACTIVE", message)


def transferable(account: SimulatedAccount) -> None:
    """Some accounts cannot transfer directly; that they get the answer from before direct transfers is ours."""
    if not account.traits.direct_transfer:
        message = "The account is already a member of an organization. It must leave that organization first."
        raise handshake_constraint("ALREADY_IN_AN_ORGANIZATION", message)


def membership_settled(world: World, account: SimulatedAccount) -> None:
    """API: ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED.

    AWS publishes no figure; the switch `membership_change_hours`, counted from the last accepted
    invitation, is ours.
    """
    wait = timedelta(hours=world.switches.membership_change_hours)
    if account.last_join is not None and world.clock.now() < account.last_join + wait:
        message = "You attempted to change the membership of an account too quickly after its previous change."
        raise handshake_constraint("ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED", message)


def has_settled(organization: SimulatedOrganization) -> None:
    """API: FinalizingOrganizationException, of InviteAccountToOrganization and CreateAccount."""
    if organization.settings.finalizing:
        message = "Organizations is finalizing your organization. Wait an hour and try again."
        raise ServiceError("FinalizingOrganizationException", message)


def may_invite(world: World, organization: SimulatedOrganization) -> None:
    """The sender's own state: verified e-mail, finished initialization, no feature change under way."""
    if not organization.settings.email_verified:
        message = "You can't invite accounts until you verify the email address of the management account."
        raise ServiceError("AccountOwnerNotVerifiedException", message)
    has_settled(organization)
    if organization.enabling_all_features and world.switches.invite_needs_all_features:
        message = "You can't issue new invitations while the organization is enabling all features."
        raise handshake_constraint("INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES", message)


def counted_accounts(world: World, organization: SimulatedOrganization, now: datetime) -> int:
    """What counts against the account quota (user guide, orgs_reference_limits).

    Members, closed ones for 90 days, and pending invitations.
    """
    count = 0
    for account_id in world.members[organization.id]:
        closed = world.accounts[account_id].closed_at
        if closed is None or now < closed + CLOSED_COUNTS_FOR:
            count += 1
    return count + len(pending_invitations(world, organization, now))


def pending_invitations(world: World, organization: SimulatedOrganization, now: datetime) -> list[SimulatedHandshake]:
    """The invitations of an organization that can still be accepted."""
    unanswered = (world.handshakes.truth[handshake_id] for handshake_id in world.unanswered[organization.id])
    return [handshake for handshake in unanswered if handshake.state_at(now) in PENDING]


def room_for_another(world: World, organization: SimulatedOrganization, now: datetime) -> None:
    """User guide, orgs_reference_limits (maximum number of accounts)."""
    if now < organization.created_at + NEW_ORGANIZATION:
        # API: HandshakeConstraintViolationException: "immediately after creating the organization, wait one hour".
        raise _too_many_accounts()
    at_most = len(world.members[organization.id]) + len(world.unanswered[organization.id])
    if at_most < organization.account_quota:
        return
    if counted_accounts(world, organization, now) >= organization.account_quota:
        raise _too_many_accounts()


def _too_many_accounts() -> ServiceError:
    message = "You attempted to exceed the limit on the number of accounts in an organization."
    return handshake_constraint("ACCOUNT_NUMBER_LIMIT_EXCEEDED", message)


def attempts_left(world: World, organization: SimulatedOrganization, now: datetime) -> None:
    """User guide, orgs_reference_limits (invitation attempts in 24 hours).

    The larger of 20 and the account quota; accepted invitations do not count, cancelled and declined ones do.
    """
    limit = max(LEAST_ATTEMPTS, organization.account_quota)
    if len(world.sent[organization.id]) < limit:
        return
    attempts = sum(
        1
        for handshake_id in world.sent[organization.id]
        if (handshake := world.handshakes.truth[handshake_id]).requested_at > now - ATTEMPT_WINDOW
        and handshake.state != "ACCEPTED"
    )
    if attempts >= limit:
        message = "You attempted to exceed the number of handshakes that you can send in one day."
        raise handshake_constraint("HANDSHAKE_RATE_LIMIT_EXCEEDED", message)
