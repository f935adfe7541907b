"""AWS's own clock, read from the ``Date`` header of its answers.

Whether an invitation has expired is decided by AWS's time, not by this machine's; and a rehearsal's clock can be
moved. So "now" is what the last answer said, plus what has passed here since.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse
    from botocore.client import BaseClient


class Clock:
    """AWS's time as last heard; before the first answer, this machine's."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._lock = threading.Lock()

    def attach(self, client: BaseClient) -> None:
        """Listen to a client's answers."""
        client.meta.events.register(f"after-call.{client.meta.service_model.service_name}", self.heard)

    def heard(self, http_response: AWSResponse, **_: object) -> None:
        """Take the time from an answer."""
        try:
            heard = parsedate_to_datetime(http_response.headers.get("Date", ""))
        except ValueError:
            return  # a proxy's odd header must not turn an answer of AWS into an error
        if heard.tzinfo is not None:
            with self._lock:
                self._ahead = heard - datetime.now(UTC)

    def now(self) -> datetime:
        """AWS's time, aware, UTC, to the second."""
        with self._lock:
            return (datetime.now(UTC) + self._ahead).replace(microsecond=0)
