# The readiness checks. Of each: what it verifies, in .name what it is about, in a word or two, and in .next what the
# operator does about a finding.
# An entry fine-... says that nothing was found. What the checks find is below them, by subject.

# Eligibility
check-E1 = The account is active
    .name = state
    .next = Reopen the account through AWS Support, or remove it from accounts.csv.
check-E2 = The account was created at least 4 days ago
    .name = age of the account
    .next = Wait until then: an account created in an organization can move 4 days after its creation.
check-E2-member = The account was created at least 4 days ago, as the account itself reports
    .name = age, as the account reports it
    .next = { check-E2.next }
check-E4 = The account is not a management account
    .name = management account
    .next = Remove it from accounts.csv: a management account can move only after its organization is deleted.
check-E5 = The account is in the source, standalone, or already in the destination
    .name = present organization
    .next = Find out which organization the account is in. Remove it from accounts.csv unless it returns to the source.
check-E6 = The account and the destination have the same partition and seller of record
    .name = seller of record
    .next = Ask AWS Support to change the seller of record first. Accounts move only within one partition and one seller of record.
check-E6-seller = Both organizations have the same seller of record
    .name = seller of record, answered
    .next = Ask AWS how to proceed: accounts cannot move by invitation between sellers of record.
check-E7 = The account is not a delegated administrator
    .name = delegated administrator
    .next = In the source, deregister it for every service (DeregisterDelegatedAdministrator), then assess again.

# Quotas and invitations
check-E3 = The destination is at least 7 days old
    .name = age of the destination
    .next = Wait until then: an organization can invite members of another organization 7 days after its creation.
check-E8 = The destination's account quota has room
    .name = account quota
    .next = Request a higher quota in Service Quotas (Organizations), or cancel pending invitations that nobody needs.
check-E8-services = The destination's services have room for the accounts
    .name = limits of the destination's services
    .next = Request a higher limit for that service, or move fewer accounts. Put at most 1,000 accounts into one organizational unit that Control Tower governs. Spread more than 1,000 accounts over several weeks.
fine-E8-services = every service of the destination has room for the plan
check-E9 = The destination's 24-hour invitation quota has room
    .name = 24-hour invitation quota
    .next = Send the rest later: orgtools holds them back until AWS allows them.
check-E10 = No invitation from the destination is pending
    .name = pending invitation of the destination
    .next = Nothing to do: 30_invite uses that invitation.
check-E11 = No invitation from another organization is pending
    .name = invitation of another organization
    .next = Ask the sender. If nobody knows the invitation, decline it in the account; orgtools never accepts or declines it.
fine-E11 = no invitation from another organization is pending
check-E12 = The destination has all features enabled
    .name = all features
    .next = If you can, finish enabling all features in the destination first. AWS's documentation is contradictory: two pages say that inviting continues meanwhile, the API's reason INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES says that it does not. Invite one account first.
check-E13 = The e-mail address of the destination's management account is verified
    .name = verified e-mail address
    .next = Verify it in the destination: Organizations console, Settings, Send verification request.

# Policies
check-E14 = The source's SCPs allow the account to accept
    .name = SCPs of the source
    .next = In the source, exempt the accepting role from the policy, or detach the policy, until the account has moved. Then assess again. If only LeaveOrganization is denied, move one account first: AWS's documentation is contradictory.
check-E14-rcp = The source's RCPs allow the destination to enter before the move
    .name = RCPs of the source
    .next = Until the account has moved, exempt the destination's management account from the source's resource control policy, or detach the policy. Then assess again. Until then 38_prepare_access cannot finish.
check-E14-role = The role's own policies allow it to accept
    .name = policies of the role
    .next = Attach the policy that "orgtools policies member-accept" prints to the role, then assess again.
check-E16-rcp = The destination's RCPs allow somebody to enter after the move
    .name = RCPs of the destination
    .next = Set prepare = true under [handover] in migration.toml: the destination then proves before the move that it can enter. Or exempt the source's management account from the resource control policy until the hand-over is done. Then assess again.
check-D5 = SCPs and RCPs are the same before and after the move
    .name = SCPs and RCPs before and after
    .next = Compare the policies that stop with those that start. Attach to the destination's unit what the account still needs.
check-D6 = Tag, backup, declarative, and other policies are the same before and after the move
    .name = other policies before and after
    .next = { check-D5.next }

# Access
check-E15 = The role that accepts can be assumed
    .name = role that accepts
    .next = Create the role in the account and let it trust the caller, or name another role under [access] in migration.toml. Also look for a resource control policy that denies sts:AssumeRole to other organizations.
check-E16 = The destination can enter the account after the move
    .name = access after the move
    .next = Let a role in the account also trust the destination's management account. Prove it before the move: set [handover] prepare = true and run 38_prepare_access.
check-E16-central = New members of the destination keep their root credentials
    .name = central root access
    .next = Do not count on the root user as a way in: prepare a role in 38_prepare_access. The destination can allow the recovery of a root password through IAM's central root access.
fine-E16-central = the destination does not manage the root credentials of its members
check-E16-root = The root user of each account can be recovered
    .name = recovery of root users
    .next = Correct root addresses and alternate contacts while the account is in the source (account:StartPrimaryEmailUpdate). For one account, try to sign in or to recover the password.
check-D4 = Nobody loses access through Identity Center
    .name = Identity Center assignments
    .next = The source's assignments end. Assign the same people in the destination's Identity Center after the move, or let 83_restore do it ([restore] assignments).
fine-D4 = nobody enters the account through an Identity Center in this Region

# Control Tower
check-E17 = Control Tower does not govern the account in the source
    .name = Control Tower of the source
    .next = Open 25_unenroll: it removes the account from the source's Control Tower and assesses it again.

# Regions
check-E19 = The assessment covers every enabled Region of the account
    .name = Regions of the account
    .next = Remove [assess] regions from migration.toml, or add these Regions to it. Then assess again.
check-E19-management = The assessment covers every enabled Region of both management accounts
    .name = Regions of the management accounts
    .next = { check-E19.next }

# Billing
check-E18 = No organization has a billing transfer
    .name = billing transfer
    .next = Ask who pays for which organization: a billing transfer stays with the organization, not with the account.
fine-E18 = neither organization has a billing transfer
check-B1-reservations = The account owns no reservations that others in the source use
    .name = reservations
    .next = Tell the owners of the bill: these reservations move with the account, and the source loses their discount.
fine-B1-reservations = the account owns no reservations here
check-B1-plans = The account owns no Savings Plans that others in the source use
    .name = Savings Plans
    .next = Tell the owners of the bill: these Savings Plans move with the account, and the source loses their discount.
fine-B1-plans = the account owns no Savings Plans
check-B1-sharing = The account uses no discounts of others in the source
    .name = shared discounts
    .next = Budget for the undiscounted price, or for the destination's own reservations and Savings Plans.
check-B2-reports = The source has no cost reports that lose the accounts
    .name = cost reports
    .next = First download the billing reports and cost history that somebody still needs: after the move an account cannot see those of the source. Tell the readers of the source's reports that these accounts disappear from them. Create the same reports in the destination.
fine-B2-reports = the source's management account has no cost reports
check-B2-budgets = No budget of the source names the account
    .name = budgets
    .next = Create the budget in the destination, and remove the account from the source's budget.
check-B2-categories = No cost category of the source names the account
    .name = cost categories
    .next = Create the cost category in the destination, and remove the account from the source's rules.
check-B2-tags = The destination has the source's cost allocation tags active
    .name = cost allocation tags
    .next = Activate them in the destination's management account, or let 83_restore do it ([restore] cost_tags). Only later costs carry them.
check-B3-pricing = No private pricing or credits are lost
    .name = private pricing and credits
    .next = Agree on the terms with your AWS account team before the first account moves.
check-B3-tax = Both organizations have the same tax inheritance
    .name = tax inheritance
    .next = Ask who keeps the tax registrations, and set them for the account before its first bill in the destination.
check-B3-support = The destination's support plan is at least the source's
    .name = support plan
    .next = Upgrade the destination's support plan before the move, or tell the teams that rely on it.
check-B4 = The account has a payment method of its own, to stand alone
    .name = payment method
    .next = Sign in to the account as root and add a payment method, or plan a direct transfer, which needs none.

# StackSets
check-D1 = No StackSet deletes its stacks when the account leaves
    .name = StackSets of the source
    .next = Set the StackSet's automatic deployment to retain stacks on account removal. Or make sure that nobody needs its stacks. Then assess again.
fine-D1 = no StackSet of the source has stacks in the account
check-D2 = No StackSet deploys into the account when it arrives
    .name = StackSets of the destination
    .next = Expect these stacks in the account. Check whether their names conflict with stacks that the account already has.

# Sharing
check-D3 = No resource share ends with the move
    .name = resource shares
    .next = Ask the share's owner to allow principals outside its organization and to share with the account by its id. Or create a new share that retains accounts that leave. For the account's own shares, name the accounts that use them. Then assess again. After the move 83_restore accepts the owner's invitation ([restore] shares).
fine-D3 = the account shares nothing through AWS RAM and receives no shares
check-D12-backup = The source's accounts do not copy backups to each other
    .name = cross-account backup
    .next = Turn on cross-account backup in the destination and point copy rules to vaults there. AWS Backup refuses copies between organizations.
fine-D12-backup = the source does not copy backups between its accounts
check-D12-ipam = The account uses no IPAM pool of another account
    .name = IPAM pools
    .next = Share a pool of the destination with the account. Allocated addresses stay; the old pool allocates no new ones.
fine-D12-ipam = the account uses no IPAM pool of another account
check-D12-licenses = No other account grants licenses to the account
    .name = licenses
    .next = Have the license granted again, to the account by its id or in the destination.
fine-D12-licenses = no license is granted to the account
check-D12-portfolios = The organization shares no Service Catalog portfolio with the account
    .name = Service Catalog portfolios
    .next = Share the portfolio from the destination, or with the account by its id.
fine-D12-portfolios = no portfolio is shared with the account through the organization
check-D13-images = The account shares no images with the source organization
    .name = shared images
    .next = Share the image with the accounts that launch it, or also with the destination.
fine-D13-images = no image of the account names the source
check-D13-lists = The account uses no prefix list of another account
    .name = prefix lists
    .next = Share a prefix list of the destination, and replace the old one in rules and route tables.
fine-D13-lists = the account uses no prefix list of another account
check-D13-endpoints = The account's endpoint services do not admit the source organization
    .name = endpoint services
    .next = Before the move, also admit the accounts that connect by their ids.
fine-D13-endpoints = no endpoint service of the account names the source

# Policies that name the source organization
-name-both = Before the move, let the statement name both organizations; the finding shows a proposal. After the move, remove the old one.
check-D7-accesspoints = No access point policy names the source organization
    .name = access point policies
    .next = { -name-both }
check-D7-acm-pca = No policy of a private certificate authority names the source organization
    .name = private certificate authority policies
    .next = { -name-both }
check-D7-apigateway = No policy of a REST API or domain name names the source organization
    .name = API Gateway policies
    .next = { -name-both }
check-D7-backup = No backup vault policy names the source organization
    .name = backup vault policies
    .next = { -name-both }
check-D7-codeartifact = No CodeArtifact policy names the source organization
    .name = CodeArtifact policies
    .next = { -name-both }
check-D7-dynamodb = No policy of a DynamoDB table names the source organization
    .name = DynamoDB table policies
    .next = { -name-both }
check-D7-ecr = No registry or repository policy names the source organization
    .name = ECR policies
    .next = { -name-both }
check-D7-efs = No file system policy names the source organization
    .name = file system policies
    .next = { -name-both }
check-D7-events = No event bus policy names the source organization
    .name = event bus policies
    .next = { -name-both }
check-D7-glacier = No Glacier vault policy names the source organization
    .name = Glacier vault policies
    .next = { -name-both }
check-D7-glue = No Data Catalog policy names the source organization
    .name = Data Catalog policies
    .next = { -name-both }
check-D7-iam = No trust, managed, or inline policy of IAM names the source organization
    .name = IAM policies
    .next = { -name-both }
check-D7-kafka = No MSK cluster policy names the source organization
    .name = MSK cluster policies
    .next = { -name-both }
check-D7-kinesis = No policy of a Kinesis stream or consumer names the source organization
    .name = Kinesis policies
    .next = { -name-both }
check-D7-kms = No key policy names the source organization
    .name = key policies
    .next = { -name-both }
check-D7-lambda = No function or layer policy names the source organization
    .name = Lambda policies
    .next = { -name-both }
check-D7-logs = No CloudWatch Logs policy names the source organization
    .name = CloudWatch Logs policies
    .next = { -name-both }
check-D7-oam = No policy of a monitoring sink names the source organization
    .name = monitoring sink policies
    .next = { -name-both }
check-D7-opensearch = No OpenSearch domain policy names the source organization
    .name = OpenSearch domain policies
    .next = { -name-both }
check-D7-s3 = No bucket policy names the source organization
    .name = bucket policies
    .next = { -name-both }
check-D7-s3tables = No table bucket or table policy names the source organization
    .name = S3 Tables policies
    .next = { -name-both }
check-D7-s3vectors = No vector bucket policy names the source organization
    .name = vector bucket policies
    .next = { -name-both }
check-D7-schemas = No schema registry policy names the source organization
    .name = schema registry policies
    .next = { -name-both }
check-D7-secretsmanager = No policy of a secret names the source organization
    .name = secret policies
    .next = { -name-both }
check-D7-ses = No sending authorization policy names the source organization
    .name = sending authorization policies
    .next = { -name-both }
check-D7-sns = No topic policy names the source organization
    .name = topic policies
    .next = { -name-both }
check-D7-sqs = No queue policy names the source organization
    .name = queue policies
    .next = { -name-both }
check-D7-ssm = No policy of a parameter names the source organization
    .name = parameter policies
    .next = { -name-both }
check-D7-streams = No policy of a DynamoDB stream names the source organization
    .name = DynamoDB stream policies
    .next = { -name-both }
check-D7-vpc = No VPC endpoint policy names the source organization
    .name = VPC endpoint policies
    .next = { -name-both }
check-D7-vpc-lattice = No VPC Lattice auth policy names the source organization
    .name = VPC Lattice policies
    .next = { -name-both }
check-D7-xray = No X-Ray policy names the source organization
    .name = X-Ray policies
    .next = { -name-both }
check-D7-others = No policy in the source's other accounts names the source organization
    .name = policies in other accounts
    .next = Set others = true under [assess] in migration.toml, then assess again. Or ask the owners of the resources that the planned accounts use.

# Services
check-D8 = The destination trusts every service that the source trusts
    .name = trusted access
fine-D8 = the destination trusts every service that the source trusts
check-D8-arrival = Joining the destination enables no services that cost twice
    .name = services enabled by joining
    .next = In the destination, check which of these services enable new members, and budget for their cost. Where an account pays for its own, turn that off after the move.
fine-D8-arrival = the destination trusts none of the services that can be enabled in new members
-new-administrator = Export what you must keep: earlier findings stay with the old administrator. After the move, enable the account in the destination's administrator account.
check-D11-accessanalyzer = The source does not administer IAM Access Analyzer for the account
    .name = IAM Access Analyzer
    .next = { -new-administrator }
fine-D11-accessanalyzer = no account administers IAM Access Analyzer for the account here
check-D11-detective = The source does not administer Detective for the account
    .name = Detective
    .next = { -new-administrator }
fine-D11-detective = no account administers Detective for the account here
check-D11-fms = The source does not administer Firewall Manager for the account
    .name = Firewall Manager
    .next = { -new-administrator }
fine-D11-fms = no account administers Firewall Manager for the account here
check-D11-guardduty = The source does not administer GuardDuty for the account
    .name = GuardDuty
    .next = { -new-administrator }
fine-D11-guardduty = no account administers GuardDuty for the account here
check-D11-inspector = The source does not administer Inspector for the account
    .name = Inspector
    .next = { -new-administrator }
fine-D11-inspector = no account administers Inspector for the account here
check-D11-macie = The source does not administer Macie for the account
    .name = Macie
    .next = { -new-administrator }
fine-D11-macie = no account administers Macie for the account here
check-D11-securityhub = The source does not administer Security Hub for the account
    .name = Security Hub
    .next = { -new-administrator }
fine-D11-securityhub = no account administers Security Hub for the account here

# Recording
check-D9 = The account's activity is still recorded after the move
    .name = CloudTrail
    .next = Make sure that the destination has an organization trail, or create a trail of the account's own before it moves.
check-D10 = No Config recorder or delivery channel blocks enrollment
    .name = AWS Config
    .next = Delete the account's Config recorder, delivery channel, and aggregation authorizations in each governed Region before you enroll it. Skip this if Control Tower does not govern its unit. Or ask AWS Support to allow them, then add the account to [control_tower] config_allowed in migration.toml: 70_enroll then registers its unit.

# Tags, agreements, callers
check-D14 = The tags of the account object move with the account
    .name = account tags
    .next = Put them into the column tags of accounts.csv: AWS deletes the account object's tags when the account leaves.
check-D14-export = What accounts lose is exported before they leave
    .name = export before leaving
    .next = Export in 10_assess anyway: it takes a few calls for each account.
check-D15 = The account has Artifact agreements of its own
    .name = Artifact agreements
    .next = Accept the agreement in the destination's management account, or in the account itself, before the move.
fine-D15 = no agreement applies to the account through the organization
check-D16 = The account has no raised quotas
    .name = raised quotas
    .next = Keep this list, and check the quotas after the move. Raised quotas belong to the account and should move with it.
fine-D16 = no quota was raised in the last 90 days
check-D17 = Nothing in the account calls AWS Organizations
    .name = callers of AWS Organizations
    .next = Ask the owners of these callers: after the move they see the destination, or nothing.
check-D17-source = Nothing in the source calls AWS Organizations
    .name = callers in the source
    .next = Ask the owners of these callers whether they miss the accounts that move: afterwards they see only those that stay.

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
