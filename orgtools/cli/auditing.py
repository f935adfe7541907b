"""For those who check a run: its handshakes, its record, and the policies of its roles. Nothing of it changes AWS."""

from __future__ import annotations

import csv
import json
import sys
import traceback
from datetime import timedelta
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

import orgtools
from orgtools import policies, record
from orgtools.aws.masking import legible, mask_json
from orgtools.cli.common import Folder, say, sentences
from orgtools.cli.handshakes import exported, listed
from orgtools.cli.helping import Command
from orgtools.exceptions import AlteredError, OrgtoolsError
from orgtools.messages import Message

if TYPE_CHECKING:
    from orgtools.assess import Where
    from orgtools.audit import Review
    from orgtools.findings import Finding

app = typer.Typer()
AuditFormat = Literal["table", "csv", "json"]
_TOLD: Final = 10
"""Problems of a record that are told one by one."""


@app.command(cls=Command, help="help-audit")
def audit(
    folder: Folder = None,
    output: Annotated[AuditFormat, typer.Option("--format", help="help-format")] = "table",
    within: Annotated[float, typer.Option(min=0, help="help-within")] = 3,
    members: Annotated[bool, typer.Option(help="help-members")] = True,
) -> None:
    """Show the handshakes of both sides and of members, and what is remarkable about them. Read-only.

    Exit code 0: nothing remarkable. 1: something is, or could not be looked at. 2: the audit could not run.
    """
    with sentences():
        from orgtools.audit import review

        try:
            with orgtools.open(folder or "") as migration:
                found = review(migration, within=timedelta(days=within), members=members)
        except OrgtoolsError:
            raise
        except Exception as error:  # a scheduler must not take a crash, Python's exit code 1, for a finding
            traceback.print_exc()
            raise typer.Exit(2) from error
        try:
            _print(found, output)
            sys.stdout.flush()
        except OSError as error:
            raise OrgtoolsError(Message("cli-audit-not-printed", words=error.strerror)) from error
    if found.remarkable:
        raise typer.Exit(1)


def _print(found: Review, output: AuditFormat) -> None:
    """The table, or the same as CSV or JSON; findings and the summary where they do not disturb."""
    from orgtools.invitations import COLUMNS

    if output == "json":
        typer.echo(json.dumps(mask_json(found.as_json()), indent=2))
    elif output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(exported, found.rows))
    else:
        invitations, others = found.parts()
        if invitations:
            say(f"{Message('cli-invitations')}\n{listed(invitations)}\n")
        if others:
            say(f"{Message('cli-other-handshakes')}\n{listed(others)}\n")
    for finding in found.findings if output != "json" else ():
        say(_told(finding), err=output == "csv")
    say(Message("cli-audited", findings=found.summary(), at=found.taken_at), err=output != "table")


def _told(finding: Finding) -> Message:
    state, why = finding.status.value, finding.evidence
    if finding.account_id:
        return Message("cli-finding-of-account", state=state, account=finding.account_id, why=why)
    return Message("cli-finding", state=state, why=why)


@app.command("record", cls=Command, help="help-record")
def write_record(
    folder: Folder = None,
    level: Annotated[record.Level, typer.Option(help="help-level")] = record.Level.INTERNAL,
    sign: Annotated[Path | None, typer.Option(help="help-sign")] = None,
) -> None:
    """Write the record of a run: one offline page, the ledger, the plan, and a manifest."""
    with sentences():
        from orgtools import runbook
        from orgtools.migration import run_folder

        path = run_folder(folder or "")
        notebooks = path / runbook.EXECUTED
        written = record.write(
            orgtools.open(path), notebooks=notebooks if notebooks.is_dir() else None, level=level, sign=sign
        )
    say(str(written))


@app.command("verify-record", cls=Command, help="help-verify-record")
def verify_record(
    folder: Annotated[Path, typer.Argument(help="help-record-folder")],
    signers: Annotated[Path | None, typer.Option(help="help-signers")] = None,
    signer: Annotated[str, typer.Option(help="help-signer")] = "",
) -> None:
    """Tell an untouched record from an edited one; exit code 1 if anything was altered, cut or added."""
    with sentences():
        problems = record.verify(folder, signers=signers, signer=signer)
        signature = record.signature(folder, signers=signers, signer=signer)
    for problem in problems[:_TOLD]:
        say(str(problem))
    if len(problems) > _TOLD:
        say(Message("cli-more-problems", count=len(problems) - _TOLD))
    if problems:
        if signature.state is not record.Signed.BAD:
            typer.echo(legible(str(signature.words)))
        raise typer.Exit(1)
    if signature.state is record.Signed.GOOD:  # whoever signed has an address for a name, as a rule
        typer.echo(legible(f"{signature.words}\n{Message('cli-record-signed', person=signature.who)}"))
    else:
        unsigned = signature.state is record.Signed.UNSIGNED
        say(signature.words)
        say(Message("cli-record-unsigned" if unsigned else "cli-record-unchecked"))


@app.command("compare-records", cls=Command, help="help-compare-records")
def compare_records(
    one: Annotated[Path, typer.Argument(help="help-compared-one")],
    other: Annotated[Path, typer.Argument(help="help-compared-other")],
) -> None:
    """Tell what moved between two records: accounts, events of the ledger, findings.

    Exit code 1 where one of them cannot be read or is not as it was written.
    """
    with sentences():
        try:
            compared = record.compare(one, other)
        except AlteredError as error:
            say(f"orgtools: {error}", err=True)
            raise typer.Exit(1) from error
    for sentence in compared.sentences():
        say(sentence)
    if not compared.untouched:
        raise typer.Exit(1)


_ASSESSING: Final[dict[policies.Role, Where]] = {
    policies.Role.assess_source: "source",
    policies.Role.assess_member: "member",
    policies.Role.assess_destination: "destination",
}


@app.command("policies", cls=Command, help="help-policies")
def print_policy(
    role: Annotated[policies.Role, typer.Argument(help="help-policies-role")],
    organization: Annotated[str, typer.Option(help="help-organization")] = "",
    management_account: Annotated[str, typer.Option(help="help-management-account")] = "",
    member_role: Annotated[str, typer.Option(help="help-member-role")] = "OrganizationAccountAccessRole",
    *,
    source_organization: Annotated[str, typer.Option(help="help-source-organization")] = "",
    source_management_account: Annotated[str, typer.Option(help="help-source-management-account")] = "",
    template: Annotated[bool, typer.Option("--template", help="help-template")] = False,
) -> None:
    """Print the least-privilege IAM policy for a role of the run; those of the readiness checks only read."""
    from orgtools import assess

    side = _ASSESSING.get(role)
    actions = assess.actions(side) if side else ()
    if template:
        typer.echo(policies.template(role, actions))
        return
    typer.echo(
        policies.render(
            role,
            organization=organization,
            management_account=management_account,
            member_role=member_role,
            source_organization=source_organization,
            source_management_account=source_management_account,
            actions=actions,
        )
    )
