"""Every step at one glance, and the accounts that stand alone."""
