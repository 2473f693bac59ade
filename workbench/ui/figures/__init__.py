"""Figures: what was done in time, out of how many, over time, and what is behind each number."""
