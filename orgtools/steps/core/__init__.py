"""What every step is made of: decide, preview, approve, apply, follow. It knows no single step."""
