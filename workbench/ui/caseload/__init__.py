"""The caseload: everybody held, due first."""
