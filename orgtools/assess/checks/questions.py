"""Questions that no API answers: a person does, the ledger keeps it, and nobody's silence is taken for yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from orgtools.assess.catalogue import GUIDE, Report, SnapshotContext, check
from orgtools.assess.waivers import signed
from orgtools.exceptions import InputError
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.findings import Finding
    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import Plan

_MIGRATION: Final = GUIDE + "orgs_account_migration.html"
_ROOT_USER: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"


@dataclass(frozen=True)
class Question:
    """One question; the catalogue of messages has it, ``question-E13``, and its answers, ``answer-E13-yes``.

    Attributes:
        check: the id of the check that asks it.
        subject: the group that the check belongs to.
        answers: each possible answer, with what it means for the move.
        page: the AWS page that the question comes from.
        concerns: each account on the stand-alone path, or the organizations.
    """

    check: str
    subject: str
    answers: Mapping[str, Verdict]
    page: str = _MIGRATION
    concerns: Literal["account", "organization"] = "organization"

    @property
    def severity(self) -> Verdict:
        """The worst that an answer means."""
        return max(self.answers.values(), key=list(Verdict).index)

    @property
    def words(self) -> Message:
        """The question."""
        return Message(f"question-{_slug(self.check)}")

    @property
    def text(self) -> str:
        """The question, for people."""
        return render(self.words)

    def meaning(self, said: str) -> Message:
        """What one of its answers says."""
        return Message(f"answer-{_slug(self.check)}-{said}")


def _slug(check: str) -> str:
    return check.replace(".", "-")


QUESTIONS: Final[Mapping[str, Question]] = {
    question.check: question
    for question in (
        # AWS says so only by refusing an invitation.
        Question(
            "E13", "quotas", {"yes": Verdict.OK, "no": Verdict.BLOCK}, GUIDE + "orgs_manage_accounts_invites.html"
        ),
        # No API names the seller; the invoices of both do.
        Question("E6.seller", "eligibility", {"yes": Verdict.OK, "no": Verdict.BLOCK}),
        # Contracts are in no API.
        Question("B3.pricing", "billing", {"no": Verdict.OK, "settled": Verdict.INFO, "yes": Verdict.WARN}),
        # Until somebody says no, 40_leave and 50_accept let no account go that would lose something unexported.
        Question("D14.export", "tags", {"yes": Verdict.OK, "no": Verdict.WARN}),
        # The invitation goes to that address, and it is the last way in.
        Question("E16.root", "access", {"yes": Verdict.OK, "no": Verdict.WARN}, _ROOT_USER),
        Question("B4", "billing", {"yes": Verdict.OK, "no": Verdict.BLOCK}, concerns="account"),
    )
}
"""Every question by the id of its check, in the order of the form."""


def answer(migration: Migration, check: str, said: str, *, account_id: str = "", by: str = "") -> Event:
    """Note in the ledger what somebody answers to a question; it counts from the next preview on.

    Args:
        migration: the run.
        check: the id of the check that asks, ``E13``.
        said: one of the question's answers.
        account_id: the account that it is about; empty for a question about the organizations.
        by: who answers; empty: the user of this machine, who is noted in any case.

    Raises:
        InputError: nobody asks that, it is no answer to it, or it is about another account than the question.
    """
    question = QUESTIONS.get(check)
    if question is None:
        raise InputError(Message("question-unknown", check=check, checks=list(QUESTIONS)))
    if said not in question.answers:
        raise InputError(
            Message("answer-unknown", given=said, check=check, why=question.words, choices=_choices(question))
        )
    if (question.concerns == "account") is not bool(account_id):
        raise InputError(
            Message(
                "question-about-an-account" if question.concerns == "account" else "question-about-organizations",
                check=check,
            )
        )
    if account_id and migration.plan.select([account_id])[0].path != "standalone":
        raise InputError(Message("question-for-stand-alone-path", check=check, account=account_id))
    return migration.ledger.append(Kind.ANSWERED, account_id=account_id, check=check, answer=said, by=signed(by))


def asked(plan: Plan) -> Iterator[tuple[Question, str]]:
    """What a plan asks: each question with the account that it is about, or ""."""
    for question in QUESTIONS.values():
        if question.concerns == "organization":
            yield question, ""
        else:
            yield from ((question, account.account_id) for account in plan.accounts if account.path == "standalone")


def answers_told(migration: Migration) -> Iterator[str]:
    """What a run's plan asks and what was answered, two lines for each question."""
    given = migration.answers()
    for question, about in asked(migration.plan):
        told = given.get((about, question.check))
        answered = (
            Message("answer-told", choice=told.answer, person=told.by, at=told.at)
            if told
            else Message("answer-missing", choices=_choices(question))
        )
        yield f"{question.check}  {about or Message('both-organizations')}  {answered}\n  {question.text}"


def _choices(question: Question) -> str:
    """The answers as a command line takes them."""
    return "|".join(question.answers)


def _answered(context: SnapshotContext, report: Report) -> Finding:
    """The newest answer in the ledger; none is unknown, and its remedy says how to give one."""
    question = QUESTIONS[report.check]
    given = context.snapshot.assessed.answers.get((report.account_id, report.check))
    if given is None:
        command = Message(
            "answer-for-account" if report.account_id else "answer-for-organizations",
            check=report.check,
            choices=_choices(question),
        )
        return report.unknown(Message("question-open", why=question.words, then=command))
    evidence = Message("question-answered", why=question.meaning(given.answer), person=given.by, at=given.at)
    return report.found(question.answers[given.answer], evidence)


def _paying(context: SnapshotContext, report: Report) -> Finding:
    """Asked only of accounts that leave first."""
    if context.account.path != "standalone":
        return report.ok(Message("payment-not-needed"))
    if context.account.account_id in context.snapshot.destination.accounts:
        return report.ok(Message("payment-no-longer-needed"))
    return _answered(context, report)


for _question in QUESTIONS.values():
    check(
        _question.check,
        subject=_question.subject,
        where=(),
        actions=(),
        page=_question.page,
        concerns=_question.concerns,
        severity=_question.severity,
    )(_paying if _question.concerns == "account" else _answered)
