"""Questions that no API answers: a person does, the ledger keeps it, and nobody's silence is taken for yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from orgtools.assess.catalogue import CATALOGUE, GUIDE, Report, Scene, check
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


@dataclass(frozen=True)
class Question:
    """One question; the catalogue of messages has it, ``question-E13``, and its answers, ``answer-E13-yes``.

    Attributes:
        check: the id of the check that asks it.
        answers: each possible answer, with what it means for the move.
        concerns: each account on the stand-alone path, or the organizations.
    """

    check: str
    answers: Mapping[str, Verdict]
    concerns: Literal["account", "organization"]

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
        Question("E13", {"yes": Verdict.OK, "no": Verdict.BLOCK}, "organization"),
        Question("E6.seller", {"yes": Verdict.OK, "no": Verdict.BLOCK}, "organization"),
        Question("B3.pricing", {"no": Verdict.OK, "settled": Verdict.INFO, "yes": Verdict.WARN}, "organization"),
        Question("D14.export", {"yes": Verdict.OK, "no": Verdict.WARN}, "organization"),
        Question("E16.root", {"yes": Verdict.OK, "no": Verdict.WARN}, "organization"),
        Question("B4", {"yes": Verdict.OK, "no": Verdict.BLOCK}, "account"),
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


def _answered(scene: Scene, report: Report) -> Finding:
    """The newest answer in the ledger; none is unknown, and its remedy says how to give one."""
    question = QUESTIONS[report.check]
    given = scene.snapshot.assessed.answers.get((report.account_id, report.check))
    if given is None:
        command = Message(
            "answer-for-account" if report.account_id else "answer-for-organizations",
            check=report.check,
            choices=_choices(question),
        )
        return report.unknown(Message("question-open", why=question.words, then=command))
    evidence = Message("question-answered", why=question.meaning(given.answer), person=given.by, at=given.at)
    match question.answers[given.answer]:
        case Verdict.OK:
            return report.ok(evidence)
        case Verdict.INFO:
            return report.info(evidence)
        case Verdict.WARN:
            return report.warn(evidence)
        case _:
            return report.block(evidence)


@check(
    "E13",
    subject="quotas",
    where=(),
    actions=(),
    page=GUIDE + "orgs_manage_accounts_invites.html",
    concerns="organization",
)
def email_verified(scene: Scene, report: Report) -> Finding:
    """AWS says so only by refusing an invitation."""
    return _answered(scene, report)


@check(
    "E6.seller",
    subject="eligibility",
    where=(),
    actions=(),
    page=_MIGRATION,
    concerns="organization",
)
def same_seller(scene: Scene, report: Report) -> Finding:
    """No API names the seller; the invoices of both do."""
    return _answered(scene, report)


@check(
    "B3.pricing",
    subject="billing",
    where=(),
    actions=(),
    page=_MIGRATION,
    concerns="organization",
    severity=Verdict.WARN,
)
def pricing_settled(scene: Scene, report: Report) -> Finding:
    """Contracts are in no API."""
    return _answered(scene, report)


@check(
    "D14.export",
    subject="tags",
    where=(),
    actions=(),
    page=_MIGRATION,
    concerns="organization",
    severity=Verdict.WARN,
)
def exported_first(scene: Scene, report: Report) -> Finding:
    """Until somebody says no, 40_leave and 50_accept let no account go that would lose something unexported."""
    return _answered(scene, report)


@check(
    "E16.root",
    subject="access",
    where=(),
    actions=(),
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    concerns="organization",
    severity=Verdict.WARN,
)
def root_recoverable(scene: Scene, report: Report) -> Finding:
    """The invitation goes to that address, and it is the last way in."""
    return _answered(scene, report)


@check(
    "B4",
    subject="billing",
    where=(),
    actions=(),
    page=GUIDE + "orgs_account_migration.html",
)
def can_pay(scene: Scene, report: Report) -> Finding:
    """Asked only of accounts that leave first."""
    if scene.account.path != "standalone":
        return report.ok(Message("payment-not-needed"))
    if scene.account.account_id in scene.snapshot.destination.accounts:
        return report.ok(Message("payment-no-longer-needed"))
    return _answered(scene, report)


if unasked := QUESTIONS.keys() - CATALOGUE.keys():
    message = f"no check asks {', '.join(sorted(unasked))}"
    raise TypeError(message)
