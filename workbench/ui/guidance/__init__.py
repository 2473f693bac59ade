"""The guide: short pages, the forms and the rules in words, found offline."""
