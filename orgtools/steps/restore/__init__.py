"""The steps that give an arrived account back what it had: contacts, assignments, shares, cost tags."""
