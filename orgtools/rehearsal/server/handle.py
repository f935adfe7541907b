"""The handle that other programs hold on a running rehearsal."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from orgtools.messages import Message
from orgtools.rehearsal.errors import RehearsalError
from orgtools.rehearsal.limits.faults import Fault
from orgtools.rehearsal.server import expected
from orgtools.rehearsal.server import folder as run_folder
from orgtools.rehearsal.server.call_log import LoggedCall

START_TIMEOUT = 60.0
STOP_TIMEOUT = 10.0
_OPENER = build_opener(ProxyHandler({}))


class Rehearsal:
    """A running rehearsal: two or more simulated organizations behind one address on loopback.

    Made by `start` or `attach`. Everything that speaks to AWS reaches it with `environment()`; this handle
    moves the clock, reads the call log and the truth, and does what somebody else might do meanwhile.
    """

    def __init__(self, folder: Path, address: str, process: subprocess.Popen[bytes] | None = None) -> None:
        self.folder = folder
        self.address = address
        self._token = _token(folder)
        self._process = process

    @classmethod
    def start(
        cls, folder: Path, *, scenario: str | Path = "two-waves", port: int = 0, speed: float = 1.0
    ) -> "Rehearsal":
        """Starts a server process and waits until it answers. It ends with this process at the latest.

        Raises `RehearsalError` when the port is taken, the scenario is wrong, or one runs in the folder already.
        """
        run_folder.check(str(scenario))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = Message("rehearsal-folder-not-made", path=str(folder), words=error.strerror)
            raise RehearsalError(message) from None
        running = run_folder.read_address(folder)
        if running and _answers(running):
            raise RehearsalError(run_folder.running(folder, running["address"]))
        command = [sys.executable, "-P", "-m", "orgtools.rehearsal", str(folder), "--for-parent"]
        command += ["--scenario", str(scenario), "--port", str(port), "--speed", str(speed)]
        log = folder / run_folder.LOG
        try:
            errors = log.open("ab")
        except OSError as error:
            message = Message("rehearsal-folder-not-written", path=str(folder), words=error.strerror)
            raise RehearsalError(message) from None
        with errors:  # one that already runs here goes on writing to it
            begun = errors.tell()
            process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_same_code(),
                start_new_session=True,  # Ctrl-C is for whoever started it, who then stops it
            )
        line = process.stdout.readline() if process.stdout else b""
        told: dict[str, Any] = json.loads(line or b"{}")
        if "address" in told:
            return cls(folder, told["address"], process)
        process.communicate(timeout=STOP_TIMEOUT)
        if "refused" in told:
            raise RehearsalError(Message.from_json(told["refused"]))
        said = log.read_bytes()[begun:].decode(errors="replace").strip()
        raise RehearsalError(Message("rehearsal-ended", words=said.splitlines()[-1] if said else "", path=str(log)))

    @classmethod
    def attach(cls, folder: Path) -> "Rehearsal":
        """The rehearsal that runs in a folder. Raises `RehearsalError` when none answers there."""
        running = run_folder.read_address(folder)
        if running is None or not _answers(running):
            raise RehearsalError(Message("rehearsal-runs-not", path=str(folder)))
        return cls(folder, running["address"])

    @property
    def config_file(self) -> Path:
        """The AWS config file with a profile for each organization's management account."""
        return self.folder / run_folder.CONFIG

    def environment(self) -> dict[str, str]:
        """The variables under which boto3, the `aws` command line and others use the rehearsal.

        The home directory is not read: the credentials file named here does not exist. Loopback is reached without
        a proxy, and variables that name another endpoint, which would win over the profiles, name this one.
        """
        elsewhere = [name for name in os.environ if name.startswith("AWS_ENDPOINT_URL")]
        direct = {
            name: ",".join(
                dict.fromkeys([*filter(None, os.environ.get(name, "").split(",")), "127.0.0.1", "localhost"])
            )
            for name in ("NO_PROXY", "no_proxy")
        }
        return {
            **dict.fromkeys(elsewhere, self.address),
            **direct,
            "AWS_CONFIG_FILE": str(self.config_file.resolve()),
            "AWS_SHARED_CREDENTIALS_FILE": str((self.folder / run_folder.CREDENTIALS).resolve()),
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def now(self) -> datetime:
        """The virtual time, in UTC."""
        return datetime.fromisoformat(self._ask("GET", "state")["now"])

    def advance(self, by: timedelta) -> datetime:
        """Moves the virtual clock forward and returns the new time."""
        return datetime.fromisoformat(self._ask("POST", "advance", {"seconds": by.total_seconds()})["now"])

    def calls(self, since: int = 0) -> list[LoggedCall]:
        """The API calls after number `since`, oldest first. `reset` empties the log."""
        return [LoggedCall.from_json(call) for call in self._ask("GET", f"calls?since={since}")["calls"]]

    def world(self) -> dict[str, Any]:
        """The truth: `organizations`, `accounts` and `handshakes` by id, and `now`."""
        return self._ask("GET", "world")

    def unexpected(self, scenario: str) -> list[Message]:
        """What is not as a shipped scenario says that it ends; nothing where it says nothing."""
        return expected.differences(scenario, self.world())

    def governed(self) -> list[Message]:
        """Whom the Control Tower of each organization governs."""
        return expected.governed(self.world())

    def reset(self, scenario: str | Path | Mapping[str, Any] | None = None) -> None:
        """Begins anew, in milliseconds: with the same scenario, another one, or one given as tables.

        The clock returns to real time, the log is empty, and the profiles are written again.
        """
        given: dict[str, Any] = {}
        if isinstance(scenario, Mapping):
            given["document"] = dict(scenario)
        elif scenario is not None:
            given["scenario"] = str(scenario)
        answer = self._ask("POST", "reset", given)
        run_folder.write_config(self.folder, answer["profiles"], self.address)
        run_folder.write_logins(self.folder, answer["portals"], self.address)

    def intervene(self, action: str, **given: Any) -> dict[str, Any]:
        """Does what somebody else might do, past AWS's rules and the call log.

        `cancel`, `decline`, `accept` (handshake); `invite` (organization, account, kind); `move` (account, unit);
        `remove` (account); `join` (account, organization, unit); `state` (account, state); `tag` (account, tags);
        `trust` (account, role, trusts or document); `attach` (organization, target, content); `delegate`
        (account, service); `quota` (organization, accounts); `enabling_all_features` (organization, under_way); `share`
        (owner, account, name, region, resources); `cost_tag` (organization, key, status); `grow` and `prune`
        (organization, unit); `assign` (organization, account, permission_set, user, region, assigned).
        """
        return self._ask("POST", "intervene", {"action": action, **given})

    def script(self, *faults: Fault, seed: int = 0) -> None:
        """Puts these faults in force, in place of earlier ones; without any, calls succeed again."""
        self._ask("POST", "script", {"faults": [fault.as_json() for fault in faults], "seed": seed})

    def switch(self, **switches: Any) -> None:
        """Changes switches of the scenario while it runs, for example `rates=True, lag_seconds=3`."""
        self._ask("POST", "switches", switches)

    def set_speed(self, speed: float) -> None:
        """Changes how fast the virtual clock runs."""
        self._ask("POST", "speed", {"speed": speed})

    def stop(self) -> None:
        """Ends the server process, if this handle started it."""
        process = self._process
        if process is None:
            return
        self._process = None
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _ask(self, method: str, route: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return _ask(self.address, self._token, method, route, body)


def _token(folder: Path) -> str:
    """What opens the own routes of the rehearsal that runs in a folder."""
    return str((run_folder.read_address(folder) or {}).get("token", ""))


def _ask(address: str, token: str, method: str, route: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    data = json.dumps(body).encode() if body is not None else None
    headers = {run_folder.TOKEN_HEADER: token, "Content-Type": "application/json"}
    request = Request(f"{address}{run_folder.ADMIN}{route}", data=data, headers=headers, method=method)  # noqa: S310 -- always our http address
    try:
        with _OPENER.open(request, timeout=START_TIMEOUT) as response:
            answer: dict[str, Any] = json.load(response)
            return answer
    except HTTPError as error:
        raise RehearsalError(Message.from_json(json.load(error)["message"])) from None
    except (URLError, OSError) as error:
        message = Message("rehearsal-silent", address=address, words=str(error))
        raise RehearsalError(message) from None


def _same_code() -> dict[str, str]:
    """The environment, with the folder this package was imported from on the path of the new process."""
    root = str(Path(__file__).resolve().parents[3])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}


def _answers(running: Mapping[str, Any]) -> bool:
    try:
        _ask(running["address"], running.get("token", ""), "GET", "state")
    except RehearsalError:
        return False
    return True
