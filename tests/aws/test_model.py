"""What AWS says, as values: masking, and whose invitation a handshake is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orgtools.aws.masking import mask_emails
from tests import values


@given(st.emails(), st.text("ab \"'<>:;,.=/\n", max_size=5), st.text(" \"'<>:;,=/\n", max_size=5))
def test_no_address_survives_masking(address: str, before: str, after: str) -> None:
    """Whatever mail allows in front of the at sign, and whatever stands around it."""
    assume("*" not in address)  # j***@example.com looks masked already, and stays
    assert address not in mask_emails(f"{before}{address}{after}")


@given(st.text("ab@.é/=c \u0001", max_size=20))
def test_masking_again_changes_nothing(text: str) -> None:
    """So a text may be masked where it enters and where it is written."""
    once = mask_emails(text)
    assert mask_emails(once) == once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("jane.doe+aws@mail.example.co.uk", "j***@mail.example.co.uk"),
        ("a@example.com, b@example.org", "a***@example.com, b***@example.org"),
        ("Élodie@exämple.fr", "É***@exämple.fr"),
        ("jane!doe@example.com", "j***@example.com"),
        ("owner=jane@example.com", "owner=j***@example.com"),
        (
            "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin/jane@example.com",
            "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin/j***@example.com",
        ),
        ("no address at all: a@b, @, 3@4.5", "no address at all: a@b, @, 3@4.5"),
    ],
)
def test_the_first_letter_and_the_domain_stay(text: str, masked: str) -> None:
    """Enough to recognise an account by; what is no address stays whole."""
    assert mask_emails(text) == masked


def test_masking_json_text_keeps_it_json() -> None:
    """Quotes and backslashes are never part of an address."""
    held = {"name": 'says "jane@example.com"', "path": "c:\\jane@example.com"}
    assert json.loads(mask_emails(json.dumps(held)))["name"] == 'says "j***@example.com"'


def test_our_invitation_is_ours() -> None:
    """Partition, management account, organization, action and id all agree."""
    assert values.invitation().is_invitation_of(values.DESTINATION)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("arn:aws:", "arn:aws-cn:"),
        ("222222222222", "555555555555"),
        ("o-destinatn01", "o-destinatn012"),
        ("o-destinatn01", "o-destinatn0"),
        ("/invite/", "/enable_all_features/"),
        ("h-0000000001", "h-0000000002"),
        (":handshake/", ":handshake/x/"),
        ("h-0000000001", "h-0000000001/"),
        ("h-0000000001", "h-0000000001\n"),
        ("arn:aws:", "xarn:aws:"),
        ("arn:aws:organizations", "arn:aws:iam"),
    ],
)
def test_an_arn_that_differs_anywhere_is_foreign(wrong: str, right: str) -> None:
    """Compared whole: neither a prefix, nor a suffix, nor half of it is enough."""
    ours = values.invitation()
    assert not replace(ours, arn=ours.arn.replace(wrong, right)).is_invitation_of(values.DESTINATION)


def test_another_action_is_no_invitation() -> None:
    """Billing transfers share the lists."""
    other = values.invitation(action="TRANSFER_RESPONSIBILITY")
    assert not other.is_invitation_of(values.DESTINATION)
    assert values.destination(handshakes=(other,)).invitations_to(values.ACCOUNT) == ()


def test_inviter_and_organization_are_read_from_the_arn() -> None:
    """Empty where it is malformed, never a guess."""
    theirs = values.invitation(by=values.STRANGER)
    assert (theirs.inviter, theirs.organization_id) == ("555555555555", "o-stranger001")
    broken = replace(theirs, arn="arn:aws:organizations::555555555555:handshake")
    assert (broken.inviter, broken.organization_id) == ("", "")


@pytest.mark.parametrize(
    ("state", "pending"),
    [
        ("REQUESTED", True),
        ("OPEN", True),
        ("ACCEPTED", False),
        ("DECLINED", False),
        ("CANCELED", False),
        ("EXPIRED", False),
    ],
)
def test_two_states_are_pending(state: str, *, pending: bool) -> None:
    """AWS's prose says one, its examples the other."""
    assert values.invitation(state=state).is_pending is pending


def test_the_newest_of_our_pending_invitations_counts() -> None:
    """Foreign ones and closed ones do not, however new."""
    old = values.invitation(id="h-00000000old")
    new = values.invitation(id="h-00000000new", requested_at=values.NOW)
    closed = values.invitation(id="h-0000closed1", requested_at=values.NOW, state="DECLINED")
    foreign = values.invitation(by=values.STRANGER, requested_at=values.NOW)
    side = values.destination(handshakes=(closed, old, new, foreign))
    assert side.pending_invitation_to(values.ACCOUNT) == new
    assert foreign not in side.invitations_to(values.ACCOUNT)
    assert side.pending_invitation_to(values.OTHER) is None


def test_an_account_is_found_by_the_path_of_its_unit() -> None:
    """No member, no path; an unknown unit shows its id rather than nothing."""
    side = values.destination(
        values.member(parent_id=values.PROD), values.member(values.OTHER, parent_id="ou-dst1-new")
    )
    assert side.path_of(values.ACCOUNT) == "/Workloads/Prod"
    assert side.path_of(values.OTHER) == "ou-dst1-new"
    assert side.path_of("300000000009") is None
    assert side.root.id == "r-dst1"
