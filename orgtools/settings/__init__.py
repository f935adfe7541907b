"""migration.toml: the two sides, the way into member accounts, rates and limits."""

from orgtools.settings.file import Settings
from orgtools.settings.tables import (
    MOST_NOTES,
    AccessSettings,
    ControlTowerSettings,
    DestinationEntrance,
    HandoverSettings,
    IdentityCenterSettings,
    InvitationSettings,
    LeaveSettings,
)

__all__ = [
    "MOST_NOTES",
    "AccessSettings",
    "ControlTowerSettings",
    "DestinationEntrance",
    "HandoverSettings",
    "IdentityCenterSettings",
    "InvitationSettings",
    "LeaveSettings",
    "Settings",
]
