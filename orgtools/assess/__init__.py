"""Readiness: what must be true before an account may go."""

from orgtools.assess import access, eligibility, invitations, quotas  # noqa: F401 (importing registers their checks)
from orgtools.assess.catalogue import CATALOGUE, Check
from orgtools.assess.run import Assessment, assess, standing

__all__ = ["CATALOGUE", "Assessment", "Check", "assess", "standing"]
