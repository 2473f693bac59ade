"""The few widgets every screen is made of; case text reaches the screen through them as plain text alone."""
