"""What a board asks of its plans: what was done and checked, what is getting old, and what came back."""
