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
