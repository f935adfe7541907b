"""All that a record tells, as a level shows it: what is not on a list here is not shown."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from orgtools.aws.masking import HIDDEN
from orgtools.findings import Finding
from orgtools.messages import FactKind
from orgtools.plan import Plan, PlannedAccount
from orgtools.record.model.account_status import AccountOutcome
from orgtools.record.model.run_data import Party
from orgtools.record.redact.fields import redacted_events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.record.model.run_data import Picture
    from orgtools.record.redact.levels import Redactor

_OUTCOME: Final[Mapping[str, FactKind]] = {
    "account_id": FactKind.ACCOUNT,
    "name": FactKind.NAME,
    "wave": FactKind.NUMBER,
    "state": FactKind.TERM,
    "why": FactKind.CLAUSE,
    "planned": FactKind.UNIT,
    "path": FactKind.TERM,
    "at_start": FactKind.CLAUSE,
    "now": FactKind.CLAUSE,
    "arrival": FactKind.TERM,
    "handshake_id": FactKind.HANDSHAKE,
    "request_id": FactKind.REQUEST,
}
_HANDSHAKE: Final[Mapping[str, FactKind]] = {
    "account": FactKind.ACCOUNT,
    "name": FactKind.NAME,
    "state": FactKind.TERM,
    "age": FactKind.SPAN,
    "expires in": FactKind.SPAN,
    "invited by": FactKind.TERM,
    "caller": FactKind.ARN,
    "planned": FactKind.TERM,
    "wave": FactKind.NUMBER,
    "run": FactKind.CLAUSE,
    "seen by": FactKind.TERM,
    "inviter": FactKind.ACCOUNT,
    "organization": FactKind.ORGANIZATION,
    "sent (UTC)": FactKind.TIME,
    "expires (UTC)": FactKind.TIME,
    "action": FactKind.TERM,
    "handshake": FactKind.HANDSHAKE,
}


def conceal(picture: Picture, redactor: Redactor) -> Picture:
    """The picture as the redactor's level shows it."""
    return replace(
        picture,
        name=redactor.text(picture.name, FactKind.NAME, "run"),
        plan=Plan(tuple(_planned(account, redactor) for account in picture.plan.accounts)),
        plan_digest=redactor.text(picture.plan_digest, FactKind.DIGEST),
        source=_party(picture.source, redactor),
        destination=_party(picture.destination, redactor),
        units=tuple(replace(unit, path=redactor.text(unit.path, FactKind.UNIT)) for unit in picture.units),
        events=redacted_events(picture.events, redactor),
        outcomes=tuple(_outcome(outcome, redactor) for outcome in picture.outcomes),
        findings=tuple(_finding(finding, redactor) for finding in picture.findings),
        handshakes=_handshakes(picture.handshakes, redactor),
        bystanders=tuple(_finding(finding, redactor) for finding in picture.bystanders),
        unknown=tuple(map(redactor.message, picture.unknown)),
        remarks=tuple(map(redactor.message, picture.remarks)),
    )


def _outcome(outcome: AccountOutcome, redactor: Redactor) -> AccountOutcome:
    held = {field.name: getattr(outcome, field.name) for field in fields(outcome)}
    return AccountOutcome(**{name: _shown(fact, _OUTCOME.get(name), redactor) for name, fact in held.items()})


def _handshakes(table: pd.DataFrame, redactor: Redactor) -> pd.DataFrame:
    if redactor.shows_names:
        return table
    return pd.DataFrame(
        {name: [_shown(cell, _HANDSHAKE.get(name), redactor) for cell in table[name]] for name in table.columns}
    )


def _shown(fact: Any, kind: FactKind | None, redactor: Redactor) -> Any:
    return redactor.fact(fact, kind) if kind else HIDDEN


def _party(party: Party, redactor: Redactor) -> Party:
    return Party(
        redactor.text(party.organization_id, FactKind.ORGANIZATION),
        redactor.text(party.management_account_id, FactKind.ACCOUNT),
    )


def _planned(account: PlannedAccount, redactor: Redactor) -> PlannedAccount:
    def tag(text: str) -> str:
        return redactor.text(text, FactKind.NAME, "tag")

    return replace(
        account,
        account_id=redactor.text(account.account_id, FactKind.ACCOUNT),
        ou=redactor.text(account.ou, FactKind.UNIT),
        tags=tuple(sorted((tag(key), tag(value)) for key, value in account.tags)),
    )


def _finding(finding: Finding, redactor: Redactor) -> Finding:
    return Finding(
        account_id=redactor.text(finding.account_id, FactKind.ACCOUNT),
        check=redactor.text(finding.check, FactKind.TERM),
        status=finding.status,
        evidence=redactor.message(finding.evidence),
        until=finding.until,
    )
