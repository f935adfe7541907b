"""How strict, slow and forgetful a rehearsal is; changed while it runs, or in its scenario."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Switches(BaseModel):
    """A scenario's table of them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    paths: bool = True
    """Whether accounts carry `Paths` and OUs `Path`, as the newer service models have them."""
    account_status: bool = False
    """Whether accounts carry `Status` as well, as they did until 2026-09-09. Delegated administrators always do."""
    rates: bool = False
    """Whether the published token buckets answer TooManyRequestsException."""
    permissions: bool = True
    """Whether identity policies and SCPs are evaluated."""
    accept_needs_leave: bool = False
    """The open contradiction: whether accepting as a member also needs organizations:LeaveOrganization."""
    invite_needs_all_features: bool = True
    """Another contradiction: whether inviting is refused while all features are being enabled. The API's reason says
    so, two pages of the user guide say that inviting goes on."""
    invitation_state: Literal["OPEN", "REQUESTED"] = "OPEN"
    """The state of a new invitation: AWS's examples say OPEN, its prose says REQUESTED."""
    membership_change_hours: float = Field(24.0, ge=0, le=100_000)
    """How long an account must stay where an accepted invitation brought it. AWS publishes no figure."""
    creation_seconds: float = Field(60.0, ge=0, le=1_000_000)
    """How long AWS works on a new account, by the virtual clock. AWS says minutes."""
    assignment_seconds: float = Field(0.0, ge=0, le=1_000_000)
    """How long Identity Center works on an assignment, by the virtual clock. AWS publishes no figure."""
    expire_sessions: bool = False
    """Whether sessions of roles end by the virtual clock. boto3 renews them by the real one."""
    lag_seconds: float = Field(0.0, ge=0, le=1_000_000)
    """Virtual seconds until reads see a change of membership or of a handshake."""
    empty_pages: float = Field(0.0, ge=0, le=1)
    """How often a list answers an empty page with a token."""
    seed: int = 0
    """What repeats the same faults and empty pages in the same order."""
