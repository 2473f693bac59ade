"""The window: screens over the verbs of casework. Presenters give frozen states, views draw them."""
