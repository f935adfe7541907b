"""An assessment as 10_assess shows it, and its two forms, without a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from IPython.utils.capture import capture_output

from orgtools import assess, steps, ui
from orgtools.assess import Assessment
from orgtools.aws.clock import Clock
from orgtools.findings import Finding, Verdict
from orgtools.html import script
from orgtools.ledger import Kind
from orgtools.messages import Message, free, render
from orgtools.ui import assessing, choices, showing
from orgtools.ui.words import label
from tests import values
from tests.rehearsed import DECIDING, DELEGATED, PLAIN, STANDALONE

if TYPE_CHECKING:
    from tests.rehearsed import Run

_ACCOUNTS = ("300000000001", "300000000002", "300000000003")
_FOUND = (
    Finding("", "E13", Verdict.UNKNOWN, free("nobody has answered", "Answer it.")),
    Finding(_ACCOUNTS[0], "E1", Verdict.BLOCK, free("its State is SUSPENDED", "Reopen it.")),
    *(
        Finding(one, "E7", Verdict.BLOCK, free("it is a <delegated> administrator", "Deregister it."))
        for one in _ACCOUNTS[:2]
    ),
    Finding(_ACCOUNTS[1], "D14", Verdict.WARN, free("2 tags are lost", "Carry them over.")),
    Finding(_ACCOUNTS[2], "E1", Verdict.OK, free("State is ACTIVE")),
    Finding(_ACCOUNTS[2], "E11", Verdict.UNKNOWN, free("may not be read", "Grant it.")),
)


def _assessed(found: tuple[Finding, ...] = _FOUND, accounts: tuple[str, ...] = _ACCOUNTS) -> Assessment:
    return Assessment(tuple(values.planned(one) for one in accounts), found, values.NOW)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of everything that is displayed during the test."""
    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    return pieces


def test_what_holds_up_most_accounts_comes_first() -> None:
    """Then what to grant, what concerns everybody before what concerns one, then warnings; ok is nothing to do."""
    done = [(one.status, one.remedy, one.accounts) for one in assess.first(_FOUND)]
    assert done == [
        (Verdict.BLOCK, "Deregister it.", _ACCOUNTS[:2]),
        (Verdict.BLOCK, "Reopen it.", _ACCOUNTS[:1]),
        (Verdict.UNKNOWN, "Answer it.", ("",)),
        (Verdict.UNKNOWN, "Grant it.", _ACCOUNTS[2:]),
        (Verdict.WARN, "Carry them over.", _ACCOUNTS[1:2]),
    ]


def test_findings_with_one_next_step_are_one_thing_to_do() -> None:
    """Whatever state or account they are about; a next step of their own keeps others apart."""

    def left_out(account_id: str, region: str) -> Finding:
        then = Message("regions-add", region=region)
        return Finding(account_id, "D4", Verdict.UNKNOWN, Message("identity-center-unseen", region=region, then=then))

    one, two, three = _ACCOUNTS
    found = (
        Finding(one, "E1", Verdict.BLOCK, Message("account-not-active", state="SUSPENDED")),
        Finding(two, "E1", Verdict.BLOCK, Message("account-not-active", state="PENDING_CLOSURE")),
        Finding(three, "E7", Verdict.BLOCK, Message("delegated-administrator")),
        left_out(one, "eu-west-1"),
        left_out(two, "eu-west-1"),
        left_out(three, "eu-north-1"),
    )
    assert [todo.accounts for todo in assess.first(found)] == [(one, two), (three,), (one, two), (three,)]


def test_every_cell_of_the_matrix_leads_to_a_finding_of_its_account() -> None:
    """The worst of the subject, in a word; and the finding to what to do and to AWS's page."""
    page = assessing.html(_assessed())
    matrix, findings = page.split("<h4>Findings</h4>")
    rows = dict(re.findall(r'<tr id="(orgtools-finding-\d+)">(.*)', findings))
    for account_id in (_ACCOUNTS[0], _ACCOUNTS[1], _ACCOUNTS[2], "both organizations"):
        row = re.search(rf"<tr><td>{account_id}<td>.*", matrix)
        assert row is not None
        links = re.findall(r'<a href="#(orgtools-finding-\d+)"><span class="status (\w+)">(.*?)</span>', row[0])
        assert links
        for anchor, status, words in links:
            assert account_id in rows[anchor]
            assert f'class="status {status}">{words}' in rows[anchor]
            assert words == label(Verdict(status))
            assert "https://docs.aws.amazon.com/" in rows[anchor]
    assert "it is a &lt;delegated&gt; administrator" in findings
    assert findings.count("Deregister it.") == 1, "the same for two accounts is said once"


def test_the_subjects_with_the_worst_findings_come_first() -> None:
    """Many subjects are wider than the page: nobody has to scroll for what blocks."""
    (head,) = re.findall(r"<thead><tr>(.*?)</tr>", assessing.html(_assessed()).split("<h4>Findings</h4>")[0])
    subjects = re.findall(r"<th[^>]*>(.*?)</th>", head)
    assert subjects[:3] == ["account", "wave", "eligibility"]
    assert subjects.index("invitations") < subjects.index("tags")


def test_a_large_assessment_can_be_searched_and_is_found_from_its_cells() -> None:
    """Above 200 rows the tables scroll; a cell then searches the findings for its account."""
    accounts = tuple(f"3{number:011}" for number in range(300))
    found = tuple(
        Finding(one, "E1", Verdict.BLOCK, free(f"the State of {one} is odd", "Reopen it.")) for one in accounts
    )
    page = assessing.html(_assessed(found, accounts))
    assert script() in page
    assert f'data-find="{accounts[7]}"' in page
    words = re.sub(r"<\\?/?span[^>]*>", "", page)
    assert f"the State of {accounts[299]} is odd" in words


def test_nothing_remarkable_says_so(shown: list[str]) -> None:
    """An empty table would be read as one that did not load."""
    ui.show(_assessed((Finding(_ACCOUNTS[0], "E1", Verdict.OK, free("State is ACTIVE")),), _ACCOUNTS[:1]))
    assert render(Message("ui-to-do-nothing")) in "".join(shown)
    assert render(Message("ui-findings-none")) in "".join(shown)


def _form(kind: type[Any], migration: Any) -> Any:
    with capture_output():
        return kind(migration)


def test_an_answer_is_noted_with_its_name_and_survives_the_kernel(run: Run) -> None:
    """The form of the next kernel reads it from the ledger; nothing is chosen before somebody chooses."""
    form = _form(ui.Questions, run.open())
    form._button.click()
    assert "No answer is chosen." in form._line.value
    form._question.value = ("B4", STANDALONE)
    form._answer.value = "yes"
    form._by.value = "Jane"
    form._button.click()
    assert f"Recorded for {STANDALONE}: Jane" in form._line.value
    assert "answers yes to B4 (" in form._line.value
    said = _form(ui.Questions, run.open()).said().set_index("check")
    assert said.loc["B4", "answer"] == "yes"
    assert str(said.loc["B4", "by"]).startswith("Jane")
    assert said.loc["E13", "answer"] == Message("ui-answer-missing")


def test_a_risk_is_accepted_with_reason_and_end_or_not_at_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what blocks and may be accepted is offered; what is wrong is said where somebody looks."""
    migration = run.open()
    blocked = [
        Finding(PLAIN[0], "D7.sqs", Verdict.BLOCK, free("a queue names the source", "Name both.")),
        Finding(PLAIN[0], "E1", Verdict.BLOCK, free("its State is SUSPENDED", "Reopen it.")),
    ]
    migration.ledger.append(Kind.ASSESSED, accounts=[PLAIN[0]], findings=[one.as_json() for one in blocked])
    monkeypatch.setattr(Clock, "now", lambda _: values.NOW)  # it is the same day until the end
    form = _form(ui.Waivers, migration)
    assert [value for _, value in form._risk.options] == [(PLAIN[0], "D7.sqs")]
    assert form._until.value - values.NOW.date() == timedelta(days=30)
    form._button.click()
    assert "An accepted risk needs a reason." in form._line.value
    form._reason.value = "Deleted next week"
    form._until.value = None
    form._button.click()
    assert "An accepted risk needs an end" in form._line.value
    form._until.value = values.NOW.date() + timedelta(days=7)
    form._button.click()
    assert "accepts the risk of D7.sqs (" in form._line.value
    assert f"for account {PLAIN[0]} until" in form._line.value
    (row,) = _form(ui.Waivers, run.open()).said().to_dict("records")
    assert (row["account"], row["reason"], row["holds"]) == (PLAIN[0], "Deleted next week", Message("ui-waiver-holds"))


def test_a_blocked_account_is_out_of_the_plan_until_it_is_cleared(run: Run, shown: list[str]) -> None:
    """The board says so and why, the picker does not choose it, and both forget it by themselves."""
    migration = run.open()
    assess.assess(migration, checks=DECIDING)
    run.rehearsal.intervene("state", account=PLAIN[0], state="SUSPENDED")
    ui.board(migration)
    assert f"{PLAIN[0]}: is SUSPENDED" in "".join(shown)
    assert "on hold until an assessment clears" in "".join(shown)
    with capture_output():
        picker = ui.Picker(migration, steps.INVITE)
    assert {PLAIN[0], DELEGATED}.isdisjoint(picker.value)
    assert PLAIN[1] in picker.value
    assert PLAIN[0] in picker._line.value.split("on hold")[1]
    picker._table.selected_rows = picker._table.selected_rows[:1]
    only = picker.value
    shown.clear()
    run.rehearsal.intervene("state", account=PLAIN[0], state="ACTIVE")
    ui.board(migration)
    assert f"{PLAIN[0]}: its State" not in "".join(shown)
    with capture_output():
        again = ui.Picker(migration, steps.INVITE)
    assert again.value == (PLAIN[0], *only), "it was chosen, and only out for the time being"
    assert PLAIN[0] in (choices.load(migration.folder, "invite") or ())


def test_an_account_that_is_invited_is_not_held_any_more(run: Run) -> None:
    """What has begun is finished by the later steps, which look for themselves."""
    migration = run.assessed()
    steps_preview = steps.preview(migration, steps.INVITE, PLAIN[:1])
    steps.apply(migration, steps_preview, steps.approve(steps_preview, "invite 1"))
    run.rehearsal.intervene("delegate", account=PLAIN[0], service="guardduty.amazonaws.com")
    run.rehearsal.intervene("delegate", account=PLAIN[1], service="guardduty.amazonaws.com")
    snapshot = migration.observe()
    held = assess.held(assess.standings(migration.plan, snapshot), snapshot)
    assert PLAIN[0] not in held
    assert [one.check for one in held[PLAIN[1]]] == ["E7"]
