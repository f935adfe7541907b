"""Messages: what the code knows as a code and facts, and what people read as a sentence.

Decisions, findings, refusals and errors carry a `Message`: a stable code (``invite-pending``) and typed facts (an
account's id, a time, a count). Approvals, the ledger and all control flow use those alone. The words are in the
catalogue, a folder of Fluent files (https://projectfluent.org) for each language, and are looked up when a person is
going to read them: `render` says what happened, `next_step` what to do then.
"""

from orgtools.messages.facts import KINDS, FactKind
from orgtools.messages.languages import LANGUAGES, language, speak, unknown
from orgtools.messages.message import Fact, Message, as_json, free, heading, slug
from orgtools.messages.rendering import (
    capital,
    clauses,
    ended,
    known,
    next_step,
    plain,
    render,
    sentence,
    sentences,
    things,
    told,
    written,
)

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Fact",
    "FactKind",
    "Message",
    "as_json",
    "capital",
    "clauses",
    "ended",
    "free",
    "heading",
    "known",
    "language",
    "next_step",
    "plain",
    "render",
    "sentence",
    "sentences",
    "slug",
    "speak",
    "things",
    "told",
    "unknown",
    "written",
]
