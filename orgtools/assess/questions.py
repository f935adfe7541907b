"""Questions that no API answers: a person does, the ledger keeps it, and nobody's silence is taken for yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from orgtools.assess.catalogue import CATALOGUE, GUIDE, Report, Scene, check
from orgtools.assess.waivers import signed
from orgtools.exceptions import InputError
from orgtools.findings import Status
from orgtools.ledger import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.findings import Finding
    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import Plan

_MIGRATION: Final = GUIDE + "orgs_account_migration.html"


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        check: the id of the check that asks it.
        text: the question, for people.
        answers: each possible answer, with what it means for the move and in words.
        concerns: each account on the stand-alone path, or the organizations.
    """

    check: str
    text: str
    answers: Mapping[str, tuple[Status, str]]
    concerns: Literal["account", "organization"]


QUESTIONS: Final[Mapping[str, Question]] = {
    question.check: question
    for question in (
        Question(
            "E13",
            "Is the e-mail address of the destination's management account verified?",
            {
                "yes": (Status.OK, "it is verified"),
                "no": (Status.BLOCK, "it is not verified, and AWS refuses every invitation until it is"),
            },
            "organization",
        ),
        Question(
            "E6.seller",
            "Do both organizations buy from the same seller of record (the AWS company that invoices them)?",
            {
                "yes": (Status.OK, "the seller is the same"),
                "no": (Status.BLOCK, "the sellers differ, and AWS refuses to move accounts between them"),
            },
            "organization",
        ),
        Question(
            "B3.pricing",
            "Does the source have private pricing or credits that these accounts would lose?",
            {
                "no": (Status.OK, "nothing of the kind is lost"),
                "settled": (Status.INFO, "there is, and AWS has agreed what becomes of it"),
                "yes": (Status.WARN, "there is, and what becomes of it is not agreed with AWS"),
            },
            "organization",
        ),
        Question(
            "D14.export",
            "Shall what an account loses for good (tags, Identity Center assignments) be exported before it goes?",
            {
                "yes": (Status.OK, "no account goes before it is exported"),
                "no": (Status.WARN, "accounts may go without an export, and what they lose is kept nowhere"),
            },
            "organization",
        ),
        Question(
            "E16.root",
            "Do you reach the mailbox of each account's root address, and its phone number or other means of recovery?",
            {
                "yes": (Status.OK, "the root user of each account can be recovered"),
                "no": (Status.WARN, "not of each account: where no role lets anybody in, only AWS Support is left"),
            },
            "organization",
        ),
        Question(
            "B4",
            "Does the account have a payment method of its own that works?",
            {
                "yes": (Status.OK, "it has one"),
                "no": (Status.BLOCK, "it has none, and AWS lets no account stand alone without"),
            },
            "account",
        ),
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
        raise InputError(f"{check} asks nothing.", next_step=f"Questions are {', '.join(QUESTIONS)}.")
    if said not in question.answers:
        raise InputError(
            f"{said!r} is no answer to {check}: {question.text}", next_step=f"Say {' or '.join(question.answers)}."
        )
    if (question.concerns == "account") is not bool(account_id):
        whom = "one account: name it" if question.concerns == "account" else "the organizations: name no account"
        raise InputError(f"{check} is about {whom}.")
    if account_id and migration.plan.select([account_id])[0].path != "standalone":
        raise InputError(f"{check} is asked only on the stand-alone path, and account {account_id} moves directly.")
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
        words = f"not answered: say {' or '.join(question.answers)}"
        if told:
            words = f"{told.answer}, says {told.by} at {told.at:%Y-%m-%d %H:%M} UTC"
        yield f"{question.check}  {about or 'both organizations'}  {words}\n  {question.text}"


def _answered(scene: Scene, report: Report) -> Finding:
    """The newest answer in the ledger; none is unknown, and its remedy says how to give one."""
    question = QUESTIONS[report.check]
    given = scene.snapshot.answers.get((report.account_id, report.check))
    if given is None:
        whom = f" --account {report.account_id}" if report.account_id else ""
        words = f"nobody has answered: {question.text}"
        command = f"orgtools answer {report.check} {'|'.join(question.answers)}{whom}"
        return report.unknown(words, f"Answer it in 10_assess, or with: {command}")
    status, words = question.answers[given.answer]
    evidence = f"{words}, says {given.by} on {given.at:%Y-%m-%d}"
    say = {Status.OK: report.ok, Status.INFO: report.info, Status.WARN: report.warn, Status.BLOCK: report.block}
    return say[status](evidence)


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
    severity=Status.WARN,
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
    severity=Status.WARN,
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
    severity=Status.WARN,
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
        return report.ok("a direct transfer needs none")
    if scene.account.account_id in scene.snapshot.destination.accounts:
        return report.ok("it has arrived: it stands alone no more")
    return _answered(scene, report)


if unasked := QUESTIONS.keys() - CATALOGUE.keys():
    message = f"no check asks {', '.join(sorted(unasked))}"
    raise TypeError(message)
