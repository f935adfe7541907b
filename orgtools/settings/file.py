"""migration.toml as a whole: which settings go together, and what is wrong with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import BaseModel, ValidationError, model_validator

from orgtools.aws.masking import mask_secrets
from orgtools.aws.sessions.credentials import Entrance
from orgtools.exceptions import InputError
from orgtools.messages import Message, speak
from orgtools.reading import check_language, closest, listed, read_toml
from orgtools.settings.tables import (
    AccessSettings,
    AssessSettings,
    ControlTowerSettings,
    DestinationEntrance,
    EngineSettings,
    HandoverSettings,
    IdentityCenterSettings,
    InvitationSettings,
    LeaveSettings,
    PlaceSettings,
    QuotaSettings,
    RateSettings,
    RestoreSettings,
    SettingsTable,
    WayBackSettings,
)
from orgtools.settings.values import Language, RunName
from orgtools.unmeant import UnmeantError, short, told, wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

_MOST_BYTES: Final = 2**20
"""A list of the 50,000 accounts that an organization may have is 0.8 MB long."""


class Settings(SettingsTable):
    """migration.toml.

    Attributes:
        name: the name of the run; part of role session names, so CloudTrail shows which run acted.
        language: the language of messages and notebooks, ``en`` or ``ja``; ORGTOOLS_LANGUAGE overrides it.
    """

    name: RunName = "migration"
    language: Language = ""
    source: Entrance | None = None
    destination: DestinationEntrance
    access: AccessSettings = AccessSettings()
    handover: HandoverSettings = HandoverSettings()
    leave: LeaveSettings = LeaveSettings()
    place: PlaceSettings = PlaceSettings()
    way_back: WayBackSettings = WayBackSettings()
    invitation: InvitationSettings = InvitationSettings()
    rates: RateSettings = RateSettings()
    quotas: QuotaSettings = QuotaSettings()
    engine: EngineSettings = EngineSettings()
    assess: AssessSettings = AssessSettings()
    restore: RestoreSettings = RestoreSettings()
    control_tower: ControlTowerSettings = ControlTowerSettings()

    @model_validator(mode="before")
    @classmethod
    def _by_the_destination(cls, held: Any) -> Any:
        """Without a source, what it would do by default the destination and the members do."""
        if not isinstance(held, dict) or "source" in held:
            return held
        filled = dict(held)
        for table, key, value in (("access", "via", "destination"), ("leave", "by", "member")):
            given = filled.get(table, {})
            filled[table] = {key: value, **given} if isinstance(given, dict) else given
        return filled

    @model_validator(mode="after")
    def _needs_no_source(self) -> Self:
        """What only the source's credentials can do is not asked for where there are none."""
        if self.source is not None:
            return self
        access, leave = self.access, self.leave
        asked = {
            "access.via": access.via == "source",
            "access.accounts": "source" in access.accounts.values(),
            "handover.prepare": self.handover.prepare,
            "leave.by": leave.by == "source",
            "leave.otherwise": bool(leave.otherwise),
            "place.replicate_below": bool(self.place.replicate_below),
            "way_back.accounts": bool(self.way_back.accounts),
            "assess.others": self.assess.others,
            "restore.assignments": self.restore.assignments,
            "restore.cost_tags": self.restore.cost_tags,
        }
        named = [key for key, needs in asked.items() if needs]
        if named:
            raise UnmeantError(Message("settings-need-source", keys=named))
        return self

    def unplanned(self, planned: Collection[str]) -> tuple[Message, ...]:
        """Accounts that migration.toml says something of and that no plan names: one message for each.

        Nothing would be done as it says there: they are misspelt, or their row is missing.
        """
        named = {
            "access.accounts": self.access.accounts,
            "leave.otherwise": self.leave.otherwise,
            "way_back.accounts": self.way_back.accounts,
            "control_tower.account_factory": [one for one in self.control_tower.account_factory if one[0] != "/"],
        }
        return tuple(
            Message("setting-names-unplanned", setting=key, account=account_id)
            for key, ids in named.items()
            for account_id in ids
            if account_id not in planned
        )

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read migration.toml, and speak the language that it names from then on.

        Raises:
            InputError: the file is missing, is not TOML, or says what cannot be meant, and every problem is named; or
                ORGTOOLS_LANGUAGE names no language of ours.
        """
        check_language()
        held = read_toml(
            path,
            most=_MOST_BYTES,
            missing=Message("name-the-run-folder"),
        )
        speak(held.get("language"))  # now, because what is wrong with the file is to be read in it as well
        try:
            settings = cls.model_validate(held)
        except ValidationError as error:
            problems = listed([_told({**problem}) for problem in error.errors()])
            raise InputError(Message("settings-wrong", path=path.name, findings=problems)) from error
        return settings


def _told(problem: Mapping[str, Any]) -> Message:
    """One problem, with the setting's place in the file; no value is repeated that might be a secret."""
    parts = [part for part in problem["loc"] if part != "[key]"]
    place = ".".join(short(part) for part in parts if isinstance(part, str))
    number = parts[-1] if parts else None
    if isinstance(number, int):
        if place in _NO_SECRETS:
            given = mask_secrets(told(problem["input"]))
            why = _wrong(problem)
            return Message("setting-entry-given-wrong", number=number + 1, setting=place, given=given, why=why)
        return Message("setting-entry-wrong", number=number + 1, setting=place, why=_wrong(problem))
    if problem["type"] == "extra_forbidden":
        *tables, key = problem["loc"]
        kind: type[BaseModel] = Settings
        for table in tables:
            kind = _TABLES[str(table)]
        near = closest(str(key), kind.model_fields)
        if _masks(place):
            return Message("secret-setting-unknown", setting=place)
        if near:
            return Message("setting-unknown-near", setting=place, keys=[near])
        return Message("setting-unknown", setting=place)
    if not place:
        return wrong(problem)
    code = "secret-setting-wrong" if _masks(place) else "setting-wrong"
    return Message(code, setting=place, why=_wrong(problem))


def _masks(place: str) -> bool:
    """Whether what stands behind a setting's name and a colon is taken for a secret, and hidden."""
    said = f"{place}: it"
    return mask_secrets(said) != said


def _wrong(problem: Mapping[str, Any]) -> Message:
    # Accounts' ids alone have a pattern.
    return Message("no-account-id") if problem["type"] == "string_pattern_mismatch" else wrong(problem)


_NO_SECRETS: Final = frozenset(
    {
        "assess.regions",
        "control_tower.account_factory",
        "control_tower.also",
        "control_tower.config_allowed",
        "leave.otherwise",
        "restore.share_owners",
        "way_back.accounts",
    }
)
"""Lists whose wrong entries are repeated: Regions, ids of accounts, paths of units."""


_TABLES: Final[dict[str, type[BaseModel]]] = {
    **{
        name: kind
        for name, field in Settings.model_fields.items()
        if isinstance(kind := field.annotation, type) and issubclass(kind, BaseModel)
    },
    "source": Entrance,
    "identity_center": IdentityCenterSettings,
}
"""The tables of the file, by name."""
