"""Devices and accounts: what is declared, how it is monitored, what checks found."""
