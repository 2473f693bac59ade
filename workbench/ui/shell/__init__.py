"""The frame around every screen: rail, head, places, panels, the thread that holds the desk."""
