"""What --help prints, and what is wrong with a command line, in the language of whoever reads."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer
from typer.core import TyperArgument
from typer.testing import CliRunner

from orgtools.cli import app
from orgtools.cli.widths import cells
from orgtools.messages import LANGUAGES, Message, plain
from tests.notebooks.english import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_CODE: Final = re.compile(r"^help-[a-z-]+ =", re.MULTILINE)


def _commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command, by what is typed for it."""
    yield before, group
    for name, command in getattr(group, "commands", {}).items():
        yield from _commands(command, (*before, name))


_ALL: Final = {" ".join(typed): typed for typed, _ in _commands(typer.main.get_command(app))}


def _help(*typed: str) -> str:
    shown = CliRunner().invoke(app, [*typed, "--help"], prog_name="orgtools", env={"COLUMNS": "80"})
    assert shown.exit_code == 0
    return shown.output


@pytest.fixture(params=LANGUAGES)
def tongue(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language that is asked for."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", request.param)
    return str(request.param)


def test_every_command_argument_and_option_has_its_help_in_the_catalogue(tongue: str) -> None:
    """None is without one, none is a code that no catalogue has, and Fluent would say the same."""
    said = list[str | None]()
    for _, command in _commands(typer.main.get_command(app)):
        shown = [one for one in command.params if not one.hidden and "completion" not in one.name]
        said += [command.help, *(one.help for one in shown)]
        said += [one.metavar for one in shown if isinstance(one, TyperArgument)]
    assert all(said)
    assert not [text for text in said if str(text).startswith("help-")]
    held = files("orgtools.messages").joinpath(tongue, "help.ftl").read_text(encoding="utf-8")
    for code in _CODE.findall(held):
        words = plain(code.removesuffix(" ="))
        assert words == str(Message(code.removesuffix(" =")))


@pytest.mark.parametrize("typed", _ALL.values(), ids=_ALL)
def test_the_help_is_japanese(typed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of it but names of AWS and of orgtools, in 80 cells, with nothing cut off."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")
    shown = _help(*typed)
    assert [found[0] for found in ENGLISH.finditer(shown)] == []
    assert "..." not in shown.replace("[\u5f15\u6570]...", "").replace("o-...", "")
    assert max(map(cells, shown.splitlines())) <= 80
    assert all(_JAPANESE.search(paragraph) for paragraph in shown.split("\n\n"))
    assert "Usage" not in shown
    assert "OPTIONS" not in shown
    assert re.findall(r"<[a-z ]+>|\{[a-z]+\}|\[[a-z]+\]", shown) == []


def test_the_help_says_what_a_command_takes() -> None:
    """Names, types, choices, what is required and what is so without an option; hidden options are not there."""
    shown = " ".join(_help("run").split())
    assert shown.startswith("Usage: ")
    assert " ".join(plain("help-run").split()) in shown
    assert "step The step. One of: unenroll, invite, prepare" in shown
    assert "[required]" in shown
    assert "--wave <integer> Only this wave." in shown
    assert "--account <text> Only this account." in shown
    rehearse = " ".join(_help("rehearse").split())
    assert "[default: two-waves]" in rehearse
    assert "one-of-many" not in rehearse
    assert "--members / --no-members" in _help("audit")
    assert "[default: --members]" in " ".join(_help("audit").split())


_WRONG: Final = {
    "statu": (
        "There is no command statu. Similar: status.",
        "statu というコマンドはありません。似たコマンド: status。",
    ),
    "zzz": ("There is no command zzz.", "zzz というコマンドはありません。"),
    "status --foldr": (
        "There is no option --foldr. Similar: --folder.",
        "--foldr というオプションはありません。似たオプション: --folder。",
    ),
    "--zzz": ("There is no option --zzz.", "--zzz というオプションはありません。"),
    "status --folder": (
        "The option --folder has no value, or has one that it does not take.",
        "オプション --folder に値がないか、値をとらないオプションに値があります。",
    ),
    "status one two": (
        "Unexpected: one and two. Put a value that contains spaces between quotation marks.",
        "余分な引数があります: one、two。空白を含む値は、引用符で囲んでください。",
    ),
    "verify-record": (
        "Nothing is given for folder. Give a value: <path>.",
        "「フォルダ」がありません。値を指定してください: <パス>。",
    ),
    "audit --format xml": (
        "--format does not take this value. Give another value: table, csv, json.",
        "「--format」にこの値は指定できません。別の値を指定してください: table, csv, json。",
    ),
    "run invite --wave x": (
        "--wave does not take this value. Give another value: <integer>.",
        "「--wave」にこの値は指定できません。別の値を指定してください: <整数>。",
    ),
}


@pytest.mark.parametrize("typed", _WRONG)
def test_what_is_wrong_with_a_command_line_is_said_in_the_language(typed: str, tongue: str) -> None:
    """With exit code 2, and how to get help; nothing else is printed in English."""
    ended = CliRunner().invoke(app, typed.split(), prog_name="orgtools")
    assert ended.exit_code == 2
    assert f"orgtools: {_WRONG[typed][LANGUAGES.index(tongue)]}" in ended.stderr.splitlines()
    assert "Error" not in ended.stderr
    if tongue == "ja":
        assert [found[0] for found in ENGLISH.finditer(ended.stderr)] == []


def test_without_a_command_the_help_is_shown(tongue: str) -> None:
    """As with --help."""
    ended = CliRunner().invoke(app, [])
    assert ended.exit_code == 2
    assert "".join(plain("help-lab").split()) in "".join(ended.output.split())
