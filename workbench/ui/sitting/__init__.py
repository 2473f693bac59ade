"""One sitting: the changes walked once, the reviews written together and signed together."""
