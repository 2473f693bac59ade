"""The release board: what must stand on the day somebody walks out, and the weeks before it."""
