"""An assessment at a glance: what to do first, a matrix of accounts and subjects, and the findings that it links to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, Assessment, ToDo, first
from orgtools.findings import Finding, Status, worst
from orgtools.ui.escaping import escape
from orgtools.ui.long_tables import long_table
from orgtools.ui.times import moment
from orgtools.wording import many, some

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SIGNS: Final = {
    Status.OK: "✓ ok",
    Status.INFO: "i info",
    Status.WARN: "! warn",
    Status.UNKNOWN: "? unknown",
    Status.BLOCK: "✗ block",
}
"""A status in one word, with a sign that does not need colour."""
BOTH: Final = "both organizations"
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


def status(found: Status, words: str = "") -> str:
    """A status as HTML: sign and word, and a colour that adds nothing to them."""
    return f'<span class="status {found.value}">{escape(words or SIGNS[found])}</span>'


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
        f"<h4>What to do first</h4>{_to_do(first(assessment.findings), rows)}"
        f"<h4>Accounts and subjects</h4>{_matrix(assessment, anchors)}"
        f"<h4>Findings</h4>{_findings(rows)}</div>"
    )


def summary(assessment: Assessment) -> tuple[str, str]:
    """How many accounts stand how, in one sentence; and in small print when that was seen."""
    statuses = list(assessment.worst().values())
    words = ", ".join(f"{statuses.count(found)} {SIGNS[found]}" for found in _WORST_FIRST if found in statuses)
    looked_at = many(len(assessment.accounts), "account").capitalize()
    return f"{looked_at}: {words}.", f"Seen at {moment(assessment.taken_at)}."


class _Row:
    """One row of the findings table: what is the same for several accounts is said once."""

    def __init__(self, number: int, key: tuple[Status, str, str, str, str], found: Sequence[Finding]) -> None:
        self.anchor = f"orgtools-finding-{number}"
        self.status, self.region, self.evidence, self.text, self.remedy = key
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
        seen = _whole(f"{self.region}: {self.evidence}" if self.region else self.evidence)
        if self.text:
            seen += f"<div class='detail'>{escape(self.text)}</div>"
        accounts = [f"<span class='whole'>{account_id or BOTH}</span>" for account_id in self.accounts]
        return (
            status(self.status),
            _folded(checks, "<br>", "checks"),
            _folded(accounts, ", ", "accounts"),
            seen,
            _whole(self.remedy),
        )


def _rows(findings: Iterable[Finding]) -> list[_Row]:
    """The findings that need attention, the worst first; those that keep us from many looks share a row."""
    grouped: dict[tuple[Status, tuple[str, ...]], list[Finding]] = {}
    for finding in findings:
        if finding.status is not Status.OK:
            alone = "" if finding.status is Status.UNKNOWN and not finding.resource else finding.check
            key = (alone, finding.region, str(finding.evidence), finding.text, finding.remedy)
            grouped.setdefault((finding.status, key), []).append(finding)
    ordered = sorted(grouped.items(), key=lambda one: _WORST_FIRST.index(one[0][0]))
    return [
        _Row(number, (found[0].status, found[0].region, str(found[0].evidence), found[0].text, found[0].remedy), found)
        for number, (_, found) in enumerate(ordered, 1)
    ]


def _to_do(todo: Sequence[ToDo], rows: Sequence[_Row]) -> str:
    if not todo:
        return "<p>Nothing stands in the way.</p>"
    lines = []
    for one in todo[:_FIRST]:
        check, *others = one.checks
        whom = "every account" if "" in one.accounts else many(len(one.accounts), "account")
        anchor = next((row.anchor for row in rows if row.remedy == one.remedy and row.status is one.status), "")
        title = CATALOGUE[check].title + (f" and {len(others)} more" if others else "")
        ids = "" if "" in one.accounts else f" ({some(one.accounts, _SOME)})"
        lines.append(
            f"<li>{status(one.status)} <b>{_whole(one.remedy) or 'Look at it.'}</b> "
            f'<a href="#{anchor}">{escape(check)} {escape(title)}</a>: {whom}{ids}.</li>'
        )
    more = f"<p>And {len(todo) - _FIRST} more, in the findings below.</p>" if len(todo) > _FIRST else ""
    return f"<ol>{''.join(lines)}</ol>{more}"


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
    whom = [("", ""), *((account.account_id, str(account.wave)) for account in assessment.accounts)]
    rows = [
        (
            account_id or BOTH,
            wave,
            *(_cell(found, (account_id, subject), anchors, many=len(whom) > _MANY) for subject in subjects),
        )
        for account_id, wave in whom
    ]
    return _table("matrix", ["account", "wave", *subjects], rows)


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
    find = escape(f"orgtoolsFind({json.dumps(key[0] or BOTH)})")
    return f'<a href="#orgtools-findings" onclick="{find}">{shown}</a>'


_FIND: Final = """<script>
window.orgtoolsFind = (words) => {
  const box = document.querySelector(".orgtools-assessed .findings input[type=search]");
  if (box) { box.value = words; box.dispatchEvent(new Event("input", {bubbles: true})); }
};
</script>"""


def _findings(rows: Sequence[_Row]) -> str:
    columns = ["status", "check, with AWS's page", "accounts", "what was seen", "what to do"]
    if not rows:
        return "<p>Nothing but ok.</p>"
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


def _folded(shown: Sequence[str], between: str, what: str) -> str:
    """All of them: a long list is folded away, and a search still finds it."""
    words = between.join(shown)
    if len(shown) <= _SOME:
        return words
    return f"<details><summary>{len(shown)} {what}</summary>{words}</details>"


_IDS: Final = re.compile(
    r"\b(?:(?:h|o|ou|r)-[0-9a-z][0-9a-z-]{5,}|\d{12}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?)(?![\w-])"
)


def _whole(words: str) -> str:
    """A sentence as HTML; ids and times are not broken at a line's end."""
    return _IDS.sub(r"<span class='whole'>\g<0></span>", escape(words))
