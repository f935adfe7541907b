"""What several steps decide by: who can enter an account, what Control Tower holds, what would be lost."""
