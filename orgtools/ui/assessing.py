"""An assessment at a glance: what to do first, a matrix of accounts and subjects, and the findings that it links to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, Assessment, ToDo, first
from orgtools.findings import Finding, Verdict, worst
from orgtools.html import Column, ColumnKind, Table, draw, output, piece, render, whole
from orgtools.html.tables import MANY
from orgtools.ledger.events import canonical
from orgtools.messages import Message, slug
from orgtools.ui.words import cell, counted, heading, label, some, then, whom, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.html import Markup

_SOME: Final = 6
_FIRST: Final = 12
_WORST_FIRST: Final = tuple(reversed(list(Verdict)))


def status(found: Verdict) -> Markup:
    """A status as HTML: sign and word, and a colour that adds nothing to them."""
    return piece("status", found.value, label(found))


def html(assessment: Assessment) -> str:
    """The whole assessment, without what changed since the last one."""
    rows = _rows(assessment.findings)
    anchors = {
        (account_id, subject): row.anchor
        for row in reversed(rows)
        for account_id in row.accounts
        for subject in row.subjects
    }
    todo, (matrix, many) = first(assessment.findings), _matrix(assessment, anchors)
    rest = len(todo) - _FIRST
    page = render(
        "assessment",
        todo=_to_do(todo[:_FIRST], rows),
        more=words(Message("ui-to-do-more", more=rest)) if rest > 0 else "",
        matrix=matrix,
        findings=_findings(rows) if rows else "",
    )
    return output(page, live=many or len(rows) > MANY)


def summary(assessment: Assessment) -> Message:
    """How many accounts have which status at the worst."""
    statuses = list(assessment.worst().values())
    counts = counted((found, statuses.count(found)) for found in _WORST_FIRST if found in statuses)
    return Message("ui-assessed", count=len(assessment.accounts), why=counts)


class _Row:
    """One row of the findings table: what is the same for several accounts is said once."""

    def __init__(self, number: int, found: Sequence[Finding]) -> None:
        self.anchor = f"orgtools-finding-{number}"
        self.found, self.findings = found[0], found
        self.checks = tuple(dict.fromkeys(finding.check for finding in found))
        self.accounts = tuple(dict.fromkeys(finding.account_id for finding in found))
        self.subjects = tuple(dict.fromkeys(CATALOGUE[name].subject for name in self.checks))

    def cells(self) -> tuple[Markup, ...]:
        """Status, check, accounts, what was seen, remedy; as HTML."""
        checks = [piece("check", name, CATALOGUE[name].page, CATALOGUE[name].title) for name in self.checks]
        accounts = [whole(cell(whom(account_id))) for account_id in self.accounts]
        return (
            status(self.found.status),
            _folded(checks, "", Message("ui-checks-folded", count=len(checks))),
            _folded(accounts, ", ", Message("ui-accounts-folded", count=len(accounts))),
            piece("seen", self.found.region, whole(words(self.found.evidence)), self.found.text),
            whole(then(self.found.evidence)),
        )


def _rows(findings: Iterable[Finding]) -> list[_Row]:
    """The findings that need attention, the worst first; those that keep us from many looks share a row."""
    grouped: dict[tuple[Verdict, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        if finding.status is not Verdict.OK:
            alone = "" if finding.status is Verdict.UNKNOWN and not finding.resource else finding.check
            shown = (alone, finding.region, canonical(finding.evidence.as_json()), finding.text)
            grouped.setdefault((finding.status, shown), []).append(finding)
    ordered = sorted(grouped.items(), key=lambda one: _WORST_FIRST.index(one[0][0]))
    return [_Row(number, found) for number, (_, found) in enumerate(ordered, 1)]


def _to_do(todo: Sequence[ToDo], rows: Sequence[_Row]) -> list[dict[str, Markup | str]]:
    """What to do, each with the finding that it leads to."""
    anchors = {id(finding): row.anchor for row in rows for finding in row.findings}
    lines: list[dict[str, Markup | str]] = []
    for one in todo:
        check, *others = one.checks
        title = Message("ui-check", check=check, why=CATALOGUE[check].words)
        if others:
            title = Message("ui-check-and-more", check=check, why=CATALOGUE[check].words, more=len(others))
        lines.append(
            {
                "status": status(one.status),
                "remedy": whole(then(one.findings[0].evidence) or words(Message("ui-look-at-it"))),
                "anchor": anchors[id(one.findings[0])],
                "title": words(title),
                "whom": whole(_whom(one.accounts)),
            }
        )
    return lines


def _whom(accounts: Sequence[str]) -> str:
    """Whom something to do helps."""
    if "" in accounts:
        return words(Message("ui-every-account"))
    return words(Message("ui-accounts", count=len(accounts), accounts=some(accounts, _SOME)))


def _matrix(assessment: Assessment, anchors: Mapping[tuple[str, str], str]) -> tuple[Markup, bool]:
    """Accounts and subjects, the subjects with the worst findings first; and whether there are many accounts."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in assessment.findings:
        found.setdefault((finding.account_id, CATALOGUE[finding.check].subject), []).append(finding)
    by_subject: dict[str, list[Finding]] = {}
    for (_, subject), held in found.items():
        by_subject.setdefault(subject, []).extend(held)
    worst_of = {subject: worst(held) for subject, held in by_subject.items()}
    subjects = sorted(
        dict.fromkeys(check.subject for check in CATALOGUE.values()),
        key=lambda subject: _WORST_FIRST.index(worst_of.get(subject, Verdict.OK)),
    )
    concerned = [("", ""), *((account.account_id, str(account.wave)) for account in assessment.accounts)]
    rows = [
        (
            cell(whom(account_id)),
            wave,
            *(_cell(found, (account_id, subject), anchors, many=len(concerned) > MANY) for subject in subjects),
        )
        for account_id, wave in concerned
    ]
    named = (words(Message(f"subject-{slug(subject)}")) for subject in subjects)
    columns = list(map(Column, [heading("account"), heading("wave"), *named]))
    return draw(Table(columns, rows, look="matrix")), len(rows) > MANY


def _cell(
    found: Mapping[tuple[str, str], Sequence[Finding]],
    key: tuple[str, str],
    anchors: Mapping[tuple[str, str], str],
    *,
    many: bool,
) -> Markup | str:
    """The worst status of a subject, as a link to the finding; where the findings scroll, they are searched for it."""
    if key not in found:
        return "-"
    shown, anchor = status(worst(found[key])), anchors.get(key)
    if anchor is None:
        return shown
    return piece("leading", anchor, cell(whom(key[0])) if many else "", shown)


def _findings(rows: Sequence[_Row]) -> Markup:
    columns = [
        Column(heading(name), kind)
        for name, kind in (
            ("status", ColumnKind.SHORT),
            ("check, with AWS's page", ColumnKind.PROSE),
            ("accounts", ColumnKind.PROSE),
            ("what was seen", ColumnKind.PROSE),
            ("what to do", ColumnKind.PROSE),
        )
    ]
    return draw(
        Table(columns, [row.cells() for row in rows], look="findings", wide=True, anchors=[row.anchor for row in rows])
    )


def _folded(shown: Sequence[Markup], between: str, count: Message) -> Markup:
    """All of them, parted by some text or a line break: a long list is folded away, and a search still finds it."""
    return piece("folded", shown, between, words(count) if len(shown) > _SOME else "")
