"""Findings: their order, and their way through the ledger."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtools.findings import Finding, Verdict, obstacles, worst
from orgtools.messages import free, next_step

_findings = st.builds(
    Finding, st.text(max_size=12), st.text(max_size=4), st.sampled_from(Verdict), st.builds(free, st.text(max_size=9))
)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], Verdict.UNKNOWN),
        ([Verdict.OK], Verdict.OK),
        ([Verdict.OK, Verdict.INFO], Verdict.INFO),
        ([Verdict.WARN, Verdict.INFO], Verdict.WARN),
        ([Verdict.WARN, Verdict.UNKNOWN, Verdict.OK], Verdict.UNKNOWN),
        ([Verdict.BLOCK, Verdict.UNKNOWN], Verdict.BLOCK),
    ],
)
def test_the_worst_counts_and_nobody_looking_is_unknown(statuses: list[Verdict], expected: Verdict) -> None:
    """Could not look is worse than a warning, and no look at all is no good news."""
    assert worst(Finding("", "E1", status, free("")) for status in statuses) is expected


@given(_findings)
def test_a_finding_comes_back_from_json_as_it_went(finding: Finding) -> None:
    """The ledger and the record hold it as JSON."""
    assert Finding.from_json(json.loads(json.dumps(finding.as_json()))) == finding


def test_a_few_obstacles_are_all_told() -> None:
    """Each with its check; what to do only once."""
    found = [
        Finding("300000000001", f"D7.{name}", Verdict.BLOCK, free(f"{name} names it", "Add both."))
        for name in ("a", "b")
    ]
    why = obstacles(found)
    assert (str(why), next_step(why)) == ("a names it (D7.a); b names it (D7.b)", "Add both.")


def test_of_many_obstacles_the_first_are_told_and_the_others_counted() -> None:
    """One line for an account, however many things stand against it."""
    names = ("E7", "E6", "D1", "D7.sqs", "D7.sns", "D3")
    found = [Finding("300000000001", name, Verdict.BLOCK, free(f"seen by {name}", f"Mend {name}.")) for name in names]
    why = obstacles(found)
    assert (
        str(why)
        == "seen by E7 (E7); seen by E6 (E6); seen by D1 (D1); and 3 more of D7 and D3 (resource shares), see 10_assess"
    )
    assert next_step(why) == "Mend E7. Mend E6. Mend D1. See 10_assess for the rest."
