"""The public names: what is promised is there, and every error is in one tree."""

from __future__ import annotations

import orgtools
from orgtools import assess, exceptions, ledger, record, steps
from orgtools.messages import free


def test_every_promised_name_is_there() -> None:
    """And sorted, without one twice."""
    for module in (orgtools, assess, ledger, record, steps):
        names = module.__all__
        assert len(names) == len(set(names)), module.__name__
        for name in names:
            assert getattr(module, name), f"{module.__name__}.{name}"
    assert orgtools.__all__ == sorted(orgtools.__all__)


def test_every_error_is_public_and_in_one_tree() -> None:
    """Who catches OrgtoolsError catches all that orgtools raises on purpose."""
    errors = {
        name
        for name, value in vars(exceptions).items()
        if isinstance(value, type) and value.__module__ == exceptions.__name__
    }
    assert errors <= set(orgtools.__all__)
    for name in errors:
        assert issubclass(getattr(orgtools, name), orgtools.OrgtoolsError)


def test_an_error_carries_its_parts_and_one_message() -> None:
    """For programs the parts, for people the sentence; in a notebook without a traceback."""
    error = orgtools.RefusedError(
        free("AWS said no.", "Do this."), code="X", reason="Y", account_id="300000000001", handshake_id="h-1"
    )
    assert str(error) == "AWS said no. Do this."
    assert (error.code, error.reason, error.account_id, error.handshake_id) == ("X", "Y", "300000000001", "h-1")
    assert error._render_traceback_() == ["RefusedError: AWS said no. Do this."]


def test_a_refused_approval_lists_what_changed() -> None:
    """One line each."""
    error = orgtools.ApprovalError(free("It changed.", "Look again."), changes=(free("one"), free("two")))
    assert str(error).splitlines() == ["It changed.", "  - one", "  - two", "Look again."]


def test_the_steps_are_in_the_order_of_the_migration() -> None:
    """As their notebooks are numbered."""
    assert [step.notebook for step in steps.ALL] == sorted(step.notebook for step in steps.ALL)
