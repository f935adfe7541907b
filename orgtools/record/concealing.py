"""All that a record tells, as a level shows it: what is not on a list here is not shown."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from orgtools.aws.masking import HIDDEN
from orgtools.findings import Finding
from orgtools.plan import Plan, PlannedAccount
from orgtools.record.fields import redacted_events
from orgtools.record.outcomes import AccountOutcome
from orgtools.record.picture import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgtools.record.levels import Redactor
    from orgtools.record.picture import Picture

_OUTCOME: Final = {
    "account_id": "text",
    "name": "name",
    "wave": "words",
    "state": "words",
    "words": "text",
    "next_step": "text",
    "planned": "path",
    "path": "words",
    "at_start": "text",
    "now": "text",
    "arrival": "words",
    "handshake_id": "text",
    "request_id": "text",
}
_HANDSHAKE: Final = {
    "account": "text",
    "name": "name",
    "state": "words",
    "age": "words",
    "expires in": "words",
    "invited by": "words",
    "caller": "text",
    "planned": "words",
    "wave": "words",
    "run": "text",
    "seen by": "words",
    "inviter": "text",
    "organization": "text",
    "sent (UTC)": "plain",
    "expires (UTC)": "plain",
    "action": "words",
    "handshake": "text",
}


def conceal(picture: Picture, redactor: Redactor) -> Picture:
    """The picture as the redactor's level shows it; without the names that the redactor knows."""
    ways = _ways(redactor)
    text = redactor.text
    return replace(
        picture,
        name=redactor.name("run", picture.name),
        plan=Plan(tuple(_planned(account, redactor) for account in picture.plan.accounts)),
        plan_digest=text(picture.plan_digest),
        source=_party(picture.source, redactor),
        destination=_party(picture.destination, redactor),
        units=tuple(replace(unit, path=redactor.path(unit.path)) for unit in picture.units),
        events=redacted_events(picture.events, redactor),
        outcomes=tuple(AccountOutcome(**_shown(asdict(outcome), _OUTCOME, ways)) for outcome in picture.outcomes),
        findings=tuple(_finding(finding, redactor) for finding in picture.findings),
        handshakes=pd.DataFrame(
            {
                name: picture.handshakes[name].map(ways[_HANDSHAKE[name]] if name in _HANDSHAKE else _hidden)
                for name in picture.handshakes.columns
            }
        )
        if not redactor.shows_names
        else picture.handshakes,
        bystanders=tuple(_finding(finding, redactor) for finding in picture.bystanders),
        unknown=tuple(map(text, picture.unknown)),
        remarks=tuple(map(text, picture.remarks)),
        names={},
    )


def _ways(redactor: Redactor) -> Mapping[str, Callable[[Any], Any]]:
    return {
        "text": redactor.text,
        "words": redactor.words,
        "path": redactor.path,
        "name": lambda value: redactor.name("name", value),
        "plain": lambda value: value,
    }


def _shown(
    held: Mapping[str, Any], listed: Mapping[str, str], ways: Mapping[str, Callable[[Any], Any]]
) -> dict[str, Any]:
    return {name: ways[listed[name]](value) if name in listed else HIDDEN for name, value in held.items()}


def _hidden(_: object) -> str:
    return HIDDEN


def _party(party: Party, redactor: Redactor) -> Party:
    return Party(redactor.text(party.organization_id), redactor.text(party.management_account_id))


def _planned(account: PlannedAccount, redactor: Redactor) -> PlannedAccount:
    return replace(
        account,
        account_id=redactor.text(account.account_id),
        ou=redactor.path(account.ou),
        tags=tuple(sorted((redactor.name("tag", key), redactor.name("tag", value)) for key, value in account.tags)),
    )


def _finding(finding: Finding, redactor: Redactor) -> Finding:
    return Finding(
        account_id=redactor.text(finding.account_id),
        check=redactor.words(finding.check),
        status=finding.status,
        evidence=redactor.message(finding.evidence),
        until=finding.until,
    )
