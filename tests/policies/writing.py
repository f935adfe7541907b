"""The policies that follow from what the steps need, as files of `orgtools.policies`: part of ``make policies``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orgtools import policies, steps
from orgtools.policies import Role
from orgtools.policies.permissions import RUN, written

_FOLDER: Final = Path(policies.__file__).parent


def documents() -> dict[Path, str]:
    """Every policy that follows from the steps, as it has to be."""
    every = [*RUN.items(), *((step.name, step.needs) for step in steps.EVERY)]
    without_source = [*RUN.items(), *((step.name, step.needs) for step in steps.EVERY if not step.needs_source)]
    wanted = {role: written(role, every) for role in (Role.source_operator, Role.destination_operator)}
    wanted[Role.only_destination_operator] = written(Role.destination_operator, without_source)
    wanted[Role.member_accept] = written(Role.member_accept, every)
    return {_FOLDER / f"{role.value}.json": text for role, text in wanted.items()}


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
