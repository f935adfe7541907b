"""What an account loses by moving, read and kept before it goes."""
