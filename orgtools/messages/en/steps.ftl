# What the steps decide about an account, and what came of a call.

free = { $words }
    .next = { $next }

refused = { $reason }: { $words }
    .next = { $next }
refused-again = { $why }, each time it was tried
    .next = Wait a while, then run the step again; it reads AWS first.
refused-each-time = { $why }, each time it was tried
    .next = { $why_next }
refused-until = AWS refused at { $at }: { $reason }. { $next }
confirmed-without-call = { $why } (without a call of ours)
not-started = the step stopped before all of its calls were made
    .next = Run the step again.
unconfirmed = AWS took the call, but does not show its effect yet
    .next = Look again in some minutes: preview this step; it calls nothing.
at-work = AWS took the call: { $why }
    .next = Look on below, or preview this step later, also in another kernel; that calls nothing.
changed-since-approved = { $why }
    .next = Preview again and look at it.

# invite
is-member = is a member of the destination
not-assessed = was not assessed
    .next = Open 10_assess: it looks whether the account may go.
