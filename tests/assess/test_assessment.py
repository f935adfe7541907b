"""A whole assessment against the rehearsal: it changes nothing, and could not look is never fine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import Verdict, assess
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal.limits.faults import Fault
from tests import rehearsed
from tests.rehearsed import COURTED, DELEGATED, PLAIN, STANDALONE, SUSPENDED, YOUNG, inside

if TYPE_CHECKING:
    from tests.rehearsed import Run


def _by_check(found: assess.Assessment, account_id: str) -> dict[str, Verdict]:
    return {finding.check: finding.status for finding in found.of(account_id)}


def test_an_assessment_changes_nothing_and_finds_what_is_there(run: Run) -> None:
    """Every check of the catalogue; each account with its worst. Nobody of the destination can enter, so all warn.

    What no API answers is unknown: nobody has answered yet.
    """
    migration = run.open()
    found = assess.assess(migration)
    assert run.changing() == []
    assert found.worst() == {
        **dict.fromkeys(PLAIN, Verdict.WARN),
        STANDALONE: Verdict.UNKNOWN,
        DELEGATED: Verdict.BLOCK,
        YOUNG: Verdict.BLOCK,
        SUSPENDED: Verdict.BLOCK,
        COURTED: Verdict.WARN,
    }
    assert _by_check(found, DELEGATED)["E7"] is Verdict.BLOCK
    assert _by_check(found, YOUNG)["E2"] is Verdict.BLOCK
    assert _by_check(found, SUSPENDED)["E1"] is Verdict.BLOCK
    assert _by_check(found, COURTED)["E11"] is Verdict.WARN
    organizations = {name for name, check in assess.CATALOGUE.items() if check.concerns == "organization"}
    asked = organizations & assess.QUESTIONS.keys()
    assert _by_check(found, "") == dict.fromkeys(organizations - asked, Verdict.OK) | dict.fromkeys(
        asked, Verdict.UNKNOWN
    ) | {"D7.others": Verdict.INFO}
    fine = (Verdict.OK, Verdict.INFO)
    assert {check for check, status in _by_check(found, PLAIN[0]).items() if status not in fine} == {"E16"}
    # Those that answer for others are made where the source is not ours.
    made = {name for name, check in assess.CATALOGUE.items() if not check.answers}
    assert {finding.check for finding in found.findings} == made


def test_assessing_again_says_what_changed(run: Run) -> None:
    """What got worse or better since the last time, by account and check; the first time nothing has."""
    migration = run.open()
    assert assess.assess(migration, PLAIN[:2], checks=rehearsed.DECIDING).changes() == ()
    run.rehearsal.intervene("state", account=PLAIN[0], state="SUSPENDED")
    (change,) = assess.assess(migration, PLAIN[:2], checks=["E1", "E2"]).changes()
    assert (change.account_id, change.check, change.before, change.now) == (PLAIN[0], "E1", Verdict.OK, Verdict.BLOCK)
    assert "SUSPENDED" in str(change.evidence)
    run.rehearsal.intervene("state", account=PLAIN[0], state="ACTIVE")
    (change,) = assess.assess(migration, PLAIN[:2], checks=["E1", "E2"]).changes()
    assert (change.before, change.now) == (Verdict.BLOCK, Verdict.OK)


def test_only_the_checks_that_are_asked_for_are_made(run: Run) -> None:
    """And the way in, which the others need; a check that nobody knows is refused."""
    migration = run.open()
    found = assess.assess(migration, PLAIN[:1], checks=["E1", "E9"])
    assert {finding.check for finding in found.findings} == {"E1", "E9", "E15"}
    assess.assess(migration, PLAIN[:1], checks=["E2"])
    assert {finding.check for finding in run.open().assessment()[PLAIN[0]]} == {"E1", "E2", "E15"}, "older ones count"
    with pytest.raises(orgtools.InputError) as refusal:
        assess.assess(migration, checks=["E99"])
    assert (refusal.value.message.code, refusal.value.message.facts["checks"]) == ("checks-unknown", ("E99",))


def test_a_suspended_account_is_not_called_fine_where_nobody_could_look(run: Run) -> None:
    """It cannot be entered: blocked for that, unknown for what only it can see."""
    found = assess.assess(run.open(), [SUSPENDED])
    checks = _by_check(found, SUSPENDED)
    assert (checks["E15"], checks["E11"]) == (Verdict.BLOCK, Verdict.UNKNOWN)


def test_findings_are_in_the_ledger_and_the_newest_count(run: Run) -> None:
    """For every notebook that comes later; an account that was not assessed again keeps its older findings."""
    migration = run.open()
    assess.assess(migration)
    run.rehearsal.intervene("trust", account=PLAIN[0], role="OrganizationAccountAccessRole", trusts=[])
    again = run.open()
    assess.assess(again, [PLAIN[0]])
    seen = run.open().assessment()
    assert orgtools.findings.worst(seen[PLAIN[0]]) is Verdict.BLOCK
    assert orgtools.findings.worst(seen[PLAIN[1]]) is Verdict.WARN
    assert len(list(again.ledger.events(Kind.ASSESSED))) == 2


def test_an_account_outside_the_plan_is_not_entered(run: Run) -> None:
    """Not even to look."""
    migration = run.open()
    with pytest.raises(orgtools.InputError) as refusal:
        assess.assess(migration, [rehearsed.OUTSIDE])
    assert refusal.value.message == Message("accounts-not-planned", accounts=[rehearsed.OUTSIDE], count=1)
    assert "AssumeRole" not in {call.operation for call in run.rehearsal.calls()}


def test_each_account_is_entered_once(run: Run) -> None:
    """The role's credentials serve every check."""
    assess.assess(run.open(), PLAIN)
    assert [call.account for call in run.rehearsal.calls() if call.operation == "AssumeRole"].count(PLAIN[0]) == 1


def test_what_aws_does_not_show_is_unknown_with_what_to_grant(run: Run) -> None:
    """Delegated administrators and the quota hidden: nothing of it is fine, and the rest is still found."""
    run.rehearsal.script(
        Fault("ListDelegatedAdministrators", "refuse", probability=1.0, code="AccessDeniedException"),
        Fault("ListServiceQuotas", "refuse", probability=1.0, code="AccessDeniedException"),
        Fault("ListHandshakesForAccount", "refuse", probability=1.0, code="AccessDeniedException"),
    )
    found = assess.assess(run.open(), PLAIN[:1])
    unknown = {
        finding.check: finding
        for finding in found.findings
        if finding.status is Verdict.UNKNOWN and finding.check not in assess.QUESTIONS
    }
    assert set(unknown) == {"E7", "E8", "E11"}
    assert "organizations:ListDelegatedAdministrators" in unknown["E7"].remedy
    assert "servicequotas:ListServiceQuotas" in unknown["E8"].remedy
    assert "organizations:ListHandshakesForAccount" in unknown["E11"].remedy
    assert found.worst() == {PLAIN[0]: Verdict.UNKNOWN}


def test_an_arrived_account_is_not_entered(run: Run) -> None:
    """Nothing is left to accept."""
    run.rehearsal.intervene("join", account=PLAIN[0], organization=rehearsed.DESTINATION)
    found = assess.assess(run.open(), PLAIN[:1])
    assert _by_check(found, PLAIN[0])["E15"] is Verdict.OK
    assert found.left == ()
    assert "AssumeRole" not in {call.operation for call in run.rehearsal.calls()}


def _policy(**elements: str) -> str:
    condition = {"StringEquals": {"aws:PrincipalOrgID": rehearsed.SOURCE}}
    statement = {"Effect": "Allow", "Principal": "*", "Condition": condition, **elements}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


NAMING: Final = ("s3", "kms", "sqs", "sns", "secretsmanager", "dynamodb", "iam")


def test_policies_are_found_where_they_lie_and_only_there(run: Run) -> None:
    """Over HTTP, in one account of three: bucket, key, queue, topic, secret, table and role; the others are fine."""
    account = PLAIN[1]
    storage = inside(account, "s3")
    storage.create_bucket(Bucket="shared-data")
    storage.put_bucket_policy(
        Bucket="shared-data", Policy=_policy(Action="s3:GetObject", Resource="arn:aws:s3:::shared-data/*")
    )
    inside(account, "kms").create_key(Policy=_policy(Action="kms:*", Resource="*"))
    inside(account, "sqs").create_queue(
        QueueName="orders", Attributes={"Policy": _policy(Action="sqs:SendMessage", Resource="*")}
    )
    topic = inside(account, "sns").create_topic(Name="news")["TopicArn"]
    inside(account, "sns").set_topic_attributes(
        TopicArn=topic, AttributeName="Policy", AttributeValue=_policy(Action="sns:Publish", Resource="*")
    )
    secrets = inside(account, "secretsmanager")
    secret = secrets.create_secret(Name="shared", SecretString="made up")["ARN"]
    secrets.put_resource_policy(
        SecretId=secret, ResourcePolicy=_policy(Action="secretsmanager:GetSecretValue", Resource="*")
    )
    table = inside(account, "dynamodb").create_table(
        TableName="orders",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]["TableArn"]
    inside(account, "dynamodb").put_resource_policy(
        ResourceArn=table, Policy=_policy(Action="dynamodb:GetItem", Resource="*")
    )
    inside(account, "iam").create_role(RoleName="Shared", AssumeRolePolicyDocument=_policy(Action="sts:AssumeRole"))
    before = len(run.changing())
    found = assess.assess(run.open(), PLAIN)
    assert len(run.changing()) == before
    blocked = {
        (f.account_id, f.check) for f in found.findings if f.check.startswith("D7") and f.status is Verdict.BLOCK
    }
    assert blocked == {(account, f"D7.{name}") for name in NAMING}
    assert {f.resource for f in found.of(account) if f.check == "D7.s3" and f.resource} == {"arn:aws:s3:::shared-data"}
    assert all("o-destinatn01" in f.text for f in found.of(account) if f.status is Verdict.BLOCK)


def test_each_region_is_looked_into_and_named(run: Run) -> None:
    """Those of migration.toml; global checks are made once."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + '[assess]\nregions = ["eu-central-1", "us-east-1"]\n')
    found = assess.assess(run.open(), PLAIN[:1]).of(PLAIN[0])
    assert [f.region for f in found if f.check == "D7.kms"] == ["eu-central-1", "us-east-1"]
    assert [f.region for f in found if f.check == "E17"] == ["eu-central-1", "us-east-1"]
    assert [f.region for f in found if f.check == "D7.iam"] == [""]


def test_a_region_that_is_off_is_unknown_with_what_to_do(run: Run) -> None:
    """Never fine, and the global checks are made all the same."""
    run.rehearsal.script(Fault("ListKeys", "refuse", probability=1.0, code="UnrecognizedClientException"))
    run.settings(rehearsed.PROFILES + rehearsed.FAST + '[assess]\nregions = ["eu-central-1"]\n')
    found = {f.check: f for f in assess.assess(run.open(), PLAIN[:1]).of(PLAIN[0])}
    assert found["D7.kms"].status is Verdict.UNKNOWN
    assert "[assess] regions" in found["D7.kms"].remedy
    assert found["D7.sqs"].status is Verdict.OK


def test_what_time_did_not_suffice_for_is_unknown(run: Run) -> None:
    """A time limit for each task: the assessment comes to its end, and nothing that was not seen is fine."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[assess]\nseconds = 0.001\n")
    found = assess.assess(run.open(), PLAIN[:2])
    assert found.left == ()
    late = [f for f in found.of(PLAIN[0]) if assess.CATALOGUE[f.check].read is not None and f.check != "E15"]
    assert {f.status for f in late} == {Verdict.UNKNOWN}
    assert all("is over" in str(f.evidence) and "[assess] seconds" in f.remedy for f in late)
