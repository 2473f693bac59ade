"""The people around the person, and the agencies."""
