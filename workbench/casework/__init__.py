"""The verbs (open, record, sign, report, search); the only door to store, security and exchange."""
