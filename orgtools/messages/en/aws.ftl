# What AWS refuses, and what the operator does about it; what keeps a side or an account from being entered.

## What to do about an error of AWS, by the name that AWS gives it: aws-NAME.

aws-TooManyRequestsException = { later }
aws-ThrottlingException = { later }
aws-Throttling = { later }
aws-ServiceException = { later }
aws-ServiceFailure = { later }
aws-InternalFailure = { later }
aws-InternalServerError = { later }
aws-ServiceUnavailable = { later }
aws-InternalServerException = { later }
aws-ConcurrentModificationException = { later }
aws-LimitExceededException = { later }
aws-ServerInternalException = { later }
aws-ServiceUnavailableException = { later }
aws-HandshakeNotFoundException = A new invitation may take seconds to become visible. orgtools reads the state and tries again.
aws-FinalizingOrganizationException = The organization is still being set up. AWS asks to wait up to an hour. Run the step again then.
aws-WAIT_PERIOD_ACTIVE = An account created in an organization can move 4 days after its creation. Run the step again then.
aws-HANDSHAKE_RATE_LIMIT_EXCEEDED = The invitations of the last 24 hours are used up. Run the step again when the oldest is 24 hours old.
aws-INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES = The destination is enabling all features. Finish or cancel that in its console, then run the step again.
aws-ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED = The account changed organizations too often. AWS does not publish how long it must wait. Try again tomorrow.
aws-ServiceQuotaExceededException = AWS runs no more operations at once. Run the step again when one of them has ended.
aws-ConflictException = AWS is already running an operation on this target. orgtools checks its status. Run the step again when it has ended.
aws-DuplicateResourceException = Account Factory already has a product of that name. orgtools checks which.
aws-ResourceNotFoundException = AWS no longer finds the resource. orgtools reads the state again.
aws-ResourceShareInvitationAlreadyAcceptedException = The resource share's invitation is already accepted. orgtools reads the state again.
aws-DuplicateHandshakeException = An invitation already exists. orgtools checks which.
aws-HandshakeAlreadyInStateException = The handshake already has that state. orgtools reads it again.
aws-InvalidHandshakeTransitionException = That handshake is closed. Open 30_invite: it invites again.
aws-ALREADY_IN_AN_ORGANIZATION = orgtools checks which organization the account is in. If it is the inviting one, the account has arrived. If it is still the other one, AWS does not transfer it directly: write standalone as its path in accounts.csv.
aws-AccountNotFoundException = The account is no longer in that organization. orgtools reads the state again.
aws-DuplicateOrganizationalUnitException = A unit of that name already exists. orgtools reads the tree again. If it does not find the unit, compare upper and lower case.
aws-DuplicateAccountException = The account is already there. orgtools reads the state again.
aws-SourceParentNotFoundException = The account was moved meanwhile. Run the step again.
aws-AWSOrganizationsNotInUseException = The caller's account is in no organization. If it is the member account, it is standalone: invite it and accept.
aws-NoSuchEntity = The role no longer exists. orgtools reads the state again.
aws-AccountNotRegisteredException = The account is not a delegated administrator. orgtools reads the state again.
aws-AccessDeniedException = Grant the action to the caller, or look for a service control policy that denies it, and run again.
aws-AccessDenied = Grant the action to the caller, or let the role trust the caller, and run again.
aws-AccessDeniedForDependencyException = Grant iam:CreateServiceLinkedRole for organizations.amazonaws.com to the accepting role, and run again.
aws-ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE = { aws-AccessDeniedForDependencyException }
aws-AccountOwnerNotVerifiedException = Verify the e-mail address of the destination's management account, then run again.
aws-MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED = { aws-AccountOwnerNotVerifiedException }
aws-ExpiredToken = { sign-in-again }
aws-ExpiredTokenException = { sign-in-again }
aws-RequestExpired = { sign-in-again }
aws-InvalidClientTokenId = { sign-in-again }
aws-UnrecognizedClientException = { sign-in-again }
aws-UnsupportedAPIEndpointException = That endpoint does not support the call. Correct the profile's Region.
aws-ConstraintViolationException = AWS gave no reason code. Follow its error message, then run again.
aws-HandshakeConstraintViolationException = { aws-ConstraintViolationException }
aws-ACCOUNT_NUMBER_LIMIT_EXCEEDED = Cancel pending invitations that nobody needs, or ask for a higher account quota in Service Quotas (Organizations). If the destination is under an hour old, wait.
aws-CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG = Deregister the account as delegated administrator in its present organization, then run 10_assess again.
aws-PAYMENT_INSTRUMENT_REQUIRED = Add a valid payment method to the account that AWS names, then run again.
aws-MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED = Add a payment method to the member account (sign in as its root user), then run again.
aws-MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED = Add a payment method to the management account, then run again.
aws-INVALID_PAYMENT_INSTRUMENT = Replace the account's payment method, then run again.
aws-ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA = Sign in to the member account as its root user and accept the customer agreement, then run again.
aws-ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION = Sign in to the member account as its root user and verify its phone number, then run again.
aws-MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE = The management account's address must be in the marketplace's country. Correct it, then run again.
aws-MASTER_ACCOUNT_MISSING_CONTACT_INFO = Complete the management account's contact data and verify its phone, then run again.
aws-MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED = Create an AWS GovCloud (US) account for the management account, then run again.
aws-MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE = Add the business license to the management account (China), then run again.
aws-UnmodifiableEntity = AWS does not let anybody change that role. Name another one under [access].
aws-LimitExceeded = The trust policy would be too long for IAM. Shorten it in the account.
aws-TAG_POLICY_VIOLATION = Correct the account's tags in accounts.csv so that they follow the destination's tag policy.
aws-MAX_TAG_LIMIT_EXCEEDED = Remove tags from accounts.csv: AWS allows 50 on an account.
aws-ORGANIZATION_NOT_IN_ALL_FEATURES_MODE = Enable all features in the organization first.
aws-DestinationParentNotFoundException = The destination organizational unit no longer exists. Correct accounts.csv and preview again.
aws-OU_NUMBER_LIMIT_EXCEEDED = The destination has reached its quota of organizational units. Delete units that nobody needs, then run again.
aws-OU_DEPTH_LIMIT_EXCEEDED = AWS allows five levels of organizational units. Set [place] replicate_below to a unit closer to the root.
aws-ParentNotFoundException = That organizational unit no longer exists. Preview again.
aws-ChildNotFoundException = That account or organizational unit no longer exists. Preview again.
aws-TargetNotFoundException = { aws-ChildNotFoundException }
aws-PolicyNotFoundException = That policy no longer exists. Assess again.
aws-ACCOUNT_CREATION_NOT_COMPLETE = Complete the account's setup and wait until it is active. Then run again.
aws-UNSUPPORTED_PRICING = { ask-support }
aws-UNMET_BILLING_PREREQUISITE = { ask-support }
aws-PAST_DUE_INVOICE = Pay your organization's overdue invoice, then run again.
aws-UNUSED_PREPAYMENT_BALANCE = Use up or refund your organization's prepaid balance, then run again.
aws-LEGACY_PERMISSIONS_STILL_IN_USE = Move your organization's policies from legacy billing permissions to the fine-grained ones, then run again.
aws-TARGET_ACCOUNT_VALIDATION_FAILURE = { ask-support }
aws-ResourceShareInvitationAlreadyRejectedException = Ask the owner to share with the account again, then run the step again.
aws-ResourceShareInvitationArnNotFoundException = { aws-ResourceShareInvitationAlreadyRejectedException }
aws-ResourceShareInvitationExpiredException = { aws-ResourceShareInvitationAlreadyRejectedException }
aws-OperationNotPermittedException = AWS RAM does not allow it. Follow its error message.
aws-InvalidParametersException = Account Factory refuses a parameter. Follow its error message.
aws-MasterCannotLeaveOrganizationException = A management account cannot move. Remove it from accounts.csv.
aws-ACCOUNT_CANNOT_LEAVE_ORGANIZATION = A management account cannot leave its organization. Remove it from accounts.csv.
aws-ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD = The two organizations buy from different AWS sellers of record. Remove the account from accounts.csv and ask AWS Support.
aws-SOURCE_AND_TARGET_CANNOT_MATCH = The invitation's sender and recipient are the same account. Remove it from accounts.csv.
aws-InvalidInputException = AWS rejects a parameter of the call. Correct what AWS names, then run again.
aws-IdempotentParameterMismatchException = { aws-InvalidInputException }
aws-InvalidClientTokenException = { aws-InvalidInputException }
aws-MalformedArnException = { aws-InvalidInputException }
aws-MalformedPolicyDocument = The trust policy may name a principal that no longer exists. Correct the trust policy in the account.
aws-ValidationException = { aws-InvalidInputException }

## Remedies that several errors share.

later = Nothing to do: orgtools checks with AWS whether the call went through, and tries again after a pause.
ask-support = Contact AWS Support with the request id from the ledger.
sign-in-again = The credentials are wrong or have expired. Sign in again, then run again.
reason-unknown = AWS gives the reason { $reason }. Do what it names, then run again.
error-unknown = orgtools does not know this error. { ask-support }
correct-what-is-named = Correct what is named, then run again.
cost-tags-partly = The rest is done. Check these tags in the destination's billing console, then run the step again.
look-again = Then check again.
look-later = Nothing was changed. Run this again in a few minutes.
preview-again = Then preview again.
grant = Grant { $action } to { $whom ->
        [role] the role
        [role-in-account] the role in the account
        [caller-in-source] the caller in the source
        [caller-in-destination] the caller in the destination
       *[caller] the caller
    } ({ $count ->
        [one] template { $template }
       *[other] each of the templates { $template } allows it
    }).
grant-on = Grant { $action } to { $whom ->
        [role] the role
        [role-in-account] the role in the account
        [caller-in-source] the caller in the source
        [caller-in-destination] the caller in the destination
       *[caller] the caller
    } ({ $count ->
        [one] template { $template }
       *[other] each of the templates { $template } allows it
    }) on { $role }.
or-denied-by-policy = If the action is already granted, look for a service control policy that denies it. Then run again.
account-service-is-trusted = The organization must also trust account.amazonaws.com.
grant-assume-role = Grant the caller sts:AssumeRole on that role.

## What came in the place of AWS's answer.

refused-without-words = { $reason }, without an error message
    .next = { $then }
no-answer = AWS did not answer ({ $reason })
    .next = { $then }
answer-not-of-aws = { $reason }: { $why } instead of AWS's answer
    .next = { $then }
answer-is-page = { $reason }: a web page came instead of AWS's answer
    .next = { $then }
page-came = a web page came (HTTP { $http })
no-json-came = text that is not JSON came (HTTP { $http })
unreadable-came = an answer came that cannot be read (HTTP { $http })
answer-lacks = AWS's answer is incomplete: it has no { $key } in { $kind }
    .next = Run this again. If it happens again, check whether a proxy changes answers, or contact AWS Support.
answer-odd = AWS's answer cannot be read: { $key } in { $kind } has another type than AWS documents
    .next = Run this again. If it happens again, check whether a proxy changes answers, or contact AWS Support.
first-try-unanswered = no usable answer came to the first try of { $operation }; orgtools will check with AWS whether it took effect
proxy-may-answer = A proxy may answer instead. Check it, or name { $host } in NO_PROXY.
network = { $whys }.
variable-set = { $variable } is set to { $host }
variable-not-set = { $variable } is not set

## Calls that only read.

the-caller = { $caller ->
    [client] The client's caller
   *[other] { $caller }
}
side-refused = { side-mark }{ the-caller } could not call { $action }. AWS says { $why }.
    .next = { $then }
member-refused = { the-account }: { the-caller } could not call { $action }. AWS says { $why }.
    .next = { $then }
look-refused = { $action } could not be called. AWS says { $why }.
    .next = { $then }
look-refused-in = { $action } could not be called in { $region }. AWS says { $why }.
    .next = { $then }
look-overdue = { $action } got no answer: the time allowed for the assessment ({ $span }) is over.
    .next = { looking-overdue.next }
looking-overdue = The time allowed for the assessment ({ $span }) is over.
    .next = Assess the account again, or raise [assess] seconds in migration.toml.
grant-and-assess = Grant { $action } to { $why }. Then assess again.
eyes-of-caller = the caller
eyes-of-side = the caller in the { $side } (template { $template })
eyes-of-role = the role { $role } in the account (template assess-member)
eyes-of-permission-set = the permission set { $permission_set } in the account (template assess-member)
region-may-be-off = If { $region } is disabled for the account, remove it from [assess] regions in migration.toml.
assess-or-look = Assess again. If it stays so, check it by hand ({ $action }).
entry-unknown = { $then } { $then_next }
account-quota-not-listed = [{ $side }] Service Quotas lists no quota for the number of accounts.
    .next = Look it up in the Service Quotas console and set [quotas] accounts in migration.toml.
identity-center-missing = [destination] has no instance of Identity Center in the Region of its credentials.
    .next = Enable it there, or set the profile's region to the Region that has the instance. Then preview again.
identity-center-elsewhere = [destination] The primary Region of Identity Center is { $regions }. Nothing can be assigned in { $region }.
    .next = Set the profile's region to { $regions }. Then preview again.
source-is-not-ours = The source was not read: migration.toml has no [source], so this run has no credentials for it.
    .next = Ask its owner. If you own it, name its credentials under [source] in a new run.
expires-at = expires { $at }
expires-sometime = AWS does not say when it expires
config-recorder = AWS Config recorder { $name } in { $region }
config-delivery-channel = AWS Config delivery channel { $name } in { $region }
config-aggregation = AWS Config aggregation authorization of account { $account } in { $region }
role-is-missing = no role { $role }
accounts-read = [{ $side }] { $count ->
    [one] 1 account
   *[other] { $count } accounts
} read so far. A large organization takes minutes at AWS's published rates.
accounts-read-of = [{ $side }] { $count } of about { $total } accounts read so far.
units-read = [{ $side }] { $count ->
    [one] 1 organizational unit
   *[other] { $count } organizational units
} read so far.
pace-waits = { $operation } waits { $count ->
    [one] 1 second
   *[other] { $count } seconds
} for its turn: AWS's published rate allows no more calls.
pace-not-written = { $path }, which holds the pace of your calls, cannot be written: { $words }.
    .next = Check whether the disk is full or the folder is read-only; TMPDIR names another folder. Then run this again.
client-of-another-service = The client is for { $services }, not for { $service }.
    .next = Pass a profile instead of a client.
client-not-for-organizations = client is not a boto3 client for organizations.
    .next = Pass boto3.client("organizations"), or a profile.

## Credentials of a side. Beside source, destination and access, tables of migration.toml, $side may be "arguments":
## options of orgtools invite, accept and handshakes.

side-mark = { $side ->
    [arguments] { "" }
   *[other] [{ $side }]{ " " }
}
argument-role-arn-wrong = role_arn={ $given } is not the ARN of an IAM role
argument-profile-wrong = profile={ $given } is not the name of a profile
argument-secret-wrong = secret is not the name or ARN of a Secrets Manager secret
argument-empty = { $key } is empty.
    .next = Give it a value, or leave it out. Nothing was changed.
argument-not-text = { $key }={ $given } is not text.
    .next = Give a string. Nothing was changed.

side-in-no-organization = { side-mark }The caller's account { $account } is in no organization.
    .next = Name credentials of the organization's management account.
side-caller-in-no-organization = { side-mark }The caller's account is in no organization.
    .next = { side-in-no-organization.next }
side-of-a-member = { side-mark }The credentials are of account { $account }, a member of { $organization }. Its management account is { $management_account }.
    .next = Name credentials of the management account.
credentials-not-accepted = { side-mark }profile { $profile }: AWS does not accept the credentials. AWS says { $why }.
    .next = They are missing, wrong or expired. Sign in again, then run this again.
credentials-of-nobody = { side-mark }AWS does not say whose credentials these are.
    .next = Find out what answers instead of AWS: a proxy, an endpoint_url, AWS_ENDPOINT_URL.
credentials-not-refreshed = { side-mark }Account { $account }: AWS gives no credentials. AWS says { $why }.
    .next = Sign in again, then run this again.
side-no-credentials = { $side ->
    [arguments] No credentials were found.
   *[other] [{ $side }] has no credentials.
}
    .next = Sign in for profile { $profile } (or set AWS_CONFIG_FILE).
side-not-given-credentials = { side-mark }profile { $profile }: AWS gives no credentials. AWS says { $why }.
    .next = Correct what AWS names, then run this again.
side-role-not-assumed = { $side ->
    [arguments] role_arn={ $arn }: the role cannot be assumed.
   *[other] [{ $side }] cannot assume { $arn }.
} AWS says { $why }.
    .next = Check that the role exists and that its trust policy names the caller.
secret-not-read = { $side ->
    [arguments] secret={ $name }: the secret cannot be read.
   *[other] [{ $side }] cannot read the secret { $name }.
} AWS says { $why }.
    .next = Check its name and Region, and grant secretsmanager:GetSecretValue to the profile.
secret-is-wrong = { side-mark }The secret { $name } does not hold what is expected.
    .next = Store a JSON object with access_key_id and secret_access_key (and session_token for temporary keys).
secret-is-binary = { side-mark }The secret { $name } does not hold what is expected: it is a binary secret.
    .next = { secret-is-wrong.next }
profile-misnamed = { $side ->
    [arguments] profile={ $profile }: { $path } writes its section as [{ $profile }].
   *[other] [{ $side }] names the profile { $profile }, and { $path } writes its section as [{ $profile }].
}
    .next = Write [profile { $profile }] there.
profile-missing = { $side ->
    [arguments] profile={ $profile }: { $path } does not contain this profile.
   *[other] [{ $side }] names the profile { $profile }, which { $path } does not contain.
}
    .next = Correct the name, or point AWS_CONFIG_FILE to the file that contains it.

## What keeps a side from being entered before AWS has judged its credentials.

# What a program says, and its kind of error
said = { $reason }: { $words }
said-nothing = { $reason }
side-not-entered = { side-mark }profile { $profile }: { $why } ({ $finding }).
    .next = { $why_next } { $then }
entering-not-aws = something other than AWS answered for { $host }, for example with a web page
    .next = A proxy may answer instead. Check it, or name { $host } in NO_PROXY.
entering-proxy-silent = the proxy { $host } does not answer
    .next = Check the proxy's address.
entering-certificate = { $host } presents a certificate that this machine does not trust
    .next = { profile-ca-bundle.next }
entering-no-answer = no answer came from { $host }
    .next = Check the network between this machine and { $host }.
profile-keys-partial = the profile has only a part of its keys
    .next = Correct the profile in { $path }.
profile-region-wrong = the setting region is not the code of a Region
    .next = { profile-keys-partial.next }
profile-region-missing = the setting region is missing
    .next = { profile-keys-partial.next }
profile-names-missing = the profile names something that does not exist
    .next = { profile-keys-partial.next }
profile-refused = botocore refuses the profile
    .next = { profile-keys-partial.next }
profile-setting-wrong = botocore cannot use a setting of the profile
    .next = { profile-keys-partial.next }
profile-endpoint-wrong = the setting endpoint_url is not an address that begins with https://
    .next = { profile-keys-partial.next }
profile-file-unreadable = the AWS config file cannot be read
    .next = Correct { $path }.
profile-mfa-session-over = the profile asks for an MFA code, and its session is over
    .next = { profile-no-credentials.next }
profile-login-over = the login of the profile is missing or has expired
    .next = { profile-no-credentials.next }
profile-no-credentials = the profile has no credentials
    .next = Sign in again for the profile, then run this again.
profile-process-fails = the program that gives the profile its credentials fails
    .next = Run its credential_process by hand, and correct the profile in { $path }.
profile-process-wrong = the program of credential_process cannot be started, or does not print JSON
    .next = Run it by hand, and correct credential_process in { $path }.
profile-asks-for-mfa = the profile asks for an MFA code (mfa_serial), and there is no terminal to type it
    .next = Sign in first with a program that asks for the code, and name a profile with that session.
profile-ca-bundle = AWS_CA_BUNDLE may name a file without certificates
    .next = If a proxy inspects TLS, set AWS_CA_BUNDLE to the file with its certificates. If it is set, check it.
clock-differs = this machine's clock differs from AWS's
    .next = Set the clock (NTP), then run this again.
clock-differs-by = this machine's clock differs from AWS's by { $span }
    .next = { clock-differs.next }
keys-of-another-partition = AWS does not know the keys; the profile names no Region, so orgtools asked us-east-1
    .next = If they are keys of AWS GovCloud (US) or China, set region in the profile, such as us-gov-west-1 or cn-north-1. Otherwise sign in again.
sts-disabled = STS is disabled in the Region { $region }, or the Region itself is disabled
    .next = Enable it under Account settings of IAM, or set another Region in the profile.

## What keeps a member account from being entered.

role-not-answered = Account { $account } cannot be entered: AWS did not answer sts:AssumeRole on { $arn } ({ $why }).
    .next = { $why_next }
role-not-assumed = Account { $account } cannot be entered: AWS refuses sts:AssumeRole on { $arn } to { $caller } ({ $reason }).
    .next = Let { $role } in the account trust account { $accounts }, or name another role under [access] in migration.toml. If the role already trusts it: { $then }
session-of-another = Account { $account } cannot be entered: orgtools asked AWS for a session of { $arn } and got one of { $arns }. It is not used.
    .next = Find out what answers instead of AWS: a proxy, an endpoint_url, AWS_ENDPOINT_URL. Then run this again.
session-of-nobody = Account { $account } cannot be entered: orgtools asked AWS for a session of { $arn } and got one that names no account. It is not used.
    .next = { session-of-another.next }
portal-not-answered = Account { $account } cannot be entered: IAM Identity Center did not answer ({ $why }).
    .next = { $why_next }
portal-no-session = Account { $account } cannot be entered: IAM Identity Center gives no session of the permission set { $permission_set } ({ $reason }).
    .next = Assign { $permission_set } in the account to whoever signed in, or choose another way in for it under [access] in migration.toml.
portal-session-unknown = Account { $account } cannot be entered: AWS does not say whose session IAM Identity Center gave ({ $reason }).
    .next = Run this again.
login-profile-missing = [access] names the profile { $profile }, which the AWS config file does not contain.
    .next = Correct identity_center in migration.toml, or create the profile with aws configure sso.
login-profile-wrong = The profile { $profile } is not a login of IAM Identity Center: it lacks { $keys }.
    .next = Run aws configure sso --profile { $profile }.
signed-out = IAM Identity Center, profile { $profile }: { $why }.
    .next = Run aws sso login --profile { $profile }, then run this again.
login-not-accepted = AWS no longer accepts the login
login-missing = nobody is signed in
login-unreadable = the cached login cannot be read
login-expired = the login expired at { $at }

permission-set-without-session = IAM Identity Center gives no session of its permission set ({ $reason }).
    .next = Assign the permission set (sso_role_name) in the account (sso_account_id) to the user who signed in. Or correct the profile in { $path }.
