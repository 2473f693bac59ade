"""Form definitions and form sessions: answers in; what is missing, findings and claims out."""
