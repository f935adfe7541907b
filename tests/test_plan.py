"""accounts.csv: what is read, what is refused and why, and the digest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtools.aws.masking import mask_secrets
from orgtools.aws.model import OrganizationalUnit
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.plan import Plan, PlannedAccount, resolve
from orgtools.tags import tags_of
from orgtools.unmeant import UnmeantError
from tests import values
from tests.planted import SECRETS
from tests.said import says

_HEADER = "account_id,ou,wave,path,tags\n"
_tag_text = st.text("abcXYZ019 _.:/+-@", min_size=1, max_size=12).map(str.strip).filter(bool)
_rows = st.builds(
    PlannedAccount,
    account_id=st.from_regex(r"[0-9]{12}", fullmatch=True),
    ou=st.lists(st.text("abcXYZ 019-_", min_size=1, max_size=8).map(str.strip).filter(bool), max_size=3).map(
        lambda names: "/" + "/".join(names)
    ),
    wave=st.integers(1, 9999),
    path=st.sampled_from(["direct", "standalone"]),
    tags=st.dictionaries(_tag_text.filter(lambda key: not key.lower().startswith("aws:")), _tag_text, max_size=4).map(
        lambda tags: tuple(sorted(tags.items()))
    ),
)
_plans = st.lists(_rows, max_size=6, unique_by=lambda row: row.account_id).map(lambda rows: Plan(tuple(rows)))


@pytest.fixture
def read(tmp_path: Path) -> _Read:
    """Reads a text as accounts.csv."""
    return _Read(tmp_path / "accounts.csv")


class _Read:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, text: str | bytes, landing_ou: str = "/") -> Plan:
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Plan.read(self.path, landing_ou)

    def refused(self, text: str | bytes) -> Message:
        with pytest.raises(InputError) as refusal:
            self(text)
        assert refusal.value.next_step, "an operator is told what to do"
        return refusal.value.message


def test_a_full_row_is_read(read: _Read) -> None:
    """Every column arrives; tags are sorted pairs; leading zeros stay."""
    plan = read(_HEADER + "012345678901, Workloads/Prod/ ,2,standalone, team = shop; cost=a=b ;\n")
    assert plan.accounts == (
        PlannedAccount("012345678901", "/Workloads/Prod", 2, "standalone", (("cost", "a=b"), ("team", "shop"))),
    )


def test_only_id_and_unit_are_needed(read: _Read) -> None:
    """Wave 1, direct, no tags, and the landing unit where the cell is empty."""
    plan = read("ou,account_id\n,300000000001\n", "/Landing")
    assert plan.accounts == (PlannedAccount("300000000001", "/Landing"),)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""], ids=["byte-order mark", "none"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_files_of_spreadsheets_are_read(read: _Read, start: bytes, end: str) -> None:
    """Excel writes a byte-order mark and CRLF; blank lines at the end are no rows."""
    text = end.join(["account_id,ou", "300000000001,/", "", ""])
    assert [row.account_id for row in read(start + text.encode()).accounts] == ["300000000001"]


_NAME: Final = "accounts.csv"
_COLUMNS: Final = ["account_id", "ou", "wave", "path", "tags"]


def _header(code: str, **facts: Any) -> Message:
    return Message("header-wrong", path=_NAME, findings=[Message(code, **facts)], columns=_COLUMNS)


def _row(code: str, *, row: int = 2, **facts: Any) -> Message:
    return Message("file-wrong", path=_NAME, findings=[Message("row-wrong", row=row, why=Message(code, **facts))])


def _cell(code: str, **facts: Any) -> Message:
    return Message("file-wrong", path=_NAME, findings=[Message("row-wrong", row=2, why=[Message(code, **facts)])])


def _tags(given: str, code: str, **facts: Any) -> Message:
    return _cell("tags-cell-wrong", given=given, why=Message(code, **facts))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Message("file-empty", path=_NAME, columns=_COLUMNS)),
        (" \n\n", Message("file-empty", path=_NAME, columns=_COLUMNS)),
        ("account_id\n300000000001\n", _header("column-missing", column="ou")),
        ("account_id,ou,unit\n", _header("column-unknown", column="unit")),
        ("account_id,ou,ou\n", _header("column-twice", column="ou")),
        (
            "account_id,ou,acount_id\n",
            _header("column-unknown-near", column="acount_id", columns=["account_id"]),
        ),
        ("account_id;ou;wave\n", Message("header-without-commas", path=_NAME, kind="semicolon")),
        ("account_id\tou\n", Message("header-without-commas", path=_NAME, kind="tab")),
        (
            "sep=;\naccount_id;ou\n",
            Message("header-of-spreadsheet", path=_NAME, given="sep=;", columns=_COLUMNS),
        ),
        *(
            (f"{first}\n", Message("header-missing", path=_NAME, given=first, columns=_COLUMNS))
            for first in ("300000000001,/A,1,direct,", "300000000001,/,1,direct,wave=1", "3.00000E+11,/,,,")
        ),
        ("account_id,ou,,\n", Message("header-extra-comma", path=_NAME)),
        ("account_id,ou\n300000000001,/,,,\n", _row("row-extra-comma")),
        *(
            (
                f"{_HEADER}{given},/,1,,\n",
                _cell("account-id-not-bare", given=given, account="300000000001"),
            )
            for given in ("3000-0000-0001", '="300000000001"', "300000000001.0", "300-000-000-001")
        ),
        (_HEADER + '300000000001,"/A\n/B",1,,\n', _row("cell-with-line-break", row=3)),
        (_HEADER + "300000000001,/A/../B,1,,\n", _cell("unit-cell-wrong", given="/A/../B")),
        (_HEADER + "300000000001,/A//B,1,,\n", _cell("unit-cell-wrong", given="/A//B")),
        (
            _HEADER + "300000000001,/\x1b[2J,1,,\n",
            Message("file-control-character", path=_NAME, line=2, name="U+001B"),
        ),
        (_HEADER + "300000000001,/" + "x" * 200_000 + ",1,,\n", _row("cell-too-long", limit=131_072)),
        *(
            (f'{_HEADER}300000000001,/,1,,"{tags}"\n', _tags(tags, "tag-with-comma", tag=tags))
            for tags in ("team=web, env=prod", "Key=team,Value=web")
        ),
        *(
            (f"{_HEADER}300000000001,/,1,,{tag}\n", _tags(tag, "tag-signs-wrong", tag=tag))
            for tag in ("owner=\u201cana\u201d", "unit=R&D")
        ),
        *(
            (
                f"{_HEADER}300000000001,/,1,,{key}={value}\n",
                _tags(
                    f"{key}={value}"[:60] + "...",
                    "tag-too-long",
                    tag=f"{key}={value}"[:60] + "...",
                    limit=128,
                    quota=256,
                    count=len(key),
                    total=len(value),
                ),
            )
            for key, value in (("k" * 129, "v"), ("k", "v" * 257))
        ),
        (
            _HEADER + "12345678901,/,1,,\n",
            _cell("account-id-short", given="12345678901", count=11, account="012345678901"),
        ),
        (_HEADER + "3.00000E+11,/,1,,\n", _cell("account-id-rounded", given="3.00000E+11")),
        *(
            (f"{_HEADER}{given},/,1,,\n", _cell("account-id-wrong", given=given))
            for given in ("3000000000011", "\u066300000000001", "")
        ),
        *(
            (f"{_HEADER}300000000001,/,{given},,\n", _cell("wave-cell-wrong", given=given))
            for given in ("0", "first", "1.0")
        ),
        (_HEADER + "300000000001,/,1,leave,\n", _cell("path-cell-wrong", given="leave")),
        *((f"{_HEADER}300000000001,/,1,,{tag}\n", _tags(tag, "tag-no-pair", tag=tag)) for tag in ("shop", "=shop")),
        (_HEADER + "300000000001,/,1,,a=1;a=2\n", _tags("a=1;a=2", "tag-key-twice", tag="a")),
        (_HEADER + "300000000001,/,1,,AWS:x=1\n", _tags("AWS:x=1", "tag-reserved")),
        (
            _HEADER + "300000000001,/,1,," + ";".join(f"k{number}=v" for number in range(51)) + "\n",
            _tags(";".join(f"k{number}=v" for number in range(51))[:60] + "...", "tags-too-many", count=51, limit=50),
        ),
        (_HEADER + "300000000001,/,1,direct,a=1,b=2\n", _row("row-too-many-cells")),
        (_HEADER + '300000000001,"/,1,,\n', _row("row-not-csv", words="unexpected end of data")),
        (
            _HEADER + '300000000001,/,1,,\n\n300000000002,"/,1,,\n' + "300000000003,/,1,,\n" * 3,
            _row("row-not-csv", row=4, words="unexpected end of data"),
        ),
        (
            _HEADER + '300000000001,/,1,,\n300000000002,"/,1,,\n' + "300000000003,/,1,,\n" * 9_000,
            _row("cell-too-long", row=3, limit=131_072),
        ),
        (
            _HEADER + "300000000001,/,1,,\n300000000001,/,2,,\n",
            Message(
                "file-wrong", path=_NAME, findings=[Message("account-listed-again", account="300000000001", count=2)]
            ),
        ),
        (b"account_id,ou\n300000000001,/B\xfcro\n", Message("sheet-not-text", path=_NAME, line=2)),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(read: _Read, text: str | bytes, wrong: Message) -> None:
    """Each refusal names the file, the row or account, what is wrong, and what to do."""
    said = read.refused(text)
    assert Message(said.code, **{**said.facts, "path": Path(said.facts["path"]).name}) == wrong


def test_every_bad_row_is_named_at_once(read: _Read) -> None:
    """Nobody has to correct a long file error by error."""
    said = read.refused(_HEADER + "1,/,1,,\n300000000001,/,0,,\n300000000002,/,1,,x\n")
    assert [finding.facts["row"] for finding in said.facts["findings"]] == [2, 3, 4]


def test_every_bad_cell_of_a_row_is_named_at_once(read: _Read) -> None:
    """Who corrects a row corrects it once."""
    with pytest.raises(InputError) as told:
        read("account_id,ou,wave,path,tags\n1234,/a//b,0,sideways,owner\n")
    (row,) = told.value.message.facts["findings"]
    assert [one.code for one in row.facts["why"]] == [
        "account-id-short",
        "unit-cell-wrong",
        "wave-cell-wrong",
        "path-cell-wrong",
        "tags-cell-wrong",
    ]


def test_of_very_many_bad_rows_ten_are_named_and_the_others_counted(read: _Read) -> None:
    """One sentence stays one that a person reads."""
    said = read.refused(_HEADER + "1,/,1,,\n" * 50_000)
    *rows, others = said.facts["findings"]
    assert [row.facts["row"] for row in rows] == list(range(2, 12))
    assert others == Message("and-more", more=49_990)
    assert len(str(said)) < 3_000


def test_more_accounts_than_an_organization_has_are_refused(read: _Read) -> None:
    """By their number, before a row of them is read; as many as it may have are a plan."""
    rows = [f"{number:012d},/\n" for number in range(50_001)]
    assert read.refused("account_id,ou\n" + "".join(rows)) == Message(
        "accounts-too-many", path=_NAME, count=50_001, limit=50_000
    )
    assert len(read("account_id,ou\n" + "".join(rows[1:])).accounts) == 50_000


def test_tags_that_aws_allows_are_read(read: _Read) -> None:
    """Letters of any script, digits, spaces and AWS's signs; 128 and 256 characters; a value may be empty."""
    key, value = "k" * 128, "v" * 256
    tags = f"{key}={value};\u00e9quipe=\u30c1\u30fc\u30e0 1_.:/=+-@;empty="
    (row,) = read(_HEADER + f"300000000001,/,1,,{tags}\n").accounts
    assert dict(row.tags) == {key: value, "\u00e9quipe": "\u30c1\u30fc\u30e0 1_.:/=+-@", "empty": ""}


@pytest.mark.parametrize(
    "tags",
    [
        "team=*", "t**m=web", "team=****", "team=a*b", "team=******",
        "owner=jane@example.com", "token=AKIAAAAAAAAAAAAAAAAA", "team=\\u31", "team=R&D", "a=1;a=2",
        f"{'k' * 129}=v", f"k={'v' * 254}***vvv", "aws:x=***",
    ],
)  # fmt: skip
def test_the_plan_of_a_record_has_masks_only_where_something_was_hidden(read: _Read, tags: str) -> None:
    """Three asterisks; whatever else AWS does not allow, or a record would have hidden, is no record's."""
    read.path.write_text(_HEADER + f"300000000001,/,1,,{tags}\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        Plan.read(read.path, masked=True)
    assert says(refusal.value.message, "row-wrong", row=2)
    assert says(refusal.value.message, "tags-cell-wrong")


_SECRET: Final = [
    text
    for text in (*(planted.text.strip() for planted in SECRETS), "\u3164", "jane@example.com", "john@example.com")
    if len(text) <= 128 and all(c in "_.:/=+-@ " or c.isalnum() for c in text)
]
"""What somebody may write in a tag, and a record hides."""


@given(
    st.dictionaries(st.sampled_from([text for text in _SECRET if "=" not in text]), st.sampled_from(_SECRET)),
    st.sampled_from(["", ("a@b.cc " * 36).strip()]),
)
def test_the_plan_of_a_record_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, secrets: dict[str, str], long: str
) -> None:
    """Whatever was hidden, also in a value that is as long as AWS allows; its digest is that of the seal."""
    tags = tags_of({**secrets, "long": long}.items())
    masked = tuple(sorted((mask_secrets(key), mask_secrets(value)) for key, value in tags))
    plan = Plan((PlannedAccount("300000000001", "/", tags=masked),))
    path = tmp_path_factory.mktemp("plan") / "accounts.csv"
    plan.write(path)
    assert Plan.read(path, masked=True).digest == plan.digest


def test_two_keys_of_which_the_same_is_left_are_one_in_a_record(read: _Read) -> None:
    """Their addresses begin with the same letter; in a record for others, both are the same pseudonym."""
    for key in ("j***@example.com", "tag-abcdefghij"):
        read.path.write_text(_HEADER + f"300000000001,/,1,,{key}=1;{key}=2\n", encoding="utf-8")
        (row,) = Plan.read(read.path, masked=True).accounts
        assert row.tags == ((key, "1"), (key, "2"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path, and what to write there."""
    with pytest.raises(InputError) as refusal:
        Plan.read(tmp_path / "accounts.csv")
    then = Message("write-the-plan", columns=_COLUMNS)
    assert refusal.value.message == Message("file-missing", path=str(tmp_path / _NAME), then=then)


def test_a_tag_that_begins_like_a_formula_is_written_harmless_and_read_as_it_was(tmp_path: Path) -> None:
    """AWS allows a key like +phone; a spreadsheet would run it."""
    plan = Plan((PlannedAccount("012345678901", "/Prod", tags=(("+phone", "=1+1"),)),))
    plan.write(tmp_path / "accounts.csv")
    assert "'+phone==1+1" in (tmp_path / "accounts.csv").read_text(encoding="utf-8")
    assert Plan.read(tmp_path / "accounts.csv") == plan


@given(_plans)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    """The widget's file is the operator's file: nothing is lost on the way."""
    path = tmp_path_factory.mktemp("plan") / "accounts.csv"
    plan.write(path)
    assert Plan.read(path) == plan
    assert [child.name for child in path.parent.iterdir()] == ["accounts.csv"]


@given(_plans, st.randoms(use_true_random=False))
def test_the_digest_does_not_depend_on_the_order_of_rows(plan: Plan, random: object) -> None:
    """Sorting the file is no change of the plan."""
    rows = list(plan.accounts)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert Plan(tuple(rows)).digest == plan.digest


@given(_rows, st.data())
def test_the_digest_depends_on_every_field(row: PlannedAccount, data: st.DataObject) -> None:
    """Two rows have the same digest only if they say the same."""
    other = data.draw(_rows)
    field = data.draw(st.sampled_from(["account_id", "ou", "wave", "path", "tags"]))
    changed = replace(row, **{field: getattr(other, field)})
    assert (Plan((row,)).digest == Plan((changed,)).digest) == (row == changed)


def test_an_account_outside_the_plan_is_refused() -> None:
    """Nothing is done to an account that the plan does not name; the error carries its id."""
    plan = Plan((values.planned(),))
    with pytest.raises(InputError) as refusal:
        plan.select([values.ACCOUNT, "999999999999"])
    assert refusal.value.message == Message("accounts-not-planned", accounts=["999999999999"], count=1)
    assert refusal.value.next_step
    assert refusal.value.account_id == "999999999999"


def test_selecting_keeps_the_order_of_the_file() -> None:
    """Whatever order the ids are asked in."""
    first, second = values.planned(values.OTHER), values.planned()
    assert Plan((first, second)).select([second.account_id, first.account_id]) == (first, second)


def test_waves_are_ascending() -> None:
    """However the file is sorted; each has its own accounts and no others."""
    plan = Plan((values.planned(wave=3), values.planned(values.OTHER, wave=1)))
    assert plan.waves == (1, 3)
    waves = {number: [account.account_id for account in plan.wave(number)] for number in (1, 2, 3)}
    assert waves == {1: [values.OTHER], 2: [], 3: [values.ACCOUNT]}


def test_a_difference_names_what_was_added_removed_and_changed() -> None:
    """One sentence for each account; the same plan gives none."""
    kept, gone = values.planned("300000000003"), values.planned("300000000004")
    before = Plan((kept, values.planned(wave=1), gone))
    after = Plan((values.planned(wave=2), kept, values.planned("300000000005", path="standalone")))
    assert before.difference(before) == ()
    found = before.difference(after)
    unit = "/Workloads/Prod"
    one, two = (Message("planned", account=values.ACCOUNT, unit=unit, wave=wave, kind="direct") for wave in (1, 2))
    assert found == (
        Message("plan-changed", why=one, change=two),
        Message("plan-removed", why=Message("planned", account="300000000004", unit=unit, wave=1, kind="direct")),
        Message("plan-added", why=Message("planned", account="300000000005", unit=unit, wave=1, kind="standalone")),
    )


def test_assigning_keeps_tags_and_everybody_else() -> None:
    """The plan editor changes unit, wave and path of what was chosen, and nothing more."""
    other = values.planned(values.OTHER)
    plan = Plan((values.planned(tags=(("team", "shop"),)), other))
    assigned = plan.assign([values.ACCOUNT, "300000000009"], ou="/Platform/Shared", wave=2, standalone=True)
    assert assigned.accounts == (
        PlannedAccount(values.ACCOUNT, "/Platform/Shared", 2, "standalone", (("team", "shop"),)),
        other,
        PlannedAccount("300000000009", "/Platform/Shared", 2, "standalone"),
    )
    assert assigned.without([values.ACCOUNT, "300000000009"]).accounts == (other,)


@pytest.mark.parametrize(
    ("path", "expected"), [("/", "r-dst1"), ("/Workloads/Prod", values.PROD), (values.TEST, values.TEST)]
)
def test_a_unit_is_named_by_its_path_or_its_id(path: str, expected: str) -> None:
    """The root too."""
    assert resolve(path, values.destination()).id == expected


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/Sandbox", ""),
        ("/Prod", "/Workloads/Prod"),
        ("/workloads/prod", "/Workloads/Prod"),
        ("/W\u00f6rkloads/ Prod", "/Workloads/Prod"),
        ("/Root/Workloads/Prod", "/Workloads/Prod"),
        ("/Root", "/"),
        ("/Workload/Prod", "/Workloads/Prod"),
        ("ou-dst1-nowhere12", ""),
    ],
)
def test_a_path_that_does_not_exist_is_refused(path: str, near: str) -> None:
    """With the whole path where only its end was written; case matters, as at AWS."""
    with pytest.raises(UnmeantError) as refusal:
        resolve(path, values.destination())
    missing = Message("unit-missing-near", unit=path, units=[near]) if near else Message("unit-missing", unit=path)
    assert refusal.value.message == missing


def test_the_end_of_two_paths_is_ambiguous() -> None:
    """The same name twice: the operator writes the whole path."""
    tree = values.units("/Workloads", "/Workloads/Prod", "/Research", "/Research/Prod")
    with pytest.raises(UnmeantError) as refusal:
        resolve("/Prod", values.destination(units=tree))
    whole = ["/Research/Prod", "/Workloads/Prod"]
    assert refusal.value.message == Message("unit-path-ambiguous", unit="/Prod", units=whole)


def test_one_path_for_two_units_is_ambiguous() -> None:
    """A name may contain a slash: only the id tells the two apart."""
    nested = values.unit("/A/B", "ou-dst1-nested01")
    slashed = OrganizationalUnit("ou-dst1-slashed1", "A/B", "/A/B", "r-dst1")
    side = values.destination(units=values.units("/A") | {nested.id: nested, slashed.id: slashed})
    with pytest.raises(UnmeantError) as refusal:
        resolve("/A/B", side)
    assert refusal.value.message == Message("unit-path-twice", unit="/A/B", units=[nested.id, slashed.id], count=2)
    assert resolve("ou-dst1-slashed1", side) is slashed


@pytest.mark.parametrize("side", ["source", "destination"])
def test_a_management_account_cannot_be_planned(side: Literal["source", "destination"]) -> None:
    """Of neither side; every other problem is named with it."""
    identity = {"source": values.SOURCE, "destination": values.DESTINATION}[side]
    plan = Plan((values.planned(identity.management_account_id), values.planned(ou="/Nowhere")))
    problems = plan.problems(values.source(), values.destination())
    management, missing = problems
    assert management == Message("management-account-planned", account=identity.management_account_id, side=side)
    assert missing == Message("account-wrong", account=values.ACCOUNT, why=Message("unit-missing", unit="/Nowhere"))


def test_a_plan_that_fits_has_no_problems() -> None:
    """Paths, ids and the root."""
    plan = Plan((values.planned(), values.planned(values.OTHER, ou=values.TEST), values.planned("300000000003", "/")))
    assert plan.problems(values.source(), values.destination()) == ()
