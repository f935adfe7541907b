# What a rehearsal says to whoever works with it. What rehearsed AWS answers is not here: those are AWS's own words.

## Starting, reaching and stopping it.

rehearsal-answers = The rehearsal '{ $name }' answers at { $address } until you press Ctrl-C.
rehearsal-runs-already = A rehearsal already runs in { $path }.
    .next = Attach to it or stop it.
rehearsal-runs-already-at = A rehearsal already runs in { $path }, at { $address }.
    .next = { rehearsal-runs-already.next }
rehearsal-runs-not = No rehearsal runs in { $path }.
    .next = Start one first.
rehearsal-ended = The rehearsal ended before it answered: { $words }.
    .next = { $path } says more.
rehearsal-silent = The rehearsal at { $address } does not answer: { $words }.
    .next = Check whether it still runs.
rehearsal-folder-not-made = The run folder { $path } cannot be created: { $words }.
    .next = Name another folder.
rehearsal-folder-not-written = The run folder { $path } cannot be written: { $words }.
    .next = Make it writable, or name another folder.
rehearsal-port-unknown = There is no port { $given }.
    .next = Name one from 1 to { $number }, or 0 to take a free one.
rehearsal-port-refused = Port { $number } on 127.0.0.1 cannot be used ({ $words }).
    .next = Choose another port, or none to take a free one.
rehearsal-speed = The speed must be greater than 0 and at most { $limit }; 1 is real time.

## What it is asked for while it runs.

rehearsal-request-wrong = The rehearsal cannot do that: { $words }.
    .next = Correct the request.
rehearsal-route-token = The rehearsal's own routes require the token in { $path }.
rehearsal-route-type = The rehearsal's own routes accept only { $kind }.
rehearsal-route-unknown = The rehearsal has no route { $action } { $path }.
rehearsal-clock-forward = The rehearsal's clock only moves forward.
rehearsal-clock-end = The rehearsal's clock stays before the year { $number }.
rehearsal-fault-unknown = There is no fault '{ $given }'. Faults are { $choices }.
rehearsal-fault-of-nothing = The fault of { $operation } says neither which calls fail nor how probably.
rehearsal-fault-without-code = The fault of { $operation } refuses calls and has no code.
rehearsal-intervention-unknown = There is no intervention '{ $given }'. Interventions are { $choices }.
rehearsal-intervention-wrong = The intervention { $action } is not possible with { $given }: { $words }.
rehearsal-unit-exists = { $organization } already has an organizational unit { $unit }.
rehearsal-unit-not-empty = The organizational unit { $unit } of { $organization } is not empty.
rehearsal-handshake-closed = The handshake { $handshake } is already { $state }.

## How a scenario ends.

rehearsal-governs = Control Tower of { $organization } governs { $accounts }.
rehearsal-governs-nobody = Control Tower of { $organization } governs no account.
expected-of-account = account { $account }: { $findings }
expected-organization = its organization is { $after }, not { $before }
expected-unit = its unit is { $after }, not { $before }
expected-enrolled = enrolled: { $after }, not { $before }
expected-shares = its shares are { $after }, not { $before }

## Reading a scenario.

scenario-unknown = There is no scenario '{ $given }'.
    .next = Name one of { $choices }, where N is a number of plain accounts, or the path of a scenario.toml.
scenario-unknown-near = There is no scenario '{ $given }', did you mean '{ $keys }'?
    .next = { scenario-unknown.next }
scenario-wave-size = A wave has between 1 and { $limit } accounts. AWS allows no more in an organization.
scenario-wave-wrong = '{ $given }' is not a wave.
    .next = Write wave: and a number, for example wave:500.
scenario-unread = The scenario { $path } cannot be read: { $words }.
scenario-not-text = The scenario { $path } is not UTF-8 text (line { $line }).
scenario-too-deep = The scenario { $path } is nested too deep.
scenario-not-toml = The scenario { $path } is not valid TOML: { $words }.
scenario-not-regular = The scenario { $path } is not a regular file.
scenario-too-large = The scenario { $path } is larger than { $size } MB.

# What is wrong in it
scenario-wrong = The scenario cannot be used: { $findings }
scenario-file-wrong = The scenario { $path } cannot be used: { $findings }
    .next = Correct the file; nothing was started.
organization-wrong = organization { $organization }: { $why }
item-wrong = { $setting } { $number }: { $why }
item-named-wrong = { $setting } '{ $name }': { $why }
not-of-form = it does not have the expected form
no-organization-id = it is not the id of an organization, such as o-exampleorgid
no-root-id = it is not the id of a root, such as r-exam
no-handshake-id = it is not the id of a handshake, such as h-examplehandshake
no-unit-id = it is not the id of an organizational unit, such as ou-exam-exampleunit1
no-email-address = it is not an e-mail address
no-label = it is not 1 to 128 characters on one line
no-token = it is not 1 to 4,096 letters, digits and signs without spaces
no-version = it is not a version, such as 3.3
value-has-fewer-items = it has fewer than { $limit } { $limit ->
        [one] item
       *[other] items
    }
switches-wrong = The switches cannot be used: { $findings }
scenario-nested = it is nested more than { $limit } levels deep
scenario-control-key = it has a key with a control character
scenario-control-character = it contains a control character
scenario-value-kind = it is a { $kind }, where a text or a number is expected
scenario-twice = { $kind ->
    [account] the account
    [invitation] the invitation
    [management-account] the management account
    [organization] the organization
    [policy] the policy
    [profile] the profile
    [role] the role
    [root] the root
    [secret] the secret
   *[unit-id] the unit id
} { $name } appears twice
scenario-account-unknown = { $kind ->
    [answer] an answer
    [owner] an owner
    [secret] a secret
   *[share] a share
} belongs to account { $account }, which the scenario does not have
scenario-account-unit = account { $account } is in the organizational unit '{ $unit }', which { $organization } does not have
scenario-unit-alone = the organizational unit '{ $unit }' of { $organization } is below '{ $parent }', which does not exist
scenario-policy-target = the policy '{ $policy }' is attached to '{ $given }', which is not in { $organization }
scenario-manager-elsewhere = account { $account } manages { $organization } and is also listed elsewhere
scenario-profile-reserved = the profile '{ $profile }' is reserved; choose another name
scenario-unit-twice = the organizational unit '{ $unit }' appears twice
scenario-unit-too-deep = the organizational unit '{ $unit }' is more than { $limit } levels below the root
scenario-owner-organization = the owner of account { $account } answers { $organization }, which the scenario does not have
scenario-address-twice = the accounts { $accounts } have the same e-mail address
scenario-joined-before-created = account { $account } joined before it was created; make joined_days_ago at most created_days_ago
scenario-over-quota = { $organization } has { $count } accounts; its account_quota is { $quota }
no-principal = it is not an account id, an ARN or *
scenario-invitation-unknown = the invitation of { $account } by { $organization } names an account or organization that the scenario does not have
scenario-zone-unit = the landing zone of { $organization } registers '{ $unit }', which is not one of its organizational units
scenario-zone-account = the landing zone of { $organization } names { $account }, which the scenario does not have
scenario-zone-too-old-to-enroll = landing zone { $version } cannot enroll accounts automatically; that requires 3.1 or newer
scenario-zone-too-old-for-baseline = landing zone { $version } has no ConfigBaseline; that requires 4.0 or newer
scenario-baselines-both = the organizational unit '{ $unit }' cannot have both baselines; it is registered with one
scenario-answer-unknown = The answer to { $service }:{ $operation } is for an operation that AWS does not have.
scenario-answer-needless = AWS answers nothing to { $service }:{ $operation }; it needs no answer here.
scenario-answer-wrong = AWS could not give this answer to { $service }:{ $operation }: { $words }.
