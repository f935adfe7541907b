# What the steps decide about an account, and what came of a call.

free = { $words }
    .next = { $next }

# invite
is-member = is a member of the destination
not-assessed = was not assessed
    .next = Open 10_assess: it looks whether the account may go.

obstacle = { $why } ({ $check })
    .next = { $why_next }
obstacles = { $findings }
    .next = { $findings_next }
obstacles-and-more = { $findings }; and { $more } more of { $checks }, see 10_assess
    .next = { $findings_next } 10_assess shows what else is to do.

# 25_unenroll
unenroll-for-nothing = it could not move, and would lose its guard rails for nothing: { $why }
    .next = { $why_next }

# What would be lost
losing = is not exported, and would lose for good what it has: { $findings }
    .next = Export it in 10_assess; or answer that nothing is to be kept, there or with: orgtools answer D14.export no. Then preview again.
losing-unseen = was neither assessed nor exported: nobody looked at what it loses
    .next = { losing.next }
