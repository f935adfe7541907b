"""What a message says, and that nothing else about it depends on the words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from fluent.runtime import FluentBundle

from orgtools.messages import LANGUAGES, Message, clauses, free, next_step, render, rendering, sentence, sentences, told

_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_a_message_says_what_happened_and_what_to_do() -> None:
    """Apart, so that no caller has to cut a sentence."""
    message = Message("not-assessed")
    assert "assess" in render(message)
    assert next_step(message).startswith("Open 10_assess")


def test_a_message_inside_brings_what_to_do_along() -> None:
    """A sentence around another one may pass its next step on."""
    inner = Message("not-assessed")
    outer = Message("in-account", account="300000000001", why=inner)
    assert render(outer) == f"account 300000000001: {render(inner)}"
    assert next_step(outer) == next_step(inner)


def test_a_list_that_is_empty_says_nothing() -> None:
    """It is in the catalogue: its code is shown to nobody."""
    assert render(Message("ui-sentences", then=())) == ""


def test_a_whole_sentence_is_a_clause_inside_another_one() -> None:
    """Errors are whole sentences, and may be why a check could not look: no full stop stands in the middle."""
    why = Message("assessment-interrupted")
    assert render(why).endswith(".")
    assert render(Message("in-account", account="300000000001", why=why)) == f"account 300000000001: {render(why)[:-1]}"


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_long_fact_is_written_whole(tongue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone, and in the sentence of another message: however many accounts there are, nobody reads a bare code."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", tongue)
    accounts = [f"{number:012}" for number in range(300)]
    absent = Message("accounts-not-planned", accounts=accounts, count=len(accounts))
    given = Message("account-id-malformed", given="3" * 10_000)
    told = render(Message("files-wrong", then=[Message("whole", then=absent), given]))
    assert all(account in told for account in accounts)
    assert "3" * 10_000 in told
    assert "\x00" not in told
    assert not any(code in told for code in ("files-wrong", "accounts-not-planned", "account-id-malformed"))


@pytest.mark.parametrize(("tongue", "words"), [("en", "'name'?"), ("ja", "'name' の誤りではありませんか?")])
def test_a_question_at_the_end_of_a_sentence_has_no_full_stop(
    tongue: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sign of the question ends both."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", tongue)
    near = Message("setting-unknown-near", setting="nmae", keys="name")
    wrong = Message("settings-wrong", path="migration.toml", findings=[near])
    assert sentence(wrong).endswith(words)
    assert told(wrong) == render(Message("whole", then=wrong)) == f"{render(wrong)} {next_step(wrong)}"
    several = render(Message("settings-wrong", path="migration.toml", findings=[near, near]))
    assert "?。" not in several
    unpaced = Message("operation-unknown-near", operation="X", operations="Y")
    assert "?。" not in render(Message("operations-not-paced", findings=[unpaced], operations="Z"))


def test_a_sentence_of_another_message_has_a_full_stop() -> None:
    """Also where that message leaves it to whoever says it alone."""
    unknown = Message("setting-unknown", setting="nmae")
    wrong = Message("settings-wrong", path="migration.toml", findings=[unknown])
    assert render(Message("files-wrong", then=[wrong, wrong])) == " ".join([f"{render(wrong)}."] * 2)


@pytest.mark.parametrize("words", ["Rate exceeded.", "Rate exceeded", "頻度が高すぎます。"])
def test_words_of_aws_are_held_to_the_letter_and_end_where_the_sentence_goes_on(words: str) -> None:
    """The ledger has AWS's full stop; no reader sees two."""
    refused = Message("refused", reason="Throttling", words=words, then=())
    assert refused.facts["words"] == words
    said = f"Throttling: {words.rstrip('.。')}"
    assert render(refused) == said
    assert sentence(refused) == f"{said}."
    assert render(Message("invite-refused", account="1", organization="o", why=refused)).endswith(f": {said}.")


def test_words_that_are_the_whole_message_stay_as_they_are() -> None:
    """A caller's own sentence ends as the caller wrote it, in any language."""
    assert render(free("It is empty.")) == "It is empty."
    assert sentence(free("空です。")) == "空です。"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=15) - timedelta(seconds=1), "14 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(seconds=30), "30 seconds"),
    ],
)
def test_a_length_of_time_is_not_rounded_up(span: timedelta, words: str) -> None:
    """An invitation that expires in 11 days would seem to have two weeks."""
    assert render(Message("span", span=span)) == words


def test_who_renders_says_how_times_are_written() -> None:
    """Also those of messages inside, and of what to do."""
    wait = Message("refused-until", at=_AT, reason="X", why=free("busy", "Wait."))
    outer = Message("in-account", account="300000000001", why=wait)
    assert "at 2026-03-01 12:00 UTC:" in render(outer)
    assert "at noon:" in render(outer, moment=lambda _: "noon")
    assert next_step(Message("invite-waits", account="300000000001", why=wait, until=_AT), moment=lambda _: "noon") == (
        "Run this again after noon."
    )
    assert told(outer, moment=lambda _: "noon").startswith("Account 300000000001: AWS refused the call at noon: X.")


@pytest.fixture
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person reads is Japanese."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=15) - timedelta(seconds=1), "14 日"),
        (timedelta(hours=23, minutes=59), "23 時間"),
        (timedelta(minutes=1), "1 分"),
        (timedelta(seconds=30), "30 秒"),
    ],
)
@pytest.mark.usefixtures("japanese")
def test_a_length_of_time_in_japanese(span: timedelta, words: str) -> None:
    """In the same units."""
    assert rendering._lasting(span) == words


@pytest.mark.usefixtures("japanese")
def test_japanese_sentences_and_lists_are_written_as_japanese_is() -> None:
    """No space between sentences, no capital letter at the beginning, a full stop of their own; times stay in UTC."""
    assert clauses(["一つ", "二つ"]) == "一つ。二つ"
    assert sentences(["", "一つ。", "二つ。"]) == "一つ。二つ。"
    assert sentences(["AWS says no.", "一つ。"]) == "AWS says no. 一つ。"
    unplanned = Message("settings-unplanned", findings=["一つ", "二つ。"])
    assert told(unplanned) == f"migration.toml: 一つ。二つ。{next_step(unplanned)}"
    why = Message("assessment-interrupted")
    assert render(why).endswith("。")
    assert (
        render(Message("in-account", account="300000000001", why=why)) == f"アカウント 300000000001: {render(why)[:-1]}"
    )
    assert "E1、E2" in render(Message("checks-unknown", checks=["E1", "E2"], count=2))
    assert "2026-03-01 12:00 UTC" in render(Message("account-created", created=_AT))
    assert "12,345" in render(Message("others-unseen", count=12_345))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_thread_says_a_message_before_all_is_known_that_it_refers_to(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several look at once, and this message needs a term: one thread is stopped while it learns, another one asks."""
    add, begun, ended = FluentBundle.add_resource, Event(), Event()

    def stopped(bundle: FluentBundle, resource: Any, **options: bool) -> None:
        add(bundle, resource, **options)
        if not begun.is_set():
            begun.set()
            ended.wait(10)

    message = Message("check-D7-s3")
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", language)
    expected = next_step(message)
    rendering._bundle.cache_clear()
    rendering._learned.cache_clear()
    monkeypatch.setattr(FluentBundle, "add_resource", stopped)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(next_step, message)
        assert begun.wait(10)
        second = next_step(message)
        ended.set()
    assert (first.result(), second) == (expected, expected)


def test_a_message_comes_back_from_json_as_it_went() -> None:
    """Times and lengths of time, lists and messages inside included."""
    inner = Message("found", checks=["E7", "E9"], until=_AT, span=timedelta(hours=2), count=3)
    message = Message("outer", findings=[inner, free("words", "Do this.")], at=None)
    assert Message.from_json(message.as_json()) == message
    assert hash(Message.from_json(message.as_json())) == hash(message)


def test_equality_is_of_codes_and_facts() -> None:
    """Whatever the catalogue says about them."""
    assert Message("a", count=1) != Message("a", count=2)
    assert Message("a", count=1) != Message("b", count=1)
    assert Message("a", names=["x"]) == Message("a", names=("x",))


def test_a_fact_without_a_kind_is_refused() -> None:
    """Its kind decides who may see it."""
    with pytest.raises(TypeError, match="no kind of fact is named colour"):
        Message("a", colour="red")


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    """An operator who has something to do must not be stopped by it."""
    assert render(Message("no-such-code", account="300000000001")) == "no-such-code account=300000000001"
    assert next_step(Message("no-such-code")) == ""
