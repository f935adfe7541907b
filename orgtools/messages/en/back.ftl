# The way back into the source, and what arrived accounts get back.

# Where an account is, after its id
back-member = is a member of the source
back-in-source = is in the source, { $unit }
back-in-destination = is in the destination, { $unit }
back-alone = is in no organization
back-nowhere = is in neither organization
    .next = { back-unknown-mover }
back-never-there = was not in the source when the run began
back-no-way = was not in the source when the run began
    .next = This run does not move it into the source.
back-not-ours = only its former organization can take it back, and this run has no credentials for that organization
    .next = Ask the owner of that organization to invite the account. The account's owner, or its role, accepts the invitation.

# invite-back
do-invite-back = { $count ->
    [0] no account to invite back
    [one] 1 account to invite back
   *[other] { $count } accounts to invite back
}
done-invite-back = { $count } not needed
did-invite-back = { $count } invited back
back-invitation-pending = the source's invitation { $handshake } is pending; AWS does not give its expiry
back-invitation-pending-until = the source's invitation { $handshake } is pending until { $until }
back-invite = invite back into { $organization }
back-not-entered = the source cannot assume { $role }
    .next = Restore the source's access in 87_way_back, then preview again. If the role already trusts the source: { $then }
back-entry-unknown = the source cannot assume { $role }
    .next = { $then } { $then_next }
back-cannot-enter = Account { $account }: the source cannot assume { $arn }. { $then }
    .next = Restore the source's access in 87_way_back.
back-stays-uninvited = The account is not invited back.
back-stays-in-destination = The account stays in the destination.

# leave-back
do-leave-back = { $count ->
    [0] no account to remove from the destination
    [one] 1 account to remove from the destination
   *[other] { $count } accounts to remove from the destination
}
done-leave-back = { $count } not needed
did-leave-back = { $count } removed from the destination: standalone until accepted
back-left = is in no organization; next, it accepts the source's invitation
back-directly = transfers directly: nothing to leave
back-not-invited-before-leaving = the source has not invited it back; that comes first, so that it is in no organization only briefly
back-joined-lately = joined the destination at { $at }; AWS may refuse another change so soon, which would leave it in no organization
back-invitation-waits = { $why }; invitation { $handshake } is pending
back-leave = leave { $organization }; the account is in no organization until it accepts the source's invitation
back-remove = remove from { $organization }; the account is in no organization until it accepts the source's invitation

# accept-back
do-accept-back = { $count ->
    [0] no invitation back to accept
    [one] 1 invitation back to accept
   *[other] { $count } invitations back to accept
}
done-accept-back = { $count } already in the source
did-accept-back = { $count } rejoined the source
back-not-invited-before-accepting = the source has not invited it back
back-not-restored = the source cannot enter the account yet; restore the source's access first
back-not-left = moves on the standalone path and is still in the destination; it must leave the destination first
back-accept = accept { $handshake } and join { $organization } again
back-invitation = the source's invitation { $handshake } is pending

# place-back
do-place-back = { $count ->
    [0] no account to move back
    [one] 1 account to move back
   *[other] { $count } accounts to move back
}
done-place-back = { $count } where it was
did-place-back = { $count } moved back to the former unit
back-not-home = is not in the source
back-unit-unclear = the source does not have exactly one organizational unit { $unit }
    .next = Create { $unit } in the source, or rename the one too many. Then preview again.
back-in-place = is back in { $unit }
back-move = move from { $unit } back to { $place }

# restore
do-restore-trust = { $count ->
    [0] no trust policy to restore
    [one] 1 trust policy to restore
   *[other] { $count } trust policies to restore
}
done-restore-trust = { $count } not needed
did-restore-trust = { $count } { $count ->
    [one] gives
   *[other] give
} the source access again
restore-never-edited = this run has not edited its role's trust policy
restore-unread = its role's trust policy could not be read
    .next = Let either side assume the role, then preview again.
restore-unread-because = its role's trust policy could not be read
    .next = { $then } { $then_next }
restore-done = the trust policy of { $role } is as it was before this run
restore-edited-since = someone else has edited the trust policy of { $role } since this run did
    .next = Edit it in the account. The ledger holds the text that this run replaced.
restore-masked = the former trust policy of { $role } names an e-mail address, which the ledger masks
    .next = Edit the trust policy of { $role } in the account.
restore-source = this run removed the source's access
restore-not-shown = the trust policy of { $role } names the source, which cannot assume the role yet
    .next = Preview again in some minutes; IAM may show a change late.
restore-kept-while-invited = both sides can assume { $role }; the destination keeps its access while the account is invited
restore-kept-while-away = both sides can assume { $role }; the destination keeps its access while the account is not in the source
restore-without-destination = this run added the destination's access, and the account stays in the source
restore-put-back-source = put back the trust policy that { $role } had before this run removed the source
restore-remove-destination = put back the trust policy that { $role } had before this run added the destination
restore-cannot-enter = Account { $account }: the { $side } cannot assume { $arn }, or the account is not in { $organization }. Nothing is edited.
    .next = Preview again.

# What can be undone, and what cannot
stands-in-source = in the source, { $unit }
stands-in-destination = in the destination, { $unit }
stands-in-neither = in neither organization
stands-not-in-destination = not in the destination
stands-alone = standalone, in no organization
stands-alone-as-it-says = standalone, as the account itself says
stands-unenrolled = { $why }, un-enrolled by this run
stands-invited = { $why }, invited by { $handshake }
stands-invited-before = { $why }, no longer invited

back-uninvited = Nothing to undo: the account is not invited.
back-unmoved = Nothing to undo: the account is where it was when the run began.
back-moved = Account { $management_account } calls MoveAccount to move it back to { $place }.
back-unknown-mover = Find out who moved it; this run did not.
back-by-its-source = Only its former organization can take it back. { back-not-ours.next }
back-was-alone-perhaps = If it was in no organization before, account { $management_account } calls RemoveAccountFromOrganization to make it standalone again. It first needs its own payment method.
back-was-alone = It was in neither organization when the run began. Account { $management_account } calls RemoveAccountFromOrganization to make it standalone again. It first needs its own payment method.
back-choose = Choose it in 87_way_back, or run "orgtools rollback --account { $account }". Repeat until it is in the source.
back-by-source = Restore the source's access first. Then account { $management_account } calls InviteAccountToOrganization.
back-removed = Account { $management_account } calls RemoveAccountFromOrganization; the account is in no organization until it accepts.
back-leaves = The account's role calls LeaveOrganization; the account is in no organization until it accepts.
back-joins = The account's role calls AcceptHandshake, and MoveAccount moves the account into { $place }. Finally, remove the destination's access.
back-or-on = Or go on: invitation { $handshake } is pending, open 50_accept.
back-or-invite = Or go on: open 30_invite.
back-or-on-again = Or move it to the destination after all: invitation { $handshake } is pending, open 50_accept.
back-or-invite-again = Or move it to the destination after all: open 30_invite.
back-reenroll = Enroll it again in the source's Control Tower. With auto-enroll, MoveAccount back into its former unit does that. Otherwise use Account Factory, once the account has the role AWSControlTowerExecution.
back-invitation-over = Nothing to undo: invitation { $handshake } is { $state }. 30_invite would send another one.
back-cancel = Open 35_review_handshakes: account { $management_account } calls CancelHandshake for { $handshake }. AWS does not give its expiry.
back-cancel-until = Open 35_review_handshakes: account { $management_account } calls CancelHandshake for { $handshake }. Or let it expire at { $until }.
back-untrust = Then the step restore-trust removes the destination from the role's trust policy.

back-gone = The source's tags on the account, Identity Center assignments and Cost Explorer history do not come back.
back-rate = AWS limits how often an account may change its organization ({ $reason }) and does not publish the limit. If AWS refuses, wait a day.
back-tower-unseen = orgtools could not check whether the destination's Control Tower governs the account.
back-enrolled = The destination's Control Tower governs it. What Control Tower deployed stays in the account if it leaves while enrolled. Un-enroll it first: choose Unmanage in the Control Tower console.
back-enrolled-auto = The destination's Control Tower governs it. What Control Tower deployed stays in the account if it leaves while enrolled. Un-enroll it first: move it to /, where Control Tower un-enrolls it.
back-drift = Un-enrolling deleted what Control Tower had deployed in the account. Enrolling deploys it again; the history of its Config recorder does not come back.
back-invitation-sent = AWS's e-mail to the root address was sent, and the invitation counts toward the 24-hour limit.

# Accounts in no organization
alone = { $why }
    .next = { $then }
alone-refused = { $why }; its last attempt to accept failed with { $reason }
    .next = { $finding_next } { $then }
alone-out-of = is standalone: it has left the { $side } and is in no organization
alone-as-it-reports = is standalone: it reports that it is in no organization
alone-out-of-theirs = is standalone: it has left its organization and is in none
alone-going-back = Open 87_way_back: the source takes it back. Or move it to the destination after all: open { $notebook }.
alone-accepts = Open 50_accept: { $why }.
alone-waits = 50_accept waits: { $why }.
alone-blocked = { $why_next }
alone-unclear = Check again in a few minutes: AWS shows contradictory states.
alone-or-back = { $then } Or let the source take it back: open 87_way_back.
alone-or-ask = { $then } Or ask the owner of the source to invite it back.

# What arrived accounts get back
do-contacts = { $count ->
    [0] no account to restore contacts of
    [one] 1 account to restore contacts of
   *[other] { $count } accounts to restore contacts of
}
done-contacts = { $count } complete or not asked for
did-contacts = { $count } got the contacts back
do-assignments = { $count ->
    [0] no account to restore assignments of
    [one] 1 account to restore assignments of
   *[other] { $count } accounts to restore assignments of
}
done-assignments = { $count } complete or not asked for
did-assignments = { $count } got the assignments back
do-shares = { $count ->
    [0] no account to accept shares for
    [one] 1 account to accept shares for
   *[other] { $count } accounts to accept shares for
}
done-shares = { $count } complete or not asked for
did-shares = { $count } got the shares back
do-cost-tags = { $count ->
    [0] no cost allocation tags to activate
    [one] cost allocation tags to activate, listed under 1 account
   *[other] cost allocation tags to activate, listed under { $count } accounts
}
done-cost-tags = { $count } complete or not asked for
did-cost-tags = { $count } activated
regain-several = { $whys }
    .next = { $whys_next }
regain-not-asked = migration.toml does not ask for this step ([restore])
regain-not-arrived = is not in the destination yet; it accepts its invitation first (50_accept)
regain-unseen = what it has now could not be read: { $why }
    .next = { $why_next }
regain-not-exported = was not exported while it was in the source
    .next = Restore by hand what it had, and do not choose the account here.
regain-complete = { $count ->
    [0] had nothing to restore
    [one] has the only item that it had in the source
   *[other] has all { $count } items that it had in the source
}
regain-lacks = lacks { $count } of { $total ->
    [one] 1 item
   *[other] { $total } items
}, { $why }
regain-exported = as exported at { $at }

regain-contacts-not-exported = its alternate contacts could not be exported
    .next = { regain-not-exported.next }
regain-contact = restore the { $kind } contact
regain-export-changed = Account { $account }: the export no longer holds its { $kind } contact.
    .next = Put the export back as it was, then preview again.

regain-assignments-not-exported = its assignments could not be exported
    .next = { regain-not-exported.next }
regain-unmapped = { $path } does not map { $count ->
    [one] 1 of its assignments
   *[other] { $count } of its assignments
}
    .next = Add to { $path } in the run folder, with the destination's values in the last columns: { $changes }.
regain-mapping-row = { $words }
regain-no-permission-set = the destination does not have the permission { $count ->
    [one] set
   *[other] sets
} { $names }
    .next = Create { $count ->
        [one] it
       *[other] them
    } there, or map to another one in { $path }. Then preview again.
regain-assign = assign { $permission_set } to { $kind } { $principal }
regain-assigning = in progress at AWS: { $change }
regain-assigning-failed = AWS could not { $change } (request { $request }): { $words }
    .next = Correct what AWS names, then run the step again. The account needs each customer managed policy of the permission set, by name and path. The destination's identity store needs the principal.

regain-shares-not-exported = its resource shares could not be exported
    .next = Name the accounts whose invitations it accepts in migration.toml: [restore] share_owners = [...].
regain-shares-not-exported-in = its resource shares in { $regions } could not be exported
    .next = { regain-shares-not-exported.next }
regain-shared-by-named = as invited by the owners that migration.toml names
regain-shares-left-alone = resource shares offered by { $accounts } are not accepted
regain-share = accept the share { $name } from account { $account }
regain-share-in = accept the share { $name } from account { $account } in { $region }
regain-share-gone = account { $account } must share { $name } with it again: the share is gone, and no invitation has come
regain-share-gone-in = account { $account } must share { $name } with it again in { $region }: the share is gone, and no invitation has come

regain-cost-tags-not-exported = the source's cost allocation tags were not exported
    .next = Grant ce:ListCostAllocationTags to the caller in the source, then open 10_assess, which exports them.
regain-cost-tags = activate for the whole organization: { $tags }
regain-cost-tag-unseen = the destination's billing does not list { $tag } yet; AWS takes up to 24 hours after a resource carries it
regain-cost-tags-exported = as exported at { $at }; they belong to the organization, whichever account is named
regain-cost-tags-complete = { $count ->
    [0] the source had no active cost allocation tags
    [one] the only cost allocation tag that was active in the source is active
   *[other] all { $count } cost allocation tags that were active in the source are active
}
regain-cost-tags-elsewhere = { $why }; one call activates them all, shown at account { $account }
