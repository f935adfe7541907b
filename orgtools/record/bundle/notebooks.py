"""Executed notebooks as a record holds them: without widgets and their state, and by the level of the record."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat

from orgtools.aws.masking import mask_json, mask_name, mask_secrets
from orgtools.exceptions import RecordError
from orgtools.messages import FactKind, Message, language

if TYPE_CHECKING:
    from orgtools.record.redact.levels import Redactor

_PACKAGE: Final = Path(__file__).resolve().parents[2]

SHIPPED: Final = next(
    (folder for folder in (_PACKAGE.parent / "notebooks", _PACKAGE / "notebooks") if folder.is_dir()),
    _PACKAGE / "notebooks",
)
"""The folder of orgtools' own notebooks: beside the package in a clone, inside it where it was installed.

The English ones; those of another language are in a folder of theirs in it, ``ja``, with the same names.
"""

_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_METADATA_KEPT: Final = ("kernelspec", "language_info")
_IMAGES: Final = {"image/png": "iVBORw0KGgo", "image/jpeg": "/9j/"}
"""How the Base64 of an image begins. A drawing of lines (SVG) is text, and is masked as such."""
_BASE64: Final = re.compile(r"[A-Za-z0-9+/\n]+=*\n?")
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_NAME: Final = re.compile(r"\d\d_[a-z_]+(\.wave-\d+)?(\.part-\d+)?(\.\d+)?")
_LEFT_OUT: Final = Message("record-cell-left-out")


def shipped() -> Path:
    """The folder of the notebooks in the language of this process; the English ones where there are no others."""
    folder = SHIPPED / language()
    return folder if folder.is_dir() else SHIPPED


def shareable_notebook(path: Path, redactor: Redactor) -> str:
    """An executed notebook as JSON text.

    Widgets show nothing outside their kernel, and their state holds every row that they ever showed. Where names are
    not shown, only cells stay that orgtools ships, without what they showed.

    Raises:
        RecordError: the file cannot be read as a notebook.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat lets errors of several libraries through
        raise RecordError(Message("record-notebook-unreadable", path=str(path), words=str(error))) from error
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
        notebook.cells = [_cell(cell, number) for number, cell in enumerate(notebook.cells)]
    return str(nbformat.writes(nbformat.from_dict(_masked(notebook)))) + "\n"


def shareable_name(path: Path, redactor: Redactor) -> str:
    """The file's name in the record; one that is not orgtools' own is a name that somebody gave."""
    if redactor.shows_names or _NAME.fullmatch(path.stem):
        return mask_name(path.name)
    return f"{redactor.text(path.stem, FactKind.NAME, 'notebook')}.ipynb"


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
        cell.source for path in SHIPPED.rglob("*.ipynb") for cell in nbformat.read(path, as_version=4).cells
    )


def _cell(cell: Any, number: int) -> Any:
    """A cell where names are not shown: what orgtools ships, and nothing that was shown below it.

    What an output shows is words: of which fact each of them tells, nobody can say any more.
    """
    code = cell.cell_type == "code"
    left_out = f"# {_LEFT_OUT}" if code else f"({_LEFT_OUT})"
    source = cell.source if cell.source in _shipped_cells() else left_out
    kept: dict[str, Any] = {"id": f"cell-{number}", "cell_type": cell.cell_type, "metadata": {}, "source": source}
    if code:
        kept |= {"execution_count": cell.execution_count, "outputs": []}
    return nbformat.from_dict(kept)
