"""Today: what presses, and why."""
