"""Every code sample of the README and of docs/, executed against a rehearsal, or held against what it names."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
import typer.main

from orgtools.cli import app
from orgtools.cli.running import step_names
from orgtools.messages import languages
from orgtools.settings import Settings
from tests import rehearsed
from tests.installing import by_pip, installed
from tests.rehearsed import DESTINATION_MANAGEMENT, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.rehearsal import Rehearsal

_ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (
    _ROOT / "README.md",
    _ROOT / "CONTRIBUTING.md",
    _ROOT / "SECURITY.md",
    *sorted((_ROOT / "docs").glob("*.md")),
)
"""Those that somebody writes by hand; docs/ja has the same samples, by a test of its own."""
_FENCED: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED: Final = re.compile(r"(?:^(?: {4}.*)?\n)+", re.MULTILINE)
_ACCOUNT: Final = "123456789012"
"""The account of the samples; o-destination1 is its organization."""


def _kind(text: str) -> str:
    """What an indented block is, by its first word."""
    first = text.split(maxsplit=1)[0]
    return {"make": "make", "orgtools": "commands", "for": "deploying"}.get(first, f"unknown: {first}")


def _blocks() -> list[tuple[str, str]]:
    """Every block: what it is, and its text; one that several pages have is there once."""
    found: list[tuple[str, str]] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        rest = _INDENTED.findall(_FENCED.sub("", text))
        indented = [textwrap.dedent(block).strip() for block in rest if block.strip()]
        found += [*_FENCED.findall(text), *((_kind(block), block) for block in indented)]
    return list(dict.fromkeys(found))


BLOCKS: Final = _blocks()


def _of(kind: str) -> list[str]:
    found = [text for known, text in BLOCKS if known == kind]
    assert found, kind
    return found


def test_every_block_is_tested_or_no_code() -> None:
    """A new kind of sample needs a test; a block of text is marked so."""
    assert {kind for kind, _ in BLOCKS} == {"make", "commands", "deploying", "sh", "python", "toml", "text", "mermaid"}


def test_every_target_of_make_is_there() -> None:
    """And every scenario that is named with one."""
    targets = set(re.findall(r"^([a-z]+):", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for block in _of("make"):
        for line in block.splitlines():
            assert line.startswith("make "), line
            assert set(line.partition("#")[0].split()[1:]) <= targets, line
    scenarios = {path.name for path in (_ROOT / "orgtools" / "rehearsal" / "scenarios").iterdir()} | {"all"}
    for page in PAGES:
        assert set(re.findall(r"SCENARIO=([\w-]+)", page.read_text(encoding="utf-8"))) <= scenarios, page.name


def test_every_command_is_listed_and_every_listed_one_is_there() -> None:
    """Steps of `orgtools run` as well, as far as a line names one."""
    (listing,) = _of("commands")
    known: Any = typer.main.get_command(app)
    commands: dict[str, Any] = known.commands
    told: set[str] = set()
    for line in listing.splitlines():
        if not line.startswith("orgtools "):
            continue
        words = re.split(r" {2,}", line.removeprefix("orgtools "), maxsplit=1)[0].replace(",", "").split()
        for name in [word for word in words if word in commands]:
            told.add(name)
        rest = [word for word in words if word not in commands and word.islower() and word.isalpha()]
        inner = set(step_names()) if words[0] == "run" else set(getattr(commands[words[0]], "commands", ()))
        assert set(rest) <= inner, line
    assert told == set(commands)


def test_every_command_inside_a_sentence_is_there() -> None:
    """`orgtools run invite --wave 1`: the command, the step, the options; `make quick`: the target."""
    known: Any = typer.main.get_command(app)
    targets = set(re.findall(r"^([a-z]+):", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong: list[str] = []
    seen = 0
    for page in PAGES:
        for quoted in re.findall(r"`((?:orgtools|make) [^`\n]+)`", _FENCED.sub("", page.read_text(encoding="utf-8"))):
            program, first, *words = quoted.split()
            seen += 1
            if program == "make":
                asked = [word for word in (first, *words) if "=" not in word]
                wrong += [f"{page.name}: {quoted}" for word in asked if word not in targets]
                continue
            command = known.commands.get(first)
            inner = getattr(command, "commands", {})
            if inner and words:
                command = inner.get(words[0])
            steps = words[0] in {*step_names(), "STEP"} if first == "run" and words else True
            options = {option for one in getattr(command, "params", ()) for option in one.opts}
            if command is None or not steps or not {word for word in words if word.startswith("--")} <= options:
                wrong.append(f"{page.name}: {quoted}")
    assert wrong == []
    assert seen > 30


def test_the_settings_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are, and with every setting that is written as a comment."""
    monkeypatch.setattr(languages, "_chosen", "")  # until the end of the test: a setting chooses the language
    (text,) = _of("toml")
    file = tmp_path / "migration.toml"
    given = re.sub(r"(?m)^# (?=[\w]+ = |\[)", "", text)
    given = re.sub(r"(?m)^secret = .*\n", "", given)  # the other way beside role_arn
    read = []
    for written in (text, given):
        file.write_text(written, encoding="utf-8")
        read.append(Settings.read(file))
    assert "identity_center" in tomllib.loads(given)["access"]
    assert read[0] != read[1]


def _scenario() -> dict[str, Any]:
    """The small world, in which the samples' account, organization and secret are there."""
    tables = rehearsed.scenario()
    source, destination = tables["organizations"][:2]
    destination["id"] = "o-destination1"
    source["id"] = "o-source00001"
    tables["invitations"] = []
    (member,) = [one for one in source["accounts"] if one["id"] == PLAIN[0]]
    member |= {"id": _ACCOUNT, "profile": "member"}
    tables["secrets"] = [{"account": DESTINATION_MANAGEMENT, "name": "orgtools/destination"}]
    return tables


@pytest.fixture
def world(local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """A rehearsal of it, whose default profile is the destination's."""
    server = rehearsed.rehearse(monkeypatch, _scenario())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("AWS_PROFILE", "destination")
    return server


def test_the_samples_in_python_run_one_after_the_other(world: Rehearsal) -> None:
    """Invited, listed, accepted."""
    names: dict[str, Any] = {}
    for block in _of("python"):
        exec(compile(block, "docs", "exec"), names)  # noqa: S102 (it is ours)
    sent = world.world()["handshakes"][names["handshake"].id]
    assert (sent["account"], sent["organization"], sent["state"]) == (_ACCOUNT, "o-destination1", "ACCEPTED")


_INSTALL: Final = 'pip install ".[rehearsal]"'


@pytest.fixture(scope="module", params=["unpacked", pytest.param("by pip", marks=pytest.mark.exhaustive)])
def commands(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pip install ".[rehearsal]"` makes; in the last tier pip itself makes it. See `installed` and `by_pip`."""
    folder = tmp_path_factory.mktemp("samples")
    return by_pip(folder, _INSTALL) if request.param == "by pip" else installed(folder, "rehearsal").parent


def test_three_commands_lead_from_nothing_to_a_handshake(local_servers: None, commands: Path, tmp_path: Path) -> None:
    """The first is what `commands` did; the others run in a shell, as they are typed."""
    (block,) = _of("sh")
    install, start, invite = block.strip().splitlines()
    assert install == _INSTALL
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {
        "PATH": f"{commands}{os.pathsep}{environment['PATH']}",
        "PYTHONPATH": str(_ROOT / "tests" / "offline"),
        "TMPDIR": str(tmp_path),
    }
    assert start.endswith(" &")
    started = ["bash", "-c", f"exec {start.removesuffix(' &')}"]
    with subprocess.Popen(started, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=environment) as serving:
        try:
            assert serving.stdout
            assert serving.stdout.readline(), "the rehearsal did not start"
            invited = subprocess.run(
                ["bash", "-c", invite], capture_output=True, check=False, text=True, cwd=tmp_path, env=environment
            )
            assert invited.returncode == 0, invited.stderr
            assert re.fullmatch(r"h-[0-9a-z]{8,32}\n", invited.stdout)
        finally:
            serving.send_signal(signal.SIGINT)


def _statements(block: str) -> Iterator[tuple[str, str]]:
    """Each command of the deploying sample, with the side whose credentials a comment names."""
    side = ""
    for statement in re.split(r"\n(?! )(?=aws |#|for )", block):
        if statement.startswith("#"):
            side = "destination" if "destination" in statement else "source"
            continue
        yield side, statement


def test_the_policies_are_deployed_as_the_sample_says(
    world: Rehearsal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the AWS command line; ou-... is the unit's id."""
    unit = boto3.Session(profile_name="source").client("organizations")
    (root,) = unit.list_roots()["Roots"]
    units = unit.list_organizational_units_for_parent(ParentId=root["Id"])["OrganizationalUnits"]
    (legacy,) = [one["Id"] for one in units if one["Name"] == "Legacy"]
    (block,) = _of("deploying")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert shutil.which("aws")
    for side, statement in _statements(block):
        if side:
            monkeypatch.setenv("AWS_PROFILE", side)
        ended = subprocess.run(
            ["bash", "-ec", statement.replace("ou-...", legacy)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, (statement, ended.stderr)
    for profile, roles in (
        ("source", ("source-operator", "assess-source")),
        ("destination", ("destination-operator",)),
    ):
        iam = boto3.Session(profile_name=profile).client("iam")
        for role in roles:
            assert iam.get_role(RoleName=f"orgtools-{role}")["Role"]
