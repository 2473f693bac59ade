"""Documents that came in and reports that went out."""
