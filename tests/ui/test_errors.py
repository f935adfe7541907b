"""Errors in a notebook: one paragraph, the traceback folded; the cell still fails, and nothing false is noted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import nbclient
import pytest
from botocore.exceptions import ClientError, NoCredentialsError
from nbformat import v4

from orgtools.exceptions import InputError, RefusedError
from orgtools.ledger import Kind
from orgtools.messages import free
from orgtools.ui.errors import paragraph
from tests.rehearsed import PLAIN

if TYPE_CHECKING:
    from tests.rehearsed import Run

_DENIED: Final = ClientError(
    {"Error": {"Code": "AccessDeniedException", "Message": "User: x is not authorized to perform: y"}}, "MoveAccount"
)


def _raised(error: Exception, cause: Exception | None = None) -> str:
    """The paragraph of an error that was raised."""
    try:
        raise error from cause
    except type(error) as caught:
        return paragraph(caught)


def test_the_account_comes_first_then_the_words_then_the_next_step() -> None:
    """The next step stands apart, once; the traceback is folded."""
    html = _raised(RefusedError(free("It was refused.", "Open 50_accept."), code="X", account_id=PLAIN[0]), _DENIED)
    words, _, folded = html.partition("<details>")
    assert f"<strong>Account {PLAIN[0]}: It was refused. AWS said: User: x is not authorized to perform: y." in words
    assert words.count("Open 50_accept.") == 1
    assert "Traceback" not in words
    assert "Traceback (most recent call last)" in folded
    assert "test_errors.py" in folded


def test_an_answer_of_aws_that_nobody_expected_says_what_to_do() -> None:
    """Its class and its words; the step is the one that steps would name."""
    words = _raised(_DENIED).partition("<details>")[0]
    assert "The call to AWS failed: AccessDeniedException: User: x is not authorized to perform: y." in words
    assert "Grant the action to the caller" in words
    assert "Unable to locate credentials" in _raised(NoCredentialsError())


def test_a_defect_is_named_and_says_that_nothing_is_taken_for_done() -> None:
    """The traceback is there for engineers, folded."""
    words, _, folded = _raised(KeyError("ou-1")).partition("<details>")
    assert "Unexpected error: KeyError: &#39;ou-1&#39;" in words
    assert "Only what AWS confirms counts as done. Run the notebook again from the top." in words
    assert "test_errors.py" in folded


def test_nothing_secret_is_shown() -> None:
    """Neither in the words nor in the traceback."""
    html = _raised(InputError(free("jane.doe@example.com and AKIAIOSFODNN7EXAMPLE", "Ask <b>her</b>.")))
    assert "jane.doe" not in html
    assert "AKIAIOSFODNN7EXAMPLE" not in html
    assert "&lt;b&gt;her" in html


_OPEN: Final = """
import orgtools
from orgtools import steps, ui
from orgtools.assess import assess
migration = orgtools.open()
assess(migration, checks=["E15"])
"""
_REFUSED: Final = f"""
shown = steps.preview(migration, steps.INVITE, {PLAIN[:2]!r})
other = steps.preview(migration, steps.INVITE, {PLAIN[:1]!r})
steps.apply(migration, shown, steps.approve(other, other.phrase))
"""


@pytest.fixture
def executed(run: Run, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A notebook in which a step was asked for with another preview's approval, then two mistakes of a person."""
    monkeypatch.setenv("ORGTOOLS_RUN", str(run.folder))
    cells = [v4.new_code_cell(source) for source in (_OPEN, _REFUSED, "1 +", "{}['x']")]
    client = nbclient.NotebookClient(v4.new_notebook(cells=cells), kernel_name="python3", allow_errors=True)
    return asyncio.run(client.async_execute())


def test_in_a_kernel_the_paragraph_comes_first_and_the_cell_fails(executed: Any, run: Run) -> None:
    """The error output names it without a traceback; the ledger has no call, and neither has the server."""
    opened, refused, typo, defect = (cell.outputs for cell in executed.cells)
    assert [output for output in opened if output.output_type == "error"] == []
    shown, error = refused
    assert 'class="orgtools-error"' in shown.data["text/html"]
    assert "is for another preview (&#34;invite 1&#34;)" in shown.data["text/html"].partition("<details>")[0]
    assert error.ename == "ApprovalError"
    assert error.traceback == ["ApprovalError: see above. This cell did not finish."]
    assert typo[0].ename == "SyntaxError"
    assert "KeyError" in defect[0].data["text/html"]
    with run.open() as migration:
        assert [event for event in migration.ledger.events() if event.kind in (Kind.INTENDED, Kind.OUTCOME)] == []
    assert run.changing() == []
