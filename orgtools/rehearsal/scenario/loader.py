"""Reading a scenario: the file of a shipped one or of somebody's own, or tables; and whether it can be used."""

import difflib
import math
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from orgtools.messages import Message
from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.mistakes import told
from orgtools.rehearsal.scenario.scenario import TABLES, Scenario
from orgtools.rehearsal.scenario.switches import Switches

SHIPPED = Path(__file__).parents[1] / "scenarios"
MOST_BYTES = 64 * 2**20
MOST_LEVELS = 32
QUOTED = re.compile(r""""(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?""")
DOTTED = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}}")
"""A dotted key that is too deep: the time of the TOML parser grows with its square."""
MOST_TOLD = 10
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Line breaks and tabs may stand in notes and secrets; what becomes a name has no such thing either."""

T = TypeVar("T", bound=BaseModel)


def parse(document: Mapping[str, Any], file: Path | None = None) -> Scenario:
    """Checks a scenario's tables. Raises `ScenarioError` with the file and what is wrong for each mistake."""
    if file is None:
        return _checked(Scenario, document, "scenario-wrong")
    return _checked(Scenario, document, "scenario-file-wrong", path=str(file))


def parse_switches(document: Mapping[str, Any]) -> Switches:
    """Checks switches alone. Raises `ScenarioError`."""
    return _checked(Switches, document, "switches-wrong")


def _checked(kind: type[T], document: Mapping[str, Any], wrong: str, **facts: str) -> T:
    strange = _strange(document)
    if strange:
        raise ScenarioError(Message(wrong, findings=[strange], **facts))
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        found = told(kind, TABLES, error.errors(), document)
        if found[MOST_TOLD:]:
            found[MOST_TOLD:] = [Message("and-more", more=len(found) - MOST_TOLD)]
        raise ScenarioError(Message(wrong, findings=found, **facts)) from None


def _strange(document: object) -> Message | None:
    """What no table of a scenario may hold: values that JSON has not, control characters, and what lies too deep."""
    layer: list[tuple[str, object]] = [("", document)]
    for _ in range(MOST_LEVELS):
        for place, value in layer:
            wrong = _wrong(place, value)
            if wrong:
                return Message("setting-wrong", setting=f"{place.lstrip('.')!a}", why=wrong)
        layer = [
            (f"{place}.{key}"[:200], held)
            for place, value in layer
            if isinstance(value, Mapping | list)
            for key, held in (value.items() if isinstance(value, Mapping) else enumerate(value))
        ]
    return Message("scenario-nested", limit=MOST_LEVELS) if layer else None


def _wrong(place: str, value: object) -> Message | None:
    if isinstance(value, Mapping):
        return Message("scenario-control-key") if any(CONTROL.search(str(key)) for key in value) else None
    if isinstance(value, str):
        return Message("scenario-control-character") if CONTROL.search(value) else None
    if isinstance(value, float) and not math.isfinite(value):
        return Message("value-not-finite")
    if value is None or isinstance(value, list | bool | int | float):
        return None
    # AWS answers with times; everything else is written as JSON somewhere.
    return None if place.startswith(".answers.") else Message("scenario-value-kind", kind=type(value).__name__)


def folder_of(name: str | Path, also: tuple[str, ...] = ()) -> Path:
    """The folder of a scenario: a shipped one by name, or one by its path (folder or file).

    Raises `ScenarioError` with the names there are, and with those that the caller knows `also`.
    """
    path = Path(name)
    if isinstance(name, str) and "/" not in name and (SHIPPED / name / "scenario.toml").is_file():
        return SHIPPED / name
    if path.is_dir():
        return path
    if path.is_file():
        return path.parent
    shipped = sorted(child.name for child in SHIPPED.iterdir() if child.is_dir())
    near = difflib.get_close_matches(str(name)[:60], [*shipped, *also], n=1)
    choices = [*shipped, *also, "wave:N"]
    if near:
        raise ScenarioError(Message("scenario-unknown-near", given=str(name), keys=near, choices=choices))
    raise ScenarioError(Message("scenario-unknown", given=str(name), choices=choices))


def load(name: str | Path, also: tuple[str, ...] = ()) -> Scenario:
    """Reads a scenario file by name or path. Raises `ScenarioError`."""
    path = Path(name)
    file = path if path.is_file() else folder_of(name, also) / "scenario.toml"
    try:
        text = _text(file)
        if DOTTED.search(QUOTED.sub("quoted", text)):
            raise ScenarioError(Message("scenario-too-deep", path=str(file)))
        document = tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(Message("scenario-unread", path=str(file), words=error.strerror)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ScenarioError(Message("scenario-not-text", path=str(file), line=line)) from None
    except RecursionError:
        raise ScenarioError(Message("scenario-too-deep", path=str(file))) from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(Message("scenario-not-toml", path=str(file), words=str(error)[:200])) from None
    except ValueError:  # a number of 6,000 digits: Python does not say where
        found = re.search(r"[\w+-]{1000}", text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise ScenarioError(Message("file-number-too-long", path=str(file), line=line)) from None
    return parse(document, file)


def _text(file: Path) -> str:
    """What a regular file of a sensible size holds: a pipe is not waited for. Raises `ScenarioError`."""
    with open(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:  # noqa: PTH123 -- a descriptor
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ScenarioError(Message("scenario-not-regular", path=str(file)))
        held = stream.read(MOST_BYTES + 1)
    if len(held) > MOST_BYTES:
        raise ScenarioError(Message("scenario-too-large", path=str(file), size=MOST_BYTES // 2**20))
    return held.decode("utf-8-sig")
