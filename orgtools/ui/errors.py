"""Errors in a notebook: one paragraph with what AWS said and what to do, the traceback folded away."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython
from IPython.display import HTML, display

from orgtools.aws.calls.errors import understand
from orgtools.exceptions import ApprovalError, OrgtoolsError
from orgtools.html import piece
from orgtools.messages import KINDS, FactKind, Message
from orgtools.ui.words import sentence, then, words

if TYPE_CHECKING:
    from types import TracebackType


def paragraph(error: BaseException) -> str:
    """An error as HTML: whom it concerns, what AWS said, the next step; below it the traceback, folded.

    Anything that looks like a credential or an e-mail address is masked.
    """
    message, changes = _message(error), error.changes if isinstance(error, ApprovalError) else ()
    trace = "".join(traceback.format_exception(error))
    what, title = sentence(message), words(Message("ui-error-trace"))
    return str(piece("error", what, list(map(words, changes)), then(message), title, trace))


def _message(error: BaseException) -> Message:
    """What happened, and the operator's next step."""
    if isinstance(error, OrgtoolsError):
        message, account_id, said = error.message, error.account_id, _words(error.__cause__)
        if account_id and not _holds(message, account_id):
            message = Message("in-account", account=account_id, why=message)
        return Message("ui-error-caused", why=message, words=said) if said and not _holds(message, said) else message
    # Only `orgtools.aws` may know botocore's classes.
    if isinstance(error, Exception) and type(error).__module__.partition(".")[0] == "botocore":
        return Message("ui-error-refused", why=understand(error).why)
    return Message("ui-error-unexpected", words=traceback.format_exception_only(error)[0].strip())


def _holds(message: Message, text: str) -> bool:
    """Whether a fact of a message is, or has in it, what would be said beside it."""
    return any(_has(fact, KINDS[name], text) for name, fact in message.facts.items())


def _has(fact: object, kind: FactKind, text: str) -> bool:
    if isinstance(fact, Message):
        return _holds(fact, text)
    if isinstance(fact, tuple):
        return any(_has(one, kind, text) for one in fact)
    return text in str(fact) if kind is FactKind.WORDS else fact == text


def _words(cause: BaseException | None) -> str:
    """AWS's own words, where an answer of AWS is the cause."""
    return understand(cause).words if isinstance(cause, Exception) and hasattr(cause, "response") else ""


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
    short = [words(Message("ui-error-above", kind=kind.__name__))]
    shell._showtraceback(kind, error, short)  # noqa: SLF001 (how a kernel publishes an error)
    return short
