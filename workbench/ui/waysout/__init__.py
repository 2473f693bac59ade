"""Ways out: what was taken out of the record and how far that has travelled, legal holds, requests."""
