"""Covering for a colleague: the days ahead of their cases, and what happened while somebody was away."""
