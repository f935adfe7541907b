"""Calls: their rates, and what AWS's errors mean."""
