"""Settings, safety, and what the store protects and cannot."""
