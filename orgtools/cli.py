"""The command line: rehearse, run a step without a notebook, audit, record. Thin: it parses, calls, prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import traceback
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

import orgtools
from orgtools import assess, policies, record, runbook, steps
from orgtools.audit import review
from orgtools.exceptions import InputError, OrgtoolsError
from orgtools.migration import RUN_VARIABLE, run_folder
from orgtools.rehearsal import Rehearsal, RehearsalError, serve, shipped
from orgtools.spreadsheets import harmless
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Preview

app = typer.Typer(
    help="Move AWS accounts from one AWS Organization to another: show, ask, do exactly that, prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
rehearsal_app = typer.Typer(help="Two simulated organizations on this machine.", no_args_is_help=True)
app.add_typer(rehearsal_app, name="rehearsal")

Folder = Annotated[Path | None, typer.Option("--folder", help=f"The run folder; default: {RUN_VARIABLE}, else here.")]
NewFolder = Annotated[Path | None, typer.Option("--folder", help="A new run folder; default: runs/rehearsal-<now>.")]
Scenario = Annotated[str, typer.Option(help="A shipped scenario, wave:N, or a path to a scenario file.")]
Some = Annotated[str | None, typer.Option("--scenario", help="One scenario; default: every shipped one.")]
Speed = Annotated[float, typer.Option(min=0.01, help="How fast the rehearsal's clock runs.")]
Port = Annotated[int, typer.Option(help="0 takes a free one.")]

_FOLDER = Path("runs") / "rehearsal-{now:%Y%m%d-%H%M%S}"


@contextmanager
def _sentences() -> Iterator[None]:
    """What orgtools raises on purpose is a sentence on stderr and exit code 2, not a traceback."""
    try:
        yield
    except (OrgtoolsError, RehearsalError) as error:
        typer.echo(f"orgtools: {error}", err=True)
        raise typer.Exit(2) from error


@rehearsal_app.command("start")
def rehearsal_start(
    folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0
) -> None:
    """Serve two rehearsed organizations on loopback until interrupted."""
    with _sentences():
        serve(_new(folder), scenario, port, speed)


@rehearsal_app.command("advance")
def rehearsal_advance(
    by: Annotated[str, typer.Argument(help="How far: 90s, 30m, 6h, 15d.")], folder: Folder = None
) -> None:
    """Move a running rehearsal's clock forward."""
    with _sentences():
        now = Rehearsal.attach(run_folder(folder or "")).advance(_span(by))
    typer.echo(f"It is now {now:%Y-%m-%d %H:%M:%S} UTC in the rehearsal.")


@app.command()
def rehearse(folder: NewFolder = None, scenario: Some = None, port: Port = 0, speed: Speed = 20.0) -> None:
    """Start the rehearsal, run every notebook in order against it, stop it, and print what happened.

    Every shipped scenario, one after another, unless one is named. Exit code 0: each ended as it says that it ends.
    """
    if scenario:
        unexpected = _rehearse(folder, scenario, port, speed)
    else:
        begun = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
        unexpected = [sentence for name in shipped() for sentence in _rehearse(begun / name, name, port, speed)]
    if unexpected:
        raise typer.Exit(1)


def _rehearse(folder: Path | None, scenario: str, port: int, speed: float) -> list[str]:
    """One scenario; returns what did not end as it should."""
    with _rehearsing(folder, scenario, port, speed) as (rehearsal, chosen):
        typer.echo(f"Scenario {scenario}.")
        runbook.run(chosen, say=typer.echo, rest=lambda until: _until(rehearsal, until))
        with orgtools.open(chosen) as migration:
            verified = steps.preview(migration, steps.VERIFY)
        typer.echo("")
        _print_decisions(verified)
        changing = sum(call.changing for call in rehearsal.calls())
        typer.echo(f"\n{verified.summary()}; {many(changing, 'changing call')} {verb(changing, 'were')} made.")
        typer.echo("".join(f"{sentence}\n" for sentence in rehearsal.governed()), nl=False)
        unexpected = rehearsal.unexpected(scenario)
        for sentence in unexpected:
            typer.echo(f"Not as {scenario} should end: {sentence}.", err=True)
        typer.echo(f"Executed notebooks: {chosen / runbook.EXECUTED}\nRecord: {chosen / 'record' / 'record.html'}\n")
    return unexpected


def _until(rehearsal: Rehearsal, until: datetime) -> None:
    """Move the rehearsal's clock to a time that AWS names: nobody waits for a day."""
    left = until - rehearsal.now()
    typer.echo(f"  until {until:%Y-%m-%d %H:%M} UTC there is nothing to do: the rehearsal's clock moves on.")
    if left > timedelta():
        rehearsal.advance(left)


@app.command()
def lab(folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0) -> None:
    """Start the rehearsal and open JupyterLab on it, to step through by hand."""
    with _rehearsing(folder, scenario, port, speed) as (_, chosen):
        desk = chosen / runbook.EXECUTED
        shutil.copytree(runbook.NOTEBOOKS, desk)
        command = [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={desk}"]
        command += ["--LabApp.default_url=/lab/tree/00_start.ipynb", *(["--allow-root"] if _is_root() else [])]
        try:
            subprocess.run(command, check=False)  # noqa: S603 (our own command line)
        except KeyboardInterrupt:
            typer.echo("Stopped.")


class StepName(StrEnum):
    """The steps that `orgtools run` knows."""

    unenroll = "unenroll"
    invite = "invite"
    prepare = "prepare"
    leave = "leave"
    accept = "accept"
    replicate = "replicate"
    place = "place"
    enroll = "enroll"
    verify = "verify"
    revoke = "revoke"
    cancel = "cancel"
    restore = "restore"
    contacts = "contacts"
    assignments = "assignments"
    shares = "shares"
    cost_tags = "cost-tags"


@app.command()
def run(
    step: StepName,
    folder: Folder = None,
    wave: Annotated[int | None, typer.Option(help="Only this wave.")] = None,
    account: Annotated[list[str] | None, typer.Option(help="Only this account; may be repeated.")] = None,
    approve: Annotated[
        str, typer.Option(help="The digest that a dry run printed; without it nothing is changed.")
    ] = "",
) -> None:
    """Preview a step, and with the digest of that preview perform it. cancel takes accounts that are named only.

    replicate creates organizational units, of the whole tree of the source or those that a wave needs.
    """
    with _sentences():
        if account and wave is not None:
            raise InputError("--wave and --account exclude each other.", next_step="Name one of them.")
        if step is StepName.cancel and not account:
            raise InputError(
                "cancel takes invitations back from accounts that are named only.",
                next_step="Name each with --account; orgtools audit shows what is pending.",
            )
        migration = orgtools.open(folder or "")
        chosen = next(
            known
            for known in (*steps.ALL, *steps.REGAINING, steps.CANCEL, steps.REPLICATE, steps.RESTORE)
            if known.name == step.value
        )
        preview = steps.preview(migration, chosen, account or None, wave=wave)
        again = " ".join(["run", step.value, *(f"--account {name}" for name in account or ())])
        again += f" --wave {wave}" if wave is not None else ""
        _perform(migration, preview, again, approve)


def _perform(migration: orgtools.Migration, preview: Preview, again: str, approve: str) -> None:
    """Print a preview; with its digest do exactly that, and exit with 1 if an account is not confirmed."""
    _print_decisions(preview)
    typer.echo(f"\n{preview.step.name}: {preview.summary()}")
    if not preview.to_do:
        return
    if not approve:
        typer.echo(f"Nothing was changed. To do exactly this: orgtools {again} --approve {preview.digest}")
        return
    result = steps.apply(migration, preview, steps.approve(preview, approve))
    for outcome in result.outcomes:
        typer.echo(f"{outcome.account_id}  {outcome.status:12}  {outcome.words} {outcome.next_step}")
    typer.echo(result.summary())
    if any(outcome.status is not steps.Status.CONFIRMED for outcome in result.outcomes):
        raise typer.Exit(1)


@app.command()
def answer(
    check: Annotated[str, typer.Argument(help="The check that asks; without it, all questions are listed.")] = "",
    said: Annotated[str, typer.Argument(help="The answer.")] = "",
    account: Annotated[str, typer.Option(help="The account that it is about.")] = "",
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
    folder: Folder = None,
) -> None:
    """Answer a question that no API answers, into the run's ledger; without an answer, list the questions."""
    with _sentences(), orgtools.open(folder or "") as migration:
        if check:
            assess.answer(migration, check, said, account_id=account, by=by)
        for line in assess.answers_told(migration):
            typer.echo(line)


@app.command()
def status(folder: Folder = None) -> None:
    """Show where each account of the plan stands: those that are in no organization first. Read-only.

    Exit code 1 where an account is stand-alone.
    """
    with _sentences():
        migration = orgtools.open(folder or "")
        verified = steps.preview(migration, steps.VERIFY)
        alone = steps.stand_alone(migration.plan.accounts, verified.snapshot, migration.ledger.events())
    for finding in alone:
        typer.echo(f"{finding.account_id}  {finding.evidence}. {finding.remedy}")
    _print_decisions(verified)
    typer.echo(f"\n{verified.summary()}")
    if alone:
        raise typer.Exit(1)


@app.command()
def rollback(
    folder: Folder = None,
    account: Annotated[list[str] | None, typer.Option(help="Take this account back; may be repeated.")] = None,
    approve: Annotated[
        str, typer.Option(help="The digest that the same command printed; without it nothing is changed.")
    ] = "",
) -> None:
    """Show what can be undone and how, and what cannot and why; take accounts that are named one step back."""
    with _sentences():
        migration = orgtools.open(folder or "")
        for way in steps.ways_back(migration, account or None):
            typer.echo(f"{way.account_id}  {way.stands}\n  can be undone: {way.undo}")
            if way.lost:
                typer.echo(f"  cannot: {way.lost}")
        if account:
            again = " ".join(["rollback", *(f"--account {name}" for name in account)])
            _perform(migration, steps.next_back(migration, account), again, approve)
        else:
            _print_decisions(steps.preview(migration, steps.RESTORE))


class Format(StrEnum):
    """How `orgtools audit` prints."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def audit(
    folder: Folder = None,
    output: Annotated[Format, typer.Option("--format")] = Format.table,
    within: Annotated[
        float, typer.Option(min=0, help="An invitation that expires within so many days is remarkable.")
    ] = 3,
    members: Annotated[bool, typer.Option(help="Whether planned accounts are entered to see what they see.")] = True,
) -> None:
    """Show the handshakes of both sides and of members, and what is remarkable about them. Read-only.

    Exit code 0: nothing remarkable. 1: something is, or could not be looked at. 2: the audit could not run.
    """
    with _sentences():
        try:
            with orgtools.open(folder or "") as migration:
                found = review(migration, within=timedelta(days=within), members=members)
        except OrgtoolsError:
            raise
        except Exception as error:  # a scheduler must not take a crash, Python's exit code 1, for a finding
            traceback.print_exc()
            raise typer.Exit(2) from error
    if output is Format.json:
        typer.echo(json.dumps(found.as_json(), indent=2))
    elif output is Format.csv:
        cells = found.handshakes.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
        typer.echo(cells.to_csv(index=False), nl=False)
    else:
        for title, table in (("Invitations", found.invitations), ("Other handshakes", found.others)):
            if len(table):
                typer.echo(f"{title}:\n{table.to_string(index=False)}\n")
    for finding in found.findings if output is not Format.json else ():
        whom = f"account {finding.account_id}" if finding.account_id else "both organizations"
        line = f"{finding.status}: {whom}: {finding.evidence}. {finding.remedy}".rstrip()
        typer.echo(line, err=output is Format.csv)
    typer.echo(f"{found.summary()}. Seen at {found.taken_at:%Y-%m-%d %H:%M} UTC.", err=output is not Format.table)
    if found.remarkable:
        raise typer.Exit(1)


@app.command("record")
def write_record(
    folder: Folder = None,
    level: Annotated[record.Level, typer.Option(help="Who it is for.")] = record.Level.INTERNAL,
    sign: Annotated[Path | None, typer.Option(help="An SSH private key to sign the manifest with.")] = None,
) -> None:
    """Write the record of a run: one offline page, the ledger, the plan, and a manifest."""
    with _sentences():
        path = run_folder(folder or "")
        notebooks = path / runbook.EXECUTED
        written = record.write(
            orgtools.open(path), notebooks=notebooks if notebooks.is_dir() else None, level=level, sign=sign
        )
    typer.echo(str(written))


@app.command("verify-record")
def verify_record(
    folder: Annotated[Path, typer.Argument(help="The record's folder.")],
    signers: Annotated[Path | None, typer.Option(help="An allowed signers file, see ssh-keygen(1).")] = None,
    signer: Annotated[str, typer.Option(help="Whose signature it must be, as that file calls them.")] = "",
) -> None:
    """Tell an untouched record from an edited one; exit code 1 if anything was altered, cut or added."""
    with _sentences():
        problems = record.verify(folder, signers=signers, signer=signer)
        signature = record.signature(folder, signers=signers, signer=signer)
    for problem in problems:
        typer.echo(problem)
    if signature.state is not record.Signed.BAD:
        typer.echo(signature.words)
    if problems:
        raise typer.Exit(1)
    typer.echo("Untouched: every file is what the manifest says, the ledger's chain holds, and the page tells it.")


@app.command("compare-records")
def compare_records(
    one: Annotated[Path, typer.Argument(help="A record's folder.")],
    other: Annotated[Path, typer.Argument(help="The folder of another record of the same run.")],
) -> None:
    """Tell what moved between two records: accounts, events of the ledger, findings."""
    with _sentences():
        compared = record.compare(one, other)
    for sentence in compared.sentences():
        typer.echo(sentence)


_ASSESSING: Final[dict[policies.Role, assess.Where]] = {
    policies.Role.assess_source: "source",
    policies.Role.assess_member: "member",
    policies.Role.assess_destination: "destination",
}


@app.command("policies")
def print_policy(
    role: Annotated[policies.Role, typer.Argument(help="Whose policy.")],
    organization: Annotated[
        str, typer.Option(help="The destination's organization id, o-...; for source-operator the source's.")
    ] = "",
    management_account: Annotated[str, typer.Option(help="That organization's management account, 12 digits.")] = "",
    member_role: Annotated[str, typer.Option(help="The role in the members.")] = "OrganizationAccountAccessRole",
    *,
    source_organization: Annotated[
        str, typer.Option(help="For member-accept: the source's organization id, whose invitation back is accepted.")
    ] = "",
    source_management_account: Annotated[
        str, typer.Option(help="For member-accept: the source's management account, 12 digits.")
    ] = "",
    template: Annotated[bool, typer.Option("--template", help="The CloudFormation template that makes the role.")] = (
        False
    ),
) -> None:
    """Print the least-privilege IAM policy for a role of the run; those of the readiness checks only read."""
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


def _new(folder: Path | None) -> Path:
    """A folder without a ledger: the organizations of an earlier rehearsal are gone, its ledger would tell of nothing.

    Raises:
        InputError: there is one already.
    """
    chosen = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
    if (chosen / "ledger.sqlite").exists():
        raise InputError(
            f"{chosen} holds the ledger of an earlier rehearsal, whose organizations are gone.",
            next_step="Name another folder, or none.",
        )
    return chosen


@contextmanager
def _rehearsing(folder: Path | None, scenario: str, port: int, speed: float) -> Iterator[tuple[Rehearsal, Path]]:
    """A running rehearsal and its run folder; this process and those it starts find both in their environment."""
    with _sentences():
        chosen = _new(folder)
        with Rehearsal.start(chosen, scenario=scenario, port=port, speed=speed) as rehearsal:
            os.environ.update(rehearsal.environment() | {RUN_VARIABLE: str(chosen.resolve())})
            typer.echo(f"Two rehearsed organizations at {rehearsal.address}; run folder {chosen}.")
            yield rehearsal, chosen


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _print_decisions(preview: Preview) -> None:
    for decision in preview.decisions:
        kind = type(decision).__name__
        next_step = decision.next_step if isinstance(decision, steps.Blocked) else ""
        typer.echo(f"{decision.account_id}  {kind:8}  {decision.why}. {next_step}".rstrip())


def _span(text: str) -> timedelta:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    if len(text) < 2 or text[-1] not in units or not text[:-1].replace(".", "", 1).isdigit():  # noqa: PLR2004 (a number and a unit)
        raise typer.BadParameter(f"{text!r} is no length of time: write 90s, 30m, 6h or 15d.")
    return timedelta(**{units[text[-1]]: float(text[:-1])})
