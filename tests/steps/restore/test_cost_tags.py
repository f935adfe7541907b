"""Cost allocation tags of the source, activated in the destination: one call for the organization, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import orgtools
from orgtools import assess, steps
from orgtools.aws import changing_call
from orgtools.ledger import Kind
from orgtools.rehearsal import Fault
from orgtools.steps import COST_TAGS, Blocked, Do, Done, Wait
from orgtools.steps.core import perform
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, SOURCE, confirmed, do
from tests.said import says
from tests.steps.crash_wave import ONE, Wave, exported
from tests.steps.dying import dying

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

OPERATION: Final = "UpdateCostAllocationTagsStatus"
NAMELESS: Final = (OPERATION,)
WITHOUT_RESOURCE: Final = (OPERATION,)
KEYS: Final = "CostAllocationTagsStatus"
ASKED: Final = {COST_TAGS.name: ("restore", "cost_tags = true\n")}
ASKING: Final = rehearsed.PROFILES + rehearsed.FAST + "[restore]\ncost_tags = true\n"


def _allocated(rehearsal: Rehearsal) -> None:
    """Two cost allocation tags of the source, which the destination's billing has seen."""
    for key in ("owner", "team"):
        rehearsal.intervene("cost_tag", organization=SOURCE, key=key, status="Active")
        rehearsal.intervene("cost_tag", organization=DESTINATION, key=key)


WAVES: Final = {
    COST_TAGS.name: Wave(
        COST_TAGS,
        {OPERATION: ONE},
        (steps.INVITE, steps.ACCEPT),
        ONE,
        "[restore]\ncost_tags = true\n",
        begin=exported,
        furnish=_allocated,
    )
}


def furnish(tables: dict[str, Any]) -> None:
    """A tag that the destination's billing has seen."""
    tables["organizations"][1]["cost_tags"] = {"team": "Inactive"}


def _arrived(run: Run, *seen: str, active: tuple[str, ...] = ("team", "owner")) -> orgtools.Migration:
    """A run whose accounts have moved, from a source with active keys; the destination's billing has seen some."""
    for key in active:
        run.rehearsal.intervene("cost_tag", organization=SOURCE, key=key, status="Active")
    run.rehearsal.intervene("cost_tag", organization=SOURCE, key="unused")
    for key in seen:
        run.rehearsal.intervene("cost_tag", organization=DESTINATION, key=key)
    run.settings(ASKING)
    migration = run.open()
    assess.export(migration, PLAIN)
    for account_id in PLAIN[:2]:
        run.rehearsal.intervene("join", account=account_id, organization=DESTINATION, unit="Workloads/Prod")
    return migration


def _active() -> set[str]:
    billing = boto3.Session(profile_name="destination").client("ce")
    return {tag["TagKey"] for tag in billing.list_cost_allocation_tags(Status="Active")["CostAllocationTags"]}


def _made(run: Run) -> int:
    return len([call for call in run.changing() if call.operation == OPERATION])


def test_what_was_active_in_the_source_is_activated_by_one_call_for_all(run: Run) -> None:
    """Shown at one account, the others point there; what was inactive stays so, and who has not arrived waits."""
    migration = _arrived(run, "team", "owner", "unused")
    shown = steps.preview(migration, COST_TAGS, PLAIN)
    first, second, third = shown.decisions
    assert isinstance(first, Do)
    assert says(first.why, "regain-cost-tags-exported")
    assert isinstance(second, Wait)
    assert says(second.why, "regain-cost-tags-elsewhere", account=PLAIN[0])
    assert isinstance(third, Wait)
    assert third.why.code == "regain-not-arrived"
    assert confirmed(do(migration, COST_TAGS, PLAIN)) == {PLAIN[0]}
    assert _active() == {"team", "owner"}
    assert _made(run) == 1
    assert [type(one) for one in steps.preview(run.open(), COST_TAGS, PLAIN[:2]).decisions] == [Done, Done]


def test_a_key_that_billing_has_not_seen_yet_is_waited_for(run: Run) -> None:
    """With the reason; what it has seen is activated meanwhile, and the rest when it is listed."""
    migration = _arrived(run, "team")
    (outcome,) = do(migration, COST_TAGS, PLAIN[:1]).outcomes
    assert outcome.status is steps.Status.UNCONFIRMED
    assert _active() == {"team"}
    (decision,) = steps.preview(migration, COST_TAGS, PLAIN[:1]).decisions
    assert isinstance(decision, Wait)
    assert says(decision.why, "regain-cost-tag-unseen", tag="owner")
    run.rehearsal.intervene("cost_tag", organization=DESTINATION, key="owner")
    assert confirmed(do(migration, COST_TAGS, PLAIN[:1])) == {PLAIN[0]}
    assert _active() == {"team", "owner"}


def test_twenty_keys_go_into_a_call(run: Run) -> None:
    """AWS takes no more."""
    keys = tuple(f"key-{number:02}" for number in range(21))
    migration = _arrived(run, *keys, active=keys)
    assert confirmed(do(migration, COST_TAGS, PLAIN[:1])) == {PLAIN[0]}
    assert _active() == set(keys)
    assert _made(run) == 2


def test_a_key_that_aws_does_not_activate_is_told_with_its_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that says so for one key is no success; the others are active."""
    migration = _arrived(run, "team", "owner")
    shown = steps.preview(migration, COST_TAGS, PLAIN[:1])

    def vanishing(client: Any, operation: str, parameters: Any) -> Any:
        entries = [{**entry, "TagKey": entry["TagKey"].replace("owner", "gone")} for entry in parameters[KEYS]]
        return changing_call.call(client, operation, {KEYS: entries})

    monkeypatch.setattr(perform, "make", vanishing)
    (outcome,) = steps.apply(migration, shown, steps.approve(shown, shown.phrase)).outcomes
    assert outcome.status is steps.Status.REFUSED
    assert "gone: Tag keys not found" in str(outcome.why)
    assert says(outcome.why, "cost-tags-partly")
    assert outcome.next_step
    assert _active() == {"team"}


def test_without_the_sources_export_nothing_is_activated(run: Run) -> None:
    """The keys that could not be read are not none."""
    _arrived(run, "team")
    path = run.folder / "exports" / "organization.json"
    path.write_text(
        path.read_text().replace(
            '"cost_tags": {\n  "UserDefined": [\n   "owner",\n   "team"\n  ]\n }', '"cost_tags": null'
        )
    )
    assert '"cost_tags": null' in path.read_text()
    (decision,) = steps.preview(run.open(), COST_TAGS, PLAIN[:1]).decisions
    assert isinstance(decision, Blocked)
    assert "ce:ListCostAllocationTags" in decision.next_step


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_is_settled_by_looking(run: Run, kind: Any) -> None:
    """What took effect is not done again."""
    migration = _arrived(run, "team", "owner")
    run.rehearsal.script(Fault(OPERATION, kind, calls=[1]))
    assert confirmed(do(migration, COST_TAGS, PLAIN[:1])) == {PLAIN[0]}
    assert _made(run) == 1 + (kind == "cut")
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]


@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_died_goes_on(run: Run, before: bool) -> None:
    """Before its call it is made by the next kernel, after it only confirmed."""
    migration = _arrived(run, "team", "owner")

    with dying(before=before):
        do(migration, COST_TAGS, PLAIN[:1])
    with orgtools.open(run.folder) as again:
        do(again, COST_TAGS, PLAIN[:1])
        assert again.ledger.last(Kind.CONFIRMED, step=COST_TAGS.name) is not None
        assert not again.ledger.unsettled(COST_TAGS.name)
    assert _made(run) == 1
