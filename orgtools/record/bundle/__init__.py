"""The record as files: written, signed, read back, verified, compared."""
