"""Effective policies: what tag, backup and AI opt-out policies come to on the way from the root to an account."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.world import inheritance

Json = dict[str, Any]
Make = Callable[..., Any]
CONTROL = "@@operators_allowed_for_child_policies"
KINDS = ("TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY")
ONE = "300000000001"


def tags(**rules: Any) -> Json:
    """A tag policy of one key, with rules for its values."""
    return {"tags": {"team": {"tag_value": rules}}}


def values(*levels: list[Json]) -> Any:
    """The values that the effective policy of some levels allows, or nothing."""
    return inheritance.effective(levels).get("tags", {}).get("team", {}).get("tag_value")


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([[tags(**{"@@assign": ["a", "b"]})]], ["a", "b"]),
        ([[tags(**{"@@assign": ["a"]})], [tags(**{"@@assign": ["b"]})]], ["b"]),
        ([[tags(**{"@@assign": ["a"]})], [tags(**{"@@append": ["b", "a"]})]], ["a", "b"]),
        ([[tags(**{"@@append": ["a"]})]], ["a"]),
        ([[tags(**{"@@assign": ["a", "b"]})], [], [tags(**{"@@remove": ["a", "z"]})]], ["b"]),
        ([[tags(**{"@@assign": ["a"]})], [tags(**{"@@remove": ["a"]})]], None),
        ([[tags(**{"@@assign": ["a"]}), tags(**{"@@append": ["b"]})]], ["a", "b"]),
        ([[tags(**{"@@assign": "a"})], [tags(**{"@@assign": "b"})]], "b"),
    ],
)
def test_value_setting_operators_change_what_was_inherited(levels: list[list[Json]], found: Any) -> None:
    """Overwritten, added to, taken from; a setting that is not inherited is added, one that is empty is none."""
    assert values(*levels) == found


@pytest.mark.parametrize(
    ("allowed", "child", "found"),
    [
        (["@@none"], {"@@assign": ["b"]}, ["a"]),
        (["@@append"], {"@@assign": ["b"]}, ["a"]),
        (["@@append"], {"@@append": ["b"]}, ["a", "b"]),
        (["@@all"], {"@@assign": ["b"]}, ["b"]),
        (["@@assign", "@@remove"], {"@@append": ["b"]}, ["a"]),
    ],
)
def test_a_level_limits_the_operators_of_those_below(allowed: list[str], child: Json, found: Any) -> None:
    """But not those of its own level."""
    top = tags(**{"@@assign": ["a"], CONTROL: allowed})
    assert values([top], [tags(**child)]) == found
    assert values([top, tags(**{"@@assign": ["c"]})]) == ["c"]


def test_what_is_limited_no_level_below_gives_back() -> None:
    """Nor does another policy of the same level."""
    top = tags(**{"@@assign": ["a"], CONTROL: ["@@append"]})
    wider = tags(**{CONTROL: ["@@all"]})
    assert values([top, wider], [wider], [tags(**{"@@assign": ["b"]})]) == ["a"]


def test_nothing_is_added_below_a_key_that_is_locked() -> None:
    """As AWS's example of an AI opt-out policy that nobody below can add a service to."""
    locked = {"services": {CONTROL: ["@@none"], "default": {CONTROL: ["@@none"], "opt_out_policy": {
        CONTROL: ["@@none"], "@@assign": "optOut"}}}}  # fmt: skip
    child = {"services": {"lex": {"opt_out_policy": {"@@assign": "optIn"}}, "default": {"opt_out_policy": {
        "@@assign": "optIn"}}}}  # fmt: skip
    assert inheritance.effective([[locked], [child]]) == {"services": {"default": {"opt_out_policy": "optOut"}}}


@pytest.fixture
def ruled(rehearsal: Rehearsal) -> Rehearsal:
    """An organization with a tag policy on its root and one on the unit of its only member."""
    policies = [
        {"name": "Root", "type": "TAG_POLICY", "attach": ["/"], "content": {"tags": {"CostCenter": {
            "tag_key": {"@@assign": "CostCenter"}, "tag_value": {"@@assign": ["1", "2"]}}}}},
        {"name": "Unit", "type": "TAG_POLICY", "attach": ["Work"], "content": {"tags": {"costcenter": {
            "tag_value": {"@@remove": ["2"]}}}}},
    ]  # fmt: skip
    account = {"id": ONE, "name": "one", "email": "one@example.com", "unit": "Work/Prod"}
    organization = {"id": "o-cttsource1", "root": "r-ctt1", "management": "1" * 12, "profile": "rehearsal-source"}
    more = {"policy_types": ["TAG_POLICY"], "units": ["Work/Prod"], "accounts": [account], "policies": policies}
    rehearsal.reset({"name": "ruled", "organizations": [{**organization, **more}]})
    return rehearsal


def test_an_account_is_told_what_reaches_it_and_so_is_the_management_account(
    ruled: Rehearsal, client: Make, member: Make
) -> None:
    """From root, units and itself; keys of tag policies do not tell cases apart."""
    source, within = client("rehearsal-source"), member(ONE, profile="rehearsal-source")
    told = within.describe_effective_policy(PolicyType="TAG_POLICY")["EffectivePolicy"]
    assert told == source.describe_effective_policy(PolicyType="TAG_POLICY", TargetId=ONE)["EffectivePolicy"]
    assert (told["TargetId"], told["PolicyType"]) == (ONE, "TAG_POLICY")
    assert json.loads(told["PolicyContent"]) == {"tags": {"costcenter": {"tag_key": "CostCenter", "tag_value": ["1"]}}}
    own = source.describe_effective_policy(PolicyType="TAG_POLICY")["EffectivePolicy"]
    assert json.loads(own["PolicyContent"])["tags"]["costcenter"]["tag_value"] == ["1", "2"]
