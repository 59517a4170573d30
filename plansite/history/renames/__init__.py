"""Decides which removed document is which new one: after a rename, a move to another plan, or a swap of names."""
