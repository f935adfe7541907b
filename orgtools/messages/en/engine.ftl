# Previews, approvals, and what comes of a step's calls; inviting and accepting without a run.

# A preview in numbers: do-STEP counts what is to do, done-STEP what needs nothing.
summary = { $whys }
waiting = { $count } waiting
waiting-until = { $count } waiting, the first until { $until }
blocked = { $count } blocked
not-looked-at = { $count } not checked: this run has no credentials for the source

do-unenroll = { $count ->
    [0] no account to un-enroll
    [one] 1 account to un-enroll
   *[other] { $count } accounts to un-enroll
}
done-unenroll = { $count } not needed
do-invite = { $count ->
    [0] no account to invite
    [one] 1 account to invite
   *[other] { $count } accounts to invite
}
done-invite = { $count } already invited or moved
do-prepare = { $count ->
    [0] no account to prepare
    [one] 1 account to prepare
   *[other] { $count } accounts to prepare
}
done-prepare = { $count } not needed
do-leave = { $count ->
    [0] no account to remove from its organization
    [one] 1 account to remove from its organization
   *[other] { $count } accounts to remove from their organization
}
done-leave = { $count } not needed
do-accept = { $count ->
    [0] no invitation to accept
    [one] 1 invitation to accept
   *[other] { $count } invitations to accept
}
done-accept = { $count } already moved
do-replicate = { $count ->
    [0] no organizational unit to create
    [one] 1 organizational unit to create
   *[other] { $count } organizational units to create
}
done-replicate = { $count } already there
do-place = { $count ->
    [0] no account to place
    [one] 1 account to place
   *[other] { $count } accounts to place
}
done-place = { $count } already in place
do-enroll = { $count ->
    [0] no account to enroll
    [one] 1 account to enroll
   *[other] { $count } accounts to enroll
}
done-enroll = { $count } not needed
do-verify = no changes made
done-verify = { $count } as planned
do-revoke = { $count ->
    [0] no account to remove the source's access from
    [one] 1 account to remove the source's access from
   *[other] { $count } accounts to remove the source's access from
}
done-revoke = { $count } not needed
do-cancel = { $count ->
    [0] no invitation to cancel
    [one] 1 invitation to cancel
   *[other] { $count } invitations to cancel
}
done-cancel = { $count } without a pending invitation
do-restore-trust = { $count ->
    [0] no trust policy to restore
    [one] 1 trust policy to restore
   *[other] { $count } trust policies to restore
}
done-restore-trust = { $count } not needed
do-contacts = { $count ->
    [0] no account to restore contacts of
    [one] 1 account to restore contacts of
   *[other] { $count } accounts to restore contacts of
}
done-contacts = { $count } complete or not asked for
do-assignments = { $count ->
    [0] no account to restore assignments of
    [one] 1 account to restore assignments of
   *[other] { $count } accounts to restore assignments of
}
done-assignments = { $count } complete or not asked for
do-shares = { $count ->
    [0] no account to accept shares for
    [one] 1 account to accept shares for
   *[other] { $count } accounts to accept shares for
}
done-shares = { $count } complete or not asked for
do-cost-tags = { $count ->
    [0] no cost allocation tags to activate
    [one] cost allocation tags to activate, listed under 1 account
   *[other] cost allocation tags to activate, listed under { $count } accounts
}
done-cost-tags = { $count } complete or not asked for
do-invite-back = { $count ->
    [0] no account to invite back
    [one] 1 account to invite back
   *[other] { $count } accounts to invite back
}
done-invite-back = { $count } not needed
do-leave-back = { $count ->
    [0] no account to remove from the destination
    [one] 1 account to remove from the destination
   *[other] { $count } accounts to remove from the destination
}
done-leave-back = { $count } not needed
do-accept-back = { $count ->
    [0] no invitation back to accept
    [one] 1 invitation back to accept
   *[other] { $count } invitations back to accept
}
done-accept-back = { $count } already in the source
do-place-back = { $count ->
    [0] no account to move back
    [one] 1 account to move back
   *[other] { $count } accounts to move back
}
done-place-back = { $count } where it was

# What differs between two previews
preview-differs = { $place }: approved: { $before }; now: { $after }
decided-calls = { $changes } ({ $why })
decided-nothing = nothing left to do ({ $why })
decided-unseen = not checked

# Approvals
approval-phrase-wrong = Not approved: "{ $given }" is not "{ $step } { $number }".
    .next = Nothing was changed. Run the cell again to be asked again.
approval-phrase-for-digest = Not approved: "{ $given }" is accepted only below a preview that was just shown.
    .next = Nothing was changed. Make a dry run, check it, and give its digest.
approval-digest-wrong = Not approved: "{ $given }" is not the digest of what { $step } would do now in this run.
    .next = { approval-outdated.next }
approval-never-shown = Not approved: no dry run of this run has shown this digest.
    .next = { approval-outdated.next }
approval-expired = Not approved: the preview was last shown { $age } ago, at { $at }; a preview can be approved for { $span }.
    .next = { approval-outdated.next }
approval-preview-old = The preview was made { $age } ago, at { $at }; it can be approved for { $span }.
    .next = { approval-outdated.next }
approval-shown = Shown { $age } ago, at { $at }.
approval-of-nothing = There is nothing to approve: no account needs a call.
    .next = Continue with the next step.
approval-of-something-else = { $step } has nothing to do, and "{ $given }" is not a digest that this run has approved.
    .next = Check the run folder, the step, --account and --wave.
approval-of-another-preview = The approval is for another preview ("{ $step } { $number }").
    .next = Nothing was changed. Preview again and approve that preview.
approval-of-another-plan = accounts.csv changed after you approved.
    .next = { approval-outdated.next }
approval-outdated = What { $step } would do has changed since you approved it.
    .next = Nothing was changed. Preview again and check the new preview.

# What came of a step
result-dry-run = Dry run of { $step }: { $why }. Nothing was changed.
result = { $step }: { $whys }.
result-stopped = { $step }: { $whys }. The step stopped: { $why }. { $why_next }
result-confirmed = { $count } confirmed
result-unconfirmed = { $count } unconfirmed
result-refused = { $count } refused
result-changed = { $count } changed since you approved
result-not-started = { $count } not started
result-nothing = nothing to do
stopped-by-operator = the operator interrupted it
stopped-by-refusals = { $count ->
    [one] 1 refusal
   *[other] { $count } refusals
} with { $reason }
    .next = { $why_next }

# What came of an account's calls
refused = { $reason }: { $words }
    .next = { $then }
not-called = { $reason }: { $why }
    .next = { $why_next }
refused-again = refused on every try: { $why }
    .next = Wait a while, then run the step again. It checks with AWS first.
refused-each-time = refused on every try: { $why }
    .next = { $why_next }
refused-until = AWS refused the call at { $at }: { $reason }. { $why_next }
confirmed-without-call = { $why } (this run made no call)
not-started = the step stopped before it made all calls
    .next = Run the step again.
unconfirmed = AWS accepted the call but does not show its effect yet
    .next = Preview this step again in some minutes; a preview changes nothing.
at-work = AWS accepted the call: { $why }
    .next = Wait for AWS below, or preview this step later, in any notebook. Neither changes anything.
changed-since-approved = { $why }
    .next = Preview again and check the new preview.

# The ledger
ledger-of-another-format = { $path } has format { $number } of the ledger; this orgtools reads format { $version }.
    .next = Finish the run with the orgtools that began it, or start a new run folder.

# Inviting and accepting one account, with or without a run
account-id-malformed = "{ $given }" is not an account id.
    .next = An account id is a string of 12 digits, leading zeros included. Nothing was changed.
handshake-id-malformed = "{ $given }" is not a handshake id.
    .next = A handshake id is a string that begins with h-. Nothing was changed.
organization-id-malformed = "{ $given }" is not an organization id.
    .next = An organization id is a string that begins with o-. Nothing was changed.
invite-run-and-more = A run already sets the credentials, notes and tags.
    .next = Give either the run or these arguments, not both.
invite-client-and-more = A client already has credentials.
    .next = Give either a client or credentials, not both.
invite-tags-no-texts = The tags are not a dict of strings to strings.
    .next = Give one, such as {"{"}"team": "web"{"}"}. Nothing was changed.
invite-notes-long = The notes have { $count ->
    [one] 1 character
   *[other] { $count } characters
}; AWS allows { $limit }.
    .next = Shorten them. Nothing was changed.
invite-tags-wrong = The tags cannot be used: { $why }.
    .next = Correct them. Nothing was changed.
invite-unconfirmed = Account { $account }: { $why }.
    .next = { $why_next }
invite-waits = Account { $account } is not invited: { $why }.
    .next = Run this again after { $until }.
invite-blocked = Account { $account } is not invited: { $why }.
    .next = { $why_next }
invite-not-due = Account { $account } is not invited: { $why }.
invite-refused = Account { $account } is not invited into { $organization }: { $why }.
    .next = { $why_next }
invite-not-shown = Account { $account }: AWS accepted the call but shows no invitation from { $organization }.
    .next = { invite-again }
the-account = { $account ->
    [client] The client's account
   *[other] Account { $account }
}
accept-refused = { the-account } has not accepted { $handshake }: { $why }.
    .next = { $why_next }
accept-not-as-named = { the-account } has not accepted { $handshake }: { $whys }.
    .next = Check what you typed. Nothing was changed.
inviter-other-organization = the inviting organization is { $organization }, not { $organizations } as you typed
inviter-other-account = the inviter's management account is { $management_account }, not { $accounts } as you typed
handshake-no-invitation = its action is { $action }, not INVITE
handshake-arn-strange = its ARN is { $arn }
accept-not-shown = { the-account }: AWS accepted the call but does not show { $handshake } as accepted.
    .next = { invite-again }
accept-too-late = { the-account } cannot accept { $handshake }: its state is { $state }.
    .next = Ask { $organization } to invite it again.
accept-of-unknown-state = { the-account } cannot accept { $handshake }: AWS does not give its state.
    .next = Ask { $organization } to invite it again.
invite-from-elsewhere = If the account is a member of { $organization }, it has already moved. Otherwise AWS does not transfer it directly: it must leave its organization first.
invite-again = Wait a while, then run this again. It checks with AWS first.
