"""Frozen records, canonical bytes, expressions, and the pure fold from claims to a case."""
