"""One account, without a run: invite it, and see what the organization sent."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 (typer reads the annotations)
from typing import Annotated, Literal

import typer

import orgtools
from orgtools.cli.common import say, sentences
from orgtools.cli.handshakes import listed
from orgtools.cli.helping import Command
from orgtools.exceptions import InputError
from orgtools.messages import Message

app = typer.Typer()

Profile = Annotated[str | None, typer.Option(help="help-profile")]
RoleArn = Annotated[str | None, typer.Option(help="help-role-arn")]
Secret = Annotated[str | None, typer.Option(help="help-secret")]


@app.command(cls=Command, help="help-invite")
def invite(
    account: Annotated[str, typer.Argument(help="help-invite-account")],
    *,
    profile: Profile = None,
    role_arn: RoleArn = None,
    secret: Secret = None,
    notes: Annotated[str, typer.Option(help="help-notes")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="help-tag")] = None,
    run: Annotated[Path | None, typer.Option(help="help-invite-run")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="help-json")] = False,
) -> None:
    """Invite one account with the credentials of the new organization's management account; prints the handshake's id.

    If one of this organization is already pending, prints that. Exit code 2: refused, with the reason.
    """
    with sentences():
        sent = orgtools.invite(
            account, profile=profile, role_arn=role_arn, secret=secret, notes=notes, tags=_tags(tag or ()), run=run
        )
    if as_json:
        told = {"id": sent.id, "arn": sent.arn, "state": sent.state, "account": sent.account_id}
        times = {"sent": sent.requested_at, "expires": sent.expires_at}
        typer.echo(json.dumps(told | {name: at.isoformat() if at else None for name, at in times.items()}, indent=2))
    else:
        typer.echo(sent.id)
        invited = Message(
            "cli-invited", organization=sent.organization_id, account=account, state=sent.state, why=sent.expiry
        )
        say(invited, err=True)


def _tags(given: list[str] | tuple[()]) -> dict[str, str]:
    pairs = [tag.partition("=") for tag in given]
    if not all(key and mark for key, mark, _ in pairs):
        raise InputError(Message("cli-tag-no-pair"))
    tags = {key: value for key, _, value in pairs}
    if len(tags) < len(pairs):
        raise InputError(Message("cli-tag-key-twice"))
    return tags


@app.command(cls=Command, help="help-handshakes")
def handshakes(
    profile: Profile = None,
    role_arn: RoleArn = None,
    secret: Secret = None,
    output: Annotated[Literal["table", "json"], typer.Option("--format", help="help-format")] = "table",
) -> None:
    """List the handshakes that an organization sent, the pending ones first. Read-only."""
    with sentences():
        from orgtools.aws.masking import mask_json
        from orgtools.inviting import rows

        told = rows(profile=profile, role_arn=role_arn, secret=secret)
    if output == "json":
        typer.echo(json.dumps(mask_json(told), indent=2, default=lambda at: at.isoformat()))
    elif told:
        say(listed(told))
    else:
        say(Message("cli-no-handshakes"), err=True)
