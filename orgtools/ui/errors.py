"""Errors in a notebook: one paragraph with what AWS said and what to do, the traceback folded away."""

from __future__ import annotations

import traceback
from html import escape
from typing import TYPE_CHECKING, Any, Final

from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython
from IPython.display import HTML, display

from orgtools.aws.masking import mask_secrets
from orgtools.aws.refusals import understand
from orgtools.exceptions import OrgtoolsError
from orgtools.ui.times import zoned

if TYPE_CHECKING:
    from types import TracebackType

_AGAIN: Final = (
    "Nothing is taken for done that AWS does not show: run the notebook again from the top, and tell the engineers if "
    "the error comes back."
)
_STYLE: Final = "border-left:.3em solid #c62828;padding:.2em .8em;max-width:60em"


def paragraph(error: BaseException) -> str:
    """An error as HTML: whom it concerns, what AWS said, the next step; below it the traceback, folded.

    Anything that looks like a credential or an e-mail address is masked.
    """
    what, next_step = _told(error)
    words = f"<strong>{escape(zoned(mask_secrets(what)))}</strong> {escape(zoned(mask_secrets(next_step)))}"
    trace = escape(mask_secrets("".join(traceback.format_exception(error))))
    folded = f"<details><summary>Traceback, for engineers</summary><pre>{trace}</pre></details>"
    return f"<div class='orgtools-error' role='alert' style='{_STYLE}'><p style='margin:0'>{words}</p>{folded}</div>"


def _told(error: BaseException) -> tuple[str, str]:
    """What happened, and the operator's next step."""
    if isinstance(error, OrgtoolsError):
        next_step, what = error.next_step or "", error.what
        if error.account_id and error.account_id not in what:
            what = f"Account {error.account_id}: {what}"
        said = _words(error.__cause__)
        if said and said not in what:
            what = f"{what.rstrip('.')}. AWS said: {said.rstrip('.')}."
        return what, next_step
    if isinstance(error, Exception) and _is_of_aws(error):
        refusal = understand(error)
        return f"AWS refused, {refusal.code}: {refusal.message.rstrip('.')}.", refusal.next_step
    return f"This should not have happened. {type(error).__name__}: {error}".rstrip(": ."), _AGAIN


def _words(cause: BaseException | None) -> str:
    """AWS's own words, where an answer of AWS is the cause."""
    return understand(cause).message if isinstance(cause, Exception) and hasattr(cause, "response") else ""


def _is_of_aws(error: Exception) -> bool:
    """Whether boto3 raised it; only `orgtools.aws` may know its classes."""
    return type(error).__module__.partition(".")[0] == "botocore"


def fold() -> None:
    """Let the notebook that imports this show its errors so; elsewhere nothing is changed.

    The cell still fails: "Run All" stops at it, and the notebook keeps an error output that names it.
    """
    shell = get_ipython()
    if shell is not None and hasattr(shell, "kernel"):
        shell.set_custom_exc((Exception,), _show)  # type: ignore[no-untyped-call]


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,  # noqa: ARG001 (IPython names it)
) -> list[str]:
    """IPython calls this in place of writing a traceback."""
    if issubclass(kind, UsageError):  # a mistyped magic and mistyped Python have no traceback to fold
        shell.show_usage_error(error)
        return []
    if issubclass(kind, SyntaxError):
        shell.showsyntaxerror()
        return []
    # IPython's own frames stand above the cell's.
    error = error.with_traceback(trace.tb_next or trace)
    display(HTML(paragraph(error)))  # type: ignore[no-untyped-call]
    short = [f"{kind.__name__}: see above. This cell did not run to its end."]
    shell._showtraceback(kind, error, short)  # noqa: SLF001 (how a kernel publishes an error)
    return short
