# Previews, approvals, and what comes of a step's calls; inviting and accepting without a run.

# A preview in numbers. What a step says itself stands with what it decides: do-STEP, done-STEP, did-STEP.
summary = { $whys }
waiting = { $count } waiting
waiting-until = { $count } waiting, the first until { $until }
blocked = { $count } blocked
not-looked-at = { $count } not checked: this run has no credentials for the source

# What differs between two previews
preview-differs = { $place }: approved: { $before }; now: { $after }
decided-calls = { $changes } ({ $why })
call-of-step = { $step }: { $change }
decided-nothing = nothing left to do ({ $why })
decided-unseen = not checked

# Approvals
approval-phrase-wrong = Not approved: "{ $given }" is not "{ $step } { $number }".
    .next = Nothing was changed. Run the cell again to be asked again.
approval-phrase-for-digest = Not approved: "{ $given }" is accepted only below a preview that was just shown.
    .next = Nothing was changed. Make a dry run, check it, and give its digest.
approval-digest-wrong = Not approved: "{ $given }" is not the digest of what { $step } would do now in this run.
    .next = { approval-outdated.next }
approval-not-before = Not approved: nobody has approved all that is left of this { $step }.
    .next = Check the preview, then type the phrase that the prompt asks for.
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
result-stopped-on-the-way = { $count } stopped on the way
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
