"""HTML for notebooks and the record: templates, one style sheet, one script, one kind of table.

Every text that a template shows is masked and escaped in `rendering`, and nowhere else.
"""

from markupsafe import Markup

from orgtools.html.rendering import piece, render, script, style, text, whole
from orgtools.html.tables import Column, ColumnKind, Table, Texts, draw

__all__ = [
    "Column",
    "ColumnKind",
    "Markup",
    "Table",
    "Texts",
    "draw",
    "piece",
    "render",
    "script",
    "style",
    "text",
    "whole",
]
