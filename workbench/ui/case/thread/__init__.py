"""The golden thread: factor, action, session, evidence, side by side in words."""
