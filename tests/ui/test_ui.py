"""What a notebook shows and asks, without a browser: the widgets' Python side and the HTML."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd
import pytest
from IPython.core.error import StdinNotImplementedError
from IPython.utils.capture import capture_output

from orgtools import steps, ui
from orgtools.assess import Assessment, standings
from orgtools.exceptions import InputError
from orgtools.findings import Finding
from orgtools.findings import Verdict as FindingStatus
from orgtools.messages import Message, free, render
from orgtools.plan import Plan, PlannedAccount
from orgtools.ui import picker as picker_module
from orgtools.ui import showing, tables, times
from orgtools.ui.words import words
from tests import values

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan(
    (
        PlannedAccount("300000000001", "/Workloads/Prod", 1),
        PlannedAccount("300000000002", "/Workloads/Test", 1),
        PlannedAccount("300000000003", "/Workloads/Prod", 2),
    )
)


class Pick(Protocol):
    """Makes a picker."""

    def __call__(self, step: steps.Step = steps.ACCEPT, **parameters: Any) -> ui.Picker:
        """For a step, with a notebook's parameters."""


@pytest.fixture
def migration(tmp_path: Path) -> Any:
    """As much of a run as a picker looks at: one account is in the source, one has arrived, one is gone."""
    first, second, _ = (account.account_id for account in PLAN.accounts)
    seen = values.snapshot(
        values.source(values.member(first, name="shop", parent_id="r-dst1")),
        values.destination(values.member(second, name="mail", parent_id=values.TEST)),
        findings={first: (Finding(first, "E11", FindingStatus.WARN, free("odd")),)},
    )
    return SimpleNamespace(plan=PLAN, folder=tmp_path, seen=seen)


@pytest.fixture
def pick(migration: Any) -> Pick:
    """Show a picker of that run, as a cell that is run does."""

    def make(step: steps.Step = steps.ACCEPT, **parameters: Any) -> ui.Picker:
        with capture_output():
            return ui.Picker(migration, step, **parameters)

    return make


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of everything that is displayed during the test."""
    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    return pieces


def _preview(*decisions: steps.Decision) -> Any:
    """As much of a preview as the gate looks at."""
    to_do = tuple(decision for decision in decisions if isinstance(decision, steps.Do))
    return SimpleNamespace(
        to_do=to_do,
        going=to_do,
        phrase=f"invite {len(to_do)}",
        digest="d" * 64,
        approved=None,
        step=SimpleNamespace(name="invite"),
        snapshot=SimpleNamespace(taken_at=values.NOW),
        noted_at=values.NOW - timedelta(hours=3),
    )


DO = steps.Do("300000000001", free("is not invited yet"), ())


class TestPicker:
    """Choosing accounts."""

    def test_all_planned_accounts_are_chosen_at_first(self, pick: Pick) -> None:
        """Nobody has narrowed it down yet."""
        assert pick().value == ("300000000001", "300000000002", "300000000003")

    def test_a_wave_given_as_parameter_is_the_choice(self, pick: Pick) -> None:
        """So the notebook runs without a person."""
        assert pick(wave=2).value == ("300000000003",)

    def test_accounts_given_as_parameter_win_over_the_wave(self, pick: Pick) -> None:
        """The narrower word counts."""
        assert pick(wave=1, accounts=["300000000003"]).value == ("300000000003",)

    def test_an_account_outside_the_plan_is_refused(self, pick: Pick) -> None:
        """Before anything is shown."""
        with pytest.raises(InputError, match="300000000009 is not in the plan"):
            pick(accounts=["300000000009"])

    def test_choosing_a_wave_replaces_the_choice_and_tells_it(self, pick: Pick) -> None:
        """The final list is always printed with its count."""
        picker = pick()
        picker._wave.value = 1
        assert picker.value == ("300000000001", "300000000002")
        assert "2 accounts chosen" in picker._line.value
        assert "300000000001, 300000000002" in picker._line.value

    def test_selected_rows_are_mapped_to_account_ids(self, pick: Pick) -> None:
        """In the order of the plan, whatever the order of the clicks."""
        picker = pick()
        picker._table.selected_rows = [2, 0]
        assert picker.value == ("300000000001", "300000000003")

    def test_a_row_says_what_people_look_for(self, migration: Any) -> None:
        """Name, state, where it is, readiness, tags: the filter searches all of them."""
        table = picker_module.masked(picker_module._rows(migration, standings(migration.plan, migration.seen)))
        assert list(table["name"]) == ["shop", "mail", ""]
        assert list(table["is in"]) == [
            "source /",
            "destination /Workloads/Test",
            "neither organization",
        ]
        assert list(table["readiness"]) == ["! warn", "not assessed", "not assessed"]

    def test_the_choice_survives_the_kernel(self, pick: Pick) -> None:
        """It is in the run folder; each step has its own, and a parameter wins over it without replacing it."""
        pick()._table.selected_rows = [2, 0]
        assert pick(steps.ACCEPT).value == ("300000000001", "300000000003")
        assert len(pick(steps.PLACE).value) == 3
        assert pick(steps.ACCEPT, wave=1).value == ("300000000001", "300000000002")
        assert pick(steps.ACCEPT).value == ("300000000001", "300000000003")

    def test_choosing_nobody_is_a_choice(self, pick: Pick) -> None:
        """Nobody is taken for everybody."""
        pick()._table.selected_rows = []
        assert pick().value == ()
        assert "no account chosen" in pick()._line.value

    def test_an_account_that_left_the_plan_is_not_chosen_any_more(self, pick: Pick, migration: Any) -> None:
        """The plan decides who may be touched, not what was clicked once."""
        pick()._table.selected_rows = [0, 2]
        migration.plan = Plan(PLAN.accounts[1:])
        assert pick().value == ("300000000003",)

    def test_a_spoilt_file_of_choices_is_said(self, pick: Pick, migration: Any) -> None:
        """Nothing is guessed from it."""
        (migration.folder / "choices.json").write_text("[1]", encoding="utf-8")
        with pytest.raises(InputError, match=r"choices\.json cannot be read"):
            pick()


class TestGate:
    """Asking for consent."""

    def test_nothing_to_do_asks_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A person is not bothered."""
        monkeypatch.setattr("builtins.input", lambda _: pytest.fail("asked"))
        with capture_output():
            assert ui.ask(_preview()) is None

    def test_typing_the_phrase_approves_exactly_that_preview(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The approval carries the digest of what was shown, and what was typed."""
        monkeypatch.setattr("builtins.input", lambda _: "invite 1")
        with capture_output():
            approval = ui.ask(_preview(DO))
        assert approval is not None
        assert (approval.digest, approval.typed) == ("d" * 64, "invite 1")

    @pytest.mark.parametrize("typed", ["", "yes", "invite", "invite 2", "INVITE 1"])
    def test_typing_anything_else_approves_nothing(
        self, typed: str, monkeypatch: pytest.MonkeyPatch, shown: list[str]
    ) -> None:
        """And says so."""
        monkeypatch.setattr("builtins.input", lambda _: typed)
        assert ui.ask(_preview(DO)) is None
        assert "Not approved" in "".join(shown)

    def test_without_a_person_it_is_a_dry_run_that_names_the_digest(
        self, monkeypatch: pytest.MonkeyPatch, shown: list[str]
    ) -> None:
        """Papermill and nbconvert have nobody to ask."""

        def nobody(_: str) -> str:
            raise StdinNotImplementedError

        monkeypatch.setattr("builtins.input", nobody)
        assert ui.ask(_preview(DO)) is None
        assert "d" * 64 in "".join(shown)

    def test_without_a_person_the_digest_of_that_preview_opens_it(self, shown: list[str]) -> None:
        """And only that: not another digest, and not the phrase, which says how many and not which."""
        assert ui.ask(_preview(DO), "d" * 64) is not None
        assert "Shown 3 hours ago, at " in "".join(shown)
        assert ui.ask(_preview(DO), "e" * 64) is None
        assert ui.ask(_preview(DO), "invite 1") is None


class TestTables:
    """Tables for people."""

    def test_cells_are_escaped(self, shown: list[str]) -> None:
        """A tag or an account name is text, never HTML."""
        ui.show(pd.DataFrame({"account": ["<script>alert(1)</script>"], "because": ["a & b"]}))
        html = "".join(shown)
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html

    def test_up_to_two_hundred_rows_are_a_plain_table_and_more_are_searchable(self) -> None:
        """Every row is there in both."""
        small = tables.html(pd.DataFrame({"account": [f"3{n:011}" for n in range(200)]}))
        large = tables.html(pd.DataFrame({"account": [f"3{n:011}" for n in range(201)]}))
        assert small.count("<tr") == 201
        assert "<script" not in small
        assert "300000000200" in large

    def test_times_are_shown_without_seconds(self) -> None:
        """With their zone, so that the column's name need not say UTC."""
        html = tables.html(pd.DataFrame({"sent (UTC)": pd.to_datetime(["2026-03-01T12:00:59Z"])}))
        assert '<th scope="col" class="prose">sent</th>' in html
        assert "2026-03-01 12:00 UTC<" in html

    def test_the_rows_of_a_long_table_cannot_leave_their_script(self) -> None:
        """They are held as JSON inside an element that "</script>" would end."""
        html = tables.html(pd.DataFrame({"because": ["</script><b>loud</b>"] * 201}))
        assert html.count("</script>") == 2
        assert "<b>" not in html

    def test_no_finding_is_said_in_words(self, shown: list[str]) -> None:
        """An empty table would leave a doubt."""
        ui.show([])
        assert "Nothing unexpected." in "".join(shown)


class TestTimes:
    """Times and countdowns."""

    def test_times_within_messages_get_the_zone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In tables and sentences, also those of a message inside; what people wrote stays as it is."""
        monkeypatch.setenv("TZ", "CET-1")
        time.tzset()
        try:
            wait = Message("ui-wait-until", until=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
            inside = Message("in-account", account="300000000001", why=wait)
            assert words(wait) == "Wait until 2026-03-02 00:30 CET (2026-03-01 23:30 UTC)."
            assert "until 2026-03-02 00:30 CET (2026-03-01 23:30 UTC)" in words(inside)
            assert render(wait) == "Wait until 2026-03-01 23:30 UTC."
            noon = Message("ui-wait-until", until=datetime(2026, 3, 1, 12, tzinfo=UTC))
            html = tables.html(pd.DataFrame({"because": [noon, "since 2026-03-01 12:00 UTC"]}))
        finally:
            monkeypatch.undo()
            time.tzset()
        assert "2026-03-01 13:00</span> CET (12:00 UTC)" in html
        assert "since <span>2026-03-01 12:00 UTC</span>\n" in html

    @pytest.mark.parametrize(
        ("zone", "expected"),
        [
            ("UTC", "2026-03-01 23:30 UTC"),
            ("Europe/Berlin", "2026-03-02 00:30 CET (2026-03-01 23:30 UTC)"),
            ("America/Bogota", "2026-03-01 18:30 -05 (23:30 UTC)"),
        ],
    )
    def test_a_time_stands_in_the_operators_zone_with_utc_beside_it(
        self, monkeypatch: pytest.MonkeyPatch, zone: str, expected: str
    ) -> None:
        """CloudTrail speaks UTC, a person's clock does not."""
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert times.moment(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == expected
        monkeypatch.undo()
        time.tzset()

    def test_a_countdown_says_how_long_it_is_where_scripts_do_not_run(self) -> None:
        """In an export, a mail or a strict viewer."""
        now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        counted = times.countdown(now + timedelta(hours=2), now=now, shown_at=now)
        assert counted.endswith(">in 2 hours</span>")
        assert "7200000" in counted

    def test_a_preview_with_accounts_that_wait_counts_down_to_the_first(self, shown: list[str]) -> None:
        """How many wait, until when, and how long that is; without a known time nothing is counted."""
        seen = values.snapshot(values.source(values.member()), values.destination())
        planned = (values.planned(), values.planned(values.OTHER))
        until = values.NOW + timedelta(days=2)
        waits = (
            steps.Wait(values.ACCOUNT, free("is two days old"), until),
            steps.Wait(values.OTHER, free("later"), None),
        )
        ui.show(steps.Preview(steps.INVITE, planned, waits, seen, Plan(planned)))
        page = "".join(shown)
        assert "1 account waits, the first until" in page
        assert "in 2 days" in page
        shown.clear()
        ui.show(steps.Preview(steps.INVITE, planned, (waits[1], waits[1]), seen, Plan(planned)))
        assert "orgtools-countdown" not in "".join(shown)


class TestProgress:
    """A step while it runs."""

    @pytest.fixture
    def ticks(self) -> list[float]:
        """A clock that a test sets."""
        return [0.0]

    @pytest.fixture
    def progress(self, ticks: list[float]) -> ui.Progress:
        """Of three accounts."""
        with capture_output():
            return ui.Progress(
                _preview(*(steps.Do(account.account_id, free("is not invited yet"), ()) for account in PLAN.accounts)),
                clock=lambda: ticks[0],
            )

    def test_every_account_is_there_before_the_first_call(self, progress: ui.Progress) -> None:
        """And that interrupting is safe is said while it matters."""
        assert "0 of 3 called" in progress.html
        assert progress.html.count('not called yet"') == 3
        assert "Interrupting (■) is safe" in progress.html

    def test_rate_and_remaining_time(self, progress: ui.Progress, ticks: list[float]) -> None:
        """From the calls that have returned so far."""
        ticks[0] = 2.0
        progress(steps.Answered("300000000001"))
        assert "1 of 3 called" in progress.html
        assert "0.5 a second, about 4 seconds left" in progress.html
        assert "300000000001 called" in progress.html

    def test_a_refusal_is_told_when_it_comes_with_the_next_step(
        self, progress: ui.Progress, ticks: list[float]
    ) -> None:
        """The same words once for all accounts that they concern; taken back where the account arrives after all."""
        for number, account in enumerate(PLAN.accounts[:2]):
            ticks[0] += 1 + number
            progress(steps.Answered(account.account_id, free("Throttling: slow down", "Nothing to do.")))
        assert progress.html.count("Throttling: slow down") == 1
        assert "(300000000001, 300000000002)" in progress.html
        assert "<strong>Nothing to do.</strong>" in progress.html
        for account in PLAN.accounts:
            progress(steps.Outcome(account.account_id, steps.Status.CONFIRMED, free("is invited")))
        assert "Throttling" not in progress.html
        assert "3 ✓ confirmed" in progress.html
        assert "Interrupting" not in progress.html

    def test_a_pause_says_how_long(self, progress: ui.Progress) -> None:
        """Somebody who sees nothing move wants to know why."""
        progress(steps.Pausing(8.0, 3))
        assert "checks again in 8 seconds" in progress.html

    def test_a_thousand_accounts_are_drawn_a_few_times_a_second(self, ticks: list[float]) -> None:
        """Not once for each call: the browser stays usable."""
        many = [f"3{number:011}" for number in range(1000)]
        with capture_output():
            progress = ui.Progress(
                _preview(*(steps.Do(account, free("is not invited yet"), ()) for account in many)),
                clock=lambda: ticks[0],
            )
        drawn = {progress.html}
        for account in many:
            ticks[0] += 0.01
            progress(steps.Answered(account))
            drawn.add(progress.html)
        assert 40 <= len(drawn) <= 60
        assert max(map(len, drawn)) < 100_000


class TestAssessment:
    """Findings as 10_assess shows them."""

    def test_what_changed_since_the_last_time_is_told_first(self, shown: list[str]) -> None:
        """Was and is, in a word each; nothing where nothing changed."""
        planned = values.planned()
        blocked = Finding(values.ACCOUNT, "E1", FindingStatus.BLOCK, free("its State is SUSPENDED", "Reopen it."))
        fine = Finding(values.ACCOUNT, "E1", FindingStatus.OK, free("State is ACTIVE"))
        ui.show(Assessment((planned,), (blocked,), values.NOW, before=(fine,)))
        page = "".join(shown)
        assert "Changed since the last assessment: 1." in page
        assert page.index("Changed since") < page.index("Reopen it.")
        shown.clear()
        ui.show(Assessment((planned,), (blocked,), values.NOW, before=(blocked,)))
        assert "Changed since" not in "".join(shown)
