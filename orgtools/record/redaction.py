"""What never enters a record: full e-mail addresses, credentials, and what notebooks remember beside their outputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import nbformat

from orgtools.aws.model import mask_emails
from orgtools.exceptions import RecordError

if TYPE_CHECKING:
    from pathlib import Path

_HIDDEN: Final = "***"
_NAMES: Final = r"(?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)"
_NAME: Final = re.compile(_NAMES, re.IGNORECASE)
_NAMED: Final = re.compile(rf"({_NAMES}[\"']?\s*[:=]\s*[\"']?)[^\s\"',;]+", re.IGNORECASE)
_KEY_ID: Final = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{12,124}\b")
_WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_NOTEBOOK_KEPT: Final = ("kernelspec", "language_info")


def redacted(text: str) -> str:
    """A text without full e-mail addresses, AWS access key ids, or values that stand beside a secret's name."""
    return _KEY_ID.sub(rf"\1{_HIDDEN}", _NAMED.sub(rf"\1{_HIDDEN}", mask_emails(text)))


def redacted_json(value: Any) -> Any:
    """JSON values with every text in them redacted, keys included; what is held under a secret's name is hidden."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {
            redacted(key): _HIDDEN if _NAME.fullmatch(key) and isinstance(held, str) else redacted_json(held)
            for key, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [redacted_json(held) for held in value]
    return value


def shareable_notebook(path: Path) -> str:
    """An executed notebook as the record holds it: code and outputs, redacted, without widgets and their state.

    Widgets show nothing outside their kernel, and their state holds every row that they ever showed.

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
    notebook.metadata = {key: notebook.metadata[key] for key in _NOTEBOOK_KEPT if key in notebook.metadata}
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
        for output in cell.get("outputs", ()):
            output.pop("metadata", None)
            if "data" in output:
                output["data"] = {kind: held for kind, held in output["data"].items() if kind != _WIDGET}
                output["metadata"] = {}
    clean = nbformat.from_dict(redacted_json(notebook))
    return str(nbformat.writes(clean)) + "\n"
