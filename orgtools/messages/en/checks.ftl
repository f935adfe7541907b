# The readiness checks. Of each: what it verifies, and in .next what the operator does about a finding.
# An entry fine-... says that nothing was found.

# Eligibility
check-E1 = The account is active
    .next = Reopen the account through AWS Support, or remove it from accounts.csv.
check-E2 = The account was created at least 4 days ago
    .next = Wait until then: an account created in an organization can move 4 days after its creation.
check-E2-member = The account was created at least 4 days ago, as the account itself reports
    .next = { check-E2.next }
check-E4 = The account is not a management account
    .next = Remove it from accounts.csv: a management account can move only after its organization is deleted.
check-E5 = The account is in the source, stand-alone, or already in the destination
    .next = Find out which organization the account is in. Remove it from accounts.csv unless it returns to the source.
check-E6 = The account and the destination have the same partition and seller of record
    .next = Ask AWS Support to change the seller of record first. Accounts move only within one partition and one seller of record.
check-E6-seller = Both organizations have the same seller of record
    .next = Ask AWS how to proceed: accounts cannot move by invitation between sellers of record.
check-E7 = The account is not a delegated administrator
    .next = In the source, deregister it for every service (DeregisterDelegatedAdministrator), then assess again.

# Quotas and invitations
check-E3 = The destination is at least 7 days old
    .next = Wait until then: an organization can invite members of another organization 7 days after its creation.
check-E8 = The destination's account quota has room
    .next = Request a higher quota in Service Quotas (Organizations), or cancel pending invitations that nobody needs.
check-E8-services = The destination's services have room for the accounts
    .next = Request a higher limit for that service, or move fewer accounts. Put at most 1,000 accounts into one unit that Control Tower governs, and spread more than 1,000 over several weeks.
fine-E8-services = every service of the destination has room for the plan
check-E9 = Invitations are left in the window of 24 hours
    .next = Send the rest later: orgtools holds them back until AWS allows them.
check-E10 = No invitation from the destination is pending
    .next = Nothing to do: 30_invite adopts it.
check-E11 = No invitation from another organization is pending
    .next = Ask the sender. If nobody knows the invitation, decline it in the account; orgtools never accepts or declines it.
fine-E11 = no invitation from another organization is pending
check-E12 = The destination has all features enabled
    .next = If you can, finish enabling all features in the destination first. AWS's documentation is contradictory: two pages say that inviting continues meanwhile, the API's reason INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES says that it does not. Invite one account first.
check-E13 = The e-mail address of the destination's management account is verified
    .next = Verify it in the destination: Organizations console, Settings, Send verification request.

# Policies
check-E14 = The source's SCPs allow the account to accept
    .next = In the source, exempt the accepting role from the policy, or detach the policy, until the account has moved. Then assess again. If only LeaveOrganization is denied, move one account first: AWS's documentation is contradictory.
check-E14-rcp = The source's RCPs allow the destination to enter before the move
    .next = In the source, exempt the destination's management account from the resource control policy, or detach the policy, until the account has moved. Then assess again. Until then 38_prepare_access cannot finish.
check-E14-role = The role's own policies allow it to accept
    .next = Attach the policy that `orgtools policies member-accept` prints to the role, then assess again.
check-E16-rcp = The destination's RCPs allow somebody to enter after the move
    .next = Set prepare = true under [handover] in migration.toml: the destination then proves before the move that it can enter. Or exempt the source's management account from the resource control policy until the hand-over is done. Then assess again.
check-D5 = SCPs and RCPs are the same before and after the move
    .next = Compare the policies that stop with those that start. Attach to the destination's unit what the account still needs.
check-D6 = Tag, backup, declarative, and other policies are the same before and after the move
    .next = { check-D5.next }

# Access
check-E15 = The role that accepts can be assumed
    .next = Create the role in the account and let it trust the caller, or name another role under [access] in migration.toml. Also look for a resource control policy that denies sts:AssumeRole to other organizations.
check-E16 = The destination can enter the account after the move
    .next = Let a role in the account also trust the destination's management account. Prove it before the move: set [handover] prepare = true and run 38_prepare_access.
check-E16-central = New members of the destination keep their root credentials
    .next = Do not count on the root user as a way in: prepare a role in 38_prepare_access. The destination can allow the recovery of a root password through IAM's central root access.
fine-E16-central = the destination does not manage the root credentials of its members
check-E16-root = The root user of each account can be recovered
    .next = Correct root addresses and alternate contacts while the account is in the source (account:StartPrimaryEmailUpdate). For one account, try to sign in or to recover the password.
check-D4 = Nobody loses access through Identity Center
    .next = The source's assignments end. Assign the same people in the destination's Identity Center after the move, or let 83_regain do it ([restore] assignments).
fine-D4 = nobody enters the account through an Identity Center in this region

# Control Tower
check-E17 = Control Tower does not govern the account in the source
    .next = Open 25_unenroll: it removes the account from the source's Control Tower and assesses it again.

# Regions
check-E19 = The assessment covers every enabled region of the account
    .next = Remove [assess] regions from migration.toml, or add these regions to it. Then assess again.
check-E19-management = The assessment covers every enabled region of both management accounts
    .next = { check-E19.next }

# Billing
check-E18 = No organization has a billing transfer
    .next = Ask who pays for which organization: a billing transfer stays with the organization, not with the account.
fine-E18 = neither organization has a billing transfer
check-B1-reservations = The account owns no reservations that others in the source use
    .next = Tell the owners of the bill: these reservations move with the account, and the source loses their discount.
fine-B1-reservations = the account owns no reservations here
check-B1-plans = The account owns no Savings Plans that others in the source use
    .next = Tell the owners of the bill: these Savings Plans move with the account, and the source loses their discount.
fine-B1-plans = the account owns no Savings Plans
check-B1-sharing = The account uses no discounts of others in the source
    .next = Budget for the undiscounted price, or for the destination's own reservations and Savings Plans.
check-B2-reports = The source has no cost reports that lose the accounts
    .next = First download the billing reports and cost history that somebody still needs: after the move an account cannot see those of the source. Tell the readers of the source's reports that these accounts disappear from them, and create the same reports in the destination.
fine-B2-reports = the source's management account has no cost reports
check-B2-budgets = No budget of the source names the account
    .next = Create the budget in the destination, and remove the account from the source's budget.
check-B2-categories = No cost category of the source names the account
    .next = Create the cost category in the destination, and remove the account from the source's rules.
check-B2-tags = The destination has the source's cost allocation tags active
    .next = Activate them in the destination's management account, or let 83_regain do it ([restore] cost_tags). Only later costs carry them.
check-B3-pricing = No private pricing or credits are lost
    .next = Agree on the terms with your AWS account team before the first account moves.
check-B3-tax = Both organizations have the same tax inheritance
    .next = Ask who keeps the tax registrations, and set them for the account before its first bill in the destination.
check-B3-support = The destination's support plan is at least the source's
    .next = Upgrade the destination's support plan before the move, or tell the teams that rely on it.
check-B4 = The account has a payment method of its own, to stand alone
    .next = Sign in to the account as root and add a payment method, or plan a direct transfer, which needs none.

# StackSets
check-D1 = No StackSet deletes its stacks when the account leaves
    .next = Set the StackSet's automatic deployment to retain stacks on account removal, or make sure that nothing in its stacks is needed. Then assess again.
fine-D1 = no StackSet of the source has stacks in the account
check-D2 = No StackSet deploys into the account when it arrives
    .next = Expect these stacks in the account. Check whether their names conflict with stacks that the account already has.

# Sharing
check-D3 = No resource share ends with the move
    .next = Ask the share's owner to allow principals outside its organization and to share with the account by its id. Or create a new share that retains accounts that leave. For the account's own shares, name the accounts that use them. Then assess again. After the move 83_regain accepts the owner's invitation ([restore] shares).
fine-D3 = the account shares nothing through AWS RAM and receives no shares
check-D12-backup = The source's accounts do not copy backups to each other
    .next = Turn on cross-account backup in the destination and point copy rules to vaults there. AWS Backup refuses copies between organizations.
fine-D12-backup = the source does not copy backups between its accounts
check-D12-ipam = The account uses no IPAM pool of another account
    .next = Share a pool of the destination with the account. Allocated addresses stay; the old pool allocates no new ones.
fine-D12-ipam = the account uses no IPAM pool of another account
check-D12-licenses = No other account grants licenses to the account
    .next = Have the license granted again, to the account by its id or in the destination.
fine-D12-licenses = no license is granted to the account
check-D12-portfolios = The organization shares no Service Catalog portfolio with the account
    .next = Share the portfolio from the destination, or with the account by its id.
fine-D12-portfolios = no portfolio is shared with the account through the organization
check-D13-images = The account shares no images with the source organization
    .next = Share the image with the accounts that launch it, or also with the destination.
fine-D13-images = no image of the account names the source
check-D13-lists = The account uses no prefix list of another account
    .next = Share a prefix list of the destination, and replace the old one in rules and route tables.
fine-D13-lists = the account uses no prefix list of another account
check-D13-endpoints = The account's endpoint services do not admit the source organization
    .next = Before the move, also admit the accounts that connect by their ids.
fine-D13-endpoints = no endpoint service of the account names the source

# Policies that name the source organization
-name-both = Before the move, let the statement name both organizations; the finding shows a proposal. After the move, remove the old one.
check-D7-accesspoints = No access point policy names the source organization
    .next = { -name-both }
check-D7-acm-pca = No policy of a private certificate authority names the source organization
    .next = { -name-both }
check-D7-apigateway = No policy of a REST API or domain name names the source organization
    .next = { -name-both }
check-D7-backup = No backup vault policy names the source organization
    .next = { -name-both }
check-D7-codeartifact = No CodeArtifact policy names the source organization
    .next = { -name-both }
check-D7-dynamodb = No policy of a DynamoDB table names the source organization
    .next = { -name-both }
check-D7-ecr = No registry or repository policy names the source organization
    .next = { -name-both }
check-D7-efs = No file system policy names the source organization
    .next = { -name-both }
check-D7-events = No event bus policy names the source organization
    .next = { -name-both }
check-D7-glacier = No Glacier vault policy names the source organization
    .next = { -name-both }
check-D7-glue = No Data Catalog policy names the source organization
    .next = { -name-both }
check-D7-iam = No trust, managed, or inline policy of IAM names the source organization
    .next = { -name-both }
check-D7-kafka = No MSK cluster policy names the source organization
    .next = { -name-both }
check-D7-kinesis = No policy of a Kinesis stream or consumer names the source organization
    .next = { -name-both }
check-D7-kms = No key policy names the source organization
    .next = { -name-both }
check-D7-lambda = No function or layer policy names the source organization
    .next = { -name-both }
check-D7-logs = No CloudWatch Logs policy names the source organization
    .next = { -name-both }
check-D7-oam = No policy of a monitoring sink names the source organization
    .next = { -name-both }
check-D7-opensearch = No OpenSearch domain policy names the source organization
    .next = { -name-both }
check-D7-s3 = No bucket policy names the source organization
    .next = { -name-both }
check-D7-s3tables = No table bucket or table policy names the source organization
    .next = { -name-both }
check-D7-s3vectors = No vector bucket policy names the source organization
    .next = { -name-both }
check-D7-schemas = No schema registry policy names the source organization
    .next = { -name-both }
check-D7-secretsmanager = No policy of a secret names the source organization
    .next = { -name-both }
check-D7-ses = No sending authorization policy names the source organization
    .next = { -name-both }
check-D7-sns = No topic policy names the source organization
    .next = { -name-both }
check-D7-sqs = No queue policy names the source organization
    .next = { -name-both }
check-D7-ssm = No policy of a parameter names the source organization
    .next = { -name-both }
check-D7-streams = No policy of a DynamoDB stream names the source organization
    .next = { -name-both }
check-D7-vpc = No VPC endpoint policy names the source organization
    .next = { -name-both }
check-D7-vpc-lattice = No VPC Lattice auth policy names the source organization
    .next = { -name-both }
check-D7-xray = No X-Ray policy names the source organization
    .next = { -name-both }
check-D7-others = No policy in the source's other accounts names the source organization
    .next = Set others = true under [assess] in migration.toml, then assess again. Or ask the owners of the resources that the planned accounts use.

# Services
check-D8 = The destination trusts every service that the source trusts
fine-D8 = the destination trusts every service that the source trusts
check-D8-arrival = Joining the destination enables no services that cost twice
    .next = In the destination, check which of these services enable new members, and budget for their cost. Where an account pays for its own, turn that off after the move.
fine-D8-arrival = the destination trusts none of the services that can be enabled in new members
-new-administrator = Export what you must keep: earlier findings stay with the old administrator. After the move, enable the account in the destination's administrator.
check-D11-accessanalyzer = The source does not administer IAM Access Analyzer for the account
    .next = { -new-administrator }
fine-D11-accessanalyzer = no account administers IAM Access Analyzer for the account here
check-D11-detective = The source does not administer Detective for the account
    .next = { -new-administrator }
fine-D11-detective = no account administers Detective for the account here
check-D11-fms = The source does not administer Firewall Manager for the account
    .next = { -new-administrator }
fine-D11-fms = no account administers Firewall Manager for the account here
check-D11-guardduty = The source does not administer GuardDuty for the account
    .next = { -new-administrator }
fine-D11-guardduty = no account administers GuardDuty for the account here
check-D11-inspector = The source does not administer Inspector for the account
    .next = { -new-administrator }
fine-D11-inspector = no account administers Inspector for the account here
check-D11-macie = The source does not administer Macie for the account
    .next = { -new-administrator }
fine-D11-macie = no account administers Macie for the account here
check-D11-securityhub = The source does not administer Security Hub for the account
    .next = { -new-administrator }
fine-D11-securityhub = no account administers Security Hub for the account here

# Recording
check-D9 = The account's activity is still recorded after the move
    .next = Make sure that the destination has an organization trail, or create a trail of the account's own before it moves.
check-D10 = No Config recorder or delivery channel blocks enrollment
    .next = If Control Tower governs the destination's unit, delete the account's recorder, delivery channel, and aggregation authorizations in each governed region before you enroll it. Or ask AWS Support to allow them, then add the account to [control_tower] config_allowed in migration.toml: 70_enroll then registers its unit.

# Tags, agreements, callers
check-D14 = The tags of the account object move with the account
    .next = Put them into the column tags of accounts.csv: AWS deletes the account object's tags when the account leaves.
check-D14-export = What accounts lose is exported before they leave
    .next = Export in 10_assess anyway: it takes a few calls for each account.
check-D15 = The account has Artifact agreements of its own
    .next = Accept the agreement in the destination's management account, or in the account itself, before the move.
fine-D15 = no agreement applies to the account through the organization
check-D16 = The account has no raised quotas
    .next = Keep this list. Raised quotas belong to the account and should move with it; check them after the move.
fine-D16 = no quota was raised in the last 90 days
check-D17 = Nothing in the account calls AWS Organizations
    .next = Ask the owners of these callers: after the move they see the destination, or nothing.
check-D17-source = Nothing in the source calls AWS Organizations
    .next = Ask the owners of these callers whether they miss the accounts that move: afterwards they see only those that stay.
