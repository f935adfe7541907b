"""Two simulated AWS organizations on loopback, with AWS's rules, for rehearsing a migration.

    with Rehearsal.start(folder) as rehearsal:
        os.environ.update(rehearsal.environment())
        boto3.Session(profile_name="rehearsal-destination").client("organizations").list_accounts()
        rehearsal.advance(timedelta(days=15))

It is a server process of its own: moto's server, with what moto lacks (handshakes, AWS's constraints, role
trust, service control policies, rates, a virtual clock). Unchanged boto3 code, the `aws` command line and
notebooks use it by naming a profile. Scenarios say what the organizations look like: `two-waves`
and others are shipped, `wave:N` makes N plain accounts, and a path names a file of one's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.lazily import lazily

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.rehearsal.errors import RehearsalError
    from orgtools.rehearsal.limits.faults import Fault
    from orgtools.rehearsal.server.call_log import LoggedCall
    from orgtools.rehearsal.server.expected import shipped
    from orgtools.rehearsal.server.folder import brought, check
    from orgtools.rehearsal.server.handle import Rehearsal

__all__ = ["Fault", "LoggedCall", "Rehearsal", "RehearsalError", "brought", "check", "serve", "shipped"]

__getattr__ = lazily(
    __name__,
    {
        "orgtools.rehearsal.errors": ["RehearsalError"],
        "orgtools.rehearsal.limits.faults": ["Fault"],
        "orgtools.rehearsal.server.call_log": ["LoggedCall"],
        "orgtools.rehearsal.server.expected": ["shipped"],
        "orgtools.rehearsal.server.folder": ["brought", "check"],
        "orgtools.rehearsal.server.handle": ["Rehearsal"],
    },
)


def serve(folder: Path, scenario: str = "two-waves", port: int = 0, speed: float = 1.0) -> None:
    """Runs a rehearsal in the foreground until it is interrupted. Raises `RehearsalError`.

    Prints the address and the lines that make the `aws` command line and other programs use it.
    """
    # moto takes a second to import, and only the server needs it.
    from orgtools.rehearsal.server.process import serve as run  # noqa: PLC0415 -- see above

    run(folder, scenario, port, speed)
