# What is said of any finding, of answers and of accepted risks. The checks and what they find are in checks.ftl.

# Any check
in-account = account { $account }: { $why }
    .next = { $why_next }
in-account-for = account { $account }: { $why } (this concerns { $checks_name })
    .next = { $why_next }
waived = { $why }; { $person } accepts the risk until { $until }
    .next = { $why_next }
findings-now = { $findings }
    .next = { $findings_next }
look-prevented = { $why }
    .next = { $why_next }
look-failed = the check failed: { $words }
    .next = { $then }
look-by-hand = Assess again. If the check fails again, check by hand ({ $actions }).
look-its-owners = was not checked: only its owner enters the account, as [access] says
    .next = Ask its owner.
not-seen-but-asked = { $why }
    .next = Where the account can be entered, { $checks_name } { $count ->
        [one] asks
       *[other] ask
    } the account itself. { $why_next }
account-closed = the account could not be entered
    .next = See E15 (the role that accepts).
account-organization-unread = The organization of the account could not be looked up.
    .next = Grant organizations:DescribeOrganization to the role in the account (template assess-member), then assess again.
account-not-in-source = is not a member of the source
unit-not-found = { $why }
    .next = Correct accounts.csv, or create the organizational unit. Then assess again.
assessment-interrupted = The assessment was interrupted.
    .next = Assess again.
checks-unknown = orgtools has no { $count ->
    [one] check
   *[other] checks
} { $checks }.
    .next = Use these: { $keys }.

# Questions that no API answers
question-E13 = Is the e-mail address of the destination's management account verified?
answer-E13-yes = the address is verified
answer-E13-no = the address is not verified, so AWS refuses every invitation
    .next = { check-E13.next }
question-E6-seller = Do both organizations buy from the same seller of record (the AWS company that invoices them)?
answer-E6-seller-yes = both have the same seller of record
answer-E6-seller-no = the sellers of record differ, so AWS refuses to move accounts
    .next = { check-E6-seller.next }
question-B3-pricing = Does the source have private pricing or credits that these accounts would lose?
answer-B3-pricing-no = the source has no private pricing or credits that these accounts would lose
answer-B3-pricing-settled = there are such terms, and AWS has agreed what happens to them
answer-B3-pricing-yes = there are such terms, and what happens to them is not agreed with AWS
    .next = { check-B3-pricing.next }
question-D14-export = Should orgtools require an export of what an account loses (tags, Identity Center assignments) before it leaves?
answer-D14-export-yes = every account is exported before it leaves
answer-D14-export-no = accounts can leave without an export, and what they lose is not kept
    .next = { check-D14-export.next }
question-E16-root = Can you reach the mailbox of each account's root address, and its phone number or other means of recovery?
answer-E16-root-yes = the root user of each account can be recovered
answer-E16-root-no = the root user of some accounts cannot be recovered; if no role works there, only AWS Support can help
    .next = { check-E16-root.next }
question-B4 = Does the account have a valid payment method of its own?
answer-B4-yes = has a valid payment method
answer-B4-no = has no valid payment method, and AWS requires one to stand alone
    .next = { check-B4.next }
question-open = nobody has answered “{ $why }”
    .next = { $then }
question-answered = { $why }; answered by { $person } at { $at }
    .next = { $why_next }
question-unknown = { $check_name } asks no question.
    .next = Name one that does: { $checks_name }.
question-about-an-account = { $check_name } is about one account.
    .next = Name the account.
question-about-organizations = { $check_name } is about both organizations.
    .next = Name no account.
question-for-stand-alone-path = { $check_name } is only for accounts on the standalone path; account { $account } moves directly.
    .next = Name an account on the standalone path.
answer-unknown = "{ $given }" is not an answer to { $check_name }: { $why }
    .next = Answer { $choices }.
answer-for-account = Answer it in 10_assess, or with: orgtools answer { $check } { $choices } --account ID
answer-for-organizations = Answer it in 10_assess, or with: orgtools answer { $check } { $choices }
answer-told = { $choice }, answered by { $person } at { $at }
answer-missing = not answered ({ $choices })
both-organizations = both organizations
payment-not-needed = moves directly and needs no payment method of its own
payment-no-longer-needed = has arrived in the destination and no longer stands alone

# Accepted risks
waiver-not-possible = The risk of { $check_name } cannot be accepted.
    .next = Resolve its finding, then assess again.
waiver-without-reason = An accepted risk needs a reason.
    .next = Say why you accept it.
waiver-without-end = An accepted risk needs an end in the future, with its time zone.
    .next = Name a later time.
