"""The catalogue of messages and the catalogue of checks know the same checks."""

from __future__ import annotations

import re

import pytest

from orgtools.assess import CATALOGUE, QUESTIONS, Check
from orgtools.findings import Verdict
from orgtools.messages import LANGUAGES, Message, render
from orgtools.messages.rendering import _entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_its_entry_and_every_entry_its_check(language: str) -> None:
    """What it verifies; and where it may find nothing without a word, what is said then."""
    checks = CATALOGUE.values()
    expected = {check.words.code for check in checks} | {check.fine.code for check in checks if check.silent}
    held = {code for code in _entries(language) if re.match(r"(check|fine)-", code)}
    assert held == expected, (
        f"orgtools/messages/{language}/checks.ftl: write {expected - held}, remove {held - expected}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_every_answer_has_its_entry(language: str) -> None:
    """And every such entry its question or answer; they are named by the id of the check that asks."""
    expected = {question.words.code for question in QUESTIONS.values()} | {
        question.meaning(said).code for question in QUESTIONS.values() for said in question.answers
    }
    assert {code for code in _entries(language) if re.match(r"(question|answer)-[A-Z]", code)} == expected


@pytest.mark.parametrize("check", CATALOGUE.values(), ids=lambda check: check.id)
def test_every_check_says_what_it_verifies_and_what_to_do(check: Check) -> None:
    """A label without a full stop, a name in a word or two, and sentences."""
    assert not check.title.startswith(check.words.code), check.title
    assert not check.title.endswith(".")
    assert render(Message("question-about-an-account", check=check.id)).startswith(f"{check.id} (")
    assert check.remedy.endswith(".") or check.severity is Verdict.INFO
    if check.silent:
        assert not render(check.fine).endswith(".")
