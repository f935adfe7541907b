"""Where a run folder may lie, and what is said where its disk refuses."""

from __future__ import annotations

import errno
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from orgtools import places
from orgtools.aws.calls.rate_limits import Pacer
from orgtools.exceptions import InputError, LedgerError, OrgtoolsError
from orgtools.ledger import Ledger
from orgtools.messages import Message
from orgtools.migration import Migration
from tests import values
from tests.said import says

if TYPE_CHECKING:
    from pathlib import Path

_MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
tmpfs /home/jane/my\\040disk tmpfs rw 0 0
//server/share /srv cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/run-1", "ext4"),
        ("/home/jane/run", "nfs4"),
        ("/home/jane/my disk/run", "tmpfs"),
        ("/homes", "ext4"),
        ("/srv/run", "cifs"),
    ],
)
def test_a_folders_file_system_is_that_of_the_deepest_mount(folder: str, kind: str, tmp_path: Path) -> None:
    """With spaces in its name, and not by the mere beginning of a name."""
    mounts = tmp_path / "mounts"
    mounts.write_text(_MOUNTS, encoding="utf-8")
    assert places.file_system(type(tmp_path)(folder), mounts) == kind


def test_where_the_system_does_not_tell_nothing_is_refused(tmp_path: Path) -> None:
    """Not every system lists its mounts there."""
    assert places.file_system(tmp_path, tmp_path / "none") == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_network_file_system_is_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its type, and where to go."""
    monkeypatch.setattr(places, "file_system", lambda _: kind)
    with pytest.raises(InputError) as refused:
        places.check(tmp_path)
    assert refused.value.message == Message("folder-on-network", path=str(tmp_path), kind=kind)
    assert refused.value.next_step


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is opened in it."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError) as refused:
        places.check(tmp_path)
    assert refused.value.message == Message("folder-not-writable", path=str(tmp_path))


def test_a_pace_that_holds_anything_else_is_made_anew(tmp_path: Path) -> None:
    """Buckets that are lost are merely full again."""
    path = tmp_path / "pacing.sqlite"
    path.write_bytes(b"no database at all, and long enough to look at" * 100)
    pacer = Pacer(path)
    assert pacer.wait("MoveAccount", account_id="1", organization_id="o-1") == 0
    pacer.close()


def test_a_disk_that_is_full_is_told_and_no_call_is_made_without_a_pace(tmp_path: Path) -> None:
    """One sentence, from the first call on."""
    pacer = Pacer(tmp_path / "pacing.sqlite")
    pages = pacer._database.execute("PRAGMA page_count").fetchone()[0]
    pacer._database.execute(f"PRAGMA max_page_count = {pages}")

    def call() -> None:
        for number in range(1_000):
            pacer.wait("MoveAccount", account_id=f"{number:0500d}", organization_id="o-1")

    with pytest.raises(OrgtoolsError) as refused:
        call()
    pacer.close()
    assert says(refused.value.message, "pace-not-written", path=str(tmp_path / "pacing.sqlite"))
    assert "is full" in refused.value.message.facts["words"]
    assert refused.value.next_step


def test_a_pace_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """Where a folder lies in its place, or there is none for it."""
    (tmp_path / "pacing.sqlite").mkdir()
    with pytest.raises(OrgtoolsError) as refused:
        Pacer(tmp_path / "pacing.sqlite")
    assert refused.value.message == Message("no-file", path=str(tmp_path / "pacing.sqlite"))
    nowhere = tmp_path / "nowhere" / "pacing.sqlite"
    with pytest.raises(OrgtoolsError) as refused:
        Pacer(nowhere)
    assert says(refused.value.message, "pace-not-written", path=str(nowhere))
    assert "No such file" in refused.value.message.facts["words"]


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EROFS, errno.ENOSPC])
def test_a_lock_that_the_file_system_refuses_is_told(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a step, and for the ledger."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    folder: Any = SimpleNamespace(folder=tmp_path)
    with (
        pytest.raises(InputError) as refused,
        Migration.exclusive(folder, "invite"),
    ):
        pass
    assert refused.value.message == Message("lock-refused", path=str(tmp_path), step="invite", words=os.strerror(code))
    with pytest.raises(LedgerError, match=os.strerror(code)):
        Ledger(tmp_path / "ledger.sqlite", lambda: values.NOW)


def test_a_ledger_that_somebody_holds_or_that_is_none_is_told(tmp_path: Path) -> None:
    """A file of another kind is never made anew: it may be all there is."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"no database at all, and long enough to look at" * 100)
    with pytest.raises(LedgerError, match="file is not a database"):
        Ledger(path, lambda: values.NOW)
    assert path.read_bytes().startswith(b"no database")
