"""The form screen: a guided form with its fields, what is known beside it, checking and signing."""
