"""Handshakes of both sides and of members: as one table for people, and what is unexpected about them."""

from orgtools.invitations.listing import COLUMNS, SENT, Evidence, listed, sent, span, table
from orgtools.invitations.membership import moves
from orgtools.invitations.remarks import SOON, findings

__all__ = ["COLUMNS", "SENT", "SOON", "Evidence", "findings", "listed", "moves", "sent", "span", "table"]
