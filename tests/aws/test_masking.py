"""What is masked before anything reaches a file, and what must stay readable."""

from __future__ import annotations

import base64
import random

import pytest

from orgtools.aws.masking import mask_json, mask_name, mask_secrets
from orgtools.messages import Message
from tests.planted import SECRETS, UNSEEN, Planted


@pytest.mark.parametrize(
    "secret",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "pL4n7edSecr3tAcc3ssK3yW1thF0rtyCh4racter",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "jane@example.com",
    ],
)
@pytest.mark.parametrize("around", ["{}", "name={};", "/Workloads/{}/Prod", "<td>{}</td>", "Odd{}"])
def test_a_credential_is_masked_wherever_it_stands(secret: str, around: str) -> None:
    """In a name, a tag, a path, a table, at the end of a word."""
    assert secret not in mask_secrets(around.format(secret))


@pytest.mark.parametrize("name", ["pw", "PW", "db_pw", "pwd", "pw2"])
def test_what_is_beside_a_short_name_of_a_password_is_masked(name: str) -> None:
    """Not beside a word that only ends with it."""
    assert mask_secrets(f"login jane {name}: hunter2") == f"login jane {name}: ***"
    assert mask_secrets("mpw: hunter2") == "mpw: hunter2"


def test_session_tokens_are_masked() -> None:
    """Hundreds of letters and digits thrown together; a thousand of them, made by the same dice each time."""
    dice = random.Random(1)  # noqa: S311 (not for secrets)
    tokens = [base64.b64encode(dice.randbytes(90)).decode() for _ in range(1000)]
    assert [token for token in tokens if token in mask_secrets(f"token {token} end")] == []


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:iam::300000000001:role/OrganizationAccountAccessRole",
        "arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/jane",
        "/Workloads/Prod1/Test2/Shared3/Europe4/DataPlatform5",
        "0123456789abcdef" * 4,
        "6f0c5a1e-1f6a-4b0e-9a53-0a6b2f3c4d5e",
        "ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED",
        f"{Message('no-way-in', keys=['owner', 'profile:NAME', 'secret:NAME'])}; correct it, or name secret:NAME.",
    ],
)
def test_what_an_operator_must_read_stays(text: str) -> None:
    """ARNs of roles, paths of units, hashes, request ids, reasons."""
    assert mask_secrets(text) == text


def test_a_secret_that_begins_like_our_placeholder_is_none() -> None:
    """Only the word alone is a placeholder."""
    assert "of-mine" not in mask_secrets("secret:NAME-of-mine secret:NAME.of-mine")


def test_masking_twice_changes_nothing() -> None:
    """What is masked is no secret any more."""
    once = mask_secrets("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY jane@example.com")
    assert mask_secrets(once) == once


def test_json_is_masked_text_by_text_with_its_keys() -> None:
    """And what is held under a secret's name is hidden whatever it looks like."""
    held = {"AKIAIOSFODNN7EXAMPLE": ["jane@example.com", 1, None, True], "SecretAccessKey": "plain"}
    assert mask_json(held) == {"AKIA***": ["j***@example.com", 1, None, True], "SecretAccessKey": "***"}


@pytest.mark.parametrize("planted", SECRETS, ids=lambda planted: ascii(planted.text[:30]))
@pytest.mark.parametrize("around", ["{}", "team={} x", "/Workloads/{}", "<td>{}</td>"])
def test_what_detectors_know_is_masked(planted: Planted, around: str) -> None:
    """Addresses, passwords, private keys, tokens of other services; masking twice changes nothing."""
    masked = mask_secrets(around.format(planted.text))
    assert planted.sought not in masked
    assert mask_secrets(masked) == masked


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_unseen_characters_are_shown_by_their_numbers(unseen: str) -> None:
    """An escape sequence or an override of the writing's direction reaches no terminal, cell or page."""
    masked = mask_name(f"Pay{unseen}roll\nB")
    assert masked.isprintable()
    assert masked.startswith("Pay\\")
    assert masked.endswith("roll\\nB")


def test_names_in_any_script_stay() -> None:
    """What people write with is not taken for something hidden; a wide letter alone is none either."""
    for name in (
        "Zahlungen \u00dcbersee",
        "\u652f\u6255\u3044",
        "\u041f\u043b\u0430\u0442\u0435\u0436\u0438",
        "\uff21\uff22",
    ):
        assert mask_name(name) == name
