"""What each level of a record shows."""
