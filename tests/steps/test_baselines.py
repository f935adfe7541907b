"""Both baselines of Control Tower: how an account leaves each, and what counts as registered and as enrolled."""

from __future__ import annotations

from typing import Any, Final

import pytest

from orgtools.aws.read import control_tower
from orgtools.aws.read.control_tower import ControlTower, EnabledBaseline, LandingZone
from orgtools.aws.read.reader import SideReader
from orgtools.findings import Finding, Verdict
from orgtools.messages import free
from orgtools.settings import ControlTowerSettings
from orgtools.steps import ENROLL, UNENROLL, Blocked, Do, Done, Wait
from orgtools.steps.forward.enroll import Enrolling
from orgtools.steps.forward.unenroll import Unenrolling
from tests import values

BOTH: Final = ("AWSControlTowerBaseline", "ConfigBaseline")
LEGACY: Final = "ou-dst1-legacy"
ARN: Final = "arn:aws:controltower:us-east-1:111111111111:enabledbaseline/X1"


def _tower(*targets: str, name: str = "ConfigBaseline", auto: bool = False, **changes: Any) -> ControlTower:
    zone = LandingZone("arn", "4.0", "ACTIVE", auto_enroll=auto, regions=("us-east-1",))
    held = {target: EnabledBaseline(ARN, target, "1.0", "SUCCEEDED", drifted=False, name=name) for target in targets}
    return ControlTower("us-east-1", zone, enabled=held, **changes)


def _leaving(parent: str = LEGACY, *, auto: bool = False) -> Any:
    side = values.source(values.member(parent_id=parent), units=values.units("/Legacy"))
    tower = _tower(LEGACY, values.ACCOUNT, auto=auto)
    found = (Finding(values.ACCOUNT, "E17", Verdict.BLOCK, free("governed")),)
    snapshot = values.snapshot(side, values.destination(), findings={values.ACCOUNT: found})
    return UNENROLL.decide(values.planned(), snapshot.with_extra(Unenrolling(tower, {}, {}, {})))


def test_an_account_leaves_config_baseline_by_the_root_and_disabling_it_there() -> None:
    """Its unit keeps it; once in the root only the second call is left."""
    decision = _leaving()
    assert isinstance(decision, Do)
    assert [call.operation for call in decision.calls] == ["MoveAccount", "DisableBaseline"]
    assert decision.calls[1].parameters == {"enabledBaselineIdentifier": ARN}
    assert (decision.calls[1].service, decision.calls[1].region) == ("controltower", "us-east-1")
    rest = _leaving("r-dst1")
    assert isinstance(rest, Do)
    assert rest.calls == decision.calls[1:]


def test_where_the_landing_zone_un_enrolls_by_itself_moving_is_all() -> None:
    """For this baseline, too."""
    decision = _leaving(auto=True)
    assert isinstance(decision, Do)
    assert [call.operation for call in decision.calls] == ["MoveAccount"]
    assert isinstance(_leaving("r-dst1", auto=True), Wait)


def _enrolling(tower: ControlTower, **governing: Any) -> Any:
    side = values.destination(values.member(parent_id=values.PROD))
    snapshot = values.snapshot(
        values.source(),
        side,
        planned=frozenset({values.ACCOUNT}),
        control_tower=ControlTowerSettings(**governing),
    )
    return ENROLL.decide(values.planned(), snapshot.with_extra(Enrolling(tower, {}, {})))


@pytest.mark.parametrize("name", BOTH)
def test_a_unit_with_either_baseline_is_registered(name: str) -> None:
    """Registering it again enrolls the account; an account that has it is enrolled."""
    decision = _enrolling(_tower(values.PROD, name=name))
    assert isinstance(decision, Do)
    assert [call.operation for call in decision.calls] == ["ResetEnabledBaseline"]
    assert isinstance(_enrolling(_tower(values.PROD, values.ACCOUNT, name=name)), Done)


def test_the_version_to_register_with_is_that_of_its_own_baseline() -> None:
    """ConfigBaseline counts its versions for itself."""
    assert _tower(values.PROD).version == "5.0"
    assert _tower(values.PROD, name="AWSControlTowerBaseline").version == "1.0"


def test_what_aws_support_has_allowed_enrolls_by_registering_its_unit_and_no_other_way() -> None:
    """Not by itself, and not through Account Factory."""
    auto = _tower(values.PROD, auto=True)
    assert isinstance(_enrolling(auto), Wait)
    allowed = {"config_allowed": (values.ACCOUNT,)}
    decision = _enrolling(auto, **allowed)
    assert isinstance(decision, Do)
    assert decision.calls[0].operation == "ResetEnabledBaseline"
    assert isinstance(_enrolling(auto, **allowed, account_factory=(values.ACCOUNT,)), Blocked)


def test_a_tower_is_read_with_both_baselines_and_without_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of shared accounts govern nothing that is planned."""
    names = (*BOTH, "AuditBaseline")
    enabled = [
        {
            "arn": f"{ARN}{number}",
            "baselineIdentifier": f"b/{name}",
            "targetIdentifier": f"arn:aws:organizations::1:ou/o-1/ou-{number}",
            "statusSummary": {"status": "SUCCEEDED"},
        }
        for number, name in enumerate(names)
    ]
    told: dict[str, Any] = {
        "ListLandingZones": [{"arn": "a:b:c:us-east-1:1:landingzone/1"}],
        "ListBaselines": [{"name": name, "arn": f"b/{name}"} for name in names],
        "ListEnabledBaselines": enabled,
        "GetLandingZone": {"landingZone": {"version": "4.0", "status": "ACTIVE", "manifest": {}}},
    }
    monkeypatch.setattr(SideReader, "ask", lambda _reader, _service, operation, **_: told[operation])
    monkeypatch.setattr(SideReader, "pages", lambda _reader, _service, operation, _key, **_: iter(told[operation]))
    tower = control_tower.read(None, "us-east-1", deep=False)  # type: ignore[arg-type]  # nobody is asked
    assert {held.target: held.name for held in tower.enabled.values()} == {"ou-0": BOTH[0], "ou-1": BOTH[1]}
