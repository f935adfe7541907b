"""HTML for notebooks and the record: templates, one style sheet, one script, one kind of table.

Every text that a template shows is masked and escaped in `rendering`, and nowhere else.
"""

from markupsafe import Markup

from orgtools.html.rendering import output, piece, render, script, style, text, whole
from orgtools.html.tables import Column, ColumnKind, Table, draw, texts

__all__ = [
    "Column",
    "ColumnKind",
    "Markup",
    "Table",
    "draw",
    "output",
    "piece",
    "render",
    "script",
    "style",
    "text",
    "texts",
    "whole",
]
