"""Python reads this at its start, in every program that a test starts: see loopback.py."""

import loopback  # type: ignore[import-not-found]  # beside this file, whose folder is on the path

loopback.block_the_network()
