# What the readiness checks find.

in-account = in account { $account }, { $why }
    .next = { $why_next }
in-account-for = in account { $account }, { $why } (so for { $checks })
    .next = { $why_next }
waived = { $why } (accepted until { $until } by { $person })
    .next = { $why_next }
not-seen-but-asked = { $why }
    .next = { $checks } { $count ->
        [one] asks
       *[other] ask
    } the account itself, where it can be entered. { $why_next }
other-account-closed = the account could not be entered
    .next = Let the role of [access] in that account trust the source's management account, or look at its policies by hand.
