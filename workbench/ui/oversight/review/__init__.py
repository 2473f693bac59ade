"""One look at one case, in five minutes: what changed, one question, a decision."""
