"""Where the person lives and lived: who looked at each place, and the visits there."""
