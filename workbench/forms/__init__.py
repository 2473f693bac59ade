"""Forms: reads their definitions, runs a form without window or store, and says what an answer claims."""
