"""What somebody may write where AWS lets people write: each text, and what of it must be found nowhere.

All of it is made up; tokens are put together here, so that no scanner of this repository takes them for real ones.
"""

from __future__ import annotations

import random
import string
from typing import Final, NamedTuple


class Planted(NamedTuple):
    """What is written somewhere, and the part of it that must not be seen again."""

    text: str
    sought: str


_DICE: Final = random.Random(13)  # noqa: S311 (not for secrets)
_LOWER: Final = string.ascii_lowercase + string.digits
_ANY: Final = string.ascii_letters + string.digits
_UPPER: Final = string.ascii_uppercase + string.digits
_HEX: Final = "0123456789abcdef"


def _some(length: int, letters: str = _ANY) -> str:
    return "".join(_DICE.choices(letters, k=length))


def _digits(length: int) -> str:
    return _some(length, string.digits)


def _itself(*texts: str) -> list[Planted]:
    return [Planted(text, text) for text in texts]


_ACCOUNT: Final = "482915037264"
_GROUPS: Final = ((4, 4, 4), (3, 3, 3, 3), (2, 5, 5), (6, 6), (1, 11), (2, 2, 2, 2, 2, 2))
_SEPARATORS: Final = (
    *("-", " ", ".", "/", "_", ":", ",", "\u00a0", "\u2011", "\u2013", "\u202f", "\u00b7", "  ", " - ", "--", ") ("),
)


def _grouped(digits: str, groups: tuple[int, ...], separator: str) -> str:
    parts, rest = [], digits
    for length in groups:
        parts.append(rest[:length])
        rest = rest[length:]
    return separator.join(parts)


IDS: Final = (
    *_itself(*(_grouped(_ACCOUNT, groups, separator) for groups in _GROUPS[:4] for separator in _SEPARATORS)),
    *_itself(*(_grouped(_ACCOUNT, groups, separator) for groups in _GROUPS[4:] for separator in "- .")),
    *_itself("\uff14\uff18\uff12\uff19\uff11\uff15\uff10\uff13\uff17\uff12\uff16\uff14", "(4829) 1503-7264"),
)
"""One account's id, grouped."""
PLAIN_ID: Final = Planted(f"x {_ACCOUNT} y", _ACCOUNT)
"""The same as AWS writes it: a partner may see it."""
TELEPHONES: Final = _itself(
    *("+1 555 010 4477", "+1 (555) 010-4477", "(555) 010-4477", "555-010-4477", "555.010.4477", "5550104477"),
    *(
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "020 7946 0958",
        "+49 30 901820-17",
        "+49-30-90182017",
        "030/90182017",
    ),
    *(
        "+33 1 99 00 12 34",
        "01.99.00.12.34",
        "+81-3-5550-1234",
        "+86 10 5550 1234",
        "+61 2 5550 1234",
        "0049 30 901820",
    ),
    *("+15550104477", "tel:+1-555-010-4477", "555-0104", "+7 495 555-01-04", "+41 44 555 01 04", "1-800-555-0104"),
)
NETWORKS: Final = _itself(
    *("10.20.30.40", "192.168.17.5", "203.0.113.77", "198.51.100.23", "10.20.30.0/24", "https://203.0.113.77/x"),
    *("10[.]20[.]30[.]40", "ip-10-20-30-40", "10 . 20 . 30 . 41", "203.0.113.78:8443", "172.16.254.3", "100.64.7.9"),
    *("2001:db8::ff00:42:8329", "2001:db8:85a3::8a2e:370:7334", "fe80::1ff:fe23:4567:890a", "::ffff:203.0.113.77"),
    *("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "fd12:3456:789a:1::1", "2001:db8::1234/64"),
)
ADDRESSES: Final = (
    *_itself("jane.doe@corp.example", "Jane.Doe+aws@corp.example", "j_doe@mail.corp.example", "o'hara@corp.example"),
    *_itself(
        "j\u00e4ne@corp.example", "jane@b\u00fccher.example", "admin@xn--bcher-kva.example", "a.b.c@corp.example.org"
    ),
    *_itself(
        "jane.doe\uff20corp.example", "jane.doe\ufe6bcorp.example", "jane.doe@corp\uff0eexample", "1234@corp.example"
    ),
    *(
        Planted(text, "jane.doe@corp.example")
        for text in (
            *("mail=jane.doe@corp.example", "mailto:jane.doe@corp.example", "<jane.doe@corp.example>"),
            *("Jane Doe <jane.doe@corp.example>", '"jane.doe@corp.example"', "owner:jane.doe@corp.example;"),
            *("a,jane.doe@corp.example,b", "jane.doe@corp.example.", "/Teams/jane.doe@corp.example/Prod"),
        )
    ),
    Planted("jane.d\u200boe@corp.example", "oe@corp.example"),
)


def _password(before: str, after: str = "", length: int = 11) -> Planted:
    value = f"pw{_some(length)}"
    return Planted(f"{before}{value}{after}", value)


PASSWORDS: Final = (
    *(
        _password(f"{name}{sign}")
        for name in (
            "password",
            "passwd",
            "pwd",
            "db_pass",
            "secret",
            "api_key",
            "apikey",
            "client_secret",
            "auth_token",
        )
        for sign in ("=", ": ", ":")
    ),
    *(_password(f"{name}=", ";x=y") for name in ("PASSWORD", "Passphrase", "privateKey", "password_prod")),
    *(_password('"password": "', '"'), _password("password='", "'"), _password("aws_secret_access_key = ")),
    *(_password("postgres://admin:", "@db.corp.example/x"), _password("https://bot:", "@git.corp.example")),
    *(_password("admin:", "@db.corp.example"), _password("root:", "@host"), _password("redis://:", "@cache:6379")),
    *(_password("Authorization: Basic "), _password("Authorization: Bearer "), _password("Bearer ", length=24)),
)
_PEMS: Final = ("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY")
KEYS: Final = (
    *(Planted(f"-----BEGIN {kind}-----\n{body}\n-----END {kind}-----", body) for kind in _PEMS for body in [_some(48)]),
    *(Planted(f"-----BEGIN {kind}-----MIIE{body}", f"MIIE{body}") for kind in _PEMS for body in [_some(9, _LOWER)]),
    Planted("-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQOYBGplanted\n", "lQOYBGplanted"),
    Planted("PuTTY-User-Key-File-2: ssh-rsa planted", "ssh-rsa planted"),
    *_itself(*(f"{prefix}{_some(16, _UPPER)}" for prefix in ("AKIA", "ASIA", "ABIA", "ACCA") for _ in range(2))),
    *_itself("\uff21\uff2b\uff29\uff21IOSFODNN7PLANTED"),
    *_itself(f"eyJ{_some(20)}.eyJ{_some(30)}.{_some(43)}", f"IQoJb3JpZ2luX2VjE{_some(90)}"),
    *_itself(_some(40, f"{_ANY}/+"), _some(40), "pL4n7edSecr3tAcc3ssK3yW1thF0rtyCh4racter"),
    *_itself(*(f"xox{kind}-{_digits(12)}-{_digits(12)}-{_some(24)}" for kind in "bpasr")),
    *_itself(f"xapp-1-A{_some(9, _UPPER)}-{_digits(12)}-{_some(32, _LOWER)}"),
    Planted(f"https://hooks.slack.com/services/T{_some(8, _UPPER)}/B{_some(8, _UPPER)}/plantedhook", "plantedhook"),
    *_itself(*(f"gh{kind}_{_some(36)}" for kind in "pousr"), f"github_pat_{_some(22)}_{_some(59)}"),
    *_itself(*(f"{kind}-{_some(20)}" for kind in ("glpat", "gldt", "glrt", "glsoat", "glptt"))),
    *_itself(f"GR1348941{_some(20)}", f"sk_live_{_some(24)}", f"rk_live_{_some(24)}", f"whsec_{_some(32)}"),
    *_itself(f"SG.{_some(22)}.{_some(43)}", f"npm_{_some(36)}", f"pypi-AgEIcHlwaS5vcmc{_some(70)}"),
    *_itself(f"sk-proj-{_some(40)}", f"AIza{_some(35)}", f"ya29.{_some(40)}", f"GOCSPX-{_some(28)}"),
    *_itself(f"LTAI{_some(20)}", f"SK{_some(32, _HEX)}", f"AC{_some(32, _HEX)}", f"{_some(32, _HEX)}-us12"),
    *_itself(f"{_digits(9)}:{_some(35)}", f"sq0csp-{_some(43)}", f"dop_v1_{_some(64, _HEX)}", f"hvs.{_some(24)}"),
    *_itself(f"dckr_pat_{_some(27)}", f"dapi{_some(32, _HEX)}", f"lin_api_{_some(40)}", f"shpat_{_some(32, _HEX)}"),
    *_itself(f"AGE-SECRET-KEY-1{_some(58, _UPPER)}", f"M{_some(23)}.{_some(6)}.{_some(27)}"),
)
SECRETS: Final = (*ADDRESSES, *PASSWORDS, *KEYS)
"""In no file of any level, on no screen."""
ALL: Final = (*IDS, *TELEPHONES, *NETWORKS, *SECRETS)
"""In no file that leaves the house."""
UNSEEN: Final = (
    "\x1b[2J",
    "\x07",
    "\x00",
    "\r",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\x9b",
    "\U000e0041",
)
"""Characters that a terminal obeys, that turn the direction of writing, or that nobody sees."""
