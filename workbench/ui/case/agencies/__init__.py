"""Who works on the case: the team, and what each agency agreed to."""
