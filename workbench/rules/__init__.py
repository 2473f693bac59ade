"""Rule books over a folded case: duties, findings, advice, events, and who may see what; never writes."""
