"""Detached signatures of a record's manifest: ``ssh-keygen -Y`` makes and checks them, with a key the operator has."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import RecordError
from orgtools.messages import Message, told
from orgtools.record.bundle.files import MANIFEST, SIGNATURE
from orgtools.record.bundle.read import cause, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE: Final = "orgtools-record"
"""What the signature is for: one made for something else does not count."""

_PROGRAM: Final = "ssh-keygen"
_LARGEST: Final = 64 << 10
"""Bytes of a signature; those of SSH have a few hundred."""


class Signed(StrEnum):
    """The state of a record's signature."""

    UNSIGNED = "unsigned"
    NOT_CHECKED = "not-checked"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a look at a record's signature found: its state, a message about it, and by whom a good one is."""

    state: Signed
    message: Message
    who: str = ""

    @property
    def words(self) -> str:
        """The message as a sentence."""
        return told(self.message)


def check_key(key: Path) -> None:
    """Whether a key can be there to sign with, before anything is written.

    Raises:
        RecordError: there is no ssh-keygen, or no such file.
    """
    if shutil.which(_PROGRAM) is None:
        raise RecordError(Message("record-no-ssh-keygen"))
    if not key.expanduser().is_file():
        raise RecordError(Message("record-no-key", path=str(key)))


def sign(folder: Path, key: Path) -> None:
    """Sign the manifest in a folder; the signature lies beside it.

    Raises:
        RecordError: there is no ssh-keygen, or it refuses: the key cannot be read, or its passphrase is wrong.
    """
    check_key(key)
    signed = _keygen("sign", "-f", str(key.expanduser()), "-n", NAMESPACE, str(folder / MANIFEST))
    if signed.returncode or not (folder / SIGNATURE).is_file():
        raise RecordError(Message("record-key-refused", path=str(key), why=_said(signed)))


def signature(folder: Path, *, signers: Path | None = None, signer: str = "") -> Signature:
    """The state of a record's signature.

    Args:
        folder: the record.
        signers: an allowed signers file, as ssh-keygen(1) describes it; without one a signature that fits is still
            not checked: anybody can make one.
        signer: whose signature it must be, as the signers file calls them; empty takes any of the file.

    Raises:
        RecordError: there is no such signers file.
    """
    try:
        small = len(read_bytes(folder / SIGNATURE)) <= _LARGEST
        manifest = read_bytes(folder / MANIFEST)
    except (FileNotFoundError, NotADirectoryError):
        return Signature(Signed.UNSIGNED, Message("record-unsigned"))
    except (OSError, ValueError) as error:
        return Signature(Signed.BAD, Message("record-signature-unreadable", why=cause(error)))
    if not small:
        return Signature(Signed.BAD, Message("record-signature-large"))
    if signers is not None and not signers.is_file():
        raise RecordError(Message("record-no-signers", path=str(signers)))
    if shutil.which(_PROGRAM) is None:
        return Signature(Signed.NOT_CHECKED, Message("record-signed-no-ssh-keygen"))
    sealed = ("-n", NAMESPACE, "-s", str(folder / SIGNATURE))
    if signers is None:
        fits = _keygen("check-novalidate", *sealed, signed=manifest)
        if fits.returncode:
            return Signature(Signed.BAD, Message("record-signature-misfit", why=_said(fits)))
        return Signature(Signed.NOT_CHECKED, Message("record-signed-no-signers"))
    who = signer or _principal(folder, signers)
    if not who:
        return Signature(Signed.BAD, Message("record-signature-stranger", path=str(signers)))
    checked = _keygen("verify", "-f", str(signers), "-I", who, *sealed, signed=manifest)
    if checked.returncode:
        return Signature(Signed.BAD, Message("record-signature-other", person=who, why=_said(checked)))
    return Signature(Signed.GOOD, Message("record-signed", person=who, path=str(signers)), who)


def _principal(folder: Path, signers: Path) -> str:
    found = _keygen("find-principals", "-f", str(signers), "-s", str(folder / SIGNATURE))
    return found.stdout.decode(errors="replace").split("\n")[0].strip() if found.returncode == 0 else ""


def _keygen(action: str, *arguments: str, signed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 (our own command line; the operator names the files)
        [_PROGRAM, "-Y", action, *arguments],
        input=signed,
        capture_output=True,
        check=False,
    )


def _said(done: subprocess.CompletedProcess[bytes]) -> Message:
    words = " ".join(mask_secrets((done.stderr or done.stdout).decode(errors="replace")).split())
    return Message("record-malformed", words=words) if words else Message("record-keygen-ended", number=done.returncode)
