"""Where a run folder may lie: on a disk of this machine, whose locks hold."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from orgtools.exceptions import InputError
from orgtools.messages import Message

MOUNTS: Final = Path("/proc/self/mounts")
"""What Linux tells of its file systems; there is none elsewhere."""
NETWORK: Final = re.compile(
    r"(nfs\d?|cifs|smb\d?|smbfs|afs|ceph|lustre|glusterfs|gpfs|ncpfs|fuse\.(sshfs|s3fs|ceph|glusterfs|rclone))"
)
"""Types of file systems that other machines may hold, too. https://www.sqlite.org/wal.html, "not over a network"."""
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def check(folder: Path) -> None:
    """Refuse a run folder in which a ledger would not be safe.

    Raises:
        InputError: it cannot be written, or lies on a network file system.
    """
    kind = file_system(folder)
    if NETWORK.fullmatch(kind):
        raise InputError(Message("folder-on-network", path=str(folder), kind=kind))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(Message("folder-not-writable", path=str(folder)))


def file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system that holds a folder; empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    resolved = folder.resolve()
    over = []
    for number, line in enumerate(lines):
        _, place, kind, *_ = line.split()
        mounted = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), place))
        if resolved.is_relative_to(mounted):
            over.append((len(mounted.parts), number, kind))  # of two mounts on one place the later one is seen
    return max(over)[2] if over else ""
