# What is remarkable about handshakes and memberships (90_audit, orgtools audit), and how waves are proposed.

sender = { $organization }
sender-unknown = an organization that its ARN does not name

# Cells of the table of handshakes
span = { $span }
side = { $side ->
    [source] source
    [destination] destination
    [member] member
   *[other] { $side }
}
somebody-else = somebody else
not-given = unknown
handshake-done = { $step } #{ $event }
span-over = now
caller-unread = unknown
caller-not-in-trail = not in CloudTrail
caller-not-in-trail-yet = not in CloudTrail yet

# H1: pending and not in the plan
invitation-unplanned = invitation { $handshake } is pending but not in the plan; it counts against the account quota
    .next = Ask who sent it. orgtools leaves it alone.
invitation-unplanned-address = invitation { $handshake } to { $name } is pending but not in the plan; it counts against the account quota
    .next = { invitation-unplanned.next }

# H2: several are pending
invitations-several = several invitations are pending: { $whys }
    .next = Make sure that only the right one can be accepted. Cancel invitations of the destination that nobody needs; decline the others in the account.
invitation-from = { $handshake } from { $sender }

# H3: expires soon
invitation-expires-soon = invitation { $handshake } expires in { $span }, at { $until }
    .next = Open 50_accept before it expires.

# H4: closed, and not sent again
invitation-ended-unreplaced = { invitation-ended }, and no other is pending
    .next = Open 30_invite: it invites the account again.

# H5: from another organization
invitation-stranger-pending = invitation { $handshake } from { $sender } is pending; that organization is neither the source nor the destination
    .next = Find out who sent it. If nobody knows, decline it in the account; orgtools never accepts it.
invitation-stranger-accepted = invitation { $handshake } from { $sender } was accepted; that organization is neither the source nor the destination
    .next = Find out where the account is, and why.

# H6: accepted, and not in its place
invitation-accepted-not-arrived = invitation { $handshake } was accepted, but the account is not in the destination
    .next = Check again in a few minutes. If nothing changes, look in CloudTrail of both management accounts for who moved it.
invitation-accepted-in-source = invitation { $handshake } was accepted, but the account is in the source
    .next = { invitation-accepted-not-arrived.next }
invitation-accepted-nowhere = invitation { $handshake } was accepted, but the account is in neither organization
    .next = { invitation-accepted-not-arrived.next }
account-misplaced = has joined and is in { $place }; the plan says { $unit }
    .next = Open 60_place.
account-unit-unclear = has joined, but its organizational unit is unclear: { $why }
    .next = Correct accounts.csv, or let 60_place create the unit.

# H7: pending, from the source
invitation-of-source = invitation { $handshake } of the source is pending; it would bring the account back
    .next = Ask who sent it. The source can cancel it; orgtools leaves it alone.
invitation-of-source-address = invitation { $handshake } of the source to { $name } is pending
    .next = { invitation-of-source.next }

# H8: joined or left without this run
membership-joined-as-asked = { $kind ->
    [CREATED] was created in the destination
   *[other] joined the destination
} at { $at }; its owner was asked to accept
membership-joined = { $kind ->
    [CREATED] was created in the { $side }
    [INVITED] joined the { $side } by invitation
   *[other] joined the { $side }
} at { $at }; this run's ledger has no call for that
    .next = Find out who did it: see event { $event_id } in CloudTrail of the { $side }. Another run has its own ledger.
membership-left = { $kind ->
    [REMOVED] was removed from the { $side }
    [CLEANED] was cleaned up from the { $side }
   *[other] left the { $side }
} at { $at }; this run's ledger has no call for that
    .next = { membership-joined.next }

# H9: the budget is used up while invitations are pending
account-quota-used-up = the account quota of { $quota } is used up; it counts { $members ->
    [one] 1 member
   *[other] { $members } members
} and { $pending ->
    [one] 1 pending invitation
   *[other] { $pending } pending invitations
}{ $unplanned ->
    [0] { "" }
   *[other] , { $unplanned } of them not in the plan
}; { $count ->
    [one] 1 planned account still waits
   *[other] { $count } planned accounts still wait
} for an invitation
    .next = Cancel invitations that nobody needs, or request a higher quota in Service Quotas (Organizations).
invitations-used-up = the 24-hour quota of invitations is used up, and { $count ->
    [one] 1 planned account still waits
   *[other] { $count } planned accounts still wait
}; the next invitation may be sent at { $until }
    .next = Run 30_invite then.

# H10: what could not be looked at
handshake-incomplete = AWS does not give { $keys } of handshake { $handshake }
    .next = Look at it in the AWS Organizations console, or run aws organizations describe-handshake --handshake-id { $handshake }.
review-unread = { $why }
    .next = { $why_next }
review-trail-unread = CloudTrail of the { $side } could not be read, so nobody knows who invited, and which accounts joined or left: { $why }
    .next = { $why_next }
review-source-unread = the source's invitations could not be read: { $why }
    .next = { $why_next }
review-members-skipped = the handshakes of members were not read: this audit leaves members out
review-member-unread = the handshakes that it received could not be read: { $why }
    .next = { $why_next }
review-member-unread-state = is { $state }; the handshakes that it received could not be read: { $why }
    .next = { $why_next }
review-members-by-owner = { $count ->
    [one] its owner accepts the invitation, so orgtools does not enter it and cannot see which handshakes it received
   *[other] the owners of { $count } accounts accept the invitations ({ $more ->
        [0] { "" }
       *[other] among them{ " " }
    }{ $accounts }), so orgtools does not enter them and cannot see which handshakes they received
}
    .next = Ask the { $count ->
        [one] owner
       *[other] owners
    }, or name another way in under [access] in migration.toml.
review-members-unread = the handshakes that { $count } accounts received could not be read ({ $more ->
    [0] { "" }
   *[other] among them{ " " }
}{ $accounts }). The first of them: { $why }
    .next = { $why_next }
review-members-given-up = the handshakes that { $count } accounts received could not be read ({ $more ->
    [0] { "" }
   *[other] among them{ " " }
}{ $accounts }); orgtools tried only { $limit } of them. The first of them: { $why }
    .next = { $why_next }
review-without-source = the source was not read, as migration.toml has no [source]: nobody knows which invitations it sent, who sent them, and which accounts joined or left it
    .next = { source-is-not-ours.next }

# The review in a line
review-summary = { $pending ->
    [0] No invitations are pending
    [one] 1 invitation is pending
   *[other] { $pending } invitations are pending
}, { $count } closed; { $findings }
findings-none = nothing unexpected
findings-counted = { $total ->
    [one] 1 finding
   *[other] { $total } findings
}: { $findings }
findings-of-status = { $count } { $state }

# Waves
proposal-way-unknown = Waves cannot be proposed by { $given }.
    .next = Name one of { $keys }.
proposal-without-size = A wave needs a size of at least 1.
    .next = Say how many accounts a wave may have.
proposal-without-budget = Waves by quota need the destination's quotas, which are not known yet.
    .next = Call migration.observe() and pass its budget, or choose another way.
proposal-wave-unknown = The plan has no wave { $wave }.
    .next = Choose one of its waves: { $waves }.
proposal-too-many-waves = The proposal has more than { $number } waves.
    .next = Allow more accounts in a wave.
proposal-quota-unread = The account quota could not be looked up, so only { $limit } invitations in 24 hours are assumed.
proposal-quota-lacks = The account quota of { $quota } is { $missing ->
    [one] 1 account
   *[other] { $missing } accounts
} too small for this plan.
    .next = Request a higher quota before you invite these accounts.
proposal-invitations-used-up = Today's invitations are used up; the next one may be sent at { $until }.
