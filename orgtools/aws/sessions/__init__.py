"""Credentials, and the sessions made of them."""
