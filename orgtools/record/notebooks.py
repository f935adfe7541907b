"""Executed notebooks as a record holds them: without widgets and their state, and by the level of the record."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat

from orgtools.aws.masking import mask_json, mask_name, mask_secrets
from orgtools.exceptions import RecordError

if TYPE_CHECKING:
    from orgtools.record.levels import Redactor

_PACKAGE: Final = Path(__file__).resolve().parent.parent

SHIPPED: Final = next(
    (folder for folder in (_PACKAGE.parent / "notebooks", _PACKAGE / "notebooks") if folder.is_dir()),
    _PACKAGE / "notebooks",
)
"""The folder of orgtools' own notebooks: beside the package in a clone, inside it where it was installed."""

_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_METADATA_KEPT: Final = ("kernelspec", "language_info")
_TAGS_KEPT: Final = frozenset(
    (
        *("b", "br", "code", "div", "em", "li", "ol", "p", "pre", "span", "strong"),
        *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
_IMAGES: Final = {"image/png": "iVBORw0KGgo", "image/jpeg": "/9j/"}
"""How the Base64 of an image begins. A drawing of lines (SVG) is text, and is masked as such."""
_BASE64: Final = re.compile(r"[A-Za-z0-9+/\n]+=*\n?")
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_UNSEEN: Final = frozenset({"script", "style", "details"})
"""A traceback, which stands in <details>, has paths of the machine that wrote it."""
_NAME: Final = re.compile(r"\d\d_[a-z_]+(\.wave-\d+)?(\.part-\d+)?(\.\d+)?")
_LEFT_OUT: Final = "left out: orgtools does not ship this cell"


def shareable_notebook(path: Path, redactor: Redactor) -> str:
    """An executed notebook as JSON text.

    Widgets show nothing outside their kernel, and their state holds every row that they ever showed. Where names are
    not shown, only cells stay that orgtools ships, and of their outputs the text.

    Raises:
        RecordError: the file cannot be read as a notebook.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat lets errors of several libraries through
        raise RecordError(
            f"{path} cannot be read as a notebook: {error}.",
            next_step="Save it again in JupyterLab, or take it out of the folder; no record was written.",
        ) from error
    notebook.metadata = {key: notebook.metadata[key] for key in _METADATA_KEPT if key in notebook.metadata}
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
        for output in cell.get("outputs", ()):
            output.pop("metadata", None)
            if "data" in output:
                output["data"] = {kind: held for kind, held in output["data"].items() if kind != _WIDGET}
                output["metadata"] = {}
    if not redactor.shows_names:
        notebook.metadata = {}
        notebook.cells = [_cell(cell, number, redactor) for number, cell in enumerate(notebook.cells)]
    return str(nbformat.writes(nbformat.from_dict(_masked(notebook)))) + "\n"


def shareable_name(path: Path, redactor: Redactor) -> str:
    """The file's name in the record; one that is not orgtools' own is a name that somebody gave."""
    if redactor.shows_names or _NAME.fullmatch(path.stem):
        return mask_name(path.name)
    return f"{redactor.name('notebook', path.stem)}.ipynb"


def _masked(value: Any) -> Any:
    """Everything masked but images, whose Base64 looks like a credential."""
    if isinstance(value, dict):
        return {mask_secrets(key): held if _is_image(key, held) else _masked(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_masked(held) for held in value]
    return mask_json(_COLOURS.sub("", value) if isinstance(value, str) else value)


def _is_image(kind: str, held: Any) -> bool:
    begins = _IMAGES.get(kind)
    return begins is not None and isinstance(held, str) and held.startswith(begins) and bool(_BASE64.fullmatch(held))


@cache
def _shipped_cells() -> frozenset[str]:
    return frozenset(
        cell.source for path in SHIPPED.glob("*.ipynb") for cell in nbformat.read(path, as_version=4).cells
    )


def _cell(cell: Any, number: int, redactor: Redactor) -> Any:
    ours = cell.source in _shipped_cells()
    left_out = f"# {_LEFT_OUT}" if cell.cell_type == "code" else f"({_LEFT_OUT})"
    kept: dict[str, Any] = {"id": f"cell-{number}", "metadata": {}, "source": cell.source if ours else left_out}
    if cell.cell_type != "code":
        return nbformat.from_dict({"cell_type": "markdown", **kept})
    # What another cell says is nobody's list of words: it may spell an id letter by letter.
    outputs = [shown for output in cell.outputs if (shown := _output(output, redactor))] if ours else []
    count = cell.execution_count
    return nbformat.from_dict({"cell_type": "code", **kept, "execution_count": count, "outputs": outputs})


def _output(output: Any, redactor: Redactor) -> dict[str, Any] | None:
    """The text of an output, redacted; None where it has none, such as an image or a widget."""
    if output.output_type == "stream":
        name = "stderr" if output.name == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": redactor.text(output.text)}
    if output.output_type == "error":
        said = {"ename": redactor.text(output.ename), "evalue": redactor.text(output.evalue), "traceback": []}
        return {"output_type": "error", **said}
    shown = {}
    if "text/html" in output.data:
        shown["text/html"] = _Seen.of(output.data["text/html"], redactor)
    elif "text/plain" in output.data:
        shown["text/plain"] = redactor.text(output.data["text/plain"])
    return {"output_type": "display_data", "data": shown, "metadata": {}} if shown else None


class _Seen(HTMLParser):
    """What a reader sees of HTML: its texts, redacted, in plain elements without attributes."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor
        self._unseen: list[str] = []
        self._parts: list[str] = []

    @classmethod
    def of(cls, html: str, redactor: Redactor) -> str:
        seen = cls(redactor)
        seen.feed(html)
        seen.close()
        return "".join(seen._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (none is kept)
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _TAGS_KEPT:
            self._parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen[-1:] == [tag]:  # a stray end tag ends nothing
            self._unseen.pop()
        if tag in _TAGS_KEPT:
            self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(escape(self._redactor.text(data)))
