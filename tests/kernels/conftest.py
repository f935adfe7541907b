"""Notebooks run in kernels."""

import pytest


@pytest.fixture(autouse=True)
def _kernels(local_servers: None) -> None:
    """Every test here starts one."""
