"""What changed: pages, feeds, charts and the history of an action."""
