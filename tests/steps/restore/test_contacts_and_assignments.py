"""What an arrived account gets back from its export: all of it or nothing, once, and never without being asked."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from typer.testing import CliRunner

import orgtools
from orgtools import assess, steps
from orgtools.cli import app
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from orgtools.steps import ASSIGNMENTS, CONTACTS, COST_TAGS, SHARES, Blocked, Do, Done, Wait
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, confirmed, do
from tests.said import says
from tests.steps import own
from tests.steps.dying import dying

if TYPE_CHECKING:
    from tests.rehearsed import Run

ONE: Final = PLAIN[:1]
ASKED: Final = {
    CONTACTS.name: ("restore", "contacts = true\n"),
    ASSIGNMENTS.name: ("restore", "assignments = true\n"),
}
ASKING: Final = f"{rehearsed.PROFILES}{rehearsed.FAST}[restore]\ncontacts = true\nassignments = true\n"
HEAD: Final = "permission_set,principal,to_permission_set,to_principal\n"
CONTACT: Final = {
    "Name": "Made Up",
    "Title": "Head of Bills",
    "EmailAddress": "bills@example.com",
    "PhoneNumber": "+15550123",
}
JANE, JOE = rehearsed.USERS
GROUP: Final = "11111111-2222-3333-4444-555555555555"


def _client(service: str, profile: str) -> Any:
    return boto3.Session(profile_name=profile).client(service)  # type: ignore[call-overload]


def _permission_set(profile: str, name: str) -> dict[str, str]:
    center = _client("sso-admin", profile)
    (instance,) = center.list_instances()["Instances"]
    where = {"InstanceArn": instance["InstanceArn"]}
    made = center.create_permission_set(**where, Name=name)["PermissionSet"]["PermissionSetArn"]
    return {**where, "PermissionSetArn": made}


def _furnish(account_id: str) -> None:
    """Two contacts and two assignments, while the account is in the source; the users have no names there any more."""
    contacts = _client("account", "source")
    for kind in ("BILLING", "SECURITY"):
        contacts.put_alternate_contact(AccountId=account_id, AlternateContactType=kind, **CONTACT)
    sets = _permission_set("source", "Administrators")
    center = _client("sso-admin", "source")
    for user in rehearsed.USERS:
        center.create_account_assignment(
            **sets, TargetId=account_id, TargetType="AWS_ACCOUNT", PrincipalType="USER", PrincipalId=user
        )
    center.provision_permission_set(**sets, TargetType="ALL_PROVISIONED_ACCOUNTS")


def _arrived(run: Run) -> orgtools.Migration:
    """A run whose first account was furnished, exported and moved, and has lost its contacts meanwhile."""
    tables = rehearsed.scenario()
    for side in tables["organizations"][:2]:
        side["trusted_services"] = ["account.amazonaws.com"]
    run.rehearsal.reset(tables)
    _furnish(ONE[0])
    run.settings(ASKING)
    migration = run.open()
    assess.export(migration, ONE)
    run.rehearsal.intervene("join", account=ONE[0], organization=DESTINATION, unit="Workloads/Prod")
    contacts = _client("account", "destination")
    for kind in ("BILLING", "SECURITY"):
        contacts.delete_alternate_contact(AccountId=ONE[0], AlternateContactType=kind)
    return migration


def _map(run: Run, *rows: str) -> None:
    (run.folder / "assignments.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def _held(account_id: str, sets: dict[str, str]) -> list[tuple[str, str]]:
    found = _client("sso-admin", "destination").list_account_assignments(**sets, AccountId=account_id)
    return [(one["PrincipalType"], one["PrincipalId"]) for one in found["AccountAssignments"]]


def test_contacts_are_put_back_and_stand_in_no_ledger_and_no_preview(run: Run) -> None:
    """As they were, once; a second run finds nothing to do."""
    migration = _arrived(run)
    shown = steps.preview(migration, CONTACTS, ONE)
    assert "example.com" not in repr(shown.decisions)
    assert confirmed(do(migration, CONTACTS, ONE)) == set(ONE)
    for kind in ("BILLING", "SECURITY"):
        held = _client("account", "destination").get_alternate_contact(AccountId=ONE[0], AlternateContactType=kind)
        assert held["AlternateContact"] == {"AlternateContactType": kind, **CONTACT}
    (decision,) = steps.preview(run.open(), CONTACTS, ONE).decisions
    assert isinstance(decision, Done)
    told = json.dumps([event.data for event in migration.ledger.events()])
    assert "bills@" not in told
    assert CONTACT["PhoneNumber"] not in told


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_is_settled_by_looking(run: Run, kind: Any) -> None:
    """Of two contacts, the first's answer does not come: what took effect is not done again."""
    migration = _arrived(run)
    made = len([call for call in run.changing() if call.operation == "PutAlternateContact"])
    run.rehearsal.script(Fault("PutAlternateContact", kind, calls=[1]))
    assert confirmed(do(migration, CONTACTS, ONE)) == set(ONE)
    put = [call for call in run.changing() if call.operation == "PutAlternateContact"][made:]
    assert len(put) == 2 + (kind == "cut")
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]


def test_contacts_need_trusted_access_and_say_so(run: Run) -> None:
    """Could not look is not fine."""
    migration = _arrived(run)
    _client("organizations", "destination").disable_aws_service_access(ServicePrincipal="account.amazonaws.com")
    (decision,) = steps.preview(migration, CONTACTS, ONE).decisions
    assert isinstance(decision, Blocked)
    assert "Grant account:GetAlternateContact to the caller (" in decision.next_step
    assert "destination-operator" in decision.next_step
    assert "trust account.amazonaws.com" in decision.next_step


def test_assignments_are_made_in_the_destinations_instance_as_the_file_says(run: Run) -> None:
    """One principal for two, another permission set; a second run finds nothing to do."""
    migration = _arrived(run)
    sets = _permission_set("destination", "Admins")
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}", f"Administrators,USER {JOE},Admins,GROUP {GROUP}")
    assert confirmed(do(migration, ASSIGNMENTS, ONE)) == set(ONE)
    assert _held(ONE[0], sets) == [("GROUP", GROUP)]
    (decision,) = steps.preview(run.open(), ASSIGNMENTS, ONE).decisions
    assert isinstance(decision, Done)


def _failing(run: Run) -> orgtools.Migration:
    """One assignment to make, of a permission set whose customer managed policy the account lacks."""
    migration = _arrived(run)
    sets = _permission_set("destination", "Admins")
    _client("sso-admin", "destination").attach_customer_managed_policy_reference_to_permission_set(
        **sets, CustomerManagedPolicyReference={"Name": "Boundary"}
    )
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}", f"Administrators,USER {JOE},,")
    return migration


def _mend() -> None:
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
    rehearsed.inside(ONE[0], "iam").create_policy(PolicyName="Boundary", PolicyDocument=json.dumps(policy))


def _created(run: Run) -> int:
    return len([call for call in run.changing() if call.operation == "CreateAccountAssignment"])


@pytest.mark.parametrize("answer", ["answered", "lost"])
def test_an_assignment_that_aws_takes_and_cannot_make_tells_why_and_is_not_repeated(run: Run, answer: str) -> None:
    """AWS's reason and the next step, in the outcome, the ledger and the next preview; mended, it is made."""
    migration = _failing(run)
    made = _created(run)
    if answer == "lost":
        run.rehearsal.script(Fault("CreateAccountAssignment", "lost", calls=[1]))
    (outcome,) = do(migration, ASSIGNMENTS, ONE).outcomes
    assert outcome.status is steps.Status.REFUSED
    assert f"AWS could not assign Admins to GROUP {GROUP} (request " in str(outcome.why)
    assert "Not supported policy arn:aws:iam::300000000001:policy/Boundary" in str(outcome.why)
    assert "customer managed policy" in outcome.next_step
    assert _created(run) == made + 1
    (settled,) = migration.ledger.events(Kind.SETTLED)
    assert not settled.data["took_effect"]
    assert "Not supported policy" in str(Message.from_json(settled.data["observed"]))
    assert not migration.ledger.unconfirmed(ASSIGNMENTS.name)
    again = run.open()
    (decision,) = steps.preview(again, ASSIGNMENTS, ONE).decisions
    assert isinstance(decision, Do)
    assert "Not supported policy" in str(decision.why)
    _mend()
    assert confirmed(do(again, ASSIGNMENTS, ONE)) == set(ONE)


def test_an_assignment_that_failed_unseen_is_told_by_the_next_kernel(run: Run) -> None:
    """The process died between the call and its outcome, and AWS could not make it."""
    migration = _failing(run)
    made = _created(run)
    with dying():
        do(migration, ASSIGNMENTS, ONE)
    with orgtools.open(run.folder) as again:
        shown = steps.preview(again, ASSIGNMENTS, ONE)
        steps.apply(again, shown, None)
        (settled,) = again.ledger.events(Kind.SETTLED)
    assert "Not supported policy" in str(Message.from_json(settled.data["observed"]))
    assert _created(run) == made + 1


def test_an_assignment_that_takes_its_time_is_looked_on_at_and_not_made_twice(run: Run) -> None:
    """Under way it waits, in any kernel; it is done when AWS lists it."""
    migration = _arrived(run)
    _permission_set("destination", "Admins")
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}", f"Administrators,USER {JOE},,")
    run.rehearsal.switch(assignment_seconds=600)
    made = _created(run)
    (outcome,) = do(migration, ASSIGNMENTS, ONE).outcomes
    assert outcome.status is steps.Status.UNCONFIRMED
    wanted = Message("regain-assign", permission_set="Admins", kind="GROUP", principal=GROUP)
    assert says(outcome.why, "regain-assigning", change=wanted)
    again = run.open()
    (decision,) = steps.preview(again, ASSIGNMENTS, ONE).decisions
    assert isinstance(decision, Wait)
    assert do(again, ASSIGNMENTS, ONE).is_dry_run
    assert _created(run) == made + 1
    run.rehearsal.advance(timedelta(seconds=601))
    assert isinstance(steps.preview(again, ASSIGNMENTS, ONE).decisions[0], Done)


def test_an_assignment_of_some_seconds_is_confirmed_in_one_go(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step looks again until AWS lists it."""
    _arrived(run)
    _permission_set("destination", "Admins")
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}", f"Administrators,USER {JOE},,")
    migration = run.open()
    run.rehearsal.set_speed(rehearsed.STILL)
    run.rehearsal.switch(assignment_seconds=3)
    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", lambda _: run.rehearsal.advance(timedelta(seconds=1)))
    assert confirmed(do(migration, ASSIGNMENTS, ONE)) == set(ONE)


def test_a_missing_row_is_named_and_nothing_is_half_done(run: Run) -> None:
    """The row as it begins; with an empty target the assignment is left out deliberately."""
    migration = _arrived(run)
    sets = _permission_set("destination", "Admins")
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}")
    (decision,) = steps.preview(migration, ASSIGNMENTS, ONE).decisions
    assert isinstance(decision, Blocked)
    assert "assignments.csv" in decision.next_step
    assert f"Administrators,USER {JOE},," in decision.next_step
    assert _held(ONE[0], sets) == []
    _map(run, f"Administrators,USER {JANE},Admins,GROUP {GROUP}", f"Administrators,USER {JOE},,")
    assert confirmed(do(migration, ASSIGNMENTS, ONE)) == set(ONE)


def test_a_permission_set_that_is_not_there_is_named(run: Run) -> None:
    """Nothing is called."""
    migration = _arrived(run)
    _map(run, *(f"Administrators,USER {user},Nobodys,GROUP {GROUP}" for user in rehearsed.USERS))
    (decision,) = steps.preview(migration, ASSIGNMENTS, ONE).decisions
    assert isinstance(decision, Blocked)
    assert says(decision.why, "regain-no-permission-set", names=("Nobodys",))


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("a,b\n", "header-missing", {"columns": ("permission_set", "principal", "to_permission_set", "to_principal")}),
        (f"{HEAD}A,USER u,B,jane\n", "row-wrong", {"row": 2, "why": Message("principal-id-wrong", given="jane")}),
        (
            f"{HEAD}A,USER u,,\nA,USER u,,\n",
            "row-wrong",
            {"row": 3, "why": Message("assignment-twice", permission_set="A", given="USER u")},
        ),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(run: Run, text: str, code: str, facts: dict[str, Any]) -> None:
    """With the row: when the run is opened, when it is assessed, and when the step is shown."""
    run.settings(ASKING)
    migration = run.open()
    (run.folder / "assignments.csv").write_text(text, encoding="utf-8")
    for refused in (
        lambda: orgtools.open(run.folder),
        lambda: assess.assess(migration, checks=("E1",)),
        lambda: steps.preview(migration, ASSIGNMENTS, ONE),
    ):
        with pytest.raises(orgtools.InputError) as refusal:
            refused()
        assert says(refusal.value.message, code, **facts)


def _ask_for_all(run: Run) -> orgtools.Migration:
    run.settings(rehearsed.PROFILES + rehearsed.FAST + own.asking({}))
    return run.open()


@pytest.mark.parametrize("step", steps.REGAINING, ids=lambda step: step.name)
def test_nothing_is_looked_at_without_being_asked(run: Run, step: steps.Step) -> None:
    """Off unless migration.toml says so; and before it has arrived, an account waits."""
    migration = run.open()
    before = len(run.rehearsal.calls())
    assert isinstance(steps.preview(migration, step, ONE).decisions[0], Done)
    assert {call.service for call in run.rehearsal.calls(since=before)} <= {"organizations", "servicequotas"}
    assert isinstance(steps.preview(_ask_for_all(run), step, ONE).decisions[0], Wait)


@pytest.mark.parametrize("step", [CONTACTS, ASSIGNMENTS, SHARES, COST_TAGS], ids=lambda step: step.name)
def test_what_was_never_exported_is_not_brought_back(run: Run, step: steps.Step) -> None:
    """The account has arrived, and the step is blocked."""
    migration = _ask_for_all(run)
    run.rehearsal.intervene("join", account=ONE[0], organization=DESTINATION, unit="Workloads/Prod")
    (decision,) = steps.preview(migration, step, ONE).decisions
    assert isinstance(decision, Blocked)
    assert decision.why.code.endswith("not-exported")


def test_the_command_line_puts_back_what_its_dry_run_showed(run: Run) -> None:
    """With the digest, and not without."""
    _arrived(run)
    name = ["run", "contacts", "--folder", str(run.folder), "--account", ONE[0]]
    dry = CliRunner().invoke(app, name)
    assert dry.exit_code == 0, dry.output
    digest = dry.output.split()[-1]
    done = CliRunner().invoke(app, [*name, "--approve", digest])
    assert done.exit_code == 0, done.output
    assert "contacts: 1 confirmed." in done.output


@pytest.mark.parametrize("step", steps.REGAINING, ids=lambda step: step.name)
def test_each_has_a_command_and_a_setting(run: Run, step: steps.Step) -> None:
    """By its own name; nothing arrived, so there is nothing to do."""
    _ask_for_all(run)
    done = CliRunner().invoke(app, ["run", step.name, "--folder", str(run.folder), "--account", ONE[0]])
    assert done.exit_code == 0, done.output
    assert str(Message("regain-not-arrived")) in done.output
