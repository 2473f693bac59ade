"""The plan, and whether it happens."""
