"""What a rehearsal begins with, as a file says it."""
