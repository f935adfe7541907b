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
help-integer = integer
help-number = number
help-path = path
help-text = text
help-argument-account = account
help-argument-by = time
help-argument-check = check
help-argument-folder = folder
help-argument-one = record
help-argument-other = other-record
help-argument-role = role
help-argument-said = answer
help-argument-step = step
help-help = Show this message and exit.
help-install-completion = Install completion for the current shell.
help-show-completion = Show completion for the current shell, to copy it or customize the installation.

## orgtools

help-orgtools = Move AWS accounts from one AWS organization to another: show, ask, do exactly that, prove it.

## What several commands take

help-folder = The run folder. Default: the one that ORGTOOLS_RUN names, else the current folder.
help-new-folder = A new run folder. Default: runs/rehearsal-<now>.
help-wave = Only this wave.
help-account = Only this account. Can be repeated.
help-approve = The digest that a dry run printed. Without it, the command changes nothing.
help-format = How the result is printed.
help-scenario = A shipped scenario, wave:N for a wave of N accounts, or the path of a scenario file.
help-speed = How many times faster than real time the rehearsal's clock runs.
help-port = The server's port. 0: any free port.
help-profile = A profile in the AWS config file.
help-role-arn = The ARN of a role to assume with the profile's credentials.
help-secret = A Secrets Manager secret that contains the credentials.

## orgtools rehearse, orgtools lab, orgtools rehearsal

help-rehearse =
    Start the rehearsal, run every notebook in order against it, stop it, and print the results.

    The default scenario moves two waves of accounts. --scenario all also runs the other shipped ones.
    Exit code 0: each scenario ended as expected.
help-rehearse-scenario = A shipped scenario, all, wave:N for a wave of N accounts, or the path of a scenario file.
help-lab = Start the rehearsal and open JupyterLab on it, to run the notebooks by hand.
help-rehearsal = Simulated organizations on this machine.
help-rehearsal-start = Serve the simulated organizations on this machine until interrupted.
help-rehearsal-advance = Move a running rehearsal's clock forward.
help-advance-by = How far, such as 90s, 30m, 6h or 15d.

## orgtools run, orgtools rollback, orgtools status, orgtools assess, orgtools answer

help-run =
    Preview a step. With the digest of that preview, perform it.

    cancel needs --account. replicate creates the source's organizational units that the destination lacks. With --wave,
    it creates only those that the wave needs.

    Exit code 1: an account is not confirmed. 2: refused, or the digest is of something else.
help-step = The step.
help-assess =
    Check whether accounts can move, and export what they lose, as 10_assess does. Changes nothing in AWS.

    Exit code 1: an account is blocked, or something could not be checked.
help-answer = Answer a question that no API answers; the ledger records the answer. Without an answer, list the questions.
help-answer-check = The check that asks, such as E13. Without it, list all questions.
help-answer-said = The answer.
help-answer-account = The account, if the question is about one account.
help-answer-by = Who answers. Default: you.
help-status =
    Show the state of each planned account, standalone ones first. Changes nothing in AWS.

    Exit code 1: an account is standalone, in no organization.
help-rollback = Show what can be undone and how, and what cannot and why. With --account, preview the next step back.
help-rollback-account = Take this account one step back. Can be repeated.
help-rollback-approve = The digest that the same command printed. Without it, the command changes nothing.

## orgtools invite, orgtools handshakes

help-invite =
    Invite one account with the credentials of the new organization's management account. Print the handshake's id.

    If this organization's invitation is already pending, print its id. Exit code 2: refused, with the reason.
help-invite-account = The account's id, 12 digits.
help-notes = A note to the account's owner, in AWS's e-mail.
help-tag = A tag, key=value, that AWS attaches to the account when it joins. Can be repeated.
help-invite-run = A run folder. Its ledger records the call, and its rules apply.
help-json = Print the whole handshake as JSON.
help-handshakes = List the handshakes that an organization sent, the pending ones first. Read-only.

## orgtools audit, orgtools record, orgtools verify-record, orgtools compare-records, orgtools policies

help-audit =
    Show the handshakes of both sides and of members, with unexpected findings. Changes nothing in AWS.

    Exit code 0: nothing unexpected. 1: something is unexpected or could not be checked. 2: the audit could not run.
help-within = Report invitations that expire within this number of days.
help-members = Enter planned accounts, to read the handshakes that they received.
help-record = Write the record of a run: one page that opens without a network, its data as files, and a manifest.
help-level = Who the record is for: only public and partner records replace names by pseudonyms.
help-sign = An SSH private key that signs the manifest.
help-verify-record = Check whether anybody edited a record. Exit code 1: it was edited, or its signature is wrong.
help-record-folder = The record's folder.
help-signers = A file of allowed signers, see ssh-keygen(1). An unsigned record then is an error, too.
help-signer = Who must have signed it, as named in that file.
help-compare-records =
    Show what changed between two records of a run: accounts, events of the ledger, findings.

    Exit code 1: one of them cannot be read, or was changed after it was written.
help-compared-one = A record's folder.
help-compared-other = The folder of another record of the same run.
help-policies = Print the least-privilege IAM policy for a role.
help-policies-role = The role that gets the policy. The policies of auditor and assess-* only read.
help-organization = The destination's organization id, o-... For source-operator, the source's.
help-management-account = That organization's management account, 12 digits.
help-member-role = The name of the role in the member accounts.
help-source-organization = For member-accept: the source's organization id. The role accepts its invitation on the way back.
help-source-management-account = For member-accept: the source's management account, 12 digits.
help-template = Print a CloudFormation template that creates the role, instead of the policy.
