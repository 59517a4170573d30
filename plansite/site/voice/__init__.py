"""What people said, what was done about it, and a plan in easy words."""
