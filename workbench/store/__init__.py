"""The one encrypted database and the attachments beside it; takes signed versions, never makes them."""
