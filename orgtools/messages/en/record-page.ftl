# The page of a record: its summary, its charts, its sections.

# The top of the page
record-title = Migration record: { $name }
record-parties = Organizations: { $whys }. Read from AWS at { $at }.
record-source = source { $organization } (management account { $management_account })
record-source-not-seen = no access to the source
record-destination = destination { $organization } (management account { $management_account })
record-note = Note
record-level-public = Level: public. Ids, names, tags, callers and digests are pseudonyms. Notes, AWS's own words and the outputs of notebooks are left out.
record-level-partner = Level: partner. Names, tags, callers and digests are pseudonyms. Notes, AWS's own words and the outputs of notebooks are left out. Ids of accounts, organizations, handshakes and requests are shown.
record-level-internal = Level: internal. Ids and names are shown. E-mail addresses and possible credentials are masked.

# The summary
record-headline-empty = accounts.csv names no accounts.
record-headline-all = { $total ->
        [one] The planned account is in place in the destination organization.
       *[other] All { $total } planned accounts are in place in the destination organization.
    }
record-headline-none = { $total ->
        [one] The planned account is not in place in the destination organization.
       *[other] None of the { $total } planned accounts is in place in the destination organization.
    }
record-headline-some = { $count } of { $total } planned accounts { $count ->
        [one] is
       *[other] are
    } in place in the destination organization.
record-number-planned = planned
record-number-in-place = in place
record-number-on-the-way = on the way
record-number-not-moved = not moved
record-number-strays = moved outside the plan
record-number-unknown = unknown
record-summary-between = { $count ->
        [one] 1 planned account is
       *[other] { $count } planned accounts are
    } in no organization: { $accounts }
record-summary-elsewhere = { $count ->
        [one] 1 planned account
       *[other] { $count } planned accounts
    } joined the destination, but not through this run.
record-summary-strays = { $count ->
        [one] 1 account that is not in the plan has
       *[other] { $count } accounts that are not in the plan have
    } joined, left or moved since the run began. This run did not move { $count ->
        [one] it.
       *[other] them.
    }
record-summary-no-strays = No account outside the plan joined, left or moved since the run began.
record-summary-no-strays-in-destination = No account outside the plan joined, left or moved in the destination since the run began.
record-summary-source-not-seen = orgtools did not check whether accounts moved in the source.
record-summary-approved = Every change was shown and approved before it was made. { $count ->
        [one] 1 approval
       *[other] { $count } approvals
    }: { $whys }
record-approver = { $person } ({ $count })
record-summary-not-approved = Nobody has approved a change. orgtools changes nothing without an approval.
record-summary-calls = { $count ->
        [one] 1 call that changes something was made
       *[other] { $count } calls that change something were made
    }: { $whys }
record-calls-done = { $count } succeeded
record-calls-refused = { $count } refused by AWS
record-calls-unanswered = { $count } without an answer from AWS
record-summary-no-calls = No call that changes something was made.
record-summary-not-assessed = Nobody has assessed whether the accounts can be moved.
record-summary-assessed = The checks found: { $findings }
record-summary-unknown = { $count ->
        [one] 1 item
       *[other] { $count } items
    } could not be read or settled. See Unknown.
record-waves = By wave
record-unfinished = Not in place, and why
record-accounts = { $accounts }
record-accounts-and-more = { $accounts }; { $more } more

# Finding something on the page
record-search = Find an account, request id, word
record-search-label = Search all tables
rows-packed = The { $count } rows of this table need the page's own script. The files beside the page hold them, too.
record-story = Show everything that the record holds about this account
record-story-events = What happened
record-story-no-events = The ledger has no event about this account.
record-story-findings = What was found

# The sections
record-section-summary = Summary
record-section-charts = Charts
record-section-accounts = Accounts
record-section-approvals = Approvals
record-section-events = Timeline
record-section-readiness = Findings
record-section-invitations = Handshakes
record-section-others = Other accounts
record-section-unknown = Unknown
record-section-environment = Environment
record-section-seal = Seal
record-waivers = Accepted risks
record-answers = Questions that no API answers

# Headings of columns
record-column-accounts = Accounts
record-column-at = On (UTC)
record-column-by = By
record-column-callers = Callers: source, destination
record-column-difference = Difference
record-column-digest = Digest of the approved calls
record-column-event = Event
record-column-handshake-and-request = Handshake, last request
record-column-hash = Hash
record-column-in-place = In place
record-column-not-moved = Not moved
record-column-now = Now
record-column-number = #
record-column-on-the-way = On the way
record-column-opened = Opened (UTC)
record-column-plan = Plan
record-column-planned-unit = Planned unit
record-column-sent-by = Sent by
record-column-shown = What was shown
record-column-start = At the start
record-column-step = Step
record-column-time = Time (UTC)
record-column-typed = Typed
record-column-unit = Unit
record-column-versions = Versions
record-column-why = Details

# What stands in their cells, and where there is no row
record-yes-or-no = { $choice ->
        [yes] yes
        [no] no
       *[other] { $choice }
    }
record-both-organizations = organizations
record-typed = “{ $given }”
record-wave = wave { $wave }
record-expires = expires { $until }
record-no-units = No unit holds an account.
record-no-accounts = accounts.csv names no accounts.
record-no-approvals = Nobody has approved a change.
record-no-events = The ledger has no events.
record-no-findings = Every finding is ok.
record-not-assessed = Nobody has assessed these accounts.
record-no-waivers = Nobody has accepted a risk.
record-no-answers = Nobody has answered a question.
record-no-handshakes = Neither organization sent an invitation in the last 30 days, and no account shows one.
record-nothing-unknown = Everything could be read, and the result of every call is known.
record-no-openings = The ledger does not say who opened the run.

# Sentences of the sections
record-events-about = Every event of the ledger, in AWS's time. ledger.jsonl holds each event completely.
record-findings-about = Findings of the newest assessment of each account, and findings about invitations. { $count } more { $count ->
        [one] finding is
       *[other] findings are
    } ok; findings.csv has all of them.
record-handshakes-about = What both organizations sent, and what accounts that are still to join received: pending handshakes, and those closed in the last 30 days. Only INVITE handshakes belong to a migration.
record-environment = This record was written with { $names }.
record-plan-digest = Digest of the plan: { $digest }
record-head = This page shows { $count ->
        [one] 1 event
       *[other] { $count } events
    } of the ledger. The hash of the last one is { $digest }.
record-chain-original = The ledger of this record is the run's own ledger, with its hashes.
record-chain-redacted = The ledger of this record is redacted and has its own chain of hashes. Its seal names the head of the run's own ledger (original_head): { $digest }. Whoever holds that ledger can compare.
record-promise = A sealed and signed record shows whether somebody altered it. This record is sealed: the last event of its ledger holds the number of earlier events and the SHA-256 of the other files. manifest.json holds the hash of that event. If manifest.json.sig is beside it, the record is signed, too. Without a signature, whoever can rewrite every file can rewrite the seal. Therefore keep the SHA-256 of manifest.json in another place.
record-check-it = Verify it with:

# The charts
record-chart-states = States over time
record-chart-budget = Quota and invitation budget
record-chart-trees = Units before and after
record-stage-not-invited = not invited
record-stage-invited = invited
record-stage-between = in no organization
record-stage-arrived = arrived
record-stage-in-place = in place
record-chart-end = At the end: { $whys }
record-chart-no-accounts = The plan names no accounts.
record-end-not-invited = { $count } not invited
record-end-invited = { $count } invited
record-end-between = { $count } in no organization
record-end-arrived = { $count } arrived
record-end-in-place = { $count } in place
record-axis-accounts = accounts
record-axis-time = time (UTC)
record-bar-invitations = Invitations in 24 hours
record-bar-quota = Account quota
record-part-used = { $count } used
record-part-pending = { $count } pending
record-part-left = { $count } left
record-budget-accounts = { $members ->
        [one] 1 member account
       *[other] { $members } member accounts
    } and { $pending ->
        [0] no pending invitations
        [one] 1 pending invitation
       *[other] { $pending } pending invitations
    } use { $count } of the account quota of { $quota }.
record-budget-unknown = The account quota could not be read.
record-budget-invitations = { $count } of { $total } invitations in 24 hours { $count ->
        [one] is
       *[other] are
    } used.
record-tree = { $side ->
        [source] Source
       *[destination] Destination
    }: { $began ->
        [one] 1 account
       *[other] { $began } accounts
    } at the start, { $count } now.
record-tree-not-seen = { $side ->
        [source] Source
       *[destination] Destination
    }: not read: no access.
record-tree-changed = { $count ->
        [0] No unit has
        [one] 1 unit has
       *[other] { $count } units have
    } changed. The upper bar is the start, the lower bar is now.
record-tree-more = { $more } more { $more ->
        [one] unit is
       *[other] units are
    } in the table.
record-root = { $side ->
        [source] source
       *[destination] destination
    }, root
