# The events of the ledger as sentences, in the record's timeline and in comparisons.

record-event-opened = Run opened by { $person }. Organizations: { $whys }. Digest of the plan: { $digest }
record-opened-source = source { $organization }, as { $caller }
record-opened-without-source = no access to the source
record-opened-destination = destination { $organization }, as { $caller }
record-event-baseline = Recorded where every account was: { $whys }
record-baseline-source = { $count } in the source
record-baseline-without-source = no access to the source
record-baseline-destination = { $count } in the destination
record-event-assessed = { $count ->
        [one] 1 account
       *[other] { $count } accounts
    } assessed: { $findings }
record-event-assessed-partly = { $count ->
        [one] 1 account
       *[other] { $count } accounts
    } assessed, { $pending } still to assess: { $findings }
record-found-nothing = no findings
record-found-ok = { $count } ok
record-found-info = { $count ->
        [one] 1 note
       *[other] { $count } notes
    }
record-found-warn = { $count ->
        [one] 1 warning
       *[other] { $count } warnings
    }
record-found-unknown = { $count } unknown
record-found-block = { $count } blocking
record-event-waived = Risk of check { $check_name } accepted by { $person } until { $until }. Reason: { $words }
record-event-answered = Question of check { $check_name } answered by { $person }: { $choice }
record-event-exported = Exported the settings of { $count ->
        [one] 1 account
       *[other] { $count } accounts
    } to the run folder. Restore them from there after the move.
record-event-exported-partly = Exported the settings of { $count ->
        [one] 1 account
       *[other] { $count } accounts
    } to the run folder. Restore them from there after the move. { $missing ->
        [one] 1 item
       *[other] { $missing } items
    } could not be read.
record-event-asked = Wrote instructions for the account's owner: accept { $handshake } before it expires.
record-event-asked-until = Wrote instructions for the account's owner: accept { $handshake } by { $until }.
record-event-previewed = A dry run showed: { $why }
record-event-approved = Approved by { $person }, who typed “{ $given }”: { $why }
record-event-intended = About to call { $operation } as { $caller }: { $why }
record-event-done = { $operation } succeeded.
record-event-done-with = { $operation } succeeded: { $whys }
record-handshake = handshake { $handshake }
record-request = request { $request }
record-event-not-called = { $operation } was not called: { $why }
    .next = { $why_next }
record-event-unanswered = { $operation }: no answer from AWS: { $why }
    .next = { $why_next }
record-event-refused = { $operation }: AWS refused the call: { $why }
    .next = { $why_next }
record-event-refused-request = { $operation }: AWS refused the call (request { $request }): { $why }
    .next = { $why_next }
record-event-settled = AWS shows that the call of event { $event } took effect: { $why }
record-event-settled-without-effect = AWS shows that the call of event { $event } did not take effect: { $why }
record-event-confirmed = AWS shows: { $why }
record-event-stopped = The step stopped: { $why }
    .next = { $why_next }
record-event-sealed = A record was written. It is sealed over the { $count ->
        [one] 1 event
       *[other] { $count } events
    } before this one.
record-not-recorded = not recorded
record-approval-digest = Digest { $digest }
