"""What a record shows at each level: secrets planted wherever AWS lets somebody write are in no file of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import nbformat
import pytest

from orgtools import record, steps
from orgtools.assess import assess
from orgtools.aws.masking import HIDDEN
from orgtools.exceptions import InputError
from orgtools.ledger import Event, Kind
from orgtools.ledger.events import broken_links
from orgtools.messages import FactKind, Message
from orgtools.record.redact.fields import redacted_events
from orgtools.record.redact.levels import SHOWN, Level, Redactor
from orgtools.rehearsal import Fault
from tests.record.bundles import text_of
from tests.rehearsed import (
    ACCOUNTS,
    DELEGATED,
    DESTINATION,
    FAST,
    OUTSIDE,
    PLAIN,
    PROFILES,
    RESIDENT,
    SOURCE,
    YOUNG,
    Run,
    do,
    rehearse,
    scenario,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import orgtools

KEY: Final = "AKIAPLANTEDKEYID0001"
TEMPORARY: Final = "ASIAPLANTEDKEYID0002"
SECRET: Final = "pL4n7edSecr3tAcc3ssK3yW1thF0rtyCh4racter"
SESSION: Final = "IQoJb3JpZ2luX2VjEPl4nT3dZ8Kq0wXr7TnYb5MvC1dGhJ2sLfAeUiO9pQ6"
TOKEN: Final = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJl"
EMAIL: Final = "jane.planted@planted.example.com"
SECRETS: Final = (KEY, TEMPORARY, SECRET, SESSION, TOKEN, EMAIL)
PERSONAL: Final = ("Planted Payroll", "PlantedUnit", "planted-tag", "planted-value", "planted words for people")
"""What people named: shown inside the house only."""
IDS: Final = (SOURCE, DESTINATION, "111111111111", "222222222222", *PLAIN, OUTSIDE, RESIDENT)


def planted() -> dict[str, Any]:
    """Two organizations in which somebody wrote secrets wherever AWS lets them write."""
    tables = scenario()
    source, destination, _ = tables["organizations"]
    secrets = dict(zip((*PLAIN, DELEGATED, YOUNG, OUTSIDE), SECRETS, strict=True))
    for account in source["accounts"]:
        account["name"] = secrets.get(account["id"], "Planted Payroll")[:50]
        account["email"] = f"x{account['id']}+{EMAIL}"
        account["tags"] = {"planted-tag": SECRET, KEY: TOKEN, "owner": EMAIL, "session": SESSION}
    destination["accounts"][0] |= {"name": "Planted Payroll", "tags": {"planted-tag": "planted-value", "mail": EMAIL}}
    destination["units"] += [TEMPORARY, SESSION, f"Mail {EMAIL}", "PlantedUnit", {"name": f"of/{SECRET}"}]
    source["units"] += [TOKEN]
    for invitation in tables["invitations"]:
        invitation |= {"notes": f"{EMAIL} {SESSION} planted words for people", "tags": {"planted-tag": TOKEN, "k": KEY}}
    tables["invitations"].append(
        {"id": "h-bymail00001", "organization": DESTINATION, "account": OUTSIDE, "days_ago": 1, "by_email": True}
    )
    return tables


@pytest.fixture(scope="module")
def migration(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[orgtools.Migration]:
    """A run against `planted`: accounts moved, one refused with secrets in AWS's answer, one answer lost."""
    with pytest.MonkeyPatch.context() as patch:
        run = Run(tmp_path_factory.mktemp("planted") / "run", rehearse(patch, planted()))
        notes = f"{EMAIL} {KEY} planted words for people"
        run.settings(f'name = "planted-run"\n{PROFILES}{FAST}[invitation]\nnotes = "{notes}"\n')
        secret_tags = f"planted-tag=planted-value;token={TOKEN};"
        run.accounts(
            ACCOUNTS.replace("/Prod,1,direct,team=shop;", f"/Prod,1,direct,{secret_tags}").replace(
                "Workloads/Test,1,direct,", f"PlantedUnit,1,direct,key={KEY};session={SESSION}"
            )
        )
        opened = run.open()
        assess(opened)
        run.rehearsal.script(
            Fault("InviteAccountToOrganization", "refuse", calls=(1,), code=f"Odd{KEY}", reason=f"{SECRET} {EMAIL}"),
            Fault("MoveAccount", "lost", calls=(1,)),
        )
        for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
            do(opened, step, PLAIN)
        yield opened
        run.rehearsal.script()
        run.close()


def _notebooks(folder: Path) -> Path:
    """An executed notebook that shows secrets in every way in which a cell can."""
    folder.mkdir()
    said = f"planted words for people {' '.join(SECRETS)} {PLAIN[0]} {SOURCE}"
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": said},
        {"output_type": "error", "ename": "X", "evalue": said, "traceback": [said]},
        {
            "output_type": "display_data",
            "metadata": {"m": said},
            "data": {"text/html": f"<td title='{said}'>{said}</td>"},
        },
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"application/json": {said: [said]}, "text/plain": said},
        },
    ]
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": said},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"note": said},
            "source": f"token = '{said}'",
            "execution_count": 1,
            "outputs": outputs,
        },
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"widgets": {"state": said}}, "cells": cells}
    nbformat.write(nbformat.from_dict(notebook), folder / "Planted Payroll.ipynb")
    return folder


@pytest.mark.parametrize("level", record.Level)
def test_no_planted_secret_is_in_any_file(migration: orgtools.Migration, tmp_path: Path, level: record.Level) -> None:
    """At every level; nor is a name at partner and public, nor an id at public. What a level shows is there."""
    written = record.write(migration, notebooks=_notebooks(tmp_path / "executed"), level=level)
    files = {path.relative_to(written.folder).as_posix(): text_of(path) for path in written.folder.rglob("*.*")}
    everything = "\n".join([*files, *files.values()])

    assert [(name, secret) for name, text in files.items() for secret in SECRETS if secret in name + text] == []
    assert "@planted" not in everything.replace("***@planted", "") or level is not record.Level.INTERNAL
    shown = {text for text in PERSONAL if text in everything}
    ids = {id_ for id_ in IDS if id_ in everything}
    if level is record.Level.INTERNAL:
        assert {"Planted Payroll", "PlantedUnit"} <= shown
    else:
        assert shown == set()
        assert "planted" not in everything.lower()
    assert ids == (set() if level is record.Level.PUBLIC else set(IDS))
    assert record.verify(written.folder) == []


def _events(folder: Path) -> list[Event]:
    lines = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    return [Event.from_json(json.loads(line)) for line in lines]


def test_the_same_account_has_the_same_pseudonym_in_every_file(migration: orgtools.Migration) -> None:
    """Plan, ledger, tables and page: one account can be followed through all of them."""
    folder = record.write(migration, level="public").folder
    planned = [line.split(",")[0] for line in (folder / "plan.csv").read_text().splitlines()[1:]]
    assert len(set(planned)) == len(migration.plan.accounts)
    assert all(re.fullmatch(r"account-[a-z2-7]{10}", name) for name in planned)
    for account_id, pseudonym in zip(PLAIN, planned, strict=False):
        ours = [event.number for event in migration.ledger.events(account_id=account_id)]
        theirs = [event.number for event in _events(folder) if event.account_id == pseudonym]
        assert ours == theirs
        for name in ("outcomes.csv", "findings.csv", "record.html"):
            assert pseudonym in text_of(folder / name)


def test_another_record_has_other_pseudonyms(migration: orgtools.Migration) -> None:
    """Nobody who knows an id finds its pseudonym by computing: the key is random and kept nowhere."""
    one = (record.write(migration, level="public").folder / "plan.csv").read_text()
    other = (record.write(migration, level="public").folder / "plan.csv").read_text()
    assert not {line.split(",")[0] for line in one.splitlines()[1:]} & {
        line.split(",")[0] for line in other.splitlines()
    }


@pytest.mark.parametrize("level", ["public", "partner"])
def test_a_redacted_ledger_has_a_chain_of_its_own_and_names_the_head_of_the_runs(
    migration: orgtools.Migration, level: str
) -> None:
    """Seal, manifest and page name it, and the run's own ledger seals the record's files after it."""
    folder = record.write(migration, level=level).folder
    events, ours = _events(folder), list(migration.ledger.events())
    assert broken_links(events) == []
    assert [event.number for event in events] == [event.number for event in ours]
    assert not {event.hash for event in events} & {event.hash for event in ours}
    head = ours[-1].previous
    assert events[-1].data["original_head"] == head
    assert json.loads((folder / "manifest.json").read_text())["original_head"] == head
    assert head in (folder / "record.html").read_text()
    assert ours[-1].data["files"] == events[-1].data["files"]


def test_an_internal_ledger_is_the_runs_own(migration: orgtools.Migration) -> None:
    """Event by event, with its hashes."""
    folder = record.write(migration).folder
    assert _events(folder) == list(migration.ledger.events())


_STOPPED: Final = Message("stopped-by-refusals", count=5, reason="PAST_DUE_INVOICE", why=Message("not-started"))


def test_a_field_that_is_not_on_the_list_is_not_shown(migration: orgtools.Migration) -> None:
    """Whatever an event will carry one day is hidden until somebody lists it."""
    migration.ledger.append(Kind.STOPPED, step="invite", why=_STOPPED.as_json(), colour="blue planted")
    events = _events(record.write(migration, level="partner").folder)
    stopped = [event for event in events if event.kind == "stopped"][-1]
    assert "blue" not in json.dumps(stopped.data)
    assert Message.from_json(stopped.data["why"]) == _STOPPED


def test_a_level_that_does_not_exist_is_refused(migration: orgtools.Migration) -> None:
    """Before anything is written."""
    with pytest.raises(InputError) as refused:
        record.write(migration, level="everybody")
    assert refused.value.message.facts["choices"] == ("public", "partner", "internal")


_AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
IN_A_MESSAGE: Final = Message(
    "all",
    account="300000000001",
    organization="o-sourceorg001",
    handshake="h-0000000001",
    unit="ou-src1-00000001",
    name="Payroll",
    tags=["team", "shop"],
    caller="arn:aws:iam::300000000001:user/jane",
    words="AWS said so",
    state="ACTIVE",
    count=3,
    why=Message("inner", account="300000000001", name="Payroll", words="and so"),
)


def test_a_level_shows_a_fact_by_its_kind() -> None:
    """Ids to a partner, names to nobody outside, counts and AWS's terms to all; also in a message inside another."""
    shown = {level: json.dumps(Redactor(level).message(IN_A_MESSAGE).as_json()) for level in Level}
    ids = ("300000000001", "o-sourceorg001", "h-0000000001", "ou-src1-00000001")
    people = ("Payroll", "team", "shop", "jane", "said so", "and so")
    assert [[text in shown[level] for text in ids] for level in Level] == [[False] * 4, [True] * 4, [True] * 4]
    assert [[text in shown[level] for text in people] for level in Level] == [[False] * 6, [False] * 6, [True] * 6]
    assert all("ACTIVE" in said and '"count": 3' in said for said in shown.values())


def test_every_kind_of_fact_has_its_place_in_the_table() -> None:
    """A new kind is hidden until somebody says who may see it; messages inside are shown fact by fact."""
    assert set(FactKind) - {FactKind.CLAUSE, FactKind.SENTENCE} == SHOWN.keys()


@pytest.mark.parametrize("kind", [FactKind.ACCOUNT, FactKind.HANDSHAKE, FactKind.UNIT, FactKind.TERM, FactKind.TIME])
def test_what_is_not_written_as_its_kind_is_not_shown_as_it_is(kind: FactKind) -> None:
    """A telephone number in the place of an id, or of a word of AWS."""
    assert "4829" not in Redactor(Level.PARTNER).text("+49 4829 1503-72", kind)


def test_a_pseudonym_is_another_with_each_key() -> None:
    """The same in one record, so that a thing can be followed; in another record nobody finds it again."""
    one, other = Redactor(Level.PUBLIC), Redactor(Level.PUBLIC)
    first, again, elsewhere = (held.text("300000000001", FactKind.ACCOUNT) for held in (one, one, other))
    assert first == again != elsewhere


@pytest.mark.parametrize(
    ("one", "several"), [("account", "accounts"), ("account", "management_account"), ("role", "roles")]
)
def test_a_thing_has_one_pseudonym_whatever_the_message_calls_it(one: str, several: str) -> None:
    """An account in a list of accounts is the account of the table beside it."""
    held, thing = Redactor(Level.PUBLIC), "300000000001"
    alone, listed = (held.message(Message("inner", **{name: thing})).facts[name] for name in (one, several))
    assert alone == listed != thing


def test_our_own_words_are_shown_to_everybody() -> None:
    """What this run did with a handshake, by the number of an event; and the answers that a question takes."""
    done, redactor = Message("handshake-done", step="accept", event=100200), Redactor(Level.PUBLIC)
    assert redactor.fact((done,), FactKind.CLAUSE) == (done,)
    assert redactor.text("no|settled|yes", FactKind.TERM) == "no|settled|yes"


def test_a_digest_that_was_typed_has_the_pseudonym_of_the_approvals_digest() -> None:
    """So that a reader sees that exactly that was approved."""
    digest = "ab" * 32
    event = Event(1, _AT, Kind.APPROVED, "invite", "", {"typed": digest, "digest": digest}, "", "")
    (shown,) = redacted_events([event], Redactor(Level.PUBLIC))
    assert shown.data["typed"] == shown.data["digest"] != digest


def test_what_nobody_listed_is_hidden_in_an_event() -> None:
    """Also a word that is harmless elsewhere."""
    event = Event(1, _AT, Kind.OUTCOME, "invite", "", {"unheard_of": "invite"}, "", "")
    (shown,) = redacted_events([event], Redactor(Level.PUBLIC))
    assert shown.data == {"unheard_of": HIDDEN}
