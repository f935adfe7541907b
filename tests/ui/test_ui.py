"""What a notebook shows and asks, without a browser: the widgets' Python side and the HTML."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from IPython.core.error import StdinNotImplementedError
from IPython.utils.capture import capture_output

from orgtools import steps, ui
from orgtools.exceptions import InputError
from orgtools.plan import Plan, PlannedAccount
from orgtools.ui import showing, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAN = Plan(
    (
        PlannedAccount("300000000001", "/Workloads/Prod", 1),
        PlannedAccount("300000000002", "/Workloads/Test", 1),
        PlannedAccount("300000000003", "/Workloads/Prod", 2),
    )
)


def _picker(*, wave: int | None = None, accounts: Iterable[str] = ()) -> ui.Picker:
    migration: Any = SimpleNamespace(plan=PLAN)
    with capture_output():
        return ui.Picker(migration, wave=wave, accounts=accounts)


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
        to_do=to_do, phrase=f"invite {len(to_do)}", digest="d" * 64, step=SimpleNamespace(name="invite")
    )


DO = steps.Do("300000000001", "is not invited yet", ())


class TestPicker:
    """Choosing accounts."""

    def test_all_planned_accounts_are_chosen_at_first(self) -> None:
        """Nobody has narrowed it down yet."""
        assert _picker().value == ("300000000001", "300000000002", "300000000003")

    def test_a_wave_given_as_parameter_is_the_choice(self) -> None:
        """So the notebook runs without a person."""
        assert _picker(wave=2).value == ("300000000003",)

    def test_accounts_given_as_parameter_win_over_the_wave(self) -> None:
        """The narrower word counts."""
        assert _picker(wave=1, accounts=["300000000003"]).value == ("300000000003",)

    def test_an_account_outside_the_plan_is_refused(self) -> None:
        """Before anything is shown."""
        with pytest.raises(InputError, match="300000000009 is not in the plan"):
            _picker(accounts=["300000000009"])

    def test_choosing_a_wave_replaces_the_choice_and_tells_it(self) -> None:
        """The final list is always printed with its count."""
        picker = _picker()
        picker._wave.value = 1
        assert picker.value == ("300000000001", "300000000002")
        assert "2 accounts chosen" in picker._line.value
        assert "300000000001, 300000000002" in picker._line.value

    def test_selected_rows_are_mapped_to_account_ids(self) -> None:
        """In the order of the plan, whatever the order of the clicks."""
        picker = _picker()
        picker._table.selected_rows = [2, 0]
        assert picker.value == ("300000000001", "300000000003")


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

    def test_without_a_person_the_digest_of_that_preview_opens_it(self) -> None:
        """And only that."""
        with capture_output():
            assert ui.ask(_preview(DO), "d" * 64) is not None
            assert ui.ask(_preview(DO), "e" * 64) is None


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
        """The column's name says UTC."""
        html = tables.html(pd.DataFrame({"sent (UTC)": pd.to_datetime(["2026-03-01T12:00:59Z"])}))
        assert "2026-03-01 12:00<" in html

    def test_no_finding_is_said_in_words(self, shown: list[str]) -> None:
        """An empty table would leave a doubt."""
        ui.show([])
        assert "Nothing remarkable" in "".join(shown)

    def test_a_decision_has_a_sign_that_needs_no_colour(self) -> None:
        """Four decisions, four signs."""
        assert len({mark[0] for mark in tables.MARKS.values()}) == 4
