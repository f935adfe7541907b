"""What a record tells of organizational units that were created: their names at home only, and no accounts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgtools import record
from orgtools.ledger import Kind
from orgtools.steps import REPLICATE
from tests import rehearsed
from tests.record.bundles import text_of
from tests.rehearsed import PLAIN, confirmed, do

if TYPE_CHECKING:
    from orgtools.record import Level
    from tests.rehearsed import Run

UNITS = ("Kestrel", "Peregrine")


@pytest.mark.parametrize("level", record.Level)
def test_created_units_are_told_and_named_inside_the_house_only(run: Run, level: Level) -> None:
    """Every event of them is in the timeline; nobody takes a unit for an account that left the plan."""
    tables = rehearsed.scenario()
    tables["organizations"][0]["units"] += [f"{UNITS[0]}/{UNITS[1]}"]
    run.rehearsal.reset(tables)
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[place]\nreplicate_below = "/Workloads"\n')
    run.accounts(f"account_id,ou\n{PLAIN[0]},Workloads/Kestrel/Peregrine\n")
    migration = run.assessed()
    assert len(confirmed(do(migration, REPLICATE))) == 4
    intended = list(migration.ledger.events(Kind.INTENDED))
    folder = record.write(migration, level=level).folder
    told = "".join(text_of(path) for path in sorted(folder.rglob("*")) if path.is_file())
    for name in UNITS:
        assert (name in told) == (level is record.Level.INTERNAL)
    assert "account-left-the-plan" not in told
    assert told.count("About to call CreateOrganizationalUnit") >= len(intended) == 4
    assert record.verify(folder) == []
