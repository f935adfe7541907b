"""The rehearsal's own routes under /_rehearsal/: clock, log, truth, reset, interventions."""

import hmac
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from orgtools.messages import Message
from orgtools.rehearsal.errors import ToldError
from orgtools.rehearsal.limits.faults import Fault, Script
from orgtools.rehearsal.scenario.loader import parse, parse_switches
from orgtools.rehearsal.server import folder
from orgtools.rehearsal.server.gateway import Gateway
from orgtools.rehearsal.server.wire import HttpAnswer, HttpRequest, document
from orgtools.rehearsal.world import interventions, truth

Json = dict[str, Any]
JSON_TYPE = "application/json"
MISTAKES = (ToldError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a request to the rehearsal itself may be refused for."""


class Admin:
    """Answers the admin routes with JSON; a mistake in a request is a 400 with a message."""

    def __init__(self, gateway: Gateway, token: str) -> None:
        self._gateway = gateway
        self._token = token
        self._routes = {
            ("GET", "state"): self._state,
            ("GET", "calls"): self._calls,
            ("GET", "world"): self._world,
            ("POST", "advance"): self._advance,
            ("POST", "reset"): self._reset,
            ("POST", "intervene"): self._intervene,
            ("POST", "script"): self._script,
            ("POST", "switches"): self._switches,
            ("POST", "speed"): self._speed,
        }

    def __call__(self, request: HttpRequest) -> HttpAnswer:
        """Answers one request."""
        if not hmac.compare_digest(request.headers.get(folder.TOKEN_HEADER, "").encode(), self._token.encode()):
            return _refused(Message("rehearsal-route-token", path=folder.ADDRESS), 403)
        if request.method == "POST" and request.headers.get("content-type", "").partition(";")[0] != JSON_TYPE:
            return _refused(Message("rehearsal-route-type", kind=JSON_TYPE), 415)
        route = self._routes.get((request.method, request.path.removeprefix(folder.ADMIN)))
        if route is None:
            return _refused(Message("rehearsal-route-unknown", action=request.method, path=request.path), 404)
        query = {name: values[-1] for name, values in parse_qs(urlsplit(request.target).query).items()}
        try:
            with self._gateway.lock:
                return _json(route({**query, **document(request.body)}))
        except MISTAKES as error:
            return _refused(_said(error), 400)

    def _state(self, _: Json) -> Json:
        gateway = self._gateway
        return {
            "scenario": gateway.scenario.name,
            "now": gateway.clock.now().isoformat(),
            "speed": gateway.clock.speed,
            "calls": gateway.log.total,
        }

    def _calls(self, given: Json) -> Json:
        return {"calls": [call.as_json() for call in self._gateway.log.after(int(given.get("since", 0)))]}

    def _world(self, _: Json) -> Json:
        return truth.describe(self._gateway.world)

    def _advance(self, given: Json) -> Json:
        return {"now": self._gateway.clock.advance(timedelta(seconds=float(given["seconds"]))).isoformat()}

    def _reset(self, given: Json) -> Json:
        if given.get("document") is not None:
            scenario = parse(given["document"])
        elif given.get("scenario"):
            scenario = folder.load(given["scenario"])
        else:
            scenario = self._gateway.scenario
        self._gateway.reset(scenario)
        return {"scenario": scenario.name, "profiles": folder.profiles(scenario), "portals": folder.portals(scenario)}

    def _intervene(self, given: Json) -> Json:
        return interventions.intervene(self._gateway.world, given.pop("action"), given)

    def _script(self, given: Json) -> Json:
        faults = [Fault(**fault) for fault in given.get("faults", [])]
        self._gateway.script = Script(faults, int(given.get("seed", 0)))
        return {"faults": len(faults)}

    def _switches(self, given: Json) -> Json:
        world = self._gateway.world
        world.set_switches(parse_switches({**world.switches.model_dump(), **given}))
        return world.switches.model_dump()

    def _speed(self, given: Json) -> Json:
        self._gateway.clock.set_speed(float(given["speed"]))
        return {"speed": self._gateway.clock.speed}


def _json(told: Json, status: int = 200) -> HttpAnswer:
    return HttpAnswer(status, json.dumps(told).encode(), {"Content-Type": "application/json"})


def _refused(message: Message, status: int) -> HttpAnswer:
    return _json({"message": message.as_json()}, status)


def _said(error: Exception) -> Message:
    if isinstance(error, ToldError):
        return error.message
    return Message("rehearsal-request-wrong", words=f"{type(error).__name__}: {error}")
