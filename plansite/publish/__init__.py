"""Writing a built site so that a reader sees the old one or the new one, never half of each."""
