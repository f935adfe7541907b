"""The sections of the page below the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, QUESTIONS
from orgtools.findings import Status
from orgtools.ledger import Kind
from orgtools.messages import Message, told
from orgtools.record import charts
from orgtools.record.cells import event_cells, head_of, outcome_cells
from orgtools.record.markup import Markup, code, element, mark, table
from orgtools.record.telling import short
from orgtools.wording import many

if TYPE_CHECKING:
    from orgtools.record.picture import Picture

PROMISE: Final = (
    "This record is tamper-evident once sealed and signed. It is sealed: the ledger's last event carries the count of "
    "the events before it and the SHA-256 of the other files, and manifest.json carries the ledger's head. Where "
    "manifest.json.sig lies beside it, it is signed too. Without a signature, whoever can rewrite every file can "
    "rewrite the seal: then keep the SHA-256 of manifest.json where they cannot reach it."
)
"""What a record promises, and what it does not."""

SAME_CHAIN: Final = "The ledger of this record is the run's own, with its hashes."
OWN_CHAIN: Final = (
    "The ledger of this record is redacted and has a chain of hashes of its own; its seal names the head of the run's "
    "own ledger, original_head, which whoever holds that ledger can compare."
)
"""How the record's ledger belongs to the run's."""

TITLES: Final = {
    "summary": "Summary",
    "charts": "Charts",
    "accounts": "Accounts",
    "approvals": "Approvals",
    "events": "Timeline",
    "readiness": "Findings",
    "invitations": "Handshakes",
    "others": "Other accounts",
    "unknown": "Unknown",
    "environment": "Environment",
    "seal": "Seal",
}
"""The sections by id, in the order of the page."""


def _section(name: str, *inside: object) -> Markup:
    return element("section", element("h2", TITLES[name]), *inside, id=name)


def looked_at(picture: Picture) -> Markup:
    """States over time, room in the destination, and both trees before and after."""
    rows = [
        (
            unit.side,
            unit.path,
            f"{unit.at_start:,}",
            f"{unit.now:,}",
            f"{unit.now - unit.at_start:+,}" if unit.now != unit.at_start else "",
        )
        for unit in picture.units
        if unit.at_start or unit.now
    ]
    columns = ("Organization", "Unit", "Accounts at the start", "Now", "Difference")
    return _section(
        "charts",
        charts.states_over_time(picture),
        charts.budget(picture),
        charts.trees(picture),
        table("units", columns, rows, empty="No account was seen in any unit."),
    )


def accounts(picture: Picture) -> Markup:
    """Where each account stands, with what an auditor needs to find it in CloudTrail."""
    rows = []
    for outcome in picture.outcomes:
        account, wave, (state,), words, planned, start, now, (handshake, request) = outcome_cells(outcome)
        ids = tuple(code(value) if value else "" for value in (handshake, request))
        rows.append(((code(account[0]), account[1]), wave, mark(state), words, planned, start, now, ids))
    columns = ("Account", "Wave", "State", "In words", "Planned unit", "At the start", "Now", "Handshake, last request")
    return _section("accounts", table("outcomes", columns, rows, empty="The plan names no account."))


def approvals(picture: Picture) -> Markup:
    """Who approved what, when, and what was typed."""
    rows = [
        (
            f"{event.at:%Y-%m-%d %H:%M:%S}",
            str(event.data.get("by", "")),
            event.step,
            f"\u201c{event.data.get('typed', '')}\u201d",
            str(event.data.get("count", "")),
            str(Message.from_json(event.data["summary"])),
            code(event.data.get("digest", "")),
        )
        for event in picture.events
        if event.kind is Kind.APPROVED
    ]
    columns = ("Time (UTC)", "Who", "Step", "Typed", "Accounts", "What was shown", "Digest of the approved calls")
    return _section("approvals", table("consents", columns, rows, empty="Nobody has approved a change."))


def timeline(picture: Picture) -> Markup:
    """Every event of the ledger as a sentence."""
    rows = []
    for event in picture.events:
        number, at, step, kind, account_id, hash_, words = event_cells(event)
        rows.append((number, at, step, kind, code(account_id) if account_id else "", code(hash_), words))
    columns = ("#", "Time (UTC)", "Step", "Event", "Account", "Hash", "In words")
    return _section(
        "events",
        element(
            "p", "Every event of the ledger, in AWS\u2019s time. All of each event is in ledger.jsonl.", class_="quiet"
        ),
        table("timeline", columns, rows, empty="The ledger has no event."),
    )


def findings(picture: Picture) -> Markup:
    """What readiness checks and the review of invitations found, except what is ok."""
    remarkable = [finding for finding in picture.findings if finding.status is not Status.OK]
    rows = [
        (
            code(finding.account_id) if finding.account_id else "organizations",
            mark(finding.status.value),
            _check(finding.check),
            str(finding.evidence),
            finding.remedy,
        )
        for finding in remarkable
    ]
    fine = len(picture.findings) - len(remarkable)
    about = (
        f"What the newest assessment of each account found, and what is remarkable about invitations. {fine} more "
        "findings are ok; findings.csv has all of them."
    )
    columns = ("Account", "Status", "Check", "What was seen", "Remedy")
    empty = "No finding but ok." if picture.findings else "Nobody has assessed these accounts."
    return _section(
        "readiness",
        element("p", about, class_="quiet"),
        table("findings", columns, rows, empty=empty),
        element("h3", "Accepted risks"),
        _waivers(picture),
        element("h3", "Questions that no API answers"),
        _answers(picture),
    )


def _waivers(picture: Picture) -> Markup:
    """Who accepted what, why, and until when; a later word about the same takes the place of an earlier one."""
    newest = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.WAIVED}
    rows = [
        (
            code(account_id),
            _check(check),
            str(event.data["reason"]),
            str(event.data["by"]),
            f"{event.at:%Y-%m-%d %H:%M}",
            str(event.data["until"]),
        )
        for (account_id, check), event in newest.items()
    ]
    columns = ("Account", "Check", "Reason", "Accepted by", "On (UTC)", "Until")
    return table("waivers", columns, rows, empty="Nobody has accepted a risk.")


def _answers(picture: Picture) -> Markup:
    """What people answered; what nobody answered is among the findings, as unknown."""
    told = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.ANSWERED}
    rows = [
        (
            code(account_id) if account_id else "organizations",
            _check(check),
            QUESTIONS[check].text if check in QUESTIONS else "",
            str(event.data["answer"]),
            str(event.data["by"]),
            f"{event.at:%Y-%m-%d %H:%M}",
        )
        for (account_id, check), event in told.items()
    ]
    columns = ("Account", "Check", "Question", "Answer", "By", "On (UTC)")
    return table("answers", columns, rows, empty="Nobody has answered any.")


def _check(name: str) -> tuple[str, str]:
    return name, CATALOGUE[name].title if name in CATALOGUE else ""


def handshakes(picture: Picture) -> Markup:
    """Handshakes of both sides and of members."""
    rows = [
        (
            (row["account"], row["name"]),
            row["state"],
            row["age"],
            row["expires in"],
            (row["planned"], f"wave {row['wave']}" if row["wave"] else ""),
            (row["invited by"], code(row["inviter"]), code(row["organization"])),
            row["seen by"],
            (f"{row['sent (UTC)']:%Y-%m-%d %H:%M}", f"expires {row['expires (UTC)']:%Y-%m-%d %H:%M}"),
            row["action"],
            code(row["handshake"]),
        )
        for row in picture.handshakes.to_dict("records")
    ]
    about = (
        "What both sides sent and accounts that are to come received: what is pending, and what was closed in the last "
        "30 days. Actions other than INVITE are none of a migration's."
    )
    columns = (
        "Account",
        "State",
        "Age",
        "Expires in",
        "Planned",
        "Sent by",
        "Seen by",
        "Sent (UTC)",
        "Action",
        "Handshake",
    )
    empty = "Neither side has sent one in the last 30 days, and no account shows one."
    return _section("invitations", element("p", about, class_="quiet"), table("handshakes", columns, rows, empty=empty))


def others(picture: Picture) -> Markup:
    """Accounts outside the plan that moved."""
    rows = [(code(finding.account_id), str(finding.evidence), finding.remedy) for finding in picture.bystanders]
    empty = "No account outside the plan joined, left or moved since the run began."
    return _section("others", table("bystanders", ("Account", "What was seen", "What to do"), rows, empty=empty))


def unknown(picture: Picture) -> Markup:
    """What could not be looked up, or is not settled."""
    if not picture.unknown:
        return _section(
            "unknown", element("p", "Everything could be looked up, and every call is settled.", class_="none")
        )
    return _section("unknown", element("ul", *(element("li", told(message)) for message in picture.unknown)))


def environment(picture: Picture) -> Markup:
    """Who opened the run, with what, and what wrote the record."""
    opened = [event for event in picture.events if event.kind is Kind.OPENED]
    rows = [
        (
            f"{event.at:%Y-%m-%d %H:%M:%S}",
            str(event.data.get("by", "")),
            tuple(str(event.data.get(side, {}).get("caller", "")) for side in ("source", "destination")),
            ", ".join(f"{name} {version}" for name, version in event.data.get("versions", {}).items()),
            code(short(event.data.get("plan", ""))),
        )
        for event in opened
    ]
    columns = ("Opened (UTC)", "By", "Callers: source, destination", "Versions", "Plan")
    written = ", ".join(f"{name} {version}" for name, version in picture.versions)
    return _section(
        "environment",
        element("p", f"This record was written with {written}."),
        element("p", "Digest of the plan: ", code(picture.plan_digest)),
        table("openings", columns, rows, empty="The ledger does not say who opened the run."),
    )


def seal(picture: Picture) -> Markup:
    """How the record is sealed, and how to check it."""
    head = head_of(picture.events)
    told = f"This page tells {many(len(picture.events), 'event')} of the ledger; the hash of the last is "
    own = () if head == picture.head else (" The head of the run's own ledger was ", code(picture.head), ".")
    return _section(
        "seal",
        element("p", told, code(head), ". ", OWN_CHAIN if own else SAME_CHAIN, *own),
        element("p", PROMISE),
        element("p", "Check it with: ", code("orgtools verify-record record/")),
    )


ALL: Final = (looked_at, accounts, approvals, timeline, findings, handshakes, others, unknown, environment, seal)
"""The sections in the order of the page."""
