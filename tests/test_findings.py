"""Findings: their order, and their way through the ledger."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtools.findings import Finding, Status, worst

_findings = st.builds(Finding, st.text(max_size=12), st.text(max_size=4), st.sampled_from(Status), st.text(max_size=9))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], Status.UNKNOWN),
        ([Status.OK], Status.OK),
        ([Status.OK, Status.INFO], Status.INFO),
        ([Status.WARN, Status.INFO], Status.WARN),
        ([Status.WARN, Status.UNKNOWN, Status.OK], Status.UNKNOWN),
        ([Status.BLOCK, Status.UNKNOWN], Status.BLOCK),
    ],
)
def test_the_worst_counts_and_nobody_looking_is_unknown(statuses: list[Status], expected: Status) -> None:
    """Could not look is worse than a warning, and no look at all is no good news."""
    assert worst(Finding("", "E1", status, "") for status in statuses) is expected


@settings(deadline=None)
@given(_findings)
def test_a_finding_comes_back_from_json_as_it_went(finding: Finding) -> None:
    """The ledger and the record hold it as JSON."""
    assert Finding.from_json(json.loads(json.dumps(finding.as_json()))) == finding
