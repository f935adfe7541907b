"""Previews: the digest that binds an approval, the sentence that sums up, and what changed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtools import steps
from orgtools.messages import Message, free
from orgtools.plan import Plan
from orgtools.steps import INVITE, PLACE, Blocked, Call, Decision, Do, Done, Preview, Wait
from orgtools.steps.core.decisions import digest
from tests import values

_SEEN = values.snapshot(values.source(values.member()), values.destination())
_text = st.text("abc012", min_size=1, max_size=4)
_messages = st.builds(free, _text)
_calls = st.builds(
    Call,
    operation=st.sampled_from(["MoveAccount", "TagResource"]),
    by=st.sampled_from(["source", "destination", "member"]),
    parameters=st.dictionaries(_text, st.one_of(_text, st.lists(_text, max_size=2)), max_size=3),
    words=_messages,
)
_dos = st.builds(Do, _text, _messages, st.lists(_calls, min_size=1, max_size=3).map(tuple))
_others = st.one_of(
    st.builds(Done, _text, _messages), st.builds(Wait, _text, _messages), st.builds(Blocked, _text, _messages)
)
_decisions = st.lists(st.one_of(_dos, _others), max_size=6, unique_by=lambda decision: decision.account_id)


def _preview(*decisions: Decision, **changes: Any) -> Preview:
    given: dict[str, Any] = {
        "step": INVITE,
        "accounts": (),
        "decisions": decisions,
        "snapshot": _SEEN,
        "plan": Plan((values.planned(),)),
    }
    return Preview(**(given | changes))


def _do(account_id: str = values.ACCOUNT, why: str = "is not invited yet", **parameters: str) -> Do:
    return Do(account_id, free(why), (Call("MoveAccount", "destination", parameters, free(f"move {account_id}")),))


@given(_decisions, st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_the_order_of_accounts(decisions: list[Decision], random: Any) -> None:
    """The same calls for the same accounts are the same consent."""
    shuffled = list(decisions)
    random.shuffle(shuffled)
    assert digest(["invite"], shuffled) == digest(["invite"], decisions)


@given(_decisions)
def test_the_digest_holds_only_what_would_be_done(decisions: list[Decision]) -> None:
    """That another account waits or is done is no part of the consent."""
    only = [decision for decision in decisions if isinstance(decision, Do)]
    assert digest(["invite"], only) == digest(["invite"], decisions)


@given(_dos, _dos)
def test_the_digest_depends_on_everything_that_would_be_done(one: Do, other: Do) -> None:
    """Account, reason, operation, credentials, every parameter, and the order of calls; not the words."""
    same = (one.account_id, one.why, one.calls) == (other.account_id, other.why, other.calls)
    assert (digest(["invite"], [one]) == digest(["invite"], [other])) == same


_CALL = Call(
    "UpdateAssumeRolePolicy",
    "member-through-source",
    {"RoleName": "Migration", "PolicyDocument": "new", "Tags": [{"Key": "team", "Value": "shop"}]},
    free("edit"),
    "iam",
    "former",
    "eu-central-1",
)
_OTHERWISE: dict[str, Any] = {
    "operation": "DeleteRole",
    "by": "member-through-destination",
    "parameters": {**_CALL.parameters, "Tags": [{"Key": "team", "Value": "till"}]},
    "service": "organizations",
    "former": "edited since",
    "region": "us-east-1",
    "step": "prepare",
}


def test_whom_a_call_is_about_is_part_of_the_consent() -> None:
    """Registering a unit enrolls everybody in it, and its parameters name nobody."""
    alone, together = (Do("1", free("why"), (replace(_CALL, touches=held),)) for held in (("1",), ("1", "2")))
    assert digest(["enroll"], [alone]) != digest(["enroll"], [together])


@pytest.mark.parametrize("name", [held.name for held in fields(Call) if held.compare])
def test_a_call_that_differs_in_one_thing_only_is_another_consent(name: str) -> None:
    """Each field of a call, also one that somebody adds: two calls thrown together rarely differ in just one."""
    one, other = (Do("1", free("why"), (call,)) for call in (_CALL, replace(_CALL, **{name: _OTHERWISE[name]})))
    assert digest(["invite"], [one]) != digest(["invite"], [other])


@pytest.mark.parametrize(
    "other",
    [
        Do("2", free("why"), (_CALL,)),
        Do("1", free("another"), (_CALL,)),
        Do("1", free("why"), (_CALL, _CALL)),
        Do("1", free("why"), ()),
    ],
    ids=["account", "reason", "twice", "no call"],
)
def test_a_decision_that_differs_in_one_thing_only_is_another_consent(other: Do) -> None:
    """Account, reason, and how many calls."""
    assert digest(["invite"], [Do("1", free("why"), (_CALL,))]) != digest(["invite"], [other])


def test_another_wording_is_the_same_consent() -> None:
    """Words tell what the call does; they do nothing."""
    one, other = (Do("1", free("why"), (call,)) for call in (_CALL, replace(_CALL, words=free("write"))))
    assert digest(["invite"], [one]) == digest(["invite"], [other])


def test_an_approval_is_bound_to_step_organizations_and_plan() -> None:
    """The same calls of another step, in other organizations or by another plan are another consent."""
    preview = _preview(_do())
    elsewhere = replace(_SEEN.destination, identity=values.STRANGER)
    others = [
        _preview(_do(), step=PLACE),
        _preview(_do(), plan=Plan((values.planned(wave=2),))),
        _preview(_do(), snapshot=replace(_SEEN, destination=elsewhere)),
        _preview(_do(), snapshot=replace(_SEEN, source=replace(_SEEN.source, identity=values.STRANGER))),
        _preview(_do(why="its invitation h-1 was canceled")),
        _preview(_do(AccountId="x")),
        _preview(_do(), _do(values.OTHER)),
    ]
    assert len({preview.digest, *(other.digest for other in others)}) == len(others) + 1
    assert _preview(_do()).digest == preview.digest


@pytest.mark.parametrize(
    ("decisions", "parts"),
    [
        ([], [Message("do-invite", count=0)]),
        ([_do(), _do(values.OTHER)], [Message("do-invite", count=2)]),
        ([Done("1", free(""))], [Message("do-invite", count=0), Message("done-invite", count=1)]),
        (
            [
                _do(),
                Done("1", free("")),
                Wait("2", free(""), values.NOW + timedelta(hours=3)),
                Wait("3", free(""), values.NOW),
            ],
            [
                Message("do-invite", count=1),
                Message("done-invite", count=1),
                Message("waiting-until", count=2, until=values.NOW),
            ],
        ),
        ([Wait("1", free("unknown"))], [Message("do-invite", count=0), Message("waiting", count=1)]),
        (
            [Blocked("1", free("")), Blocked("2", free(""))],
            [Message("do-invite", count=0), Message("blocked", count=2)],
        ),
    ],
)
def test_a_preview_is_summed_up_in_words_and_numbers(decisions: list[Decision], parts: list[Message]) -> None:
    """Each kind with its number; the earliest time at which something clears."""
    assert _preview(*decisions).summary() == Message("summary", whys=parts)


def test_what_is_typed_names_step_and_number() -> None:
    """Whoever types it has read both."""
    assert _preview(_do(), _do(values.OTHER), Done("1", free(""))).phrase == "invite 2"


def test_a_difference_names_each_account_whose_calls_or_reasons_changed() -> None:
    """Shown, and now; the others are left out."""
    before = _preview(_do("1"), _do("2"), Done("3", free("is there")), Blocked("4", free("old words")), _do("6"))
    after = _preview(
        _do("1"),
        Wait("2", free("too young")),
        _do("3"),
        Blocked("4", free("new words")),
        _do("5"),
        _do("6", why="was canceled"),
    )

    def would(account_id: str, why: str = "is not invited yet") -> Message:
        return Message("decided-calls", changes=[free(f"move {account_id}")], why=free(why))

    unseen, young = Message("decided-unseen"), Message("decided-nothing", why=free("too young"))
    there = Message("decided-nothing", why=free("is there"))
    assert before.difference(after) == (
        Message("preview-differs", place="2", before=would("2"), after=young),
        Message("preview-differs", place="3", before=there, after=would("3")),
        Message("preview-differs", place="6", before=would("6"), after=would("6", "was canceled")),
        Message("preview-differs", place="5", before=unseen, after=would("5")),
    )
    assert before.difference(before) == ()


@pytest.mark.parametrize("step", steps.EVERY, ids=lambda s: s.name)
@pytest.mark.parametrize("count", [0, 1, 1200])
def test_every_step_has_its_words_for_a_summary(step: steps.Step, count: int) -> None:
    """Of what is to do, which verifying never has, and of what needs nothing: codes are made of the step's name."""
    for code in (f"do-{step.name}", f"done-{step.name}"):
        told = str(Message(code, count=count))
        assert code not in told
        nothing = code.startswith("do-") and (not count or step is steps.VERIFY)
        assert ("no " in told) if nothing else (f"{count:,}" in told)
