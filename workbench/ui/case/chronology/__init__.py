"""The chronology: everything by date, each entry to be read whole beside the list."""
