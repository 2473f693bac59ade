"""Search: every word that was written, in its context."""
