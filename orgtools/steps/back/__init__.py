"""The way back to the source, step by step."""
