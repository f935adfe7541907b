"""What never reaches a file or a screen: full e-mail addresses, credentials, what looks like one, unseen characters."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, Final

HIDDEN: Final = "***"
"""What stands in the place of something that is not shown."""

# The names are those of detect-secrets 1.5 (Yelp, Apache 2.0, plugins/keyword.py), and AWS's. It is no dependency: its
# last release is of 2024, it brings requests, and its plugins are made for files of code.
_NAMES: Final = (
    r"(?:(?:aws_?)?(?:secret_?access_?key|session_?token|security_?token)"
    r"|(?:api|auth|service|account|client|access|secret|shared|encryption|signing|db|database|priv|private)[_-]?key"
    r"|(?:db_?|database_?|key_?)pass|pass(?:word|wd|phrase)|pwd|(?<![A-Za-z0-9])pw|contrase[n\u00f1]a|secret|(?:access|auth|api)_?token)"
    r"(?:[_-]\w{1,30}|\d{1,4})?"
)
_NAME: Final = re.compile(_NAMES, re.IGNORECASE)
_NAMED: Final = re.compile(
    rf"({_NAMES}\\?[\"']?\]?\s{{0,3}}(?::=|=>|[:=])\s{{0,3}})"
    r"(?:(\\?[\"'])(?!\*\*\*)(?:(?!\2)[^\n])+|(?!\*\*\*|NAME\.?(?![^\s,;])|\\?[\"'])[^\s\"',;]+)",
    re.IGNORECASE,
)
_AUTHORIZATION: Final = re.compile(
    r"(authorization[\"']?\s?[:=]\s?[\"']?(?:(?:basic|bearer|token|digest)\s)?|\bbearer\s)(?!\*\*\*)[^\s\"',;]{8,}",
    re.IGNORECASE,
)
_IN_ADDRESS: Final = re.compile(r"(://[^\s:@/]{0,100}):[^\s/\"'<>]{1,200}@")
_BEFORE_HOST: Final = re.compile(r"(?<![\w.:-])([\w.+%~-]{1,64}):(?!\*\*\*@)[^\s@/:\"'<>]{1,128}@(?=[\w\[])")
_PRIVATE_KEY: Final = re.compile(
    r"-{0,5}\s?(?:BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY|PuTTY-User-Key-File-\d)"
    r".*?(?:-{1,5}END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-{0,5}|\Z)",
    re.DOTALL,
)
_KEY_ID: Final = re.compile(r"(A[KS]IA|ABIA|ACCA)[A-Z0-9]{12,124}")
_JWT: Final = re.compile(r"eyJ[\w-]{6,}(?:\.[\w-]*){0,2}")
_TOKENS: Final = re.compile(
    # By their beginnings, as detect-secrets and gitleaks (MIT, config/gitleaks.toml) know them.
    r"xox[a-z]-[\w-]{8,}|xapp-\d-[\w-]{8,}|hooks\.slack\.com/services/[\w/]+"
    r"|gh[oprsu]_\w{16,}|github_pat_\w{20,}|gl[a-z]{2,6}-[\w-]{20,}|GR1348941[\w-]{16,}"
    r"|[rs]k_(?:live|test)_\w{16,}|whsec_[\w+/=]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}"
    r"|npm_[A-Za-z0-9]{30,}|pypi-AgE[\w-]{16,}|(?<![A-Za-z])sk-[\w-]{20,}"
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|LTAI[A-Za-z0-9]{16,}|AKC[a-z][A-Za-z0-9]{20,}"
    r"|(?<![A-Za-z0-9])(?:AC|SK)[0-9a-f]{32}|[0-9a-f]{32}-us\d{1,2}(?!\d)|(?<!\d)\d{8,10}:[\w-]{35}"
    r"|[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}|sq0[a-z]{3}-[\w-]{22,}|do[opr]_v1_[0-9a-f]{32,}"
    r"|hv[bs]\.[\w-]{24,}|dckr_pat_[\w-]{20,}|dapi[0-9a-f]{32}|lin_api_\w{30,}|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"
    r"|AGE-SECRET-KEY-1[0-9A-Z]{30,}",
    re.ASCII,
)
# Letters and digits thrown together: no name, path or role that people choose changes between small letters, capitals
# and digits so often. AWS's secret keys have 40 of them, its session tokens hundreds. Ids and hashes have no capitals.
_THROWN: Final = (
    (re.compile(r"(?<![\w/+])[A-Za-z0-9/+]{40}(?![\w/+=])"), 0.25),
    (re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{32,}={0,2}"), 0.4),
    (re.compile(r"(?<![\w-])(?!AWSReservedSSO_)[\w-]{32,}", re.ASCII), 0.4),
)
_KINDS: Final = str.maketrans(
    dict.fromkeys(ascii_lowercase, "a") | dict.fromkeys(ascii_uppercase, "A") | dict.fromkeys(digits, "0")
)
_OF_NAMES: Final = ("key", "pass", "pw", "contrase", "secret", "token")
_OF_TOKENS: Final = (
    *("eyj", "xox", "xapp-", "hooks.slack", "ghp_", "gho_", "ghr_", "ghs_", "ghu_", "github_pat_", "gl", "gr1348941"),
    *("k_live_", "k_test_", "whsec_", "sg.", "npm_", "pypi-", "sk-", "aiza", "ya29", "gocspx", "ltai", "akc", "sq0"),
    *("_v1_", "hvs.", "hvb.", "dckr_", "dapi", "lin_api_", "shpat_", "shpca_", "shppa_", "shpss_", "-us", "age-secret"),
)
_OF_KEY_IDS: Final = ("akia", "asia", "abia", "acca")
"""What stands, in small letters, in each text in which something of a kind is masked: looking for it takes no time."""
_LONG_RUN: Final = re.compile(r"(?<![\w/+-])[\w/+-]{32}|\d{8}:[\w-]{35}|[\w-]{23}\.[\w-]{6}\.", re.ASCII)
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control characters, marks that turn the direction of writing, what shows nothing at all; not line break and tab."""
# A slash and an equals sign end the local part, although mail allows them: what stands before them in an ARN or a tag
# is no address.
_LOCAL: Final = r"[^\x00-\x1f\s@\"\\<>()\[\]{},:;/=|]"
_EMAIL: Final = re.compile(rf"(?<!{_LOCAL})(?!\*\*\*@)({_LOCAL}?){_LOCAL}*@((?:[\w-]+\.)+[^\W\d_][\w-]+)")
_FINGERPRINTS: Final = secrets.token_bytes(32)
"""Of this process only, so that a fingerprint says nothing to anybody who finds it."""


def mask_emails(text: str) -> str:
    """Shorten each e-mail address in a text to its first letter and domain: ``a***@example.com``.

    Full addresses never reach a file, so they are masked where they enter: when AWS's answer is read.
    """
    return _EMAIL.sub(r"\1***@\2", text) if "@" in text else text


def fingerprint(address: str) -> str:
    """What stands for a whole e-mail address in this process: two are equal where the addresses are."""
    return hmac.new(_FINGERPRINTS, address.strip().lower().encode(), "sha256").hexdigest() if "@" in address else ""


def mask_secrets(text: str) -> str:
    """A text without full e-mail addresses and credentials, and without characters that nobody sees.

    Access key ids, web tokens, private keys, tokens of other services, long runs of letters and digits thrown together,
    and what stands beside a secret's name or before a host. Wide forms of letters (``\uff20``) hide nothing; a control
    character or a mark that turns the direction of writing is shown by its number.
    """
    if not text.isascii() or _UNSEEN.search(text):
        seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
        masked = _masked(seen)
        return masked if masked != seen else legible(_masked(text))
    return _masked(text)


def legible(text: str) -> str:
    """A text in which each character that nobody sees is shown by its number."""
    return _UNSEEN.sub(_number, text)


def mask_name(text: str) -> str:
    """The same of a name, which has one line."""
    return mask_secrets(text).replace("\n", "\\n").replace("\t", "\\t")


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 (as Python writes them)


def _masked(text: str) -> str:
    if "@" in text and ":" in text:
        text = _BEFORE_HOST.sub(rf"\1:{HIDDEN}@", _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", text))
    lower = text.lower()
    long = _LONG_RUN.search(text)
    if any(hint in lower for hint in _OF_NAMES):
        text = _NAMED.sub(rf"\1\2{HIDDEN}", _PRIVATE_KEY.sub(HIDDEN, text))
    if "authorization" in lower or "bearer" in lower:
        text = _AUTHORIZATION.sub(rf"\1{HIDDEN}", text)
    if long or any(hint in lower for hint in _OF_TOKENS):
        text = _TOKENS.sub(HIDDEN, _JWT.sub(HIDDEN, text))
    for pattern, least in _THROWN if long else ():
        text = pattern.sub(lambda run, least=least: HIDDEN if _thrown(run[0], least) else run[0], text)  # type: ignore[misc]
    text = mask_emails(text)
    return _KEY_ID.sub(rf"\1{HIDDEN}", text) if any(hint in lower for hint in _OF_KEY_IDS) else text


def mask_json(value: Any) -> Any:
    """JSON values with every text masked, keys included; what is held under a secret's name is hidden.

    Text by text, because inside JSON's escapes a mask breaks them.
    """
    if isinstance(value, str):
        return mask_secrets(value)
    if isinstance(value, dict):
        return {
            mask_secrets(key): HIDDEN if _NAME.fullmatch(key) and isinstance(held, str) else mask_json(held)
            for key, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [mask_json(held) for held in value]
    return value


def _thrown(run: str, least: float) -> bool:
    kinds = run.translate(_KINDS)
    if not {"a", "A", "0"} <= set(kinds):
        return False
    changes = sum(one != other and {one, other} <= {"a", "A", "0"} for one, other in pairwise(kinds))
    return changes >= least * len(run)
