# What is wrong in the files and folders of a run: migration.toml, accounts.csv, assignments.csv, the ledger.

## Files.

whole = { $then } { $then_next }
and-more = and { $more } more
files-wrong = { $then }
file-wrong = { $path }: { $findings }
    .next = Correct the file; nothing was done.
file-missing = { $path } is missing.
    .next = { $then }
write-or-remove-it = Write it, or remove it altogether.
file-unreadable = { $path } cannot be read: { $words }.
    .next = Check who may read it, then run this again.
file-too-large = { $path } is larger than { $size } MB.
    .next = Check that it is the file that you mean.
file-not-text = { $path } is not UTF-8 text (line { $line }).
    .next = Save it as UTF-8.
sheet-not-text = { file-not-text }
    .next = Save it as UTF-8; a spreadsheet calls that CSV UTF-8.
file-control-character = { $path }, line { $line }: it contains the control character { $name }.
    .next = Remove it; save the file as UTF-8 text.
file-not-regular = { $path } is not a regular file.
    .next = Put a text file of that name there.
file-not-toml = { $path } is not TOML: { $words }.
    .next = Correct it there.
file-number-too-long = { $path }, line { $line }: a number there has thousands of digits.
    .next = { file-not-toml.next }
file-too-deep = { $path } is nested more than { $limit } levels deep.
    .next = { settings-wrong.next }
no-folder = { $path } is a link or not a folder.
    .next = Remove it, or put a folder of your own in its place; orgtools follows no links here.
no-file = { $path } is a link or not a file.
    .next = Remove it, or put a file of your own in its place; orgtools follows no links here.
open-to-others = Other users of this machine can open { $path }, and only its owner can change that.
    .next = Let its owner run { $action } on it.

## Rows and columns.

row-wrong = row { $row }: { $why }
row-too-many-cells = the row has more cells than the header
row-extra-comma = the row ends with an extra comma; delete that comma
row-not-csv = { $words }; look for a quotation mark that is not closed
cell-with-line-break = a cell contains a line break; look for a quotation mark that is not closed
cell-too-long = a cell is longer than { $limit } characters; look for a quotation mark that is not closed
header-of-spreadsheet = { $path }, line 1: '{ $given }' is an instruction for a spreadsheet, not the header.
    .next = Delete that line. The first line names the columns { $columns }, separated by commas.
header-without-commas = { $path }, header: its cells are separated by { $kind ->
        [semicolon] semicolons
        [tab] tabs
       *[bar] bars
    }, not by commas.
    .next = Save it as CSV UTF-8 with commas as separators.
file-empty = { $path } is empty.
    .next = Write a line with the names of the columns, separated by commas: { $columns }. Then write the rows.
header-missing = { $path } has no header: line 1 is '{ $given }'.
    .next = Write the names of the columns above it, separated by commas: { $columns }.
header-extra-comma = { $path }, header: it ends with an extra comma.
    .next = Delete the empty columns at the end.
header-wrong = { $path }, header: { $findings }
    .next = The columns are { $columns }.
column-unnamed = column { $number } has no known name
column-unknown = the column '{ $column }' is unknown
column-unknown-near = the column '{ $column }' is unknown, did you mean '{ $columns }'?
column-missing = the column '{ $column }' is missing
column-twice = the column '{ $column }' appears twice

## accounts.csv

accounts-too-many = { $path } has { $count } rows; an AWS organization has at most { $limit } accounts.
    .next = { file-too-large.next }
write-the-plan = Write it with the columns { $columns }; one row for each account.
accounts-not-planned = { $count ->
        [one] Account { $accounts } is
       *[other] Accounts { $accounts } are
    } not in the plan.
    .next = Add a row to accounts.csv first; orgtools does nothing to an account that the plan does not name.
planned = account { $account } to { $unit } in wave { $wave } ({ $kind })
planned-with-tags = account { $account } to { $unit } in wave { $wave } ({ $kind }, tags { $tags })
plan-added = added: { $why }
plan-removed = removed: { $why }
plan-changed = { $why } is now { $change }
account-listed-again = account { $account } is listed { $count } times
account-wrong = account { $account }: { $why }
management-account-planned = account { $account } is the { $side }'s management account, which cannot move
account-id-short = account_id { $given } has { $count ->
        [one] 1 digit
       *[other] { $count } digits
    } instead of 12; a spreadsheet may have dropped leading zeros; if { $account } is meant, write that and format the column as text
account-id-rounded = account_id { $given } was rounded by a spreadsheet; write the 12 digits and format the column as text
account-id-wrong = account_id '{ $given }' is not 12 digits
account-id-not-bare = account_id '{ $given }' is not 12 digits; write { $account }, without anything else
unit-cell-wrong = ou '{ $given }' is not a path of units; write a slash before each name, as in /Workloads/Prod
wave-cell-wrong = wave '{ $given }' is not a number from 1 to 9999
path-cell-wrong = path '{ $given }' is neither 'direct' nor 'standalone'
tags-cell-wrong = tags '{ $given }': { $why }
tag-no-pair = '{ $tag }' is not key=value; separate tags by semicolons
tag-without-key = '{ $tag }' has no key
tag-signs-wrong = '{ $tag }' contains characters that AWS does not allow; a tag has letters, digits, spaces and _ . : / = + - @
tag-with-comma = { tag-signs-wrong }; separate tags by semicolons
tag-too-long = a key has at most { $limit } characters and a value { $quota }; in '{ $tag }' the key has { $count } and the value { $total }
tag-key-twice = the key '{ $tag }' appears twice
tag-reserved = keys that begin with aws: are reserved
tags-too-many = the account has { $count } tags; AWS allows { $limit } on an account
unit-path-twice = the destination has { $count } organizational units with the path { $unit }; write one of these ids instead: { $units }
unit-path-ambiguous = the path { $unit } is ambiguous in the destination: it could be any of { $units }; write the whole path
unit-missing = the destination has no organizational unit { $unit }; create it there or correct the path
unit-missing-near = the destination has no organizational unit { $unit }; did you mean { $units }?

## assignments.csv

assignment-twice = it repeats the permission set { $permission_set } for { $given }
permission-set-empty = permission_set is empty
permission-set-wrong = { $column } is '{ $given }', not the name of a permission set: 1 to 32 letters, digits and _+=,.@-
principal-wrong = principal is '{ $given }', not USER or GROUP, a space, and a name
principal-without-permission-set = to_principal is filled in without to_permission_set; fill in both, or leave both empty to leave the assignment out
principal-id-wrong = to_principal is '{ $given }', not USER or GROUP, a space, and an id such as 11111111-2222-3333-4444-555555555555

## migration.toml

name-the-run-folder = Name the run folder: the one that contains migration.toml and accounts.csv.
run-folder-impossible = { $given } cannot be a run folder.
    .next = { name-the-run-folder }
settings-wrong = { $path }: { $findings }
    .next = Correct it; docs/reference/settings.md lists every setting.
settings-unplanned = migration.toml: { $findings }.
    .next = Correct the id there, or add its row to accounts.csv; nothing was done.
setting-names-unplanned = { $setting } names { $account }, which accounts.csv does not
setting-wrong = { $setting }: { $why }
secret-setting-wrong = { $setting } is wrong, because { $why }
secret-setting-unknown = { $setting } is an unknown key
setting-entry-wrong = entry { $number } of { $setting }: { $why }
setting-entry-given-wrong = entry { $number } of { $setting } ('{ $given }'): { $why }
setting-unknown = { $setting }: unknown key
setting-unknown-near = { $setting }: unknown key, did you mean '{ $keys }'?
settings-need-source = there is no table [source], and these settings need the source's credentials: { $keys }
no-account-id = it is not 12 digits
no-account-or-unit = it is neither 12 digits nor a path of units, such as /Workloads/Prod
no-unit-path = it is not a path of units; write a slash before each name, as in /Workloads/Prod
no-path-or-empty = it is not a path that begins with a slash, or empty
no-region-code = it is not the code of a Region, such as eu-central-1
no-region-code-or-empty = it is neither empty nor the code of a Region, such as eu-central-1
no-run-name = it is not a run's name: 2 to 40 letters, digits and _.@=,-
no-role-name = it is not the name of a role: 1 to 64 letters, digits and _+=,.@-, after its path if it has one
no-role-arn = it is not the ARN of a role
no-permission-set-name = it is not the name of a permission set: 1 to 32 letters, digits and _+=,.@-
no-profile-name = it is not the name of a profile
no-secret-name = it is not the name or ARN of a secret
no-way-in = it is none of { $keys }
identity-center-not-named = identity-center needs a table [access.identity_center] with profile and permission_set
revoke-without-prepare = revoke needs prepare = true: the destination's access comes first
operations-not-paced = { $findings }; orgtools paces { $operations }
operation-unknown = orgtools does not pace { $operation }
operation-unknown-near = orgtools does not pace { $operation }, did you mean '{ $operations }'?
entrance-wrong = The credentials cannot be used as named: { $findings }
    .next = Correct this. Credentials are a profile, a role_arn or a secret. Nothing was changed.
entrance-is-double = name either role_arn or secret, not both
entrance-is-missing = name a profile, a role_arn or a secret
value-wrong = { $words }
value-missing = it is missing
value-empty = it is empty
value-not-bool = it is not true or false
value-not-table = it is not a table
value-not-list = it is not a list
value-not-number = it is not a number
value-not-finite = it is not a finite number
value-not-whole = it is not a whole number
value-not-text = it is not text in quotation marks
value-not-above = it is not greater than { $limit }
value-too-small = it is less than { $limit }
value-too-large = it is greater than { $limit }
value-too-long = it has more than { $limit } characters
value-has-more-items = it has more than { $limit } { $limit ->
        [one] item
       *[other] items
    }
value-too-short = it has fewer than { $limit } { $limit ->
        [one] character
       *[other] characters
    }

## The language.

language-unknown = orgtools does not speak this language; it speaks { $choices }
language-of-variable-unknown = The environment variable { $variable } is '{ $given }', a language that orgtools does not speak.
    .next = Set it to one of these, or unset it: { $choices }.

## Opening a run.

folder-on-network = The run folder { $path } is on a network file system ({ $kind }), where the ledger's locks do not hold.
    .next = Move the folder to a disk of this machine.
folder-not-writable = The run folder { $path } cannot be written, and the ledger is in it.
    .next = Make it writable for whoever runs this, or copy it to a folder that is.
owner-accepts = Account { $account }: its owner accepts the invitation, as [access] says; this run does not enter the account.
    .next = Send its owner the page that 50_accept writes, or name a way in under [access].
step-is-performed = Another notebook or command is performing the step { $step } on this run.
    .next = Wait until it has ended, then preview again.
lock-refused = The run folder { $path } cannot hold the lock of the step { $step }: { $words }.
    .next = Put the folder on a disk of this machine that can be written.
partitions-differ = The source is in the partition { $partition }, the destination in { $partitions }.
    .next = Accounts cannot move between partitions. Correct the profiles in migration.toml.
organizations-are-one = Source and destination are the same organization, { $organization }.
    .next = Name two different profiles in migration.toml.
ledger-of-another-run = { $path } is the ledger of a run { $why }; migration.toml describes a run { $change }.
    .next = Use one run folder for each run, or correct migration.toml.
ledger-of-another-start = { ledger-of-another-run }
    .next = { ledger-of-another-run.next } A new run finds what is invited and what has arrived, and continues from there.
from-to = from { $organization } to { $organizations }
from-elsewhere-to = from an unnamed source to { $organizations }

## The ledger.

ledger-not-opened = { $path } cannot be opened as a ledger: { $words }.
    .next = Restore the file, or start a new run folder; AWS itself shows what has been done.
ledger-not-entered = { $path } cannot be opened as a ledger. { $then }
    .next = { $then_next }
ledger-edited = { $path } was edited: { $findings }.
    .next = Restore the file from a copy, or start a new run folder; AWS itself shows what has been done.
ledger-not-written = { $path } cannot be written: { $words }.
    .next = Nothing was changed at AWS by this. Make room or correct the permissions, then continue.
ledger-not-read = { $path } cannot be read: { $words }.
    .next = { ledger-edited.next }
ledger-event-unreadable = { $path }: event { $event } cannot be read: { $words }.
    .next = { ledger-edited.next }
ledger-event-missing = event { $event } is missing: event { $number } is in its place
ledger-event-unlinked = event { $event } does not follow the event before it
ledger-event-altered = event { $event } ({ $kind }) was altered
tag-not-hidden = { $tag } contains a secret or an address that records hide
