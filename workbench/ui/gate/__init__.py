"""The way in: unlocking, and the first run."""
