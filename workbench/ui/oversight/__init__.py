"""Oversight: looks that are owed over a whole team, what waits for a countersignature, and how the load lies."""
