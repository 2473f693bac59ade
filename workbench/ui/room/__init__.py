"""In the room: the case released for the person, and nothing else."""
