"""Running checks: tasks, their schedule, and what to do first about what they found."""
