# What notebooks show and ask: sentences, buttons, fields, headings of columns, states in a word.

## States in a word; a sign stands before each. Columns of tables.

# What a step decided for an account
mark-do = to do
mark-done = done
mark-wait = waiting
mark-blocked = blocked
mark-unseen = not seen
mark-none = not applicable

# An account while a step runs
calling-not-yet = not called yet
calling-called = called
calling-refused = refused so far

# A step of an account's way, while a wave runs in one go
passing-ahead = not reached
passing-here = in progress
passing-passed = passed

# How an account came out of a step
outcome-confirmed = confirmed
outcome-unconfirmed = unconfirmed
outcome-refused = refused
outcome-changed = changed
outcome-stopped = stopped on the way
outcome-not-started = not started

# How a finding stands
status-ok = ok
status-info = info
status-warn = warn
status-unknown = unknown
status-block = block

# What checks are about
subject-access = access
subject-agreements = agreements
subject-billing = billing
subject-callers = callers
subject-control-tower = control tower
subject-eligibility = eligibility
subject-invitations = invitations
subject-naming = naming
subject-policies = policies
subject-quotas = quotas
subject-recording = recording
subject-regions = regions
subject-services = services
subject-sharing = sharing
subject-stacksets = stacksets
subject-tags = tags

# Columns of tables: in notebooks, at the terminal and, with a capital letter, in the record
heading-accepted-by = accepted by
heading-account = account
heading-account-and-name = account and name
heading-account-and-unit = account and unit
heading-accounts = accounts
heading-action = action
heading-age = age
heading-answer = answer
heading-asked-about = asked about
heading-at = at
heading-because = because
heading-by = by
heading-caller = caller
heading-check = check
heading-check-with-aws-s-page = check, with AWS's page
heading-decision = decision
heading-evidence = evidence
heading-expires-in = expires in
heading-expires-utc = expires (UTC)
heading-handshake = handshake
heading-handshake-seen-by = handshake, seen by
heading-holds = in force
heading-in-the-source = in the source
heading-in-words = in words
heading-invitations-left = invitations left
heading-invited-by = invited by
heading-inviter = inviter
heading-is = now
heading-is-in = is in
heading-management-account = management account
heading-name = name
heading-next-step = next step
heading-organization = organization
heading-organizational-unit = organizational unit
heading-outcome = outcome
heading-part = part
heading-path = path
heading-places-left = places left
heading-planned = planned
heading-planned-and-run = planned and run
heading-planned-to = planned to
heading-question = question
heading-readiness = readiness
heading-reason = reason
heading-region = region
heading-remedy = what to do
heading-request-id = request id
heading-run = run
heading-seen-by = seen by
heading-sent = sent
heading-sent-utc = sent (UTC)
heading-side = side
heading-state = state
heading-state-and-expiry = state and expiry
heading-status = status
heading-tags = tags
heading-to = to
heading-to-invite = to invite
heading-units = units
heading-until = until
heading-was = before
heading-wave = wave
heading-we-are = caller
heading-what-aws-shows = what AWS shows
heading-what-can-be-undone = what can be undone
heading-what-cannot = what cannot be undone
heading-what-follows = what follows
heading-what-to-do = what to do
heading-what-was-seen = what was seen
heading-where-it-stands = current state

# Cells
ui-unknown = unknown
ui-side = { $side ->
    [source] source
    [destination] destination
   *[member] member account
}
ui-side-without-access = not read: no access
ui-nobody = nobody
ui-not-looked-at = not read
ui-not-assessed = not assessed
ui-not-planned = not planned
ui-wait-until = Wait until { $until }.
ui-calls = { $changes }
ui-sentences = { $then }
ui-count = { $count } { $state }
ui-counts = { $states }
ui-accounts-and-more = { $accounts } and { $more } more
ui-wave = wave { $wave }

## A run, its board, previews and results.

ui-run = Run { $name }: { ui-plan }
ui-run-folder = Run folder: { $path }. Plan: { $digest }.
ui-plan = { $count ->
    [0] no accounts
    [one] 1 account in 1 wave
   *[other] { $count } accounts in { $total ->
        [one] 1 wave
       *[other] { $total } waves
    }
}
ui-plan-digest = Digest of the plan: { $digest }

ui-board = Run { $name }: { $count } of { $total ->
    [one] 1 account
   *[other] { $total } accounts
} in place
ui-account = Account { $account } { $why }
    .next = { $why_next }
ui-next-assess = Next: open 10_assess; some accounts are not assessed yet.
ui-next-due = Next: open { $notebook }; { $count ->
    [one] 1 account
   *[other] { $count } accounts
} due there.
ui-next-wait = Next: open { $notebook } and wait for AWS; it is working on { $count ->
    [one] 1 account
   *[other] { $count } accounts
}.
ui-next-verify = Next: open 80_verify, then 90_record.
ui-on-hold = { $count ->
    [one] 1 account is on hold until an assessment clears it.
   *[other] { $count } accounts are on hold until an assessment clears them.
}

ui-seen = Seen at { $at } (AWS's clock).
ui-seen-with-digest = Seen at { $at } (AWS's clock). Digest of what would be done: { $digest }
ui-could-not-check = Could not check: { $why }
    .next = { $why_next }
ui-waiting = { $count ->
    [one] 1 account waits
   *[other] { $count } accounts wait
}, the first until { $until }
ui-in = in { $span }
ui-in-days = in { $count } d { $span }
ui-in-nothing = now: run this notebook again

ui-nothing-to-approve = Nothing to approve.
ui-type-to-resume = { $person } approved all of this at { $at }. Type   { $choice }   to continue. Anything else changes nothing:
ui-type-to-approve = Type   { $choice }   to approve this. Anything else changes nothing:
ui-nobody-to-ask = Nobody can type here, so this is a dry run.
    .next = To approve exactly this, run again with approve = "{ $digest }".
ui-approved = Approved by { $person }: { $choice }

## A step while it runs.

ui-called = { $step }: { $count } of { $total } called.
ui-pace = { $number } a second.
ui-pace-and-left = { $number } a second, about { $span } left.
ui-wave-arrived = wave: { $count } of { $total } accounts in place.
ui-wave-counts = accounts
ui-wave-pausing = { $count ->
    [one] 1 account waits
   *[other] { $count } accounts wait
} for AWS. orgtools checks again in { $span }.
ui-wave-left = At this pace, the accounts in this queue take about { $span } more.
ui-wave-working = { $whys }.
ui-wave-working-on = { $account }: { $why }
ui-pausing = AWS may show an effect late. orgtools checks again in { $span }.
ui-interrupting = Interrupting (■) is safe. Calls in progress finish and are recorded; no new ones start; the next run resumes.
ui-refusals-more = and { $more } more; the table below shows all of them when the step has ended

## Errors.

ui-error-caused = { $why }. AWS said: { $words }
    .next = { $why_next }
ui-error-refused = The call to AWS failed: { $why }
    .next = { $why_next }
ui-error-unexpected = Unexpected error: { $words }
    .next = Only what AWS confirms counts as done. Run the notebook again from the top. If the error comes back, tell the engineers.
ui-error-trace = Traceback, for engineers
ui-error-above = { $kind }: see above. This cell did not finish.

## Tables that can be searched and selected from.

ui-filter = Filter
ui-filter-hint = words in any column
ui-select-all = Select all shown
ui-select-none = Select none
rows-shown = Rows shown: { $count } of { $total }.
rows-found = Rows shown: { $count } of { $total }, filtered from { $more }.
rows-more = Show { $count } more
rows-all = Show all
rows-without-scripts = Rows shown: { $count } of { $total }. Trust this notebook to see the others; its scripts show them.
ui-rows-page = Rows { $row } to { $rows } of { $total }
ui-rows-filtered = (filtered from { $more })
ui-rows-none = No rows
ui-rows-sort = : sort by this column
ui-rows-none-found = No row matches the filter.
ui-rows-selected = { $count ->
    [one] 1 row selected
   *[other] { $count } rows selected
}

## Choosing accounts.

ui-choices-unreadable = { $path } cannot be read: { $words }.
    .next = Delete it. It only remembers which accounts were chosen in the notebooks.
ui-wave-field = Wave
ui-waves-all = all waves
ui-accounts-all = all accounts
ui-chosen = { $count ->
    [0] no account chosen
    [one] 1 account chosen
   *[other] { $count } accounts chosen
}
ui-left-out = { $count ->
    [one] 1 account on hold until an assessment clears it (see 10_assess)
   *[other] { $count } accounts on hold until an assessment clears them (see 10_assess)
}

## The plan and its waves.

ui-unit-field = To
ui-unit-own = each its own unit of the source, below { $unit }
ui-unit-to-come = { $unit } (60_place creates it)
ui-plan-stand-alone = leave first (standalone path)
ui-plan-add = Add to the plan
ui-plan-remove = Remove from the plan
ui-plan-added = { $count ->
    [0] No account was added
    [one] 1 account goes to { $unit } in wave { $wave }
   *[other] { $count } accounts go to { $unit } in wave { $wave }
}.
ui-plan-added-own = { $count ->
    [0] No account was added
    [one] 1 account goes to its own unit below { $unit } in wave { $wave }
   *[other] { $count } accounts go to their own units below { $unit } in wave { $wave }
}.
ui-plan-removed = { $count ->
    [0] No account was removed
    [one] 1 account was removed
   *[other] { $count } accounts were removed
}.
ui-plan-written = { $then } accounts.csv now has { $count ->
    [0] no accounts
    [one] 1 account
   *[other] { $count } accounts
}.

ui-wave-fits = fits
ui-wave-quota-unknown = account quota unknown
ui-wave-lacks-places = needs { $missing ->
    [one] 1 more place
   *[other] { $missing } more places
}: raise the account quota, now { $quota }
ui-wave-waits = { $count } must wait for the 24-hour quota of invitations
ui-wave-waits-until = { $count } must wait for the 24-hour quota of invitations; the next is possible at { $until }

ui-waves-propose = Propose
ui-waves-by-size = by size, units together where they fit
ui-waves-by-unit = by unit, one unit in a wave
ui-waves-by-quota = by quota, the invitations of 24 hours
ui-waves-size = At most
ui-waves-divide = Divide
ui-waves-replace = replace existing waves
ui-waves-show = Show
ui-waves-write = Write to accounts.csv
ui-waves-outdated = accounts.csv changed after this was shown; nothing was written.
    .next = Show it again.
ui-waves-not-replaced = Nothing was written: waves { $waves } of accounts.csv would lose accounts.
    .next = Tick “{ $choice }” if that is intended, or divide one wave only.
ui-waves-written = accounts.csv now has { $count ->
    [one] 1 wave
   *[other] { $count } waves
}.
ui-waves-proposed = { $count ->
    [0] No account would change its wave
    [one] 1 account would change its wave
   *[other] { $count } accounts would change their wave
}; nothing is written yet.
ui-waves-replaced = Waves of accounts.csv that would lose accounts: { $waves }
ui-waves-kept = { $count ->
    [one] 1 account is invited or has arrived, and keeps its wave
   *[other] { $count } accounts are invited or have arrived, and keep their waves
}.
ui-waves-split = Units that one wave cannot hold: { $units }

## An assessment and its exports.

ui-assessed = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}: { $why }
ui-assessment-resumed = This assessment resumed an interrupted one, which had checked { $count ->
    [one] 1 account
   *[other] { $count } accounts
}.
    .next = To check all of them again: assess(..., afresh=True).
ui-assessment-interrupted = The assessment was interrupted; { $count ->
    [one] 1 account is
   *[other] { $count } accounts are
} not assessed yet.
    .next = Run the same assessment again. It continues with these accounts.
ui-assessment-changed = Changed since the last assessment: { $count }
ui-to-do-first = What to do first
ui-to-do-nothing = Nothing to do.
ui-to-do-more = And { $more } more, in the findings below.
ui-look-at-it = Check the finding.
ui-matrix = Accounts and subjects
ui-findings = Findings
ui-findings-none = All checks are ok.
ui-check = { $check } { $why }
ui-check-and-more = { $check } { $why }, and { $more ->
    [one] 1 more check
   *[other] { $more } more checks
}
ui-every-account = every account
ui-accounts = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}: { $accounts }
ui-checks-folded = { $count ->
    [one] 1 check
   *[other] { $count } checks
}
ui-accounts-folded = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
ui-nothing-unexpected = Nothing unexpected.
ui-nothing-to-assess = This run has un-enrolled none of these accounts. There is nothing to assess again.

ui-exported = Exported into { $path } of the run folder: { $count ->
    [0] no account
    [one] 1 account
   *[other] { $count } accounts
}
ui-exported-before = { $count ->
    [one] 1 account has left the source; what was exported of it before stays.
   *[other] { $count } accounts have left the source; what was exported of them before stays.
}
ui-export-gaps = { $count ->
    [one] 1 item could not be read; it is marked "unknown" in the export.
   *[other] { $count } items could not be read; they are marked "unknown" in the export.
}

# Questions and accepted risks
ui-your-name = Your name
ui-nothing-recorded = Nothing was recorded. { $then }
    .next = { $then_next }
ui-choose = choose
ui-questions-none = There are no questions.
ui-questions-record = Record the answer
ui-question = { $check_name }: { $why } ({ $whom })
ui-answer = { $choice }: { $why }
ui-answer-not-chosen = No answer is chosen.
    .next = Choose one.
ui-answer-missing = not answered
ui-answer-recorded = Recorded for { $whom }: { $person } answers { $choice } to { $check_name }
ui-waivers-none = No risk is accepted.
ui-waivers-record = Accept the risk
ui-risk = Risk
ui-until-utc = Until (UTC)
ui-waiver = { $account }: { $check_name }
ui-waiver-impossible = No finding that blocks an account can be accepted.
    .next = Do what the findings say.
ui-waiver-recorded = Recorded: { $person } accepts the risk of { $check_name } for account { $account } until { $until }
ui-waiver-holds = yes
ui-waiver-ended = no, it has ended

## Invitations and owners.

ui-handshakes-none = There are none.
ui-handshake-state = { $state ->
    [open] pending
    [requested] pending
   *[other] { $state }
}
ui-handshake-pending = { ui-handshake-state }; AWS does not give its expiry
ui-handshake-pending-until = { ui-handshake-state }, expires in { $span }, { $until }
ui-handshake-of = { $action }: { $why }
ui-invited-by = { ui-side }, { $caller }
ui-invited-by-stranger = another organization: { $organization } of { $account }
ui-organization-unnamed = an unnamed organization
ui-account-unnamed = an unnamed account
ui-caller-unknown = caller unknown
ui-sent = { $age } ago, { $at }

ui-invitations-cancel = cancel what is pending
ui-invitations-invite = invite again what is closed
ui-then = Action
ui-action-unknown = The action '{ $action }' does not exist.
    .next = Use one of { $actions }.
ui-chosen-for = { $step }: { ui-chosen }
ui-chosen-none = { $step }: no account chosen; this changes nothing

ui-owner = The owner of account { $account } accepts { $handshake }; AWS does not give its expiry
ui-owner-until = The owner of account { $account } accepts { $handshake } before { $until }
ui-owner-send = Send the owner this file: { $path }
ui-owner-page = Text of the file
ui-owner-none = There is no owner to wait for.
