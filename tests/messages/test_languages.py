"""Which language is spoken, and that nothing but what people read depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from orgtools.cli import app
from orgtools.exceptions import InputError
from orgtools.messages import LANGUAGES, language, languages, render
from orgtools.plan import Plan
from orgtools.record.bundle import notebooks
from orgtools.settings import Settings
from orgtools.steps import INVITE, Do, Preview, approve_digest
from tests import values

if TYPE_CHECKING:
    from pathlib import Path

_SIDES: Final = '[source]\nprofile = "a"\n[destination]\nprofile = "b"\n'


@pytest.fixture(autouse=True)
def _nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_chosen", "")


def _read(folder: Path, text: str) -> Settings:
    path = folder / "migration.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.read(path)


def test_migration_toml_chooses_the_language(tmp_path: Path) -> None:
    """Until another file is read that chooses none."""
    assert language() == "en"
    _read(tmp_path, f'language = "ja"\n{_SIDES}')
    assert language() == "ja"
    _read(tmp_path, _SIDES)
    assert language() == "en"


def test_what_is_wrong_with_the_file_is_said_in_its_language(tmp_path: Path) -> None:
    """Whoever asks for Japanese may not read English."""
    with pytest.raises(InputError, match="不明なキー"):
        _read(tmp_path, f'language = "ja"\nnmae = "spring"\n{_SIDES}')


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may read a colleague's run in the own language."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "en")
    _read(tmp_path, f'language = "ja"\n{_SIDES}')
    assert language() == "en"


def test_an_unknown_language_in_the_file_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    """As any other setting that cannot be meant."""
    with pytest.raises(InputError, match=r"migration\.toml: language: .*en and ja") as refusal:
        _read(tmp_path, f'language = "jp"\n{_SIDES}')
    assert refusal.value.message.code == "settings-wrong"


def test_an_unknown_language_in_the_environment_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a run, and for every command: not English without a word."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "jp")
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, _SIDES)
    assert refusal.value.message.code == "language-of-variable-unknown"
    ended = CliRunner().invoke(app, ["policies", "member-accept"])
    assert ended.exit_code == 2
    assert "ORGTOOLS_LANGUAGE is 'jp'" in ended.stderr
    assert "en and ja" in ended.stderr


def test_notebooks_are_those_of_the_language_where_there_are_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """English ones otherwise."""
    monkeypatch.setattr(notebooks, "SHIPPED", tmp_path)
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")
    assert notebooks.shipped() == tmp_path
    (tmp_path / "ja").mkdir()
    assert notebooks.shipped() == tmp_path / "ja"
    monkeypatch.delenv("ORGTOOLS_LANGUAGE")
    assert notebooks.shipped() == tmp_path


def _preview() -> Preview:
    plan = Plan((values.planned(),))
    seen = values.snapshot(values.source(values.member()), values.destination())
    decision = INVITE.decide(plan.accounts[0], seen)
    assert isinstance(decision, Do)
    return Preview(INVITE, plan.accounts, (decision,), seen, plan, "a-run", values.NOW)


@pytest.mark.parametrize("shown_in", LANGUAGES)
@pytest.mark.parametrize("approved_in", LANGUAGES)
def test_what_was_shown_in_one_language_is_approved_in_another(
    shown_in: str, approved_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest is made of codes and facts."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", shown_in)
    shown = _preview()
    words = render(shown.decisions[0].why)
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", approved_in)
    assert approve_digest(_preview(), shown.digest).digest == shown.digest
    assert (render(shown.decisions[0].why) == words) == (shown_in == approved_in)
