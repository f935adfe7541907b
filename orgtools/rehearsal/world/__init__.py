"""The simulated world and its rules; it knows no request."""
