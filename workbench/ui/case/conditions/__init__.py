"""Conditions and devices."""
