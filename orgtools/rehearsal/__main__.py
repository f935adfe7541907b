"""`python -m orgtools.rehearsal FOLDER`: a rehearsal until it is interrupted."""

import argparse
import os
import sys
from pathlib import Path

from orgtools.messages import Message
from orgtools.rehearsal.errors import RehearsalError


def main() -> int:
    """Parses the arguments and serves."""
    parser = argparse.ArgumentParser(prog="python -m orgtools.rehearsal", description=__doc__)
    parser.add_argument("folder", type=Path, help="the run folder")
    parser.add_argument("--scenario", default="two-waves", help="a shipped name, a path, or wave:N")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--speed", type=float, default=1.0, help="how fast the virtual clock runs")
    parser.add_argument("--for-parent", action="store_true", help="stop when standard input ends")
    arguments = parser.parse_args()
    try:
        from orgtools.rehearsal.server.process import serve, serve_for_parent  # noqa: PLC0415 -- it may be missing, see below

        run = serve_for_parent if arguments.for_parent else serve
        run(arguments.folder, arguments.scenario, arguments.port, arguments.speed)
    except RehearsalError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ModuleNotFoundError as error:
        absent = Message("not-installed", names=error.name, count=1, keys="rehearsal")
        sys.stderr.write(f"{RehearsalError(absent)}\n")
        return 2
    return 0


if __name__ == "__main__":
    ended = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Python would take moto's world apart, object by object, for seconds; all that is to be kept is written.
    os._exit(ended)
