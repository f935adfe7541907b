"""Handshakes of both sides and of members: as one table of facts, and what is unexpected about them."""

from orgtools.invitations.listing import COLUMNS, SENT, Evidence, age, is_pending, listed, rest, sent, span, table
from orgtools.invitations.membership import moves
from orgtools.invitations.remarks import SOON, findings

__all__ = [
    "COLUMNS",
    "SENT",
    "SOON",
    "Evidence",
    "age",
    "findings",
    "is_pending",
    "listed",
    "moves",
    "rest",
    "sent",
    "span",
    "table",
]
