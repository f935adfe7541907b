# What the steps decide about an account. do-STEP counts what is to do, done-STEP what needs nothing, did-STEP what is done.

free = { $words }
    .next = { $next }

# Several reasons in one
all-of = { $whys }
    .next = { $whys_next }

# Obstacles that an assessment found
obstacle = { $why } ({ $check })
    .next = { $why_next }
obstacles = { $findings }
    .next = { $findings_next }
obstacles-and-more = { $findings }; and { $more } more of { $checks_name }, see 10_assess
    .next = { $findings_next } See 10_assess for the rest.
not-assessed = was not assessed
    .next = Open 10_assess. It checks whether the account can be moved.

# Where an account is
is-member = is a member of the destination
arrive-first = is not in the destination yet; accept the invitation first (50_accept)
plan-wave-unknown = accounts.csv has no wave { $wave }.
    .next = Choose one of its waves: { $waves }.
plan-without-waves = accounts.csv names no accounts, so it has no wave { $wave }.
    .next = Add accounts to accounts.csv.

# Invitations
not-invited = is not invited
invitation-ended = its invitation { $handshake } { $state ->
        [ACCEPTED] was accepted
        [CANCELED] was canceled
        [DECLINED] was declined
        [EXPIRED] expired
       *[other] is in state { $state }
    }
invitation-pending = invitation { $handshake } is pending ({ $why })
invitation-pending-by-email = invitation { $handshake }, sent to { $address }, is pending ({ $why })
invitation-without-state = AWS does not give the state of its invitation { $handshake }
    .next = Look at { $handshake } in the destination's Organizations console. Cancel it there, or preview again.
invitation-to = { $handshake } to { $address }
invitation-to-nobody = { $handshake } to an address that AWS does not show
invited-otherwise = is already invited, AWS says, but no invitation names its id; invitations by e-mail: { $findings }
    .next = Cancel { $handshakes } in the destination's Organizations console, then run this step again.

# 30_invite
do-invite = { $count ->
    [0] no account to invite
    [one] 1 account to invite
   *[other] { $count } accounts to invite
}
done-invite = { $count } already invited or moved
did-invite = { $count } invited
invite-account-elsewhere = is in neither the source nor the destination
    .next = Remove it from accounts.csv, or find out who moved it. orgtools invites accounts of the source and accounts that report no organization.
invite-unchecked = { $checks_name } could not be checked; 10_assess shows why
invite-unchecked-many = { $count } checks could not be completed; 10_assess lists them
invite-unchecked-source = { $count ->
        [one] 1 check needs
       *[other] { $count } checks need
    } access to the source
invite-call = invite into { $organization }
invite-call-with-tags = invite into { $organization } with tags { $tags }
invite-quota-full = the destination's account quota of { $quota } is full: { $members ->
        [one] 1 member account
       *[other] { $members } member accounts
    } and { $pending ->
        [one] 1 pending invitation
       *[other] { $pending } pending invitations
    }
    .next = Cancel invitations that nobody needs, or ask Service Quotas (Organizations) for a higher quota.
invite-budget-used = the 24-hour quota of invitations is used up

# 35_review_handshakes
do-cancel = { $count ->
    [0] no invitation to cancel
    [one] 1 invitation to cancel
   *[other] { $count } invitations to cancel
}
done-cancel = { $count } without a pending invitation
did-cancel = { $count } no longer invited
cancel-accepted = has accepted its invitation and is a member of the destination
    .next = An accepted invitation cannot be canceled. To undo the move, open 87_way_back.
cancel-call = cancel invitation { $handshake }
cancel-pending = invitation { $handshake } is pending ({ $why })

# Access to accounts
handover-not-asked = migration.toml does not ask for this step ([handover])
role-unchecked = could not check who can assume { $role }
    .next = { $then } { $then_next }
trust-unread = could not read the trust policy of { $role }
    .next = { $then } { $then_next }
trust-changed = Account { $account }: somebody edited the role's trust policy after orgtools read it.
    .next = Preview again. orgtools keeps that edit.
session-only = { $whom ->
    [either] neither side can
   *[destination] the destination cannot
} assume { $role }, and Identity Center sessions end when the account leaves the source
    .next = Let { $role } trust the destination's management account, then preview again.
session-only-unchecked = { session-only }
    .next = { $then } { $then_next }

# 38_prepare_access
do-prepare = { $count ->
    [0] no account to prepare
    [one] 1 account to prepare
   *[other] { $count } accounts to prepare
}
done-prepare = { $count } not needed
did-prepare = { $count } now { $count ->
    [one] gives
   *[other] give
} the destination access
prepare-first = the destination cannot enter the account yet; prepare access first (38_prepare_access)
prepare-not-looked = whether the destination can enter the account was not checked here; 38_prepare_access checks it
prepare-account-elsewhere = is in neither the source nor the destination
    .next = { accept-account-elsewhere.next }
prepare-invite-first = is not invited; invite it first (30_invite)
prepare-done = the destination can assume { $role }
prepare-source-only = only the source can assume { $role }
prepare-call = let account { $management_account } assume { $role } too; other statements stay
prepare-trusted-and-shut = { $role } trusts account { $management_account }, which cannot assume it yet
    .next = Preview again in some minutes: IAM may show a change late. If nothing changes, look for a Deny in the trust policy. Look also for a resource control policy that denies sts:AssumeRole to other organizations: see E14.rcp (RCPs of the source) in 10_assess. { $then }
prepare-no-way-in = neither side can assume { $arn }: it does not exist, or it trusts neither
    .next = Sign in to the account and create or edit the role { $role }. Its trust policy: { $policy } Its permissions: those that orgtools policies member-accept prints. A resource control policy may also deny sts:AssumeRole: see E14.rcp (RCPs of the source) in 10_assess. If the role already trusts the source: { $then } Then preview again.

# 40_leave
do-leave = { $count ->
    [0] no account to remove from its organization
    [one] 1 account to remove from its organization
   *[other] { $count } accounts to remove from their organization
}
done-leave = { $count } not needed
did-leave = { $count } removed from the source: standalone until accepted
leave-not-needed = moves directly, so it does not need to leave
leave-done = is standalone, in no organization; accept next (50_accept)
leave-not-in-source = is not in the source
    .next = Find out who moved it, or remove it from accounts.csv.
leave-invite-first = has no pending invitation; invite it first (30_invite), so that it is standalone only briefly
leave-planned = accounts.csv asks for the standalone path
leave-session-ends = is entered with an Identity Center session, which ends when it leaves, so nobody could accept
    .next = Under [access] in migration.toml, name { $whom ->
        [either] source or destination
       *[destination] destination
    } for it, and a role that can be assumed.
leave-by-owner = its owner removes it from its organization before accepting; 50_accept writes the instructions
leave-organization-unknown = does not report its organization, and this run has no access to the source
    .next = Under [access] in migration.toml, name a way to enter it, or write owner. Then preview again.
leave-call = leave { $organization }; the account is standalone until it accepts
leave-call-remove = remove from { $organization }; the account is standalone until it accepts
leave-not-there = Account { $account } reports that it is not in { $organization }, so orgtools does not remove it.
    .next = Preview again: AWS may show a change late.

# 50_accept
do-accept = { $count ->
    [0] no invitation to accept
    [one] 1 invitation to accept
   *[other] { $count } invitations to accept
}
done-accept = { $count } already moved
did-accept = { $count } joined the destination
accept-invite-first = { $why }; invite it first (30_invite)
accept-by-owner = its owner must accept { $handshake ->
    [h-notsentyet] the invitation
   *[other] { $handshake }
} ({ $why }); the page to send is in owners/
accept-leave-first = takes the standalone path and is still in the source; it must leave first (40_leave)
accept-leave-first-unseen = takes the standalone path and is not known to be standalone; it must leave first (40_leave)
accept-account-elsewhere = is no longer in the source
    .next = Find out who moved it before it accepts.
accept-pending = invitation { $handshake } is pending
accept-call = accept { $handshake ->
    [h-notsentyet] the invitation
   *[other] { $handshake }
} and join { $organization }
accept-invitation-not-seen = { the-account } does not see the invitation { $handshake } yet.
    .next = If it was sent just now, run this again in a minute. Otherwise check whether it is to this account.
accept-foreign-handshake = { the-account }: handshake { $handshake } is not an invitation of { $organization }. Its ARN is { $arn }.
    .next = Do not accept it. Find out who sent it, and decline it if nobody knows.
accept-in-third-organization = Account { $account } is in organization { $organization }, which is neither the source nor the destination.
    .next = { accept-account-elsewhere.next }

# 60_place: units
do-replicate = { $count ->
    [0] no organizational unit to create
    [one] 1 organizational unit to create
   *[other] { $count } organizational units to create
}
done-replicate = { $count } already there
did-replicate = { $count } created
unit-create-first = its unit { $unit } does not exist yet; create it first (60_place)
unit-unusable = { $why }
    .next = Correct accounts.csv, or create the unit. Then preview again.
replicate-below-missing = migration.toml, [place] replicate_below: the destination has no organizational unit { $unit }.
    .next = Create it in the destination, or name another one. Nothing was changed.
replicate-unit-unknown = The source's tree below { $parent } has no organizational unit { $unit }.
    .next = Correct [place] replicate_below in migration.toml, or preview again.
replicate-not-asked = migration.toml does not ask to replicate the source's tree, so orgtools does not create { $unit }.
    .next = Set [place] replicate_below in migration.toml, then preview again.
replicate-exists = exists as { $unit }
replicate-missing = does not exist yet
replicate-not-needed = no planned account needs it
replicate-needed = { $count ->
        [one] 1 planned account needs it
       *[other] { $count } planned accounts need it
    }, from wave { $wave } on
replicate-slash = its name “{ $name }” contains a slash, so a path cannot identify it
    .next = Create it in the console and write its id into accounts.csv, or rename it in the source first.
replicate-too-deep = it would be { $count } levels below the root; AWS allows { $quota }
    .next = Set [place] replicate_below in migration.toml to a unit closer to the root.
replicate-quota-full = the destination would exceed AWS's quota of { $quota } organizational units
    .next = Delete units that nobody needs, in the destination or in the source, and preview again.
replicate-call = create { $name } in { $parent }
replicate-call-after-parent = create { $name } in { $parent }, which is created first
replicate-parent-missing = Organizational unit { $unit } was not created: its parent { $parent } does not exist.
    .next = Check the outcome of { $parent }, then preview again.

# 60_place: accounts
do-place = { $count ->
    [0] no account to place
    [one] 1 account to place
   *[other] { $count } accounts to place
}
done-place = { $count } already in place
did-place = { $count } moved to the planned unit
place-is-in = is in { $unit }
place-lacks-tags = is in { $unit }, but lacks tags
place-too-many-tags = would have { $total } tags, { $count } of them from the source; AWS allows { $quota }
    .next = Remove tags from accounts.csv, or set carry_tags = false under [place] in migration.toml.
place-call-move = move from { $parent } to { $unit }
place-call-tag = add tags { $tags }
place-call-tag-carried = restore the source's tags { $tags }
place-one-at-a-time = Control Tower enrolls one account of its unit at a time; place it after the previous one is enrolled
tower-enrolls-then = Control Tower then enrolls the account automatically
tower-drifts-then = Control Tower does not enroll it automatically; its organizational unit drifts until 70_enroll runs

# Control Tower
tower-busy = AWS is working on the account: { $why }; this takes minutes to hours
tower-busy-unit = AWS is working on its unit { $unit }: { $why }; this takes minutes to hours
tower-operation-running = operation { $operation_id } is in progress
tower-baseline-changing = the enabled baseline { $arn } is changing
tower-product-changing = its provisioned product { $product } is changing
tower-begun-and-failed = { $why }; AWS began operation { $operation_id }, which failed
    .next = { $why_next }
tower-last-try-failed = the last try failed; AWS says: { $words }
tower-last-try-left-product = the last try failed and left its provisioned product in state { $state }
tower-last-try-left-failed = the last try failed

# 25_unenroll
do-unenroll = { $count ->
    [0] no account to un-enroll
    [one] 1 account to un-enroll
   *[other] { $count } accounts to un-enroll
}
done-unenroll = { $count } not needed
did-unenroll = { $count } un-enrolled
unenroll-for-nothing = cannot move yet, so it stays under the source's controls: { $why }
    .next = { $why_next }
unenroll-source-not-seen = only the source's owner can tell whether the source's Control Tower governs it
unenroll-not-in-source = is not in the source
unenroll-landing-zone-unseen = could not check whether the source has a landing zone
    .next = { $then } Then preview again.
unenroll-no-landing-zone = the source has no Control Tower landing zone here, so there is nothing to un-enroll
unenroll-progress-unseen = could not check the progress of its un-enrollment
    .next = { $then } { $then_next }
unenroll-not-governed = Control Tower does not govern it
unenroll-governed = Control Tower governs it
unenroll-governed-automatically = Control Tower governs it; landing zone { $version } enrolls and un-enrolls accounts automatically
unenroll-governed-by-baseline = Control Tower governs it with { $baseline }
unenroll-by-itself = is in { $unit }, where landing zone { $version } un-enrolls it automatically; this takes minutes to hours
unenroll-product-left = Control Tower no longer governs it, but left its provisioned product in state { $state }
unenroll-no-way = Control Tower governs it; landing zone { $version } does not un-enroll it automatically, and it has no Account Factory product
    .next = Choose Unmanage for the account in the Control Tower console, then preview again.
unenroll-execution-role = migration.toml enters accounts with AWSControlTowerExecution, which AWS removes with un-enrollment
    .next = Under [access], name a role that stays, or the one that replaces it: OrganizationAccountAccessRole.
unenroll-way-in-unseen = could not check whether the account can be entered after it is un-enrolled
    .next = { $then } { $then_next }
unenroll-role-shut = { $arn } cannot be assumed, and un-enrolling removes AWSControlTowerExecution, so nobody could enter the account
    .next = { unenroll-let-in } Then preview again.
unenroll-put-back-role-shut = { $arn } cannot be assumed, and un-enrolling removes AWSControlTowerExecution, so nobody could enter the account
    .next = { unenroll-let-in } If the account has no such role: { $then } orgtools then sees that it is missing. Then preview again.
unenroll-let-in = Let { $role } trust account { $management_account }.
unenroll-refused = Account { $account }: { $why }.
    .next = { $why_next }
unenroll-call-move = move from { $parent } to /
unenroll-then-by-itself = Control Tower then un-enrolls the account automatically
unenroll-then-disabled = { $baseline } is then disabled on the account
unenroll-call-disable = disable { $baseline } on the account; its unit and the accounts there keep it
unenroll-call-terminate = terminate the provisioned product { $product }; the account stays open and moves to the root
unenroll-call-terminate-left-over = terminate the provisioned product { $product }; the account stays as it is
unenroll-busy = accounts are un-enrolled one at a time, and AWS is working on account { $account }
    .next = Preview again after that account is done.
unenroll-another-first = accounts are un-enrolled one at a time, and account { $account } goes first
    .next = Preview again after that account is done. If AWS refuses it, choose accounts without it.

# 70_enroll
do-enroll = { $count ->
    [0] no account to enroll
    [one] 1 account to enroll
   *[other] { $count } accounts to enroll
}
done-enroll = { $count } not needed
did-enroll = { $count } enrolled
enroll-landing-zone-unseen = could not check whether the destination has a landing zone
    .next = { $then } Then preview again.
enroll-no-landing-zone = the destination has no Control Tower landing zone here, so there is nothing to enroll
enroll-landing-zone-state = landing zone { $version } is { $state }
    .next = Look at the landing zone in the Control Tower console, then preview again.
enroll-place-first = is not in { $unit } yet; place it first (60_place)
enroll-stays-in-root = stays in the root, which Control Tower does not govern
enroll-done = is enrolled: AWS lists { $arn } as SUCCEEDED and IN_SYNC
enroll-unseen = could not check the progress of its enrollment, or what blocks it
    .next = { $then } { $then_next }
enroll-obstacles = Control Tower would refuse to enroll it: { $findings }
    .next = Delete the AWS Config resources in the account (aws configservice delete-delivery-channel, delete-configuration-recorder, delete-aggregation-authorization). Or ask AWS Support to allow them, then name the account under [control_tower] config_allowed. For Account Factory, create the role AWSControlTowerExecution with AdministratorAccess; it must trust account { $management_account }. Then preview again.
enroll-config-allowed-in-factory = has AWS Config resources that AWS Support allowed, so only registering its unit enrolls it
    .next = Remove it, or its unit, from [control_tower] account_factory in migration.toml.
enroll-by-itself = { $unit } is registered, and landing zone { $version } enrolls accounts automatically; this takes minutes to hours
enroll-unit-registered = { $unit } is registered
enroll-unit-drifted = { $unit } is registered and has drifted
enroll-not-by-itself = landing zone { $version } does not enroll accounts automatically
enroll-registering-again = registering the unit again enrolls { $accounts }
enroll-registering = { $unit } is not registered; registering it enrolls { $accounts }
enroll-unit-holds-others = registering { $unit } also affects { $accounts }, which accounts.csv does not name
    .next = If they may be enrolled, name them in migration.toml under [control_tower] also = [...]. To enroll this account alone, name it there under account_factory.
enroll-parent-not-registered = neither { $unit } nor its parent { $parent } is registered
    .next = Register { $parent } in the Control Tower console first, then preview again.
enroll-factory-asked = migration.toml asks for Account Factory
enroll-product-left = is not enrolled, but Account Factory has a provisioned product for it in state { $state }
enroll-factory-unit-not-registered = Account Factory enrolls only in registered units, and { $unit } is not registered
    .next = Register the unit in the Control Tower console, or remove the account from account_factory.
enroll-factory-not-shown = Service Catalog does not show Account Factory to the destination's caller
    .next = Grant that caller access to the portfolio “AWS Control Tower Account Factory Portfolio”, then preview again.
enroll-same-call = the same call as for account { $account }
enroll-too-many-at-once = Control Tower runs at most { $quota } operations at once
    .next = Preview again after one has ended.
enroll-unit-changed = Account { $account }: its organizational unit now also contains { $accounts }, which neither accounts.csv nor migration.toml names.
    .next = Preview again.
enroll-call-register = register { $unit }: { $accounts }
enroll-call-register-again = register { $unit } again: { $accounts }
enroll-call-terminate = terminate { $product }, which an earlier try left behind; the account stays as it is
enroll-call-provision = enroll only account { $account } in { $unit } through Account Factory, with owner { $address }

# 45_wave: accounts
do-wave = { $count ->
    [0] no account to move
    [one] 1 account to move
   *[other] { $count } accounts to move
}
done-wave = { $count } already in place
did-wave = { $count } moved to the planned unit
wave-held = cannot pass the { $step } step: { $why }
    .next = { $why_next }
wave-waits = the { $step } step waits: { $why }
wave-still-waits = the { $step } step waits: { $why }
    .next = Preview the wave again later. It continues from there.
wave-differs = the { $step } step needs a call that was not approved: { $why }
    .next = Preview again and check the new preview.
wave-ended-at = stopped at the { $step } step: { $why }
    .next = { $why_next }
wave-left-at = stopped before the { $step } step: { $why }
    .next = Preview the wave again. It continues from there.
wave-row-changed = its row in accounts.csv has changed; the { $step } step and later steps were not performed
    .next = Preview again and check the new preview.
wave-left-alone = is in no organization: { $why }
    .next = Preview the wave again now. Until the account accepts the invitation, it is in no organization.
wave-patience = AWS has shown no progress for { $span }

# 80_verify
do-verify = no changes made
done-verify = { $count } as planned
verify-unplaced = { $why }; missing: { $changes }
    .next = Open 60_place.
verify-place-next = { $why }
    .next = { verify-unplaced.next }
verify-in-source = is in the source: { $why }
    .next = { $why_next }
verify-in-neither = is in neither organization: { $why }
    .next = { $why_next }
verify-not-in-destination = is not in the destination: { $why }
    .next = { $why_next }
verify-accept-next = { $why }
    .next = Open 50_accept.
verify-invite-next = { $why }
    .next = Open 30_invite.
bystander-moved = was { $before } when the run began; is now { $after }
    .next = This run did not move it. Find out who did, in CloudTrail of both management accounts.
bystander-in-source = in the source, { $unit }
bystander-in-destination = in the destination, { $unit }
bystander-in-neither = in neither organization
bystander-not-in-destination = outside the destination
bystanders-not-seen = orgtools did not check whether anything moved in the source, because this run has no access to it
    .next = Ask the source's owner.
kept-other-name = its name is { $name }; in the source it was { $former }
    .next = Rename it (account:PutAccountName) if this was not intended.
kept-other-contact = its { $kind } contact differs from the one in the source
    .next = Restore it (account:PutAlternateContact); exports/{ $account }.json has it.
kept-contacts-not-exported = its alternate contacts were not exported
    .next = Look at them in the Account Management console.
kept-contacts-unseen = could not compare its alternate contacts
    .next = { $then } { $then_next }

# 85_revoke_access
do-revoke = { $count ->
    [0] no account to remove the source's access from
    [one] 1 account to remove the source's access from
   *[other] { $count } accounts to remove the source's access from
}
done-revoke = { $count } not needed
did-revoke = { $count } no longer { $count ->
    [one] gives
   *[other] give
} the source access
revoke-unverified = { $why }; the source keeps its access until 80_verify passes
    .next = { $why_next }
revoke-unseen = could not check who can enter the account
    .next = Preview again.
revoke-destination-shut = the destination cannot assume { $role }, so the source keeps its access
    .next = Open 38_prepare_access. If the role already trusts the destination: { $then }
revoke-nobody-left = without account { $account }, the trust policy of { $role } would trust nobody
    .next = Let the role trust account { $management_account } explicitly, then preview again.
revoke-call = remove account { $management_account } from the trust policy of { $role }; others that it names stay
revoke-arrived = is in the destination, which can assume { $role }
revoke-done = only the destination can assume { $role }; AWS refuses the source
revoke-source-unchecked = could not check whether the source can still assume { $role }
    .next = { $then } { $then_next }
revoke-trusts-everybody = the trust policy of { $role } gives the source access through a statement for everybody (*)
    .next = Narrow that statement in the account. orgtools edits only statements that name the source.
revoke-source-still-enters = account { $management_account } can still assume { $role }, though its trust policy no longer names it
    .next = Preview again in some minutes: IAM may show a change late.
revoke-cannot-enter = Account { $account }: the destination cannot assume { $arn }, so the source keeps its access.
    .next = Open 38_prepare_access.
revoke-not-arrived = Account { $account } reports that it is not in { $organization }, so the source keeps its access.
    .next = Preview again: AWS may show a change late.

# What would be lost
losing = is not exported and would permanently lose: { $findings }
    .next = Export it in 10_assess. If you do not need it, answer no there, or with: orgtools answer D14.export no. Then preview again.
losing-unseen = was neither assessed nor exported, so nobody knows what it would lose
    .next = { losing.next }

# The page that an account's owner is sent; what is to be copied stays as it is
owner-page-invitation =
    AWS account { $account }: an invitation needs your answer

    Organization { $organization } (management account { $management_account }) invites this account.

      Invitation  { $handshake } ({ $why })
      ARN         { $arn }

    Accept only an invitation with exactly this ARN. After it expires, ask for a new one.
    Sign in to account { $account } itself, with an IAM role or user that has the permissions below.
    Do not sign in to the management account of its present organization.
owner-page-leave =
    First remove the account from its present organization, if it has one. It must be standalone when it accepts.
    For that, the account needs its own payment method and contact information.

      Open https://{ $console }/organizations/v2/home/dashboard and choose Leave this organization.
      Or run: aws organizations leave-organization --region { $region }
owner-page-console =
    In the console

      Open https://{ $console }/organizations/v2/home/invitations
      Compare the organization's id and the management account with those above, then choose Accept invitation.
owner-page-commands =
    Or with the AWS Command Line Interface

      aws sts get-caller-identity --query Account --output text
          must print { $account }
      aws organizations describe-handshake --region { $region } --handshake-id { $handshake } --query Handshake.Arn --output text
          must print the ARN above
      aws organizations accept-handshake --region { $region } --handshake-id { $handshake }
owner-page-permissions =
    The permissions that this needs, and no others

    { $policy }
owner-page-end =
    To decline instead: aws organizations decline-handshake --region { $region } --handshake-id { $handshake }
    You do not need to do or report anything else: the organization sees when the account has joined.
kept-not-exported = was not exported before it moved, so its name and contacts could not be compared
    .next = Ask its owner whether both are as they were.
kept-name-not-exported = is called { $name }; its name in the source was not exported
    .next = Ask its owner, or the owner of the source.
kept-nothing-arrived = no account of the plan has arrived yet, so nothing was compared
