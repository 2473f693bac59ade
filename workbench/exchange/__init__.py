"""Versions to and from case files and sealed bundles; cards and vouchers; every file from outside is hostile."""
