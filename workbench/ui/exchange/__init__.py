"""What passes between laptops: cards, bundles, receipts, what is kept apart, two accounts, cases handed over."""
