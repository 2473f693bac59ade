"""A case on one page."""
