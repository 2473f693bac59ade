"""Carry-over: what was signed here and other systems do not hold yet, copied and ticked off one by one."""
