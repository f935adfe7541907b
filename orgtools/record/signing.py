"""Detached signatures of a record's manifest: ``ssh-keygen -Y`` makes and checks them, with a key the operator has."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import RecordError
from orgtools.record.files import MANIFEST, SIGNATURE
from orgtools.record.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE: Final = "orgtools-record"
"""What the signature is for: one made for something else does not count."""

_PROGRAM: Final = "ssh-keygen"
_LARGEST: Final = 64 << 10
"""Bytes of a signature; those of SSH have a few hundred."""
_INSTALL: Final = "Install OpenSSH 8.2 or newer; its ssh-keygen signs and checks."


class Signed(StrEnum):
    """How a record's signature stands."""

    UNSIGNED = "unsigned"
    NOT_CHECKED = "signed, not checked"
    GOOD = "signed"
    BAD = "badly signed"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a look at a record's signature found: how it stands, a sentence about it, and by whom a good one is."""

    state: Signed
    words: str
    who: str = ""


def check_key(key: Path) -> None:
    """Whether a key can be there to sign with, before anything is written.

    Raises:
        RecordError: there is no ssh-keygen, or no such file.
    """
    if shutil.which(_PROGRAM) is None:
        raise RecordError("There is no ssh-keygen on this machine to sign with.", next_step=_INSTALL)
    if not key.expanduser().is_file():
        raise RecordError(f"There is no key {key}.", next_step="Name an SSH private key, such as ~/.ssh/id_ed25519.")


def sign(folder: Path, key: Path) -> None:
    """Sign the manifest in a folder; the signature lies beside it.

    Raises:
        RecordError: there is no ssh-keygen, or it refuses: the key cannot be read, or its passphrase is wrong.
    """
    check_key(key)
    signed = _keygen("sign", "-f", str(key.expanduser()), "-n", NAMESPACE, str(folder / MANIFEST))
    if signed.returncode or not (folder / SIGNATURE).is_file():
        raise RecordError(
            f"ssh-keygen did not sign with {key}: {_said(signed)}.",
            next_step="No record was written. Name a key that it can read, or add the key to ssh-agent.",
        )


def signature(folder: Path, *, signers: Path | None = None, signer: str = "") -> Signature:
    """How the signature of a record stands.

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
        return Signature(Signed.UNSIGNED, f"Unsigned: there is no {SIGNATURE}.")
    except (OSError, ValueError) as error:
        return _bad(f"{SIGNATURE} cannot be read: {error}")
    if not small:
        return _bad(f"{SIGNATURE} is larger than any signature")
    if signers is not None and not signers.is_file():
        raise RecordError(f"There is no signers file {signers}.", next_step="Name an allowed signers file.")
    if shutil.which(_PROGRAM) is None:
        return Signature(Signed.NOT_CHECKED, f"Signed, not checked: there is no ssh-keygen on this machine. {_INSTALL}")
    sealed = ("-n", NAMESPACE, "-s", str(folder / SIGNATURE))
    if signers is None:
        fits = _keygen("check-novalidate", *sealed, signed=manifest)
        if fits.returncode:
            return _bad(f"{SIGNATURE} does not fit {MANIFEST}: {_said(fits)}")
        return Signature(
            Signed.NOT_CHECKED,
            "Signed, not checked: no signers file was given to check the signature against "
            "(--signers FILE --signer WHO).",
        )
    who = signer or _principal(folder, signers)
    if not who:
        return _bad(f"{SIGNATURE} is by no one whom {signers} allows")
    checked = _keygen("verify", "-f", str(signers), "-I", who, *sealed, signed=manifest)
    if checked.returncode:
        return _bad(f"{SIGNATURE} is not a signature of {MANIFEST} by {who}: {_said(checked)}")
    return Signature(Signed.GOOD, f"Signed by {who}, whom {signers} allows.", who)


def _bad(why: str) -> Signature:
    return Signature(Signed.BAD, f"{why}.")


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


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    said = mask_secrets((done.stderr or done.stdout).decode(errors="replace").strip())
    return " ".join(said.split()).rstrip(".") or f"it ended with {done.returncode}"
