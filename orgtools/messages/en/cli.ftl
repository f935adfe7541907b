# What the commands and the runbook print. Commands, options and file names stay as they are in every language.

## All commands.

not-installed = { $count ->
    [one] { $names } is
   *[other] { $names } are
} not installed here.
    .next = In the clone of orgtools: pip install ".[{ $keys }]"
cli-because = { $why }.
cli-because-then = { $why }. { $why_next }
outside-of-both = neither organization
outside-of-destination = not in the destination

# What a step does with an account

# What is wrong with a command line
cli-try-help = For help: { $given }
cli-no-such-command = There is no command { $given }.
cli-no-such-command-but = There is no command { $given }.
    .next = Similar: { $names }.
cli-no-such-option = There is no option { $given }.
cli-no-such-option-but = There is no option { $given }.
    .next = Similar: { $names }.
cli-option-misused = The option { $given } has no value, or has one that it does not take.
cli-arguments-unexpected = Unexpected: { $names }.
    .next = Put a value that contains spaces between quotation marks.
cli-parameter-missing = Nothing is given for { $key }.
    .next = Give a value: { $given }.
cli-parameter-wrong = { $key } does not take this value.
    .next = Give another value: { $given }.

## orgtools run, orgtools rollback

cli-wave-and-account = --wave and --account exclude each other.
    .next = Give only one of them.
cli-names-nobody = "orgtools run { $step }" takes only accounts that you name.
    .next = Name each account with --account. "orgtools audit" shows pending invitations.
cli-page-for-owner = its owner accepts { $handshake }: send { $path }
cli-previewed = { $step }: { $why }
cli-approve-with = Nothing was changed. To do exactly this, run within { $count } hours: orgtools { $given } --approve { $digest }
cli-approved = Approved by { $person }. { $then }
cli-interrupted = Interrupted. Calls in progress have finished and are recorded; no new ones were made. Run orgtools { $given } again: it resumes from what AWS shows.
cli-interrupted-wave = Interrupted. Calls in progress have finished and are recorded; no new ones were made. To resume the wave, run orgtools { $given } --approve { $digest }
cli-wave-standing = { $count } of { $total } accounts in place ({ $whys })
cli-wave-at = { $count } at { $step }
cli-wave-stopped = { $count } stopped
cli-way-back = way back: { $then }
cli-cannot-be-undone = cannot be undone: { $then }

## orgtools assess

cli-finding-status = { $state }
cli-check-found = { $check_name }: { $why }. { $why_next }
cli-assessment-interrupted = Interrupted. What was found is recorded; { $count ->
        [one] 1 account was not fully assessed
       *[other] { $count } accounts were not fully assessed
    }: { $accounts }. Run the command again to assess the rest.
cli-assessed = { $count ->
    [one] 1 account
   *[other] { $count } accounts
} assessed: { $total } blocked, { $missing } with checks that could not be completed.

## orgtools status

# Where an account is
cli-stands-done = as planned
cli-counted-done = { $count } as planned
cli-counted-do = { $count } not moved
cli-counted-wait = { $count } waiting
cli-status = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}: { $whys }.

## orgtools invite, orgtools handshakes

cli-invited = Invitation from { $organization } to account { $account }: { $state }, { $why }.
cli-argument-empty = An argument is empty.
    .next = Give it a value, or leave it out. Nothing was changed.
cli-tag-no-pair = --tag takes key=value.
    .next = Correct it. Nothing was changed.
cli-tag-key-twice = Two --tag options have the same key.
    .next = Remove one of them. Nothing was changed.
cli-no-handshakes = The organization has sent no handshake in the last 30 days.

# Whether an account is planned
cli-yes = yes
cli-no = no

## orgtools audit

cli-audit-not-printed = The audit is complete but cannot be printed: { $words }.
    .next = Make room for its output, then run it again.
cli-invitations = Invitations:
cli-other-handshakes = Other handshakes:
cli-finding-of-account = { $state }: account { $account }: { $why }. { $why_next }
cli-finding = { $state }: { $why }. { $why_next }
cli-audited = { $findings }. As of { $at }.

## orgtools verify-record

cli-more-problems = And { $count ->
    [one] 1 more problem
   *[other] { $count } more problems
}.
cli-record-signed = Untouched and signed by { $person }: every file matches the manifest, the ledger's chain is unbroken, and the page shows that ledger.
cli-record-unsigned = Consistent, but unsigned: this does not prove who wrote it. { cli-record-holds }
cli-record-unchecked = Consistent, but its signature was not checked: this does not prove who wrote it. { cli-record-holds }
cli-record-holds = Every file matches the manifest, the ledger's chain is unbroken, and the page shows that ledger.

## orgtools rehearse, orgtools lab, orgtools rehearsal

cli-rehearsal-now = The rehearsal's clock shows { $at }.
cli-no-span = '{ $given }' is not a length of time. Write it as 90s, 30m, 6h or 15d.
cli-port-of-one = --port is the port of a single rehearsal.
    .next = Name one scenario, or leave out --port.
cli-rehearsal-runs-there = A rehearsal is running in { $path }, at { $address }.
    .next = Name another folder, or none.
cli-rehearsed-there = { $path } contains { $names } of an earlier rehearsal; its organizations no longer exist.
    .next = { cli-rehearsal-runs-there.next }
cli-rehearsal-answers = { $count ->
    [one] 1 rehearsed organization answers
   *[other] { $count } rehearsed organizations answer
} at { $address }.
cli-rehearsal-answers-in-part = { cli-rehearsal-answers } This run has no credentials for { $organizations }.
cli-run-folder = Run folder: { $path }
cli-rehearsing = Scenario { $name }. Each notebook, its seconds, and what it did to how many accounts:
cli-clock-set = AWS allows the next step from { $until }: the rehearsal sets its clock to that time.
cli-notes = What is left to do, and what was special:
cli-unexpected = Scenario { $name } did not end as expected: { $why }.
cli-label-reasons = Reasons in full, and what to do:
cli-label-record = Record:
cli-label-notebooks = Executed notebooks:
cli-next-lab = Next: { $given } opens JupyterLab on a new rehearsal, to step through by hand.
cli-rehearsal-stopped = Stopped. The rehearsal and its kernels have ended; the run folder stays as it is.
cli-stopped = Stopped.

# The table at the end of a rehearsal
cli-head-account = Account
cli-head-name = Name
cli-head-wave = Wave
cli-head-place = Now in
cli-head-result = Result
cli-name-unknown = (unknown)
cli-place-source = source { $unit }
cli-ended-as-planned = as planned
cli-ended-waiting-until = waits until { $until }
cli-ended-waiting = waiting: { $why }
cli-ended-unmoved = not moved: { $why }
cli-ended-blocked = blocked: { $why }
cli-ended = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}: { $whys }. { $total ->
    [0] No changing call was made.
    [one] 1 changing call was made.
   *[other] { $total } changing calls were made.
}
cli-more-accounts = and { $count ->
    [one] 1 account
   *[other] { $count } accounts
} more
cli-note-unmoved = Open 30_invite: { $why }.
cli-note-stand-alone = It moved by the standalone path: it left the source first, then accepted.
cli-note-invited = Another organization invited it: { $why }. orgtools left that invitation alone.

## The runbook: what each notebook did, in a line.

runbook-failed = { $notebook } failed: { $words }.
    .next = Look at the cell in { $path }.
runbook-kernel-ended = { $notebook } did not finish: its kernel ended. Somebody stopped it, or the machine ran out of memory.
    .next = Run it again: orgtools checks with AWS and the ledger what was done. The cells that ran are in { $path }.
runbook-left = { $count } still to do

runbook-ran-00_start = opened the run
runbook-ran-10_assess = checked whether { $count ->
    [one] 1 account
   *[other] { $count } accounts
} can move
runbook-ran-20_plan = showed the plan
runbook-ran-35_review_handshakes = { $count ->
    [0] showed every pending invitation
    [one] showed every pending invitation; another organization has invited 1 account
   *[other] showed every pending invitation; other organizations have invited { $count } accounts
}
runbook-ran-80_verify = compared { $count ->
    [one] 1 account
   *[other] { $count } accounts
} with the plan
runbook-ran-87_way_back = showed what can be undone
runbook-ran-90_record = wrote the record
