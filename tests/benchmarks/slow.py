"""A server on loopback that answers every call of every service after 30 ms: empty, as botocore's model spells it.

Started as a program it prints its address, and serves until its standard input ends. ``/tally`` says what it was asked,
``/wait`` only waits.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from orgtools.rehearsal.server import wire

if TYPE_CHECKING:
    from botocore.model import OperationModel

DELAY: Final = 0.030
_JSON: Final = "application/x-amz-json-1.1"


class Answers:
    """An empty answer for each operation, and how often each was asked for."""

    def __init__(self) -> None:
        self.tally: Counter[str] = Counter()
        self._known: dict[tuple[str, ...], tuple[str, bytes]] = {}

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
        """The bytes to send back."""
        if target == "/tally":
            told = {"calls": self.tally, "processor": time.process_time()}
            return _response(json.dumps(told).encode(), _JSON)
        if target == "/wait":
            return _response(b"", _JSON)
        key = _key(method, target, headers, body)
        if key not in self._known:
            call = wire.read(wire.HttpRequest(method, target, headers, body))
            operation = wire.operation(call.service, call.operation) if call else None
            if operation is None:
                print(f"not understood: {method} {target} {headers} {body!r}", file=sys.stderr, flush=True)  # noqa: T201
                return _response(b"{}", _JSON, status=b"400 Bad Request")
            self._known[key] = f"{operation.service_model.service_name}:{operation.name}", _response(*_empty(operation))
        name, held = self._known[key]
        self.tally[name] += 1
        return held


def _key(method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[str, ...]:
    """What tells one operation from another."""
    scope = headers.get("authorization", "").partition("Credential=")[2].split("/", 5)[3:4]
    form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    action = next((part for part in body.decode().split("&") if part.startswith("Action=")), "") if form else ""
    return (method, target, *scope, headers.get("x-amz-target", ""), action)


def _empty(operation: OperationModel) -> tuple[bytes, str]:
    """Body and content type: every list and map is there and empty, and nothing else."""
    protocol = operation.service_model.resolved_protocol
    shape = operation.output_shape
    inner = shape.members.get(shape.serialization.get("payload", ""), shape) if shape else None
    members: dict[str, Any] = dict(getattr(inner, "members", {}))
    holders: dict[str, Any] = {
        held.serialization.get("name", name): ([] if held.type_name == "list" else {})
        for name, held in members.items()
        if held.type_name in ("list", "map") and "location" not in held.serialization
    }
    if "json" in protocol:
        return json.dumps(holders).encode(), _JSON
    if "cbor" in protocol:
        return b"\xa0", "application/cbor"
    inside = "".join(f"<{name}/>" for name in holders)
    wrapper = shape.serialization.get("resultWrapper") if shape else None
    inside = f"<{wrapper}>{inside}</{wrapper}>" if wrapper else inside
    return f"<{operation.name}Response>{inside}</{operation.name}Response>".encode(), "text/xml"


@cache
def _response(body: bytes, kind: str, status: bytes = b"200 OK") -> bytes:
    head = f"\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nsmithy-protocol: rpc-v2-cbor\r\n\r\n"
    return b"HTTP/1.1 " + status + head.encode() + body


class _Connection(asyncio.Protocol):
    """One kept connection: a request, 30 ms, an answer."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._buffer = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody called."""
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Answer what is complete."""
        self._buffer += data
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if headers.get("expect"):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        method, target, _ = first.split(" ", 2)
        answer = self._answers.answer(method, target, headers, rest[:length])
        self._loop.call_later(DELAY, self._transport.write, answer)


async def _serve() -> None:
    loop, answers = asyncio.get_running_loop(), Answers()
    server = await loop.create_server(lambda: _Connection(answers), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)  # noqa: T201 (for who started it)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve())
