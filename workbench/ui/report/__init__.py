"""A report before it leaves: drawn for one reader, looked at page by page, issued, printed."""
