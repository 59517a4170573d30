"""Marks in files that look like a mark and are not understood: they hide whatever they may be meant for."""
