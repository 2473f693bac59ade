"""Writing comfort: spelling, short forms, finding, fields that grow with what is written."""
