"""Policies that name the source organization: where they are, and what they would say for both."""
