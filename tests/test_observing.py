"""A look asks what the decision needs, by the way that takes less time at the published rates."""

from __future__ import annotations

import pickle
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from IPython.utils.capture import capture_output

from orgtools import assess, steps, ui
from orgtools.aws.partial import NotAskedError, PartialMapping
from orgtools.exceptions import InputError, RefusedError
from orgtools.messages import Message
from orgtools.rehearsal.scenario import plain_wave
from tests import rehearsed, values
from tests.rehearsed import DECIDING, confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.aws.model import Account
    from tests.rehearsed import Run

RESIDENTS: Final = 600
"""So many accounts on each side: listing them takes longer than asking about a few."""
FIRST, SECOND, LAST = plain_wave.account_id(1), plain_wave.account_id(2), plain_wave.account_id(3)
ROWS: Final = f"account_id,ou\n{FIRST},/Workloads/Prod\n{SECOND},/Workloads/Test\n{LAST},/Workloads/Prod\n"
PROFILES: Final = (
    '[source]\nprofile = "rehearsal-source"\n[destination]\nprofile = "rehearsal-destination"\n' + rehearsed.FAST
)
TREE: Final = ["Legacy", "Legacy/Deep", "Legacy/Deep/Deeper", "Other", "Other/Far"]


def _document(residents: int = RESIDENTS) -> dict[str, Any]:
    """Three accounts that move, and on each side many that do not."""
    document = plain_wave.document(3)
    for side, mark in zip(document["organizations"], ("4", "5"), strict=True):
        side["account_quota"] = 5000
        if mark == "4":
            side["units"] = TREE
            side["accounts"][0]["unit"] = "Legacy/Deep/Deeper"
        else:
            side["units"] = [*side["units"], "Elsewhere", "Elsewhere/Prod"]
        side.setdefault("accounts", []).extend(
            {"id": f"{mark}{number:011d}", "name": f"resident-{number}", "email": f"{mark}-{number}@example.com"}
            for number in range(residents)
        )
    return document


@pytest.fixture
def large(run: Run) -> Run:
    """A run that has begun and is assessed, in organizations of some hundred accounts."""
    run.rehearsal.reset(_document())
    run.settings(PROFILES)
    run.accounts(ROWS)
    assess.assess(run.open(), checks=DECIDING)
    return run


def _made(run: Run, act: Callable[[], object]) -> Counter[str]:
    """How often each operation was called meanwhile."""
    before = len(run.rehearsal.calls())
    act()
    return Counter(call.operation for call in run.rehearsal.calls()[before:])


def test_a_wave_goes_its_way_without_a_list_of_accounts(large: Run) -> None:
    """Invite, accept, place, and the board: each account is asked about, on each side, and no account is listed."""
    before = len(large.rehearsal.calls())
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        migration = large.open()
        steps.overview(migration, migration.plan.accounts)
        assert confirmed(do(migration, step)) == {FIRST, SECOND, LAST}
    calls = Counter(call.operation for call in large.rehearsal.calls()[before:])
    assert calls["DescribeAccount"] > 0
    assert calls["ListAccounts"] == 0
    held = {account_id: large.account(account_id) for account_id in (FIRST, SECOND, LAST)}
    assert {one["organization"] for one in held.values()} == {"o-destinatn01"}


def test_whether_accounts_are_listed_or_asked_about_the_same_is_decided(
    large: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of an approval is the same, whichever way the look went."""
    asked = {step.name: steps.preview(large.open(), step) for step in (steps.INVITE, steps.ACCEPT, steps.PLACE)}
    monkeypatch.setattr("orgtools.migration.entering.Entered.seconds", lambda *_: 0.0)
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        listed = steps.preview(large.open(), step)
        assert isinstance(asked[step.name].snapshot.source.accounts, PartialMapping)
        assert not isinstance(listed.snapshot.source.accounts, PartialMapping)
        assert listed.decisions == asked[step.name].decisions
        assert listed.digest == asked[step.name].digest


@pytest.mark.parametrize(("residents", "about", "listed"), [(20, 3, True), (600, 3, False), (600, 500, True)])
def test_the_cheaper_way_follows_from_the_published_rates(run: Run, residents: int, about: int, listed: bool) -> None:
    """A small organization is listed; of a large one a few are asked about, and many are listed again."""
    run.rehearsal.reset(_document(residents))
    run.settings(PROFILES)
    run.accounts(ROWS)
    run.open()
    migration = run.open()
    those = [FIRST, SECOND, LAST, *(f"4{number:011d}" for number in range(about - 3))]
    calls = _made(run, lambda: migration.observe(those))
    assert bool(calls["ListAccounts"]) is listed
    assert bool(calls["DescribeAccount"]) is not listed


def test_an_account_that_nobody_asked_about_is_neither_there_nor_absent(large: Run) -> None:
    """Also of a resident that is a member: whoever decides about it without a look is told."""
    snapshot = large.open().observe([FIRST])
    for side in (snapshot.source, snapshot.destination):
        for ask in (lambda held: SECOND in held, lambda held: held.get(SECOND), lambda held: held[SECOND]):
            with pytest.raises(NotAskedError):
                ask(side.accounts)
        for ask in (list, len, bool, lambda held: held.keys() | set(), lambda held: [*held.values()]):
            with pytest.raises(NotAskedError):
                ask(side.accounts)
    assert FIRST in snapshot.source.accounts
    assert FIRST not in snapshot.destination.accounts, "AWS was asked, and says that it is no member"
    assert not snapshot.covers([FIRST, SECOND])
    for decide in (steps.INVITE.decide, steps.ACCEPT.decide, steps.LEAVE.decide):
        with pytest.raises(LookupError):
            decide(large.open().plan.by_id[SECOND], snapshot)


def test_what_was_asked_about_survives_the_way_to_another_process() -> None:
    """And stays what it is."""
    held = PartialMapping({FIRST: values.member(FIRST)}, [SECOND])
    again: PartialMapping[Account] = pickle.loads(pickle.dumps(held))  # noqa: S301 (our own; workers get it so)
    assert again[FIRST].id == FIRST
    assert SECOND not in again
    with pytest.raises(NotAskedError):
        again.get(LAST)


def test_a_look_at_the_whole_lists_all(large: Run) -> None:
    """Verifying, the record and the beginning: whether anything else moved is a question about the whole."""
    migration = large.open()
    verified = steps.preview(migration, steps.VERIFY)
    assert len(verified.snapshot.source.accounts) == RESIDENTS + 4
    assert steps.bystanders(migration.plan, migration.baseline(), verified.snapshot) == []
    with pytest.raises(NotAskedError):
        steps.bystanders(migration.plan, migration.baseline(), migration.observe([FIRST]))


@pytest.mark.parametrize(("quota", "counted"), [(RESIDENTS + 80, True), (5000, False)])
def test_members_are_counted_only_where_there_may_be_no_room(run: Run, quota: int, counted: bool) -> None:
    """Where there is room by far, inviting three needs no count of all; where not, it is counted to the last."""
    run.rehearsal.reset(_document())
    run.rehearsal.intervene("quota", organization=rehearsed.DESTINATION, accounts=quota)
    run.settings(PROFILES)
    run.accounts(ROWS)
    run.open()
    for number in range(5):  # somebody else's
        run.rehearsal.intervene("join", account=f"4{number:011d}", organization=rehearsed.DESTINATION)
    budget = run.open().observe([FIRST, SECOND, LAST]).budget
    assert budget.members == RESIDENTS + 1 + (5 if counted else 0)


def test_the_last_places_are_given_out_to_the_last(run: Run) -> None:
    """A large destination with room for two: two are invited, and the third is told why not."""
    run.rehearsal.reset(_document())
    run.rehearsal.intervene("quota", organization=rehearsed.DESTINATION, accounts=RESIDENTS + 3)
    run.settings(PROFILES)
    run.accounts(ROWS)
    migration = run.open()
    assess.assess(migration, checks=("E1", "E2", "E5", "E7", "E9", "E10", "E11", "E15"))
    decisions = [type(one) for one in steps.preview(run.open(), steps.INVITE).decisions]
    assert decisions == [steps.Do, steps.Do, steps.Blocked]


def test_only_the_units_on_the_way_are_read(large: Run) -> None:
    """Of the destination the root and what is below it and /Workloads; the others are neither there nor absent."""
    migration = large.open()
    calls = _made(large, lambda: migration.observe([FIRST]))
    assert calls["ListOrganizationalUnitsForParent"] == 2
    assert calls["ListRoots"] == 2, "of each side once"
    destination = migration.observe([FIRST]).destination
    assert [unit.path for unit in destination.units_at("/Workloads/Prod")] == ["/Workloads/Prod"]
    assert destination.units_at("/Workloads/Nowhere") == ()
    with pytest.raises(NotAskedError):
        destination.units_at("/Elsewhere/Prod")
    with pytest.raises(NotAskedError):
        destination.unit_at(("Elsewhere", "Prod"))


def test_a_unit_keeps_the_name_that_it_had_until_somebody_reads_it(large: Run) -> None:
    """Good for names: no call is made for them; and where the run does not know it, it is read on the account's way."""
    migration = large.open()
    assert migration.observe([FIRST]).source.path_of(FIRST) == "/Legacy/Deep/Deeper"
    large.rehearsal.intervene("grow", organization=rehearsed.SOURCE, unit="Other/Far/New")
    large.rehearsal.intervene("move", account=FIRST, unit="Other/Far/New")
    assert large.open().observe([FIRST]).source.path_of(FIRST) == "/Other/Far/New"


def test_a_unit_may_be_named_by_its_id(large: Run) -> None:
    """It is looked for where it was when the run began, and in the whole tree where it is no more."""
    migration = large.open()
    whole = migration.observe().destination
    (prod,) = whole.units_at("/Elsewhere/Prod")
    large.accounts(f"account_id,ou\n{FIRST},{prod.id}\n")
    shown = steps.preview(large.open(), steps.PLACE)
    assert [unit.path for unit in shown.snapshot.destination.units_at(prod.id)] == ["/Elsewhere/Prod"]
    assert shown.snapshot.destination.parents is not None, "the whole tree was not read"


def test_a_unit_that_does_not_exist_is_told_with_the_one_that_was_meant(large: Run) -> None:
    """For that the whole tree is read: the unit that was meant may be anywhere."""
    large.accounts(f"account_id,ou\n{FIRST},/Workloads/Prod\n{SECOND},/elsewhere/prod\n")
    migration = large.open()
    with pytest.raises(InputError) as refused:
        steps.preview(migration, steps.INVITE, [SECOND])
    near = Message("unit-missing-near", unit="/elsewhere/prod", units=["/Elsewhere/Prod"])
    assert refused.value.message.facts["findings"] == (Message("account-wrong", account=SECOND, why=near),)
    assert steps.preview(migration, steps.INVITE, [FIRST]).to_do, "another account's row keeps nobody from going"


def test_without_the_right_to_describe_the_sentence_says_what_to_grant(run: Run) -> None:
    """Nothing is decided, and no list is taken in its place."""
    document = _document()
    statements = [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "organizations:DescribeAccount", "Resource": "*"},
    ]
    management = {"id": plain_wave.DESTINATION, "name": "management", "email": "management@example.com"}
    document["organizations"][1]["accounts"].append({**management, "operator_policy": {"Statement": statements}})
    run.rehearsal.reset(document)
    run.settings(PROFILES)
    run.accounts(ROWS)
    run.open()
    with pytest.raises(RefusedError) as refused:
        steps.preview(run.open(), steps.INVITE)
    assert says(refused.value.message, "grant", action="organizations:DescribeAccount", whom="caller")


def test_a_list_that_takes_long_tells_how_far_it_has_come(
    large: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Every ten seconds, of accounts and of units, with how many there are where the run knows it."""
    now = iter(range(0, 1_000_000, 4))
    monkeypatch.setattr("orgtools.aws.read.long_list.time", SimpleNamespace(monotonic=lambda: float(next(now))))
    large.open().observe()
    said = {record.getMessage() for record in caplog.records}
    for side, total in (("source", RESIDENTS + 4), ("destination", RESIDENTS + 1)):
        assert said & {str(Message("accounts-read-of", side=side, count=n, total=total)) for n in range(total)}
        assert said & {str(Message("units-read", side=side, count=n)) for n in range(10)}


def test_a_row_that_was_added_since_is_asked_about_when_waves_are_proposed(large: Run) -> None:
    """What was seen before told nothing of it."""
    migration = large.open()
    assert migration.seen.covers(migration.plan.by_id)
    large.accounts(f"{ROWS}400000000000,/Workloads/Prod\n")
    with capture_output():
        editor = ui.WaveEditor(migration)
    editor.show()
    assert editor.proposal
    assert "400000000000" in editor.proposal.before.by_id
    assert migration.seen.covers(["400000000000"])


def test_a_unit_that_somebody_made_meanwhile_has_its_name(large: Run) -> None:
    """Also where what is below the unit above it was read before, in the same kernel."""
    migration = large.open()
    migration.observe()
    large.rehearsal.intervene("grow", organization=rehearsed.SOURCE, unit="Other/Newer")
    large.rehearsal.intervene("move", account=FIRST, unit="Other/Newer")
    assert migration.observe([FIRST]).source.path_of(FIRST) == "/Other/Newer"


def test_what_is_seen_of_all_accounts_is_never_older_than_what_was_seen_of_some(large: Run) -> None:
    """Whoever chooses after a step of one account sees what the step has done."""
    migration = large.open()
    assert migration.seen.source.path_of(FIRST) == "/Legacy/Deep/Deeper"
    large.rehearsal.intervene("move", account=FIRST, unit="Other")
    migration.observe([FIRST])
    assert migration.seen.source.path_of(FIRST) == "/Other"


@pytest.mark.parametrize("step", [steps.PLACE, steps.ENROLL, steps.REVOKE], ids=lambda step: step.name)
def test_a_look_that_is_not_about_invitations_lists_none_and_says_so(run: Run, step: steps.Step) -> None:
    """Neither "none was sent" nor "there is room": whoever asks is told that nobody looked."""
    migration = run.assessed()
    before = len(run.rehearsal.calls())
    snapshot = steps.preview(migration, step).snapshot
    asked = {call.operation for call in run.rehearsal.calls(since=before)}
    assert asked
    assert "ListHandshakesForOrganization" not in asked
    for ask in (
        lambda: list(snapshot.destination.handshakes),
        lambda: bool(snapshot.destination.handshakes),
        lambda: snapshot.destination.pending_invitation_to(rehearsed.PLAIN[0]),
        lambda: snapshot.budget.attempts_left,
    ):
        with pytest.raises(NotAskedError):
            ask()
