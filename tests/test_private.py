"""Files of a run: nobody but their owner reads them, and no link is followed to or from them."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from orgtools.assess.exporting.files import FOLDER, Export, keep
from orgtools.aws.calls.rate_limits import Pacer
from orgtools.exceptions import InputError, LedgerError, RecordError
from orgtools.ledger import Kind, Ledger
from orgtools.private import private_file, private_folder, write_private
from orgtools.record.bundle import write
from orgtools.ui import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_OPEN: Final = 0o077


def _open_to_others(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & _OPEN]


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """A umask that would leave everything open to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def _export() -> Export:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Export("300000000001", "o-source0001", at, "Payroll", "/Prod", {}, {}, {}, (), (), {})


def test_what_a_run_writes_is_private(tmp_path: Path) -> None:
    """Ledger with its journals, buckets, choices, exports; also where they lay open before."""
    for name in ("ledger.sqlite", "pacing.sqlite"):
        (tmp_path / name).touch(0o666)
    (tmp_path / FOLDER).mkdir(0o777)
    with Ledger(tmp_path / "ledger.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as ledger:
        ledger.append(Kind.STOPPED, step="invite", why="x")
        pacer = Pacer(tmp_path / "pacing.sqlite", sleep=lambda _: None)
        pacer.wait("MoveAccount", account_id="1", organization_id="o-x")
        choices.save(tmp_path, "invite", ["300000000001"])
        keep(tmp_path, _export())
        assert [name for name in _open_to_others(tmp_path) if not name.endswith(".lock")] == []
        pacer.close()


def _ledger(path: Path) -> None:
    Ledger(path, lambda: datetime(2026, 3, 1, tzinfo=UTC)).close()


@pytest.mark.parametrize(
    ("write", "error"),
    [(_ledger, LedgerError), (Pacer, InputError), (private_file, InputError)],
    ids=["ledger", "buckets", "file"],
)
def test_no_link_is_followed_to_a_file(tmp_path: Path, write: Callable[[Path], object], error: type[Exception]) -> None:
    """Whoever can lay one would have it written wherever it leads."""
    (tmp_path / "elsewhere").touch()
    (tmp_path / "file").symlink_to("elsewhere")
    with pytest.raises(error, match="is a link"):
        write(tmp_path / "file")
    assert (tmp_path / "elsewhere").read_bytes() == b""


def test_exports_go_into_no_folder_elsewhere(tmp_path: Path) -> None:
    """A link in place of exports/ would carry whole addresses out of the run folder."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / FOLDER).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="is a link"):
        keep(tmp_path / "run", _export())
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_new_file_takes_the_place_of_a_link(tmp_path: Path) -> None:
    """What the link led to stays as it was."""
    (tmp_path / "elsewhere").write_text("kept")
    (tmp_path / "file").symlink_to("elsewhere")
    write_private(tmp_path / "file", b"new")
    assert ((tmp_path / "elsewhere").read_text(), (tmp_path / "file").read_text()) == ("kept", "new")


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    """In a sentence."""
    (tmp_path / "folder").touch()
    with pytest.raises(InputError, match="not a folder"):
        private_folder(tmp_path / "folder")


def test_what_a_killed_process_left_of_a_record_goes(tmp_path: Path) -> None:
    """Whole copies, at whatever level, that nobody else would take away; a link is taken away, not followed."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    for name in (".record-0a1b2c3d.new", ".record-11111111.new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ledger.jsonl").write_text("everything")
    (tmp_path / ".record-22222222.new").symlink_to("elsewhere")
    (tmp_path / ".record-33333333.old").mkdir()
    (tmp_path / ".record-33333333.old" / "record.html").write_text("the earlier one")
    with write._replacing(tmp_path / "record") as fresh:
        left = {path.name for path in tmp_path.iterdir()}
        assert left == {"elsewhere", "record", fresh.name}
        assert (tmp_path / "record" / "record.html").read_text() == "the earlier one"
        assert stat.S_IMODE(fresh.stat().st_mode) & _OPEN == 0
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "record"}
    assert (tmp_path / "elsewhere" / "kept").is_file()


def test_a_record_does_not_replace_what_a_link_leads_to(tmp_path: Path) -> None:
    """Nor does it write there."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "record").symlink_to("elsewhere")
    with pytest.raises(RecordError, match="is a link"), write._replacing(tmp_path / "record"):
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []
