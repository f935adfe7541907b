"""A run: how it is opened, how it enters its accounts, what it observes, and what its ledger tells."""

from orgtools.migration.opening import RUN_VARIABLE, open_migration, run_folder
from orgtools.migration.run import Migration

__all__ = ["RUN_VARIABLE", "Migration", "open_migration", "run_folder"]
