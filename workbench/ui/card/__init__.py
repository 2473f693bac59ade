"""The sixty-second card: one panel to read before any contact, and nothing to scroll."""
