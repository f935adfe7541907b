# Reading a record back, verifying it, checking its signature, comparing two.

# What is wrong with a file of a record
record-malformed-link = it is a link
record-malformed-kind = it is not a regular file
record-malformed-size = it is larger than { $limit } bytes
record-malformed-many = it holds more than { $limit } files
record-malformed-format = its format is not { $number }, the only one that this orgtools reads
record-malformed-manifest = it does not hold exactly the fields of a manifest, each once
record-malformed-end = its last line does not end
record-malformed-event = line { $line } is not an event in its canonical form
record-malformed-rows = { $path } has rows of another length than its header
record-malformed-no-table = it has no table { $given }
record-malformed-packed = its packed rows end early, or are larger than { $limit } bytes
record-malformed-deep = it is nested too deeply
record-malformed-text = it is not UTF-8 text
record-malformed-json = line { $line } is not JSON
record-malformed-content = it does not hold what orgtools writes
record-malformed = { $words }
record-missing = { $path } holds no record: manifest.json is missing.
    .next = Give the path of a record's folder.

# Verifying
record-altered-manifest = manifest.json was altered: it cannot be read ({ $why })
record-altered-chain = ledger.jsonl: { $why }
record-altered-count = ledger.jsonl has { $count ->
        [one] 1 event
       *[other] { $count } events
    }, manifest.json says { $total }
record-altered-head = ledger.jsonl does not end with the event that manifest.json names
record-altered-end = ledger.jsonl does not end with a seal: somebody cut its end or added something
record-altered-ledger = ledger.jsonl cannot be read: { $why }
record-altered-unlisted = manifest.json does not name { $path }
record-altered-missing = { $path } is missing
record-altered-added = { $path } was added: manifest.json does not name it
record-altered-kind = { $path } is { $kind ->
        [folder] a folder
        [link] a link
       *[other] not a regular file
    }, not the file that was written
record-altered-unreadable = { $path } cannot be read: { $why }
record-altered-file = { $path } was altered: its SHA-256 or size is not what manifest.json says
record-seal-count = ledger.jsonl has { $count ->
        [one] 1 event
       *[other] { $count } events
    } before the seal, the seal says { $given }
record-seal-files = manifest.json and the ledger's seal do not name the same files
record-seal-file = { $path } was altered: its SHA-256 is not what the ledger's seal says
record-seal-manifest = what manifest.json says about the record is not what the ledger's seal says
record-seal-level = manifest.json and the ledger's seal name different levels
record-seal-time = manifest.json and the ledger's seal name different times of writing
record-seal-head = manifest.json and the ledger's seal name different heads of the run's own ledger
record-seal-plan = plan.csv is not the plan that the ledger's seal names
record-seal-plan-unreadable = plan.csv cannot be compared with the ledger's seal: { $why }
record-page-unreadable = record.html cannot be compared with ledger.jsonl: { $why }
record-page-added = record.html shows an event { $given } that ledger.jsonl does not hold
record-page-missing = record.html does not show event { $event }
record-page-altered = record.html does not show event { $event } as ledger.jsonl holds it
record-page-head = record.html names another head of the ledger than ledger.jsonl has

# Signatures
record-unsigned = Unsigned: there is no manifest.json.sig.
record-signed = Signed by { $person }, whom { $path } allows.
record-signed-no-ssh-keygen = Signed, not checked: ssh-keygen is not installed on this machine.
    .next = Install OpenSSH 8.2 or newer. Its ssh-keygen signs and checks.
record-signed-no-signers = Signed, not checked: no signers file was given to check the signature against.
    .next = Name one: --signers FILE --signer WHO.
record-signature-unreadable = manifest.json.sig cannot be read: { $why }
record-signature-large = manifest.json.sig is larger than any signature.
record-signature-misfit = manifest.json.sig does not fit manifest.json: { $why }
record-signature-stranger = manifest.json.sig is not by anybody whom { $path } allows.
record-signature-other = manifest.json.sig is not a signature of manifest.json by { $person }: { $why }
record-no-ssh-keygen = ssh-keygen is not installed on this machine, so orgtools cannot sign.
    .next = Install OpenSSH 8.2 or newer. Its ssh-keygen signs and checks.
record-no-key = There is no key { $path }.
    .next = Name an SSH private key, such as ~/.ssh/id_ed25519.
record-key-refused = ssh-keygen did not sign with { $path }: { $why }
    .next = No record was written. Name a key that ssh-keygen can read, or add the key to ssh-agent.
record-no-signers = There is no signers file { $path }.
    .next = Name an allowed signers file.
record-keygen-ended = it ended with exit code { $number }

# Comparing
record-unreadable = The record in { $path } cannot be read: { $why }.
    .next = Run orgtools verify-record { $path }.
record-pseudonyms = The account ids in { $path } are pseudonyms, and each record has its own.
    .next = Compare internal records, or partner records.
record-compared-altered = The record in { $path } is not as it was written: { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }.
    .next = Run orgtools verify-record { $path }.
record-compared-other-run = The two ledgers differ from event { $event } on: they are not of the same run.
record-compared-cut = The later ledger.jsonl has fewer events than the earlier one: somebody removed events.
record-compared-pseudonyms = Names are pseudonyms: units and the details of findings were not compared.
record-compared = From { $since } to { $until }: { $count ->
        [0] no accounts
        [one] 1 account
       *[other] { $count } accounts
    } changed, { $total ->
        [0] no findings
        [one] 1 finding
       *[other] { $total } findings
    } changed, no events were added.
record-compared-events = From { $since } to { $until }: { $count ->
        [0] no accounts
        [one] 1 account
       *[other] { $count } accounts
    } changed, { $total ->
        [0] no findings
        [one] 1 finding
       *[other] { $total } findings
    } changed, { $more ->
        [one] 1 event was
       *[other] { $more } events were
    } added ({ $whys }).
record-compared-kind = { $count } { $kind }
record-changed-differs = Account { $account }: { $change } was { $before }, is now { $after }
record-changed-came = Account { $account }: { $change } is new: { $after }
record-changed-went = Account { $account }: { $change } is gone; it was { $before }
record-organizations-differs = The organizations: { $change } was { $before }, is now { $after }
record-organizations-came = The organizations: { $change } is new: { $after }
record-organizations-went = The organizations: { $change } is gone; it was { $before }
record-what-plan = planned account
record-what-state = state
record-what-now = place
record-what-planned = planned unit
record-what-wave = wave
record-what-finding = finding of check { $check_name }
record-unit = { $unit }
record-wave-number = { $wave }
record-finding = { $change }: { $why }
record-event = Event { $event }, { $at }: { $then }
    .next = { $then_next }
record-event-of-account = Event { $event }, { $at }, account { $account }: { $then }
    .next = { $then_next }
