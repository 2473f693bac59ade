"""A case: who it is, what is due, everything that was recorded, by tabs."""
