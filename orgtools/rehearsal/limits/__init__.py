"""The published rates, and faults on demand."""
