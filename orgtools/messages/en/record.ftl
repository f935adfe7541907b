# What the record says of an account.

place = { $side } { $unit }
place-not-active = { $side } { $unit } ({ $state })
place-neither = neither organization
place-not-the-destination = not the destination

account-left-the-plan = this run made calls for it, but accounts.csv no longer names it
    .next = Find out who removed it from accounts.csv, and why.
in-place-not-enrolled = { $whys }
    .next = { $whys_next }
in-place-to-enroll = { $whys }
    .next = Open 70_enroll.
invited-not-accepted = { $why }; not accepted yet
    .next = { $then_next }
invited-to-accept = { $why }; not accepted yet
    .next = Open 50_accept.
to-invite = { $why }
    .next = Open 30_invite.
to-invite-later = { $why }
    .next = Open 30_invite again then.
between = { $why }
    .next = { $onward ->
        [accept] Open 50_accept.
        [invite] Open 30_invite.
       *[blocked] { $then_next }
    } { $back ->
        [ours] Or let the source take it back: open 87_way_back.
       *[theirs] Or ask the owner of the source to invite it.
    }
between-going-back = { $why }
    .next = { $then }

# What the record could not say, and what its reader must know first.
tags-not-looked-at = The planned tags were not compared: { $why }
    .next = { $why_next }
control-tower-not-looked-at = orgtools did not check whether accounts must be enrolled in Control Tower.
account-unknown = Account { $account }, check { $check_name }: { $why }
    .next = { $why_next }
organizations-unknown = The organizations, check { $check_name }: { $why }
    .next = { $why_next }
call-not-settled = { $account }: nobody knows yet whether { $operation } (ledger event { $event }) took effect
    .next = Preview { $step } again and apply it. It reads AWS first.
ledger-broken = The ledger's chain of hashes is broken: { $why }
plan-changed-since-approved = accounts.csv changed after the last approval; plan.csv is not what was approved
step-stopped = The step { $step } stopped before its end: { $why }

# Where an account is on its way, and how it came to the destination: labels.
record-state-in-place = in place
record-state-arrived = arrived, not in place
record-state-between = in no organization
record-state-invited = invited
record-state-open = not invited
record-state-waits = waiting
record-state-blocked = blocked
record-state-unplanned = no longer planned
record-arrival-this-run = by this run
record-arrival-owner = by its owner
record-arrival-before = before this run
record-arrival-elsewhere = not by this run

# Writing a record.
record-written = The record (level: { $level }) is in { $path }: { $files ->
        [one] 1 file
       *[other] { $files } files
    }, { $count ->
        [one] 1 event
       *[other] { $count } events
    }, not signed. Keep the SHA-256 of its manifest.json in another place: { $digest }
record-written-and-signed = The record (level: { $level }) is in { $path }: { $files ->
        [one] 1 file
       *[other] { $files } files
    }, { $count ->
        [one] 1 event
       *[other] { $count } events
    }, signed. Keep the SHA-256 of its manifest.json in another place: { $digest }
record-ledger-busy = Other notebooks keep writing to the ledger.
    .next = Wait until their steps have ended. Then write the record again.
record-level-unknown = { $given } is not a level of a record.
    .next = Choose one of { $choices }.
record-folder-is-link = { $path } is a link.
    .next = Remove it. orgtools does not follow links in a run folder.
record-not-writable = orgtools cannot write { $path }: { $words }
    .next = Free disk space or correct the permissions. Then write the record again.
record-notebook-unreadable = orgtools cannot read { $path } as a notebook: { $words }
    .next = No record was written. Save the notebook again in JupyterLab, or remove it from the folder.
record-cell-left-out = left out: this cell is not part of orgtools
