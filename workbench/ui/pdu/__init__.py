"""What waits for the head of a PDU."""
