"""Versions to and from case files; every file from outside is hostile."""
