"""Keys, slots, signatures and sealing; takes bytes and gives bytes, and knows nothing of cases."""
