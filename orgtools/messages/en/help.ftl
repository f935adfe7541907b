# What --help prints, and the words around it. No message here shows a fact: they are read without Fluent, which takes
# longer to load than --help may. VALUE stands for what is shown in its place.

## The words around the help

help-usage = Usage:
help-options-place = [OPTIONS]
help-command-place = COMMAND [ARGS]...
help-arguments = Arguments
help-options = Options
help-commands = Commands
help-one-of = One of: VALUE.
help-required = [required]
help-default = [default: VALUE]
help-help = Show this message and exit.
help-install-completion = Install completion for the current shell.
help-show-completion = Show completion for the current shell, to copy it or customize the installation.

## orgtools

help-orgtools = Move AWS accounts from one AWS Organization to another: show, ask, do exactly that, prove it.

## What several commands take

help-folder = The run folder. Default: ORGTOOLS_RUN, else the current folder.
help-new-folder = A new run folder. Default: runs/rehearsal-<now>.
help-wave = Only this wave.
help-account = Only this account. Can be repeated.
help-approve = The digest that a dry run printed. Without it, nothing is changed.
help-format = How the result is printed.
help-scenario = A shipped scenario, wave:N, or a path to a scenario file.
help-speed = How fast the rehearsal's clock runs.
help-port = 0 takes a free port.
help-profile = A profile of the AWS config file.
help-role-arn = A role that is assumed with the profile's credentials.
help-secret = A Secrets Manager secret that contains the credentials.

## orgtools rehearse, orgtools lab, orgtools rehearsal

help-rehearse =
    Start the rehearsal, run every notebook in order against it, stop it, and print what happened.

    One scenario: two waves, with everything that can block them. --scenario all also runs the other shipped ones.
    Exit code 0: each scenario ended as expected.
help-rehearse-scenario = A shipped scenario, all of them, wave:N, or a path to a scenario file.
help-lab = Start the rehearsal and open JupyterLab on it, to step through by hand.
help-rehearsal = Simulated organizations on this machine.
help-rehearsal-start = Serve the rehearsed organizations on loopback until interrupted.
help-rehearsal-advance = Move a running rehearsal's clock forward.
help-advance-by = How far: 90s, 30m, 6h, 15d.

## orgtools run, orgtools rollback, orgtools status, orgtools assess, orgtools answer

help-run =
    Preview a step, and with the digest of that preview perform it.

    cancel takes only accounts that are named. replicate creates organizational units: the source's whole tree, or those
    that a wave needs.
help-step = The step.
help-assess =
    Check whether accounts can move and what breaks when they do, as 10_assess does. Read-only; exports what is lost.

    Exit code 1: an account is blocked, or something could not be checked.
help-answer = Answer a question that no API answers, into the run's ledger. Without an answer, list the questions.
help-answer-check = The check that asks. Without it, all questions are listed.
help-answer-said = The answer.
help-answer-account = The account that it is about.
help-answer-by = Who answers.
help-status =
    Show the state of each account of the plan, those that are in no organization first. Read-only.

    Exit code 1: an account is stand-alone.
help-rollback = Show what can be undone and how, and what cannot and why. Take named accounts one step back.
help-rollback-account = Take this account back. Can be repeated.
help-rollback-approve = The digest that the same command printed. Without it, nothing is changed.

## orgtools invite, orgtools handshakes

help-invite =
    Invite one account with the credentials of the new organization's management account. Print the handshake's id.

    If an invitation of this organization is already pending, print that one. Exit code 2: refused, with the reason.
help-invite-account = The account's id, 12 digits.
help-notes = For the account's owner, in AWS's e-mail.
help-tag = key=value, set after the account has joined. Can be repeated.
help-invite-run = A run folder: its ledger records the call, its plan decides.
help-json = Print the whole handshake as JSON.
help-handshakes = List the handshakes that an organization sent, the pending ones first. Read-only.

## orgtools audit, orgtools record, orgtools verify-record, orgtools compare-records, orgtools policies

help-audit =
    Show the handshakes of both sides and of members, and what is unexpected about them. Read-only.

    Exit code 0: nothing unexpected. 1: something is, or could not be read. 2: the audit could not run.
help-within = Report an invitation that expires within this number of days.
help-members = Whether planned accounts are entered, to read the handshakes that they received.
help-record = Write the record of a run: one offline page, the ledger, the plan, and a manifest.
help-level = Who the record is for.
help-sign = An SSH private key that signs the manifest.
help-verify-record = Tell an untouched record from an edited one. Exit code 1: something was altered, cut or added.
help-record-folder = The record's folder.
help-signers = An allowed signers file, see ssh-keygen(1).
help-signer = Whose signature it must be, as that file names the person.
help-compare-records =
    Show what moved between two records: accounts, events of the ledger, findings.

    Exit code 1: one of them cannot be read, or was changed after it was written.
help-compared-one = A record's folder.
help-compared-other = The folder of another record of the same run.
help-policies = Print the least-privilege IAM policy for a role of the run. Those of the readiness checks only read.
help-policies-role = Whose policy.
help-organization = The destination's organization id, o-... For source-operator, the source's.
help-management-account = That organization's management account, 12 digits.
help-member-role = The role in the members.
help-source-organization = For member-accept: the id of the source organization whose invitation back is accepted.
help-source-management-account = For member-accept: the source's management account, 12 digits.
help-template = Print the CloudFormation template that creates the role.
