"""An assessment at a glance: what to do first, a matrix of accounts and subjects, and the findings that it links to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, Assessment, ToDo, first
from orgtools.findings import Finding, Status, worst
from orgtools.ledger.events import canonical
from orgtools.messages import Message
from orgtools.ui.escaping import escape, escape_whole
from orgtools.ui.long_tables import long_table
from orgtools.ui.words import cell, counted, heading, label, slug, some, then, whom, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MANY: Final = 200
_SOME: Final = 6
_FIRST: Final = 12
_WORST_FIRST: Final = tuple(reversed(list(Status)))

_STYLE: Final = """<style>
.orgtools-assessed table {
  border-collapse: collapse; table-layout: auto; width: auto; font-variant-numeric: tabular-nums;
}
.orgtools-assessed .findings table {width: 100%;}
.orgtools-assessed th, .orgtools-assessed td {
  text-align: left !important; vertical-align: top; padding: .25em .5em !important; overflow-wrap: anywhere;
}
.orgtools-assessed th {white-space: normal;}
.orgtools-assessed .matrix {overflow-x: auto; font-size: 90%;}
.orgtools-assessed .matrix td {white-space: nowrap;}
.orgtools-assessed .matrix th {overflow-wrap: normal;}
.orgtools-assessed .matrix th, .orgtools-assessed .matrix td {padding: .25em .2em !important;}
.orgtools-assessed .matrix td:first-child {
  position: sticky; left: 0; background: var(--jp-layout-color0, Canvas);
}
.orgtools-assessed .findings td:nth-child(2), .orgtools-assessed .findings td:nth-child(5) {min-width: 11em;}
.orgtools-assessed .findings td:nth-child(4) {min-width: 14em;}
.orgtools-assessed a {text-decoration: underline; text-underline-offset: .15em;}
.orgtools-assessed .status {white-space: nowrap; padding: 0 .35em; border-radius: .25em; color: inherit;}
.orgtools-assessed .block {background: rgba(214, 39, 40, .28); font-weight: bold;}
.orgtools-assessed .unknown {background: rgba(148, 103, 189, .28);}
.orgtools-assessed .warn {background: rgba(255, 187, 51, .30);}
.orgtools-assessed .ok, .orgtools-assessed .info {opacity: .75;}
.orgtools-assessed .whole {white-space: nowrap;}
.orgtools-assessed ol {margin: .3em 0 .8em; padding-left: 2em;}
.orgtools-assessed ol li {margin: .25em 0;}
.orgtools-assessed h4 {margin: 1em 0 .3em;}
.orgtools-assessed .detail {white-space: pre-wrap; max-height: 9em; overflow: auto; font-size: 90%; margin: .2em 0 0;}
.orgtools-assessed tr:target, .orgtools-assessed li:target {outline: 2px solid currentColor;}
</style>"""


def status(found: Status) -> str:
    """A status as HTML: sign and word, and a colour that adds nothing to them."""
    return f'<span class="status {found.value}">{escape(label(found))}</span>'


def html(assessment: Assessment) -> str:
    """The whole assessment, without what changed since the last one."""
    rows = _rows(assessment.findings)
    anchors = {
        (account_id, subject): row.anchor
        for row in reversed(rows)
        for account_id in row.accounts
        for subject in row.subjects
    }
    return (
        f"{_STYLE}<div class='orgtools-assessed'>"
        f"<h4>{_said(Message('ui-to-do-first'))}</h4>{_to_do(first(assessment.findings), rows)}"
        f"<h4>{_said(Message('ui-matrix'))}</h4>{_matrix(assessment, anchors)}"
        f"<h4>{_said(Message('ui-findings'))}</h4>{_findings(rows)}</div>"
    )


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

    def cells(self) -> tuple[str, ...]:
        """Status, check, accounts, what was seen, remedy; as HTML."""
        checks = [
            f'{name} <a href="{escape(CATALOGUE[name].page)}" target="_blank" rel="noopener">'
            f"{escape(CATALOGUE[name].title)}</a>"
            for name in self.checks
        ]
        seen = _whole(words(self.found.evidence))
        if self.found.region:
            seen = f"{escape(self.found.region)}: {seen}"
        if self.found.text:
            seen += f"<div class='detail'>{escape(self.found.text)}</div>"
        accounts = [f"<span class='whole'>{escape(cell(whom(account_id)))}</span>" for account_id in self.accounts]
        return (
            status(self.found.status),
            _folded(checks, "<br>", Message("ui-checks-folded", count=len(checks))),
            _folded(accounts, ", ", Message("ui-accounts-folded", count=len(accounts))),
            seen,
            _whole(then(self.found.evidence)),
        )


def _rows(findings: Iterable[Finding]) -> list[_Row]:
    """The findings that need attention, the worst first; those that keep us from many looks share a row."""
    grouped: dict[tuple[Status, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        if finding.status is not Status.OK:
            alone = "" if finding.status is Status.UNKNOWN and not finding.resource else finding.check
            shown = (alone, finding.region, canonical(finding.evidence.as_json()), finding.text)
            grouped.setdefault((finding.status, shown), []).append(finding)
    ordered = sorted(grouped.items(), key=lambda one: _WORST_FIRST.index(one[0][0]))
    return [_Row(number, found) for number, (_, found) in enumerate(ordered, 1)]


def _to_do(todo: Sequence[ToDo], rows: Sequence[_Row]) -> str:
    if not todo:
        return f"<p>{_said(Message('ui-to-do-nothing'))}</p>"
    anchors = {id(finding): row.anchor for row in rows for finding in row.findings}
    lines = []
    for one in todo[:_FIRST]:
        check, *others = one.checks
        remedy = then(one.findings[0].evidence) or words(Message("ui-look-at-it"))
        title = Message("ui-check", check=check, why=CATALOGUE[check].words)
        if others:
            title = Message("ui-check-and-more", check=check, why=CATALOGUE[check].words, more=len(others))
        lines.append(
            f"<li>{status(one.status)} <b>{_whole(remedy)}</b> "
            f'<a href="#{anchors[id(one.findings[0])]}">{_said(title)}</a> ({_whole(_whom(one.accounts))})</li>'
        )
    rest = len(todo) - _FIRST
    more = f"<p>{_said(Message('ui-to-do-more', more=rest))}</p>" if rest > 0 else ""
    return f"<ol>{''.join(lines)}</ol>{more}"


def _whom(accounts: Sequence[str]) -> str:
    """Whom something to do helps."""
    if "" in accounts:
        return words(Message("ui-every-account"))
    return words(Message("ui-accounts", count=len(accounts), accounts=some(accounts, _SOME)))


def _matrix(assessment: Assessment, anchors: Mapping[tuple[str, str], str]) -> str:
    """Accounts and subjects; the subjects with the worst findings come first, where nobody has to scroll for them."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in assessment.findings:
        found.setdefault((finding.account_id, CATALOGUE[finding.check].subject), []).append(finding)
    by_subject: dict[str, list[Finding]] = {}
    for (_, subject), held in found.items():
        by_subject.setdefault(subject, []).extend(held)
    worst_of = {subject: worst(held) for subject, held in by_subject.items()}
    subjects = sorted(
        dict.fromkeys(check.subject for check in CATALOGUE.values()),
        key=lambda subject: _WORST_FIRST.index(worst_of.get(subject, Status.OK)),
    )
    concerned = [("", ""), *((account.account_id, str(account.wave)) for account in assessment.accounts)]
    rows = [
        (
            escape(cell(whom(account_id))),
            wave,
            *(_cell(found, (account_id, subject), anchors, many=len(concerned) > _MANY) for subject in subjects),
        )
        for account_id, wave in concerned
    ]
    named = (words(Message(f"subject-{slug(subject)}")) for subject in subjects)
    return _table("matrix", [heading("account"), heading("wave"), *named], rows)


def _cell(
    found: Mapping[tuple[str, str], Sequence[Finding]],
    key: tuple[str, str],
    anchors: Mapping[tuple[str, str], str],
    *,
    many: bool,
) -> str:
    """The worst status of a subject, as a link to the finding; where the findings scroll, they are searched for it."""
    if key not in found:
        return "-"
    shown, anchor = status(worst(found[key])), anchors.get(key)
    if anchor is None:
        return shown
    if not many:
        return f'<a href="#{anchor}">{shown}</a>'
    find = escape(f"orgtoolsFind({json.dumps(cell(whom(key[0])))})")
    return f'<a href="#orgtools-findings" onclick="{find}">{shown}</a>'


_FIND: Final = """<script>
window.orgtoolsFind = (words) => {
  const box = document.querySelector(".orgtools-assessed .findings input[type=search]");
  if (box) { box.value = words; box.dispatchEvent(new Event("input", {bubbles: true})); }
};
</script>"""


def _findings(rows: Sequence[_Row]) -> str:
    if not rows:
        return f"<p>{_said(Message('ui-findings-none'))}</p>"
    columns = [*map(heading, ("status", "check, with AWS's page", "accounts", "what was seen", "what to do"))]
    cells = [row.cells() for row in rows]
    return (
        f"{_FIND}<div id='orgtools-findings'>{_table('findings', columns, cells, [row.anchor for row in rows])}</div>"
    )


def _table(kind: str, columns: Sequence[str], rows: Sequence[Sequence[str]], anchors: Sequence[str] = ()) -> str:
    """Rows of HTML: plain up to 200, above that a table that scrolls, sorts and searches."""
    head = f"<tr>{''.join(f'<th>{escape(column)}</th>' for column in columns)}</tr>"
    named = anchors or [""] * len(rows)
    lines = [
        f"<tr{f' id={anchor!r}' if anchor else ''}>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for anchor, row in zip(named, rows, strict=True)
    ]
    if len(lines) > _MANY:
        return f"<div class='{kind}'>{long_table(head, lines)}</div>"
    return f"<div class='{kind}'><table><thead>{head}</thead><tbody>{''.join(lines)}</tbody></table></div>"


def _folded(shown: Sequence[str], between: str, count: Message) -> str:
    """All of them: a long list is folded away, and a search still finds it."""
    listed = between.join(shown)
    if len(shown) <= _SOME:
        return listed
    return f"<details><summary>{_said(count)}</summary>{listed}</details>"


def _said(message: Message) -> str:
    """A message as HTML."""
    return escape(words(message))


def _whole(said: str) -> str:
    """A sentence as HTML; ids and times are not broken at a line's end."""
    return escape_whole(said, "whole")
