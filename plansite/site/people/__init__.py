"""Pages about owners and agencies."""
