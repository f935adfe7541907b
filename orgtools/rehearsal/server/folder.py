"""What a rehearsal writes into its run folder: profiles, its address, and a migration to begin with."""

import hashlib
import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from orgtools.messages import Message
from orgtools.rehearsal.errors import RehearsalError, ScenarioError
from orgtools.rehearsal.scenario import loader, plain_wave
from orgtools.rehearsal.scenario.scenario import Scenario
from orgtools.rehearsal.world.credentials import operator_credentials

CONFIG = "aws-config"
CREDENTIALS = "aws-credentials"
ADDRESS = "rehearsal.json"
LOCK = ".rehearsal.lock"
LOG = "rehearsal.log"
LOGINS = "sso-cache"
"""Where the logins of the scenario's access portals lie."""
ADMIN = "/_rehearsal/"
"""Where a rehearsal's own routes begin."""
TOKEN_HEADER = "x-rehearsal-token"  # noqa: S105 -- the name of a header
BROUGHT = ("migration.toml", "accounts.csv")
WAVE_MIGRATION = """\
name = "{name}"

[source]
profile = "rehearsal-source"

[destination]
profile = "rehearsal-destination"
landing_ou = "/"

[access]
role = "OrganizationAccountAccessRole"
via = "source"

[invitation]
notes = "Rehearsal of {name}"

[rates]
speed = 1.0
"""


def load(name: str, also: tuple[str, ...] = ()) -> Scenario:
    """A scenario by shipped name, path or `wave:N`. Raises `ScenarioError`; it names what the caller knows `also`."""
    return plain_wave.scenario(name) if name.startswith("wave:") else loader.load(name, also)


def check(name: str, also: tuple[str, ...] = ()) -> None:
    """Whether there is such a scenario, before anything is made for it. Raises `RehearsalError`."""
    try:
        load(name, also)
    except ScenarioError as error:
        raise RehearsalError(error.message) from None


def brought(name: str) -> list[Path]:
    """The files of the scenario's own that a new run folder begins with. Raises `RehearsalError`."""
    if name.startswith("wave:"):
        return []
    try:
        source = loader.folder_of(name)
    except ScenarioError as error:
        raise RehearsalError(error.message) from None
    return [path for path in (source / file for file in BROUGHT) if path.exists()]


def profiles(scenario: Scenario) -> dict[str, str]:
    """Account by profile: the management accounts, and members that have a profile of their own."""
    own = {account.profile: account.id for account in scenario.members() if account.profile}
    return own | {side.profile: side.management for side in scenario.organizations if side.profile}


def portals(scenario: Scenario) -> list[dict[str, Any]]:
    """The access portals and their logins, as JSON values."""
    return [organization.portal.model_dump() for organization in scenario.organizations if organization.portal]


def hold(folder: Path) -> FileLock:
    """Keeps every other rehearsal out of the folder, as long as this process lives. Raises `RehearsalError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, blocking=False)
        lock.acquire()
    except Timeout:
        at = (read_address(folder) or {}).get("address")
        raise RehearsalError(running(folder, at)) from None
    except OSError as error:
        message = Message("rehearsal-folder-not-written", path=str(folder), words=error.strerror)
        raise RehearsalError(message) from None
    return lock


def running(folder: Path, address: str | None) -> Message:
    """That one runs there, and where it answers, where that is known."""
    if address:
        return Message("rehearsal-runs-already-at", path=str(folder), address=address)
    return Message("rehearsal-runs-already", path=str(folder))


def write(folder: Path, name: str, scenario: Scenario, *, address: str, token: str, speed: float) -> None:
    """Writes everything; `migration.toml` and `accounts.csv` only where there are none yet.

    The token opens the rehearsal's own routes: only whoever may read the run folder's private file has it.
    """
    write_config(folder, profiles(scenario), address)
    write_logins(folder, portals(scenario), address)
    document = {
        "address": address,
        "token": token,
        "pid": os.getpid(),
        "scenario": scenario.name,
        "profiles": profiles(scenario),
    }
    (folder / ADDRESS).unlink(missing_ok=True)
    with open(folder / ADDRESS, "x", opener=_private) as written:
        written.write(json.dumps(document, indent=1) + "\n")
    for file, text in _begin(name, scenario, speed).items():
        if not (folder / file).exists():
            (folder / file).write_text(text)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write_config(folder: Path, accounts: dict[str, str], address: str) -> None:
    """The AWS config file: one profile for each account that has one, made-up credentials, the endpoint.

    The default profile has no credentials: programs that make a session from the keys of an assumed role
    find the endpoint there, and nothing that forgets to name a profile reaches the real AWS.
    """
    sections = [f"[default]\nregion = us-east-1\noutput = json\nendpoint_url = {address}\n"]
    for profile, account in accounts.items():
        key, secret = operator_credentials(account)
        sections.append(
            f"[profile {profile}]\nregion = us-east-1\noutput = json\nendpoint_url = {address}\n"
            f"aws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
        )
    (folder / CONFIG).write_text("\n".join(sections))


def write_logins(folder: Path, portals: list[dict[str, Any]], address: str) -> None:
    """What `aws sso login` leaves for each access portal: a profile with its session, and a login in a cache.

    The cache is a folder of the run folder, not the one in the home directory, which belongs to a person.
    """
    sections, cache = [], folder / LOGINS
    for portal in portals:
        profile = portal["profile"]
        start = f"{address}/start"
        sections.append(
            f"\n[sso-session {profile}]\nsso_start_url = {start}\nsso_region = us-east-1\n"
            f"\n[profile {profile}]\nsso_session = {profile}\nregion = us-east-1\n"
            f"endpoint_url = {address}\n"
        )
        cache.mkdir(exist_ok=True)
        expires = datetime.now(UTC) + timedelta(hours=portal["login_hours"])
        login = {"startUrl": start, "region": "us-east-1", "accessToken": portal["token"]}
        login["expiresAt"] = f"{expires:%Y-%m-%dT%H:%M:%SZ}"
        # botocore's own name of the file; nothing secret hangs on this hash.
        name = hashlib.sha1(profile.encode(), usedforsecurity=False).hexdigest()
        (cache / f"{name}.json").write_text(json.dumps(login) + "\n")
    with (folder / CONFIG).open("a") as config:
        config.writelines(sections)


def read_address(folder: Path) -> dict[str, Any] | None:
    """What a running, or once running, rehearsal wrote about itself."""
    try:
        document = json.loads((folder / ADDRESS).read_text())
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def _begin(name: str, scenario: Scenario, speed: float) -> dict[str, str]:
    if name.startswith("wave:"):
        count = int(name.partition(":")[2])
        files = {
            "migration.toml": WAVE_MIGRATION.format(name=scenario.name),
            "accounts.csv": plain_wave.accounts_csv(count),
        }
    else:
        files = {path.name: path.read_text(encoding="utf-8") for path in brought(name)}
    if "migration.toml" in files:
        files["migration.toml"] = re.sub(r"(?m)^speed = .*$", f"speed = {speed!r}", files["migration.toml"], count=1)
    return files
