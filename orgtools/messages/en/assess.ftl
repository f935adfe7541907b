# What the readiness checks find, and what is said about answers and accepted risks. What they look for is in checks.ftl.

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

# E1, E2: state and age
account-active = is ACTIVE
account-not-active = is { $state }; only an ACTIVE account can move
    .next = { check-E1.next }
account-invited-before = was invited into the source, not created there
account-created = was created at { $created }
account-created-alone = was created at { $created } and is in no organization
account-too-young = was created at { $created }, less than 4 days ago; it can move from { $until }
    .next = { check-E2.next }

# E4, E5: where the account is
account-manages = is the management account of { $organization }
    .next = { check-E4.next }
account-member-of = is a member of { $organization }
account-stand-alone = is standalone
account-in-destination = is already a member of the destination
account-in-source = is a member of the source
account-left = left its organization in this run and is standalone until it accepts
account-alone = reports that it is in no organization, so it has nothing to leave
account-its-owners = only the account itself can say where it is, and only its owner enters it
    .next = Ask its owner.
account-not-asked = only the account itself can say where it is, and it could not be asked
    .next = Name a way into it under [access] in migration.toml, then assess again. Or ask its owner.
account-nowhere = is neither in the source nor in the destination, and does not report where it is
    .next = { check-E5.next }
account-elsewhere = reports that it is a member of { $organization }, which is neither the source nor the destination
    .next = { check-E5.next }
account-reports-member-of = reports that it is a member of { $organization }

# E6: seller of record
account-partitions-differ = source and destination are in different partitions: { $partitions }
    .next = { check-E6.next }
seller-unknown = AWS names no seller of record
    .next = Compare by hand who issues the invoices of both organizations.
sellers-differ = the account and the destination have different sellers of record: { $sellers }
    .next = { check-E6.next }
seller-same = { $sellers } is the seller of record of the account and of the destination

# E7: delegated administrators
delegated-administrator = is a delegated administrator in the source
    .next = { check-E7.next }
delegated-administrator-of-nothing = is not a delegated administrator
delegated-administrators-unread = the source's delegated administrators are unknown
    .next = Grant organizations:ListDelegatedAdministrators in the source, then assess again.
delegated-administrators-unread-why = the source's delegated administrators are unknown: { $why }
    .next = { delegated-administrators-unread.next }

# E3, E12, E17, E18: the organizations
destination-unlisted = the destination's list of accounts lacks its management account
    .next = Assess again.
destination-created = the destination's management account joined at { $created }
destination-too-young = the destination's management account joined at { $created }, less than 7 days ago; the destination can invite from { $until }
    .next = { check-E3.next }
features-in-progress = the destination is enabling all features (handshake { $handshake })
    .next = { check-E12.next }
features-missing = the destination's feature set is { $state }, so policies do not apply there
    .next = { check-E12.next }
features-all = the destination has all features enabled
landing-zone-none = the source has no landing zone in this Region
baseline-none = has no Control Tower baseline enabled
baseline-governs = Control Tower governs the account ({ $baseline })
    .next = { check-E17.next }
baseline-of-shared-account = is a shared account of the landing zone ({ $baseline })
    .next = Remove it from accounts.csv: the landing zone needs it.
billing-transfer = the { $side } has a billing transfer (direction: { $kind }, state: { $state })
    .next = { check-E18.next }

# E8.services, D8, E16.central: services of the organizations
service-full = { $service } supports at most { $limit } accounts: members { $members } + pending invitations { $pending } + to invite { $more } = { $total }
    .next = { check-E8-services.next }
unit-too-large = { $unit } would have { $total } accounts; Control Tower governs at most { $limit } in one organizational unit
    .next = { check-E8-services.next }
aggregators-slow = { $count } accounts arrive; the Config aggregators of landing zones before 4.0 take { $limit } changes a week
    .next = { check-E8-services.next }
services-trusted-by-source-only = only the source trusts { $services }, so these services no longer cover the accounts
joining-enables = joining can enable { $services }; an account that has its own pays twice
    .next = { check-D8-arrival.next }
root-managed-centrally = the destination manages root credentials centrally, so new members have no root credentials
    .next = { check-E16-central.next }

# E14, E16.rcp, D5, D6: policies above the account
policy-attached = { $policy } ({ $kind ->
    [SERVICE_CONTROL_POLICY] SCP
    [RESOURCE_CONTROL_POLICY] RCP
   *[other] { $kind }
} { $policy_id } at { $place })
action-denied = { $why } denies { $action }
action-perhaps-denied = { $why } may deny { $action }, depending on the statement's conditions
action-not-allowed = no service control policy at { $place } allows { $action }
entering-denied = { $why } denies sts:AssumeRole to the { $side }'s management account
entering-perhaps-denied = { $why } may deny sts:AssumeRole to the { $side }'s management account, depending on the statement's conditions
scps-end-before = leaves first, so no service control policy applies when it accepts
scps-none = no service control policy applies to the account
scps-allow = no service control policy denies AcceptHandshake or LeaveOrganization
accepting-denied = { $whys }
    .next = { check-E14.next }
leaving-denied = probably blocks the move (AWS's documentation is contradictory; test one pilot account): { $whys }
    .next = { check-E14.next }
destination-kept-out = { $whys }
    .next = { check-E14-rcp.next }
destination-let-in = no resource control policy denies the destination access before the move
destination-let-in-after = no resource control policy denies the destination access after the move
everybody-kept-out = nobody could enter the account after the move: { $whys }
    .next = { check-E16-rcp.next }
source-kept-out = after the move, only the destination can enter; it proves before the move that it can: { $whys }
source-perhaps-kept-out = { $whys }
    .next = { check-E16-rcp.next }
source-let-in-after = no resource control policy of the destination denies the source access
policies-same = { $count ->
    [0] no such policy applies before or after the move
    [one] the same policy applies before and after the move
   *[other] the same { $count } policies apply before and after the move
}
policies-change = { $missing ->
    [one] 1 policy stops
   *[other] { $missing } policies stop
}, { $more ->
    [one] 1 starts
   *[other] { $more } start
}, and { $count ->
    [one] 1 stays
   *[other] { $count } stay
}
    .next = { check-D5.next }

# E14.role, E15, E16: ways into the account
entrance-role = { $arn } can be assumed
entrance-permission-set = Identity Center opens a session of the permission set { $permission_set }
entrance-credentials = the credentials of { $principal } work
entrance-unanswered = { $why }
    .next = Assess again: AWS gave no usable answer.
entrance-closed = { $why }
    .next = { $why_next }
entrance-not-needed = has arrived in the destination, so it has nothing left to accept
entrance-its-owners = its owner accepts the invitation; this run does not enter the account
role-cannot-accept = { $arn } cannot call AcceptHandshake (IAM policy simulator: { $reason })
    .next = { check-E14-role.next }
role-cannot-leave = { $arn } cannot call LeaveOrganization (IAM policy simulator: { $reason }), which AWS may require
    .next = { check-E14-role.next }
role-can-accept = the role's own policies allow AcceptHandshake and LeaveOrganization
destination-trusted = { $roles } { $count ->
    [one] trusts
   *[other] trust
} account { $account }
destination-not-trusted = no role trusts account { $account }, so the destination cannot enter after the move
    .next = The source can enter then only if the destination's policies allow it. See E16.rcp (RCPs of the destination). { check-E16.next }

# E19: regions
regions-left-out = { $count ->
    [one] 1 enabled Region is not assessed
   *[other] { $count } enabled Regions are not assessed
}: { $regions }
    .next = { check-E19.next }
regions-assessed = assessed { $regions }
regions-add = Add { $region } to [assess] regions in migration.toml, then assess again.

# B1 to B3: billing
reservations-owned = owns { $count ->
    [one] 1 reservation of { $service }, which moves with it
   *[other] { $count } reservations of { $service }, which move with it
}
    .next = { check-B1-reservations.next }
plan-owned = owns a { $kind } Savings Plan of { $words } an hour, which moves with it
    .next = { check-B1-plans.next }
plan-owned-until = owns a { $kind } Savings Plan of { $words } an hour until { $until }, which moves with it
    .next = { check-B1-plans.next }
discounts-not-shared = the source shares no reservations or Savings Plans with the account
discounts-shared = the source shares reservations and Savings Plans with the account, until it moves
    .next = { check-B1-sharing.next }
cost-reports-lose = { $count ->
    [one] 1 cost report of the source loses the accounts
   *[other] { $count } cost reports of the source lose the accounts
}
    .next = { check-B2-reports.next }
budget-names = the source's budget { $name } names the account
    .next = { check-B2-budgets.next }
budgets-clean = { $count ->
    [0] the source has no budgets
    [one] the source's only budget does not name the account
   *[other] none of the source's { $count } budgets names the account
}
cost-category-names = the source's cost category { $name } names the account
    .next = { check-B2-categories.next }
cost-categories-clean = { $count ->
    [0] the source has no cost categories
    [one] the source's only cost category does not name the account
   *[other] none of the source's { $count } cost categories names the account
}
cost-tags-missing = { $count ->
    [one] 1 cost allocation tag is active in the source only
   *[other] { $count } cost allocation tags are active in the source only
}
    .next = { check-B2-tags.next }
cost-tags-active = { $count ->
    [0] the source has no active cost allocation tags
    [one] the source's only active cost allocation tag is active in the destination
   *[other] all { $count } active cost allocation tags of the source are active in the destination
}
tax-inheritance-same = both organizations have the tax inheritance { $setting }
tax-inheritance-differs = source and destination have different tax inheritance: { $settings }
    .next = { check-B3-tax.next }
support-severities-missing = the destination's support plan lacks the severities { $severities }, which the source's has
    .next = { check-B3-support.next }
support-severities-same = { $count ->
    [0] the source's support plan has no case severities
   *[other] the destination's support plan has every case severity of the source's
}

# D1, D2: StackSets
stackset-continues = StackSet { $name } still manages { $count ->
    [one] 1 stack
   *[other] { $count } stacks
} in the account after the move, while the account trusts its role
stackset-does-not-deploy = StackSet { $name } does not deploy automatically, so { $count ->
    [one] 1 stack stays
   *[other] { $count } stacks stay
} in the account, no longer managed
stackset-retains = StackSet { $name } retains { $count ->
    [one] 1 stack
   *[other] { $count } stacks
} in the account, no longer managed
stackset-deletes = StackSet { $name } deletes { $count ->
    [one] 1 stack
   *[other] { $count } stacks
} in the account when it leaves
    .next = { check-D1.next }
stackset-deploys = StackSet { $name } deploys when the account arrives, through { $unit }, { $count ->
    [0] in its Regions
   *[other] in { $regions }
}
    .next = { check-D2.next }
stackset-none-deploys = no StackSet of the destination deploys automatically to { $unit } or above it

# D4: Identity Center
assignments-end = { $count ->
    [one] 1 assignment of Identity Center ends with the move
   *[other] { $count } assignments of Identity Center end with the move
}
    .next = { check-D4.next }
identity-center-unseen = the primary Region of the source's Identity Center, { $region }, is not assessed
    .next = { $then }

# D7.others: the source's other accounts
other-account-closed = the account could not be entered
    .next = Let the role of [access] in that account trust the source's management account, or check its policies by hand.
others-unseen = { $count ->
    [one] 1 other account of the source was not assessed
   *[other] { $count } other accounts of the source were not assessed
}
    .next = { check-D7-others.next }
others-none = the source has no other accounts
others-clean = { $count ->
    [one] 1 other account of the source was assessed; no policy in it names the source
   *[other] { $count } other accounts of the source were assessed; no policy in them names the source
}

# D9, D10: recording
trail-stops = the organization's trail { $name } stops recording the account; { $count ->
    [0] it has no trail of its own
    [one] 1 trail of its own continues
   *[other] { $count } trails of its own continue
}
    .next = { check-D9.next }
trails-continue = { $count ->
    [one] 1 trail of its own continues
   *[other] { $count } trails of its own continue
}; no organization trail records it here
trails-none = no trail records the account here, so none stops
config-resources = has { $recorders ->
    [0] no recorders
    [one] 1 recorder
   *[other] { $recorders } recorders
}, { $channels ->
    [0] no delivery channels
    [one] 1 delivery channel
   *[other] { $channels } delivery channels
}, and { $authorizations ->
    [0] no aggregation authorizations
    [one] 1 aggregation authorization
   *[other] { $authorizations } aggregation authorizations
} of AWS Config
config-allowed = { $why }, which AWS Support has allowed, as migration.toml says
config-in-the-way = { $why }, so the destination's Control Tower does not enroll it
    .next = { check-D10.next }
config-perhaps-in-the-way = { $why }; whether the destination has Control Tower is unknown
    .next = Grant controltower:ListLandingZones to the caller in the destination, then assess again.
config-stays = { $why }, which stay after the move
config-resources-none = no recorder, delivery channel, or aggregation authorization of AWS Config blocks enrollment
config-rules-removed = the move removes { $rules ->
    [0] no Config rules
    [one] 1 Config rule
   *[other] { $rules } Config rules
} and { $packs ->
    [0] no conformance packs
    [one] 1 conformance pack
   *[other] { $packs } conformance packs
} of the organization from the account
    .next = Deploy them from the destination.
config-aggregated = account { $account } may aggregate its AWS Config data, also after the move

# D11: security services
administers-itself = is the source's delegated administrator for { $service }, which ends with the move
    .next = { check-D11-guardduty.next }
administered-by = account { $account } administers { $service } for it, which ends with the move
    .next = { check-D11-guardduty.next }
analyzers-hidden = has no analyzer of the organization; members cannot see those of other accounts
behavior-graphs-hidden = no behavior graph invited the account; members cannot see the organization's own

# D12, D13, D15, D16: what others share, and agreements
backups-copied = the source copies backups between its accounts; for accounts that leave, this ends
    .next = { check-D12-backup.next }
address-pool-received = uses the IPAM pool { $name } of account { $account }
    .next = { check-D12-ipam.next }
license-received = uses the license { $name }, granted by another account
    .next = { check-D12-licenses.next }
portfolio-received = uses the portfolio { $name }, shared through the organization
    .next = { check-D12-portfolios.next }
image-shared = shares its image { $name } with the source organization
    .next = { check-D13-images.next }
prefix-list-received = uses the prefix list { $name } of account { $account }
    .next = { check-D13-lists.next }
endpoint-service-admits = its endpoint service { $name } admits { $principal }
    .next = { check-D13-endpoints.next }
agreement-inherited = has the agreement { $name } only through the organization, until it moves
    .next = { check-D15.next }
quotas-raised = { $count ->
    [one] 1 quota was raised in the last 90 days, or may have been
   *[other] { $count } quotas were raised in the last 90 days, or may have been
}
    .next = For CASE_CLOSED, look at the support case. { check-D16.next }

# D14: tags
tags-lost = { $count } of { $total ->
    [one] 1 tag
   *[other] { $total } tags
} { $count ->
    [one] is
   *[other] are
} not in accounts.csv and would be lost
    .next = { check-D14.next }
tags-kept = { $total ->
    [one] accounts.csv has its only tag
   *[other] accounts.csv has all { $total } tags
}
tags-none = has no tags

# D17: callers of AWS Organizations
callers-found = { $count ->
    [one] 1 caller in the account
   *[other] { $count } callers in the account
} called AWS Organizations in the last 90 days
    .next = { check-D17.next }
callers-none = nobody in the account called AWS Organizations in the last 90 days
callers-in-source-found = { $count ->
    [one] 1 caller in the source's management account
   *[other] { $count } callers in the source's management account
} called AWS Organizations in the last 90 days
    .next = { check-D17-source.next }
callers-in-source-none = nobody in the source's management account called AWS Organizations in the last 90 days

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
