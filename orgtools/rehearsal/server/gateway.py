"""From a request to an answer: who calls, may they, what happens, and a line in the log."""

import json
import sys
import threading
import traceback
import uuid
from datetime import timedelta

from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.limits.faults import Fault, Script
from orgtools.rehearsal.limits.faults import refusal as refusal_of
from orgtools.rehearsal.limits.rates import Buckets
from orgtools.rehearsal.operations import portal, registry
from orgtools.rehearsal.operations.registry import Operation
from orgtools.rehearsal.refusals import ServiceError, access_denied
from orgtools.rehearsal.scenario.scenario import Scenario
from orgtools.rehearsal.server import answers, call_log, inputs, wire
from orgtools.rehearsal.server.moto_bridge import Bridge, answered, unknown_operation
from orgtools.rehearsal.server.wire import HttpAnswer, HttpRequest, ServiceCall
from orgtools.rehearsal.world import cloudformation, permissions
from orgtools.rehearsal.world.build import build
from orgtools.rehearsal.world.identities import Caller, caller_of, make_roles

GONE = ("SUSPENDED", "CLOSED")
"""States of an account in which nobody can call anything from it."""
NO_SIGNATURE = ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token", status=403)


class Gateway:
    """The simulated AWS behind one address. `answer` is safe to call from several threads."""

    def __init__(self, scenario: Scenario, clock: VirtualClock) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        """Held for every answer: the world changes by one call after the other."""
        self._bridge = Bridge()
        self._begin(scenario)

    def reset(self, scenario: Scenario) -> None:
        """A new world; the log starts again."""
        with self.lock:
            self.clock.restart()
            self._begin(scenario)

    def _begin(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.answers = answers.checked(scenario.answers)
        self.world = build(scenario, self.clock)
        self.buckets = Buckets()
        self.script = _script(scenario)
        self.log = call_log.Log()

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Answers one AWS request."""
        call = wire.read(request)
        if call is None:
            anonymous = ServiceCall("", "us-east-1", "", request.path, wire.REST_JSON, {})
            return wire.failure(anonymous, NO_SIGNATURE, str(uuid.uuid4()))
        with self.lock:
            return self._answer(request, call)

    def _answer(self, request: HttpRequest, call: ServiceCall) -> HttpAnswer:
        request_id = str(uuid.uuid4())
        caller = caller_of(self.world, call.key)
        self.world.now()  # lets reads see what has become visible
        self.world.evaluated.clear()
        code = reason = None
        fault = self.script.next(call.operation)
        try:
            if fault and fault.kind == "cut":
                answer, code = HttpAnswer(0, b"", hang_up=True), "ConnectionCut"
            else:
                answer = self._perform(request, call, caller, fault, request_id)
                code, reason = answered(answer)
        except ServiceError as refusal:
            answer = wire.failure(call, refusal, request_id)
            code, reason = refusal.code, refusal.reason
        except Exception:  # noqa: BLE001 -- a mistake of ours must reach the client at once and not be retried
            traceback.print_exc(file=sys.stderr)
            code, message = "RehearsalFailure", f"The rehearsal failed on {call.service}:{call.operation}; see its log."
            answer = wire.failure(call, ServiceError(code, message), request_id)
        wire.stamp(answer, request_id)
        if fault and fault.kind == "lost":
            answer.hang_up = True
        elif fault and fault.kind == "slow":
            answer.delay = self.clock.real_seconds(timedelta(seconds=fault.seconds))
        if caller and code != "ConnectionCut":
            self._keep(call, caller, answer, code, request_id)
        account, handshake = call_log.targets(call.parameters)
        self.log.add(
            call_log.LoggedCall(
                number=self.log.total + 1,
                at=self.clock.now(),
                service=call.service,
                operation=call.operation,
                caller_account=caller.account.id if caller else None,
                caller_arn=caller.arn if caller else None,
                changing=registry.is_changing(call.service, call.operation),
                status=answer.status,
                code=code,
                reason=reason,
                account=account or registry.of_service(call.service).concerns(self.world, call.parameters),
                handshake=handshake,
                request_id=request_id,
                fault=fault.kind if fault else None,
                actions=tuple(self.world.evaluated),
            )
        )
        return answer

    def _keep(self, call: ServiceCall, caller: Caller, answer: HttpAnswer, code: str | None, request_id: str) -> None:
        """Puts the call into the CloudTrail of its caller's account."""
        changing = registry.is_changing(call.service, call.operation)
        self.world.trail.called(
            caller.account.id,
            caller.arn,
            caller.key,
            at=self.clock.now(),
            service=call.service,
            operation=call.operation,
            read_only=not changing,
            parameters=call.parameters,
            answer=json.loads(answer.body) if changing and not code and call.service == "organizations" else None,
            code=code,
            request_id=request_id,
            agent=call.agent,
        )

    def _perform(
        self, request: HttpRequest, call: ServiceCall, caller: Caller | None, fault: Fault | None, request_id: str
    ) -> HttpAnswer:
        world = self.world
        scripted = refusal_of(fault) if fault else None
        if scripted:
            raise scripted
        if not call.key:
            portals = {held.id: held.portal for held in self.scenario.organizations if held.portal}
            credentials = portal.get_role_credentials(world, portals, call.parameters)
            return wire.success(call, credentials, request_id)
        if caller is None:
            raise _unknown_key(call)
        self._alive(call, caller)
        inputs.check(request, call)
        return self._serve(request, call, caller, request_id)

    def _serve(self, request: HttpRequest, call: ServiceCall, caller: Caller, request_id: str) -> HttpAnswer:
        """Answers as the operation is declared: its rate, policies, whose account may call it, and then what it does.

        What nobody declared, and what a declared one leaves to it, moto answers.
        """
        held = registry.served(call.service, call.operation)
        if held is None:
            raise unknown_operation(call)
        asked = (self.world, caller, call.parameters, call.region)
        self._throttle(held, asked)
        self._permit(held, call, asked)
        registry.require(self.world, caller, held.who)
        if not registry.of_service(call.service).whole:
            told = answers.answer(self.answers, caller.account.id, call)
            if told is not None:
                return told
        known = registry.ask(held.run, *asked) if held.run else None
        if known is not None:
            return wire.success(call, known, request_id)
        make_roles(caller.account)
        cloudformation.know(caller.account.id, call.parameters.get("PolicyArn", ""))
        return self._bridge.forward(request, call, caller.account.id)

    def _alive(self, call: ServiceCall, caller: Caller) -> None:
        """Whether the caller's account and session still count."""
        if caller.account.state in GONE:
            raise access_denied(f"User: {caller.arn} cannot call: the account is {caller.account.state.lower()}.")
        if caller.expires and self.world.switches.expire_sessions and self.clock.now() >= caller.expires:
            code = "ExpiredToken" if call.protocol == wire.QUERY else "ExpiredTokenException"
            raise ServiceError(code, "The security token included in the request is expired", status=403)

    def _throttle(self, held: Operation, asked: registry.Question) -> None:
        world, caller, _, _ = asked
        if held.rate is None or not world.switches.rates:
            return
        own = world.organization_of(caller.account.id)
        counted = {*registry.ask(held.counts_for, *asked), *([own.id] if own else [])}
        self.buckets.take(held.name, held.rate, caller.account.id, sorted(counted), self.clock.now())

    def _permit(self, held: Operation, call: ServiceCall, asked: registry.Question) -> None:
        world, caller, _, _ = asked
        if held.asks_itself or not world.switches.permissions:
            return
        resource = registry.ask(held.resource or registry.of_service(held.service).resource, *asked)
        said = permissions.denial(world, caller, held.known_as, resource)
        if said:
            code, status = ("AccessDenied", 403) if call.protocol == wire.QUERY else ("AccessDeniedException", 400)
            raise ServiceError(code, said, status=status)


def _script(scenario: Scenario) -> Script:
    """The failures that the scenario begins with."""
    refused = (
        Fault(held.operation, "refuse", held.calls, code=held.code, reason=held.reason) for held in scenario.failures
    )
    return Script(refused)


def _unknown_key(call: ServiceCall) -> ServiceError:
    """What AWS answers to a key it does not know; the code differs by protocol."""
    message = "The security token included in the request is invalid."
    if call.protocol == wire.QUERY:
        return ServiceError("InvalidClientTokenId", message, status=403)
    return ServiceError("UnrecognizedClientException", message)
