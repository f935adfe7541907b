"""Files and folders of a run that nobody but their owner reads; none is reached through a link that somebody laid."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""What people other than the owner may do."""


def private_folder(path: Path) -> Path:
    """A folder that is made, or closed to others where it is there already.

    Raises:
        InputError: a link or a file lies in its place, or it is somebody else's and open to others.
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    _close(path, stat.S_ISDIR, Message("no-folder", path=str(path)), 0o700)
    return path


def private_file(path: Path) -> Path:
    """A file that is made empty, or closed to others where it is there already.

    Raises:
        InputError: a link or something else lies in its place, or it is somebody else's and open to others.
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _close(path, stat.S_ISREG, Message("no-file", path=str(path)), 0o600)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a new file; what lay in its place is gone, a link is not followed.

    Raises:
        OSError: it cannot be written.
    """
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _close(path: Path, is_kind: Callable[[int], bool], otherwise: Message, mode: int) -> None:
    held = path.lstat()
    if not is_kind(held.st_mode):
        raise InputError(otherwise)
    if os.name == "posix" and held.st_mode & _OTHERS:
        try:
            path.chmod(mode)
        except PermissionError as error:
            raise InputError(Message("open-to-others", path=str(path), action=f"chmod {mode:o}")) from error
