"""Who sits at this machine, for the ledger: a name, also where the machine has none."""

from __future__ import annotations

import getpass
import os
from typing import Final

HUB_USER: Final = "JUPYTERHUB_USER"
"""The environment variable in which JupyterHub names whoever has signed in."""


def person() -> str:
    """The person's name: JupyterHub's where it runs this, else the login name, else ``uid 54321``.

    On a hub every container has the same login name, or a user id without a name.
    """
    name = os.environ.get(HUB_USER, "").strip()
    if name:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # KeyError before Python 3.13
        return f"uid {os.getuid()}"
