"""The catalogue of readiness checks, and the questions that no API answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, QUESTIONS
from orgtools.findings import Verdict
from tests.docs.markdown import cell, page, table
from tests.docs.messages_page import Catalogue

if TYPE_CHECKING:
    from orgtools.assess import Check

_INTRODUCTION: Final = """\
What `10_assess` and `orgtools assess` check before an account moves. Checks only read. What could not be read is
*unknown*, with the permission to grant, never OK. The worst that a check can report is *block* (the account is on
hold), *warn* (look at it before the move) or *info*. Policies that let a role assess contain exactly these actions:
see [the policies](../policies.md)."""
_ASKED: Final = """\
No API answers these. `10_assess` asks them, and so does `orgtools answer`. A question without an answer is
*unknown*."""
_SIDES: Final = {
    "source": "the source's management account",
    "destination": "the destination's management account",
    "member": "the account itself",
}
_WORST: Final = {Verdict.BLOCK: "block", Verdict.WARN: "warn", Verdict.INFO: "info", Verdict.OK: "OK"}


def _described(check: Check, name: str) -> str:
    from_where = " and ".join(_SIDES[side] for side in check.where)
    facts = [f"Reads from: {from_where}{', in each Region' if check.regional else ''}."]
    concerned = "each account" if check.concerns == "account" else "the organizations"
    facts.append(f"Worst finding: {_WORST[check.severity]}, for {concerned}.")
    if check.answers:
        facts.append(f"Only without access to the source, instead of {', '.join(check.answers)}.")
    if check.actions:
        facts.append(f"Actions: {', '.join(f'`{action}`' for action in check.actions)}.")
    facts.append(f"Basis: <{check.page}>" if check.page.startswith("https://") else f"Basis: {check.page}")
    items = "\n".join(f"- {fact}" for fact in facts)
    todo = f"\n\n**What to do:** {check.remedy}" if check.remedy else ""
    return f"### {check.id} ({name})\n\n{check.title}.{todo}\n\n{items}"


def _questions() -> str:
    rows = [
        (
            f"`{asked.check}`",
            cell(asked.text),
            cell("; ".join(f"{said}: {meaning}" for said, meaning in asked.answers.items())),
        )
        for asked in QUESTIONS.values()
    ]
    return table(("check", "question", "answers, and what each means"), rows)


def write() -> str:
    """The page."""
    catalogue = Catalogue()
    parts = []
    for subject in dict.fromkeys(known.subject for known in CATALOGUE.values()):
        checks = [known for known in CATALOGUE.values() if known.subject == subject]
        heading = catalogue.value("subject-" + subject.replace(" ", "-"))
        parts.append(f"## {heading.capitalize()}")
        parts += [
            _described(known, catalogue.attribute(f"check-{known.id.replace('.', '-')}", "name")) for known in checks
        ]
    return page(
        "The checks",
        "orgtools/assess and orgtools/messages/en/checks.ftl",
        _INTRODUCTION,
        *parts,
        "## Questions",
        _ASKED,
        _questions(),
    )
