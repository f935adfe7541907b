"""migration.toml: what it may say, and what is refused of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools.aws.calls.rate_limits import PER_ACCOUNT
from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import InputError
from orgtools.messages import LANGUAGES, Message
from orgtools.settings import Settings
from tests.said import says

if TYPE_CHECKING:
    from pathlib import Path

_SIDES = '[source]\nprofile = "a"\n[destination]\nprofile = "b"\n'


def _read(folder: Path, text: str) -> Settings:
    path = folder / "migration.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.read(path)


def test_two_profiles_are_enough(tmp_path: Path) -> None:
    """Everything else has a default that suits most."""
    settings = _read(tmp_path, _SIDES)
    assert settings.source is not None
    assert (settings.source.profile, settings.destination.profile) == ("a", "b")
    assert settings.destination.landing_ou == "/"
    assert (settings.access.role, settings.access.via) == ("OrganizationAccountAccessRole", "source")
    assert (settings.handover.prepare, settings.handover.revoke) == (False, False)
    assert (settings.rates.speed, settings.quotas.accounts, settings.engine.breaker) == (1.0, None, 5)


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    """One file with every table."""
    settings = _read(
        tmp_path,
        'name = "spring"\n[source]\nrole_arn = "arn:aws:iam::111111111111:role/mover"\n'
        '[destination]\nprofile = "b"\nsecret = "mover-keys"\nlanding_ou = "/Landing"\n'
        '[access]\nrole = "mover"\nvia = "destination"\n[invitation]\nnotes = "Hello"\n'
        "[handover]\nprepare = true\nrevoke = true\n"
        "[rates]\nspeed = 50.0\noperations = { MoveAccount = [1.5, 2] }\n[quotas]\naccounts = 500\n"
        "[engine]\nbreaker = 3\nworkers = 4\nrounds = 2\n",
    )
    assert settings.rates.operations == {"MoveAccount": (1.5, 2)}
    assert settings.destination.secret == "mover-keys"
    assert settings.quotas.accounts == 500
    assert (settings.handover.prepare, settings.handover.revoke) == (True, True)


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "byte-order mark"])
def test_a_byte_order_mark_is_no_mistake(tmp_path: Path, start: str) -> None:
    """Some editors write one."""
    assert _read(tmp_path, start + _SIDES).destination.profile == "b"


def _key(setting: str, code: str, **facts: Any) -> Message:
    return Message("setting-wrong", setting=setting, why=Message(code, **facts))


def _near(setting: str, key: str) -> Message:
    return Message("setting-unknown-near", setting=setting, keys=[key])


def _entry(number: int, setting: str, limit: Any) -> Message:
    return Message("setting-entry-wrong", number=number, setting=setting, why=Message("value-too-small", limit=limit))


def _given(number: int, setting: str, given: str, code: str) -> Message:
    return Message("setting-entry-given-wrong", number=number, setting=setting, given=given, why=Message(code))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", [_key("destination", "value-missing")]),
        (_SIDES + "[sauce]\n", [_near("sauce", "source")]),
        ('[source]\n[destination]\nprofile = "b"\n', [_key("source", "entrance-is-missing")]),
        (
            '[source]\nrole_arn = "arn:aws:iam::111111111111:role/x"\nsecret = "y"\n[destination]\nprofile = "b"\n',
            [_key("source", "entrance-is-double")],
        ),
        (
            '[source]\nprofile = "a"\nlanding_ou = "/"\n[destination]\nprofile = "b"\n',
            [Message("setting-unknown", setting="source.landing_ou")],
        ),
        (
            _SIDES + '[access]\nvia = "root"\n',
            [
                _key(
                    "access.via",
                    "no-way-in",
                    keys=["source", "destination", "identity-center", "owner", "profile:NAME", "secret:NAME"],
                )
            ],
        ),
        (_SIDES + "[handover]\nrevoke = true\n", [_key("handover", "revoke-without-prepare")]),
        (
            _SIDES + f'[invitation]\nnotes = "{"x" * 1025}"\n',
            [_key("invitation.notes", "value-too-long", limit=1024)],
        ),
        *(
            (_SIDES + f"[rates]\nspeed = {speed}\n", [_key("rates.speed", "value-too-small", limit=0.01)])
            for speed in ("0", "1e-300")
        ),
        *(
            (
                _SIDES + f"[rates]\noperations = {{ MoveAccount = [{rate}, 1] }}\n",
                [_entry(1, "rates.operations.MoveAccount", 0.01)],
            )
            for rate in ("1e-300", "0")
        ),
        (
            _SIDES + "[rates]\noperations = { MoveAccount = [1, 0] }\n",
            [_entry(2, "rates.operations.MoveAccount", 1)],
        ),
        (
            _SIDES + "[rates]\noperations = { MoveAcount = [1, 1] }\n",
            [
                _key(
                    "rates.operations",
                    "operations-not-paced",
                    findings=[Message("operation-unknown-near", operation="MoveAcount", operations=["MoveAccount"])],
                    operations=sorted(PER_ACCOUNT),
                )
            ],
        ),
        (_SIDES + "[quotas]\naccounts = 0\n", [_key("quotas.accounts", "value-not-above", limit=0)]),
        (
            _SIDES + "[engine]\nbreaker = 0\nworkers = 0\n",
            [_key(f"engine.{key}", "value-too-small", limit=1) for key in ("breaker", "workers")],
        ),
        ('name = "no spaces please"\n' + _SIDES, [_key("name", "no-run-name")]),
        ('name = ""\n' + _SIDES, [_key("name", "value-empty")]),
        (_SIDES + "[rates]\nspeed = inf\n", [_key("rates.speed", "value-not-finite")]),
        (_SIDES + "[rates]\nspeed = nan\n", [_key("rates.speed", "value-not-finite")]),
        (_SIDES + "[engine]\nrounds = 1e11\n", [_key("engine.rounds", "value-not-whole")]),
        (
            _SIDES + "[engine]\nrounds = 100_000_000_000\n",
            [_key("engine.rounds", "value-too-large", limit=1000)],
        ),
        (_SIDES + '[handover]\nprepare = "yes"\n', [_key("handover.prepare", "value-not-bool")]),
        (_SIDES + '[access]\nrole = ""\n', [_key("access.role", "value-empty")]),
        (
            '[source]\nprofile = ""\n[destination]\nrole_arn = ""\n',
            [_key("source.profile", "value-empty"), _key("destination.role_arn", "value-empty")],
        ),
        (
            '[source]\nsecret = ""\n[destination]\nprofile = "b"\nlanding_ou = ""\n',
            [
                Message("secret-setting-wrong", setting="source.secret", why=Message("value-empty")),
                _key("destination.landing_ou", "value-empty"),
            ],
        ),
        (
            _SIDES + '[access.identity_center]\nprofile = "p"\npermission_set = "P"\ncache = ""\n',
            [_key("access.identity_center.cache", "value-empty")],
        ),
        (_SIDES + '[access]\nrole = "../../x y"\n', [_key("access.role", "no-role-name")]),
        (_SIDES + '[place]\nreplicate_below = "/a/../x"\n', [_key("place.replicate_below", "no-unit-path")]),
        (_SIDES + '[place]\nreplicate_below = "a"\n', [_key("place.replicate_below", "no-path-or-empty")]),
        (
            _SIDES + '[assess]\nregions = ["evil.com/#"]\n',
            [_given(1, "assess.regions", "evil.com/#", "no-region-code")],
        ),
        (
            _SIDES + '[assess]\nregions = ["eu-central-1", 5]\n',
            [_given(2, "assess.regions", "5", "value-not-text")],
        ),
        (_SIDES + '[way_back]\naccounts = ["30"]\n', [_given(1, "way_back.accounts", "30", "no-account-id")]),
        (
            _SIDES + '[control_tower]\nsource_region = "evil.com/#"\n',
            [_key("control_tower.source_region", "no-region-code-or-empty")],
        ),
        (_SIDES + "[handover]\nprepair = true\n", [_near("handover.prepair", "prepare")]),
        (_SIDES + "[hand_over]\n", [_near("hand_over", "handover")]),
        ('[source]\nprofil = "a"\n[destination]\nprofile="b"\n', [_near("source.profil", "profile")]),
        (
            _SIDES + '[access.identity_center]\nprofile = "p"\npermission_set = "P"\ncach = ""\n',
            [_near("access.identity_center.cach", "cache")],
        ),
        (
            '[source]\nprofile = "a\\n[x]"\n[destination]\nprofile="b"\n',
            [_key("source.profile", "no-profile-name")],
        ),
        (_SIDES + '[access]\naccounts = { 30 = "source" }\n', [_key("access.accounts.30", "no-account-id")]),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(tmp_path: Path, text: str, wrong: list[Message]) -> None:
    """The file, the setting, and what to do; all problems at once."""
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, text)
    assert refusal.value.next_step
    assert refusal.value.message == Message("settings-wrong", path="migration.toml", findings=wrong)


def test_what_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    """The file, and what Python's reader says of it."""
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, "[source")
    assert refusal.value.next_step
    assert says(refusal.value.message, "file-not-toml", path="migration.toml")
    assert refusal.value.message.facts["words"]


def test_credentials_in_the_file_are_refused_without_repeating_them(tmp_path: Path) -> None:
    """A secret that somebody wrote there must not wander into a notebook as well."""
    with pytest.raises(InputError) as refusal:
        _read(
            tmp_path, '[source]\nprofile = "a"\naws_secret_access_key = "made-up-secret"\n[destination]\nprofile="b"\n'
        )
    assert says(refusal.value.message, "secret-setting-unknown", setting="source.aws_secret_access_key")
    assert "made-up-secret" not in str(refusal.value)


def test_a_missing_file_says_what_a_run_folder_is(tmp_path: Path) -> None:
    """The likeliest mistake is the wrong folder."""
    path = tmp_path / "migration.toml"
    with pytest.raises(InputError) as refusal:
        Settings.read(path)
    assert refusal.value.message == Message("file-missing", path=str(path), then=Message("name-the-run-folder"))


_NAMING: Final = {
    "access.accounts": "[access.accounts]\n{} = 'destination'\n",
    "leave.otherwise": "[leave]\notherwise = ['{}']\n",
    "way_back.accounts": "[way_back]\naccounts = ['{}']\n",
    "control_tower.account_factory": "[control_tower]\naccount_factory = ['/Workloads', '{}']\n",
}
"""Where migration.toml names accounts of the plan: key, and a file that names one."""


@pytest.mark.parametrize(
    "account_id", ["\u0663\u0660\u0660000000001", "30000000001", "3000000000011", "3000-0000-0001", "", "\uff13" * 12]
)
@pytest.mark.parametrize("key", _NAMING)
def test_an_account_is_named_by_twelve_ascii_digits(tmp_path: Path, key: str, account_id: str) -> None:
    """Other scripts' digits look alike and name nothing; the message says where it stands."""
    text = _NAMING[key].replace("{} =", "'{}' =").format(account_id)
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, _SIDES + text)
    (wrong,) = refusal.value.message.facts["findings"]
    assert (
        wrong
        == {
            "access.accounts": _key(f"{key}.{account_id}", "no-account-id"),
            "leave.otherwise": _given(1, key, account_id, "no-account-id"),
            "way_back.accounts": _given(1, key, account_id, "no-account-id"),
            "control_tower.account_factory": _given(2, key, account_id, "no-account-or-unit"),
        }[key]
    )


@pytest.mark.parametrize("key", _NAMING)
def test_an_account_that_nobody_planned_is_told_with_its_key(tmp_path: Path, key: str) -> None:
    """What migration.toml says of it would be ignored, and the account it means treated the default way."""
    text = "[access.identity_center]\nprofile = 'a'\npermission_set = 'Admins'\n"
    settings = _read(tmp_path, _SIDES + _NAMING[key].format("300000000001") + text)
    assert settings.unplanned({"300000000001"}) == ()
    assert settings.unplanned({"300000000002"}) == (
        Message("setting-names-unplanned", setting=key, account="300000000001"),
    )


_ALONE = '[destination]\nprofile = "b"\n'


def test_without_a_source_the_destination_and_the_members_act(tmp_path: Path) -> None:
    """What the source would do by default."""
    settings = _read(tmp_path, _ALONE)
    assert settings.source is None
    assert (settings.access.via, settings.leave.by) == ("destination", "member")
    assert settings.access.by_the_destination("300000000001")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[access]\nvia = "source"\n', "access.via"),
        ('[access.accounts]\n300000000001 = "source"\n', "access.accounts"),
        ("[handover]\nprepare = true\n", "handover.prepare"),
        ('[leave]\nby = "source"\n', "leave.by"),
        ('[leave]\notherwise = ["300000000001"]\n', "leave.otherwise"),
        ('[place]\nreplicate_below = "/a"\n', "place.replicate_below"),
        ('[way_back]\naccounts = ["300000000001"]\n', "way_back.accounts"),
        ("[assess]\nothers = true\n", "assess.others"),
        ("[restore]\nassignments = true\n", "restore.assignments"),
        ("[restore]\ncost_tags = true\n", "restore.cost_tags"),
    ],
)
def test_what_needs_the_source_is_refused_without_it(tmp_path: Path, text: str, key: str) -> None:
    """By name, before anything is opened."""
    with pytest.raises(InputError) as refusal:
        _read(tmp_path, _ALONE + text)
    assert refusal.value.message.facts["findings"] == (Message("settings-need-source", keys=[key]),)


def test_an_account_may_have_credentials_of_its_own(tmp_path: Path) -> None:
    """A profile, a secret that the destination's profile reads, or an owner who accepts by hand."""
    access = _read(
        tmp_path,
        _ALONE + '[access.accounts]\n300000000001 = "profile:p"\n300000000002 = "secret:s"\n300000000003 = "owner"\n',
    ).access
    keyed, secret = access.own("300000000001", "b"), access.own("300000000002", "b")
    assert keyed is not None
    assert secret is not None
    assert (keyed.profile, keyed.secret) == ("p", None)
    assert (secret.profile, secret.secret) == ("b", "s")
    assert access.own("300000000003", "b") is access.own("300000000004", "b") is None
    assert [access.by_its_owner(f"30000000000{n}") for n in (1, 3, 4)] == [False, True, False]


@pytest.mark.parametrize("way", ["profil:p", "profile:", "profile:a\\nb", "secret:a b", "anybody"])
def test_a_way_in_that_cannot_be_meant_is_refused(tmp_path: Path, way: str) -> None:
    """As a whole, by its place in the file."""
    with pytest.raises(InputError, match=r"access\.via"):
        _read(tmp_path, f'{_ALONE}[access]\nvia = "{way}"\n')


_ODD = (
    '"x"',
    '""',
    "3",
    "-1",
    "1.5",
    "true",
    "nan",
    "2020-01-01",
    "[]",
    '["x"]',
    "[1]",
    "[1, 2, 3]",
    "{ a = 1 }",
    f'"{"y" * 2000}"',
)
_KEYS = [
    f"{table}.{key}"
    for table, field in Settings.model_fields.items()
    for key in getattr(field.annotation, "model_fields", ())
]


@pytest.mark.parametrize("key", [*_KEYS, "rates.operations.MoveAccount", "access.accounts.300000000001"])
def test_no_setting_is_refused_in_the_words_of_a_library(tmp_path: Path, key: str) -> None:
    """Whatever is written there: what is wrong is in the catalogue, with the setting before it."""
    for value in _ODD:
        sides = [line for line in ("source.profile", "destination.profile") if line != key]
        text = "".join(f'{side} = "a"\n' for side in sides) + f"{key} = {value}\n"
        try:
            _read(tmp_path, text)
        except InputError as error:
            told = error.message.facts["findings"]
            assert [one for one in told if getattr(one.facts.get("why"), "code", "") == "value-wrong"] == []
            assert all(one.facts.get("setting", key).startswith(key.split(".", maxsplit=1)[0]) for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[source]\nsecret = ""\n[destination]\nprofile = "b"\n', ["source.secret", Message("value-empty")]),
        ('[source]\nprofile = "a"\n[destination]\nsecret = 5\n', ["destination.secret", Message("value-not-text")]),
        (_SIDES + 'password = "hunter22"\n', ["destination.password"]),
        (_SIDES + 'aws_secret_access_key = "hunter22"\n', ["destination.aws_secret_access_key"]),
    ],
)
def test_what_is_wrong_with_a_secret_is_shown_and_the_secret_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, text: str, shown: list[str | Message]
) -> None:
    """Whatever shows it masks what stands beside a secret's name: the reason is told in another place."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", language)
    with pytest.raises(InputError) as refused:
        _read(tmp_path, text)
    said = str(refused.value)
    assert mask_secrets(said) == said
    assert [one for one in shown if str(one) not in said] == []
    assert "hunter22" not in said
